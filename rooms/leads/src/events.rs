//! What leads tells: that a request came, and that it is closed. Ids and facts, no words.

use ground::events::Event;
use ids::{LeadId, Uuid};
use serde::{Deserialize, Serialize};

use crate::model::Why;

/// Somebody asks for care.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Arrived {
    /// Which request.
    pub lead: LeadId,
}

impl Event for Arrived {
    const KIND: &'static str = "leads.arrived";

    fn subject(&self) -> Uuid {
        self.lead.0
    }
}

/// A request is closed.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Closed {
    /// Which request.
    pub lead: LeadId,
    /// Why.
    pub why: Why,
}

impl Event for Closed {
    const KIND: &'static str = "leads.closed";

    fn subject(&self) -> Uuid {
        self.lead.0
    }
}
