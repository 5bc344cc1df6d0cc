//! The hours that a clinician had opened on each day, as they stood that day; and how much of what
//! they worked lay outside them. No I/O.
//!
//! Leave is none of them, nor is protected time: what is worked in it was worked out of hours.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// From an instant until before another.
pub type Stretch = (Timestamp, Timestamp);

/// Something that stood from one instant until another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stood<T> {
    /// What.
    pub is: T,
    /// Since when.
    pub since: Timestamp,
    /// Until when; none while it stands.
    pub until: Option<Timestamp>,
}

/// Minutes from midnight by the wall clock, from when to when.
pub type Minutes = (i16, i16);

/// All that a clinician ever said about when they work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SaidHours {
    /// Weekday, Monday is 0, and hours.
    pub weekly: Vec<Stood<(i16, Minutes)>>,
    /// A date with other hours, or with none.
    pub exceptions: Vec<Stood<(Date, Option<Minutes>)>>,
    /// Dates away, both ends included.
    pub leave: Vec<Stood<(Date, Date)>>,
    /// Weekday and hours that nobody else can open.
    pub protected: Vec<Stood<(i16, Minutes)>>,
}

impl SaidHours {
    /// Whether any hours were ever opened.
    pub fn is_empty(&self) -> bool {
        self.weekly.is_empty() && self.exceptions.is_empty()
    }

    /// The hours that were open on a day, as it was said by then.
    pub fn open_on(&self, zone: &TimeZone, day: Date) -> Vec<Stretch> {
        let (begins, ends) = (wall(zone, day, 0), wall(zone, day, 1_440));
        let weekday = i16::from(day.weekday().to_monday_zero_offset());
        let is_away = self.leave.iter().filter(|it| stood(it, begins, ends));
        if is_away.into_iter().any(|it| it.is.0 <= day && day <= it.is.1) {
            return Vec::new();
        }
        let of_date = self.exceptions.iter().filter(|it| stood(it, begins, ends) && it.is.0 == day);
        let of_date: Vec<Option<Minutes>> = of_date.map(|it| it.is.1).collect();
        let of_week = self.weekly.iter().filter(|it| stood(it, begins, ends) && it.is.0 == weekday);
        let open: Vec<Minutes> = match of_date.is_empty() {
            true => of_week.map(|it| it.is.1).collect(),
            false => of_date.into_iter().flatten().collect(),
        };
        let spelled = |(from, to): Minutes| (wall(zone, day, from), wall(zone, day, to));
        let kept = self.protected.iter().filter(|it| stood(it, begins, ends) && it.is.0 == weekday);
        let kept: Vec<Stretch> = kept.map(|it| spelled(it.is.1)).collect();
        without(&union(open.into_iter().map(spelled).collect()), &union(kept))
    }

    /// The same for all days of a month.
    pub fn open_in(&self, zone: &TimeZone, first: Date) -> Vec<Stretch> {
        let days =
            first.series(Span::new().days(1)).take_while(|day| *day <= first.last_of_month());
        union(days.flat_map(|day| self.open_on(zone, day)).collect())
    }
}

/// Whether something stood at some instant of a day.
fn stood<T>(it: &Stood<T>, begins: Timestamp, ends: Timestamp) -> bool {
    it.since < ends && it.until.is_none_or(|until| begins < until)
}

/// The instant of a minute of a day by the wall clock.
fn wall(zone: &TimeZone, day: Date, minute: i16) -> Timestamp {
    let local = day.to_datetime(Time::midnight());
    let local = local.checked_add(Span::new().minutes(i64::from(minute))).unwrap_or(local);
    zone.to_timestamp(local).unwrap_or(Timestamp::MAX)
}

/// The same time without overlaps, in order.
pub fn union(mut all: Vec<Stretch>) -> Vec<Stretch> {
    all.retain(|(from, to)| from < to);
    all.sort_unstable();
    let mut joined: Vec<Stretch> = Vec::with_capacity(all.len());
    for (from, to) in all {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// What is left of some time when other time is taken out of it; both without overlaps.
pub fn without(all: &[Stretch], taken: &[Stretch]) -> Vec<Stretch> {
    let mut left = all.to_vec();
    for (from, to) in taken {
        let cut = |(begin, end): Stretch| [(begin, end.min(*from)), (begin.max(*to), end)];
        left = left.into_iter().flat_map(cut).filter(|(begin, end)| begin < end).collect();
    }
    left
}

/// Only what lies between two instants.
pub fn clipped(all: &[Stretch], (first, after): Stretch) -> Vec<Stretch> {
    let cut = |(from, to): &Stretch| ((*from).max(first), (*to).min(after));
    all.iter().map(cut).filter(|(from, to)| from < to).collect()
}

/// How long it is, in whole seconds.
pub fn seconds(all: &[Stretch]) -> i64 {
    all.iter().map(|(from, to)| to.as_second() - from.as_second()).sum()
}
