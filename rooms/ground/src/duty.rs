//! Duties: what needs somebody, derived from facts. A duty closes itself when its fact is true.
//!
//! Each room says what its own facts ask of the one who looks; room `today` merges them. No room
//! keeps a list of things to do, and nobody is ranked by one.

use std::future::Future;
use std::pin::Pin;

use ids::PracticeId;
use jiff::Timestamp;

use crate::db::{self, Tx};

/// How much it presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presses {
    /// A person waits, or a deadline is near.
    Now,
    /// It is due in the days that follow.
    Soon,
    /// It can wait.
    Later,
}

/// One thing that needs the one who looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Where it belongs.
    pub practice: PracticeId,
    /// How much it presses.
    pub presses: Presses,
    /// What, in a few words; names of clients only where the one who looks may read them.
    pub what: String,
    /// Why it is there: the fact that closes it.
    pub why: String,
    /// Until when, in business time.
    pub due: Option<Timestamp>,
    /// The one action, as its button says it.
    pub action: String,
    /// Where the action is.
    pub href: String,
}

/// Finds the duties of the one who acts in this transaction.
pub type Duties = for<'t> fn(&'t mut Tx) -> Finding<'t>;

/// What finding yields.
pub type Finding<'t> = Pin<Box<dyn Future<Output = db::Result<Vec<Duty>>> + Send + 't>>;
