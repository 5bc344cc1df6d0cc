//! The public pages, in the order of the table.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};

use crate::{compare, demo, queries, views};

/// The table.
pub(crate) fn routes() -> Routes {
    let public = Asks::nothing("a public page: the same for everybody");
    let pages = Routes::new().get("/", public, home).get("/how-we-work", public, how_we_work);
    demo::routes(compare::routes(pages))
}

/// Whoever is signed in has a home of their own; a demo asks first who one wants to be.
async fn home(State(house): State<House>, acting: Acting) -> web::Result {
    if matches!(acting, Acting::Client { .. } | Acting::Workforce(_)) {
        return Ok(Redirect::to("/today").into_response());
    }
    let mut tx = house.begin(&Acting::Door).await?;
    let behind = queries::behind_operator(&mut tx).await?;
    Ok(views::home(behind.as_ref(), house.demo().is_some()).into_response())
}

async fn how_we_work(State(house): State<House>) -> web::Result {
    let mut tx = house.begin(&Acting::Door).await?;
    let behind = queries::behind_operator(&mut tx).await?;
    Ok(views::how_we_work(behind.as_ref()).into_response())
}
