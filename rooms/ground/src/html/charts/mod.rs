//! Charts: what a table says, drawn beside it. Every mark has its number in words of the same row.
//!
//! A chart is SVG from the server, in attributes alone, so it needs no hole in the policy and
//! prints as it stands. Places are shares of the width: nothing is stretched, and no script asks
//! how wide a page is. What differs, differs in shape (solid, outline, dash, dot) before it
//! differs in color. What is not known is a gap with a word, never a zero.

mod band;
mod scale;
mod tornado;
mod trend;
mod waterfall;

pub use self::band::{Band, BandScale, Spread, band_legend, bands};
pub use self::tornado::{End, Swing, tornado};
pub use self::trend::{Line, Trend};
pub use self::waterfall::{Step, waterfall};

/// How a whole number of the chart is written, as [`super::dollars`] does cents.
pub type Written = fn(i64) -> String;
