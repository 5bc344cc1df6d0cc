//! The clients of a practice, one client, and the end of care.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use ground::db::Tx;
use ground::policy::{Act, Practice, Service};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{ClientId, PersonId, PracticeId, Uuid};
use jiff::tz::TimeZone;

use super::model::{Care, Known, Part, Whose};
use super::{queries, views};
use crate::{care, known_to};

/// What opens the list of clients to staff: whoever shares none of these needs no name.
const NEED_NAMES: [Service; 3] = [Service::Scheduling, Service::Intake, Service::Billing];

/// The table.
pub(crate) fn routes(before: Routes) -> Routes {
    let client = "/p/{practice}/clients/{client}";
    let discharge = "/p/{practice}/clients/{client}/discharge";
    before
        .get("/p/{practice}/clients", Asks::act("see_people"), clients)
        .get(client, Asks::act("see_people"), client_page)
        .get(discharge, Asks::act("see_people"), ask_discharge)
        .post(discharge, Asks::act("discharge"), give_discharge)
}

/// Where a client's page is.
pub(crate) fn path(practice: PracticeId, client: ClientId) -> String {
    format!("/p/{practice}/clients/{client}")
}

/// Whose clients the one who acts sees here. Clinicians see their own; an owner, and staff whose
/// service needs to know who is meant, see all. It is asked before anything is loaded.
async fn whose(tx: &mut Tx, practice: &Practice, id: PracticeId) -> web::Result<Whose> {
    tx.may(Act::SeePeople, practice, &[]).await?;
    if tx.acting().is_staff_in(id) {
        let use_service = |service: &Service| Act::UseService { service: *service };
        let may = |service: &Service| {
            practice.services.contains(service)
                && tx.would_allow(&use_service(service), practice, &[practice])
        };
        let service = NEED_NAMES.iter().copied().find(may).unwrap_or(NEED_NAMES[0]);
        tx.may(Act::UseService { service }, practice, &[]).await?;
        return Ok(Whose::All);
    }
    if tx.would_allow(&Act::SeeBilling, practice, &[practice]) {
        return Ok(Whose::All);
    }
    tx.acting().person().map(Whose::Of).ok_or(web::Error::NotFound)
}

async fn clients(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    let whose = whose(&mut tx, &practice, id).await?;
    let list = queries::clients(&mut tx, id, whose).await?;
    let zone = hours::zone(&mut tx, id).await?;
    tx.commit().await?;
    Ok(views::clients(id, whose, &list, &zone).into_response())
}

/// What a client's page shows.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub practice: PracticeId,
    pub known: Known,
    /// Open care, if there is any.
    pub care: Option<Care>,
    /// Who treats and who has treated.
    pub parts: Vec<Part>,
    pub zone: TimeZone,
    /// The one who looks may end their own part.
    pub may_discharge: bool,
}

/// Loads a client for whoever may see them. A colleague who never treated them is asked as for
/// their chart, and refused in the words of its promise.
async fn sheet(
    tx: &mut Tx,
    practice: &Practice,
    id: PracticeId,
    client: ClientId,
) -> web::Result<Sheet> {
    let whose = whose(tx, practice, id).await?;
    let known = queries::known(tx, id, client).await?.ok_or(web::Error::NotFound)?;
    let parts = queries::parts(tx, id, client).await?;
    if let Whose::Of(person) = whose
        && !parts.iter().any(|part| part.person == person)
    {
        let chart = care::chart_of(tx, id, client).await?;
        tx.may(Act::OpenChart, &chart, &[practice]).await?;
    }
    let care = queries::care_of(tx, id, client).await?;
    let may_discharge =
        care.as_ref().is_some_and(|care| tx.would_allow(&Act::Discharge, care, &[practice]));
    let zone = hours::zone(tx, id).await?;
    Ok(Sheet { practice: id, known, care, parts, zone, may_discharge })
}

async fn client_page(
    State(house): State<House>,
    acting: Acting,
    Path((id, client)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    let sheet = sheet(&mut tx, &practice, id, ClientId(client)).await?;
    tx.commit().await?;
    Ok(views::client(&sheet).into_response())
}

async fn ask_discharge(
    State(house): State<House>,
    acting: Acting,
    Path((id, client)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let (id, client) = (PracticeId(id), ClientId(client));
    let practice = known_to(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    let sheet = sheet(&mut tx, &practice, id, client).await?;
    tx.commit().await?;
    if !sheet.may_discharge {
        return Ok(back_to(id, client));
    }
    let once = house.new_id::<Uuid>().to_string();
    Ok(views::discharge(&once, &sheet).into_response())
}

async fn give_discharge(
    State(house): State<House>,
    acting: Acting,
    Path((id, client)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let (id, client) = (PracticeId(id), ClientId(client));
    let practice = known_to(&acting, id)?;
    let person = acting.person().ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let Some(care) = queries::care_of(&mut tx, id, client).await? else {
        return after_the_end(&mut tx, &practice, id, client, person).await;
    };
    if !care.treated_by.contains(&person) && has_treated(&mut tx, id, client, person).await? {
        return Ok(back_to(id, client));
    }
    let permit = tx.may(Act::Discharge, &care, &[&practice]).await?;
    let own = queries::clinician_of(&mut tx, id, person).await?.ok_or(web::Error::NotFound)?;
    care::discharge(&mut tx, &permit, &care, own).await?;
    tx.commit().await?;
    Ok(back_to(id, client))
}

/// A second press finds the care over: whoever ended it sees that it is. For anybody else there is
/// nothing to end.
async fn after_the_end(
    tx: &mut Tx,
    practice: &Practice,
    id: PracticeId,
    client: ClientId,
    person: PersonId,
) -> web::Result {
    tx.may(Act::SeePeople, practice, &[]).await?;
    if has_treated(tx, id, client, person).await? {
        return Ok(back_to(id, client));
    }
    Err(web::Error::NotFound)
}

async fn has_treated(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    person: PersonId,
) -> web::Result<bool> {
    let parts = queries::parts(tx, practice, client).await?;
    Ok(parts.iter().any(|part| part.person == person))
}

fn back_to(practice: PracticeId, client: ClientId) -> Response {
    Redirect::to(&path(practice, client)).into_response()
}
