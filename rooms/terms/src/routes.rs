//! The table of routes, then the handlers in its order: the terms of a practice, the desk of the
//! operator's owner, and samples for everybody. Fees have their own, in `fees`.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use ground::db::{self, Tx};
use ground::html::{Faults, Typed};
use ground::policy::{Act, Practice, Side, Thing};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{AgreementId, ClinicianId, EngagementId, PersonId, PracticeId, Uuid};
use jiff::civil::Date;
use people::Clinician;

use crate::model::{Agreement, AgreementEnding, Engagement, Party, Unwritten, UnwrittenEngagement};
use crate::model::{Facing, Standing};
use crate::{fees, form, queries, sample, views, words};

/// Longest name that somebody signs with.
const NAME_MAX: usize = 120;

/// The table.
pub(crate) fn routes() -> Routes {
    let sees = Asks::act("see_terms");
    let open = Asks::nothing("a sample with made-up names, for everybody to read");
    let table = Routes::new()
        .get("/p/{practice}/terms", sees, terms)
        .get("/p/{practice}/terms/propose", Asks::act("propose_agreement"), new_agreement)
        .post("/p/{practice}/terms/agreements", Asks::act("propose_agreement"), propose)
        .get("/p/{practice}/terms/agreements/{agreement}", sees, agreement)
        .post(
            "/p/{practice}/terms/agreements/{agreement}/signature",
            Asks::act("sign_agreement"),
            sign,
        )
        .post("/p/{practice}/terms/agreements/{agreement}/ending", Asks::act("sign_agreement"), end)
        .get(
            "/p/{practice}/terms/clinicians/{clinician}/propose",
            Asks::act("propose_engagement"),
            new_engagement,
        )
        .post(
            "/p/{practice}/terms/clinicians/{clinician}/engagements",
            Asks::act("propose_engagement"),
            propose_engagement,
        )
        .get("/p/{practice}/terms/engagements/{engagement}", sees, engagement)
        .post(
            "/p/{practice}/terms/engagements/{engagement}/signature",
            Asks::act("sign_engagement"),
            sign_engagement,
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

/// Whether the charter would say yes, for what a page offers; nothing is written about it.
fn would_allow(tx: &Tx, act: &Act, thing: &dyn Thing, practice: &Practice) -> bool {
    tx.house().charter().decide(&tx.acting().asks(), act, thing, &[practice]).is_permit()
}

pub(crate) fn with_faults(page: maud::Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

pub(crate) fn once(house: &House) -> String {
    house.new_id::<Uuid>().to_string()
}

/// The practice by name, with the day there.
pub(crate) async fn here(tx: &mut Tx, practice: PracticeId) -> web::Result<(Party, Date)> {
    let all = queries::parties(tx).await?;
    let party = all.into_iter().find(|it| it.id == practice && !it.is_operator);
    let party = party.ok_or(web::Error::NotFound)?;
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
    let may_propose = would_allow(&tx, &Act::ProposeAgreement, &unwritten, &practice);
    let may_set_fees = would_allow(&tx, &Act::SetFees, &practice, &practice);
    let engaged = engaged_in(&mut tx, &practice, id, today).await?;
    let in_force = versions.iter().find(|(_, stands)| *stands == Standing::InForce);
    let in_force = in_force.map(|(version, _)| version.clone());
    let page = Overview { party, in_force, versions, may_propose, engaged, may_set_fees };
    Ok(views::terms(&page).into_response())
}

/// The versions of an agreement, each with where it stands.
async fn versions_of(
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
        if !would_allow(tx, &Act::SeeTerms, &nothing, practice) {
            continue;
        }
        let may_propose = would_allow(tx, &Act::ProposeEngagement, &nothing, practice);
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

fn standing_of(
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

async fn new_agreement(
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

async fn propose(
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
async fn version(
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

fn may_do(
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
        .find(|&side| would_allow(tx, &Act::SignAgreement { side }, version, practice));
    let ending = Unwritten { practice: version.practice, id: tx.house().new_id() };
    let can_end = matches!(stands, Standing::InForce | Standing::Coming);
    let can_end = can_end && version.ending.is_none();
    let end = sides
        .into_iter()
        .filter(|_| can_end)
        .find(|&side| would_allow(tx, &Act::SignAgreement { side }, &ending, practice));
    MayDo { sign, end: end.map(|side| (side, version.may_end_on(side, today))) }
}

async fn agreement(
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

/// The name that somebody typed, if it is one.
fn typed_name(typed: &Typed) -> Result<&str, Faults> {
    let name = typed.one("typed_name").trim();
    match (1..=NAME_MAX).contains(&name.chars().count()) {
        true => Ok(name),
        false => Err(Faults::none().and("typed_name", words::ENTER_OWN_NAME)),
    }
}

/// What a signature that a constraint refuses is answered with; a second press is as the first.
fn not_signed(error: db::Error) -> web::Result<()> {
    match error {
        db::Error::Conflict(name) => match name.as_str() {
            "signature_pkey" | "engagement_signature_pkey" => Ok(()),
            "the_newest_version_is_signed" => {
                Err(web::Error::Conflict(words::NEWER_VERSION.into()))
            }
            "nobody_signs_for_both_sides" | "nobody_signs_for_both_sides_of_an_engagement" => {
                Err(web::Error::Conflict(words::ONE_SIDE_ONLY.into()))
            }
            _ => Err(db::Error::Conflict(name).into()),
        },
        error => Err(error.into()),
    }
}

/// The side that a form names; a form of ours always names one.
fn side_of(typed: &Typed) -> web::Result<Side> {
    typed.one("side").parse().map_err(|_| web::Error::NotFound)
}

async fn sign(
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

/// Whether this person's name stands there already for this side: they pressed twice.
fn signed_before(signatures: &[crate::Signature], side: Side, by: PersonId) -> bool {
    signatures.iter().any(|it| it.side == side && it.by == by)
}

async fn end(
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

/// The clinician whom a path names.
async fn clinician_of(
    tx: &mut Tx,
    practice: PracticeId,
    id: ClinicianId,
) -> web::Result<Clinician> {
    let all = people::clinicians(tx, practice).await?;
    all.into_iter().find(|it| it.id == id).ok_or(web::Error::NotFound)
}

async fn new_engagement(
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

async fn propose_engagement(
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
async fn engagement_version(
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

fn may_sign(
    tx: &Tx,
    (version, stands): &(Engagement, Standing),
    practice: &Practice,
) -> Option<Side> {
    let is_free = |side: &Side| !version.signatures.iter().any(|it| it.side == *side);
    let sides = [Side::Clinician, Side::Practice].into_iter().filter(is_free);
    let mut sides = sides.filter(|_| *stands == Standing::Proposed);
    sides.find(|&side| would_allow(tx, &Act::SignEngagement { side }, version, practice))
}

async fn engagement(
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

async fn sign_engagement(
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
