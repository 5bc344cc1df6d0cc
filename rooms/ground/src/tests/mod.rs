//! Ground's promises, against a real database.

mod catalog;
mod events;
mod gate;
mod letters;
mod walls;
