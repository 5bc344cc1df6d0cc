//! What would have to be true: for another model to be worth as much, and for the belief that a
//! higher split always means more. Where nothing makes it true, that is said.

use economics::{Error, Metric, Projection, Solution, Span, solve};

use super::answer::{Row, rounded};
use super::asked::Asked;
use super::models::Model;

/// Calls a week that are tried, bracket by bracket: with many more than can be seen, answering them
/// costs hours, so an hour may reach a figure and fall below it again.
const CALLS_TO: [f64; 4] = [3.0, 6.0, 9.0, 12.0];
/// The most calls a week that are tried.
pub(super) const CALLS_MOST: i64 = 12;
/// The most that a network could pay for a session, in cents.
const RATE_MOST: f64 = 40_000.0;

/// The figure of a model's contract that could make it worth as much as the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lever {
    /// Calls a week, in hundredths.
    Calls,
    /// The split, in basis points.
    Split,
    /// A network's rate, in cents.
    Rate,
}

/// What a model would need for an hour that is worth as much as the first model's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Needed {
    pub(super) model: Model,
    pub(super) lever: Lever,
    /// The value; none where none does it.
    pub(super) value: Option<i64>,
}

impl Needed {
    /// For every row but the first.
    pub(super) fn of(rows: &[Row]) -> Result<Vec<Self>, Error> {
        let [first, others @ ..] = rows else { return Ok(vec![]) };
        let Some(target) = first.course.effective_hour_cents else { return Ok(vec![]) };
        let needed = |row: &Row| {
            let lever = match row.model {
                Model::Job | Model::Group | Model::HighSplit => Lever::Split,
                Model::Network => Lever::Rate,
                Model::Solo | Model::Biller | Model::Ours => Lever::Calls,
            };
            let value = solved(row, lever, target, Metric::EffectiveHour)?;
            Ok(Self { model: row.model, lever, value })
        };
        others.iter().map(needed).collect()
    }
}

/// The belief "a higher split always means that I take home more", from both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Believed {
    /// What the high split keeps more (or fewer, below zero), in cents, with the same calls.
    pub(super) keeps_more: i64,
    /// Hours that it works more.
    pub(super) hours_more: i64,
    /// Cents for each of those hours; none where there are none.
    pub(super) for_each: Option<i64>,
    /// Calls a week at the high split to keep what the lower one keeps.
    pub(super) calls_at_high: Option<i64>,
    /// Calls a week at the lower split to keep what the high one keeps.
    pub(super) calls_at_low: Option<i64>,
    /// The split with support to keep what the high one keeps.
    pub(super) split_kept: Option<i64>,
    /// The high split at which its hour is worth as much as with support.
    pub(super) split_hour: Option<i64>,
}

impl Believed {
    /// The high split beside the contractor's in a group that does the chores. Both are always
    /// there.
    pub(super) fn of(rows: &[Row], asked: &Asked) -> Result<Self, Error> {
        let row = |model: Model| rows.iter().find(|row| row.model == model);
        let (high, low) = (row(Model::HighSplit), row(Model::Group));
        let (high, low) = match (high, low) {
            (Some(high), Some(low)) => (high, low),
            _ => unreachable!("only what needs plans is ever left out: {asked:?}"),
        };
        let (of_high, of_low) = (&high.course, &low.course);
        let more = of_high.kept_cents - of_low.kept_cents;
        let hours = of_high.hours_total - of_low.hours_total;
        let worked_more = 0.5 < hours;
        let hour = |course: &Projection| course.effective_hour_cents;
        let split_hour = match hour(of_low) {
            Some(target) => solved(high, Lever::Split, target, Metric::EffectiveHour)?,
            None => None,
        };
        Ok(Self {
            keeps_more: rounded(more),
            hours_more: rounded(hours),
            for_each: worked_more.then(|| rounded(more / hours)),
            calls_at_high: solved(high, Lever::Calls, of_low.kept_cents, Metric::Kept)?,
            calls_at_low: solved(low, Lever::Calls, of_high.kept_cents, Metric::Kept)?,
            split_kept: solved(low, Lever::Split, of_high.kept_cents, Metric::Kept)?,
            split_hour,
        })
    }
}

/// The value of a lever at which a figure of a row reaches a target.
fn solved(row: &Row, lever: Lever, target: f64, metric: Metric) -> Result<Option<i64>, Error> {
    let plan = row.scenario["payers"].as_array().map_or(0, |all| all.len().saturating_sub(1));
    let rate = format!("/payers/{plan}/pay_cents");
    let at = |path: &str, low, high| -> Result<Option<f64>, Error> {
        let Solution { x, .. } = solve(&row.scenario, &Span { path, low, high }, target, metric)?;
        Ok(x)
    };
    match lever {
        Lever::Split => Ok(at("/model/split_bp", 0.0, 10_000.0)?.map(rounded)),
        Lever::Rate => Ok(at(&rate, 0.0, RATE_MOST)?.map(rounded)),
        Lever::Calls => {
            let mut low = 0.1;
            for high in CALLS_TO {
                if let Some(calls) = at("/leads/per_week", low, high)? {
                    return Ok(Some(rounded(calls * 100.0)));
                }
                low = high;
            }
            Ok(None)
        }
    }
}
