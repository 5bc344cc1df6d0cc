//! A calendar month of a practice, as the instants between its local midnights.

use jiff::civil::{Date, Time};
use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::Error;

/// A month in a zone: from its first local midnight to the next month's, as UTC seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    first_day: Date,
    /// The first second of each local day, and after the last day of the month.
    midnights: Vec<i64>,
}

impl Month {
    /// The month of a day, in a zone of the IANA database as it is built into this program.
    ///
    /// # Errors
    /// `E_RANGE` for a zone that is not in it, or a month at the end of the calendar.
    pub fn of(day: Date, zone: &str) -> Result<Self, Error> {
        let zone = TimeZoneDatabase::bundled().get(zone).map_err(|_| {
            Error::range("zone", "zone is a name of the IANA database, as America/New_York")
        })?;
        let first_day = day.first_of_month();
        let mut midnights = Vec::with_capacity(32);
        let mut day = first_day;
        for _ in 0..=first_day.days_in_month() {
            midnights.push(midnight(day, &zone)?);
            day = day.tomorrow().map_err(|_| outside())?;
        }
        Ok(Self { first_day, midnights })
    }

    /// True for a day of the month.
    pub fn holds(&self, day: Date) -> bool {
        day.first_of_month() == self.first_day
    }

    /// The first second of it, and the first after it.
    pub(crate) fn seconds(&self) -> (i64, i64) {
        (self.midnights[0], self.midnights[self.days()])
    }

    /// How many days it has.
    pub(crate) fn days(&self) -> usize {
        self.midnights.len() - 1
    }

    /// The first second of every day but the first.
    pub(crate) fn inner_midnights(&self) -> &[i64] {
        &self.midnights[1..self.days()]
    }

    /// The place of a day within it.
    pub(crate) fn place_of(&self, day: Date) -> Option<usize> {
        self.holds(day).then(|| usize::from(day.day().unsigned_abs()) - 1)
    }

    /// The length of a local day, 23 or 25 hours where the clock changes.
    pub(crate) fn day_seconds(&self, place: usize) -> i64 {
        self.midnights[place + 1] - self.midnights[place]
    }
}

/// The first second of a day: midnight, or what comes first where the clock skips midnight.
fn midnight(day: Date, zone: &TimeZone) -> Result<i64, Error> {
    let midnight = zone.to_timestamp(day.to_datetime(Time::midnight())).map_err(|_| outside())?;
    Ok(midnight.as_second())
}

fn outside() -> Error {
    Error::range("month", "month lies within the calendar")
}
