//! The inbox of whoever received requests: the operator's coordinators, or a practice's people.

mod views;

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use ground::db::Tx;
use ground::duty::{Duty, Finding, Presses};
use ground::html::{Faults, Typed};
use ground::policy::{Act, Practice};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{LeadId, PracticeId, Uuid};
use jiff::SignedDuration;

use self::views::{Here, Shown};
use crate::clock::answer_due;
use crate::model::{Channel, Contact, Lead, Named, Outcome, Why};
use crate::{queries, words};

/// What a browser sends.
type Sent = Form<Vec<(String, String)>>;

/// An answer that is due within this is a duty of now.
const NEAR: SignedDuration = SignedDuration::from_hours(2);

/// The table: the operator's desk, and a practice's own inbox.
pub(crate) fn routes(routes: Routes) -> Routes {
    let (see, work) = (Asks::act("see_leads"), Asks::act("work_lead"));
    routes
        .get("/desk/leads", see, inbox)
        .get("/desk/leads/{lead}", see, lead)
        .post("/desk/leads/{lead}/contacts", work, contact)
        .post("/desk/leads/{lead}/closing", work, close)
        .get("/p/{practice}/leads", see, inbox_of)
        .get("/p/{practice}/leads/{lead}", see, lead_of)
        .post("/p/{practice}/leads/{lead}/contacts", work, contact_of)
        .post("/p/{practice}/leads/{lead}/closing", work, close_of)
}

/// Whose inbox a request is about.
struct Desk {
    holder: PracticeId,
    practice: Practice,
    base: String,
}

impl Desk {
    /// The operator's, for its people; for others it is not there.
    fn of_operator(acting: &Acting) -> web::Result<Self> {
        let holder = acting.operator().ok_or(web::Error::NotFound)?;
        let practice = acting.known(holder).ok_or(web::Error::NotFound)?;
        Ok(Self { holder, practice, base: "/desk/leads".into() })
    }

    /// A practice's own.
    fn of_practice(acting: &Acting, id: Uuid) -> web::Result<Self> {
        let holder = PracticeId(id);
        let practice = acting.known(holder).ok_or(web::Error::NotFound)?;
        Ok(Self { holder, practice, base: format!("/p/{id}/leads") })
    }

    async fn here(&self, tx: &mut Tx) -> web::Result<Here> {
        let form = queries::form(tx, self.holder).await?.ok_or(web::Error::NotFound)?;
        Ok(Here {
            base: self.base.clone(),
            zone: form.zone,
            now: tx.house().now(),
            once: tx.house().new_id::<Uuid>().to_string(),
            payers: crate::payers(tx).await?,
        })
    }

    fn lead(&self, id: LeadId) -> Named {
        Named { holder: self.holder, id }
    }

    fn back(&self, id: LeadId) -> Response {
        Redirect::to(&format!("{}/{id}", self.base)).into_response()
    }
}

async fn inbox(house: State<House>, acting: Acting) -> web::Result {
    show_inbox(&house, &acting, Desk::of_operator(&acting)?).await
}

async fn inbox_of(house: State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    show_inbox(&house, &acting, Desk::of_practice(&acting, id)?).await
}

async fn lead(house: State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    show_lead(&house, &acting, Desk::of_operator(&acting)?, LeadId(id)).await
}

async fn lead_of(
    house: State<House>,
    acting: Acting,
    Path((practice, id)): Path<(Uuid, Uuid)>,
) -> web::Result {
    show_lead(&house, &acting, Desk::of_practice(&acting, practice)?, LeadId(id)).await
}

async fn contact(
    house: State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    sent: Sent,
) -> web::Result {
    write_contact(&house, &acting, Desk::of_operator(&acting)?, LeadId(id), sent).await
}

async fn contact_of(
    house: State<House>,
    acting: Acting,
    Path((practice, id)): Path<(Uuid, Uuid)>,
    sent: Sent,
) -> web::Result {
    write_contact(&house, &acting, Desk::of_practice(&acting, practice)?, LeadId(id), sent).await
}

async fn close(
    house: State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    sent: Sent,
) -> web::Result {
    close_lead(&house, &acting, Desk::of_operator(&acting)?, LeadId(id), sent).await
}

async fn close_of(
    house: State<House>,
    acting: Acting,
    Path((practice, id)): Path<(Uuid, Uuid)>,
    sent: Sent,
) -> web::Result {
    close_lead(&house, &acting, Desk::of_practice(&acting, practice)?, LeadId(id), sent).await
}

async fn show_inbox(house: &House, acting: &Acting, desk: Desk) -> web::Result {
    let mut tx = house.begin(acting).await?;
    tx.may(Act::SeeLeads, &desk.practice, &[]).await?;
    let leads = queries::open_leads(&mut tx, desk.holder).await?;
    let here = desk.here(&mut tx).await?;
    Ok(views::inbox(&here, &leads).into_response())
}

async fn show_lead(house: &House, acting: &Acting, desk: Desk, id: LeadId) -> web::Result {
    let mut tx = house.begin(acting).await?;
    tx.may(Act::SeeLeads, &desk.practice, &[]).await?;
    let lead = queries::lead(&mut tx, desk.holder, id).await?.ok_or(web::Error::NotFound)?;
    let page = page(&mut tx, &desk, lead, &Typed::none(), &Faults::none()).await?;
    Ok(page.into_response())
}

async fn page(
    tx: &mut Tx,
    desk: &Desk,
    lead: Lead,
    typed: &Typed,
    faults: &Faults,
) -> web::Result<maud::Markup> {
    let here = desk.here(tx).await?;
    let concern = queries::concern(tx, desk.holder, lead.id).await?;
    let contacts = queries::contacts(tx, desk.holder, lead.id).await?;
    Ok(views::lead(&here, &Shown { lead, concern, contacts }, typed, faults))
}

/// Reads how somebody was tried, among the ways to which they agreed.
fn read_contact(typed: &Typed, lead: &Lead) -> Result<Contact, Faults> {
    let mut faults = Faults::none();
    let channel = Channel::of(typed.one("channel")).filter(|way| lead.may_be_tried(*way));
    if channel.is_none() {
        faults.add("channel", words::CHOOSE_CHANNEL);
    }
    let outcome = Outcome::of(typed.one("outcome"));
    if outcome.is_none() {
        faults.add("outcome", words::CHOOSE_OUTCOME);
    }
    match (channel, outcome) {
        (Some(channel), Some(outcome)) => Ok(Contact {
            channel,
            outcome,
            need_known: typed.has("known", "need"),
            pay_known: typed.has("known", "pay"),
        }),
        _ => Err(faults),
    }
}

async fn write_contact(
    house: &House,
    acting: &Acting,
    desk: Desk,
    id: LeadId,
    Form(sent): Sent,
) -> web::Result {
    let typed: Typed = sent.into_iter().collect();
    let mut tx = house.begin(acting).await?;
    tx.may(Act::WorkLead, &desk.lead(id), &[&desk.practice]).await?;
    let lead = queries::lock_lead(&mut tx, desk.holder, id).await?.ok_or(web::Error::NotFound)?;
    if lead.closed.is_some() {
        return Err(web::Error::Conflict(words::IS_CLOSED.into()));
    }
    let contact = match read_contact(&typed, &lead) {
        Ok(contact) => contact,
        Err(faults) => {
            let page = page(&mut tx, &desk, lead, &typed, &faults).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let once = typed.one("once").parse().unwrap_or_else(|_| house.new_id());
    crate::contacted(&mut tx, desk.holder, &lead, once, &contact).await?;
    tx.commit().await?;
    Ok(desk.back(id))
}

async fn close_lead(
    house: &House,
    acting: &Acting,
    desk: Desk,
    id: LeadId,
    Form(sent): Sent,
) -> web::Result {
    let typed: Typed = sent.into_iter().collect();
    let mut tx = house.begin(acting).await?;
    tx.may(Act::WorkLead, &desk.lead(id), &[&desk.practice]).await?;
    let lead = queries::lock_lead(&mut tx, desk.holder, id).await?.ok_or(web::Error::NotFound)?;
    // That a clinician took it is theirs to say, by taking it.
    let Some(why) = Why::of(typed.one("why")).filter(|why| *why != Why::Accepted) else {
        let faults = Faults::none().and("why", words::CHOOSE_WHY);
        let page = page(&mut tx, &desk, lead, &typed, &faults).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    crate::close(&mut tx, desk.holder, id, why).await?;
    tx.commit().await?;
    Ok(desk.back(id))
}

/// Who asked and waits is a duty of whoever may answer: one line for each inbox.
pub(crate) fn duties(tx: &mut Tx) -> Finding<'_> {
    Box::pin(async move {
        let acting = tx.acting().clone();
        let Acting::Workforce(worker) = &acting else {
            return Ok(vec![]);
        };
        let mut duties = Vec::new();
        for place in &worker.places {
            let holder = place.practice;
            let Some(practice) = acting.known(holder) else { continue };
            let charter = tx.house().charter();
            let says = charter.decide(&acting.asks(), &Act::SeeLeads, &practice, &[]);
            if !says.is_permit() {
                continue;
            }
            let (count, first) = queries::waiting(tx, holder).await?;
            let form = queries::form(tx, holder).await?;
            let (Some(first), Some(form)) = (first, form) else { continue };
            let due = answer_due(&form.zone, first);
            let is_near = due <= tx.house().now() + NEAR;
            duties.push(Duty {
                practice: holder,
                presses: if is_near { Presses::Now } else { Presses::Soon },
                what: words::people_wait(count),
                why: words::waits_since(&first.to_zoned_datetime(form.zone)),
                due: Some(due),
                action: words::OPEN.into(),
                href: match place.is_operator {
                    true => "/desk/leads".into(),
                    false => format!("/p/{holder}/leads"),
                },
            });
        }
        Ok(duties)
    })
}
