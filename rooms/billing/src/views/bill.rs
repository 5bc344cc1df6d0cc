//! What a client owes and why: visit by visit, in plain words.

use ground::html::{
    Empty, Faults, Heading, Lang, Link, disclosure, money, one_sentence, prices, section, when,
};
use ledger::Charged;
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

/// The same for those who do the practice's billing.
pub fn of_client(it: &ClientBill, name: &str, back: Link) -> Markup {
    let main = html! {
        (Heading::new(name).back(back))
        (part(it))
    };
    page(words::BILLS, &Faults::none(), main)
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
    format!("{}, {}", words::VISIT, when::day_text(Lang::En, line.service_on))
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
