//! A week as one looks at it: days by the wall clock, and what stands on them. No I/O.

use hours::{Kept, KeptFor, Pattern};
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use openings::Kind;

use crate::model::{Appointment, State};

const DAY_MIN: u16 = 1_440;
/// The hours that are always drawn; what lies outside of them widens the week.
const DRAWN: (u16, u16) = (8 * 60, 18 * 60);
/// The days that are always drawn: Monday to Friday.
const WORKDAYS: usize = 5;

/// What an hour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Open to somebody new, too.
    OpenToNew,
    /// Open to current clients alone.
    OpenToCurrent,
    /// Hers: only she gives it back.
    Protected,
    /// She is away.
    Leave,
    /// Not to be booked, and why is not for the one who looks.
    Closed,
}

/// To whom a week is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The one whose week it is.
    Herself,
    /// Somebody else: what she keeps is closed to them, without why.
    Another,
}

/// From one minute of a day to another, by the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minutes {
    /// The first.
    pub from: u16,
    /// The first that is no longer in it.
    pub to: u16,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Which.
    pub date: Date,
    /// What its hours are for, by when they begin.
    pub ground: Vec<(Minutes, Ink)>,
    /// What is planned, by when it begins.
    pub visits: Vec<(Minutes, Appointment)>,
}

/// One week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Monday to Friday, and the weekend where something stands on it.
    pub days: Vec<Day>,
    /// The days that were left out.
    pub folded: Vec<Date>,
    /// The hours that are drawn.
    pub drawn: Minutes,
    /// How many visits stand: neither held nor called off.
    pub visits: usize,
    /// Minutes that she keeps for herself.
    pub protected_min: u32,
}

/// What a week is made of.
#[derive(Debug)]
pub struct Parts<'a> {
    /// Its Monday.
    pub monday: Date,
    /// What she offers.
    pub pattern: &'a Pattern,
    /// What she keeps.
    pub kept: &'a [Kept],
    /// Who looks.
    pub reader: Reader,
    /// What is planned.
    pub planned: Vec<Appointment>,
}

/// The Monday of a week as addresses write it: `2026-W07`.
pub fn read(typed: &str) -> Option<Date> {
    let (year, week) = typed.trim().split_once("-W")?;
    let week = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()?;
    Some(week.date())
}

/// The week of a date as addresses write it.
pub fn word(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{}-W{:02}", week.year(), week.week())
}

/// The Monday on or before a date.
pub fn monday(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}

/// The first instants of a Monday and of the next.
pub fn instants(monday: Date, zone: &TimeZone) -> (Timestamp, Timestamp) {
    (midnight(monday, zone), midnight(monday.saturating_add(7.days()), zone))
}

/// The first instant of a date.
pub fn midnight(date: Date, zone: &TimeZone) -> Timestamp {
    let zone: openings::Zone = zone.clone().into();
    zone.instant_of(openings::Day::from(date).start()).timestamp()
}

impl Week {
    /// A week of these parts.
    pub fn of(parts: Parts<'_>) -> Self {
        let zone = &parts.pattern.zone;
        let planned = without_covered(&parts.planned);
        let days = (0..7_i64).map(|at| {
            let date = parts.monday.saturating_add(at.days());
            let mut ground = open(parts.pattern, date);
            ground.extend(kept(&parts, date));
            ground.sort_unstable_by_key(|(minutes, _)| *minutes);
            let on_day = planned.iter().filter_map(|it| {
                let minutes = within(date, zone, it.starts_at, it.ends_at)?;
                let begins_here = it.starts_at.to_zoned_datetime(zone.clone()).date() == date;
                begins_here.then(|| (minutes, it.clone()))
            });
            Day { date, ground, visits: on_day.collect() }
        });
        let days: Vec<Day> = days.collect();
        let drawn = drawn(&days);
        let protected_min = protected_min(&days);
        let stands =
            |it: &Appointment| matches!(it.state, State::Booked | State::Kept | State::Missed);
        let visits = planned.iter().filter(|it| stands(it)).count();
        let (shown, folded): (Vec<_>, Vec<_>) = days
            .into_iter()
            .enumerate()
            .partition(|(at, day)| *at < WORKDAYS || has_something(day));
        Self {
            days: shown.into_iter().map(|(_, day)| day).collect(),
            folded: folded.into_iter().map(|(_, day)| day.date).collect(),
            drawn,
            visits,
            protected_min,
        }
    }
}

/// What was called off is shown, unless its hour was given to somebody else since.
fn without_covered(planned: &[Appointment]) -> Vec<Appointment> {
    let lives: Vec<(Timestamp, Timestamp)> = planned
        .iter()
        .filter(|it| it.state != State::Canceled)
        .map(|it| (it.starts_at, it.ends_at))
        .collect();
    let is_covered = |it: &Appointment| {
        let meets = |(from, to): &(Timestamp, Timestamp)| *from < it.ends_at && it.starts_at < *to;
        it.state == State::Canceled && lives.iter().any(meets)
    };
    planned.iter().filter(|it| !is_covered(it)).cloned().collect()
}

/// The hours that are offered on a date.
fn open(pattern: &Pattern, date: Date) -> Vec<(Minutes, Ink)> {
    let day = openings::Day::from(date);
    let ink = |window: &openings::Window| {
        let minutes = Minutes { from: window.hours.opens_min, to: window.hours.closes_min };
        let ink = match window.only_for {
            Some(Kind::Current) => Ink::OpenToCurrent,
            Some(Kind::New) | None => Ink::OpenToNew,
        };
        (minutes, ink)
    };
    match pattern.exceptions.iter().find(|it| it.date == day) {
        Some(exception) => exception.windows.iter().map(ink).collect(),
        None => {
            let weekly = pattern.weekly.iter().filter(|row| row.days.has(day));
            weekly.map(|row| ink(&row.window)).collect()
        }
    }
}

/// What she keeps of a date.
fn kept(parts: &Parts<'_>, date: Date) -> Vec<(Minutes, Ink)> {
    let of_date = parts.kept.iter().filter_map(|it| {
        let ink = match (parts.reader, it.why) {
            (Reader::Another, _) => Ink::Closed,
            (Reader::Herself, KeptFor::Protected) => Ink::Protected,
            (Reader::Herself, KeptFor::Leave) => Ink::Leave,
        };
        within(date, &parts.pattern.zone, it.from, it.to).map(|minutes| (minutes, ink))
    });
    of_date.collect()
}

/// The part of a stretch that lies on a date, by its wall clock.
fn within(date: Date, zone: &TimeZone, from: Timestamp, to: Timestamp) -> Option<Minutes> {
    let next = date.tomorrow().ok()?;
    let minute = |at: Timestamp| {
        let local = at.to_zoned_datetime(zone.clone());
        if local.date() < date {
            0
        } else if next <= local.date() {
            DAY_MIN
        } else {
            u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs())
        }
    };
    let (first, last) = (minute(from), minute(to));
    (first < last).then_some(Minutes { from: first, to: last })
}

fn has_something(day: &Day) -> bool {
    let is_open = |ink: &Ink| matches!(ink, Ink::OpenToNew | Ink::OpenToCurrent);
    !day.visits.is_empty() || day.ground.iter().any(|(_, ink)| is_open(ink))
}

/// Whole hours around everything that can be booked or is.
fn drawn(days: &[Day]) -> Minutes {
    let visits = days.iter().flat_map(|day| day.visits.iter().map(|(minutes, _)| *minutes));
    let open = days.iter().flat_map(|day| {
        let is_open = |ink: Ink| matches!(ink, Ink::OpenToNew | Ink::OpenToCurrent);
        day.ground.iter().filter(move |(_, ink)| is_open(*ink)).map(|(minutes, _)| *minutes)
    });
    let start = Minutes { from: DRAWN.0, to: DRAWN.1 };
    let wide = visits
        .chain(open)
        .fold(start, |all, it| Minutes { from: all.from.min(it.from), to: all.to.max(it.to) });
    Minutes { from: wide.from / 60 * 60, to: wide.to.div_ceil(60) * 60 }
}

/// Protected minutes of a week, each once.
fn protected_min(days: &[Day]) -> u32 {
    let of_days = days.iter().flat_map(|day| day.ground.iter());
    of_days
        .filter(|(_, ink)| *ink == Ink::Protected)
        .map(|(minutes, _)| u32::from(minutes.to - minutes.from))
        .sum()
}
