//! The public form: what a stranger may do, what is kept, and what comes before anything else.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use ground::Acting;
use ground::testing::{Browser, TestHouse, run, run_with_faults};
use ids::Uuid;
use people::cast::{self, Cast};

use super::count;
use crate::{ROOM, cast as asking};

/// A whole request, as a browser sends it.
const WHOLE: &[(&str, &str)] = &[
    ("once", "01890000-0000-7000-8000-00000000c0de"),
    ("topic", "sleep"),
    ("topic", "change"),
    ("words", "I lie awake since we moved <here>."),
    ("age", "26-64"),
    ("from", ""),
    ("name", "Marisol Vega"),
    ("state", "TX"),
    ("pays", "LONESTAR"),
    ("plan", ""),
    ("times", "evenings"),
    ("languages", "es"),
    ("method", "cbt-i"),
    ("address", "Marisol@Example.com"),
    ("phone", "(512) 555-0167"),
    ("may", "call"),
    ("may", "email"),
    ("company", ""),
];

fn stranger(house: &TestHouse) -> Browser {
    Browser::of(house, [(ROOM.routes)()], &Acting::Door)
}

fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut form: Vec<_> = WHOLE.iter().copied().filter(|(it, _)| *it != name).collect();
    form.push((name, value));
    form
}

fn without(name: &str) -> Vec<(&'static str, &'static str)> {
    WHOLE.iter().copied().filter(|(it, _)| *it != name).collect()
}

async fn leads(house: &TestHouse) -> i64 {
    count(house, "select count(*) from leads.lead").await
}

async fn cast_of(house: &TestHouse) -> Cast {
    cast::everybody(&house.house).await.unwrap()
}

#[test]
fn somebody_asks_for_care_in_two_pages_and_is_told_what_happens_next() {
    run(async |house| {
        let cast = cast_of(&house).await;
        let stranger = stranger(&house);
        let page = stranger.get("/care?from=partner").await.page;
        assert!(page.find("tel:988") < page.find("What brings you here?"), "help stands first");
        assert!(page.contains("name=\"from\" value=\"partner\""));
        let page = stranger.post("/care", WHOLE).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.page.contains("I lie awake since we moved &lt;here&gt;."), "{}", page.page);
        assert!(page.page.contains("Lone Star Health"));

        let answer = stranger.post("/care/request", &with("from", "partner")).await;

        assert_eq!(answer.to.as_deref(), Some("/care/sent"), "{}", answer.page);
        let page = stranger.get("/care/sent").await.page;
        assert!(page.contains("answers within 4 business hours"), "{page}");
        let mut tx = house.house.begin(&Acting::Job { practice: cast.operator }).await.unwrap();
        let id = WHOLE[0].1.parse().unwrap();
        let request = crate::for_offer(&mut tx, cast.operator, id).await.unwrap().unwrap();
        assert_eq!((request.lead.number, request.lead.source.as_str()), (1, "Partner"));
        assert_eq!(request.pays, "Lone Star Health (demo)");
        assert_eq!(
            request.concern_says(),
            "Sleep. A change: a move, a birth, a job. I lie awake since we moved <here>."
        );
        assert!(request.lead.consent.words.contains("By a phone call"));
        assert!(request.lead.need_known && request.lead.pay_known);
        drop(tx);
        let told = "select count(*) from ground.event where kind = 'leads.arrived'";
        assert_eq!(count(&house, told).await, 1);
    });
}

#[test]
fn sent_twice_also_at_once_it_is_one_request() {
    run(async |house| {
        cast_of(&house).await;
        let (one, two) = (stranger(&house), stranger(&house));

        let answers =
            tokio::join!(one.post("/care/request", WHOLE), two.post("/care/request", WHOLE));

        for answer in [answers.0, answers.1, one.post("/care/request", WHOLE).await] {
            assert_eq!(answer.to.as_deref(), Some("/care/sent"), "{}", answer.page);
        }
        assert_eq!(leads(&house).await, 1);
    });
}

#[test]
fn where_words_speak_of_danger_help_comes_first_and_nothing_is_kept() {
    run(async |house| {
        cast_of(&house).await;
        let stranger = stranger(&house);
        for form in [with("topic", "risk"), with("words", "I don’t want to live like this")] {
            for path in ["/care", "/care/request"] {
                let answer = stranger.post(path, &form).await;

                assert_eq!(answer.status, StatusCode::OK);
                let page = answer.page;
                for says in ["tel:988", "tel:911", "sms:741741", "not for emergencies"] {
                    assert!(page.contains(says), "{says}: {page}");
                }
                assert!(page.contains("name=\"helped\" value=\"1\""));
                assert!(page.contains("value=\"Marisol Vega\""), "what was typed goes on");
                assert!(!page.contains("value=\"risk\""), "the box is not carried");
                assert!(!page.contains("name=\"name\" type"), "nobody is asked who they are");
            }
        }
        assert_eq!(leads(&house).await, 0);

        let mut form = with("topic", "risk");
        form.push(("helped", "1"));
        assert_eq!(stranger.post("/care", &form).await.status, StatusCode::OK);
        let answer = stranger.post("/care/request", &form).await;
        assert_eq!(answer.to.as_deref(), Some("/care/sent"));
        let clear = "select count(*) from leads.lead where wants::text like '%risk%'";
        assert_eq!(count(&house, clear).await, 0);
    });
}

#[test]
fn what_brings_somebody_is_nowhere_in_clear() {
    run(async |house| {
        cast_of(&house).await;
        stranger(&house).post("/care/request", WHOLE).await;

        for sql in [
            "select count(*) from leads.lead l where l::text ilike '%awake%' or l::text ilike '%sleep%'",
            "select count(*) from ground.event e where e::text ilike '%awake%'",
            "select count(*) from ground.audit a where a::text ilike '%awake%'",
        ] {
            assert_eq!(count(&house, sql).await, 0, "{sql}");
        }
    });
}

#[test]
fn a_form_that_came_back_keeps_what_was_typed_and_says_what_to_do() {
    run(async |house| {
        cast_of(&house).await;
        let stranger = stranger(&house);
        let long: &'static str = Box::leak("é".repeat(2_001).into_boxed_str());
        for (form, field, says) in [
            (with("name", " "), "name", "Enter a name"),
            (with("state", "ZZ"), "state", "Choose the state"),
            (with("pays", "MADEUP"), "pays", "Choose how you would pay"),
            (with("address", "marisol at home"), "address", "Enter your email, such as"),
            (with("address", ""), "address", "Enter your email, or uncheck"),
            (with("phone", "call me"), "phone", "Enter your phone with its area code"),
            (with("phone", ""), "phone", "Enter your phone, or uncheck"),
            (without("may"), "may", "Choose at least one way"),
            (without("age"), "age", "Choose how old"),
            (with("words", long), "words", "Shorten this"),
        ] {
            let answer = stranger.post("/care/request", &form).await;

            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            let page = answer.page;
            assert!(page.contains(&format!("href=\"#{field}\">{says}")), "{says}: {page}");
            for (name, typed) in form.iter().filter(|(name, _)| ![field, "company"].contains(name))
            {
                let escaped = typed.replace('<', "&lt;").replace('>', "&gt;");
                let shown =
                    page.contains(&format!("value=\"{escaped}\"")) || page.contains(&escaped);
                assert!(shown, "{name} is lost: {page}");
            }
        }
        assert_eq!(leads(&house).await, 0);
    });
}

#[test]
fn going_back_loses_nothing() {
    run(async |house| {
        cast_of(&house).await;
        let mut form = WHOLE.to_vec();
        form.push(("back", "1"));

        let page = stranger(&house).post("/care", &form).await.page;

        assert!(page.contains("value=\"sleep\" checked"), "{page}");
        assert!(page.contains("name=\"phone\" value=\"(512) 555-0167\""));
        assert!(page.contains(WHOLE[0].1), "the request keeps its key");
    });
}

#[test]
fn a_program_is_thanked_and_nothing_is_kept() {
    run(async |house| {
        cast_of(&house).await;

        let answer = stranger(&house).post("/care/request", &with("company", "Best Leads")).await;

        assert_eq!(answer.to.as_deref(), Some("/care/sent"));
        assert_eq!(leads(&house).await, 0);
    });
}

/// The form as somebody opens it from a place on the network.
fn app_from(house: &TestHouse, place: [u8; 4]) -> axum::Router {
    let routes = (ROOM.routes)().into_router();
    let at = SocketAddr::new(IpAddr::from(place), 50_000);
    ground::web::app(house.house.clone(), routes.layer(axum::Extension(ConnectInfo(at))))
}

/// Sends as many requests, each another one.
async fn send_many(app: &axum::Router, many: u8) -> Vec<StatusCode> {
    let mut codes = Vec::new();
    for at in 0..many {
        let once = Uuid::from_u128(u128::from(at) + 1).to_string();
        let mut form = without("once");
        form.push(("once", Box::leak(once.into_boxed_str())));
        codes.push(send(app, &form).await);
    }
    codes
}

#[test]
fn many_requests_from_one_place_wait_and_keep_what_was_typed() {
    run(async |house| {
        cast_of(&house).await;

        let codes = send_many(&app_from(&house, [203, 0, 113, 9]), 8).await;

        assert_eq!(codes[..5], [StatusCode::SEE_OTHER; 5]);
        assert_eq!(codes[5..], [StatusCode::TOO_MANY_REQUESTS; 3]);
        assert_eq!(leads(&house).await, 5);
        let other = app_from(&house, [198, 51, 100, 4]);
        assert_eq!(send(&other, WHOLE).await, StatusCode::SEE_OTHER);
    });
}

#[test]
fn a_proxy_before_the_house_is_no_place_that_waits() {
    run(async |house| {
        cast_of(&house).await;

        let codes = send_many(&app_from(&house, [10, 0, 0, 5]), 8).await;

        assert_eq!(codes, [StatusCode::SEE_OTHER; 8]);
    });
}

async fn send(app: &axum::Router, form: &[(&str, &str)]) -> StatusCode {
    use tower::ServiceExt;
    let encode = |text: &str| -> String { text.bytes().map(|it| format!("%{it:02x}")).collect() };
    let pairs: Vec<String> =
        form.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    let request = axum::http::Request::post("/care/request")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from(pairs.join("&")))
        .unwrap();
    app.clone().oneshot(request).await.unwrap().status()
}

#[test]
fn a_practice_receives_by_its_own_link_and_nobody_else_does() {
    run(async |house| {
        let cast = cast_of(&house).await;
        let stranger = stranger(&house);
        let link = format!("/care/{}", cast.elm);
        assert_eq!(stranger.get(&link).await.status, StatusCode::OK);

        let answer = stranger.post(&format!("{link}/request"), WHOLE).await;

        assert_eq!(answer.to, Some(format!("{link}/sent")));
        assert!(stranger.get(&format!("{link}/sent")).await.page.contains("Elm Street Practice"));
        let mut tx = house.house.begin(&Acting::Job { practice: cast.elm }).await.unwrap();
        let id = WHOLE[0].1.parse().unwrap();
        assert!(crate::lead(&mut tx, cast.elm, id).await.unwrap().is_some());
        let mut tx = house.house.begin(&Acting::Job { practice: cast.operator }).await.unwrap();
        assert!(crate::lead(&mut tx, cast.elm, id).await.unwrap().is_none());
    });
}

#[test]
fn a_link_to_nobody_leads_nowhere() {
    run(async |house| {
        let stranger = stranger(&house);
        assert_eq!(stranger.get("/care").await.status, StatusCode::NOT_FOUND, "no operator yet");
        cast_of(&house).await;

        let nobody = format!("/care/{}", Uuid::from_u128(7));

        assert_eq!(stranger.get(&nobody).await.status, StatusCode::NOT_FOUND);
        let answer = stranger.post(&format!("{nobody}/request"), WHOLE).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let odd = stranger.get("/care/elm-street").await.status;
        assert!(odd.is_client_error(), "{odd}");
    });
}

#[test]
fn a_visitor_brings_something_and_sees_nothing() {
    run(async |house| {
        let cast = cast_of(&house).await;
        asking::asks(&house.house, cast.operator, &asking::marisol()).await.unwrap();
        let visitor = Acting::Visitor { holder: cast.operator };
        let mut tx = house.house.begin(&visitor).await.unwrap();

        for sql in ["select count(*) from leads.lead", "select count(*) from leads.contact"] {
            let seen: i64 = sqlx::query_scalar(sql).fetch_one(&mut *tx).await.unwrap();
            assert_eq!(seen, 0, "{sql}");
        }
        let touched =
            sqlx::query("update leads.lead set why_closed = 'price', closed_at = arrived_at")
                .execute(&mut *tx)
                .await
                .unwrap();
        assert_eq!(touched.rows_affected(), 0);
        let lead = asking::marisol();
        let answer = crate::receive(&mut tx, cast.elm, house.house.new_id(), &lead).await;
        assert!(answer.is_err(), "into another's inbox nothing is brought");
    });
}

#[test]
fn a_renamed_practice_is_called_so_on_its_form() {
    run(async |house| {
        let cast = cast_of(&house).await;
        let mut tx = house.house.begin(&Acting::Job { practice: cast.elm }).await.unwrap();
        sqlx::query("update people.practice set name = 'Elm and Oak'")
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();

        let page = stranger(&house).get(&format!("/care/{}/sent", cast.elm)).await.page;

        assert!(page.contains("Elm and Oak answers"), "{page}");
    });
}

#[test]
fn with_a_reader_s_policy_a_visitor_would_see_who_asked() {
    run_with_faults(async |house| {
        let cast = cast_of(&house).await;
        asking::asks(&house.house, cast.operator, &asking::marisol()).await.unwrap();
        let fault =
            "create policy fault on leads.lead for select using (practice_id = house.holder())";
        sqlx::query(fault).execute(&mut house.superuser().await).await.unwrap();

        let visitor = Acting::Visitor { holder: cast.operator };
        let mut tx = house.house.begin(&visitor).await.unwrap();
        let sql = "select count(*) from leads.lead";
        let seen: i64 = sqlx::query_scalar(sql).fetch_one(&mut *tx).await.unwrap();

        assert_eq!(seen, 1);
    });
}
