//! What is printed: documents of plain values become PDF, the same values the same bytes.
//!
//! 1. Values in, bytes out: no file, no network, no clock, no font of the machine. The day that a
//!    document bears is given to it.
//! 2. Text is text. What somebody typed reaches the typesetter as a string, never as its markup.
//! 3. Everything that can be read has a document: a letter that no font has becomes a box, a word
//!    without end is broken, and what turns the order of letters around is left out.
//! 4. Drawings are in ink and one accent, and differ in shape before they differ in color. Each
//!    stands beside its numbers, or has its own words.
//!
//! ```
//! use paper::{Block, Document};
//!
//! let document = Document {
//!     over: "Elm Street Practice".into(),
//!     title: "Statement for January 2026".into(),
//!     running: "Statement for January 2026, Elm Street Practice".into(),
//!     foot: "Statement of a closed month".into(),
//!     on: jiff::civil::date(2026, 2, 9),
//!     blocks: vec![Block::Paragraph("Nothing was collected.".into())],
//! };
//! assert!(document.pdf().unwrap().starts_with(b"%PDF"));
//! ```

mod document;
mod press;
mod scale;
#[cfg(test)]
mod tests;
mod text;
mod values;

pub use document::{
    Block, Cell, Column, Document, Drawing, Group, Kind, Line, Row, Table, Text, Trend, Weight,
};
pub use press::{Error, as_file};
pub use scale::Scale;
