//! Several months as one fraction: what is kept over what was worked, never a mean of ratios.

use money::Cents;
use serde::Serialize;

use super::{HourBounds, hour_bounds, split_bp};
use crate::Error;

/// The sums of one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthSum {
    /// Kept.
    pub kept: Cents,
    /// Collected.
    pub collected: Cents,
    /// Hours known, in seconds.
    pub seconds: i64,
    /// The most that they can be; none where some kind was not recorded.
    pub seconds_high: Option<i64>,
}

/// Some months together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Window {
    /// Kept in all of them.
    pub kept_cents: Cents,
    /// Collected in all of them.
    pub collected_cents: Cents,
    /// Hours known in all of them, in seconds.
    pub seconds: i64,
    /// Kept of collected; none when nothing was collected.
    pub split_collected_bp: Option<i64>,
    /// Kept per hour; one month without an upper end leaves the window without one.
    pub effective_hour: HourBounds,
}

/// Adds months up.
///
/// # Errors
/// `E_RANGE` when a sum does not fit.
pub fn combine(months: &[MonthSum]) -> Result<Window, Error> {
    let kept = Cents::sum(months.iter().map(|month| month.kept))?;
    let collected = Cents::sum(months.iter().map(|month| month.collected))?;
    let seconds = months.iter().map(|month| month.seconds).sum();
    let high = months.iter().map(|month| month.seconds_high).sum::<Option<i64>>();
    Ok(Window {
        kept_cents: kept,
        collected_cents: collected,
        seconds,
        split_collected_bp: split_bp(kept, collected)?,
        effective_hour: hour_bounds(kept, seconds, high)?,
    })
}
