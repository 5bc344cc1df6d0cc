//! The promises of what was agreed, against a real database.

mod form;
mod pages;
mod versions;
