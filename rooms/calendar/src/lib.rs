//! Time that is promised: what can be booked, who booked it, and what became of it.
//!
//! 1. No two appointments of one clinician overlap, and none is made in time that she keeps; a
//!    constraint and a trigger say so to every program that will ever write here.
//! 2. Whoever books looks, locks, looks again and inserts (`booking`); whoever is too late hears of
//!    the next open times at once.
//! 3. An appointment says nothing of for whom it is; the attendee does, to those who may know.
//! 4. Scheduled is not measured: an appointment is kept by the clinician's word, never by the clock.
//! 5. A client is booked with somebody who treats them, and with nobody else.
//!
//! It does not know what is talked of in a visit, nor what it costs.

mod booking;
mod choosing;
mod desk;
mod events;
mod letters;
mod lookup;
mod me;
mod model;
mod queries;
mod routes;
mod settle;
mod views;
mod week;
mod words;

pub mod cast;

pub use events::{Booked, Canceled, Kept, Missed};
pub use model::{
    Answer, Appointment, Attending, Booking, By, HOLD_MIN, Place, Planned, State, VisitType,
};

use ground::acting::Acting;
use ground::db::{self, Tx};
use ground::duty::{Duty, Finding, Presses};
use ground::events::{Listener, Told};
use ground::policy::Role;
use ground::work::Doing;
use ground::{Permit, Room};
use ids::{AppointmentId, ClientId, ClinicianId, PersonId, PracticeId};
use jiff::{SignedDuration, Timestamp};

use crate::booking::{Asks, Offered};
use crate::queries::During;

#[cfg(test)]
mod tests;

/// Booking, the week, and a client's visits.
pub const ROOM: Room = Room {
    name: "calendar",
    routes: routes::routes,
    listens: &[letters::BOOKED, letters::CANCELED, MAKES_READY],
    jobs: &[],
    duties: Some(duties),
    around: None,
};

/// With its first client, a practice gets the usual kinds of visit.
const MAKES_READY: Listener =
    Listener { kind: "offers.accepted", name: "calendar.make_ready", take: make_ready };

fn make_ready<'t>(tx: &'t mut Tx, told: &'t Told) -> Doing<'t> {
    Box::pin(async move { Ok(usual_visits(tx, told.practice).await?) })
}

/// Gives a practice the usual kinds of visit, where it has none of that name.
///
/// # Errors
/// As the database says.
pub async fn usual_visits(tx: &mut Tx, practice: PracticeId) -> db::Result<()> {
    let now = tx.house().now();
    for visit in model::usual_types() {
        let id = tx.house().new_id();
        queries::insert_visit_type(tx, practice, &VisitType { id, ..visit }, now).await?;
    }
    Ok(())
}

/// What can be booked in a practice, the first visit first.
///
/// # Errors
/// As the database says.
pub async fn visit_types(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<VisitType>> {
    queries::visit_types(tx, practice).await
}

/// What openings are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// With whom.
    pub clinician: ClinicianId,
    /// For whom.
    pub client: ClientId,
    /// What.
    pub visit: &'a VisitType,
    /// Where.
    pub place: Place,
    /// From when on.
    pub from: Timestamp,
    /// Until just before this.
    pub to: Timestamp,
}

/// The open starts for one client with one clinician, soonest first, as the one who acts may book
/// them: a client gives notice, and who works here need not.
///
/// # Errors
/// As the database says.
pub async fn openings(
    tx: &mut Tx,
    practice: PracticeId,
    wanted: Wanted<'_>,
    limit: usize,
) -> db::Result<Vec<Timestamp>> {
    let Wanted { clinician, client, visit, place, from, to } = wanted;
    let asks = Asks { practice, clinician, client, visit, place };
    let during = During { from, to: to + SignedDuration::from_hours(24) };
    let offered = Offered::look(tx, asks, during).await?;
    Ok(offered.starts(During { from, to }, limit))
}

/// Books a time for a client.
///
/// # Errors
/// As the database says; `attendee_is_treated_by_the_clinician` where the clinician does not treat
/// them.
pub async fn book(
    tx: &mut Tx,
    practice: PracticeId,
    by: PersonId,
    booking: &Booking,
) -> db::Result<Answer> {
    booking::book(tx, practice, by, booking).await
}

/// Holds a time for a client for [`HOLD_MIN`] minutes. What they held with this clinician before is
/// given up.
///
/// # Errors
/// As [`book`].
pub async fn hold(
    tx: &mut Tx,
    practice: PracticeId,
    by: PersonId,
    booking: &Booking,
) -> db::Result<Answer> {
    booking::hold(tx, practice, by, booking).await
}

/// Calls a booked appointment off. `None` where it cannot be any more.
///
/// # Errors
/// As the database says.
pub async fn cancel(
    tx: &mut Tx,
    practice: PracticeId,
    appointment: AppointmentId,
    by: PersonId,
    on_behalf: By,
) -> db::Result<Option<Appointment>> {
    settle::cancel(tx, practice, appointment, by, on_behalf).await
}

/// What a clinician can say of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It took place.
    Kept,
    /// The client did not come.
    Missed,
}

/// Writes down the clinician's word on a visit. Kept twice is kept once; `None` where it cannot be
/// said: it was called off, or, to be missed, has not begun.
///
/// # Errors
/// As the database says.
pub async fn record_outcome(
    tx: &mut Tx,
    permit: &Permit,
    practice: PracticeId,
    appointment: AppointmentId,
    became: Became,
) -> db::Result<Option<Appointment>> {
    permit.is_for("record_outcome", appointment);
    let Some(person) = tx.acting().person() else {
        return Ok(None);
    };
    match became {
        Became::Kept => settle::keep(tx, practice, appointment, person).await,
        Became::Missed => settle::miss(tx, practice, appointment, person).await,
    }
}

/// One appointment, with who is to be there where the one who acts may see it.
///
/// # Errors
/// As the database says.
pub async fn appointment(
    tx: &mut Tx,
    practice: PracticeId,
    id: AppointmentId,
) -> db::Result<Option<Appointment>> {
    lookup::appointment(tx, practice, id).await
}

/// What a clinician has planned in a span, earliest first; what was called off, too.
///
/// # Errors
/// As the database says.
pub async fn planned(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    (from, to): (Timestamp, Timestamp),
) -> db::Result<Vec<Appointment>> {
    let now = tx.house().now();
    let whose = queries::Whose { practice, clinician };
    lookup::planned(tx, whose, During { from, to }, now).await
}

/// A visit that is over asks the clinician whether it took place.
fn duties(tx: &mut Tx) -> Finding<'_> {
    Box::pin(async move {
        let Acting::Workforce(worker) = tx.acting().clone() else {
            return Ok(Vec::new());
        };
        let now = tx.house().now();
        let mut found = Vec::new();
        let treats = worker.places.iter().filter(|it| it.roles.contains(&Role::Clinician));
        for place in treats {
            let zone = hours::zone(tx, place.practice).await?;
            for visit in lookup::unsaid(tx, place.practice, worker.person, now).await? {
                let at = words::at(&visit.starts_at.to_zoned_datetime(zone.clone()));
                let name = visit.client.as_ref().map_or(words::BOOKED_TIME, |it| &it.name);
                found.push(Duty {
                    practice: place.practice,
                    presses: Presses::Soon,
                    what: words::unsaid(name, &at),
                    why: words::UNSAID_WHY.into(),
                    due: None,
                    action: words::OPEN.into(),
                    href: format!("/p/{}/appointments/{}", place.practice, visit.id),
                });
            }
        }
        Ok(found)
    })
}
