//! Months that close, and where a fact lands whose month is closed.

use std::fmt;

use jiff::civil::{Date, date};

/// A calendar month of the practice's books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i16,
    month: i8,
}

impl Period {
    /// The month that a day lies in.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        date(self.year, self.month, 1)
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }

    /// The month after it. The last month that a calendar knows is its own next.
    pub fn next(self) -> Self {
        self.last_day().tomorrow().map_or(self, Self::of)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// Where a fact is posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landing {
    /// The day it is posted on.
    pub on: Date,
    /// The month that it is about.
    pub belongs_to: Period,
    /// True when that month is closed, so that the entry adjusts it from a later one.
    pub is_adjustment: bool,
}

/// Where a fact of `day` lands when every month through `closed_through` is closed: on its own
/// day, or on the first day of the first open month.
pub fn landing(day: Date, closed_through: Option<Period>) -> Landing {
    let belongs_to = Period::of(day);
    match closed_through {
        Some(closed) if belongs_to <= closed => {
            Landing { on: closed.next().first_day(), belongs_to, is_adjustment: true }
        }
        _ => Landing { on: day, belongs_to, is_adjustment: false },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_of_a_closed_month_lands_on_the_first_open_day() {
        let closed = Some(Period::of(date(2026, 12, 31)));

        let late = landing(date(2026, 3, 9), closed);
        assert_eq!((late.on, late.is_adjustment), (date(2027, 1, 1), true));
        assert_eq!(late.belongs_to.to_string(), "2026-03");

        let timely = landing(date(2027, 1, 9), closed);
        assert_eq!((timely.on, timely.is_adjustment), (date(2027, 1, 9), false));
        assert!(!landing(date(2026, 3, 9), None).is_adjustment);
    }

    #[test]
    fn a_leap_february_ends_on_the_29th() {
        assert_eq!(Period::of(date(2028, 2, 10)).last_day(), date(2028, 2, 29));
    }
}
