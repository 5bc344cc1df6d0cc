//! All SQL of sessions.

use calendar::Place;
use ground::db::{self, Instant, Tx};
use ids::{AppointmentId, ClientId, ClinicianId, PersonId, PracticeId, SessionId, Uuid};
use jiff::Timestamp;

use crate::model::{Measured, Planned, Said, Session};

/// Most rows of one list: far above any honest year of one client.
const ROWS_MAX: i64 = 500;

fn read_place(word: &str, id: Uuid) -> db::Result<Place> {
    Place::read(word).ok_or_else(|| db::Error::Broken {
        table: "session.session",
        id: id.to_string(),
        why: format!("{word:?} is no place"),
    })
}

/// A session begins.
pub async fn insert(
    tx: &mut Tx,
    id: SessionId,
    planned: &Planned,
    now: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "insert into session.session (practice_id, session_id, appointment_id, client_id, clinician_id,
                                      place, began_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(planned.practice.0)
    .bind(id.0)
    .bind(planned.appointment.0)
    .bind(planned.client.0)
    .bind(planned.clinician.0)
    .bind(planned.place.word())
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An open session ends.
pub async fn end(
    tx: &mut Tx,
    practice: PracticeId,
    id: SessionId,
    now: Timestamp,
) -> db::Result<()> {
    let done = sqlx::query(
        "update session.session s
            set ended_at = $3
          where s.practice_id = $1
            and s.session_id = $2
            and s.ended_at is null",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

/// The clinician's word about a session.
pub async fn insert_said(
    tx: &mut Tx,
    session: &Session,
    said_id: Uuid,
    said: &Said,
    now: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "insert into session.said (practice_id, said_id, session_id, began_at, ended_at, why, said_by,
                                   said_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(session.practice.0)
    .bind(said_id)
    .bind(session.id.0)
    .bind(Instant(said.began_at))
    .bind(Instant(said.ended_at))
    .bind(said.why.word())
    .bind(session.person.0)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A session, then its clinician's last word about it.
type Row = (
    Uuid,
    Uuid,
    Uuid,
    Uuid,
    Uuid,
    String,
    Instant,
    Option<Instant>,
    Option<Uuid>,
    Option<Instant>,
    Option<Instant>,
    Option<String>,
);

fn read(practice: PracticeId, row: Row) -> db::Result<Session> {
    let (id, appointment, client, clinician, person, place, began_at, ended_at, ..) = row;
    let broken = |why: String| db::Error::Broken { table: "session.said", id: id.to_string(), why };
    let said = match (row.8, row.9, row.10, row.11) {
        (Some(said_id), Some(began_at), Some(ended_at), Some(why)) => {
            let why = why.parse().map_err(broken)?;
            Some((said_id, Said { began_at: began_at.0, ended_at: ended_at.0, why }))
        }
        _ => None,
    };
    Ok(Session {
        id: SessionId(id),
        practice,
        appointment: AppointmentId(appointment),
        client: ClientId(client),
        clinician: ClinicianId(clinician),
        person: PersonId(person),
        place: read_place(&place, id)?,
        measured: Measured { began_at: began_at.0, ended_at: ended_at.map(|at| at.0) },
        said,
    })
}

/// One session. Served by the key.
///
/// # Errors
/// As the database says.
pub async fn session(
    tx: &mut Tx,
    practice: PracticeId,
    id: SessionId,
) -> db::Result<Option<Session>> {
    Ok(rows(tx, practice, Of::Session(id)).await?.pop())
}

/// The session of an appointment. Served by `session_of_an_appointment_is_one`.
pub async fn of_appointment(
    tx: &mut Tx,
    practice: PracticeId,
    appointment: AppointmentId,
) -> db::Result<Option<Session>> {
    Ok(rows(tx, practice, Of::Appointment(appointment)).await?.pop())
}

/// Every session with a client, earliest first. Served by `session_of_client`.
///
/// # Errors
/// As the database says.
pub async fn of_client(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Vec<Session>> {
    rows(tx, practice, Of::Client(client)).await
}

#[derive(Clone, Copy)]
enum Of {
    Session(SessionId),
    Appointment(AppointmentId),
    Client(ClientId),
}

async fn rows(tx: &mut Tx, practice: PracticeId, of: Of) -> db::Result<Vec<Session>> {
    let (session, appointment, client) = match of {
        Of::Session(id) => (Some(id.0), None, None),
        Of::Appointment(id) => (None, Some(id.0), None),
        Of::Client(id) => (None, None, Some(id.0)),
    };
    let rows: Vec<Row> = sqlx::query_as(
        "select s.session_id, s.appointment_id, s.client_id, s.clinician_id, c.person_id, s.place,
                s.began_at, s.ended_at, d.said_id, d.began_at, d.ended_at, d.why
           from session.session s
           join people.clinician c on c.practice_id = s.practice_id and c.clinician_id = s.clinician_id
           left join lateral (
                select i.said_id, i.began_at, i.ended_at, i.why
                  from session.said i
                 where i.practice_id = s.practice_id
                   and i.session_id = s.session_id
                 order by i.said_at desc, i.said_id desc
                 limit 1) d on true
          where s.practice_id = $1
            and ($2::uuid is null or s.session_id = $2)
            and ($3::uuid is null or s.appointment_id = $3)
            and ($4::uuid is null or s.client_id = $4)
          order by s.began_at, s.session_id
          limit $5",
    )
    .bind(practice.0)
    .bind(session)
    .bind(appointment)
    .bind(client)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|row| read(practice, row)).collect()
}

/// Open sessions of a person, oldest first: practice, appointment, beginning. Served by
/// `session_is_open_once`.
pub async fn open_of(
    tx: &mut Tx,
    person: PersonId,
) -> db::Result<Vec<(PracticeId, AppointmentId, Timestamp)>> {
    let rows: Vec<(Uuid, Uuid, Instant)> = sqlx::query_as(
        "select s.practice_id, s.appointment_id, s.began_at
           from session.session s
           join people.clinician c on c.practice_id = s.practice_id and c.clinician_id = s.clinician_id
          where c.person_id = $1
            and s.ended_at is null
          order by s.began_at, s.session_id
          limit $2",
    )
    .bind(person.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let open = |(practice, appointment, began_at): (Uuid, Uuid, Instant)| {
        (PracticeId(practice), AppointmentId(appointment), began_at.0)
    };
    Ok(rows.into_iter().map(open).collect())
}
