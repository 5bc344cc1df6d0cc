//! How many balanced entries a second the books take in memory: `cargo bench -p bookkeeping`.
//!
//! A session comes to five events. Three ways are timed by turns on the same events: a floor that
//! only builds a vector of postings for each and adds them up, the table of rules, and whole books,
//! with balances, links and every refusal.

use std::hint::black_box;
use std::time::Instant;

use bookkeeping::{
    Account, Books, ChargeId, Chart, ClientId, Debtor, EntryId, Event, Fact, PayerId, Posting,
    SourceId, postings,
};
use jiff::civil::date;
use money::Cents;

/// Sessions of a round.
const SESSIONS: u128 = 40_000;
/// Rounds, of which the median counts.
const ROUNDS: usize = 9;

/// A way of taking the facts, by its name.
type Way = (&'static str, fn(&[Fact]));

fn main() {
    let facts = facts();
    let ways: [Way; 3] =
        [("floor: vectors and a sum", floor), ("events to postings", rules), ("into books", books)];
    let mut took = vec![Vec::new(); ways.len()];
    for _ in 0..ROUNDS {
        for ((_, way), took) in ways.iter().zip(&mut took) {
            let began = Instant::now();
            way(black_box(&facts));
            took.push(began.elapsed().as_secs_f64());
        }
    }
    println!("{:<28} {:>14} {:>14} {:>8}", "", "entries a s", "slowest round", "floor ×");
    let each = |seconds: f64| facts.len() as f64 / seconds;
    let mut floor = 0.0;
    for ((name, _), mut took) in ways.iter().zip(took) {
        took.sort_by(f64::total_cmp);
        let (median, worst) = (took[ROUNDS / 2], took[ROUNDS - 1]);
        if floor == 0.0 {
            floor = median;
        }
        println!("{name:<28} {:>14.0} {:>14.0} {:>8.1}", each(median), each(worst), median / floor);
    }
}

/// Charge, contract, client's share, payer's payment, client's payment; again and again.
fn facts() -> Vec<Fact> {
    let mut facts = Vec::new();
    for session in 0..SESSIONS {
        let (charge, payer) = (ChargeId(session), PayerId(session % 7));
        let client = ClientId(session % 400);
        let on = date(2026, 1, 5);
        let owed_by = Debtor::Payer(payer);
        let known = Some(charge);
        let events = [
            Event::Charge { charge, owed_by, service_on: on, cents: Cents(15_000) },
            Event::ContractualAdjustment { charge, payer, cents: Cents(3_000) },
            Event::PatientResponsibility { charge, payer, client, cents: Cents(2_500) },
            Event::PayerPayment { payer, charge: known, cents: Cents(9_500) },
            Event::ClientPayment { client, charge: known, cents: Cents(2_500) },
        ];
        for event in events {
            let id = EntryId(u128::try_from(facts.len()).unwrap_or(0));
            facts.push(Fact { id, on, source: SourceId(session), event });
        }
    }
    facts
}

/// What no way can be faster than: as many postings, in a vector each, added up.
fn floor(facts: &[Fact]) {
    let mut sum = 0;
    for fact in facts {
        let cents = fact.event.cents();
        let money_moves =
            matches!(fact.event, Event::PayerPayment { .. } | Event::ClientPayment { .. });
        let pairs = if money_moves { 2 } else { 1 };
        let mut lines = Vec::with_capacity(2 * pairs);
        for _ in 0..pairs {
            let (account, charge) = (Account::Bank, fact.event.charge());
            lines.push(Posting { account, charge, cents });
            lines.push(Posting { account, charge, cents: Cents(-cents.0) });
        }
        sum += black_box(lines).iter().map(|line| line.cents.0).sum::<i64>();
    }
    assert_eq!(sum, 0, "they balance");
}

fn rules(facts: &[Fact]) {
    for fact in facts {
        black_box(postings(&fact.event).expect("each can be posted"));
    }
}

fn books(facts: &[Fact]) {
    let mut books = Books::new(Chart::standard());
    for fact in facts {
        books.post(*fact).expect("each can be posted");
    }
    assert_eq!(books.entries().len(), facts.len());
    black_box(&books);
}
