//! One's own sessions and their notes: what is not signed first.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use ground::policy::Act;
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{PracticeId, Uuid};

use crate::model::OwnHours;
use crate::{queries, views, writing};

/// The table, added to the room's.
pub(crate) fn routes(before: Routes) -> Routes {
    before.get("/p/{practice}/notes", Asks::act("see_week"), show)
}

async fn show(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let person = acting.person().ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SeeWeek, &OwnHours { practice: id, person }, &[&practice]).await?;
    let list = queries::own(&mut tx, id, person).await?;
    let zone = hours::zone(&mut tx, id).await?;
    writing::settle(&mut tx).await?;
    tx.commit().await?;
    Ok(views::list::page(&list, &zone).into_response())
}
