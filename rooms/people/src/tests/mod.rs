//! The promises of who is who, against a real database.

mod browser;
mod client;
mod consent;
mod door;
mod refusals;
mod roster;
mod who;
