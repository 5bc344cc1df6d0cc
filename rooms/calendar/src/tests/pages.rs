//! The pages: a clinician's week, booking for a client, one appointment, and a client's own.

use axum::http::StatusCode;
use ground::Acting;
use ground::acting::Place;
use ground::policy::{Role, Service};
use ground::testing::{Answer, Browser, run};
use hours::Protected;
use jiff::SignedDuration;
use people::cast::{self, Worker};

use super::scene::{Scene, instant};

fn browser(scene: &Scene, acting: &Acting) -> Browser {
    Browser::of(&scene.house, [(crate::ROOM.routes)()], acting)
}

fn week(scene: &Scene) -> String {
    format!("/p/{}/week?week=2026-W07&who={}", scene.cast.elm, scene.cast.ada_treats.id)
}

fn booking(scene: &Scene) -> String {
    format!("/p/{}/clients/{}/booking", scene.cast.elm, scene.cast.sam.id)
}

/// What a press on a time sends.
fn press(scene: &Scene, at: &str, once: u128) -> Vec<(&'static str, String)> {
    vec![
        ("once", ids::Uuid::from_u128(once).to_string()),
        ("practice", scene.cast.elm.to_string()),
        ("with", scene.cast.ada_treats.id.to_string()),
        ("type", scene.first_visit.id.to_string()),
        ("place", "video".into()),
        ("from", "2026-02-10".into()),
        ("at", at.into()),
    ]
}

async fn post(browser: &Browser, path: &str, form: &[(&'static str, String)]) -> Answer {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, &**value)).collect();
    browser.post(path, &form).await
}

const TUESDAY_NINE: &str = "2026-02-10T15:00:00Z";

#[test]
fn a_client_chooses_a_time_reads_what_it_is_books_it_and_calls_it_off() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let sam = browser(&scene, &scene.as_sam());
        let empty = sam.get("/me/visits").await.page;
        assert!(empty.contains("Visits that you have booked will be here"), "{empty}");

        let page = sam.get("/me/visits/booking?place=video").await.page;
        assert!(page.contains("value=\"2026-02-10T15:00:00Z\">9:00 AM<"), "{page}");
        assert!(!page.contains("2026-02-09T22:00:00Z"), "twelve hours ahead at least");
        assert!(!page.contains("Shorter session"), "the first visit comes first");

        let form = press(&scene, TUESDAY_NINE, 7);
        let held = post(&sam, "/me/visits/booking", &form).await;
        assert_eq!(held.status, StatusCode::SEE_OTHER, "{}", held.page);
        let at = held.to.unwrap();
        let again = post(&sam, "/me/visits/booking", &form).await;
        assert_eq!(again.to.as_ref(), Some(&at), "a double press is one");
        let page = sam.get(&at).await.page;
        assert!(page.contains("It is held until 9:10 AM"), "{page}");
        assert!(page.contains("You can cancel until Mon, Feb 9, 9:00 AM"), "{page}");

        let once = [("once", ids::Uuid::from_u128(8).to_string())];
        for _ in 0..2 {
            let booked = post(&sam, &format!("{at}/booking"), &once).await;
            assert_eq!(booked.to.as_ref(), Some(&at), "{}", booked.page);
        }
        assert!(sam.get("/me/visits").await.page.contains("Tue, Feb 10, 9:00 AM CT"));
        let booked = "select count(*) from ground.event where kind = 'calendar.booked'";
        assert_eq!(scene.count(booked).await, 1);

        house.house.clock().advance(SignedDuration::from_mins(1));
        let page = sam.get(&at).await.page;
        assert!(page.contains("Canceling now counts as late"), "{page}");
        let off = post(&sam, &format!("{at}/cancellation"), &once).await;
        assert_eq!(off.to.as_ref(), Some(&at), "{}", off.page);
        assert!(sam.get(&at).await.page.contains("Canceled"));
        let late = "select count(*) from calendar.outcome where is_late and said_for = 'client'";
        assert_eq!(scene.count(late).await, 1);
        let written = "select count(*) from ground.audit
                        where act in ('book_appointment', 'cancel_appointment')
                          and outcome = 'changed'";
        assert_eq!(scene.count(written).await, 5, "each press is written");
    });
}

#[test]
fn whoever_is_too_late_keeps_the_page_and_gets_the_next_three() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let kit = scene.kit().await;
        scene.book(&scene.at(kit, &scene.session, TUESDAY_NINE)).await;
        let sam = browser(&scene, &scene.as_sam());

        let late = post(&sam, "/me/visits/booking", &press(&scene, TUESDAY_NINE, 7)).await;

        assert_eq!(late.status, StatusCode::CONFLICT);
        for says in [
            "Somebody has just taken this time",
            "Tue, Feb 10, 10:00 AM<",
            "Tue, Feb 10, 10:30 AM<",
            "Tue, Feb 10, 11:00 AM<",
            "name=\"place\" value=\"video\"",
        ] {
            assert!(late.page.contains(says), "{says}: {}", late.page);
        }
        let nothing = post(&sam, "/me/visits/booking", &press(&scene, "noon", 8)).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.page.contains("Choose one of the open times"));
    });
}

#[test]
fn a_hold_that_is_over_is_taken_up_where_nobody_was_faster_and_else_says_so() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let kit = scene.kit().await;
        let sam = browser(&scene, &scene.as_sam());
        let once = [("once", ids::Uuid::from_u128(9).to_string())];
        let at = post(&sam, "/me/visits/booking", &press(&scene, TUESDAY_NINE, 7)).await;
        let at = at.to.unwrap();
        house.house.clock().advance(SignedDuration::from_mins(11));
        let booked = post(&sam, &format!("{at}/booking"), &once).await;
        assert_eq!(booked.status, StatusCode::SEE_OTHER, "{}", booked.page);
        assert!(sam.get("/me/visits").await.page.contains("Tue, Feb 10, 9:00 AM"));

        let later = "2026-02-11T15:00:00Z";
        let kits = browser(&scene, &scene.cast.ada.acting());
        let path = format!("/p/{}/clients/{kit}/booking", scene.cast.elm);
        let held = post(&kits, &path, &press(&scene, later, 10)).await.to.unwrap();
        house.house.clock().advance(SignedDuration::from_mins(11));
        scene.book(&scene.at(scene.cast.sam.id, &scene.session, later)).await;
        let late = post(&kits, &format!("{held}/booking"), &once).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.page.contains("Somebody has just taken this time"), "{}", late.page);
        assert!(late.page.contains("Wed, Feb 11, 10:00 AM"), "{}", late.page);
    });
}

#[test]
fn a_hold_whose_hour_was_protected_or_whose_care_ended_is_not_booked() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let ada = browser(&scene, &scene.cast.ada.acting());
        let once = [("once", ids::Uuid::from_u128(9).to_string())];
        let held = post(&ada, &booking(&scene), &press(&scene, TUESDAY_NINE, 7)).await;
        let held = held.to.unwrap();
        let mut tx = scene.begin(&scene.cast.ada.acting()).await;
        let nine = openings::Hours { opens_min: 540, closes_min: 600 };
        let rule = Protected { weekday: 1, hours: nine };
        let (elm, id) = (scene.cast.elm, scene.cast.ada_treats.id);
        hours::protect(&mut tx, elm, id, house.house.new_id(), &[rule]).await.unwrap();
        tx.commit().await.unwrap();
        let kept = post(&ada, &format!("{held}/booking"), &once).await;
        assert_eq!(kept.status, StatusCode::CONFLICT, "{}", kept.page);
        assert!(kept.page.contains("This time is not open"), "{}", kept.page);
        assert!(kept.page.contains("Tue, Feb 10, 10:00 AM"), "{}", kept.page);

        let later = press(&scene, "2026-02-11T15:00:00Z", 8);
        let held = post(&ada, &booking(&scene), &later).await.to.unwrap();
        let mut superuser = house.superuser().await;
        let end = "alter table offers.treating disable trigger user;
                   update offers.treating set until = '2026-02-09T16:00:00Z';
                   update offers.episode set ended_at = '2026-02-09T16:00:00Z'";
        sqlx::raw_sql(end).execute(&mut superuser).await.unwrap();
        let over = post(&ada, &format!("{held}/booking"), &once).await;
        assert_eq!(over.status, StatusCode::CONFLICT);
        assert!(over.page.contains("does not treat them now"), "{}", over.page);
        assert_eq!(scene.count("select count(*) from ground.event").await, 0);
    });
}

#[test]
fn a_clinician_s_week_shows_names_to_her_and_what_she_keeps_to_nobody_else() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        scene.booked("2026-02-10T16:00:00Z").await;
        let mut tx = scene.begin(&scene.cast.ada.acting()).await;
        let noon = openings::Hours { opens_min: 720, closes_min: 780 };
        let rule = Protected { weekday: 2, hours: noon };
        let id = scene.cast.ada_treats.id;
        let once = house.house.new_id();
        hours::protect(&mut tx, scene.cast.elm, id, once, &[rule]).await.unwrap();
        tx.commit().await.unwrap();

        let ada = browser(&scene, &scene.cast.ada.acting()).get(&week(&scene)).await.page;
        assert!(ada.contains("Sam Whitfield") && ada.contains("Protected"), "{ada}");
        assert!(ada.contains("Feb 9 to 13") && ada.contains("1 visit, 1 h protected"), "{ada}");
        assert!(ada.contains("at-h10 at-m0 for-h0 for-m53"), "53 minutes are drawn as 53");
        assert!(ada.contains("week-day today"), "{ada}");

        let ben = browser(&scene, &scene.cast.ben.acting()).get(&week(&scene)).await;
        assert_eq!(ben.status, StatusCode::OK, "{}", ben.page);
        assert!(!ben.page.contains("Sam Whitfield"), "a colleague sees that she is busy");
        assert!(!ben.page.contains("class=\"ground hatched"), "{}", ben.page);
        assert!(ben.page.contains(">Booked<"), "{}", ben.page);
        assert!(ben.page.contains("ground closed at-h12 at-m0 for-h1 for-m0"), "{}", ben.page);

        let serves = scene.serving(&scene.cast.sue, &[Service::Scheduling]);
        let sue = browser(&scene, &serves).get(&week(&scene)).await.page;
        assert!(sue.contains("Sam Whitfield") && !sue.contains("class=\"ground hatched"), "{sue}");
    });
}

#[test]
fn an_appointment_is_called_off_for_somebody_and_missed_by_the_clinician_s_word_alone() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let id = scene.booked("2026-02-10T16:00:00Z").await;
        let path = format!("/p/{}/appointments/{id}", scene.cast.elm);
        let ada = browser(&scene, &scene.cast.ada.acting());

        let asked = post(&ada, &format!("{path}/cancellation"), &[]).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(asked.page.contains("Choose who calls it off"), "{}", asked.page);

        house
            .house
            .clock()
            .advance(instant("2026-02-10T17:00:00Z").duration_since(house.house.now()));
        let shown = ada.get(&path).await.page;
        assert!(shown.contains("They did not come") && !shown.contains("Cancel this"), "{shown}");
        let serves = scene.serving(&scene.cast.sue, &[Service::Scheduling]);
        let sue = browser(&scene, &serves);
        assert!(!sue.get(&path).await.page.contains("They did not come"));
        let refused = post(&sue, &format!("{path}/outcome"), &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(refused.page.contains("OF-04"), "{}", refused.page);
        for _ in 0..2 {
            let said = post(&ada, &format!("{path}/outcome"), &[]).await;
            assert_eq!(said.to.as_deref(), Some(&*path), "{}", said.page);
        }
        assert!(ada.get(&path).await.page.contains("Missed"));
        assert_eq!(scene.count("select count(*) from calendar.outcome").await, 1);
    });
}

#[test]
fn the_scheduler_books_for_a_practice_that_shares_scheduling_and_for_no_other() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let serves = scene.serving(&scene.cast.sue, &[Service::Scheduling]);
        let sue = browser(&scene, &serves);
        let page = sue.get(&booking(&scene)).await.page;
        assert!(page.contains("Sam Whitfield") && page.contains("Ada Reyes"), "{page}");
        assert!(page.contains("Shorter session"), "who works here chooses any kind of visit");
        let held = post(&sue, &booking(&scene), &press(&scene, TUESDAY_NINE, 7)).await;
        assert_eq!(held.status, StatusCode::SEE_OTHER, "{}", held.page);

        let without = browser(&scene, &scene.cast.sue.acting());
        let path = held.to.unwrap();
        for page in [&booking(&scene), &week(&scene), &path] {
            let answer = without.get(page).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{page}");
            assert!(!answer.page.contains("Sam Whitfield"), "{page}");
        }
        for change in [booking(&scene), format!("{path}/booking"), format!("{path}/cancellation")] {
            let answer = post(&without, &change, &press(&scene, TUESDAY_NINE, 8)).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{change}");
        }
        let refused = "select count(*) from ground.audit where outcome = 'refused' and is_staff";
        assert_eq!(scene.count(refused).await, 6);
    });
}

#[test]
fn a_colleague_books_nobody_into_another_s_week() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let id = scene.booked("2026-02-10T16:00:00Z").await;
        let path = format!("/p/{}/appointments/{id}", scene.cast.elm);
        let ben = browser(&scene, &scene.cast.ben.acting());

        assert_eq!(ben.get(&booking(&scene)).await.status, StatusCode::FORBIDDEN);
        assert_eq!(ben.get(&path).await.status, StatusCode::FORBIDDEN);
        for change in [
            booking(&scene),
            format!("{path}/booking"),
            format!("{path}/cancellation"),
            format!("{path}/outcome"),
        ] {
            let answer = post(&ben, &change, &press(&scene, TUESDAY_NINE, 8)).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{change}");
        }
        assert_eq!(scene.state(id).await, "booked");
    });
}

#[test]
fn strangers_find_nothing_and_a_client_nobody_else_s_visit() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let kit = scene.kit().await;
        let kits = scene.at(kit, &scene.session, "2026-02-10T16:00:00Z");
        scene.book(&kits).await;
        let oak = people::found(&house.house, &cast::oak_lane()).await.unwrap();
        let roles = [Role::Owner, Role::Clinician].into();
        let una = Worker {
            person: oak.founder,
            address: "una@oak.example".into(),
            place: Place { practice: oak.practice, is_operator: false, roles },
        };
        let path = format!("/p/{}/appointments/{}", scene.cast.elm, kits.id);
        for acting in [una.acting(), scene.as_sam(), Acting::Door] {
            let stranger = browser(&scene, &acting);
            for page in [&week(&scene), &booking(&scene), &path] {
                assert_eq!(stranger.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
            }
            let own = format!("/me/visits/{}", kits.id);
            for change in [&format!("{path}/cancellation"), &format!("{own}/cancellation")] {
                let answer = post(&stranger, change, &[("for", "client".into())]).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{change}");
            }
            assert_eq!(stranger.get(&own).await.status, StatusCode::NOT_FOUND);
        }
        let ada = browser(&scene, &scene.cast.ada.acting());
        assert_eq!(ada.get("/me/visits").await.status, StatusCode::NOT_FOUND);
        assert_eq!(scene.state(kits.id).await, "booked");
    });
}

#[test]
fn a_page_with_nothing_to_choose_says_why() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let mut tx = scene.begin(&scene.cast.ada.acting()).await;
        let alone = people::NewClient { name: "Lee".into(), address: None, state: "TX".into() };
        let lee = people::admit(&mut tx, scene.cast.elm, &alone).await.unwrap();
        tx.commit().await.unwrap();
        let ada = browser(&scene, &scene.cast.ada.acting());

        let path = format!("/p/{}/clients/{}/booking", scene.cast.elm, lee.id);
        let page = ada.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.page);
        assert!(page.page.contains("Nobody here treats this client now"), "{}", page.page);

        let far = format!("{}?from=2026-08-09", booking(&scene));
        let page = ada.get(&far).await.page;
        assert!(page.contains("9:00 AM") || page.contains("No open times from"), "{page}");
        let odd = format!("{}?from=never&with=x&type=y&place=moon", booking(&scene));
        assert_eq!(ada.get(&odd).await.status, StatusCode::OK);
        let gone = format!("/p/{}/week?week=9999-W99&who=x&day=soon", scene.cast.elm);
        assert_eq!(ada.get(&gone).await.status, StatusCode::OK);
    });
}

#[test]
fn a_time_at_the_end_of_time_is_none_to_choose() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let sam = browser(&scene, &scene.as_sam());
        let ends = ["9999-12-30T22:00:00Z", "-009999-01-02T01:59:59Z", "2028-03-01T15:00:00Z"];
        for (once, at) in ends.into_iter().enumerate() {
            let form = press(&scene, at, 0x0e0d + once as u128);
            let answer = post(&sam, "/me/visits/booking", &form).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{at}: {}", answer.page);
        }
    });
}
