//! The pages of a session: begin, end, and say otherwise.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use ground::db::{self, Tx};
use ground::html::{Faults, Typed};
use ground::policy::{Act, Practice, Service};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{AppointmentId, PracticeId, SessionId, Uuid};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime, civil};

use crate::model::{Planned, Said, Session, Why};
use crate::{queries, views, words};

/// The table.
pub(crate) fn routes() -> Routes {
    let page = "/p/{practice}/appointments/{appointment}/session";
    Routes::new()
        .get(page, Asks::act("see_appointment"), show)
        .post(page, Asks::act("time_session"), start)
        .post("/p/{practice}/sessions/{session}/ending", Asks::act("time_session"), stop)
        .post("/p/{practice}/sessions/{session}/said", Asks::act("time_session"), say)
}

/// The page of an appointment's session.
pub(crate) fn at(practice: PracticeId, appointment: AppointmentId) -> String {
    format!("/p/{practice}/appointments/{appointment}/session")
}

/// Staff of the operator are asked for their service before anything is loaded.
async fn staff_first(tx: &mut Tx, practice: &Practice, id: PracticeId) -> web::Result<()> {
    if tx.acting().is_staff_in(id) {
        let act = Act::UseService { service: Service::Scheduling };
        tx.may(act, practice, &[]).await?;
    }
    Ok(())
}

/// What the page shows.
#[derive(Debug)]
pub(crate) struct Shown {
    pub planned: Planned,
    pub session: Option<Session>,
    pub zone: TimeZone,
    pub now: Timestamp,
    /// Whether the one who looks times it.
    pub is_theirs: bool,
}

async fn load(
    tx: &mut Tx,
    practice: &Practice,
    id: PracticeId,
    appointment: AppointmentId,
) -> web::Result<Shown> {
    staff_first(tx, practice, id).await?;
    let planned = crate::planned(tx, id, appointment).await?.ok_or(web::Error::NotFound)?;
    tx.may(Act::SeeAppointment, &planned.thing, &[practice]).await?;
    let session = queries::of_appointment(tx, id, appointment).await?;
    let zone = hours::zone(tx, id).await?;
    let is_theirs = tx.acting().person() == Some(planned.person);
    Ok(Shown { planned, session, zone, now: tx.house().now(), is_theirs })
}

async fn show(
    State(house): State<House>,
    acting: Acting,
    Path((id, appointment)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let shown = load(&mut tx, &practice, id, AppointmentId(appointment)).await?;
    let once = house.new_id::<Uuid>().to_string();
    Ok(views::page(&once, &shown, &views::as_counted(&shown), &Faults::none()).into_response())
}

async fn start(
    State(house): State<House>,
    acting: Acting,
    Path((id, appointment)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let (id, appointment) = (PracticeId(id), AppointmentId(appointment));
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    staff_first(&mut tx, &practice, id).await?;
    let planned = crate::planned(&mut tx, id, appointment).await?.ok_or(web::Error::NotFound)?;
    let session: SessionId = house.new_id();
    let thing = planned.session_thing(session);
    let permit = tx.may(Act::TimeSession, &thing, &[&practice]).await?;
    if !planned.may_begin(house.now()) {
        return Err(web::Error::Conflict(words::CANNOT_BEGIN.into()));
    }
    match crate::start(&mut tx, &permit, session, &planned).await {
        Ok(_) => tx.commit().await?,
        // Pressed twice, it has begun once.
        Err(db::Error::Conflict(name)) if name == "session_of_an_appointment_is_one" => {
            tx.rollback().await?;
        }
        Err(db::Error::Conflict(name)) if name == "session_is_open_once" => {
            return Err(web::Error::Conflict(words::ANOTHER_OPEN.into()));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(to(at(id, appointment)))
}

/// One session of a practice, with the practice as the one who acts knows it.
async fn found(tx: &mut Tx, id: PracticeId, session: Uuid) -> web::Result<(Practice, Session)> {
    let practice = tx.acting().known(id).ok_or(web::Error::NotFound)?;
    staff_first(tx, &practice, id).await?;
    let session = queries::session(tx, id, SessionId(session)).await?;
    Ok((practice, session.ok_or(web::Error::NotFound)?))
}

async fn stop(
    State(house): State<House>,
    acting: Acting,
    Path((id, session)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let mut tx = house.begin(&acting).await?;
    let (practice, session) = found(&mut tx, id, session).await?;
    let permit = tx.may(Act::TimeSession, &session.thing(), &[&practice]).await?;
    // Pressed twice, it has ended once.
    if session.is_open() {
        let planned = crate::planned(&mut tx, id, session.appointment).await?;
        let planned = planned.ok_or(web::Error::NotFound)?;
        let kept = tx.may(Act::RecordOutcome, &planned.thing, &[&practice]).await?;
        let ended = crate::stop(&mut tx, &permit, &kept, &session).await?;
        let counts = ended.actual().is_some();
        tx.commit().await?;
        if counts {
            return Ok(to(note(&session)));
        }
    }
    Ok(to(at(id, session.appointment)))
}

/// The page of a session's note, in a later room.
pub(crate) fn note(session: &Session) -> String {
    format!("/p/{}/sessions/{}/note", session.practice, session.id)
}

async fn say(
    State(house): State<House>,
    acting: Acting,
    Path((id, session)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    let (practice, session) = found(&mut tx, id, session).await?;
    let permit = tx.may(Act::TimeSession, &session.thing(), &[&practice]).await?;
    let zone = hours::zone(&mut tx, id).await?;
    if session.is_open() {
        return Err(web::Error::Conflict(words::NOT_ENDED.into()));
    }
    let began_on = session.measured.began_at.to_zoned_datetime(zone);
    let said = match read(&typed, &began_on, house.now()) {
        Ok(said) => said,
        Err(faults) => {
            let shown = load(&mut tx, &practice, id, session.appointment).await?;
            let once = house.new_id::<Uuid>().to_string();
            let page = views::page(&once, &shown, &typed, &faults);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let once = typed.one("once").parse::<SessionId>().map_or_else(|_| house.new_id(), |id| id.0);
    match crate::say(&mut tx, &permit, &session, once, said).await {
        Ok(()) => tx.commit().await?,
        Err(db::Error::Conflict(name)) if name == "said_pkey" => tx.rollback().await?,
        Err(db::Error::Conflict(name)) if name == "time_of_a_signed_note_stays" => {
            return Err(web::Error::Conflict(words::SIGNED.into()));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(to(at(id, session.appointment)))
}

/// Reads what somebody says about a time, on the day on which the session began by the practice's
/// clock; an end that is earlier by the clock lies after midnight.
fn read(typed: &Typed, began_on: &ZonedDateTime, now: Timestamp) -> Result<Said, Faults> {
    let mut faults = Faults::none();
    let mut instant = |name: &str, says: &str, day: civil::Date| {
        let read = clock(typed.one(name)).and_then(|it| {
            let at = day.to_datetime(it).to_zoned_datetime(began_on.time_zone().clone());
            at.ok().map(|at| at.timestamp())
        });
        if read.is_none() {
            faults.add(name, says);
        }
        read
    };
    let day = began_on.date();
    let began_at = instant("began", words::ENTER_BEGAN, day);
    let is_past_midnight = clock(typed.one("ended")) < clock(typed.one("began"));
    let end_day = if is_past_midnight { day.tomorrow().unwrap_or(day) } else { day };
    let ended_at = instant("ended", words::ENTER_ENDED, end_day);
    let why = typed.one("why").parse::<Why>().ok();
    if why.is_none() {
        faults.add("why", words::CHOOSE_WHY);
    }
    let (Some(began_at), Some(ended_at), Some(why)) = (began_at, ended_at, why) else {
        return Err(faults);
    };
    let longest = jiff::SignedDuration::from_hours(12);
    let is_a_stretch = began_at < ended_at && ended_at.duration_since(began_at) <= longest;
    if !is_a_stretch || now < ended_at {
        faults.add("ended", words::ENDS_LATER);
    }
    faults.or(Said { began_at, ended_at, why })
}

/// A clock time as people type it: `3:05 PM`, `3:05pm`, `15:05`.
fn clock(typed: &str) -> Option<civil::Time> {
    let text = typed.trim().to_uppercase().replace(['.', ' '], "");
    let read = |form| civil::Time::strptime(form, &text).ok();
    read("%I:%M%p").or_else(|| read("%H:%M"))
}

fn to(path: String) -> Response {
    Redirect::to(&path).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_read_as_people_type_it() {
        for (typed, read) in [
            ("3:05 PM", Some((15, 5))),
            (" 3:05pm ", Some((15, 5))),
            ("3:05 p.m.", Some((15, 5))),
            ("15:05", Some((15, 5))),
            ("9:00", Some((9, 0))),
            ("12:30 AM", Some((0, 30))),
            ("", None),
            ("25:00", None),
            ("13:00 PM", None),
            ("three", None),
        ] {
            let clock = clock(typed).map(|it| (it.hour(), it.minute()));
            assert_eq!(clock, read, "{typed:?}");
        }
    }

    fn typed(began: &str, ended: &str) -> Typed {
        Typed::none().with("began", began).with("ended", ended).with("why", "forgot_to_stop")
    }

    #[test]
    fn a_session_over_midnight_ends_on_the_next_day() {
        let began: ZonedDateTime = "2026-02-09T23:30[America/Chicago]".parse().unwrap();
        let now = "2026-02-10T18:00:00Z".parse().unwrap();

        let said = read(&typed("11:30 PM", "12:20 AM"), &began, now).unwrap();

        assert_eq!(said.ended_at.duration_since(said.began_at).as_mins(), 50);
    }

    #[test]
    fn what_is_not_over_or_takes_no_time_is_not_taken() {
        let began: ZonedDateTime = "2026-02-09T09:00[America/Chicago]".parse().unwrap();
        let now = began.timestamp() + jiff::SignedDuration::from_hours(2);
        for (first, last) in [("9:00", "11:01"), ("9:00", "9:00"), ("9:00", "8:59")] {
            let faults = read(&typed(first, last), &began, now).unwrap_err();
            assert!(faults.has("ended"), "{first} {last}");
        }
        assert_eq!(read(&Typed::none(), &began, now).unwrap_err().len(), 3);
    }
}
