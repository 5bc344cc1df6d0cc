//! One clinician's day: minutes that passed, minutes that were claimed twice, codes that do not go
//! together.
//!
//! Source of the pairs: NCCI procedure-to-procedure edits for psychotherapy (CMS), as of 2026.
//! What a payer lets pass with a modifier is not decided here.

use std::collections::BTreeSet;

use ids::ClientId;
use jiff::{SignedDuration, Timestamp};

use crate::cpt::Cpt;

/// Hours of psychotherapy in one day that are worth a second look.
const LONG_DAY: SignedDuration = SignedDuration::from_hours(12);
const WHOLE_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Whole minutes of all stretches together: a call that dropped and was taken up again is one
/// service. Seconds are summed first, so that no piece is rounded by itself.
pub fn minutes_of(stretches: &[(Timestamp, Timestamp)]) -> u32 {
    let lasted = |(from, to): &(Timestamp, Timestamp)| to.duration_since(*from);
    let all: SignedDuration = stretches.iter().map(lasted).filter(|it| it.is_positive()).sum();
    u32::try_from(all.as_mins()).unwrap_or(u32::MAX)
}

/// One coded service of a clinician, with its measured time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Billed {
    /// Whom it was for.
    pub client: ClientId,
    /// The code.
    pub cpt: Cpt,
    /// The first instant.
    pub from: Timestamp,
    /// The instant after the last.
    pub to: Timestamp,
}

/// What does not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayFault {
    /// Two clients at the same time, in no group and no family.
    Overlap(usize, usize),
    /// Two codes that one clinician does not bill for one client on one day.
    Pair(usize, usize),
    /// A code that stands only beside another, which is not there.
    WithoutBase(usize),
    /// More than fits into a day: nothing of it may be sent.
    OverADay,
    /// More than twelve hours: worth a second look.
    LongDay,
}

/// Whether two services claim the same minutes. Members of one group or one family may.
pub fn overlaps(one: &Billed, other: &Billed) -> bool {
    let at_once = one.from < other.to && other.from < one.to;
    let together = [Cpt::GROUP, Cpt::FAMILIES, Cpt::FAMILY_WITH, Cpt::FAMILY_WITHOUT];
    let is_shared = one.cpt == other.cpt && together.contains(&one.cpt);
    let stands_beside = one.client == other.client && (beside(one, other) || beside(other, one));
    at_once && !is_shared && !stands_beside
}

fn beside(more: &Billed, base: &Billed) -> bool {
    more.cpt.base().is_some_and(|bases| bases.contains(&base.cpt))
}

/// Everything in one clinician's day that does not go together, in the order of the services.
pub fn day_faults(day: &[Billed]) -> Vec<DayFault> {
    let mut faults = Vec::new();
    for (at, one) in day.iter().enumerate() {
        for (further, other) in day.iter().enumerate().skip(at + 1) {
            if overlaps(one, other) {
                faults.push(DayFault::Overlap(at, further));
            }
            if one.client == other.client && excludes(one.cpt, other.cpt) {
                faults.push(DayFault::Pair(at, further));
            }
        }
        let has_base = day.iter().any(|other| one.client == other.client && beside(one, other));
        if one.cpt.base().is_some() && !has_base {
            faults.push(DayFault::WithoutBase(at));
        }
    }
    faults.extend(length_fault(day));
    faults
}

/// What was claimed altogether, counted as claimed: 25 hours cannot have been worked.
fn length_fault(day: &[Billed]) -> Option<DayFault> {
    // A group counts once, and so does a code with what stands beside it.
    let stretches: BTreeSet<_> = day.iter().map(|it| (it.from, it.to)).collect();
    let all: SignedDuration = stretches.iter().map(|(from, to)| to.duration_since(*from)).sum();
    match all {
        all if WHOLE_DAY < all => Some(DayFault::OverADay),
        all if LONG_DAY < all => Some(DayFault::LongDay),
        _ => None,
    }
}

/// Whether one clinician never bills both for one client on one day.
fn excludes(one: Cpt, other: Cpt) -> bool {
    let individual = [Cpt::INDIVIDUAL_SHORT, Cpt::INDIVIDUAL_MIDDLE, Cpt::INDIVIDUAL_LONG];
    let family = [Cpt::FAMILY_WITHOUT, Cpt::FAMILY_WITH, Cpt::FAMILIES];
    let evaluation = [Cpt::EVALUATION, Cpt::EVALUATION_MEDICAL];
    let crisis = [Cpt::CRISIS, Cpt::CRISIS_MORE];
    let therapy = |cpt: &Cpt| {
        individual.contains(cpt)
            || family.contains(cpt)
            || [Cpt::ANALYSIS, Cpt::GROUP].contains(cpt)
    };
    let is = |group: &[Cpt]| (group.contains(&one), group.contains(&other));
    let either = |in_first: &[Cpt], in_second: &dyn Fn(&Cpt) -> bool| {
        (in_first.contains(&one) && in_second(&other))
            || (in_first.contains(&other) && in_second(&one))
    };
    is(&individual) == (true, true)
        || is(&evaluation) == (true, true)
        || (one == other && crisis.contains(&one))
        || either(&evaluation, &|cpt| therapy(cpt) || crisis.contains(cpt))
        || either(&crisis, &|cpt| therapy(cpt) || *cpt == Cpt::INTERACTIVE)
        || either(&[Cpt::FAMILY_WITHOUT], &|cpt| *cpt == Cpt::FAMILY_WITH)
}
