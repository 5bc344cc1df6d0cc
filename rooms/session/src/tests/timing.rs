//! Begun, ended, said otherwise: as a clinician does it, page by page.

use axum::http::StatusCode;
use ground::spans::{self, Kind, Source};
use ground::testing::{BEGIN, run};
use jiff::{SignedDuration, Timestamp};

use super::scene::{Scene, scene};

#[test]
fn a_session_is_measured_from_start_to_stop_and_the_plan_is_another_thing() {
    run(async |house| {
        let scene = scene(house).await;
        let (ada, page) = (scene.ada(), scene.page(scene.now));
        assert!(ada.get(&page).await.page.contains("Start now"));

        scene.wait(3);
        assert_eq!(ada.post(&page, &[]).await.to.as_deref(), Some(&*page));
        let open = ada.get(&page).await.page;
        assert!(open.contains("A session is still open"), "{open}");
        scene.wait(53);
        let to = ada.post(&Scene::form(&open, "/ending"), &[]).await.to.unwrap();

        assert!(to.ends_with("/note"), "{to}");
        let ended = ada.get(&page).await.page;
        for says in ["Planned", "Measured", "50 min", "53 min", "Write the note"] {
            assert!(ended.contains(says), "{says}: {ended}");
        }
        let measured = "select (ended_at - began_at = interval '53 min')
                               and began_at = (select starts_at + interval '3 min'
                                                 from calendar.appointment a
                                                where a.appointment_id = s.appointment_id)
                          from session.session s";
        assert!(scene.one::<bool>(measured).await);
        let kept = "select count(*) from calendar.appointment where state = 'kept'";
        assert_eq!(scene.one::<i64>(kept).await, 1);
        let told = "select count(*) from ground.event where kind = 'session.ended'";
        assert_eq!(scene.one::<i64>(told).await, 1);
    });
}

#[test]
fn the_minutes_are_the_clinicians_own_and_her_word_counts_once() {
    run(async |house| {
        let scene = scene(house).await;
        let (ada, page) = (scene.ada(), scene.page(scene.now));
        ada.post(&page, &[]).await;
        scene.wait(53);
        ada.post(&Scene::form(&ada.get(&page).await.page, "/ending"), &[]).await;
        let minutes = async |acting| {
            let from: Timestamp = BEGIN.parse().unwrap();
            let mut tx = scene.house.house.begin(&acting).await.unwrap();
            let to = from + SignedDuration::from_hours(24);
            let spans = spans::of(&mut tx, scene.cast.elm, from, to).await.unwrap();
            assert!(spans.iter().all(|span| span.kind == Kind::Session));
            spans.iter().map(|it| (it.to.duration_since(it.from).as_mins(), it.source)).collect()
        };
        let own: Vec<_> = minutes(scene.cast.ada.acting()).await;
        assert_eq!(own, [(53, Source::Measured)]);

        let says = Scene::form(&ada.get(&page).await.page, "/said");
        // Nine in the morning in Chicago.
        for (began, ended) in [("9:00 AM", "9:45 AM"), ("9:01 AM", "9:50 AM")] {
            let form = [("began", began), ("ended", ended), ("why", "forgot_to_stop")];
            assert_eq!(ada.post(&says, &form).await.status, StatusCode::SEE_OTHER);
            scene.wait(1);
        }

        let own: Vec<_> = minutes(scene.cast.ada.acting()).await;
        assert_eq!(own, [(49, Source::Entered)]);
        let others: Vec<(i64, Source)> = minutes(scene.cast.ben.acting()).await;
        assert_eq!(others, []);
        let shown = ada.get(&page).await.page;
        for says in ["53 min", "As you said", "49 min", "It was over before I pressed Stop"] {
            assert!(shown.contains(says), "{says}: {shown}");
        }
        assert_eq!(scene.one::<i64>("select count(*) from session.said").await, 2);
    });
}

#[test]
fn pressed_twice_it_begins_once_and_ends_once() {
    run(async |house| {
        let scene = scene(house).await;
        let (ada, page) = (scene.ada(), scene.page(scene.now));
        for _ in 0..2 {
            assert_eq!(ada.post(&page, &[]).await.status, StatusCode::SEE_OTHER);
        }
        let ending = Scene::form(&ada.get(&page).await.page, "/ending");
        scene.wait(50);
        for _ in 0..2 {
            assert_eq!(ada.post(&ending, &[]).await.status, StatusCode::SEE_OTHER);
            scene.wait(5);
        }

        let lasted =
            "select (extract(epoch from ended_at - began_at) / 60)::int from session.session";
        assert_eq!(scene.one::<i32>(lasted).await, 50);
        assert_eq!(scene.one::<i64>("select count(*) from ground.work_span").await, 1);
        assert_eq!(scene.one::<i64>("select count(*) from ground.event").await, 2);
    });
}

#[test]
fn without_a_stop_it_stays_open_and_says_so() {
    run(async |house| {
        let scene = scene(house).await;
        let ada = scene.ada();
        ada.post(&scene.page(scene.now), &[]).await;
        scene.wait(60);

        let next = ada.post(&scene.page(scene.next), &[]).await;

        assert_eq!(next.status, StatusCode::CONFLICT);
        assert!(next.page.contains("still open"), "{}", next.page);
        let mut tx = scene.house.house.begin(&scene.cast.ada.acting()).await.unwrap();
        let duties = crate::ROOM.duties.unwrap()(&mut tx).await.unwrap();
        assert_eq!(duties.len(), 1);
        assert_eq!(duties[0].href, scene.page(scene.now));
        let mut tx = scene.house.house.begin(&scene.cast.ben.acting()).await.unwrap();
        assert_eq!(crate::ROOM.duties.unwrap()(&mut tx).await.unwrap(), []);
    });
}

#[test]
fn what_ran_on_for_hours_counts_nothing_until_she_says_when_it_ended() {
    run(async |house| {
        let scene = scene(house).await;
        let (ada, page) = (scene.ada(), scene.page(scene.now));
        ada.post(&page, &[]).await;
        scene.wait(9 * 60);
        let ending = Scene::form(&ada.get(&page).await.page, "/ending");
        assert_eq!(ada.post(&ending, &[]).await.to.as_deref(), Some(&*page));
        assert_eq!(scene.one::<i64>("select count(*) from ground.work_span").await, 0);
        let shown = ada.get(&page).await.page;
        assert!(shown.contains("open for hours") && !shown.contains("Write the note"), "{shown}");

        let form = [("began", "9:00 AM"), ("ended", "9:50 AM"), ("why", "forgot_to_stop")];
        ada.post(&Scene::form(&shown, "/said"), &form).await;

        assert!(ada.get(&page).await.page.contains("Write the note"));
        assert_eq!(scene.one::<i64>("select count(*) from ground.work_span").await, 1);
    });
}

#[test]
fn a_time_that_cannot_be_comes_back_as_it_was_typed() {
    run(async |house| {
        let scene = scene(house).await;
        let (ada, page) = (scene.ada(), scene.page(scene.now));
        ada.post(&page, &[]).await;
        scene.wait(50);
        ada.post(&Scene::form(&ada.get(&page).await.page, "/ending"), &[]).await;
        let says = Scene::form(&ada.get(&page).await.page, "/said");

        let form = [("began", "nine"), ("ended", "9:50 AM")];
        let answer = ada.post(&says, &form).await;

        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for says in ["value=\"nine\"", "Enter when it began", "Choose why"] {
            assert!(answer.page.contains(says), "{says}: {}", answer.page);
        }
        assert_eq!(scene.one::<i64>("select count(*) from session.said").await, 0);
    });
}

#[test]
fn an_appointment_that_was_called_off_or_is_far_ahead_does_not_begin() {
    run(async |house| {
        let scene = scene(house).await;
        scene.wait(-180);
        let early = scene.ada().post(&scene.page(scene.next), &[]).await;
        assert_eq!(early.status, StatusCode::CONFLICT);
        assert_eq!(scene.one::<i64>("select count(*) from session.session").await, 0);
    });
}
