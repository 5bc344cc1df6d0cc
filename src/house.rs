//! Joins the rooms: all that the program serves, hears and does comes from this table.

use axum::Router;
use ground::mail;
use ground::work::Wiring;
use ground::{House, Room};

/// The rooms, in the order in which one may call another.
pub const ROOMS: &[Room] = &[
    ground::ROOM,
    people::ROOM,
    terms::ROOM,
    charter::ROOM,
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
    worth::ROOM,
    today::ROOM,
    site::ROOM,
];

/// All routes of all rooms, inside what the rooms put around them: the first room's is outermost.
pub fn routes(house: &House) -> Router<House> {
    let all =
        ROOMS.iter().fold(Router::new(), |all, room| all.merge((room.routes)().into_router()));
    let around = ROOMS.iter().rev().filter_map(|room| room.around);
    around.fold(all, |inner, put| put(inner, house))
}

/// What this process takes up: without a mail server, letters are left waiting rather than tried in
/// vain.
pub fn work(house: &House) -> Wiring {
    let mut wiring = wiring();
    if !house.sends_mail() {
        wiring.jobs.retain(|job| job.kind != mail::SEND.kind);
    }
    wiring
}

/// All that is heard and done in the background.
pub fn wiring() -> Wiring {
    Wiring {
        listeners: ROOMS.iter().flat_map(|room| room.listens).copied().collect(),
        jobs: ROOMS.iter().flat_map(|room| room.jobs).copied().collect(),
    }
}
