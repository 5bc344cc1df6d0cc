//! Hours that a clinician hands in to be paid: by their own word, month by month, and only those
//! that the engagement pays. What else they recorded of their time stays their own.

use bookkeeping::Period;
use ground::db::{self, Day, Instant, Tx};
use ids::{ClinicianId, PracticeId, Uuid};
use money::Cents;

use crate::queries::ROWS_MAX;

/// What an engagement may pay by the hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaidKind {
    /// Admin.
    Admin,
    /// Supervision.
    Supervision,
}

impl PaidKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Admin, Self::Supervision];

    /// The word in the database and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Supervision => "supervision",
        }
    }

    /// The kind of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What an engagement pays for an hour of it, if anything.
    pub fn rate(self, terms: &economics::Engagement) -> Option<Cents> {
        match self {
            Self::Admin => terms.admin_hour,
            Self::Supervision => terms.supervision_hour,
        }
    }
}

/// Time of a month that a clinician handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandedIn {
    /// Its id, which is the once-key of the form.
    pub id: Uuid,
    /// Whose.
    pub clinician: ClinicianId,
    /// Of which month.
    pub month: Period,
    /// What it went to.
    pub kind: PaidKind,
    /// In all.
    pub minutes: i64,
}

/// What became of hours that were handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handed {
    /// They stand.
    In,
    /// The month is closed; nothing was written.
    IsClosed,
    /// The same id came with something else before, and that stands.
    SentBefore,
}

/// Hands in time of a month, in place of what was handed in of that kind before.
///
/// # Errors
/// As the database says.
pub async fn hand_in(tx: &mut Tx, practice: PracticeId, it: &HandedIn) -> db::Result<Handed> {
    ledger::lock(tx, practice).await?;
    let closed = ledger::closed_through(tx, practice).await?;
    if closed.is_some_and(|closed| it.month <= closed) {
        return Ok(Handed::IsClosed);
    }
    let now = tx.house().now();
    let stands: bool = sqlx::query_scalar(
        "with new as (
             insert into payouts.handed_in (practice_id, id, clinician_id, month, kind, minutes,
                                            said_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (practice_id, id) do nothing
             returning id
         )
         select exists (select from new)
             or exists (select
                          from payouts.handed_in h
                         where h.practice_id = $1
                           and h.id = $2
                           and (h.clinician_id, h.month, h.kind, h.minutes) = ($3, $4, $5, $6))",
    )
    .bind(practice.0)
    .bind(it.id)
    .bind(it.clinician.0)
    .bind(Day(it.month.first_day()))
    .bind(it.kind.word())
    .bind(i32::try_from(it.minutes).unwrap_or(i32::MAX))
    .bind(Instant(now))
    .fetch_one(&mut **tx)
    .await?;
    Ok(if stands { Handed::In } else { Handed::SentBefore })
}

/// What was handed in of a month, the last word of each clinician and kind.
pub(crate) async fn of_month(
    tx: &mut Tx,
    practice: PracticeId,
    month: Period,
) -> db::Result<Vec<HandedIn>> {
    last_words(tx, practice, None, Some(month)).await
}

/// What a clinician handed in, the last word of each month and kind.
///
/// # Errors
/// As the database says.
pub async fn of_clinician(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<Vec<HandedIn>> {
    last_words(tx, practice, Some(clinician), None).await
}

/// Served by `handed_in_last`.
async fn last_words(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: Option<ClinicianId>,
    month: Option<Period>,
) -> db::Result<Vec<HandedIn>> {
    let rows: Vec<(Uuid, Uuid, Day, String, i32)> = sqlx::query_as(
        "select distinct on (h.month, h.clinician_id, h.kind)
                h.id, h.clinician_id, h.month, h.kind, h.minutes
           from payouts.handed_in h
          where h.practice_id = $1
            and ($2::uuid is null or h.clinician_id = $2)
            and ($3::date is null or h.month = $3)
          order by h.month, h.clinician_id, h.kind, h.place desc
          limit $4",
    )
    .bind(practice.0)
    .bind(clinician.map(|it| it.0))
    .bind(month.map(|it| Day(it.first_day())))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(id, clinician, month, kind, minutes): (Uuid, Uuid, Day, String, i32)| {
        let broken = || db::Error::Broken {
            table: "payouts.handed_in",
            id: id.to_string(),
            why: "a kind that is none".into(),
        };
        Ok(HandedIn {
            id,
            clinician: ClinicianId(clinician),
            month: Period::of(month.0),
            kind: PaidKind::of_word(&kind).ok_or_else(broken)?,
            minutes: i64::from(minutes),
        })
    };
    rows.into_iter().map(read).collect()
}
