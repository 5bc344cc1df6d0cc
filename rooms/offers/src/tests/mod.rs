//! The room's promises, against a real database.

mod answer;
mod care;
mod desk;
mod out;
mod pages;
mod pause;
mod stage;
