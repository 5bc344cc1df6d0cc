//! What a document is made of. All of it is plain values; how it looks is said once, in
//! `paper.typ`.

use jiff::civil::Date;

use crate::press;
use crate::scale::Scale;

/// Marks of a drawing's scale that stand beside one another.
const MARKS_MAX: usize = 5;

/// A document on Letter paper.
#[derive(Clone, Debug)]
pub struct Document {
    /// Whose it is, or of what kind: a small line over the title.
    pub over: String,
    /// Its title, also for the window of a reader.
    pub title: String,
    /// What stands over each page but the first.
    pub running: String,
    /// What it is: at the foot of each page, before the day and the page's number.
    pub foot: String,
    /// The day it bears.
    pub on: Date,
    /// Its parts, in order.
    pub blocks: Vec<Block>,
}

impl Document {
    /// The document as PDF: tagged, and held to PDF/UA-1 wherever its text allows it.
    ///
    /// # Errors
    /// Only where the typesetter is at fault: a test holds it to none for whatever is typed.
    pub fn pdf(&self) -> Result<Vec<u8>, press::Error> {
        press::print(self)
    }
}

/// A part of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// The sentence that somebody with one minute reads.
    Lead(Text),
    /// The name of a section.
    Heading(String),
    /// The name of a part of a section.
    Subheading(String),
    /// A paragraph.
    Paragraph(Text),
    /// What is said in passing.
    Note(String),
    /// Sentences under one another.
    List(Vec<String>),
    /// Names, each with what it is.
    Facts(Vec<(String, String)>),
    /// A table.
    Table(Table),
    /// Columns beside one another, read from left to right.
    Beside(Vec<Vec<Block>>),
    /// Lines over months.
    Trend(Trend),
}

/// Text with some of it in bold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub(crate) Vec<(String, bool)>);

impl Text {
    /// Its runs in order, and whether each is in bold.
    pub fn runs(&self) -> impl Iterator<Item = (&str, bool)> {
        self.0.iter().map(|(text, is_strong)| (text.as_str(), *is_strong))
    }

    /// The same, and then `more`.
    #[must_use]
    pub fn and(mut self, more: impl Into<String>) -> Self {
        self.0.push((more.into(), false));
        self
    }

    /// The same, and then `more` in bold.
    #[must_use]
    pub fn and_strong(mut self, more: impl Into<String>) -> Self {
        self.0.push((more.into(), true));
        self
    }
}

impl<T: Into<String>> From<T> for Text {
    fn from(text: T) -> Self {
        Self::default().and(text)
    }
}

/// A table: its head is repeated on each page that it reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, in groups.
    pub groups: Vec<Group>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands in its head.
    pub name: String,
    /// What stands in it.
    pub kind: Kind,
    /// Its part of the width that figures leave; of figures their own width in points, or 0 for as
    /// wide as the widest.
    pub share: u8,
    /// Where something is marked on a drawing's scale, in basis points of the width, and how.
    pub marks: Vec<(u16, String)>,
}

impl Column {
    /// A column of words.
    pub fn words(name: impl Into<String>, share: u8) -> Self {
        Self { name: name.into(), kind: Kind::Words, share, marks: vec![] }
    }

    /// A column of figures: digits under digits, as wide as the widest.
    pub fn figures(name: impl Into<String>) -> Self {
        Self { name: name.into(), kind: Kind::Figures, share: 0, marks: vec![] }
    }

    /// The same, this many points wide: for heads that are longer than what stands under them.
    #[must_use]
    pub fn within(self, points: u8) -> Self {
        Self { share: points, ..self }
    }

    /// A column of drawings on one scale.
    pub fn drawn(
        name: impl Into<String>,
        share: u8,
        scale: &Scale,
        as_read: fn(i64) -> String,
    ) -> Self {
        let ticks = scale.ticks();
        // Every second where all would touch one another.
        let every = if ticks.len() <= MARKS_MAX { 1 } else { 2 };
        let says = |at: usize, it: i64| {
            if at.is_multiple_of(every) { as_read(it) } else { String::new() }
        };
        let marks = ticks.iter().enumerate();
        let marks = marks.map(|(at, it)| (scale.at(*it), says(at, *it))).collect();
        Self { name: name.into(), kind: Kind::Drawn, share, marks }
    }
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words, from the left.
    Words,
    /// Figures, to the right.
    Figures,
    /// A drawing; its numbers stand in the same row.
    Drawn,
}

/// Rows that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its name, and what is said beside it; none for a table of one group.
    pub name: Option<(String, String)>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As many as there are columns.
    pub cells: Vec<Cell>,
    /// How much it weighs.
    pub weight: Weight,
}

impl Row {
    /// A row like any other.
    pub fn plain(cells: Vec<Cell>) -> Self {
        Self { cells, weight: Weight::Plain }
    }
}

/// How much a row weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// One of many.
    Plain,
    /// The one that the table is about.
    Marked,
    /// A sum, under a rule.
    Sum,
    /// The last sum, over a double rule.
    Last,
}

/// What stands in one place of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// A smaller line under it.
    pub second: String,
    /// A drawing in the place of text.
    pub drawing: Option<Drawing>,
}

impl Cell {
    /// The same with a smaller line under it.
    #[must_use]
    pub fn second(self, second: impl Into<String>) -> Self {
        Self { second: second.into(), ..self }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

impl From<Drawing> for Cell {
    fn from(drawing: Drawing) -> Self {
        Self { drawing: Some(drawing), ..Self::default() }
    }
}

/// A figure drawn on a column's scale: places are basis points of its width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// A thin line: nine of ten.
    pub line: Option<(u16, u16)>,
    /// A bar: half of all, or a change.
    pub bar: Option<(u16, u16)>,
    /// A dot: the middle.
    pub dot: Option<u16>,
    /// An upright line: from where a bar goes.
    pub tick: Option<u16>,
    /// In the accent.
    pub is_marked: bool,
}

/// Lines over months: the first solid, the second dashed, the third dotted.
#[derive(Clone, Debug)]
pub struct Trend {
    /// What it shows, for those who listen.
    pub says: String,
    /// The first and the last of what runs along it.
    pub ends: (String, String),
    /// The scale that its values stand on.
    pub scale: Scale,
    /// How a value of the scale is written.
    pub as_read: fn(i64) -> String,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A line of a trend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its values in order.
    pub values: Vec<i64>,
}
