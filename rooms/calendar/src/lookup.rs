//! All SQL of the calendar that only looks: appointments as pages show them.

use ground::db::{self, Instant, Tx};
use ids::{AppointmentId, ClientId, ClinicianId, PersonId, PracticeId, Uuid, VisitTypeId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use people::Clinician;

use crate::model::{Appointment, Attending, Place, State};
use crate::queries::{During, Whose};

/// Most rows of one list: far above any honest week.
const ROWS_MAX: i64 = 500;

type Row = (
    Uuid,
    Uuid,
    Uuid,
    Uuid,
    String,
    i32,
    String,
    String,
    Instant,
    Instant,
    Option<Instant>,
    Option<Uuid>,
    Option<Uuid>,
    Option<String>,
);

/// An appointment as pages show it: who is to be there is joined, and stays away under row security
/// where the one who looks may not see it.
macro_rules! appointments {
    ($which:literal) => {
        concat!(
            "select a.appointment_id, a.clinician_id, c.person_id, a.visit_type_id, v.name,
                    v.cancel_min, a.place, a.state, a.starts_at, a.ends_at, a.held_until,
                    t.client_id, k.person_id, k.name
               from calendar.appointment a
               join people.clinician c on c.practice_id = a.practice_id
                                      and c.clinician_id = a.clinician_id
               join calendar.visit_type v on v.practice_id = a.practice_id
                                         and v.visit_type_id = a.visit_type_id
               left join calendar.attendee t on t.practice_id = a.practice_id
                                            and t.appointment_id = a.appointment_id
               left join people.client k on k.practice_id = t.practice_id
                                        and k.client_id = t.client_id
              where a.practice_id = $1 ",
            $which
        )
    };
}

fn read(practice: PracticeId, row: Row) -> db::Result<Appointment> {
    let (id, clinician, person, visit_type, visit, cancel_min, place, state, from, to, held, ..) =
        row;
    let (client, of, name) = (row.11, row.12, row.13);
    let broken = |why: &str| db::Error::Broken {
        table: "calendar.appointment",
        id: id.to_string(),
        why: why.into(),
    };
    let client = client.zip(name).map(|(client, name)| Attending {
        client: ClientId(client),
        person: of.map(PersonId),
        name,
    });
    Ok(Appointment {
        practice,
        id: AppointmentId(id),
        clinician: ClinicianId(clinician),
        person: PersonId(person),
        client,
        visit_type: VisitTypeId(visit_type),
        visit,
        cancel_min: cancel_min.unsigned_abs(),
        place: Place::read(&place).ok_or_else(|| broken("its place is not known"))?,
        state: State::read(&state).ok_or_else(|| broken("its state is not known"))?,
        starts_at: from.0,
        ends_at: to.0,
        held_until: held.map(|it| it.0),
    })
}

/// One appointment. Served by the key.
pub async fn appointment(
    tx: &mut Tx,
    practice: PracticeId,
    id: AppointmentId,
) -> db::Result<Option<Appointment>> {
    let row: Option<Row> = sqlx::query_as(appointments!("and a.appointment_id = $2 limit 1"))
        .bind(practice.0)
        .bind(id.0)
        .fetch_optional(&mut **tx)
        .await?;
    row.map(|row| read(practice, row)).transpose()
}

/// What a clinician has planned in a span, earliest first; a hold that is over is nothing, and what
/// was called off is shown, since a week that fell apart should look like one. Served by
/// `appointment_of_clinician`.
pub async fn planned(
    tx: &mut Tx,
    whose: Whose,
    during: During,
    now: Timestamp,
) -> db::Result<Vec<Appointment>> {
    let rows: Vec<Row> = sqlx::query_as(appointments!(
        "and a.clinician_id = $2
         and a.starts_at >= $3
         and a.starts_at < $4
         and (a.state in ('booked', 'kept', 'missed', 'cancelled')
              or (a.state = 'held' and a.held_until > $5))
       order by a.starts_at, a.appointment_id
       limit $6"
    ))
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(Instant(during.from))
    .bind(Instant(during.to))
    .bind(Instant(now))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|row| read(whose.practice, row)).collect()
}

/// What a client has booked and what is not over, soonest first. Served by `attendee_client`.
pub async fn coming(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    now: Timestamp,
) -> db::Result<Vec<Appointment>> {
    let rows: Vec<Row> = sqlx::query_as(appointments!(
        "and t.client_id = $2
         and a.ends_at > $3
         and a.state = 'booked'
       order by a.starts_at, a.appointment_id
       limit $4"
    ))
    .bind(practice.0)
    .bind(client.0)
    .bind(Instant(now))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|row| read(practice, row)).collect()
}

/// The practice's and the clinician's names, and the practice's wall clock.
#[derive(Debug, Clone)]
pub struct Around {
    pub practice: String,
    pub zone: TimeZone,
}

/// What stands around a page about a practice's time.
pub async fn around(tx: &mut Tx, practice: PracticeId) -> db::Result<Around> {
    let zone = hours::zone(tx, practice).await?;
    let name: String =
        sqlx::query_scalar("select p.name from people.practice p where p.practice_id = $1")
            .bind(practice.0)
            .fetch_one(&mut **tx)
            .await?;
    Ok(Around { practice: name, zone })
}

/// What ended without a word on whether it took place, of whoever is this person in a practice,
/// earliest first. Served by `appointment_of_clinician`.
pub async fn unsaid(
    tx: &mut Tx,
    practice: PracticeId,
    person: PersonId,
    now: Timestamp,
) -> db::Result<Vec<Appointment>> {
    let rows: Vec<Row> = sqlx::query_as(appointments!(
        "and c.person_id = $2
         and a.ends_at <= $3
         and a.state = 'booked'
       order by a.starts_at, a.appointment_id
       limit $4"
    ))
    .bind(practice.0)
    .bind(person.0)
    .bind(Instant(now))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|row| read(practice, row)).collect()
}

/// Whether a client has or had a visit with a clinician. Served by `attendee_client`.
pub async fn has_booked(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    client: ClientId,
) -> db::Result<bool> {
    Ok(sqlx::query_scalar(
        "select exists (
             select from calendar.attendee t
               join calendar.appointment a on a.practice_id = t.practice_id
                                          and a.appointment_id = t.appointment_id
              where t.practice_id = $1
                and t.client_id = $2
                and a.clinician_id = $3
                and a.state in ('booked', 'kept'))",
    )
    .bind(practice.0)
    .bind(client.0)
    .bind(clinician.0)
    .fetch_one(&mut **tx)
    .await?)
}

/// A client, as the one who books for them needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    pub id: ClientId,
    pub name: String,
    pub person: Option<PersonId>,
    pub address: Option<String>,
}

/// One client, where the one who looks may see them. Served by the key.
pub async fn client(tx: &mut Tx, practice: PracticeId, id: ClientId) -> db::Result<Option<Client>> {
    let row: Option<(String, Option<Uuid>, Option<String>)> = sqlx::query_as(
        "select k.name, k.person_id, k.address
           from people.client k
          where k.practice_id = $1
            and k.client_id = $2",
    )
    .bind(practice.0)
    .bind(id.0)
    .fetch_optional(&mut **tx)
    .await?;
    let client = |(name, person, address): (String, Option<Uuid>, _)| Client {
        id,
        name,
        person: person.map(PersonId),
        address,
    };
    Ok(row.map(client))
}

/// Who treats a client now, by name. Served by `treating_client`.
pub async fn treating(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Vec<Clinician>> {
    let rows: Vec<(Uuid, Uuid, String, String)> = sqlx::query_as(
        "select c.clinician_id, c.person_id, c.name, c.credential
           from offers.treating y
           join people.clinician c on c.practice_id = y.practice_id
                                  and c.clinician_id = y.clinician_id
          where y.practice_id = $1
            and y.client_id = $2
            and y.until is null
          order by c.name, c.clinician_id
          limit $3",
    )
    .bind(practice.0)
    .bind(client.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let clinician = |(id, person, name, credential)| Clinician {
        id: ClinicianId(id),
        person: PersonId(person),
        name,
        credential,
    };
    Ok(rows.into_iter().map(clinician).collect())
}
