//! The promises of who is who, against a real database.

mod door;
mod who;
