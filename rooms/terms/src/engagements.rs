//! Engagements: proposed, read and signed, each handler in the order of the table.

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect};
use ground::db::{self, Tx};
use ground::html::{Faults, Typed};
use ground::policy::{Act, Practice, Side};
use ground::web;
use ground::{Acting, House};
use ids::{ClinicianId, EngagementId, PracticeId, Uuid};
use jiff::civil::Date;
use people::Clinician;

use crate::model::{Engagement, Standing, UnwrittenEngagement};
use crate::routes::{here, known_to, once, standing_of, with_faults};
use crate::signing::{not_signed, side_of, signed_before, typed_name};
use crate::{form, queries, sample, views};

/// The clinician whom a path names.
pub(crate) async fn clinician_of(
    tx: &mut Tx,
    practice: PracticeId,
    id: ClinicianId,
) -> web::Result<Clinician> {
    let all = people::clinicians(tx, practice).await?;
    all.into_iter().find(|it| it.id == id).ok_or(web::Error::NotFound)
}

pub(crate) async fn new_engagement(
    State(house): State<House>,
    acting: Acting,
    Path((id, clinician)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    let (party, today) = here(&mut tx, id).await?;
    let clinician = clinician_of(&mut tx, id, ClinicianId(clinician)).await?;
    let fresh: EngagementId = house.new_id();
    let nothing = UnwrittenEngagement { practice: id, id: fresh, person: clinician.person };
    tx.may(Act::ProposeEngagement, &nothing, &[&practice]).await?;
    let all = queries::engagements(&mut tx, id).await?;
    let last = all.into_iter().find(|it| it.terms.clinician == clinician.id);
    let open = match last {
        Some(last) => crate::NewEngagement { begins_on: today, ends_on: None, ..last.terms },
        None => sample::at_a_share(clinician.id, today, money::BasisPoints(6_000)),
    };
    let typed = form::typed_engagement(&open);
    let once = fresh.to_string();
    Ok(views::new_engagement(&party, &clinician, &once, &typed, &Faults::none()).into_response())
}

pub(crate) async fn propose_engagement(
    State(house): State<House>,
    acting: Acting,
    Path((id, clinician)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let typed: Typed = pairs.into_iter().collect();
    let fresh = typed.one("once").parse().unwrap_or_else(|_| house.new_id::<EngagementId>());
    let mut tx = house.begin(&acting).await?;
    let (party, today) = here(&mut tx, id).await?;
    let clinician = clinician_of(&mut tx, id, ClinicianId(clinician)).await?;
    let nothing = UnwrittenEngagement { practice: id, id: fresh, person: clinician.person };
    tx.may(Act::ProposeEngagement, &nothing, &[&practice]).await?;
    let terms = match form::engagement(&typed, clinician.id, today) {
        Ok(terms) => terms,
        Err(faults) => {
            let once = once(&house);
            let page = views::new_engagement(&party, &clinician, &once, &typed, &faults);
            return Ok(with_faults(page));
        }
    };
    match crate::propose_engagement_as(&mut tx, id, fresh, &terms).await {
        Ok(()) => tx.commit().await?,
        Err(db::Error::Conflict(name)) if name == "engagement_pkey" => tx.rollback().await?,
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(&views::engagement_path(id, fresh)).into_response())
}

/// One version of an engagement, with its clinician and where it stands.
pub(crate) async fn engagement_version(
    tx: &mut Tx,
    practice: PracticeId,
    id: EngagementId,
    today: Date,
) -> web::Result<(Engagement, Standing)> {
    let all = queries::engagements(tx, practice).await?;
    let whose = all.iter().find(|it| it.id == id).map(|it| it.terms.clinician);
    let whose = whose.ok_or(web::Error::NotFound)?;
    let in_force = queries::engagement_in_force(tx, practice, whose, today).await?;
    let own = all.into_iter().filter(|it| it.terms.clinician == whose).collect();
    let found = standing_of(own, in_force, today).into_iter().find(|(it, _)| it.id == id);
    found.ok_or(web::Error::NotFound)
}

pub(crate) fn may_sign(
    tx: &Tx,
    (version, stands): &(Engagement, Standing),
    practice: &Practice,
) -> Option<Side> {
    let is_free = |side: &Side| !version.signatures.iter().any(|it| it.side == *side);
    let sides = [Side::Clinician, Side::Practice].into_iter().filter(is_free);
    let mut sides = sides.filter(|_| *stands == Standing::Proposed);
    sides.find(|&side| tx.would_allow(&Act::SignEngagement { side }, version, &[practice]))
}

pub(crate) async fn engagement(
    State(house): State<House>,
    acting: Acting,
    Path((id, engagement)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    let (party, today) = here(&mut tx, id).await?;
    let found = engagement_version(&mut tx, id, EngagementId(engagement), today).await?;
    tx.may(Act::SeeTerms, &found.0, &[&practice]).await?;
    let sign = may_sign(&tx, &found, &practice);
    let (typed, faults) = (Typed::none(), Faults::none());
    let page = views::engagement(&party, &found, sign, &once(&house), &typed, &faults);
    Ok(page.into_response())
}

pub(crate) async fn sign_engagement(
    State(house): State<House>,
    acting: Acting,
    Path((id, engagement)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let (id, engagement) = (PracticeId(id), EngagementId(engagement));
    let practice = known_to(&acting, id)?;
    let by = acting.person().ok_or(web::Error::NotFound)?;
    let typed: Typed = pairs.into_iter().collect();
    let side = side_of(&typed)?;
    let mut tx = house.begin(&acting).await?;
    let (party, today) = here(&mut tx, id).await?;
    let found = engagement_version(&mut tx, id, engagement, today).await?;
    let path = views::engagement_path(id, engagement);
    if signed_before(&found.0.signatures, side, by) {
        return Ok(Redirect::to(&path).into_response());
    }
    tx.may(Act::SignEngagement { side }, &found.0, &[&practice]).await?;
    let name = match typed_name(&typed) {
        Ok(name) => name,
        Err(faults) => {
            let sign = may_sign(&tx, &found, &practice);
            let page = views::engagement(&party, &found, sign, &once(&house), &typed, &faults);
            return Ok(with_faults(page));
        }
    };
    match crate::sign_engagement(&mut tx, id, engagement, side, by, name).await {
        Ok(()) => tx.commit().await?,
        Err(error) => not_signed(error)?,
    }
    Ok(Redirect::to(&path).into_response())
}
