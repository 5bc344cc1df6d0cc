//! The table of routes of billing, then its handlers in the order of the table.

mod bills;
mod files;
mod waiting;

use std::collections::BTreeMap;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use ground::db::Tx;
use ground::html::{Faults, Typed};
use ground::policy::{self, Act, Practice};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{ChargeId, PracticeId, Uuid};
use jiff::SignedDuration;
use jiff::civil::Date;

use crate::charge::queries::InView;
use crate::claim::{self, Biller, Claim};
use crate::exception::queries as exceptions;
use crate::remittance::{Imported, import, queries as remittances};
use crate::views;
use crate::{charge, exchange, remittance, words};

/// The table.
pub(crate) fn routes() -> Routes {
    let routes = Routes::new()
        .get("/p/{practice}/billing", Asks::act("see_billing"), overview)
        .get("/p/{practice}/billing/charges/{charge}", Asks::act("see_billing"), one)
        .post("/p/{practice}/billing/claims/sending", Asks::act("send_claim"), send)
        .post("/p/{practice}/billing/remittances", Asks::act("import_remittance"), take_in)
        .get("/p/{practice}/billing/biller", Asks::act("set_fees"), biller)
        .post("/p/{practice}/billing/biller", Asks::act("set_fees"), set_biller);
    waiting::routes(files::routes(bills::routes(routes)))
}

/// The practice that the one who acts asks about; a stranger's is not there.
fn known(acting: &Acting, practice: PracticeId) -> web::Result<Practice> {
    acting.known(practice).ok_or(web::Error::NotFound)
}

/// A charge as the charter knows it.
struct ChargeThing {
    practice: PracticeId,
    charge: ChargeId,
    clinician: ids::PersonId,
}

impl policy::Thing for ChargeThing {
    fn uid(&self) -> policy::Uid {
        policy::Uid::new(policy::Kind::Charge, self.charge)
    }

    fn practice(&self) -> Option<policy::Uid> {
        Some(policy::Uid::new(policy::Kind::Practice, self.practice))
    }

    fn facts(&self) -> policy::Facts {
        // No charge is born from a note that is not signed: a foreign key and an invariant say so.
        policy::Facts::new()
            .with("clinician", policy::Uid::new(policy::Kind::Person, self.clinician))
            .with("signed", true)
    }
}

/// Which month is asked for: "2026-09".
#[derive(Debug, serde::Deserialize)]
struct OfMonth {
    month: Option<String>,
}

impl OfMonth {
    /// The first day of the month, or of none.
    fn first(&self) -> web::Result<Option<Date>> {
        let Some(month) = &self.month else { return Ok(None) };
        let first = format!("{month}-01").parse();
        first.map(Some).map_err(|_| web::Error::NotFound)
    }
}

/// How long what is decided stays on the first page.
const IN_SIGHT: SignedDuration = SignedDuration::from_hours(30 * 24);

async fn overview(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Query(of): Query<OfMonth>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known(&acting, id)?;
    let month = of.first()?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SeeBilling, &practice, &[]).await?;
    let page = page(&mut tx, (id, &practice), month, &Typed::none(), &Faults::none()).await?;
    Ok(page.into_response())
}

async fn page(
    tx: &mut Tx,
    (id, practice): (PracticeId, &Practice),
    month: Option<Date>,
    typed: &Typed,
    faults: &Faults,
) -> web::Result<maud::Markup> {
    let now = tx.house().now();
    let today = charge::queries::day_at(tx, id, now).await?;
    let since = today.saturating_sub(IN_SIGHT);
    let in_view = month.map_or(InView::Since(since), InView::Month);
    let charges = charge::queries::in_view(tx, id, in_view).await?;
    let of: Vec<ChargeId> = charges.iter().map(|it| it.id).collect();
    let which = claim::queries::Which { of: Some(&of), ..Default::default() };
    let claims = claim::queries::claims(tx, id, which).await?;
    let claims: BTreeMap<ChargeId, Claim> = claims.into_iter().map(|it| (it.charge, it)).collect();
    let clients = people::clients(tx, id).await?;
    let clients = clients.into_iter().map(|it| (it.id, it.name)).collect();
    let mut remittances = remittances::remittances(tx, id).await?;
    remittances.retain(|it| match (it.paid_on, month) {
        (Some(on), Some(month)) => on.first_of_month() == month,
        (Some(on), None) => since <= on || it.state != remittance::State::Posted,
        (None, month) => month.is_none(),
    });
    let months = charge::queries::months(tx, id).await?;
    let open = exceptions::open(tx, &[id]).await?.len();
    let may = |act: &Act| tx.would_allow(act, practice, &[]);
    let overview = views::overview::Overview {
        practice: id,
        month,
        months: &months,
        since,
        charges: &charges,
        claims: &claims,
        clients: &clients,
        remittances: &remittances,
        open,
        // Who takes in what payers answer also sends: both are one role's work.
        may_send: may(&Act::ImportRemittance),
        may_take_in: may(&Act::ImportRemittance),
        may_record: may(&Act::RecordPayment),
        may_see_books: may(&Act::SeeBooks),
        may_set_biller: may(&Act::SetFees),
        once: [0, 1].map(|_| tx.house().new_id::<Uuid>().to_string()),
    };
    Ok(views::overview::overview(&overview, typed, faults))
}

async fn one(
    State(house): State<House>,
    acting: Acting,
    Path((id, charge)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let (id, charge) = (PracticeId(id), ChargeId(charge));
    let practice = known(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SeeBilling, &practice, &[]).await?;
    let found = charge::queries::charges(&mut tx, id, Some(charge)).await?.pop();
    let found = found.ok_or(web::Error::NotFound)?;
    let claim = crate::claim_of(&mut tx, id, charge).await?;
    let (mut history, mut answers) = (vec![], vec![]);
    if let Some(claim) = &claim {
        history = exchange::queries::history(&mut tx, id, claim.id).await?;
        answers = remittances::answers_about(&mut tx, id, claim.id).await?;
    }
    let payers = terms::payers(&mut tx).await?;
    let payer = found.payer.as_ref().map(|code| {
        let known = payers.iter().find(|it| it.code == *code);
        known.map_or_else(|| code.to_string(), |it| it.name.clone())
    });
    let clinician = charge::queries::names(&mut tx, id, found.clinician).await?;
    let clients = people::clients(&mut tx, id).await?;
    let client = clients.into_iter().find(|it| it.id == found.client);
    let bill = ledger::bill_of(&mut tx, id, found.client).await?;
    let (_, _, zone) = charge::queries::practice(&mut tx, id).await?;
    let page = views::charge::Page {
        practice: id,
        charge: &found,
        client: client.as_ref().map(|it| it.name.as_str()).unwrap_or_default(),
        clinician: &clinician.name,
        payer: payer.as_deref(),
        claim: claim.as_ref(),
        history: &history,
        answers: &answers,
        came_to: bill.lines.iter().find(|line| line.charge == charge),
        zone: &zone,
    };
    Ok(views::charge::charge(&page).into_response())
}

async fn send(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let id = PracticeId(id);
    let practice = known(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    let all = claim::queries::claims(&mut tx, id, Default::default()).await?;
    let ready: Vec<Claim> = all.into_iter().filter(|it| it.state.may_be_sent()).collect();
    if ready.is_empty() {
        // Pressed twice, or nothing was there: the page shows what is so.
        tx.may(Act::SeeBilling, &practice, &[]).await?;
    }
    for claim in &ready {
        ask_to_send(&mut tx, id, &practice, claim).await?;
    }
    claim::send(&mut tx, id, &ready).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/p/{id}/billing")).into_response())
}

/// Asks the charter whether this claim may go out.
async fn ask_to_send(
    tx: &mut Tx,
    id: PracticeId,
    practice: &Practice,
    claim: &Claim,
) -> web::Result<()> {
    let charge = charge::queries::charges(tx, id, Some(claim.charge)).await?.pop();
    let charge = charge.ok_or(web::Error::NotFound)?;
    let clinician = charge::queries::names(tx, id, charge.clinician).await?.person;
    let thing = ChargeThing { practice: id, charge: charge.id, clinician };
    tx.may(Act::SendClaim, &thing, &[practice]).await?;
    Ok(())
}

async fn take_in(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known(&acting, id)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::ImportRemittance, &practice, &[]).await?;
    let name = typed.one("name").trim();
    let name = if name.is_empty() { words::TAKE_IN } else { name };
    let text = typed.one("text");
    let mut faults = Faults::none();
    let to = if text.trim().is_empty() {
        faults.add("text", words::ENTER_FILE);
        String::new()
    } else {
        match import(&mut tx, id, name, text.as_bytes()).await? {
            Imported::NotYet(why) => {
                faults.add("text", why);
                String::new()
            }
            Imported::Before(file) => format!("/p/{id}/billing/files/{file}"),
            Imported::Refused(_, why) => {
                faults.add("text", why);
                String::new()
            }
            Imported::Now { remittances, .. } => match remittances.first() {
                Some(first) => format!("/p/{id}/billing/remittances/{first}"),
                None => format!("/p/{id}/billing"),
            },
        }
    };
    if faults.is_empty() {
        tx.commit().await?;
        return Ok(Redirect::to(&to).into_response());
    }
    // What could not be read is kept all the same: somebody may ask what came.
    let page = page(&mut tx, (id, &practice), None, &typed, &faults).await?;
    tx.commit().await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn biller(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let id = PracticeId(id);
    let practice = known(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SetFees, &practice, &[]).await?;
    let typed = match claim::queries::biller(&mut tx, id).await? {
        None => Typed::none(),
        Some(it) => Typed::none()
            .with("npi", it.npi)
            .with("ein", it.ein)
            .with("street", it.street)
            .with("city", it.city)
            .with("state", it.state)
            .with("zip", it.zip)
            .with("taxonomy", it.taxonomy.unwrap_or_default())
            .with("phone", it.phone),
    };
    tx.commit().await?;
    let once = house.new_id::<Uuid>().to_string();
    Ok(views::biller::biller(id, &once, &typed, &Faults::none()).into_response())
}

/// Reads who bills.
fn read_biller(typed: &Typed) -> Result<Biller, Faults> {
    let mut faults = Faults::none();
    let digits =
        |field: &str| -> String { typed.one(field).chars().filter(char::is_ascii_digit).collect() };
    let text = |field: &str| typed.one(field).trim().to_owned();
    let biller = Biller {
        npi: digits("npi"),
        ein: digits("ein"),
        street: text("street"),
        city: text("city"),
        state: text("state").to_uppercase(),
        zip: digits("zip"),
        taxonomy: Some(text("taxonomy").to_uppercase()).filter(|it| !it.is_empty()),
        phone: digits("phone"),
    };
    let fits = |text: &str, most: usize| !text.is_empty() && text.chars().count() <= most;
    let is_taxonomy = |it: &String| {
        it.len() == 10 && it.ends_with('X') && it.bytes().take(3).all(|b| b.is_ascii_digit())
    };
    let is_state = biller.state.len() == 2 && biller.state.bytes().all(|b| b.is_ascii_uppercase());
    let checks = [
        ("npi", biller.npi.parse::<ids::Npi>().is_ok(), words::ENTER_NPI),
        ("ein", biller.ein.len() == 9, words::ENTER_EIN),
        ("street", fits(&biller.street, 55), words::ENTER_STREET),
        ("city", fits(&biller.city, 30) && 2 <= biller.city.len(), words::ENTER_CITY),
        ("state", is_state, words::ENTER_STATE),
        ("zip", biller.zip.len() == 9, words::ENTER_ZIP),
        ("taxonomy", biller.taxonomy.as_ref().is_none_or(is_taxonomy), words::ENTER_TAXONOMY),
        ("phone", biller.phone.len() == 10, words::ENTER_PHONE),
    ];
    for (field, _, says) in checks.iter().filter(|(_, is_right, _)| !is_right) {
        faults.add(*field, *says);
    }
    faults.or(biller)
}

async fn set_biller(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known(&acting, id)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SetFees, &practice, &[]).await?;
    match read_biller(&typed) {
        Ok(biller) => {
            claim::set_biller(&mut tx, id, &biller).await?;
            tx.commit().await?;
            Ok(Redirect::to(&format!("/p/{id}/billing")).into_response())
        }
        Err(faults) => {
            let once = house.new_id::<Uuid>().to_string();
            let page = views::biller::biller(id, &once, &typed, &faults);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}
