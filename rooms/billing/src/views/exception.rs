//! What waits for a person: a list by day, and one with its reason, its next step and what that
//! would post.

use std::collections::BTreeMap;

use ground::html::{
    Act, Empty, Faults, Heading, Link, Row, button, columns, facts, money, panel, post, rows,
    rule_code, section, when,
};
use ids::PracticeId;
use maud::{Markup, html};

use super::page;
use super::remittance::beside;
use crate::charge::Charge;
use crate::claim::Claim;
use crate::exception::queries::Exception;
use crate::exception::{How, settle};
use crate::remittance::queries::Answer;
use crate::words;

/// All that is open over some practices, what is due first on top; and the way into each, with how
/// many claims are ready there.
pub fn desk(
    all: &[Exception],
    practices: &BTreeMap<PracticeId, String>,
    ready: &BTreeMap<PracticeId, i64>,
) -> Markup {
    let row = |it: &Exception| {
        let name = practices.get(&it.practice).map(String::as_str).unwrap_or_default();
        let to = format!("/p/{}/billing/exceptions/{}", it.practice, it.id);
        let about = format!("{}, {name}", words::kind(it.kind));
        let what = html! {
            b { (words::kind(it.kind)) }
            @if it.cents.0 != 0 { " " (money(it.cents.0)) }
        };
        Row::new(what)
            .second(html! { (name) ". " (it.why) " " (words::DUE) " " (when::date(it.due_on)) "." })
            .act(Act::Go(Link::to(to, first_step(it)).about(about)))
    };
    let list: Vec<Row> = all.iter().map(row).collect();
    let served = |(id, name): (&PracticeId, &String)| {
        let to = Link::to(format!("/p/{id}/billing"), words::BILLING).about(&**name);
        Row::new(html! { (name) })
            .second(html! { (words::ready(ready.get(id).copied().unwrap_or(0))) "." })
            .act(Act::Go(to))
    };
    let served: Vec<Row> = practices.iter().map(served).collect();
    let main = html! {
        (Heading::new(words::EXCEPTIONS).lead(html! { (words::EXCEPTIONS_WHY) }))
        (rows(&list, &Empty::new(words::NO_EXCEPTIONS)))
        (section(words::PRACTICES, Some(html! { (words::PRACTICES_ASIDE) }),
            rows(&served, &Empty::new(words::NONE))))
    };
    page(words::EXCEPTIONS, &Faults::none(), main)
}

fn first_step(it: &Exception) -> &'static str {
    match settle::ways(it.kind).first() {
        Some(How::SetAside) | None => words::LOOK,
        Some(how) => words::how(*how),
    }
}

/// What the page of one exception shows.
pub struct Page<'a> {
    pub it: &'a Exception,
    /// The other open ones of the practice.
    pub list: &'a [Exception],
    /// What it is about: a claim, a remittance, a payment, a file.
    pub about: Option<Link>,
    pub answer: Option<&'a Answer>,
    /// Our claim that the answer is about, where it found one.
    pub ours: Option<(&'a Claim, &'a Charge)>,
    pub proposals: &'a [(Claim, Charge)],
    pub segments: &'a str,
    pub may_settle: bool,
    pub once: String,
    /// Why the last try did not go.
    pub fault: Option<&'static str>,
}

/// The page.
pub fn exception(page_of: &Page<'_>) -> Markup {
    let Page { it, list, .. } = page_of;
    let at = format!("/p/{}/billing", it.practice);
    let row = |other: &Exception| {
        let to = format!("{at}/exceptions/{}", other.id);
        let row = Row::new(html! { (Link::to(to, words::kind(other.kind))) })
            .second(html! { (words::DUE) " " (when::date(other.due_on)) });
        let row = if other.cents.0 == 0 { row } else { row.value(money(other.cents.0)) };
        if other.id == it.id { row.chosen() } else { row }
    };
    let side: Vec<Row> = list.iter().map(row).collect();
    let main = html! {
        (Heading::new(words::kind(it.kind))
            .lead(html! { (it.why) })
            .back(Link::to("/desk/billing", words::BACK_TO_EXCEPTIONS)))
        (columns(detail(&at, page_of), section(
            words::EXCEPTIONS, None, rows(&side, &Empty::new(words::NO_EXCEPTIONS)))))
    };
    let faults = page_of.fault.map_or_else(Faults::none, |says| Faults::none().and("how", says));
    page(words::EXCEPTIONS, &faults, main)
}

fn detail(at: &str, page_of: &Page<'_>) -> Markup {
    let Page { it, answer, proposals, .. } = page_of;
    let proposed = proposals.first().map(|(claim, charge)| (claim, charge));
    let ours = page_of.ours.or(proposed);
    let about = page_of.about.as_ref().map(|link| html! { (link) });
    let known: Vec<(&str, Option<Markup>)> = [
        (words::AMOUNT, (it.cents.0 != 0).then(|| money(it.cents.0))),
        (words::DUE, Some(when::date_and_year(it.due_on))),
        (words::ABOUT, about),
    ]
    .into_iter()
    .filter(|(_, value)| value.is_some())
    .collect();
    html! {
        @if it.settled_how.is_some() { p { (words::SETTLED) } }
        @else if page_of.may_settle { (panel(words::WHAT_TO_DO, steps(at, page_of))) }
        (facts(&known, words::NONE))
        @if let Some(answer) = answer { (beside(answer, ours)) }
        @if !page_of.segments.is_empty() {
            (section(words::AS_RECEIVED, None, rule_code(page_of.segments)))
        }
    }
}

fn steps(at: &str, page_of: &Page<'_>) -> Markup {
    let Page { it, proposals, once, .. } = page_of;
    let to = format!("{at}/exceptions/{}/settling", it.id);
    let ways = settle::ways(it.kind);
    html! {
        @if let Some(says) = page_of.fault { p.fault #how { (says) } }
        @if ways.contains(&How::Matched) && proposals.is_empty() { p { (words::NO_CLAIM_AGREES) } }
        div.acts {
            @for (place, how) in ways.iter().enumerate() {
                @if *how == How::Matched {
                    @for (claim, _) in *proposals {
                        (post(&to, once, html! {
                            input type="hidden" name="claim" value=(claim.id);
                            (button(format!("{} {}", words::how(*how), claim.number)).filled()
                                .sends("how", how.word()))
                        }))
                    }
                } @else {
                    @let press = button(words::how(*how)).sends("how", how.word());
                    (post(&to, once, html! {
                        @if place == 0 { (press.filled()) }
                        @else if *how == How::WrittenOff { (press.danger()) }
                        @else { (press) }
                    }))
                }
            }
        }
        @for how in ways {
            @if *how != How::Matched || !proposals.is_empty() {
                p.hint { (words::how(*how)) ": " (words::how_does(*how)) }
            }
        }
    }
}
