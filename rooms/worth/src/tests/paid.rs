//! Hours that an engagement pays: handed in by the clinician, as one number for a month.

use axum::http::StatusCode;
use ids::Uuid;

use super::{Scene, run};

fn form<'a>(
    month: &'a str,
    paid: &'a str,
    minutes: &'a str,
    once: &'a str,
) -> [(&'a str, &'a str); 4] {
    [("month", month), ("paid", paid), ("paid_minutes", minutes), ("once", once)]
}

#[test]
fn what_is_handed_in_last_is_paid_and_nothing_else_of_the_record_leaves_it() {
    run(async |house| {
        let scene = Scene::january(house).await;
        let ben = scene.at(&scene.cast.ben.acting());
        let path = format!("{}/paid", scene.path());
        let page = ben.get(&format!("{}?month=2026-01", scene.path())).await.page;
        for says in ["Admin: $30.00 an hour, by the minute.", "You handed in nothing for January"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        let ids = [1, 2, 3].map(|number| Uuid::from_u128(number).to_string());
        for (paid, minutes, once) in
            [("admin", "90", &ids[0]), ("supervision", "1:00", &ids[1]), ("admin", "47", &ids[2])]
        {
            let answer = ben.post(&path, &form("2026-01", paid, minutes, once)).await;
            assert!(answer.to.is_some(), "{paid}: {}", answer.page);
        }
        scene.close().await;

        // 47 minutes at 30.00 are 23.50, and an hour of supervision 30.00.
        let page = ben.get(&format!("{}?month=2026-01", scene.path())).await.page;
        assert!(page.contains("You handed in 47 min for January 2026."), "{page}");
        assert!(!page.contains("Hand it in"), "{page}");
        let statement = page.split("/statements/").nth(1).unwrap().split('"').next().unwrap();
        let statement = format!("/p/{}/statements/{statement}", scene.cast.elm);
        let rooms = [(payouts::ROOM.routes)()];
        let ada = ground::testing::Browser::of(&scene.house, rooms, &scene.cast.ada.acting());
        let page = ada.get(&statement).await.page;
        for says in ["23.50", "30.00", "47 minutes at $30.00 an hour"] {
            assert!(page.contains(says), "{says}: {page}");
        }

        let late = ben.post(&path, &form("2026-01", "admin", "60", "")).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.page.contains("This month is closed"), "{}", late.page);
    });
}

#[test]
fn what_cannot_be_paid_comes_back_with_a_sentence() {
    run(async |house| {
        let scene = Scene::january(house).await;
        let path = format!("{}/paid", scene.path());
        let ben = scene.at(&scene.cast.ben.acting());
        for (paid, minutes, says) in [
            ("notes", "60", "Choose what the practice is to pay"),
            ("", "60", "Choose what the practice is to pay"),
            ("admin", "an hour", "Enter minutes, such as 90"),
            ("admin", "", "Enter minutes, such as 90"),
            ("admin", "1:75", "Enter minutes, such as 90"),
            ("admin", "44641", "Enter minutes, such as 90"),
            ("admin", "800:00", "Enter at most 44640 minutes"),
        ] {
            let answer = ben.post(&path, &form("2026-01", paid, minutes, "")).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{paid} {minutes}");
            assert!(answer.page.contains(says), "{paid} {minutes}: {}", answer.page);
        }
        let ahead = ben.post(&path, &form("2026-03", "admin", "60", "")).await;
        assert_eq!(ahead.status, StatusCode::NOT_FOUND);

        // Ada owns the practice: no engagement pays her hours.
        let ada = scene.at(&scene.cast.ada.acting());
        let answer = ada.post(&path, &form("2026-01", "admin", "60", "")).await;
        assert!(answer.to.is_none(), "{}", answer.page);
        let mut tx = scene.house.house.begin(&scene.cast.ada.acting()).await.unwrap();
        let ada = scene.cast.ada_treats.id;
        assert_eq!(payouts::handed_in_by(&mut tx, scene.cast.elm, ada).await.unwrap(), []);
    });
}
