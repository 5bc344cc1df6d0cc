//! The books of a closed month as other programs read them: hledger and Beancount accept them, and
//! come to the same balances.

use std::collections::BTreeMap;
use std::path::PathBuf;

use bookkeeping::{Chart, Entry};
use money::Cents;

use super::{JANUARY, Scene, run};

/// What a program said of a file.
#[allow(clippy::disallowed_methods, reason = "the test's own tools; `script/test` installs them")]
fn said(tool: &str, arguments: &[&str], text: &str) -> String {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cache");
    let tools = cache.unwrap_or_else(home).join("trellis/tools");
    let name = format!("trellis-books-{}-{}", std::process::id(), tool.replace('/', "-"));
    let file = std::env::temp_dir().join(name);
    std::fs::write(&file, text).unwrap();
    let program = if tool.contains('/') { tools.join(tool) } else { PathBuf::from(tool) };
    let arguments = arguments.iter().map(|it| it.replace("FILE", file.to_str().unwrap()));
    let answer = std::process::Command::new(&program).args(arguments).output();
    let answer = answer.unwrap_or_else(|e| panic!("{}: {e}; run script/test", program.display()));
    std::fs::remove_file(&file).unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).unwrap()
}

/// Accounts and what they hold, from lines of `account,amount`.
fn balances(lines: &str) -> BTreeMap<String, Cents> {
    let read = |line: &str| {
        let (account, amount) = line.split_once(',')?;
        let plain: String = amount.chars().filter(|it| "-.0123456789".contains(*it)).collect();
        Some((account.trim_matches('"').to_owned(), plain.parse().ok()?))
    };
    lines.lines().filter_map(read).filter(|(_, cents)| *cents != Cents::ZERO).collect()
}

fn by_hledger(entries: &[Entry]) -> BTreeMap<String, Cents> {
    let text = bookkeeping::hledger(entries, &Chart::standard());
    let arguments = ["-f", "FILE", "balance", "--flat", "--no-total", "-O", "csv"];
    balances(&said("hledger", &arguments, &text))
}

const SUMS: &str = include_str!("../../../../crates/bookkeeping/tests/beancount_sums.py");

fn by_beancount(entries: &[Entry]) -> BTreeMap<String, Cents> {
    let text = bookkeeping::beancount(entries, &Chart::standard());
    balances(&said("beancount/bin/python", &["-c", SUMS, "FILE"], &text))
}

#[test]
fn the_books_of_a_closed_month_come_to_the_same_elsewhere() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let mut tx = scene.job().await;
        let entries = ledger::entries(&mut tx, scene.cast.elm).await.unwrap();
        assert_eq!(bookkeeping::broken(&entries), []);

        let (one, other) = (by_hledger(&entries), by_beancount(&entries));

        assert_eq!(one, other);
        let mut ours: BTreeMap<_, i64> = BTreeMap::new();
        for posting in entries.iter().flat_map(|entry| &entry.postings) {
            *ours.entry(posting.account).or_default() += posting.cents.0;
        }
        let mut ours: Vec<i64> = ours.into_values().filter(|cents| *cents != 0).collect();
        let mut theirs: Vec<i64> = one.values().map(|cents| cents.0).collect();
        ours.sort_unstable();
        theirs.sort_unstable();
        assert_eq!(ours, theirs);
        let due = one.iter().find(|(name, _)| name.contains("operator")).unwrap();
        assert_eq!(due.1.0.abs(), 29_700, "{one:?}");
    });
}
