//! Statements, their lines, and why a month may not close: no I/O.
//!
//! ```text
//! open ──its last day is over──▶ can be closed ──settled, written, locked──▶ closed, for good
//! ```

use std::fmt;

use bookkeeping::Period;
use ground::db;
use ground::policy::{Facts, Kind, Thing, Uid};
use ground::web;
use ids::{AgreementId, ClinicianId, EngagementId, PersonId, PracticeId, StatementId, Uuid};
use jiff::civil::Date;
use money::Cents;

use crate::words;

/// What a line is to its statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Money that came in.
    Collected,
    /// Money of an earlier month, which is closed.
    Adjustment,
    /// A price of the operator, below zero.
    Price,
    /// What the engagement makes of it.
    Split,
}

impl Part {
    /// All, in the order in which a statement has them.
    pub const ALL: [Self; 4] = [Self::Collected, Self::Adjustment, Self::Split, Self::Price];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Collected => "collected",
            Self::Adjustment => "adjustment",
            Self::Price => "price",
            Self::Split => "split",
        }
    }

    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.word() == word)
    }

    /// Whether it is money that came in.
    pub fn is_money_in(self) -> bool {
        matches!(self, Self::Collected | Self::Adjustment)
    }
}

/// What a line was counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKind {
    /// An entry of the books.
    Entry,
    /// A charge.
    Charge,
    /// A claim that was filed.
    Claim,
    /// A request for care that was put before a clinician.
    Request,
    /// A clinician's seat.
    Seat,
    /// A client's payment.
    Payment,
    /// A visit that was missed.
    Visit,
    /// Hours that a clinician handed in to be paid.
    Hours,
}

impl RowKind {
    const ALL: [Self; 8] = [
        Self::Entry,
        Self::Charge,
        Self::Claim,
        Self::Request,
        Self::Seat,
        Self::Payment,
        Self::Visit,
        Self::Hours,
    ];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Charge => "charge",
            Self::Claim => "claim",
            Self::Request => "request",
            Self::Seat => "seat",
            Self::Payment => "payment",
            Self::Visit => "visit",
            Self::Hours => "hours",
        }
    }

    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// One of the rows behind a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowOf {
    /// What it is.
    pub kind: RowKind,
    /// Which one.
    pub id: Uuid,
    /// How much, where it is money.
    pub cents: Option<Cents>,
}

/// A line of a closed month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Adjusts {
    /// Its statement.
    pub statement: StatementId,
    /// Its number there.
    pub line: i32,
    /// The month.
    pub month: Period,
}

/// A line: sentence and amount come from one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is to the statement.
    pub part: Part,
    /// What it is in a clinician's own figures; none where it sums up several kinds.
    pub kind: Option<economics::RowKind>,
    /// What it is, in a few words.
    pub what: String,
    /// How the amount came about.
    pub how: String,
    /// The sentence that was signed.
    pub clause: String,
    /// Which version of which terms it is from, or the books.
    pub source: String,
    /// The amount.
    pub cents: Cents,
    /// What it was counted from.
    pub rows: Vec<RowOf>,
    /// The line of a closed month that it adjusts.
    pub adjusts: Option<Adjusts>,
}

/// Whom a statement is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// A clinician.
    Clinician(ClinicianId),
    /// The practice; with the clinician who alone owns it and does all its work.
    Practice(Option<ClinicianId>),
}

impl Whom {
    /// The clinician whose work it is about.
    pub fn clinician(self) -> Option<ClinicianId> {
        match self {
            Self::Clinician(clinician) => Some(clinician),
            Self::Practice(clinician) => clinician,
        }
    }

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Clinician(_) => "clinician",
            Self::Practice(_) => "practice",
        }
    }
}

/// What a month came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// For whom.
    pub whom: Whom,
    /// The terms with the operator.
    pub agreement: Option<AgreementId>,
    /// The terms with the practice.
    pub engagement: Option<EngagementId>,
    /// What came in.
    pub collected: Cents,
    /// What stays with them.
    pub kept: Cents,
    /// Line by line.
    pub lines: Vec<Line>,
}

impl Settled {
    /// The sum of the lines of a part.
    pub fn sum_of(&self, part: Part) -> Cents {
        sum(self.lines.iter().filter(|line| line.part == part).map(|line| line.cents))
    }

    /// The lines of a part, each with its number.
    pub fn lines_of(&self, part: Part) -> impl Iterator<Item = (usize, &Line)> {
        let numbered = self.lines.iter().enumerate().map(|(at, line)| (at + 1, line));
        numbered.filter(move |(_, line)| line.part == part)
    }
}

/// Adds amounts that fitted together before.
pub(crate) fn sum(amounts: impl IntoIterator<Item = Cents>) -> Cents {
    Cents(amounts.into_iter().map(|it| it.0).sum())
}

/// A statement of a closed month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Which one.
    pub id: StatementId,
    /// Of which month.
    pub month: Period,
    /// What the month came to.
    pub is: Settled,
    /// The day on which it was closed.
    pub closed_on: Date,
}

/// A statement as the charter knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Where.
    pub practice: PracticeId,
    /// Which one; none for all of somebody's.
    pub statement: Option<StatementId>,
    /// The clinician whose it is; a practice's own is nobody's alone.
    pub person: Option<PersonId>,
}

impl Thing for Seen {
    fn uid(&self) -> Uid {
        let all = StatementId(self.practice.0);
        Uid::new(Kind::Statement, self.statement.unwrap_or(all))
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        // No person has the id of a practice.
        let nobody = PersonId(self.practice.0);
        let clinician = Uid::new(Kind::Person, self.person.unwrap_or(nobody));
        Facts::new().with("clinician", clinician)
    }
}

/// Why a month does not close, in words that say what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CannotClose {
    /// It is not over in the practice's zone.
    NotOver(Period),
    /// Another comes first, or there is nothing in the books yet.
    NotNext(Option<Period>),
    /// Money came in for a clinician's work, and nothing says whose it is.
    NoEngagement {
        /// Who.
        name: String,
        /// When.
        month: Period,
    },
    /// A price has no record that it is fair market value.
    NoRecord {
        /// Of which service.
        service: String,
        /// When.
        month: Period,
    },
    /// The clauses cannot be computed.
    Clauses {
        /// When.
        month: Period,
        /// Why.
        why: String,
    },
}

impl fmt::Display for CannotClose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::cannot_close(self))
    }
}

/// Why nothing was closed.
#[derive(Debug)]
pub enum Error {
    /// For a reason that a person can mend.
    Cannot(CannotClose),
    /// The books or the database say no.
    Ledger(ledger::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cannot(why) => why.fmt(f),
            Self::Ledger(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<CannotClose> for Error {
    fn from(why: CannotClose) -> Self {
        Self::Cannot(why)
    }
}

impl From<ledger::Error> for Error {
    fn from(error: ledger::Error) -> Self {
        Self::Ledger(error)
    }
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        Self::Ledger(error.into())
    }
}

impl From<Error> for web::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Cannot(why) => Self::Conflict(why.to_string()),
            Error::Ledger(error) => error.into(),
        }
    }
}
