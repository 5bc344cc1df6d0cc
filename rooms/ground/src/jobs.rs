//! Jobs: work that is due later, or that has an effect outside the database.
//!
//! A job is asked for in the transaction that needs it, once for each once-key. Its state machine is
//! that of a delivery (`events.rs`), without an order among subjects.

use ids::{JobId, PracticeId, Uuid};
use jiff::Timestamp;

use crate::acting::Acting;
use crate::clock::wall;
use crate::db::{self, Instant, Tx};
use crate::house::House;
use crate::work::{Doing, Failure, LEASE, TRIES_MAX, Worked, retry_after};

/// A job as it is handed to what does it.
#[derive(Debug, Clone)]
pub struct Task {
    /// Its id.
    pub id: JobId,
    /// The practice in whose name it is done.
    pub practice: PracticeId,
    /// What it is about.
    pub subject: Uuid,
    kind: String,
    tries: i32,
}

/// How a kind of job is done.
#[derive(Debug, Clone, Copy)]
pub enum Way {
    /// The effect is in the database: it and the word that it is done are one transaction.
    Inside(for<'t> fn(&'t mut Tx, &'t Task) -> Doing<'t>),
    /// The effect is elsewhere, and may happen again after a crash: it carries a once-key that the
    /// other side can see. `after` is written together with the word that it is done.
    Outside {
        /// The effect.
        act: for<'t> fn(&'t House, &'t Task) -> Doing<'t>,
        /// What is written once it happened.
        after: for<'t> fn(&'t mut Tx, &'t Task) -> Doing<'t>,
    },
}

/// One kind of job.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    /// `room.what_it_does`.
    pub kind: &'static str,
    /// How.
    pub way: Way,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// In whose name.
    pub practice: PracticeId,
    /// Which kind of job.
    pub kind: &'static str,
    /// What it is about.
    pub subject: Uuid,
    /// The same key asks for the same job: a double click is one.
    pub once_key: &'a str,
    /// Business time.
    pub due_at: Timestamp,
}

/// Asks for a job, unless it was asked for before.
///
/// # Errors
/// As the database says.
pub async fn ask(tx: &mut Tx, order: Order<'_>) -> db::Result<()> {
    let id: JobId = tx.house().new_id();
    sqlx::query(
        "insert into ground.job (practice_id, id, kind, subject, once_key, due_at)
         values ($1, $2, $3, $4, $5, $6)
             on conflict (practice_id, kind, once_key) do nothing",
    )
    .bind(order.practice.0)
    .bind(id.0)
    .bind(order.kind)
    .bind(order.subject)
    .bind(order.once_key)
    .bind(Instant(order.due_at))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Does the next job that is due, if there is one.
///
/// # Errors
/// As the database says; what a job says is kept with it.
pub async fn take_next(house: &House, jobs: &[Job]) -> db::Result<Worked> {
    let kinds: Vec<&str> = jobs.iter().map(|job| job.kind).collect();
    let Some(task) = lease(house, &kinds).await? else {
        return Ok(Worked::Nothing);
    };
    let job = jobs.iter().find(|job| job.kind == task.kind);
    let Some(job) = job.filter(|_| task.tries <= TRIES_MAX) else {
        let why = "it was begun too often and never ended: the program crashed in it";
        fail(house, &task, &Failure::Never(why.into())).await?;
        return Ok(Worked::One);
    };
    let (write, act) = match job.way {
        Way::Inside(write) => (write, None),
        Way::Outside { act, after } => (after, Some(act)),
    };
    if let Some(act) = act
        && let Err(failure) = act(house, &task).await
    {
        fail(house, &task, &failure).await?;
        return Ok(Worked::One);
    }
    let mut tx = house.begin(&Acting::Job { practice: task.practice }).await?;
    match write(&mut tx, &task).await {
        Ok(()) => {
            done(&mut tx, &task).await?;
            tx.commit().await?;
        }
        Err(failure) => {
            tx.rollback().await?;
            fail(house, &task, &failure).await?;
        }
    }
    Ok(Worked::One)
}

type TaskRow = (Uuid, Uuid, String, Uuid, i32);

/// Leases and counts the job that has been due longest. Served by `job_waiting`.
async fn lease(house: &House, kinds: &[&str]) -> db::Result<Option<Task>> {
    let mut tx = house.begin(&Acting::Door).await?;
    let now = wall();
    let row: Option<TaskRow> = sqlx::query_as(
        "update ground.job j
            set tries = j.tries + 1,
                leased_until = $3
          where (j.practice_id, j.id) = (
                select w.practice_id, w.id
                  from ground.job w
                 where w.kind = any ($4)
                   and w.due_at <= $1
                   and w.done_at is null
                   and w.dead_at is null
                   and (w.retry_at is null or w.retry_at <= $2)
                   and (w.leased_until is null or w.leased_until <= $2)
                 order by w.due_at, w.id
                 limit 1
                   for update skip locked)
      returning j.practice_id, j.id, j.kind, j.subject, j.tries",
    )
    .bind(Instant(house.now()))
    .bind(Instant(now))
    .bind(Instant(now + LEASE))
    .bind(kinds)
    .fetch_optional(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(row.map(|(practice, id, kind, subject, tries)| Task {
        id: JobId(id),
        practice: PracticeId(practice),
        subject,
        kind,
        tries,
    }))
}

async fn done(tx: &mut Tx, task: &Task) -> db::Result<()> {
    let done = sqlx::query(
        "update ground.job j
            set done_at = $3,
                leased_until = null
          where j.practice_id = $1
            and j.id = $2
            and j.done_at is null
            and j.dead_at is null
            and j.tries = $4",
    )
    .bind(task.practice.0)
    .bind(task.id.0)
    .bind(Instant(wall()))
    .bind(task.tries)
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

async fn fail(house: &House, task: &Task, failure: &Failure) -> db::Result<()> {
    let now = wall();
    let is_dead = failure.is_final(task.tries);
    tracing::warn!(
        job = %task.id, kind = %task.kind, tries = task.tries, is_dead, why = failure.why(),
        "a job failed"
    );
    let mut tx = house.begin(&Acting::Door).await?;
    sqlx::query(
        "update ground.job j
            set leased_until = null,
                retry_at = $3,
                dead_at = case when $4 then $5 end,
                why = $6
          where j.practice_id = $1
            and j.id = $2
            and j.done_at is null
            and j.tries = $7",
    )
    .bind(task.practice.0)
    .bind(task.id.0)
    .bind(Instant(now + retry_after(task.tries)))
    .bind(is_dead)
    .bind(Instant(now))
    .bind(failure.why())
    .bind(task.tries)
    .execute(&mut *tx)
    .await?;
    tx.commit().await
}
