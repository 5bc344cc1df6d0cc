//! The rules of the house, as tests whose messages say what to do instead.

mod documents;
mod order;
mod rooms;
mod tidy;
mod tree;
