//! What calendar promises, against a real database.

mod booking;
mod letters;
mod pages;
mod rush;
mod scene;
mod walls;
mod week;
