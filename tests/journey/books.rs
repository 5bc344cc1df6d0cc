//! The books at the command line: checked on a live database, and printed for other programs.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ids::Uuid;
use money::Cents;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

use super::program::{Data, Program, Said, ask};

#[test]
fn the_books_are_checked_and_printed_beside_a_running_program() {
    let data = Data::new();
    let _trellis = Program::start(&data, &["serve", "--no-worker"], &[]);
    let none = ask(&data, &["ledger", "export", "--format", "hledger"], b"");
    assert!(none.err.contains("there is no practice yet"), "{}", none.err);
    for (name, address) in [("Elm Street", "ada@example.org"), ("Oak Lane", "una@example.org")] {
        let founding = ["found", "--kind", "sole", "--zone", "America/Denver", "--owner", "A B"];
        let founding = [&founding[..], &["--name", name, "--address", address]].concat();
        assert_eq!(ask(&data, &founding, b"").code, 0);
    }

    let check = ask(&data, &["ledger", "check"], b"");

    assert_eq!(check.code, 0, "{}", check.err);
    for says in [
        "good  Elm Street: 0 entries",
        "good  Oak Lane:",
        "good  I01_the_books_balance",
        "good  I24_nothing_was_posted",
        "The books are sound: 2 practices, no fault.",
    ] {
        assert!(check.out.contains(says), "{says}: {}", check.out);
    }
    let which = ask(&data, &["ledger", "export", "--format", "beancount"], b"");
    assert!(which.err.contains("say which practice by --practice"), "{}", which.err);
    let id = which.err.split(" (Oak Lane)").next().unwrap().rsplit(' ').next().unwrap();
    let only = exported(&data, id, &["--format", "beancount"]);
    let empty = format!("; Oak Lane, practice {id}\n\noption \"operating_currency\" \"USD\"\n");
    assert_eq!(only.out, empty, "{}", only.err);
    assert_refusals(&data, id);
}

fn exported(data: &Data, practice: &str, arguments: &[&str]) -> Said {
    ask(data, &[&["ledger", "export", "--practice", practice], arguments].concat(), b"")
}

/// What cannot be asked is said, and nothing is written.
fn assert_refusals(data: &Data, id: &str) {
    let file = data.0.join("books.journal");
    let out = file.to_str().unwrap();
    let to = ["--out", out, "--format", "hledger"];
    let nowhere = ["--out", "/nowhere/at/all", "--format", "hledger"];
    let cases: [(&[&str], &str); 8] = [
        (&["--format", "excel"], "possible values: hledger, beancount"),
        (&[], "--format"),
        (&["--format", "hledger", "--from", "2026-02-30"], "2026-02-30"),
        (&["--format", "hledger", "--from", "last month"], "last month"),
        (&["--format", "hledger", "--as-of", "2026-13-01"], "2026-13-01"),
        (
            &["--format", "hledger", "--from", "2026-03-01", "--as-of", "2026-02-28"],
            "--from 2026-03-01 is later than --as-of 2026-02-28",
        ),
        (&nowhere, "/nowhere/at/all is not written"),
        (&["--format", "hledger", "--practice", id], "--practice"),
    ];
    for (arguments, says) in cases {
        let said = exported(data, id, arguments);
        assert_ne!(said.code, 0, "{arguments:?}");
        assert!(said.err.contains(says) && said.out.is_empty(), "{arguments:?}: {}", said.err);
    }
    for gone in ["00000000-0000-7000-8000-000000000001", "Elm Street", "' or true --"] {
        for command in [&["check"][..], &["export", "--format", "hledger"]] {
            let asked = [&["ledger"], command, &["--practice", gone]].concat();
            let said = ask(data, &asked, b"");
            assert_ne!(said.code, 0, "{asked:?}");
            assert!(said.err.contains(gone), "{asked:?}: {}", said.err);
        }
    }
    assert!(!file.exists());
    let said = exported(data, id, &to);
    assert_eq!((said.code, said.out.as_str()), (0, ""), "{}", said.err);
    assert!(std::fs::read_to_string(&file).unwrap().contains("decimal-mark ."));
}

async fn superuser(data: &Data) -> PgConnection {
    let stores = data.stores();
    let options = stores.superuser().unwrap().clone().database(stores.database());
    PgConnection::connect_with(&options).await.unwrap()
}

#[test]
fn a_fault_in_the_books_is_said_with_its_place() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let data = Data::new();
    let _trellis = Program::start(&data, &["serve", "--no-worker"], &[]);
    let founding = ["found", "--kind", "sole", "--zone", "America/Denver", "--owner", "Una Bell"];
    let founding = [&founding[..], &["--name", "Oak Lane", "--address", "una@example.org"]];
    assert_eq!(ask(&data, &founding.concat(), b"").code, 0);
    let named: &[&str] = &["--name", "Elm Street", "--address", "ada@example.org"];
    let other = [founding[0], named];
    assert_eq!(ask(&data, &other.concat(), b"").code, 0);
    let id = |name: &str| {
        runtime.block_on(async {
            let sql = "select p.practice_id from people.practice p where p.name = $1";
            let id: Uuid = sqlx::query_scalar(sql)
                .bind(name)
                .fetch_one(&mut superuser(&data).await)
                .await
                .unwrap();
            id.to_string()
        })
    };
    let (oak, elm) = (id("Oak Lane"), id("Elm Street"));
    runtime.block_on(async {
        let plant = "set session_replication_role = replica;
            insert into ledger.entry (practice_id, entry_id, posted_at, posted_on, happened_on,
                    belongs_to, rule, cause_kind, cause_id, lines)
            select p.practice_id, '00000000-0000-7000-8000-00000000000e', '2026-02-09',
                   '2026-02-09', '2026-02-09', '2026-02-01', 'practice_share', 'statement',
                   p.practice_id, 2
              from people.practice p
             where p.name = 'Oak Lane';
            insert into ledger.posting (practice_id, entry_id, line, account, cents)
            select p.practice_id, '00000000-0000-7000-8000-00000000000e', l.line, l.account, l.cents
              from people.practice p, (values (1, 'held', 100), (2, 'practices_money', -99))
                   l (line, account, cents)
             where p.name = 'Oak Lane'";
        superuser(&data).await.execute(plant).await.unwrap();
    });

    for check in [&["ledger", "check"][..], &["ledger", "check", "--practice", &oak]] {
        let check = ask(&data, check, b"");

        assert_eq!(check.code, 1, "{}", check.out);
        let place = format!(
            "debits and credits differ, at /p/{oak}/books/entries/00000000-0000-7000-8000-00000000000e"
        );
        let row = format!("      practice {oak}, entry 00000000-0000-7000-8000-00000000000e");
        for says in [
            "MEND  Oak Lane:",
            &place,
            "MEND  I01_the_books_balance: 1 rows",
            &row,
            "good  I17_every_posting",
        ] {
            assert!(check.out.contains(says), "{says}: {}", check.out);
        }
    }
    let check = ask(&data, &["ledger", "check", "--practice", &elm], b"");
    assert_eq!(check.code, 0, "another practice's fault is not this one's: {}", check.out);
}

/// Faults in the books of a demo, each with what mends it: nobody but a superuser who turns the
/// guards off can plant them.
const FAULTS: [(&str, &str, &str); 10] = [
    (
        "I01_the_books_balance",
        "update ledger.posting set cents = cents - 1 where account = 'draws' or account = 'income'",
        "update ledger.posting set cents = cents + 1 where account = 'draws' or account = 'income'",
    ),
    (
        "I02_every_charge_is_paid_adjusted_or_open",
        "update billing.charge set cents = cents + 1",
        "update billing.charge set cents = cents - 1",
    ),
    (
        "I03_a_posted_remittance_is_what_arrived",
        "update billing.remittance set cents = cents + 1 where state = 'posted'",
        "update billing.remittance set cents = cents - 1 where state = 'posted'",
    ),
    (
        "I04_no_contract_amount_is_a_clients",
        "update billing.client_share set cents = cents + 1",
        "update billing.client_share set cents = cents - 1",
    ),
    (
        "I06_no_charge_without_a_signed_note",
        "update billing.claim set payer_code = payer_code || 'X'",
        "update billing.claim set payer_code = left(payer_code, -1)",
    ),
    (
        "I11_a_closed_month_adds_up",
        "update payouts.period set clinicians_cents = clinicians_cents + 1, practice_cents = practice_cents - 1",
        "update payouts.period set clinicians_cents = clinicians_cents - 1, practice_cents = practice_cents + 1",
    ),
    (
        "I17_every_posting_of_money_has_its_payment",
        "update ledger.payment set cents = cents + 1",
        "update ledger.payment set cents = cents - 1",
    ),
    (
        "I22_a_closed_month_has_a_statement",
        "update payouts.statement set collected_cents = collected_cents + 1",
        "update payouts.statement set collected_cents = collected_cents - 1",
    ),
    (
        "I24_nothing_was_posted_into_a_month_after_it_closed",
        "update ledger.closed_month set closed_at = closed_at - interval '36500 days'",
        "update ledger.closed_month set closed_at = closed_at + interval '36500 days'",
    ),
    (
        "I25_a_posting_is_of_its_entry",
        "update ledger.posting set charge_id = practice_id where charge_id is null",
        "update ledger.posting set charge_id = null where charge_id = practice_id",
    ),
];

/// The books of a demo beside a running program: sound, each planted fault named with a practice,
/// and read alike by other programs.
pub async fn assert_told_of_the_demo(data: &Data) {
    let sound = ask(data, &["ledger", "check"], b"");
    assert_eq!(sound.code, 0, "{}{}", sound.out, sound.err);

    let mut conn = superuser(data).await;
    conn.execute("set session_replication_role = replica").await.unwrap();
    for (invariant, plant, mend) in FAULTS {
        conn.execute(AssertSqlSafe(plant)).await.unwrap();
        let check = ask(data, &["ledger", "check"], b"");
        conn.execute(AssertSqlSafe(mend)).await.unwrap();

        assert_eq!(check.code, 1, "{plant}: {}", check.out);
        let told = check.out.split(&format!("MEND  {invariant}")).nth(1);
        let told = told.unwrap_or_else(|| panic!("{plant} is not told: {}", check.out));
        assert!(told.lines().nth(1).unwrap().starts_with("      practice "), "{told}");
    }
    assert_eq!(ask(data, &["ledger", "check"], b"").code, 0, "what was planted is gone");

    let practices: Vec<Uuid> = sqlx::query_scalar(
        "select distinct e.practice_id from ledger.entry e order by e.practice_id",
    )
    .fetch_all(&mut conn)
    .await
    .unwrap();
    assert!(2 <= practices.len());
    for practice in practices {
        assert_read_alike(data, &mut conn, practice).await;
    }
}

async fn assert_read_alike(data: &Data, conn: &mut PgConnection, practice: Uuid) {
    let id = practice.to_string();
    let clients: Vec<String> =
        sqlx::query_scalar("select c.name from people.client c where c.practice_id = $1")
            .bind(practice)
            .fetch_all(&mut *conn)
            .await
            .unwrap();
    for (days, through) in [
        (&[][..], "2999-12-31"),
        (&["--as-of", "2026-09-30"], "2026-09-30"),
        (&["--from", "2026-10-01", "--until", "2026-10-31"], "2026-10-31"),
    ] {
        let [one, other] = ["hledger", "beancount"].map(|format| {
            let said = exported(data, &id, &[&["--format", format], days].concat());
            assert_eq!(said.code, 0, "{}", said.err);
            for name in &clients {
                let parts = [name.as_str(), name.split(' ').next_back().unwrap()];
                let is_there = parts.iter().any(|part| said.out.contains(part));
                assert!(!is_there, "{name} is in the export for {format}");
            }
            said.out
        });
        let one =
            balances(&read(&["hledger", "-f", "FILE", "check", "--strict"], &one).and_then(|_| {
                let arguments = ["hledger", "-f", "FILE", "bal", "--flat", "-N", "-O", "csv"];
                read(&arguments, &one)
            }));
        let other = balances(&read(&["beancount/bin/python", "-c", SUMS, "FILE"], &other));
        assert_eq!(one, other, "{days:?}");
        assert_eq!(one, held(conn, practice, through).await, "{days:?}");
    }
}

/// What each account of a practice holds on a day by the database, under the name that an export
/// gives it, without its class.
async fn held(conn: &mut PgConnection, practice: Uuid, through: &str) -> BTreeMap<String, Cents> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "select p.account || case
                when p.account in ('payer_receivable', 'payer_unapplied', 'forward') then ' ' || p.payer_code
                when p.account in ('client_receivable', 'client_unapplied') then ' Client-' || c.number
                when p.account in ('clinician_due', 'clinician_pay', 'clinicians_money') then ' ' || d.name
                else '' end,
                sum(p.cents)::bigint
           from ledger.posting p
           join ledger.entry e on e.practice_id = p.practice_id and e.entry_id = p.entry_id
           left join people.client c on c.practice_id = p.practice_id and c.client_id = p.client_id
           left join people.clinician d on d.practice_id = p.practice_id and d.clinician_id = p.clinician_id
          where p.practice_id = $1
            and e.posted_on <= $2::date
          group by 1
         having sum(p.cents) <> 0",
    )
    .bind(practice)
    .bind(through)
    .fetch_all(conn)
    .await
    .unwrap();
    let called = |(account, cents): (String, i64)| {
        let (word, whose) = account.split_once(' ').unwrap_or((&account, ""));
        let at = WORDS.iter().position(|known| *known == word).unwrap();
        let code = bookkeeping::Title::ALL[at].standard_code();
        let whose = whose.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-");
        (format!("{code} {whose}"), Cents(cents))
    };
    rows.into_iter().map(called).collect()
}

/// The accounts' words in the database, in the order of the chart.
const WORDS: [&str; 21] = [
    "bank",
    "payer_receivable",
    "client_receivable",
    "payer_unapplied",
    "client_unapplied",
    "forward",
    "clinician_due",
    "operator_due",
    "draws",
    "income",
    "contractual",
    "interest",
    "written_off",
    "clinician_pay",
    "operator_fees",
    "card_fees",
    "money_in",
    "held",
    "clinicians_money",
    "practices_money",
    "operators_money",
];

const SUMS: &str = include_str!("../../crates/bookkeeping/tests/beancount_sums.py");

/// What another program says of a text, in the place of `FILE`.
#[allow(clippy::disallowed_methods, reason = "the test's own tools; `script/test` installs them")]
fn read(command: &[&str], text: &str) -> Result<String, String> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cache");
    let tools = cache.unwrap_or_else(home).join("trellis/tools");
    let file = std::env::temp_dir().join(format!("trellis-books-{}", std::process::id()));
    std::fs::write(&file, text).unwrap();
    let (tool, arguments) = command.split_first().unwrap();
    let program = if tool.contains('/') { tools.join(tool) } else { PathBuf::from(tool) };
    let arguments = arguments.iter().map(|it| it.replace("FILE", file.to_str().unwrap()));
    let answer = std::process::Command::new(&program).args(arguments).output();
    let answer = answer.unwrap_or_else(|e| panic!("{}: {e}; run script/test", program.display()));
    std::fs::remove_file(&file).unwrap();
    let (out, err) = (answer.stdout, String::from_utf8_lossy(&answer.stderr).into_owned());
    if answer.status.success() { Ok(String::from_utf8(out).unwrap()) } else { Err(err) }
}

/// Accounts by code and party, with what they hold, from lines of `account,amount`.
fn balances(lines: &Result<String, String>) -> BTreeMap<String, Cents> {
    let lines = lines.as_ref().unwrap_or_else(|error| panic!("{error}"));
    let read = |line: &str| {
        let (account, amount) = line.split_once(',')?;
        let plain: String = amount.chars().filter(|it| "-.0123456789".contains(*it)).collect();
        let names: Vec<&str> = account.trim_matches('"').split(':').collect();
        let at = names.iter().position(|it| it.starts_with(|sign: char| sign.is_ascii_digit()))?;
        let code = names[at].split('-').next()?;
        let whose = names.get(at + 1).copied().unwrap_or_default();
        Some((format!("{code} {whose}"), plain.parse().ok()?))
    };
    lines.lines().filter_map(read).filter(|(_, cents)| *cents != Cents::ZERO).collect()
}
