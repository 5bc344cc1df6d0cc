//! When somebody can be booked: availability, protected time and calendars as instants.
//!
//! [`Question`] holds all that decides, and nothing else is looked at: no clock, no chance, no
//! database. It answers which starts are open ([`Question::openings`]) and why another is not
//! ([`Question::why_not`]). [`Series`] expands what comes round (RFC 5545 §3.3.10).
//!
//! 1. A window is wall clock on one local date; what a clock skips moves on, what it shows twice
//!    means the first ([`Zone`]). It never means an offset that was typed in another season.
//! 2. Stretches are half-open: what ends at ten does not meet what starts at ten.
//! 3. Candidate starts count from the joined windows of one date, in elapsed time; a visit may
//!    run on where the next date's windows go on.
//! 4. Two buffers may share the same minutes: the longer one counts.
//!
//! The crate knows no client, no room and no payer, and books nothing: two who ask at once are
//! told apart by the database.

mod civil;
pub mod door;
mod hours;
mod openings;
mod pattern;
mod question;
mod recurrence;
mod rule;
mod stretch;
mod zone;

pub use civil::{Day, Local};
pub use question::{
    Appointment, Asker, Exception, Hours, Kind, Leave, Place, Protected, Question, Reason,
    VisitType, Weekdays, Weekly, Window,
};
pub use recurrence::Series;
pub use rule::{NotARule, Rule};
pub use stretch::Stretch;
pub use zone::{Instant, Zone};

#[cfg(test)]
mod tests;
