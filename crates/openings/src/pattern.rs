//! What the `BY…` parts of a rule name: days, and times of day.
//!
//! A day is named when every part that is there names it. §3.3.10 speaks of parts that expand and
//! parts that limit; which of the two a part does follows from the period alone, so within one
//! period both come to the same test.

use crate::civil::{DAY_S, Day, Local, month_length};
use crate::rule::{ByDay, Freq, Rule};

/// The `BY…` parts of a rule, with what they leave open taken from the start.
pub(crate) struct Pattern<'a> {
    rule: &'a Rule,
    by_month: Vec<i64>,
    by_month_day: Vec<i64>,
    by_day: Vec<ByDay>,
    /// Times of day in seconds, ascending: the hours, minutes and seconds that are named or, for
    /// parts that are coarser than the frequency, left open.
    pub times: Vec<u32>,
}

impl<'a> Pattern<'a> {
    pub fn of(rule: &'a Rule, starts: Local) -> Self {
        let start = starts.day().parts();
        let weekday = ByDay { nth: 0, weekday: starts.day().weekday() };
        let mut pattern = Self {
            rule,
            by_month: rule.by_month.clone(),
            by_month_day: rule.by_month_day.clone(),
            by_day: rule.by_day.clone(),
            times: times_of(rule, starts),
        };
        let names_a_date = !rule.by_month_day.is_empty() || !rule.by_year_day.is_empty();
        if names_a_date || !rule.by_day.is_empty() {
            return pattern;
        }
        match rule.freq {
            Freq::Yearly if !rule.by_week_no.is_empty() => pattern.by_day.push(weekday),
            Freq::Yearly => {
                pattern.by_month_day.push(start.day);
                if pattern.by_month.is_empty() {
                    pattern.by_month.push(start.month);
                }
            }
            Freq::Monthly => pattern.by_month_day.push(start.day),
            Freq::Weekly => pattern.by_day.push(weekday),
            Freq::Daily | Freq::Hourly | Freq::Minutely | Freq::Secondly => {}
        }
        pattern
    }

    /// Every part that is there names this day.
    pub fn names(&self, day: Day) -> bool {
        let parts = day.parts();
        let named = |list: &[i64], number: i64, length: i64| {
            list.is_empty() || list.contains(&number) || list.contains(&(number - length - 1))
        };
        let weekday = day.weekday();
        if !self.by_day.is_empty() && !self.by_day.iter().any(|it| it.weekday == weekday) {
            return false;
        }
        if !self.by_month.is_empty() && !self.by_month.contains(&parts.month) {
            return false;
        }
        let in_month = (parts.day, month_length(parts.year, parts.month));
        let new_year = Day::of(parts.year, 1, 1);
        let in_year = (day.0 - new_year.0 + 1, Day::of(parts.year + 1, 1, 1).0 - new_year.0);
        let week_named = || {
            let (week, weeks) = week_of(day, self.rule.week_start);
            named(&self.rule.by_week_no, week, weeks)
        };
        // The n-th counts within the month where the rule goes by months, else within the year.
        let is_monthly = self.rule.freq == Freq::Monthly || !self.rule.by_month.is_empty();
        let (place, length) = if is_monthly { in_month } else { in_year };
        let from_start = (place - 1) / 7 + 1;
        let from_end = -((length - place) / 7 + 1);

        named(&self.by_month_day, in_month.0, in_month.1)
            && named(&self.rule.by_year_day, in_year.0, in_year.1)
            && (self.rule.by_week_no.is_empty() || week_named())
            && (self.by_day.is_empty()
                || self
                    .by_day
                    .iter()
                    .any(|it| it.weekday == weekday && [0, from_start, from_end].contains(&it.nth)))
    }

    /// The places that `BYSETPOS` chooses out of `whole`, ascending.
    pub fn chosen(&self, whole: usize) -> Vec<usize> {
        let whole = whole as i64;
        let mut chosen: Vec<usize> = self
            .rule
            .by_set_pos
            .iter()
            .map(|place| if *place > 0 { place - 1 } else { whole + place })
            .filter(|index| (0..whole).contains(index))
            .map(|index| index as usize)
            .collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }
}

/// The week of `day` in its week-numbering year, and how many weeks that year has.
///
/// Week one is the first with at least four of its days in the year (ISO 8601, with any first day
/// of the week).
fn week_of(day: Day, week_start: u8) -> (i64, i64) {
    let start = day.back_to(week_start);
    let year = start.plus(3).parts().year;
    let first_of = |year: i64| Day::of(year, 1, 4).back_to(week_start);
    let first = first_of(year);
    ((start.0 - first.0) / 7 + 1, (first_of(year + 1).0 - first.0) / 7)
}

/// The times of one period: of a day, or of the hour, minute or second that comes round.
fn times_of(rule: &Rule, starts: Local) -> Vec<u32> {
    let second = starts.second_of_day();
    let or_start = |list: &[i64], is_open: bool, start: i64| match (list.is_empty(), is_open) {
        (true, true) => vec![start],
        (true, false) => vec![0],
        (false, true) => sorted(list),
        // A part as coarse as the frequency limits it: the tick looks at it.
        (false, false) => vec![0],
    };
    let hours = or_start(&rule.by_hour, rule.freq > Freq::Hourly, second / 3_600);
    let minutes = or_start(&rule.by_minute, rule.freq > Freq::Minutely, second / 60 % 60);
    let seconds = or_start(&rule.by_second, rule.freq > Freq::Secondly, second % 60);
    let mut times = Vec::with_capacity(hours.len() * minutes.len() * seconds.len());
    for hour in &hours {
        for minute in &minutes {
            // Second 60 is a leap second: no wall clock of a zone shows it.
            for second in seconds.iter().filter(|second| **second < 60) {
                times.push((hour * 3_600 + minute * 60 + second) as u32);
            }
        }
    }
    times
}

fn sorted(list: &[i64]) -> Vec<i64> {
    let mut sorted = list.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

/// The times of day at which a rule ticks that comes round daily, hourly, by minutes or seconds.
pub(crate) struct Tick {
    /// Seconds of what comes round: a day, an hour, a minute, a second.
    unit_s: i64,
    interval: i64,
    /// The unit of `starts`, counted from 1970.
    origin: i64,
    /// The units of a day that `BYHOUR`, `BYMINUTE`, `BYSECOND` and the interval can ever name.
    units: Vec<i64>,
    /// The same as a table.
    is_unit: Vec<bool>,
    /// Seconds within a unit, after `BYSETPOS`.
    offsets: Vec<u32>,
    /// All times of a day, where the interval makes no difference between days.
    every_day: Option<Vec<u32>>,
}

impl Tick {
    pub fn of(rule: &Rule, starts: Local, pattern: &Pattern<'_>) -> Self {
        let unit_s = match rule.freq {
            Freq::Secondly => 1,
            Freq::Minutely => 60,
            Freq::Hourly => 3_600,
            Freq::Daily | Freq::Weekly | Freq::Monthly | Freq::Yearly => DAY_S,
        };
        let a_day = DAY_S / unit_s;
        let origin = starts.0.div_euclid(unit_s);
        let step = greatest_common_divisor(rule.interval, a_day);
        let allows = |list: &[i64], number: i64| list.is_empty() || list.contains(&number);
        let units: Vec<i64> = (0..a_day)
            .filter(|unit| (unit - origin).rem_euclid(step) == 0)
            .filter(|unit| {
                let second = unit * unit_s;
                (unit_s > 3_600 || allows(&rule.by_hour, second / 3_600))
                    && (unit_s > 60 || allows(&rule.by_minute, second / 60 % 60))
                    && (unit_s > 1 || allows(&rule.by_second, second % 60))
            })
            .collect();
        let mut is_unit = vec![false; a_day as usize];
        units.iter().for_each(|unit| is_unit[*unit as usize] = true);
        let offsets = if rule.by_set_pos.is_empty() {
            pattern.times.clone()
        } else {
            let chosen = pattern.chosen(pattern.times.len());
            chosen.into_iter().map(|index| pattern.times[index]).collect()
        };
        let mut tick = Self {
            unit_s,
            interval: rule.interval,
            origin,
            units,
            is_unit,
            offsets,
            every_day: None,
        };
        if step == rule.interval {
            let mut times = Vec::new();
            tick.units.iter().for_each(|unit| tick.push(*unit, &mut times));
            tick.every_day = Some(times);
        }
        tick
    }

    /// No day can ever have a time.
    pub fn yields_nothing(&self) -> bool {
        self.units.is_empty() || self.offsets.is_empty()
    }

    /// The times of any day, where all days are alike.
    pub fn same_each_day(&self) -> Option<&[u32]> {
        self.every_day.as_deref()
    }

    /// Adds the times of one day, ascending.
    pub fn times_on(&self, day: Day, times: &mut Vec<u32>) {
        let a_day = DAY_S / self.unit_s;
        let first_of_day = day.0 * a_day;
        let next = (self.origin - first_of_day).rem_euclid(self.interval);
        if a_day <= next {
            return;
        }
        // Whichever is fewer: the units that can be named, or the ticks of this day.
        if (self.units.len() as i64) < a_day / self.interval {
            for unit in self.units.iter().filter(|unit| (**unit - next) % self.interval == 0) {
                self.push(*unit, times);
            }
            return;
        }
        let step = usize::try_from(self.interval).unwrap_or(usize::MAX);
        for unit in (next..a_day).step_by(step).filter(|unit| self.is_unit[*unit as usize]) {
            self.push(unit, times);
        }
    }

    fn push(&self, unit: i64, times: &mut Vec<u32>) {
        times.extend(self.offsets.iter().map(|offset| (unit * self.unit_s) as u32 + offset));
    }
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}
