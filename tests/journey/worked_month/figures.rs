//! The figures of the document, row by row, and the pencil that does its sums again.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

const DOCUMENT: &str = include_str!("../../../docs/worked-month.md");

/// A row of a table: the heading over it, its first cell, and all that follow.
type Rows = BTreeMap<(&'static str, &'static str), Vec<&'static str>>;

/// Every row of every table of the document. A row that nobody looked at is no figure but a claim.
pub struct Figures {
    rows: Rows,
    /// The headings of tables that show a sum beside each figure.
    with_sums: BTreeSet<&'static str>,
    seen: RefCell<BTreeSet<(&'static str, &'static str)>>,
}

impl Figures {
    /// Reads the document.
    pub fn read() -> Self {
        let (mut rows, mut heading, mut is_body) = (Rows::new(), "", false);
        let mut with_sums = BTreeSet::new();
        for line in DOCUMENT.lines() {
            if let Some(text) = line.strip_prefix('#') {
                heading = text.trim_start_matches('#').trim();
            }
            if !line.starts_with('|') {
                is_body = false;
                continue;
            }
            if line.starts_with("| ---") {
                is_body = true;
                continue;
            }
            if !is_body && line.contains("| sum") {
                with_sums.insert(heading);
            }
            if is_body {
                let mut cells = line.trim_matches('|').split('|').map(str::trim);
                let key = (heading, cells.next().unwrap());
                assert!(rows.insert(key, cells.collect()).is_none(), "{key:?} is there twice");
            }
        }
        Self { rows, with_sums, seen: RefCell::default() }
    }

    /// A row says these values, which stand at its end.
    pub fn says(&self, heading: &'static str, row: &'static str, values: &[&str]) {
        let cells = self.rows.get(&(heading, row));
        let cells = cells.unwrap_or_else(|| panic!("the document has no {heading:?}, {row:?}"));
        let told = &cells[cells.len() - values.len()..];
        assert_eq!(told, values, "{heading}: {row}");
        self.seen.borrow_mut().insert((heading, row));
    }

    /// The rows under a heading: the first cell, and the last.
    pub fn under(&self, heading: &str) -> Vec<(&'static str, &'static str)> {
        let rows = self.rows.iter().filter(|((of, _), _)| *of == heading);
        rows.map(|((_, row), cells)| (*row, *cells.last().unwrap())).collect()
    }

    /// Every row was looked at, and every sum that is written as one comes to its figure.
    pub fn are_all_seen(&self) {
        let seen = self.seen.borrow();
        let left: Vec<_> = self.rows.keys().filter(|key| !seen.contains(key)).collect();
        assert!(left.is_empty(), "nothing holds these rows: {left:?}");
        let sums = self.rows.iter().filter(|((heading, _), _)| self.with_sums.contains(heading));
        let done = sums.map(|(_, cells)| done_again(cells).unwrap());
        let count = done.filter(|is_sum| *is_sum).count();
        assert!(60 < count, "{count} sums were done again");
    }

    /// The lines of the quoted texts of the document.
    pub fn quoted() -> Vec<&'static str> {
        let blocks = DOCUMENT.split("```").skip(1).step_by(2);
        blocks.flat_map(|block| block.lines().skip(1)).filter(|line| !line.is_empty()).collect()
    }
}

/// Cents as the document writes them.
pub fn dollars(cents: i64) -> String {
    let sign = if cents < 0 { "−" } else { "" };
    let size = cents.unsigned_abs();
    format!("{sign}{}.{:02}", thousands(size / 100), size % 100)
}

/// "4,734".
pub fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if 0 < place && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Basis points as the document writes them.
pub fn per_cent(points: i64) -> String {
    format!("{}.{:02}%", points / 100, points % 100)
}

/// Does the sum of a row again, where a pencil can: whether it can, or where it is wrong.
fn done_again(cells: &[&str]) -> Result<bool, String> {
    let [sum, .., figure] = cells else { return Ok(false) };
    let Some(shown) = Pencil::read(figure.trim_end_matches('%')) else { return Ok(false) };
    // What is worked out to the last place stands after the sum.
    let (sum, worked) = sum.split_once(" = ").map_or((*sum, None), |(sum, it)| (sum, Some(it)));
    let Some(mut value) = Pencil::read(sum) else { return Ok(false) };
    if let Some(worked) = worked {
        let cut = worked.trim_end_matches('…');
        let Some(shown) = Pencil::read(cut) else { return Ok(false) };
        let is_so = if cut == worked { value == shown } else { value.cut(cut) == shown };
        if !is_so {
            return Err(format!("{sum} is not {worked}"));
        }
    }
    if figure.ends_with('%') {
        value = value.times(Pencil(100, 1));
    }
    // Hours are minutes in sixtieths: their tables show minutes before them.
    if let [_, minutes, _] = cells
        && let Some(known) = Pencil::read(minutes)
        && figure.contains('.')
    {
        if value != known {
            return Err(format!("{sum} is not {minutes}"));
        }
        value = known.over(Pencil(60, 1));
    }
    match value.rounded(places(figure)) == shown {
        true => Ok(true),
        false => Err(format!("{sum} is not {figure}")),
    }
}

/// How many places a figure is written with, as a power of ten.
fn places(figure: &str) -> i128 {
    let figure = figure.trim_end_matches('%');
    figure.split_once('.').map_or(1, |(_, part)| 10_i128.pow(part.len().try_into().unwrap()))
}

/// A number as a fraction, which loses nothing.
#[derive(Debug, Clone, Copy)]
struct Pencil(i128, i128);

impl PartialEq for Pencil {
    fn eq(&self, other: &Self) -> bool {
        self.0 * other.1 == other.0 * self.1
    }
}

impl Pencil {
    /// Reads a sum; nothing where there are words in it.
    fn read(text: &str) -> Option<Self> {
        let text = text.replace("% of ", " % ");
        let is_sum = |it: char| it.is_ascii_digit() || " .,+−×÷%".contains(it);
        if text.trim().is_empty() || !text.chars().all(is_sum) {
            return None;
        }
        let text = text.replace('−', " − ").replace('%', " % ");
        let mut sum = Self(0, 1);
        let (mut term, mut sign, mut by, mut is_open) = (None::<Self>, 1, '×', true);
        for part in text.split_whitespace() {
            let begins = std::mem::replace(&mut is_open, "+−×÷%".contains(part));
            match part {
                // Before a number it is its sign.
                "−" if begins => sign = -sign,
                "+" | "−" => {
                    sum = sum.plus(term.take().unwrap_or(Self(0, 1)).times(Self(sign, 1)));
                    (sign, by) = (if part == "+" { 1 } else { -1 }, '×');
                }
                "×" => by = '×',
                "÷" => by = '÷',
                "%" => (term, by) = (term.map(|it| it.over(Self(100, 1))), '×'),
                number => {
                    let number = Self::number(number)?;
                    term = Some(match (term, by) {
                        (None, _) => number,
                        (Some(term), '÷') => term.over(number),
                        (Some(term), _) => term.times(number),
                    });
                }
            }
        }
        Some(sum.plus(term?.times(Self(sign, 1))))
    }

    fn number(text: &str) -> Option<Self> {
        let plain = text.replace(',', "");
        let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
        let size = 10_i128.pow(u32::try_from(part.len()).ok()?);
        Some(Self(format!("{whole}{part}").parse().ok()?, size))
    }

    fn plus(self, other: Self) -> Self {
        Self(self.0 * other.1 + other.0 * self.1, self.1 * other.1)
    }

    fn times(self, other: Self) -> Self {
        Self(self.0 * other.0, self.1 * other.1)
    }

    fn over(self, other: Self) -> Self {
        Self(self.0 * other.1, self.1 * other.0)
    }

    /// To the nearest, halves away from zero.
    fn rounded(self, places: i128) -> Self {
        let (top, bottom) = (self.0 * places * self.1.signum(), self.1.abs());
        let size = (2 * top.abs() + bottom) / (2 * bottom);
        Self(size * top.signum(), places)
    }

    /// As many places as another figure has, and no more.
    fn cut(self, figure: &str) -> Self {
        let places = places(figure);
        Self(self.0 * places / self.1, places)
    }
}

#[test]
fn a_pencil_does_sums_as_they_are_written() {
    for (sum, is) in [
        ("3 × 75.00", "225.00"),
        ("65% of 5,747.55", "3,735.9075"),
        ("653.59 + 840.33 − 93.37 + 78.37", "1,478.92"),
        ("−34.44 − 3,846.88", "−3,881.32"),
        ("4 × 165.00 + 2 × 165.00", "990.00"),
        ("548.42 ÷ 2", "274.21"),
    ] {
        assert_eq!(Pencil::read(sum), Pencil::read(is), "{sum}");
    }
    assert_eq!(Pencil::read("22 days − 1"), None);
}

#[test]
fn a_sum_that_is_off_by_a_cent_is_found() {
    for (cells, is) in [
        (&["3 × 75.00", "225.00"][..], Ok(true)),
        (&["3 × 75.00", "225.01"], Err("3 × 75.00 is not 225.01".to_owned())),
        (&["65% of −60.66 = −39.429", "−39.43"], Ok(true)),
        (&["65% of −60.66 = −39.428", "−39.43"], Err("65% of −60.66 is not −39.428".into())),
        (&["3,881.32 × 0.9235 = 3,584.399…", "3,584.40"], Ok(true)),
        (&["62 × 5", "310", "5.2"], Ok(true)),
        (&["62 × 5", "311", "5.2"], Err("62 × 5 is not 311".into())),
        (&["3,846.88 ÷ 5,897.55", "65.23%"], Ok(true)),
        (&["below", "274.21"], Ok(false)),
    ] {
        assert_eq!(done_again(cells), is, "{cells:?}");
    }
}
