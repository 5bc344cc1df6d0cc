//! Stories that a bookkeeper can read as a table: what happened, and what the books say then.
//!
//! A line is: day | event as the table of rules calls it | charge | who | dollars | then. *Who*
//! is a name; `a > b` is from a to b. *Then* lists accounts with their balance on their own side;
//! a line without a day goes on with it.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

use bookkeeping::{
    Account, Aging, AgingFrom, Bearer, Books, ChargeId, Chart, ClientId, ClinicianId, Debtor,
    EntryId, Error, Event, Fact, Payee, PayerId, Period, RULES, RecoupedFrom, Sharer, SourceId,
    TransferFrom, broken,
};
use expect_test::{expect, expect_file};
use jiff::civil::Date;
use money::Cents;

/// Who can be in a story. Names, so that a table reads like one.
const CAST: [(&str, u128); 6] =
    [("aetna", 0xa1), ("cigna", 0xc1), ("sam", 0x51), ("kit", 0x52), ("ada", 0xad), ("ben", 0xbe)];

fn id(name: &str) -> u128 {
    let found = CAST.iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("{name} is not in the cast")).1
}

fn debtor(name: &str) -> Debtor {
    match name {
        "aetna" | "cigna" => Debtor::Payer(PayerId(id(name))),
        _ => Debtor::Client(ClientId(id(name))),
    }
}

fn charge(text: &str) -> ChargeId {
    ChargeId(text.strip_prefix('c').unwrap().parse().unwrap())
}

fn event(on: Date, what: &str, charge_text: &str, who: &str, cents: Cents) -> Event {
    let charge = || charge(charge_text);
    let payer = |name: &str| PayerId(id(name));
    let client = |name: &str| ClientId(id(name));
    let (from, to) = who.split_once(" > ").unwrap_or((who, who));
    match what {
        "charge" => Event::Charge { charge: charge(), owed_by: debtor(who), service_on: on, cents },
        "contractual adjustment" => {
            Event::ContractualAdjustment { charge: charge(), payer: payer(who), cents }
        }
        "payer payment" => Event::PayerPayment { payer: payer(who), charge: Some(charge()), cents },
        "payer payment, unapplied" => {
            Event::PayerPayment { payer: payer(who), charge: None, cents }
        }
        "patient responsibility" => Event::PatientResponsibility {
            charge: charge(),
            payer: payer(from),
            client: client(to),
            cents,
        },
        "client payment" => {
            Event::ClientPayment { client: client(who), charge: Some(charge()), cents }
        }
        "client payment, unapplied" => {
            Event::ClientPayment { client: client(who), charge: None, cents }
        }
        "refund" => Event::Refund { to: debtor(who), charge: Some(charge()), cents },
        "refund, unapplied" => Event::Refund { to: debtor(who), charge: None, cents },
        "transfer of unapplied money" => Event::Transfer {
            charge: charge(),
            from: TransferFrom::Unapplied(debtor(from)),
            owed_by: debtor(to),
            cents,
        },
        "transfer of a balance" => Event::Transfer {
            charge: charge(),
            from: TransferFrom::OwedFromNowOnBy(debtor(to)),
            owed_by: debtor(from),
            cents,
        },
        "write-off" => Event::WriteOff { charge: charge(), owed_by: debtor(who), cents },
        "interest" => Event::Interest { payer: payer(who), cents },
        "recoupment" => {
            Event::Recoupment { payer: payer(who), from: RecoupedFrom::Charge(charge()), cents }
        }
        "recoupment of a forward balance" => {
            Event::Recoupment { payer: payer(who), from: RecoupedFrom::ForwardBalance, cents }
        }
        "forward balance" => Event::ForwardBalance { payer: payer(who), charge: charge(), cents },
        _ => event_of_shares(what, who, cents),
    }
}

fn event_of_shares(what: &str, who: &str, cents: Cents) -> Event {
    let clinician = || ClinicianId(id(who));
    match what {
        "clinician's share" => Event::Share { to: Sharer::Clinician(clinician()), cents },
        "practice's share" => Event::Share { to: Sharer::Practice, cents },
        "operator's fee, borne by the practice" => {
            Event::Fee { to: Payee::Operator, borne_by: Bearer::Practice, cents }
        }
        "operator's fee, borne by a clinician" => {
            Event::Fee { to: Payee::Operator, borne_by: Bearer::Clinician(clinician()), cents }
        }
        "card fee, borne by the practice" => {
            Event::Fee { to: Payee::CardProcessor, borne_by: Bearer::Practice, cents }
        }
        "card fee, borne by a clinician" => {
            Event::Fee { to: Payee::CardProcessor, borne_by: Bearer::Clinician(clinician()), cents }
        }
        "payout to a clinician" => Event::Payout { to: Bearer::Clinician(clinician()), cents },
        "payout to the operator" => Event::OperatorPayout { cents },
        "payout to owners" => Event::Payout { to: Bearer::Practice, cents },
        _ => panic!("no rule is called {what}"),
    }
}

/// The balance of what a story calls an account, above zero on the side where it stands.
fn balance(books: &Books, account: &str) -> Cents {
    let balances = books.balances();
    let (title, name) = account.split_once(' ').unwrap_or((account, ""));
    let clinician = || ClinicianId(id(name));
    match (title, name) {
        ("bank", "") => balances.of_account(Account::Bank),
        ("owed", "") => balances.sum(|it| matches!(it, Account::Receivable(_))).unwrap(),
        ("owed", name) => balances.of_account(Account::Receivable(debtor(name))),
        ("written-off", "") => balances.of_account(Account::WrittenOff),
        ("contractual", "") => balances.of_account(Account::Contractual),
        ("money-in", "") => balances.of_account(Account::MoneyIn),
        ("card-fees", "") => balances.of_account(Account::CardFees),
        ("draws", "") => balances.of_account(Account::Draws),
        (title, name) => {
            let account = match title {
                "unapplied" => Account::Unapplied(debtor(name)),
                "forward" => Account::Forward(PayerId(id(name))),
                "due" if name == "operator" => Account::OperatorDue,
                "due" => Account::ClinicianDue(clinician()),
                "money" if name == "practice" => Account::PracticesMoney,
                "money" if name == "operator" => Account::OperatorsMoney,
                "money" => Account::CliniciansMoney(clinician()),
                "held" => Account::Held,
                "income" => Account::Income,
                "interest" => Account::Interest,
                _ => panic!("no account is called {title}"),
            };
            balances.of_account(account).negated().unwrap()
        }
    }
}

/// Tells a story to the books; entries are numbered by line, from 1 on.
fn tell(books: &mut Books, story: &str) {
    let is_told = |line: &&str| !line.is_empty() && !line.starts_with(['#', 'd']);
    for line in story.lines().map(str::trim).filter(is_told) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [day, what, charge, who, dollars, then] = cells[..] else {
            panic!("six cells: {line}")
        };
        if !day.is_empty() {
            happens(books, [day, what, charge, who, dollars]);
        }
        assert_holds(books, then, line);
    }
}

fn happens(books: &mut Books, [day, what, charge, who, dollars]: [&str; 5]) {
    let on: Date = day.parse().unwrap();
    let number = EntryId(books.entries().len() as u128 + 1);
    match what {
        "close" => books.close(Period::of(on)).unwrap(),
        "reversal" => {
            let of = EntryId(charge.strip_prefix('#').unwrap().parse().unwrap());
            books.reverse(number, of, on, SourceId(1)).unwrap();
        }
        _ => {
            let event = event(on, what, charge, who, dollars.parse().unwrap());
            let fact = Fact { id: number, on, source: SourceId(1), event };
            books.post(fact).unwrap_or_else(|error| panic!("{day} {what}: {error}"));
        }
    }
}

fn assert_holds(books: &Books, then: &str, line: &str) {
    for says in then.split(',').map(str::trim).filter(|says| !says.is_empty()) {
        let (account, dollars) = says.rsplit_once(' ').unwrap();
        assert_eq!(balance(books, account), dollars.parse().unwrap(), "{account}: {line}");
    }
    assert_eq!(broken(books.entries()), [], "{line}");
}

fn told(story: &str) -> Books {
    let mut books = Books::new(Chart::standard());
    tell(&mut books, story);
    books
}

/// Every story, for those that read them all.
const STORIES: [&str; 12] = [
    include_str!("told/session.txt"),
    include_str!("told/overpaid.txt"),
    include_str!("told/recoupment.txt"),
    include_str!("told/taken_back.txt"),
    include_str!("told/forward_balance.txt"),
    include_str!("told/forward_used.txt"),
    include_str!("told/transfers.txt"),
    include_str!("told/reversed_claim.txt"),
    include_str!("told/unapplied.txt"),
    include_str!("told/unknown.txt"),
    include_str!("told/fees.txt"),
    include_str!("told/corrected.txt"),
];

#[test]
fn a_session_is_charged_adjusted_paid_shared_and_sent() {
    told(include_str!("told/session.txt"));
}

#[test]
fn what_a_payer_paid_too_much_stands_as_its_credit_until_it_goes_back() {
    told(include_str!("told/overpaid.txt"));
}

#[test]
fn a_payer_takes_back_what_it_paid_and_the_next_share_takes_it_back_too() {
    told(include_str!("told/recoupment.txt"));
}

#[test]
fn what_a_payer_took_back_it_can_pay_again_with_interest() {
    told(include_str!("told/taken_back.txt"));
}

#[test]
fn a_forward_balance_opens_the_charge_now_and_takes_the_money_later() {
    told(include_str!("told/forward_balance.txt"));
}

#[test]
fn a_forward_balance_is_used_against_later_payments_until_nothing_is_left() {
    told(include_str!("told/forward_used.txt"));
}

#[test]
fn a_balance_passes_to_whoever_owes_it_and_back() {
    told(include_str!("told/transfers.txt"));
}

#[test]
fn a_claim_that_was_reversed_and_decided_anew_leaves_both_answers_in_the_books() {
    told(include_str!("told/reversed_claim.txt"));
}

#[test]
fn money_for_nobody_we_know_waits_until_its_charge_is_found() {
    told(include_str!("told/unknown.txt"));
}

#[test]
fn a_fee_that_was_asked_can_be_given_back_to_whoever_bore_it() {
    told(include_str!("told/fees.txt"));
}

#[test]
fn what_was_posted_wrong_is_undone_and_posted_anew() {
    told(include_str!("told/corrected.txt"));
}

#[test]
fn every_rule_of_the_table_and_a_reversal_are_in_a_story() {
    let events: Vec<&str> = STORIES
        .into_iter()
        .flat_map(str::lines)
        .filter(|line| line.starts_with("2026"))
        .filter_map(|line| line.split('|').nth(1).map(str::trim))
        .collect();

    for event in RULES.iter().map(|rule| rule.event).chain(["reversal"]) {
        assert!(events.contains(&event), "no story tells of: {event}");
    }
}

#[test]
fn each_entry_names_its_rule_its_document_and_the_reason() {
    for rule in &RULES {
        assert!(!rule.because.is_empty() && !rule.event.is_empty(), "{:?}", rule.name);
    }
    for entry in STORIES.into_iter().flat_map(|story| told(story).entries().to_vec()) {
        assert_eq!(entry.cause.source, SourceId(1));
        assert_eq!(entry.cause.because(), bookkeeping::rule(entry.cause.rule).because);
    }
}

#[test]
fn money_without_a_charge_waits_apart_until_it_finds_one() {
    let books = told(include_str!("told/unapplied.txt"));
    let unapplied = books.unapplied("2026-03-31".parse().unwrap()).unwrap();

    assert_eq!(unapplied, [(debtor("cigna"), Cents(8_500)), (debtor("sam"), Cents(3_000))]);
    assert_eq!(books.unapplied("2026-03-09".parse().unwrap()).unwrap().len(), 1);
}

#[test]
fn a_late_fact_adjusts_a_closed_month_from_the_next_and_the_closed_month_stays() {
    let (until_closed, late) = include_str!("told/late.txt").split_once("2026-03-24").unwrap();
    let mut books = told(until_closed);
    let march: Date = "2026-03-31".parse().unwrap();
    let as_signed = books.trial_balance(march).unwrap();
    assert_eq!(books.close(Period::of(march)), Err(Error::PeriodOutOfOrder(Period::of(march))));
    let may = Period::of("2026-05-01".parse().unwrap());
    assert_eq!(books.close(may), Err(Error::PeriodOutOfOrder(may)), "April is open");

    tell(&mut books, &format!("2026-03-24{late}"));

    let lines: String = books.entries()[3..].iter().map(late_line).collect();
    expect![[r#"
        #4 posted 2026-04-01, of 2026-03-24, belongs to 2026-03, adjusts #1
        #5 posted 2026-04-01, of 2026-03-28, belongs to 2026-03, adjusts #1
        #6 posted 2026-04-01, of 2026-03-30, belongs to 2026-03
        #7 posted 2026-04-02, of 2026-04-02, belongs to 2026-03, adjusts #2, reverses #2
        #8 posted 2026-04-02, of 2026-04-02, belongs to 2026-04
        #9 posted 2026-05-01, of 2026-03-30, belongs to 2026-03, adjusts #6
    "#]]
    .assert_eq(&lines);
    assert_eq!(books.trial_balance(march).unwrap(), as_signed);
    let owed = |day: &str| books.aging(day.parse().unwrap()).unwrap().total().unwrap();
    assert_eq!(
        [owed("2026-03-31"), owed("2026-04-30"), owed("2026-05-01")].map(|it| it.0),
        [6_500, 5_000, 0]
    );
}

fn late_line(entry: &bookkeeping::Entry) -> String {
    use std::fmt::Write;
    let mut line = format!(
        "#{} posted {}, of {}, belongs to {}",
        entry.id, entry.on, entry.happened_on, entry.belongs_to
    );
    for (says, other) in [("adjusts", entry.adjusts), ("reverses", entry.reverses)] {
        if let Some(other) = other {
            write!(line, ", {says} #{other}").unwrap();
        }
    }
    line + "\n"
}

#[test]
fn a_correction_is_a_reversal_and_a_new_entry_and_both_or_neither() {
    let mut books = told(
        "
2026-03-02 | charge        | c1 | aetna | 115.00 | owed 115.00
2026-03-20 | payer payment | c1 | aetna |  58.00 | owed 57.00
        ",
    );
    let on = "2026-03-21".parse().unwrap();
    let fact = |id, dollars: &str| Fact {
        id: EntryId(id),
        on,
        source: SourceId(2),
        event: event(on, "payer payment", "c1", "aetna", dollars.parse().unwrap()),
    };

    let before = books.entries().to_vec();
    let refused = books.correct(EntryId(2), EntryId(3), fact(4, "0.00")).unwrap_err();
    assert_eq!(refused, Error::Amount { cents: Cents(0) });
    assert_eq!(books.entries(), before);
    assert_eq!(balance(&books, "owed"), Cents(5_700));

    books.correct(EntryId(2), EntryId(3), fact(4, "85.00")).unwrap();
    assert_eq!(balance(&books, "owed"), Cents(3_000));
    assert_eq!(broken(books.entries()), []);
    let again = books.reverse(EntryId(5), EntryId(2), on, SourceId(2));
    assert_eq!(again.unwrap_err(), Error::NotReversible(EntryId(2)));
}

#[test]
fn a_charge_that_was_wrong_can_be_charged_anew_under_its_own_name() {
    let mut books = told("2026-03-02 | charge | c1 | aetna | 115.00 | owed 115.00");
    let on = "2026-03-03".parse().unwrap();
    let event = event(on, "charge", "c1", "aetna", Cents(18_000));
    let fact = Fact { id: EntryId(3), on, source: SourceId(2), event };

    assert_eq!(books.post(fact).unwrap_err(), Error::ChargeAlreadyPosted(ChargeId(1)));
    books.correct(EntryId(1), EntryId(2), fact).unwrap();

    assert_eq!(balance(&books, "owed aetna"), Cents(18_000));
}

#[test]
fn what_cannot_be_is_refused_and_leaves_the_books_as_they_were() {
    let mut books = told("2026-03-02 | charge | c1 | sam | 115.00 | owed 115.00");
    let on: Date = "2026-03-03".parse().unwrap();
    let before = books.entries().to_vec();
    let holds = Cents::ZERO;
    let cases = [
        ("client payment", "c9", "sam", "1.00", Error::NoSuchCharge(ChargeId(9))),
        ("client payment", "c1", "sam", "-1.00", Error::Amount { cents: Cents(-100) }),
        (
            "client payment",
            "c1",
            "sam",
            "10000000000.00",
            Error::Amount { cents: Cents(1_000_000_000_000) },
        ),
        (
            "refund, unapplied",
            "",
            "sam",
            "1.00",
            Error::MoreThanThereIs { account: Account::Unapplied(debtor("sam")), holds },
        ),
        (
            "payout to a clinician",
            "",
            "ada",
            "1.00",
            Error::MoreThanThereIs { account: Account::ClinicianDue(ClinicianId(0xad)), holds },
        ),
        (
            "recoupment of a forward balance",
            "",
            "aetna",
            "1.00",
            Error::MoreThanThereIs { account: Account::Forward(PayerId(0xa1)), holds },
        ),
    ];
    for (what, charge, who, dollars, error) in cases {
        let event = event(on, what, charge, who, dollars.parse().unwrap());
        let fact = Fact { id: EntryId(2), on, source: SourceId(1), event };

        assert_eq!(books.post(fact).unwrap_err(), error, "{what}");
    }
    assert_eq!(books.entries(), before);
}

#[test]
fn what_is_owed_is_aged_from_service_and_adds_up_to_the_receivables() {
    let books = told(
        "
2026-01-01 | charge         | c1 | aetna | 100.00 |
2026-03-01 | charge         | c2 | aetna | 200.00 |
2026-04-01 | charge         | c3 | sam   |  50.00 |
2026-04-15 | charge         | c4 | kit   |  40.00 |
2026-04-16 | client payment | c4 | kit   |  45.00 | owed 345.00
        ",
    );
    let aging = books.aging("2026-05-01".parse().unwrap()).unwrap();

    let dollars = |cents: [i64; 5]| cents.map(|dollars| Cents(dollars * 100));
    assert_eq!(aging.buckets, dollars([50, 0, 200, 100, 0]));
    assert_eq!((aging.credits, aging.unbilled), (Cents(-500), Cents(0)));
    assert_eq!(aging.total(), Ok(Cents(34_500)));
}

#[test]
fn an_age_is_in_the_bucket_that_its_last_day_closes() {
    let books = told("2026-01-01 | charge | c1 | aetna | 1.00 | owed 1.00");
    let first_day: Date = "2026-01-01".parse().unwrap();
    let bills = [(ChargeId(1), "2026-01-11".parse().unwrap())].into();
    let ages = [(0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (120, 3), (121, 4)];
    for (days, bucket) in ages {
        let day = first_day.saturating_add(jiff::Span::new().days(days));

        assert_eq!(books.aging(day).unwrap().buckets[bucket], Cents(100), "{days} days");
        let day = day.saturating_add(jiff::Span::new().days(10));
        let from_bill = AgingFrom::FirstBill(&bills);
        let aging = Aging::of(books.entries(), day, from_bill).unwrap();
        assert_eq!(aging.buckets[bucket], Cents(100), "{days} days from the first bill");
    }
    let unbilled = Aging::of(books.entries(), first_day, AgingFrom::FirstBill(&bills)).unwrap();
    assert_eq!((unbilled.unbilled, unbilled.total()), (Cents(100), Ok(Cents(100))));
    let day_before = first_day.yesterday().unwrap();
    assert_eq!(books.aging(day_before).unwrap().total(), Ok(Cents(0)), "not owed before");
}

#[test]
fn a_trial_balance_has_equal_sides() {
    let books = told(
        "
2026-03-02 | charge                 | c1 | aetna | 180.00 |
2026-03-20 | contractual adjustment | c1 | aetna |  65.00 |
2026-03-20 | payer payment          | c1 | aetna |  85.00 |
2026-03-31 | clinician's share      |    | ada   |  55.25 |
        ",
    );
    let trial = books.trial_balance("2026-03-31".parse().unwrap()).unwrap();
    let lines: String = trial
        .lines
        .iter()
        .map(|it| {
            let [account, debit, credit] =
                [it.account.to_string(), it.debit.to_string(), it.credit.to_string()];
            format!("{} {account:<28} {debit:>8} {credit:>8}\n", it.code)
        })
        .collect();

    expect![[r#"
        1000 bank                            85.00     0.00
        1100 receivable from payers a1       30.00     0.00
        2200 due to clinicians ad             0.00    55.25
        4000 service income                   0.00   180.00
        4100 contractual adjustments         65.00     0.00
        5100 clinicians' pay ad              55.25     0.00
    "#]]
    .assert_eq(&lines);
    assert_eq!(trial.debits, trial.credits);
}

#[test]
fn the_table_of_rules_reads_so() {
    expect_file!["expected/rules.txt"].assert_eq(&bookkeeping::table());
}
