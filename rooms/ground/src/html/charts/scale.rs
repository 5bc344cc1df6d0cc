//! From a number to a place on paper, on a scale that begins and ends at round numbers.

use std::fmt;

use super::Written;

/// Steps that a scale has at most: more than a reader can hold.
const STEPS_MAX: i128 = 5;

/// A place as a share of the width or height, in hundredths of a per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(pub(super) i64);

impl Place {
    /// The far end.
    pub(super) const WHOLE: i64 = 10_000;
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}%", whole / 100, whole % 100)
    }
}

/// From one round number to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    low: i64,
    high: i64,
    step: i64,
}

impl Scale {
    /// The narrowest round scale that holds all `values`; none of none.
    pub(super) fn of(values: impl IntoIterator<Item = i64>) -> Option<Self> {
        let mut values = values.into_iter();
        let first = values.next()?;
        let (low, high) =
            values.fold((first, first), |(low, high), it| (low.min(it), high.max(it)));
        let step = step_of(i128::from(high) - i128::from(low));
        let down = i128::from(low).div_euclid(step) * step;
        let mut up = -(-i128::from(high)).div_euclid(step) * step;
        if up == down {
            up += step;
        }
        Some(Self { low: narrow(down), high: narrow(up), step: narrow(step) })
    }

    /// Where a value stands.
    pub(super) fn at(&self, value: i64) -> Place {
        let value = value.clamp(self.low, self.high);
        let (above, width) = (
            i128::from(value) - i128::from(self.low),
            i128::from(self.high) - i128::from(self.low),
        );
        Place(narrow(above * i128::from(Place::WHOLE) / width))
    }

    /// The round numbers from low to high.
    pub(super) fn ticks(&self) -> Vec<i64> {
        let mut ticks = vec![];
        let mut at = i128::from(self.low);
        while at <= i128::from(self.high) {
            ticks.push(narrow(at));
            at += i128::from(self.step);
        }
        ticks
    }

    /// Whether there is something on both sides of zero.
    pub(super) fn crosses_zero(&self) -> bool {
        self.low < 0 && 0 < self.high
    }
}

/// A round number of a scale without its cents.
pub(super) fn short(value: i64, written: Written) -> String {
    let text = written(value);
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}

/// One, two or five times a power of ten, so that few steps make the width.
fn step_of(width: i128) -> i128 {
    let mut power = 1;
    loop {
        for digit in [1, 2, 5] {
            if width <= digit * power * STEPS_MAX {
                return digit * power;
            }
        }
        power *= 10;
    }
}

/// Scales end a step outside of 64 bits at most; there they stop.
fn narrow(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::money::dollars;

    use super::*;

    #[test]
    fn scales_begin_and_end_at_round_numbers() {
        let cases: [(&[i64], &[i64]); 6] = [
            (&[1_930, 6_426], &[1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000]),
            (&[0, 4], &[0, 1, 2, 3, 4]),
            (&[-300, 900], &[-500, 0, 500, 1_000]),
            (&[7, 7], &[7, 8]),
            (&[0, 0], &[0, 1]),
            (&[-5, -1], &[-5, -4, -3, -2, -1]),
        ];
        for (values, ticks) in cases {
            assert_eq!(Scale::of(values.iter().copied()).unwrap().ticks(), ticks, "{values:?}");
        }
        assert_eq!(Scale::of([]), None, "nothing has no scale");
    }

    #[test]
    fn round_numbers_of_a_scale_leave_out_their_cents() {
        assert_eq!(short(2_000, dollars), "$20");
        assert_eq!(short(2_050, dollars), "$20.50");
    }

    #[test]
    fn a_place_is_written_as_a_share() {
        assert_eq!(Place(5_327).to_string(), "53.27%");
        assert_eq!(Place(5).to_string(), "0.05%");
        assert_eq!(Place(-250).to_string(), "-2.50%");
    }

    proptest! {
        #[test]
        fn every_value_stands_on_the_scale_in_its_order(mut values in prop::collection::vec(any::<i64>(), 1..9)) {
            let scale = Scale::of(values.iter().copied()).unwrap();
            values.sort_unstable();
            let places: Vec<Place> = values.iter().map(|it| scale.at(*it)).collect();

            prop_assert!(places.is_sorted());
            prop_assert!(places.iter().all(|it| (0..=Place::WHOLE).contains(&it.0)));
            prop_assert!((2..=8).contains(&scale.ticks().len()));
        }
    }
}
