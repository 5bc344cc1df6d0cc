//! The pages of a demo: come in as somebody, turn the day, read the mail. In every other house
//! they are not there.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use ground::mail::{self, Landed};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{PersonId, Uuid};
use people::demo::Somebody;

use crate::views;

/// Letters of one practice on the page.
const LETTERS_MAX: i64 = 40;

/// The table, added to the public pages.
pub(crate) fn routes(pages: Routes) -> Routes {
    let demo = Asks::nothing("is there in a demo alone, where everybody is made up");
    pages
        .get("/demo", demo, people)
        .post("/demo/sign-in/{person}/{side}", demo, come_in)
        .post("/demo/day", demo, next_day)
        .get("/demo/mail", demo, letters)
}

/// Nothing is here in a house that is no demo.
fn in_demo(house: &House) -> web::Result<&ground::demo::Demo> {
    house.demo().ok_or(web::Error::NotFound)
}

async fn people(State(house): State<House>) -> web::Result {
    in_demo(&house)?;
    let everybody = people::demo::everybody(&house).await?;
    Ok(views::everybody(&everybody).into_response())
}

async fn come_in(
    State(house): State<House>,
    Path((person, side)): Path<(Uuid, String)>,
) -> web::Result {
    in_demo(&house)?;
    let as_client = side == "client";
    let cookie = people::demo::come_in(&house, PersonId(person), as_client).await?;
    let cookie = cookie.ok_or(web::Error::NotFound)?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/today")).into_response())
}

async fn next_day(State(house): State<House>) -> web::Result {
    in_demo(&house)?;
    ground::demo::next_day(&house).await?;
    Ok(Redirect::to("/today").into_response())
}

async fn letters(State(house): State<House>) -> web::Result {
    let zone = in_demo(&house)?.zone.clone();
    let everybody: Vec<Somebody> = people::demo::everybody(&house).await?;
    let mut tenants: Vec<_> = everybody.iter().map(|it| it.at).collect();
    tenants.sort();
    tenants.dedup();
    let mut all: Vec<Landed> = Vec::new();
    for practice in tenants {
        let mut tx = house.begin(&Acting::Job { practice }).await?;
        all.extend(mail::landed(&mut tx, practice, LETTERS_MAX).await?);
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.at));
    Ok(views::letters(&all, &zone).into_response())
}
