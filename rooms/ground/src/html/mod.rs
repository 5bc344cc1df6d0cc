//! The look: typed values in, HTML out. A part decides nothing, asks nobody and keeps nothing.
//!
//! Pages are a [`Shell`] around a [`Heading`] and parts. Every text is escaped by its type; no
//! part can write a style, a script or an event attribute, so the strictest content security
//! policy holds without exceptions. Empty is an argument, not an afterthought: what can be empty
//! takes an [`Empty`].

pub mod assets;
mod bars;
mod button;
pub mod charts;
mod choice;
mod date;
mod day;
pub mod design;
mod ending;
mod facts;
mod field;
pub mod icons;
mod ledger;
mod link;
mod list;
mod money;
mod nav;
mod notice;
mod page;
#[cfg(test)]
mod purity;
mod section;
mod shell;
mod table;
mod timeline;
pub mod tokens;
mod typed;
pub mod when;
mod words;

pub use self::bars::{Bar, Ink, Span, bars, clock};
pub use self::button::{Button, Stands, button, post, switch};
pub use self::choice::{Choices, Pick};
pub use self::date::DateParts;
pub use self::day::{Hour, HourState, Mark, day, hours_legend};
pub use self::ending::{Ending, Saved};
pub use self::facts::{facts, figures, prices};
pub use self::field::{Field, Filled, Select};
pub use self::ledger::{Group, Ledger, Line, Sum};
pub use self::link::{Act, Link};
pub use self::list::{Promise, Reason, Row, openings, promises, reasons, rows};
pub use self::money::{amount, dollars, in_column, money};
pub use self::nav::{Place, Tab, breadcrumbs, pagination, tabs};
pub use self::notice::{Refusal, Source, Tone, Word, notice};
pub use self::page::{
    Assets, DemoBanner, Density, Head, Heading, Theme, back, crisis, one_sentence, paper_head,
    said, step,
};
pub use self::section::{
    Empty, asks, columns, columns_led_by, disclosure, next, panel, rule_code, section,
};
pub use self::shell::{Portal, Practice, Public, Rail, Shell, Width, Work};
pub use self::table::{Column, TableRow, table};
pub use self::timeline::{Moment, Step, journey, timeline};
pub use self::typed::{Faults, Typed};
pub use self::words::{Lang, Words};
