//! A client's bills: their own, and for those who do the practice's billing.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use ground::html::Link;
use ground::policy::{Act, Practice};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{ClientId, PracticeId, Uuid};
use ledger::ClientAccount;

use super::known;
use crate::{bill, views, words};

pub fn routes(routes: Routes) -> Routes {
    routes.get("/me/bills", Asks::act("see_account"), own).get(
        "/p/{practice}/clients/{client}/account",
        Asks::act("see_account"),
        of_client,
    )
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
    let practice = known(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    let account = ClientAccount { practice: id, client, of: None };
    tx.may(Act::SeeAccount, &account, &[&practice]).await?;
    let clients = people::clients(&mut tx, id).await?;
    let found = clients.into_iter().find(|it| it.id == client).ok_or(web::Error::NotFound)?;
    let bill = bill::of(&mut tx, id, client).await?;
    let back = Link::to(format!("/p/{id}/billing"), words::BACK);
    Ok(views::bill::of_client(&bill, &found.name, back).into_response())
}
