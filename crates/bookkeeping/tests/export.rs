//! What other programs make of the books: hledger in strict mode and Beancount read them without a
//! word, and come to the same balance for every account, whatever people call things.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use bookkeeping::{
    Account, Bearer, Books, ChargeId, Chart, ClientId, ClinicianId, Debtor, Entry, EntryId, Event,
    Export, Fact, Payee, PayerId, Sharer, SourceId, Title, beancount, hledger,
};
use expect_test::expect;
use jiff::civil::{Date, date};
use money::Cents;
use proptest::prelude::*;

static COUNT: AtomicU32 = AtomicU32::new(0);

/// What a program said of a text.
#[allow(clippy::disallowed_methods, reason = "the test's own tools; `script/test` installs them")]
fn said(tool: &str, arguments: &[&str], text: &str) -> Result<String, String> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cache");
    let tools = cache.unwrap_or_else(home).join("trellis/tools");
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("trellis-export-{}-{count}", std::process::id());
    let file = std::env::temp_dir().join(name);
    std::fs::write(&file, text).unwrap();
    let program = if tool.contains('/') { tools.join(tool) } else { PathBuf::from(tool) };
    let arguments = arguments.iter().map(|it| it.replace("FILE", file.to_str().unwrap()));
    let answer = std::process::Command::new(&program).args(arguments).output();
    let answer = answer.unwrap_or_else(|e| panic!("{}: {e}; run script/test", program.display()));
    std::fs::remove_file(&file).unwrap();
    let (out, err) = (answer.stdout, String::from_utf8_lossy(&answer.stderr).into_owned());
    if answer.status.success() { Ok(String::from_utf8(out).unwrap()) } else { Err(err) }
}

/// Accounts with what they hold, from lines of `account,amount`; zeros left out.
fn balances(lines: &str) -> BTreeMap<String, Cents> {
    let read = |line: &str| {
        let (account, amount) = line.split_once(',')?;
        let plain: String = amount.chars().filter(|it| "-.0123456789".contains(*it)).collect();
        Some((account.trim_matches('"').to_owned(), plain.parse().ok()?))
    };
    lines.lines().filter_map(read).filter(|(_, cents)| *cents != Cents::ZERO).collect()
}

fn by_hledger(text: &str) -> Result<BTreeMap<String, Cents>, String> {
    said("hledger", &["-f", "FILE", "check", "--strict", "ordereddates"], text)?;
    let arguments = ["-f", "FILE", "balance", "--flat", "--no-total", "-O", "csv"];
    Ok(balances(&said("hledger", &arguments, text)?))
}

const SUMS: &str = include_str!("beancount_sums.py");

fn by_beancount(text: &str) -> Result<BTreeMap<String, Cents>, String> {
    Ok(balances(&said("beancount/bin/python", &["-c", SUMS, "FILE"], text)?))
}

const PAYERS: [PayerId; 2] = [PayerId(0xa1), PayerId(0xc1)];

/// Some months of a practice, with accounts of both signs.
fn books() -> Books {
    let mut books = Books::new(Chart::standard());
    let charge = |number| Some(ChargeId(number));
    let kit = ClientId(0x52);
    let (ada, ben) = (ClinicianId(0xad), ClinicianId(0xbe));
    let due = |charge, payer, cents| Event::Charge {
        charge: ChargeId(charge),
        owed_by: Debtor::Payer(payer),
        service_on: date(2026, 2, 3),
        cents: Cents(cents),
    };
    let days = [
        (date(2026, 2, 3), due(1, PAYERS[0], 18_000)),
        (date(2026, 2, 3), due(2, PAYERS[1], 123_456_789)),
        (
            date(2026, 2, 20),
            Event::PayerPayment { payer: PAYERS[0], charge: charge(1), cents: Cents(19_001) },
        ),
        (date(2026, 2, 28), Event::Share { to: Sharer::Clinician(ada), cents: Cents(12_351) }),
        (date(2026, 2, 28), Event::Share { to: Sharer::Clinician(ben), cents: Cents(-7) }),
        (date(2026, 3, 1), Event::ClientPayment { client: kit, charge: None, cents: Cents(1) }),
        (
            date(2026, 3, 2),
            Event::Fee { to: Payee::Operator, borne_by: Bearer::Practice, cents: Cents(-2_500) },
        ),
        (date(2026, 3, 9), Event::Payout { to: Bearer::Clinician(ada), cents: Cents(12_351) }),
    ];
    for ((on, event), id) in days.into_iter().zip(1..) {
        books.post(Fact { id: EntryId(id), on, source: SourceId(1), event }).unwrap();
    }
    books.reverse(EntryId(9), EntryId(3), date(2026, 3, 10), SourceId(1)).unwrap();
    books
}

/// What the accounts hold at the end of a day, as sizes without names.
fn sizes(entries: &[Entry], through: Option<Date>) -> Vec<Cents> {
    let balances = bookkeeping::Balances::of(entries, through).unwrap();
    let mut sizes: Vec<Cents> =
        balances.iter().map(|(_, cents)| cents).filter(|cents| *cents != Cents::ZERO).collect();
    sizes.sort();
    sizes
}

fn assert_read_alike(export: &Export<'_>, entries: &[Entry], through: Option<Date>) {
    let one = by_hledger(&export.hledger()).unwrap_or_else(|e| panic!("{e}\n{}", export.hledger()));
    let other =
        by_beancount(&export.beancount()).unwrap_or_else(|e| panic!("{e}\n{}", export.beancount()));

    assert_eq!(one, other);
    let mut theirs: Vec<Cents> = one.into_values().collect();
    theirs.sort();
    assert_eq!(theirs, sizes(entries, through));
}

#[test]
fn a_journal_reads_so() {
    let books = books();
    let entries = &books.entries()[..3];

    expect![[r#"
        decimal-mark .
        commodity 1000.00 USD
        account Assets:1000-bank
        account Assets:1100-receivable-from-payers:Pa1
        account Assets:1100-receivable-from-payers:Pc1
        account Income:4000-service-income
        account Equity:Memorandum:9000-money-in
        account Equity:Memorandum:9100-held

        2026-02-03 (1) charge
            Assets:1100-receivable-from-payers:Pa1  180.00 USD
            Income:4000-service-income  -180.00 USD

        2026-02-03 (2) charge
            Assets:1100-receivable-from-payers:Pc1  1234567.89 USD
            Income:4000-service-income  -1234567.89 USD

        2026-02-20 (3) payer payment
            Assets:1000-bank  190.01 USD
            Assets:1100-receivable-from-payers:Pa1  -190.01 USD
            Equity:Memorandum:9000-money-in  190.01 USD
            Equity:Memorandum:9100-held  -190.01 USD

        2026-02-20 what the books hold
            Assets:1000-bank  0.00 USD = 190.01 USD
            Assets:1100-receivable-from-payers:Pa1  0.00 USD = -10.01 USD
            Assets:1100-receivable-from-payers:Pc1  0.00 USD = 1234567.89 USD
            Income:4000-service-income  0.00 USD = -1234747.89 USD
            Equity:Memorandum:9000-money-in  0.00 USD = 190.01 USD
            Equity:Memorandum:9100-held  0.00 USD = -190.01 USD
    "#]]
    .assert_eq(&hledger(entries, &Chart::standard()));
    expect![[r#"
        option "operating_currency" "USD"

        2026-02-03 open Assets:1100-receivable-from-payers:Pa1 USD
        2026-02-03 open Income:4000-service-income USD

        2026-02-03 * "charge" ^1
          Assets:1100-receivable-from-payers:Pa1  180.00 USD
          Income:4000-service-income  -180.00 USD

        2026-02-04 balance Assets:1100-receivable-from-payers:Pa1  180.00 USD
        2026-02-04 balance Income:4000-service-income  -180.00 USD
    "#]]
    .assert_eq(&beancount(&entries[..1], &Chart::standard()));
}

#[test]
fn both_programs_come_to_our_balances_and_check_them_themselves() {
    let (books, chart) = (books(), Chart::standard());
    assert_read_alike(&Export::new(books.entries(), &chart), books.entries(), None);

    // Beside the sums, the files carry ours: a cent moved by hand is found by both.
    let export = Export::new(books.entries(), &chart);
    for (text, line) in [(export.hledger(), "-190.01 USD"), (export.beancount(), "-190.01 USD")] {
        let moved = text.replacen(line, "-190.02 USD", 1);
        assert_ne!(moved, text);
        assert!(by_hledger(&moved).is_err() && by_beancount(&moved).is_err());
    }
    let twice = export.hledger().replacen("180.00 USD", "181.00 USD", 1);
    let twice = twice.replacen("-180.00 USD", "-181.00 USD", 1);
    assert!(by_hledger(&twice).unwrap_err().contains("balance assertion"), "still balanced");
}

#[test]
fn empty_books_are_a_file_that_both_read() {
    let chart = Chart::standard();
    for export in [
        Export::new(&[], &chart),
        Export::new(&[], &chart).from(date(2026, 1, 1)).through(date(2026, 1, 31)),
        Export::new(books().entries(), &chart).through(date(1999, 1, 1)),
    ] {
        assert_eq!(by_hledger(&export.hledger()), Ok(BTreeMap::new()));
        assert_eq!(by_beancount(&export.beancount()), Ok(BTreeMap::new()));
    }
}

#[test]
fn some_days_begin_with_what_was_before_and_end_with_what_is_held_then() {
    let (books, chart) = (books(), Chart::standard());
    let days = [date(2026, 2, 2), date(2026, 2, 3), date(2026, 2, 28), date(2026, 3, 10)];
    for through in days {
        let export = Export::new(books.entries(), &chart).through(through);
        assert_read_alike(&export, books.entries(), Some(through));
        for from in days.into_iter().filter(|from| *from <= through) {
            assert_read_alike(&export.clone().from(from), books.entries(), Some(through));
        }
    }
    let march = Export::new(books.entries(), &chart).from(date(2026, 3, 1)).hledger();
    assert!(!march.contains("2026-02") && march.contains("2026-03-01 balances brought forward"));
}

/// What people might call an account, a payer or a practice.
const ODD: [&str; 12] = [
    "Bank: \"Checking\"",
    "Blue’s & Co; 'main'",
    "9 lives",
    "Ärzte 心理",
    "two  spaces",
    "line\nbreak\r\n2026-01-01 * \"x\"",
    "tab\there ; type: A",
    "{{}} @ 5 USD = 1",
    "",
    "—",
    "bank:bank:bank",
    "\u{202e}\u{0}\\\"",
];

#[test]
fn nothing_that_people_name_breaks_a_file_or_makes_two_accounts_one() {
    let books = books();
    for odd in ODD {
        let chart = Chart::standard();
        let chart = chart.naming(Title::Bank, &format!("10-{odd}"), odd).unwrap();
        let chart = chart.naming(Title::PayerReceivable, "11", odd).unwrap();
        let parties =
            PAYERS.map(|payer| (Account::Receivable(Debtor::Payer(payer)), odd.to_owned()));
        let export = Export::new(books.entries(), &chart).calling(parties.into()).headed(odd);

        assert_read_alike(&export, books.entries(), None);
    }
}

#[test]
fn a_party_is_called_as_the_practice_calls_it() {
    let (books, chart) = (books(), Chart::standard());
    let parties = [
        (Account::Receivable(Debtor::Payer(PAYERS[0])), "LONESTAR".to_owned()),
        (Account::Unapplied(Debtor::Client(ClientId(0x52))), "Client 1007".to_owned()),
        (Account::ClinicianDue(ClinicianId(0xad)), "ada okafor".to_owned()),
    ];
    let text = Export::new(books.entries(), &chart).calling(parties.into()).hledger();

    for name in [
        "Assets:1100-receivable-from-payers:LONESTAR",
        "Assets:1100-receivable-from-payers:Pc1",
        "Liabilities:2010-unapplied-from-clients:Client-1007",
        "Liabilities:2200-due-to-clinicians:Ada-okafor",
    ] {
        assert!(text.contains(&format!("account {name}\n")), "{name}: {text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn any_name_gives_a_file_that_both_read(
        code in ".{0,12}",
        name in ".{0,30}",
        who in ".{0,30}",
    ) {
        let books = books();
        let chart = Chart::standard().naming(Title::Income, &format!("7777{code}"), &name).unwrap();
        let parties = [(Account::Receivable(Debtor::Payer(PAYERS[1])), who.clone())];
        let export = Export::new(books.entries(), &chart).calling(parties.into()).headed(&who);

        assert_read_alike(&export, books.entries(), None);
    }
}
