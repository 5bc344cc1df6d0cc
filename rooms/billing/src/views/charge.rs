//! One charge: what it is, its claim with every file that named it, and what it came to.

use ground::html::{
    Column, Empty, Faults, Heading, Link, TableRow, amount, facts, money, prices, section, table,
    when,
};
use ids::PracticeId;
use jiff::tz::TimeZone;
use ledger::Charged;
use maud::{Markup, html};

use super::overview::state_word;
use super::{moment, page};
use crate::charge::Charge;
use crate::claim::Claim;
use crate::exchange::queries::Kept as File;
use crate::remittance::queries::Answer;
use crate::words;

/// What the page shows.
pub struct Page<'a> {
    pub practice: PracticeId,
    pub charge: &'a Charge,
    pub client: &'a str,
    pub clinician: &'a str,
    /// The payer by name; none where the client pays alone.
    pub payer: Option<&'a str>,
    pub claim: Option<&'a Claim>,
    pub history: &'a [(File, String)],
    pub answers: &'a [Answer],
    pub came_to: Option<&'a Charged>,
    pub zone: &'a TimeZone,
}

/// The page.
pub fn charge(it: &Page<'_>) -> Markup {
    let at = format!("/p/{}/billing", it.practice);
    let charge = it.charge;
    let code = match charge.modifiers.is_empty() {
        true => charge.cpt.clone(),
        false => format!("{} {}", charge.cpt, charge.modifiers.join(" ")),
    };
    let payer = it.payer.unwrap_or(words::THEMSELVES);
    let account = format!("/p/{}/clients/{}/account", it.practice, charge.client);
    let known = [
        (words::CLIENT, Some(html! { (it.client) ". " (Link::to(account, words::ACCOUNT)) })),
        (words::CLINICIAN, Some(html! { (it.clinician) })),
        (words::SERVICE, Some(when::date_and_year(charge.service_on))),
        (words::CODE, Some(html! { (code) })),
        (words::AMOUNT, Some(money(charge.cents.0))),
        (words::PAYER, Some(html! { (payer) })),
        (words::STATE, it.claim.map(|claim| html! { (state_word(claim.state)) })),
    ];
    let number = it.claim.map_or_else(|| charge.number.to_string(), |claim| claim.number.clone());
    let main = html! {
        (Heading::new(format!("{} {number}", words::CHARGE)).back(Link::to(&*at, words::BACK)))
        (facts(&known, words::NONE))
        @if let Some(came) = it.came_to { (section(words::MONEY, None, came_to(came))) }
        @if it.claim.is_some() {
            (section(words::ANSWERS, None, answers(&at, it.answers)))
            (section(words::HISTORY, None, history(&at, it)))
        }
    };
    page(words::CHARGE, &Faults::none(), main)
}

fn came_to(came: &Charged) -> Markup {
    let all = [
        (words::CHARGED, came.charged.0),
        (words::TAKEN_OFF, -came.contract.0),
        (words::GIVEN_UP, -came.given_up.0),
        (words::PAID, -came.payer_paid.0),
        (words::CLIENT_PAID, -came.client_paid.0),
        (words::PAYER_OWES, came.payer_owes.0),
        (words::CLIENT_OWES, came.client_owes.0),
    ];
    let some: Vec<(&str, Markup)> = all
        .into_iter()
        .filter(|(name, cents)| *cents != 0 || *name == words::CHARGED)
        .map(|(name, cents)| (name, money(cents)))
        .collect();
    prices(&some)
}

/// Answers about a claim, or those of a remittance.
pub fn answers(at: &str, some: &[Answer]) -> Markup {
    let columns = [
        Column::name(words::CLAIM_NUMBER),
        Column::words(words::SERVICE),
        Column::words(words::CODE),
        Column::words(words::STATE),
        Column::number(words::CHARGED),
        Column::number(words::CLIENTS),
        Column::leading(words::PAID),
    ];
    let row = |it: &Answer| {
        let cells = vec![
            html! { (Link::to(format!("{at}/answers/{}", it.id), &*it.number)) },
            super::maybe_day(it.service_on),
            html! { (it.cpt) },
            html! { (words::answer_state(it.state)) },
            amount(it.charge.0),
            amount(it.share.0),
            amount(it.paid.0),
        ];
        match it.claim {
            Some(_) => TableRow::new(cells),
            None => TableRow::new(cells).differs(),
        }
    };
    let rows: Vec<TableRow> = some.iter().map(row).collect();
    table(words::ANSWERS, &columns, &rows, &Empty::new(words::NO_ANSWERS))
}

fn history(at: &str, it: &Page<'_>) -> Markup {
    let columns = [Column::name(words::FILE), Column::words(words::AT), Column::words(words::SAYS)];
    let row = |(file, says): &(File, String)| {
        let link = Link::to(format!("{at}/files/{}", file.id), words::file(&file.kind, &file.name));
        TableRow::new(vec![html! { (link) }, moment(file.at, it.zone), html! { (says) }])
    };
    let rows: Vec<TableRow> = it.history.iter().map(row).collect();
    table(words::HISTORY, &columns, &rows, &Empty::new(words::NO_HISTORY))
}
