//! The charter's pages, against a real database.

use axum::Extension;
use axum::http::StatusCode;
use ground::Acting;
use ground::policy::{Charter, KeptBy, Side};
use ground::testing::{TestHouse, run};
use jiff::civil::date;
use people::cast::{self, Cast};
use tower::ServiceExt;

async fn everybody(house: &TestHouse) -> (Cast, terms::cast::Agreed) {
    let cast = cast::everybody(&house.house).await.unwrap();
    let agreed = terms::cast::agreed(&house.house, &cast).await.unwrap();
    (cast, agreed)
}

/// A page as the house serves it: with what rooms put around it.
async fn page(house: &TestHouse, acting: &Acting, path: &str) -> (StatusCode, String) {
    let routes = (crate::ROOM.routes)().into_router();
    let routes = routes.merge((people::ROOM.routes)().into_router());
    let routes = crate::ROOM.around.unwrap()(routes, &house.house);
    let routes = terms::ROOM.around.unwrap()(routes, &house.house);
    let app = ground::web::app(house.house.clone(), routes.layer(Extension(acting.clone())));
    let request = axum::http::Request::get(path).body(axum::body::Body::empty()).unwrap();
    let answer = app.oneshot(request).await.unwrap();
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), 4_000_000).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn charter_of(cast: &Cast) -> String {
    format!("/p/{}/charter", cast.elm)
}

/// What stands under one heading, until the next.
fn under<'p>(page: &'p str, heading: &str) -> &'p str {
    let from = page.find(&format!("<h3>{heading}</h3>")).unwrap();
    page[from + 4..].split("<h3>").next().unwrap().split("</section>").next().unwrap()
}

#[test]
fn every_promise_is_a_sentence_with_its_rule_and_what_was_tried() {
    run(async |house| {
        let (cast, _) = everybody(&house).await;
        let charter = Charter::load().unwrap();

        for (acting, path) in [
            (cast.ben.acting(), charter_of(&cast)),
            (Acting::Door, "/how-we-work/charter".to_owned()),
        ] {
            let (status, page) = page(&house, &acting, &path).await;
            assert_eq!(status, StatusCode::OK);
            let text = page.replace("&quot;", "\"").replace("&amp;", "&");
            let text = text.replace("&lt;", "<").replace("&gt;", ">");
            assert!(8 < charter.promises().len());
            for promise in charter.promises() {
                for part in [promise.id.as_str(), &promise.sentence, promise.rule.trim()] {
                    assert!(text.contains(part), "{part}");
                }
                if promise.kept_by == KeptBy::Policy {
                    assert!(0 < promise.attempts);
                }
            }
            assert!(text.contains("all refused.") && !text.contains("otherwise than promised"));
        }
    });
}

#[test]
fn what_the_operator_can_do_follows_from_the_agreement_of_this_request() {
    run(async |house| {
        let (cast, _) = everybody(&house).await;
        let ada = cast.ada.acting();

        let (_, before) = page(&house, &ada, &charter_of(&cast)).await;
        assert!(before.contains("From agreement version 1."));
        assert!(under(&before, "Schedulers").contains("books"), "{}", under(&before, "Schedulers"));
        assert!(under(&before, "Billers").contains("A biller"));
        assert!(under(&before, "Support").contains(">nothing<"));
        assert!(under(&before, "Whoever of them it is").contains("nobody reads clinical text"));
        assert!(under(&before, "Not in your agreement").contains("Telehealth"));

        let mut tx = house.house.begin(&Acting::Job { practice: cast.elm }).await.unwrap();
        let leads = terms::at_list_prices(date(2026, 2, 9), &[ground::policy::Service::Leads]);
        let next = terms::propose_agreement(&mut tx, cast.elm, &leads).await.unwrap();
        for (side, by) in [(Side::Practice, cast.ada.person), (Side::Operator, cast.oz.person)] {
            terms::sign_agreement(&mut tx, cast.elm, next, side, by, "N. N.").await.unwrap();
        }
        tx.commit().await.unwrap();

        let (_, after) = page(&house, &ada, &charter_of(&cast)).await;
        assert!(after.contains("From agreement version 2."));
        assert!(under(&after, "Schedulers").contains(">nothing<"));
        assert!(under(&after, "Not in your agreement").contains("Scheduling"));
    });
}

#[test]
fn without_an_agreement_the_page_says_that_nobody_sees_anything() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();

        let (_, page) = page(&house, &cast.ada.acting(), &charter_of(&cast)).await;

        assert!(page.contains("No agreement is in force"));
        for role in ["Intake coordinators", "Schedulers", "Billers", "Support"] {
            assert!(under(&page, role).contains(">nothing<"), "{role}");
        }
    });
}

#[test]
fn what_the_operators_people_tried_in_earnest_is_told_to_the_practice_alone() {
    run(async |house| {
        let (cast, _) = everybody(&house).await;
        let (_, page_before) = page(&house, &cast.ben.acting(), &charter_of(&cast)).await;
        assert!(
            page_before.contains("never tried by the operator&#39;s people in 90 days")
                || page_before.contains("never tried by the operator's people in 90 days")
        );

        // Sol is of support, which Elm Street does not share.
        let sol = people::Newcomer {
            name: "Sol Vance".into(),
            address: people::Address::read("sol@trellis.example").unwrap(),
        };
        let mut tx = house.house.begin(&Acting::Job { practice: cast.operator }).await.unwrap();
        let roles = [ground::policy::Role::Support];
        let person = people::join(&mut tx, cast.operator, &sol, &roles).await.unwrap();
        tx.commit().await.unwrap();
        let mut sol = cast.sue.clone();
        sol.person = person;
        sol.place.roles = roles.into();
        let people = format!("/p/{}/people", cast.elm);
        assert_eq!(page(&house, &sol.acting(), &people).await.0, StatusCode::FORBIDDEN);

        let (_, seen) = page(&house, &cast.ben.acting(), &charter_of(&cast)).await;
        assert!(seen.contains("1 attempt by the operator"), "{seen}");
        let (status, theirs) = page(&house, &sol.acting(), &charter_of(&cast)).await;
        assert_eq!(status, StatusCode::OK, "whoever is signed in reads the charter");
        assert!(!theirs.contains("1 attempt by the operator"));
    });
}

#[test]
fn another_practice_is_not_there() {
    run(async |house| {
        let (cast, _) = everybody(&house).await;
        people::found(&house.house, &cast::oak_lane()).await.unwrap();
        let mut una = cast.ada.clone();
        una.place.practice = ids::PracticeId(ids::Uuid::from_u128(9));

        assert_eq!(page(&house, &una.acting(), &charter_of(&cast)).await.0, StatusCode::NOT_FOUND);
        assert_eq!(page(&house, &Acting::Door, &charter_of(&cast)).await.0, StatusCode::NOT_FOUND);
    });
}
