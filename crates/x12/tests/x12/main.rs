//! What the crate promises, seen from outside: samples, cut files, hostile bytes, round trips.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod acknowledgments;
mod cast;
mod claims;
mod hostile;
mod remittances;
mod samples;
