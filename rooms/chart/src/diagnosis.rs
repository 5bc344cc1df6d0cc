//! What somebody types to find a diagnosis, and which one they choose since when.

use codes::Diagnosis;
use ground::html::{Faults, Typed};
use jiff::civil::Date;

use crate::words;

/// What a search shows at most: more would be read by nobody.
const FOUND_MAX: usize = 12;

/// What was chosen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chosen {
    pub diagnosis: &'static Diagnosis,
    pub since: Date,
}

/// What fits what was typed and is billable today.
pub(crate) fn find(typed: &Typed, today: Date) -> Vec<&'static Diagnosis> {
    codes::search(typed.one("find"), today, FOUND_MAX)
}

/// A form in which the first day is today until somebody says otherwise.
pub(crate) fn since_today(typed: Typed, today: Date) -> Typed {
    typed
        .with("since_month", today.month().to_string())
        .with("since_day", today.day().to_string())
        .with("since_year", today.year().to_string())
}

/// Reads which diagnosis, and since when.
pub(crate) fn read(typed: &Typed, today: Date) -> Result<Chosen, Faults> {
    let mut faults = Faults::none();
    let diagnosis = codes::diagnosis(typed.one("code")).filter(|it| it.is_billable_on(today));
    if diagnosis.is_none() {
        faults.add("code", words::CHOOSE_DIAGNOSIS);
    }
    let part = |name: &str| typed.one(name).trim().parse::<i16>().ok();
    let since = part("since_year").zip(part("since_month")).zip(part("since_day")).and_then(
        |((year, month), day)| {
            let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
            Date::new(year, month, day).ok()
        },
    );
    let since = since.filter(|since| 1900 <= since.year() && *since <= today);
    if since.is_none() {
        faults.add("since", words::ENTER_SINCE);
    }
    match (diagnosis, since) {
        (Some(diagnosis), Some(since)) => Ok(Chosen { diagnosis, since }),
        _ => Err(faults),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_that_is_none_or_lies_ahead_is_asked_again() {
        let today = date(2026, 2, 9);
        let form = |month: &str, day: &str, code: &str| {
            Typed::none()
                .with("code", code)
                .with("since_month", month)
                .with("since_day", day)
                .with("since_year", "2026")
        };
        assert!(read(&form("2", "9", "F41.1"), today).is_ok());
        for (month, day) in [("2", "10"), ("2", "30"), ("", "1"), ("13", "1"), ("two", "1")] {
            assert!(read(&form(month, day, "F41.1"), today).unwrap_err().has("since"), "{month}");
        }
        for code in ["", "F41", "F50.01", "F41.1; drop"] {
            assert!(read(&form("2", "1", code), today).unwrap_err().has("code"), "{code}");
        }
    }
}
