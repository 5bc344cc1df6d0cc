//! Which clinicians fit a request for care, in what order, with reasons for and against.
//!
//! [`Search::assess`] divides clinicians into those who fit and those who miss. Hard rules decide
//! that alone; soft rules only order who fits, by weights that the practice sets and everybody
//! can read.
//!
//! 1. No wish and no weight ever brings back who is missed by a hard rule.
//! 2. A clinician is judged alone: adding or removing another changes no score and no reason.
//! 3. Declines, caseload, revenue, conversion and ratings are no inputs: the types have no place
//!    for them, and neither capacity above zero, nor payer, nor price below half the budget, nor
//!    hours beyond three visits bring anything more.
//! 4. What a clinician left blank is not said: no points, no reason, nothing assumed.
//! 5. Equals come in the order of their last offer, then by a turn that the request's seed
//!    decides: the same request gives the same answer, and over requests each comes first as
//!    often.
//!
//! The crate knows no synonyms and no diagnosis: slugs are opaque and matched exactly.

mod clinician;
pub mod door;
mod hard;
mod outcome;
mod request;
mod soft;
mod turn;
mod week;
mod weights;
mod words;

pub use clinician::{Clinician, Offers, Pause, Rating, Scope, Training};
pub use hard::Hard;
pub use outcome::{Fit, Miss, Outcome, Reason, Search};
pub use request::{Level, Mode, Modes, Request, Service, Wishes};
pub use soft::Soft;
pub use week::{RUN_MIN, Week, Window};
pub use weights::{ConcernWeights, ModalityWeights, Weights};

#[cfg(test)]
mod tests;
