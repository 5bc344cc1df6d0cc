//! Whole stories, with the real program as a process.

mod booking;
mod books;
mod client;
mod demo;
mod engines;
mod founded;
mod killed;
mod look;
mod pages;
mod program;
mod smtp;
mod terms;
mod whole;
mod worked_month;
