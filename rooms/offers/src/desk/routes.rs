//! A request on the desk: who could take it, put before one of them, and taken back.

use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use fit::{Candidates, Caseloads, Stands};
use ground::db::{self, Tx};
use ground::html::Typed;
use ground::policy::{Act, Practice, Service};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{ClinicianId, LeadId, OfferId, PersonId, PracticeId, Uuid};
use jiff::tz::TimeZone;
use leads::{Lead, Request};

use super::queries::{self, Sent};
use super::telling::{self, Paying};
use super::views;
use crate::offer::model::{Named, NewOffer, Offer, Told};
use crate::offer::queries::{Back, come_back, find};
use crate::{known_to, offer, words};

/// The table: the operator's desk, and a practice's own inbox.
pub(crate) fn routes(before: Routes) -> Routes {
    let see = Asks::act("see_leads");
    let (make, withdraw) = (Asks::act("make_offer"), Asks::act("withdraw_offer"));
    before
        .get("/desk/leads/{lead}/fit", see, fit_page)
        .post("/desk/leads/{lead}/offers", make, put)
        .post("/desk/leads/{lead}/offers/withdrawal", withdraw, take_back)
        .get("/p/{practice}/leads/{lead}/fit", see, fit_page_of)
        .post("/p/{practice}/leads/{lead}/offers", make, put_of)
        .post("/p/{practice}/leads/{lead}/offers/withdrawal", withdraw, take_back_of)
}

/// Whose requests these are, and which one.
struct Desk {
    holder: PracticeId,
    practice: Practice,
    lead: LeadId,
    /// The page of the request.
    at: String,
}

impl Desk {
    /// The operator's, for its people; for others it is not there.
    fn of_operator(acting: &Acting, lead: Uuid) -> web::Result<Self> {
        let holder = acting.operator().ok_or(web::Error::NotFound)?;
        let practice = known_to(acting, holder)?;
        Ok(Self { holder, practice, lead: LeadId(lead), at: format!("/desk/leads/{lead}") })
    }

    /// A practice's own.
    fn of_practice(acting: &Acting, id: Uuid, lead: Uuid) -> web::Result<Self> {
        let holder = PracticeId(id);
        let practice = known_to(acting, holder)?;
        Ok(Self { holder, practice, lead: LeadId(lead), at: format!("/p/{id}/leads/{lead}") })
    }

    /// The request, without what brings the person.
    async fn lead(&self, tx: &mut Tx) -> web::Result<Lead> {
        leads::lead(tx, self.holder, self.lead).await?.ok_or(web::Error::NotFound)
    }

    /// The request with what brings the person, opened: after the charter was asked.
    async fn open(&self, tx: &mut Tx) -> web::Result<Request> {
        leads::for_offer(tx, self.holder, self.lead).await?.ok_or(web::Error::NotFound)
    }

    fn back(&self) -> Response {
        Redirect::to(&format!("{}/fit", self.at)).into_response()
    }
}

type Pairs = Vec<(String, String)>;

async fn fit_page(
    State(house): State<House>,
    acting: Acting,
    Path(lead): Path<Uuid>,
    Query(query): Query<Pairs>,
) -> web::Result {
    show(&house, &acting, &Desk::of_operator(&acting, lead)?, query).await
}

async fn fit_page_of(
    State(house): State<House>,
    acting: Acting,
    Path((practice, lead)): Path<(Uuid, Uuid)>,
    Query(query): Query<Pairs>,
) -> web::Result {
    show(&house, &acting, &Desk::of_practice(&acting, practice, lead)?, query).await
}

async fn put(
    State(house): State<House>,
    acting: Acting,
    Path(lead): Path<Uuid>,
    Form(pairs): Form<Pairs>,
) -> web::Result {
    put_before(&house, &acting, &Desk::of_operator(&acting, lead)?, pairs).await
}

async fn put_of(
    State(house): State<House>,
    acting: Acting,
    Path((practice, lead)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Pairs>,
) -> web::Result {
    put_before(&house, &acting, &Desk::of_practice(&acting, practice, lead)?, pairs).await
}

async fn take_back(
    State(house): State<House>,
    acting: Acting,
    Path(lead): Path<Uuid>,
) -> web::Result {
    take(&house, &acting, &Desk::of_operator(&acting, lead)?).await
}

async fn take_back_of(
    State(house): State<House>,
    acting: Acting,
    Path((practice, lead)): Path<(Uuid, Uuid)>,
) -> web::Result {
    take(&house, &acting, &Desk::of_practice(&acting, practice, lead)?).await
}

/// Whom a holder's request can go to: the operator's to the practices that share leads with it, a
/// practice's own to its own clinicians.
fn reach(acting: &Acting, holder: PracticeId) -> Vec<PracticeId> {
    match acting {
        Acting::Workforce(worker) if acting.operator() == Some(holder) => (worker.serves.iter())
            .filter(|served| served.services.contains(&Service::Leads))
            .map(|served| served.practice)
            .collect(),
        _ => vec![holder],
    }
}

/// Who could take a request; nobody can where its state is none of ours.
async fn candidates(
    tx: &mut Tx,
    request: &Request,
    paying: Paying,
    practices: &[PracticeId],
) -> db::Result<Option<Candidates>> {
    let Some(wanted) = telling::wanted(request, paying) else {
        return Ok(None);
    };
    let caseloads: Caseloads = (queries::caseloads(tx, practices).await?.into_iter())
        .map(|(practice, clinician, count)| ((practice, clinician), count))
        .collect();
    fit::candidates(tx, practices, &wanted, &caseloads).await.map(Some)
}

/// Where a request is now.
#[derive(Debug)]
pub(crate) struct Out {
    pub sent: Sent,
    /// Before whom, by name.
    pub name: String,
    pub zone: TimeZone,
}

/// What the page shows.
#[derive(Debug)]
pub(crate) struct Page {
    /// The page of the request.
    pub at: String,
    pub is_closed: bool,
    pub told: Told,
    pub paying: Paying,
    pub has_insurance: bool,
    pub out: Option<Out>,
    /// Who could take it, and a once-key for each button; nothing where nobody may see them.
    pub candidates: Option<Candidates>,
    pub once_keys: Vec<String>,
    /// The one who looks may put it before somebody.
    pub may_offer: bool,
}

async fn out(tx: &mut Tx, desk: &Desk) -> web::Result<Option<Out>> {
    let Some(sent) = queries::sent_of(tx, desk.holder, desk.lead).await? else {
        return Ok(None);
    };
    let listed = people::clinicians(tx, sent.to).await?;
    let name = listed.into_iter().find(|it| it.id == sent.clinician).map(|it| it.name);
    let zone = hours::zone(tx, desk.holder).await?;
    Ok(Some(Out { sent, name: name.unwrap_or_else(|| words::SOMEBODY.into()), zone }))
}

/// The word of the query by which a page looks at somebody as if they paid themselves.
fn paying(word: &str) -> Paying {
    if word == "themselves" { Paying::Themselves } else { Paying::AsSaid }
}

async fn show(house: &House, acting: &Acting, desk: &Desk, query: Pairs) -> web::Result {
    let query: Typed = query.into_iter().collect();
    let paying = paying(query.one("pays"));
    let mut tx = house.begin(acting).await?;
    tx.may(Act::SeeLeads, &desk.practice, &[]).await?;
    let request = desk.open(&mut tx).await?;
    let practices = reach(acting, desk.holder);
    let list = candidates(&mut tx, &request, paying, &practices).await?;
    let once_keys = list.iter().flat_map(|it| &it.list).map(|_| house.new_id::<Uuid>().to_string());
    let page = Page {
        at: desk.at.clone(),
        is_closed: request.lead.closed.is_some(),
        told: telling::told(&request, paying),
        paying,
        has_insurance: telling::has_insurance(&request.lead),
        out: out(&mut tx, desk).await?,
        once_keys: once_keys.collect(),
        may_offer: may_offer(&tx, &practices),
        candidates: list,
    };
    tx.commit().await?;
    let once = house.new_id::<Uuid>().to_string();
    Ok(views::page(&once, &page).into_response())
}

/// Whether the one who looks could put a request before anybody of these practices.
fn may_offer(tx: &Tx, practices: &[PracticeId]) -> bool {
    practices.iter().any(|id| {
        let somebody = Named { practice: *id, id: Uuid::nil(), clinician: PersonId(Uuid::nil()) };
        let known = tx.acting().known(*id);
        known.is_some_and(|it| tx.would_allow(&Act::MakeOffer, &somebody, &[&it]))
    })
}

/// Before whom a form asks to put a request.
#[derive(Debug, Clone, Copy)]
struct Asked {
    practice: PracticeId,
    clinician: ClinicianId,
    offer: OfferId,
    paying: Paying,
}

fn read(typed: &Typed, house: &House) -> web::Result<Asked> {
    let practice = typed.one("practice").parse().map_err(|_| web::Error::NotFound)?;
    let clinician = typed.one("clinician").parse().map_err(|_| web::Error::NotFound)?;
    // The once-key of the form is the offer's id, so that a double press is one offer.
    let offer = typed.one("once").parse().unwrap_or_else(|_| house.new_id());
    Ok(Asked { practice, clinician, offer, paying: paying(typed.one("pays")) })
}

async fn put_before(house: &House, acting: &Acting, desk: &Desk, pairs: Pairs) -> web::Result {
    let typed: Typed = pairs.into_iter().collect();
    let asked = read(&typed, house)?;
    let practice = known_to(acting, asked.practice)?;
    let mut tx = house.begin(acting).await?;
    let listed = people::clinicians(&mut tx, asked.practice).await?;
    let listed = listed.into_iter().find(|it| it.id == asked.clinician);
    let clinician = listed.map_or(PersonId(Uuid::nil()), |it| it.person);
    let named = Named { practice: asked.practice, id: asked.offer.0, clinician };
    let permit = tx.may(Act::MakeOffer, &named, &[&practice]).await?;
    // Whoever may put something before this clinician may not put just any request: one that came
    // to the practice itself is for its own people.
    tx.may(Act::SeeLeads, &desk.practice, &[]).await?;
    let lead = desk.lead(&mut tx).await?;
    if lead.closed.is_some() || !reach(acting, desk.holder).contains(&asked.practice) {
        return Err(web::Error::Conflict(words::IS_CLOSED_SAYS.into()));
    }
    let new = new_offer(&mut tx, desk, asked).await?;
    match offer::make(&mut tx, &permit, &new).await {
        Ok(()) => tx.commit().await?,
        Err(error) => refused(error)?,
    }
    Ok(desk.back())
}

/// What a constraint says when an offer is refused: a second press is no error.
fn refused(error: db::Error) -> web::Result<()> {
    let says = match &error {
        db::Error::Conflict(name) => match name.as_str() {
            "sent_pkey" => return Ok(()),
            "offer_finds_intake_open" => words::HAS_PAUSED,
            "sent_to_one_at_a_time" | "offer_is_open_once" => words::IS_OUT,
            _ => return Err(error.into()),
        },
        _ => return Err(error.into()),
    };
    Err(web::Error::Conflict(says.into()))
}

/// The offer that a form asks for, if the clinician still fits.
async fn new_offer(tx: &mut Tx, desk: &Desk, asked: Asked) -> web::Result<NewOffer> {
    let request = desk.open(tx).await?;
    let all = candidates(tx, &request, asked.paying, &[asked.practice]).await?;
    let mut list = all.into_iter().flat_map(|it| it.list);
    let reasons = match list.find(|it| it.clinician == asked.clinician).map(|it| it.stands) {
        Some(Stands::Fits { reasons_for, reasons_against, license }) => {
            ([license].into_iter().chain(reasons_for).collect(), reasons_against)
        }
        Some(Stands::Misses(says)) => {
            let says = format!("{} {}", words::NO_LONGER_FITS, says.join(" "));
            return Err(web::Error::Conflict(says));
        }
        None => return Err(web::Error::NotFound),
    };
    Ok(NewOffer {
        practice: asked.practice,
        id: asked.offer,
        clinician: asked.clinician,
        holder: desk.holder,
        lead: desk.lead,
        told: telling::told(&request, asked.paying),
        snapshot: telling::snapshot(&request, reasons),
        on: hours::today(tx, asked.practice).await?,
    })
}

async fn take(house: &House, acting: &Acting, desk: &Desk) -> web::Result {
    let mut tx = house.begin(acting).await?;
    let sent = queries::sent_of(&mut tx, desk.holder, desk.lead).await?;
    // Back already, by a first press or by its clinician: the page shows what is so.
    let Some(sent) = sent.filter(|sent| !sent.is_taken) else {
        tx.may(Act::SeeLeads, &desk.practice, &[]).await?;
        return Ok(desk.back());
    };
    let practice = known_to(acting, sent.to)?;
    let found = find(&mut tx, sent.to, sent.offer).await?;
    let nobodys = Named { practice: sent.to, id: sent.offer.0, clinician: PersonId(Uuid::nil()) };
    let named = found.as_ref().map_or(nobodys, Offer::named);
    let permit = tx.may(Act::WithdrawOffer, &named, &[&practice]).await?;
    let found = found.ok_or(web::Error::NotFound)?;
    if offer::withdraw(&mut tx, &permit, &found).await? {
        // The job would say the same a moment later; who pressed looks now.
        come_back(&mut tx, desk.holder, sent.offer, Back::Free, house.now()).await?;
    }
    tx.commit().await?;
    Ok(desk.back())
}
