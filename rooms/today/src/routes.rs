//! The homes: of a practice, of the desk, and the page that sends each to their own.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use ground::db::Tx;
use ground::policy::Act;
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{ClinicianId, PracticeId, Uuid};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ZonedDateTime};

use crate::places::{self, Stands};
use crate::{needs, queries, views, words, works};

/// How far back *handled for you* reaches: over a weekend.
const HANDLED_FOR: SignedDuration = SignedDuration::from_hours(72);

/// The table.
pub(crate) fn routes() -> Routes {
    let own = Asks::nothing("sends each to their own home, and shows nothing");
    Routes::new()
        .get("/today", own, home)
        .get("/p/{practice}/today", Asks::act("see_people"), today)
        .get("/p/{practice}/practice", Asks::act("see_people"), practice)
        .get("/p/{practice}/money", Asks::act("see_people"), money)
        .get("/desk/today", Asks::nothing("shows one's own duties alone"), desk)
        .get("/help", Asks::nothing("says what the places are for"), help)
}

fn to(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// Sends each to their own home; whoever has several chooses.
async fn home(State(house): State<House>, acting: Acting) -> web::Result {
    let worker = match &acting {
        Acting::Client { .. } => return Ok(to("/me")),
        Acting::Workforce(worker) => worker,
        _ => return Ok(to("/sign-in")),
    };
    let path = |place: &ground::acting::Place| match place.is_operator {
        true => "/desk/today".to_owned(),
        false => format!("/p/{}/today", place.practice),
    };
    if let [only] = worker.places.as_slice() {
        return Ok(to(&path(only)));
    }
    let mut tx = house.begin(&acting).await?;
    let mut choices = Vec::new();
    for place in &worker.places {
        let named = queries::practice(&mut tx, place.practice).await?;
        let name = named.map_or_else(|| words::THE_DESK.to_owned(), |(name, _)| name);
        choices.push((path(place), name));
    }
    Ok(views::choice(&choices).into_response())
}

async fn today(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let id = PracticeId(id);
    let known = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SeePeople, &known, &[]).await?;
    let (_, zone) = queries::practice(&mut tx, id).await?.ok_or(web::Error::NotFound)?;
    let since = house.now() - HANDLED_FOR;
    let now = house.now().to_zoned_datetime(zone.clone());
    let own = match queries::treats(&mut tx, id).await? {
        Some(clinician) => Some(own_day(&mut tx, id, clinician, &now).await?),
        None => None,
    };
    let page = views::Today {
        practice: id,
        own,
        since: since.to_zoned_datetime(zone),
        now,
        duties: needs(&mut tx, Some(id)).await?,
        handled: queries::handled(&mut tx, id, since).await?,
    };
    Ok(views::today(&page).into_response())
}

/// The day of `now` of whoever looks and treats, and whether they take new clients.
async fn own_day(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    now: &ZonedDateTime,
) -> web::Result<views::Own> {
    let midnight = |date: Date| {
        let at = date.to_zoned_datetime(now.time_zone().clone());
        at.map(|at| at.timestamp()).map_err(|e| web::Error::Inside(e.to_string()))
    };
    let from = midnight(now.date())?;
    let to = midnight(now.date().tomorrow().unwrap_or(Date::MAX))?;
    let visits = queries::visits(tx, practice, from, to).await?;
    let intake = hours::intake(tx, practice, clinician).await?;
    let once = tx.house().new_id::<Uuid>().to_string();
    let pause = hours::pause_switch(practice, clinician, &intake, &once);
    Ok(views::Own { visits, pause })
}

async fn desk(State(house): State<House>, acting: Acting) -> web::Result {
    let Some(operator) = acting.operator() else {
        return Err(web::Error::NotFound);
    };
    let mut tx = house.begin(&acting).await?;
    let zone = queries::practice(&mut tx, operator).await?.map_or(TimeZone::UTC, |it| it.1);
    let duties = needs(&mut tx, None).await?;
    let now = house.now().to_zoned_datetime(zone);
    Ok(views::desk(&now, &duties).into_response())
}

async fn practice(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    index(&house, &acting, PracticeId(id), words::PRACTICE, words::OF_PRACTICE).await
}

async fn money(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    index(&house, &acting, PracticeId(id), words::MONEY, words::OF_MONEY).await
}

async fn index(
    house: &House,
    acting: &Acting,
    id: PracticeId,
    title: &str,
    pages: &[(&str, &str, &str, bool)],
) -> web::Result {
    let known = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(acting).await?;
    tx.may(Act::SeePeople, &known, &[]).await?;
    let owns = acting.holds(id, ground::policy::Role::Owner);
    let pages: Vec<_> = pages.iter().filter(|(.., is_owners)| owns || !is_owners).collect();
    Ok(views::index(id, title, &pages).into_response())
}

async fn help(acting: Acting) -> web::Result {
    if !works(&acting) {
        return Err(web::Error::NotFound);
    }
    let stands = places::stands(&acting, "").unwrap_or(Stands::AtDesk(None));
    Ok(views::help(&places::explained(&acting, stands)).into_response())
}
