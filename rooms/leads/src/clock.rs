//! The clock of a request: business minutes, Monday to Friday, by the holder's wall clock.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Business hours begin, in hours from midnight.
pub const OPENS_H: i8 = 8;
/// Business hours end.
pub const CLOSES_H: i8 = 18;
/// A person is answered within so many business minutes.
pub const ANSWER_WITHIN_MIN: i64 = 240;
/// A clock is read this far and no further: a request that old is late by any measure.
const DAYS_MAX: usize = 400;

/// How the clock of somebody who waits stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Business minutes since the request came.
    pub waited_min: i64,
}

impl Clock {
    /// The clock now.
    pub fn read(zone: &TimeZone, arrived: Timestamp, now: Timestamp) -> Self {
        Self { waited_min: business_minutes(zone, arrived, now) }
    }

    /// Business minutes that are left; below zero, late.
    pub fn left_min(self) -> i64 {
        ANSWER_WITHIN_MIN - self.waited_min
    }

    /// Whether the answer is late.
    pub fn is_late(self) -> bool {
        self.left_min() < 0
    }

    /// How much of the time is gone, in basis points, 10,000 at most.
    pub fn spent_bp(self) -> u16 {
        let spent = self.waited_min.saturating_mul(10_000) / ANSWER_WITHIN_MIN;
        u16::try_from(spent.clamp(0, 10_000)).unwrap_or(10_000)
    }
}

/// Whole business minutes between two instants; none where the second is not later.
pub fn business_minutes(zone: &TimeZone, from: Timestamp, to: Timestamp) -> i64 {
    let seconds: i64 = business_days(zone, from)
        .take_while(|(opens, _)| *opens < to)
        .map(|(opens, closes)| (closes.min(to).as_second() - opens.max(from).as_second()).max(0))
        .sum();
    seconds / 60
}

/// When somebody who asks at `from` is answered at the latest.
pub fn answer_due(zone: &TimeZone, from: Timestamp) -> Timestamp {
    let mut left = ANSWER_WITHIN_MIN * 60;
    let mut last = from;
    for (opens, closes) in business_days(zone, from) {
        let begins = opens.max(from);
        let lasts = (closes.as_second() - begins.as_second()).max(0);
        if left <= lasts {
            return begins + SignedDuration::from_secs(left);
        }
        left -= lasts;
        last = closes;
    }
    last
}

/// The business hours of each day from the one of `from` on.
fn business_days(
    zone: &TimeZone,
    from: Timestamp,
) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
    let first = from.to_zoned_datetime(zone.clone()).date();
    let days = std::iter::successors(Some(first), |day| day.tomorrow().ok()).take(DAYS_MAX);
    days.filter(|day| day.weekday().to_monday_zero_offset() < 5)
        .filter_map(move |day| Some((at(zone, day, OPENS_H)?, at(zone, day, CLOSES_H)?)))
}

fn at(zone: &TimeZone, day: Date, hour: i8) -> Option<Timestamp> {
    Some(day.at(hour, 0, 0, 0).to_zoned_datetime(zone.clone()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn austin() -> TimeZone {
        TimeZone::get("America/Chicago").unwrap()
    }

    fn instant(local: &str) -> Timestamp {
        let local: jiff::civil::DateTime = local.parse().unwrap();
        local.to_zoned_datetime(austin()).unwrap().timestamp()
    }

    #[test]
    fn only_business_hours_count() {
        for (from, to, minutes) in [
            // A Monday afternoon to Tuesday morning: 80 minutes, the night, 200 minutes.
            ("2026-11-09T16:40", "2026-11-10T11:20", 280),
            ("2026-11-10T09:00", "2026-11-10T09:59:59", 59),
            ("2026-11-10T07:00", "2026-11-10T08:01", 1),
            ("2026-11-10T18:00", "2026-11-11T08:00", 0),
            // A Friday evening to Monday: the weekend does not count.
            ("2026-11-06T17:00", "2026-11-09T09:00", 120),
            ("2026-11-07T10:00", "2026-11-08T20:00", 0),
            // Over the Sunday on which clocks go back.
            ("2026-10-30T17:00", "2026-11-02T08:30", 90),
            ("2026-11-10T12:00", "2026-11-10T11:00", 0),
        ] {
            assert_eq!(business_minutes(&austin(), instant(from), instant(to)), minutes, "{from}");
        }
    }

    #[test]
    fn an_answer_is_due_four_business_hours_later() {
        for (from, due) in [
            ("2026-11-10T09:00", "2026-11-10T13:00"),
            ("2026-11-10T14:00", "2026-11-10T18:00"),
            ("2026-11-10T16:40", "2026-11-11T10:40"),
            ("2026-11-06T17:00", "2026-11-09T11:00"),
            ("2026-11-07T12:00", "2026-11-09T12:00"),
        ] {
            assert_eq!(answer_due(&austin(), instant(from)), instant(due), "{from}");
        }
    }

    #[test]
    fn a_clock_is_late_after_its_last_minute() {
        let read = |waited_min| Clock { waited_min };
        assert!(!read(240).is_late() && read(241).is_late());
        assert_eq!(read(280).left_min(), -40);
        assert_eq!(
            (read(0).spent_bp(), read(120).spent_bp(), read(999).spent_bp()),
            (0, 5_000, 10_000)
        );
    }

    proptest! {
        /// Whenever somebody asks, exactly the promised minutes lie before the answer is due.
        #[test]
        fn what_is_due_is_what_was_promised(second in 1_760_000_000i64..1_800_000_000) {
            let from = Timestamp::from_second(second).unwrap();
            let due = answer_due(&austin(), from);
            prop_assert_eq!(business_minutes(&austin(), from, due), ANSWER_WITHIN_MIN);
        }

        #[test]
        fn time_adds_up(
            second in 1_760_000_000i64..1_800_000_000,
            first in 0i64..5_000,
            then in 0i64..5_000,
        ) {
            let at = |minutes: i64| Timestamp::from_second(second / 60 * 60 + minutes * 60).unwrap();
            let count = |from, to| business_minutes(&austin(), at(from), at(to));
            prop_assert_eq!(count(0, first + then), count(0, first) + count(first, first + then));
        }
    }
}
