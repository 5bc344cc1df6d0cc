//! The table of routes, then its handlers: load, ask, change, go back to the page.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use ground::db::{self, Tx};
use ground::html::{Faults, Typed};
use ground::policy::{Act, Practice};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{ClinicianId, PersonId, PracticeId, Uuid};
use people::Clinician;

use crate::model::{Hours, open_hours};
use crate::queries::Whose;
use crate::{form, queries, views, words};

/// What a browser sends.
type Sent = Form<Vec<(String, String)>>;

/// The table.
pub(crate) fn routes() -> Routes {
    let (see, set) = (Asks::act("see_hours"), Asks::act("set_hours"));
    let (keep, take) = (Asks::act("protect_time"), Asks::act("pause_intake"));
    Routes::new()
        .get("/p/{practice}/hours", see, index)
        .get("/p/{practice}/hours/{clinician}", see, page)
        .post("/p/{practice}/hours/{clinician}/windows", set, open)
        .post("/p/{practice}/hours/{clinician}/windows/{window}/closing", set, close)
        .post("/p/{practice}/hours/{clinician}/dates", set, differ)
        .post("/p/{practice}/hours/{clinician}/dates/{date}/ending", set, end_date)
        .post("/p/{practice}/hours/{clinician}/leave", set, leave)
        .post("/p/{practice}/hours/{clinician}/leave/{leave}/return", set, end_leave)
        .post("/p/{practice}/hours/{clinician}/protected", keep, protect)
        .post("/p/{practice}/hours/{clinician}/protected/{protected}/return", keep, give_back)
        .post("/p/{practice}/hours/{clinician}/capacity", take, capacity)
        .post("/p/{practice}/hours/{clinician}/intake", take, intake)
        .post("/p/{practice}/hours/{clinician}/pause", take, pause_until)
}

/// Whose hours a request is about.
struct About {
    practice: Practice,
    hours: Hours,
    who: Clinician,
}

impl About {
    fn whose(&self) -> Whose {
        Whose { practice: self.hours.practice, clinician: self.hours.clinician }
    }

    fn back(&self) -> Response {
        Redirect::to(&views::path(self.hours.practice, self.hours.clinician)).into_response()
    }
}

/// Begins the transaction of a request about one clinician. Staff who may see nothing here ask all
/// the same, about nobody, and are refused on the record.
async fn about(
    house: &House,
    acting: &Acting,
    (practice, clinician): (Uuid, Uuid),
) -> web::Result<(Tx, About)> {
    let (id, clinician) = (PracticeId(practice), ClinicianId(clinician));
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(acting).await?;
    let found = queries::clinician(&mut tx, Whose { practice: id, clinician }).await?;
    let Some(who) = found else {
        if acting.is_staff_in(id) {
            let nobody = Hours { practice: id, clinician, person: PersonId(Uuid::nil()) };
            tx.may(Act::SeeHours, &nobody, &[&practice]).await?;
        }
        return Err(web::Error::NotFound);
    };
    let hours = Hours { practice: id, clinician, person: who.person };
    Ok((tx, About { practice, hours, who }))
}

async fn index(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let clinicians = people::clinicians(&mut tx, id).await?;
    if let Some(own) = clinicians.iter().find(|it| Some(it.person) == acting.person()) {
        return Ok(Redirect::to(&views::path(id, own.id)).into_response());
    }
    let nobody =
        Hours { practice: id, clinician: ClinicianId(Uuid::nil()), person: PersonId(Uuid::nil()) };
    let first =
        clinicians.first().map(|it| Hours { clinician: it.id, person: it.person, ..nobody });
    tx.may(Act::SeeHours, &first.unwrap_or(nobody), &[&practice]).await?;
    Ok(views::index(id, &clinicians).into_response())
}

async fn page(
    State(house): State<House>,
    acting: Acting,
    Path(path): Path<(Uuid, Uuid)>,
) -> web::Result {
    let (mut tx, about) = about(&house, &acting, path).await?;
    tx.may(Act::SeeHours, &about.hours, &[&about.practice]).await?;
    if acting.person() == Some(about.who.person) {
        return Ok(own(&mut tx, &about, None, &Faults::none()).await?.into_response());
    }
    let said = crate::said(&mut tx, about.hours.practice, about.hours.clinician).await?;
    Ok(views::others(about.hours.practice, &about.who, &open_hours(&said)).into_response())
}

/// The clinician's own page, with what was typed where a form came back.
async fn own(
    tx: &mut Tx,
    about: &About,
    typed: Option<&Typed>,
    faults: &Faults,
) -> db::Result<maud::Markup> {
    let whose = about.whose();
    let today = crate::today(tx, whose.practice).await?;
    let zone = queries::zone(tx, whose.practice).await?;
    let intake = queries::intake(tx, whose, today).await?;
    let most = intake.clients_max.map(|most| most.to_string()).unwrap_or_default();
    let known = Typed::none().with("most", most);
    let mut colleagues = people::clinicians(tx, whose.practice).await?;
    colleagues.retain(|it| it.id != whose.clinician);
    let own = views::Own {
        practice: whose.practice,
        clinician: whose.clinician,
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        once: tx.house().new_id::<Uuid>().to_string(),
        said: queries::said(tx, whose, today).await?,
        intake,
        colleagues,
    };
    Ok(views::own(&own, typed.unwrap_or(&known), faults))
}

fn with_faults(page: maud::Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// The id of what a form makes: sent twice, it is made once.
fn once(house: &House, typed: &Typed) -> Uuid {
    typed.one("once").parse().unwrap_or_else(|_| house.new_id())
}

/// A form's change, done or not: back to the page, or the page with what stands in its way.
async fn settle(mut tx: Tx, about: &About, typed: &Typed, done: db::Result<()>) -> web::Result {
    let faults = match done {
        Ok(()) => {
            tx.commit().await?;
            return Ok(about.back());
        }
        Err(db::Error::Conflict(name)) => match words::conflict(&name) {
            Some((field, says)) => Faults::none().and(field, says),
            None => return Err(db::Error::Conflict(name).into()),
        },
        Err(error) => return Err(error.into()),
    };
    let (house, acting) = (tx.house().clone(), tx.acting().clone());
    tx.rollback().await?;
    tx = house.begin(&acting).await?;
    Ok(with_faults(own(&mut tx, about, Some(typed), &faults).await?))
}

async fn open(
    State(house): State<House>,
    acting: Acting,
    Path(path): Path<(Uuid, Uuid)>,
    Form(pairs): Sent,
) -> web::Result {
    let typed: Typed = pairs.into_iter().collect();
    let (mut tx, about) = about(&house, &acting, path).await?;
    tx.may(Act::SetHours, &about.hours, &[&about.practice]).await?;
    let windows = match form::windows(&typed) {
        Ok(windows) => windows,
        Err(faults) => return Ok(with_faults(own(&mut tx, &about, Some(&typed), &faults).await?)),
    };
    let Whose { practice, clinician } = about.whose();
    let once = once(&house, &typed);
    let done = crate::open_week(&mut tx, practice, clinician, once, &windows).await;
    settle(tx, &about, &typed, done).await
}

async fn close(
    State(house): State<House>,
    acting: Acting,
    Path((practice, clinician, window)): Path<(Uuid, Uuid, Uuid)>,
) -> web::Result {
    let (mut tx, about) = about(&house, &acting, (practice, clinician)).await?;
    tx.may(Act::SetHours, &about.hours, &[&about.practice]).await?;
    let Whose { practice, clinician } = about.whose();
    crate::close_week(&mut tx, practice, clinician, window).await?;
    tx.commit().await?;
    Ok(about.back())
}

async fn differ(
    State(house): State<House>,
    acting: Acting,
    Path(path): Path<(Uuid, Uuid)>,
    Form(pairs): Sent,
) -> web::Result {
    let typed: Typed = pairs.into_iter().collect();
    let (mut tx, about) = about(&house, &acting, path).await?;
    tx.may(Act::SetHours, &about.hours, &[&about.practice]).await?;
    let Whose { practice, clinician } = about.whose();
    let today = crate::today(&mut tx, practice).await?;
    let exception = match form::exception(&typed, today) {
        Ok(exception) => exception,
        Err(faults) => return Ok(with_faults(own(&mut tx, &about, Some(&typed), &faults).await?)),
    };
    let once = once(&house, &typed);
    let done = crate::except(&mut tx, practice, clinician, once, exception).await;
    settle(tx, &about, &typed, done).await
}

async fn end_date(
    State(house): State<House>,
    acting: Acting,
    Path((practice, clinician, date)): Path<(Uuid, Uuid, Uuid)>,
) -> web::Result {
    let (mut tx, about) = about(&house, &acting, (practice, clinician)).await?;
    tx.may(Act::SetHours, &about.hours, &[&about.practice]).await?;
    let Whose { practice, clinician } = about.whose();
    crate::end_exception(&mut tx, practice, clinician, date).await?;
    tx.commit().await?;
    Ok(about.back())
}

async fn leave(
    State(house): State<House>,
    acting: Acting,
    Path(path): Path<(Uuid, Uuid)>,
    Form(pairs): Sent,
) -> web::Result {
    let typed: Typed = pairs.into_iter().collect();
    let (mut tx, about) = about(&house, &acting, path).await?;
    tx.may(Act::SetHours, &about.hours, &[&about.practice]).await?;
    let Whose { practice, clinician } = about.whose();
    let today = crate::today(&mut tx, practice).await?;
    let leave = match form::leave(&typed, today) {
        Ok(leave) => leave,
        Err(faults) => return Ok(with_faults(own(&mut tx, &about, Some(&typed), &faults).await?)),
    };
    let once = once(&house, &typed);
    let done = crate::take_leave(&mut tx, practice, clinician, once, leave).await;
    settle(tx, &about, &typed, done).await
}

async fn end_leave(
    State(house): State<House>,
    acting: Acting,
    Path((practice, clinician, leave)): Path<(Uuid, Uuid, Uuid)>,
) -> web::Result {
    let (mut tx, about) = about(&house, &acting, (practice, clinician)).await?;
    tx.may(Act::SetHours, &about.hours, &[&about.practice]).await?;
    let Whose { practice, clinician } = about.whose();
    crate::give_back_leave(&mut tx, practice, clinician, leave).await?;
    tx.commit().await?;
    Ok(about.back())
}

async fn protect(
    State(house): State<House>,
    acting: Acting,
    Path(path): Path<(Uuid, Uuid)>,
    Form(pairs): Sent,
) -> web::Result {
    let typed: Typed = pairs.into_iter().collect();
    let (mut tx, about) = about(&house, &acting, path).await?;
    tx.may(Act::ProtectTime, &about.hours, &[&about.practice]).await?;
    let protected = match form::protected(&typed) {
        Ok(protected) => protected,
        Err(faults) => return Ok(with_faults(own(&mut tx, &about, Some(&typed), &faults).await?)),
    };
    let Whose { practice, clinician } = about.whose();
    let once = once(&house, &typed);
    let done = crate::protect(&mut tx, practice, clinician, once, &protected).await;
    settle(tx, &about, &typed, done).await
}

async fn give_back(
    State(house): State<House>,
    acting: Acting,
    Path((practice, clinician, protected)): Path<(Uuid, Uuid, Uuid)>,
) -> web::Result {
    let (mut tx, about) = about(&house, &acting, (practice, clinician)).await?;
    tx.may(Act::ProtectTime, &about.hours, &[&about.practice]).await?;
    let Whose { practice, clinician } = about.whose();
    crate::give_back(&mut tx, practice, clinician, protected).await?;
    tx.commit().await?;
    Ok(about.back())
}

async fn capacity(
    State(house): State<House>,
    acting: Acting,
    Path(path): Path<(Uuid, Uuid)>,
    Form(pairs): Sent,
) -> web::Result {
    let typed: Typed = pairs.into_iter().collect();
    let (mut tx, about) = about(&house, &acting, path).await?;
    tx.may(Act::PauseIntake, &about.hours, &[&about.practice]).await?;
    let most = match form::clients_max(&typed) {
        Ok(most) => most,
        Err(faults) => return Ok(with_faults(own(&mut tx, &about, Some(&typed), &faults).await?)),
    };
    let Whose { practice, clinician } = about.whose();
    crate::set_capacity(&mut tx, practice, clinician, most).await?;
    tx.commit().await?;
    Ok(about.back())
}

/// The switch: off pauses until she reopens, on reopens.
async fn intake(
    State(house): State<House>,
    acting: Acting,
    Path(path): Path<(Uuid, Uuid)>,
    Form(pairs): Sent,
) -> web::Result {
    let typed: Typed = pairs.into_iter().collect();
    let (mut tx, about) = about(&house, &acting, path).await?;
    tx.may(Act::PauseIntake, &about.hours, &[&about.practice]).await?;
    let Whose { practice, clinician } = about.whose();
    match typed.one("to") {
        "on" => crate::reopen(&mut tx, practice, clinician).await?,
        "off" => crate::pause(&mut tx, practice, clinician, None).await?,
        _ => return Ok(about.back()),
    }
    tx.commit().await?;
    Ok(about.back())
}

async fn pause_until(
    State(house): State<House>,
    acting: Acting,
    Path(path): Path<(Uuid, Uuid)>,
    Form(pairs): Sent,
) -> web::Result {
    let typed: Typed = pairs.into_iter().collect();
    let (mut tx, about) = about(&house, &acting, path).await?;
    tx.may(Act::PauseIntake, &about.hours, &[&about.practice]).await?;
    let Whose { practice, clinician } = about.whose();
    let today = crate::today(&mut tx, practice).await?;
    let day = match form::reopens_on(&typed, today) {
        Ok(day) => day,
        Err(faults) => return Ok(with_faults(own(&mut tx, &about, Some(&typed), &faults).await?)),
    };
    crate::pause(&mut tx, practice, clinician, Some(day)).await?;
    tx.commit().await?;
    Ok(about.back())
}
