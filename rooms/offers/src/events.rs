//! What offers tells: that care has begun, and that it is over.

use ground::events::Event;
use ids::{ClientId, ClinicianId, EpisodeId, LeadId, OfferId, Uuid};
use serde::{Deserialize, Serialize};

/// A clinician accepted an offer: the person is a client now.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Accepted {
    /// Which offer.
    pub offer: OfferId,
    /// The request that it was made of, by plain id: it belongs to its holder.
    pub lead: LeadId,
    /// Who receives care.
    pub client: ClientId,
    /// Who gives it.
    pub clinician: ClinicianId,
    /// The care that began.
    pub episode: EpisodeId,
}

impl Event for Accepted {
    const KIND: &'static str = "offers.accepted";

    fn subject(&self) -> Uuid {
        self.client.0
    }
}

/// A clinician ended their part in a client's care.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Discharged {
    /// Who received care.
    pub client: ClientId,
    /// Who ended their part.
    pub clinician: ClinicianId,
    /// Of which care.
    pub episode: EpisodeId,
    /// Nobody treats any more: the care itself is over.
    pub is_over: bool,
}

impl Event for Discharged {
    const KIND: &'static str = "offers.discharged";

    fn subject(&self) -> Uuid {
        self.client.0
    }
}
