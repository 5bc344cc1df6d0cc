//! Everything that is tested from outside: the rules of the house, whole stories, the browser.

#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod browser;
mod house;
mod journey;
