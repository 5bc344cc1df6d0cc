//! A week by the wall clock, without a database.

use hours::{Kept, KeptFor};
use ids::{AppointmentId, ClinicianId, PersonId, PracticeId, Uuid, VisitTypeId};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use openings::{Exception, Hours, Kind, Weekdays, Weekly, Window};

use super::scene::instant;
use crate::model::{Appointment, Place, State};
use crate::week::{self, Ink, Minutes, Parts, Reader, Week};

fn window(opens_min: u16, closes_min: u16, only_for: Option<Kind>) -> Window {
    Window { hours: Hours { opens_min, closes_min }, only_for, only_at: None }
}

fn pattern(weekly: Vec<Weekly>, exceptions: Vec<Exception>) -> hours::Pattern {
    let zone = TimeZone::get("America/Chicago").unwrap();
    hours::Pattern { zone, weekly, exceptions, protected: vec![], leave: vec![] }
}

fn weekdays(window: Window) -> Weekly {
    Weekly { days: Weekdays::of(0..5), window, from_date: None, to_date: None }
}

fn visit(at: &str, state: State) -> Appointment {
    let starts_at: Timestamp = instant(at);
    let id = Uuid::from_u128(starts_at.as_second().unsigned_abs().into());
    Appointment {
        practice: PracticeId(id),
        id: AppointmentId(id),
        clinician: ClinicianId(id),
        person: PersonId(id),
        client: None,
        visit_type: VisitTypeId(id),
        visit: "Session".into(),
        cancel_min: 1_440,
        place: Place::Office,
        state,
        starts_at,
        ends_at: starts_at + SignedDuration::from_mins(53),
        held_until: None,
    }
}

fn of(monday: Date, pattern: &hours::Pattern, planned: Vec<Appointment>) -> Week {
    Week::of(Parts { monday, pattern, kept: &[], reader: Reader::Herself, planned })
}

#[test]
fn a_week_is_read_as_addresses_write_it() {
    for (typed, monday) in [
        ("2026-W07", Some(date(2026, 2, 9))),
        ("2026-W7", Some(date(2026, 2, 9))),
        ("2026-W53", Some(date(2026, 12, 28))),
        ("2025-W53", None),
        ("2026-W00", None),
        ("2026-07", None),
        ("", None),
        ("99999-W01", None),
        ("-W", None),
    ] {
        assert_eq!(week::read(typed), monday, "{typed:?}");
    }
    assert_eq!(week::word(date(2027, 1, 3)), "2026-W53");
    assert_eq!(week::monday(date(2026, 2, 15)), date(2026, 2, 9));
}

#[test]
fn nine_is_drawn_at_nine_before_and_after_the_clocks_go_forward() {
    let pattern = pattern(vec![weekdays(window(540, 1_020, None))], vec![]);
    for (monday, at) in
        [(date(2026, 3, 2), "2026-03-02T15:00:00Z"), (date(2026, 3, 9), "2026-03-09T14:00:00Z")]
    {
        let week = of(monday, &pattern, vec![visit(at, State::Booked)]);
        assert_eq!(week.days[0].visits[0].0, Minutes { from: 540, to: 593 }, "{at}");
        assert_eq!(week.days[0].ground, [(Minutes { from: 540, to: 1_020 }, Ink::OpenToNew)]);
    }
}

#[test]
fn the_weekend_is_drawn_where_something_stands_on_it_and_early_hours_widen_the_day() {
    let early = weekdays(window(390, 600, Some(Kind::Current)));
    let pattern = pattern(vec![early], vec![]);

    let plain = of(date(2026, 2, 9), &pattern, vec![]);
    assert_eq!(plain.folded, [date(2026, 2, 14), date(2026, 2, 15)]);
    assert_eq!(plain.drawn, Minutes { from: 360, to: 1_080 });

    let saturday = visit("2026-02-15T01:00:00Z", State::Booked);
    let busy = of(date(2026, 2, 9), &pattern, vec![saturday]);
    assert_eq!((busy.days.len(), busy.folded), (6, vec![date(2026, 2, 15)]));
    assert_eq!(busy.drawn.to, 1_200);
}

#[test]
fn a_date_with_other_hours_is_drawn_with_those() {
    let closed = Exception { date: date(2026, 2, 10).into(), windows: vec![] };
    let pattern = pattern(vec![weekdays(window(540, 1_020, None))], vec![closed]);

    let week = of(date(2026, 2, 9), &pattern, vec![]);

    assert_eq!((week.days[0].ground.len(), week.days[1].ground.len()), (1, 0));
}

#[test]
fn what_she_keeps_is_closed_to_another_without_why() {
    let pattern = pattern(vec![weekdays(window(540, 1_020, None))], vec![]);
    let (from, to) = (instant("2026-02-10T18:00:00Z"), instant("2026-02-11T06:00:00Z"));
    let kept = [Kept { why: KeptFor::Protected, from, to }];
    for (reader, ink, minutes) in
        [(Reader::Herself, Ink::Protected, 720), (Reader::Another, Ink::Closed, 0)]
    {
        let monday = date(2026, 2, 9);
        let week =
            Week::of(Parts { monday, pattern: &pattern, kept: &kept, reader, planned: vec![] });
        assert_eq!(week.days[1].ground[1], (Minutes { from: 720, to: 1_440 }, ink));
        assert_eq!(week.protected_min, minutes);
    }
}

#[test]
fn what_was_called_off_is_shown_until_its_hour_is_given_to_somebody_else() {
    let pattern = pattern(vec![], vec![]);
    let off = visit("2026-02-10T16:00:00Z", State::Canceled);
    let again = Appointment { id: AppointmentId(Uuid::nil()), ..off.clone() };
    let again = Appointment { state: State::Booked, ..again };

    let one = of(date(2026, 2, 9), &pattern, vec![off.clone()]);
    let both = of(date(2026, 2, 9), &pattern, vec![off, again]);

    assert_eq!((one.days[1].visits.len(), one.visits), (1, 0));
    assert_eq!((both.days[1].visits.len(), both.visits), (1, 1));
}
