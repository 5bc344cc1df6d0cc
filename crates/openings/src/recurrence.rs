//! Occurrences of a series: RFC 5545 §3.3.10 expanded on wall clock, then made instants.
//!
//! A rule is walked in batches of days × times of day, in order. `starts` is the first occurrence
//! whether or not the rule names it (§3.8.5.3), so the walk begins with it and drops whatever the
//! first period holds before it.

use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow::{self, Break, Continue};

use crate::civil::{DAY_S, Day, Local};
use crate::pattern::{Pattern, Tick};
use crate::rule::{Freq, Rule, Until};
use crate::stretch::Stretch;
use crate::zone::{Instant, Zone};

/// No instant is further than this from its wall clock in UTC, and no gap moves one further.
const MARGIN_S: i64 = 2 * DAY_S;

/// A local start that comes round.
#[derive(Debug, Clone)]
pub struct Series {
    /// The first occurrence, on the wall clock.
    pub starts: Local,
    /// How it comes round; `None` for `starts` and `rdates` alone.
    pub rule: Option<Rule>,
    /// Wall clock times that are taken out, whatever put them in.
    pub exdates: Vec<Local>,
    /// Further wall clock times.
    pub rdates: Vec<Local>,
}

impl Series {
    /// The occurrences within `during`, ascending, each instant once, at most `limit` of them.
    pub fn occurrences(&self, zone: &Zone, during: Stretch, limit: usize) -> Vec<Instant> {
        if during.is_empty() || limit == 0 {
            return Vec::new();
        }
        let excluded: HashSet<Local> = self.exdates.iter().copied().collect();
        let instant_of = |local: Local| {
            let is_near = during.from.0 - MARGIN_S <= local.0 && local.0 <= during.to.0 + MARGIN_S;
            let instant = (is_near && !excluded.contains(&local)).then(|| zone.instant_of(local));
            instant.filter(|instant| during.holds(*instant))
        };

        let mut kept: BTreeSet<Instant> = BTreeSet::new();
        let mut enough_at: Option<Local> = None;
        self.walk(zone, during, &mut |local| {
            // Past the limit, an occurrence that a gap moved can still be overtaken by a later one.
            if enough_at.is_some_and(|enough| enough.plus_s(MARGIN_S) < local) {
                return Break(());
            }
            kept.extend(instant_of(local));
            if enough_at.is_none() && kept.len() >= limit {
                enough_at = Some(local);
            }
            Continue(())
        });
        kept.extend(self.rdates.iter().filter_map(|local| instant_of(*local)));
        kept.into_iter().take(limit).collect()
    }

    /// Hands every occurrence of `starts` and the rule to `emit`, in the order of the wall clock.
    fn walk(&self, zone: &Zone, during: Stretch, emit: &mut dyn FnMut(Local) -> ControlFlow<()>) {
        let Some(rule) = &self.rule else {
            let _ = emit(self.starts);
            return;
        };
        let is_over = |local: Local| match rule.until {
            Some(Until::Instant(last)) => last < zone.instant_of(local),
            Some(Until::Local(last)) => last < local,
            Some(Until::Day(last)) => last < local.day(),
            None => false,
        };
        if is_over(self.starts) {
            return;
        }
        let until = match rule.until {
            Some(Until::Instant(last)) => last.0 + MARGIN_S,
            Some(Until::Local(last)) => last.0,
            Some(Until::Day(last)) => last.plus(1).start().0,
            None => i64::MAX,
        };
        let last = Local(until.min(during.to.0 + MARGIN_S)).day().min(Day::LAST);
        let mut walk = Walk {
            rule,
            starts: self.starts,
            last,
            seen_from: Local(during.from.0 - MARGIN_S).day(),
            left: rule.count,
            emit: &mut |local| if is_over(local) { Continue(()) } else { emit(local) },
        };
        let _ = walk.run();
    }
}

/// A walk over the periods of a rule.
struct Walk<'a> {
    rule: &'a Rule,
    starts: Local,
    /// Nothing after this date is asked for.
    last: Day,
    /// Nothing before this date is asked for; it may still count.
    seen_from: Day,
    /// How many occurrences are left, where they are counted.
    left: Option<u64>,
    emit: &'a mut dyn FnMut(Local) -> ControlFlow<()>,
}

impl Walk<'_> {
    fn run(&mut self) -> ControlFlow<()> {
        self.one(self.starts)?;
        let pattern = Pattern::of(self.rule, self.starts);
        match self.rule.freq {
            Freq::Yearly => self.years(&pattern),
            Freq::Monthly => self.months(&pattern),
            Freq::Weekly => self.weeks(&pattern),
            Freq::Daily | Freq::Hourly | Freq::Minutely | Freq::Secondly => self.ticks(&pattern),
        }
    }

    fn years(&mut self, pattern: &Pattern<'_>) -> ControlFlow<()> {
        let mut year = self.starts.day().parts().year;
        while year <= self.last.parts().year {
            self.period(Day::of(year, 1, 1), Day::of(year + 1, 1, 1), pattern)?;
            year = year.saturating_add(self.rule.interval);
        }
        Continue(())
    }

    fn months(&mut self, pattern: &Pattern<'_>) -> ControlFlow<()> {
        let first = self.starts.day().parts();
        let mut month = first.year * 12 + first.month - 1;
        loop {
            let start_of = |month: i64| Day::of(month.div_euclid(12), month.rem_euclid(12) + 1, 1);
            if self.last.parts().year * 12 + 11 < month {
                return Continue(());
            }
            self.period(start_of(month), start_of(month + 1), pattern)?;
            month = month.saturating_add(self.rule.interval);
        }
    }

    fn weeks(&mut self, pattern: &Pattern<'_>) -> ControlFlow<()> {
        let mut monday = self.starts.day().back_to(self.rule.week_start);
        while monday <= self.last {
            self.period(monday, monday.plus(7), pattern)?;
            monday = monday.plus(self.rule.interval.saturating_mul(7));
        }
        Continue(())
    }

    /// One period of a weekly, monthly or yearly rule: its days × the times of day, of which
    /// `BYSETPOS` may choose.
    fn period(&mut self, from: Day, to: Day, pattern: &Pattern<'_>) -> ControlFlow<()> {
        if self.left.is_none() && to <= self.seen_from {
            return Continue(());
        }
        let days: Vec<Day> = (from.0..to.0).map(Day).filter(|day| pattern.names(*day)).collect();
        let times = &pattern.times;
        let whole = days.len() * times.len();
        if self.rule.by_set_pos.is_empty() {
            return self.batch(&days, times);
        }
        for index in pattern.chosen(whole) {
            self.one_of_rule(local(days[index / times.len()], times[index % times.len()]))?;
        }
        Continue(())
    }

    /// A rule that comes round daily or more often: its days one by one, its times within each.
    fn ticks(&mut self, pattern: &Pattern<'_>) -> ControlFlow<()> {
        let tick = Tick::of(self.rule, self.starts, pattern);
        if tick.yields_nothing() {
            return Continue(());
        }
        let mut day = self.starts.day();
        if self.left.is_none() {
            day = day.max(self.seen_from);
        }
        let mut times = Vec::new();
        while day <= self.last {
            if pattern.names(day) {
                match tick.same_each_day() {
                    Some(times) => self.batch(&[day], times)?,
                    None => {
                        times.clear();
                        tick.times_on(day, &mut times);
                        self.batch(&[day], &times)?;
                    }
                }
            }
            day = day.plus(1);
        }
        Continue(())
    }

    /// All `times` of all `days`, both in order.
    fn batch(&mut self, days: &[Day], times: &[u32]) -> ControlFlow<()> {
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return Continue(());
        };
        if self.starts.day() < *first && *last < self.seen_from {
            return self.count_off((days.len() * times.len()) as u64);
        }
        for day in days {
            for time in times {
                self.one_of_rule(local(*day, *time))?;
            }
        }
        Continue(())
    }

    /// An occurrence that the rule names: before `starts` there is none, and `starts` was told.
    fn one_of_rule(&mut self, local: Local) -> ControlFlow<()> {
        if local <= self.starts {
            return Continue(());
        }
        if Day::LAST < local.day() || self.last < local.day() {
            return Break(());
        }
        self.one(local)
    }

    fn one(&mut self, local: Local) -> ControlFlow<()> {
        (self.emit)(local)?;
        self.count_off(1)
    }

    fn count_off(&mut self, occurrences: u64) -> ControlFlow<()> {
        match &mut self.left {
            Some(left) if *left <= occurrences => Break(()),
            Some(left) => {
                *left -= occurrences;
                Continue(())
            }
            None => Continue(()),
        }
    }
}

fn local(day: Day, second: u32) -> Local {
    day.start().plus_s(i64::from(second))
}
