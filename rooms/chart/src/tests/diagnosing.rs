//! A diagnosis is found, said since when, and ended; and no address tells what was looked for.

use axum::http::StatusCode;
use ground::testing::run;

use super::scene::scene;

#[test]
fn a_diagnosis_is_searched_by_word_added_once_and_ended() {
    run(async |house| {
        let scene = scene(house).await;
        let (ada, chart) = (scene.ada(), scene.chart());
        assert!(ada.get(&chart).await.page.contains("No diagnosis yet"));
        let found = ada.post(&format!("{chart}/search"), &[("find", "worry")]).await;
        assert_eq!(found.status, StatusCode::OK);
        assert!(found.page.contains("Generalized anxiety disorder"), "{}", found.page);
        assert!(found.page.contains("value=\"2026\""), "today is offered: {}", found.page);
        let add = format!("{chart}/diagnoses");
        let once = "00000000-0000-0000-0000-0000000000d1";
        let form = |once: &'static str| {
            [
                ("once", once),
                ("find", "worry"),
                ("code", "F41.1"),
                ("since_month", "1"),
                ("since_day", "12"),
                ("since_year", "2026"),
            ]
        };

        for _ in 0..2 {
            assert_eq!(ada.post(&add, &form(once)).await.status, StatusCode::SEE_OTHER);
        }
        let again = ada.post(&add, &form("00000000-0000-0000-0000-0000000000d2")).await;

        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.page.contains("holds already"), "{}", again.page);
        let page = ada.get(&chart).await.page;
        for shown in ["F41.1 Generalized anxiety disorder", "Mon, Jan 12, 2026", "Diagnosed:"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        for _ in 0..2 {
            let end = ada.post(&format!("{add}/{once}/ending"), &[]).await;
            assert_eq!(end.status, StatusCode::SEE_OTHER);
        }
        assert!(ada.get(&chart).await.page.contains("Holds no more"));
        let written = "select count(*) from ground.audit where act = 'diagnose'";
        assert!(0 < scene.one::<i64>(written).await);
    });
}

#[test]
fn a_choice_that_is_none_comes_back_with_what_was_found() {
    run(async |house| {
        let scene = scene(house).await;
        let add = format!("{}/diagnoses", scene.chart());

        let answer = scene.ada().post(&add, &[("find", "panic"), ("since_month", "13")]).await;

        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for says in ["Choose a diagnosis", "not after today", "F41.0", "value=\"13\""] {
            assert!(answer.page.contains(says), "{says}: {}", answer.page);
        }
        let nothing = scene.ada().post(&format!("{}/search", scene.chart()), &[]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}
