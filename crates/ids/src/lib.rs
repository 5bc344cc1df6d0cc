//! Typed ids: one newtype per entity, so that two of them cannot be swapped; and numbers that
//! others give out, read with their check digit.
//!
//! An id is a UUID of version 7 (RFC 9562 §5.7): it sorts by the time it was made. This crate
//! makes none: ids come from `ground`, where chance and the clock live.

use std::fmt;
use std::str::FromStr;

mod npi;

pub use npi::{NotAnNpi, Npi};
pub use uuid::Uuid;

/// The text is not a UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id")
    }
}

impl std::error::Error for NotAnId {}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

ids! {
    /// A tenant: a clinician-owned practice, or the operator (who is a tenant row like any other).
    PracticeId,
    /// A human whom we know.
    PersonId,
    /// Somebody who receives care from one practice.
    ClientId,
    /// Somebody licensed or supervised who treats, in one practice.
    ClinicianId,
    /// A person's authenticated visit to the site.
    SignInId,
    /// What a person is at a practice, from when to when.
    RoleId,
    /// Somebody asked to come to a practice, by a link.
    InvitationId,
    /// Something that happened, written beside the change that it tells.
    EventId,
    /// A piece of work to be done later.
    JobId,
    /// Minutes that a person worked, as measured.
    SpanId,
    /// One version of what a practice and the operator agree.
    AgreementId,
    /// One version of what a practice and one of its clinicians agree.
    EngagementId,
    /// A place that requests for care come from.
    SourceId,
    /// A request for care.
    LeadId,
    /// A request for care, put before one clinician.
    OfferId,
    /// A client's care, from its beginning to discharge.
    EpisodeId,
    /// The forms that a client fills in before care.
    PacketId,
    /// A kind of visit: how long it is and what it usually costs.
    VisitTypeId,
    /// A stretch of a clinician's time kept for somebody.
    AppointmentId,
    /// A meeting that took place.
    SessionId,
    /// What a clinician wrote about a session.
    NoteId,
    /// What a session costs.
    ChargeId,
    /// A charge as it was sent to a payer.
    ClaimId,
    /// A payer's answer, as it came.
    RemittanceId,
    /// One entry of the books: postings that sum to zero.
    EntryId,
    /// What one month came to for one clinician.
    StatementId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_it_was_written() {
        let id = PracticeId(Uuid::from_u128(0x0192_f6a1_7f00_7000_8000_0000_0000_0001));

        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn what_is_no_uuid_is_no_id() {
        for text in ["", "7", "0192f6a1-7f00-7000-8000-00000000000g", "' or 1=1"] {
            assert_eq!(text.parse::<PersonId>(), Err(NotAnId));
        }
    }
}
