//! The database: its roles, its errors, and the transaction that every room works in.

mod begin;
pub mod columns;
mod connect;
mod error;
mod migrate;

pub use begin::Tx;
pub use columns::{Day, Instant, WallTime};
pub use connect::{Role, Stores};
pub use error::{Error, Result};
pub use migrate::{MIGRATIONS, REPLACEABLE, ROLES, bootstrap, is_current, migrate};
pub(crate) use migrate::{connect, create_database};
