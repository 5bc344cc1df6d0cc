//! The promises of hours, against a real database; and the pure part against the engine.

mod kept;
mod page;
mod wall;
