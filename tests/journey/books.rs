//! The books at the command line: checked on a live database, and printed for other programs.

use super::program::{Data, Program, ask};

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
    for says in ["good  Elm Street: 0 entries", "good  Oak Lane:", "good  I01_the_books_balance"] {
        assert!(check.out.contains(says), "{says}: {}", check.out);
    }
    let which = ask(&data, &["ledger", "export", "--format", "beancount"], b"");
    assert!(which.err.contains("say which practice by --practice"), "{}", which.err);
    let id = which.err.split(" (Oak Lane)").next().unwrap().rsplit(' ').next().unwrap();
    let only = ["ledger", "export", "--format", "beancount", "--practice", id];
    let only = ask(&data, &only, b"");
    assert_eq!(only.out, "option \"operating_currency\" \"USD\"\n", "{}", only.err);
    let gone = ["ledger", "check", "--practice", "00000000-0000-7000-8000-000000000001"];
    assert!(ask(&data, &gone, b"").err.contains("there is no practice"));
}

#[test]
fn a_fault_in_the_books_is_said_with_its_place() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let data = Data::new();
    let _trellis = Program::start(&data, &["serve", "--no-worker"], &[]);
    let founding = ["found", "--kind", "sole", "--zone", "America/Denver", "--owner", "Una Bell"];
    let founding = [&founding[..], &["--name", "Oak Lane", "--address", "una@example.org"]];
    assert_eq!(ask(&data, &founding.concat(), b"").code, 0);
    runtime.block_on(async {
        use sqlx::{Connection as _, Executor as _};
        let stores = data.stores();
        let options = stores.superuser().unwrap().clone().database(stores.database());
        let mut conn = sqlx::PgConnection::connect_with(&options).await.unwrap();
        let plant = "set session_replication_role = replica;
            insert into ledger.entry (practice_id, entry_id, posted_at, posted_on, happened_on,
                    belongs_to, rule, cause_kind, cause_id, lines)
            select p.practice_id, '00000000-0000-7000-8000-00000000000e', '2026-02-09',
                   '2026-02-09', '2026-02-09', '2026-02-01', 'practice_share', 'statement',
                   p.practice_id, 2
              from people.practice p;
            insert into ledger.posting (practice_id, entry_id, line, account, cents)
            select p.practice_id, '00000000-0000-7000-8000-00000000000e', l.line, l.account, l.cents
              from people.practice p, (values (1, 'held', 100), (2, 'practices_money', -99))
                   l (line, account, cents)";
        conn.execute(plant).await.unwrap();
    });

    let check = ask(&data, &["ledger", "check"], b"");

    assert_eq!(check.code, 1, "{}", check.out);
    for says in [
        "MEND  Oak Lane:",
        "debits and credits differ, at /p/",
        "/books/entries/00000000-0000-7000-8000-00000000000e",
        "MEND  I01_the_books_balance: 1 rows",
        "good  I17_every_posting",
    ] {
        assert!(check.out.contains(says), "{says}: {}", check.out);
    }
}
