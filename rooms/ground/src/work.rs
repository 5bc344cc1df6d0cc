//! Work that is taken up again until it is done: what events and jobs have in common.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use ids::{PracticeId, Uuid};
use jiff::{SignedDuration, Timestamp};

use crate::db::{self, Instant, Tx};
use crate::events::{self, Listener};
use crate::house::House;
use crate::jobs::{self, Job};

/// How long a worker may take over one piece of work before another takes it up.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Work is begun this often, then it is a dead letter: with the waits below that is five hours.
pub const TRIES_MAX: i32 = 12;
/// The longest a worker that found nothing waits before it looks again.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// A worker drains this much in a row before it looks at whether it should stop.
const BATCH_MAX: usize = 100;
/// Dead letters on one page.
const DEAD_MAX: i64 = 200;

/// What an effect yields.
pub type Doing<'t> = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 't>>;

/// Why work did not get done.
#[derive(Debug)]
pub enum Failure {
    /// Worth another try: the other side was down, or the database busy.
    Again(String),
    /// It will fail the same way each time: a person must look.
    Never(String),
}

impl Failure {
    /// A sentence for the queue; holds no personal data.
    pub fn why(&self) -> &str {
        match self {
            Self::Again(why) | Self::Never(why) => why,
        }
    }

    /// Whether this failure, at this try, is a dead letter.
    pub fn is_final(&self, tries: i32) -> bool {
        matches!(self, Self::Never(_)) || TRIES_MAX <= tries
    }
}

impl From<db::Error> for Failure {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Down(_) | db::Error::Busy(_) => Self::Again(error.to_string()),
            _ => Self::Never(error.to_string()),
        }
    }
}

/// Whether there was something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worked {
    /// One piece of work was taken up, well or badly.
    One,
    /// Nothing waits.
    Nothing,
}

/// How long a piece of work that failed waits: 5 s, doubled each time, an hour at most.
pub fn retry_after(tries: i32) -> SignedDuration {
    let doublings = u32::try_from(tries.clamp(1, 12) - 1).unwrap_or(0);
    SignedDuration::from_secs((5_i64 << doublings).min(3600))
}

/// What this program takes up.
#[derive(Debug, Clone, Default)]
pub struct Wiring {
    /// All listeners of all rooms.
    pub listeners: Vec<Listener>,
    /// All jobs of all rooms.
    pub jobs: Vec<Job>,
}

impl Wiring {
    /// Takes up what waits until nothing does: in tests, and while a demo is made.
    ///
    /// # Errors
    /// As the database says.
    pub async fn drain(&self, house: &House) -> db::Result<usize> {
        let mut count = 0;
        while self.one(house).await? == Worked::One {
            count += 1;
        }
        Ok(count)
    }

    /// Works until `stop` resolves. What was begun is ended first.
    pub async fn work(&self, house: &House, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        loop {
            let wait = self.some(house).await;
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// A batch, and how long to wait before the next.
    async fn some(&self, house: &House) -> Duration {
        for _ in 0..BATCH_MAX {
            match self.one(house).await {
                Ok(Worked::One) => {}
                Ok(Worked::Nothing) => return LOOK_EVERY,
                Err(error) => {
                    tracing::error!(%error, "the worker could not work; it tries again");
                    return LOOK_EVERY * 4;
                }
            }
        }
        Duration::ZERO
    }

    async fn one(&self, house: &House) -> db::Result<Worked> {
        if !self.listeners.is_empty()
            && events::take_next(house, &self.listeners).await? == Worked::One
        {
            return Ok(Worked::One);
        }
        if self.jobs.is_empty() {
            return Ok(Worked::Nothing);
        }
        jobs::take_next(house, &self.jobs).await
    }
}

/// Work that a person must decide about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// The practice it is about.
    pub practice: PracticeId,
    /// The event's or the job's id.
    pub id: Uuid,
    /// The listener, or the kind of job.
    pub name: String,
    /// Whether it is an event: then it blocks what came after it for the same subject.
    pub is_event: bool,
    /// How often it was begun.
    pub tries: i32,
    /// Wall clock.
    pub dead_at: Timestamp,
    /// What it said.
    pub why: String,
    /// Deliveries that wait behind it.
    pub blocks: i64,
}

/// A dead letter by its key.
#[derive(Debug, Clone, Copy)]
pub struct DeadKey<'a> {
    /// The practice.
    pub practice: PracticeId,
    /// The event or the job.
    pub id: Uuid,
    /// The listener or the kind of job.
    pub name: &'a str,
}

type DeadRow = (Uuid, Uuid, String, bool, i32, Instant, String, i64);

/// All dead letters, the oldest first, 200 at most.
///
/// # Errors
/// As the database says.
pub async fn dead_letters(tx: &mut Tx) -> db::Result<Vec<DeadLetter>> {
    let rows: Vec<DeadRow> = sqlx::query_as(
        "select d.practice_id, d.event_id, d.listener, true, d.tries, d.dead_at, d.why,
                (select count(*)
                   from ground.delivery b
                  where b.listener = d.listener
                    and b.subject = d.subject
                    and d.place < b.place
                    and b.done_at is null)
           from ground.delivery d
          where d.dead_at is not null
          union all
         select j.practice_id, j.id, j.kind, false, j.tries, j.dead_at, j.why, 0
           from ground.job j
          where j.dead_at is not null
          order by 6, 2, 3
          limit $1",
    )
    .bind(DEAD_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(practice, id, name, is_event, tries, dead_at, why, blocks): DeadRow| DeadLetter {
        practice: PracticeId(practice),
        id,
        name,
        is_event,
        tries,
        dead_at: dead_at.0,
        why,
        blocks,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Puts a dead letter back among what waits, as if it had never been tried. `false` where it is not
/// dead any more: somebody was faster.
///
/// # Errors
/// As the database says.
pub async fn try_again(tx: &mut Tx, key: DeadKey<'_>) -> db::Result<bool> {
    settle(tx, key, None).await
}

/// Lets a dead letter go: it counts as done, without its effect, and what waits behind it goes on.
/// `false` where it is not dead any more.
///
/// # Errors
/// As the database says.
pub async fn let_go(tx: &mut Tx, key: DeadKey<'_>, at: Timestamp) -> db::Result<bool> {
    settle(tx, key, Some(at)).await
}

/// Ends the death of a letter: done at an instant, with what was said of it, or as if never tried.
/// The id is an event's or a job's, so at most one of the two statements meets a row.
async fn settle(tx: &mut Tx, key: DeadKey<'_>, done_at: Option<Timestamp>) -> db::Result<bool> {
    let delivery = sqlx::query(
        "update ground.delivery d
            set dead_at = null,
                done_at = $4,
                why = case when $4 is not null then d.why end,
                tries = case when $4 is not null then d.tries else 0 end,
                retry_at = case when $4 is not null then d.retry_at end
          where d.practice_id = $1 and d.event_id = $2 and d.listener = $3
            and d.dead_at is not null",
    );
    let job = sqlx::query(
        "update ground.job j
            set dead_at = null,
                done_at = $4,
                why = case when $4 is not null then j.why end,
                tries = case when $4 is not null then j.tries else 0 end,
                retry_at = case when $4 is not null then j.retry_at end
          where j.practice_id = $1 and j.id = $2 and j.kind = $3
            and j.dead_at is not null",
    );
    let mut settled = 0;
    for statement in [delivery, job] {
        let statement = statement.bind(key.practice.0).bind(key.id).bind(key.name);
        let done = statement.bind(done_at.map(Instant)).execute(&mut **tx).await?;
        settled += done.rows_affected();
    }
    Ok(1 <= settled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_fails_waits_longer_each_time_and_an_hour_at_most() {
        let waits: Vec<i64> = (1..=TRIES_MAX).map(|n| retry_after(n).as_secs()).collect();

        assert_eq!(waits[..4], [5, 10, 20, 40]);
        assert_eq!(waits.last(), Some(&3600));
        assert!(waits.is_sorted());
    }

    #[test]
    fn a_failure_that_cannot_pass_is_dead_at_once_and_another_after_the_last_try() {
        assert!(Failure::Never("no".into()).is_final(1));
        assert!(!Failure::Again("down".into()).is_final(1));
        assert!(Failure::Again("down".into()).is_final(TRIES_MAX));
    }
}
