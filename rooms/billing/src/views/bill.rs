//! What a client owes and why: visit by visit, in plain words.

use ground::html::{
    Empty, Faults, Filled, Heading, Lang, Link, Pick, Typed, button, disclosure, money,
    one_sentence, post, prices, section, when,
};
use ledger::{Charged, MissedVisit};
use maud::{Markup, html};

use super::page;
use crate::bill::ClientBill;
use crate::words;

/// A client's own bills, one part for each practice.
pub fn own(bills: &[ClientBill]) -> Markup {
    let is_empty = bills.iter().all(|it| it.bill.lines.is_empty() && it.bill.waiting.0 == 0);
    let owes = bills.iter().any(|it| it.bill.waiting < it.bill.owes);
    let main = html! {
        @if owes { (Heading::new(words::BILLS).lead(html! { (words::HOW_TO_PAY) })) }
        @else { (Heading::new(words::BILLS)) }
        @if is_empty { (Empty::new(words::NO_BILLS)) }
        @else { @for it in bills { (part(it)) } }
    };
    page(words::BILLS, &Faults::none(), main)
}

/// What those who do the practice's billing see of a client's bill.
pub struct OfClient<'a> {
    pub bill: &'a ClientBill,
    pub name: &'a str,
    pub back: Link,
    /// Where a fee for a missed visit is charged.
    pub fees: String,
    /// Missed visits without a fee.
    pub missed: &'a [MissedVisit],
    pub once: &'a str,
    pub typed: &'a Typed,
    pub faults: &'a Faults,
}

/// The same for those who do the practice's billing.
pub fn of_client(it: &OfClient<'_>) -> Markup {
    let form = Filled::new(it.typed, it.faults);
    let mut visits = vec![Pick::new("", words::CHOOSE_A_VISIT)];
    visits.extend(it.missed.iter().map(|missed| {
        let day = when::day_text(Lang::En, missed.on);
        let how = if missed.is_late { words::CANCELED_LATE } else { words::DID_NOT_COME };
        Pick::new(missed.appointment.to_string(), format!("{day}, {how}"))
    }));
    let main = html! {
        (form.summary())
        (Heading::new(it.name).back(it.back.clone()))
        (part(it.bill))
        @if !it.missed.is_empty() {
            (section(words::MISSED_VISITS, None, post(&it.fees, it.once, html! {
                p { (words::FEE_WHY) }
                (form.select("visit", words::VISIT, &visits))
                (form.field("cents", words::FEE).dollars())
                (button(words::CHARGE_FEE))
            })))
        }
    };
    page(words::BILLS, it.faults, main)
}

/// What is owed in a sentence; then the latest visit and what is open, and the rest folded.
fn part(it: &ClientBill) -> Markup {
    let left = it.bill.owes.0 - it.bill.waiting.0;
    html! {
        (one_sentence(html! {
            (it.practice) ": "
            @if 0 < left { (words::YOU_OWE) " " b { (money(left)) } "." }
            @else if left < 0 { (words::PAID_AHEAD) " " b { (money(-left)) } "." }
            @else { (words::OWES_NOTHING) }
        }))
        @let (latest, earlier) = it.bill.lines.split_at(it.bill.lines.len().min(1));
        @let (settled, open): (Vec<&Charged>, Vec<&Charged>) =
            earlier.iter().partition(|line| is_settled(line));
        @for line in latest.iter().chain(open) {
            @let clinician = it.clinicians.iter().find(|known| Some(known.id) == line.clinician);
            (section(&name(line), clinician.map(|it| html! { (it.name) }), visit(it, line)))
        }
        @if !settled.is_empty() {
            (section(words::SETTLED_VISITS, Some(html! { (words::SETTLED_ASIDE) }), html! {
                @for line in settled { (disclosure(&name(line), visit(it, line))) }
            }))
        }
    }
}

/// Whether neither the client nor a plan owes anything for a visit any more.
fn is_settled(line: &Charged) -> bool {
    line.client_owes.0 == 0 && line.payer_owes.0 == 0
}

fn name(line: &Charged) -> String {
    let what = if line.is_for_missed { words::MISSED_VISIT } else { words::VISIT };
    format!("{what}, {}", when::day_text(Lang::En, line.service_on))
}

fn visit(it: &ClientBill, line: &Charged) -> Markup {
    let mut rows: Vec<(&str, Markup)> = vec![(words::COST, money(line.charged.0))];
    let mut add = |name: &'static str, cents: i64, sign: i64| {
        if cents != 0 {
            rows.push((name, money(sign * cents)));
        }
    };
    add(words::OFF, line.contract.0, -1);
    add(words::PLAN_PAID, line.payer_paid.0, -1);
    add(words::PLAN_OWES, line.payer_owes.0, -1);
    add(words::FORGIVEN, line.given_up.0, -1);
    add(words::YOU_PAID, line.client_paid.0, -1);
    rows.push((words::YOU_OWE, html! { b { (money(line.client_owes.0)) } }));
    let reasons = it.shares.iter().filter(|(charge, ..)| *charge == line.charge);
    html! {
        (prices(&rows))
        @for (_, reason, cents) in reasons {
            p { (money(cents.0)) " is your " (words::share(reason)) "." }
        }
    }
}
