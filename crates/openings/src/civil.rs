//! Dates as a count of days, and wall clock as a count of seconds: arithmetic without a zone.
//!
//! The counts run over the proleptic Gregorian calendar, so that "a year beyond 9999" is a number
//! like any other and a caller's limit decides, not the range of a library.

/// A date, as days from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

/// A time on somebody's wall clock, as seconds from 1970-01-01T00:00:00 on that clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Local(pub i64);

/// Year, month (from 1) and day of the month (from 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Parts {
    pub year: i64,
    pub month: i64,
    pub day: i64,
}

/// Seconds of a day of the wall clock.
pub(crate) const DAY_S: i64 = 86_400;

impl Day {
    /// 0001-01-01, the first date that can be asked about.
    pub const FIRST: Self = Self(-719_162);
    /// 9999-12-31, the last one.
    pub const LAST: Self = Self(2_932_896);

    /// The date of these numbers; a month must exist, a day beyond its month runs on.
    ///
    /// Years begin in March here, so that the leap day comes last: the method is Howard Hinnant's
    /// `days_from_civil`.
    pub fn of(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self(era * 146_097 + day_of_era - 719_468)
    }

    pub(crate) fn parts(self) -> Parts {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        Parts {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * shifted_month + 2) / 5 + 1,
        }
    }

    /// Monday is 0, Sunday is 6.
    pub fn weekday(self) -> u8 {
        (self.0 + 3).rem_euclid(7) as u8
    }

    /// The last day before or on this one that is `weekday`.
    pub(crate) fn back_to(self, weekday: u8) -> Self {
        Self(self.0 - (i64::from(self.weekday()) - i64::from(weekday)).rem_euclid(7))
    }

    /// Midnight at its beginning.
    pub fn start(self) -> Local {
        Local(self.0 * DAY_S)
    }

    /// The wall clock so many minutes after midnight; 1,440 is midnight of the next date.
    pub(crate) fn at_min(self, minute: u16) -> Local {
        Local(self.0 * DAY_S + i64::from(minute) * 60)
    }

    pub(crate) fn plus(self, days: i64) -> Self {
        Self(self.0.saturating_add(days))
    }
}

impl From<jiff::civil::Date> for Day {
    fn from(date: jiff::civil::Date) -> Self {
        Self::of(i64::from(date.year()), i64::from(date.month()), i64::from(date.day()))
    }
}

impl Local {
    /// The date on this wall clock.
    pub fn day(self) -> Day {
        Day(self.0.div_euclid(DAY_S))
    }

    /// Seconds since midnight on this wall clock.
    pub fn second_of_day(self) -> i64 {
        self.0.rem_euclid(DAY_S)
    }

    pub(crate) fn plus_s(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

impl From<jiff::civil::DateTime> for Local {
    fn from(time: jiff::civil::DateTime) -> Self {
        let seconds = i64::from(time.hour()) * 3_600
            + i64::from(time.minute()) * 60
            + i64::from(time.second());
        Day::from(time.date()).start().plus_s(seconds)
    }
}

/// Days of a month.
pub(crate) fn month_length(year: i64, month: i64) -> i64 {
    let next = if month == 12 { Day::of(year + 1, 1, 1) } else { Day::of(year, month + 1, 1) };
    next.0 - Day::of(year, month, 1).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_ends_of_the_calendar_are_where_they_are_said_to_be() {
        assert_eq!(Day::of(1, 1, 1), Day::FIRST);
        assert_eq!(Day::of(9999, 12, 31), Day::LAST);
        assert_eq!(Day::of(1970, 1, 1), Day(0));
    }

    proptest! {
        #[test]
        fn days_agree_with_another_calendar(days in -700_000i64..2_900_000) {
            let start = jiff::civil::date(1970, 1, 1);
            let date = start.checked_add(jiff::Span::new().days(days)).unwrap();
            let parts = Day(days).parts();

            prop_assert_eq!(Day::from(date), Day(days));
            prop_assert_eq!(
                (parts.year, parts.month, parts.day),
                (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()))
            );
            prop_assert_eq!(Day(days).weekday() as i8, date.weekday().to_monday_zero_offset());
            prop_assert_eq!(month_length(parts.year, parts.month), i64::from(date.days_in_month()));
        }
    }
}
