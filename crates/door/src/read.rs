//! The words that all doors share: whole numbers, dates, wall clock, instants, lists.
//!
//! Nothing here knows a calendar library: a date is a [`Date`] that exists, a time is a count of
//! seconds or minutes, and each engine turns them into its own types.

use std::ops::RangeInclusive;

use serde_json::Value;

use crate::Fault;

/// A date of the Gregorian calendar that exists, from 0001-01-01 to 9999-12-31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// 1 to 9999.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to the length of the month.
    pub day: i8,
}

/// Any text, the empty one included.
///
/// # Errors
///
/// The value is not a text.
pub fn any_text(value: &Value) -> Result<&str, Fault> {
    value.as_str().ok_or_else(|| Fault::here("A text is expected here."))
}

/// A text of 1 to 100 characters.
///
/// # Errors
///
/// The value is not a text, is empty, or is longer.
pub fn text(value: &Value) -> Result<&str, Fault> {
    let text = any_text(value)?;
    match text.chars().take(101).count() {
        1..=100 => Ok(text),
        _ => Err(Fault::here("A text of 1 to 100 characters is expected here.")),
    }
}

/// True or false.
///
/// # Errors
///
/// The value is neither.
pub fn flag(value: &Value) -> Result<bool, Fault> {
    value.as_bool().ok_or_else(|| Fault::here("True or false is expected here."))
}

/// A whole number within `range`; `34.0` is not whole.
///
/// # Errors
///
/// The value is not a whole number, or lies outside `range`.
pub fn whole(value: &Value, range: RangeInclusive<i64>) -> Result<i64, Fault> {
    value.as_i64().filter(|number| range.contains(number)).ok_or_else(|| {
        Fault::here(format!(
            "A whole number from {} to {} is expected here.",
            range.start(),
            range.end()
        ))
    })
}

/// A number within `range`, fractions allowed.
///
/// # Errors
///
/// The value is not a number, or lies outside `range`.
pub fn number(value: &Value, range: RangeInclusive<f64>) -> Result<f64, Fault> {
    value.as_f64().filter(|number| range.contains(number)).ok_or_else(|| {
        Fault::here(format!("A number from {} to {} is expected here.", range.start(), range.end()))
    })
}

/// A list, each of its rows read by `read`; the path to a faulty row is its index, from 0.
///
/// # Errors
///
/// The value is not a list, or a row is refused.
pub fn list<'a, T>(
    value: &'a Value,
    mut read: impl FnMut(&'a Value) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let Value::Array(rows) = value else {
        return Err(Fault::here("A list is expected here."));
    };
    rows.iter()
        .enumerate()
        .map(|(index, row)| read(row).map_err(|fault| fault.under(&index.to_string())))
        .collect()
}

/// A map from texts of 1 to 100 characters; the path to a faulty entry is its key.
///
/// # Errors
///
/// The value is not an object, a key is empty or too long, or a value is refused.
pub fn map<'a, T, M: FromIterator<(String, T)>>(
    value: &'a Value,
    mut read: impl FnMut(&'a Value) -> Result<T, Fault>,
) -> Result<M, Fault> {
    let Value::Object(map) = value else {
        return Err(Fault::here("An object is expected here."));
    };
    map.iter()
        .map(|(key, value)| {
            if !(1..=100).contains(&key.chars().count()) {
                let message = "A key of 1 to 100 characters is expected here.";
                return Err(Fault::at(key, message));
            }
            read(value).map(|it| (key.clone(), it)).map_err(|fault| fault.under(key))
        })
        .collect()
}

/// One of the words of a list, as what it means.
///
/// # Errors
///
/// The value is not one of the words.
pub fn word<T: Copy>(value: &Value, words: &[(&str, T)]) -> Result<T, Fault> {
    let found = value.as_str().and_then(|text| words.iter().find(|(word, _)| *word == text));
    match found {
        Some((_, meaning)) => Ok(*meaning),
        None => {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            Err(Fault::here(format!("One of these words is expected: {}.", known.join(", "))))
        }
    }
}

/// Days of the week that must be at least one: `mon` is 0, `sun` is 6.
///
/// # Errors
///
/// The value is not a list, is empty, or holds another word.
pub fn days_of_week(value: &Value) -> Result<Vec<u8>, Fault> {
    const WORDS: [(&str, u8); 7] =
        [("mon", 0), ("tue", 1), ("wed", 2), ("thu", 3), ("fri", 4), ("sat", 5), ("sun", 6)];
    let days = list(value, |day| word(day, &WORDS))?;
    if days.is_empty() {
        return Err(Fault::here("At least one day of the week is expected here."));
    }
    Ok(days)
}

/// A time on the wall clock, `00:00` to `24:00`, as minutes from midnight.
///
/// # Errors
///
/// The value is not written so.
pub fn clock(value: &Value) -> Result<u16, Fault> {
    value
        .as_str()
        .and_then(|text| digits::<4>(text, "00:00"))
        .map(|[h, i, m, n]| (u16::from(h * 10 + i), u16::from(m * 10 + n)))
        .filter(|&(hour, minute)| minute < 60 && hour * 60 + minute <= 24 * 60)
        .map(|(hour, minute)| hour * 60 + minute)
        .ok_or_else(|| Fault::here("A time of day like 09:00 is expected here."))
}

/// A date, `2026-06-01`.
///
/// # Errors
///
/// The value is not written so, or there is no such date.
pub fn date(value: &Value) -> Result<Date, Fault> {
    value
        .as_str()
        .and_then(date_of)
        .ok_or_else(|| Fault::here("A date that exists, like 2026-06-01, is expected here."))
}

/// A local time, `2026-03-08T09:00:00`, as its date and its seconds from midnight.
///
/// # Errors
///
/// The value is not written so, or there is no such date or time.
pub fn local(value: &Value) -> Result<(Date, u32), Fault> {
    value
        .as_str()
        .and_then(local_of)
        .ok_or_else(|| Fault::here("A local time like 2026-03-08T09:00:00 is expected here."))
}

/// An instant in UTC, `2026-03-08T14:00:00Z`, as its date and its seconds from midnight.
///
/// # Errors
///
/// The value is not written so, or there is no such date or time.
pub fn instant(value: &Value) -> Result<(Date, u32), Fault> {
    value
        .as_str()
        .and_then(|text| text.strip_suffix('Z'))
        .and_then(local_of)
        .ok_or_else(|| Fault::here("An instant like 2026-03-08T14:00:00Z is expected here."))
}

fn local_of(text: &str) -> Option<(Date, u32)> {
    let (date, time) = text.split_once('T')?;
    let [h, i, m, n, s, t] = digits::<6>(time, "00:00:00")?.map(u32::from);
    let (hour, minute, second) = (h * 10 + i, m * 10 + n, s * 10 + t);
    let exists = hour < 24 && minute < 60 && second < 60;
    Some((date_of(date)?, hour * 3_600 + minute * 60 + second)).filter(|_| exists)
}

fn date_of(text: &str) -> Option<Date> {
    let [a, b, c, d, m, n, e, f] = digits::<8>(text, "0000-00-00")?.map(i16::from);
    let year = a * 1_000 + b * 100 + c * 10 + d;
    let (month, day) = ((m * 10 + n) as i8, (e * 10 + f) as i8);
    let exists = year >= 1 && (1..=month_length(year, month)).contains(&day);
    exists.then_some(Date { year, month, day })
}

/// Days of a month; 0 for a month that does not exist.
fn month_length(year: i16, month: i8) -> i8 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i8::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// The digits of a text that is shaped like `shape`, where `0` stands for any digit.
fn digits<const N: usize>(text: &str, shape: &str) -> Option<[u8; N]> {
    if text.len() != shape.len() {
        return None;
    }
    let mut found = [0; N];
    let mut next = 0;
    for (byte, wanted) in text.bytes().zip(shape.bytes()) {
        if wanted != b'0' {
            if byte != wanted {
                return None;
            }
        } else {
            found[next] = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
            next += 1;
        }
    }
    Some(found)
}
