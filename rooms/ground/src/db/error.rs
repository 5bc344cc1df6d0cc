//! What may go wrong with the database, in the words that callers decide by.

/// Whatever the database answers.
pub type Result<T> = std::result::Result<T, Error>;

/// What may go wrong. That a row is not there is an `Option`, never an error.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody answers.
    #[error("the database does not answer")]
    Down(#[source] sqlx::Error),
    /// Others were in the way for too long; the same may be tried again.
    #[error("the database is busy")]
    Busy(#[source] sqlx::Error),
    /// A constraint of this name says no.
    #[error("the constraint {0} refuses")]
    Conflict(String),
    /// An update met another number of rows than it must: somebody was faster.
    #[error("expected to change {expected} rows, changed {actual}")]
    Touched {
        /// How many rows the change is about.
        expected: u64,
        /// How many it met.
        actual: u64,
    },
    /// What came back is not what was once written.
    #[error("{table} {id} is broken: {why}")]
    Broken {
        /// The table.
        table: &'static str,
        /// The row.
        id: String,
        /// What does not hold.
        why: String,
    },
    /// A text holds a sign that no keyboard types and the database does not keep, such as NUL.
    #[error("a text cannot be kept")]
    NoText(#[source] sqlx::Error),
    /// Anything else: a mistake of ours.
    #[error("the database refused a statement")]
    Statement(#[source] sqlx::Error),
}

impl Error {
    /// `Ok` if an update touched exactly `expected` rows.
    ///
    /// # Errors
    /// [`Error::Touched`] otherwise.
    pub fn unless_touched(expected: u64, done: &sqlx::postgres::PgQueryResult) -> Result<()> {
        match done.rows_affected() {
            actual if actual == expected => Ok(()),
            actual => Err(Self::Touched { expected, actual }),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let Some(said) = error.as_database_error() else {
            return match error {
                sqlx::Error::PoolTimedOut => Self::Busy(error),
                sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::Protocol(_) => {
                    Self::Down(error)
                }
                error => Self::Statement(error),
            };
        };
        // SQLSTATE classes: 23 integrity; 40001 serialization, 40P01 deadlock, 55P03 lock timeout,
        // 57014 statement timeout; 57P01–57P03 and 08 the server is going or not there; 22021 and
        // 22P05 a sign that is no text.
        let code = said.code().unwrap_or_default().into_owned();
        let constraint = said.constraint().map(str::to_owned);
        match (code.as_str(), constraint) {
            (code, Some(name)) if code.starts_with("23") => Self::Conflict(name),
            ("40001" | "40P01" | "55P03" | "57014", _) => Self::Busy(error),
            ("22021" | "22P05", _) => Self::NoText(error),
            (code, _) if code.starts_with("08") || code.starts_with("57P") => Self::Down(error),
            _ => Self::Statement(error),
        }
    }
}
