//! All SQL of the calendar that changes something, or decides about it. Whoever books holds the lock
//! of `hours.calendar`.

use ground::db::{self, Instant, Tx};
use ids::{AppointmentId, ClientId, ClinicianId, PersonId, PracticeId, Uuid, VisitTypeId};
use jiff::{SignedDuration, Timestamp};

use crate::booking;
use crate::model::{Appointment, Booking, By, State, VisitType};

/// Most rows of one list: far above any honest week, and above half a year of full ones.
const ROWS_MAX: i64 = 2_000;
/// No appointment is longer: a floor for the index, since row security keeps overlap operators
/// from using one.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);

/// Whose calendar.
#[derive(Debug, Clone, Copy)]
pub struct Whose {
    pub practice: PracticeId,
    pub clinician: ClinicianId,
}

/// From an instant to just before another.
#[derive(Debug, Clone, Copy)]
pub struct During {
    pub from: Timestamp,
    pub to: Timestamp,
}

type TypeRow = (Uuid, String, i32, i32, i32, i32, i32, i32, Option<String>, bool, bool, bool, bool);

fn visit_type_of(row: TypeRow) -> VisitType {
    let (id, name, length, before, after, grid, notice, cancel, cpt, office, video, first, own) =
        row;
    let short = |minutes: i32| u16::try_from(minutes).unwrap_or(u16::MAX);
    VisitType {
        id: VisitTypeId(id),
        name,
        length_min: short(length),
        before_min: short(before),
        after_min: short(after),
        grid_min: short(grid),
        notice_min: notice.unsigned_abs(),
        cancel_min: cancel.unsigned_abs(),
        cpt,
        in_office: office,
        by_video: video,
        is_first: first,
        for_clients: own,
    }
}

/// What can be booked in a practice, the first visit first. Served by the key.
pub async fn visit_types(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<VisitType>> {
    let rows: Vec<TypeRow> = sqlx::query_as(
        "select v.visit_type_id, v.name, v.length_min, v.before_min, v.after_min, v.grid_min,
                v.notice_min, v.cancel_min, v.cpt, v.in_office, v.by_video, v.is_first,
                v.for_clients
           from calendar.visit_type v
          where v.practice_id = $1
            and v.ended_at is null
          order by v.is_first desc, v.length_min desc, v.name
          limit $2",
    )
    .bind(practice.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(visit_type_of).collect())
}

/// One kind of visit, which can be booked still. Served by the key.
pub async fn visit_type(
    tx: &mut Tx,
    practice: PracticeId,
    id: VisitTypeId,
) -> db::Result<Option<VisitType>> {
    let row: Option<TypeRow> = sqlx::query_as(
        "select v.visit_type_id, v.name, v.length_min, v.before_min, v.after_min, v.grid_min,
                v.notice_min, v.cancel_min, v.cpt, v.in_office, v.by_video, v.is_first,
                v.for_clients
           from calendar.visit_type v
          where v.practice_id = $1
            and v.visit_type_id = $2
            and v.ended_at is null",
    )
    .bind(practice.0)
    .bind(id.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(visit_type_of))
}

/// Adds a kind of visit; one of that name that is there stays as it is.
pub async fn insert_visit_type(
    tx: &mut Tx,
    practice: PracticeId,
    visit: &VisitType,
    now: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "insert into calendar.visit_type (practice_id, visit_type_id, name, length_min, before_min,
                                          after_min, grid_min, notice_min, cancel_min, cpt,
                                          in_office, by_video, is_first, for_clients, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
             on conflict (practice_id, name) where ended_at is null do nothing",
    )
    .bind(practice.0)
    .bind(visit.id.0)
    .bind(&visit.name)
    .bind(i32::from(visit.length_min))
    .bind(i32::from(visit.before_min))
    .bind(i32::from(visit.after_min))
    .bind(i32::from(visit.grid_min))
    .bind(visit.notice_min.cast_signed())
    .bind(visit.cancel_min.cast_signed())
    .bind(&visit.cpt)
    .bind(visit.in_office)
    .bind(visit.by_video)
    .bind(visit.is_first)
    .bind(visit.for_clients)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What of a clinician's time is promised or held and meets a span, with its buffers. A hold that
/// is over keeps nobody out. Served by `appointment_of_clinician`.
pub async fn taken(
    tx: &mut Tx,
    whose: Whose,
    during: During,
    now: Timestamp,
) -> db::Result<Vec<openings::Appointment>> {
    let rows: Vec<(Instant, Instant, i32, i32)> = sqlx::query_as(
        "select a.starts_at, a.ends_at, a.before_min, a.after_min
           from calendar.appointment a
          where a.practice_id = $1
            and a.clinician_id = $2
            and a.starts_at > $3
            and a.starts_at < $4
            and (a.state in ('booked', 'kept', 'missed')
                 or (a.state = 'held' and a.held_until > $5))
          order by a.starts_at, a.appointment_id
          limit $6",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(Instant(during.from - LONGEST))
    .bind(Instant(during.to))
    .bind(Instant(now))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let short = |minutes: i32| u16::try_from(minutes).unwrap_or(0);
    let appointment = |(from, to, before, after): (Instant, Instant, i32, i32)| {
        let core = openings::Stretch { from: from.0.into(), to: to.0.into() };
        openings::Appointment { core, before_min: short(before), after_min: short(after) }
    };
    Ok(rows.into_iter().map(appointment).collect())
}

/// Lets every hold of a clinician lapse that is over. Asked under the lock; served by
/// `appointment_of_clinician`.
pub async fn lapse_stale(tx: &mut Tx, whose: Whose, now: Timestamp) -> db::Result<()> {
    sqlx::query(
        "update calendar.appointment a
            set state = 'lapsed'
          where a.practice_id = $1
            and a.clinician_id = $2
            and a.starts_at > $3
            and a.state = 'held'
            and a.held_until <= $4",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(Instant(now - LONGEST))
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives up what a client holds with a clinician: they have chosen anew. Asked under the lock.
pub async fn lapse_own(tx: &mut Tx, whose: Whose, client: ClientId) -> db::Result<()> {
    sqlx::query(
        "update calendar.appointment a
            set state = 'lapsed'
           from calendar.attendee t
          where a.practice_id = $1
            and a.clinician_id = $2
            and a.state = 'held'
            and t.practice_id = a.practice_id
            and t.appointment_id = a.appointment_id
            and t.client_id = $3",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(client.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Makes two bookings of one client wait for each other, whoever they are with. Taken after the
/// calendar's lock, always.
pub async fn lock_client(tx: &mut Tx, client: ClientId) -> db::Result<()> {
    sqlx::query("select pg_advisory_xact_lock(hashtextextended($1::text, 11))")
        .bind(client.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// What a client has booked or holds, with anybody, that meets a span: when and with whom. Served by
/// `attendee_client`.
pub async fn of_client_at(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    during: During,
    now: Timestamp,
) -> db::Result<Option<(AppointmentId, ClinicianId, Timestamp)>> {
    let row: Option<(Uuid, Uuid, Instant)> = sqlx::query_as(
        "select a.appointment_id, a.clinician_id, a.starts_at
           from calendar.attendee t
           join calendar.appointment a on a.practice_id = t.practice_id
                                      and a.appointment_id = t.appointment_id
          where t.practice_id = $1
            and t.client_id = $2
            and a.starts_at < $4
            and a.ends_at > $3
            and (a.state in ('booked', 'kept', 'missed')
                 or (a.state = 'held' and a.held_until > $5))
          order by a.starts_at, a.appointment_id
          limit 1",
    )
    .bind(practice.0)
    .bind(client.0)
    .bind(Instant(during.from))
    .bind(Instant(during.to))
    .bind(Instant(now))
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|(id, clinician, at)| (AppointmentId(id), ClinicianId(clinician), at.0)))
}

/// An appointment about to be written.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    pub practice: PracticeId,
    pub booking: &'a Booking,
    pub visit: &'a VisitType,
    pub state: State,
    pub held_until: Option<Timestamp>,
    pub by: PersonId,
    pub at: Timestamp,
}

/// Writes an appointment and who is to be there. `appointment_never_overlaps` and the triggers
/// have the last word.
pub async fn insert(tx: &mut Tx, new: New<'_>) -> db::Result<()> {
    let New { practice, booking, visit, .. } = new;
    sqlx::query(
        "insert into calendar.appointment (practice_id, appointment_id, clinician_id,
                                           visit_type_id, starts_at, ends_at, before_min,
                                           after_min, place, state, held_until, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(practice.0)
    .bind(booking.id.0)
    .bind(booking.clinician.0)
    .bind(booking.visit_type.0)
    .bind(Instant(booking.starts_at))
    .bind(Instant(visit.ends_at(booking.starts_at)))
    .bind(i32::from(visit.before_min))
    .bind(i32::from(visit.after_min))
    .bind(booking.place.word())
    .bind(new.state.word())
    .bind(new.held_until.map(Instant))
    .bind(Instant(new.at))
    .execute(&mut **tx)
    .await?;
    let done = sqlx::query(
        "insert into calendar.attendee (practice_id, appointment_id, client_id, episode_id, made_by,
                                        made_at)
         select y.practice_id, $2, y.client_id, y.episode_id, $5, $6
           from offers.treating y
          where y.practice_id = $1
            and y.client_id = $3
            and y.clinician_id = $4
            and y.until is null
          limit 1",
    )
    .bind(practice.0)
    .bind(booking.id.0)
    .bind(booking.client.0)
    .bind(booking.clinician.0)
    .bind(new.by.0)
    .bind(Instant(new.at))
    .execute(&mut **tx)
    .await?;
    match done.rows_affected() {
        1 => Ok(()),
        _ => Err(db::Error::Conflict(booking::NOT_TREATED.into())),
    }
}

/// Moves an appointment from one state to another; somebody faster is an error.
pub async fn move_on(
    tx: &mut Tx,
    practice: PracticeId,
    id: AppointmentId,
    (from, to): (State, State),
) -> db::Result<()> {
    let done = sqlx::query(
        "update calendar.appointment a
            set state = $4
          where a.practice_id = $1
            and a.appointment_id = $2
            and a.state = $3",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(from.word())
    .bind(to.word())
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

/// What became of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    pub state: State,
    pub by: By,
    pub said_at: Timestamp,
    pub is_late: bool,
}

/// Writes down what became of an appointment, and whose word it is.
pub async fn insert_outcome(
    tx: &mut Tx,
    appointment: &Appointment,
    client: ClientId,
    person: PersonId,
    outcome: Outcome,
) -> db::Result<()> {
    sqlx::query(
        "insert into calendar.outcome (practice_id, appointment_id, client_id, outcome, said_by,
                                       said_for, said_at, is_late)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(appointment.practice.0)
    .bind(appointment.id.0)
    .bind(client.0)
    .bind(outcome.state.word())
    .bind(person.0)
    .bind(outcome.by.word())
    .bind(Instant(outcome.said_at))
    .bind(outcome.is_late)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The last word on an appointment, if there is one. Served by the key.
pub async fn outcome(
    tx: &mut Tx,
    practice: PracticeId,
    id: AppointmentId,
) -> db::Result<Option<Outcome>> {
    let row: Option<(String, String, Instant, bool)> = sqlx::query_as(
        "select o.outcome, o.said_for, o.said_at, o.is_late
           from calendar.outcome o
          where o.practice_id = $1
            and o.appointment_id = $2
          order by o.said_at desc, o.outcome
          limit 1",
    )
    .bind(practice.0)
    .bind(id.0)
    .fetch_optional(&mut **tx)
    .await?;
    let Some((state, by, said_at, is_late)) = row else {
        return Ok(None);
    };
    match (State::read(&state), By::read(&by)) {
        (Some(state), Some(by)) => Ok(Some(Outcome { state, by, said_at: said_at.0, is_late })),
        _ => Err(broken("calendar.outcome", id.0, "its words are not known")),
    }
}

fn broken(table: &'static str, id: Uuid, why: &str) -> db::Error {
    db::Error::Broken { table, id: id.to_string(), why: why.into() }
}
