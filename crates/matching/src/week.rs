//! Minutes of a week that closes to a circle: Sunday night runs on into Monday.

/// A run shorter than a visit is no time for one.
pub const RUN_MIN: u32 = 50;

const WEEK_MIN: u32 = 7 * 24 * 60;

/// Wall clock on one day of the week, in minutes from midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Monday is 0, Sunday is 6.
    pub day: u8,
    /// First minute.
    pub opens_min: u16,
    /// The minute at which it is over, up to 1,440.
    pub closes_min: u16,
}

/// Time of each week: windows that touch or overlap are one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Week {
    /// Ascending, apart, within one week from Monday 00:00.
    runs: Vec<(u32, u32)>,
}

impl Week {
    /// The time of these windows together.
    pub fn of(windows: impl IntoIterator<Item = Window>) -> Self {
        let mut sorted: Vec<(u32, u32)> = windows
            .into_iter()
            .map(|window| {
                assert!(window.day < 7 && window.closes_min <= 1_440, "a window lies in its day");
                let midnight = u32::from(window.day) * 1_440;
                (midnight + u32::from(window.opens_min), midnight + u32::from(window.closes_min))
            })
            .filter(|(from, to)| from < to)
            .collect();
        sorted.sort_unstable();
        let mut runs: Vec<(u32, u32)> = Vec::with_capacity(sorted.len());
        for (from, to) in sorted {
            match runs.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => runs.push((from, to)),
            }
        }
        Self { runs }
    }

    /// There is no time in it.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// All its minutes.
    pub fn minutes(&self) -> u32 {
        self.runs.iter().map(|(from, to)| to - from).sum()
    }

    /// The minutes that lie in both, in runs of [`RUN_MIN`] or more.
    pub fn shared_min(&self, other: &Self) -> u32 {
        let mut shared: Vec<(u32, u32)> = Vec::new();
        let (mut mine, mut theirs) = (self.runs.iter().peekable(), other.runs.iter().peekable());
        while let (Some(one), Some(two)) = (mine.peek(), theirs.peek()) {
            let (from, to) = (one.0.max(two.0), one.1.min(two.1));
            if from < to {
                shared.push((from, to));
            }
            if one.1 < two.1 {
                mine.next();
            } else {
                theirs.next();
            }
        }
        let mut lengths: Vec<u32> = shared.iter().map(|(from, to)| to - from).collect();
        if let [first, .., last] = shared[..]
            && first.0 == 0
            && last.1 == WEEK_MIN
        {
            lengths[0] += lengths.pop().unwrap_or(0);
        }
        lengths.into_iter().filter(|length| RUN_MIN <= *length).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn window() -> impl Strategy<Value = Window> {
        (0..7u8, 0..48u16, 1..20u16).prop_map(|(day, opens, length)| Window {
            day,
            opens_min: opens * 30,
            closes_min: (opens * 30 + length * 9).min(1_440),
        })
    }

    fn week() -> impl Strategy<Value = Vec<Window>> {
        proptest::collection::vec(window(), 0..25)
    }

    proptest! {
        #[test]
        fn shared_minutes_are_those_of_a_circle_of_minutes(one in week(), two in week()) {
            let circle = |windows: &[Window]| {
                let mut circle = [false; WEEK_MIN as usize];
                for it in windows {
                    let midnight = usize::from(it.day) * 1_440;
                    let minutes = usize::from(it.opens_min)..usize::from(it.closes_min);
                    minutes.for_each(|minute| circle[midnight + minute] = true);
                }
                circle
            };
            let (first, second) = (circle(&one), circle(&two));
            let is_shared = |minute: usize| {
                first[minute % WEEK_MIN as usize] && second[minute % WEEK_MIN as usize]
            };
            // Begin where nothing is shared, and walk once around.
            let begin = (0..WEEK_MIN as usize).find(|minute| !is_shared(*minute));
            let (mut sum, mut run) = (0, 0);
            for step in 0..=WEEK_MIN as usize {
                if is_shared(begin.unwrap_or(0) + step) {
                    run += 1;
                } else {
                    sum += if run >= RUN_MIN { run } else { 0 };
                    run = 0;
                }
            }
            let expected = if begin.is_none() { WEEK_MIN } else { sum };

            let (one, two) = (Week::of(one), Week::of(two));
            prop_assert_eq!(one.shared_min(&two), expected);
            prop_assert_eq!(two.shared_min(&one), expected);
            prop_assert_eq!(one.minutes(), first.iter().filter(|it| **it).count() as u32);
        }
    }

    #[test]
    fn a_whole_week_is_one_run() {
        let all = || Week::of((0..7).map(|day| Window { day, opens_min: 0, closes_min: 1_440 }));
        assert_eq!(all().shared_min(&all()), WEEK_MIN);
        assert_eq!(all().minutes(), WEEK_MIN);
    }
}
