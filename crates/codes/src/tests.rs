//! The vectors that a practice's biller would try first, and what must hold for all minutes.

use ids::{ClientId, Uuid};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::*;

fn suggested(minutes: u32, service: Service) -> String {
    let coded = cpt_for(minutes, service).unwrap_or_default();
    let says = |it: &Coded| match it.units {
        1 => it.cpt.code().to_owned(),
        many => format!("{}×{many}", it.cpt),
    };
    coded.iter().map(says).collect::<Vec<_>>().join(" ")
}

#[test]
fn measured_minutes_suggest_a_code() {
    for (service, minutes, code) in [
        (Service::Individual, 0, ""),
        (Service::Individual, 15, ""),
        (Service::Individual, 16, "90832"),
        (Service::Individual, 37, "90832"),
        (Service::Individual, 38, "90834"),
        (Service::Individual, 52, "90834"),
        (Service::Individual, 53, "90837"),
        (Service::Individual, 120, "90837"),
        (Service::Crisis, 15, ""),
        (Service::Crisis, 29, "90832"),
        (Service::Crisis, 30, "90839"),
        (Service::Crisis, 74, "90839"),
        (Service::Crisis, 75, "90839 90840"),
        (Service::Crisis, 104, "90839 90840"),
        (Service::Crisis, 105, "90839 90840×2"),
        (Service::FamilyWith, 25, ""),
        (Service::FamilyWith, 26, "90847"),
        (Service::FamilyWithout, 26, "90846"),
        (Service::Evaluation, 15, ""),
        (Service::Evaluation, 60, "90791"),
        (Service::Group, 75, "90853"),
    ] {
        assert_eq!(suggested(minutes, service), code, "{service}, {minutes} minutes");
    }
}

#[test]
fn a_session_that_was_too_short_says_how_long_it_must_be() {
    assert_eq!(cpt_for(15, Service::Individual), Err(TooShort { needs_min: 16 }));
    assert_eq!(cpt_for(25, Service::FamilyWith), Err(TooShort { needs_min: 26 }));
}

#[test]
fn units_of_testing_begin_at_their_midpoint() {
    let sixty = [(30, 0), (31, 1), (90, 1), (91, 2), (150, 2), (151, 3)];
    let thirty = [(15, 0), (16, 1), (45, 1), (46, 2), (75, 2), (76, 3)];
    for (minutes, units) in sixty {
        assert_eq!(units_60(minutes), units, "{minutes}");
    }
    for (minutes, units) in thirty {
        assert_eq!(units_30(minutes), units, "{minutes}");
    }
    let coded = evaluation_coded(Evaluation::Psychological, 151);
    let more = Coded { cpt: Cpt::TEST_EVALUATION_MORE, units: 2 };
    assert_eq!(coded, [Coded::once(Cpt::TEST_EVALUATION), more]);
    assert_eq!(evaluation_coded(Evaluation::Testing, 15), []);
}

fn at(minutes: i64) -> Timestamp {
    let ten: Timestamp = "2026-11-10T16:00:00Z".parse().unwrap();
    ten + SignedDuration::from_mins(minutes)
}

fn billed(client: u128, cpt: Cpt, from: i64, to: i64) -> Billed {
    Billed { client: ClientId(Uuid::from_u128(client)), cpt, from: at(from), to: at(to) }
}

#[test]
fn a_call_that_dropped_and_went_on_by_telephone_is_one_service() {
    let minutes = minutes_of(&[(at(0), at(12)), (at(15), at(45))]);

    assert_eq!(minutes, 42);
    assert_eq!(suggested(minutes, Service::Individual), "90834");
    assert_eq!(modifiers(Means::Video, VideoModifier::Asked), [Modifier::VIDEO]);
    assert_eq!(modifiers(Means::Video, VideoModifier::NotAsked), []);
    assert_eq!(modifiers(Means::Audio, VideoModifier::NotAsked), [Modifier::AUDIO]);
    assert_eq!(place_of_service(Place::Home), "10");
}

#[test]
fn a_minute_that_did_not_pass_does_not_count() {
    let almost = at(53) - SignedDuration::from_millis(1);
    assert_eq!(minutes_of(&[(at(0), almost)]), 52);
    assert_eq!(minutes_of(&[(at(9), at(3))]), 0, "what ends before it begins is nothing");
}

#[test]
fn two_clients_at_once_are_a_fault_unless_they_are_one_group() {
    let sam = billed(1, Cpt::INDIVIDUAL_LONG, 0, 53);
    let kit = billed(2, Cpt::INDIVIDUAL_LONG, 45, 98);
    assert_eq!(day_faults(&[sam, kit]), [DayFault::Overlap(0, 1)]);

    let group = [billed(1, Cpt::GROUP, 0, 60), billed(2, Cpt::GROUP, 0, 60)];
    assert_eq!(day_faults(&group), []);
    let crisis = [billed(1, Cpt::CRISIS, 0, 80), billed(1, Cpt::CRISIS_MORE, 0, 80)];
    assert_eq!(day_faults(&crisis), []);
    let other = [billed(1, Cpt::CRISIS, 0, 80), billed(2, Cpt::CRISIS_MORE, 0, 80)];
    assert_eq!(day_faults(&other), [DayFault::Overlap(0, 1), DayFault::WithoutBase(1)]);
}

#[test]
fn a_day_has_twenty_four_hours() {
    let hours = |count: i64| -> Vec<Billed> {
        (0..count)
            .map(|hour| {
                billed(hour.unsigned_abs().into(), Cpt::INDIVIDUAL_LONG, hour * 60, hour * 60 + 60)
            })
            .collect()
    };
    assert_eq!(day_faults(&hours(12)), []);
    assert_eq!(day_faults(&hours(13)), [DayFault::LongDay]);
    assert_eq!(day_faults(&hours(25)), [DayFault::OverADay]);
}

#[test]
fn codes_that_do_not_go_together_on_one_day_are_named() {
    for (one, other, goes) in [
        (Cpt::INDIVIDUAL_SHORT, Cpt::INDIVIDUAL_LONG, false),
        (Cpt::EVALUATION, Cpt::INDIVIDUAL_LONG, false),
        (Cpt::EVALUATION, Cpt::GROUP, false),
        (Cpt::CRISIS, Cpt::EVALUATION, false),
        (Cpt::CRISIS, Cpt::FAMILY_WITH, false),
        (Cpt::FAMILY_WITHOUT, Cpt::FAMILY_WITH, false),
        (Cpt::INDIVIDUAL_MIDDLE, Cpt::FAMILY_WITH, true),
        (Cpt::INDIVIDUAL_MIDDLE, Cpt::GROUP, true),
        (Cpt::SCALE, Cpt::INDIVIDUAL_LONG, true),
    ] {
        for (first, second) in [(one, other), (other, one)] {
            let day = [billed(1, first, 0, 60), billed(1, second, 120, 180)];
            let faults = day_faults(&day);
            assert_eq!(faults.is_empty(), goes, "{first} and {second}: {faults:?}");
        }
    }
    let twice = [billed(1, Cpt::GROUP, 0, 60), billed(2, Cpt::INDIVIDUAL_LONG, 70, 130)];
    assert_eq!(day_faults(&twice), [], "two clients are two days");
}

#[test]
fn interactive_complexity_stands_beside_some_codes_and_never_beside_crisis_or_family() {
    let allowed: Vec<&str> =
        CPTS.iter().filter(|cpt| may_add_interactive(**cpt)).map(|cpt| cpt.code()).collect();
    assert_eq!(allowed, ["90791", "90792", "90832", "90834", "90837", "90853"]);
}

fn found(typed: &str) -> Vec<&'static str> {
    search(typed, date(2026, 11, 10), 5).iter().map(|it| it.code).collect()
}

#[test]
fn a_diagnosis_is_found_by_what_people_say_and_by_its_code() {
    for (typed, first) in [
        ("F41.1", "F41.1"),
        ("f411", "F41.1"),
        ("gad", "F41.1"),
        ("generalized anx", "F41.1"),
        ("ptsd", "F43.10"),
        ("panic", "F41.0"),
        ("ptsd chronic", "F43.12"),
        ("prolonged grief", "F43.81"),
        ("hoarding", "F42.3"),
        ("skin-picking", "F42.4"),
        ("arfid", "F50.82"),
        ("borderline", "F60.3"),
        ("depression single moderate", "F32.1"),
        ("nssi", "R45.88"),
        ("insomnia", "F51.05"),
        ("primary insomnia", "F51.01"),
    ] {
        assert_eq!(found(typed).first().copied(), Some(first), "{typed}: {:?}", found(typed));
    }
    // Not behind every dementia that names it last.
    assert!(found("anxiety").contains(&"F41.1"), "{:?}", found("anxiety"));
    for nothing in ["", " . ", "zzz", "gad zzz"] {
        assert_eq!(found(nothing), Vec::<&str>::new(), "{nothing:?}");
    }
}

#[test]
fn a_parent_is_billable_until_its_children_are() {
    let parent = diagnosis("F50.01").unwrap();
    let child = diagnosis("F50.010").unwrap();
    for (day, is_parent) in [(date(2024, 9, 30), true), (date(2024, 10, 1), false)] {
        assert_eq!(parent.is_billable_on(day), is_parent);
        assert_eq!(child.is_billable_on(day), !is_parent);
    }
    assert!(!found("anorexia").contains(&"F50.01"));
    assert_eq!(diagnosis("F50.8"), None, "a header is no diagnosis");
    assert_eq!(child.plain(), "F50010");
}

proptest! {
    #[test]
    fn more_minutes_never_suggest_less(minutes in 0u32..400, service in 0..Service::ALL.len()) {
        let service = Service::ALL[service];
        let units = |minutes| cpt_for(minutes, service)
            .map_or(0, |coded| coded.iter().map(|it| it.units).sum::<u32>());
        prop_assert!(units(minutes) <= units(minutes + 1));
    }

    #[test]
    fn units_and_minutes_stay_within_half_a_unit(minutes in 0u32..10_000) {
        prop_assert!(minutes.abs_diff(units_60(minutes) * 60) <= 30);
        prop_assert!(minutes.abs_diff(units_30(minutes) * 30) <= 15);
    }

    #[test]
    fn search_answers_whatever_is_typed(typed in ".{0,40}") {
        let day = date(2026, 11, 10);
        let found = search(&typed, day, 7);
        prop_assert!(found.len() <= 7);
        prop_assert!(found.iter().all(|it| it.is_billable_on(day)));
    }

    #[test]
    fn every_code_reads_back(at in 0..CPTS.len()) {
        prop_assert_eq!(CPTS[at].code().parse::<Cpt>(), Ok(CPTS[at]));
        prop_assert!(!CPTS[at].words().is_empty());
    }
}
