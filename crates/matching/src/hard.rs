//! Hard rules: who does not fit, whatever else is true.

use jiff::civil::Date;

use crate::clinician::{Clinician, Rating};
use crate::request::{Level, Mode, Request};

/// Why a clinician misses. Declared in the order of their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hard {
    /// The person's age is outside the ages seen.
    Age,
    /// There is no free place.
    Capacity,
    /// The two know each other.
    Conflict,
    /// Only the office would do, and it is too far.
    Distance,
    /// A concern that the clinician never takes on.
    Exclusion,
    /// A language that is needed is not spoken.
    Language,
    /// Care cannot begin as soon as needed, or more than outpatient care is.
    Level,
    /// No way to meet suits both.
    Mode,
    /// A Part 2 program is needed.
    Part2,
    /// Intake is closed for such a request.
    Paused,
    /// The payer is not taken.
    Payer,
    /// The price is above the budget.
    Price,
    /// The service is not offered.
    Service,
    /// The clinician may not serve where the person is.
    State,
    /// No time of a visit's length suits both.
    Time,
}

impl Hard {
    /// Every rule.
    pub const ALL: [Self; 15] = [
        Self::Age,
        Self::Capacity,
        Self::Conflict,
        Self::Distance,
        Self::Exclusion,
        Self::Language,
        Self::Level,
        Self::Mode,
        Self::Part2,
        Self::Paused,
        Self::Payer,
        Self::Price,
        Self::Service,
        Self::State,
        Self::Time,
    ];

    /// The rule as one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Capacity => "capacity",
            Self::Conflict => "conflict",
            Self::Distance => "distance",
            Self::Exclusion => "exclusion",
            Self::Language => "language",
            Self::Level => "level",
            Self::Mode => "mode",
            Self::Part2 => "part2",
            Self::Paused => "paused",
            Self::Payer => "payer",
            Self::Price => "price",
            Self::Service => "service",
            Self::State => "state",
            Self::Time => "time",
        }
    }

    /// The rule holds: `clinician` misses `request`.
    pub(crate) fn holds(self, request: &Request, clinician: &Clinician, on: Date) -> bool {
        match self {
            Self::Age => !clinician.ages.contains(&request.age),
            Self::Capacity => clinician.capacity == 0,
            Self::Conflict => request.knows.contains(&clinician.id),
            Self::Distance => {
                meets_by(request, clinician, Mode::Office)
                    && !meets_by(request, clinician, Mode::Video)
                    && !clinician.is_near_enough(request)
            }
            Self::Exclusion => request
                .concerns
                .iter()
                .any(|concern| clinician.concerns.get(concern) == Some(&Rating::Never)),
            Self::Language => {
                request.language_must && request.languages.is_disjoint(&clinician.languages)
            }
            Self::Level => {
                is_beyond_search(request.level) || !clinician.levels.contains(&request.level)
            }
            Self::Mode => ![Mode::Video, Mode::Office]
                .into_iter()
                .any(|mode| meets_by(request, clinician, mode)),
            Self::Part2 => request.part2 && !clinician.part2,
            Self::Paused => clinician
                .paused
                .iter()
                .any(|pause| pause.is_in_force(on) && pause.scope.fits(request)),
            Self::Payer => match &request.payer {
                Some(payer) => !clinician.payers.contains(payer),
                None => clinician.self_pay_cents.is_none(),
            },
            Self::Price => match (request.own_budget_cents(), clinician.self_pay_cents) {
                (Some(budget), Some(price)) => budget < price,
                _ => false,
            },
            Self::Service => !clinician.services.contains(&request.service),
            Self::State => !clinician.serves_states.contains(&request.state),
            Self::Time => {
                !request.times.is_empty() && request.times.shared_min(&clinician.availability) == 0
            }
        }
    }
}

/// A crisis, or a need for more than outpatient care: no clinician of a search is the answer.
pub(crate) fn is_beyond_search(level: Level) -> bool {
    matches!(level, Level::Crisis | Level::HigherLevel)
}

fn meets_by(request: &Request, clinician: &Clinician, mode: Mode) -> bool {
    request.modes.suit(mode) && clinician.modes.contains(&mode)
}
