//! Dead letters are seen and settled by those whom the charter lets, and by nobody else.

use axum::Extension;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use ids::{PersonId, PracticeId, SignInId, Uuid};
use policy::Role;
use sqlx::Executor;
use tower::ServiceExt;

use crate::acting::{Acting, Place, Workforce};
use crate::testing::{TestHouse, run};
use crate::web;

const OPERATOR: PracticeId = PracticeId(Uuid::from_u128(0x0B));
const JOB: &str = "00000000-0000-0000-0000-0000000000a1";

fn staff(role: Role) -> Acting {
    Acting::Workforce(Workforce {
        person: PersonId(Uuid::from_u128(1)),
        sign_in: SignInId(Uuid::from_u128(2)),
        places: vec![Place { practice: OPERATOR, is_operator: true, roles: [role].into() }],
        serves: vec![],
    })
}

async fn plant(house: &TestHouse) {
    let sql = sqlx::AssertSqlSafe(format!(
        "insert into ground.job (practice_id, id, kind, subject, once_key, due_at, dead_at, why)
         values ('{OPERATOR}', '{JOB}', 'trial.lights', '{JOB}', 'k', '2026-01-01Z',
                 '2026-01-02Z', 'the lamp is <broken>')"
    ));
    house.superuser().await.execute(sql).await.unwrap();
}

async fn ask(house: &TestHouse, acting: Acting, request: Request<Body>) -> (StatusCode, String) {
    // Who acts is on the request, as room `people` puts it there.
    let routes = web::own_routes().into_router().layer(Extension(acting));
    let app = web::app(house.house.clone(), routes);
    let answer = app.oneshot(request).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 200_000).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn look() -> Request<Body> {
    Request::get("/desk/dead-letters").body(Body::empty()).unwrap()
}

fn decide(what: &str) -> Request<Body> {
    let form = format!("practice={OPERATOR}&id={JOB}&name=trial.lights");
    Request::post(format!("/desk/dead-letters/{what}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .unwrap()
}

#[test]
fn support_sees_what_is_stuck_and_decides_once() {
    run(async |house| {
        plant(&house).await;

        let (status, page) = ask(&house, staff(Role::Support), look()).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("the lamp is &lt;broken&gt;"), "{page}");

        let (status, _) = ask(&house, staff(Role::Support), decide("trial")).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (status, page) = ask(&house, staff(Role::Support), decide("trial")).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(page.contains("decided about this already"), "{page}");
        let (_, page) = ask(&house, staff(Role::Support), look()).await;
        assert!(page.contains("Nothing is stuck"), "{page}");
    });
}

#[test]
fn a_biller_is_refused_and_a_stranger_finds_nothing() {
    run(async |house| {
        plant(&house).await;

        for request in [look(), decide("trial"), decide("release")] {
            let (status, _) = ask(&house, staff(Role::Billing), request).await;
            assert_eq!(status, StatusCode::FORBIDDEN);
        }
        for request in [look(), decide("trial"), decide("release")] {
            let (status, _) = ask(&house, Acting::Door, request).await;
            assert_eq!(status, StatusCode::NOT_FOUND);
        }
        let (_, page) = ask(&house, staff(Role::Owner), look()).await;
        assert!(page.contains("broken"), "nothing was decided: {page}");
    });
}

#[test]
fn a_form_that_cannot_be_read_is_answered_with_what_to_do() {
    run(async |house| {
        let request = Request::post("/desk/dead-letters/trial")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("practice=7"))
            .unwrap();

        let (status, page) = ask(&house, staff(Role::Support), request).await;

        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("cannot be read") && page.contains("<h1"), "{page}");
    });
}
