//! What was odd in a file, where, and in words that a biller understands.

use std::fmt;
use std::ops::Deref;

use crate::limits::FINDINGS_MAX;
use crate::segment::Tag;

/// How much a finding matters, from harmless to grave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Odd but harmless.
    Note,
    /// The guide is kept, a rule of business is not.
    Business,
    /// One value or segment breaks the guide; the rest of the set stands.
    Error,
    /// The set as a whole cannot be trusted: something may be missing from it.
    Set,
}

/// What kind of trouble a finding is; names follow the acknowledgment that would answer it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(
    missing_docs,
    reason = "the names are the sentences; `Finding::says` holds the particulars"
)]
pub enum Kind {
    LeadingBytes,
    TrailingBytes,
    EmptySegment,
    IsaLength,
    LineWrapped,
    RepetitionSeparator,
    InterchangeControlMismatch,
    GroupCount,
    DuplicateInterchange,
    StrayEnvelope,
    GroupTrailerMissing,
    GroupControlMismatch,
    SetCount,
    SetTrailerMissing,
    SetControlMismatch,
    SegmentCount,
    DuplicateSet,
    GuideVersion,
    UnexpectedSegment,
    MissingSegment,
    HlParent,
    MissingElement,
    TooLong,
    BadNumber,
    BadCode,
    BadDate,
    BadNpi,
    Unbalanced,
    TotalMismatch,
    BadPointer,
}

/// Bytes of the file, from `start` up to but not including `end`.
///
/// Two spans are always equal: where a row stood is not part of what it says, so that a value
/// read back compares equal to the value that was written.
#[derive(Debug, Clone, Copy, Default, Eq)]
pub struct Span {
    /// Offset of the first byte, from 0.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

impl PartialEq for Span {
    fn eq(&self, _: &Span) -> bool {
        true
    }
}

/// Where in a file a finding points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// `ISA13` of the interchange; empty outside one.
    pub interchange: String,
    /// `ST02` of the set; empty outside one.
    pub set: String,
    /// The segment's number in its set, `ST` being 1, as `IK3-02` counts; 0 outside a set.
    pub segment: usize,
    /// The segment's id.
    pub tag: Tag,
    /// The loop of the guide, as `2010BA`; empty where none is known.
    pub loop_id: &'static str,
    /// The element, from 1; 0 for the segment as a whole.
    pub element: usize,
    /// The bytes of the segment.
    pub span: Span,
}

/// One thing that was odd.
#[derive(Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of trouble.
    pub kind: Kind,
    /// How much it matters.
    pub level: Level,
    /// Where.
    pub place: Place,
    /// A sentence for a biller. It may quote the file: show it, do not log it.
    pub says: String,
}

impl fmt::Debug for Finding {
    /// Leaves out `says`, which may quote names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { segment, tag, element, .. } = &self.place;
        write!(f, "{:?} {:?} at {segment} {tag}{element:02}", self.level, self.kind)
    }
}

/// Findings in the order of the file, at most [`FINDINGS_MAX`] of them; the rest is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    list: Vec<Finding>,
    left_off: usize,
    worst: Option<Level>,
}

impl Findings {
    pub(crate) fn push(&mut self, finding: Finding) {
        self.worst = self.worst.max(Some(finding.level));
        if self.list.len() < FINDINGS_MAX {
            self.list.push(finding);
        } else {
            self.left_off += 1;
        }
    }

    /// How many more there were than are listed.
    pub fn left_off(&self) -> usize {
        self.left_off
    }

    /// The gravest level, of listed and left off ones; `None` when nothing was odd.
    pub fn worst(&self) -> Option<Level> {
        self.worst
    }

    /// Whether something is at `level` or graver.
    pub fn any_at_least(&self, level: Level) -> bool {
        self.worst >= Some(level)
    }
}

impl Deref for Findings {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        &self.list
    }
}

/// Why a file, or a set, is not read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// Nothing but white space.
    Empty,
    /// No interchange: a web page, an archive, a document.
    NotX12,
    /// Two-byte text.
    Encoding,
    /// The `ISA` does not hold its sixteen elements.
    IsaTruncated,
    /// The separators cannot be told apart from each other or from text.
    BadDelimiters,
    /// The file ends before it is complete.
    Truncated,
    /// Beyond [`crate::limits`].
    TooLarge,
    /// Not the set, or not the guide, that this reader reads.
    Unsupported,
}

/// A file or set that is not read: nothing of it is handed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub cause: Cause,
    /// The byte at which reading stopped, from 0.
    pub offset: usize,
    /// A sentence that names the place.
    pub says: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.says)
    }
}

impl std::error::Error for Refused {}
