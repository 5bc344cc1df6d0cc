//! Invariants: what must hold of the whole house, as queries that must return no row.
//!
//! One file each in `invariants/`, named `I07_what_holds.sql`. They run as the role
//! `trellis_check`, which reads all and changes nothing: after each test against a database, by
//! `trellis doctor`, and hourly where Trellis serves. Each has a planted fault that it must find.

use std::fmt;

use sqlx::{PgConnection, Row};

use crate::db;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/invariants.rs"));
}

/// Every invariant: its name and its query.
pub const ALL: &[(&str, &str)] = embedded::INVARIANTS;
/// Rows of one invariant that are told; more of the same help nobody.
const TOLD_MAX: usize = 5;

/// An invariant that does not hold, with a few of the rows that break it.
#[derive(Debug)]
pub struct Fault {
    /// The invariant's name.
    pub invariant: &'static str,
    /// How many rows break it.
    pub count: usize,
    /// The first column of a few of them: ids, never values of people.
    pub rows: Vec<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} rows, among them {}", self.invariant, self.count, self.rows.join(", "))
    }
}

/// Runs every invariant and tells which do not hold.
///
/// # Errors
/// As the database says.
pub async fn run(check: &mut PgConnection) -> db::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for (name, query) in ALL {
        let rows = sqlx::query(*query).fetch_all(&mut *check).await?;
        if rows.is_empty() {
            continue;
        }
        let told = rows.iter().take(TOLD_MAX).map(|row| row.try_get::<String, _>(0));
        let told: Result<Vec<String>, _> = told.collect();
        faults.push(Fault { invariant: name, count: rows.len(), rows: told? });
    }
    Ok(faults)
}
