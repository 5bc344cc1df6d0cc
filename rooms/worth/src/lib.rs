//! What an hour was worth to one clinician, and when they worked.
//!
//! 1. That clinician alone sees any of it (CO-17). The paths name no person: there is nothing to
//!    guess.
//! 2. Hours are what was measured, no second twice; a person's own word about a day stands in its
//!    place, and both stay.
//! 3. What is not recorded has no upper end, and the page says *at most*.
//! 4. Money is what statements say and, while a month is open, what it comes to so far.
//! 5. Several months are one fraction, never a mean of ratios.
//!
//! Nothing here is read by fit, offers, prices or pay, and nobody is compared with anybody.

mod falls;
mod model;
mod own_hours;
mod queries;
mod record;
mod routes;
mod views;
mod words;

#[cfg(test)]
mod tests;

use ground::Room;

/// What an hour was worth.
pub const ROOM: Room = Room {
    name: "worth",
    routes: routes::routes,
    listens: &[],
    jobs: &[],
    duties: None,
    around: None,
};
