//! What was typed on the page of hours, and what it means: every fault at once, at its field.

use ground::html::{Faults, Typed};
use jiff::civil::Date;

use crate::model::{
    CLIENTS_MAX, Exception, LEAVE_DAYS_MAX, Leave, Protected, Window, read_clock, read_closing,
};
use crate::words;

/// Hours that are to be opened each week.
pub fn windows(typed: &Typed) -> Result<Vec<Window>, Faults> {
    let mut faults = Faults::none();
    let days = days(typed, "open_days", &mut faults);
    let hours = hours(typed, "open_from", "open_to", &mut faults);
    let only_for = match typed.one("open_for") {
        "" | "any" => Some(None),
        "new" => Some(Some(openings::Kind::New)),
        "current" => Some(Some(openings::Kind::Current)),
        _ => None,
    };
    if only_for.is_none() {
        faults.add("open_for", words::CHOOSE_WHOM);
    }
    let only_at = match typed.one("open_at") {
        "" | "any" => Some(None),
        "office" => Some(Some(openings::Place::Office)),
        "video" => Some(Some(openings::Place::Video)),
        _ => None,
    };
    if only_at.is_none() {
        faults.add("open_at", words::CHOOSE_WHERE);
    }
    match (hours, only_for, only_at, faults.is_empty()) {
        (Some(hours), Some(only_for), Some(only_at), true) => {
            let window = |weekday| Window { weekday, hours, only_for, only_at };
            Ok(days.into_iter().map(window).collect())
        }
        _ => Err(faults),
    }
}

/// Time that is to be protected each week.
pub fn protected(typed: &Typed) -> Result<Vec<Protected>, Faults> {
    let mut faults = Faults::none();
    let days = days(typed, "keep_days", &mut faults);
    let hours = hours(typed, "keep_from", "keep_to", &mut faults);
    match (hours, faults.is_empty()) {
        (Some(hours), true) => {
            Ok(days.into_iter().map(|weekday| Protected { weekday, hours }).collect())
        }
        _ => Err(faults),
    }
}

/// Leave that is to be taken.
pub fn leave(typed: &Typed, today: Date) -> Result<Leave, Faults> {
    let mut faults = Faults::none();
    let first = date(typed, "leave_first", &mut faults);
    let last = date(typed, "leave_last", &mut faults);
    let (Some(from_date), Some(to_date)) = (first, last) else {
        return Err(faults);
    };
    let days = (to_date - from_date).get_days();
    if from_date < today {
        faults.add("leave_first", words::ENTER_AHEAD);
    }
    if days < 0 {
        faults.add("leave_last", words::ENTER_LAST_DAY);
    }
    if LEAVE_DAYS_MAX < days {
        faults.add("leave_last", words::ENTER_SHORTER);
    }
    faults.or(Leave { from_date, to_date })
}

/// A date that is to differ. Without hours it is closed.
pub fn exception(typed: &Typed, today: Date) -> Result<Exception, Faults> {
    let mut faults = Faults::none();
    let on_date = date(typed, "date_on", &mut faults);
    if on_date.is_some_and(|date| date < today) {
        faults.add("date_on", words::ENTER_AHEAD);
    }
    let is_closed = ["date_from", "date_to"].iter().all(|name| typed.one(name).trim().is_empty());
    let hours = match is_closed {
        true => None,
        false => hours(typed, "date_from", "date_to", &mut faults),
    };
    match (on_date, faults.is_empty()) {
        (Some(on_date), true) => Ok(Exception { on_date, hours }),
        _ => Err(faults),
    }
}

/// How many clients at most; none where it was left empty.
pub fn clients_max(typed: &Typed) -> Result<Option<u16>, Faults> {
    let text = typed.one("most").trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse() {
        Ok(most) if most <= CLIENTS_MAX => Ok(Some(most)),
        _ => Err(Faults::none().and("most", words::ENTER_MOST)),
    }
}

/// When a pause ends.
pub fn reopens_on(typed: &Typed, today: Date) -> Result<Date, Faults> {
    let mut faults = Faults::none();
    let Some(day) = date(typed, "reopens", &mut faults) else {
        return Err(faults);
    };
    if day <= today {
        faults.add("reopens", words::ENTER_TOMORROW);
    }
    faults.or(day)
}

fn days(typed: &Typed, name: &str, faults: &mut Faults) -> Vec<u8> {
    let mut days: Vec<u8> = typed.all(name).filter_map(|it| it.parse().ok()).collect();
    days.retain(|day| *day < 7);
    days.sort_unstable();
    days.dedup();
    if days.is_empty() {
        faults.add(name, words::CHOOSE_DAYS);
    }
    days
}

fn hours(typed: &Typed, from: &str, to: &str, faults: &mut Faults) -> Option<openings::Hours> {
    let opens = read_clock(typed.one(from)).filter(|minute| *minute < crate::model::DAY_MIN);
    let closes = read_closing(typed.one(to));
    if opens.is_none() {
        faults.add(from, words::ENTER_FROM);
    }
    if closes.is_none() {
        faults.add(to, words::ENTER_TO);
    }
    let (opens_min, closes_min) = (opens?, closes?);
    if closes_min <= opens_min {
        faults.add(to, words::ENTER_LATER);
        return None;
    }
    Some(openings::Hours { opens_min, closes_min })
}

fn date(typed: &Typed, name: &str, faults: &mut Faults) -> Option<Date> {
    let part = |part: &str| typed.one(&format!("{name}_{part}")).trim().parse::<i16>().ok();
    let day = |part| i8::try_from(part).ok();
    let read = (|| {
        let (year, month, date) = (part("year")?, day(part("month")?)?, day(part("day")?)?);
        Date::new(year, month, date).ok().filter(|date| (2000..=2200).contains(&date.year()))
    })();
    if read.is_none() {
        faults.add(name, words::ENTER_DATE);
    }
    read
}
