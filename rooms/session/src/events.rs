//! What this room tells.

use ground::events::Event;
use ids::{AppointmentId, ClientId, ClinicianId, SessionId, Uuid};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A session ended, with its measured times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Which one.
    pub session: SessionId,
    /// What it was planned as.
    pub appointment: AppointmentId,
    /// Who treated.
    pub clinician: ClinicianId,
    /// Whom.
    pub client: ClientId,
    /// The measured beginning.
    pub began_at: Timestamp,
    /// The measured end.
    pub ended_at: Timestamp,
}

impl Event for Ended {
    const KIND: &'static str = "session.ended";

    fn subject(&self) -> Uuid {
        self.session.0
    }
}
