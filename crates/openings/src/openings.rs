//! Which starts are open, and why another is not.
//!
//! Whatever refuses a start does so over a stretch of starts: a visit of 50 minutes meets a
//! dentist at 10:00 from 09:10 on. So each rule is turned into stretches of refused starts once,
//! and a candidate is looked up in them; day and week bounds alone are counted.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::civil::Day;
use crate::hours::Admit;
use crate::question::{Appointment, Kind, Question, Reason, VisitType};
use crate::stretch::{Stretch, Stretches};
use crate::zone::Instant;

impl Question {
    /// The starts within `during` that can be booked, ascending, at most `limit` of them.
    ///
    /// Panics where `visit` has no length or no grid: neither can be booked.
    pub fn openings(&self, during: Stretch, limit: usize) -> Vec<Instant> {
        let visit = &self.visit;
        assert!(visit.length_min > 0 && visit.grid_min > 0, "a visit has a length and a grid");
        let asked = Stretch {
            from: during.from.max(self.soonest()),
            to: during.to.min(self.too_late_from()),
        };
        if asked.is_empty() {
            return Vec::new();
        }

        let days = self.days_around(asked);
        let laid = self.lay(days.clone(), self.admit());
        let refused = Stretches::joined(self.refused(days).map(|(_, starts)| starts));
        let counts = self.counts();
        let is_open = |start: &Instant| {
            asked.holds(*start)
                && laid.hours.cover(visit.core(*start))
                && !refused.hold(*start)
                && counts.full(self, *start).is_empty()
        };

        let mut open = Vec::new();
        let mut starts = Vec::new();
        let mut windows = laid.windows.iter().peekable();
        while let Some(window) = windows.next() {
            starts.extend(visit.candidates(*window));
            // Where clocks skip midnight, windows of two dates can overlap as instants.
            let mut end = window.to;
            while let Some(window) = windows.next_if(|next| next.from < end) {
                end = end.max(window.to);
                starts.extend(visit.candidates(*window));
            }
            starts.sort_unstable();
            starts.dedup();
            open.extend(starts.drain(..).filter(is_open).take(limit - open.len()));
            if open.len() == limit {
                break;
            }
        }
        open
    }

    /// Every reason why nobody can be booked at `at`, in their order; none where it is open.
    pub fn why_not(&self, at: Instant) -> Vec<Reason> {
        let visit = &self.visit;
        assert!(visit.length_min > 0 && visit.grid_min > 0, "a visit has a length and a grid");
        let days = self.days_around(Stretch { from: at, to: at.plus_s(1) });

        let mut reasons = self.hours_refuse(at, days.clone());
        let met = self.refused(days).filter(|(_, starts)| starts.holds(at));
        reasons.extend(met.map(|(reason, _)| reason));
        if at < self.soonest() {
            reasons.push(Reason::Notice);
        }
        if self.too_late_from() <= at {
            reasons.push(Reason::Horizon);
        }
        reasons.extend(self.counts().full(self, at));
        reasons.sort_unstable();
        reasons.dedup();
        reasons
    }

    /// What hours and grid have against a start.
    fn hours_refuse(&self, at: Instant, days: RangeInclusive<Day>) -> Vec<Reason> {
        let core = self.visit.core(at);
        let mine = self.admit();
        let laid = self.lay(days.clone(), mine);
        if laid.hours.cover(core) {
            let is_candidate = laid.windows.iter().any(|window| {
                window.holds(at) && (at.0 - window.from.0) % self.visit.grid_s() == 0
            });
            return if is_candidate { Vec::new() } else { vec![Reason::OffGrid] };
        }

        let would_do = |admit: Admit| self.lay(days.clone(), admit).hours.cover(core);
        let closed = match self.asker.is {
            Kind::New => Reason::ClosedToNew,
            Kind::Current => Reason::ClosedToCurrent,
        };
        let mut reasons = Vec::new();
        if would_do(Admit { kind: None, ..mine }) {
            reasons.push(closed);
        }
        if would_do(Admit { place: None, ..mine }) {
            reasons.push(Reason::OtherPlace);
        }
        if reasons.is_empty() {
            if would_do(Admit { kind: None, place: None }) {
                return vec![closed, Reason::OtherPlace];
            }
            return vec![Reason::OutsideHours];
        }
        reasons
    }

    /// The starts that leave, protected time, appointments and outside calendars refuse.
    fn refused(&self, days: RangeInclusive<Day>) -> impl Iterator<Item = (Reason, Stretch)> + '_ {
        let visit = &self.visit;
        let (before, after) = (visit.before_min, visit.after_min);
        let leave = self.leave.iter().map(|leave| Stretch {
            from: self.zone.instant_of(leave.from_date.start()),
            to: self.zone.instant_of(leave.to_date.plus(1).start()),
        });
        let widest =
            move |own: &Appointment| (before.max(own.after_min), after.max(own.before_min));

        let leave = leave.map(|it| (Reason::Leave, it, 0, 0));
        let protected =
            self.protected_on(days).map(move |it| (Reason::Protected, it, before, after));
        let appointments = self.appointments.iter().map(move |it| {
            let (before, after) = widest(it);
            (Reason::Appointment, it.core, before, after)
        });
        let busy = self.busy.iter().map(move |it| (Reason::Busy, *it, before, after));
        leave
            .chain(protected)
            .chain(appointments)
            .chain(busy)
            .filter(|(_, stretch, ..)| !stretch.is_empty())
            .map(|(reason, it, before, after)| (reason, visit.starts_that_meet(it, before, after)))
    }

    fn admit(&self) -> Admit {
        Admit { kind: Some(self.asker.is), place: Some(self.asker.place) }
    }

    fn soonest(&self) -> Instant {
        self.now.plus_min(i64::from(self.visit.notice_min))
    }

    fn too_late_from(&self) -> Instant {
        self.now.plus_min(i64::from(self.visit.horizon_days) * 24 * 60)
    }

    /// The local dates whose windows can have a part in a visit that starts within `starts`; two
    /// more on each side, since a skipped time can move over midnight.
    fn days_around(&self, starts: Stretch) -> RangeInclusive<Day> {
        let visit = &self.visit;
        let reach = i64::from(visit.length_min) + i64::from(visit.after_min);
        let first = self.zone.local_of(starts.from.plus_min(-i64::from(visit.before_min))).day();
        let last = self.zone.local_of(starts.to.plus_min(reach)).day();
        first.plus(-2).max(Day::FIRST)..=last.plus(2).min(Day::LAST)
    }

    fn counts(&self) -> Counts {
        let mut counts = Counts { by_day: BTreeMap::new(), by_week: BTreeMap::new() };
        if self.visit.day_max.is_none() && self.visit.week_max.is_none() {
            return counts;
        }
        for appointment in &self.appointments {
            let day = self.zone.local_of(appointment.core.from).day();
            *counts.by_day.entry(day).or_default() += 1;
            *counts.by_week.entry(day.back_to(0)).or_default() += 1;
        }
        counts
    }
}

impl VisitType {
    fn core(&self, start: Instant) -> Stretch {
        Stretch { from: start, to: start.plus_min(i64::from(self.length_min)) }
    }

    fn grid_s(&self) -> i64 {
        i64::from(self.grid_min) * 60
    }

    fn candidates(&self, window: Stretch) -> impl Iterator<Item = Instant> + use<> {
        (window.from.0..window.to.0).step_by(self.grid_s() as usize).map(Instant)
    }

    /// The starts at which the visit, widened by these buffers, meets `stretch`.
    fn starts_that_meet(&self, stretch: Stretch, before_min: u16, after_min: u16) -> Stretch {
        let reach = i64::from(self.length_min) + i64::from(after_min);
        Stretch {
            from: stretch.from.plus_min(-reach).plus_s(1),
            to: stretch.to.plus_min(i64::from(before_min)),
        }
    }
}

/// How many appointments start on a local date, and in the week of a Monday.
struct Counts {
    by_day: BTreeMap<Day, u32>,
    by_week: BTreeMap<Day, u32>,
}

impl Counts {
    /// Which bounds leave no room for one more visit.
    fn full(&self, question: &Question, start: Instant) -> Vec<Reason> {
        let bounds = (question.visit.day_max, question.visit.week_max);
        if bounds == (None, None) {
            return Vec::new();
        }
        let day = question.zone.local_of(start).day();
        let is_full = |counts: &BTreeMap<Day, u32>, day: Day, max: Option<u32>| {
            max.is_some_and(|max| max <= counts.get(&day).copied().unwrap_or(0))
        };
        let mut full = Vec::new();
        if is_full(&self.by_day, day, bounds.0) {
            full.push(Reason::DayFull);
        }
        if is_full(&self.by_week, day.back_to(0), bounds.1) {
            full.push(Reason::WeekFull);
        }
        full
    }
}
