//! Sessions of the cast: for tests of later rooms, and for the demo. They go through the room's own
//! verbs, as the clinician.

use ground::policy::Act;
use ground::{Acting, House, web};
use ids::{AppointmentId, PracticeId, SessionId};
use jiff::SignedDuration;

/// A session begins now and ends after so many minutes, for which the clock is moved.
///
/// # Errors
/// As the database says; [`web::Error::NotFound`] where there is no such appointment.
pub async fn held(
    house: &House,
    acting: &Acting,
    practice: PracticeId,
    appointment: AppointmentId,
    minutes: i64,
) -> web::Result<SessionId> {
    let id: SessionId = house.new_id();
    let known = acting.known(practice).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(acting).await?;
    let planned = crate::planned(&mut tx, practice, appointment).await?;
    let planned = planned.ok_or(web::Error::NotFound)?;
    let permit = tx.may(Act::TimeSession, &planned.session_thing(id), &[&known]).await?;
    let session = crate::start(&mut tx, &permit, id, &planned).await?;
    tx.commit().await?;

    house.clock().advance(SignedDuration::from_mins(minutes));
    let mut tx = house.begin(acting).await?;
    let permit = tx.may(Act::TimeSession, &session.thing(), &[&known]).await?;
    let kept = tx.may(Act::RecordOutcome, &planned.thing, &[&known]).await?;
    crate::stop(&mut tx, &permit, &kept, &session).await?;
    tx.commit().await?;
    Ok(id)
}
