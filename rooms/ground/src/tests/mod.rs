//! Ground's promises, against a real database.

mod catalog;
mod dead;
mod demo;
mod events;
mod gate;
mod letters;
mod spans;
mod walls;
