//! Agreements: proposed, read, signed and ended, each handler in the order of the table.

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect};
use ground::db::{self, Tx};
use ground::html::{Faults, Typed};
use ground::policy::{Act, Practice, Side};
use ground::web;
use ground::{Acting, House};
use ids::{AgreementId, PracticeId, Uuid};
use jiff::civil::Date;

use crate::model::{Agreement, AgreementEnding, Standing, Unwritten};
use crate::routes::{here, known_to, once, versions_of, with_faults};
use crate::signing::{not_signed, side_of, signed_before, typed_name};
use crate::{form, queries, sample, views, words};

pub(crate) async fn new_agreement(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    let fresh: AgreementId = house.new_id();
    let unwritten = Unwritten { practice: id, id: fresh };
    tx.may(Act::ProposeAgreement, &unwritten, &[&practice]).await?;
    let (party, today) = here(&mut tx, id).await?;
    // The form opens with what was agreed last, or with list prices of nothing chosen.
    let last = queries::agreements(&mut tx, id).await?.into_iter().next();
    let shared: Vec<_> =
        last.iter().flat_map(|it| it.terms.services.iter().map(|it| it.service)).collect();
    let mut open = sample::at_list_prices(today, &shared);
    if let Some(last) = last {
        open.notice_days = last.terms.notice_days;
        for (fresh, kept) in open.services.iter_mut().zip(last.terms.services) {
            fresh.clause = kept.clause;
            fresh.fair_market.method = kept.fair_market.method;
            fresh.fair_market.evidence = kept.fair_market.evidence;
        }
    }
    let typed = form::typed_agreement(&open);
    let page = views::new_agreement(&party, &fresh.to_string(), &typed, &Faults::none());
    Ok(page.into_response())
}

pub(crate) async fn propose(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let typed: Typed = pairs.into_iter().collect();
    // The once-key of the form is the version's id, so that a double press is one proposal.
    let fresh = typed.one("once").parse().unwrap_or_else(|_| house.new_id::<AgreementId>());
    let mut tx = house.begin(&acting).await?;
    let unwritten = Unwritten { practice: id, id: fresh };
    tx.may(Act::ProposeAgreement, &unwritten, &[&practice]).await?;
    let (party, today) = here(&mut tx, id).await?;
    let terms = match form::agreement(&typed, today) {
        Ok(terms) => terms,
        Err(faults) => {
            let page = views::new_agreement(&party, &once(&house), &typed, &faults);
            return Ok(with_faults(page));
        }
    };
    match crate::propose_agreement_as(&mut tx, id, fresh, &terms).await {
        Ok(()) => tx.commit().await?,
        Err(db::Error::Conflict(name)) if name == "agreement_pkey" => tx.rollback().await?,
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(&views::agreement_path(id, fresh)).into_response())
}

/// One version of an agreement, or nothing there.
pub(crate) async fn version(
    tx: &mut Tx,
    practice: PracticeId,
    id: AgreementId,
    today: Date,
) -> web::Result<(Agreement, Standing)> {
    let all = versions_of(tx, practice, today).await?;
    all.into_iter().find(|(it, _)| it.id == id).ok_or(web::Error::NotFound)
}

/// What a version offers to the one who reads it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct MayDo {
    /// Sign for this side.
    pub sign: Option<Side>,
    /// End it for this side, from this day at the earliest.
    pub end: Option<(Side, Date)>,
}

pub(crate) fn may_do(
    tx: &Tx,
    (version, stands): &(Agreement, Standing),
    practice: &Practice,
    today: Date,
) -> MayDo {
    let sides = [Side::Practice, Side::Operator];
    let is_free = |side: &&Side| !version.signatures.iter().any(|it| it.side == **side);
    let sign = sides.iter().filter(|_| *stands == Standing::Proposed).filter(is_free).copied();
    let sign = sign
        .into_iter()
        .find(|&side| tx.would_allow(&Act::SignAgreement { side }, version, &[practice]));
    let ending = Unwritten { practice: version.practice, id: tx.house().new_id() };
    let can_end = matches!(stands, Standing::InForce | Standing::Coming);
    let can_end = can_end && version.ending.is_none();
    let end = sides
        .into_iter()
        .filter(|_| can_end)
        .find(|&side| tx.would_allow(&Act::SignAgreement { side }, &ending, &[practice]));
    MayDo { sign, end: end.map(|side| (side, version.may_end_on(side, today))) }
}

pub(crate) async fn agreement(
    State(house): State<House>,
    acting: Acting,
    Path((id, agreement)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    let unwritten = Unwritten { practice: id, id: AgreementId(agreement) };
    tx.may(Act::SeeTerms, &unwritten, &[&practice]).await?;
    let (party, today) = here(&mut tx, id).await?;
    let found = version(&mut tx, id, AgreementId(agreement), today).await?;
    let may = may_do(&tx, &found, &practice, today);
    let page =
        views::agreement(&party, &found, may, &once(&house), &Typed::none(), &Faults::none());
    Ok(page.into_response())
}

pub(crate) async fn sign(
    State(house): State<House>,
    acting: Acting,
    Path((id, agreement)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let (id, agreement) = (PracticeId(id), AgreementId(agreement));
    let practice = known_to(&acting, id)?;
    let by = acting.person().ok_or(web::Error::NotFound)?;
    let typed: Typed = pairs.into_iter().collect();
    let side = side_of(&typed)?;
    let mut tx = house.begin(&acting).await?;
    let (party, today) = here(&mut tx, id).await?;
    let found = version(&mut tx, id, agreement, today).await?;
    if signed_before(&found.0.signatures, side, by) {
        return Ok(Redirect::to(&views::agreement_path(id, agreement)).into_response());
    }
    tx.may(Act::SignAgreement { side }, &found.0, &[&practice]).await?;
    let name = match typed_name(&typed) {
        Ok(name) => name,
        Err(faults) => {
            let may = may_do(&tx, &found, &practice, today);
            let page = views::agreement(&party, &found, may, &once(&house), &typed, &faults);
            return Ok(with_faults(page));
        }
    };
    match crate::sign_agreement(&mut tx, id, agreement, side, by, name).await {
        Ok(()) => tx.commit().await?,
        Err(error) => not_signed(error)?,
    }
    Ok(Redirect::to(&views::agreement_path(id, agreement)).into_response())
}

pub(crate) async fn end(
    State(house): State<House>,
    acting: Acting,
    Path((id, agreement)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let (id, agreement) = (PracticeId(id), AgreementId(agreement));
    let practice = known_to(&acting, id)?;
    let by = acting.person().ok_or(web::Error::NotFound)?;
    let typed: Typed = pairs.into_iter().collect();
    let side = side_of(&typed)?;
    let mut tx = house.begin(&acting).await?;
    let (_, today) = here(&mut tx, id).await?;
    // An end is one side's word alone: whoever signed the agreement may give it.
    let ending = Unwritten { practice: id, id: agreement };
    tx.may(Act::SignAgreement { side }, &ending, &[&practice]).await?;
    let (found, stands) = version(&mut tx, id, agreement, today).await?;
    if found.ending.is_some() {
        return Err(web::Error::Conflict(words::ENDED_ALREADY.into()));
    }
    if !matches!(stands, Standing::InForce | Standing::Coming) {
        return Err(web::Error::Conflict(words::ONLY_IN_FORCE_ENDS.into()));
    }
    let ends_on = found.may_end_on(side, today);
    crate::end_agreement(&mut tx, id, agreement, AgreementEnding { side, ends_on }, by).await?;
    tx.commit().await?;
    Ok(Redirect::to(&views::agreement_path(id, agreement)).into_response())
}
