//! Reading an object field by field: every number has its range, no unknown name passes.

use jiff::Timestamp;
use jiff::civil::Date;
use money::{BasisPoints, CENTS_LIMIT, Cents};
use serde_json::{Map, Value};

use crate::{Code, Error};

/// An object that is being read. [`Fields::finish`] names what nobody asked for.
pub(crate) struct Fields<'a> {
    map: &'a Map<String, Value>,
    asked: Vec<&'static str>,
    found: usize,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(value: &'a Value) -> Result<Self, Error> {
        match value {
            Value::Object(map) => Ok(Self { map, asked: Vec::with_capacity(24), found: 0 }),
            _ => Err(Error::range("", "this is an object with named fields")),
        }
    }

    /// Reads a whole object: `read` asks for its fields, then nothing may be left.
    pub(crate) fn read<T>(
        value: &'a Value,
        read: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut fields = Self::of(value)?;
        let read = read(&mut fields)?;
        fields.finish()?;
        Ok(read)
    }

    pub(crate) fn finish(self) -> Result<(), Error> {
        if self.found == self.map.len() {
            return Ok(());
        }
        let is_unknown = |name: &&String| !self.asked.contains(&name.as_str());
        let unknown: Vec<&str> = self.map.keys().filter(is_unknown).map(String::as_str).collect();
        let Some(first) = unknown.first() else { return Ok(()) };
        let message =
            format!("unknown here: {}; known are {}", unknown.join(", "), self.asked.join(", "));
        Err(Error::range(*first, message))
    }

    /// The value of a field, null included; none when it is missing.
    pub(crate) fn value(&mut self, name: &'static str) -> Option<&'a Value> {
        self.asked.push(name);
        let value = self.map.get(name)?;
        self.found += 1;
        Some(value)
    }

    /// The value of a field; none when it is missing or null.
    pub(crate) fn known(&mut self, name: &'static str) -> Option<&'a Value> {
        self.value(name).filter(|value| !value.is_null())
    }

    pub(crate) fn required(&mut self, name: &'static str) -> Result<&'a Value, Error> {
        self.value(name).ok_or_else(|| Error::range(name, format!("{name} is missing")))
    }

    /// Refuses an object in which one of these is missing: where zero is a statement, what was
    /// not said is not zero.
    pub(crate) fn require(&self, names: &[&'static str]) -> Result<(), Error> {
        match names.iter().find(|name| !self.map.contains_key(**name)) {
            Some(name) => Err(Error::range(*name, format!("{name} is missing"))),
            None => Ok(()),
        }
    }

    /// A real number within a range; zero when it is missing.
    pub(crate) fn real(&mut self, name: &'static str, low: f64, high: f64) -> Result<f64, Error> {
        self.real_or(name, 0.0, low, high)
    }

    pub(crate) fn real_or(
        &mut self,
        name: &'static str,
        missing: f64,
        low: f64,
        high: f64,
    ) -> Result<f64, Error> {
        let number = match self.value(name) {
            None => Some(missing),
            Some(value) => value.as_f64(),
        };
        let range = || format!("a number from {low} to {high}");
        number
            .filter(|number| low <= *number && *number <= high)
            .ok_or_else(|| self.outside(name, &range()))
    }

    /// What was found, or not, where a number was allowed.
    fn outside(&self, name: &'static str, allowed: &str) -> Error {
        let is_missing = !self.map.contains_key(name);
        let missing = if is_missing { "missing; it is " } else { "" };
        Error::range(name, format!("{name} is {missing}{allowed}"))
    }

    /// A share, given in basis points from 0 to 10,000, as a fraction of one.
    pub(crate) fn share(&mut self, name: &'static str) -> Result<f64, Error> {
        self.share_or(name, 0.0)
    }

    pub(crate) fn share_or(&mut self, name: &'static str, missing: f64) -> Result<f64, Error> {
        Ok(self.real_or(name, missing, 0.0, 10_000.0)? / 10_000.0)
    }

    /// An amount of a projection: real cents, zero or more.
    pub(crate) fn amount(&mut self, name: &'static str) -> Result<f64, Error> {
        self.real(name, 0.0, MOST_CENTS)
    }

    /// A whole number within a range; `missing` when it is not there.
    pub(crate) fn whole(
        &mut self,
        name: &'static str,
        missing: i64,
        low: i64,
        high: i64,
    ) -> Result<i64, Error> {
        let number = match self.value(name) {
            None => Some(missing),
            Some(value) => whole(value),
        };
        let range = || format!("a whole number from {low} to {high}");
        number
            .filter(|number| low <= *number && *number <= high)
            .ok_or_else(|| self.outside(name, &range()))
    }

    /// A count or an index.
    pub(crate) fn count(&mut self, name: &'static str, high: i64) -> Result<usize, Error> {
        let count = self.whole(name, 0, 0, high)?;
        Ok(usize::try_from(count).expect("the range begins at zero"))
    }

    /// An amount in whole cents, of either sign; `missing` when it is not there.
    pub(crate) fn cents_or(&mut self, name: &'static str, missing: i64) -> Result<Cents, Error> {
        self.whole(name, missing, 1 - CENTS_LIMIT, CENTS_LIMIT - 1).map(Cents)
    }

    pub(crate) fn cents(&mut self, name: &'static str) -> Result<Cents, Error> {
        let value = self.required(name)?;
        cents(value).map_err(|error| error.within(name))
    }

    /// A share in whole basis points.
    pub(crate) fn points_or(&mut self, name: &'static str, missing: i64) -> Result<i64, Error> {
        self.whole(name, missing, 0, i64::from(BasisPoints::WHOLE.0))
    }

    pub(crate) fn text(&mut self, name: &'static str) -> Result<&'a str, Error> {
        let text = self.required(name)?.as_str();
        text.ok_or_else(|| Error::range(name, format!("{name} is a text")))
    }

    pub(crate) fn text_or(
        &mut self,
        name: &'static str,
        missing: &'a str,
    ) -> Result<&'a str, Error> {
        match self.value(name) {
            None => Ok(missing),
            Some(value) => {
                value.as_str().ok_or_else(|| Error::range(name, format!("{name} is a text")))
            }
        }
    }

    /// One of a few words; the first when it is missing.
    pub(crate) fn word<T: Copy>(
        &mut self,
        name: &'static str,
        words: &[(&'static str, T)],
    ) -> Result<T, Error> {
        let Some(value) = self.value(name) else { return Ok(words[0].1) };
        let said = value.as_str().unwrap_or_default();
        let known = words.iter().find(|(word, _)| *word == said);
        known.map(|(_, meant)| *meant).ok_or_else(|| {
            let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("{name} is one of: {}", allowed.join(", "));
            Error::new(Code::Kind, name, message)
        })
    }

    /// One of a few words that cannot be left out.
    pub(crate) fn required_word<T: Copy>(
        &mut self,
        name: &'static str,
        words: &[(&'static str, T)],
    ) -> Result<T, Error> {
        self.require(&[name])?;
        self.word(name, words)
    }

    pub(crate) fn yes(&mut self, name: &'static str) -> Result<bool, Error> {
        match self.value(name) {
            None => Ok(false),
            Some(value) => value
                .as_bool()
                .ok_or_else(|| Error::range(name, format!("{name} is true or false"))),
        }
    }

    pub(crate) fn date(&mut self, name: &'static str) -> Result<Date, Error> {
        let value = self.required(name)?;
        date(value).map_err(|error| error.within(name))
    }

    pub(crate) fn date_if_known(&mut self, name: &'static str) -> Result<Option<Date>, Error> {
        self.known(name).map(|value| date(value).map_err(|error| error.within(name))).transpose()
    }

    pub(crate) fn instant(&mut self, name: &'static str) -> Result<Timestamp, Error> {
        let value = self.required(name)?;
        instant(value).map_err(|error| error.within(name))
    }

    /// A list, each element read by `read`; empty when it is missing.
    pub(crate) fn list<T>(
        &mut self,
        name: &'static str,
        read: impl FnMut(&'a Value) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        self.list_within(name, LIST_LIMIT, read)
    }

    /// A list of no more than `limit` elements: what costs much for each is bounded at the door.
    pub(crate) fn list_within<T>(
        &mut self,
        name: &'static str,
        limit: usize,
        mut read: impl FnMut(&'a Value) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let elements = match self.value(name) {
            None => return Ok(Vec::new()),
            Some(Value::Array(elements)) => elements,
            Some(_) => return Err(Error::range(name, format!("{name} is a list"))),
        };
        if limit < elements.len() {
            let message = format!("{name} has at most {limit} elements");
            return Err(Error::range(name, message));
        }
        let mut list = Vec::with_capacity(elements.len());
        for (i, element) in elements.iter().enumerate() {
            let one = read(element).map_err(|error| error.within(&i.to_string()).within(name))?;
            list.push(one);
        }
        Ok(list)
    }

    /// An object of its own, read by `read`; as if it were empty when it is missing.
    pub(crate) fn part<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Fields<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let empty = Value::Object(Map::new());
        let value = self.value(name).unwrap_or(&empty);
        Fields::read(value, read).map_err(|error| error.within(name))
    }
}

/// What no list of an input can need: a practice's year of postings fits a hundred times.
pub(crate) const LIST_LIMIT: usize = 1_000_000;

/// The most that an amount of a projection may be, in cents (the doors' limit, as a real).
pub(crate) const MOST_CENTS: f64 = 999_999_999_999.0;

/// A whole number, also when it is written 12.0, as a varied scenario does.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let real = value.as_f64().filter(|real| real.fract() == 0.0 && real.abs() < 9e15)?;
        #[expect(clippy::cast_possible_truncation, reason = "whole, and far within 64 bits")]
        Some(real as i64)
    })
}

/// An amount in whole cents: money at this door is no float, not even a round one.
pub(crate) fn cents(value: &Value) -> Result<Cents, Error> {
    let is_within = |cents: &i64| cents.unsigned_abs() < CENTS_LIMIT.unsigned_abs();
    value.as_i64().filter(is_within).map(Cents).ok_or_else(|| {
        Error::range("", format!("an amount is whole cents, less than {CENTS_LIMIT} either way"))
    })
}

pub(crate) fn date(value: &Value) -> Result<Date, Error> {
    let text = value.as_str().filter(|text| text.len() == 10);
    text.and_then(|text| text.parse().ok())
        .ok_or_else(|| Error::range("", "a date is written 2026-03-08"))
}

pub(crate) fn instant(value: &Value) -> Result<Timestamp, Error> {
    let text = value.as_str().filter(|text| text.ends_with('Z'));
    text.and_then(|text| text.parse().ok())
        .ok_or_else(|| Error::range("", "an instant is written 2026-03-08T14:00:00Z"))
}
