//! Kinds of cases about what was counted: statements, shares, ramps, records of forecasts.

use money::{BasisPoints, Cents};
use serde_json::Value;

use super::written;
use crate::actuals::reading::month;
use crate::bill::{Bill, BillLine, Priced, split_pay};
use crate::fields::{Fields, cents};
use crate::forecast::{BacktestRow, PickupRow, backtest, pickup};
use crate::own_figures::{RampWeek, ramp_actual};
use crate::{Code, Error};

/// More of anything than a month of a practice can have.
const COUNT_MOST: i64 = 1_000_000_000;
/// More sessions than a week can hold.
const HELD_MOST: i64 = 1_000;

pub(super) fn statement(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        fields.require(&["lines"])?;
        let month = month(fields)?;
        let lines = fields.list("lines", |value| Fields::read(value, |it| line(it, month)))?;
        written(Bill::of(&lines)?)
    })
}

#[derive(Clone, Copy)]
enum Unit {
    Month,
    Each,
    Minutes,
    Share,
}

fn line(fields: &mut Fields<'_>, month: jiff::civil::Date) -> Result<BillLine, Error> {
    let id = fields.text("id")?.to_owned();
    let units = [
        ("month", Unit::Month),
        ("each", Unit::Each),
        ("minutes", Unit::Minutes),
        ("bp", Unit::Share),
    ];
    let priced = match fields.required_word("unit", &units)? {
        Unit::Month => {
            let cents = fields.cents("cents")?;
            let (from, to) = (fields.date_if_known("from")?, fields.date_if_known("to")?);
            if from.zip(to).is_some_and(|(from, to)| to < from) {
                let message = "a price is in force to no day before the one it is in force from";
                return Err(Error::new(Code::Interval, "to", message));
            }
            Priced::month_from(cents, month, from, to)
        }
        Unit::Each => Priced::Each {
            cents: fields.cents("cents")?,
            count: fields.whole("count", -1, 0, COUNT_MOST)?,
        },
        Unit::Minutes => Priced::Minutes {
            cents_per_hour: fields.cents("cents_per_hour")?,
            minutes: fields.whole("minutes", -1, 0, COUNT_MOST)?,
        },
        Unit::Share => {
            Priced::Share { bp: fields.points_or("bp", -1)?, base: fields.cents("base_cents")? }
        }
    };
    Ok(BillLine { id, priced })
}

pub(super) fn split(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        fields.require(&["collected_cents", "split_bp"])?;
        let collected: Vec<Cents> = fields.list("collected_cents", cents)?;
        let points = fields.points_or("split_bp", 0)?;
        let split = BasisPoints(u32::try_from(points).expect("a share is at most 10,000"));
        let pay = split_pay(&collected, split);
        written(pay.map_err(|error| error.within("collected_cents"))?)
    })
}

pub(super) fn ramp(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        fields.require(&["full_week", "weeks"])?;
        let full_week = fields.whole("full_week", 0, 1, HELD_MOST)?;
        let weeks = fields.list("weeks", |value| {
            Fields::read(value, |fields| {
                let is_off = fields.yes("off")?;
                if !is_off {
                    fields.require(&["held"])?;
                }
                Ok(RampWeek { held: fields.whole("held", 0, 0, HELD_MOST)?, is_off })
            })
        })?;
        written(ramp_actual(full_week, &weeks))
    })
}

pub(super) fn still_comes(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        fields.require(&["rows"])?;
        let rows = fields.list("rows", |value| {
            Fields::read(value, |fields| {
                fields.require(&["age", "expected", "held"])?;
                Ok(PickupRow {
                    age: fields.real("age", 0.0, 1e4)?,
                    expected: fields.real("expected", 0.0, 1e4)?,
                    held: fields.real("held", 0.0, 1e4)?,
                })
            })
        })?;
        written(pickup(&rows))
    })
}

pub(super) fn record(input: &Value) -> Result<Value, Error> {
    Fields::read(input, |fields| {
        fields.require(&["rows"])?;
        let rows = fields.list("rows", |value| {
            Fields::read(value, |fields| {
                fields.require(&["mean", "p10", "p90", "held"])?;
                Ok(BacktestRow {
                    mean: fields.real("mean", 0.0, 1e4)?,
                    p10: fields.real("p10", 0.0, 1e4)?,
                    p90: fields.real("p90", 0.0, 1e4)?,
                    held: fields.real("held", 0.0, 1e4)?,
                })
            })
        })?;
        written(backtest(&rows))
    })
}
