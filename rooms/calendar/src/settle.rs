//! What becomes of an appointment: called off, missed, kept. Each is a word of somebody, and stays.

use ground::db::{self, Tx};
use ground::events as outbox;
use ids::{AppointmentId, PersonId, PracticeId};

use crate::booking::locked;
use crate::events;
use crate::model::{Appointment, By, State};
use crate::queries::{self, Outcome};

/// Calls a booked appointment off, by `person` on behalf of `on_behalf`. `None` where it cannot be
/// called off any more: it is over, or somebody was faster.
pub async fn cancel(
    tx: &mut Tx,
    practice: PracticeId,
    id: AppointmentId,
    person: PersonId,
    on_behalf: By,
) -> db::Result<Option<Appointment>> {
    let Some(found) = locked(tx, practice, id).await? else {
        return Ok(None);
    };
    let now = tx.house().now();
    if !found.can_be_canceled(now) {
        return Ok(None);
    }
    let is_late = found.is_late(on_behalf, now);
    let outcome = Outcome { state: State::Canceled, by: on_behalf, said_at: now, is_late };
    say(tx, &found, person, outcome).await?;
    Ok(Some(found))
}

/// The clinician's word that the client did not come. `None` where it cannot be said.
pub async fn miss(
    tx: &mut Tx,
    practice: PracticeId,
    id: AppointmentId,
    person: PersonId,
) -> db::Result<Option<Appointment>> {
    let Some(found) = locked(tx, practice, id).await? else {
        return Ok(None);
    };
    let now = tx.house().now();
    if !found.can_be_missed(now) {
        return Ok(None);
    }
    let (state, by) = (State::Missed, By::Practice);
    say(tx, &found, person, Outcome { state, by, said_at: now, is_late: false }).await?;
    Ok(Some(found))
}

/// The clinician's word that it took place. What is kept already stays as it is; `None` where it was
/// never promised, or called off.
pub async fn keep(
    tx: &mut Tx,
    practice: PracticeId,
    id: AppointmentId,
    person: PersonId,
) -> db::Result<Option<Appointment>> {
    let Some(found) = locked(tx, practice, id).await? else {
        return Ok(None);
    };
    let now = tx.house().now();
    match found.state {
        State::Kept => Ok(Some(found)),
        State::Booked | State::Missed => {
            let (state, by) = (State::Kept, By::Practice);
            say(tx, &found, person, Outcome { state, by, said_at: now, is_late: false }).await?;
            Ok(Some(found))
        }
        State::Held | State::Lapsed | State::Canceled => Ok(None),
    }
}

async fn say(
    tx: &mut Tx,
    found: &Appointment,
    person: PersonId,
    outcome: Outcome,
) -> db::Result<()> {
    let Some(client) = found.client.as_ref().map(|it| it.client) else {
        return Err(db::Error::Broken {
            table: "calendar.appointment",
            id: found.id.to_string(),
            why: "nobody is to be there, or the one who acts may not see who".into(),
        });
    };
    let practice = found.practice;
    queries::move_on(tx, practice, found.id, (found.state, outcome.state)).await?;
    queries::insert_outcome(tx, found, client, person, outcome).await?;
    let (appointment, clinician) = (found.id, found.clinician);
    match outcome.state {
        State::Kept => {
            outbox::tell(tx, practice, &events::Kept { appointment, clinician, client }).await?;
        }
        State::Missed => {
            outbox::tell(tx, practice, &events::Missed { appointment, clinician, client }).await?;
        }
        _ => {
            outbox::tell(tx, practice, &events::Canceled { appointment, clinician, client })
                .await?;
        }
    }
    Ok(())
}
