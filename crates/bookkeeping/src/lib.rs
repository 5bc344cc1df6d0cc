//! Double entry for one practice: an event of money becomes an entry whose postings balance.
//!
//! One table of rules ([`RULES`]) says for each event which accounts it moves and why. Nothing
//! posted is ever changed: a mistake is reversed, a late fact is posted in the first open month
//! with a link to the line it adjusts.
//!
//! 1. The postings of every entry add up to zero, and so do its memorandum postings alone.
//! 2. Receivables = charges − payments − adjustments, after every step.
//! 3. Money in = the clinicians' + the practice's + the operator's + what is held, after every
//!    step; and the bank holds money in less what was paid out.
//! 4. A closed month keeps its figures for good.
//!
//! What it does not know: who may post, what a code or a contract allows, how a share came about
//! (that is `economics`), any clock. The same functions serve a ledger in memory ([`Books`]) and
//! one in a database ([`postings`], [`landing`], [`broken`]).
//!
//! A debit is a positive number of cents, a credit a negative one.

// No sum that could wrap and no float compiles here.
#![deny(clippy::arithmetic_side_effects, clippy::float_arithmetic)]

mod account;
mod aging;
mod balance;
mod books;
mod chart;
mod check;
mod entry;
mod event;
mod export;
mod period;
mod rules;

pub use account::{Account, Class, Debtor, Title};
pub use aging::{Aged, Aging, AgingFrom, BUCKETS};
pub use balance::{Balances, Totals, TrialBalance, TrialLine};
pub use books::Books;
pub use chart::{Chart, ChartLine};
pub use check::{Broken, broken};
pub use entry::{Cause, Entry, Fact, Posting};
pub use event::{
    Bearer, ChargeId, ClientId, ClinicianId, EntryId, Event, Payee, PayerId, RecoupedFrom, Sharer,
    SourceId, TransferFrom,
};
pub use export::{Export, beancount, hledger};
pub use period::{Landing, Period, landing};
pub use rules::{Flow, RULES, Role, Rule, RuleName, postings, rule, table};

use std::fmt;

use money::Cents;

/// Why nothing was posted. The books are as they were before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// An amount is zero, or negative where only a share, a fee or interest may be, or too large.
    Amount {
        /// The amount that was given.
        cents: Cents,
    },
    /// An entry of this id is there already: a double click is one act.
    AlreadyPosted(EntryId),
    /// The charge was posted before.
    ChargeAlreadyPosted(ChargeId),
    /// The event is about a charge that was never posted.
    NoSuchCharge(ChargeId),
    /// There is no entry to reverse.
    NoSuchEntry(EntryId),
    /// The entry was reversed before, or is itself a reversal.
    NotReversible(EntryId),
    /// The account that pays for this holds less.
    MoreThanThereIs {
        /// What would pay for it.
        account: Account,
        /// What it holds.
        holds: Cents,
    },
    /// The month is closed already, or an earlier one is still open.
    PeriodOutOfOrder(Period),
    /// The same code would name two accounts of the chart.
    CodeTaken(String),
    /// An account of the chart would have no code.
    NoCode,
    /// A sum does not fit.
    Money(money::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount { cents } => write!(f, "an amount of {cents} cannot be posted here"),
            Self::AlreadyPosted(id) => write!(f, "entry {id} is posted already"),
            Self::ChargeAlreadyPosted(id) => write!(f, "charge {id} is posted already"),
            Self::NoSuchCharge(id) => write!(f, "charge {id} was never posted"),
            Self::NoSuchEntry(id) => write!(f, "entry {id} was never posted"),
            Self::NotReversible(id) => write!(f, "entry {id} cannot be reversed again"),
            Self::MoreThanThereIs { account, holds } => {
                write!(f, "{account} holds {holds}, which is less than this takes")
            }
            Self::PeriodOutOfOrder(period) => {
                write!(f, "{period} is closed already or does not follow the last closed month")
            }
            Self::CodeTaken(code) => write!(f, "code {code} names another account"),
            Self::NoCode => f.write_str("an account has a code of letters or digits"),
            Self::Money(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<money::Error> for Error {
    fn from(error: money::Error) -> Self {
        Self::Money(error)
    }
}
