//! The promises of billing, against a real database.

mod charges;
mod claims;
mod pages;
mod remittances;
mod samples;
mod stage;
