//! All SQL of leads. A visitor may insert, and reads only the form of the page that they are on.

use ground::db::{self, Instant, Tx};
use ids::{LeadId, PersonId, PracticeId, Uuid};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use people::Address;
use sha2::{Digest, Sha256};
use sqlx::Row as _;
use sqlx::postgres::PgRow;

use crate::model::{
    AgeGroup, Channel, Concern, Consent, Contact, Lead, Logged, NewLead, Outcome, Pays, Why,
};

/// The sealed column.
pub const CONCERN: &str = "leads.lead.concern_sealed";
/// Most rows of one list: a desk with more is looked at a part at a time.
const ROWS_MAX: i64 = 200;

/// What a visitor may know of whoever receives requests.
#[derive(Debug, Clone)]
pub struct Form {
    pub name: String,
    pub zone: TimeZone,
}

/// The form of a holder. Served by the key.
pub async fn form(tx: &mut Tx, holder: PracticeId) -> db::Result<Option<Form>> {
    let row: Option<(String, String)> =
        sqlx::query_as("select f.name, f.zone from leads.form f where f.practice_id = $1")
            .bind(holder.0)
            .fetch_optional(&mut **tx)
            .await?;
    let Some((name, zone)) = row else {
        return Ok(None);
    };
    let zone = TimeZoneDatabase::bundled().get(&zone).unwrap_or(TimeZone::UTC);
    Ok(Some(Form { name, zone }))
}

/// Counts one request from a place on the network: the seconds to wait where there were too many.
/// Five are free; then each waits twice as long as the one before, an hour at most.
pub async fn throttle(tx: &mut Tx, from: &str, wall: Timestamp) -> db::Result<u32> {
    let key: [u8; 32] = Sha256::digest(format!("leads\0{from}")).into();
    let wait: i32 = sqlx::query_scalar("select people.throttle_try($1, 5, 3600, $2)")
        .bind(&key[..])
        .bind(Instant(wall))
        .fetch_one(&mut **tx)
        .await?;
    Ok(wait.unsigned_abs())
}

/// The next number of a holder, whose counter is locked until the transaction ends.
async fn next_number(tx: &mut Tx, holder: PracticeId) -> db::Result<i32> {
    Ok(sqlx::query_scalar(
        "update leads.counter c
            set last_number = c.last_number + 1
          where c.practice_id = $1
      returning c.last_number",
    )
    .bind(holder.0)
    .fetch_one(&mut **tx)
    .await?)
}

/// Writes down a request. What is not a source of the holder is its website.
pub async fn insert_lead(
    tx: &mut Tx,
    holder: PracticeId,
    id: LeadId,
    lead: &NewLead,
    now: Timestamp,
) -> db::Result<()> {
    let broken = |why: String| db::Error::Broken { table: "leads.lead", id: id.to_string(), why };
    let text = |it: serde_json::Result<String>| it.map_err(|e| broken(e.to_string()));
    let concern = text(serde_json::to_string(&lead.concern))?;
    let wants = text(serde_json::to_string(&lead.wants))?;
    let sealed = tx.seal(holder, CONCERN, id.0, concern.as_bytes()).await?;
    let number = next_number(tx, holder).await?;
    let (pays, code, said) = match &lead.pays {
        Pays::Themselves => ("self", None, None),
        Pays::Payer(code) => ("insurance", Some(code), None),
        Pays::OtherPlan(said) => ("insurance", None, Some(said)),
    };
    let said = said.filter(|said| !said.is_empty());
    let pay_known = pays == "self" || code.is_some();
    let done = sqlx::query(
        "insert into leads.lead (practice_id, lead_id, number, source_id, name, address, phone,
                                 state, pays, payer_code, payer_said, age_group, wants,
                                 concern_sealed, may_email, may_call, may_voicemail, may_text,
                                 consent_words, need_known, pay_known, arrived_at)
         select $1, $2, $3, s.source_id, $5, $6, $7, $8, $9, $10, $11, $12, $13::text::jsonb, $14,
                $15, $16, $17, $18, $19, $20, $21, $22
           from leads.source s
          where s.practice_id = $1
            and s.slug in ($4, 'website')
          order by s.slug = 'website'
          limit 1",
    )
    .bind(holder.0)
    .bind(id.0)
    .bind(number)
    .bind(&lead.source)
    .bind(&lead.name)
    .bind(lead.address.as_ref().map(Address::as_str))
    .bind(&lead.phone)
    .bind(&lead.state)
    .bind(pays)
    .bind(code)
    .bind(said)
    .bind(lead.age.word())
    .bind(wants)
    .bind(sealed)
    .bind(lead.consent.email)
    .bind(lead.consent.call)
    .bind(lead.consent.voicemail)
    .bind(lead.consent.text)
    .bind(&lead.consent.words)
    .bind(lead.concern.is_known())
    .bind(pay_known)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

/// Makes the key of a holder, so that a visitor can seal under it: they may read keys and make none.
pub async fn make_key(tx: &mut Tx, holder: PracticeId) -> db::Result<()> {
    tx.seal(holder, CONCERN, Uuid::nil(), b"").await.map(drop)
}

/// Requests that are open, oldest first. Served by `lead_waiting`.
pub async fn open_leads(tx: &mut Tx, holder: PracticeId) -> db::Result<Vec<Lead>> {
    let rows = sqlx::query(
        "select l.lead_id, l.number, s.name as source, l.name, l.address, l.phone, l.state, l.pays,
                l.payer_code, l.payer_said, l.age_group, l.wants::text as wants, l.may_email,
                l.may_call, l.may_voicemail, l.may_text, l.consent_words, l.need_known, l.pay_known,
                l.arrived_at, l.first_contact_at, l.reached_at, l.warm_at, l.closed_at, l.why_closed
           from leads.lead l
           join leads.source s on s.practice_id = l.practice_id and s.source_id = l.source_id
          where l.practice_id = $1
            and l.closed_at is null
          order by l.arrived_at, l.lead_id
          limit $2",
    )
    .bind(holder.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(lead_of).collect()
}

/// How many wait for an answer, and since when the first does. Served by `lead_waiting`.
pub async fn waiting(tx: &mut Tx, holder: PracticeId) -> db::Result<(i64, Option<Timestamp>)> {
    let (count, first): (i64, Option<Instant>) = sqlx::query_as(
        "select count(*), min(l.arrived_at)
           from leads.lead l
          where l.practice_id = $1
            and l.closed_at is null
            and l.first_contact_at is null",
    )
    .bind(holder.0)
    .fetch_one(&mut **tx)
    .await?;
    Ok((count, first.map(|at| at.0)))
}

/// One request, locked until the transaction ends. Served by the key.
pub async fn lock_lead(tx: &mut Tx, holder: PracticeId, id: LeadId) -> db::Result<Option<Lead>> {
    sqlx::query(
        "select 1 from leads.lead l where l.practice_id = $1 and l.lead_id = $2 for update",
    )
    .bind(holder.0)
    .bind(id.0)
    .execute(&mut **tx)
    .await?;
    lead(tx, holder, id).await
}

/// One request. Served by the key.
pub async fn lead(tx: &mut Tx, holder: PracticeId, id: LeadId) -> db::Result<Option<Lead>> {
    let row = sqlx::query(
        "select l.lead_id, l.number, s.name as source, l.name, l.address, l.phone, l.state, l.pays,
                l.payer_code, l.payer_said, l.age_group, l.wants::text as wants, l.may_email,
                l.may_call, l.may_voicemail, l.may_text, l.consent_words, l.need_known, l.pay_known,
                l.arrived_at, l.first_contact_at, l.reached_at, l.warm_at, l.closed_at, l.why_closed
           from leads.lead l
           join leads.source s on s.practice_id = l.practice_id and s.source_id = l.source_id
          where l.practice_id = $1
            and l.lead_id = $2",
    )
    .bind(holder.0)
    .bind(id.0)
    .fetch_optional(&mut **tx)
    .await?;
    row.as_ref().map(lead_of).transpose()
}

/// What brings somebody. Served by the key.
pub async fn concern(tx: &mut Tx, holder: PracticeId, id: LeadId) -> db::Result<Concern> {
    let sealed: Vec<u8> = sqlx::query_scalar(
        "select l.concern_sealed from leads.lead l where l.practice_id = $1 and l.lead_id = $2",
    )
    .bind(holder.0)
    .bind(id.0)
    .fetch_one(&mut **tx)
    .await?;
    let clear = tx.open(holder, CONCERN, id.0, &sealed).await?;
    serde_json::from_slice(&clear).map_err(|_| broken(id.0, "what brings them cannot be read"))
}

/// Writes down a try to reach somebody. `false` where this id did so before.
pub async fn insert_contact(
    tx: &mut Tx,
    holder: PracticeId,
    (id, lead): (Uuid, LeadId),
    (by, contact): (PersonId, &Contact),
    now: Timestamp,
) -> db::Result<bool> {
    let done = sqlx::query(
        "insert into leads.contact (practice_id, contact_id, lead_id, at, by_person, channel,
                                    outcome)
         values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (practice_id, contact_id) do nothing",
    )
    .bind(holder.0)
    .bind(id)
    .bind(lead.0)
    .bind(Instant(now))
    .bind(by.0)
    .bind(contact.channel.word())
    .bind(contact.outcome.word())
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps how far a request has come.
pub async fn update_progress(tx: &mut Tx, holder: PracticeId, lead: &Lead) -> db::Result<()> {
    let done = sqlx::query(
        "update leads.lead l
            set need_known = $3,
                pay_known = $4,
                first_contact_at = $5,
                reached_at = $6,
                warm_at = $7
          where l.practice_id = $1
            and l.lead_id = $2
            and l.closed_at is null",
    )
    .bind(holder.0)
    .bind(lead.id.0)
    .bind(lead.need_known)
    .bind(lead.pay_known)
    .bind(lead.first_contact_at.map(Instant))
    .bind(lead.reached_at.map(Instant))
    .bind(lead.warm_at.map(Instant))
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

/// Closes a request that is open. `false` where it is not.
pub async fn close(
    tx: &mut Tx,
    holder: PracticeId,
    id: LeadId,
    why: Why,
    now: Timestamp,
) -> db::Result<bool> {
    let by = tx.acting().person();
    let done = sqlx::query(
        "update leads.lead l
            set closed_at = $3,
                closed_by = $4,
                why_closed = $5
          where l.practice_id = $1
            and l.lead_id = $2
            and l.closed_at is null",
    )
    .bind(holder.0)
    .bind(id.0)
    .bind(Instant(now))
    .bind(by.map(|person| person.0))
    .bind(why.word())
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The contact log of a request, earliest first. Served by `contact_lead`.
pub async fn contacts(tx: &mut Tx, holder: PracticeId, id: LeadId) -> db::Result<Vec<Logged>> {
    let rows: Vec<(Uuid, Instant, Uuid, Option<String>, String, String)> = sqlx::query_as(
        "select c.contact_id, c.at, c.by_person, m.name, c.channel, c.outcome
           from leads.contact c
           left join people.member m on m.practice_id = c.practice_id and m.person_id = c.by_person
          where c.practice_id = $1
            and c.lead_id = $2
          order by c.at, c.contact_id
          limit $3",
    )
    .bind(holder.0)
    .bind(id.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let logged = |(id, at, person, by, channel, outcome): (_, Instant, _, _, String, String)| {
        let unknown = || broken(id, "its channel or outcome is not known");
        Ok(Logged {
            at: at.0,
            by,
            person: PersonId(person),
            channel: Channel::of(&channel).ok_or_else(unknown)?,
            outcome: Outcome::of(&outcome).ok_or_else(unknown)?,
        })
    };
    rows.into_iter().map(logged).collect()
}

fn broken(id: Uuid, why: &str) -> db::Error {
    db::Error::Broken { table: "leads.lead", id: id.to_string(), why: why.into() }
}

fn lead_of(row: &PgRow) -> db::Result<Lead> {
    let id: Uuid = row.try_get("lead_id")?;
    let instant = |name| -> db::Result<Option<Timestamp>> {
        Ok(row.try_get::<Option<Instant>, _>(name)?.map(|at| at.0))
    };
    let (pays, code, said): (String, Option<String>, Option<String>) =
        (row.try_get("pays")?, row.try_get("payer_code")?, row.try_get("payer_said")?);
    let pays = match (pays.as_str(), code) {
        ("self", _) => Pays::Themselves,
        (_, Some(code)) => Pays::Payer(code),
        (_, None) => Pays::OtherPlan(said.unwrap_or_default()),
    };
    let age = AgeGroup::of(row.try_get("age_group")?);
    let wants = serde_json::from_str(row.try_get("wants")?);
    let why = row.try_get::<Option<&str>, _>("why_closed")?.and_then(Why::of);
    let address: Option<&str> = row.try_get("address")?;
    Ok(Lead {
        id: LeadId(id),
        number: row.try_get("number")?,
        source: row.try_get("source")?,
        name: row.try_get("name")?,
        address: address.and_then(Address::read),
        phone: row.try_get("phone")?,
        state: row.try_get("state")?,
        pays,
        age: age.ok_or_else(|| broken(id, "its age group is not known"))?,
        wants: wants.map_err(|_| broken(id, "what they hope for cannot be read"))?,
        consent: Consent {
            email: row.try_get("may_email")?,
            call: row.try_get("may_call")?,
            voicemail: row.try_get("may_voicemail")?,
            text: row.try_get("may_text")?,
            words: row.try_get("consent_words")?,
        },
        need_known: row.try_get("need_known")?,
        pay_known: row.try_get("pay_known")?,
        arrived_at: row.try_get::<Instant, _>("arrived_at")?.0,
        first_contact_at: instant("first_contact_at")?,
        reached_at: instant("reached_at")?,
        warm_at: instant("warm_at")?,
        closed: instant("closed_at")?.zip(why),
    })
}
