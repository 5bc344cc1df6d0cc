//! A clinician's own profile: to read and to say anew.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use ground::db::Tx;
use ground::html::{Faults, Typed};
use ground::policy::Act;
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use hours::Hours;
use ids::{ClinicianId, PersonId, PracticeId, Uuid};
use terms::Payer;

use crate::model::Profile;
use crate::{form, queries, views};

/// The table. Whom somebody sees is theirs to say like when they work, and asked as that.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/p/{practice}/profile", Asks::act("see_hours"), profile).post(
        "/p/{practice}/profile",
        Asks::act("set_hours"),
        say,
    )
}

/// What the page shows besides what is typed.
#[derive(Debug)]
pub(crate) struct Page {
    pub practice: PracticeId,
    pub payers: Vec<Payer>,
    /// Something was said before.
    pub stands: bool,
}

/// The one who acts as a clinician here. For whoever treats nobody the act is asked about nobody's
/// hours, so that it is refused and stands on the record.
async fn own(tx: &mut Tx, practice: PracticeId) -> web::Result<Hours> {
    let person = tx.acting().person().ok_or(web::Error::NotFound)?;
    let all = people::clinicians(tx, practice).await?;
    let own = all.into_iter().find(|it| it.person == person);
    Ok(own.map_or(
        Hours { practice, clinician: ClinicianId(Uuid::nil()), person: PersonId(Uuid::nil()) },
        |it| Hours { practice, clinician: it.id, person },
    ))
}

async fn page_of(tx: &mut Tx, own: Hours) -> web::Result<(Page, Option<Profile>)> {
    let stands = queries::profiles(tx, own.practice).await?.remove(&own.clinician);
    let payers = terms::payers(tx).await?;
    Ok((Page { practice: own.practice, payers, stands: stands.is_some() }, stands))
}

async fn profile(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let own = own(&mut tx, id).await?;
    tx.may(Act::SeeHours, &own, &[&practice]).await?;
    // Others read what a clinician says where they need it, beside a request; the form is hers.
    if Some(own.person) != acting.person() {
        return Err(web::Error::NotFound);
    }
    let (page, stands) = page_of(&mut tx, own).await?;
    tx.commit().await?;
    let typed = form::typed(&stands.unwrap_or_default());
    let once = house.new_id::<Uuid>().to_string();
    Ok(views::profile(&once, &page, &typed, &Faults::none()).into_response())
}

async fn say(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    let own = own(&mut tx, id).await?;
    tx.may(Act::SetHours, &own, &[&practice]).await?;
    let (page, _) = page_of(&mut tx, own).await?;
    let codes: Vec<String> = page.payers.iter().map(|payer| payer.code.to_string()).collect();
    let profile = match form::read(&typed, &codes) {
        Ok(profile) => profile,
        Err(faults) => {
            tx.rollback().await?;
            let once = house.new_id::<Uuid>().to_string();
            let page = views::profile(&once, &page, &typed, &faults);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    crate::say(&mut tx, id, own.clinician, &profile).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/p/{id}/profile")).into_response())
}
