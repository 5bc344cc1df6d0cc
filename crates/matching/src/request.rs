//! A person's request for care: what they need, and what they wish.

use std::collections::{BTreeMap, BTreeSet};

use licensing::State;

use crate::week::Week;

/// What care is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Service {
    /// For one person.
    Individual,
    /// For a couple.
    Couple,
    /// For a family.
    Family,
    /// In a group.
    Group,
    /// Psychological testing.
    Testing,
    /// Of another clinician's work.
    Supervision,
}

impl Service {
    /// Each with its word.
    pub const WORDS: [(&str, Self); 6] = [
        ("individual", Self::Individual),
        ("couple", Self::Couple),
        ("family", Self::Family),
        ("group", Self::Group),
        ("testing", Self::Testing),
        ("supervision", Self::Supervision),
    ];
}

/// How the two would meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// By video.
    Video,
    /// In the clinician's office.
    Office,
}

impl Mode {
    /// Each with its word.
    pub const WORDS: [(&str, Self); 2] = [("video", Self::Video), ("office", Self::Office)];
}

/// The ways to meet that suit a person, the preferred one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Modes {
    /// The preferred way.
    pub first: Mode,
    /// The other way suits too.
    pub both: bool,
}

impl Modes {
    pub(crate) fn suit(self, mode: Mode) -> bool {
        self.both || self.first == mode
    }
}

/// How soon care is needed, or how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It can wait some weeks.
    Routine,
    /// It should not.
    Soon,
    /// Help is needed now: no search is the answer.
    Crisis,
    /// More than outpatient care is needed.
    HigherLevel,
}

/// What a person hopes for in a clinician. Wishes order; they decide nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// The clinician's gender.
    pub gender: Option<String>,
    /// The clinician's faith.
    pub faith: Option<String>,
    /// A way of working.
    pub style: Option<String>,
    /// Care that affirms LGBTQ people; false is no wish.
    pub lgbtq: bool,
    /// Experience that the clinician shares.
    pub identities: BTreeSet<String>,
    /// What makes the place or the talk accessible.
    pub access: BTreeSet<String>,
}

/// A request for care.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where the person is.
    pub state: State,
    /// In whole years.
    pub age: u8,
    /// What care.
    pub service: Service,
    /// How to meet.
    pub modes: Modes,
    /// Who pays; `None` for the person.
    pub payer: Option<String>,
    /// How soon, how much.
    pub level: Level,
    /// A program under 42 CFR Part 2 is needed.
    pub part2: bool,
    /// Clinicians whom the person knows.
    pub knows: BTreeSet<String>,
    /// As far as the person will travel.
    pub max_km: Option<f64>,
    /// How far the office of a clinician is, where that is known.
    pub zip_km: BTreeMap<String, f64>,
    /// As much as the person can pay for a visit.
    pub budget_cents: Option<u32>,
    /// Languages of which one would do.
    pub languages: BTreeSet<String>,
    /// One of them is needed, not wished.
    pub language_must: bool,
    /// What it is about.
    pub concerns: BTreeSet<String>,
    /// Methods of which one would do.
    pub modalities: BTreeSet<String>,
    /// What the person hopes for.
    pub wishes: Wishes,
    /// When the person could come; empty for any time.
    pub times: Week,
}

impl Request {
    /// The budget of a person who pays alone.
    pub(crate) fn own_budget_cents(&self) -> Option<u32> {
        self.budget_cents.filter(|_| self.payer.is_none())
    }
}
