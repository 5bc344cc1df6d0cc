//! Fit: profiles and candidates, against a real database.

mod candidates;
mod profile;
