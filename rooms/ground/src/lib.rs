//! What every room stands on: database, clock, gate, pages, mail, jobs and events.
//!
//! Ground is no room of the journey and knows none. It opens transactions that say who acts
//! ([`House::begin`]), keeps the private cluster, seals what is sealed, tells events and runs jobs.
//!
//! 1. A transaction is opened only by [`House::begin`]; row security sees what it set.
//! 2. Time, chance, settings and processes are touched here and nowhere else.
//! 3. The charter is asked by [`gate`], which keeps the audit; a refusal is written before it is
//!    answered.
//! 4. An event is written in the transaction of its change, and each listener takes it up once.

pub mod acting;
pub mod clock;
pub mod cluster;
pub mod config;
pub mod db;
mod dead;
pub mod demo;
pub mod duty;
pub mod events;
pub mod frame;
pub mod gate;
mod house;
pub mod html;
pub mod invariants;
pub mod jobs;
pub mod keys;
pub mod mail;
mod room;
pub mod spans;
pub mod testing;
pub mod web;
pub mod work;

pub use acting::Acting;
pub use duty::Duty;
pub use gate::Permit;
pub use house::{House, Parts};
pub use policy;
pub use room::{ROOM, Room};

#[cfg(test)]
mod tests;
