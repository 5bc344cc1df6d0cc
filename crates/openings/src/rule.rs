//! A recurrence rule as RFC 5545 §3.3.10 writes it, read strictly.

use std::fmt;

use crate::civil::{Day, Local, Parts, month_length};
use crate::zone::Instant;

/// How often a rule comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Freq {
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// Until when a rule comes round, itself included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Until {
    Instant(Instant),
    Local(Local),
    Day(Day),
}

/// A day of the week, or the n-th of its month or year; 0 stands for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ByDay {
    pub nth: i64,
    pub weekday: u8,
}

/// A recurrence rule that §3.3.10 allows. Empty lists say nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub(crate) freq: Freq,
    pub(crate) interval: i64,
    pub(crate) count: Option<u64>,
    pub(crate) until: Option<Until>,
    pub(crate) by_second: Vec<i64>,
    pub(crate) by_minute: Vec<i64>,
    pub(crate) by_hour: Vec<i64>,
    pub(crate) by_day: Vec<ByDay>,
    pub(crate) by_month_day: Vec<i64>,
    pub(crate) by_year_day: Vec<i64>,
    pub(crate) by_week_no: Vec<i64>,
    pub(crate) by_month: Vec<i64>,
    pub(crate) by_set_pos: Vec<i64>,
    pub(crate) week_start: u8,
}

/// Why a text is no recurrence rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotARule(String);

impl fmt::Display for NotARule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotARule {}

const PARTS: [&str; 14] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYSECOND",
    "BYMINUTE",
    "BYHOUR",
    "BYDAY",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYMONTH",
    "BYSETPOS",
    "WKST",
];

impl Rule {
    /// Reads the value of an `RRULE`; letters may be small.
    ///
    /// # Errors
    ///
    /// Whatever §3.3.10 forbids: unknown and repeated parts, values out of range, parts that do
    /// not go together.
    pub fn parse(text: &str) -> Result<Self, NotARule> {
        let text = text.to_ascii_uppercase();
        let mut values: [Option<&str>; PARTS.len()] = [None; PARTS.len()];
        for part in text.split(';') {
            let (name, value) = part.split_once('=').ok_or_else(|| not_in("a part", part))?;
            let index = PARTS.iter().position(|known| *known == name);
            let index = index.ok_or_else(|| not_in("the parts of a rule", name))?;
            if values[index].replace(value).is_some() {
                return Err(NotARule(format!("{name} stands there twice")));
            }
        }
        let [freq, interval, count, until, second, minute, hour, day, month_day, rest @ ..] =
            values;
        let [year_day, week_no, month, set_pos, week_start] = rest;
        let rule = Self {
            freq: freq.map(freq_of).transpose()?.ok_or_else(|| not_in("FREQ", "nothing"))?,
            interval: interval.map(|it| at_least_one("INTERVAL", it)).transpose()?.unwrap_or(1),
            count: count.map(|it| at_least_one("COUNT", it)).transpose()?.map(i64::unsigned_abs),
            until: until.map(until_of).transpose()?,
            by_second: numbers("BYSECOND", second, Signs::Plain, 0..=60)?,
            by_minute: numbers("BYMINUTE", minute, Signs::Plain, 0..=59)?,
            by_hour: numbers("BYHOUR", hour, Signs::Plain, 0..=23)?,
            by_day: list(day, by_day_of)?,
            by_month_day: numbers("BYMONTHDAY", month_day, Signs::Both, 1..=31)?,
            by_year_day: numbers("BYYEARDAY", year_day, Signs::Both, 1..=366)?,
            by_week_no: numbers("BYWEEKNO", week_no, Signs::Both, 1..=53)?,
            by_month: numbers("BYMONTH", month, Signs::Plain, 1..=12)?,
            by_set_pos: numbers("BYSETPOS", set_pos, Signs::Both, 1..=366)?,
            week_start: week_start.map(weekday_of).transpose()?.unwrap_or(0),
        };
        rule.goes_together()?;
        Ok(rule)
    }

    /// Which parts §3.3.10 does not allow beside each other.
    fn goes_together(&self) -> Result<(), NotARule> {
        let is_numbered = self.by_day.iter().any(|it| it.nth != 0);
        let has_other = [
            &self.by_second,
            &self.by_minute,
            &self.by_hour,
            &self.by_month_day,
            &self.by_year_day,
            &self.by_week_no,
            &self.by_month,
        ];
        let has_other = !self.by_day.is_empty() || has_other.iter().any(|list| !list.is_empty());
        let forbidden = [
            (self.count.is_some() && self.until.is_some(), "COUNT and UNTIL exclude each other"),
            (
                !self.by_week_no.is_empty() && self.freq != Freq::Yearly,
                "BYWEEKNO goes with FREQ=YEARLY alone",
            ),
            (
                is_numbered && self.freq < Freq::Monthly,
                "a numbered BYDAY goes with FREQ=MONTHLY and FREQ=YEARLY alone",
            ),
            (
                is_numbered && !self.by_week_no.is_empty(),
                "a numbered BYDAY does not go with BYWEEKNO",
            ),
            (
                !self.by_month_day.is_empty() && self.freq == Freq::Weekly,
                "BYMONTHDAY does not go with FREQ=WEEKLY",
            ),
            (
                !self.by_year_day.is_empty() && (Freq::Daily..=Freq::Monthly).contains(&self.freq),
                "BYYEARDAY does not go with FREQ=DAILY, WEEKLY or MONTHLY",
            ),
            (
                !self.by_set_pos.is_empty() && !has_other,
                "BYSETPOS needs another BY part to choose from",
            ),
        ];
        match forbidden.iter().find(|(holds, _)| *holds) {
            Some((_, why)) => Err(NotARule((*why).to_owned())),
            None => Ok(()),
        }
    }
}

/// Whether numbers may count from the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Signs {
    Plain,
    Both,
}

fn not_in(what: &str, text: &str) -> NotARule {
    NotARule(format!("`{text}` is not in {what}"))
}

fn list<T>(
    value: Option<&str>,
    read: impl Fn(&str) -> Result<T, NotARule>,
) -> Result<Vec<T>, NotARule> {
    value.map_or_else(|| Ok(Vec::new()), |value| value.split(',').map(read).collect())
}

fn numbers(
    name: &str,
    value: Option<&str>,
    signs: Signs,
    range: std::ops::RangeInclusive<i64>,
) -> Result<Vec<i64>, NotARule> {
    list(value, |text| {
        let (sign, digits) = match signs {
            Signs::Plain => (1, text),
            Signs::Both => sign_of(text),
        };
        let width_max = range.end().to_string().len();
        digits_of(digits)
            .filter(|number| digits.len() <= width_max && range.contains(number))
            .map(|number| sign * number)
            .ok_or_else(|| not_in(name, text))
    })
}

fn sign_of(text: &str) -> (i64, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (-1, &text[1..]),
        Some(b'+') => (1, &text[1..]),
        _ => (1, text),
    }
}

/// A number of digits alone; what is beyond any calendar is the largest number.
fn digits_of(text: &str) -> Option<i64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(i64::MAX))
}

fn at_least_one(name: &str, text: &str) -> Result<i64, NotARule> {
    digits_of(text).filter(|number| *number >= 1).ok_or_else(|| not_in(name, text))
}

fn freq_of(text: &str) -> Result<Freq, NotARule> {
    match text {
        "SECONDLY" => Ok(Freq::Secondly),
        "MINUTELY" => Ok(Freq::Minutely),
        "HOURLY" => Ok(Freq::Hourly),
        "DAILY" => Ok(Freq::Daily),
        "WEEKLY" => Ok(Freq::Weekly),
        "MONTHLY" => Ok(Freq::Monthly),
        "YEARLY" => Ok(Freq::Yearly),
        _ => Err(not_in("FREQ", text)),
    }
}

fn weekday_of(text: &str) -> Result<u8, NotARule> {
    let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let found = days.iter().position(|day| *day == text);
    found.map(|index| index as u8).ok_or_else(|| not_in("the days of the week", text))
}

fn by_day_of(text: &str) -> Result<ByDay, NotARule> {
    let split = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at));
    let (number, day) = text.split_at(split.ok_or_else(|| not_in("BYDAY", text))?);
    let weekday = weekday_of(day)?;
    if number.is_empty() {
        return Ok(ByDay { nth: 0, weekday });
    }
    let nth = numbers("BYDAY", Some(number), Signs::Both, 1..=53)?;
    match nth[..] {
        [nth] => Ok(ByDay { nth, weekday }),
        _ => Err(not_in("BYDAY", text)),
    }
}

/// `19971224`, `19971224T000000` or `19971224T000000Z`.
fn until_of(text: &str) -> Result<Until, NotARule> {
    let refused = || not_in("UNTIL", text);
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let day = pairs::<4>(date).and_then(|[century, year, month, day]| {
        let parts = Parts { year: century * 100 + year, month, day };
        let exists = (1..=12).contains(&month)
            && (1..=month_length(parts.year, month)).contains(&day)
            && parts.year >= 1;
        exists.then(|| Day::of(parts.year, month, day))
    });
    let day = day.ok_or_else(refused)?;
    let Some(time) = time else {
        return Ok(Until::Day(day));
    };
    let (clock, is_utc) = match time.strip_suffix('Z') {
        Some(clock) => (clock, true),
        None => (time, false),
    };
    let [hour, minute, second] = pairs::<3>(clock)
        .filter(|[hour, minute, second]| *hour < 24 && *minute < 60 && *second < 60)
        .ok_or_else(refused)?;
    let local = day.start().plus_s(hour * 3_600 + minute * 60 + second);
    Ok(if is_utc { Until::Instant(Instant(local.0)) } else { Until::Local(local) })
}

/// Numbers of two digits each, with nothing between them.
fn pairs<const N: usize>(text: &str) -> Option<[i64; N]> {
    if text.len() != 2 * N || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digit = |index: usize| i64::from(text.as_bytes()[index] - b'0');
    Some(std::array::from_fn(|pair| digit(2 * pair) * 10 + digit(2 * pair + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What §3.3.10 forbids, one fault each.
    #[rustfmt::skip]
    const REFUSED: &[&str] = &[
        "", ";", "FREQ", "FREQ=", "FREQ=DAILY;", ";FREQ=DAILY", "FREQ=FORTNIGHTLY", "INTERVAL=2",
        "RRULE:FREQ=DAILY", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;BYEASTER=1",
        "FREQ=DAILY;COUNT=3;UNTIL=20260909", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;COUNT=", "FREQ=DAILY;COUNT=1.5", "FREQ=DAILY;COUNT=+3",
        "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=x", "FREQ=DAILY; COUNT=3",
        "FREQ=DAILY;BYHOUR=24", "FREQ=DAILY;BYHOUR=-1", "FREQ=DAILY;BYHOUR=",
        "FREQ=DAILY;BYHOUR=9,", "FREQ=DAILY;BYHOUR=009", "FREQ=DAILY;BYMINUTE=60",
        "FREQ=DAILY;BYSECOND=61", "FREQ=DAILY;BYMONTH=0", "FREQ=DAILY;BYMONTH=13",
        "FREQ=DAILY;BYMONTH=-1", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=-32", "FREQ=YEARLY;BYYEARDAY=0", "FREQ=YEARLY;BYYEARDAY=367",
        "FREQ=YEARLY;BYWEEKNO=0", "FREQ=YEARLY;BYWEEKNO=54", "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYDAY=54MO", "FREQ=MONTHLY;BYDAY=+MO", "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=MONTHLY;BYDAY=M", "FREQ=MONTHLY;BYDAY=éé", "FREQ=MONTHLY;BYDAY=1,2MO",
        "FREQ=MONTHLY;BYDAY=", "FREQ=WEEKLY;WKST=1", "FREQ=WEEKLY;WKST=",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367",
        "FREQ=MONTHLY;BYSETPOS=1", "FREQ=MONTHLY;BYSETPOS=1;WKST=MO", "FREQ=MONTHLY;BYWEEKNO=20",
        "FREQ=DAILY;BYWEEKNO=20", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=DAILY;BYDAY=-1MO",
        "FREQ=HOURLY;BYDAY=1MO", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "FREQ=WEEKLY;BYMONTHDAY=1",
        "FREQ=DAILY;BYYEARDAY=1", "FREQ=WEEKLY;BYYEARDAY=1", "FREQ=MONTHLY;BYYEARDAY=1",
        "FREQ=DAILY;UNTIL=20260230", "FREQ=DAILY;UNTIL=2026-02-03",
        "FREQ=DAILY;UNTIL=20260203T2500", "FREQ=DAILY;UNTIL=20260203T240000",
        "FREQ=DAILY;UNTIL=20260203T006000Z", "FREQ=DAILY;UNTIL=20260203Z",
        "FREQ=DAILY;UNTIL=00000101", "FREQ=DAILY;UNTIL=",
    ];

    #[test]
    fn what_the_standard_forbids_is_refused() {
        for text in REFUSED {
            assert!(Rule::parse(text).is_err(), "{text}");
        }
    }

    /// What it allows.
    #[rustfmt::skip]
    const ALLOWED: &[&str] = &[
        "FREQ=DAILY", "freq=daily;count=3", "COUNT=03;FREQ=DAILY", "INTERVAL=2;FREQ=WEEKLY",
        "FREQ=DAILY;BYMONTHDAY=31", "FREQ=DAILY;BYSECOND=60", "FREQ=HOURLY;BYYEARDAY=-366",
        "FREQ=MONTHLY;BYDAY=+1MO,-53SU,MO", "FREQ=YEARLY;BYWEEKNO=-53,+01;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1,+001", "FREQ=DAILY;BYHOUR=9;BYSETPOS=1",
        "FREQ=DAILY;UNTIL=19971224", "FREQ=DAILY;UNTIL=19971224T000000",
        "FREQ=DAILY;UNTIL=19971224T000000Z", "FREQ=DAILY;COUNT=99999999999999999999",
        "FREQ=SECONDLY;WKST=SU",
    ];

    #[test]
    fn what_the_standard_allows_is_read() {
        for text in ALLOWED {
            assert!(Rule::parse(text).is_ok(), "{text}");
        }
    }
}
