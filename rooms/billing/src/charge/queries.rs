//! All SQL of work and charges.

use ground::db::{self, Day, Instant, Tx};
use ids::{ChargeId, ClientId, ClinicianId, NoteId, PersonId, PracticeId, SessionId, Uuid};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use money::Cents;

use super::{Charge, Place, Work};

/// Most rows of one list.
const ROWS_MAX: i64 = 1_000;
/// The number before the first.
const NUMBERS_FROM: i32 = 1_000;

/// Lets one transaction at a time make charges in a practice, so that numbers have no race.
pub async fn one_at_a_time(tx: &mut Tx, practice: PracticeId) -> db::Result<()> {
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('billing ' || $1::text, 0))")
        .bind(practice.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Keeps what a signed note says for billing; what was kept before stays.
pub async fn keep_work(tx: &mut Tx, practice: PracticeId, work: &Work) -> db::Result<()> {
    let now = tx.house().now();
    let plain = |code: &String| code.replace('.', "").to_uppercase();
    let diagnoses: Vec<String> = work.diagnoses.iter().map(plain).collect();
    sqlx::query(
        "insert into billing.work (practice_id, note_id, session_id, client_id, clinician_id,
                                   began_at, ended_at, minutes, service, place, diagnoses, told_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             on conflict (practice_id, note_id) do nothing",
    )
    .bind(practice.0)
    .bind(work.note.0)
    .bind(work.session.0)
    .bind(work.client.0)
    .bind(work.clinician.0)
    .bind(Instant(work.began_at))
    .bind(Instant(work.ended_at))
    .bind(i32::try_from(work.minutes).unwrap_or(i32::MAX))
    .bind(work.service.word())
    .bind(work.place.word())
    .bind(diagnoses)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

type WorkRow = (Uuid, Uuid, Uuid, Instant, Instant, i32, String, String, Vec<String>);

/// What a signed note says for billing. Served by the key.
pub async fn work(tx: &mut Tx, practice: PracticeId, note: NoteId) -> db::Result<Option<Work>> {
    let found: Option<WorkRow> = sqlx::query_as(
        "select w.session_id, w.client_id, w.clinician_id, w.began_at, w.ended_at, w.minutes,
                w.service, w.place, w.diagnoses
           from billing.work w
          where w.practice_id = $1
            and w.note_id = $2",
    )
    .bind(practice.0)
    .bind(note.0)
    .fetch_optional(&mut **tx)
    .await?;
    let Some((session, client, clinician, began, ended, minutes, service, place, diagnoses)) =
        found
    else {
        return Ok(None);
    };
    let broken = |why: &str| db::Error::Broken {
        table: "billing.work",
        id: note.to_string(),
        why: why.into(),
    };
    Ok(Some(Work {
        note,
        session: SessionId(session),
        client: ClientId(client),
        clinician: ClinicianId(clinician),
        began_at: began.0,
        ended_at: ended.0,
        minutes: minutes.unsigned_abs(),
        service: service.parse().map_err(|_| broken("a service of no kind"))?,
        place: Place::of_word(&place).ok_or_else(|| broken("a place of no kind"))?,
        diagnoses,
    }))
}

/// The charge of a note. Served by `charge_of_a_note_is_one`.
pub async fn charge_of(
    tx: &mut Tx,
    practice: PracticeId,
    note: NoteId,
) -> db::Result<Option<ChargeId>> {
    let found: Option<Uuid> = sqlx::query_scalar(
        "select c.charge_id from billing.charge c where c.practice_id = $1 and c.note_id = $2",
    )
    .bind(practice.0)
    .bind(note.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(ChargeId))
}

/// The next number of a practice.
pub async fn next_number(tx: &mut Tx, practice: PracticeId) -> db::Result<i32> {
    Ok(sqlx::query_scalar(
        "select coalesce(max(c.number), $2) + 1
           from billing.charge c
          where c.practice_id = $1",
    )
    .bind(practice.0)
    .bind(NUMBERS_FROM)
    .fetch_one(&mut **tx)
    .await?)
}

/// Keeps a charge.
pub async fn insert_charge(tx: &mut Tx, practice: PracticeId, charge: &Charge) -> db::Result<()> {
    let now = tx.house().now();
    sqlx::query(
        "insert into billing.charge (practice_id, charge_id, number, note_id, client_id,
                                     clinician_id, service_on, cpt, units, modifiers, pos, cents,
                                     payer_code, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(practice.0)
    .bind(charge.id.0)
    .bind(charge.number)
    .bind(charge.note.0)
    .bind(charge.client.0)
    .bind(charge.clinician.0)
    .bind(Day(charge.service_on))
    .bind(&charge.cpt)
    .bind(i32::try_from(charge.units).unwrap_or(i32::MAX))
    .bind(&charge.modifiers)
    .bind(&charge.pos)
    .bind(charge.cents.0)
    .bind(charge.payer.as_ref().map(|code| code.as_str()))
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

type ChargeRow =
    (Uuid, i32, Uuid, Uuid, Uuid, Day, String, i32, Vec<String>, String, i64, Option<String>);

/// The charges of a practice, the newest work first; one alone where it is named.
pub async fn charges(
    tx: &mut Tx,
    practice: PracticeId,
    only: Option<ChargeId>,
) -> db::Result<Vec<Charge>> {
    let rows: Vec<ChargeRow> = sqlx::query_as(
        "select c.charge_id, c.number, c.note_id, c.client_id, c.clinician_id, c.service_on, c.cpt,
                c.units, c.modifiers, c.pos, c.cents, c.payer_code
           from billing.charge c
          where c.practice_id = $1
            and ($2::uuid is null or c.charge_id = $2)
          order by c.service_on desc, c.number desc
          limit $3",
    )
    .bind(practice.0)
    .bind(only.map(|id| id.0))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(read_charge).collect()
}

/// Which charges a page shows.
#[derive(Debug, Clone, Copy)]
pub enum InView {
    /// The work from this day on, and whatever waits for somebody.
    Since(Date),
    /// The work of the month that begins on this day.
    Month(Date),
}

/// The charges that a page shows, the newest work first.
pub async fn in_view(tx: &mut Tx, practice: PracticeId, which: InView) -> db::Result<Vec<Charge>> {
    let (from, to) = match which {
        InView::Since(day) => (day, None),
        InView::Month(first) => (first, Some(first.last_of_month())),
    };
    let rows: Vec<ChargeRow> = sqlx::query_as(
        "select c.charge_id, c.number, c.note_id, c.client_id, c.clinician_id, c.service_on, c.cpt,
                c.units, c.modifiers, c.pos, c.cents, c.payer_code
           from billing.charge c
          where c.practice_id = $1
            and (($2 <= c.service_on and ($3::date is null or c.service_on <= $3))
                 or ($3::date is null
                     and exists (select from billing.claim k
                                  where k.practice_id = c.practice_id
                                    and k.charge_id = c.charge_id
                                    and k.state in ('ready', 'rejected', 'sent', 'accepted'))))
          order by c.service_on desc, c.number desc
          limit $4",
    )
    .bind(practice.0)
    .bind(Day(from))
    .bind(to.map(Day))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(read_charge).collect()
}

/// The months in which work was charged, the newest first.
pub async fn months(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<Date>> {
    let rows: Vec<Day> = sqlx::query_scalar(
        "select distinct date_trunc('month', c.service_on)::date as month
           from billing.charge c
          where c.practice_id = $1
          order by month desc
          limit $2",
    )
    .bind(practice.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|day| day.0).collect())
}

fn read_charge(row: ChargeRow) -> db::Result<Charge> {
    let (id, number, note, client, clinician, on, cpt, units, modifiers, pos, cents, payer) = row;
    let broken = || db::Error::Broken {
        table: "billing.charge",
        id: id.to_string(),
        why: "its payer has no code".into(),
    };
    Ok(Charge {
        id: ChargeId(id),
        number,
        note: NoteId(note),
        client: ClientId(client),
        clinician: ClinicianId(clinician),
        service_on: on.0,
        cpt,
        units: units.unsigned_abs(),
        modifiers,
        pos,
        cents: Cents(cents),
        payer: payer.map(|code| code.parse().map_err(|_| broken())).transpose()?,
    })
}

/// A clinician as claims and exceptions name them.
#[derive(Debug, Clone)]
pub struct Named {
    pub person: PersonId,
    pub name: String,
    pub npi: Option<String>,
    pub taxonomy: Option<String>,
}

/// How a clinician is named.
pub async fn names(tx: &mut Tx, practice: PracticeId, clinician: ClinicianId) -> db::Result<Named> {
    let (person, name, npi, taxonomy): (Uuid, String, Option<String>, Option<String>) =
        sqlx::query_as(
            "select c.person_id, c.name, c.npi, c.taxonomy
               from people.clinician c
              where c.practice_id = $1
                and c.clinician_id = $2",
        )
        .bind(practice.0)
        .bind(clinician.0)
        .fetch_one(&mut **tx)
        .await?;
    Ok(Named { person: PersonId(person), name, npi, taxonomy })
}

/// A practice as it is named, and the zone of its wall clock.
pub async fn practice(tx: &mut Tx, practice: PracticeId) -> db::Result<(String, String, TimeZone)> {
    let (name, legal_name, zone): (String, String, String) = sqlx::query_as(
        "select p.name, p.legal_name, p.zone from people.practice p where p.practice_id = $1",
    )
    .bind(practice.0)
    .fetch_one(&mut **tx)
    .await?;
    Ok((name, legal_name, TimeZone::get(&zone).unwrap_or(TimeZone::UTC)))
}

/// The day of an instant at a practice.
pub async fn day_at(tx: &mut Tx, id: PracticeId, at: Timestamp) -> db::Result<Date> {
    let (_, _, zone) = practice(tx, id).await?;
    Ok(at.to_zoned_datetime(zone).date())
}
