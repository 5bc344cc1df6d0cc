//! All SQL of offers: in the clinician's practice, and what their holder keeps of them.

use ground::db::{self, Day, Instant, Tx};
use ids::{ClientId, ClinicianId, LeadId, OfferId, PersonId, PracticeId, Uuid};
use jiff::Timestamp;

use super::model::{NewOffer, Offer, Snapshot, State, broken};

/// The sealed column, as the keys know it.
const SNAPSHOT: &str = "offers.offer.snapshot_sealed";
/// Earlier offers on one page: further back nobody looks.
const EARLIER_MAX: i64 = 20;
/// Open offers of one person: far above what could be answered.
const OPEN_MAX: i64 = 200;

/// Puts an offer before a clinician. Refused by `offer_finds_intake_open` where they have paused.
pub async fn insert_offer(
    tx: &mut Tx,
    offer: &NewOffer,
    now: Timestamp,
    until: Timestamp,
) -> db::Result<()> {
    let told = serde_json::to_string(&offer.told).map_err(|e| broken(offer.id.0, e))?;
    let snapshot = serde_json::to_vec(&offer.snapshot).map_err(|e| broken(offer.id.0, e))?;
    let sealed = tx.seal(offer.practice, SNAPSHOT, offer.id.0, &snapshot).await?;
    sqlx::query(
        "insert into offers.offer (practice_id, offer_id, clinician_id, holder_id, lead_id, facts,
                                   snapshot_sealed, made_at, made_on, expires_at)
         values ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8, $9, $10)",
    )
    .bind(offer.practice.0)
    .bind(offer.id.0)
    .bind(offer.clinician.0)
    .bind(offer.holder.0)
    .bind(offer.lead.0)
    .bind(told)
    .bind(sealed)
    .bind(Instant(now))
    .bind(Day(offer.on))
    .bind(Instant(until))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes down for the holder that a request is out. Refused by `sent_to_one_at_a_time` while it
/// is before somebody else.
pub async fn insert_sent(
    tx: &mut Tx,
    offer: &NewOffer,
    now: Timestamp,
    until: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "insert into offers.sent (practice_id, offer_id, lead_id, to_practice_id, clinician_id,
                                  sent_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(offer.holder.0)
    .bind(offer.id.0)
    .bind(offer.lead.0)
    .bind(offer.practice.0)
    .bind(offer.clinician.0)
    .bind(Instant(now))
    .bind(Instant(until))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How a request came back to its holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    /// Somebody took it.
    Taken,
    /// It is free to go to somebody else.
    Free,
}

/// Writes down for the holder that a request is back, and says which. Nothing where it was before.
pub async fn come_back(
    tx: &mut Tx,
    holder: PracticeId,
    offer: OfferId,
    back: Back,
    now: Timestamp,
) -> db::Result<Option<LeadId>> {
    let lead: Option<Uuid> = sqlx::query_scalar(
        "update offers.sent s
            set back_at = $3,
                is_taken = $4
          where s.practice_id = $1
            and s.offer_id = $2
            and s.back_at is null
      returning s.lead_id",
    )
    .bind(holder.0)
    .bind(offer.0)
    .bind(Instant(now))
    .bind(back == Back::Taken)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(lead.map(LeadId))
}

type OfferRow =
    (Uuid, Uuid, Uuid, Uuid, Uuid, Uuid, String, Instant, Instant, String, Option<Uuid>);

fn offer(
    (
    practice,
    id,
    clinician,
    person,
    holder,
    lead,
    told,
    made_at,
    expires_at,
    state,
    client,
): OfferRow,
) -> db::Result<Offer> {
    Ok(Offer {
        practice: PracticeId(practice),
        id: OfferId(id),
        clinician: ClinicianId(clinician),
        person: PersonId(person),
        holder: PracticeId(holder),
        lead: LeadId(lead),
        told: serde_json::from_str(&told).map_err(|e| broken(id, e))?,
        made_at: made_at.0,
        expires_at: expires_at.0,
        state: State::of(&state).ok_or_else(|| broken(id, "its state is no word"))?,
        client: client.map(ClientId),
    })
}

/// One offer, without what is sealed.
pub async fn find(tx: &mut Tx, practice: PracticeId, id: OfferId) -> db::Result<Option<Offer>> {
    let row: Option<OfferRow> = sqlx::query_as(
        "select o.practice_id, o.offer_id, o.clinician_id, c.person_id, o.holder_id, o.lead_id,
                o.facts::text, o.made_at, o.expires_at, o.state, o.client_id
           from offers.offer o
           join people.clinician c
             on c.practice_id = o.practice_id and c.clinician_id = o.clinician_id
          where o.practice_id = $1
            and o.offer_id = $2",
    )
    .bind(practice.0)
    .bind(id.0)
    .fetch_optional(&mut **tx)
    .await?;
    row.map(offer).transpose()
}

/// The same, locked: nobody answers it meanwhile.
pub async fn lock(tx: &mut Tx, practice: PracticeId, id: OfferId) -> db::Result<Option<Offer>> {
    sqlx::query(
        "select 1 from offers.offer o where o.practice_id = $1 and o.offer_id = $2 for update",
    )
    .bind(practice.0)
    .bind(id.0)
    .execute(&mut **tx)
    .await?;
    find(tx, practice, id).await
}

/// A person's offers that wait, in all their practices, the one that ends first on top.
pub async fn open_of(tx: &mut Tx, person: PersonId, now: Timestamp) -> db::Result<Vec<Offer>> {
    let rows: Vec<OfferRow> = sqlx::query_as(
        "select o.practice_id, o.offer_id, o.clinician_id, c.person_id, o.holder_id, o.lead_id,
                o.facts::text, o.made_at, o.expires_at, o.state, o.client_id
           from people.clinician c
           join offers.offer o
             on o.practice_id = c.practice_id and o.clinician_id = c.clinician_id
          where c.person_id = $1
            and o.state = 'open'
            and $2 < o.expires_at
          order by o.expires_at, o.offer_id
          limit $3",
    )
    .bind(person.0)
    .bind(Instant(now))
    .bind(OPEN_MAX)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(offer).collect()
}

/// A person's latest offers in one practice that no longer wait, newest first. Their own inbox is
/// the one place that reads how they were answered. Served by `offer_clinician`.
pub async fn earlier_of(
    tx: &mut Tx,
    practice: PracticeId,
    person: PersonId,
    now: Timestamp,
) -> db::Result<Vec<Offer>> {
    let rows: Vec<OfferRow> = sqlx::query_as(
        "select o.practice_id, o.offer_id, o.clinician_id, c.person_id, o.holder_id, o.lead_id,
                o.facts::text, o.made_at, o.expires_at, o.state, o.client_id
           from people.clinician c
           join offers.offer o
             on o.practice_id = c.practice_id and o.clinician_id = c.clinician_id
          where c.practice_id = $1
            and c.person_id = $2
            and (o.state <> 'open' or o.expires_at <= $3)
          order by o.made_at desc, o.offer_id
          limit $4",
    )
    .bind(practice.0)
    .bind(person.0)
    .bind(Instant(now))
    .bind(EARLIER_MAX)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(offer).collect()
}

/// What the person said, opened; nothing once it was erased.
pub async fn snapshot(tx: &mut Tx, offer: &Offer) -> db::Result<Option<Snapshot>> {
    let sealed: Option<Vec<u8>> = sqlx::query_scalar(
        "select o.snapshot_sealed
           from offers.offer o
          where o.practice_id = $1
            and o.offer_id = $2",
    )
    .bind(offer.practice.0)
    .bind(offer.id.0)
    .fetch_one(&mut **tx)
    .await?;
    let Some(sealed) = sealed else {
        return Ok(None);
    };
    let clear = tx.open(offer.practice, SNAPSHOT, offer.id.0, &sealed).await?;
    serde_json::from_slice(&clear).map(Some).map_err(|e| broken(offer.id.0, e))
}

/// Writes down that an open offer became a client.
pub async fn record_acceptance(
    tx: &mut Tx,
    offer: &Offer,
    client: ClientId,
    now: Timestamp,
) -> db::Result<()> {
    let done = sqlx::query(
        "update offers.offer o
            set state = 'accepted',
                answered_at = $3,
                client_id = $4
          where o.practice_id = $1
            and o.offer_id = $2
            and o.state = 'open'",
    )
    .bind(offer.practice.0)
    .bind(offer.id.0)
    .bind(Instant(now))
    .bind(client.0)
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

/// Writes down that an open offer came to nothing, and erases who it was. `false` where it was
/// over already.
pub async fn record_end(
    tx: &mut Tx,
    offer: &Offer,
    state: State,
    now: Timestamp,
) -> db::Result<bool> {
    let done = sqlx::query(
        "update offers.offer o
            set state = $3,
                answered_at = $4,
                snapshot_sealed = null
          where o.practice_id = $1
            and o.offer_id = $2
            and o.state = 'open'",
    )
    .bind(offer.practice.0)
    .bind(offer.id.0)
    .bind(state.word())
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
