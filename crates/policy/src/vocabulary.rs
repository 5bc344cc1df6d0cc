//! The words of the charter in Rust, made from its schema by `build.rs`.

use std::fmt;

use crate::cast::Told;
use crate::thing::{Fact, Uid};

/// The text is none of the words of its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAWord;

impl fmt::Display for NotAWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a word of the charter")
    }
}

impl std::error::Error for NotAWord {}

include!(concat!(env!("OUT_DIR"), "/vocabulary.rs"));
