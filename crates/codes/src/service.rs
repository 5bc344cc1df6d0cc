//! From measured minutes and the kind of service to a suggested code with its units.
//!
//! Source: the time rules of CPT's psychotherapy guidelines, as CMS restates them in its local
//! coverage articles on psychiatry (code set of 2026). A code's time is over when its midpoint is
//! passed: 16, 38 and 53 minutes; 26 for family; 30 for a crisis.

use std::fmt;
use std::str::FromStr;

use crate::cpt::Cpt;

/// What a session was, in the clinician's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// The client, alone or for the most part.
    Individual,
    /// The first look: history, mental state, diagnosis, plan.
    Evaluation,
    /// Urgent, and about life or high distress.
    Crisis,
    /// Family or couple, with the client there.
    FamilyWith,
    /// Family, about the client who is not there.
    FamilyWithout,
    /// A group; each member has their own session and note.
    Group,
}

impl Service {
    /// All, most frequent first.
    pub const ALL: &[Self] = &[
        Self::Individual,
        Self::Evaluation,
        Self::FamilyWith,
        Self::FamilyWithout,
        Self::Group,
        Self::Crisis,
    ];

    /// The word in databases and forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Individual => "individual",
            Self::Evaluation => "evaluation",
            Self::Crisis => "crisis",
            Self::FamilyWith => "family_with",
            Self::FamilyWithout => "family_without",
            Self::Group => "group",
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Service {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|service| service.word() == word);
        found.copied().ok_or_else(|| format!("{word:?} is no kind of service"))
    }
}

/// A code and how often it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coded {
    /// The code.
    pub cpt: Cpt,
    /// One or more.
    pub units: u32,
}

impl Coded {
    /// The code, once.
    pub fn once(cpt: Cpt) -> Self {
        Self { cpt, units: 1 }
    }
}

/// No code of this service fits so few minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooShort {
    /// The fewest minutes that fit one.
    pub needs_min: u32,
}

impl fmt::Display for TooShort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no code fits fewer than {} minutes", self.needs_min)
    }
}

impl std::error::Error for TooShort {}

const SHORT_MIN: u32 = 16;
const MIDDLE_MIN: u32 = 38;
const LONG_MIN: u32 = 53;
const FAMILY_MIN: u32 = 26;
const CRISIS_MIN: u32 = 30;
const CRISIS_MORE_MIN: u32 = 75;
/// Payers look for as much before they pay an untimed code; a table of payers may ask for more.
const UNTIMED_MIN: u32 = 16;

/// The code or codes that so many measured minutes of a service suggest; the first is the base,
/// what follows stands beside it.
///
/// # Errors
/// [`TooShort`] where no code fits: the session happened, and is not billed by time.
pub fn cpt_for(minutes: u32, service: Service) -> Result<Vec<Coded>, TooShort> {
    let at_least = |needs_min: u32, cpt: Cpt| {
        if minutes < needs_min { Err(TooShort { needs_min }) } else { Ok(vec![Coded::once(cpt)]) }
    };
    match service {
        Service::Individual if minutes < MIDDLE_MIN => at_least(SHORT_MIN, Cpt::INDIVIDUAL_SHORT),
        Service::Individual if minutes < LONG_MIN => at_least(MIDDLE_MIN, Cpt::INDIVIDUAL_MIDDLE),
        Service::Individual => at_least(LONG_MIN, Cpt::INDIVIDUAL_LONG),
        Service::Evaluation => at_least(UNTIMED_MIN, Cpt::EVALUATION),
        Service::FamilyWith => at_least(FAMILY_MIN, Cpt::FAMILY_WITH),
        Service::FamilyWithout => at_least(FAMILY_MIN, Cpt::FAMILY_WITHOUT),
        Service::Group => at_least(UNTIMED_MIN, Cpt::GROUP),
        // A crisis that was over sooner is an individual session, if it is long enough for one.
        Service::Crisis if minutes < CRISIS_MIN => cpt_for(minutes, Service::Individual),
        Service::Crisis => Ok(crisis(minutes)),
    }
}

fn crisis(minutes: u32) -> Vec<Coded> {
    let mut coded = vec![Coded::once(Cpt::CRISIS)];
    if CRISIS_MORE_MIN <= minutes {
        let units = (minutes - CRISIS_MORE_MIN) / 30 + 1;
        coded.push(Coded { cpt: Cpt::CRISIS_MORE, units });
    }
    coded
}

/// The codes beside which interactive complexity stands: never beside crisis or family.
pub(crate) const INTERACTIVE_WITH: &[Cpt] = &[
    Cpt::EVALUATION,
    Cpt::EVALUATION_MEDICAL,
    Cpt::INDIVIDUAL_SHORT,
    Cpt::INDIVIDUAL_MIDDLE,
    Cpt::INDIVIDUAL_LONG,
    Cpt::GROUP,
];

/// Whether interactive complexity may stand beside this code.
pub fn may_add_interactive(base: Cpt) -> bool {
    INTERACTIVE_WITH.contains(&base)
}
