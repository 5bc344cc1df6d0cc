//! The routes of fees and of the right to bill, then their handlers: the owner's alone.

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use ground::db::{self, Tx};
use ground::html::{Faults, Typed};
use ground::policy::Act;
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{ClinicianId, PracticeId, Uuid};
use people::Clinician;

use super::{BillingRight, Fee, Kept, Payer, queries, views};
use crate::form;
use crate::model::Party;
use crate::routes::{here, known_to, once, with_faults};
use crate::words;

/// Adds the table of fees to the room's.
pub(crate) fn routes(table: Routes) -> Routes {
    let sets = Asks::act("set_fees");
    table
        .get("/p/{practice}/fees", sets, fees)
        .post("/p/{practice}/fees", sets, set)
        .post("/p/{practice}/fees/rights", sets, allow)
        .post("/p/{practice}/fees/rights/{right}/ending", sets, end)
}

/// What the page shows.
#[derive(Debug)]
pub(crate) struct Schedule {
    pub party: Party,
    pub payers: Vec<Payer>,
    pub fees: Vec<Fee>,
    pub rights: Vec<Kept>,
    pub clinicians: Vec<Clinician>,
}

async fn load(tx: &mut Tx, id: PracticeId) -> web::Result<Schedule> {
    let (party, _) = here(tx, id).await?;
    Ok(Schedule {
        party,
        payers: queries::payers(tx).await?,
        fees: queries::fees(tx, id).await?,
        rights: queries::rights(tx, id).await?,
        clinicians: people::clinicians(tx, id).await?,
    })
}

async fn fees(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SetFees, &practice, &[]).await?;
    let schedule = load(&mut tx, id).await?;
    let today = schedule.party.day_at(house.now());
    let typed = form::with_date(Typed::none(), "from", today);
    let typed = form::with_date(typed, "since", today);
    Ok(views::fees(&schedule, &once(&house), &typed, &Faults::none()).into_response())
}

fn back_to(id: PracticeId) -> Response {
    Redirect::to(&format!("/p/{id}/fees")).into_response()
}

/// The payer that was chosen: nobody's code stands for whoever pays themselves.
fn fee(typed: &Typed, payers: &[Payer]) -> Result<Fee, Faults> {
    let mut faults = Faults::none();
    let chosen = typed.one("payer");
    let payer = payers.iter().find(|it| it.code.as_str() == chosen).map(|it| it.code.clone());
    if payer.is_none() && chosen != "self" {
        faults.add("payer", words::CHOOSE_PAYER);
    }
    let cpt = typed.one("cpt").trim().to_uppercase();
    let (first, rest) = cpt.split_at_checked(1).unwrap_or_default();
    let is_code = first.bytes().all(|it| it.is_ascii_alphanumeric())
        && rest.len() == 4
        && rest.bytes().all(|it| it.is_ascii_digit());
    if !is_code {
        faults.add("cpt", words::ENTER_CODE);
    }
    let cents = form::dollars(typed.one("fee")).filter(|it| (1..=1_000_000).contains(&it.0));
    if cents.is_none() {
        faults.add("fee", words::ENTER_FEE);
    }
    let from_date = form::date_of(typed, "from");
    if from_date.is_none() {
        faults.add("from", words::ENTER_FROM);
    }
    match (cents, from_date) {
        (Some(cents), Some(from_date)) => faults.or(Fee { payer, cpt, from_date, cents }),
        _ => Err(faults),
    }
}

async fn set(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SetFees, &practice, &[]).await?;
    let schedule = load(&mut tx, id).await?;
    let again =
        |faults: &Faults| Ok(with_faults(views::fees(&schedule, &once(&house), &typed, faults)));
    let fee = match fee(&typed, &schedule.payers) {
        Ok(fee) => fee,
        Err(faults) => return again(&faults),
    };
    // A second press finds its own fee set.
    if schedule.fees.contains(&fee) {
        return Ok(back_to(id));
    }
    match super::set_fee(&mut tx, id, &fee).await {
        Ok(()) => tx.commit().await?,
        Err(db::Error::Conflict(name)) if name == "fee_of_a_day_is_one" => {
            return again(&Faults::none().and("from", words::FEE_IS_SET));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(back_to(id))
}

fn right(typed: &Typed, schedule: &Schedule) -> Result<BillingRight, Faults> {
    let mut faults = Faults::none();
    let mut clinician = |field: &str| {
        let id = typed.one(field).parse::<ClinicianId>().ok();
        let id = id.filter(|id| schedule.clinicians.iter().any(|it| it.id == *id));
        if id.is_none() {
            faults.add(field, words::CHOOSE_CLINICIAN);
        }
        id
    };
    let (whose, bills_as) = (clinician("clinician"), clinician("bills_as"));
    let chosen = typed.one("to_payer");
    let payer = schedule.payers.iter().find(|it| it.code.as_str() == chosen);
    if payer.is_none() {
        faults.add("to_payer", words::CHOOSE_PAYER);
    }
    let from_date = form::date_of(typed, "since");
    if from_date.is_none() {
        faults.add("since", words::ENTER_FROM);
    }
    match (whose, bills_as, payer, from_date) {
        (Some(clinician), Some(bills_as), Some(payer), Some(from_date)) => Ok(BillingRight {
            clinician,
            payer: payer.code.clone(),
            bills_as,
            from_date,
            to_date: None,
        }),
        _ => Err(faults),
    }
}

async fn allow(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SetFees, &practice, &[]).await?;
    let schedule = load(&mut tx, id).await?;
    let again =
        |faults: &Faults| Ok(with_faults(views::fees(&schedule, &once(&house), &typed, faults)));
    let right = match right(&typed, &schedule) {
        Ok(right) => right,
        Err(faults) => return again(&faults),
    };
    if schedule.rights.iter().any(|it| it.right == right) {
        return Ok(back_to(id));
    }
    match super::allow_billing(&mut tx, id, &right).await {
        Ok(()) => tx.commit().await?,
        Err(db::Error::Conflict(name)) if name == "billing_right_of_a_day_is_one" => {
            return again(&Faults::none().and("since", words::RIGHT_IS_SET));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(back_to(id))
}

async fn end(
    State(house): State<House>,
    acting: Acting,
    Path((id, right)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::SetFees, &practice, &[]).await?;
    let (party, today) = here(&mut tx, id).await?;
    let rights = queries::rights(&mut tx, party.id).await?;
    if let Some(kept) = rights.into_iter().find(|it| it.id == right) {
        // It held for a day at least: what was billed then stays explained.
        let first_free = kept.right.from_date.tomorrow().unwrap_or(today);
        queries::end_right(&mut tx, id, right, today.max(first_free)).await?;
        tx.commit().await?;
    }
    Ok(back_to(id))
}
