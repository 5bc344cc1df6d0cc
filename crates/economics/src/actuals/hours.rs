//! Hours of a month: measured where something could be measured, else entered, and no second
//! counted twice.
//!
//! Stretches are clipped to the month and cut at each other's ends and at local midnights; each
//! piece goes to the covering kind of highest precedence. A call during a note is a call. Of
//! editing only instants are known, never content.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::{Month, TimeKind};
use crate::{Code, Error};

/// Without a key, pointer or scroll for longer than this, editing has ended.
const IDLE_S: i64 = 120;
/// Reading goes on for a moment after the last of them.
const TAIL_S: i64 = 15;
/// The seconds of a day: no slot is longer.
pub(super) const SLOT_S_MOST: i64 = 86_400;

/// A measured stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// What was done.
    pub kind: TimeKind,
    /// From.
    pub start: Timestamp,
    /// To; none for a session whose stop nobody recorded.
    pub end: Option<Timestamp>,
    /// The planned length, for a session without a stop: its hours are then a range.
    pub slot_s: Option<i64>,
}

/// Instants of keys, pointer or scroll in one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edits {
    /// What the document is for.
    pub kind: TimeKind,
    /// When.
    pub at: Vec<Timestamp>,
}

/// Minutes that the clinician states for a kind on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    /// What was done.
    pub kind: TimeKind,
    /// On which local day.
    pub on: Date,
    /// For how long.
    pub minutes: i64,
}

/// The clinician's last word on a kind of a day: it stands instead of what was measured.
pub type Correction = Entered;

/// Time of a month, as it was recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimeRecords {
    /// Measured stretches.
    pub stretches: Vec<Stretch>,
    /// Editing, by document.
    pub edits: Vec<Edits>,
    /// Minutes added by hand.
    pub entered: Vec<Entered>,
    /// Corrections in the order they were made; the last one wins.
    pub corrections: Vec<Correction>,
    /// Kinds that the clinician does not record: hours then have no upper end.
    pub not_recorded: Vec<TimeKind>,
}

/// The hours of a month, in whole seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HoursOfMonth {
    /// By kind, of those that anything is known of.
    pub by_kind_s: BTreeMap<TimeKind, i64>,
    /// Known.
    pub total_s: i64,
    /// With the slots of sessions that have no stop.
    pub total_high_s: i64,
    /// Known, less sessions and what is paid by the hour; below zero where more is paid than known.
    pub unpaid_s: i64,
    /// How much the clinician's corrections changed.
    pub corrected_by_s: i64,
    /// Sessions whose stop nobody recorded.
    pub sessions_without_stop: usize,
    /// Kinds that are not recorded.
    pub not_recorded: Vec<TimeKind>,
}

impl HoursOfMonth {
    pub(crate) fn of(month: &Month, time: &TimeRecords, paid_s: i64) -> Result<Self, Error> {
        let measured = measured(time)?;
        let slots = slots(time)?;
        let (first, after) = month.seconds();
        let known = Days::of(month, &measured, time)?;
        let high = match slots.is_empty() {
            true => known.total_s(),
            false => {
                let all: Vec<Piece> = measured.iter().chain(&slots).copied().collect();
                Days::of(month, &all, time)?.total_s()
            }
        };
        let total_s = known.total_s();
        // A corrected session keeps its length while its slot hides other work beside it.
        let high = high.max(total_s);
        let by_kind_s = known.by_kind_s();
        let session_s = by_kind_s.get(&TimeKind::Session).copied().unwrap_or(0);
        let is_within = |slot: &&Piece| slot.start < after && first < slot.end;
        Ok(Self {
            by_kind_s,
            total_s,
            total_high_s: high,
            unpaid_s: total_s - session_s - paid_s,
            corrected_by_s: known.corrected_by_s,
            sessions_without_stop: slots.iter().filter(is_within).count(),
            not_recorded: time.not_recorded.clone(),
        })
    }

    /// The most that it can have been; none where some kind is not recorded.
    pub(crate) fn highest_s(&self) -> Option<i64> {
        self.not_recorded.is_empty().then_some(self.total_high_s)
    }
}

/// A stretch in seconds, half-open.
#[derive(Debug, Clone, Copy)]
struct Piece {
    kind: TimeKind,
    start: i64,
    end: i64,
}

/// Seconds by local day and kind; none where nothing is known of it.
struct Days {
    seconds: Vec<[Option<i64>; TimeKind::COUNT]>,
    corrected_by_s: i64,
}

impl Days {
    fn of(month: &Month, pieces: &[Piece], time: &TimeRecords) -> Result<Self, Error> {
        let seconds = vec![[None; TimeKind::COUNT]; month.days()];
        let mut days = Self { seconds, corrected_by_s: 0 };
        days.sweep(month, pieces);
        for (i, entered) in time.entered.iter().enumerate() {
            let place = checked_day(month, entered, &format!("entered/{i}"))?;
            if let Some(place) = place {
                days.add(place, entered.kind, entered.minutes * 60);
            }
        }
        let before = days.total_s();
        for (i, correction) in time.corrections.iter().enumerate() {
            let place = checked_day(month, correction, &format!("corrections/{i}"))?;
            if let Some(place) = place {
                days.seconds[place][correction.kind as usize] = Some(correction.minutes * 60);
            }
        }
        days.corrected_by_s = days.total_s() - before;
        Ok(days)
    }

    /// Walks through all ends and midnights in order, counting which kinds are going on.
    fn sweep(&mut self, month: &Month, pieces: &[Piece]) {
        let (first, after) = month.seconds();
        let mut marks: Vec<(i64, usize, i32)> = Vec::with_capacity(2 * pieces.len() + 32);
        for piece in pieces {
            let (start, end) = (piece.start.max(first), piece.end.min(after));
            if start < end {
                marks.push((start, piece.kind as usize, 1));
                marks.push((end, piece.kind as usize, -1));
            }
        }
        marks.extend(month.inner_midnights().iter().map(|midnight| (*midnight, 0, 0)));
        marks.sort_unstable();

        let mut going_on = [0_i32; TimeKind::COUNT];
        let mut day = 0;
        let mut since = first;
        for (at, kind, change) in marks {
            let kind_going_on = going_on.iter().position(|count| 0 < *count);
            if let (Some(place), true) = (kind_going_on, since < at) {
                self.add(day, TimeKind::at(place), at - since);
            }
            since = at;
            going_on[kind] += change;
            day += usize::from(change == 0);
        }
    }

    fn add(&mut self, day: usize, kind: TimeKind, seconds: i64) {
        let sum = &mut self.seconds[day][kind as usize];
        *sum = Some(sum.unwrap_or(0) + seconds);
    }

    fn total_s(&self) -> i64 {
        self.seconds.iter().flatten().flatten().sum()
    }

    fn by_kind_s(&self) -> BTreeMap<TimeKind, i64> {
        let mut by_kind = BTreeMap::new();
        for day in &self.seconds {
            for (place, seconds) in day.iter().enumerate() {
                if let Some(seconds) = seconds {
                    *by_kind.entry(TimeKind::at(place)).or_default() += seconds;
                }
            }
        }
        by_kind
    }
}

/// The place of the day within the month, none outside of it; the minutes must fit the day.
fn checked_day(month: &Month, entered: &Entered, at: &str) -> Result<Option<usize>, Error> {
    let Some(place) = month.place_of(entered.on) else { return Ok(None) };
    let most = month.day_seconds(place) / 60;
    if !(0..=most).contains(&entered.minutes) {
        let message = format!("minutes of {} are from 0 to {most}", entered.on);
        return Err(Error::range(format!("{at}/minutes"), message));
    }
    Ok(Some(place))
}

fn measured(time: &TimeRecords) -> Result<Vec<Piece>, Error> {
    let mut pieces = Vec::with_capacity(time.stretches.len());
    for (i, stretch) in time.stretches.iter().enumerate() {
        let Some(end) = stretch.end else { continue };
        let (start, end) = (stretch.start.as_second(), end.as_second());
        if end < start {
            let message = "a stretch of time ends no earlier than it starts";
            return Err(Error::new(Code::Interval, format!("time/{i}/end"), message));
        }
        pieces.push(Piece { kind: stretch.kind, start, end });
    }
    for edits in &time.edits {
        pieces.extend(bursts(edits));
    }
    Ok(pieces)
}

/// Sessions without a stop, with their slot in its place.
fn slots(time: &TimeRecords) -> Result<Vec<Piece>, Error> {
    let mut slots = Vec::new();
    for (i, stretch) in time.stretches.iter().enumerate().filter(|(_, it)| it.end.is_none()) {
        if stretch.kind != TimeKind::Session {
            let message = "only a session can lack its end";
            return Err(Error::range(format!("time/{i}/end"), message));
        }
        let slot_s = stretch.slot_s.filter(|slot_s| (0..=SLOT_S_MOST).contains(slot_s));
        let Some(slot_s) = slot_s else {
            let message =
                format!("a session without an end has its slot_s, from 0 to {SLOT_S_MOST}");
            return Err(Error::range(format!("time/{i}/slot_s"), message));
        };
        let start = stretch.start.as_second();
        slots.push(Piece { kind: stretch.kind, start, end: start + slot_s });
    }
    Ok(slots)
}

/// Editing goes on from the first instant to a moment after the last, until a pause.
fn bursts(edits: &Edits) -> Vec<Piece> {
    let mut instants: Vec<i64> = edits.at.iter().map(|at| at.as_second()).collect();
    instants.sort_unstable();
    let mut bursts: Vec<Piece> = Vec::new();
    for at in instants {
        match bursts.last_mut() {
            Some(burst) if at - (burst.end - TAIL_S) <= IDLE_S => burst.end = at + TAIL_S,
            _ => bursts.push(Piece { kind: edits.kind, start: at, end: at + TAIL_S }),
        }
    }
    bursts
}
