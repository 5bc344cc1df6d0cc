//! The promises of who is who, against a real database.

mod browser;
mod door;
mod roster;
mod who;
