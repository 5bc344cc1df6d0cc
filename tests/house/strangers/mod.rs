//! Every route of every room, asked by everybody whom it is not for: nothing breaks, nothing is
//! told, nothing changes, and each refusal is written down.
//!
//! The routes come from the rooms' own tables, the ids from the database, so that a new page is
//! asked from the day on which it is there. Rules are judged in `judge`; each finds a fault that is
//! planted for it in `planted`.

mod ask;
mod forged;
mod home;
mod judge;
mod kept;
mod odd;
mod pages;
mod places;
mod planted;
mod requests;
mod scene;
mod sweep;
