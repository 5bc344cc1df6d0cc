//! A remittance down to its lines, one answer with its segments, and a file as it came.

use ground::html::{
    Button, Column, Empty, Faults, Heading, Link, TableRow, amount, dollars, facts, money,
    one_sentence, rule_code, section, table, when,
};
use ids::PracticeId;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use x12::remittance_835::ClaimPayment;

use super::charge::answers;
use super::overview::{deposit_link, remittance_word};
use super::{maybe_day, moment, page};
use crate::charge::Charge;
use crate::claim::Claim;
use crate::exchange::queries::Kept as File;
use crate::remittance::AnswerState;
use crate::remittance::queries::{Answer, Kept};
use crate::words;

/// A remittance with its answers.
pub fn remittance(practice: PracticeId, kept: &Kept, some: &[Answer], may_record: bool) -> Markup {
    let at = format!("/p/{practice}/billing");
    let title = format!("{}, {}", kept.payer_name, dollars(kept.cents.0));
    let posted: Vec<&Answer> =
        some.iter().filter(|it| it.state == AnswerState::Paid || it.claim.is_some()).collect();
    let left = some.len() - posted.len();
    let file = Link::to(format!("{at}/files/{}", kept.file), words::AS_RECEIVED);
    let deposit = kept
        .deposit
        .map(|id| Link::to(format!("/p/{practice}/books/payments/{id}"), words::BOOKED));
    let known = [
        (words::TRACE, Some(html! { (kept.trace) })),
        (words::PAID_ON, kept.paid_on.map(when::date_and_year)),
        (words::STATE, Some(html! { (remittance_word(kept.state)) })),
        (words::FILE, Some(html! { (file) })),
        (words::DEPOSIT, deposit.map(|link| html! { (link) })),
    ];
    let link = deposit_link(practice, kept).filter(|_| may_record);
    let main = html! {
        (Heading::new(title).back(Link::to(&*at, words::BACK)))
        (one_sentence(html! {
            b { (some.len()) } " lines, " b { (posted.len()) } " of claims that are ours"
            @if 0 < left { ", " b { (left) } " that find none" }
            "."
        }))
        (facts(&known, words::NONE))
        @if let Some(link) = link { div.acts { (Button::go(link).filled()) } }
        (section(words::ANSWERS, None, answers(&at, some)))
    };
    page(words::REMITTANCES, &Faults::none(), main)
}

/// An answer of a payer: theirs beside ours, its lines, and the segments as received.
pub struct Page<'a> {
    pub practice: PracticeId,
    pub answer: &'a Answer,
    pub said: Option<&'a ClaimPayment>,
    pub ours: Option<(&'a Claim, &'a Charge)>,
    pub segments: &'a str,
}

/// The page.
pub fn answer(it: &Page<'_>) -> Markup {
    let at = format!("/p/{}/billing", it.practice);
    let back = format!("{at}/remittances/{}", it.answer.remittance);
    let main = html! {
        (Heading::new(format!("{} {}", words::CLAIM, it.answer.number))
            .back(Link::to(back, words::BACK_TO_REMITTANCE)))
        p { (words::answer_state(it.answer.state)) }
        (beside(it.answer, it.ours))
        @if let Some((claim, charge)) = it.ours {
            p { (Link::to(format!("{at}/charges/{}", charge.id), &*claim.number)) }
        }
        @if let Some(said) = it.said { (lines(said)) }
        (section(words::AS_RECEIVED, None, rule_code(it.segments)))
    };
    page(words::ANSWERS, &Faults::none(), main)
}

/// The two sides, with only the difference marked.
pub fn beside(answer: &Answer, ours: Option<(&Claim, &Charge)>) -> Markup {
    let columns = [
        Column::name(words::LINE),
        Column::words(words::THEIR_LINE),
        Column::words(words::OUR_CLAIM),
    ];
    let row = |name: &str, theirs: Markup, ours: Option<Markup>| {
        let differs = ours.as_ref().is_some_and(|ours| ours.0 != theirs.0);
        let cells = vec![html! { (name) }, theirs, ours.unwrap_or_default()];
        if differs { TableRow::new(cells).differs() } else { TableRow::new(cells) }
    };
    let charge = ours.map(|(_, charge)| charge);
    let rows = [
        row(
            words::CLAIM_NUMBER,
            html! { (answer.number) },
            ours.map(|(claim, _)| html! { (claim.number) }),
        ),
        row(
            words::SERVICE,
            maybe_day(answer.service_on),
            charge.map(|it| when::date(it.service_on)),
        ),
        row(words::CODE, html! { (answer.cpt) }, charge.map(|it| html! { (it.cpt) })),
        row(words::CHARGED, money(answer.charge.0), charge.map(|it| money(it.cents.0))),
        row(words::CLIENTS, money(answer.share.0), None),
        row(words::PAID, money(answer.paid.0), None),
    ];
    table(words::LINE, &columns, &rows, &Empty::new(words::NONE))
}

fn lines(said: &ClaimPayment) -> Markup {
    let columns =
        [Column::name(words::CODE), Column::words(words::SAYS), Column::leading(words::AMOUNT)];
    let mut rows = Vec::new();
    let reason = |group: &str, code: &str| {
        let known = x12::codes::reason(code).map_or("not in our list", |entry| entry.words);
        format!("{group}-{code}: {known}")
    };
    let of_claim = said.adjustments.iter().map(|it| (None, it));
    let of_lines =
        said.lines.iter().flat_map(|line| line.adjustments.iter().map(move |it| (Some(line), it)));
    for (line, it) in of_claim.chain(of_lines) {
        let code = line.map(|line| line.procedure.code.clone()).unwrap_or_default();
        rows.push(TableRow::new(vec![
            html! { (code) },
            html! { (reason(it.group.code(), &it.reason)) },
            amount(-it.amount.0),
        ]));
    }
    html! {
        @if !rows.is_empty() {
            (section(words::SAYS, None, table(words::SAYS, &columns, &rows, &Empty::new(""))))
        }
    }
}

/// A file as it came or went.
pub fn file(practice: PracticeId, kept: &File, text: &str, zone: &TimeZone) -> Markup {
    let at = format!("/p/{practice}/billing");
    let main = html! {
        (Heading::new(words::file(&kept.kind, &kept.name))
            .back(Link::to(&*at, words::BACK))
            .lead(html! { (moment(kept.at, zone)) }))
        @if let Some(why) = &kept.refused { p { (why) } }
        (section(words::AS_RECEIVED, None, rule_code(text)))
    };
    page(words::FILE, &Faults::none(), main)
}
