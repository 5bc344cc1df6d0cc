//! The table of routes of statements, then its handlers in the order of the table.

use std::cmp::Reverse;

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use bookkeeping::Period;
use ground::db::Tx;
use ground::html::{Faults, Typed};
use ground::policy::{Act, Role};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{ClinicianId, PracticeId, StatementId, Uuid};
use jiff::civil::Date;
use maud::Markup;

use crate::behind::behind;
use crate::model::{Error, Seen, Statement, Whom};
use crate::views::{self, Listed, Next, Whose};
use crate::{close, facts, is_over, next_to_close, queries, statement, words};

/// The table.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/p/{practice}/statements", Asks::act("see_statement"), list)
        .post("/p/{practice}/statements", Asks::act("close_month"), close_month)
        .get("/p/{practice}/statements/{statement}", Asks::act("see_statement"), one)
        .get("/p/{practice}/statements/{statement}/pdf", Asks::act("see_statement"), pdf)
        .get("/p/{practice}/statements/{statement}/lines/{line}", Asks::act("see_statement"), line)
}

async fn list(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let id = PracticeId(id);
    acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let page = listed(&mut tx, &acting, id, &Faults::none()).await?;
    Ok(page.into_response())
}

/// Whoever owns the practice or bills for it sees all; a clinician sees their own.
async fn listed(
    tx: &mut Tx,
    acting: &Acting,
    id: PracticeId,
    faults: &Faults,
) -> web::Result<Markup> {
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let treats_only = acting.holds(id, Role::Clinician) && !acting.holds(id, Role::Owner);
    let person = acting.person().filter(|_| treats_only);
    let all = Seen { practice: id, statement: None, person };
    tx.may(Act::SeeStatement, &all, &[&practice]).await?;
    let own = match person {
        Some(person) => facts::clinician_of(tx, id, person).await?,
        None => None,
    };
    let statements = match (person, &own) {
        (Some(_), None) => Vec::new(),
        (_, own) => queries::statements(tx, id, own.as_ref().map(|it| it.id), None).await?,
    };
    let clinicians = people::clinicians(tx, id).await?;
    let here = queries::practice(tx, id).await?;
    let name = |of: ClinicianId| {
        let found = clinicians.iter().find(|it| it.id == of);
        found.map(|it| it.name.clone()).unwrap_or_default()
    };
    let list = statements.into_iter().map(|it| Listed {
        whose: match it.is.whom {
            Whom::Clinician(of) => name(of),
            Whom::Practice(_) => here.name.clone(),
        },
        statement: it,
    });
    let mut list: Vec<Listed> = list.collect();
    // The newest month first; of a month the practice's, then by name.
    list.sort_by_cached_key(|it| {
        let is_of_clinician = matches!(it.statement.is.whom, Whom::Clinician(_));
        (Reverse(it.statement.month), is_of_clinician, it.whose.clone())
    });
    let may_close = tx.would_allow(&Act::CloseMonth, &practice, &[]);
    let next = match may_close {
        true => Some(next(tx, id).await?),
        false => None,
    };
    Ok(views::list(&views::List { practice: id, list, next, faults }))
}

async fn next(tx: &mut Tx, practice: PracticeId) -> web::Result<Next> {
    let once = tx.house().new_id::<Uuid>().to_string();
    Ok(match next_to_close(tx, practice).await? {
        None => Next::Nothing,
        Some(month) if is_over(tx, practice, month).await? => Next::CanClose { month, once },
        Some(month) => Next::NotOver(month),
    })
}

async fn close_month(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    tx.may(Act::CloseMonth, &practice, &[]).await?;
    let why = match typed.one("month").parse::<Date>() {
        Err(_) => words::CHOOSE_MONTH.to_owned(),
        Ok(day) => match close(&mut tx, id, Period::of(day)).await {
            Ok(_) => {
                tx.commit().await?;
                return Ok(Redirect::to(&format!("/p/{id}/statements")).into_response());
            }
            Err(Error::Cannot(why)) => why.to_string(),
            Err(error) => return Err(error.into()),
        },
    };
    drop(tx);
    // What could not be closed wrote nothing: the page is drawn anew.
    let mut tx = house.begin(&acting).await?;
    let faults = Faults::none().and("month", why);
    let page = listed(&mut tx, &acting, id, &faults).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// A statement that the one who acts may see, and whose it is to them.
async fn seen(
    tx: &mut Tx,
    acting: &Acting,
    id: PracticeId,
    which: StatementId,
) -> web::Result<(Statement, Whose)> {
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let found = statement(tx, id, which).await?;
    let clinician = match found.as_ref().and_then(|it| it.is.whom.clinician()) {
        Some(clinician) => facts::clinician(tx, id, clinician).await?,
        None => None,
    };
    let person = clinician.as_ref().map(|it| it.person);
    // What is not there is asked about as the practice's, so that nobody learns of it by asking.
    let thing = Seen { practice: id, statement: Some(which), person };
    tx.may(Act::SeeStatement, &thing, &[&practice]).await?;
    let found = found.ok_or(web::Error::NotFound)?;
    let here = queries::practice(tx, id).await?;
    let name =
        clinician.map_or_else(|| here.name.clone(), |it| format!("{}, {}", it.name, it.credential));
    let is_theirs = person.is_some() && person == acting.person();
    Ok((found, Whose { name, practice: here.name, is_theirs }))
}

async fn one(
    State(house): State<House>,
    acting: Acting,
    Path((id, which)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let (id, which) = (PracticeId(id), StatementId(which));
    let mut tx = house.begin(&acting).await?;
    let (statement, whose) = seen(&mut tx, &acting, id, which).await?;
    Ok(views::statement(id, &statement, &whose).into_response())
}

/// The same on paper: what is seen there was asked for by the same act.
async fn pdf(
    State(house): State<House>,
    acting: Acting,
    Path((id, which)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let (id, which) = (PracticeId(id), StatementId(which));
    let mut tx = house.begin(&acting).await?;
    let (statement, whose) = seen(&mut tx, &acting, id, which).await?;
    drop(tx);
    let name = format!("statement-{}.pdf", statement.month);
    let document = views::printed(&statement, &whose);
    let pdf = tokio::task::spawn_blocking(move || document.pdf()).await;
    let pdf = pdf.map_err(|error| web::Error::Inside(error.to_string()))?;
    let pdf = pdf.map_err(|error| web::Error::Inside(error.to_string()))?;
    Ok((paper::as_file(&name), pdf).into_response())
}

async fn line(
    State(house): State<House>,
    acting: Acting,
    Path((id, which, number)): Path<(Uuid, Uuid, i32)>,
) -> web::Result {
    let (id, which) = (PracticeId(id), StatementId(which));
    let mut tx = house.begin(&acting).await?;
    let (statement, whose) = seen(&mut tx, &acting, id, which).await?;
    let at = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    let line = at.and_then(|at| statement.is.lines.get(at)).ok_or(web::Error::NotFound)?;
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let rows = behind(&mut tx, id, which, number).await?;
    let clients = people::clients(&mut tx, id).await?;
    let page = views::OfLine {
        practice: id,
        statement: &statement,
        whose: &whose,
        line,
        rows: &rows,
        clients: &clients,
        may_open: tx.would_allow(&Act::SeeBooks, &practice, &[]),
    };
    Ok(views::line(&page).into_response())
}
