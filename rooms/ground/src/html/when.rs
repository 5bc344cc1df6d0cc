//! Time as it is read: "Tue, Nov 10", "3:00 PM", with the exact value beside it for machines.

use jiff::ZonedDateTime;
use jiff::civil::{Date, Time, Weekday};
use maud::{Markup, html};

use super::words::Lang;

/// "Tue, Nov 10".
pub fn date(on: Date) -> Markup {
    date_in(Lang::En, on)
}

/// A day in the reader's language.
pub fn date_in(lang: Lang, on: Date) -> Markup {
    html! { time datetime=(on) { (day_text(lang, on)) } }
}

/// "Tue, Nov 10, 2026": where another year could be meant.
pub fn date_and_year(on: Date) -> Markup {
    html! { time datetime=(on) { (day_text(Lang::En, on)) ", " (on.year()) } }
}

/// "3:00 PM".
pub fn clock(at: Time) -> Markup {
    html! { time datetime=(at.strftime("%H:%M")) { (clock_text(at)) } }
}

/// "Tue, Nov 10, 3:00 PM", by the clock of the zone that the value carries.
pub fn moment(at: &ZonedDateTime) -> Markup {
    moment_in(Lang::En, at)
}

/// A moment in the reader's language.
pub fn moment_in(lang: Lang, at: &ZonedDateTime) -> Markup {
    html! {
        time datetime=(exact(at)) { (day_text(lang, at.date())) ", " (clock_text(at.time())) }
    }
}

/// "Tue, Nov 10, 3:00 PM PT": where reader and event may keep different clocks.
pub fn moment_and_zone(lang: Lang, at: &ZonedDateTime) -> Markup {
    html! {
        time datetime=(exact(at)) {
            (day_text(lang, at.date())) ", " (clock_text(at.time())) " " (zone_text(at))
        }
    }
}

/// "8:30 to 9:23 AM"; both halves of the day are named when they differ.
pub fn span(from: &ZonedDateTime, to: &ZonedDateTime) -> Markup {
    let same_half = (from.hour() < 12) == (to.hour() < 12) && from.date() == to.date();
    let first = match same_half {
        true => from.strftime("%-I:%M").to_string(),
        false => clock_text(from.time()),
    };
    html! {
        span.keep {
            time datetime=(exact(from)) { (first) }
            " to "
            time datetime=(exact(to)) { (clock_text(to.time())) }
        }
    }
}

/// A day as text, for titles and names read aloud.
pub fn day_text(lang: Lang, on: Date) -> String {
    let words = lang.words();
    let weekday = words.days[usize::from(on.weekday().since(Weekday::Monday).unsigned_abs())];
    let month = words.months[usize::from(on.month().unsigned_abs()) - 1];
    match lang {
        Lang::En => format!("{weekday}, {month} {}", on.day()),
        Lang::Es => format!("{weekday} {} {month}", on.day()),
    }
}

/// A clock time as text: "3:00 PM".
pub fn clock_text(at: Time) -> String {
    at.strftime("%-I:%M %p").to_string()
}

/// "PT" for both "PST" and "PDT": people say the zone, not the season.
fn zone_text(at: &ZonedDateTime) -> String {
    let name = at.strftime("%Z").to_string();
    match name.as_bytes() {
        [zone, b'S' | b'D', b'T'] => format!("{}T", char::from(*zone)),
        _ => name,
    }
}

fn exact(at: &ZonedDateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date as day, time};

    use super::*;

    fn at(text: &str) -> ZonedDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_reads_as_people_say_it_and_keeps_its_exact_value() {
        let html = date(day(2026, 11, 10)).0;

        assert_eq!(html, "<time datetime=\"2026-11-10\">Tue, Nov 10</time>");
        assert_eq!(day_text(Lang::Es, day(2026, 11, 10)), "mar 10 nov");
        assert_eq!(day_text(Lang::En, day(2026, 3, 1)), "Sun, Mar 1");
        assert!(date_and_year(day(2027, 1, 8)).0.contains("Fri, Jan 8, 2027"));
    }

    #[test]
    fn a_clock_has_twelve_hours_and_no_leading_zero() {
        let cases = [
            (time(0, 0, 0, 0), "12:00 AM"),
            (time(8, 5, 0, 0), "8:05 AM"),
            (time(12, 0, 0, 0), "12:00 PM"),
            (time(15, 0, 0, 0), "3:00 PM"),
            (time(23, 59, 0, 0), "11:59 PM"),
        ];

        for (clock, read) in cases {
            assert_eq!(clock_text(clock), read);
        }
        assert_eq!(clock(time(15, 0, 0, 0)).0, "<time datetime=\"15:00\">3:00 PM</time>");
    }

    #[test]
    fn a_moment_carries_its_offset_and_names_its_zone_without_the_season() {
        let winter = at("2026-11-10T15:00[America/Los_Angeles]");
        let summer = at("2026-07-10T15:00[America/Los_Angeles]");

        assert!(moment(&winter).0.contains("2026-11-10T15:00:00-08:00"));
        assert!(moment_and_zone(Lang::En, &winter).0.contains("Tue, Nov 10, 3:00 PM PT"));
        assert!(moment_and_zone(Lang::En, &summer).0.contains("3:00 PM PT"));
    }

    #[test]
    fn a_span_names_the_half_of_the_day_once_where_it_can() {
        let early = at("2026-11-10T08:30[America/Chicago]");
        let later = at("2026-11-10T09:23[America/Chicago]");
        let noon = at("2026-11-10T12:23[America/Chicago]");

        let texts = |html: Markup| {
            html.0.split('>').map(|it| it.split('<').next().unwrap().to_owned()).collect::<String>()
        };
        assert_eq!(texts(span(&early, &later)), "8:30 to 9:23 AM");
        assert_eq!(texts(span(&early, &noon)), "8:30 AM to 12:23 PM");
    }
}
