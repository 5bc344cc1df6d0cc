//! The same books for other programs: journals of hledger and of Beancount.
//!
//! Both read plain text; an account's name is its class, the practice's own name for the title
//! and, where it is kept by party, the party. Memorandum accounts balance by themselves and are
//! written under equity, where both programs let them stand.

use std::collections::BTreeSet;
use std::fmt::Write;

use jiff::civil::Date;

use crate::{Account, Chart, Class, Entry, rule};

/// What every line of a string is written with.
const WRITTEN: &str = "a string takes all that is written";

/// A journal that hledger reads (hledger manual, *Journal format*).
pub fn hledger(entries: &[Entry], chart: &Chart) -> String {
    let mut text = String::new();
    for entry in in_order(entries) {
        let words = words(entry);
        writeln!(text, "{} ({}) {words}", entry.on, entry.id).expect(WRITTEN);
        for posting in &entry.postings {
            let name = name(posting.account, chart);
            writeln!(text, "    {name}  {} USD", posting.cents).expect(WRITTEN);
        }
        text.push('\n');
    }
    text
}

/// A file that Beancount reads (Beancount Language Syntax): accounts are opened on the first day.
pub fn beancount(entries: &[Entry], chart: &Chart) -> String {
    let mut text = String::from("option \"operating_currency\" \"USD\"\n\n");
    let postings = || entries.iter().flat_map(|entry| &entry.postings);
    let accounts: BTreeSet<Account> = postings().map(|posting| posting.account).collect();
    let first_day = entries.iter().map(|entry| entry.on).min().unwrap_or(Date::ZERO);
    for account in accounts {
        writeln!(text, "{first_day} open {} USD", name(account, chart)).expect(WRITTEN);
    }
    for entry in in_order(entries) {
        let words = words(entry);
        writeln!(text, "\n{} * \"{words}\" ^{}", entry.on, entry.id).expect(WRITTEN);
        for posting in &entry.postings {
            let name = name(posting.account, chart);
            writeln!(text, "  {name}  {} USD", posting.cents).expect(WRITTEN);
        }
    }
    text
}

fn in_order(entries: &[Entry]) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = entries.iter().collect();
    entries.sort_by_key(|entry| entry.on);
    entries
}

fn words(entry: &Entry) -> String {
    let event = rule(entry.cause.rule).event;
    let mut words = match entry.reverses {
        Some(of) => format!("reversal of {of}: {event}"),
        None => event.to_owned(),
    };
    if let Some(old) = entry.adjusts {
        write!(words, ", adjusts {old} of {}", entry.belongs_to).expect(WRITTEN);
    }
    words
}

fn name(account: Account, chart: &Chart) -> String {
    let title = account.title();
    let root = match title.class() {
        Class::Asset => "Assets",
        Class::Liability => "Liabilities",
        Class::Equity => "Equity",
        Class::Income => "Income",
        Class::Expense => "Expenses",
        Class::Memorandum => "Equity:Memorandum",
    };
    let line = chart.line(title);
    let own = component(&format!("{} {}", line.code, line.name));
    match account.party() {
        Some(party) => format!("{root}:{own}:P{party:x}"),
        None => format!("{root}:{own}"),
    }
}

/// Letters, digits and dashes only, the first a capital or a digit: what both programs accept.
fn component(name: &str) -> String {
    let mut text = String::new();
    for character in name.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' => text.push(character),
            '\'' | '’' => {}
            _ if text.ends_with('-') || text.is_empty() => {}
            _ => text.push('-'),
        }
    }
    let first_is_small = text.starts_with(|character: char| character.is_ascii_lowercase());
    if first_is_small || text.is_empty() { format!("X{text}") } else { text }
}
