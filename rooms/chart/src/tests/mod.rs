//! The chart, against a real database.

mod diagnosing;
mod locked;
mod scene;
mod secret;
mod windows;
mod writing;
