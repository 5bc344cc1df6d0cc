//! What a clinician said about whom they see, and how: the whole of what is looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use jiff::civil::Date;
use licensing::State;

use crate::request::{Level, Mode, Request, Service};
use crate::week::Week;

/// How a clinician rates their own work on a concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rating {
    /// Will not see.
    Never,
    /// Will see.
    WillSee,
    /// Treats.
    Treats,
    /// A specialty.
    Specialty,
}

impl Rating {
    /// Each with its word.
    pub const WORDS: [(&str, Self); 4] = [
        ("specialty", Self::Specialty),
        ("treats", Self::Treats),
        ("will_see", Self::WillSee),
        ("never", Self::Never),
    ];
}

/// How far a clinician's training in a method goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Training {
    /// Draws on it.
    Informed,
    /// Learns it under supervision.
    SupervisedLearning,
    /// Trained.
    Trained,
    /// Certified.
    Certified,
}

impl Training {
    /// Each with its word.
    pub const WORDS: [(&str, Self); 4] = [
        ("certified", Self::Certified),
        ("trained", Self::Trained),
        ("supervised-learning", Self::SupervisedLearning),
        ("informed", Self::Informed),
    ];
}

/// What a pause is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Every request.
    All,
    /// Requests with this payer.
    Payer(String),
    /// Requests about this concern.
    Concern(String),
    /// Requests that ask for this method.
    Modality(String),
    /// People of these ages.
    Age(RangeInclusive<u8>),
    /// Requests for this service.
    Service(Service),
}

impl Scope {
    pub(crate) fn fits(&self, request: &Request) -> bool {
        match self {
            Self::All => true,
            Self::Payer(payer) => request.payer.as_ref() == Some(payer),
            Self::Concern(concern) => request.concerns.contains(concern),
            Self::Modality(modality) => request.modalities.contains(modality),
            Self::Age(ages) => ages.contains(&request.age),
            Self::Service(service) => request.service == *service,
        }
    }
}

/// Intake that is closed for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// For what.
    pub scope: Scope,
    /// The day on which intake is open again; `None` for no end.
    pub until: Option<Date>,
}

impl Pause {
    pub(crate) fn is_in_force(&self, on: Date) -> bool {
        self.until.is_none_or(|until| on < until)
    }
}

/// What a clinician chose to say about themselves; blank is not said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offers {
    /// Their gender.
    pub gender: Option<String>,
    /// Their faith.
    pub faith: Option<String>,
    /// Their way of working.
    pub style: Option<String>,
    /// Whether their care affirms LGBTQ people.
    pub lgbtq: Option<bool>,
    /// Experience they share.
    pub identities: BTreeSet<String>,
    /// What makes their place or their talk accessible.
    pub access: BTreeSet<String>,
}

/// A clinician, as far as a request goes.
#[derive(Debug, Clone)]
pub struct Clinician {
    /// Who.
    pub id: String,
    /// Where they may serve on the likely dates.
    pub serves_states: BTreeSet<State>,
    /// The ages they see, both ends included.
    pub ages: RangeInclusive<u8>,
    /// The services they offer.
    pub services: BTreeSet<Service>,
    /// How they meet people.
    pub modes: BTreeSet<Mode>,
    /// Payers they are in network with.
    pub payers: BTreeSet<String>,
    /// Languages they work in.
    pub languages: BTreeSet<String>,
    /// Concerns, as they rate themselves.
    pub concerns: BTreeMap<String, Rating>,
    /// How soon they can see people.
    pub levels: BTreeSet<Level>,
    /// How many more people they can take; above zero the number means nothing.
    pub capacity: u16,
    /// Where their intake is closed.
    pub paused: Vec<Pause>,
    /// As far away as they see people in the office.
    pub max_km: Option<f64>,
    /// What a visit costs who pays alone; `None` where they take nobody so.
    pub self_pay_cents: Option<u32>,
    /// Methods, with their training in each.
    pub modalities: BTreeMap<String, Training>,
    /// What they say about themselves.
    pub offers: Offers,
    /// When they could see one more person.
    pub availability: Week,
    /// They work in a program under 42 CFR Part 2.
    pub part2: bool,
    /// When they had their last offer; `None` for never.
    pub last_offer: Option<Date>,
}

impl Clinician {
    /// The office is within what both will have: always where neither says how far, never where
    /// one does and the distance is not known.
    pub(crate) fn is_near_enough(&self, request: &Request) -> bool {
        let Some(km_max) = self.km_max(request) else {
            return true;
        };
        request.zip_km.get(&self.id).is_some_and(|km| *km <= km_max)
    }

    /// The smaller of how far the two will have it.
    pub(crate) fn km_max(&self, request: &Request) -> Option<f64> {
        [request.max_km, self.max_km].into_iter().flatten().reduce(f64::min)
    }

    pub(crate) fn can_meet(&self, request: &Request, mode: Mode) -> bool {
        self.modes.contains(&mode) && (mode == Mode::Video || self.is_near_enough(request))
    }
}
