//! Sessions, against a real database.

mod scene;
mod timing;
mod walls;
