//! Who tries what, in words, and what must happen: read from `charter/attempts/`, tried against the
//! charter at each start, and shown beside the promise.

use std::fmt;

use crate::cast::Given;
use crate::decide::{Decision, Why};
use crate::promise::PromiseId;
use crate::reading::Charter;
use crate::thing::Thing;
use crate::vocabulary::Act;
use crate::who::{Practice, Who};

/// One attempt to break a promise, or to do what it must not stand in the way of.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The promise that it is about.
    pub promise: PromiseId,
    /// Who tries what, in plain words.
    pub says: String,
    /// What must happen.
    pub must: Must,
    pub(crate) who: Who,
    pub(crate) act: Act,
    pub(crate) thing: Given,
    pub(crate) others: Vec<Practice>,
}

/// What must happen when it is tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Must {
    /// It is allowed.
    BeAllowed,
    /// It is refused, and this promise is among the reasons.
    BeRefusedBy(PromiseId),
    /// It is refused because nothing allows it, and no promise needs to.
    BeRefused,
}

/// All attempts, tried.
#[derive(Debug)]
pub struct Report<'a> {
    /// In the order of the attempts.
    pub tried: Vec<Tried<'a>>,
}

/// One attempt and what came of it.
#[derive(Debug)]
pub struct Tried<'a> {
    /// What was tried.
    pub attempt: &'a Attempt,
    /// The charter's answer.
    pub decision: Decision,
    /// Whether that is what must happen.
    pub held: bool,
}

impl Charter {
    /// Tries every attempt. A charter whose report does not hold must not serve anybody.
    pub fn try_all(&self) -> Report<'_> {
        Report { tried: self.attempts.iter().map(|attempt| attempt.tried_against(self)).collect() }
    }
}

impl Attempt {
    /// Tries it against `charter`.
    pub(crate) fn tried_against(&self, charter: &Charter) -> Tried<'_> {
        let others: Vec<&dyn Thing> = self.others.iter().map(|it| it as &dyn Thing).collect();
        let decision = charter.decide(&self.who, &self.act, &self.thing, &others);
        let held = self.must.is_met_by(&decision);
        Tried { attempt: self, decision, held }
    }
}

impl Report<'_> {
    /// Whether everything happened that must.
    pub fn holds(&self) -> bool {
        self.broken().next().is_none()
    }

    /// The attempts that went otherwise.
    pub fn broken(&self) -> impl Iterator<Item = &Tried<'_>> {
        self.tried.iter().filter(|tried| !tried.held)
    }
}

/// For the start of the program: `81 ways tried: 44 refused and 37 allowed, each as promised`.
impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tried = self.tried.len();
        let allowed = self.tried.iter().filter(|it| it.decision.is_permit()).count();
        write!(f, "{tried} ways tried: {} refused and {allowed} allowed, ", tried - allowed)?;
        match self.broken().count() {
            0 => write!(f, "each as promised")?,
            broken => write!(f, "{broken} otherwise than promised")?,
        }
        for it in self.broken() {
            write!(
                f,
                "\n{}: {} It must {}.",
                it.attempt.promise, it.attempt.says, it.attempt.must
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for Must {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BeAllowed => f.write_str("be allowed"),
            Self::BeRefusedBy(promise) => write!(f, "be refused by {promise}"),
            Self::BeRefused => f.write_str("be refused"),
        }
    }
}

impl Must {
    /// Whether `decision` is what must happen.
    pub(crate) fn is_met_by(&self, decision: &Decision) -> bool {
        match (self, decision) {
            (Self::BeAllowed, decision) => decision.is_permit(),
            (Self::BeRefusedBy(promise), decision) => decision.is_refused_by(promise),
            (Self::BeRefused, Decision::Refuse(refused)) => refused.why == Why::NoPermit,
            (Self::BeRefused, Decision::Permit { .. }) => false,
        }
    }

    /// What an attempt's `must` means.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        match text.strip_prefix("be refused by ") {
            Some(promise) => Ok(Self::BeRefusedBy(PromiseId(promise.to_owned()))),
            None if text == "be allowed" => Ok(Self::BeAllowed),
            None if text == "be refused" => Ok(Self::BeRefused),
            None => Err(format!("must is {text:?}: be allowed, be refused, be refused by ID")),
        }
    }
}
