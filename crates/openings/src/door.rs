//! `trellis openings`: the kinds `openings`, `why` and `recurrence`, asked from outside in JSON.

use ::door::{Fault, Fields, read};
use serde_json::{Value, json};

use crate::civil::{Day, Local};
use crate::question::{
    Appointment, Asker, Exception, Hours, Kind, Leave, Place, Protected, Question, VisitType,
    Weekdays, Weekly, Window,
};
use crate::recurrence::Series;
use crate::rule::Rule;
use crate::stretch::Stretch;
use crate::zone::{Instant, Zone};

/// Answers every case of `text`.
///
/// # Errors
///
/// A sentence, where `text` is not an envelope of cases.
pub fn run(text: &str) -> Result<String, String> {
    ::door::run(text, answer)
}

/// Lists each difference between what the cases of `text` expect and what they get.
///
/// # Errors
///
/// A sentence, where `text` is not an envelope of cases.
pub fn check(text: &str) -> Result<Vec<String>, String> {
    ::door::check(text, answer, ::door::differences)
}

fn answer(kind: &str, input: &Value) -> Result<Value, Fault> {
    match kind {
        "openings" => openings(input),
        "why" => why(input),
        "recurrence" => recurrence(input),
        _ => Err(::door::unknown_kind(&["openings", "why", "recurrence"])),
    }
}

fn openings(input: &Value) -> Result<Value, Fault> {
    let mut fields = Fields::of(input)?;
    let question = question(&mut fields)?;
    let during = Stretch { from: fields.need("from", instant)?, to: fields.need("to", instant)? };
    let limit = fields.need("limit", limit)?;
    fields.end()?;
    in_order("to", during.from <= during.to, "It lies before `from`.")?;
    Ok(json!({ "openings": told(&question.openings(during, limit)) }))
}

fn why(input: &Value) -> Result<Value, Fault> {
    let mut fields = Fields::of(input)?;
    let question = question(&mut fields)?;
    let at = fields.need("at", instant)?;
    // These play no part in the answer, but what is there is written as ever.
    fields.may("from", instant)?;
    fields.may("to", instant)?;
    fields.may("limit", limit)?;
    fields.end()?;
    let reasons: Vec<&str> = question.why_not(at).iter().map(|reason| reason.word()).collect();
    if reasons.is_empty() {
        return Ok(json!({ "open": true }));
    }
    Ok(json!({ "open": false, "reasons": reasons }))
}

fn recurrence(input: &Value) -> Result<Value, Fault> {
    let mut fields = Fields::of(input)?;
    let zone = fields.need("zone", zone)?;
    let series = Series {
        starts: fields.need("starts", local)?,
        rule: fields.null("rule", rule)?,
        exdates: fields.list("exdates", local)?,
        rdates: fields.list("rdates", local)?,
    };
    let during = Stretch { from: fields.need("from", instant)?, to: fields.need("to", instant)? };
    let limit = fields.need("limit", limit)?;
    fields.end()?;
    in_order("to", during.from <= during.to, "It lies before `from`.")?;
    Ok(json!({ "occurrences": told(&series.occurrences(&zone, during, limit)) }))
}

fn question(fields: &mut Fields<'_>) -> Result<Question, Fault> {
    let question = Question {
        zone: fields.need("zone", zone)?,
        now: fields.need("now", instant)?,
        visit: fields.need("visit_type", visit_type)?,
        weekly: fields.list("weekly", weekly)?,
        exceptions: fields.list("exceptions", exception)?,
        protected: fields.list("protected", protected)?,
        leave: fields.list("leave", leave)?,
        appointments: fields.list("appointments", appointment)?,
        busy: fields.list("busy", busy)?,
        asker: fields.need("asker", asker)?,
    };
    let mut dates = std::collections::HashSet::new();
    let second = question.exceptions.iter().position(|exception| !dates.insert(exception.date));
    match second {
        Some(index) => Err(Fault::at("date", "This date has an exception already.")
            .under(&index.to_string())
            .under("exceptions")),
        None => Ok(question),
    }
}

fn visit_type(value: &Value) -> Result<VisitType, Fault> {
    let mut fields = Fields::of(value)?;
    let visit = VisitType {
        length_min: fields.need("length_min", |it| minutes(it, 1))?,
        before_min: fields.may("before_min", |it| minutes(it, 0))?.unwrap_or(0),
        after_min: fields.may("after_min", |it| minutes(it, 0))?.unwrap_or(0),
        grid_min: fields.need("grid_min", |it| minutes(it, 1))?,
        notice_min: fields.need("notice_min", |it| read::whole(it, 0..=525_600))? as u32,
        horizon_days: fields.need("horizon_days", |it| read::whole(it, 0..=3_660))? as u16,
        day_max: fields.null("day_max", bound)?,
        week_max: fields.null("week_max", bound)?,
    };
    fields.end()?;
    Ok(visit)
}

fn weekly(value: &Value) -> Result<Weekly, Fault> {
    let mut fields = Fields::of(value)?;
    let row = Weekly {
        days: fields.need("days", weekdays)?,
        window: window_of(&mut fields)?,
        from_date: fields.null("from_date", day)?,
        to_date: fields.null("to_date", day)?,
    };
    fields.end()?;
    let is_bounded_in_order = match (row.from_date, row.to_date) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    in_order("to_date", is_bounded_in_order, "It lies before `from_date`.")?;
    Ok(row)
}

fn exception(value: &Value) -> Result<Exception, Fault> {
    let mut fields = Fields::of(value)?;
    let exception = Exception {
        date: fields.need("date", day)?,
        windows: fields.list("windows", |value| {
            let mut fields = Fields::of(value)?;
            let window = window_of(&mut fields)?;
            fields.end()?;
            Ok(window)
        })?,
    };
    fields.end()?;
    Ok(exception)
}

fn protected(value: &Value) -> Result<Protected, Fault> {
    let mut fields = Fields::of(value)?;
    let row = Protected { days: fields.need("days", weekdays)?, hours: hours_of(&mut fields)? };
    fields.end()?;
    Ok(row)
}

fn leave(value: &Value) -> Result<Leave, Fault> {
    let mut fields = Fields::of(value)?;
    let leave =
        Leave { from_date: fields.need("from_date", day)?, to_date: fields.need("to_date", day)? };
    fields.end()?;
    in_order("to_date", leave.from_date <= leave.to_date, "It lies before `from_date`.")?;
    Ok(leave)
}

fn appointment(value: &Value) -> Result<Appointment, Fault> {
    let mut fields = Fields::of(value)?;
    let core = Stretch { from: fields.need("from", instant)?, to: fields.need("to", instant)? };
    let appointment = Appointment {
        core,
        before_min: fields.may("before_min", |it| minutes(it, 0))?.unwrap_or(0),
        after_min: fields.may("after_min", |it| minutes(it, 0))?.unwrap_or(0),
    };
    fields.end()?;
    in_order("to", core.from < core.to, "An appointment ends later than it starts.")?;
    Ok(appointment)
}

fn busy(value: &Value) -> Result<Stretch, Fault> {
    let mut fields = Fields::of(value)?;
    let busy = Stretch { from: fields.need("from", instant)?, to: fields.need("to", instant)? };
    fields.end()?;
    in_order("to", busy.from <= busy.to, "It lies before `from`.")?;
    Ok(busy)
}

fn asker(value: &Value) -> Result<Asker, Fault> {
    let mut fields = Fields::of(value)?;
    let asker = Asker {
        is: fields
            .need("is", |it| read::word(it, &[("new", Kind::New), ("current", Kind::Current)]))?,
        place: fields.need("place", |it| {
            read::word(it, &[("office", Place::Office), ("video", Place::Video)])
        })?,
    };
    fields.end()?;
    Ok(asker)
}

fn window_of(fields: &mut Fields<'_>) -> Result<Window, Fault> {
    let hours = hours_of(fields)?;
    let kinds = [("any", None), ("new", Some(Kind::New)), ("current", Some(Kind::Current))];
    let places = [("any", None), ("office", Some(Place::Office)), ("video", Some(Place::Video))];
    let only_for = fields.may("for", |it| read::word(it, &kinds))?.flatten();
    let only_at = fields.may("place", |it| read::word(it, &places))?.flatten();
    Ok(Window { hours, only_for, only_at })
}

fn hours_of(fields: &mut Fields<'_>) -> Result<Hours, Fault> {
    let hours = Hours {
        opens_min: fields.need("opens", read::clock)?,
        closes_min: fields.need("closes", read::clock)?,
    };
    let is_in_order = hours.opens_min < hours.closes_min;
    in_order("closes", is_in_order, "A window closes later than it opens.")?;
    Ok(hours)
}

fn in_order(field: &str, is_in_order: bool, message: &str) -> Result<(), Fault> {
    if is_in_order { Ok(()) } else { Err(Fault::at(field, message)) }
}

fn zone(value: &Value) -> Result<Zone, Fault> {
    let zone = value.as_str().and_then(Zone::named);
    zone.ok_or_else(|| Fault::here("A zone of the IANA database is expected here."))
}

fn rule(value: &Value) -> Result<Rule, Fault> {
    let text = read::any_text(value)?;
    Rule::parse(text).map_err(|why| Fault::here(format!("This is no recurrence rule: {why}.")))
}

fn weekdays(value: &Value) -> Result<Weekdays, Fault> {
    read::days_of_week(value).map(Weekdays::of)
}

fn minutes(value: &Value, least: i64) -> Result<u16, Fault> {
    Ok(read::whole(value, least..=1_440)? as u16)
}

fn bound(value: &Value) -> Result<u32, Fault> {
    Ok(read::whole(value, 0..=10_000)? as u32)
}

fn limit(value: &Value) -> Result<usize, Fault> {
    Ok(read::whole(value, 1..=10_000)? as usize)
}

fn day(value: &Value) -> Result<Day, Fault> {
    read::date(value).map(day_of)
}

fn local(value: &Value) -> Result<Local, Fault> {
    let (date, second) = read::local(value)?;
    Ok(day_of(date).start().plus_s(i64::from(second)))
}

fn instant(value: &Value) -> Result<Instant, Fault> {
    let (date, second) = read::instant(value)?;
    Ok(Instant(day_of(date).start().0).plus_s(i64::from(second)))
}

fn day_of(date: read::Date) -> Day {
    Day::of(i64::from(date.year), i64::from(date.month), i64::from(date.day))
}

fn told(instants: &[Instant]) -> Vec<String> {
    instants.iter().map(|instant| written(*instant)).collect()
}

/// RFC 3339 in UTC, whole seconds.
fn written(instant: Instant) -> String {
    let utc = Local(instant.0);
    let (parts, second) = (utc.day().parts(), utc.second_of_day());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        parts.year,
        parts.month,
        parts.day,
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}
