//! The public home: what this is for a clinician, what it costs, and what does not work yet. And
//! the pages of a demo.
//!
//! Prices here are the ones that an agreement is proposed with: the same values, the same words.

mod compare;
mod demo;
mod queries;
mod routes;
mod views;
mod words;

use ground::Room;

#[doc(hidden)]
pub use compare::work_out_the_usual;

#[cfg(test)]
mod tests;

/// The room.
pub const ROOM: Room = Room {
    name: "site",
    routes: routes::routes,
    listens: &[],
    jobs: &[],
    duties: None,
    around: None,
};
