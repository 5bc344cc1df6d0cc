//! A client's chart: diagnoses, and what happened in order.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use ground::db::{self, Tx};
use ground::html::{Faults, Typed};
use ground::policy::{Act, Practice};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{ClientId, PracticeId, SessionId, Uuid};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::diagnosis::{self, Chosen};
use crate::model::{Diagnosed, Hers};
use crate::queries::Listed;
use crate::{queries, sealed, sheet, views, words};

/// The table, added to the room's.
pub(crate) fn routes(before: Routes) -> Routes {
    let chart = "/p/{practice}/clients/{client}/chart";
    before
        .get(chart, Asks::act("open_chart"), show)
        // What is searched for is of health: it stands in no address.
        .post("/p/{practice}/clients/{client}/chart/search", Asks::act("open_chart"), search)
        .post("/p/{practice}/clients/{client}/chart/diagnoses", Asks::act("diagnose"), add)
        .post(
            "/p/{practice}/clients/{client}/chart/diagnoses/{diagnosis}/ending",
            Asks::act("diagnose"),
            end,
        )
}

/// Where a client's chart is.
pub(crate) fn at(practice: PracticeId, client: ClientId) -> String {
    format!("/p/{practice}/clients/{client}/chart")
}

/// What the page shows.
#[derive(Debug)]
pub(crate) struct Shown {
    pub practice: PracticeId,
    pub client: ClientId,
    pub client_name: String,
    pub diagnoses: Vec<Diagnosed>,
    pub sessions: Vec<Listed>,
    /// Those whose note the one who looks has still to sign.
    pub to_sign: Vec<SessionId>,
    pub zone: TimeZone,
    pub today: Date,
    /// What was found, once somebody searched.
    pub found: Option<Vec<&'static codes::Diagnosis>>,
}

/// A client of a practice, whose chart the one who acts may open or is refused.
async fn opened(
    tx: &mut Tx,
    practice: &Practice,
    id: PracticeId,
    client: ClientId,
) -> web::Result<Shown> {
    sheet::refuse_staff(tx, practice, id, client.0).await?;
    let client_name = queries::client_name(tx, id, client).await?;
    let client_name = client_name.ok_or(web::Error::NotFound)?;
    let chart = offers::chart_of(tx, id, client).await?;
    let permit = tx.may(Act::OpenChart, &chart, &[practice]).await?;
    tx.open_chart(&permit, client).await?;
    let zone = hours::zone(tx, id).await?;
    let unsigned = match tx.acting().person() {
        Some(person) => queries::unsigned(tx, person).await?,
        None => vec![],
    };
    let of_client = unsigned.iter().filter(|it| it.client == client);
    Ok(Shown {
        practice: id,
        client,
        client_name,
        diagnoses: sealed::diagnoses(tx, id, client).await?,
        sessions: queries::with_client(tx, id, client).await?,
        to_sign: of_client.map(|it| it.session).collect(),
        today: tx.house().now().to_zoned_datetime(zone.clone()).date(),
        zone,
        found: None,
    })
}

fn drawn(house: &House, shown: &Shown, typed: &Typed, faults: &Faults) -> maud::Markup {
    views::chart::page(&house.new_id::<Uuid>().to_string(), shown, typed, faults)
}

async fn show(
    State(house): State<House>,
    acting: Acting,
    Path((id, client)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let (id, client) = (PracticeId(id), ClientId(client));
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let shown = opened(&mut tx, &practice, id, client).await?;
    tx.commit().await?;
    Ok(drawn(&house, &shown, &Typed::none(), &Faults::none()).into_response())
}

async fn search(
    State(house): State<House>,
    acting: Acting,
    Path((id, client)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let (id, client) = (PracticeId(id), ClientId(client));
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    let mut shown = opened(&mut tx, &practice, id, client).await?;
    tx.commit().await?;
    if typed.one("find").trim().is_empty() {
        let faults = Faults::none().and("find", words::ENTER_SEARCH);
        let page = drawn(&house, &shown, &typed, &faults);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    shown.found = Some(diagnosis::find(&typed, shown.today));
    let typed = diagnosis::since_today(typed, shown.today);
    Ok(drawn(&house, &shown, &typed, &Faults::none()).into_response())
}

async fn add(
    State(house): State<House>,
    acting: Acting,
    Path((id, client)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let (id, client) = (PracticeId(id), ClientId(client));
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    let mut shown = opened(&mut tx, &practice, id, client).await?;
    let faults = match diagnosis::read(&typed, shown.today) {
        Ok(chosen) => match say(&house, tx, &practice, (id, client), &typed, chosen).await? {
            true => return Ok(back_to(id, client)),
            false => Faults::none().and("code", words::HAS_IT),
        },
        Err(faults) => faults,
    };
    shown.found = Some(diagnosis::find(&typed, shown.today));
    let page = drawn(&house, &shown, &typed, &faults);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Says a diagnosis. False where it holds already.
async fn say(
    house: &House,
    mut tx: Tx,
    practice: &Practice,
    (id, client): (PracticeId, ClientId),
    typed: &Typed,
    chosen: Chosen,
) -> web::Result<bool> {
    let by = tx.acting().person().ok_or(web::Error::NotFound)?;
    let hers = Hers { practice: id, client, by };
    let chart = offers::chart_of(&mut tx, id, client).await?;
    let permit = tx.may(Act::Diagnose, &chart, &[practice]).await?;
    let once = typed.one("once").parse::<SessionId>().map_or_else(|_| house.new_id(), |id| id.0);
    let Chosen { diagnosis, since } = chosen;
    match crate::diagnose(&mut tx, &permit, hers, once, diagnosis, since).await {
        Ok(true) => {
            tx.commit().await?;
            Ok(true)
        }
        Ok(false) => Ok(false),
        // Pressed twice, it is said once.
        Err(db::Error::Conflict(name)) if name == "diagnosis_pkey" => Ok(true),
        Err(error) => Err(error.into()),
    }
}

async fn end(
    State(house): State<House>,
    acting: Acting,
    Path((id, client, diagnosis)): Path<(Uuid, Uuid, Uuid)>,
) -> web::Result {
    let (id, client) = (PracticeId(id), ClientId(client));
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let by = acting.person().ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    sheet::refuse_staff(&mut tx, &practice, id, client.0).await?;
    queries::client_name(&mut tx, id, client).await?.ok_or(web::Error::NotFound)?;
    let chart = offers::chart_of(&mut tx, id, client).await?;
    let permit = tx.may(Act::Diagnose, &chart, &[&practice]).await?;
    let zone = hours::zone(&mut tx, id).await?;
    let today = house.now().to_zoned_datetime(zone).date();
    let hers = Hers { practice: id, client, by };
    match crate::end_diagnosis(&mut tx, &permit, hers, diagnosis, today).await {
        // Pressed twice, it ended once.
        Ok(_) => tx.commit().await?,
        Err(db::Error::Conflict(name)) if name == "diagnosis_ends_later" => {
            return Err(web::Error::Conflict(words::ENDS_BEFORE.into()));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(back_to(id, client))
}

fn back_to(practice: PracticeId, client: ClientId) -> Response {
    Redirect::to(&at(practice, client)).into_response()
}
