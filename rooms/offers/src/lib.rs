//! Offers: a request for care is put before one clinician, who says yes or no; and the care that a
//! yes begins.
//!
//! 1. Nobody becomes anybody's client without that clinician's own yes: there is no other way to
//!    an episode than [`accept`], but for [`begin_care`], by which a clinician's yes is carried on.
//! 2. A no costs nothing. Who it was is erased, the holder learns that the request is back and not
//!    why, and nothing but the clinician's own inbox reads how they answered.
//! 3. A request is before one clinician at a time, and becomes one client, however many press.
//! 4. A pause counts from the moment it is written: a trigger looks at it under its lock. What was
//!    put before somebody earlier stays theirs to answer.
//! 5. A clinician alone takes more than they said they take, and alone ends their part in care.
//!
//! It does not know why somebody is discharged, nor anything clinical: the chart does.

mod care;
mod desk;
mod events;
mod offer;
mod words;

pub mod cast;

pub use care::model::{Care, Chart};
pub use care::queries::{care_of, caseload, clinician_of, treating};
pub use care::{begin_care, chart_of, discharge};
pub use events::{Accepted, Discharged};
pub use offer::model::{Acceptance, LASTS, Named, NewOffer, Offer, Places, Snapshot, State, Told};
pub use offer::queries::{find, open_of};
pub use offer::{accept, decline, make, withdraw};

use ground::policy::Practice;
use ground::web::{self, Routes};
use ground::{Acting, Room};
use ids::PracticeId;

#[cfg(test)]
mod tests;

/// Offers, and care.
pub const ROOM: Room = Room {
    name: "offers",
    routes,
    listens: &[],
    jobs: &[offer::LAPSE, offer::TAKEN, offer::CAME_BACK],
    duties: Some(offer::duties),
    around: None,
};

fn routes() -> Routes {
    desk::routes::routes(care::routes::routes(offer::routes::routes(Routes::new())))
}

/// A practice as the one who acts knows it; for a stranger it is not there.
fn known_to(acting: &Acting, practice: PracticeId) -> web::Result<Practice> {
    acting.known(practice).ok_or(web::Error::NotFound)
}
