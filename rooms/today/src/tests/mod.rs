//! The homes, and the frame around them.

use axum::http::StatusCode;
use ground::html::Head;
use ground::testing::{Browser, TestHouse, run};
use ground::web::assets;
use ground::{Acting, demo};
use jiff::tz::TimeZone;
use maud::html;
use people::cast::{self, Cast};

fn at(house: &TestHouse, acting: &Acting) -> Browser {
    Browser::of(house, [(crate::ROOM.routes)(), (people::ROOM.routes)()], acting)
}

/// The frame that somebody gets, drawn around a page of nothing.
async fn framed(house: &TestHouse, acting: &Acting, path: &str) -> String {
    let frame = crate::frame::of(&house.house, acting, path).await.unwrap();
    frame.page(&Head::new(assets(), "Page"), html! { h1 { "Page" } }).0
}

async fn scene(house: &TestHouse) -> (Cast, Acting) {
    let cast = cast::everybody(&house.house).await.unwrap();
    terms::cast::agreed(&house.house, &cast).await.unwrap();
    let sue = terms::cast::acting(&house.house, &cast.sue).await.unwrap();
    (cast, sue)
}

#[test]
fn each_sees_their_own_places_and_no_others() {
    run(async |house| {
        let (cast, sue) = scene(&house).await;
        let week = format!("/p/{}/week", cast.elm);
        let has = |page: &str, text: &str| page.contains(&format!("<span>{text}</span>"));

        let ada = framed(&house, &cast.ada.acting(), &week).await;
        assert!(has(&ada, "Week") && has(&ada, "Worth") && has(&ada, "Money"), "{ada}");
        assert!(ada.contains("Elm Street Practice") && ada.contains("Ada Reyes"));
        assert_eq!(ada.matches("aria-current=\"page\"").count(), 1, "she is at one place");

        let desk = framed(&house, &sue, "/desk/today").await;
        assert!(has(&desk, "Today") && !has(&desk, "Leads") && !has(&desk, "Worth"), "{desk}");

        let sam = cast::as_client(cast.elm, cast.sam.id, cast.ada.person);
        let portal = framed(&house, &sam, "/me/visits").await;
        assert!(has(&portal, "Visits") && !has(&portal, "Worth"), "{portal}");
        assert!(portal.contains("Elm Street Practice") && portal.contains("tel:988"));

        let stranger = framed(&house, &Acting::Door, "/care").await;
        assert!(has(&stranger, "Find care") && !has(&stranger, "Today"), "{stranger}");
    });
}

#[test]
fn every_page_of_a_demo_says_so_whoever_looks() {
    run(async |house| {
        demo::begin(&house.house, &TimeZone::UTC).await.unwrap();
        let cast = cast::everybody(&house.house).await.unwrap();

        for acting in [cast.ada.acting(), cast.bo.acting(), Acting::Door] {
            let page = framed(&house, &acting, "/").await;
            assert!(page.contains("Everything here is made up"), "{page}");
            assert!(page.contains("Mon, Feb 9"), "and which day it is: {page}");
        }
    });
}

#[test]
fn each_is_sent_to_their_own_home() {
    run(async |house| {
        let (cast, sue) = scene(&house).await;
        let home = async |acting: &Acting| at(&house, acting).get("/today").await.to;

        let elm = format!("/p/{}/today", cast.elm);
        assert_eq!(home(&cast.ada.acting()).await, Some(elm));
        assert_eq!(home(&sue).await.as_deref(), Some("/desk/today"));
        assert_eq!(home(&Acting::Door).await.as_deref(), Some("/sign-in"));
        let sam = cast::as_client(cast.elm, cast.sam.id, cast.ada.person);
        assert_eq!(home(&sam).await.as_deref(), Some("/me"));
    });
}

#[test]
fn what_the_operator_was_refused_stands_among_what_was_handled() {
    run(async |house| {
        let (cast, sue) = scene(&house).await;
        let tried = at(&house, &sue).get(&format!("/p/{}/refusals", cast.elm)).await;
        assert_eq!(tried.status, StatusCode::FORBIDDEN);

        let page = at(&house, &cast.ada.acting()).get(&format!("/p/{}/today", cast.elm)).await;

        assert_eq!(page.status, StatusCode::OK, "{}", page.page);
        assert!(page.page.contains("<b>Refused: </b>"), "{}", page.page);
        assert!(page.page.contains("No visits today."));
    });
}

#[test]
fn a_home_is_there_for_its_own_people_and_for_staff_who_serve_it() {
    run(async |house| {
        let (cast, sue) = scene(&house).await;
        let una = people::found(&house.house, &cast::oak_lane()).await.unwrap();
        let elm = format!("/p/{}/today", cast.elm);
        let oak = format!("/p/{}/today", una.practice);

        assert_eq!(at(&house, &sue).get(&elm).await.status, StatusCode::OK);
        assert_eq!(at(&house, &sue).get(&oak).await.status, StatusCode::FORBIDDEN);
        assert_eq!(at(&house, &cast.ada.acting()).get(&oak).await.status, StatusCode::NOT_FOUND);
        let desk = at(&house, &cast.ada.acting()).get("/desk/today").await;
        assert_eq!(desk.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn the_pages_of_a_practice_that_are_its_owners_are_listed_for_its_owner_alone() {
    run(async |house| {
        let (cast, _) = scene(&house).await;
        let money = format!("/p/{}/money", cast.elm);

        let ada = at(&house, &cast.ada.acting()).get(&money).await.page;
        let ben = at(&house, &cast.ben.acting()).get(&money).await.page;

        assert!(ada.contains("/books\"") && !ben.contains("/books\""), "{ben}");
        assert!(ben.contains("/statements\""));
    });
}

#[test]
fn a_clients_own_page_says_what_needs_them_first() {
    run(async |house| {
        let (cast, _) = scene(&house).await;
        let mut tx = house.house.begin(&Acting::Job { practice: cast.elm }).await.unwrap();
        intake::send(&mut tx, cast.elm, cast.sam.id, None).await.unwrap();
        tx.commit().await.unwrap();
        let sam = cast::comes_in(&house.house, cast.elm, cast.sam.id).await.unwrap().unwrap();

        let inset = async |acting: &Acting| {
            crate::frame::of(&house.house, acting, "/me").await.unwrap().inset
        };

        let own = inset(&sam).await.unwrap().0;
        assert!(own.contains("Your forms") && own.contains("No visit is booked."), "{own}");
        assert!(inset(&cast.ada.acting()).await.is_none(), "it is for clients alone");
    });
}
