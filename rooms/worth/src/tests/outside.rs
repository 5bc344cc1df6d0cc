//! Hours that were open on a day, and what lay outside them.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use crate::own_hours::{SaidHours, Stood, Stretch, clipped, seconds, union, without};
use crate::routes::read_minutes;
use crate::words;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn stood<T>(is: T, since: &str, until: Option<&str>) -> Stood<T> {
    Stood { is, since: at(since), until: until.map(at) }
}

fn chicago() -> TimeZone {
    TimeZone::get("America/Chicago").unwrap()
}

/// Hours of a day as minutes by its wall clock.
fn open(said: &SaidHours, day: Date) -> Vec<(i64, i64)> {
    let zone = chicago();
    let midnight = zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap().as_second();
    let minutes = |at: Timestamp| (at.as_second() - midnight) / 60;
    let all = said.open_on(&zone, day);
    all.into_iter().map(|(from, to)| (minutes(from), minutes(to))).collect()
}

#[test]
fn a_day_has_the_hours_that_stood_on_it() {
    let begun = "2026-01-01T06:00:00Z";
    let said = SaidHours {
        // Mondays from 9 to 5, until February; from then on, from 10 to 2.
        weekly: vec![
            stood((0, (540, 1_020)), begun, Some("2026-02-01T06:00:00Z")),
            stood((0, (600, 840)), "2026-02-01T06:00:00Z", None),
        ],
        // January 12 from 1 to 3, January 19 closed.
        exceptions: vec![
            stood((date(2026, 1, 12), Some((780, 900))), begun, None),
            stood((date(2026, 1, 19), None), begun, None),
        ],
        leave: vec![stood((date(2026, 1, 26), date(2026, 1, 30)), begun, None)],
        // From February on she keeps 12 to 1.
        protected: vec![stood((0, (720, 780)), "2026-02-01T06:00:00Z", None)],
    };
    let cases = [
        (date(2025, 12, 29), vec![], "before it was said"),
        (date(2026, 1, 5), vec![(540, 1_020)], "a Monday"),
        (date(2026, 1, 6), vec![], "a Tuesday"),
        (date(2026, 1, 12), vec![(780, 900)], "a date with other hours"),
        (date(2026, 1, 19), vec![], "a date that is closed"),
        (date(2026, 1, 26), vec![], "leave"),
        (date(2026, 2, 2), vec![(600, 720), (780, 840)], "new hours, around what she keeps"),
    ];
    for (day, expected, says) in cases {
        assert_eq!(open(&said, day), expected, "{says}");
    }
    assert!(SaidHours::default().is_empty() && !said.is_empty());
}

#[test]
fn hours_over_a_change_of_clocks_are_those_of_the_wall() {
    let said = SaidHours {
        weekly: vec![stood((6, (60, 240)), "2026-01-01T06:00:00Z", None)],
        ..SaidHours::default()
    };
    // March 8: 2 AM does not come. November 1: 1 AM comes twice.
    let zone = chicago();
    assert_eq!(seconds(&said.open_on(&zone, date(2026, 3, 8))), 2 * 3_600);
    assert_eq!(seconds(&said.open_on(&zone, date(2026, 11, 1))), 4 * 3_600);
}

fn some_time() -> impl Strategy<Value = Vec<Stretch>> {
    let one = (0_i64..200, 0_i64..60).prop_map(|(from, length)| {
        let instant = |second| Timestamp::from_second(second).unwrap();
        (instant(from), instant(from + length))
    });
    prop::collection::vec(one, 0..12)
}

fn covers(all: &[Stretch], second: i64) -> bool {
    all.iter().any(|(from, to)| from.as_second() <= second && second < to.as_second())
}

proptest! {
    #[test]
    fn time_joined_cut_and_taken_out_is_that_of_its_seconds(
        all in some_time(),
        taken in some_time(),
        from in 0_i64..260,
        length in 0_i64..260,
    ) {
        let within = {
            let instant = |second| Timestamp::from_second(second).unwrap();
            (instant(from), instant(from + length))
        };
        let (joined, other) = (union(all.clone()), union(taken.clone()));
        let left = without(&joined, &other);
        let cut = clipped(&joined, within);

        let count = |is: &dyn Fn(i64) -> bool| (0..600).filter(|second| is(*second)).count() as i64;
        prop_assert_eq!(seconds(&joined), count(&|s| covers(&all, s)));
        prop_assert_eq!(seconds(&left), count(&|s| covers(&all, s) && !covers(&taken, s)));
        prop_assert_eq!(seconds(&cut), count(&|s| covers(&all, s) && from <= s && s < from + length));
    }
}

#[test]
fn minutes_are_read_as_people_type_them() {
    let cases = [
        ("90", Some(90)),
        (" 1:30 ", Some(90)),
        ("0", Some(0)),
        ("0:05", Some(5)),
        ("25:00", Some(1_500)),
        ("1:60", None),
        ("1:3", None),
        ("-5", None),
        ("1.5", None),
        ("", None),
        ("99999", None),
        ("９０", None),
    ];
    for (typed, minutes) in cases {
        assert_eq!(read_minutes(typed), minutes, "{typed:?}");
    }
}

#[test]
fn figures_are_said_as_they_are_known() {
    let kinds = [economics::TimeKind::Marketing, economics::TimeKind::Training];
    assert_eq!(
        words::coverage(36_000, 3_240, &kinds),
        "Hours: 91% measured, 9% as you said them; not recorded: marketing, training."
    );
    assert_eq!(words::coverage(0, 0, &[]), "Hours: none are known.");
    assert_eq!(
        (words::hours(15_120), words::hours(179), words::hours(180)),
        ("4.2".into(), "0.0".into(), "0.1".into())
    );
    assert_eq!((words::per_cent(5_940), words::per_cent(-25)), ("59.4%".into(), "−0.3%".into()));
    assert_eq!(words::length(3_600 + 300), "1 h 05 min");
}
