//! Each invariant of the books finds the fault that is planted for it, at the entry where it is.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

use bookkeeping::{
    Account, Bearer, Books, Broken, ChargeId, Chart, ClientId, ClinicianId, Debtor, Entry, EntryId,
    Event, Fact, PayerId, Period, RuleName, Sharer, SourceId, TransferFrom, broken,
};
use jiff::civil::{Date, date};
use money::Cents;

const PAYER: PayerId = PayerId(0xa1);
const CLIENT: ClientId = ClientId(0x51);
const CHARGE: ChargeId = ChargeId(1);
const ON: Date = date(2026, 3, 2);

fn aetna() -> Debtor {
    Debtor::Payer(PAYER)
}

/// Sound books: a charge, its payment, money ahead that finds it, a share, a payout, a reversal.
fn sound() -> Vec<Entry> {
    let mut books = Books::new(Chart::standard());
    let clinician = ClinicianId(0xad);
    let unapplied = TransferFrom::Unapplied(Debtor::Client(CLIENT));
    let client = Debtor::Client(CLIENT);
    let events = [
        Event::Charge { charge: CHARGE, owed_by: aetna(), service_on: ON, cents: Cents(11_500) },
        Event::PayerPayment { payer: PAYER, charge: Some(CHARGE), cents: Cents(8_500) },
        Event::ClientPayment { client: CLIENT, charge: None, cents: Cents(5_000) },
        Event::PatientResponsibility {
            charge: CHARGE,
            payer: PAYER,
            client: CLIENT,
            cents: Cents(3_000),
        },
        Event::Transfer { charge: CHARGE, from: unapplied, owed_by: client, cents: Cents(3_000) },
        Event::Share { to: Sharer::Clinician(clinician), cents: Cents(7_475) },
        Event::Payout { to: Bearer::Clinician(clinician), cents: Cents(7_475) },
    ];
    for (event, id) in events.into_iter().zip(1..) {
        let fact = Fact { id: EntryId(id), on: ON, source: SourceId(1), event };
        books.post(fact).unwrap();
    }
    books.reverse(EntryId(8), EntryId(5), ON, SourceId(1)).unwrap();
    books.close(Period::of(ON)).unwrap();
    let late = Event::WriteOff { charge: CHARGE, owed_by: client, cents: Cents(3_000) };
    books.post(Fact { id: EntryId(9), on: ON, source: SourceId(1), event: late }).unwrap();
    books.entries().to_vec()
}

/// Moves an entry's amount as a whole: it balances, and is not what happened.
fn enlarge(entry: &mut Entry, by: i64) {
    for posting in &mut entry.postings {
        posting.cents.0 += by * posting.cents.0.signum();
    }
}

fn planted(fault: impl Fn(&mut Vec<Entry>)) -> Vec<Broken> {
    let mut entries = sound();
    fault(&mut entries);
    broken(&entries)
}

#[test]
fn sound_books_have_no_fault() {
    assert_eq!(broken(&sound()), []);
    assert_eq!(broken(&[]), []);
}

#[test]
fn a_fault_of_one_entry_is_found_at_that_entry() {
    type Plant = fn(&mut Vec<Entry>);
    let id = EntryId;
    let cases: [(&str, Plant, Broken); 15] = [
        ("a cent more on one side", |e| e[1].postings[0].cents.0 += 1, Broken::Unbalanced(id(2))),
        (
            "a cent from the books to the memorandum",
            |e| {
                e[1].postings[1].cents.0 -= 1;
                e[1].postings[2].cents.0 += 1;
            },
            Broken::MemorandumUnbalanced(id(2)),
        ),
        ("no postings", |e| e[3].postings.clear(), Broken::NotByRule(id(4))),
        ("half of its postings", |e| e[1].postings.truncate(2), Broken::NotByRule(id(2))),
        (
            "another account of income",
            |e| e[0].postings[1].account = Account::Interest,
            Broken::NotByRule(id(1)),
        ),
        ("sides exchanged", |e| e[0].postings.reverse(), Broken::NotByRule(id(1))),
        (
            "about two charges",
            |e| e[3].postings[1].charge = Some(ChargeId(2)),
            Broken::NotByRule(id(4)),
        ),
        ("an amount beyond the limit", |e| enlarge(&mut e[0], money::CENTS_LIMIT), {
            Broken::NotByRule(id(1))
        }),
        ("another rule", |e| e[0].cause.rule = RuleName::WriteOff, Broken::NotByRule(id(1))),
        ("the same entry again", |e| e.push(e[2].clone()), Broken::Twice(id(3))),
        ("a reversal of another amount", |e| enlarge(&mut e[7], 100), Broken::NotAMirror(id(8))),
        (
            "a second reversal",
            |e| e.push(Entry { id: EntryId(10), ..e[7].clone() }),
            Broken::NotAMirror(id(10)),
        ),
        (
            "an adjustment of what is not there",
            |e| e[8].adjusts = Some(EntryId(77)),
            Broken::AdjustsNothing(id(9)),
        ),
        (
            "posted before the month that it is about",
            |e| e[2].belongs_to = Period::of(ON).next(),
            Broken::BeforeItsMonth(id(3)),
        ),
        (
            "charged again",
            |e| e.push(Entry { id: EntryId(10), ..e[0].clone() }),
            Broken::ChargedTwice(id(10)),
        ),
    ];
    for (says, plant, fault) in cases {
        let found = planted(plant);

        assert!(found.contains(&fault), "{says}: {found:?}");
        assert_eq!(
            fault.entry().map(|id| fault.to_string().contains(&format!("{id}:"))),
            Some(true)
        );
    }
}

#[test]
fn a_payment_of_a_charge_that_was_never_posted_is_found() {
    let found = planted(|entries| drop(entries.remove(0)));

    for id in [2, 4, 5, 9] {
        assert!(found.contains(&Broken::NoSuchCharge(EntryId(id))), "{found:?}");
    }
    assert_eq!(found.iter().filter(|it| matches!(it, Broken::NoSuchCharge(_))).count(), 4);
}

#[test]
fn taking_more_than_there_is_is_found_where_it_happened() {
    let found = planted(|entries| entries[2].postings.iter_mut().for_each(|it| it.cents.0 /= 2));

    let account = Account::Unapplied(Debtor::Client(CLIENT));
    let fault = Broken::Overdrawn { entry: EntryId(5), account, holds: Cents(-500) };
    assert_eq!(found, [fault]);
}

#[test]
fn sums_that_do_not_hold_are_found_and_say_both_sides() {
    // A payment that reached the bank and not the memorandum, in an entry that its rule allows.
    let found = planted(|entries| {
        entries[1].postings.truncate(2);
        entries[1].cause.rule = RuleName::Charge;
    });
    let says: Vec<String> = found.iter().map(ToString::to_string).collect();
    for part in [
        "receivables are 0.00, charges − payments − adjustments are 170.00",
        "the bank holds 60.25, money in less payouts is -24.75",
    ] {
        assert!(says.iter().any(|it| it == part), "{part}: {says:#?}");
    }
    let found = planted(|entries| {
        let held = &mut entries[1].postings[3];
        held.account = Account::MoneyIn;
    });
    let (parts, events) = (Cents(5_000), Cents(13_500));
    assert!(found.contains(&Broken::MoneyIn { parts, events }), "{found:?}");
}

#[test]
fn a_sum_that_does_not_fit_is_said_and_nothing_panics() {
    let found = planted(|entries| {
        for entry in entries.iter_mut().take(3) {
            for posting in &mut entry.postings {
                posting.cents =
                    Cents(if posting.cents.is_negative() { i64::MIN } else { i64::MAX });
            }
        }
    });

    assert!(found.contains(&Broken::Overflow), "{found:?}");
}
