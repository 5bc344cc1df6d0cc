//! A percentile of some values: Hyndman and Fan's type 7, linear between neighbors.

/// The `p`-th (0 to 1) of values; none of no values. Hyndman, Fan, *Sample Quantiles in
/// Statistical Packages*, The American Statistician 50 (1996), type 7.
pub fn percentile(values: &[f64], p: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    of_sorted(&sorted, p)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "positions within a list that fits memory"
)]
pub(crate) fn of_sorted(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = last as f64 * p.clamp(0.0, 1.0);
    let below = position.floor() as usize;
    let above = last.min(below + 1);
    let (low, part) = (sorted[below], position - below as f64);
    let apart = sorted[above] - low;
    // Ends too far apart for their difference to be a number are weighed instead.
    Some(if apart.is_finite() {
        low + apart * part
    } else {
        low * (1.0 - part) + sorted[above] * part
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_values_have_no_percentile() {
        assert_eq!(percentile(&[], 0.5), None);
        assert_eq!(percentile(&[7.0], 0.05), Some(7.0));
    }

    proptest! {
        #[test]
        fn percentiles_rise_and_stay_within_the_values(
            values in prop::collection::vec(-1e6..1e6_f64, 1..50),
        ) {
            let at = |p| percentile(&values, p).unwrap();
            let least = values.iter().copied().fold(f64::INFINITY, f64::min);

            prop_assert!(least <= at(0.1) && at(0.1) <= at(0.5) && at(0.5) <= at(0.9));
            prop_assert_eq!(at(0.0), least);
        }
    }
}
