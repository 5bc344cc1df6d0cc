//! All SQL of clients as their practice knows them, and of what they agreed to.

use ground::db::{self, Instant, Tx};
use ids::{ClientId, PersonId, PracticeId, Uuid};
use jiff::Timestamp;

use super::consent::{Channel, Consent, Purpose};
use crate::model::{Address, Client, NewClient};

/// Most rows of one list: far above any honest practice.
const ROWS_MAX: i64 = 1_000;

/// Takes somebody as a client; the number is the next of the practice, whose row is locked so
/// that two at once get two numbers.
pub async fn insert_client(
    tx: &mut Tx,
    practice: PracticeId,
    id: ClientId,
    client: &NewClient,
    now: Timestamp,
) -> db::Result<Client> {
    sqlx::query("select 1 from people.practice p where p.practice_id = $1 for update")
        .bind(practice.0)
        .execute(&mut **tx)
        .await?;
    let number: i32 = sqlx::query_scalar(
        "insert into people.client (practice_id, client_id, number, name, address, state, since)
         select $1, $2, coalesce(max(c.number), 0) + 1, $3, $4, $5, $6
           from people.client c
          where c.practice_id = $1
      returning number",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(&client.name)
    .bind(client.address.as_ref().map(|address| address.as_str()))
    .bind(&client.state)
    .bind(Instant(now))
    .fetch_one(&mut **tx)
    .await?;
    Ok(Client { id, number, name: client.name.clone() })
}

/// Writes down a client's telephone.
pub async fn set_phone(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    phone: &str,
) -> db::Result<()> {
    let done = sqlx::query(
        "update people.client c
            set phone = $3
          where c.practice_id = $1
            and c.client_id = $2",
    )
    .bind(practice.0)
    .bind(client.0)
    .bind(phone)
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

/// The clients that the one who acts may see in a practice, by number: all of them for its people,
/// oneself for a client. Served by `client_number_is_one`.
pub async fn clients(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<Client>> {
    let rows: Vec<(Uuid, i32, String)> = sqlx::query_as(
        "select c.client_id, c.number, c.name
           from people.client c
          where c.practice_id = $1
          order by c.number
          limit $2",
    )
    .bind(practice.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let client = |(id, number, name)| Client { id: ClientId(id), number, name };
    Ok(rows.into_iter().map(client).collect())
}

/// What a practice calls a client, and where letters reach them. Served by the key.
pub async fn contact(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Option<(String, Option<Address>)>> {
    let row: Option<(String, Option<String>)> = sqlx::query_as(
        "select c.name, c.address
           from people.client c
          where c.practice_id = $1
            and c.client_id = $2",
    )
    .bind(practice.0)
    .bind(client.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|(name, address)| (name, address.as_deref().and_then(Address::read))))
}

/// Who a client is when they sign in; nobody before they first did. Served by the key.
pub async fn person_of(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Option<PersonId>> {
    let row: Option<Option<Uuid>> = sqlx::query_scalar(
        "select c.person_id
           from people.client c
          where c.practice_id = $1
            and c.client_id = $2",
    )
    .bind(practice.0)
    .bind(client.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.flatten().map(PersonId))
}

/// Keeps what a client agreed to. One that stands already stays as it was given.
pub async fn insert_consent(
    tx: &mut Tx,
    practice: PracticeId,
    id: Uuid,
    consent: &Consent<'_>,
    now: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "insert into people.consent (practice_id, id, client_id, purpose, channel, words, given_at)
         values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (practice_id, client_id, purpose, channel) where withdrawn_at is null
             do nothing",
    )
    .bind(practice.0)
    .bind(id)
    .bind(consent.client.0)
    .bind(consent.purpose.word())
    .bind(consent.channel.word())
    .bind(consent.words)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends what a client agreed to; where it does not stand, nothing is to be ended.
pub async fn withdraw_consent(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    (purpose, channel): (Purpose, Channel),
    now: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "update people.consent n
            set withdrawn_at = $5
          where n.practice_id = $1
            and n.client_id = $2
            and n.purpose = $3
            and n.channel = $4
            and n.withdrawn_at is null",
    )
    .bind(practice.0)
    .bind(client.0)
    .bind(purpose.word())
    .bind(channel.word())
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Where a client agreed to be written to about this. Served by `consent_stands_once`.
pub async fn agreed_address(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    purpose: Purpose,
) -> db::Result<Option<(String, Option<PersonId>)>> {
    let row: Option<(String, Option<Uuid>)> = sqlx::query_as(
        "select c.address, c.person_id
           from people.client c
           join people.consent n on n.practice_id = c.practice_id and n.client_id = c.client_id
          where c.practice_id = $1
            and c.client_id = $2
            and c.address is not null
            and n.purpose = $3
            and n.channel = $4
            and n.withdrawn_at is null",
    )
    .bind(practice.0)
    .bind(client.0)
    .bind(purpose.word())
    .bind(Channel::Email.word())
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|(address, person)| (address, person.map(PersonId))))
}
