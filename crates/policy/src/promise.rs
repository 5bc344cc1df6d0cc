//! What the charter says, to be read: promises with what keeps them, and what each role may do.

use std::fmt;

/// The id of a promise, `OF-25`: what the operator may never do (OF), what is a clinician's alone
/// (CO), what follows from the agreement (AG).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PromiseId(pub(crate) String);

/// The name of a policy: of a promise its id, of a permit its file and what it is about
/// (`billing/service`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyName(pub(crate) String);

macro_rules! reads_as_text {
    ($($name:ident),+) => {$(
        impl $name {
            /// The id as it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

reads_as_text!(PromiseId, PolicyName);

/// One promise, as the page of the charter shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Its id.
    pub id: PromiseId,
    /// The promise in plain words.
    pub sentence: String,
    /// What decides: the text of the policy, or a sentence on what stands in its place.
    pub rule: String,
    /// The law or guidance it comes from.
    pub source: String,
    /// What keeps it.
    pub kept_by: KeptBy,
    /// How many ways to break it, or to be stopped by it wrongly, are tried at each start.
    pub attempts: usize,
}

/// What keeps a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeptBy {
    /// A policy that forbids.
    Policy,
    /// A constraint or a missing right in the database.
    Constraint {
        /// The test that proves it.
        proof: String,
    },
    /// There is no such act, field or query.
    Absence {
        /// The test that proves it.
        proof: String,
    },
}

/// One thing that somebody may do, unless a promise forbids it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// The policy's name.
    pub name: PolicyName,
    /// What they may do, in plain words.
    pub sentence: String,
    /// The text of the policy.
    pub rule: String,
}
