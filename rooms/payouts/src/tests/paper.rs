//! Statements on paper: the same figures as on the page, for the same people, in the same bytes.

use std::io::Write as _;
use std::process::{Command, Stdio};

use axum::Extension;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use ground::Acting;
use jiff::civil::date;
use tower::ServiceExt as _;

use super::{JANUARY, Scene, run};
use crate::Whom;

/// What came back, byte by byte.
async fn asked(scene: &Scene, acting: &Acting, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    let routes = (crate::ROOM.routes)().into_router().layer(Extension(acting.clone()));
    let app = ground::web::app(scene.house.house.clone(), routes);
    let answer = app.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = answer.into_parts();
    let bytes = axum::body::to_bytes(body, 4_000_000).await.unwrap();
    (parts.status, parts.headers, bytes.to_vec())
}

/// A PDF as another program reads it.
#[allow(clippy::disallowed_methods, reason = "the test's own tool; `script/test` installs it")]
fn read(pdf: &[u8]) -> String {
    let mut tool = Command::new("pdftotext");
    let pipes = tool.args(["-layout", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let child = pipes.spawn();
    let mut child = child.unwrap_or_else(|e| panic!("pdftotext: {e}; run script/test"));
    child.stdin.take().unwrap().write_all(pdf).unwrap();
    let answer = child.wait_with_output().unwrap();
    assert!(answer.status.success(), "it opens");
    String::from_utf8(answer.stdout).unwrap()
}

/// Every amount with two places, in order.
fn amounts(text: &str) -> Vec<String> {
    let is_of_amount = |it: char| it.is_ascii_digit() || "\u{2212}$,.".contains(it);
    let parts = text.split(|it| !is_of_amount(it)).map(|it| it.trim_end_matches(['.', ',']));
    let is_amount = |it: &&str| it.len() >= 4 && it[..it.len() - 2].ends_with('.');
    parts.filter(is_amount).map(|it| it.replace('$', "")).collect()
}

fn plain(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap().split("</main").next().unwrap();
    main.split('<').map(|it| it.split_once('>').map_or("", |it| it.1)).collect::<Vec<_>>().join(" ")
}

async fn paths(scene: &Scene) -> Vec<(Whom, String)> {
    let mut tx = scene.job().await;
    let all = crate::queries::statements(&mut tx, scene.cast.elm, None, None).await.unwrap();
    let path = |id| format!("/p/{}/statements/{id}", scene.cast.elm);
    all.into_iter().map(|it| (it.is.whom, path(it.id))).collect()
}

#[test]
fn a_statement_on_paper_has_the_amounts_of_its_page_in_their_order() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let ada = scene.cast.ada.acting();
        for (whom, path) in paths(&scene).await {
            let page = plain(&String::from_utf8(asked(&scene, &ada, &path).await.2).unwrap());
            let (status, headers, pdf) = asked(&scene, &ada, &format!("{path}/pdf")).await;

            assert_eq!(status, StatusCode::OK);
            assert_eq!(headers["content-type"], "application/pdf");
            let name = "attachment; filename=\"statement-2026-01.pdf\"";
            assert_eq!(headers["content-disposition"], name);
            assert!(pdf.starts_with(b"%PDF-"));
            let text = read(&pdf);
            let mut on_page = amounts(&page);
            let mut on_paper = amounts(&text);
            on_page.sort();
            on_paper.sort();
            assert_eq!(on_page, on_paper, "{whom:?}: {text}");
            for says in ["Statement for January 2026", "February 9, 2026", "Page 1 of 1"] {
                assert!(text.contains(says), "{says}: {text}");
            }
            assert!(!text.contains("Sam") && !text.contains("Whitfield"), "{text}");
            assert_eq!(asked(&scene, &ada, &format!("{path}/pdf")).await.2, pdf, "again");
        }
    });
}

#[test]
fn a_clinicians_paper_has_the_sentence_that_was_signed_and_whose_the_money_is() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let all = paths(&scene).await;
        let of_ben = |it: &&(Whom, String)| it.0.clinician() == Some(scene.cast.ben_treats.id);
        let bens = &all.iter().find(of_ben).unwrap().1;

        let ben = scene.cast.ben.acting();
        let (_, _, pdf) = asked(&scene, &ben, &format!("{bens}/pdf")).await;
        let text = read(&pdf);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for says in [
            "you kept $60.00: $607.54 of $1,012.57.",
            "The clinician is paid 60% of what was collected.",
            "you $607.54 Elm Street Practice $405.03 Collected $1,012.57",
        ] {
            assert!(text.contains(says), "{says}: {text}");
        }
        let page = String::from_utf8(asked(&scene, &ben, bens).await.2).unwrap();
        assert!(page.contains(&format!("href=\"{bens}/pdf\"")), "{page}");
    });
}

#[test]
fn whoever_may_not_see_a_statement_gets_no_paper_of_it() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let all = paths(&scene).await;
        let of_practice = &all.iter().find(|it| it.0.clinician().is_none()).unwrap().1;
        let path = format!("{of_practice}/pdf");
        for (acting, expected) in [
            (Acting::Door, StatusCode::NOT_FOUND),
            (scene.cast.ben.acting(), StatusCode::FORBIDDEN),
            (scene.cast.sue.acting(), StatusCode::FORBIDDEN),
        ] {
            let (status, headers, _) = asked(&scene, &acting, &path).await;
            assert_eq!(status, expected);
            assert!(headers.get("content-disposition").is_none());
        }
        let gone = format!("/p/{}/statements/{}/pdf", scene.cast.elm, ids::Uuid::from_u128(9));
        let ada = scene.cast.ada.acting();
        assert_eq!(asked(&scene, &ada, &gone).await.0, StatusCode::NOT_FOUND);
    });
}

#[test]
fn what_a_practice_calls_itself_is_text_on_its_paper() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let name = "#eval(\"1\") $x$ *b* @a \\ \"q\" 😀 שלום";
        let elm = scene.cast.elm;
        let sql = format!("update people.practice set name = '{name}' where practice_id = '{elm}'");
        scene.plant(&sql).await;
        let ada = scene.cast.ada.acting();
        for (_, path) in paths(&scene).await {
            let (status, _, pdf) = asked(&scene, &ada, &format!("{path}/pdf")).await;
            assert_eq!(status, StatusCode::OK);
            let text = read(&pdf);
            assert!(text.contains("#eval(\"1\") $x$ *b* @a \\ \"q\" □"), "{text}");
        }
    });
}

#[test]
fn what_came_to_light_later_names_the_line_that_it_adjusts_on_paper_too() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let before = paths(&scene).await;
        let mut tx = scene.job().await;
        scene.lone_star_pays(&mut tx, 11, -12_000, date(2026, 2, 9)).await;
        tx.commit().await.unwrap();
        scene.turn_to(date(2026, 3, 2));
        scene.close(date(2026, 2, 1)).await.unwrap();

        let ada = scene.cast.ada.acting();
        let of_ada = |it: &(Whom, String)| it.0.clinician() == Some(scene.cast.ada_treats.id);
        let all = paths(&scene).await;
        let later = all.iter().find(|it| of_ada(it) && !before.contains(it)).unwrap();
        let text = read(&asked(&scene, &ada, &format!("{}/pdf", later.1)).await.2);
        for says in ["adjusts line 1 of January 2026", "\u{2212}$120.00", "From closed months"] {
            assert!(text.contains(says), "{says}: {text}");
        }
    });
}
