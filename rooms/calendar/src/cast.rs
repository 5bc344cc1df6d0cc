//! Visits for the cast: later rooms' tests and the demo book by the room's own verbs.

use ground::{House, db};
use ids::{AppointmentId, ClientId, ClinicianId, PracticeId};
use jiff::{SignedDuration, Timestamp};
use people::cast::Worker;

use crate::{Answer, Booking, Place, VisitType, Wanted};

/// Gives a practice the usual kinds of visit, and says which.
///
/// # Errors
/// As the database says.
pub async fn visits(
    house: &House,
    who: &Worker,
    practice: PracticeId,
) -> db::Result<Vec<VisitType>> {
    let mut tx = house.begin(&who.acting()).await?;
    crate::usual_visits(&mut tx, practice).await?;
    let all = crate::visit_types(&mut tx, practice).await?;
    tx.commit().await?;
    Ok(all)
}

/// Books the first open time from `from` on. `None` where there is none within six weeks.
///
/// # Errors
/// As the database says.
pub async fn books_first(
    house: &House,
    who: &Worker,
    practice: PracticeId,
    (clinician, client): (ClinicianId, ClientId),
    visit: &VisitType,
    from: Timestamp,
) -> db::Result<Option<AppointmentId>> {
    let mut tx = house.begin(&who.acting()).await?;
    let to = from + SignedDuration::from_hours(24 * 42);
    let place = Place::Office;
    let wanted = Wanted { clinician, client, visit, place, from, to };
    let starts = crate::openings(&mut tx, practice, wanted, 1).await?;
    let Some(starts_at) = starts.first().copied() else {
        return Ok(None);
    };
    let id = house.new_id();
    let booking = Booking { id, clinician, client, visit_type: visit.id, place, starts_at };
    match crate::book(&mut tx, practice, who.person, &booking).await? {
        Answer::Yours(id) => {
            tx.commit().await?;
            Ok(Some(id))
        }
        Answer::NotOpen { .. } => Ok(None),
    }
}
