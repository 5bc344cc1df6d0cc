//! The sweep finds what is planted for each of its rules.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect};
use ground::testing::{TestHouse, run_with_faults};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{PracticeId, Uuid};

use super::judge::{Asker, Fault, SCRIPT, Stands};
use super::places::Places;
use super::scene::{app, set};
use super::sweep::sweep;

/// One route for each fault, at which nothing else is wrong.
fn planted() -> Routes {
    let act = Asks::act("see_week");
    Routes::new()
        .get("/p/{practice}/planted/breaks", act, async || web::Error::Inside("planted".into()))
        .get("/p/{practice}/planted/panics", act, panics)
        .get("/p/{practice}/planted/open", act, async || Html("<p>Somebody is here.</p>"))
        .get("/p/{practice}/planted/tells", act, async || {
            (StatusCode::NOT_FOUND, Html("<p>Sam Whitfield is not here.</p>"))
        })
        .get("/p/{practice}/planted/runs", act, async || {
            (StatusCode::NOT_FOUND, Html(format!("<p>{SCRIPT}</p>")))
        })
        .get("/p/{practice}/planted/away", act, async || Redirect::to("https://evil.example/"))
        .get("/p/{practice}/planted/stays", act, async || {
            let kept = [(header::CACHE_CONTROL, "private, max-age=60")];
            (StatusCode::NOT_FOUND, kept, Html("<p>Nothing is here.</p>"))
        })
        .get("/p/{practice}/planted/silent", act, async || {
            (StatusCode::FORBIDDEN, Html("<p>No.</p>"))
        })
        .post("/p/{practice}/planted/changes", act, changes)
}

async fn panics() -> StatusCode {
    panic!("planted")
}

async fn changes(State(house): State<House>, Path(id): Path<Uuid>) -> web::Result {
    let mut tx = house.begin(&Acting::Job { practice: PracticeId(id) }).await?;
    sqlx::query("update people.practice set legal_name = legal_name || '.' where practice_id = $1")
        .bind(id)
        .execute(&mut *tx)
        .await
        .map_err(ground::db::Error::from)?;
    tx.commit().await?;
    Ok(web::Error::NotFound.into_response())
}

#[test]
fn each_rule_finds_the_fault_that_is_planted_for_it() {
    run_with_faults(async |house: TestHouse| {
        let app = app(&house.house, planted());
        let scene = set(house.clone(), app).await;
        let places = Places::of(&house, scene.cast.elm).await;
        let una = Asker { name: "una", stands: Stands::Outside, sees: &[] };
        let cy = Asker { name: "cy", stands: Stands::Inside(&[]), sees: &[] };
        let found = async |asker| {
            let found = sweep(&scene, &places, planted().rows(), asker).await;
            let at = |said: &str| {
                let planted = said.split("/planted/").nth(1).unwrap_or("").split(' ').next();
                planted.unwrap_or("").to_owned()
            };
            found.into_iter().map(|(fault, said)| (at(&said), fault)).collect::<BTreeSet<_>>()
        };

        let expected = |let_in: Fault| {
            let rows = [
                ("breaks", Fault::Breaks),
                ("panics", Fault::Breaks),
                ("open", let_in),
                ("tells", Fault::Tells("Name: Whitfield".into())),
                ("runs", Fault::Runs),
                ("away", Fault::Away),
                ("stays", Fault::Stays),
                ("", Fault::Silent),
                ("", Fault::Changes("people.practice".into())),
            ];
            rows.map(|(at, fault)| (at.to_owned(), fault))
        };
        // What is planted for one rule may also be too much of an answer for whoever asks.
        for (asker, let_in) in [(una, Fault::Found), (cy, Fault::LetIn)] {
            let found = found(asker).await;
            for planted in expected(let_in) {
                assert!(found.contains(&planted), "{}: {planted:?} in {found:#?}", asker.name);
            }
        }
    });
}
