//! Everything that is tested from outside: the rules of the house, whole stories, the browser.

mod browser;
mod house;
mod journey;
