//! Every invariant of the books, checked over entries from anywhere.
//!
//! What is checked trusts no one: not the rules that made the entries, not the database that kept
//! them. Each invariant has a planted fault in `tests/faults.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use money::{CENTS_LIMIT, Cents};

use crate::{
    Account, Balances, ChargeId, Class, Entry, EntryId, Posting, RuleName, Title, Totals, rule,
};

/// An invariant that does not hold, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The postings of an entry do not add up to zero.
    Unbalanced(EntryId),
    /// Its memorandum postings do not add up to zero by themselves.
    MemorandumUnbalanced(EntryId),
    /// Its postings are not those that its rule makes: other accounts, sides, amounts or charges.
    NotByRule(EntryId),
    /// Two entries have one id.
    Twice(EntryId),
    /// It undoes an entry that is not there, or is not its mirror, or undoes it again.
    NotAMirror(EntryId),
    /// It adjusts an entry that is not there before it.
    AdjustsNothing(EntryId),
    /// It lies before the month that it is about without being an adjustment.
    BeforeItsMonth(EntryId),
    /// It charges what was charged already and stands.
    ChargedTwice(EntryId),
    /// It is about a charge that was not posted before it.
    NoSuchCharge(EntryId),
    /// It takes more unapplied money, or more of a forward balance, than there was.
    Overdrawn {
        /// The entry.
        entry: EntryId,
        /// The account.
        account: Account,
        /// What it holds from then on, below zero.
        holds: Cents,
    },
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

impl Broken {
    /// The entry to look at, where it is the fault of one.
    pub fn entry(&self) -> Option<EntryId> {
        match *self {
            Self::Unbalanced(id)
            | Self::MemorandumUnbalanced(id)
            | Self::NotByRule(id)
            | Self::Twice(id)
            | Self::NotAMirror(id)
            | Self::AdjustsNothing(id)
            | Self::BeforeItsMonth(id)
            | Self::ChargedTwice(id)
            | Self::NoSuchCharge(id)
            | Self::Overdrawn { entry: id, .. } => Some(id),
            Self::Receivable { .. } | Self::MoneyIn { .. } | Self::Bank { .. } | Self::Overflow => {
                None
            }
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unbalanced(id) => write!(f, "entry {id}: debits and credits differ"),
            Self::MemorandumUnbalanced(id) => write!(f, "entry {id}: the memorandum differs"),
            Self::NotByRule(id) => write!(f, "entry {id}: not the postings of its rule"),
            Self::Twice(id) => write!(f, "entry {id}: posted twice"),
            Self::NotAMirror(id) => write!(f, "entry {id}: not the mirror of what it undoes"),
            Self::AdjustsNothing(id) => write!(f, "entry {id}: adjusts what is not there"),
            Self::BeforeItsMonth(id) => write!(f, "entry {id}: posted before its month"),
            Self::ChargedTwice(id) => write!(f, "entry {id}: charges what is charged already"),
            Self::NoSuchCharge(id) => write!(f, "entry {id}: about a charge that was not posted"),
            Self::Overdrawn { entry, account, holds } => {
                write!(f, "entry {entry}: takes more than there is, {account} holds {holds}")
            }
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

/// Everything that does not hold in these entries, which are in the order of posting; nothing when
/// the books are sound.
pub fn broken(entries: &[Entry]) -> Vec<Broken> {
    let mut found = Vec::new();
    let mut known = Known::default();
    for entry in entries {
        found.extend(broken_alone(entry));
        found.extend(known.broken_beside(entry));
    }
    found.extend(broken_sums(entries).unwrap_or_else(|_| vec![Broken::Overflow]));
    found
}

/// What the entries before one say.
#[derive(Default)]
struct Known<'a> {
    entries: BTreeMap<EntryId, &'a Entry>,
    undone: BTreeSet<EntryId>,
    charges: BTreeMap<ChargeId, EntryId>,
    drained: Balances,
}

impl<'a> Known<'a> {
    fn broken_beside(&mut self, entry: &'a Entry) -> Vec<Broken> {
        let mut found = Vec::new();
        if entry.adjusts.is_some_and(|old| !self.entries.contains_key(&old)) {
            found.push(Broken::AdjustsNothing(entry.id));
        }
        match entry.reverses {
            Some(of) if !self.is_undone_by(of, entry) => found.push(Broken::NotAMirror(entry.id)),
            Some(_) => {}
            None => found.extend(self.broken_charge(entry)),
        }
        found.extend(self.overdrawn(entry).unwrap_or(Some(Broken::Overflow)));
        if self.entries.insert(entry.id, entry).is_some() {
            found.push(Broken::Twice(entry.id));
        }
        found
    }

    /// Whether an entry is the first and exact mirror of an earlier one.
    fn is_undone_by(&mut self, of: EntryId, entry: &Entry) -> bool {
        let is_mirror = self.entries.get(&of).is_some_and(|old| {
            old.reverses.is_none()
                && old.cause.rule == entry.cause.rule
                && old.mirrored().is_ok_and(|mirror| mirror == entry.postings)
        });
        is_mirror && self.undone.insert(of)
    }

    fn broken_charge(&mut self, entry: &Entry) -> Option<Broken> {
        let charge = entry.charge();
        if entry.cause.rule != RuleName::Charge {
            let is_known = charge.is_none_or(|charge| self.charges.contains_key(&charge));
            return (!is_known).then_some(Broken::NoSuchCharge(entry.id));
        }
        let before = self.charges.insert(charge?, entry.id)?;
        (!self.undone.contains(&before)).then_some(Broken::ChargedTwice(entry.id))
    }

    /// Unapplied money and forward balances stand at the credit side, or at zero.
    fn overdrawn(&mut self, entry: &Entry) -> Result<Option<Broken>, money::Error> {
        let is_drained =
            |account: Account| matches!(account, Account::Unapplied(_) | Account::Forward(_));
        let drained = || entry.postings.iter().filter(|posting| is_drained(posting.account));
        self.drained.add(&drained().copied().collect::<Vec<Posting>>())?;
        for posting in drained().filter(|posting| !posting.cents.is_negative()) {
            let holds = self.drained.of_account(posting.account).negated()?;
            if holds.is_negative() {
                let account = posting.account;
                return Ok(Some(Broken::Overdrawn { entry: entry.id, account, holds }));
            }
        }
        Ok(None)
    }
}

fn broken_alone(entry: &Entry) -> Vec<Broken> {
    let is_memorandum = |posting: &&Posting| posting.account.title().class() == Class::Memorandum;
    let is_zero = |cents: &mut dyn Iterator<Item = &Posting>| {
        Cents::sum(cents.map(|posting| posting.cents)) == Ok(Cents::ZERO)
    };
    let mut found = Vec::new();
    if !is_zero(&mut entry.postings.iter()) {
        found.push(Broken::Unbalanced(entry.id));
    }
    if !is_zero(&mut entry.postings.iter().filter(is_memorandum)) {
        found.push(Broken::MemorandumUnbalanced(entry.id));
    }
    if !is_by_rule(entry) {
        found.push(Broken::NotByRule(entry.id));
    }
    if entry.on < entry.belongs_to.first_day() {
        found.push(Broken::BeforeItsMonth(entry.id));
    }
    found
}

/// Whether the postings are those of the entry's rule: pair for pair, debit before credit, of one
/// amount and about one charge, on accounts that the rule names.
fn is_by_rule(entry: &Entry) -> bool {
    let rule = rule(entry.cause.rule);
    let Some(first) = entry.postings.first() else { return false };
    let Ok(other_side) = first.cents.negated() else { return false };
    let is_taken_back = first.cents.is_negative() != entry.reverses.is_some();
    let is_amount = first.cents != Cents::ZERO
        && first.cents.0.unsigned_abs() < CENTS_LIMIT.unsigned_abs()
        && (rule.may_be_negative || !is_taken_back);
    let is = |posting: &Posting, titles: &[Title], cents: Cents| {
        titles.contains(&posting.account.title())
            && posting.cents == cents
            && posting.charge == first.charge
    };
    let (pairs, rest) = entry.postings.as_chunks::<2>();
    is_amount
        && rest.is_empty()
        && pairs.len() == rule.pairs.len()
        && pairs.iter().zip(rule.pairs).all(|([debit, credit], (debited, credited))| {
            is(debit, debited.titles(), first.cents) && is(credit, credited.titles(), other_side)
        })
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
