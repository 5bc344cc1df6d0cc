//! Homes: what needs you now, and what was handled for you. And the frame around every page.
//!
//! 1. A duty is derived from facts by the room whose facts they are; this room merges them and
//!    keeps no list of its own.
//! 2. A duty closes itself when its fact is true. Nobody is ranked or counted by duties.
//! 3. The frame says who looks and where else they can go: one table of places, in `places`.

mod frame;
mod places;
mod queries;
mod routes;
mod views;
mod words;

use ground::db::{self, Tx};
use ground::duty::{Duties, Duty};
use ground::{Acting, Room};
use ids::PracticeId;

#[cfg(test)]
mod tests;

/// The room.
pub const ROOM: Room = Room {
    name: "today",
    routes: routes::routes,
    listens: &[],
    jobs: &[],
    duties: None,
    around: Some(frame::around),
};

/// The rooms whose facts ask something of somebody, in the order of the journey.
const ASKING: &[Room] = &[
    terms::ROOM,
    hours::ROOM,
    leads::ROOM,
    fit::ROOM,
    offers::ROOM,
    intake::ROOM,
    calendar::ROOM,
    session::ROOM,
    chart::ROOM,
    ledger::ROOM,
    billing::ROOM,
    payouts::ROOM,
];

/// What needs the one who looks, most pressing first; of one practice, where one is named.
///
/// # Errors
/// As the database says.
pub async fn needs(tx: &mut Tx, practice: Option<PracticeId>) -> db::Result<Vec<Duty>> {
    let mut all = Vec::new();
    let finders: Vec<Duties> = ASKING.iter().filter_map(|room| room.duties).collect();
    for find in finders {
        all.extend(find(tx).await?);
    }
    all.retain(|duty| practice.is_none_or(|it| it == duty.practice));
    // Stable: within one degree the rooms keep the order of the journey.
    all.sort_by_key(|duty| (duty.presses, duty.due.is_none(), duty.due));
    Ok(all)
}

/// Whether somebody works here at all.
fn works(acting: &Acting) -> bool {
    matches!(acting, Acting::Workforce(_))
}
