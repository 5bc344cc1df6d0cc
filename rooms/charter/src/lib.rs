//! The charter to read: each promise with what keeps it and how it was tried, and what the
//! operator's people can see and do in a practice today.
//!
//! 1. No sentence about a right is written here: promises and permits come from the charter's own
//!    files, and whether one holds today is the charter's decision.
//! 2. Every attempt is tried once, when the program starts; what came of it is what the page says.
//! 3. What is shown of the operator follows from the agreement in force at this request.
//!
//! It does not decide anything: `ground::gate` asks the charter, and `policy` answers.

mod model;
mod queries;
mod routes;
mod views;
mod words;

#[cfg(test)]
mod tests;

use ground::Room;

/// The charter, to be read.
pub const ROOM: Room = Room {
    name: "charter",
    routes: routes::routes,
    listens: &[],
    jobs: &[],
    duties: None,
    around: Some(routes::around),
};
