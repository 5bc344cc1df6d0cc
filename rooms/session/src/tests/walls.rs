//! Nobody else times a session: not by the pages, and not past them.

use axum::http::StatusCode;
use ground::db::Role;
use ground::testing::run;
use sqlx::Executor;

use super::scene::{Scene, scene};

#[test]
fn nobody_but_the_clinician_times_a_session() {
    run(async |house| {
        let scene = scene(house).await;
        let (ada, page) = (scene.ada(), scene.page(scene.now));
        ada.post(&page, &[]).await;
        let ending = Scene::form(&ada.get(&page).await.page, "/ending");
        let said = ending.replace("/ending", "/said");
        let oak = people::found(&scene.house.house, &people::cast::oak_lane()).await.unwrap();
        let mut una = scene.cast.ada.clone();
        una.person = oak.founder;
        una.place.practice = oak.practice;
        scene.wait(30);

        let form = [("began", "9:00 AM"), ("ended", "9:20 AM"), ("why", "forgot_to_stop")];
        for who in [&scene.cast.ben, &scene.cast.sue, &scene.cast.oz] {
            let browser = scene.browser(&who.acting());
            // Nor does anybody else hear that it is still open.
            for path in [&page, &ending, &said] {
                let answer = browser.post(path, &[]).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.page);
            }
        }
        let una = scene.browser(&una.acting());
        assert_eq!(una.get(&page).await.status, StatusCode::NOT_FOUND);
        assert_eq!(una.post(&ending, &form).await.status, StatusCode::NOT_FOUND);
        assert_eq!(una.post(&said, &form).await.status, StatusCode::NOT_FOUND);

        let open = "select count(*) from session.session where ended_at is null";
        assert_eq!(scene.one::<i64>(open).await, 1);
        let refused = "select count(*) from ground.audit where outcome = 'refused'";
        assert_eq!(scene.one::<i64>(refused).await, 9);
    });
}

/// What the role that serves tries as a person of the practice, past all rules of the program.
async fn tries(scene: &Scene, person: ids::PersonId, sql: &str) -> String {
    let mut app = scene.house.stores.connection(Role::App).await.unwrap();
    let set =
        format!("set house.practices = '{{{}}}'; set house.person = '{person}'", scene.cast.elm);
    app.execute(sqlx::AssertSqlSafe(set)).await.unwrap();
    match app.execute(sqlx::AssertSqlSafe(sql.to_owned())).await {
        Ok(done) => format!("{} rows", done.rows_affected()),
        Err(error) => {
            let said = error.as_database_error();
            let name = said.and_then(|said| said.constraint()).map(str::to_owned);
            name.unwrap_or_else(|| error.to_string())
        }
    }
}

#[test]
fn the_database_lets_nobody_else_time_a_session_and_nobody_measure_twice() {
    run(async |house| {
        let scene = scene(house).await;
        let (ada, ben) = (scene.cast.ada.person, scene.cast.ben.person);
        let begins = |appointment| {
            format!(
                "insert into session.session (practice_id, session_id, appointment_id, client_id,
                        clinician_id, place, began_at)
                 values ('{}', '{appointment}', '{appointment}', '{}', '{}', 'office',
                         '2026-02-09T15:00:00Z')",
                scene.cast.elm, scene.cast.sam.id, scene.cast.ada_treats.id
            )
        };
        let ends = "update session.session set ended_at = '2026-02-09T15:50:00Z'";
        let says = format!(
            "insert into session.said (practice_id, said_id, session_id, began_at, ended_at, why,
                    said_by, said_at)
             select practice_id, gen_random_uuid(), session_id, began_at,
                    began_at + interval '40 min', 'forgot_to_stop', '{ada}', '2026-02-09T16:00:00Z'
               from session.session"
        );

        let hers = "session_is_timed_by_its_clinician";
        for (who, sql, answer) in [
            (ben, begins(scene.now), hers),
            (ada, begins(scene.now), "1 rows"),
            (ada, begins(scene.now), "session_pkey"),
            (ada, begins(scene.next), "session_is_open_once"),
            (ada, says.clone(), hers),
            (ben, ends.to_owned(), hers),
            (ada, ends.to_owned(), "1 rows"),
            (ada, ends.to_owned(), "session_measured_time_stays"),
            (ben, says.clone(), hers),
            (ada, says, "1 rows"),
            (ada, "update session.said set why = 'pressed_late'".into(), "denied"),
            (ada, "delete from session.session".into(), "denied"),
            (ada, "update session.session set began_at = ended_at".into(), "denied"),
        ] {
            let answered = tries(&scene, who, &sql).await;
            assert!(answered.contains(answer), "{sql}\n{answered}, not {answer}");
        }
    });
}
