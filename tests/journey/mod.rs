//! Whole stories, with the real program as a process.

mod killed;
mod program;
mod smtp;
