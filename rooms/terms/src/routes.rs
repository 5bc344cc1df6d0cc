//! The table of routes, then the handlers in its order: the terms of a practice, the desk of the
//! operator's owner, and samples for everybody. Fees have their own, in `fees`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ground::db::Tx;
use ground::policy::{Act, Practice};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{EngagementId, PracticeId, Uuid};
use jiff::civil::Date;
use people::Clinician;

use crate::model::{
    Agreement, Engagement, Facing, Party, Standing, Unwritten, UnwrittenEngagement,
};
use crate::{agreements, engagements, fees, queries, sample, views};

/// The table.
pub(crate) fn routes() -> Routes {
    let sees = Asks::act("see_terms");
    let open = Asks::nothing("a sample with made-up names, for everybody to read");
    let table = Routes::new()
        .get("/p/{practice}/terms", sees, terms)
        .get(
            "/p/{practice}/terms/propose",
            Asks::act("propose_agreement"),
            agreements::new_agreement,
        )
        .post("/p/{practice}/terms/agreements", Asks::act("propose_agreement"), agreements::propose)
        .get("/p/{practice}/terms/agreements/{agreement}", sees, agreements::agreement)
        .post(
            "/p/{practice}/terms/agreements/{agreement}/signature",
            Asks::act("sign_agreement"),
            agreements::sign,
        )
        .post(
            "/p/{practice}/terms/agreements/{agreement}/ending",
            Asks::act("sign_agreement"),
            agreements::end,
        )
        .get(
            "/p/{practice}/terms/clinicians/{clinician}/propose",
            Asks::act("propose_engagement"),
            engagements::new_engagement,
        )
        .post(
            "/p/{practice}/terms/clinicians/{clinician}/engagements",
            Asks::act("propose_engagement"),
            engagements::propose_engagement,
        )
        .get("/p/{practice}/terms/engagements/{engagement}", sees, engagements::engagement)
        .post(
            "/p/{practice}/terms/engagements/{engagement}/signature",
            Asks::act("sign_engagement"),
            engagements::sign_engagement,
        )
        .get("/desk/agreements", sees, desk)
        .get("/how-we-work/agreement", open, sample_agreement)
        .get("/how-we-work/engagement", open, sample_engagement);
    fees::routes::routes(table)
}

/// A practice as the one who acts knows it; for a stranger it is not there.
pub(crate) fn known_to(acting: &Acting, practice: PracticeId) -> web::Result<Practice> {
    acting.known(practice).ok_or(web::Error::NotFound)
}

pub(crate) fn with_faults(page: maud::Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

pub(crate) fn once(house: &House) -> String {
    house.new_id::<Uuid>().to_string()
}

/// The practice by name, with the day there.
pub(crate) async fn here(tx: &mut Tx, practice: PracticeId) -> web::Result<(Party, Date)> {
    let party = crate::party_of(tx, practice).await?.ok_or(web::Error::NotFound)?;
    let today = party.day_at(tx.house().now());
    Ok((party, today))
}

/// What the page of a practice's terms shows.
#[derive(Debug)]
pub(crate) struct Overview {
    pub party: Party,
    pub in_force: Option<Agreement>,
    /// All versions of the agreement, the newest first, each with where it stands.
    pub versions: Vec<(Agreement, Standing)>,
    pub may_propose: bool,
    /// Clinicians whose engagement the one who looks may read.
    pub engaged: Vec<Engaged>,
    /// Whether the page leads on to fees.
    pub may_set_fees: bool,
}

/// One clinician and what was agreed with them.
#[derive(Debug)]
pub(crate) struct Engaged {
    pub clinician: Clinician,
    /// All versions, the newest first.
    pub versions: Vec<(Engagement, Standing)>,
    /// They own the practice alone: nobody else could sign for it.
    pub owns_alone: bool,
    pub may_propose: bool,
}

async fn terms(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    let unwritten = Unwritten { practice: id, id: house.new_id() };
    tx.may(Act::SeeTerms, &unwritten, &[&practice]).await?;
    let (party, today) = here(&mut tx, id).await?;
    let versions = versions_of(&mut tx, id, today).await?;
    let may_propose = tx.would_allow(&Act::ProposeAgreement, &unwritten, &[&practice]);
    let may_set_fees = tx.would_allow(&Act::SetFees, &practice, &[&practice]);
    let engaged = engaged_in(&mut tx, &practice, id, today).await?;
    let in_force = versions.iter().find(|(_, stands)| *stands == Standing::InForce);
    let in_force = in_force.map(|(version, _)| version.clone());
    let page = Overview { party, in_force, versions, may_propose, engaged, may_set_fees };
    Ok(views::terms(&page).into_response())
}

/// The versions of an agreement, each with where it stands.
pub(crate) async fn versions_of(
    tx: &mut Tx,
    practice: PracticeId,
    today: Date,
) -> web::Result<Vec<(Agreement, Standing)>> {
    let in_force = queries::agreement_in_force(tx, practice, today).await?;
    let all = queries::agreements(tx, practice).await?;
    let newest = all.first().map(|it| it.id);
    let standing = all.into_iter().map(|it| {
        let version = Facing {
            is_in_force: Some(it.id) == in_force,
            is_newest: Some(it.id) == newest,
            signatures: it.signatures.len(),
            begins_on: it.terms.begins_on,
        };
        let stands = Standing::of(version, today);
        (it, stands)
    });
    Ok(standing.collect())
}

/// The clinicians whose terms the one who acts may read.
async fn engaged_in(
    tx: &mut Tx,
    practice: &Practice,
    id: PracticeId,
    today: Date,
) -> web::Result<Vec<Engaged>> {
    let owners = queries::owners(tx, id).await?;
    let mut all = queries::engagements(tx, id).await?;
    let mut engaged = Vec::new();
    for clinician in people::clinicians(tx, id).await? {
        let person = clinician.person;
        let nothing = UnwrittenEngagement { practice: id, id: tx.house().new_id(), person };
        if !tx.would_allow(&Act::SeeTerms, &nothing, &[practice]) {
            continue;
        }
        let may_propose = tx.would_allow(&Act::ProposeEngagement, &nothing, &[practice]);
        let (own, rest) =
            all.into_iter().partition::<Vec<_>, _>(|it| it.terms.clinician == clinician.id);
        all = rest;
        let in_force = queries::engagement_in_force(tx, id, clinician.id, today).await?;
        let versions = standing_of(own, in_force, today);
        let owns_alone = owners == [person];
        let may_propose = may_propose && !owns_alone;
        engaged.push(Engaged { clinician, versions, owns_alone, may_propose });
    }
    Ok(engaged)
}

pub(crate) fn standing_of(
    own: Vec<Engagement>,
    in_force: Option<EngagementId>,
    today: Date,
) -> Vec<(Engagement, Standing)> {
    let newest = own.first().map(|it| it.id);
    let standing = own.into_iter().map(|it| {
        let version = Facing {
            is_in_force: Some(it.id) == in_force,
            is_newest: Some(it.id) == newest,
            signatures: it.signatures.len(),
            begins_on: it.terms.begins_on,
        };
        let stands = Standing::of(version, today);
        (it, stands)
    });
    standing.collect()
}

/// One practice at the desk of the operator's owner.
#[derive(Debug)]
pub(crate) struct AtDesk {
    pub party: Party,
    pub in_force: Option<Agreement>,
    /// The newest version where it waits for a signature.
    pub waits: Option<Agreement>,
}

async fn desk(State(house): State<House>, acting: Acting) -> web::Result {
    let operator = acting.operator().ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    // The desk is the operator's own: the charter is asked about an agreement of no practice yet.
    let unwritten = Unwritten { practice: operator, id: house.new_id() };
    tx.may(Act::SeeTerms, &unwritten, &[&Practice::operator(operator)]).await?;
    let mut list = Vec::new();
    for party in queries::parties(&mut tx).await?.into_iter().filter(|it| !it.is_operator) {
        let today = party.day_at(house.now());
        let versions = versions_of(&mut tx, party.id, today).await?;
        let of = |wanted| versions.iter().find(|(_, stands)| *stands == wanted);
        let in_force = of(Standing::InForce).map(|(it, _)| it.clone());
        let waits = of(Standing::Proposed).map(|(it, _)| it.clone());
        list.push(AtDesk { party, in_force, waits });
    }
    Ok(views::desk(&list).into_response())
}

async fn sample_agreement() -> maud::Markup {
    views::sample(&sample::agreement())
}

async fn sample_engagement() -> maud::Markup {
    views::sample(&sample::engagement())
}
