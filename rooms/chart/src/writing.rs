//! How long somebody wrote: from the first instant of writing to the last, where no pause was
//! longer than two minutes, and fifteen seconds more. Instants are kept, and nothing of the words.

use ground::db::{self, Instant, Tx};
use ground::spans::{self, Kind, Source, Span};
use ids::{PersonId, PracticeId, SpanId, Uuid};
use jiff::{SignedDuration, Timestamp};

use crate::model::About;

/// A longer pause ends a burst: whoever has a note open and does something else does not write.
const IDLE: SignedDuration = SignedDuration::from_secs(120);
/// What follows the last instant: reading over what was written.
const TAIL: SignedDuration = SignedDuration::from_secs(15);

/// A burst of writing that has not become minutes yet.
struct Burst {
    id: Uuid,
    practice: PracticeId,
    begins_at: Timestamp,
    last_at: Timestamp,
}

/// The author wrote at this instant.
pub(crate) async fn touch(tx: &mut Tx, about: &About, now: Timestamp) -> db::Result<()> {
    let open = open_of(tx, about.author, Some(about)).await?;
    match open.first() {
        Some(burst) if now.duration_since(burst.last_at) <= IDLE => {
            go_on(tx, about.author, burst.id, now).await
        }
        Some(burst) => {
            write(tx, about.author, burst, now).await?;
            begin(tx, about, now).await
        }
        None => begin(tx, about, now).await,
    }
}

/// The author is done with this note.
pub(crate) async fn close(tx: &mut Tx, about: &About, now: Timestamp) -> db::Result<()> {
    for burst in open_of(tx, about.author, Some(about)).await? {
        write(tx, about.author, &burst, now).await?;
    }
    Ok(())
}

/// Makes minutes of what the one who acts wrote and has paused since. Rooms that count minutes ask
/// for it first.
///
/// # Errors
/// As the database says.
pub async fn settle(tx: &mut Tx) -> db::Result<()> {
    let Some(person) = tx.acting().person() else {
        return Ok(());
    };
    let now = tx.house().now();
    for burst in open_of(tx, person, None).await? {
        if IDLE < now.duration_since(burst.last_at) {
            write(tx, person, &burst, now).await?;
        }
    }
    Ok(())
}

/// Bursts of a person that go on, of one note or of all, locked. Served by
/// `writing_is_one_at_a_time`.
async fn open_of(tx: &mut Tx, person: PersonId, of: Option<&About>) -> db::Result<Vec<Burst>> {
    let rows: Vec<(Uuid, Uuid, Instant, Instant)> = sqlx::query_as(
        "select w.writing_id, w.practice_id, w.begins_at, w.last_at
           from chart.writing w
          where w.person_id = $1
            and ($2::uuid is null or w.note_id = $2)
            and w.written_at is null
          order by w.begins_at, w.writing_id
          limit 100
            for update",
    )
    .bind(person.0)
    .bind(of.map(|about| about.id.0))
    .fetch_all(&mut **tx)
    .await?;
    let burst = |(id, practice, begins_at, last_at): (Uuid, Uuid, Instant, Instant)| Burst {
        id,
        practice: PracticeId(practice),
        begins_at: begins_at.0,
        last_at: last_at.0,
    };
    Ok(rows.into_iter().map(burst).collect())
}

async fn begin(tx: &mut Tx, about: &About, now: Timestamp) -> db::Result<()> {
    let id: Uuid = tx.house().new_id();
    // Two windows that begin at once are one burst.
    sqlx::query(
        "insert into chart.writing (person_id, writing_id, practice_id, note_id, begins_at, last_at)
         values ($1, $2, $3, $4, $5, $5)
             on conflict (person_id, note_id) where written_at is null do nothing",
    )
    .bind(about.author.0)
    .bind(id)
    .bind(about.practice.0)
    .bind(about.id.0)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn go_on(tx: &mut Tx, person: PersonId, id: Uuid, now: Timestamp) -> db::Result<()> {
    sqlx::query(
        "update chart.writing w
            set last_at = greatest(w.last_at, $3)
          where w.person_id = $1
            and w.writing_id = $2",
    )
    .bind(person.0)
    .bind(id)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A burst becomes minutes: once, since the span bears its id.
async fn write(tx: &mut Tx, person: PersonId, burst: &Burst, now: Timestamp) -> db::Result<()> {
    let span = Span {
        id: SpanId(burst.id),
        person,
        practice: burst.practice,
        kind: Kind::Notes,
        from: burst.begins_at,
        to: burst.last_at + TAIL,
        source: Source::Measured,
    };
    spans::write(tx, &span).await?;
    sqlx::query(
        "update chart.writing w
            set written_at = $3
          where w.person_id = $1
            and w.writing_id = $2",
    )
    .bind(person.0)
    .bind(burst.id)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}
