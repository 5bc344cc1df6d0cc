//! All SQL of the homes: names for the frame, and what was done in one's practice by others.

use ground::acting::Acting;
use ground::db::{self, Instant, Tx};
use ids::{AppointmentId, ClinicianId, PracticeId, Uuid};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

/// Lines of what was handled.
const LINES_MAX: i64 = 12;

/// A practice's name and zone, where the one who looks may know them.
pub(crate) async fn practice(
    tx: &mut Tx,
    practice: PracticeId,
) -> db::Result<Option<(String, TimeZone)>> {
    let found: Option<(String, String)> =
        sqlx::query_as("select p.name, p.zone from people.practice p where p.practice_id = $1")
            .bind(practice.0)
            .fetch_optional(&mut **tx)
            .await?;
    Ok(found.map(|(name, zone)| (name, TimeZone::get(&zone).unwrap_or(TimeZone::UTC))))
}

/// The name of the one who acts, as they are known to themselves.
pub(crate) async fn own_name(tx: &mut Tx) -> db::Result<Option<String>> {
    let person = tx.acting().person().map(|it| it.0);
    let found = sqlx::query_scalar("select p.name from people.person p where p.person_id = $1")
        .bind(person)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found)
}

/// The practice of a client, where they are a client of one.
pub(crate) async fn client_practice(tx: &mut Tx) -> db::Result<Option<String>> {
    let Acting::Client { as_client, .. } = tx.acting() else {
        return Ok(None);
    };
    let [(practice, _)] = as_client.as_slice() else {
        return Ok(None);
    };
    let practice = practice.0;
    let found = sqlx::query_scalar("select p.name from people.practice p where p.practice_id = $1")
        .bind(practice)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found)
}

/// What the operator's people did or were refused in a practice, act by act, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Handled {
    pub act: String,
    pub is_refused: bool,
    pub promise: Option<String>,
    pub times: i64,
    pub last_at: Timestamp,
}

/// What was handled since an instant, without what concerns another clinician.
pub(crate) async fn handled(
    tx: &mut Tx,
    practice: PracticeId,
    since: Timestamp,
) -> db::Result<Vec<Handled>> {
    let person = tx.acting().person().map(|it| it.0);
    let rows: Vec<(String, bool, Option<String>, i64, Instant)> = sqlx::query_as(
        "select a.act, a.outcome = 'refused', a.promise, count(*), max(a.at)
           from ground.audit a
          where a.practice_id = $1
            and a.is_staff
            and a.outcome in ('changed', 'refused')
            and $2 <= a.at
            and (a.about_id is null or a.about_id = $3)
          group by 1, 2, 3
          order by 5 desc
          limit $4",
    )
    .bind(practice.0)
    .bind(Instant(since))
    .bind(person)
    .bind(LINES_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(act, is_refused, promise, times, at): (_, _, _, _, Instant)| Handled {
        act,
        is_refused,
        promise,
        times,
        last_at: at.0,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// A visit of the one who looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Visit {
    pub appointment: AppointmentId,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub is_video: bool,
    /// `booked`, `kept` or `missed`.
    pub state: String,
    pub client: Option<String>,
}

/// Who the one who looks is as a clinician of a practice, where they treat.
pub(crate) async fn treats(tx: &mut Tx, practice: PracticeId) -> db::Result<Option<ClinicianId>> {
    let person = tx.acting().person().map(|it| it.0);
    let found: Option<Uuid> = sqlx::query_scalar(
        "select c.clinician_id from people.clinician c where c.practice_id = $1 and c.person_id = $2",
    )
    .bind(practice.0)
    .bind(person)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(ClinicianId))
}

type VisitRow = (Uuid, Instant, Instant, String, String, Option<String>);

/// The visits of the one who looks between two instants, earliest first.
pub(crate) async fn visits(
    tx: &mut Tx,
    practice: PracticeId,
    from: Timestamp,
    to: Timestamp,
) -> db::Result<Vec<Visit>> {
    let person = tx.acting().person().map(|it| it.0);
    let rows: Vec<VisitRow> = sqlx::query_as(
        "select a.appointment_id, a.starts_at, a.ends_at, a.place, a.state, k.name
           from calendar.appointment a
           join people.clinician c using (practice_id, clinician_id)
           left join calendar.attendee t using (practice_id, appointment_id)
           left join people.client k
                  on k.practice_id = t.practice_id
                 and k.client_id = t.client_id
          where a.practice_id = $1
            and c.person_id = $2
            and $3 <= a.starts_at
            and a.starts_at < $4
            and a.state in ('booked', 'kept', 'missed')
          order by a.starts_at, a.appointment_id",
    )
    .bind(practice.0)
    .bind(person)
    .bind(Instant(from))
    .bind(Instant(to))
    .fetch_all(&mut **tx)
    .await?;
    let read = |(id, from, to, place, state, client): VisitRow| Visit {
        appointment: AppointmentId(id),
        starts_at: from.0,
        ends_at: to.0,
        is_video: place == "video",
        state,
        client,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// A visit that a client looks forward to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Coming {
    pub appointment: AppointmentId,
    pub starts_at: ZonedDateTime,
    pub with: String,
}

/// The next visits of the client who looks, soonest first.
pub(crate) async fn coming(tx: &mut Tx, now: Timestamp) -> db::Result<Vec<Coming>> {
    let rows: Vec<(Uuid, Instant, String, String)> = sqlx::query_as(
        "select a.appointment_id, a.starts_at, p.zone, c.name
           from calendar.attendee t
           join calendar.appointment a using (practice_id, appointment_id)
           join people.practice p using (practice_id)
           join people.clinician c using (practice_id, clinician_id)
          where a.state = 'booked'
            and t.client_id = any (house.clients())
            and $1 <= a.starts_at
          order by a.starts_at
          limit 3",
    )
    .bind(Instant(now))
    .fetch_all(&mut **tx)
    .await?;
    let read = |(id, at, zone, with): (Uuid, Instant, String, String)| Coming {
        appointment: AppointmentId(id),
        starts_at: at.0.to_zoned_datetime(TimeZone::get(&zone).unwrap_or(TimeZone::UTC)),
        with,
    };
    Ok(rows.into_iter().map(read).collect())
}
