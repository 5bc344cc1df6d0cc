//! What an hour is worth when the hours are known, known within a range, or not known at all.

use money::Cents;
use serde::Serialize;

use crate::Error;

/// How well a figure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// One number.
    Exact,
    /// Between two.
    Range,
    /// At most the high one.
    AtMost,
    /// At least the low one.
    AtLeast,
    /// Nothing is known yet.
    None,
}

/// Cents per hour between two ends; an end that is not known is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct HourBounds {
    /// No less than this.
    pub low: Option<Cents>,
    /// No more than this.
    pub high: Option<Cents>,
    /// How well it is known.
    pub bound: Bound,
}

/// What is kept per hour, for between `low_s` and `high_s` seconds; without an upper end where a
/// kind of time is not recorded.
///
/// # Errors
/// `E_RANGE` when a figure does not fit.
pub fn hour_bounds(kept: Cents, low_s: i64, high_s: Option<i64>) -> Result<HourBounds, Error> {
    let is_any_known = 0 < low_s || high_s.is_some_and(|high_s| 0 < high_s);
    if kept == Cents::ZERO && is_any_known {
        let zero = Some(Cents::ZERO);
        return Ok(HourBounds { low: zero, high: zero, bound: Bound::Exact });
    }
    let at = |seconds: Option<i64>| {
        let seconds = seconds.filter(|seconds| 0 < *seconds);
        seconds.map(|seconds| kept.scaled(3_600, seconds)).transpose()
    };
    let (of_few, of_many) = (at(Some(low_s))?, at(high_s)?);
    let (low, high) = if kept.is_negative() { (of_few, of_many) } else { (of_many, of_few) };
    let bound = match (low, high) {
        (Some(_), Some(_)) if Some(low_s) == high_s => Bound::Exact,
        (Some(_), Some(_)) => Bound::Range,
        (None, Some(_)) => Bound::AtMost,
        (Some(_), None) => Bound::AtLeast,
        (None, None) => Bound::None,
    };
    Ok(HourBounds { low, high, bound })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_a_bound_and_never_zero() {
        let cases = [
            (20_000, 3_000, Some(3_000), Some(24_000), Some(24_000), Bound::Exact),
            (20_000, 3_000, Some(6_000), Some(12_000), Some(24_000), Bound::Range),
            (-20_000, 3_000, Some(6_000), Some(-24_000), Some(-12_000), Bound::Range),
            (20_000, 3_000, None, None, Some(24_000), Bound::AtMost),
            (-20_000, 3_000, None, Some(-24_000), None, Bound::AtLeast),
            (20_000, 0, Some(3_000), Some(24_000), None, Bound::AtLeast),
            (20_000, 0, Some(0), None, None, Bound::None),
            (20_000, 0, None, None, None, Bound::None),
            (0, 3_000, None, Some(0), Some(0), Bound::Exact),
            (0, 0, None, None, None, Bound::None),
        ];
        for (kept, low_s, high_s, low, high, bound) in cases {
            let (low, high) = (low.map(Cents), high.map(Cents));
            let given = hour_bounds(Cents(kept), low_s, high_s);

            assert_eq!(given, Ok(HourBounds { low, high, bound }), "{kept} {low_s} {high_s:?}");
        }
    }
}
