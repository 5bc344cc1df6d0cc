//! A clinician's offers: to read, to answer, to give back.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use ground::db::Tx;
use ground::html::Typed;
use ground::policy::Act;
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{OfferId, PersonId, PracticeId, Uuid};
use jiff::tz::TimeZone;

use super::model::{Acceptance, Named, Offer, Places, Snapshot};
use super::{queries, views};
use crate::care::queries::clinician_of;
use crate::{care, known_to, offer, words};

/// The table.
pub(crate) fn routes(before: Routes) -> Routes {
    let one = "/p/{practice}/offers/{offer}";
    before
        .get("/p/{practice}/offers", Asks::act("see_offer"), inbox)
        .post("/p/{practice}/offers/withdrawal", Asks::act("withdraw_offer"), withdraw_all)
        .get(one, Asks::act("see_offer"), one_offer)
        .post("/p/{practice}/offers/{offer}/acceptance", Asks::act("answer_offer"), accept)
        .post("/p/{practice}/offers/{offer}/decline", Asks::act("answer_offer"), decline)
}

/// Where an offer is.
pub(crate) fn path(offer: &Offer) -> String {
    format!("{}/{}", inbox_path(offer.practice), offer.id)
}

/// Where a practice's offers are, each clinician's own.
pub(crate) fn inbox_path(practice: PracticeId) -> String {
    format!("/p/{practice}/offers")
}

/// What the page of one's offers shows.
#[derive(Debug)]
pub(crate) struct Inbox {
    pub practice: PracticeId,
    pub open: Vec<Offer>,
    pub earlier: Vec<Offer>,
    pub zone: TimeZone,
}

async fn inbox(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let person = acting.person().ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let own = own(&mut tx, id, person).await?;
    tx.may(Act::SeeOffer, &own, &[&practice]).await?;
    let now = house.now();
    let mut open = queries::open_of(&mut tx, person, now).await?;
    open.retain(|offer| offer.practice == id);
    let earlier = queries::earlier_of(&mut tx, id, person, now).await?;
    let zone = hours::zone(&mut tx, id).await?;
    tx.commit().await?;
    let once = house.new_id::<Uuid>().to_string();
    Ok(views::inbox(&once, &Inbox { practice: id, open, earlier, zone }).into_response())
}

/// A person's own offers, as the charter knows them: nobody's, where they treat nobody here.
async fn own(tx: &mut Tx, practice: PracticeId, person: PersonId) -> web::Result<Named> {
    let treats = clinician_of(tx, practice, person).await?.is_some();
    let clinician = if treats { person } else { PersonId(Uuid::nil()) };
    Ok(Named { practice, id: person.0, clinician })
}

/// One offer, before anything that is sealed. Staff of a practice that shares nothing are asked
/// about it all the same, so that it stands on the record that they tried.
async fn load(tx: &mut Tx, act: Act, practice: PracticeId, id: OfferId) -> web::Result<Offer> {
    if let Some(offer) = queries::find(tx, practice, id).await? {
        return Ok(offer);
    }
    if tx.acting().is_staff_in(practice) {
        let unseen = Named { practice, id: id.0, clinician: PersonId(Uuid::nil()) };
        let known = known_to(tx.acting(), practice)?;
        tx.may(act, &unseen, &[&known]).await?;
    }
    Err(web::Error::NotFound)
}

/// What the page of one offer shows.
#[derive(Debug)]
pub(crate) struct Opened {
    pub offer: Offer,
    /// What the person said; nothing once it was erased.
    pub said: Option<Snapshot>,
    pub zone: TimeZone,
    /// It can be answered now.
    pub waits: bool,
}

async fn opened(tx: &mut Tx, offer: Offer) -> web::Result<Opened> {
    let said = queries::snapshot(tx, &offer).await?;
    let zone = hours::zone(tx, offer.practice).await?;
    let waits = offer.waits(tx.house().now());
    Ok(Opened { offer, said, zone, waits })
}

async fn one_offer(
    State(house): State<House>,
    acting: Acting,
    Path((id, offer)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    let offer = load(&mut tx, Act::SeeOffer, id, OfferId(offer)).await?;
    tx.may(Act::SeeOffer, &offer.named(), &[&practice]).await?;
    let opened = opened(&mut tx, offer).await?;
    tx.commit().await?;
    let once = house.new_id::<Uuid>().to_string();
    Ok(views::offer(&once, &opened).into_response())
}

async fn accept(
    State(house): State<House>,
    acting: Acting,
    Path((id, offer)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let typed: Typed = pairs.into_iter().collect();
    let places = if typed.one("places") == "one-more" { Places::OneMore } else { Places::AsSaid };
    let mut tx = house.begin(&acting).await?;
    let offer = load(&mut tx, Act::AnswerOffer, id, OfferId(offer)).await?;
    let permit = tx.may(Act::AnswerOffer, &offer.named(), &[&practice]).await?;
    match offer::accept(&mut tx, &permit, &offer, places).await? {
        Acceptance::Client(client) => {
            tx.commit().await?;
            Ok(Redirect::to(&care::routes::path(id, client)).into_response())
        }
        Acceptance::Full { takes, has } => {
            tx.rollback().await?;
            let once = house.new_id::<Uuid>().to_string();
            let page = views::one_more(&once, &offer, takes, has);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Acceptance::Over(state) => Err(web::Error::Conflict(words::over(state).into())),
    }
}

async fn decline(
    State(house): State<House>,
    acting: Acting,
    Path((id, offer)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    let offer = load(&mut tx, Act::AnswerOffer, id, OfferId(offer)).await?;
    let permit = tx.may(Act::AnswerOffer, &offer.named(), &[&practice]).await?;
    offer::decline(&mut tx, &permit, &offer).await?;
    tx.commit().await?;
    Ok(back_to(id))
}

/// All that wait for the one who acts, at once: what somebody does who has just paused.
async fn withdraw_all(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let person = acting.person().ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let open = queries::open_of(&mut tx, person, house.now()).await?;
    let here: Vec<Offer> = open.into_iter().filter(|offer| offer.practice == id).collect();
    if here.is_empty() {
        let own = own(&mut tx, id, person).await?;
        tx.may(Act::WithdrawOffer, &own, &[&practice]).await?;
        return Ok(back_to(id));
    }
    for offer in &here {
        let permit = tx.may(Act::WithdrawOffer, &offer.named(), &[&practice]).await?;
        offer::withdraw(&mut tx, &permit, offer).await?;
    }
    tx.commit().await?;
    Ok(back_to(id))
}

fn back_to(practice: PracticeId) -> Response {
    Redirect::to(&inbox_path(practice)).into_response()
}
