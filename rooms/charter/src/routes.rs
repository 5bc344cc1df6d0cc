//! The table of routes, then the handlers in its order.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Extension, Path, State};
use axum::response::IntoResponse;
use ground::policy::Act;
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{PracticeId, Uuid};
use jiff::SignedDuration;

use crate::model::{self, Met, Proofs, Today};
use crate::{queries, views};

/// How far back the page looks at what was tried in earnest.
const LOOKS_BACK: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The table.
pub(crate) fn routes() -> Routes {
    let open = Asks::nothing("the promises are for everybody to read");
    Routes::new().get("/p/{practice}/charter", Asks::act("read_charter"), charter).get(
        "/how-we-work/charter",
        open,
        for_everybody,
    )
}

/// Tries every attempt, once, and hands what came of it to the pages.
pub(crate) fn around(router: Router<House>, house: &House) -> Router<House> {
    let proofs = Arc::new(Proofs::of(house.charter()));
    router.layer(Extension(proofs))
}

/// What the page of a practice shows beside the promises.
#[derive(Debug)]
pub(crate) struct Here {
    pub practice: PracticeId,
    pub agreement: Option<terms::Agreement>,
    pub zone: jiff::tz::TimeZone,
    pub today: Today,
    /// What the operator's people met in earnest, for the practice's own people.
    pub met: Option<BTreeMap<String, Met>>,
}

async fn charter(
    State(house): State<House>,
    acting: Acting,
    Extension(proofs): Extension<Arc<Proofs>>,
    Path(id): Path<Uuid>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::ReadCharter, &practice, &[]).await?;
    let party = terms::party_of(&mut tx, id).await?.ok_or(web::Error::NotFound)?;
    let now = house.now();
    let agreement = terms::agreement_on(&mut tx, id, party.day_at(now)).await?;
    let shared: Vec<_> =
        agreement.iter().flat_map(|it| &it.terms.services).map(|it| it.service).collect();
    let today = model::today(house.charter(), &id.to_string(), &shared);
    let met = match acting.is_staff_in(id) {
        true => None,
        false => Some(queries::met(&mut tx, id, now - LOOKS_BACK).await?),
    };
    let here = Here { practice: id, agreement, zone: party.zone, today, met };
    Ok(views::charter(house.charter().promises(), &proofs, &here).into_response())
}

async fn for_everybody(
    State(house): State<House>,
    Extension(proofs): Extension<Arc<Proofs>>,
) -> maud::Markup {
    views::for_everybody(house.charter().promises(), &proofs)
}
