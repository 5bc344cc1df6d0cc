//! The public pages, and the doors of a demo.

use axum::http::StatusCode;
use ground::testing::{Browser, TestHouse, run};
use ground::{Acting, demo};
use jiff::tz::TimeZone;
use people::cast;

fn stranger(house: &TestHouse) -> Browser {
    Browser::of(house, [(crate::ROOM.routes)()], &Acting::Door)
}

#[test]
fn the_front_page_says_what_it_costs_who_owns_it_and_what_is_missing() {
    run(async |house| {
        cast::everybody(&house.house).await.unwrap();

        let page = stranger(&house).get("/").await;

        assert_eq!(page.status, StatusCode::OK);
        for says in ["$4.50", "Oz Adeyemi", "A share of your fees", "Not yet", "988"] {
            assert!(page.page.contains(says), "{says}: {}", page.page);
        }
        assert!(!page.page.contains("/demo"), "a real house has no demo to come in to");
    });
}

#[test]
fn in_a_real_house_the_doors_of_a_demo_are_not_there() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let nobody = stranger(&house);
        let ada = format!("/demo/sign-in/{}/work", cast.ada.person);

        let answers = [
            nobody.get("/demo").await,
            nobody.get("/demo/mail").await,
            nobody.post("/demo/day", &[]).await,
            nobody.post(&ada, &[]).await,
        ];

        assert!(answers.iter().all(|it| it.status == StatusCode::NOT_FOUND));
        let cookie = people::demo::come_in(&house.house, cast.ada.person, false).await.unwrap();
        assert_eq!(cookie, None, "nor is there a way around the page");
        assert_eq!(people::demo::everybody(&house.house).await.unwrap(), []);
    });
}

#[test]
fn in_a_demo_one_press_comes_in_as_somebody() {
    run(async |house| {
        demo::begin(&house.house, &TimeZone::UTC).await.unwrap();
        let cast = cast::everybody(&house.house).await.unwrap();
        people::demo::known(&house.house, cast.elm, cast.sam.id).await.unwrap().unwrap();
        let nobody = stranger(&house);

        let page = nobody.get("/demo").await.page;
        for name in ["Ada Reyes", "Sue Park", "Sam Whitfield"] {
            assert!(page.contains(name), "{name}: {page}");
        }
        let ada = format!("/demo/sign-in/{}/work", cast.ada.person);
        let came = nobody.post(&ada, &[]).await;

        assert_eq!(came.to.as_deref(), Some("/today"), "{}", came.page);
    });
}

#[test]
fn letters_of_a_demo_land_on_a_page() {
    run(async |house| {
        demo::begin(&house.house, &TimeZone::UTC).await.unwrap();
        let cast = cast::everybody(&house.house).await.unwrap();
        let mut tx = house.house.begin(&Acting::Job { practice: cast.elm }).await.unwrap();
        people::invite_client(&mut tx, cast.elm, cast.sam.id).await.unwrap();
        tx.commit().await.unwrap();

        let page = stranger(&house).get("/demo/mail").await.page;

        assert!(page.contains("sam@example.com") && page.contains("href=\"/"), "{page}");
    });
}
