//! Look, lock, look, insert: one slot is one promise, and whoever is too late hears what is open.

use ground::clock::Clock;
use ground::testing::run;
use hours::Protected;
use jiff::SignedDuration;
use openings::Reason;

use super::scene::{Scene, instant, not_open};
use crate::{Answer, Became, Booking, By, Place, Wanted};

/// Tuesday at ten by the clock of Chicago.
const TUESDAY_TEN: &str = "2026-02-10T16:00:00Z";

#[test]
fn a_time_is_booked_once_and_the_next_asker_hears_of_the_next_three() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let kit = scene.kit().await;
        scene.booked(TUESDAY_TEN).await;

        let late = scene.book(&scene.at(kit, &scene.session, TUESDAY_TEN)).await;

        let (why, next) = not_open(late);
        assert_eq!(why, [Reason::Appointment]);
        let hours = ["2026-02-10T17:00:00Z", "2026-02-10T18:00:00Z", "2026-02-10T19:00:00Z"];
        assert_eq!(next, hours);
        assert_eq!(scene.count("select count(*) from calendar.appointment").await, 1);
        let told = "select count(*) from ground.event where kind = 'calendar.booked'";
        assert_eq!(scene.count(told).await, 1);
    });
}

#[test]
fn a_second_press_and_a_second_tab_find_what_the_first_one_made() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let first = scene.sam_at(TUESDAY_TEN);
        assert_eq!(scene.book(&first).await, Answer::Yours(first.id));

        assert_eq!(scene.book(&first).await, Answer::Yours(first.id), "a second press");
        let other_tab = scene.sam_at(TUESDAY_TEN);
        assert_eq!(scene.book(&other_tab).await, Answer::Yours(first.id), "a second tab");
        assert_eq!(scene.count("select count(*) from calendar.appointment").await, 1);
    });
}

#[test]
fn buffers_and_the_grid_hold_for_a_start_that_was_typed_into_the_form() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let kit = scene.kit().await;
        scene.booked(TUESDAY_TEN).await;

        for (at, why) in [
            ("2026-02-10T16:55:00Z", Reason::OffGrid),
            ("2026-02-10T16:00:00.5Z", Reason::OffGrid),
            ("2026-02-10T14:00:00Z", Reason::OutsideHours),
            ("2026-02-10T23:00:00Z", Reason::OutsideHours),
            ("2026-02-07T16:00:00Z", Reason::OutsideHours),
            ("2026-02-06T16:00:00Z", Reason::Notice),
            ("2026-08-11T15:00:00Z", Reason::Horizon),
        ] {
            let (told, _) = not_open(scene.book(&scene.at(kit, &scene.session, at)).await);
            assert_eq!(told.first(), Some(&why), "{at}");
        }
        // A first visit lasts an hour and a quarter with its buffer: it does not fit before ten.
        let visit = &scene.first_visit;
        let (why, _) = not_open(scene.book(&scene.at(kit, visit, "2026-02-10T15:00:00Z")).await);
        assert_eq!(why, [Reason::Appointment]);
    });
}

#[test]
fn a_hold_keeps_others_out_until_it_is_over_and_then_keeps_nobody_out() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let (elm, ada) = (scene.cast.elm, scene.cast.ada.clone());
        let kit = scene.kit().await;
        let held = scene.sam_at(TUESDAY_TEN);
        let mut tx = scene.begin(&ada.acting()).await;
        let answer = crate::hold(&mut tx, elm, ada.person, &held).await.unwrap();
        assert_eq!(answer, Answer::Yours(held.id));
        tx.commit().await.unwrap();

        let (why, _) = not_open(scene.book(&scene.at(kit, &scene.session, TUESDAY_TEN)).await);
        assert_eq!(why, [Reason::Appointment]);

        scene.house.house.clock().advance(SignedDuration::from_mins(crate::HOLD_MIN));
        let kits = scene.at(kit, &scene.session, TUESDAY_TEN);
        assert_eq!(scene.book(&kits).await, Answer::Yours(kits.id));
        assert_eq!(scene.state(held.id).await, "lapsed");
        let booked = "select count(*) from ground.event where kind = 'calendar.booked'";
        assert_eq!(scene.count(booked).await, 1, "a hold tells nobody");
    });
}

#[test]
fn who_chooses_anew_gives_up_what_they_held() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let (elm, ada) = (scene.cast.elm, scene.cast.ada.clone());
        let (first, second) = (scene.sam_at(TUESDAY_TEN), scene.sam_at("2026-02-10T18:00:00Z"));
        for booking in [&first, &second] {
            let mut tx = scene.begin(&ada.acting()).await;
            crate::hold(&mut tx, elm, ada.person, booking).await.unwrap();
            tx.commit().await.unwrap();
        }

        assert_eq!(scene.state(first.id).await, "lapsed");
        assert_eq!(scene.state(second.id).await, "held");
    });
}

#[test]
fn a_client_is_in_one_place_at_a_time_whoever_they_see() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        scene.treats(scene.cast.ben_treats.id, scene.cast.sam.id).await;
        scene.booked(TUESDAY_TEN).await;

        let with_ben = Booking { clinician: scene.cast.ben_treats.id, ..scene.sam_at(TUESDAY_TEN) };
        let (why, next) = not_open(scene.book(&with_ben).await);

        assert_eq!(why, [Reason::Busy]);
        assert!(!next.is_empty());
    });
}

#[test]
fn nobody_is_booked_with_a_clinician_who_does_not_treat_them() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let with_ben = Booking { clinician: scene.cast.ben_treats.id, ..scene.sam_at(TUESDAY_TEN) };
        let mut tx = scene.begin(&scene.cast.ada.acting()).await;

        let answer = crate::book(&mut tx, scene.cast.elm, scene.cast.ada.person, &with_ben).await;

        let error = answer.unwrap_err().to_string();
        assert!(error.contains("attendee_is_treated_by_the_clinician"), "{error}");
    });
}

#[test]
fn protected_time_is_no_opening_and_what_was_booked_before_stays() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let (elm, ada) = (scene.cast.elm, scene.cast.ada.clone());
        let before = scene.booked(TUESDAY_TEN).await;
        let ten_to_noon = openings::Hours { opens_min: 600, closes_min: 720 };
        let mut tx = scene.begin(&ada.acting()).await;
        let rule = Protected { weekday: 1, hours: ten_to_noon };
        let id = scene.cast.ada_treats.id;
        hours::protect(&mut tx, elm, id, scene.house.house.new_id(), &[rule]).await.unwrap();
        tx.commit().await.unwrap();

        let (why, next) = not_open(scene.book(&scene.sam_at("2026-02-17T16:00:00Z")).await);

        assert_eq!(why, [Reason::Protected]);
        assert_eq!(next[0], "2026-02-17T18:00:00Z");
        assert_eq!(scene.state(before).await, "booked");
    });
}

#[test]
fn nine_in_the_morning_stays_nine_when_the_clocks_go_forward() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let (elm, ada) = (scene.cast.elm, scene.cast.ada.clone());
        let mut tx = scene.begin(&ada.acting()).await;
        // Clocks go forward on Sunday, March 8, 2026.
        let wanted = Wanted {
            clinician: scene.cast.ada_treats.id,
            client: scene.cast.sam.id,
            visit: &scene.session,
            place: Place::Video,
            from: instant("2026-03-06T22:00:00Z"),
            to: instant("2026-03-09T15:00:00Z"),
        };
        let starts = crate::openings(&mut tx, elm, wanted, 9).await.unwrap();
        let starts: Vec<String> = starts.iter().map(ToString::to_string).collect();
        assert_eq!(starts, ["2026-03-06T22:00:00Z", "2026-03-09T14:00:00Z"]);
        drop(tx);

        scene.booked("2026-03-06T22:00:00Z").await;
        scene.booked("2026-03-09T14:00:00Z").await;
        let (why, _) = not_open(scene.book(&scene.sam_at("2026-03-09T13:00:00Z")).await);
        assert_eq!(why, [Reason::OutsideHours], "nine by winter's clock");
    });
}

#[test]
fn a_client_gives_notice_and_who_works_here_need_not() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let elm = scene.cast.elm;
        let in_an_hour = scene.at(scene.cast.sam.id, &scene.first_visit, "2026-02-09T16:00:00Z");
        let mut tx = scene.begin(&scene.as_sam()).await;
        let (why, next) =
            not_open(crate::book(&mut tx, elm, scene.sam, &in_an_hour).await.unwrap());
        assert_eq!(why, [Reason::Notice]);
        assert_eq!(next[0], "2026-02-10T15:00:00Z");
        drop(tx);

        assert_eq!(scene.book(&in_an_hour).await, Answer::Yours(in_an_hour.id));
    });
}

#[test]
fn a_client_books_with_their_own_hands_and_sees_no_name_of_anybody_else() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let elm = scene.cast.elm;
        let kit = scene.kit().await;
        let kits = scene.at(kit, &scene.session, TUESDAY_TEN);
        scene.book(&kits).await;
        let own = scene.at(scene.cast.sam.id, &scene.first_visit, "2026-02-11T15:00:00Z");
        let mut tx = scene.begin(&scene.as_sam()).await;

        let answer = crate::book(&mut tx, elm, scene.sam, &own).await.unwrap();

        assert_eq!(answer, Answer::Yours(own.id));
        let found = crate::appointment(&mut tx, elm, kits.id).await.unwrap().unwrap();
        assert_eq!(found.client, None, "a client sees that an hour is taken, and not by whom");
        tx.commit().await.unwrap();
    });
}

#[test]
fn late_is_by_the_practice_s_hours_and_never_when_the_practice_calls_off() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let (elm, ada) = (scene.cast.elm, scene.cast.ada.clone());
        // It is Monday at nine: Tuesday at nine is exactly a day ahead.
        let mut late = Vec::new();
        for (at, on_behalf) in [
            ("2026-02-10T15:00:00Z", By::Client),
            ("2026-02-09T22:00:00Z", By::Client),
            ("2026-02-09T21:00:00Z", By::Practice),
        ] {
            let id = scene.booked(at).await;
            let mut tx = scene.begin(&ada.acting()).await;
            crate::cancel(&mut tx, elm, id, ada.person, on_behalf).await.unwrap().unwrap();
            late.push(crate::queries::outcome(&mut tx, elm, id).await.unwrap().unwrap().is_late);
            let again = crate::cancel(&mut tx, elm, id, ada.person, on_behalf).await.unwrap();
            assert_eq!(again, None, "canceled twice is canceled once");
            tx.commit().await.unwrap();
        }

        assert_eq!(late, [false, true, false]);
        let told = "select count(*) from ground.event where kind = 'calendar.cancelled'";
        assert_eq!(scene.count(told).await, 3);
        scene.booked("2026-02-10T15:00:00Z").await;
    });
}

#[test]
fn a_visit_is_missed_by_the_clinician_s_word_after_it_began_and_may_turn_out_kept() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let (elm, ada) = (scene.cast.elm, scene.cast.ada.clone());
        let id = scene.booked(TUESDAY_TEN).await;
        let say = async |became| {
            let mut tx = scene.begin(&ada.acting()).await;
            let found = crate::appointment(&mut tx, elm, id).await.unwrap().unwrap();
            let practice = ground::policy::Practice::new(elm);
            let act = ground::policy::Act::RecordOutcome;
            let permit = tx.may(act, &found.planned(), &[&practice]).await.unwrap();
            let said = crate::record_outcome(&mut tx, &permit, elm, id, became).await.unwrap();
            tx.commit().await.unwrap();
            said.is_some()
        };
        assert!(!say(Became::Missed).await, "it has not begun");
        advance_to(scene.house.house.clock(), "2026-02-10T16:20:00Z");
        assert_eq!(duties(&scene).await, 0, "it is not over");

        assert!(say(Became::Missed).await);
        assert_eq!(scene.state(id).await, "missed");
        assert!(say(Became::Kept).await && say(Became::Kept).await);
        assert_eq!(scene.state(id).await, "kept");
        let told = "select count(*) from ground.event
                     where kind in ('calendar.missed', 'calendar.kept')";
        assert_eq!(scene.count(told).await, 2);
    });
}

#[test]
fn a_visit_that_is_over_asks_its_clinician_until_the_word_is_said() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        scene.booked(TUESDAY_TEN).await;
        advance_to(scene.house.house.clock(), "2026-02-10T17:00:00Z");

        assert_eq!(duties(&scene).await, 1);
        let mut tx = scene.begin(&scene.cast.ben.acting()).await;
        let of_ben = (crate::ROOM.duties.unwrap())(&mut tx).await.unwrap();
        assert_eq!(of_ben, [], "it is not Ben's to say");
    });
}

fn advance_to(clock: &Clock, at: &str) {
    clock.advance(instant(at).duration_since(clock.now()));
}

async fn duties(scene: &Scene) -> usize {
    let mut tx = scene.begin(&scene.cast.ada.acting()).await;
    (crate::ROOM.duties.unwrap())(&mut tx).await.unwrap().len()
}
