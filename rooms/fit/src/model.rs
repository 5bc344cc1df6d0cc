//! What a clinician says about whom they see, what a person wants, and what comes of both.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use ids::{ClinicianId, PersonId, PracticeId};
use licensing::State;
use matching::{Level, Modes, Rating, Training, Week};

/// What a clinician says about whom they see and how. What is left blank is not said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Concerns, as they rate their own work on them.
    pub concerns: BTreeMap<String, Rating>,
    /// Methods, with their training in each.
    pub modalities: BTreeMap<String, Training>,
    /// Languages they work in, by tag: `en`, `es`.
    pub languages: BTreeSet<String>,
    /// Codes of payers with whom they are in network here.
    pub payers: BTreeSet<String>,
    /// By video, in the office, or both.
    pub meets: BTreeSet<matching::Mode>,
    /// The youngest whom they see.
    pub age_min: u8,
    /// The oldest whom they see.
    pub age_max: u8,
    /// What a visit costs who pays alone; nothing where they take nobody so.
    pub self_pay_cents: Option<u32>,
    /// Their way of working.
    pub style: Option<String>,
}

impl Default for Profile {
    /// Adults, in English, by video: where the form begins before anything was said.
    fn default() -> Self {
        Self {
            concerns: BTreeMap::new(),
            modalities: BTreeMap::new(),
            languages: ["en".into()].into(),
            payers: BTreeSet::new(),
            meets: [matching::Mode::Video].into(),
            age_min: 18,
            age_max: 120,
            self_pay_cents: None,
            style: None,
        }
    }
}

/// What a person wants: all that a request is matched by.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Where they are.
    pub state: State,
    /// How old, in whole years: from the youngest to the oldest that they may be.
    pub ages: RangeInclusive<u8>,
    /// How they would meet.
    pub modes: Modes,
    /// The payer's code; nothing where they pay themselves.
    pub payer: Option<String>,
    /// How soon.
    pub level: Level,
    /// As much as they can pay for a visit.
    pub budget_cents: Option<u32>,
    /// Languages of which one would do, by tag.
    pub languages: BTreeSet<String>,
    /// One of them is needed, not wished.
    pub language_must: bool,
    /// What it is about.
    pub concerns: BTreeSet<String>,
    /// Methods of which one would do.
    pub modalities: BTreeSet<String>,
    /// A way of working.
    pub style: Option<String>,
    /// When they could come, by wall clock; empty for any time.
    pub times: Week,
    /// Decides turns among equals: the same request gives the same answer.
    pub seed: u64,
}

/// How many clients each clinician has today: the one thing about their caseload that is looked
/// at, and only to see whether a place is free.
pub type Caseloads = BTreeMap<(PracticeId, ClinicianId), usize>;

/// How a clinician stands to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// They could take it.
    Fits {
        /// What speaks for them, at most three sentences.
        reasons_for: Vec<String>,
        /// What speaks against, at most two.
        reasons_against: Vec<String>,
        /// On what their right to see the person rests.
        license: String,
    },
    /// They could not: all that would have to change.
    Misses(Vec<String>),
}

/// A clinician to whom a request could go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Where.
    pub practice: PracticeId,
    /// The practice's name.
    pub practice_name: String,
    /// As listed.
    pub clinician: ClinicianId,
    /// As a person.
    pub person: PersonId,
    /// The name that clients read.
    pub name: String,
    /// The letters behind it.
    pub credential: String,
    /// How they stand.
    pub stands: Stands,
}

impl Candidate {
    /// Whether the request can be put before them.
    pub fn fits(&self) -> bool {
        matches!(self.stands, Stands::Fits { .. })
    }
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidates {
    /// Who fits, in order; then who misses, by name.
    pub list: Vec<Candidate>,
    /// Help comes first: no clinician of a search is the answer.
    pub crisis_help_first: bool,
}
