//! Clinical text: what notes say and which diagnoses somebody has. Everything here is sealed, and
//! nothing is seen unless the chart of its client was opened in the transaction.

use ground::db::{self, Day, Instant, Tx};
use ids::{ClientId, PracticeId, Uuid};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::{About, Diagnosed, Hers, Soap};
use crate::queries::ROWS_MAX;

const TEXT: &str = "chart.note_text.sealed";
const ASIDE: &str = "chart.note_aside.sealed";
const AMENDMENT: &str = "chart.amendment.sealed";
const CODE: &str = "chart.diagnosis.code_sealed";

fn broken(table: &'static str, id: Uuid, why: impl ToString) -> db::Error {
    db::Error::Broken { table, id: id.to_string(), why: why.to_string() }
}

async fn seal_soap(
    tx: &mut Tx,
    practice: PracticeId,
    column: &'static str,
    row: Uuid,
    text: &Soap,
) -> db::Result<Vec<u8>> {
    let clear = serde_json::to_vec(text).map_err(|e| broken(column, row, e))?;
    tx.seal(practice, column, row, &clear).await
}

async fn open_soap(
    tx: &mut Tx,
    practice: PracticeId,
    column: &'static str,
    row: Uuid,
    sealed: &[u8],
) -> db::Result<Soap> {
    let clear = tx.open(practice, column, row, sealed).await?;
    serde_json::from_slice(&clear).map_err(|e| broken(column, row, e))
}

/// Writes what a draft says now.
pub async fn put_text(tx: &mut Tx, about: &About, text: &Soap) -> db::Result<()> {
    let sealed = seal_soap(tx, about.practice, TEXT, about.id.0, text).await?;
    sqlx::query(
        "insert into chart.note_text (practice_id, note_id, client_id, sealed, letters)
         values ($1, $2, $3, $4, $5)
             on conflict (practice_id, note_id) do update
            set sealed = excluded.sealed, letters = excluded.letters",
    )
    .bind(about.practice.0)
    .bind(about.id.0)
    .bind(about.client.0)
    .bind(sealed)
    .bind(i32::try_from(text.letters()).unwrap_or(i32::MAX))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What a note says; nothing yet where it was never saved.
pub async fn text(tx: &mut Tx, about: &About) -> db::Result<Option<Soap>> {
    let sealed: Option<Vec<u8>> = sqlx::query_scalar(
        "select t.sealed
           from chart.note_text t
          where t.practice_id = $1
            and t.note_id = $2",
    )
    .bind(about.practice.0)
    .bind(about.id.0)
    .fetch_optional(&mut **tx)
    .await?;
    match sealed {
        Some(sealed) => Ok(Some(open_soap(tx, about.practice, TEXT, about.id.0, &sealed).await?)),
        None => Ok(None),
    }
}

/// How many letters a note has.
pub async fn letters(tx: &mut Tx, about: &About) -> db::Result<i32> {
    let letters: Option<i32> = sqlx::query_scalar(
        "select t.letters
           from chart.note_text t
          where t.practice_id = $1
            and t.note_id = $2",
    )
    .bind(about.practice.0)
    .bind(about.id.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(letters.unwrap_or(0))
}

/// What another window wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Which window.
    pub tab: Uuid,
    /// What it wrote.
    pub text: Soap,
    /// When.
    pub kept_at: Timestamp,
}

/// Keeps what a window wrote beside the note; what it wrote before is part of it.
pub async fn put_aside(
    tx: &mut Tx,
    about: &About,
    tab: Uuid,
    text: &Soap,
    now: Timestamp,
) -> db::Result<()> {
    let sealed = seal_soap(tx, about.practice, ASIDE, tab, text).await?;
    sqlx::query(
        "insert into chart.note_aside (practice_id, note_id, tab_id, client_id, sealed, kept_at)
         values ($1, $2, $3, $4, $5, $6)
             on conflict (practice_id, note_id, tab_id) do update
            set sealed = excluded.sealed, kept_at = excluded.kept_at, settled_at = null",
    )
    .bind(about.practice.0)
    .bind(about.id.0)
    .bind(tab)
    .bind(about.client.0)
    .bind(sealed)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What other windows wrote and nobody has settled, oldest first.
pub async fn asides(tx: &mut Tx, about: &About) -> db::Result<Vec<Aside>> {
    let rows: Vec<(Uuid, Vec<u8>, Instant)> = sqlx::query_as(
        "select a.tab_id, a.sealed, a.kept_at
           from chart.note_aside a
          where a.practice_id = $1
            and a.note_id = $2
            and a.settled_at is null
          order by a.kept_at, a.tab_id
          limit $3",
    )
    .bind(about.practice.0)
    .bind(about.id.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let mut asides = Vec::new();
    for (tab, sealed, kept_at) in rows {
        let text = open_soap(tx, about.practice, ASIDE, tab, &sealed).await?;
        asides.push(Aside { tab, text, kept_at: kept_at.0 });
    }
    Ok(asides)
}

/// Settles what a window wrote: taken in, or left out. It stays kept. False where it is settled.
pub async fn settle_aside(
    tx: &mut Tx,
    about: &About,
    tab: Uuid,
    now: Timestamp,
) -> db::Result<bool> {
    let done = sqlx::query(
        "update chart.note_aside a
            set settled_at = $4
          where a.practice_id = $1
            and a.note_id = $2
            and a.tab_id = $3
            and a.settled_at is null",
    )
    .bind(about.practice.0)
    .bind(about.id.0)
    .bind(tab)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An addition to a signed note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// What it says.
    pub text: String,
    /// When it was written.
    pub written_at: Timestamp,
}

/// Adds to a signed note.
pub async fn put_amendment(
    tx: &mut Tx,
    about: &About,
    id: Uuid,
    text: &str,
    now: Timestamp,
) -> db::Result<()> {
    let sealed = tx.seal(about.practice, AMENDMENT, id, text.as_bytes()).await?;
    sqlx::query(
        "insert into chart.amendment (practice_id, amendment_id, note_id, client_id, sealed,
                                      written_by, written_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(about.practice.0)
    .bind(id)
    .bind(about.id.0)
    .bind(about.client.0)
    .bind(sealed)
    .bind(about.author.0)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What was added to a note, in order.
pub async fn amendments(tx: &mut Tx, about: &About) -> db::Result<Vec<Amendment>> {
    let rows: Vec<(Uuid, Vec<u8>, Instant)> = sqlx::query_as(
        "select a.amendment_id, a.sealed, a.written_at
           from chart.amendment a
          where a.practice_id = $1
            and a.note_id = $2
          order by a.written_at, a.amendment_id
          limit $3",
    )
    .bind(about.practice.0)
    .bind(about.id.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let mut amendments = Vec::new();
    for (id, sealed, written_at) in rows {
        let clear = tx.open(about.practice, AMENDMENT, id, &sealed).await?;
        let text = String::from_utf8(clear.to_vec()).map_err(|e| broken(AMENDMENT, id, e))?;
        amendments.push(Amendment { text, written_at: written_at.0 });
    }
    Ok(amendments)
}

/// Writes down a diagnosis.
pub async fn put_diagnosis(
    tx: &mut Tx,
    hers: Hers,
    id: Uuid,
    code: &str,
    since: Date,
    now: Timestamp,
) -> db::Result<()> {
    let sealed = tx.seal(hers.practice, CODE, id, code.as_bytes()).await?;
    sqlx::query(
        "insert into chart.diagnosis (practice_id, diagnosis_id, client_id, code_sealed, since,
                                      said_by, said_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(hers.practice.0)
    .bind(id)
    .bind(hers.client.0)
    .bind(sealed)
    .bind(Day(since))
    .bind(hers.by.0)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends a diagnosis after a day. False where it has ended, or is another client's.
pub async fn end_diagnosis(
    tx: &mut Tx,
    hers: Hers,
    id: Uuid,
    until: Date,
    now: Timestamp,
) -> db::Result<bool> {
    let done = sqlx::query(
        "update chart.diagnosis d
            set until = $4, ended_by = $5, ended_at = $6
          where d.practice_id = $1
            and d.client_id = $2
            and d.diagnosis_id = $3
            and d.until is null",
    )
    .bind(hers.practice.0)
    .bind(hers.client.0)
    .bind(id)
    .bind(Day(until))
    .bind(hers.by.0)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// All diagnoses of a client: what holds first, in the order in which it was said.
pub async fn diagnoses(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Vec<Diagnosed>> {
    let rows: Vec<(Uuid, Vec<u8>, Day, Option<Day>)> = sqlx::query_as(
        "select d.diagnosis_id, d.code_sealed, d.since, d.until
           from chart.diagnosis d
          where d.practice_id = $1
            and d.client_id = $2
          order by d.until desc nulls first, d.place
          limit $3",
    )
    .bind(practice.0)
    .bind(client.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let mut diagnoses = Vec::new();
    for (id, sealed, since, until) in rows {
        let clear = tx.open(practice, CODE, id, &sealed).await?;
        let code = String::from_utf8(clear.to_vec()).map_err(|e| broken(CODE, id, e))?;
        diagnoses.push(Diagnosed { id, code, since: since.0, until: until.map(|day| day.0) });
    }
    Ok(diagnoses)
}

/// The diagnoses that hold on a day, the one that was said first in front.
pub async fn diagnoses_on(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    day: Date,
) -> db::Result<Vec<Diagnosed>> {
    let all = diagnoses(tx, practice, client).await?;
    Ok(all.into_iter().filter(|it| it.holds_on(day)).collect())
}
