//! The private PostgreSQL cluster: started, watched and stopped by the program.
//!
//! It listens on a unix socket in a folder of its own and nowhere else; the operating system says
//! who connects (`peer`), so there is no password. Page checksums are on. PostgreSQL gets the
//! signal to stop when the program dies, and is started again when it alone dies. After a
//! `kill -9` of both, what the dead left behind is cleared before the next start.
//!
//! ```text
//! absent ──make──▶ made ──start──▶ running ──stop or death of the program──▶ made
//!                                     ╰──death of PostgreSQL──▶ started again (5 times a minute)
//! ```

mod binaries;
mod folder;
mod server;

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

pub use binaries::{Binaries, OLDEST_MAJOR};
pub use folder::Folder;
pub use server::Cluster;

/// The superuser of a private cluster: it makes roles and the database, and serves nothing.
pub const SUPERUSER: &str = "trellis_super";
/// The database of the house.
pub const DATABASE: &str = "trellis";
/// How long PostgreSQL may take to be ready: recovery after a crash is included.
const READY_WITHIN: Duration = Duration::from_secs(60);

/// How a cluster treats the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// A commit that was answered survives anything.
    Full,
    /// For tests that may lose all they have.
    None,
}

/// Why there is no cluster.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// PostgreSQL is not on this machine, or too old.
    #[error("{0}")]
    Binaries(String),
    /// Another program serves from this folder.
    #[error(
        "another Trellis is running on {0}; stop it first, or give this one another folder \
         with TRELLIS_DATA"
    )]
    Taken(PathBuf),
    /// Nobody serves from this folder.
    #[error("no Trellis is running on {0}; start one with `trellis serve`")]
    NotRunning(PathBuf),
    /// The data folder cannot be used.
    #[error("{what} {path}")]
    Folder {
        /// What was tried.
        what: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The cluster was made by another version.
    #[error(
        "the database in {path} was made by PostgreSQL {made}, and PostgreSQL {have} is here; \
         install PostgreSQL {made}, or move the data with pg_upgrade"
    )]
    Version {
        /// Where.
        path: PathBuf,
        /// Major version that made it.
        made: String,
        /// Major version of the binaries.
        have: u32,
    },
    /// PostgreSQL ended or was not ready in time.
    #[error("PostgreSQL did not start: {0}")]
    Start(String),
}

impl Error {
    fn folder(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Folder { what, path: path.to_path_buf(), source }
    }
}

/// How to reach a cluster: the folder of its socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Socket(pub PathBuf);

impl Socket {
    /// Options to connect as `role` to `database`.
    pub fn options(&self, role: &str, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.0)
            .username(role)
            .database(database)
            .ssl_mode(PgSslMode::Disable)
    }
}
