//! One segment: bytes between two terminators, cut into elements only when asked.
//!
//! Nothing is decoded first: one name in Latin-1 must not lose a file of payments.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::{Date, Time};

use crate::amount::{AMOUNT_MAX, Cents, Milli, QUANTITY_MAX, parse_decimal};
use crate::finding::Span;

/// The separators of one interchange; the next one in the file may have others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiters {
    /// Between elements: byte 3 of the `ISA`.
    pub element: u8,
    /// Between components: `ISA16`.
    pub component: u8,
    /// Between repetitions: `ISA11`; `None` where older habits leave a letter there.
    pub repetition: Option<u8>,
    /// After each segment.
    pub terminator: u8,
}

impl Delimiters {
    /// `*` `:` `^` `~`: what is written.
    pub const STANDARD: Delimiters =
        Delimiters { element: b'*', component: b':', repetition: Some(b'^'), terminator: b'~' };

    /// Whether `byte` separates something.
    pub fn contains(&self, byte: u8) -> bool {
        [self.element, self.component, self.terminator].contains(&byte)
            || self.repetition == Some(byte)
    }
}

/// A segment's id: up to three letters and digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Tag([u8; 3]);

impl Tag {
    /// The id as text; `?` where the file holds something that is no id.
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|&b| b == 0).unwrap_or(3);
        std::str::from_utf8(&self.0[..length]).unwrap_or("?")
    }

    fn read(bytes: &[u8]) -> Tag {
        let mut tag = [0; 3];
        let mut length = 0;
        for &byte in bytes.iter().filter(|b| !matches!(b, b'\r' | b'\n')) {
            if length == 3 || !byte.is_ascii_alphanumeric() {
                return Tag([b'?', 0, 0]);
            }
            tag[length] = byte;
            length += 1;
        }
        if length == 0 { Tag([b'?', 0, 0]) } else { Tag(tag) }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One segment, where it stands.
#[derive(Clone, Copy)]
pub struct Segment<'a> {
    raw: &'a [u8],
    offset: usize,
    tag: Tag,
    delimiters: Delimiters,
}

impl<'a> Segment<'a> {
    pub(crate) fn new(raw: &'a [u8], offset: usize, delimiters: Delimiters) -> Segment<'a> {
        let end = raw.iter().position(|&b| b == delimiters.element).unwrap_or(raw.len());
        Segment { raw, offset, tag: Tag::read(&raw[..end]), delimiters }
    }

    /// The id.
    pub fn tag(&self) -> Tag {
        self.tag
    }

    /// The id as text, to match on.
    pub fn id(&self) -> &str {
        self.tag.as_str()
    }

    /// The bytes as they came, without the terminator.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Where the bytes stand in the file.
    pub fn span(&self) -> Span {
        Span { start: self.offset, end: self.offset + self.raw.len() }
    }

    /// The element at `position`, from 1; empty where the segment is shorter.
    pub fn el(&self, position: usize) -> Element<'a> {
        let raw = nth(self.raw, self.delimiters.element, position);
        Element { raw, delimiters: self.delimiters }
    }

    /// How many elements stand after the id, trailing empty ones included.
    pub fn element_count(&self) -> usize {
        self.raw.iter().filter(|&&b| b == self.delimiters.element).count()
    }
}

impl fmt::Debug for Segment<'_> {
    /// The id and the place only: elements may hold names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.tag, self.offset)
    }
}

/// One element, repetition or component of a segment.
#[derive(Clone, Copy)]
pub struct Element<'a> {
    raw: &'a [u8],
    delimiters: Delimiters,
}

impl<'a> Element<'a> {
    /// The text without the spaces around it; Latin-1 where it is not UTF-8.
    ///
    /// Line ends inside are dropped: some senders wrap every 80 columns.
    pub fn text(&self) -> Cow<'a, str> {
        let raw = self.raw.trim_ascii();
        if raw.iter().any(|b| matches!(b, b'\r' | b'\n')) {
            let kept: Vec<u8> =
                raw.iter().copied().filter(|b| !matches!(b, b'\r' | b'\n')).collect();
            return Cow::Owned(decode(&kept).into_owned());
        }
        decode(raw)
    }

    /// The text, or `None` where there is none.
    pub fn some(&self) -> Option<String> {
        let text = self.text();
        if text.is_empty() { None } else { Some(text.into_owned()) }
    }

    /// Whether nothing stands here; separators of missing components count as nothing.
    pub fn is_empty(&self) -> bool {
        self.raw.iter().all(|b| b.is_ascii_whitespace() || *b == self.delimiters.component)
    }

    /// The component at `position`, from 1; empty where there are fewer.
    pub fn comp(&self, position: usize) -> Element<'a> {
        let raw = nth(self.raw, self.delimiters.component, position.saturating_sub(1));
        Element { raw, delimiters: self.delimiters }
    }

    /// The repetitions, one where the interchange has no separator for them.
    pub fn repetitions(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        let delimiters = self.delimiters;
        self.raw
            .split(move |&b| Some(b) == delimiters.repetition)
            .map(move |raw| Element { raw, delimiters })
    }

    /// The amount (data type R, element 782), within [`AMOUNT_MAX`].
    pub fn money(&self) -> Option<Cents> {
        let cents = parse_decimal(&self.text(), 2)?;
        (Cents(cents).abs() <= AMOUNT_MAX).then_some(Cents(cents))
    }

    /// The quantity (data type R, element 380), within [`QUANTITY_MAX`].
    pub fn quantity(&self) -> Option<Milli> {
        let milli = parse_decimal(&self.text(), 3)?;
        (milli.abs() <= QUANTITY_MAX.0).then_some(Milli(milli))
    }

    /// The whole number (data type N0), from 0 to a billion.
    pub fn count(&self) -> Option<usize> {
        let count = parse_decimal(&self.text(), 0)?;
        usize::try_from(count).ok().filter(|&it| it <= 1_000_000_000)
    }

    /// The calendar date, `CCYYMMDD`, or `YYMMDD` of this century.
    pub fn date(&self) -> Option<Date> {
        let text = self.text();
        let digits = text.as_bytes();
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let (year, rest) = match digits.len() {
            8 => (number(&digits[..4]), &digits[4..]),
            6 => (2_000 + number(&digits[..2]), &digits[2..]),
            _ => return None,
        };
        let (month, day) = (number(&rest[..2]) as i8, number(&rest[2..]) as i8);
        Date::new(year, month, day).ok()
    }

    /// The time of day, `HHMM`, `HHMMSS` or with hundredths, which are dropped.
    pub fn time(&self) -> Option<Time> {
        let text = self.text();
        let digits = text.as_bytes();
        if !matches!(digits.len(), 4 | 6..=8) || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let second = if digits.len() < 6 { 0 } else { number(&digits[4..6]) as i8 };
        Time::new(number(&digits[..2]) as i8, number(&digits[2..4]) as i8, second, 0).ok()
    }
}

/// At most four digits as a number.
fn number(digits: &[u8]) -> i16 {
    digits.iter().take(4).fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0'))
}

fn nth(raw: &[u8], separator: u8, position: usize) -> &[u8] {
    raw.split(|&b| b == separator).nth(position).unwrap_or_default()
}

fn decode(raw: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(raw) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(raw.iter().copied().map(char::from).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(raw: &[u8]) -> Segment<'_> {
        Segment::new(raw, 0, Delimiters::STANDARD)
    }

    #[test]
    fn elements_and_components_are_found_by_place() {
        let svc = segment(b"SVC*HC:90834:95*175*98.4**1");

        assert_eq!(svc.id(), "SVC");
        assert_eq!(svc.el(1).comp(2).text(), "90834");
        assert_eq!(svc.el(1).comp(9).text(), "");
        assert_eq!(svc.el(3).money(), Some(Cents(9840)));
        assert!(svc.el(4).is_empty() && svc.el(99).is_empty());
        assert_eq!(svc.el(5).quantity(), Some(Milli::ONE));
    }

    #[test]
    fn latin_1_is_read_and_wrapped_lines_are_joined() {
        assert_eq!(segment(b"NM1*QC*1*MU\xd1OZ").el(3).text(), "MUÑOZ");
        assert_eq!(segment("NM1*QC*1*MUÑOZ".as_bytes()).el(3).text(), "MUÑOZ");
        let wrapped = segment(b"N\r\nM1*QC*1*OAK\r\nES");
        assert_eq!((wrapped.id(), wrapped.el(3).text().as_ref()), ("NM1", "OAKES"));
    }

    #[test]
    fn only_real_dates_and_times_are_dates_and_times() {
        let cases = [
            ("20260224", Some((2026, 2, 24))),
            ("260224", Some((2026, 2, 24))),
            ("20260230", None),
            ("20002316", None),
            ("2026022", None),
            ("2026-2-4", None),
            ("", None),
        ];
        for (text, date) in cases {
            let raw = format!("DTM*472*{text}");
            let date = date.map(|(y, m, d)| jiff::civil::date(y, m, d));
            assert_eq!(segment(raw.as_bytes()).el(2).date(), date, "{text}");
        }
        assert_eq!(segment(b"X*2359").el(1).time(), Time::new(23, 59, 0, 0).ok());
        assert_eq!(segment(b"X*23595912").el(1).time(), Time::new(23, 59, 59, 0).ok());
        assert_eq!(segment(b"X*2400").el(1).time(), None);
    }

    #[test]
    fn what_is_no_segment_id_is_shown_as_such() {
        for raw in [b"NM1X*1".as_slice(), b"*1", b"N-1*1", b"\xc3\x91*1"] {
            assert_eq!(segment(raw).id(), "?");
        }
    }
}
