//! How a calendar is read at the door.

use serde_json::Value;

use super::{Calendar, Line, Shock, Step, WeekAhead};
use crate::fields::Fields;
use crate::{Code, Error};

/// More sessions a week than any one clinician holds.
const SESSIONS_MOST: f64 = 500.0;
const OPENINGS_MOST: i64 = 500;
/// More bookings than a client can have had.
const HISTORY_MOST: f64 = 1e5;
/// The minutes of a day.
const MINUTES_MOST: f64 = 1_440.0;
/// A year of weeks, bookings of one of them, kinds of week, steps: more is a slip.
const WEEKS_MOST: usize = 52;
const BOOKINGS_MOST: usize = 500;
const SHOCKS_MOST: usize = 20;
const STEPS_MOST: usize = 100;

pub(super) fn calendar(input: &Value) -> Result<Calendar, Error> {
    let calendar = Fields::read(input, |fields| {
        fields.require(&["prior", "weeks"])?;
        let (prior_held, prior_strength) = fields.part("prior", |fields| {
            fields.require(&["held_bp"])?;
            let held = fields.share("held_bp")?;
            Ok((held, fields.real_or("strength", 8.0, 0.0, HISTORY_MOST)?))
        })?;
        let mut shocks =
            fields.list_within("shock", SHOCKS_MOST, |value| Fields::read(value, shock))?;
        if shocks.is_empty() {
            let of = |weight, odds| Shock { weight, odds };
            shocks = vec![of(0.1, 2.0), of(0.8, 1.0), of(0.1, 0.5)];
        }
        let line = fields.known("line").map(|value| Fields::read(value, line));
        Ok(Calendar {
            prior_held,
            prior_strength,
            shocks,
            session_minutes: fields.real("session_minutes", 1.0, MINUTES_MOST)?,
            extra_minutes: fields.real("extra_minutes_per_session", 0.0, MINUTES_MOST)?,
            line: line.transpose().map_err(|error| error.within("line"))?,
            theta: fields.share_or("theta_bp", 6_000.0)?,
            steps: fields.list_within("steps", STEPS_MOST, |value| Fields::read(value, step))?,
            weeks: fields.list_within("weeks", WEEKS_MOST, |value| Fields::read(value, week))?,
            is_paused: fields.yes("paused")?,
            days_since_fire: match fields.known("days_since_fire") {
                None => None,
                Some(value) => {
                    let days = value.as_i64().filter(|days| 0 <= *days);
                    let message = format!(
                        "days_since_fire is a whole number from 0 to {}, or null",
                        i64::MAX
                    );
                    Some(days.ok_or_else(|| Error::range("days_since_fire", message))?)
                }
            },
        })
    })?;
    let weights: f64 = calendar.shocks.iter().map(|shock| shock.weight).sum();
    if 1e-9 <= (weights - 1.0).abs() {
        let message = "the weight_bp of shock add up to 10000";
        return Err(Error::new(Code::Shares, "shock", message));
    }
    Ok(calendar)
}

fn shock(fields: &mut Fields<'_>) -> Result<Shock, Error> {
    fields.require(&["weight_bp"])?;
    Ok(Shock { weight: fields.share("weight_bp")?, odds: fields.real_or("odds", 1.0, 0.0, 1e6)? })
}

fn line(fields: &mut Fields<'_>) -> Result<Line, Error> {
    fields.require(&["sessions", "of"])?;
    let line = Line {
        sessions: fields.whole("sessions", 0, 0, OPENINGS_MOST)?,
        of: fields.whole("of", 0, 0, OPENINGS_MOST)?,
    };
    if line.of < line.sessions {
        let message = format!("sessions is a whole number from 0 to of, here {}", line.of);
        return Err(Error::range("sessions", message));
    }
    Ok(line)
}

fn step(fields: &mut Fields<'_>) -> Result<Step, Error> {
    Ok(Step {
        id: fields.text("id")?.to_owned(),
        is_enabled: fields.yes("enabled")?,
        needs_days: fields.whole("needs_days", 0, 0, 365)?,
        yields: match fields.known("yield_sessions") {
            None => None,
            Some(value) => {
                let sessions = value.as_f64().filter(|it| (0.0..=SESSIONS_MOST).contains(it));
                let message =
                    format!("yield_sessions is a number from 0 to {SESSIONS_MOST}, or null");
                Some(sessions.ok_or_else(|| Error::range("yield_sessions", message))?)
            }
        },
    })
}

fn week(fields: &mut Fields<'_>) -> Result<WeekAhead, Error> {
    let is_off = fields.yes("off")?;
    if !is_off {
        fields.require(&["capacity"])?;
    }
    Ok(WeekAhead {
        lead: fields.whole("lead", 0, 1, 52)?,
        is_off,
        capacity: fields.whole("capacity", 0, 0, OPENINGS_MOST)?,
        bookings: fields
            .list_within("bookings", BOOKINGS_MOST, |value| Fields::read(value, booking))?,
        first_visits: fields.list_within("first_visits", BOOKINGS_MOST, |value| {
            Fields::read(value, |fields| {
                fields.require(&["held_bp"])?;
                fields.share("held_bp")
            })
        })?,
        pickup_mean: fields.real("pickup_mean", 0.0, SESSIONS_MOST)?,
        season: fields.real_or("season_bp", 10_000.0, 0.0, 100_000.0)? / 10_000.0,
    })
}

fn booking(fields: &mut Fields<'_>) -> Result<(f64, f64), Error> {
    fields.require(&["held", "due"])?;
    let held = fields.real("held", 0.0, HISTORY_MOST)?;
    let due = fields.real("due", 0.0, HISTORY_MOST)?;
    if due < held {
        return Err(Error::range("held", format!("held is a number from 0 to due, here {due}")));
    }
    Ok((held, due))
}
