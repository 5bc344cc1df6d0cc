//! All SQL of exceptions.

use ground::db::{self, Day, Instant, Tx};
use ids::{ClaimId, NoteId, PracticeId, RemittanceId, Uuid};
use jiff::civil::Date;
use money::Cents;

use super::{About, How, Kind, New};

/// Most open exceptions on one page.
const ROWS_MAX: i64 = 500;
/// Longest reason that is kept, in signs.
const WHY_MAX: usize = 1_900;

/// Keeps an exception, unless the same one is open.
pub async fn insert(tx: &mut Tx, practice: PracticeId, new: &New, due_on: Date) -> db::Result<()> {
    let (id, now): (Uuid, _) = (tx.house().new_id(), tx.house().now());
    let why: String = new.why.chars().take(WHY_MAX).collect();
    sqlx::query(
        "insert into billing.exception (practice_id, exception_id, kind, why, cents, note_id,
                                        claim_id, remittance_id, answer_id, payment_id, file_id,
                                        made_at, due_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict do nothing",
    )
    .bind(practice.0)
    .bind(id)
    .bind(new.kind.word())
    .bind(why)
    .bind(new.cents.0)
    .bind(new.about.note.map(|id| id.0))
    .bind(new.about.claim.map(|id| id.0))
    .bind(new.about.remittance.map(|id| id.0))
    .bind(new.about.answer)
    .bind(new.about.payment)
    .bind(new.about.file)
    .bind(Instant(now))
    .bind(Day(due_on))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An exception as it is kept.
#[derive(Debug, Clone)]
pub struct Exception {
    pub id: Uuid,
    pub practice: PracticeId,
    pub kind: Kind,
    pub why: String,
    pub cents: Cents,
    pub about: About,
    pub due_on: Date,
    pub settled_how: Option<String>,
}

type Row = (
    Uuid,
    Uuid,
    String,
    String,
    i64,
    Option<Uuid>,
    Option<Uuid>,
    Option<Uuid>,
    Option<Uuid>,
    Option<Uuid>,
    Option<Uuid>,
    Day,
    Option<String>,
);

const LISTED: &str =
    "select e.practice_id, e.exception_id, e.kind, e.why, e.cents, e.note_id, e.claim_id,
            e.remittance_id, e.answer_id, e.payment_id, e.file_id, e.due_on, e.settled_how
       from billing.exception e
      where e.practice_id = any ($1)
        and e.settled_at is null
      order by e.due_on, e.made_at, e.exception_id
      limit $2";

/// The open exceptions of some practices, what is due first on top. Served by `exception_open`.
pub async fn open(tx: &mut Tx, practices: &[PracticeId]) -> db::Result<Vec<Exception>> {
    let ids: Vec<Uuid> = practices.iter().map(|it| it.0).collect();
    let rows: Vec<Row> =
        sqlx::query_as(LISTED).bind(ids).bind(ROWS_MAX).fetch_all(&mut **tx).await?;
    rows.into_iter().map(read).collect()
}

/// One exception, open or settled.
pub async fn find(tx: &mut Tx, practice: PracticeId, id: Uuid) -> db::Result<Option<Exception>> {
    let found: Option<Row> = sqlx::query_as(
        "select e.practice_id, e.exception_id, e.kind, e.why, e.cents, e.note_id, e.claim_id,
                e.remittance_id, e.answer_id, e.payment_id, e.file_id, e.due_on, e.settled_how
           from billing.exception e
          where e.practice_id = $1
            and e.exception_id = $2",
    )
    .bind(practice.0)
    .bind(id)
    .fetch_optional(&mut **tx)
    .await?;
    found.map(read).transpose()
}

fn read(row: Row) -> db::Result<Exception> {
    let (practice, id, kind, why, cents, note, claim, remittance, answer, payment, file, due, how) =
        row;
    let kind = Kind::of_word(&kind).ok_or_else(|| db::Error::Broken {
        table: "billing.exception",
        id: id.to_string(),
        why: "of no kind".into(),
    })?;
    Ok(Exception {
        id,
        practice: PracticeId(practice),
        kind,
        why,
        cents: Cents(cents),
        about: About {
            note: note.map(NoteId),
            claim: claim.map(ClaimId),
            remittance: remittance.map(RemittanceId),
            answer,
            payment,
            file,
        },
        due_on: due.0,
        settled_how: how,
    })
}

/// Settles an open exception; `false` where somebody was faster.
pub async fn settle(tx: &mut Tx, practice: PracticeId, id: Uuid, how: How) -> db::Result<bool> {
    let (now, by) = (tx.house().now(), tx.acting().person());
    let done = sqlx::query(
        "update billing.exception e
            set settled_at = $3, settled_by = $4, settled_how = $5
          where e.practice_id = $1
            and e.exception_id = $2
            and e.settled_at is null",
    )
    .bind(practice.0)
    .bind(id)
    .bind(Instant(now))
    .bind(by.map(|person| person.0))
    .bind(how.word())
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Settles all that is open about a thing, by itself.
pub async fn settle_about(tx: &mut Tx, practice: PracticeId, about: About) -> db::Result<()> {
    let now = tx.house().now();
    sqlx::query(
        "update billing.exception e
            set settled_at = $2, settled_how = $9
          where e.practice_id = $1
            and e.settled_at is null
            and (e.note_id = $3 or e.claim_id = $4 or e.remittance_id = $5 or e.answer_id = $6
                 or e.payment_id = $7 or e.file_id = $8)",
    )
    .bind(practice.0)
    .bind(Instant(now))
    .bind(about.note.map(|id| id.0))
    .bind(about.claim.map(|id| id.0))
    .bind(about.remittance.map(|id| id.0))
    .bind(about.answer)
    .bind(about.payment)
    .bind(about.file)
    .bind(How::ByItself.word())
    .execute(&mut **tx)
    .await?;
    Ok(())
}
