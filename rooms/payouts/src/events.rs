//! What payouts tell: that a month is closed.

use ground::events::Event;
use ids::{StatementId, Uuid};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A month was closed, and its statements stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthClosed {
    /// Its first day.
    pub month: Date,
    /// The practice's own statement.
    pub statement: StatementId,
    /// How many statements there are.
    pub statements: usize,
}

impl Event for MonthClosed {
    const KIND: &'static str = "payouts.month_closed";

    fn subject(&self) -> Uuid {
        self.statement.0
    }
}
