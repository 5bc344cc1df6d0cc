//! Soft rules: they order who fits, and give the reasons.

use std::collections::BTreeSet;

use crate::clinician::Clinician;
use crate::request::{Mode, Request};
use crate::weights::Weights;

/// What orders. Declared in the order of their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Soft {
    /// Accessibility that was wished.
    Access,
    /// Concerns that were named.
    Concern,
    /// A wished faith.
    Faith,
    /// A wished gender.
    Gender,
    /// Shared experience that was wished.
    Identity,
    /// A language that was asked for.
    Language,
    /// Affirming care that was wished.
    Lgbtq,
    /// A method that was asked for.
    Modality,
    /// The way to the office.
    Near,
    /// The preferred way to meet.
    Place,
    /// The price for who pays alone.
    Price,
    /// A wished way of working.
    Style,
    /// Shared hours.
    Time,
}

/// Hours beyond three visits bring nothing more: the order is no pressure to open more.
const ENOUGH_MIN: u32 = 150;
/// An office this far away, or further, brings nothing for being near.
const NEAR_KM: f64 = 40.0;

/// What a soft rule that was asked about comes to for one clinician.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub rule: Soft,
    /// The points, before the cut, are `numerator / denominator`.
    numerator: u64,
    denominator: u64,
    /// The most that the rule can bring.
    best: u32,
    speaks_against: bool,
}

impl Mark {
    /// Whole points, each rule cut for itself.
    pub fn points(&self) -> u32 {
        u32::try_from(self.numerator / self.denominator).unwrap_or(u32::MAX)
    }

    /// Points that were there to be had and are not.
    pub fn lost(&self) -> u32 {
        self.best.saturating_sub(self.points())
    }

    pub fn speaks_for(&self) -> bool {
        0 < self.numerator
    }

    pub fn speaks_against(&self) -> bool {
        self.speaks_against && 0 < self.best
    }
}

impl Soft {
    /// Every rule.
    pub const ALL: [Self; 13] = [
        Self::Access,
        Self::Concern,
        Self::Faith,
        Self::Gender,
        Self::Identity,
        Self::Language,
        Self::Lgbtq,
        Self::Modality,
        Self::Near,
        Self::Place,
        Self::Price,
        Self::Style,
        Self::Time,
    ];

    /// The rule as one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Concern => "concern",
            Self::Faith => "faith",
            Self::Gender => "gender",
            Self::Identity => "identity",
            Self::Language => "language",
            Self::Lgbtq => "lgbtq",
            Self::Modality => "modality",
            Self::Near => "near",
            Self::Place => "place",
            Self::Price => "price",
            Self::Style => "style",
            Self::Time => "time",
        }
    }

    /// What the rule comes to; `None` where nothing was asked about it.
    pub(crate) fn mark(
        self,
        request: &Request,
        clinician: &Clinician,
        weights: &Weights,
    ) -> Option<Mark> {
        let (wishes, offers) = (&request.wishes, &clinician.offers);
        let equal = |wish: &Option<String>, offer: &Option<String>, weight: u16| {
            let said = wish.as_ref()?;
            let is_equal = offer.as_ref() == Some(said);
            Some(self.all_or_none(weight, is_equal, offer.is_some() && !is_equal))
        };
        match self {
            Self::Concern => self.concern(request, clinician, weights),
            Self::Modality => self.modality(request, clinician, weights),
            Self::Language => {
                let is_shared = !request.languages.is_disjoint(&clinician.languages);
                let mark = self.all_or_none(weights.language, is_shared, !is_shared);
                (!request.languages.is_empty()).then_some(mark)
            }
            Self::Gender => equal(&wishes.gender, &offers.gender, weights.gender),
            Self::Faith => equal(&wishes.faith, &offers.faith, weights.faith),
            Self::Style => equal(&wishes.style, &offers.style, weights.style),
            Self::Lgbtq => wishes.lgbtq.then(|| {
                let said = offers.lgbtq;
                self.all_or_none(weights.lgbtq, said == Some(true), said == Some(false))
            }),
            Self::Identity => {
                self.part_of(weights.identity, &wishes.identities, &offers.identities)
            }
            Self::Access => self.part_of(weights.access, &wishes.access, &offers.access),
            Self::Time => (!request.times.is_empty()).then(|| {
                let shared = request.times.shared_min(&clinician.availability).min(ENOUGH_MIN);
                self.fraction(weights.time, shared, request.times.minutes().min(ENOUGH_MIN))
            }),
            Self::Price => {
                let budget = request.own_budget_cents().filter(|budget| 0 < *budget)?;
                let spared = budget.saturating_sub(clinician.self_pay_cents?);
                Some(self.fraction(weights.price, (2 * spared).min(budget), budget))
            }
            Self::Place => request.modes.both.then(|| {
                let can = clinician.can_meet(request, request.modes.first);
                self.all_or_none(weights.place, can, !can)
            }),
            Self::Near => {
                let km = request.zip_km.get(&clinician.id)?;
                let is_asked = request.modes.first == Mode::Office
                    && clinician.can_meet(request, Mode::Office);
                let spared = (NEAR_KM - km.floor()).max(0.0) as u32;
                is_asked.then(|| self.fraction(weights.near, spared, NEAR_KM as u32))
            }
        }
    }

    /// The mean over the concerns that were named: who lists one of two treats half of it.
    fn concern(self, request: &Request, clinician: &Clinician, weights: &Weights) -> Option<Mark> {
        if request.concerns.is_empty() {
            return None;
        }
        let ratings: Vec<_> =
            request.concerns.iter().map(|concern| clinician.concerns.get(concern)).collect();
        let listed = ratings.iter().flatten();
        Some(Mark {
            rule: self,
            numerator: listed.map(|rating| u64::from(weights.concern.of(**rating))).sum(),
            denominator: request.concerns.len() as u64,
            best: u32::from(weights.concern.best()),
            speaks_against: ratings.iter().any(Option::is_none),
        })
    }

    /// One method of those asked for is enough.
    fn modality(self, request: &Request, clinician: &Clinician, weights: &Weights) -> Option<Mark> {
        if request.modalities.is_empty() {
            return None;
        }
        let trained: Vec<u16> = request
            .modalities
            .iter()
            .filter_map(|modality| clinician.modalities.get(modality))
            .map(|training| weights.modality.of(*training))
            .collect();
        Some(Mark {
            rule: self,
            numerator: u64::from(trained.iter().copied().max().unwrap_or(0)),
            denominator: 1,
            best: u32::from(weights.modality.best()),
            speaks_against: trained.is_empty(),
        })
    }

    fn all_or_none(self, weight: u16, has_it: bool, speaks_against: bool) -> Mark {
        let weight = u32::from(weight);
        Mark {
            rule: self,
            numerator: if has_it { u64::from(weight) } else { 0 },
            denominator: 1,
            best: weight,
            speaks_against,
        }
    }

    fn part_of(
        self,
        weight: u16,
        wished: &BTreeSet<String>,
        offered: &BTreeSet<String>,
    ) -> Option<Mark> {
        let shared = wished.intersection(offered).count() as u32;
        (!wished.is_empty()).then(|| self.fraction(weight, shared, wished.len() as u32))
    }

    fn fraction(self, weight: u16, part: u32, whole: u32) -> Mark {
        let best = u32::from(weight);
        Mark {
            rule: self,
            numerator: u64::from(weight) * u64::from(part),
            denominator: u64::from(whole),
            best,
            speaks_against: false,
        }
    }
}
