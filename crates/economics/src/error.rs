//! What cannot be answered, with a stable code, the field, and what is allowed there.

use std::fmt;

use serde::Serialize;

/// A stable code for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Code {
    /// A number, date or text is missing, unknown or outside its range.
    #[serde(rename = "E_RANGE")]
    Range,
    /// Shares do not make one whole, or more than one.
    #[serde(rename = "E_SHARES")]
    Shares,
    /// A word is none of those that are known here, or one that would count money twice.
    #[serde(rename = "E_KIND")]
    Kind,
    /// A share of an amount that nobody shows.
    #[serde(rename = "E_ALLOWED")]
    Allowed,
    /// A weight is negative, or all are zero.
    #[serde(rename = "E_WEIGHTS")]
    Weights,
    /// A stretch of time ends before it starts.
    #[serde(rename = "E_INTERVAL")]
    Interval,
}

impl Code {
    /// The code as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Range => "E_RANGE",
            Self::Shares => "E_SHARES",
            Self::Kind => "E_KIND",
            Self::Allowed => "E_ALLOWED",
            Self::Weights => "E_WEIGHTS",
            Self::Interval => "E_INTERVAL",
        }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Error {
    /// For programs.
    pub code: Code,
    /// The field, as a path from the input (`payers/0/share_bp`).
    pub field: String,
    /// For people: which field, and what is allowed.
    pub message: String,
}

impl Error {
    pub(crate) fn new(code: Code, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, field: field.into(), message: message.into() }
    }

    pub(crate) fn range(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Code::Range, field, message)
    }

    /// The same error seen from outside `place`.
    pub(crate) fn within(mut self, place: &str) -> Self {
        self.field = match self.field.is_empty() {
            true => place.to_owned(),
            false => format!("{place}/{}", self.field),
        };
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {}", self.code.as_str(), self.field, self.message)
    }
}

impl std::error::Error for Error {}

impl From<money::Error> for Error {
    fn from(error: money::Error) -> Self {
        let code = match error {
            money::Error::Weights => Code::Weights,
            money::Error::Shares => Code::Shares,
            _ => Code::Range,
        };
        let message = match error {
            money::Error::Overflow => {
                let (least, most) = (i64::MIN, i64::MAX);
                format!("an amount comes to a whole number of cents from {least} to {most}")
            }
            other => other.to_string(),
        };
        Self::new(code, "", message)
    }
}
