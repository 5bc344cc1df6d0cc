//! All SQL of hours. Whatever is said stays as a row: taking it back ends the row.

mod intake;

use ground::db::{self, Day, Instant, Tx};
use ids::{ClinicianId, PersonId, PracticeId, Uuid};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use people::Clinician;

use crate::model::{Exception, Kept, KeptFor, Leave, Protected, Row, Said, Window};

pub use self::intake::{intake, pause, reopen, set_clients_max};

/// Most rows of one list: far above any honest week.
const ROWS_MAX: i64 = 2_000;

/// Whose hours.
#[derive(Debug, Clone, Copy)]
pub struct Whose {
    pub practice: PracticeId,
    pub clinician: ClinicianId,
}

/// The zone of a practice's wall clock.
pub async fn zone(tx: &mut Tx, practice: PracticeId) -> db::Result<TimeZone> {
    let name: Option<String> =
        sqlx::query_scalar("select p.zone from people.practice p where p.practice_id = $1")
            .bind(practice.0)
            .fetch_optional(&mut **tx)
            .await?;
    let zone = name.as_ref().and_then(|name| TimeZoneDatabase::bundled().get(name).ok());
    zone.ok_or_else(|| db::Error::Broken {
        table: "people.practice",
        id: practice.to_string(),
        why: format!("its zone {name:?} is not known"),
    })
}

/// One clinician of a practice. Served by the key.
pub async fn clinician(tx: &mut Tx, whose: Whose) -> db::Result<Option<Clinician>> {
    let row: Option<(Uuid, String, String)> = sqlx::query_as(
        "select c.person_id, c.name, c.credential
           from people.clinician c
          where c.practice_id = $1
            and c.clinician_id = $2",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|(person, name, credential)| Clinician {
        id: whose.clinician,
        person: PersonId(person),
        name,
        credential,
    }))
}

/// Locks the calendar of a clinician, and says how far her protected time is spelled out.
pub async fn lock(tx: &mut Tx, whose: Whose) -> db::Result<Option<Date>> {
    let row: Option<(Option<Day>,)> = sqlx::query_as(
        "select c.spelled_to
           from hours.calendar c
          where c.practice_id = $1
            and c.clinician_id = $2
            for update",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .fetch_optional(&mut **tx)
    .await?;
    let (spelled_to,) = row.ok_or_else(|| db::Error::Broken {
        table: "hours.calendar",
        id: whose.clinician.to_string(),
        why: "the clinician has no calendar that the one who acts may see".into(),
    })?;
    Ok(spelled_to.map(|day| day.0))
}

/// Writes down how far protected time is spelled out.
pub async fn set_spelled_to(tx: &mut Tx, whose: Whose, to: Date) -> db::Result<()> {
    let done = sqlx::query(
        "update hours.calendar c
            set spelled_to = $3
          where c.practice_id = $1
            and c.clinician_id = $2",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(Day(to))
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

/// Opens hours of each week. The same id again changes nothing.
pub async fn insert_weekly(
    tx: &mut Tx,
    whose: Whose,
    id: Uuid,
    window: Window,
    now: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "insert into hours.weekly (practice_id, weekly_id, clinician_id, weekday, opens_min,
                                   closes_min, only_for, only_at, opened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (practice_id, weekly_id) do nothing",
    )
    .bind(whose.practice.0)
    .bind(id)
    .bind(whose.clinician.0)
    .bind(i16::from(window.weekday))
    .bind(window.hours.opens_min.cast_signed())
    .bind(window.hours.closes_min.cast_signed())
    .bind(window.only_for.map(asker_word))
    .bind(window.only_at.map(place_word))
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Closes hours that were open each week; those that are closed already stay as they were.
pub async fn close_weekly(tx: &mut Tx, whose: Whose, id: Uuid, now: Timestamp) -> db::Result<()> {
    sqlx::query(
        "update hours.weekly w
            set closed_at = $4
          where w.practice_id = $1
            and w.clinician_id = $2
            and w.weekly_id = $3
            and w.closed_at is null",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(id)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives one date other hours, or none. The same id again changes nothing.
pub async fn insert_exception(
    tx: &mut Tx,
    whose: Whose,
    id: Uuid,
    exception: Exception,
    now: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "insert into hours.exception (practice_id, exception_id, clinician_id, on_date, opens_min,
                                      closes_min, made_at)
         values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (practice_id, exception_id) do nothing",
    )
    .bind(whose.practice.0)
    .bind(id)
    .bind(whose.clinician.0)
    .bind(Day(exception.on_date))
    .bind(exception.hours.map(|it| it.opens_min.cast_signed()))
    .bind(exception.hours.map(|it| it.closes_min.cast_signed()))
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lets a date be like its week again.
pub async fn end_exception(tx: &mut Tx, whose: Whose, id: Uuid, now: Timestamp) -> db::Result<()> {
    sqlx::query(
        "update hours.exception e
            set ended_at = $4
          where e.practice_id = $1
            and e.clinician_id = $2
            and e.exception_id = $3
            and e.ended_at is null",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(id)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes leave. `false` where this id did so before.
pub async fn insert_leave(
    tx: &mut Tx,
    whose: Whose,
    id: Uuid,
    leave: Leave,
    now: Timestamp,
) -> db::Result<bool> {
    let done = sqlx::query(
        "insert into hours.leave (practice_id, leave_id, clinician_id, from_date, to_date, taken_at)
         values ($1, $2, $3, $4, $5, $6)
             on conflict (practice_id, leave_id) do nothing",
    )
    .bind(whose.practice.0)
    .bind(id)
    .bind(whose.clinician.0)
    .bind(Day(leave.from_date))
    .bind(Day(leave.to_date))
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives leave back.
pub async fn give_back_leave(
    tx: &mut Tx,
    whose: Whose,
    id: Uuid,
    now: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "update hours.leave l
            set given_back_at = $4
          where l.practice_id = $1
            and l.clinician_id = $2
            and l.leave_id = $3
            and l.given_back_at is null",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(id)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Protects time of each week. `false` where this id did so before.
pub async fn insert_protected(
    tx: &mut Tx,
    whose: Whose,
    id: Uuid,
    protected: Protected,
    now: Timestamp,
) -> db::Result<bool> {
    let done = sqlx::query(
        "insert into hours.protected (practice_id, protected_id, clinician_id, weekday, opens_min,
                                      closes_min, since)
         values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (practice_id, protected_id) do nothing",
    )
    .bind(whose.practice.0)
    .bind(id)
    .bind(whose.clinician.0)
    .bind(i16::from(protected.weekday))
    .bind(protected.hours.opens_min.cast_signed())
    .bind(protected.hours.closes_min.cast_signed())
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives protected time back.
pub async fn give_back_protected(
    tx: &mut Tx,
    whose: Whose,
    id: Uuid,
    now: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "update hours.protected p
            set given_back_at = $4
          where p.practice_id = $1
            and p.clinician_id = $2
            and p.protected_id = $3
            and p.given_back_at is null",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(id)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives back what a rule or a leave kept from now on; what has passed stays as it was.
pub async fn give_back_stretches(
    tx: &mut Tx,
    whose: Whose,
    of: Uuid,
    now: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "update hours.stretch s
            set given_back_at = $4
          where s.practice_id = $1
            and s.clinician_id = $2
            and (s.protected_id = $3 or s.leave_id = $3)
            and s.given_back_at is null
            and upper(s.during) > $4",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(of)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Spells out protected time; dates that were spelled out before are left alone.
pub async fn insert_protected_stretches(
    tx: &mut Tx,
    whose: Whose,
    rule: Uuid,
    spelled: &[(Date, Timestamp, Timestamp)],
) -> db::Result<()> {
    let ids: Vec<Uuid> = spelled.iter().map(|_| tx.house().new_id()).collect();
    sqlx::query(
        "insert into hours.stretch (practice_id, stretch_id, clinician_id, kind, protected_id,
                                    on_date, during)
         select $1, t.id, $2, 'protected', $3, t.on_date, tstzrange(t.from_at, t.to_at)
           from unnest($4::uuid[], $5::date[], $6::timestamptz[], $7::timestamptz[])
             as t (id, on_date, from_at, to_at)
             on conflict (practice_id, protected_id, on_date) do nothing",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(rule)
    .bind(ids)
    .bind(spelled.iter().map(|it| Day(it.0)).collect::<Vec<_>>())
    .bind(spelled.iter().map(|it| Instant(it.1)).collect::<Vec<_>>())
    .bind(spelled.iter().map(|it| Instant(it.2)).collect::<Vec<_>>())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Keeps the whole of a leave.
pub async fn insert_leave_stretch(
    tx: &mut Tx,
    whose: Whose,
    leave: Uuid,
    on_date: Date,
    (from, to): (Timestamp, Timestamp),
) -> db::Result<()> {
    let id: Uuid = tx.house().new_id();
    sqlx::query(
        "insert into hours.stretch (practice_id, stretch_id, clinician_id, kind, leave_id, on_date,
                                    during)
         values ($1, $2, $3, 'leave', $4, $5, tstzrange($6, $7))",
    )
    .bind(whose.practice.0)
    .bind(id)
    .bind(whose.clinician.0)
    .bind(leave)
    .bind(Day(on_date))
    .bind(Instant(from))
    .bind(Instant(to))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What of a clinician's time is kept and meets a span, earliest first. Served by `stretch_kept`.
pub async fn kept(
    tx: &mut Tx,
    whose: Whose,
    (from, to): (Timestamp, Timestamp),
) -> db::Result<Vec<Kept>> {
    let rows: Vec<(String, Instant, Instant)> = sqlx::query_as(
        "select s.kind, lower(s.during), upper(s.during)
           from hours.stretch s
          where s.practice_id = $1
            and s.clinician_id = $2
            and s.during && tstzrange($3, $4)
            and s.given_back_at is null
          order by 2, s.stretch_id
          limit $5",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(Instant(from))
    .bind(Instant(to))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let kept = |(kind, from, to): (String, Instant, Instant)| Kept {
        why: if kind == "leave" { KeptFor::Leave } else { KeptFor::Protected },
        from: from.0,
        to: to.0,
    };
    Ok(rows.into_iter().map(kept).collect())
}

/// All that a clinician said and that stands, with dates from `today` on.
pub async fn said(tx: &mut Tx, whose: Whose, today: Date) -> db::Result<Said> {
    Ok(Said {
        weekly: weekly(tx, whose).await?,
        exceptions: exceptions(tx, whose, today).await?,
        protected: protected(tx, whose).await?,
        leave: leave(tx, whose, today).await?,
    })
}

type WeeklyRow = (Uuid, i16, i16, i16, Option<String>, Option<String>);

/// Served by `weekly_of_clinician`.
async fn weekly(tx: &mut Tx, whose: Whose) -> db::Result<Vec<Row<Window>>> {
    let rows: Vec<WeeklyRow> = sqlx::query_as(
        "select w.weekly_id, w.weekday, w.opens_min, w.closes_min, w.only_for, w.only_at
           from hours.weekly w
          where w.practice_id = $1
            and w.clinician_id = $2
            and w.closed_at is null
          order by w.weekday, w.opens_min, w.weekly_id
          limit $3",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let window = |(id, weekday, opens, closes, only_for, only_at): WeeklyRow| Row {
        id,
        is: Window {
            weekday: weekday_of(weekday),
            hours: hours(opens, closes),
            only_for: only_for.as_deref().map(asker_of),
            only_at: only_at.as_deref().map(place_of),
        },
    };
    Ok(rows.into_iter().map(window).collect())
}

/// Served by `exception_of_clinician`.
async fn exceptions(tx: &mut Tx, whose: Whose, today: Date) -> db::Result<Vec<Row<Exception>>> {
    let rows: Vec<(Uuid, Day, Option<i16>, Option<i16>)> = sqlx::query_as(
        "select e.exception_id, e.on_date, e.opens_min, e.closes_min
           from hours.exception e
          where e.practice_id = $1
            and e.clinician_id = $2
            and e.ended_at is null
            and $3 <= e.on_date
          order by e.on_date, e.opens_min, e.exception_id
          limit $4",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(Day(today))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let exception = |(id, on_date, opens, closes): (Uuid, Day, Option<i16>, Option<i16>)| Row {
        id,
        is: Exception {
            on_date: on_date.0,
            hours: opens.zip(closes).map(|(opens, closes)| hours(opens, closes)),
        },
    };
    Ok(rows.into_iter().map(exception).collect())
}

/// Protected time that stands. Served by `protected_of_clinician`.
pub async fn protected(tx: &mut Tx, whose: Whose) -> db::Result<Vec<Row<Protected>>> {
    let rows: Vec<(Uuid, i16, i16, i16)> = sqlx::query_as(
        "select p.protected_id, p.weekday, p.opens_min, p.closes_min
           from hours.protected p
          where p.practice_id = $1
            and p.clinician_id = $2
            and p.given_back_at is null
          order by p.weekday, p.opens_min, p.protected_id
          limit $3",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let protected = |(id, weekday, opens, closes)| Row {
        id,
        is: Protected { weekday: weekday_of(weekday), hours: hours(opens, closes) },
    };
    Ok(rows.into_iter().map(protected).collect())
}

/// Served by `leave_of_clinician`.
async fn leave(tx: &mut Tx, whose: Whose, today: Date) -> db::Result<Vec<Row<Leave>>> {
    let rows: Vec<(Uuid, Day, Day)> = sqlx::query_as(
        "select l.leave_id, l.from_date, l.to_date
           from hours.leave l
          where l.practice_id = $1
            and l.clinician_id = $2
            and l.given_back_at is null
            and $3 <= l.to_date
          order by l.from_date, l.leave_id
          limit $4",
    )
    .bind(whose.practice.0)
    .bind(whose.clinician.0)
    .bind(Day(today))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let leave = |(id, from, to): (Uuid, Day, Day)| Row {
        id,
        is: Leave { from_date: from.0, to_date: to.0 },
    };
    Ok(rows.into_iter().map(leave).collect())
}

fn weekday_of(weekday: i16) -> u8 {
    u8::try_from(weekday).expect("the table's check keeps a weekday below 7")
}

fn hours(opens: i16, closes: i16) -> openings::Hours {
    openings::Hours { opens_min: opens.cast_unsigned(), closes_min: closes.cast_unsigned() }
}

fn asker_word(asker: openings::Kind) -> &'static str {
    match asker {
        openings::Kind::New => "new",
        openings::Kind::Current => "current",
    }
}

fn asker_of(word: &str) -> openings::Kind {
    if word == "new" { openings::Kind::New } else { openings::Kind::Current }
}

fn place_word(place: openings::Place) -> &'static str {
    match place {
        openings::Place::Office => "office",
        openings::Place::Video => "video",
    }
}

fn place_of(word: &str) -> openings::Place {
    if word == "office" { openings::Place::Office } else { openings::Place::Video }
}
