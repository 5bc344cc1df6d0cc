//! How forecasts did, and what past weeks still brought: the record that forecasts stand on.

use serde::Serialize;

use crate::ratio;

/// A week's weight beside the one after it.
const FADING: f64 = 0.95;
/// With fewer past weeks nothing is said about what still comes.
const ROWS_LEAST: usize = 8;

/// A past week at one lead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PickupRow {
    /// How many working weeks ago.
    pub age: f64,
    /// Sessions that the calendar then made expect.
    pub expected: f64,
    /// Sessions that were held.
    pub held: f64,
}

/// What still comes at a lead.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pickup {
    /// Sessions, in the weighted mean; never below zero, zero without enough history.
    pub mean: f64,
    /// Past weeks.
    pub rows: usize,
    /// Whether they are enough.
    pub enough: bool,
}

/// The weighted mean of what came on top of the calendar.
pub fn pickup(rows: &[PickupRow]) -> Pickup {
    let enough = ROWS_LEAST <= rows.len();
    let weight = |row: &PickupRow| FADING.powf(row.age);
    let weighted: f64 = rows.iter().map(|row| weight(row) * (row.held - row.expected)).sum();
    let mean = ratio(weighted, rows.iter().map(weight).sum()).filter(|_| enough);
    Pickup { mean: mean.unwrap_or(0.0).max(0.0), rows: rows.len(), enough }
}

/// What was forecast for a week, and what it held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BacktestRow {
    /// Forecast in the mean.
    pub mean: f64,
    /// Forecast at the low end.
    pub p10: f64,
    /// Forecast at the high end.
    pub p90: f64,
    /// Held.
    pub held: f64,
}

/// How forecasts did. Plain percent error breaks on an empty week; the weighted one does not.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Backtest {
    /// Weeks.
    pub n: usize,
    /// Sessions off, in the mean; none of no weeks.
    pub mean_abs_error: Option<f64>,
    /// Sessions off over sessions held; none when none were.
    pub weighted_abs_percent_error: Option<f64>,
    /// Weeks within the band, which should be four in five.
    pub share_inside_p10_p90: Option<f64>,
}

/// Compares forecasts with what came.
#[expect(clippy::cast_precision_loss, reason = "weeks of a record are small numbers")]
pub fn backtest(rows: &[BacktestRow]) -> Backtest {
    let n = rows.len() as f64;
    let off: f64 = rows.iter().map(|row| (row.held - row.mean).abs()).sum();
    let held = rows.iter().map(|row| row.held).sum();
    let inside = rows.iter().filter(|row| row.p10 <= row.held && row.held <= row.p90).count();
    Backtest {
        n: rows.len(),
        mean_abs_error: ratio(off, n),
        weighted_abs_percent_error: ratio(off, held),
        share_inside_p10_p90: ratio(inside as f64, n),
    }
}
