//! Random years against a slow model that keeps a diary and counts it anew after each step.
//!
//! The model knows no accounts and no rules: it reads what happened and adds up by hand.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

use std::collections::BTreeMap;

use bookkeeping::{
    Account, Bearer, Books, ChargeId, Chart, ClientId, ClinicianId, Debtor, EntryId, Error, Event,
    Fact, Payee, PayerId, Period, RecoupedFrom, Sharer, SourceId, TransferFrom, broken,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use money::Cents;
use proptest::prelude::*;

#[derive(Debug, Clone, Copy)]
struct Step {
    /// Which event, by number.
    what: u8,
    /// Which charge, party or earlier entry it is about.
    which: u8,
    cents: i64,
    /// Days since the step before; some facts come late.
    days: i8,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..26_u8, any::<u8>(), 1..50_000_i64, -20..12_i8)
        .prop_map(|(what, which, cents, days)| Step { what, which, cents, days });
    prop::collection::vec(step, 1..150)
}

fn event(step: Step, charges: u128, on: Date) -> Event {
    let Step { what, which, cents: amount, .. } = step;
    let cents = Cents(amount);
    let which = u128::from(which);
    let payer = PayerId(which % 3);
    let client = ClientId(which % 5);
    let debtor =
        if which.is_multiple_of(2) { Debtor::Payer(payer) } else { Debtor::Client(client) };
    let clinician = ClinicianId(which % 2);
    let charge = ChargeId(which % charges.max(1));
    let either = Cents(if which.is_multiple_of(3) { -amount } else { amount });
    let to = if which.is_multiple_of(4) { Payee::Operator } else { Payee::CardProcessor };
    match what {
        0..=3 => {
            Event::Charge { charge: ChargeId(charges), owed_by: debtor, service_on: on, cents }
        }
        4 => Event::ContractualAdjustment { charge, payer, cents },
        5 | 6 => Event::PayerPayment { payer, charge: Some(charge), cents },
        7 => Event::PayerPayment { payer, charge: None, cents },
        8 => Event::PatientResponsibility { charge, payer, client, cents },
        9 => Event::ClientPayment { client, charge: Some(charge), cents },
        10 => Event::ClientPayment { client, charge: None, cents },
        11 => Event::Refund { to: debtor, charge: Some(charge), cents },
        12 => Event::Refund { to: debtor, charge: None, cents },
        13 => Event::Transfer {
            charge,
            from: TransferFrom::Unapplied(debtor),
            owed_by: debtor,
            cents,
        },
        14 => Event::Transfer {
            charge,
            from: TransferFrom::OwedFromNowOnBy(Debtor::Client(client)),
            owed_by: Debtor::Payer(payer),
            cents,
        },
        15 => Event::WriteOff { charge, owed_by: debtor, cents },
        16 => Event::Interest { payer, cents },
        17 => Event::Recoupment { payer, from: RecoupedFrom::Charge(charge), cents },
        18 => Event::Recoupment { payer, from: RecoupedFrom::ForwardBalance, cents },
        19 => Event::ForwardBalance { payer, charge, cents },
        20 => Event::Share { to: Sharer::Clinician(clinician), cents: either },
        21 => Event::Fee { to, borne_by: Bearer::Clinician(clinician), cents: either },
        22 => Event::Fee { to, borne_by: Bearer::Practice, cents: either },
        23 => Event::Share { to: Sharer::Practice, cents: either },
        24 if which.is_multiple_of(2) => Event::OperatorPayout { cents },
        24 => Event::Payout { to: Bearer::Practice, cents },
        _ => Event::Payout { to: Bearer::Clinician(clinician), cents },
    }
}

/// What the diary adds up to, by hand.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sums {
    owed: BTreeMap<Debtor, i64>,
    money_in: i64,
    held: i64,
    clinicians: i64,
    practices: i64,
    operators: i64,
    paid_out: i64,
}

fn count(diary: &BTreeMap<EntryId, Event>) -> Sums {
    let mut sums = Sums::default();
    for event in diary.values() {
        let cents = event.cents().0;
        let mut owe = |debtor: Debtor, cents: i64| *sums.owed.entry(debtor).or_default() += cents;
        match *event {
            Event::Charge { owed_by, .. } => owe(owed_by, cents),
            Event::ContractualAdjustment { payer, .. } => owe(Debtor::Payer(payer), -cents),
            Event::WriteOff { owed_by, .. } => owe(owed_by, -cents),
            Event::PatientResponsibility { payer, client, .. } => {
                owe(Debtor::Payer(payer), -cents);
                owe(Debtor::Client(client), cents);
            }
            Event::PayerPayment { payer, charge, .. } => {
                if charge.is_some() {
                    owe(Debtor::Payer(payer), -cents);
                }
                sums.held += cents;
            }
            Event::ClientPayment { client, charge, .. } => {
                if charge.is_some() {
                    owe(Debtor::Client(client), -cents);
                }
                sums.held += cents;
            }
            Event::Interest { .. } => sums.held += cents,
            Event::Refund { to, charge, .. } => {
                if charge.is_some() {
                    owe(to, cents);
                }
                sums.held -= cents;
            }
            Event::Transfer { owed_by, from, .. } => {
                owe(owed_by, -cents);
                if let TransferFrom::OwedFromNowOnBy(next) = from {
                    owe(next, cents);
                }
            }
            Event::Recoupment { payer, from, .. } => {
                if let RecoupedFrom::Charge(_) = from {
                    owe(Debtor::Payer(payer), cents);
                }
                sums.held -= cents;
            }
            Event::ForwardBalance { payer, .. } => owe(Debtor::Payer(payer), cents),
            Event::Share { to, .. } => {
                sums.held -= cents;
                match to {
                    Sharer::Clinician(_) => sums.clinicians += cents,
                    Sharer::Practice => sums.practices += cents,
                }
            }
            Event::Fee { to, borne_by, .. } => {
                match borne_by {
                    Bearer::Clinician(_) => sums.clinicians -= cents,
                    Bearer::Practice => sums.practices -= cents,
                }
                if to == Payee::Operator {
                    sums.operators += cents;
                }
            }
            Event::Payout { .. } | Event::OperatorPayout { .. } => sums.paid_out += cents,
        }
    }
    sums.money_in = sums.held + sums.clinicians + sums.practices + sums.operators;
    sums.owed.retain(|_, cents| *cents != 0);
    sums
}

/// The same sums as the books have them.
fn say(books: &Books) -> Sums {
    let balances = books.balances();
    let credit = |is_meant: fn(Account) -> bool| -balances.sum(is_meant).unwrap().0;
    let owed = balances.iter().filter_map(|(account, cents)| match account {
        Account::Receivable(debtor) if cents != Cents::ZERO => Some((debtor, cents.0)),
        _ => None,
    });
    Sums {
        owed: owed.collect(),
        money_in: balances.of_account(Account::MoneyIn).0,
        held: credit(|account| account == Account::Held),
        clinicians: credit(|account| matches!(account, Account::CliniciansMoney(_))),
        practices: credit(|account| account == Account::PracticesMoney),
        operators: credit(|account| account == Account::OperatorsMoney),
        paid_out: books.totals().unwrap().paid_out.0,
    }
}

struct Year {
    books: Books,
    diary: BTreeMap<EntryId, Event>,
    today: Date,
    charges: u128,
    /// Month ends that were closed, with the balances that were signed.
    signed: Vec<(Date, bookkeeping::Balances)>,
}

impl Year {
    fn new() -> Self {
        let books = Books::new(Chart::standard());
        let (diary, signed) = (BTreeMap::new(), Vec::new());
        Self { books, diary, today: date(2026, 1, 15), charges: 0, signed }
    }

    fn live(&mut self, number: usize, step: Step) -> Result<(), Error> {
        let on = self.today.saturating_add(i32::from(step.days).days());
        self.today = self.today.max(on);
        self.close_last_month();
        let id = EntryId(number as u128);
        let event = event(step, self.charges, on);
        if step.which.is_multiple_of(7) && !self.diary.is_empty() {
            let place = usize::from(step.which) % self.diary.len();
            let of = *self.diary.keys().nth(place).unwrap();
            self.books.reverse(id, of, on, SourceId(0))?;
            self.diary.remove(&of);
            return Ok(());
        }
        self.books.post(Fact { id, on, source: SourceId(0), event })?;
        self.diary.insert(id, event);
        if let Event::Charge { .. } = event {
            self.charges += 1;
        }
        Ok(())
    }

    /// A month is closed ten days after it ended.
    fn close_last_month(&mut self) {
        let last = Period::of(self.today.first_of_month().yesterday().unwrap());
        let is_open = self.books.closed_through().is_none_or(|closed| closed < last);
        if 10 < self.today.day() && is_open {
            let next = self.books.closed_through().map_or(last, Period::next);
            self.books.close(next).unwrap();
            let balances = self.books.balances_as_of(next.last_day()).unwrap();
            self.signed.push((next.last_day(), balances));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn after_each_step_of_a_year_the_books_say_what_the_diary_says(steps in steps()) {
        let mut year = Year::new();
        for (number, step) in steps.into_iter().enumerate() {
            let before = year.books.entries().len();
            let done = year.live(number, step);

            prop_assert_eq!(year.books.entries().len(), before + usize::from(done.is_ok()));
            prop_assert_eq!(say(&year.books), count(&year.diary));
            prop_assert_eq!(broken(year.books.entries()), []);
        }
        for (day, balances) in &year.signed {
            prop_assert_eq!(&year.books.balances_as_of(*day).unwrap(), balances);
        }
        let trial = year.books.trial_balance(date(2099, 1, 1)).unwrap();
        prop_assert_eq!(trial.debits, trial.credits);
        let aging = year.books.aging(date(2099, 1, 1)).unwrap();
        prop_assert_eq!(aging.total(), year.books.totals().unwrap().receivable());
    }

    #[test]
    fn posting_twice_is_posting_once(step in steps()) {
        let mut books = Books::new(Chart::standard());
        for (number, step) in step.into_iter().enumerate() {
            let on = date(2026, 3, 1);
            let event = event(step, 0, on);
            let fact = Fact { id: EntryId(number as u128), on, source: SourceId(0), event };
            if books.post(fact).is_ok() {
                let before = books.entries().len();
                prop_assert_eq!(books.post(fact), Err(Error::AlreadyPosted(fact.id)));
                prop_assert_eq!(books.entries().len(), before);
            }
        }
    }
}

/// A release build posts the year of a practice of forty clinicians.
#[test]
fn a_large_year_is_posted_and_sound() {
    let count: u128 = if cfg!(debug_assertions) { 5_000 } else { 100_000 };
    let mut books = Books::new(Chart::standard());
    let on = date(2026, 3, 1);
    for i in 0..count {
        let charge = ChargeId(i / 2);
        let payer = PayerId(i % 40);
        let cents = Cents(11_500);
        let owed_by = Debtor::Payer(payer);
        let event = match i % 2 {
            0 => Event::Charge { charge, owed_by, service_on: on, cents },
            _ => Event::PayerPayment { payer, charge: Some(charge), cents },
        };
        books.post(Fact { id: EntryId(i), on, source: SourceId(0), event }).unwrap();
    }

    assert_eq!(broken(books.entries()), []);
}
