//! How the records of a month are read at the door.

use jiff::civil::Date;
use money::Cents;
use serde_json::Value;

use super::hours::{Edits, Entered, SLOT_S_MOST, Stretch, TimeRecords};
use super::{AllowedCharge, Mode, Month, MonthSum, Records, Row, RowKind, TimeKind};
use crate::Error;
use crate::fields::{Fields, instant};
use crate::scenario::{Tax, reading::tax};

/// The seconds of a month, and of a century of them.
const MONTH_S: i64 = 31 * 86_400;
const WINDOW_S: i64 = 1_200 * MONTH_S;
/// A day on which the clock goes back has 25 hours.
const LONGEST_DAY_MIN: i64 = 1_500;

pub(crate) fn actuals(input: &Value) -> Result<Records, Error> {
    Fields::read(input, |fields| {
        let zone = fields.text("zone")?;
        let first_day = month(fields)?;
        let month = Month::of(first_day, zone)?;
        Ok(Records {
            month,
            as_of: fields.date_if_known("as_of")?,
            mode: fields.required_word("mode", &[("owner", Mode::Owner), ("paid", Mode::Paid)])?,
            is_employee: fields.word("worker", &[("self", false), ("w2", true)])?,
            year_net_before: fields.cents_or("ytd_net_before_cents", 0)?,
            ledger: fields.list("ledger", |value| Fields::read(value, row))?,
            charges: fields.list("charges", |value| Fields::read(value, charge))?,
            open_keep_bp: fields.points_or("open_keep_bp", 10_000)?,
            time: TimeRecords {
                stretches: fields.list("time", |value| Fields::read(value, stretch))?,
                edits: fields.list("edits", |value| Fields::read(value, edits))?,
                entered: fields.list("entered", |value| Fields::read(value, entered))?,
                corrections: fields.list("corrections", |value| Fields::read(value, entered))?,
                not_recorded: fields.list("not_recorded", time_kind)?,
            },
            paid_admin_s: fields.whole("paid_admin_s", 0, 0, MONTH_S)?,
            tax: fields.part("tax", |fields| tax(fields, Tax::of_year(first_day.year())))?,
        })
    })
}

/// A month, as 2026-02: its first day.
pub(crate) fn month(fields: &mut Fields<'_>) -> Result<Date, Error> {
    let text = fields.text("month")?;
    let is_month = text.len() == 7;
    let first_day = is_month.then(|| format!("{text}-01").parse().ok()).flatten();
    first_day.ok_or_else(|| Error::range("month", "a month is written 2026-02"))
}

/// Sums of months; one without an upper end has `seconds_high` null.
pub(crate) fn months(input: &Value) -> Result<Vec<MonthSum>, Error> {
    Fields::read(input, |fields| {
        fields.require(&["months"])?;
        fields.list("months", |value| {
            Fields::read(value, |fields| {
                fields.require(&["seconds"])?;
                let (kept, collected) =
                    (fields.cents("kept_cents")?, fields.cents("collected_cents")?);
                let seconds = fields.whole("seconds", 0, 0, WINDOW_S)?;
                let seconds_high = match fields.value("seconds_high") {
                    None => Some(seconds),
                    Some(Value::Null) => None,
                    Some(high) => {
                        let high = high.as_i64().filter(|high| (seconds..=WINDOW_S).contains(high));
                        let message = format!(
                            "seconds_high is a whole number from {seconds}, as seconds, to \
                             {WINDOW_S}, or null"
                        );
                        Some(high.ok_or_else(|| Error::range("seconds_high", message))?)
                    }
                };
                Ok(MonthSum { kept, collected, seconds, seconds_high })
            })
        })
    })
}

fn row(fields: &mut Fields<'_>) -> Result<Row, Error> {
    fields.value("id");
    Ok(Row {
        posted_on: fields.date("posted_on")?,
        service_on: fields.date_if_known("service_on")?,
        kind: fields.required_word("kind", RowKind::WORDS)?,
        cents: fields.cents("cents")?,
    })
}

fn charge(fields: &mut Fields<'_>) -> Result<AllowedCharge, Error> {
    Ok(AllowedCharge {
        service_on: fields.date("service_on")?,
        allowed: fields.cents("allowed_cents")?,
        open: fields.cents_or("open_cents", Cents::ZERO.0)?,
    })
}

fn stretch(fields: &mut Fields<'_>) -> Result<Stretch, Error> {
    let kind = fields.required_word("kind", TimeKind::WORDS)?;
    let start = fields.instant("start")?;
    let end = fields.known("end");
    let end = end.map(instant).transpose().map_err(|error| error.within("end"))?;
    let slot_s = match fields.known("slot_s") {
        None => None,
        Some(value) => {
            let message = format!("slot_s is a whole number from 0 to {SLOT_S_MOST}");
            Some(value.as_i64().ok_or_else(|| Error::range("slot_s", message))?)
        }
    };
    Ok(Stretch { kind, start, end, slot_s })
}

fn edits(fields: &mut Fields<'_>) -> Result<Edits, Error> {
    Ok(Edits {
        kind: fields.required_word("kind", TimeKind::WORDS)?,
        at: fields.list("at", instant)?,
    })
}

fn entered(fields: &mut Fields<'_>) -> Result<Entered, Error> {
    Ok(Entered {
        kind: fields.required_word("kind", TimeKind::WORDS)?,
        on: fields.date("on")?,
        minutes: fields.whole("minutes", -1, 0, LONGEST_DAY_MIN)?,
    })
}

pub(crate) fn time_kind(value: &Value) -> Result<TimeKind, Error> {
    let known = TimeKind::WORDS.iter().find(|(word, _)| value.as_str() == Some(word));
    known.map(|(_, kind)| *kind).ok_or_else(|| {
        let words: Vec<&str> = TimeKind::WORDS.iter().map(|(word, _)| *word).collect();
        let message = format!("a kind of time is one of: {}", words.join(", "));
        Error::new(crate::Code::Kind, "", message)
    })
}
