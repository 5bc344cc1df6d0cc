//! A browser for stories: people with screens and keyboards, and the judges of what they see.
//!
//! A test reads like what somebody did:
//!
//! ```ignore
//! let browser = Browser::start().at(&house.address);
//! let sam = browser.tab(PHONE).await;
//!
//! sam.visit("/care").await;
//! sam.fill("First name", "Sam").await;
//! sam.press("Continue").await;
//!
//! sam.sees("What brings you here?").await;
//! assert_accessible(&sam).await;
//! ```
//!
//! Every step waits until it can be done and until what it set off has settled, up to a deadline;
//! nothing waits for time to pass. A step that cannot be done panics with the story so far, the
//! page as a screen reader has it, and the path of a picture.
//!
//! The harness knows nothing of the product: things are found by the names that people hear.

mod axe;
mod chromium;
mod console;
mod keyboard;
mod network;
mod overflow;
mod person;
pub mod picture;
#[cfg(test)]
mod proof;
mod screen;
mod tab;
mod tree;
mod wire;

pub use axe::{assert_accessible, axe};
pub use chromium::Browser;
pub use console::{assert_quiet, console};
pub use keyboard::{assert_walkable, keyboard_walk};
pub use network::{assert_no_foreign_origin, network};
pub use overflow::{assert_no_overflow, overflow};
pub use picture::screenshot;
pub use screen::{DESK, NARROW, PHONE, Screen};
pub use tab::Tab;
pub use tree::outline;
