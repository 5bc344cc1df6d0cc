//! A request beside those who could take it: values to HTML.

use fit::{Candidate, Stands};
use ground::frame;
use ground::html::{
    Empty, Head, Heading, Link, Reason, Row, Tone, button, disclosure, facts, notice, panel, post,
    reasons, rows, section, when,
};
use ground::web::assets;
use maud::{Markup, html};

use super::routes::{Out, Page};
use super::telling::Paying;
use crate::words;

/// Who could take a request, with reasons; and who cannot, with what would have to change.
pub(crate) fn page(once: &str, page: &Page) -> Markup {
    let told = &page.told;
    let lead = html! { (told.who) ". " (told.pays) "." };
    let back = Link::to(&page.at, words::THE_REQUEST);
    let wishes: Vec<(&str, Option<Markup>)> =
        (told.wishes.iter()).map(|(name, wish)| (name.as_str(), Some(html! { (wish) }))).collect();
    let main = html! {
        (Heading::new(words::WHO_COULD).lead(lead).back(back))
        @if let Some(out) = &page.out { (is_out(once, page, out)) }
        @else if page.is_closed {
            (notice(Tone::Plain, words::IS_CLOSED, html! { p { (words::IS_CLOSED_SAYS) } }, None))
        }
        div.flow {
            @if !wishes.is_empty() { (facts(&wishes, words::NOT_KNOWN)) }
            @if page.has_insurance { p { (other_way(page)) } }
            @if page.out.is_none() && !page.is_closed { (list(page)) }
        }
    };
    frame::page(&Head::new(assets(), words::WHO_COULD), main)
}

fn other_way(page: &Page) -> Link {
    match page.paying {
        Paying::AsSaid => Link::to(format!("{}/fit?pays=themselves", page.at), words::AS_ALONE),
        Paying::Themselves => Link::to(format!("{}/fit", page.at), words::AS_SAID),
    }
}

fn is_out(once: &str, page: &Page, out: &Out) -> Markup {
    if out.sent.is_taken {
        return notice(Tone::Ok, &words::was_taken(&out.name), html! {}, None);
    }
    let until = when::moment(&out.sent.expires_at.to_zoned_datetime(out.zone.clone()));
    let at = format!("{}/offers/withdrawal", page.at);
    panel(
        &words::is_before(&out.name),
        html! {
            p { (words::THEY_ANSWER_BY) " " b { (until) } ". " (words::OFFER_MEANS) }
            (post(&at, once, html! { div.acts { (button(words::TAKE_BACK)) } }))
        },
    )
}

fn list(page: &Page) -> Markup {
    let Some(all) = &page.candidates else {
        return notice(Tone::Plain, words::NOBODY, html! { p { (words::NO_STATE) } }, None);
    };
    let could: Vec<(&Candidate, &String)> =
        all.list.iter().zip(&page.once_keys).filter(|(it, _)| it.fits()).collect();
    let cannot: Vec<&Candidate> = all.list.iter().filter(|it| !it.fits()).collect();
    html! {
        @if all.crisis_help_first {
            (notice(Tone::Danger, words::CRISIS_FIRST, html! { p { (words::CRISIS_HELP) } }, None))
        }
        @if could.is_empty() { (Empty::new(words::NOBODY_COULD)) }
        @else { p.note { (words::COULD_ORDER) " " (words::OFFER_MEANS) } }
        @for (candidate, once) in &could { (who_could(page, candidate, once)) }
        @let cannot = rows(&who_cannot(&cannot), &Empty::new(words::NOBODY));
        @if could.is_empty() { (section(words::CANNOT, None, cannot)) }
        @else { (disclosure(words::CANNOT, cannot)) }
    }
}

fn who_could(page: &Page, it: &Candidate, once: &str) -> Markup {
    let Stands::Fits { reasons_for, reasons_against, license } = &it.stands else {
        return html! {};
    };
    let pro = std::iter::once(license).chain(reasons_for).map(Reason::yes);
    let all: Vec<Reason> = pro.chain(reasons_against.iter().map(Reason::no)).collect();
    let pays = if page.paying == Paying::Themselves { "themselves" } else { "" };
    let name = format!("{}, {}", it.name, it.credential);
    let body = html! {
        (reasons(&all))
        @if page.may_offer {
            (post(&format!("{}/offers", page.at), once, html! {
                input type="hidden" name="practice" value=(it.practice);
                input type="hidden" name="clinician" value=(it.clinician);
                input type="hidden" name="pays" value=(pays);
                div.acts { (button(words::offer_to(&it.name))) }
            }))
        }
    };
    section(&name, Some(html! { (it.practice_name) }), body)
}

fn who_cannot(list: &[&Candidate]) -> Vec<Row> {
    let row = |it: &&Candidate| {
        let says = match &it.stands {
            Stands::Misses(says) => says.join(" "),
            Stands::Fits { .. } => String::new(),
        };
        let name = format!("{}, {}", it.name, it.credential);
        Row::new(html! { (name) " " span.hint { (it.practice_name) } }).second(html! { (says) })
    };
    list.iter().map(row).collect()
}
