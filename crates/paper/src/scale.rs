//! From a number to a place on paper, on a scale that begins and ends at round numbers.

/// Steps that a scale has at most: more than a reader can hold.
const STEPS_MAX: i128 = 5;
/// The whole width, in basis points.
const WHOLE: i128 = 10_000;

/// From one round number to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    low: i64,
    high: i64,
    step: i64,
}

impl Scale {
    /// The narrowest round scale that holds all `values`; none of none.
    pub fn of(values: impl IntoIterator<Item = i64>) -> Option<Self> {
        let mut values = values.into_iter();
        let first = values.next()?;
        let ends = |(low, high): (i64, i64), it: i64| (low.min(it), high.max(it));
        let (low, high) = values.fold((first, first), ends);
        let step = step_of(i128::from(high) - i128::from(low));
        let down = i128::from(low).div_euclid(step) * step;
        let up = -(-i128::from(high)).div_euclid(step) * step;
        let up = if up == down { up + step } else { up };
        Some(Self { low: narrow(down), high: narrow(up), step: narrow(step) })
    }

    /// Where a value stands, in basis points of the width.
    pub fn at(&self, value: i64) -> u16 {
        let (low, high) = (i128::from(self.low), i128::from(self.high));
        let above = i128::from(value).clamp(low, high) - low;
        u16::try_from(above * WHOLE / (high - low)).unwrap_or(0)
    }

    /// The round numbers from low to high.
    pub fn ticks(&self) -> Vec<i64> {
        let (low, high, step) =
            (i128::from(self.low), i128::from(self.high), i128::from(self.step));
        (0..=(high - low) / step).map(|it| narrow(low + it * step)).collect()
    }
}

/// One, two or five times a power of ten, so that few steps make the width.
fn step_of(width: i128) -> i128 {
    let powers = std::iter::successors(Some(1_i128), |it| it.checked_mul(10));
    let steps = powers.flat_map(|power| [1, 2, 5].map(|digit| digit * power));
    steps.into_iter().find(|step| width <= step * STEPS_MAX).unwrap_or(i128::MAX / STEPS_MAX)
}

/// Scales end a step outside of 64 bits at most; there they stop.
fn narrow(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn scales_begin_and_end_at_round_numbers() {
        let cases: [(&[i64], &[i64]); 4] = [
            (&[1_930, 6_426], &[1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000]),
            (&[-300, 900], &[-500, 0, 500, 1_000]),
            (&[7, 7], &[7, 8]),
            (&[-5, -1], &[-5, -4, -3, -2, -1]),
        ];
        for (values, ticks) in cases {
            assert_eq!(Scale::of(values.iter().copied()).unwrap().ticks(), ticks, "{values:?}");
        }
        assert_eq!(Scale::of([]), None, "nothing has no scale");
    }

    proptest! {
        #[test]
        fn every_value_stands_on_the_scale_in_its_order(
            mut values in prop::collection::vec(any::<i64>(), 1..9),
        ) {
            let scale = Scale::of(values.iter().copied()).unwrap();
            values.sort_unstable();
            let places: Vec<u16> = values.iter().map(|it| scale.at(*it)).collect();

            prop_assert!(places.is_sorted());
            prop_assert!(places.iter().all(|it| *it <= 10_000));
            prop_assert!((2..=8).contains(&scale.ticks().len()));
        }
    }
}
