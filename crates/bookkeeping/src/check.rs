//! Every invariant of the books, checked over entries from anywhere.

use std::collections::BTreeMap;
use std::fmt;

use money::Cents;

use crate::{Account, Balances, Class, Entry, EntryId, Posting, Totals, rule};

/// An invariant that does not hold, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The postings of an entry do not add up to zero.
    Unbalanced(EntryId),
    /// Its memorandum postings do not add up to zero by themselves.
    MemorandumUnbalanced(EntryId),
    /// Its postings are not as many as its rule has.
    NotByRule(EntryId),
    /// Two entries have one id.
    Twice(EntryId),
    /// It undoes an entry that is not there, or is not its mirror, or undoes it again.
    NotAMirror(EntryId),
    /// It lies before the month that it is about without being an adjustment.
    BeforeItsMonth(EntryId),
    /// Receivables are not charges − payments − adjustments.
    Receivable {
        /// The balance of the accounts.
        accounts: Cents,
        /// The sum of the events.
        events: Cents,
    },
    /// Money in is not the clinicians' + the practice's + the operator's + what is held.
    MoneyIn {
        /// The parts.
        parts: Cents,
        /// The sum of the events.
        events: Cents,
    },
    /// The bank does not hold money in less what was paid out.
    Bank {
        /// The balance of the account.
        account: Cents,
        /// The sum of the events.
        events: Cents,
    },
    /// A sum does not fit.
    Overflow,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unbalanced(id) => write!(f, "entry {id}: debits and credits differ"),
            Self::MemorandumUnbalanced(id) => write!(f, "entry {id}: the memorandum differs"),
            Self::NotByRule(id) => write!(f, "entry {id}: not the postings of its rule"),
            Self::Twice(id) => write!(f, "entry {id}: posted twice"),
            Self::NotAMirror(id) => write!(f, "entry {id}: not the mirror of what it undoes"),
            Self::BeforeItsMonth(id) => write!(f, "entry {id}: posted before its month"),
            Self::Receivable { accounts, events } => write!(
                f,
                "receivables are {accounts}, charges − payments − adjustments are {events}"
            ),
            Self::MoneyIn { parts, events } => {
                write!(f, "money in is {events}, its parts add up to {parts}")
            }
            Self::Bank { account, events } => {
                write!(f, "the bank holds {account}, money in less payouts is {events}")
            }
            Self::Overflow => f.write_str("a sum is too large to be kept"),
        }
    }
}

/// Everything that does not hold in these entries; nothing when the books are sound.
pub fn broken(entries: &[Entry]) -> Vec<Broken> {
    let mut found = Vec::new();
    let mut seen: BTreeMap<EntryId, &Entry> = BTreeMap::new();
    let mut undone: BTreeMap<EntryId, EntryId> = BTreeMap::new();
    for entry in entries {
        if seen.insert(entry.id, entry).is_some() {
            found.push(Broken::Twice(entry.id));
        }
        found.extend(broken_alone(entry));
        let Some(of) = entry.reverses else { continue };
        let is_mirror = seen.get(&of).is_some_and(|old| {
            old.reverses.is_none() && old.mirrored().is_ok_and(|mirror| mirror == entry.postings)
        });
        if !is_mirror || undone.insert(of, entry.id).is_some() {
            found.push(Broken::NotAMirror(entry.id));
        }
    }
    found.extend(broken_sums(entries).unwrap_or_else(|_| vec![Broken::Overflow]));
    found
}

fn broken_alone(entry: &Entry) -> Vec<Broken> {
    let is_memorandum = |posting: &&Posting| posting.account.title().class() == Class::Memorandum;
    let sum = |cents: &mut dyn Iterator<Item = &Posting>| -> i128 {
        cents.map(|posting| i128::from(posting.cents.0)).sum()
    };
    let mut found = Vec::new();
    if sum(&mut entry.postings.iter()) != 0 {
        found.push(Broken::Unbalanced(entry.id));
    }
    if sum(&mut entry.postings.iter().filter(is_memorandum)) != 0 {
        found.push(Broken::MemorandumUnbalanced(entry.id));
    }
    if entry.postings.len() != 2 * rule(entry.cause.rule).pairs.len() {
        found.push(Broken::NotByRule(entry.id));
    }
    if entry.on < entry.belongs_to.first_day() {
        found.push(Broken::BeforeItsMonth(entry.id));
    }
    found
}

fn broken_sums(entries: &[Entry]) -> Result<Vec<Broken>, money::Error> {
    let balances = Balances::of(entries, None)?;
    let totals = Totals::of(entries, None)?;
    let mut found = Vec::new();

    let accounts = balances.sum(|account| matches!(account, Account::Receivable(_)))?;
    let events = totals.receivable()?;
    if accounts != events {
        found.push(Broken::Receivable { accounts, events });
    }
    let is_part = |account: Account| {
        account.title().class() == Class::Memorandum && account != Account::MoneyIn
    };
    let parts = balances.sum(is_part)?.negated()?;
    if parts != totals.money_in {
        found.push(Broken::MoneyIn { parts, events: totals.money_in });
    }
    let account = balances.of_account(Account::Bank);
    let events = totals.money_in.minus(totals.paid_out)?;
    if account != events {
        found.push(Broken::Bank { account, events });
    }
    Ok(found)
}
