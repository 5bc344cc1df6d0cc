//! From bytes to what they say, or one sentence why not: no half of a file is ever taken.

use x12::ack_277ca::Acknowledgment277;
use x12::ack_999::Acknowledgment999;
use x12::remittance_835::Remittance;
use x12::{Parsed, SetKind, Usage};

use crate::exchange::Format;
use crate::words;

/// One set of a file.
#[derive(Debug)]
pub enum Content {
    /// A payment.
    Remittance {
        /// What it says, with what was odd.
        parsed: Box<Parsed<Remittance>>,
        /// Whether the interchange says that it is a test.
        is_test: bool,
    },
    /// Whether our sets passed the syntax check.
    Ack999(Acknowledgment999),
    /// Whether our claims were received.
    Ack277(Acknowledgment277),
}

impl Content {
    /// What a file with this is.
    pub fn format(&self) -> Format {
        match self {
            Self::Remittance { .. } => Format::Remittance,
            Self::Ack999(_) => Format::Ack999,
            Self::Ack277(_) => Format::Ack277,
        }
    }
}

/// Reads a whole file.
///
/// # Errors
/// A sentence for a biller: what it is instead, where it was cut, or which set is not read here.
pub fn read(bytes: &[u8]) -> Result<Vec<Content>, String> {
    let file = x12::read(bytes).map_err(|refused| words::refused(&refused.says))?;
    let mut contents = Vec::new();
    for set in file.sets() {
        let is_test = set.usage != Usage::Production;
        let content = match x12::kind_of(set) {
            SetKind::Remittance835 => x12::remittance_835::read(set)
                .map(|parsed| Content::Remittance { parsed: Box::new(parsed), is_test }),
            SetKind::Acknowledgment999 => {
                x12::ack_999::read(set).map(|parsed| Content::Ack999(parsed.value))
            }
            SetKind::Acknowledgment277ca => {
                x12::ack_277ca::read(set).map(|parsed| Content::Ack277(parsed.value))
            }
            _ => return Err(words::not_read_here(&x12::name_of(set))),
        };
        contents.push(content.map_err(|refused| words::refused(&refused.says))?);
    }
    if contents.is_empty() { Err(words::HOLDS_NOTHING.into()) } else { Ok(contents) }
}
