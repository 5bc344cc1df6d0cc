//! The gate: a yes to a change is written with the change, a no is written by itself, and nobody
//! who serves can alter what was written.

use std::future::Future;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use ids::{ClientId, PersonId, PracticeId, SignInId, Uuid};
use policy::{Act, Facts, Kind, Practice, Role, Service, Thing, Uid};
use sqlx::Executor;
use tower::ServiceExt;

use crate::acting::{Acting, Place, Served, Workforce};
use crate::db::Role as DbRole;
use crate::house::House;
use crate::testing::{TestHouse, run};
use crate::web::{self, Asks, Routes};

const ELM: PracticeId = PracticeId(Uuid::from_u128(0xE1));
const OPERATOR: PracticeId = PracticeId(Uuid::from_u128(0x0B));
const SUE: PersonId = PersonId(Uuid::from_u128(0x50E));
const BEN: PersonId = PersonId(Uuid::from_u128(0xBE));

/// Ben's work, opened to somebody.
struct Grant;

impl Thing for Grant {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Grant, "one")
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, ELM))
    }

    fn facts(&self) -> Facts {
        Facts::new()
            .with("clinician", Uid::new(Kind::Person, BEN))
            .with("to", Uid::new(Kind::Person, SUE))
    }
}

fn elm() -> Practice {
    Practice::new(ELM).sharing([Service::Scheduling])
}

fn worker(person: PersonId, practice: PracticeId, is_operator: bool, role: Role) -> Acting {
    let services = [Service::Scheduling].into();
    Acting::Workforce(Workforce {
        person,
        sign_in: SignInId(Uuid::from_u128(1)),
        places: vec![Place { practice, is_operator, roles: [role].into() }],
        serves: vec![Served { practice: ELM, services }],
    })
}

fn sue() -> Acting {
    worker(SUE, OPERATOR, true, Role::Scheduling)
}

fn ben() -> Acting {
    worker(BEN, ELM, false, Role::Clinician)
}

/// Grants access as whoever acts; a real handler does as much and more.
async fn grant(house: &House, acting: &Acting) -> web::Result {
    let mut tx = house.begin(acting).await?;
    let act = Act::GrantAccess { length_min: 30 };
    tx.may(act, &Grant, &[&elm()]).await?;
    tx.commit().await?;
    Ok(Response::new(Body::empty()))
}

async fn sue_grants(State(house): State<House>) -> web::Result {
    grant(&house, &sue()).await
}

async fn rows(house: &TestHouse) -> Vec<(String, String, bool, Option<Uuid>, Option<String>)> {
    let mut superuser = house.superuser().await;
    sqlx::query_as("select outcome, act, is_staff, about_id, promise from ground.audit order by id")
        .fetch_all(&mut superuser)
        .await
        .unwrap()
}

fn app(house: &TestHouse) -> axum::Router {
    let why = Asks::nothing("the test looks at what the handler asks");
    let routes = Routes::new().post("/grant", why, sue_grants);
    web::app(house.house.clone(), routes.into_router())
}

fn request() -> Request<Body> {
    Request::post("/grant").body(Body::empty()).unwrap()
}

#[test]
fn a_change_that_was_allowed_is_written_with_it() {
    run(async |house| {
        grant(&house.house, &ben()).await.unwrap();

        let written = rows(&house).await;
        let expected = ("changed".into(), "grant_access".into(), false, Some(BEN.0), None);
        assert_eq!(written, [expected]);
    });
}

#[test]
fn a_change_that_was_undone_leaves_no_row() {
    run(async |house| {
        let mut tx = house.house.begin(&ben()).await.unwrap();
        tx.may(Act::GrantAccess { length_min: 30 }, &Grant, &[]).await.unwrap();
        tx.rollback().await.unwrap();

        assert!(rows(&house).await.is_empty());
    });
}

#[test]
fn a_refusal_names_the_promise_and_is_written_before_it_is_answered() {
    run(async |house| {
        let answer = app(&house).oneshot(request()).await.unwrap();

        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
        let body = axum::body::to_bytes(answer.into_body(), 100_000).await.unwrap();
        let page = String::from_utf8(body.to_vec()).unwrap();
        assert!(
            page.contains("OF-23") && page.contains("opened by that clinician alone"),
            "{page}"
        );
        let written = rows(&house).await;
        let promise = Some("OF-23".to_owned());
        assert_eq!(
            written,
            [("refused".into(), "grant_access".into(), true, Some(BEN.0), promise)]
        );
    });
}

#[test]
fn a_hundred_refusals_at_once_are_a_hundred_rows() {
    run(async |house| {
        let app = app(&house);
        let asked: Vec<_> =
            (0..100).map(|_| tokio::spawn(app.clone().oneshot(request()))).collect();
        for answer in asked {
            assert_eq!(answer.await.unwrap().unwrap().status(), StatusCode::FORBIDDEN);
        }

        assert_eq!(rows(&house).await.len(), 100);
    });
}

#[test]
fn somebody_who_hangs_up_at_once_is_written_down_all_the_same() {
    run(async |house| {
        let mut asked = Box::pin(app(&house).oneshot(request()));
        // The request is begun, and its connection is gone before the first answer.
        std::future::poll_fn(|context| {
            let _ = asked.as_mut().poll(context);
            std::task::Poll::Ready(())
        })
        .await;
        drop(asked);

        while rows(&house).await.is_empty() {
            tokio::task::yield_now().await;
        }
    });
}

#[test]
fn a_refusal_that_cannot_be_written_is_no_yes() {
    run(async |house| {
        let app = app(&house);
        house.house.close().await;

        let answer = app.oneshot(request()).await.unwrap();

        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    });
}

#[test]
fn a_question_that_the_charter_cannot_judge_is_refused_and_raises_an_alarm() {
    run(async |house| {
        // Sue serves Elm, but the handler forgot to say what Elm is.
        let mut tx = house.house.begin(&sue()).await.unwrap();
        let answer = tx.may(Act::GrantAccess { length_min: 30 }, &Grant, &[]).await;

        let Err(web::Error::Refused(refusal)) = answer else { panic!("it was allowed") };
        assert!(matches!(refusal.refused.why, policy::Why::Erred(_)), "{refusal:?}");
    });
}

#[test]
fn the_clinician_concerned_reads_the_refusal_and_another_practice_does_not() {
    run(async |house| {
        app(&house).oneshot(request()).await.unwrap();
        let count = async |acting: &Acting| -> i64 {
            let mut tx = house.house.begin(acting).await.unwrap();
            sqlx::query_scalar("select count(*) from ground.audit")
                .fetch_one(&mut *tx)
                .await
                .unwrap()
        };

        assert_eq!(count(&ben()).await, 1);
        let una = worker(
            PersonId(Uuid::from_u128(9)),
            PracticeId(Uuid::from_u128(7)),
            false,
            Role::Owner,
        );
        let Acting::Workforce(mut una) = una else { panic!() };
        una.serves.clear();
        assert_eq!(count(&Acting::Workforce(una)).await, 0);
    });
}

#[test]
fn nobody_who_serves_can_alter_the_audit() {
    run(async |house| {
        grant(&house.house, &ben()).await.unwrap();

        for role in [DbRole::App, DbRole::Sequencer, DbRole::Check] {
            let mut conn = house.stores.connection(role).await.unwrap();
            conn.execute(sqlx::AssertSqlSafe(format!("set house.practices = '{{{ELM}}}'")))
                .await
                .unwrap();
            for sql in [
                "update ground.audit set outcome = 'read'",
                "update ground.audit set at = at",
                "delete from ground.audit",
                "truncate ground.audit",
                "alter table ground.audit disable row level security",
                "drop table ground.audit",
            ] {
                let answer = conn.execute(sql).await;
                assert!(answer.is_err(), "{role:?}: {sql}");
            }
        }
        assert_eq!(rows(&house).await.len(), 1);
    });
}

const SAM: ClientId = ClientId(Uuid::from_u128(0x5A));
const KIT: ClientId = ClientId(Uuid::from_u128(0x17));

/// The chart of a client whom Ben treats.
struct Chart(ClientId);

impl Thing for Chart {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Chart, self.0)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, ELM))
    }

    fn facts(&self) -> Facts {
        let treated_by: policy::Fact = [Uid::new(Kind::Person, BEN)].into_iter().collect();
        Facts::new().with("client", Uid::new(Kind::Client, self.0)).with("treated_by", treated_by)
    }
}

#[test]
fn a_chart_that_is_read_is_one_row_for_each_request_and_client() {
    run(async |house| {
        let mut tx = house.house.begin(&ben()).await.unwrap();
        for client in [SAM, SAM, KIT] {
            let permit = tx.may(Act::OpenChart, &Chart(client), &[]).await.unwrap();
            tx.open_chart(&permit, client).await.unwrap();
        }
        tx.commit().await.unwrap();

        let mut superuser = house.superuser().await;
        let read: Vec<(String, String, Uuid)> =
            sqlx::query_as("select outcome, act, client_id from ground.audit order by id")
                .fetch_all(&mut superuser)
                .await
                .unwrap();
        let row = |client: ClientId| ("read".to_owned(), "open_chart".to_owned(), client.0);
        assert_eq!(read, [row(SAM), row(KIT)]);
    });
}

#[test]
fn what_is_only_added_to_a_chart_is_no_read() {
    run(async |house| {
        let mut tx = house.house.begin(&ben()).await.unwrap();
        let permit = tx.may(Act::OpenChart, &Chart(SAM), &[]).await.unwrap();
        tx.write_in_chart(&permit, SAM).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(rows(&house).await, []);
    });
}

#[test]
fn a_permit_opens_no_chart_but_that_of_its_client() {
    run(async |house| {
        let house = house.house.clone();
        let opened = tokio::spawn(async move {
            let mut tx = house.begin(&ben()).await.unwrap();
            let permit = tx.may(Act::OpenChart, &Chart(SAM), &[]).await.unwrap();
            tx.open_chart(&permit, KIT).await
        });

        assert!(opened.await.is_err_and(|error| error.is_panic()));
    });
}
