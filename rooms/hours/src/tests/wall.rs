//! Wall clock: how times are read, and protected time spelled out as the engine refuses it.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use openings::{Asker, Kind, Place, Reason, VisitType};
use proptest::prelude::*;

use crate::model::{Asked, Pattern, Protected, Row, Said, Window};
use crate::model::{next_monday, read_clock, read_closing, spell};

#[test]
fn a_time_is_read_as_people_type_it() {
    for (typed, minute) in [
        ("9", Some(540)),
        ("9:30", Some(570)),
        (" 9 am ", Some(540)),
        ("9 a.m.", Some(540)),
        ("12 PM", Some(720)),
        ("12:15am", Some(15)),
        ("5:15 PM", Some(1_035)),
        ("17:00", Some(1_020)),
        ("24:00", Some(1_440)),
        ("noon", Some(720)),
        ("13 pm", None),
        ("0 am", None),
        ("25", None),
        ("9:60", None),
        ("9:5", None),
        ("nine", None),
        ("", None),
        ("-1", None),
        ("99999999999999", None),
    ] {
        assert_eq!(read_clock(typed), minute, "{typed:?}");
    }
    assert_eq!(read_closing("midnight"), Some(1_440));
}

#[test]
fn time_is_spelled_out_by_the_wall_clock_across_both_changes_of_a_year() {
    let chicago = TimeZone::get("America/Chicago").unwrap();
    let noon = |weekday| Protected { weekday, hours: hours(720, 780) };
    let first = |rule, from: Date| {
        let spelled = spell(&chicago, rule, from, from + 1.week());
        let texts = spelled.iter().map(|(_, from, to)| format!("{from} {to}"));
        texts.collect::<Vec<_>>().join(", ")
    };

    // Clocks go forward on Sunday, March 8, 2026, and back on Sunday, November 1.
    let spring = first(noon(0), date(2026, 3, 2));
    assert_eq!(
        spring,
        "2026-03-02T18:00:00Z 2026-03-02T19:00:00Z, 2026-03-09T17:00:00Z 2026-03-09T18:00:00Z"
    );
    let skipped = Protected { weekday: 6, hours: hours(120, 180) };
    assert_eq!(first(skipped, date(2026, 3, 8)), "2026-03-15T07:00:00Z 2026-03-15T08:00:00Z");
    let night = Protected { weekday: 6, hours: hours(60, 180) };
    let fall = first(night, date(2026, 11, 1));
    assert!(fall.starts_with("2026-11-01T06:00:00Z 2026-11-01T09:00:00Z"), "{fall}");
}

#[test]
fn the_next_monday_is_never_today() {
    for (on, next) in [
        (date(2026, 2, 9), date(2026, 2, 16)),
        (date(2026, 2, 10), date(2026, 2, 16)),
        (date(2026, 2, 15), date(2026, 2, 16)),
    ] {
        assert_eq!(next_monday(on), next);
    }
}

fn hours(opens_min: u16, closes_min: u16) -> openings::Hours {
    openings::Hours { opens_min, closes_min }
}

fn zones() -> impl Strategy<Value = TimeZone> {
    let names = ["America/Chicago", "America/New_York", "America/Phoenix", "Australia/Lord_Howe"];
    prop::sample::select(names.to_vec()).prop_map(|name| TimeZone::get(name).unwrap())
}

proptest! {
    /// A minute is protected for the engine just when a stretch holds it.
    #[test]
    fn what_is_spelled_out_is_what_the_engine_refuses(
        zone in zones(),
        weekday in 0u8..7,
        opens in 0u16..1_400,
        length in 1u16..600,
        week in 0i64..52,
        minute in 0i64..(14 * 1_440),
    ) {
        let rule = Protected { weekday, hours: hours(opens, (opens + length).min(1_440)) };
        let first = date(2026, 1, 5) + week.weeks();
        let last = first + 3.weeks();
        let begin: Timestamp = (first + 2.days()).to_zoned_datetime(zone.clone()).unwrap().into();
        let at = openings::Instant::from(begin).plus_min(minute);
        let said = Said {
            weekly: (0..7).map(|weekday| Row { id: ids::Uuid::nil(), is: Window {
                weekday, hours: hours(0, 1_440), only_for: None, only_at: None,
            }}).collect(),
            protected: vec![Row { id: ids::Uuid::nil(), is: rule }],
            ..Said::default()
        };
        let question = Pattern::of(zone.clone(), &said).ask(Asked {
            now: begin,
            visit: VisitType {
                length_min: 1, before_min: 0, after_min: 0, grid_min: 1, notice_min: 0,
                horizon_days: 400, day_max: None, week_max: None,
            },
            appointments: vec![],
            busy: vec![],
            asker: Asker { is: Kind::New, place: Place::Office },
        });

        let instant = at.timestamp();
        let spelled = spell(&zone, rule, first, last);
        let is_kept = spelled.iter().any(|(_, from, to)| *from <= instant && instant < *to);

        prop_assert_eq!(is_kept, question.why_not(at).contains(&Reason::Protected));
    }
}
