//! Which role connects how.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgConnection};

use super::{Error, Result};
use crate::cluster::{DATABASE, SUPERUSER, Socket};
use crate::config::Database;

/// Connections of one serving process; a managed PostgreSQL has few to give.
const SERVING_MAX: u32 = 20;
/// A request that gets no connection within this is answered 503.
const WAIT_MAX: Duration = Duration::from_secs(2);

/// The roles of the database (`trellis_door` owns functions and never connects).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Serves; owns nothing, inherits nothing.
    App,
    /// Migrates; never serves.
    Owner,
    /// Numbers audit rows.
    Sequencer,
    /// Reads all, for the invariants; changes nothing.
    Check,
}

impl Role {
    /// Its name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::App => "trellis_app",
            Self::Owner => "trellis_owner",
            Self::Sequencer => "trellis_sequencer",
            Self::Check => "trellis_check",
        }
    }
}

/// How each role reaches the database.
#[derive(Debug, Clone)]
pub struct Stores {
    app: PgConnectOptions,
    owner: PgConnectOptions,
    sequencer: PgConnectOptions,
    check: PgConnectOptions,
    /// Where the cluster is our own: its superuser, who makes roles and the database.
    superuser: Option<PgConnectOptions>,
}

impl Stores {
    /// The stores of a private cluster.
    pub fn private(socket: &Socket) -> Self {
        Self::in_database(socket, DATABASE)
    }

    /// The stores of one database of a private cluster: each test has its own.
    pub fn in_database(socket: &Socket, database: &str) -> Self {
        let of = |role: Role| socket.options(role.name(), database);
        Self {
            app: of(Role::App),
            owner: of(Role::Owner),
            sequencer: of(Role::Sequencer),
            check: of(Role::Check),
            superuser: Some(socket.options(SUPERUSER, "postgres")),
        }
    }

    /// The stores of a PostgreSQL that somebody else runs.
    ///
    /// # Errors
    /// [`Error::Statement`] where a connection string cannot be read.
    pub fn given(database: &Database) -> Result<Option<Self>> {
        let Database::Given { app, owner, sequencer, check } = database else {
            return Ok(None);
        };
        let read = |url: &String| PgConnectOptions::from_str(url).map_err(Error::from);
        Ok(Some(Self {
            app: read(app)?,
            owner: read(owner)?,
            sequencer: read(sequencer)?,
            check: read(check)?,
            superuser: None,
        }))
    }

    /// The superuser's way in, where the cluster is our own.
    pub fn superuser(&self) -> Option<&PgConnectOptions> {
        self.superuser.as_ref()
    }

    /// The name of the database.
    pub fn database(&self) -> &str {
        self.app.get_database().unwrap_or(DATABASE)
    }

    /// A pool for one role.
    ///
    /// # Errors
    /// [`Error::Down`] where nobody answers.
    pub async fn pool(&self, role: Role, connections_max: u32) -> Result<PgPool> {
        let options = self.options(role);
        let pool = PgPoolOptions::new()
            .max_connections(connections_max)
            .acquire_timeout(WAIT_MAX)
            .test_before_acquire(false)
            .connect_lazy_with(options);
        // One connection now, so that a wrong setting is said at the start.
        drop(pool.acquire().await?);
        Ok(pool)
    }

    /// The pool of a process that serves.
    ///
    /// # Errors
    /// [`Error::Down`] where nobody answers.
    pub async fn serving(&self) -> Result<PgPool> {
        self.pool(Role::App, SERVING_MAX).await
    }

    /// One connection for one role, outside any pool.
    ///
    /// # Errors
    /// [`Error::Down`] where nobody answers.
    pub async fn connection(&self, role: Role) -> Result<PgConnection> {
        Ok(PgConnection::connect_with(&self.options(role)).await?)
    }

    fn options(&self, role: Role) -> PgConnectOptions {
        let options = match role {
            Role::App => &self.app,
            Role::Owner => &self.owner,
            Role::Sequencer => &self.sequencer,
            Role::Check => &self.check,
        };
        let statement_timeout = match role {
            Role::App => "10s",
            _ => "5min",
        };
        options
            .clone()
            .application_name("trellis")
            .options([
                ("statement_timeout", statement_timeout),
                ("lock_timeout", "2s"),
                ("idle_in_transaction_session_timeout", "30s"),
            ])
            // Statements may carry values of people: they are never logged.
            .disable_statement_logging()
    }
}
