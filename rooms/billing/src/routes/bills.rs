//! A client's bills: their own, and for those who do the practice's billing, who also charge what a
//! missed visit costs.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use ground::db::Tx;
use ground::html::{Faults, Link, Typed};
use ground::policy::{Act, Practice};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{AppointmentId, ClientId, PracticeId, Uuid};
use ledger::ClientAccount;
use maud::Markup;
use money::Cents;

use super::known;
use crate::{bill, views, words};

/// No fee for a missed visit is as high as this: a slip of the hand is.
const FEE_LIMIT_CENTS: i64 = 100_000;

pub fn routes(routes: Routes) -> Routes {
    let account = "/p/{practice}/clients/{client}/account";
    let fees = "/p/{practice}/clients/{client}/account/fees";
    routes
        .get("/me/bills", Asks::act("see_account"), own)
        .get(account, Asks::act("see_account"), of_client)
        .post(fees, Asks::act("record_payment"), charge_fee)
}

async fn own(State(house): State<House>, acting: Acting) -> web::Result {
    let Acting::Client { person, as_client, .. } = &acting else {
        return Err(web::Error::NotFound);
    };
    let mut tx = house.begin(&acting).await?;
    let mut bills = Vec::new();
    for (practice, client) in as_client {
        let account = ClientAccount { practice: *practice, client: *client, of: Some(*person) };
        tx.may(Act::SeeAccount, &account, &[&Practice::new(practice)]).await?;
        bills.push(bill::of(&mut tx, *practice, *client).await?);
    }
    Ok(views::bill::own(&bills).into_response())
}

async fn of_client(
    State(house): State<House>,
    acting: Acting,
    Path((id, client)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let (id, client) = (PracticeId(id), ClientId(client));
    let mut tx = house.begin(&acting).await?;
    let page = page(&mut tx, &acting, (id, client), (&Typed::none(), &Faults::none())).await?;
    Ok(page.into_response())
}

async fn page(
    tx: &mut Tx,
    acting: &Acting,
    (id, client): (PracticeId, ClientId),
    (typed, faults): (&Typed, &Faults),
) -> web::Result<Markup> {
    let practice = known(acting, id)?;
    let account = ClientAccount { practice: id, client, of: None };
    tx.may(Act::SeeAccount, &account, &[&practice]).await?;
    let clients = people::clients(tx, id).await?;
    let found = clients.into_iter().find(|it| it.id == client).ok_or(web::Error::NotFound)?;
    let bill = bill::of(tx, id, client).await?;
    let may_charge = tx.would_allow(&Act::RecordPayment, &practice, &[]);
    let missed = match may_charge {
        true => ledger::missed_visits(tx, id, client).await?,
        false => Vec::new(),
    };
    let missed: Vec<_> = missed.into_iter().filter(|it| it.charged.is_none()).collect();
    let once = tx.house().new_id::<Uuid>().to_string();
    Ok(views::bill::of_client(&views::bill::OfClient {
        bill: &bill,
        name: &found.name,
        back: Link::to(format!("/p/{id}/billing"), words::BACK),
        fees: format!("/p/{id}/clients/{client}/account/fees"),
        missed: &missed,
        once: &once,
        typed,
        faults,
    }))
}

/// Charges what a missed visit costs by the practice's own terms.
async fn charge_fee(
    State(house): State<House>,
    acting: Acting,
    Path((id, client)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let (id, client) = (PracticeId(id), ClientId(client));
    let practice = known(&acting, id)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::RecordPayment, &practice, &[]).await?;
    let mut faults = Faults::none();
    let visit = typed.one("visit").parse::<AppointmentId>().ok();
    if visit.is_none() {
        faults.add("visit", words::CHOOSE_VISIT);
    }
    let cents = typed.one("cents").trim().trim_start_matches('$').parse::<Cents>();
    let cents = cents.ok().filter(|it| Cents::ZERO < *it && *it < Cents(FEE_LIMIT_CENTS));
    if cents.is_none() {
        faults.add("cents", words::ENTER_FEE);
    }
    if let (Some(visit), Some(cents)) = (visit, cents) {
        match ledger::charge_missed(&mut tx, id, client, visit, cents).await? {
            Some(_) => {
                tx.commit().await?;
                let account = format!("/p/{id}/clients/{client}/account");
                return Ok(Redirect::to(&account).into_response());
            }
            None => faults.add("visit", words::CHOOSE_VISIT),
        }
    }
    let page = page(&mut tx, &acting, (id, client), (&typed, &faults)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
