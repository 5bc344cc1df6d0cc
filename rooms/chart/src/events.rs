//! What this room tells: ids, times and a place, and nothing of what a note says.

use ground::events::Event;
use ids::{AppointmentId, ClientId, ClinicianId, NoteId, SessionId, Uuid};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::Signed;

/// A note was signed. What a charge may repeat of it is had from [`billable`](crate::billable).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteSigned {
    /// Which note.
    pub note: NoteId,
    /// Of which session.
    pub session: SessionId,
    /// As which it was planned.
    pub appointment: AppointmentId,
    /// Whom it is about.
    pub client: ClientId,
    /// Who treated.
    pub clinician: ClinicianId,
    /// The beginning that counts.
    pub started_at: Timestamp,
    /// The end that counts.
    pub ended_at: Timestamp,
    /// Whole minutes between them.
    pub minutes: u32,
    /// `office` or `video`.
    pub place: String,
}

impl NoteSigned {
    pub(crate) fn of(signed: &Signed) -> Self {
        let about = &signed.about;
        Self {
            note: about.id,
            session: about.session,
            appointment: about.appointment,
            client: about.client,
            clinician: about.clinician,
            started_at: signed.began_at,
            ended_at: signed.ended_at,
            minutes: signed.minutes(),
            place: signed.place.word().into(),
        }
    }
}

impl Event for NoteSigned {
    const KIND: &'static str = "chart.note_signed";

    fn subject(&self) -> Uuid {
        self.note.0
    }
}
