//! All SQL of files, and of what they said about claims.

use ground::db::{self, Instant, Tx};
use ids::{ClaimId, PracticeId, Uuid};
use jiff::Timestamp;

use super::New;

/// Most rows of one list.
const ROWS_MAX: i64 = 500;

/// The file of these bytes, if it is kept. Served by `file_is_kept_once`.
pub async fn by_hash(
    tx: &mut Tx,
    practice: PracticeId,
    direction: &str,
    hash: &[u8; 32],
) -> db::Result<Option<Uuid>> {
    Ok(sqlx::query_scalar(
        "select f.file_id
           from billing.file f
          where f.practice_id = $1
            and f.direction = $2
            and f.hash = $3",
    )
    .bind(practice.0)
    .bind(direction)
    .bind(&hash[..])
    .fetch_optional(&mut **tx)
    .await?)
}

/// Keeps a file.
pub async fn insert(
    tx: &mut Tx,
    practice: PracticeId,
    id: Uuid,
    new: &New<'_>,
    sealed: &[u8],
    hash: &[u8; 32],
) -> db::Result<()> {
    let (now, by) = (tx.house().now(), tx.acting().person());
    sqlx::query(
        "insert into billing.file (practice_id, file_id, direction, kind, name, sealed, hash,
                                   control, refused, kept_at, kept_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(practice.0)
    .bind(id)
    .bind(new.direction)
    .bind(new.format.word())
    .bind(new.name)
    .bind(sealed)
    .bind(&hash[..])
    .bind(new.control.and_then(|it| i32::try_from(it).ok()))
    .bind(new.refused)
    .bind(Instant(now))
    .bind(by.map(|person| person.0))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A file's sealed bytes.
pub async fn sealed(tx: &mut Tx, practice: PracticeId, file: Uuid) -> db::Result<Option<Vec<u8>>> {
    Ok(sqlx::query_scalar(
        "select f.sealed from billing.file f where f.practice_id = $1 and f.file_id = $2",
    )
    .bind(practice.0)
    .bind(file)
    .fetch_optional(&mut **tx)
    .await?)
}

/// A file as a page names it.
#[derive(Debug, Clone)]
pub struct Kept {
    pub id: Uuid,
    pub kind: String,
    pub name: String,
    pub refused: Option<String>,
    pub at: Timestamp,
}

/// One file, without its bytes.
pub async fn file(tx: &mut Tx, practice: PracticeId, id: Uuid) -> db::Result<Option<Kept>> {
    let found: Option<(String, String, Option<String>, Instant)> = sqlx::query_as(
        "select f.kind, f.name, f.refused, f.kept_at
           from billing.file f
          where f.practice_id = $1
            and f.file_id = $2",
    )
    .bind(practice.0)
    .bind(id)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|(kind, name, refused, at)| Kept { id, kind, name, refused, at: at.0 }))
}

/// Files of claims that went out and that nothing has answered yet.
pub async fn unanswered(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<(Uuid, String)>> {
    Ok(sqlx::query_as(
        "select f.file_id, f.name
           from billing.file f
          where f.practice_id = $1
            and f.direction = 'out'
            and exists (
                select from billing.history h
                  join billing.claim c on c.practice_id = h.practice_id and c.claim_id = h.claim_id
                 where h.practice_id = f.practice_id
                   and h.file_id = f.file_id
                   and c.state = 'sent'
                   and not exists (
                       select from billing.history l
                         join billing.file g on g.practice_id = l.practice_id
                                            and g.file_id = l.file_id
                        where l.practice_id = h.practice_id
                          and l.claim_id = h.claim_id
                          and g.direction = 'out'
                          and g.control > f.control))
          order by f.kept_at, f.file_id
          limit $2",
    )
    .bind(practice.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?)
}

/// Writes what a file said about a claim; the same file says it once.
pub async fn tell(
    tx: &mut Tx,
    practice: PracticeId,
    claim: ClaimId,
    file: Uuid,
    says: &str,
) -> db::Result<()> {
    let now = tx.house().now();
    let says: String = says.chars().take(500).collect();
    sqlx::query(
        "insert into billing.history (practice_id, claim_id, file_id, at, says)
         values ($1, $2, $3, $4, $5)
             on conflict (practice_id, claim_id, file_id) do nothing",
    )
    .bind(practice.0)
    .bind(claim.0)
    .bind(file)
    .bind(Instant(now))
    .bind(says)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What files said about a claim, the oldest first.
pub async fn history(
    tx: &mut Tx,
    practice: PracticeId,
    claim: ClaimId,
) -> db::Result<Vec<(Kept, String)>> {
    let rows: Vec<(Uuid, String, String, Instant, String)> = sqlx::query_as(
        "select f.file_id, f.kind, f.name, h.at, h.says
           from billing.history h
           join billing.file f on f.practice_id = h.practice_id and f.file_id = h.file_id
          where h.practice_id = $1
            and h.claim_id = $2
          order by h.at, f.kept_at, f.file_id
          limit $3",
    )
    .bind(practice.0)
    .bind(claim.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let told = |(id, kind, name, at, says): (Uuid, String, String, Instant, String)| {
        (Kept { id, kind, name, refused: None, at: at.0 }, says)
    };
    Ok(rows.into_iter().map(told).collect())
}

/// The claims that a file which went out holds, by the group number that its answer names.
pub async fn claims_under(
    tx: &mut Tx,
    practice: PracticeId,
    control: i32,
) -> db::Result<Vec<ClaimId>> {
    let found: Vec<Uuid> = sqlx::query_scalar(
        "select h.claim_id
           from billing.file f
           join billing.history h on h.practice_id = f.practice_id and h.file_id = f.file_id
          where f.practice_id = $1
            and f.direction = 'out'
            and f.control = $2
          order by h.claim_id
          limit $3",
    )
    .bind(practice.0)
    .bind(control)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    Ok(found.into_iter().map(ClaimId).collect())
}
