//! How long what is owed has been owed.

use std::collections::BTreeMap;

use jiff::civil::Date;
use money::Cents;

use crate::{Account, ChargeId, Debtor, Entry};

/// The last day of age of each bucket; the fifth has no end. HFMA MAP Keys count from service,
/// collectors often from the first bill: a report says which ([`AgingFrom`]).
pub const BUCKETS: [i32; 5] = [30, 60, 90, 120, i32::MAX];

/// From which day age is counted.
#[derive(Debug, Clone, Copy)]
pub enum AgingFrom<'a> {
    /// The day of the work.
    Service(&'a BTreeMap<ChargeId, Date>),
    /// The day of the first claim or bill; what was never billed has no age.
    FirstBill(&'a BTreeMap<ChargeId, Date>),
}

/// What one debtor owes for one charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aged {
    /// For what.
    pub charge: ChargeId,
    /// Who.
    pub owed_by: Debtor,
    /// Its age in days; none when age has no beginning yet.
    pub days: Option<i32>,
    /// How much; below zero was paid too much.
    pub cents: Cents,
}

/// Receivables on a day, by age.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aging {
    /// Every open charge of every debtor.
    pub lines: Vec<Aged>,
    /// The sums owed by age, as [`BUCKETS`].
    pub buckets: [Cents; 5],
    /// What is owed and has no age yet.
    pub unbilled: Cents,
    /// What was paid too much on some charge, below zero: never netted against what others owe.
    pub credits: Cents,
}

impl Aging {
    /// The receivables of entries posted on or before `as_of`.
    ///
    /// # Errors
    /// [`money::Error::Overflow`] when a sum does not fit.
    pub fn of(entries: &[Entry], as_of: Date, from: AgingFrom<'_>) -> Result<Self, money::Error> {
        let (AgingFrom::Service(begins) | AgingFrom::FirstBill(begins)) = from;
        let mut aging = Self {
            lines: Vec::new(),
            buckets: [Cents::ZERO; 5],
            unbilled: Cents::ZERO,
            credits: Cents::ZERO,
        };
        for ((charge, owed_by), cents) in open_charges(entries, as_of)? {
            let days =
                begins.get(&charge).filter(|day| **day <= as_of).map(|day| days(*day, as_of));
            aging.lines.push(Aged { charge, owed_by, days, cents });
            let sum = match days {
                _ if cents.is_negative() => &mut aging.credits,
                None => &mut aging.unbilled,
                Some(days) => {
                    let i = BUCKETS.iter().position(|last| days <= *last).unwrap_or(4);
                    &mut aging.buckets[i]
                }
            };
            *sum = sum.plus(cents)?;
        }
        Ok(aging)
    }

    /// All that is owed, which is the balance of the receivables.
    ///
    /// # Errors
    /// [`money::Error::Overflow`] when the sum does not fit.
    pub fn total(&self) -> Result<Cents, money::Error> {
        Cents::sum(self.buckets.into_iter().chain([self.unbilled, self.credits]))
    }
}

fn open_charges(
    entries: &[Entry],
    as_of: Date,
) -> Result<BTreeMap<(ChargeId, Debtor), Cents>, money::Error> {
    let mut open: BTreeMap<(ChargeId, Debtor), Cents> = BTreeMap::new();
    let postings = entries.iter().filter(|entry| entry.on <= as_of).flat_map(|e| &e.postings);
    for posting in postings {
        if let (Account::Receivable(debtor), Some(charge)) = (posting.account, posting.charge) {
            let sum = open.entry((charge, debtor)).or_default();
            *sum = sum.plus(posting.cents)?;
        }
    }
    open.retain(|_, cents| *cents != Cents::ZERO);
    Ok(open)
}

fn days(from: Date, to: Date) -> i32 {
    from.duration_until(to).as_hours().checked_div(24).map_or(0, |days| {
        i32::try_from(days).expect("a calendar of 9,999 years has fewer days than 2^31")
    })
}
