//! What a room tells the program about itself.

use axum::Router;

use crate::duty::Duties;
use crate::events::Listener;
use crate::house::House;
use crate::jobs::Job;
use crate::mail;
use crate::web::{self, Routes};

/// A layer around all routes of the house.
pub type Around = fn(Router<House>, &House) -> Router<House>;

/// A room: what it serves, hears and does. `src/house.rs` joins them.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// The crate's name, which is also that of its schema in the database.
    pub name: &'static str,
    /// Its table of routes.
    pub routes: fn() -> Routes,
    /// The events that it takes up.
    pub listens: &'static [Listener],
    /// The jobs that it does.
    pub jobs: &'static [Job],
    /// What its facts ask of the one who looks.
    pub duties: Option<Duties>,
    /// What it puts around all routes of the house: `people` recognizes who acts, `terms` adds what
    /// agreements open. Earlier rooms stand further out.
    pub around: Option<Around>,
}

/// Ground serves its health and the look, and sends letters.
pub const ROOM: Room = Room {
    name: "ground",
    routes: web::own_routes,
    listens: &[],
    jobs: &[mail::SEND],
    duties: None,
    around: None,
};
