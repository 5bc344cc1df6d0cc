//! What a question costs before it is asked: a door that refuses does not hang.

use crate::lives::Uncertain;
use crate::scenario::{Caseload, Scenario};
use crate::weeks::expected;
use crate::{Error, fields::Fields};
use serde_json::Value;

/// Draws of one case: some seconds of one core.
const DRAWS_MOST: f64 = 1.5e9;
/// What a week, a month and a change of inputs cost beside draws, in draws.
const OF_A_WEEK: f64 = 10.0;
const OF_A_MONTH: f64 = 50.0;
const OF_A_CHANGE: f64 = 3_000.0;
/// Lives of one case: a band needs no more.
const REPS_MOST: i64 = 100_000;

/// How many lives are asked for.
pub(super) fn reps(fields: &mut Fields<'_>) -> Result<usize, Error> {
    let reps = fields.whole("reps", 0, 1, REPS_MOST)?;
    Ok(usize::try_from(reps).expect("the range begins at one"))
}

/// Refuses so many lives of these models where they would take minutes.
#[expect(clippy::cast_precision_loss, reason = "at most 100,000 lives")]
pub(super) fn check(reps: usize, models: &[(&Value, &[Uncertain])]) -> Result<(), Error> {
    let of_a_life: f64 = models.iter().map(|(scenario, unsure)| most(scenario, unsure)).sum();
    if of_a_life * reps as f64 <= DRAWS_MOST {
        return Ok(());
    }
    let fit = (DRAWS_MOST / of_a_life).floor();
    let message = match fit < 1.0 {
        true => "reps is from 1, and one life as long and as busy as these is too many".to_owned(),
        false => format!("reps is from 1 to {fit} for lives as long and as busy as these"),
    };
    Err(Error::range("reps", message))
}

/// The draws of the busiest life between the ends of what is unsure.
fn most(scenario: &Value, unsure: &[Uncertain]) -> f64 {
    let lows = unsure.iter().map(|input| (input.path.as_str(), input.low));
    let highs = unsure.iter().map(|input| (input.path.as_str(), input.high));
    let alone = lows.clone().chain(highs.clone()).map(|change| vec![change]);
    let tried = [vec![], lows.collect(), highs.collect()].into_iter().chain(alone);
    let readable = tried.filter_map(|changes| Scenario::read_with(scenario, &changes).ok());
    let most = readable.map(|scenario| draws(&scenario)).fold(0.0, f64::max);
    most + if unsure.is_empty() { 0.0 } else { OF_A_CHANGE }
}

/// The draws of a life, from its expected weeks.
#[expect(clippy::cast_precision_loss, reason = "months of a horizon are small numbers")]
fn draws(scenario: &Scenario) -> f64 {
    let leads = &scenario.leads;
    let is_drawn = matches!(scenario.caseload, Caseload::Leads);
    let (mut draws, mut waiting) = (OF_A_MONTH * scenario.horizon_months as f64, 0.0);
    expected(scenario, |_, week| {
        draws += OF_A_WEEK;
        if is_drawn {
            let left = (week.accepted * leads.started + waiting - week.admitted).max(0.0);
            waiting = left * leads.wait_kept;
            let callers = week.inquiries * (1.0 + leads.offered) + week.accepted + left;
            draws += callers + week.admitted + 2.0 * week.active + 2.0 * week.booked;
        }
    });
    draws
}
