//! The envelope: a file holds interchanges, an interchange groups, a group sets of one kind.
//!
//! Invariants:
//! 1. A file that was cut, at whatever byte, is refused whole: half a payment posts nothing.
//! 2. What is wrong inside a complete file is a finding where it matters, and reading goes on.
//! 3. Every segment keeps its bytes and its place; nothing is decoded before it is asked for.
//!
//! Source: X12.5 and X12.6 (interchange control and application control structure), 005010.

mod build;
mod isa;

use crate::finding::{Findings, Refused, Span};
use crate::segment::{Delimiters, Segment};

pub use isa::{Isa, Usage};

/// A whole file, every interchange of it complete.
#[derive(Debug)]
pub struct File<'a> {
    /// In the order of the file.
    pub interchanges: Vec<Interchange<'a>>,
    /// What was odd about the envelopes. What touches a set is among that set's findings too.
    pub findings: Findings,
}

/// From `ISA` to `IEA`.
#[derive(Debug)]
pub struct Interchange<'a> {
    /// Who, to whom, when, under which number.
    pub isa: Isa,
    /// Its own separators.
    pub delimiters: Delimiters,
    /// `TA1` segments: answers to interchanges that we sent.
    pub acknowledgments: Vec<Segment<'a>>,
    /// In the order of the file.
    pub groups: Vec<Group<'a>>,
    /// The bytes from `ISA` to the terminator of `IEA`.
    pub span: Span,
}

/// From `GS` to `GE`.
#[derive(Debug)]
pub struct Group<'a> {
    /// `GS01`: `HC` claims, `HP` payments, `FA` and `HN` answers.
    pub functional_id: String,
    /// `GS02`.
    pub sender: String,
    /// `GS03`.
    pub receiver: String,
    /// `GS06`.
    pub control: String,
    /// `GS08`: the guide, as `005010X221A1`.
    pub guide: String,
    /// In the order of the file.
    pub sets: Vec<Set<'a>>,
}

/// From `ST` to `SE`: one claim batch, one payment, one acknowledgment.
#[derive(Debug)]
pub struct Set<'a> {
    /// `ST01`, as `835`.
    pub id: String,
    /// `ST02`.
    pub control: String,
    /// The guide: `ST03`, or `GS08` where that is empty.
    pub guide: String,
    /// `ISA13` of the interchange around it.
    pub interchange: String,
    /// `ISA15` of the interchange around it: a test never posts money.
    pub usage: Usage,
    /// All segments, `ST` first; `SE` last unless it is missing.
    pub segments: Vec<Segment<'a>>,
    /// What the envelope has against this set.
    pub findings: Findings,
}

impl<'a> File<'a> {
    /// Every set of every interchange, in the order of the file.
    pub fn sets(&self) -> impl Iterator<Item = &Set<'a>> {
        self.interchanges.iter().flat_map(|it| &it.groups).flat_map(|it| &it.sets)
    }
}

impl Set<'_> {
    /// The bytes from `ST` to the end of the last segment.
    pub fn span(&self) -> Span {
        let first = self.segments.first().map(|it| it.span().start);
        let last = self.segments.last().map(|it| it.span().end);
        Span { start: first.unwrap_or(0), end: last.unwrap_or(0) }
    }
}

/// Reads a file of any 5010 interchanges, each with its own separators.
///
/// Forgives what can be forgiven (byte-order mark, leading lines, unpadded `ISA`, wrapped lines,
/// wrong counts and numbers, missing trailers inside the file), and says so in the findings.
///
/// # Errors
/// [`Refused`] when there is no interchange, when the separators cannot be told, when the file is
/// beyond [`crate::limits`], and when it was cut: at its end something is still open.
pub fn read(bytes: &[u8]) -> Result<File<'_>, Refused> {
    build::file(bytes)
}
