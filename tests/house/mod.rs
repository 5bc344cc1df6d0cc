//! The rules of the house, as tests whose messages say what to do instead.

mod absence;
mod documents;
mod order;
pub(crate) mod rooms;
mod sql;
mod strangers;
mod tidy;
mod tree;
