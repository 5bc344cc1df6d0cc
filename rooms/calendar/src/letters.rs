//! Letters to clients about their time: written once the change is told, by whoever booked.

use ground::db::Tx;
use ground::events::{Listener, Told};
use ground::mail::{self, Letter};
use ground::work::{Doing, Failure};
use ids::{AppointmentId, PracticeId};
use people::Purpose;

use crate::model::State;
use crate::{events, lookup, words};

/// Writes to a client whose time was booked.
pub const BOOKED: Listener =
    Listener { kind: "calendar.booked", name: "calendar.write_booked", take: booked };
/// Writes to a client whose time was called off.
pub const CANCELED: Listener =
    Listener { kind: "calendar.cancelled", name: "calendar.write_cancelled", take: canceled };

fn booked<'t>(tx: &'t mut Tx, told: &'t Told) -> Doing<'t> {
    Box::pin(async move {
        let event: events::Booked = told.read()?;
        write(tx, told.practice, event.appointment, State::Booked).await
    })
}

fn canceled<'t>(tx: &'t mut Tx, told: &'t Told) -> Doing<'t> {
    Box::pin(async move {
        let event: events::Canceled = told.read()?;
        write(tx, told.practice, event.appointment, State::Canceled).await
    })
}

/// One letter, where the client agreed to be written to about visits. What has changed since is not
/// told any more: the later event has its own letter.
async fn write(
    tx: &mut Tx,
    practice: PracticeId,
    id: AppointmentId,
    about: State,
) -> Result<(), Failure> {
    let found = lookup::appointment(tx, practice, id).await?;
    let Some(found) = found.filter(|it| it.state == about) else {
        return Ok(());
    };
    let Some(client) = found.client.as_ref().map(|it| it.client) else {
        return Ok(());
    };
    let Some(reach) = people::reach(tx, practice, client, Purpose::Visits).await? else {
        return Ok(());
    };
    let around = lookup::around(tx, practice).await?;
    let with = people::clinicians(tx, practice).await?;
    let with = with.into_iter().find(|it| it.id == found.clinician);
    let with = with.map_or_else(|| around.practice.clone(), |it| it.name);
    let local = |at: jiff::Timestamp| words::at(&at.to_zoned_datetime(around.zone.clone()));
    let link = format!("{}/me/visits", tx.house().origin());
    let at = local(found.starts_at);
    let letter = match about {
        State::Canceled => Letter {
            subject: words::canceled_subject(&at),
            body: words::canceled_letter(&around.practice, &with, &at, &link),
        },
        _ => Letter {
            subject: words::booked_subject(&at),
            body: {
                let until = found.free_until();
                let until = (tx.house().now() < until).then(|| local(until));
                words::booked_letter(&around.practice, &with, &at, until.as_deref(), &link)
            },
        },
    };
    mail::write(tx, practice, &reach, &letter).await?;
    Ok(())
}
