//! The calendar of those who work here: a clinician's week, booking for a client, one appointment.

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use ground::db::Tx;
use ground::html::{Faults, Typed};
use ground::policy::{Act, Practice, Service};
use ground::web;
use ground::{Acting, House};
use hours::Hours;
use ids::{AppointmentId, ClientId, ClinicianId, PracticeId, Uuid};
use jiff::ToSpan;
use jiff::civil::Date;
use people::Clinician;

use crate::choosing::{self, Choosing, planned};
use crate::lookup::{self, Client};
use crate::model::{Appointment, By, Planned};
use crate::queries::{During, Whose};
use crate::views::visit::{May, Visit};
use crate::views::week::WeekPage;
use crate::views::{At, visit as visit_view, week as week_view};
use crate::week::{self as weeks, Parts, Reader, Week};
use crate::{queries, settle, words};

type Pairs = Vec<(String, String)>;

fn typed(pairs: Pairs) -> Typed {
    pairs.into_iter().collect()
}

fn known_to(acting: &Acting, practice: PracticeId) -> web::Result<Practice> {
    acting.known(practice).ok_or(web::Error::NotFound)
}

/// Staff are asked whether scheduling is theirs here before anything is loaded.
async fn enter(tx: &mut Tx, id: PracticeId, practice: &Practice) -> web::Result<()> {
    if tx.acting().is_staff_in(id) {
        let act = Act::UseService { service: Service::Scheduling };
        tx.may(act, practice, &[]).await?;
    }
    Ok(())
}

pub async fn week(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Query(pairs): Query<Pairs>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let asked = typed(pairs);
    let mut tx = house.begin(&acting).await?;
    let hours_of = |it: &Clinician| Hours { practice: id, clinician: it.id, person: it.person };

    // Whoever may see no week at all is refused before a name is loaded.
    let nobody = ids::PersonId(Uuid::nil());
    let any = Hours { practice: id, clinician: ClinicianId(Uuid::nil()), person: nobody };
    if acting.is_staff_in(id) {
        tx.may(Act::SeeWeek, &any, &[&practice]).await?;
    }
    let clinicians = people::clinicians(&mut tx, id).await?;
    let named = asked.one("who").parse::<ClinicianId>().ok();
    let own = clinicians.iter().find(|it| Some(it.person) == acting.person());
    let named = clinicians.iter().find(|it| Some(it.id) == named);
    let Some(whose) = named.or(own).or(clinicians.first()).cloned() else {
        tx.may(Act::SeeWeek, &any, &[&practice]).await?;
        return Err(web::Error::NotFound);
    };
    tx.may(Act::SeeWeek, &hours_of(&whose), &[&practice]).await?;
    let others = clinicians.iter();
    let others = others.filter(|it| tx.would_allow(&Act::SeeWeek, &hours_of(it), &[&practice]));
    let others = others.map(|it| (it.id, it.name.clone())).collect();
    let page = load_week(&mut tx, &practice, id, &whose, &asked).await?;
    Ok(week_view::week(&WeekPage { others, ..page }).into_response())
}

async fn load_week(
    tx: &mut Tx,
    practice: &Practice,
    id: PracticeId,
    whose: &Clinician,
    asked: &Typed,
) -> web::Result<WeekPage> {
    let now = tx.house().now();
    let pattern = hours::pattern(tx, id, whose.id).await?;
    let zone = pattern.zone.clone();
    let local = now.to_zoned_datetime(zone.clone());
    let today = local.date();
    let monday = weeks::read(asked.one("week")).unwrap_or_else(|| weeks::monday(today));
    let (from, to) = weeks::instants(monday, &zone);
    let is_own = tx.acting().person() == Some(whose.person);
    let kept = hours::kept(tx, id, whose.id, (from, to)).await?;
    // What she keeps for herself is hers to see: for others these hours are closed.
    let reader = if is_own { Reader::Herself } else { Reader::Another };
    let at = Whose { practice: id, clinician: whose.id };
    let planned = lookup::planned(tx, at, During { from, to }, now).await?;
    let thing =
        Planned { practice: id, id: AppointmentId(Uuid::nil()), clinician: whose.person, of: None };
    let names = tx.would_allow(&Act::SeeAppointment, &thing, &[practice]);
    let week = Week::of(Parts { monday, pattern: &pattern, kept: &kept, reader, planned });
    let day = day_in_view(&week, monday, today, asked);
    let minute = local.hour().unsigned_abs();
    let minute = u16::from(minute) * 60 + u16::from(local.minute().unsigned_abs());
    Ok(WeekPage {
        practice: id,
        whose: whose.id,
        others: Vec::new(),
        is_own,
        names,
        monday,
        day,
        today,
        minute,
        now,
        zone,
        week,
    })
}

/// The day that a phone shows: the one that was asked for, else today, else the first.
fn day_in_view(week: &Week, monday: Date, today: Date, asked: &Typed) -> Date {
    let is_shown = |date: &Date| week.days.iter().any(|day| day.date == *date);
    let named = asked.one("day").parse::<Date>().ok();
    let last = monday.saturating_add(6.days());
    let today = (monday <= today && today <= last).then_some(today);
    let first = week.days.first().map_or(monday, |day| day.date);
    named.filter(is_shown).or(today.filter(is_shown)).unwrap_or(first)
}

async fn client_here(tx: &mut Tx, practice: PracticeId, client: Uuid) -> web::Result<Client> {
    let client = lookup::client(tx, practice, ClientId(client)).await?;
    client.ok_or(web::Error::NotFound)
}

async fn choosing(
    tx: &mut Tx,
    practice: &Practice,
    id: PracticeId,
    client: Uuid,
) -> web::Result<Choosing> {
    enter(tx, id, practice).await?;
    let client = client_here(tx, id, client).await?;
    let at = At::Practice(id, client.id);
    Choosing::load(tx, at, client, practice).await
}

pub async fn choose(
    State(house): State<House>,
    acting: Acting,
    Path((id, client)): Path<(Uuid, Uuid)>,
    Query(pairs): Query<Pairs>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let asked = typed(pairs);
    let mut tx = house.begin(&acting).await?;
    let choosing = choosing(&mut tx, &practice, id, client).await?;
    match choosing.chosen_with(&asked) {
        Some(with) => {
            let thing = planned(id, house.new_id(), with, &choosing.client);
            tx.may(Act::BookAppointment, &thing, &[&practice]).await?;
        }
        // Nobody treats them: the page says so to whoever may know the practice's people.
        None => {
            tx.may(Act::SeePeople, &practice, &[]).await?;
        }
    }
    choosing::show(&mut tx, choosing, &asked).await
}

pub async fn hold(
    State(house): State<House>,
    acting: Acting,
    Path((id, client)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Pairs>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let typed = typed(pairs);
    let mut tx = house.begin(&acting).await?;
    let choosing = choosing(&mut tx, &practice, id, client).await?;
    if choosing.with.is_empty() {
        tx.may(Act::SeePeople, &practice, &[]).await?;
    }
    choosing::hold(tx, choosing, &typed, &practice).await
}

/// An appointment of this practice, which staff without scheduling are refused to ask about.
async fn found(
    tx: &mut Tx,
    practice: &Practice,
    (id, appointment): (PracticeId, Uuid),
) -> web::Result<Appointment> {
    enter(tx, id, practice).await?;
    let found = lookup::appointment(tx, id, AppointmentId(appointment)).await?;
    found.ok_or(web::Error::NotFound)
}

pub async fn appointment(
    State(house): State<House>,
    acting: Acting,
    Path((id, appointment)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let mut tx = house.begin(&acting).await?;
    let found = found(&mut tx, &practice, (id, appointment)).await?;
    tx.may(Act::SeeAppointment, &found.planned(), &[&practice]).await?;
    page(&mut tx, &practice, found, &Typed::none(), &Faults::none()).await
}

async fn page(
    tx: &mut Tx,
    practice: &Practice,
    is: Appointment,
    typed: &Typed,
    faults: &Faults,
) -> web::Result {
    let now = tx.house().now();
    let around = lookup::around(tx, is.practice).await?;
    let with = people::clinicians(tx, is.practice).await?;
    let with = with.into_iter().find(|it| it.id == is.clinician);
    let outcome = queries::outcome(tx, is.practice, is.id).await?;
    let thing = is.planned();
    let may = |act: &Act| tx.would_allow(act, &thing, &[practice]);
    let client = is.client.as_ref().map(|it| it.client).ok_or(web::Error::NotFound)?;
    let monday = weeks::monday(is.starts_at.to_zoned_datetime(around.zone.clone()).date());
    let it = Visit {
        at: At::Practice(is.practice, client),
        with: with.map_or_else(String::new, |it| it.name),
        practice: around.practice,
        zone: around.zone,
        now,
        outcome,
        may: May {
            book: is.can_be_booked(now) && may(&Act::BookAppointment),
            cancel: is.can_be_canceled(now) && may(&Act::CancelAppointment),
            miss: is.can_be_missed(now) && may(&Act::RecordOutcome),
        },
        week: format!("/p/{}/week?week={}&who={}", is.practice, weeks::word(monday), is.clinician),
        is,
    };
    let once = tx.house().new_id::<Uuid>().to_string();
    Ok(visit_view::visit(&once, &it, typed, faults).into_response())
}

pub async fn book(
    State(house): State<House>,
    acting: Acting,
    Path((id, appointment)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Pairs>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let by = acting.person().ok_or(web::Error::NotFound)?;
    let typed = typed(pairs);
    let mut tx = house.begin(&acting).await?;
    let found = found(&mut tx, &practice, (id, appointment)).await?;
    tx.may(Act::BookAppointment, &found.planned(), &[&practice]).await?;
    let client = found.client.as_ref().map(|it| it.client.0).ok_or(web::Error::NotFound)?;
    let choosing = choosing(&mut tx, &practice, id, client).await?;
    choosing::confirm(tx, choosing, found.id, &typed, by).await
}

pub async fn cancel(
    State(house): State<House>,
    acting: Acting,
    Path((id, appointment)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Pairs>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let person = acting.person().ok_or(web::Error::NotFound)?;
    let typed = typed(pairs);
    let mut tx = house.begin(&acting).await?;
    let found = found(&mut tx, &practice, (id, appointment)).await?;
    tx.may(Act::CancelAppointment, &found.planned(), &[&practice]).await?;
    let Some(on_behalf) = By::read(typed.one("for")) else {
        let faults = Faults::none().and("for", words::CHOOSE_WHO);
        let page = page(&mut tx, &practice, found, &typed, &faults).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    settle::cancel(&mut tx, id, found.id, person, on_behalf).await?;
    tx.commit().await?;
    Ok(back_to(id, found.id))
}

pub async fn miss(
    State(house): State<House>,
    acting: Acting,
    Path((id, appointment)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = known_to(&acting, id)?;
    let person = acting.person().ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let found = found(&mut tx, &practice, (id, appointment)).await?;
    tx.may(Act::RecordOutcome, &found.planned(), &[&practice]).await?;
    settle::miss(&mut tx, id, found.id, person).await?;
    tx.commit().await?;
    Ok(back_to(id, found.id))
}

fn back_to(practice: PracticeId, appointment: AppointmentId) -> Response {
    Redirect::to(&format!("/p/{practice}/appointments/{appointment}")).into_response()
}
