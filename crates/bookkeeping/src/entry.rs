//! What is kept: an entry is a balanced set of postings with its cause and its links.

use jiff::civil::Date;
use money::Cents;

use crate::{Account, ChargeId, EntryId, Event, Period, RuleName, SourceId, rule};

/// What is to be posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The id that its entry will have.
    pub id: EntryId,
    /// When it happened.
    pub on: Date,
    /// The document that says so.
    pub source: SourceId,
    /// What happened.
    pub event: Event,
}

/// One debit (above zero) or credit (below) of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// What it is posted to.
    pub account: Account,
    /// The charge it is about, if it is about one.
    pub charge: Option<ChargeId>,
    /// Debit above zero, credit below.
    pub cents: Cents,
}

/// Why an entry is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// The rule of the table that made its postings.
    pub rule: RuleName,
    /// The document behind it.
    pub source: SourceId,
}

impl Cause {
    /// The reason in a sentence.
    pub fn because(&self) -> &'static str {
        rule(self.rule).because
    }
}

/// A balanced set of postings. Once posted it stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The day it is posted on.
    pub on: Date,
    /// The day it is about.
    pub happened_on: Date,
    /// The month it is about: another than that of `on` when that month was closed.
    pub belongs_to: Period,
    /// Why it is there.
    pub cause: Cause,
    /// What it moves.
    pub postings: Vec<Posting>,
    /// The entry that it undoes.
    pub reverses: Option<EntryId>,
    /// The entry of a closed month that it adjusts from a later one.
    pub adjusts: Option<EntryId>,
}

impl Entry {
    /// Its postings with the sides exchanged.
    ///
    /// # Errors
    /// [`money::Error::Overflow`] for the one amount that has no counterpart.
    pub fn mirrored(&self) -> Result<Vec<Posting>, money::Error> {
        let mirror =
            |posting: &Posting| Ok(Posting { cents: posting.cents.negated()?, ..*posting });
        self.postings.iter().map(mirror).collect()
    }

    /// The charge it is about, if it is about one.
    pub fn charge(&self) -> Option<ChargeId> {
        self.postings.first()?.charge
    }
}
