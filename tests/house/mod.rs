//! The rules of the house, as tests whose messages say what to do instead.

mod absence;
mod documents;
mod order;
mod rooms;
mod sql;
mod tidy;
mod tree;
