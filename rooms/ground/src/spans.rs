//! Minutes that a person worked, by kind. Any room writes what it measured; that person alone
//! reads it, in room `worth`.
//!
//! A span is *measured* time: a scheduled time never becomes one without somebody's word for it.

use std::fmt;
use std::str::FromStr;

use ids::{PersonId, PracticeId, SpanId, Uuid};
use jiff::Timestamp;

use crate::db::{self, Instant, Tx};

/// What the minutes went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// With a client.
    Session,
    /// Supervising, or being supervised.
    Supervision,
    /// With colleagues, about the work.
    Consultation,
    /// Calls and offers before the first session.
    Intake,
    /// Notes, plans and reports.
    Notes,
    /// Messages with clients.
    Messages,
    /// Claims, denials and insurers.
    Billing,
    /// Moving and making appointments.
    Scheduling,
    /// Learning.
    Training,
    /// Being found.
    Marketing,
    /// Everything else that a practice asks.
    Admin,
    /// Waiting for somebody who did not come.
    Missed,
}

impl Kind {
    /// All, in the order in which one covers another: no second counts twice.
    pub const ALL: &[Self] = &[
        Self::Session,
        Self::Supervision,
        Self::Consultation,
        Self::Intake,
        Self::Notes,
        Self::Messages,
        Self::Billing,
        Self::Scheduling,
        Self::Training,
        Self::Marketing,
        Self::Admin,
        Self::Missed,
    ];

    /// The word in the database and in `crates/economics`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Supervision => "supervision",
            Self::Consultation => "consultation",
            Self::Intake => "intake",
            Self::Notes => "notes",
            Self::Messages => "messages",
            Self::Billing => "billing",
            Self::Scheduling => "scheduling",
            Self::Training => "training",
            Self::Marketing => "marketing",
            Self::Admin => "admin",
            Self::Missed => "missed",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|kind| kind.word() == word);
        found.copied().ok_or_else(|| format!("{word:?} is no kind of work"))
    }
}

/// Whose word a span is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The program saw it begin and end.
    Measured,
    /// The person said so.
    Entered,
}

impl Source {
    fn word(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Entered => "entered",
        }
    }
}

/// Minutes that a person worked, from when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its id: what is written twice counts once.
    pub id: SpanId,
    /// Whose minutes.
    pub person: PersonId,
    /// For which practice.
    pub practice: PracticeId,
    /// What they went to.
    pub kind: Kind,
    /// The first instant.
    pub from: Timestamp,
    /// The instant after the last; what is not later than `from` is nothing, and is not written.
    pub to: Timestamp,
    /// Whose word it is.
    pub source: Source,
}

/// Writes a span of the person who acts. The same id again changes nothing.
///
/// # Errors
/// As the database says: a span of somebody else is refused by row security.
pub async fn write(tx: &mut Tx, span: &Span) -> db::Result<()> {
    insert(tx, span, None).await
}

/// Writes a span in place of an earlier one of the same person, which stands beside it and counts
/// no more: what was measured, and then said otherwise. Where the earlier was never written, this
/// one stands alone.
///
/// # Errors
/// As [`write()`]; `work_span_is_replaced_once` where it was replaced before.
pub async fn replace(tx: &mut Tx, earlier: SpanId, span: &Span) -> db::Result<()> {
    insert(tx, span, Some(earlier)).await
}

async fn insert(tx: &mut Tx, span: &Span, earlier: Option<SpanId>) -> db::Result<()> {
    if span.to <= span.from {
        return Ok(());
    }
    sqlx::query(
        "insert into ground.work_span (person_id, id, practice_id, kind, begins_at, ends_at, source,
                                       replaces)
         values ($1, $2, $3, $4, $5, $6, $7,
                 (select e.id from ground.work_span e where e.person_id = $1 and e.id = $8))
         on conflict (person_id, id) do nothing",
    )
    .bind(span.person.0)
    .bind(span.id.0)
    .bind(span.practice.0)
    .bind(span.kind.word())
    .bind(Instant(span.from))
    .bind(Instant(span.to))
    .bind(span.source.word())
    .bind(earlier.map(|id| id.0))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The spans of the person who acts that meet a stretch of time, in order, without those that were
/// replaced. Nobody reads another's.
///
/// # Errors
/// As the database says.
pub async fn of(
    tx: &mut Tx,
    practice: PracticeId,
    from: Timestamp,
    to: Timestamp,
) -> db::Result<Vec<Span>> {
    type Row = (Uuid, Uuid, String, Instant, Instant, String);
    let rows: Vec<Row> = sqlx::query_as(
        "select s.person_id, s.id, s.kind, s.begins_at, s.ends_at, s.source
           from ground.work_span s
          where s.practice_id = $1
            and s.begins_at < $3
            and $2 < s.ends_at
            and not exists (
                select from ground.work_span r
                 where r.person_id = s.person_id
                   and r.replaces = s.id)
          order by s.begins_at, s.id",
    )
    .bind(practice.0)
    .bind(Instant(from))
    .bind(Instant(to))
    .fetch_all(&mut **tx)
    .await?;
    let read = |(person, id, kind, from, to, source): Row| {
        let kind = kind.parse().map_err(|why| db::Error::Broken {
            table: "ground.work_span",
            id: id.to_string(),
            why,
        })?;
        Ok(Span {
            id: SpanId(id),
            person: PersonId(person),
            practice,
            kind,
            from: from.0,
            to: to.0,
            source: if source == "entered" { Source::Entered } else { Source::Measured },
        })
    };
    rows.into_iter().map(read).collect()
}
