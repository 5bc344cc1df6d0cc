//! Fit: whom a clinician sees, in their own word, and which clinicians could take a request, with
//! reasons for and against in sentences.
//!
//! 1. Hard rules alone decide who fits: licensed where the person is, age, payer or price, a free
//!    place, no pause. Wishes only order.
//! 2. A miss says everything that would have to change.
//! 3. Declines, the number of clients and money are no inputs. Of a caseload it is only asked
//!    whether a place is free, and the caller brings the count: this room comes before the one
//!    that keeps it, and cannot look.
//! 4. What a clinician has not said is not made up: without a profile nothing is put before them.
//!
//! It does not know who asks, what became of a request, or what anybody is paid.

mod assess;
mod form;
mod license;
mod model;
mod queries;
mod routes;
mod views;
mod words;

pub mod cast;

pub use assess::candidates;
pub use licensing::State;
pub use matching::{Level, Mode, Modes, Rating, Training, Week, Window};
pub use model::{Candidate, Candidates, Caseloads, Profile, Stands, Wanted};
pub use words::{
    CONCERN_LIST, LANGUAGE_LIST, MODALITY_LIST, STYLE_LIST, concern, language, modality,
};

use ground::Room;
use ground::db::{self, Tx};
use ids::{ClinicianId, PracticeId};

#[cfg(test)]
mod tests;

/// Whom clinicians see.
pub const ROOM: Room = Room {
    name: "fit",
    routes: routes::routes,
    listens: &[],
    jobs: &[],
    duties: None,
    around: None,
};

/// Writes down what a clinician says about whom they see; the latest word counts.
///
/// # Errors
/// As the database says; a check of `fit.profile` where it contradicts itself.
pub async fn say(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    profile: &Profile,
) -> db::Result<()> {
    let now = tx.house().now();
    queries::say(tx, practice, clinician, profile, now).await
}

/// What a clinician has said, if anything.
///
/// # Errors
/// As the database says.
pub async fn profile_of(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<Option<Profile>> {
    Ok(queries::profiles(tx, practice).await?.remove(&clinician))
}
