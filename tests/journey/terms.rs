//! What was agreed and what is promised, as people read and sign it: on a phone and on a desk.

use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::{Extension, Router};
use ground::frame::{self, Frame};
use ground::html::{Link, Place, Practice, Rail, Shell, Work};
use ground::testing::{TestHouse, run};
use ground::{Acting, web};
use maud::html;
use people::cast;

use crate::browser::{
    Browser, DESK, NARROW, PHONE, Tab, assert_accessible, assert_no_foreign_origin,
    assert_no_overflow, assert_quiet, assert_walkable,
};

/// The rail of those who work here, around every page.
async fn framed(request: Request, next: Next) -> Response {
    let rail = Rail {
        places: vec![Place::new("/", "Today"), Place::new("/practice", "Practice").here()],
        new: None,
        person: Link::to("/me", "Ada Reyes"),
        help: "/help".into(),
    };
    let practice = Practice::Only("Elm Street Practice".into());
    let work = Work { rail, practice, search: None, now: html! { "Mon, Feb 9" } };
    let frame = Frame { shell: Shell::Work(Box::new(work)), demo: None, inset: None };
    frame::within(frame, next.run(request)).await
}

/// Serves the pages to one person until the test ends, and says where.
async fn serve(house: &TestHouse, acting: &Acting) -> String {
    let rooms = [ground::ROOM, people::ROOM, terms::ROOM, charter::ROOM];
    let all =
        rooms.iter().fold(Router::new(), |all, room| all.merge((room.routes)().into_router()));
    let inner = charter::ROOM.around.unwrap()(all, &house.house);
    let inner = terms::ROOM.around.unwrap()(inner, &house.house);
    let is_known = acting.person().is_some();
    let inner = if is_known { inner.layer(from_fn(framed)) } else { inner };
    let app = web::app(house.house.clone(), inner.layer(Extension(acting.clone())));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

async fn assert_well_made(tab: &Tab) {
    assert_accessible(tab).await;
    assert_no_overflow(tab).await;
    assert_no_foreign_origin(tab);
}

#[test]
fn terms_and_charter_are_well_made_on_every_screen() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let agreed = terms::cast::agreed(&house.house, &cast).await.unwrap();
        let at = format!("/p/{}", cast.elm);
        let pages = [
            (format!("{at}/terms"), "Terms"),
            (
                format!("{at}/terms/agreements/{}", agreed.agreement),
                "Services agreement, version 1",
            ),
            (format!("{at}/terms/engagements/{}", agreed.engagement), "Engagement, version 1"),
            (format!("{at}/terms/propose"), "Propose an agreement"),
            (
                format!("{at}/terms/clinicians/{}/propose", cast.ben_treats.id),
                "Propose an engagement",
            ),
            (format!("{at}/fees"), "Fees"),
            (format!("{at}/charter"), "Your charter"),
            ("/how-we-work/agreement".into(), "Services agreement, version 1"),
            ("/how-we-work/engagement".into(), "Engagement, version 1"),
            ("/how-we-work/charter".into(), "The charter"),
        ];
        let ada = serve(&house, &cast.ada.acting()).await;
        let browser = Browser::start().at(&ada);

        for screen in [NARROW, PHONE, DESK, DESK.dark()] {
            let tab = browser.tab(screen).await;
            for (path, heading) in &pages {
                tab.visit(path).await;
                assert_eq!(tab.heading().await, *heading);
                assert_well_made(&tab).await;
            }
            assert_quiet(&tab);
        }
    });
}

#[test]
fn a_practice_takes_a_service_back_by_a_version_that_both_sign() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        terms::cast::agreed(&house.house, &cast).await.unwrap();
        let at = format!("/p/{}", cast.elm);
        let (ada, oz) =
            (serve(&house, &cast.ada.acting()).await, serve(&house, &cast.oz.acting()).await);
        let browser = Browser::start();
        let ada = browser.at(&ada).tab(PHONE).await;

        ada.visit(&format!("{at}/charter")).await;
        ada.sees("A scheduler sees, books and cancels").await;
        ada.visit(&format!("{at}/terms")).await;
        ada.follow("Propose a version").await;
        let scheduling = terms::offered(ground::policy::Service::Scheduling);
        ada.unchoose(&format!("{} {}", scheduling.name, scheduling.opens)).await;
        ada.fill("Billing: At least, for a month (optional)", "900").await;
        ada.press("Put it before both sides").await;
        ada.sees("The most is less than the least").await;
        assert_well_made(&ada).await;
        ada.fill("Billing: At least, for a month (optional)", "").await;
        ada.press("Put it before both sides").await;
        ada.sees("Waits for signatures.").await;
        ada.fill("Type your full name", "Ada Reyes").await;
        assert_walkable(&ada).await;
        ada.press("Sign for the practice").await;
        ada.sees("Ada Reyes, for the practice").await;

        let oz = Browser::start().at(&oz).tab(DESK).await;
        oz.visit("/desk/agreements").await;
        assert_well_made(&oz).await;
        oz.follow("Read and sign : Elm Street Practice").await;
        oz.fill("Type your full name", "Oz Adeyemi").await;
        oz.press("Sign for the operator").await;
        oz.sees("In force.").await;

        ada.visit(&format!("{at}/charter")).await;
        ada.sees("From agreement version 2.").await;
        ada.does_not_see("A scheduler sees, books and cancels").await;
    });
}
