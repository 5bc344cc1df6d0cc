//! The desk: a request beside those who could take it, put before one of them, or taken back.

pub(crate) mod queries;
pub(crate) mod routes;
mod telling;
mod views;
