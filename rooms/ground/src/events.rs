//! Events: what happened, written in the transaction of its change; later rooms take it up.
//!
//! ```text
//! delivery: waiting ──lease (counted)──▶ leased ──effect and done_at in one transaction──▶ done
//!              ▲                            │
//!              ╰──── again, after a while ──┴── never, or too often ──▶ dead ──decided──▶ waiting
//! ```
//! The lease is one transaction, the effect another: a listener that crashes has been counted, and
//! ends among the dead letters. A dead letter blocks its subject for that listener, so that order
//! per subject holds whatever happens.

use ids::{EventId, PracticeId, Uuid};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::acting::Acting;
use crate::clock::wall;
use crate::db::{self, Instant, Tx};
use crate::house::House;
use crate::work::{Doing, Failure, LEASE, TRIES_MAX, Worked, retry_after};

/// Something that a room tells: a struct in the past tense, with ids and facts, no clinical text.
pub trait Event: Serialize + DeserializeOwned {
    /// `room.what_happened`.
    const KIND: &'static str;
    /// Goes up when the meaning of the body changes.
    const VERSION: i32 = 1;

    /// What it happened to. Events of one subject are taken up in order.
    fn subject(&self) -> Uuid;
}

/// An event as a listener gets it.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its id: the same each time it is delivered.
    pub id: EventId,
    /// The practice in which it happened.
    pub practice: PracticeId,
    /// What it happened to.
    pub subject: Uuid,
    /// When, in business time.
    pub at: Timestamp,
    version: i32,
    body: serde_json::Value,
}

impl Told {
    /// The event itself.
    ///
    /// # Errors
    /// [`Failure::Never`] where the body is of another version: a newer program must take it up.
    pub fn read<E: Event>(&self) -> Result<E, Failure> {
        if self.version != E::VERSION {
            return Err(Failure::Never(format!(
                "{} has version {}, this program reads {}",
                E::KIND,
                self.version,
                E::VERSION
            )));
        }
        serde_json::from_value(self.body.clone())
            .map_err(|e| Failure::Never(format!("{} cannot be read: {e}", E::KIND)))
    }
}

/// Who takes up which events. Must be idempotent: it may be asked twice, though its effect and the
/// word that it is done are one transaction.
#[derive(Debug, Clone, Copy)]
pub struct Listener {
    /// The kind of event.
    pub kind: &'static str,
    /// `room.what_it_does`.
    pub name: &'static str,
    /// The effect.
    pub take: for<'t> fn(&'t mut Tx, &'t Told) -> Doing<'t>,
}

/// Tells an event in the transaction of its change, with a delivery for each listener.
///
/// # Errors
/// As the database says.
pub async fn tell<E: Event>(tx: &mut Tx, practice: PracticeId, event: &E) -> db::Result<EventId> {
    let id: EventId = tx.house().new_id();
    let now = tx.house().now();
    let body = serde_json::to_value(event).map_err(|e| db::Error::Broken {
        table: "ground.event",
        id: id.to_string(),
        why: e.to_string(),
    })?;
    // The place is taken after this lock, so that events of one subject stand in the order of
    // their commits; an id is made too early for that.
    sqlx::query("select pg_advisory_xact_lock(hashtextextended($1::text, 0))")
        .bind(event.subject())
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "insert into ground.event (practice_id, id, kind, version, subject, at, body)
         values ($1, $2, $3, $4, $5, $6, $7::text::jsonb)",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(E::KIND)
    .bind(E::VERSION)
    .bind(event.subject())
    .bind(Instant(now))
    .bind(body.to_string())
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "insert into ground.delivery (practice_id, event_id, listener, for_practice, subject, place)
         select e.practice_id, e.id, l.listener, e.practice_id, e.subject, e.place
           from ground.event e
           join ground.listener l on l.kind = e.kind
          where e.practice_id = $1
            and e.id = $2",
    )
    .bind(practice.0)
    .bind(id.0)
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// Makes the table of listeners know those of this program. Listeners of newer programs stay.
///
/// # Errors
/// As the database says.
pub async fn register(stores: &db::Stores, listeners: &[Listener]) -> db::Result<()> {
    let mut owner = stores.connection(db::Role::Owner).await?;
    for listener in listeners {
        sqlx::query(
            "insert into ground.listener (kind, listener) values ($1, $2) on conflict do nothing",
        )
        .bind(listener.kind)
        .bind(listener.name)
        .execute(&mut owner)
        .await?;
    }
    Ok(())
}

/// Takes up the next delivery that waits, if there is one.
///
/// # Errors
/// As the database says; what a listener says is kept with the delivery.
pub async fn take_next(house: &House, listeners: &[Listener]) -> db::Result<Worked> {
    let names: Vec<&str> = listeners.iter().map(|listener| listener.name).collect();
    let Some(leased) = lease(house, &names).await? else {
        return Ok(Worked::Nothing);
    };
    let listener = listeners.iter().find(|listener| listener.name == leased.listener);
    let Some(listener) = listener.filter(|_| leased.tries <= TRIES_MAX) else {
        let why = "it was begun too often and never ended: the program crashed in it";
        fail(house, &leased, &Failure::Never(why.into())).await?;
        return Ok(Worked::One);
    };
    let acting = Acting::Job { practice: leased.for_practice };
    let mut tx = house.begin(&acting).await?;
    match (listener.take)(&mut tx, &leased.told).await {
        Ok(()) => {
            done(&mut tx, &leased).await?;
            tx.commit().await?;
        }
        Err(failure) => {
            tx.rollback().await?;
            fail(house, &leased, &failure).await?;
        }
    }
    Ok(Worked::One)
}

struct Leased {
    listener: String,
    for_practice: PracticeId,
    tries: i32,
    told: Told,
}

type LeasedRow = (Uuid, Uuid, String, Uuid, i32, Uuid, Instant, i32, String);

/// Leases and counts the oldest delivery that may be taken up, in a transaction of its own.
/// Served by `delivery_waiting`.
async fn lease(house: &House, listeners: &[&str]) -> db::Result<Option<Leased>> {
    let mut tx = house.begin(&Acting::Door).await?;
    let now = wall();
    let row: Option<LeasedRow> = sqlx::query_as(
        "update ground.delivery d
            set tries = d.tries + 1,
                leased_until = $2
           from ground.event e
          where e.practice_id = d.practice_id
            and e.id = d.event_id
            and (d.practice_id, d.event_id, d.listener) = (
                select w.practice_id, w.event_id, w.listener
                  from ground.delivery w
                 where w.listener = any ($3)
                   and w.done_at is null
                   and w.dead_at is null
                   and (w.retry_at is null or w.retry_at <= $1)
                   and (w.leased_until is null or w.leased_until <= $1)
                   and not exists (
                       select from ground.delivery b
                        where b.listener = w.listener
                          and b.subject = w.subject
                          and b.place < w.place
                          and b.done_at is null)
                 order by w.place, w.listener
                 limit 1
                   for update skip locked)
      returning d.practice_id, d.event_id, d.listener, d.for_practice, d.tries,
                e.subject, e.at, e.version, e.body::text",
    )
    .bind(Instant(now))
    .bind(Instant(now + LEASE))
    .bind(listeners)
    .fetch_optional(&mut *tx)
    .await?;
    tx.commit().await?;
    let Some((practice, id, listener, for_practice, tries, subject, at, version, body)) = row
    else {
        return Ok(None);
    };
    let body = serde_json::from_str(&body).map_err(|e| db::Error::Broken {
        table: "ground.event",
        id: id.to_string(),
        why: e.to_string(),
    })?;
    let told =
        Told { id: EventId(id), practice: PracticeId(practice), subject, at: at.0, version, body };
    Ok(Some(Leased { listener, for_practice: PracticeId(for_practice), tries, told }))
}

async fn done(tx: &mut Tx, leased: &Leased) -> db::Result<()> {
    let done = sqlx::query(
        "update ground.delivery d
            set done_at = $4,
                leased_until = null
          where d.practice_id = $1
            and d.event_id = $2
            and d.listener = $3
            and d.done_at is null
            and d.dead_at is null
            and d.tries = $5",
    )
    .bind(leased.told.practice.0)
    .bind(leased.told.id.0)
    .bind(&leased.listener)
    .bind(Instant(wall()))
    .bind(leased.tries)
    .execute(&mut **tx)
    .await?;
    // Another worker whose lease began later has it: then this effect must not happen too.
    db::Error::unless_touched(1, &done)
}

async fn fail(house: &House, leased: &Leased, failure: &Failure) -> db::Result<()> {
    let now = wall();
    let is_dead = failure.is_final(leased.tries);
    tracing::warn!(
        listener = %leased.listener, event = %leased.told.id, tries = leased.tries, is_dead,
        why = failure.why(), "a listener failed"
    );
    let mut tx = house.begin(&Acting::Door).await?;
    sqlx::query(
        "update ground.delivery d
            set leased_until = null,
                retry_at = $4,
                dead_at = case when $5 then $6 end,
                why = $7
          where d.practice_id = $1
            and d.event_id = $2
            and d.listener = $3
            and d.done_at is null
            and d.tries = $8",
    )
    .bind(leased.told.practice.0)
    .bind(leased.told.id.0)
    .bind(&leased.listener)
    .bind(Instant(now + retry_after(leased.tries)))
    .bind(is_dead)
    .bind(Instant(now))
    .bind(failure.why())
    .bind(leased.tries)
    .execute(&mut *tx)
    .await?;
    tx.commit().await
}
