//! The `ISA`: where the separators of an interchange are learned, padded as it should be or not.

use jiff::civil::{Date, Time};

use crate::finding::{Cause, Kind, Refused};
use crate::limits::{LEADING_BYTES_MAX, LOOSE_ISA_BYTES_MAX};
use crate::segment::{Delimiters, Segment};

/// Length of an `ISA` with its terminator, as the standard pads it.
const ISA_BYTES: usize = 106;

/// Whether an interchange is meant (`ISA15`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Usage {
    /// `P`: real claims, real money.
    Production,
    /// `T`: must never reach a production payer, nor post money.
    Test,
    /// Anything else, as it came.
    Unlisted(String),
}

/// Who sends to whom, when and under which number. Passwords (`ISA02`, `ISA04`) are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Isa {
    /// `ISA05`, as `ZZ`.
    pub sender_qualifier: String,
    /// `ISA06` without its padding.
    pub sender: String,
    /// `ISA07`.
    pub receiver_qualifier: String,
    /// `ISA08` without its padding.
    pub receiver: String,
    /// `ISA09`.
    pub date: Option<Date>,
    /// `ISA10`.
    pub time: Option<Time>,
    /// `ISA12`, `00501` here.
    pub version: String,
    /// `ISA13`: nine digits, unique per sender for good.
    pub control: String,
    /// `ISA15`.
    pub usage: Usage,
}

/// An `ISA` as it was found.
pub(super) struct Header<'a> {
    pub isa: Isa,
    pub delimiters: Delimiters,
    pub segment: Segment<'a>,
    /// Offset after the terminator.
    pub end: usize,
    pub notes: Vec<(Kind, &'static str)>,
}

/// Finds the first `ISA`: its offset, and whether other bytes stand before it.
pub(super) fn find(bytes: &[u8]) -> Result<(usize, bool), Refused> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = bytes.len() - text.trim_ascii_start().len();
    let rest = &bytes[start..];
    if rest.is_empty() {
        return Err(refused(Cause::Empty, 0, "The file is empty."));
    }
    if rest.starts_with(b"ISA") {
        return Ok((start, false));
    }
    if let Some((cause, says)) = recognize(rest) {
        return Err(refused(cause, start, says));
    }
    let window = &rest[..rest.len().min(LEADING_BYTES_MAX)];
    let found = window.windows(4).position(|it| it.starts_with(b"ISA") && is_separator(it[3]));
    match found {
        Some(offset) => Ok((start + offset, true)),
        None => Err(refused(
            Cause::NotX12,
            start,
            "The file holds no X12 interchange: no ISA was found.",
        )),
    }
}

/// Names what was sent instead, from its first bytes.
fn recognize(bytes: &[u8]) -> Option<(Cause, &'static str)> {
    let lower: Vec<u8> = bytes.iter().take(16).map(u8::to_ascii_lowercase).collect();
    let what = if bytes.starts_with(b"PK\x03\x04") {
        "The file is a zip archive, not X12: unpack it first."
    } else if bytes.starts_with(b"\x1f\x8b") {
        "The file is compressed with gzip, not X12: unpack it first."
    } else if bytes.starts_with(b"%PDF") {
        "The file is a PDF document, not X12."
    } else if lower.starts_with(b"<!doctype") || lower.starts_with(b"<html") {
        "The file is a web page, not X12: the partner's site may ask to sign in."
    } else if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Some((
            Cause::Encoding,
            "The file is two-byte text (UTF-16): save it as plain text.",
        ));
    } else {
        return None;
    };
    Some((Cause::NotX12, what))
}

/// Reads the `ISA` that begins at `start`.
pub(super) fn read(bytes: &[u8], start: usize) -> Result<Header<'_>, Refused> {
    let rest = &bytes[start..];
    let Some(&element) = rest.get(3) else {
        return Err(truncated(start, bytes.len()));
    };
    let window = &rest[..rest.len().min(LOOSE_ISA_BYTES_MAX)];
    let separators = window.iter().enumerate().filter(|&(_, &b)| b == element).map(|(i, _)| i);
    let Some(last) = separators.take(16).nth(15) else {
        return Err(truncated(start, bytes.len()));
    };
    let padded = last == ISA_BYTES - 3;
    let mut wrapped = rest[..last].iter().any(|&b| is_line_end(b));

    let component_at = last + 1 + line_ends(&rest[last + 1..]);
    wrapped |= component_at != last + 1;
    let after = component_at + 1;
    let (Some(&component), Some(tail)) = (rest.get(component_at), rest.get(after..)) else {
        return Err(truncated(start, bytes.len()));
    };
    let Some((terminator_at, terminator)) = find_terminator(tail) else {
        return Err(truncated(start, bytes.len()));
    };
    wrapped |= terminator_at > 0 && !is_line_end(terminator);
    let end = after + terminator_at;

    let bare = Delimiters { element, component, repetition: None, terminator };
    check(&bare, start)?;
    let probe = Segment::new(&rest[..end], start, bare);
    let delimiters = Delimiters { repetition: repetition(&probe, &bare), ..bare };
    let mut notes = Vec::new();
    if !padded && !wrapped {
        notes.push((Kind::IsaLength, "The ISA is not padded to its 106 bytes."));
    }
    if wrapped {
        notes.push((Kind::LineWrapped, "Line ends stand inside segments; they are left out."));
    }
    if delimiters.repetition.is_none() {
        notes.push((Kind::RepetitionSeparator, "ISA11 names no separator for repetitions."));
    }
    let segment = Segment::new(&rest[..end], start, delimiters);
    Ok(Header { isa: isa(&segment), delimiters, segment, end: start + end + 1, notes })
}

fn isa(segment: &Segment<'_>) -> Isa {
    let text = |position| segment.el(position).text().into_owned();
    Isa {
        sender_qualifier: text(5),
        sender: text(6),
        receiver_qualifier: text(7),
        receiver: text(8),
        date: segment.el(9).date(),
        time: segment.el(10).time(),
        version: text(12),
        control: text(13),
        usage: match text(15).as_str() {
            "P" => Usage::Production,
            "T" => Usage::Test,
            other => Usage::Unlisted(other.to_owned()),
        },
    }
}

/// The terminator and its offset in what follows `ISA16`.
///
/// A line end is the terminator when a segment follows it; otherwise the line was wrapped there.
fn find_terminator(tail: &[u8]) -> Option<(usize, u8)> {
    let lines = line_ends(tail);
    let next = tail[lines..].trim_ascii_start().first();
    if lines > 0 && next.is_none_or(u8::is_ascii_alphanumeric) {
        let at = usize::from(tail.starts_with(b"\r\n"));
        return Some((at, tail[at]));
    }
    tail.get(lines).map(|&byte| (lines, byte))
}

fn repetition(isa: &Segment<'_>, others: &Delimiters) -> Option<u8> {
    let text = isa.el(11).text();
    match text.as_bytes() {
        [byte] if is_separator(*byte) && !others.contains(*byte) => Some(*byte),
        _ => None,
    }
}

fn check(delimiters: &Delimiters, start: usize) -> Result<(), Refused> {
    let Delimiters { element, component, terminator, .. } = *delimiters;
    let says = if !is_separator(element) || is_line_end(element) {
        "The byte after ISA, which would separate elements, is no separator."
    } else if !is_separator(component) || is_line_end(component) {
        "ISA16, which would separate components, is no separator."
    } else if !is_separator(terminator) {
        "The byte after the ISA, which would end segments, is no separator: is the ISA too short?"
    } else if element == component || element == terminator || component == terminator {
        "Two separators of the ISA are the same byte."
    } else {
        return Ok(());
    };
    Err(refused(Cause::BadDelimiters, start, says))
}

fn is_separator(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric() && byte != b' ' && byte != 0
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

fn line_ends(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|&&b| is_line_end(b)).count()
}

fn truncated(start: usize, end: usize) -> Refused {
    let says = format!("The ISA at byte {start} does not hold its sixteen elements.");
    Refused { cause: Cause::IsaTruncated, offset: end, says }
}

fn refused(cause: Cause, offset: usize, says: &str) -> Refused {
    Refused { cause, offset, says: says.to_owned() }
}
