//! Random years against a slow model that keeps a diary and counts it anew after each step.
//!
//! The model knows no accounts and no rules: it reads what happened and adds up by hand.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

use std::collections::BTreeMap;

use bookkeeping::{
    Account, Bearer, Books, ChargeId, Chart, ClientId, ClinicianId, Debtor, Entry, EntryId, Error,
    Event, Fact, Payee, PayerId, Period, RecoupedFrom, RuleName, Sharer, SourceId, TransferFrom,
    broken,
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
        16 => Event::Interest { payer, cents: either },
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

/// Sums by what they are of; those of zero are left out.
type Sums = BTreeMap<String, i64>;

/// What the diary adds up to, by hand.
fn count(diary: &BTreeMap<EntryId, Event>) -> Sums {
    let mut sums = Sums::new();
    for event in diary.values() {
        for (of, cents) in counted(event) {
            *sums.entry(of).or_default() += cents;
        }
    }
    sums.retain(|_, cents| *cents != 0);
    sums
}

fn owed(charge: Option<ChargeId>, debtor: Debtor) -> String {
    format!("owed {charge:?} {debtor:?}")
}

/// What one event does to the sums.
fn counted(event: &Event) -> Vec<(String, i64)> {
    let cents = event.cents().0;
    let charge = event.charge();
    let mut does: Vec<(String, i64)> = Vec::new();
    let mut add = |of: &str, cents: i64| does.push((of.to_owned(), cents));
    // What a charge's payment or money without a charge does to who paid it.
    let paid = |from: Debtor| match charge {
        Some(_) => owed(charge, from),
        None => format!("unapplied {from:?}"),
    };
    match *event {
        Event::Charge { owed_by, .. } => {
            add("charges", cents);
            add(&owed(charge, owed_by), cents);
        }
        Event::ContractualAdjustment { payer, .. } => {
            add("adjustments", cents);
            add(&owed(charge, Debtor::Payer(payer)), -cents);
        }
        Event::WriteOff { owed_by, .. } => {
            add("adjustments", cents);
            add(&owed(charge, owed_by), -cents);
        }
        Event::PatientResponsibility { payer, client, .. } => {
            add(&owed(charge, Debtor::Payer(payer)), -cents);
            add(&owed(charge, Debtor::Client(client)), cents);
        }
        Event::PayerPayment { payer, .. } => {
            money_in(&mut add, charge, &paid(Debtor::Payer(payer)), cents)
        }
        Event::ClientPayment { client, .. } => {
            money_in(&mut add, charge, &paid(Debtor::Client(client)), cents);
        }
        Event::Refund { to, .. } => money_in(&mut add, charge, &paid(to), -cents),
        Event::Recoupment { payer, from: RecoupedFrom::Charge(_), .. } => {
            money_in(&mut add, charge, &paid(Debtor::Payer(payer)), -cents);
        }
        Event::Recoupment { payer, from: RecoupedFrom::ForwardBalance, .. } => {
            money_in(&mut add, None, &format!("forward {payer:?}"), -cents);
        }
        Event::ForwardBalance { payer, .. } => {
            add("payments", -cents);
            add(&owed(charge, Debtor::Payer(payer)), cents);
            add(&format!("forward {payer:?}"), cents);
        }
        Event::Interest { .. } => money_in(&mut add, None, "interest", cents),
        Event::Transfer { owed_by, from: TransferFrom::Unapplied(debtor), .. } => {
            add("payments", cents);
            add(&format!("unapplied {debtor:?}"), -cents);
            add(&owed(charge, owed_by), -cents);
        }
        Event::Transfer { owed_by, from: TransferFrom::OwedFromNowOnBy(next), .. } => {
            add(&owed(charge, owed_by), -cents);
            add(&owed(charge, next), cents);
        }
        Event::Share { .. } | Event::Fee { .. } => share_or_fee(&mut add, event, cents),
        Event::Payout { to, .. } => {
            add("paid out", cents);
            add("bank", -cents);
            if let Bearer::Clinician(clinician) = to {
                add(&format!("due {clinician:?}"), -cents);
            }
        }
        Event::OperatorPayout { .. } => {
            add("paid out", cents);
            add("bank", -cents);
            add("due operator", -cents);
        }
    }
    does
}

/// Money of somebody comes in, or with a negative amount goes back.
fn money_in(add: &mut impl FnMut(&str, i64), charge: Option<ChargeId>, of: &str, cents: i64) {
    for sum in ["bank", "money in", "held"] {
        add(sum, cents);
    }
    match charge {
        Some(_) => {
            add("payments", cents);
            add(of, -cents);
        }
        None => add(of, cents),
    }
}

fn share_or_fee(add: &mut impl FnMut(&str, i64), event: &Event, cents: i64) {
    let whose =
        |clinician: ClinicianId| [format!("money {clinician:?}"), format!("due {clinician:?}")];
    match *event {
        Event::Share { to: Sharer::Clinician(clinician), .. } => {
            add("held", -cents);
            whose(clinician).iter().for_each(|of| add(of, cents));
        }
        Event::Share { to: Sharer::Practice, .. } => {
            add("held", -cents);
            add("money practice", cents);
        }
        Event::Fee { to, borne_by, .. } => {
            match borne_by {
                Bearer::Clinician(clinician) => {
                    whose(clinician).iter().for_each(|of| add(of, -cents))
                }
                Bearer::Practice => add("money practice", -cents),
            }
            if to == Payee::Operator {
                add("money operator", cents);
                add("due operator", cents);
            } else {
                add("bank", -cents);
                add("money in", -cents);
            }
        }
        _ => panic!("neither a share nor a fee"),
    }
}

/// The same sums as the books have them: parties from balances, charges from the aging, events
/// from the totals.
fn say(books: &Books) -> Sums {
    let day = date(2099, 1, 1);
    let mut sums = Sums::new();
    for (account, cents) in books.balances().iter() {
        let (of, cents) = match account {
            Account::Bank => ("bank".to_owned(), cents.0),
            Account::Unapplied(debtor) => (format!("unapplied {debtor:?}"), -cents.0),
            Account::Forward(payer) => (format!("forward {payer:?}"), -cents.0),
            Account::ClinicianDue(clinician) => (format!("due {clinician:?}"), -cents.0),
            Account::OperatorDue => ("due operator".to_owned(), -cents.0),
            Account::Interest => ("interest".to_owned(), -cents.0),
            Account::MoneyIn => ("money in".to_owned(), cents.0),
            Account::Held => ("held".to_owned(), -cents.0),
            Account::CliniciansMoney(clinician) => (format!("money {clinician:?}"), -cents.0),
            Account::PracticesMoney => ("money practice".to_owned(), -cents.0),
            Account::OperatorsMoney => ("money operator".to_owned(), -cents.0),
            _ => continue,
        };
        sums.insert(of, cents);
    }
    for line in books.aging(day).unwrap().lines {
        sums.insert(owed(Some(line.charge), line.owed_by), line.cents.0);
    }
    let totals = books.totals().unwrap();
    sums.insert("charges".to_owned(), totals.charges.0);
    sums.insert("payments".to_owned(), totals.payments.0);
    sums.insert("adjustments".to_owned(), totals.adjustments.0);
    sums.insert("paid out".to_owned(), totals.paid_out.0);
    sums.retain(|_, cents| *cents != 0);
    sums
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
        let number = number as u128;
        let (id, undoing) = (EntryId(2 * number), EntryId(2 * number + 1));
        let event = event(step, self.charges, on);
        let fact = Fact { id, on, source: SourceId(number), event };
        let place = usize::from(step.which).checked_rem(self.diary.len());
        let earlier = place.and_then(|place| self.diary.keys().nth(place).copied());
        match earlier {
            Some(of) if step.which.is_multiple_of(7) => {
                self.books.reverse(undoing, of, on, SourceId(number))?;
                self.diary.remove(&of);
                return Ok(());
            }
            Some(of) if step.which.is_multiple_of(11) => {
                self.books.correct(of, undoing, fact)?;
                self.diary.remove(&of);
            }
            _ => drop(self.books.post(fact)?),
        }
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

    /// Everything that holds after each step, whatever it was.
    fn assert_sound(&self, before: &[Entry]) -> Result<(), TestCaseError> {
        let sums = count(&self.diary);
        prop_assert_eq!(&say(&self.books), &sums);
        let sum = |of: &str| sums.get(of).copied().unwrap_or_default();
        let all = |begins: &str| -> i64 {
            sums.iter().filter(|(of, _)| of.starts_with(begins)).map(|(_, cents)| cents).sum()
        };
        prop_assert_eq!(all("owed "), sum("charges") - sum("payments") - sum("adjustments"));
        prop_assert_eq!(
            sum("money in"),
            all("money C") + all("money p") + all("money o") + sum("held")
        );
        prop_assert_eq!(sum("bank"), sum("money in") - sum("paid out"));
        prop_assert_eq!(broken(self.books.entries()), []);

        let trial = self.books.trial_balance(date(2099, 1, 1)).unwrap();
        prop_assert_eq!(trial.debits, trial.credits);
        let unapplied = self.books.unapplied(date(2099, 1, 1)).unwrap();
        prop_assert_eq!(unapplied.iter().map(|(_, cents)| cents.0).sum::<i64>(), all("unapplied "));

        // Nothing that was there is gone or changed, and no day before the new lines changed.
        let after = self.books.entries();
        prop_assert_eq!(&after[..before.len()], before);
        for new in &after[before.len()..] {
            self.assert_lands_well(new)?;
        }
        if let Some(first) = after[before.len()..].iter().map(|new| new.on).min() {
            let eve = first.yesterday().unwrap();
            let then = bookkeeping::Balances::of(before, Some(eve)).unwrap();
            prop_assert_eq!(self.books.balances_as_of(eve).unwrap(), then);
        }
        if let Some((day, balances)) = self.signed.last() {
            prop_assert_eq!(&self.books.balances_as_of(*day).unwrap(), balances);
        }
        Ok(())
    }

    /// An entry of an open month lies on its day; one of a closed month on the first open day,
    /// with the month that it is about and the line that it adjusts.
    fn assert_lands_well(&self, new: &Entry) -> Result<(), TestCaseError> {
        let Some(closed) = self.books.closed_through() else {
            prop_assert_eq!((new.adjusts, new.on), (None, new.on.max(new.happened_on)));
            return Ok(());
        };
        prop_assert!(closed < Period::of(new.on));
        if closed < Period::of(new.happened_on) {
            prop_assert!(new.on == new.happened_on || new.reverses.is_some());
        } else if new.reverses.is_none() {
            prop_assert_eq!(new.on, closed.next().first_day());
            prop_assert_eq!(new.belongs_to, Period::of(new.happened_on));
            let is_linked = new.adjusts.is_some() || new.charge().is_none();
            prop_assert!(is_linked || new.cause.rule == RuleName::Charge);
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn after_each_step_of_a_year_the_books_say_what_the_diary_says(steps in steps()) {
        let mut year = Year::new();
        for (number, step) in steps.into_iter().enumerate() {
            let before = year.books.entries().to_vec();
            let done = year.live(number, step);

            prop_assert!(done.is_ok() || year.books.entries() == before, "refused and yet posted");
            year.assert_sound(&before)?;
        }
        for (day, balances) in &year.signed {
            prop_assert_eq!(&year.books.balances_as_of(*day).unwrap(), balances);
        }
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
