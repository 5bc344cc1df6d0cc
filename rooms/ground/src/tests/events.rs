//! Events are taken up in order, once, and a listener that fails is seen.

use ids::{PracticeId, Uuid};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use sqlx::Executor;

use crate::acting::Acting;
use crate::db::{self, Role, Tx};
use crate::events::{self, Event, Listener, Told};
use crate::house::House;
use crate::jobs::{self, Job, Order, Task, Way};
use crate::testing::{TestHouse, run, run_with_faults};
use crate::work::{self, DeadKey, Doing, Failure, TRIES_MAX, Wiring};

const ELM: PracticeId = PracticeId(Uuid::from_u128(0xE1));
const SUBJECT: Uuid = Uuid::from_u128(0x50);
const OTHER: Uuid = Uuid::from_u128(0x51);

#[derive(Debug, Serialize, Deserialize)]
struct LampLit {
    lamp: Uuid,
    number: u32,
}

impl Event for LampLit {
    const KIND: &'static str = "trial.lamp_lit";

    fn subject(&self) -> Uuid {
        self.lamp
    }
}

/// Writes what it takes up into a table, so that a test sees the order; number 13 never works.
const WRITES: Listener = Listener { kind: "trial.lamp_lit", name: "trial.writes", take: write };

fn write<'t>(tx: &'t mut Tx, told: &'t Told) -> Doing<'t> {
    Box::pin(async move {
        let lamp: LampLit = told.read()?;
        sqlx::query("insert into trial.seen (lamp, number) values ($1, $2)")
            .bind(lamp.lamp)
            .bind(i64::from(lamp.number))
            .execute(&mut **tx)
            .await
            .map_err(db::Error::from)?;
        match lamp.number {
            13 => Err(Failure::Never("the lamp is broken".into())),
            12 => Err(Failure::Again("the lamp is hot".into())),
            _ => Ok(()),
        }
    })
}

fn wiring() -> Wiring {
    Wiring { listeners: vec![WRITES], jobs: vec![] }
}

async fn prepare(house: &TestHouse) {
    let mut superuser = house.superuser().await;
    let trial = "create schema trial;
        create table trial.seen (lamp uuid, number bigint, place bigint generated always as identity);
        grant usage on schema trial to trellis_app;
        grant select, insert on trial.seen to trellis_app;
        select house.shared('trial.seen', 'a test looks at it');
        create policy everyone on trial.seen using (true);";
    superuser.execute(trial).await.unwrap();
    events::register(&house.stores, &[WRITES]).await.unwrap();
}

async fn light(house: &House, lamp: Uuid, number: u32) {
    let mut tx = house.begin(&Acting::Job { practice: ELM }).await.unwrap();
    events::tell(&mut tx, ELM, &LampLit { lamp, number }).await.unwrap();
    tx.commit().await.unwrap();
}

async fn seen(house: &TestHouse, lamp: Uuid) -> Vec<i64> {
    let mut app = house.stores.connection(Role::App).await.unwrap();
    sqlx::query_scalar("select number from trial.seen where lamp = $1 order by place")
        .bind(lamp)
        .fetch_all(&mut app)
        .await
        .unwrap()
}

#[test]
fn events_of_one_subject_are_taken_up_in_the_order_of_their_commits() {
    run(async |house| {
        prepare(&house).await;
        let mut tellers = Vec::new();
        for number in 100..160 {
            let house = house.house.clone();
            tellers.push(tokio::spawn(async move { light(&house, SUBJECT, number).await }));
        }
        for teller in tellers {
            teller.await.unwrap();
        }

        let workers = (0..4).map(|_| {
            let house = house.house.clone();
            tokio::spawn(async move { wiring().drain(&house).await.unwrap() })
        });
        for worker in workers.collect::<Vec<_>>() {
            worker.await.unwrap();
        }
        wiring().drain(&house.house).await.unwrap();

        let mut app = house.stores.connection(Role::App).await.unwrap();
        let told: Vec<i64> =
            sqlx::query_scalar("select (body->>'number')::bigint from ground.event order by place")
                .fetch_all(&mut app)
                .await
                .unwrap();
        assert_eq!(seen(&house, SUBJECT).await, told);
    });
}

#[test]
fn a_change_that_is_undone_tells_nothing() {
    run(async |house| {
        prepare(&house).await;
        let mut tx = house.house.begin(&Acting::Job { practice: ELM }).await.unwrap();
        events::tell(&mut tx, ELM, &LampLit { lamp: SUBJECT, number: 1 }).await.unwrap();
        tx.rollback().await.unwrap();

        assert_eq!(wiring().drain(&house.house).await.unwrap(), 0);
    });
}

#[test]
fn a_dead_letter_blocks_its_subject_and_no_other_until_somebody_decides() {
    run(async |house| {
        prepare(&house).await;
        for (lamp, number) in [(SUBJECT, 1), (SUBJECT, 13), (SUBJECT, 2), (OTHER, 3)] {
            light(&house.house, lamp, number).await;
        }

        wiring().drain(&house.house).await.unwrap();
        assert_eq!(seen(&house, SUBJECT).await, [1], "what failed left nothing behind");
        assert_eq!(seen(&house, OTHER).await, [3]);

        let mut tx = house.house.begin(&Acting::Door).await.unwrap();
        let dead = work::dead_letters(&mut tx).await.unwrap();
        assert_eq!((dead.len(), dead[0].blocks, dead[0].tries), (1, 1, 1));
        assert_eq!(dead[0].why, "the lamp is broken");
        let key = DeadKey { practice: ELM, id: dead[0].id, name: &dead[0].name };
        assert!(work::try_again(&mut tx, key).await.unwrap());
        tx.commit().await.unwrap();
        wiring().drain(&house.house).await.unwrap();
        assert_eq!(seen(&house, SUBJECT).await, [1], "it is broken still");

        let mut tx = house.house.begin(&Acting::Door).await.unwrap();
        let at = house.house.now();
        assert!(work::let_go(&mut tx, key, at).await.unwrap());
        assert!(!work::let_go(&mut tx, key, at).await.unwrap(), "the second click meets nothing");
        tx.commit().await.unwrap();
        wiring().drain(&house.house).await.unwrap();
        assert_eq!(seen(&house, SUBJECT).await, [1, 2]);
    });
}

#[test]
fn a_listener_that_crashes_each_time_ends_among_the_dead_letters() {
    run(async |house| {
        prepare(&house).await;
        light(&house.house, SUBJECT, 1).await;
        let mut superuser = house.superuser().await;
        // A lease that ran out, as often as a lease may: each was counted before the crash.
        for _ in 0..TRIES_MAX {
            superuser
                .execute(
                    "update ground.delivery set tries = tries + 1, leased_until = '2000-01-01Z'",
                )
                .await
                .unwrap();
        }

        wiring().drain(&house.house).await.unwrap();

        let mut tx = house.house.begin(&Acting::Door).await.unwrap();
        let dead = work::dead_letters(&mut tx).await.unwrap();
        assert_eq!(dead.len(), 1);
        assert!(dead[0].why.contains("crashed"), "{}", dead[0].why);
        assert_eq!(seen(&house, SUBJECT).await, Vec::<i64>::new());
    });
}

#[test]
fn a_failure_worth_another_try_waits_and_is_no_dead_letter() {
    run(async |house| {
        prepare(&house).await;
        light(&house.house, SUBJECT, 12).await;

        assert_eq!(wiring().drain(&house.house).await.unwrap(), 1);

        let mut tx = house.house.begin(&Acting::Door).await.unwrap();
        assert!(work::dead_letters(&mut tx).await.unwrap().is_empty());
        let waits: bool = sqlx::query_scalar("select retry_at is not null from ground.delivery")
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert!(waits);
    });
}

#[test]
fn an_event_that_was_passed_over_is_found() {
    run_with_faults(async |house| {
        prepare(&house).await;
        light(&house.house, SUBJECT, 1).await;
        light(&house.house, SUBJECT, 2).await;
        assert_eq!(house.faults().await, Vec::<String>::new());

        let sql = "update ground.delivery set done_at = '2026-01-01Z'
                    where place = (select max(place) from ground.delivery)";
        house.superuser().await.execute(sql).await.unwrap();

        assert!(house.faults().await.iter().any(|fault| fault.starts_with("I07")));
    });
}

const LIGHTS: Job = Job { kind: "trial.lights", way: Way::Inside(do_light) };

fn do_light<'t>(tx: &'t mut Tx, task: &'t Task) -> Doing<'t> {
    Box::pin(async move {
        sqlx::query("insert into trial.seen (lamp, number) values ($1, 7)")
            .bind(task.subject)
            .execute(&mut **tx)
            .await
            .map_err(db::Error::from)?;
        Ok(())
    })
}

#[test]
fn a_job_asked_for_twice_is_done_once_and_not_before_it_is_due() {
    run(async |house| {
        prepare(&house).await;
        let wiring = Wiring { listeners: vec![], jobs: vec![LIGHTS] };
        let due_at = house.house.now() + SignedDuration::from_hours(2);
        for _ in 0..2 {
            let mut tx = house.house.begin(&Acting::Job { practice: ELM }).await.unwrap();
            let order = Order {
                practice: ELM,
                kind: LIGHTS.kind,
                subject: SUBJECT,
                once_key: "tonight",
                due_at,
            };
            jobs::ask(&mut tx, order).await.unwrap();
            tx.commit().await.unwrap();
        }

        assert_eq!(wiring.drain(&house.house).await.unwrap(), 0);
        house.house.clock().advance(SignedDuration::from_hours(2));
        wiring.drain(&house.house).await.unwrap();

        assert_eq!(seen(&house, SUBJECT).await, [7]);
    });
}

#[test]
fn a_worker_that_lost_its_lease_undoes_its_effect() {
    run(async |house| {
        prepare(&house).await;
        light(&house.house, SUBJECT, 1).await;
        // While the first worker is in the effect, its lease runs out and is taken by another.
        let slow = Listener { take: steal_and_write, ..WRITES };
        let slow = Wiring { listeners: vec![slow], jobs: vec![] };

        let answer = slow.drain(&house.house).await;

        assert!(matches!(answer, Err(db::Error::Touched { .. })), "{answer:?}");
        assert_eq!(seen(&house, SUBJECT).await, Vec::<i64>::new());
    });
}

fn steal_and_write<'t>(tx: &'t mut Tx, told: &'t Told) -> Doing<'t> {
    Box::pin(async move {
        let mut thief = tx.house().begin(&Acting::Door).await?;
        thief
            .execute("update ground.delivery set tries = tries + 1")
            .await
            .map_err(db::Error::from)?;
        thief.commit().await?;
        write(tx, told).await
    })
}
