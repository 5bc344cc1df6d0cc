//! Writing: strict, in the shortest form, and all faults at once.
//!
//! A value that holds a separator or a character outside the set is a fault, never changed
//! silently: [`fold`] is there for those who decide to change it.

use std::fmt;
use std::ops::RangeInclusive;

use jiff::civil::{Date, DateTime};

use crate::amount::{AMOUNT_MAX, Cents, Milli, QUANTITY_MAX};
use crate::party::{Address, Contact, Days, Id, Name, Procedure};

/// One reason why something cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The thing, as `claim RT-2001, line 2`; empty for the batch.
    pub place: String,
    /// The field, as `SV102 charge`.
    pub field: String,
    /// A sentence with what is expected.
    pub says: String,
}

/// Nothing was written, for these reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotWritten(pub Vec<Fault>);

impl fmt::Display for NotWritten {
    /// How many faults, and where the first one is; what it says may quote the claim.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} faults", self.0.len())?;
        let first = self.0.first();
        first.map_or(Ok(()), |it| write!(f, ", the first at {} {}", it.place, it.field))
    }
}

impl std::error::Error for NotWritten {}

/// Whether `character` may stand in a written value: the basic set of X12.6 without the
/// separators in use, and `@`, which mail addresses need.
pub fn is_writable(character: char) -> bool {
    character.is_ascii_uppercase()
        || character.is_ascii_digit()
        || " !\"&'()+,-./;?=@".contains(character)
}

/// `text` in upper case with accents taken off, typographic marks made plain, and everything
/// else that cannot be written turned into single spaces.
///
/// Says whether anything but the case was changed: show that to a person.
pub fn fold(text: &str) -> (String, bool) {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_uppercase) {
        match character {
            'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => folded.push('A'),
            'Æ' => folded.push_str("AE"),
            'Ç' | 'Ć' | 'Č' => folded.push('C'),
            'Ď' | 'Đ' => folded.push('D'),
            'È'..='Ë' | 'Ē' | 'Ę' | 'Ě' => folded.push('E'),
            'Ì'..='Ï' | 'Ī' | 'İ' => folded.push('I'),
            'Ł' => folded.push('L'),
            'Ñ' | 'Ń' | 'Ň' => folded.push('N'),
            'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ő' => folded.push('O'),
            'Œ' => folded.push_str("OE"),
            'Ŕ' | 'Ř' => folded.push('R'),
            'Ś' | 'Š' | 'Ş' => folded.push('S'),
            'ẞ' => folded.push_str("SS"),
            'Ť' | 'Ţ' => folded.push('T'),
            'Ù'..='Ü' | 'Ū' | 'Ů' | 'Ű' => folded.push('U'),
            'Ý' | 'Ÿ' => folded.push('Y'),
            'Ź' | 'Ż' | 'Ž' => folded.push('Z'),
            '‘' | '’' | 'ʼ' => folded.push('\''),
            '“' | '”' => folded.push('"'),
            '‐'..='―' => folded.push('-'),
            it if is_writable(it) => folded.push(it),
            _ => folded.push(' '),
        }
    }
    let folded = folded.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    let changed = folded != text.to_uppercase();
    (folded, changed)
}

/// Segments being written, and what was wrong with them.
pub(crate) struct Out {
    bytes: Vec<u8>,
    faults: Vec<Fault>,
    /// Segments written since it was last set to 0.
    pub count: usize,
    /// What is being written, for faults.
    pub place: String,
    line_ends: bool,
}

impl Out {
    pub fn new(line_ends: bool) -> Out {
        let (bytes, faults) = (Vec::new(), Vec::new());
        Out { bytes, faults, count: 0, place: String::new(), line_ends }
    }

    pub fn row(&mut self, id: &'static str) -> Row<'_> {
        Row { text: id.to_owned(), pending: 0, id, out: self }
    }

    pub fn fault(&mut self, field: &str, says: impl Into<String>) {
        let place = self.place.clone();
        self.faults.push(Fault { place, field: field.to_owned(), says: says.into() });
    }

    /// A fault unless `holds`.
    pub fn require(&mut self, holds: bool, field: &str, says: &str) {
        if !holds {
            self.fault(field, says);
        }
    }

    /// A segment whose elements are padded, ready but for its terminator.
    pub fn padded(&mut self, segment: &str) {
        self.bytes.extend_from_slice(segment.as_bytes());
        self.end_segment();
    }

    fn end_segment(&mut self) {
        self.bytes.push(b'~');
        if self.line_ends {
            self.bytes.push(b'\n');
        }
        self.count += 1;
    }

    /// What was written since the beginning, or every fault.
    pub fn finish(self) -> Result<Vec<u8>, NotWritten> {
        if self.faults.is_empty() { Ok(self.bytes) } else { Err(NotWritten(self.faults)) }
    }

    /// `N3` and `N4`.
    pub fn address(&mut self, of: &str, address: &Address) {
        let Address { line, second_line, city, state, zip } = address;
        for (what, value) in [("street", line), ("city", city), ("ZIP code", zip)] {
            let word = ["UNDEFINED", "NULL", "NAN", "NONE"].contains(&value.as_str());
            let says = format!("{value:?} is a word of a program, not a {what}");
            self.require(!word, &format!("{of} {what}"), &says);
        }
        self.row("N3")
            .text(&format!("{of} N301 street"), line, 1..=55)
            .opt(&format!("{of} N302 street"), second_line, 1..=55)
            .end();
        self.row("N4")
            .text(&format!("{of} N401 city"), city, 2..=30)
            .text(&format!("{of} N402 state"), state, 2..=2)
            .text(&format!("{of} N403 ZIP code"), zip, 3..=15)
            .end();
    }

    /// `PER` with up to three ways to reach somebody.
    pub fn contact(&mut self, of: &str, contact: &Contact) {
        let Contact { function, name, ways } = contact;
        self.require(ways.len() <= 3, of, "A contact has at most three numbers.");
        let mut row = self.row("PER").text(&format!("{of} PER01"), function, 2..=2).opt(
            &format!("{of} PER02 name"),
            name,
            1..=60,
        );
        for way in ways.iter().take(3) {
            row = row.text(&format!("{of} PER qualifier"), &way.qualifier, 2..=2).text(
                &format!("{of} PER number"),
                &way.value,
                1..=256,
            );
        }
        row.end();
    }

    /// `REF`.
    pub fn reference(&mut self, field: &str, qualifier: &str, value: &str) {
        self.row("REF")
            .text(&format!("{field} REF01"), qualifier, 2..=3)
            .text(field, value, 1..=50)
            .end();
    }

    /// `DTP` with one date, or with two where they differ.
    pub fn days(&mut self, field: &str, qualifier: &'static str, days: Days) {
        self.require(days.first <= days.last, field, "The last day is before the first.");
        let row = self.row("DTP").code(qualifier);
        if days.first == days.last {
            row.code("D8").date(field, Some(days.first)).end();
        } else {
            let span = format!("{}-{}", ccyymmdd(days.first), ccyymmdd(days.last));
            row.code("RD8").text(field, &span, 17..=17).end();
        }
    }
}

/// One segment being written. Empty elements at its end are not written.
pub(crate) struct Row<'o> {
    out: &'o mut Out,
    id: &'static str,
    text: String,
    pending: usize,
}

impl Row<'_> {
    /// A code of ours.
    pub fn code(mut self, code: &str) -> Self {
        self.put(code);
        self
    }

    /// `count` empty elements.
    pub fn skip(mut self, count: usize) -> Self {
        self.pending += count;
        self
    }

    /// A required value.
    pub fn text(mut self, field: &str, value: &str, length: RangeInclusive<usize>) -> Self {
        check(self.out, field, value, &length);
        self.put(value);
        self
    }

    /// A value that may be absent.
    pub fn opt(self, field: &str, value: &Option<String>, length: RangeInclusive<usize>) -> Self {
        match value {
            Some(value) => self.text(field, value, length),
            None => self.skip(1),
        }
    }

    /// A value that may be empty.
    pub fn maybe(self, field: &str, value: &str, length: RangeInclusive<usize>) -> Self {
        if value.is_empty() { self.skip(1) } else { self.text(field, value, length) }
    }

    /// An amount.
    pub fn money(mut self, field: &str, amount: Cents) -> Self {
        let fits = amount.abs() <= AMOUNT_MAX;
        self.out.require(fits, field, "The amount has more digits than may be sent.");
        self.put(&amount.to_x12());
        self
    }

    /// A quantity that may be absent.
    pub fn quantity(mut self, field: &str, quantity: Option<Milli>) -> Self {
        let Some(quantity) = quantity else { return self.skip(1) };
        let fits = quantity.0.saturating_abs() <= QUANTITY_MAX.0;
        self.out.require(fits, field, "The quantity has more digits than may be sent.");
        self.put(&quantity.to_x12());
        self
    }

    /// A required date, CCYYMMDD.
    pub fn date(mut self, field: &str, date: Option<Date>) -> Self {
        match date {
            Some(date) => self.put(&ccyymmdd(date)),
            None => {
                self.out.fault(field, "The date is missing.");
                self.pending += 1;
            }
        }
        self
    }

    /// A date and a time, in two elements.
    pub fn moment(mut self, at: DateTime) -> Self {
        self.put(&ccyymmdd(at.date()));
        self.put(&format!("{:02}{:02}", at.hour(), at.minute()));
        self
    }

    /// Components; empty ones at the end are not written.
    pub fn composite(mut self, parts: &[(&str, &str, RangeInclusive<usize>)]) -> Self {
        let mut joined = String::new();
        for (index, (field, value, length)) in parts.iter().enumerate() {
            if index > 0 {
                joined.push(':');
            }
            if !value.is_empty() {
                check(self.out, field, value, length);
                joined.push_str(value);
            }
        }
        self.put(joined.trim_end_matches(':'));
        self
    }

    /// Code and modifiers of a procedure, as `HC:90834:95`.
    pub fn procedure(self, field: &str, procedure: &Procedure) -> Self {
        let Procedure { qualifier, code, modifiers, description } = procedure;
        self.out.require(modifiers.len() <= 4, field, "A procedure has at most four modifiers.");
        self.out.require(!code.is_empty(), field, "The procedure code is missing.");
        let modifier = |at: usize| modifiers.get(at).map(String::as_str).unwrap_or_default();
        self.composite(&[
            (field, qualifier, 2..=2),
            (field, code, 1..=48),
            (field, modifier(0), 2..=2),
            (field, modifier(1), 2..=2),
            (field, modifier(2), 2..=2),
            (field, modifier(3), 2..=2),
            (field, description.as_deref().unwrap_or_default(), 1..=80),
        ])
    }

    /// `NM103`–`NM107`.
    pub fn name(self, of: &str, name: &Name) -> Self {
        self.text(&format!("{of} NM103 last or organization name"), &name.last, 1..=60)
            .opt(&format!("{of} NM104 first name"), &name.first, 1..=35)
            .opt(&format!("{of} NM105 middle name"), &name.middle, 1..=25)
            .skip(1)
            .opt(&format!("{of} NM107 suffix"), &name.suffix, 1..=10)
    }

    /// A qualifier and a number, in two elements; nothing where there is none.
    pub fn id(self, of: &str, id: &Option<Id>) -> Self {
        match id {
            Some(id) => self.text(&format!("{of} qualifier"), &id.qualifier, 1..=2).text(
                &format!("{of} number"),
                &id.value,
                2..=80,
            ),
            None => self.skip(2),
        }
    }

    /// Ends the segment.
    pub fn end(self) {
        debug_assert!(self.text.starts_with(self.id));
        self.out.bytes.extend_from_slice(self.text.as_bytes());
        self.out.end_segment();
    }

    fn put(&mut self, value: &str) {
        self.pending += 1;
        if !value.is_empty() {
            self.text.extend(std::iter::repeat_n('*', self.pending));
            self.text.push_str(value);
            self.pending = 0;
        }
    }
}

fn check(out: &mut Out, field: &str, value: &str, length: &RangeInclusive<usize>) {
    let (min, max) = (*length.start(), *length.end());
    if value.is_empty() {
        out.fault(field, "is missing");
    } else if !length.contains(&value.len()) {
        let says = format!("has {} characters; {min} to {max} may be sent", value.len());
        out.fault(field, says);
    }
    if value.starts_with(' ') || value.ends_with(' ') {
        out.fault(field, "begins or ends with a space");
    }
    if let Some(character) = value.chars().find(|&it| !is_writable(it)) {
        out.fault(field, format!("holds {character:?}, which may not be sent"));
    }
}

pub(crate) fn ccyymmdd(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_names_readable_and_says_what_it_did() {
        let cases = [
            ("Muñoz", "MUNOZ", true),
            ("O’Brien", "O'BRIEN", true),
            ("Strauß", "STRAUSS", false),
            ("WINTERS", "WINTERS", false),
            ("Winters", "WINTERS", false),
            ("A*B:C~D", "A B C D", true),
            ("李", "", true),
        ];
        for (text, folded, changed) in cases {
            assert_eq!(fold(text), (folded.to_owned(), changed), "{text}");
        }
        assert!(fold("Zoë Łódź").0.chars().all(is_writable));
    }

    #[test]
    fn nothing_that_would_break_the_set_is_written() {
        for (value, word) in [
            ("A*B", "holds"),
            ("A~B", "holds"),
            ("a", "holds"),
            ("MUÑOZ", "holds"),
            (" A", "space"),
            ("", "missing"),
            ("ABCDEF", "characters"),
        ] {
            let mut out = Out::new(false);
            out.row("NM1").text("name", value, 1..=5).end();
            let faults = out.finish().unwrap_err().0;
            assert!(faults.iter().any(|it| it.says.contains(word)), "{value:?}: {faults:?}");
        }
    }

    #[test]
    fn empty_elements_and_components_at_the_end_are_not_written() {
        let mut out = Out::new(false);
        out.row("SBR").code("P").skip(3).opt("x", &None, 1..=2).end();
        out.row("SV1")
            .procedure("SV101", &Procedure::new("90834", &["95"]))
            .skip(1)
            .code("UN")
            .end();

        assert_eq!(out.finish().unwrap(), b"SBR*P~SV1*HC:90834:95**UN~");
    }
}
