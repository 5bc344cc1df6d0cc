//! Whole stories, with the real program as a process.

mod engines;
mod founded;
mod killed;
mod look;
mod program;
mod smtp;
