//! Whether a clinician may serve a client where both are on a day, and when that changes.
//!
//! [`Facts::may_serve`] tries every license of the client's state and every authority for it
//! (compacts, telehealth registrations, temporary practice), and tells the best outcome with its
//! rules. [`Facts::calendar`] tells on which days of a span the answer changes.
//!
//! 1. Everything an answer depends on is in [`Facts`]: who is a member of a compact, and from
//!    when, is a fact that the practice keeps with its source, not a table in this crate.
//! 2. Care takes place where the client is; a license there serves wherever the clinician sits.
//! 3. Nothing is a way around discipline in the client's state.
//! 4. The order of rows changes nothing.
//!
//! The crate knows no hours: where the date differs between the two places, the caller asks for
//! both dates and keeps the worse answer. It does not know who may test: that is a matter of
//! scope, not of place. Sources: PSYPACT (authority to practice interjurisdictional telepsychology,
//! temporary authorization to practice: 30 days in a calendar year and state), the Counseling
//! Compact, the Social Work Licensure Compact.

mod answer;
mod attempt;
mod calendar;
pub mod door;
mod facts;
mod state;

pub use answer::{Answer, Basis, Rule, Verdict};
pub use calendar::{SPAN_DAYS_MAX, Since};
pub use facts::{
    Authority, AuthorityKind, Compact, Facts, Level, License, Membership, Mode, Profession, Status,
    Supervision,
};
pub use state::State;

#[cfg(test)]
mod tests;
