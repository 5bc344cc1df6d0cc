//! What took place: when a session began and ended, as measured.
//!
//! ```text
//! planned ──start──▶ open ──stop──▶ ended (the appointment is kept)
//!                     │                └──say──▶ said otherwise (the measured time stays beside it)
//!                     ╰─ without a stop it stays open, and says so
//! ```
//! 1. A beginning and an end are measured when they are pressed; no verb takes a time for them.
//! 2. A planned time is another type, and nothing turns it into a measured one.
//! 3. Nobody but the clinician times a session; nobody times two at once.
//! 4. What the clinician says about the time counts, and stands beside what was measured.
//!
//! It does not know what was said in a session, nor what it costs.

mod events;
mod model;
mod queries;
mod routes;
mod views;
mod words;

pub mod cast;

pub use calendar::Place;
pub use events::Ended;
pub use model::{Actual, Measured, Planned, Said, Session, Why};
pub use queries::{of_client, session};

use calendar::Became;
use ground::db::{self, Tx};
use ground::spans::{self, Kind, Span};
use ground::{Duty, Permit, Room, duty, events as ground_events};
use ids::{AppointmentId, PracticeId, SessionId, SpanId, Uuid};

#[cfg(test)]
mod tests;

/// Start, stop, and the clinician's word.
pub const ROOM: Room = Room {
    name: "session",
    routes: routes::routes,
    listens: &[],
    jobs: &[],
    duties: Some(duties),
    around: None,
};

/// A session begins now. The permit is for this session.
///
/// # Errors
/// As the database says; `session_of_an_appointment_is_one` where it has begun,
/// `session_is_open_once` where another one is open.
pub async fn start(
    tx: &mut Tx,
    permit: &Permit,
    id: SessionId,
    planned: &Planned,
) -> db::Result<Session> {
    permit.is_for("time_session", id);
    let now = tx.house().now();
    queries::insert(tx, id, planned, now).await?;
    Ok(planned.begin(id, now))
}

/// The appointment of a session, where somebody is to be at it.
///
/// # Errors
/// As the database says.
pub async fn planned(
    tx: &mut Tx,
    practice: PracticeId,
    appointment: AppointmentId,
) -> db::Result<Option<Planned>> {
    let found = calendar::appointment(tx, practice, appointment).await?;
    Ok(found.as_ref().and_then(Planned::of))
}

/// A session ends now: its minutes are written, its appointment is kept, and later rooms are told.
/// `kept` is the permit to say so of the appointment.
///
/// # Errors
/// As the database says; [`db::Error::Touched`] where it has ended.
pub async fn stop(
    tx: &mut Tx,
    permit: &Permit,
    kept: &Permit,
    session: &Session,
) -> db::Result<Session> {
    permit.is_for("time_session", session.id);
    let now = tx.house().now();
    queries::end(tx, session.practice, session.id, now).await?;
    let ended = session.clone().end(now);
    if let Some(actual) = ended.actual() {
        spans::write(tx, &span(&ended, SpanId(ended.id.0), actual)).await?;
    }
    let (practice, appointment) = (session.practice, session.appointment);
    calendar::record_outcome(tx, kept, practice, appointment, Became::Kept).await?;
    let event = Ended {
        session: ended.id,
        appointment: ended.appointment,
        clinician: ended.clinician,
        client: ended.client,
        began_at: ended.measured.began_at,
        ended_at: now,
    };
    ground_events::tell(tx, ended.practice, &event).await?;
    Ok(ended)
}

/// The clinician says when a session took place. `said_id` is the form's once-key: pressed twice,
/// it is said once.
///
/// # Errors
/// As the database says; `said_pkey` where the same was said before.
pub async fn say(
    tx: &mut Tx,
    permit: &Permit,
    session: &Session,
    said_id: Uuid,
    said: Said,
) -> db::Result<()> {
    permit.is_for("time_session", session.id);
    let now = tx.house().now();
    let earlier = session.said.map_or(session.id.0, |(id, _)| id);
    queries::insert_said(tx, session, said_id, &said, now).await?;
    let mut as_said = session.clone();
    as_said.said = Some((said_id, said));
    if let Some(actual) = as_said.actual() {
        spans::replace(tx, SpanId(earlier), &span(session, SpanId(said_id), actual)).await?;
    }
    Ok(())
}

fn span(session: &Session, id: SpanId, actual: Actual) -> Span {
    Span {
        id,
        person: session.person,
        practice: session.practice,
        kind: Kind::Session,
        from: actual.began_at,
        to: actual.ended_at,
        source: actual.source,
    }
}

/// The session of an appointment, once it has begun.
///
/// # Errors
/// As the database says.
pub async fn of_appointment(
    tx: &mut Tx,
    practice: PracticeId,
    appointment: AppointmentId,
) -> db::Result<Option<Session>> {
    queries::of_appointment(tx, practice, appointment).await
}

/// Sessions of the one who looks that were begun and not ended.
fn duties(tx: &mut Tx) -> duty::Finding<'_> {
    Box::pin(async move {
        let Some(person) = tx.acting().person() else {
            return Ok(vec![]);
        };
        let open = queries::open_of(tx, person).await?;
        let duty = |(practice, appointment, began_at)| Duty {
            practice,
            presses: duty::Presses::Now,
            what: words::STILL_OPEN.into(),
            why: words::OPEN_UNTIL_STOPPED.into(),
            due: Some(began_at),
            action: words::STOP.into(),
            href: routes::at(practice, appointment),
        };
        Ok(open.into_iter().map(duty).collect())
    })
}
