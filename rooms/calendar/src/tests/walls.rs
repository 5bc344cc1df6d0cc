//! The last word: what no program can write, whatever it forgot to ask; and what the invariant finds.

use ground::acting::Acting;
use ground::db::{self, Tx};
use ground::testing::{run, run_with_faults};
use hours::{Leave, Protected};
use jiff::SignedDuration;
use jiff::civil::date;
use sqlx::AssertSqlSafe;

use super::scene::Scene;
use crate::model::State;
use crate::queries::{self, New};

/// Writes a session of Sam with Ada by SQL, in the role that serves, without asking anybody.
async fn write(scene: &Scene, acting: &Acting, at: &str) -> db::Result<()> {
    let mut tx = scene.begin(acting).await;
    insert(scene, &mut tx, at).await?;
    tx.commit().await
}

async fn insert(scene: &Scene, tx: &mut Tx, at: &str) -> db::Result<()> {
    let now = scene.house.house.now();
    let new = New {
        practice: scene.cast.elm,
        booking: &scene.sam_at(at),
        visit: &scene.session,
        state: State::Booked,
        held_until: None,
        by: scene.cast.sue.person,
        at: now,
    };
    queries::insert(tx, new).await
}

fn refused_by(answer: db::Result<()>) -> String {
    match answer {
        Err(db::Error::Conflict(name)) => name,
        other => panic!("{other:?}"),
    }
}

async fn protect_noon(scene: &Scene) {
    let mut tx = scene.begin(&scene.cast.ada.acting()).await;
    let noon = openings::Hours { opens_min: 720, closes_min: 780 };
    let rules = [0, 1, 2, 3, 4].map(|weekday| Protected { weekday, hours: noon });
    let (elm, id) = (scene.cast.elm, scene.cast.ada_treats.id);
    hours::protect(&mut tx, elm, id, scene.house.house.new_id(), &rules).await.unwrap();
    let leave = Leave { from_date: date(2026, 2, 16), to_date: date(2026, 2, 18) };
    hours::take_leave(&mut tx, elm, id, scene.house.house.new_id(), leave).await.unwrap();
    tx.commit().await.unwrap();
}

#[test]
fn sql_that_asks_nobody_books_no_hour_twice_and_none_that_is_kept_or_too_far() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        protect_noon(&scene).await;
        scene.booked("2026-02-10T16:00:00Z").await;
        let job = Acting::Job { practice: scene.cast.elm };

        for (at, name) in [
            ("2026-02-10T16:30:00Z", "appointment_never_overlaps"),
            ("2026-02-10T15:08:00Z", "appointment_never_overlaps"),
            ("2026-02-10T18:30:00Z", "appointment_keeps_off_kept_time"),
            ("2026-02-10T17:10:00Z", "appointment_keeps_off_kept_time"),
            ("2026-02-17T16:00:00Z", "appointment_keeps_off_kept_time"),
            ("2027-02-10T16:00:00Z", "appointment_is_within_the_horizon"),
        ] {
            for acting in [&job, &scene.cast.ada.acting()] {
                assert_eq!(refused_by(write(&scene, acting, at).await), name, "{at}");
            }
        }
        write(&scene, &job, "2026-02-10T19:00:00Z").await.unwrap();
    });
}

#[test]
fn an_hour_that_was_protected_while_it_was_held_is_not_booked() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let (elm, ada) = (scene.cast.elm, scene.cast.ada.clone());
        let noon = scene.sam_at("2026-02-10T18:00:00Z");
        let mut tx = scene.begin(&ada.acting()).await;
        crate::hold(&mut tx, elm, ada.person, &noon).await.unwrap();
        tx.commit().await.unwrap();
        scene.house.house.clock().advance(SignedDuration::from_mins(1));
        protect_noon(&scene).await;

        let mut tx = scene.begin(&ada.acting()).await;
        let answer = queries::move_on(&mut tx, elm, noon.id, (State::Held, State::Booked)).await;

        assert_eq!(refused_by(answer), "appointment_keeps_off_kept_time");
    });
}

#[test]
fn who_protects_an_hour_and_who_books_it_wait_for_each_other() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let (elm, id) = (scene.cast.elm, scene.cast.ada_treats.id);
        let mut protecting = scene.begin(&scene.cast.ada.acting()).await;
        let noon = openings::Hours { opens_min: 720, closes_min: 780 };
        let rule = Protected { weekday: 1, hours: noon };
        hours::protect(&mut protecting, elm, id, house.house.new_id(), &[rule]).await.unwrap();
        let writing = async {
            let job = Acting::Job { practice: elm };
            write(&scene, &job, "2026-02-10T18:00:00Z").await
        };
        let committing = async {
            tokio::task::yield_now().await;
            protecting.commit().await.unwrap();
        };

        let (written, ()) = tokio::join!(writing, committing);

        assert_eq!(refused_by(written), "appointment_keeps_off_kept_time");
    });
}

#[test]
fn a_promise_goes_one_way_and_a_client_moves_only_their_own() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        let elm = scene.cast.elm;
        let kit = scene.kit().await;
        let kits = scene.at(kit, &scene.session, "2026-02-10T16:00:00Z");
        scene.book(&kits).await;
        let sams = scene.booked("2026-02-10T17:00:00Z").await;

        let mut tx = scene.begin(&scene.as_sam()).await;
        let other = queries::move_on(&mut tx, elm, kits.id, (State::Booked, State::Canceled)).await;
        assert!(matches!(other, Err(db::Error::Touched { actual: 0, .. })), "{other:?}");
        queries::move_on(&mut tx, elm, sams, (State::Booked, State::Canceled)).await.unwrap();
        let back = queries::move_on(&mut tx, elm, sams, (State::Canceled, State::Booked)).await;
        assert_eq!(refused_by(back), "appointment_goes_one_way");
        drop(tx);
        assert_eq!(scene.state(kits.id).await, "booked");

        // And a client writes nobody else's name beside a time.
        let mut tx = scene.begin(&scene.as_sam()).await;
        let booking = scene.at(kit, &scene.session, "2026-02-10T18:00:00Z");
        let answer = crate::book(&mut tx, elm, scene.sam, &booking).await;
        assert!(answer.is_err(), "{answer:?}");
    });
}

#[test]
fn the_invariant_finds_an_overlap_kept_time_and_an_appointment_for_nobody() {
    let faults = [
        "update calendar.appointment set starts_at = starts_at - interval '1 hour'
          where starts_at = '2026-02-10T17:00:00Z'",
        "update calendar.appointment
            set starts_at = '2026-02-12T18:00:00Z', ends_at = '2026-02-12T18:53:00Z'
          where starts_at = '2026-02-10T17:00:00Z'",
        "delete from calendar.attendee t using calendar.appointment a
          where a.appointment_id = t.appointment_id and a.starts_at = '2026-02-10T17:00:00Z'",
    ];
    for fault in faults {
        run_with_faults(async |house| {
            let scene = Scene::set(&house).await;
            protect_noon(&scene).await;
            house.house.clock().advance(SignedDuration::from_mins(1));
            scene.booked("2026-02-10T16:00:00Z").await;
            scene.booked("2026-02-10T17:00:00Z").await;
            assert_eq!(house.faults().await, Vec::<String>::new());

            let mut superuser = house.superuser().await;
            let plant = "alter table calendar.appointment
                           drop constraint appointment_never_overlaps;
                         alter table calendar.appointment disable trigger user";
            sqlx::raw_sql(plant).execute(&mut superuser).await.unwrap();
            sqlx::query(AssertSqlSafe(fault)).execute(&mut superuser).await.unwrap();

            let found = house.faults().await;
            assert!(found.iter().any(|it| it.contains("I05")), "{fault}: {found:?}");
        });
    }
}
