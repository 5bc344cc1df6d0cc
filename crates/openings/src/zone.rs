//! From wall clock to instants and back, with one rule for the times that clocks skip or repeat.
//!
//! A time that the clock skips moves forward by the skipped length; a time that it shows twice
//! means the first. Both say the same: the offset from *before* the change still counts.

use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

use crate::civil::{DAY_S, Day, Local};

/// A point in time, as seconds from 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// The instant so many minutes later, or earlier.
    #[must_use]
    pub fn plus_min(self, minutes: i64) -> Self {
        self.plus_s(minutes * 60)
    }

    pub(crate) fn plus_s(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// As a timestamp, which ends some hours before the calendar does: those become the last one.
    pub fn timestamp(self) -> Timestamp {
        let second = self.0.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        Timestamp::from_second(second).expect("a second within the range of timestamps")
    }
}

impl From<Timestamp> for Instant {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.as_second())
    }
}

/// A time zone of the IANA database.
#[derive(Debug, Clone)]
pub struct Zone(TimeZone);

impl From<TimeZone> for Zone {
    fn from(zone: TimeZone) -> Self {
        Self(zone)
    }
}

impl Zone {
    /// The zone of this name, spelled as the IANA database spells it.
    pub fn named(name: &str) -> Option<Self> {
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        (zone.iana_name() == Some(name) && !zone.is_unknown()).then_some(Self(zone))
    }

    /// When this wall clock shows `local`: for a skipped time as if the clock had run on, for a
    /// repeated one the first time.
    pub fn instant_of(&self, local: Local) -> Instant {
        let within = local.0.clamp(Day::FIRST.start().0, Day::LAST.start().0 + DAY_S - 1);
        let parts = Local(within).day().parts();
        let second = Local(within).second_of_day();
        let clock = jiff::civil::datetime(
            parts.year as i16,
            parts.month as i8,
            parts.day as i8,
            (second / 3_600) as i8,
            (second / 60 % 60) as i8,
            (second % 60) as i8,
            0,
        );
        let (AmbiguousOffset::Unambiguous { offset: before }
        | AmbiguousOffset::Gap { before, .. }
        | AmbiguousOffset::Fold { before, .. }) = self.0.to_ambiguous_timestamp(clock).offset();
        Instant(local.0 - i64::from(before.seconds()))
    }

    /// What this wall clock shows at `instant`.
    pub fn local_of(&self, instant: Instant) -> Local {
        let offset = self.0.to_offset(instant.timestamp());
        Local(instant.0 + i64::from(offset.seconds()))
    }

    /// The clock jumps over the whole of `day`, as in Apia over 2011-12-30.
    pub fn skips(&self, day: Day) -> bool {
        self.instant_of(day.plus(1).start()) <= self.instant_of(day.start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(zone: &str, local: &str) -> String {
        let local = Local::from(local.parse::<jiff::civil::DateTime>().unwrap());
        Zone::named(zone).unwrap().instant_of(local).timestamp().to_string()
    }

    #[test]
    fn skipped_times_run_on_and_repeated_ones_are_the_first() {
        let cases = [
            ("America/New_York", "2026-03-08T01:59:59", "2026-03-08T06:59:59Z"),
            ("America/New_York", "2026-03-08T02:30:00", "2026-03-08T07:30:00Z"),
            ("America/New_York", "2026-03-08T03:00:00", "2026-03-08T07:00:00Z"),
            ("America/New_York", "2026-11-01T01:30:00", "2026-11-01T05:30:00Z"),
            ("America/New_York", "2026-11-01T02:00:00", "2026-11-01T07:00:00Z"),
            ("Australia/Lord_Howe", "2025-10-05T02:15:00", "2025-10-04T15:45:00Z"),
            ("Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00Z"),
            ("America/Sao_Paulo", "2018-11-04T00:00:00", "2018-11-04T03:00:00Z"),
            ("America/Sao_Paulo", "2018-02-17T23:30:00", "2018-02-18T01:30:00Z"),
            ("Pacific/Apia", "2011-12-30T09:00:00", "2011-12-30T19:00:00Z"),
            ("Asia/Kathmandu", "2026-06-08T13:00:00", "2026-06-08T07:15:00Z"),
        ];
        for (zone, local, expected) in cases {
            assert_eq!(instant(zone, local), expected, "{zone} {local}");
        }
    }

    #[test]
    fn a_name_counts_as_the_database_spells_it() {
        for name in ["America/New_York", "US/Eastern", "UTC", "Etc/UTC", "GMT", "EST5EDT"] {
            assert!(Zone::named(name).is_some(), "{name}");
        }
        for name in [
            "america/new_york",
            "utc",
            "America/Philadelphia",
            "Etc/Unknown",
            "+05:00",
            "EST+5",
            "",
        ] {
            assert!(Zone::named(name).is_none(), "{name}");
        }
    }

    #[test]
    fn whole_dates_can_be_skipped() {
        let skipped = [
            ("Pacific/Apia", (2011, 12, 30)),
            ("Pacific/Fakaofo", (2011, 12, 30)),
            ("Pacific/Kwajalein", (1993, 8, 21)),
            ("Pacific/Kiritimati", (1994, 12, 31)),
        ];
        for (name, (year, month, day)) in skipped {
            let zone = Zone::named(name).unwrap();
            let day = Day::of(year, month, day);
            let around = [-1, 0, 1].map(|by| zone.skips(day.plus(by)));
            assert_eq!(around, [false, true, false], "{name}");
        }
    }

    #[test]
    fn the_ends_of_the_calendar_have_instants() {
        let zone = Zone::named("America/New_York").unwrap();
        let last = Local(Day::LAST.start().0 + DAY_S - 1);
        assert_eq!(zone.instant_of(last), Instant(last.0 + 5 * 3_600));
        assert_eq!(zone.local_of(zone.instant_of(last)), last);
        let first = Day::FIRST.start();
        assert_eq!(zone.local_of(zone.instant_of(first)), first);
    }
}
