//! Ground's promises, against a real database.

mod catalog;
mod events;
mod letters;
mod walls;
