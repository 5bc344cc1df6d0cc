//! What this room tells.

use ground::events::Event;
use ids::{AgreementId, PracticeId, Uuid};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Both sides have signed a version of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementSigned {
    /// Whose; versions of one practice are told in order.
    pub practice: PracticeId,
    /// Which version.
    pub agreement: AgreementId,
    /// Its number.
    pub version: i32,
    /// From when it counts.
    pub begins_on: Date,
    /// The first day on which it no longer does.
    pub ends_on: Date,
    /// What is shared, in the charter's words.
    pub services: Vec<String>,
}

impl Event for AgreementSigned {
    const KIND: &'static str = "terms.agreement_signed";

    fn subject(&self) -> Uuid {
        self.practice.0
    }
}
