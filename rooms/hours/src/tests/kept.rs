//! Kept time and intake: hers alone, spelled out far enough, and given back by nobody else.

use ground::testing::{TestHouse, run, run_with_faults};
use ground::work::Wiring;
use ground::{Acting, db};
use ids::Uuid;
use jiff::civil::date;
use jiff::{SignedDuration, ToSpan};
use people::cast::{self, Cast};

use crate::model::{Exception, Leave, Protected, Window};
use crate::{Intake, KeptFor, ROOM};

const NOON: openings::Hours = openings::Hours { opens_min: 720, closes_min: 780 };

fn lunch() -> Vec<Protected> {
    [0, 1, 2, 3, 4].map(|weekday| Protected { weekday, hours: NOON }).to_vec()
}

async fn protect(house: &TestHouse, cast: &Cast, acting: &Acting) -> db::Result<()> {
    let mut tx = house.house.begin(acting).await?;
    let once = house.house.new_id();
    crate::protect(&mut tx, cast.elm, cast.ada_treats.id, once, &lunch()).await?;
    tx.commit().await
}

async fn count(house: &TestHouse, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut house.superuser().await).await.unwrap()
}

fn conflict(answer: db::Result<()>) -> String {
    match answer.unwrap_err() {
        db::Error::Conflict(name) => name,
        error => panic!("{error:?}"),
    }
}

#[test]
fn protected_time_is_spelled_out_26_weeks_ahead_and_further_each_monday() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        protect(&house, &cast, &cast.ada.acting()).await.unwrap();
        let far = "select count(*) from hours.stretch where kind = 'protected'";
        assert_eq!(count(&house, far).await, 28 * 5 + 1);

        let wiring = Wiring { listeners: vec![], jobs: ROOM.jobs.to_vec() };
        assert_eq!(wiring.drain(&house.house).await.unwrap(), 0, "nothing is due today");
        house.house.clock().advance(SignedDuration::from_hours(7 * 24));
        assert_eq!(wiring.drain(&house.house).await.unwrap(), 1);

        assert_eq!(count(&house, far).await, 29 * 5 + 1);
        house.house.clock().advance(SignedDuration::from_hours(6 * 24));
        assert_eq!(wiring.drain(&house.house).await.unwrap(), 0, "once a week");
    });
}

#[test]
fn nobody_but_the_clinician_keeps_her_time_or_gives_it_back() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        protect(&house, &cast, &cast.ada.acting()).await.unwrap();
        let job = Acting::Job { practice: cast.elm };

        for acting in [cast.ben.acting(), job.clone()] {
            let refused = conflict(protect(&house, &cast, &acting).await);
            assert_eq!(refused, "hours_are_changed_by_her_alone");
            for (sql, constraint) in [
                ("update hours.stretch set given_back_at = lower(during)", "kept_time_is_hers_alone"),
                ("update hours.protected set given_back_at = since", "hours_are_changed_by_her_alone"),
                (
                    "insert into hours.stretch (practice_id, stretch_id, clinician_id, kind,
                                                protected_id, on_date, during)
                     select practice_id, gen_random_uuid(), clinician_id, 'protected', protected_id,
                            on_date + 280, tstzrange(lower(during), upper(during) + interval '9 hours')
                       from hours.stretch limit 1",
                    "kept_time_is_hers_alone",
                ),
            ] {
                let mut tx = house.house.begin(&acting).await.unwrap();
                let answer = sqlx::query(sql).execute(&mut *tx).await.map(drop);
                assert_eq!(conflict(answer.map_err(db::Error::from)), constraint, "{sql}");
            }
        }
        let given_back = "select count(*) from hours.stretch where given_back_at is not null";
        assert_eq!(count(&house, given_back).await, 0);

        let mut tx = house.house.begin(&cast.ada.acting()).await.unwrap();
        let said = crate::said(&mut tx, cast.elm, cast.ada_treats.id).await.unwrap();
        let monday = said.protected[0].id;
        crate::give_back(&mut tx, cast.elm, cast.ada_treats.id, monday).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(count(&house, given_back).await, 29, "today's noon has not passed yet");
    });
}

#[test]
fn hours_exceptions_leave_and_intake_are_changed_by_her_alone() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (elm, ada) = (cast.elm, cast.ada_treats.id);
        let once: Uuid = house.house.new_id();
        let window = Window { weekday: 0, hours: NOON, only_for: None, only_at: None };
        let closed = Exception { on_date: date(2026, 2, 20), hours: None };
        let leave = Leave { from_date: date(2026, 3, 2), to_date: date(2026, 3, 6) };
        for (acting, is_hers) in [(cast.ben.acting(), false), (cast.ada.acting(), true)] {
            let mut answers = Vec::new();
            for change in 0..5 {
                let mut tx = house.house.begin(&acting).await.unwrap();
                answers.push(match change {
                    0 => crate::open_week(&mut tx, elm, ada, once, &[window]).await,
                    1 => crate::except(&mut tx, elm, ada, once, closed).await,
                    2 => crate::take_leave(&mut tx, elm, ada, once, leave).await,
                    3 => crate::set_capacity(&mut tx, elm, ada, Some(3)).await,
                    _ => crate::pause(&mut tx, elm, ada, None).await,
                });
                tx.rollback().await.unwrap();
            }
            for answer in answers {
                assert_eq!(answer.is_ok(), is_hers, "{answer:?}");
            }
        }
    });
}

#[test]
fn a_form_that_is_sent_twice_opens_hours_once_and_others_may_not_overlap() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (elm, ada) = (cast.elm, cast.ada_treats.id);
        let windows: Vec<Window> = (0..5)
            .map(|weekday| Window { weekday, hours: NOON, only_for: None, only_at: None })
            .collect();
        let once: Uuid = house.house.new_id();
        for _ in 0..2 {
            let mut tx = house.house.begin(&cast.ada.acting()).await.unwrap();
            crate::open_week(&mut tx, elm, ada, once, &windows).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(count(&house, "select count(*) from hours.weekly").await, 5);

        let mut tx = house.house.begin(&cast.ada.acting()).await.unwrap();
        let again = house.house.new_id();
        let answer = crate::open_week(&mut tx, elm, ada, again, &windows).await;
        assert_eq!(conflict(answer), "weekly_hours_do_not_overlap");
    });
}

#[test]
fn leave_keeps_whole_days_of_the_wall_clock() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (elm, ada) = (cast.elm, cast.ada_treats.id);
        let mut tx = house.house.begin(&cast.ada.acting()).await.unwrap();
        // The clock goes forward on March 8: the last day has 23 hours.
        let leave = Leave { from_date: date(2026, 3, 7), to_date: date(2026, 3, 8) };
        let once = house.house.new_id();
        crate::take_leave(&mut tx, elm, ada, once, leave).await.unwrap();

        let all =
            ("2026-01-01T00:00:00Z".parse().unwrap(), "2027-01-01T00:00:00Z".parse().unwrap());
        let kept = crate::kept(&mut tx, elm, ada, all).await.unwrap();
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].why, KeptFor::Leave);
        assert_eq!(kept[0].from.to_string(), "2026-03-07T06:00:00Z");
        assert_eq!(kept[0].to.to_string(), "2026-03-09T05:00:00Z");

        crate::give_back_leave(&mut tx, elm, ada, once).await.unwrap();
        assert_eq!(crate::kept(&mut tx, elm, ada, all).await.unwrap(), vec![]);
    });
}

#[test]
fn a_pause_ends_on_its_date_and_one_without_a_date_when_she_says_so() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (elm, ada) = (cast.elm, cast.ada_treats.id);
        let wiring = Wiring { listeners: vec![], jobs: ROOM.jobs.to_vec() };
        let mut tx = house.house.begin(&cast.ada.acting()).await.unwrap();
        let today = crate::today(&mut tx, elm).await.unwrap();
        crate::set_capacity(&mut tx, elm, ada, Some(2)).await.unwrap();
        crate::pause(&mut tx, elm, ada, Some(today + 2.days())).await.unwrap();
        let intake = crate::intake(&mut tx, elm, ada).await.unwrap();
        assert!(intake.paused && !intake.is_open(0));
        tx.commit().await.unwrap();

        house.house.clock().advance(SignedDuration::from_hours(48));
        let mut tx = house.house.begin(&cast.ada.acting()).await.unwrap();
        let open = Intake { clients_max: Some(2), paused: false, reopens_on: None };
        assert_eq!(crate::intake(&mut tx, elm, ada).await.unwrap(), open, "before any job ran");
        assert!(open.is_open(1) && !open.is_open(2));
        drop(tx);
        assert_eq!(wiring.drain(&house.house).await.unwrap(), 1);
        let told = "select count(*) from ground.event where kind = 'hours.intake_reopened'";
        assert_eq!(count(&house, told).await, 1);

        let mut tx = house.house.begin(&cast.ada.acting()).await.unwrap();
        crate::pause(&mut tx, elm, ada, None).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = house.house.begin(&Acting::Job { practice: elm }).await.unwrap();
        let refused = crate::reopen(&mut tx, elm, ada).await;
        assert_eq!(conflict(refused), "intake_is_hers_alone");
        drop(tx);
        let mut tx = house.house.begin(&cast.ada.acting()).await.unwrap();
        crate::reopen(&mut tx, elm, ada).await.unwrap();
        assert!(!crate::intake(&mut tx, elm, ada).await.unwrap().paused);
    });
}

#[test]
fn another_practice_sees_no_hours() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        protect(&house, &cast, &cast.ada.acting()).await.unwrap();
        let oak = people::found(&house.house, &cast::oak_lane()).await.unwrap();
        let mut tx = house.house.begin(&Acting::Job { practice: oak.practice }).await.unwrap();

        for sql in ["select count(*) from hours.stretch", "select count(*) from hours.calendar"] {
            let seen: i64 = sqlx::query_scalar(sql).fetch_one(&mut *tx).await.unwrap();
            assert_eq!(seen, 0, "{sql}");
        }
        assert!(crate::lock(&mut tx, cast.elm, cast.ada_treats.id).await.is_err());
    });
}

#[test]
fn a_client_locks_a_calendar_and_changes_nothing_of_it() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let person = house.house.new_id();
        let sam = Acting::Client {
            person,
            sign_in: house.house.new_id(),
            as_client: vec![(cast.elm, cast.sam.id)],
        };
        let mut tx = house.house.begin(&sam).await.unwrap();
        crate::lock(&mut tx, cast.elm, cast.ada_treats.id).await.unwrap();

        let sql = "update hours.calendar set spelled_to = '2026-01-01'";
        assert!(sqlx::query(sql).execute(&mut *tx).await.is_err());
    });
}

#[test]
fn without_its_trigger_a_colleague_could_give_her_time_back() {
    run_with_faults(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        protect(&house, &cast, &cast.ada.acting()).await.unwrap();
        for fault in
            ["drop trigger only_she on hours.stretch", "drop trigger only_she on hours.protected"]
        {
            sqlx::query(fault).execute(&mut house.superuser().await).await.unwrap();
        }

        let mut tx = house.house.begin(&cast.ben.acting()).await.unwrap();
        for sql in [
            "update hours.stretch set given_back_at = lower(during)",
            "update hours.protected set given_back_at = since",
        ] {
            assert!(sqlx::query(sql).execute(&mut *tx).await.unwrap().rows_affected() > 0);
        }
    });
}

#[test]
fn time_that_was_given_back_in_part_is_found() {
    run_with_faults(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        protect(&house, &cast, &cast.ada.acting()).await.unwrap();
        assert_eq!(house.faults().await, Vec::<String>::new());
        let mut tx = house.house.begin(&cast.ada.acting()).await.unwrap();
        sqlx::query("update hours.protected set given_back_at = since where weekday = 0")
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();

        let found = house.faults().await;

        assert!(found.iter().any(|it| it.contains("I23")), "{found:?}");
    });
}
