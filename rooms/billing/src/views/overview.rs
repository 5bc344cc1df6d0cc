//! All charges of a practice by how far they are, its remittances, and the way in for files.

use std::collections::BTreeMap;

use ground::html::{
    Column, Empty, Faults, Filled, Heading, Link, Tab, TableRow, Typed, Word, button, in_column,
    post, section, table, tabs, when,
};
use ids::{ChargeId, ClientId, PracticeId};
use jiff::civil::Date;
use maud::{Markup, html};

use super::{maybe_day, page};
use crate::charge::Charge;
use crate::claim::{Claim, State};
use crate::remittance::queries::Kept;
use crate::{remittance, words};

/// What the page shows.
pub struct Overview<'a> {
    pub practice: PracticeId,
    /// The first day of the month in view; without one, what is open and what is recent.
    pub month: Option<Date>,
    /// The months that can be looked at.
    pub months: &'a [Date],
    /// From when on what is decided is in view.
    pub since: Date,
    pub charges: &'a [Charge],
    pub claims: &'a BTreeMap<ChargeId, Claim>,
    pub clients: &'a BTreeMap<ClientId, String>,
    pub remittances: &'a [Kept],
    /// How many exceptions are open.
    pub open: usize,
    pub may_send: bool,
    pub may_take_in: bool,
    pub may_record: bool,
    pub may_see_books: bool,
    pub may_set_biller: bool,
    pub once: [String; 2],
}

/// The page; `typed` and `faults` are those of a file that came back.
pub fn overview(it: &Overview<'_>, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let at = format!("/p/{}/billing", it.practice);
    let of = |states: &[State]| -> Vec<&Charge> {
        let is_in = |charge: &&Charge| {
            it.claims.get(&charge.id).is_some_and(|claim| states.contains(&claim.state))
        };
        it.charges.iter().filter(is_in).collect()
    };
    let ready = of(&[State::Ready, State::Rejected]);
    let own: Vec<&Charge> =
        it.charges.iter().filter(|charge| !it.claims.contains_key(&charge.id)).collect();
    let recent = || it.month.is_none().then(|| html! { "since " (when::date(it.since)) });
    let main = html! {
        (form.summary())
        (heading(it, &at))
        @if it.charges.is_empty() { (Empty::new(words::NO_CHARGES)) }
        @if !ready.is_empty() {
            (section(words::READY, None, html! {
                (charges(words::READY, it, &ready))
                @if it.may_send {
                    (post(&format!("{at}/claims/sending"), &it.once[0],
                        html! { div.acts { (button(words::SEND).filled()) } }))
                }
            }))
        }
        @for (name, states, aside) in [
            (words::ON_THEIR_WAY, &[State::Sent, State::Accepted][..], None),
            (words::DECIDED, &[State::Paid, State::Denied][..], recent()),
        ] {
            @let some = of(states);
            @if !some.is_empty() { (section(name, aside, charges(name, it, &some))) }
        }
        @if !own.is_empty() {
            (section(words::SELF_PAY, recent(), charges(words::SELF_PAY, it, &own)))
        }
        (section(words::REMITTANCES, recent(), remittances(it)))
        @if !it.months.is_empty() { (section(words::BY_MONTH, None, by_month(it, &at))) }
        @if it.may_take_in && it.month.is_none() { (section(words::TAKE_IN, None, take_in(&at, it, form))) }
        div.acts {
            @if it.may_see_books { (Link::to(format!("/p/{}/books", it.practice), words::BOOKS)) }
            @if it.may_set_biller { (Link::to(format!("{at}/biller"), words::WHO_BILLS)) }
        }
    };
    page(words::BILLING, faults, main)
}

fn heading(it: &Overview<'_>, at: &str) -> Heading {
    let exceptions = Link::to("/desk/billing", format!("{} ({})", words::EXCEPTIONS, it.open));
    match it.month {
        Some(first) => Heading::new(words::month(first)).back(Link::to(at, words::BACK)),
        None => Heading::new(words::BILLING)
            .lead(html! { (words::BILLING_WHY) })
            .beside(html! { (exceptions) }),
    }
}

fn by_month(it: &Overview<'_>, at: &str) -> Markup {
    let month = |first: &Date| {
        let to = format!("{at}?month={}", first.strftime("%Y-%m"));
        let tab = Tab::new(to, words::month(*first));
        if it.month == Some(*first) { tab.here() } else { tab }
    };
    let months: Vec<Tab> = it.months.iter().map(month).collect();
    tabs(words::BY_MONTH, &months)
}

fn charges(name: &str, it: &Overview<'_>, some: &[&Charge]) -> Markup {
    let columns = [
        Column::name(words::CHARGE),
        Column::words(words::CLIENT),
        Column::words(words::SERVICE),
        Column::words(words::CODE),
        Column::words(words::STATE),
        Column::leading(words::AMOUNT),
    ];
    let rows: Vec<TableRow> =
        some.iter().enumerate().map(|(at, charge)| charge_row(it, at, charge)).collect();
    table(name, &columns, &rows, &Empty::new(words::NO_CHARGES))
}

fn charge_row(it: &Overview<'_>, at: usize, charge: &Charge) -> TableRow {
    let claim = it.claims.get(&charge.id);
    let number = claim.map_or_else(|| charge.number.to_string(), |claim| claim.number.clone());
    let to = format!("/p/{}/billing/charges/{}", it.practice, charge.id);
    let client = it.clients.get(&charge.client).map(String::as_str).unwrap_or_default();
    TableRow::new(vec![
        html! { (Link::to(to, number)) },
        html! { (client) },
        when::date(charge.service_on),
        html! { (charge.cpt) },
        html! {
            @match claim {
                Some(claim) => (state_word(claim.state)),
                None => (words::THEMSELVES),
            }
        },
        in_column(at, charge.cents.0),
    ])
}

/// How far a claim is, in its color.
pub fn state_word(state: State) -> Word {
    let says = words::state(state).to_owned();
    match state {
        State::Paid => Word::Ok(says),
        State::Rejected | State::Denied => Word::Warn(says),
        _ => Word::Plain(says),
    }
}

/// How far a remittance is, in its color.
pub fn remittance_word(state: remittance::State) -> Word {
    let says = words::remittance_state(state).to_owned();
    match state {
        remittance::State::Posted => Word::Ok(says),
        remittance::State::Held => Word::Warn(says),
        remittance::State::Waits => Word::Plain(says),
    }
}

fn remittances(it: &Overview<'_>) -> Markup {
    let columns = [
        Column::name(words::PAYER),
        Column::words(words::TRACE),
        Column::words(words::PAID_ON),
        Column::words(words::STATE),
        Column::leading(words::AMOUNT),
        Column::act(words::WRITE_DEPOSIT),
    ];
    let row = |(at, kept): (usize, &Kept)| {
        let to = format!("/p/{}/billing/remittances/{}", it.practice, kept.id);
        TableRow::new(vec![
            html! { (Link::to(to, &*kept.payer_name)) },
            html! { (kept.trace) },
            maybe_day(kept.paid_on),
            html! { (remittance_word(kept.state)) },
            in_column(at, kept.cents.0),
            html! {
                @if it.may_record { @if let Some(link) = deposit_link(it.practice, kept) { (link) } }
            },
        ])
    };
    let rows: Vec<TableRow> = it.remittances.iter().enumerate().map(row).collect();
    table(words::REMITTANCES, &columns, &rows, &Empty::new(words::NO_REMITTANCES))
}

/// Where the deposit of a remittance is written down, with all that the remittance says of it.
pub fn deposit_link(practice: PracticeId, kept: &Kept) -> Option<Link> {
    let payer = kept.payer.as_ref().filter(|_| kept.state == remittance::State::Waits)?;
    let is_plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let trace = if is_plain(&kept.trace) { kept.trace.as_str() } else { "" };
    let to = format!(
        "/p/{practice}/books/money?payer={payer}&deposit_cents={}&deposit_way=transfer&trace={trace}",
        kept.cents
    );
    Some(Link::to(to, words::WRITE_DEPOSIT).about(kept.trace.clone()))
}

fn take_in(at: &str, it: &Overview<'_>, form: Filled<'_>) -> Markup {
    post(
        &format!("{at}/remittances"),
        &it.once[1],
        html! {
            p { (words::TAKE_IN_WHY) }
            (form.field("name", words::FILE_NAME).optional())
            (form.field("text", words::FILE_TEXT).hint(words::FILE_HINT).area())
            (button(words::TAKE_IN_ACT))
        },
    )
}
