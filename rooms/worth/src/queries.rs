//! All SQL of worth.

use economics::TimeKind;
use ground::db::{self, Day, Instant, Tx};
use ground::spans::Source;
use ids::{ClinicianId, PersonId, PracticeId, Uuid};
use jiff::civil::Date;
use money::Cents;

use crate::model::{Charge, Said, Worked};
use crate::own_hours::{Minutes, SaidHours, Stood};

/// Most rows of one list: a working life at one practice.
const ROWS_MAX: i64 = 50_000;

/// What is allowed for a clinician's sessions, and what of it is still owed. Served by
/// `posting_clinician`.
pub async fn charges(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<Vec<Charge>> {
    let rows: Vec<(Day, i64, i64)> = sqlx::query_as(
        "select c.happened_on,
                coalesce(-sum(p.cents) filter (where p.account in ('income', 'contractual')), 0)::bigint,
                coalesce(sum(p.cents) filter (where p.account in ('payer_receivable', 'client_receivable')),
                         0)::bigint
           from ledger.entry c
           join ledger.posting p on p.practice_id = c.practice_id and p.charge_id = c.charge_id
          where c.practice_id = $1
            and c.clinician_id = $2
            and c.rule = 'charge'
            and c.cause_kind <> 'visit'
            and c.reverses is null
          group by c.entry_id, c.happened_on
          order by c.happened_on, c.entry_id
          limit $3",
    )
    .bind(practice.0)
    .bind(clinician.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let charge = |(on, allowed, open): (Day, i64, i64)| Charge {
        service_on: on.0,
        allowed: Cents(allowed),
        open: Cents(open),
    };
    Ok(rows.into_iter().map(charge).collect())
}

/// Sessions of a clinician that nobody stopped, with the length that was planned.
pub async fn not_stopped(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<Vec<Worked>> {
    let rows: Vec<(Instant, Instant, Instant)> = sqlx::query_as(
        "select s.began_at, a.starts_at, a.ends_at
           from session.session s
           join calendar.appointment a on a.practice_id = s.practice_id
                                      and a.appointment_id = s.appointment_id
          where s.practice_id = $1
            and s.clinician_id = $2
            and s.ended_at is null
          order by s.began_at, s.session_id
          limit $3",
    )
    .bind(practice.0)
    .bind(clinician.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let session = |(began, from, to): (Instant, Instant, Instant)| Worked {
        kind: TimeKind::Session,
        source: Source::Measured,
        from: began.0,
        to: None,
        slot_s: Some(to.0.as_second() - from.0.as_second()),
    };
    Ok(rows.into_iter().map(session).collect())
}

/// Time that a clinician waited for somebody who did not come: from the planned beginning until it
/// was marked, and no longer than was planned. Whatever else they did meanwhile comes first.
pub async fn waited(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<Vec<Worked>> {
    let rows: Vec<(Instant, Instant)> = sqlx::query_as(
        "select a.starts_at, least(a.ends_at, o.said_at)
           from calendar.appointment a
           join calendar.outcome o on o.practice_id = a.practice_id
                                  and o.appointment_id = a.appointment_id
                                  and o.outcome = 'missed'
          where a.practice_id = $1
            and a.clinician_id = $2
            and a.state = 'missed'
            and a.starts_at < o.said_at
          order by a.starts_at, a.appointment_id
          limit $3",
    )
    .bind(practice.0)
    .bind(clinician.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let waited = |(from, to): (Instant, Instant)| Worked {
        kind: TimeKind::Missed,
        source: Source::Measured,
        from: from.0,
        to: Some(to.0),
        slot_s: None,
    };
    Ok(rows.into_iter().map(waited).collect())
}

/// What the person who acts said of days, in the order in which they said it.
pub async fn said(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<Said>> {
    let rows: Vec<(Uuid, String, Day, i32)> = sqlx::query_as(
        "select s.id, s.kind, s.on_date, s.minutes
           from worth.said s
          where s.practice_id = $1
          order by s.place
          limit $2",
    )
    .bind(practice.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(id, kind, on, minutes): (Uuid, String, Day, i32)| {
        let why = || db::Error::Broken {
            table: "worth.said",
            id: id.to_string(),
            why: "a kind that is none".into(),
        };
        let kind = kind_of(&kind).ok_or_else(why)?;
        Ok(Said { kind, on: on.0, minutes: i64::from(minutes) })
    };
    rows.into_iter().map(read).collect()
}

/// The kind of this word.
pub fn kind_of(word: &str) -> Option<TimeKind> {
    TimeKind::WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
}

/// Keeps what the person who acts says of a day. The same `id` again changes nothing; `false` where
/// it came with something else before, which stays.
pub async fn insert_said(
    tx: &mut Tx,
    practice: PracticeId,
    person: PersonId,
    id: Uuid,
    said: Said,
) -> db::Result<bool> {
    let now = tx.house().now();
    sqlx::query_scalar(
        "with new as (
             insert into worth.said (person_id, id, practice_id, kind, on_date, minutes, said_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (person_id, id) do nothing
             returning id
         )
         select exists (select from new)
             or exists (select
                          from worth.said s
                         where s.person_id = $1
                           and s.id = $2
                           and (s.practice_id, s.kind, s.on_date, s.minutes) = ($3, $4, $5, $6))",
    )
    .bind(person.0)
    .bind(id)
    .bind(practice.0)
    .bind(said.kind.as_str())
    .bind(Day(said.on))
    .bind(i32::try_from(said.minutes).unwrap_or(i32::MAX))
    .bind(Instant(now))
    .fetch_one(&mut **tx)
    .await
    .map_err(db::Error::from)
}

type HoursRow = (i16, i16, i16, Instant, Option<Instant>);

/// All that a clinician ever said about when they work, with how long it stood.
pub async fn hours(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<SaidHours> {
    let weekly: Vec<HoursRow> = sqlx::query_as(
        "select w.weekday, w.opens_min, w.closes_min, w.opened_at, w.closed_at
           from hours.weekly w
          where w.practice_id = $1
            and w.clinician_id = $2
          order by w.opened_at, w.weekly_id
          limit $3",
    )
    .bind(practice.0)
    .bind(clinician.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let protected: Vec<HoursRow> = sqlx::query_as(
        "select p.weekday, p.opens_min, p.closes_min, p.since, p.given_back_at
           from hours.protected p
          where p.practice_id = $1
            and p.clinician_id = $2
          order by p.since, p.protected_id
          limit $3",
    )
    .bind(practice.0)
    .bind(clinician.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let of_week = |(weekday, from, to, since, until): HoursRow| Stood {
        is: (weekday, (from, to)),
        since: since.0,
        until: until.map(|it| it.0),
    };
    Ok(SaidHours {
        weekly: weekly.into_iter().map(of_week).collect(),
        exceptions: exceptions(tx, practice, clinician).await?,
        leave: leave(tx, practice, clinician).await?,
        protected: protected.into_iter().map(of_week).collect(),
    })
}

async fn exceptions(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<Vec<Stood<(Date, Option<Minutes>)>>> {
    type Row = (Day, Option<i16>, Option<i16>, Instant, Option<Instant>);
    let rows: Vec<Row> = sqlx::query_as(
        "select x.on_date, x.opens_min, x.closes_min, x.made_at, x.ended_at
           from hours.exception x
          where x.practice_id = $1
            and x.clinician_id = $2
          order by x.made_at, x.exception_id
          limit $3",
    )
    .bind(practice.0)
    .bind(clinician.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(on, from, to, since, until): Row| Stood {
        is: (on.0, from.zip(to)),
        since: since.0,
        until: until.map(|it| it.0),
    };
    Ok(rows.into_iter().map(read).collect())
}

async fn leave(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<Vec<Stood<(Date, Date)>>> {
    let rows: Vec<(Day, Day, Instant, Option<Instant>)> = sqlx::query_as(
        "select l.from_date, l.to_date, l.taken_at, l.given_back_at
           from hours.leave l
          where l.practice_id = $1
            and l.clinician_id = $2
          order by l.taken_at, l.leave_id
          limit $3",
    )
    .bind(practice.0)
    .bind(clinician.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(from, to, since, until): (Day, Day, Instant, Option<Instant>)| Stood {
        is: (from.0, to.0),
        since: since.0,
        until: until.map(|it| it.0),
    };
    Ok(rows.into_iter().map(read).collect())
}

/// The person of a clinician, where the one who acts may know that there is one.
pub async fn person_of(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<Option<PersonId>> {
    let found: Option<Uuid> = sqlx::query_scalar(
        "select c.person_id
           from people.clinician c
          where c.practice_id = $1
            and c.clinician_id = $2",
    )
    .bind(practice.0)
    .bind(clinician.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(PersonId))
}
