//! A clinician's own figures: how long the ramp was, and inputs from what was counted.

use serde::Serialize;

use crate::ratio;

/// How many cases a default is worth beside counted ones.
const DEFAULT_WORTH: f64 = 20.0;

/// A week of the ramp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RampWeek {
    /// Sessions held.
    pub held: i64,
    /// True for a week off, which is skipped.
    pub is_off: bool,
}

/// How long it took to fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RampActual {
    /// Calendar weeks from the first open slot; none when it is not reached yet.
    pub weeks: Option<usize>,
    /// Whether it is.
    pub reached: bool,
}

/// Weeks until the mean of the last four working weeks is nine tenths of one's own full week.
pub fn ramp_actual(full_week: i64, weeks: &[RampWeek]) -> RampActual {
    let mut last_four: Vec<i64> = Vec::with_capacity(5);
    for (place, week) in weeks.iter().enumerate().filter(|(_, week)| !week.is_off) {
        last_four.push(week.held);
        if 4 < last_four.len() {
            last_four.remove(0);
        }
        let is_full = last_four.len() == 4 && 36 * full_week <= 10 * last_four.iter().sum::<i64>();
        if is_full {
            return RampActual { weeks: Some(place + 1), reached: true };
        }
    }
    RampActual { weeks: None, reached: false }
}

/// A rate with the number of trials that it was counted from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OwnRate {
    /// Between default and counted, as a fraction.
    pub rate: f64,
    /// Trials counted.
    pub n: u32,
}

/// A rate from counted events, drawn toward the default while trials are few: the default is
/// worth twenty of them.
pub fn own_rate(default: f64, events: u32, trials: u32) -> OwnRate {
    let rate = (DEFAULT_WORTH * default + f64::from(events)) / (DEFAULT_WORTH + f64::from(trials));
    OwnRate { rate, n: trials }
}

/// Inquiries per working week, of the last 26 weeks; none when none was worked.
pub fn own_leads_per_week(inquiries: u32, working_weeks: u32) -> Option<f64> {
    ratio(f64::from(inquiries), f64::from(working_weeks))
}

/// How long clients stay who came more than once: weeks in care ÷ departures. A departure is a
/// discharge, or no visit for 45 days: counted, never acted on. None before the first.
pub fn own_mean_weeks(active_client_weeks: u32, departures: u32) -> Option<f64> {
    ratio(f64::from(active_client_weeks), f64::from(departures))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_trials_move_a_default_little_and_many_replace_it() {
        assert_eq!(own_rate(0.41, 0, 0).rate, 0.41);
        assert_eq!(own_rate(0.5, 10, 20).rate, 0.5);
        assert!((own_rate(0.4, 7_000, 10_000).rate - 0.7).abs() < 0.001);
    }

    #[test]
    fn what_nobody_counted_is_not_known_yet() {
        assert_eq!(own_leads_per_week(0, 0), None);
        assert_eq!(own_mean_weeks(120, 0), None);
        assert_eq!(own_mean_weeks(120, 10), Some(12.0));
        let three_weeks = [RampWeek { held: 20, is_off: false }; 3];
        assert_eq!(ramp_actual(20, &three_weeks), RampActual { weeks: None, reached: false });
    }
}
