//! The SQL of the door: each query asks one function of `trellis_door`, before anybody is known.

use ground::db::{self, Instant, Tx};
use ids::{InvitationId, PersonId, PracticeId, RoleId, SignInId, Uuid};
use jiff::Timestamp;
use sqlx::FromRow;
use sqlx::Row as _;
use sqlx::postgres::PgRow;

use crate::model::Address;
use crate::password::{Cost, Kept};

/// The SHA-256 of a token that somebody holds.
pub type Hash = [u8; 32];

/// Who is recognized by a token: a row for each thing that they are.
#[derive(Debug)]
pub struct Recognized {
    pub sign_in_id: Uuid,
    pub person_id: Uuid,
    pub is_client: bool,
    pub practice_id: Option<Uuid>,
    pub is_operator: bool,
    pub role: Option<String>,
    pub client_id: Option<Uuid>,
    pub practice_name: Option<String>,
}

impl FromRow<'_, PgRow> for Recognized {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        Ok(Self {
            sign_in_id: row.try_get("sign_in_id")?,
            person_id: row.try_get("person_id")?,
            is_client: row.try_get("is_client")?,
            practice_id: row.try_get("practice_id")?,
            is_operator: row.try_get("is_operator")?,
            role: row.try_get("role")?,
            client_id: row.try_get("client_id")?,
            practice_name: row.try_get("practice_name")?,
        })
    }
}

/// An invitation that is open.
#[derive(Debug)]
pub struct Open {
    pub practice_name: String,
    pub name: String,
    pub address: String,
    pub role: String,
    pub person_id: Option<Uuid>,
    pub has_credential: bool,
}

impl FromRow<'_, PgRow> for Open {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        Ok(Self {
            practice_name: row.try_get("practice_name")?,
            name: row.try_get("name")?,
            address: row.try_get("address")?,
            role: row.try_get("role")?,
            person_id: row.try_get("person_id")?,
            has_credential: row.try_get("has_credential")?,
        })
    }
}

/// What is kept of the password of the person of this address.
pub async fn credential_of(tx: &mut Tx, address: &Address) -> db::Result<Option<(PersonId, Kept)>> {
    type Row = (Uuid, Vec<u8>, i32, i32, i32, Vec<u8>);
    let row: Option<Row> = sqlx::query_as(
        "select c.person_id, c.salt, c.memory_kib, c.passes, c.lanes, c.verifier
           from people.credential_of($1) c",
    )
    .bind(address.as_str())
    .fetch_optional(&mut **tx)
    .await?;
    let Some((person, salt, memory_kib, passes, lanes, verifier)) = row else {
        return Ok(None);
    };
    let cost = Cost {
        memory_kib: memory_kib.unsigned_abs(),
        passes: passes.unsigned_abs(),
        lanes: lanes.unsigned_abs(),
    };
    match (salt.try_into(), verifier.try_into()) {
        (Ok(salt), Ok(verifier)) => Ok(Some((PersonId(person), Kept { salt, cost, verifier }))),
        _ => Err(db::Error::Broken {
            table: "people.credential",
            id: person.to_string(),
            why: "salt or verifier has another length".into(),
        }),
    }
}

/// Begins a visit that waits for its second factor.
pub async fn open_sign_in(
    tx: &mut Tx,
    hash: &Hash,
    person: PersonId,
    machine: &str,
    wall: Timestamp,
) -> db::Result<()> {
    let id: SignInId = tx.house().new_id();
    sqlx::query("select people.open_sign_in($1, $2, $3, $4, $5)")
        .bind(id.0)
        .bind(&hash[..])
        .bind(person.0)
        .bind(machine)
        .bind(Instant(wall))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The person whose visit waits for its second factor, and their sealed key.
pub async fn half_sign_in(
    tx: &mut Tx,
    hash: &Hash,
    wall: Timestamp,
) -> db::Result<Option<(PersonId, Vec<u8>)>> {
    let row: Option<(Uuid, Vec<u8>)> =
        sqlx::query_as("select h.person_id, h.totp_sealed from people.half_sign_in($1, $2) h")
            .bind(&hash[..])
            .bind(Instant(wall))
            .fetch_optional(&mut **tx)
            .await?;
    Ok(row.map(|(person, sealed)| (PersonId(person), sealed)))
}

/// Takes the code of a step, once: the visit gets a new token. `false` where it was taken before.
pub async fn pass_sign_in(
    tx: &mut Tx,
    from: &Hash,
    to: &Hash,
    step: i64,
    wall: Timestamp,
) -> db::Result<bool> {
    Ok(sqlx::query_scalar("select people.pass_sign_in($1, $2, $3, $4)")
        .bind(&from[..])
        .bind(&to[..])
        .bind(step)
        .bind(Instant(wall))
        .fetch_one(&mut **tx)
        .await?)
}

/// Ends the visit of this token.
pub async fn end_sign_in(tx: &mut Tx, hash: &Hash, wall: Timestamp) -> db::Result<()> {
    sqlx::query("select people.end_sign_in($1, $2)")
        .bind(&hash[..])
        .bind(Instant(wall))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Who this token belongs to, and what they are where.
pub async fn recognize(tx: &mut Tx, hash: &Hash, wall: Timestamp) -> db::Result<Vec<Recognized>> {
    Ok(sqlx::query_as(
        "select r.sign_in_id, r.person_id, r.is_client, r.practice_id, r.is_operator, r.role,
                r.client_id, r.practice_name
           from people.recognize($1, $2) r",
    )
    .bind(&hash[..])
    .bind(Instant(wall))
    .fetch_all(&mut **tx)
    .await?)
}

/// The open invitation behind a link.
pub async fn invitation_of(tx: &mut Tx, hash: &Hash, now: Timestamp) -> db::Result<Option<Open>> {
    Ok(sqlx::query_as(
        "select i.practice_name, i.name, i.address, i.role, i.person_id,
                i.has_credential
           from people.invitation_of($1, $2) i",
    )
    .bind(&hash[..])
    .bind(Instant(now))
    .fetch_optional(&mut **tx)
    .await?)
}

/// Takes an invitation: `false` where it is not open any more.
pub async fn take_invitation(
    tx: &mut Tx,
    hash: &Hash,
    person: PersonId,
    now: Timestamp,
) -> db::Result<bool> {
    let role: RoleId = tx.house().new_id();
    Ok(sqlx::query_scalar("select people.take_invitation($1, $2, $3, $4)")
        .bind(&hash[..])
        .bind(person.0)
        .bind(role.0)
        .bind(Instant(now))
        .fetch_one(&mut **tx)
        .await?)
}

/// A first credential: what is kept of the password, the sealed key of the codes, and the last
/// step whose code counts as used.
#[derive(Debug)]
pub struct Credential {
    pub person: PersonId,
    pub kept: Kept,
    pub sealed: Vec<u8>,
    pub last_step: i64,
}

/// Keeps the first credential of whom this open invitation is addressed to.
pub async fn set_credential(
    tx: &mut Tx,
    hash: &Hash,
    it: &Credential,
    wall: Timestamp,
) -> db::Result<()> {
    let cost = it.kept.cost;
    sqlx::query("select people.set_credential($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(&hash[..])
        .bind(it.person.0)
        .bind(&it.kept.salt[..])
        .bind(cost.memory_kib.cast_signed())
        .bind(cost.passes.cast_signed())
        .bind(cost.lanes.cast_signed())
        .bind(&it.kept.verifier[..])
        .bind(&it.sealed)
        .bind(it.last_step)
        .bind(Instant(wall))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Counts one try, or says how many seconds it must wait.
pub async fn throttle_try(
    tx: &mut Tx,
    key: &Hash,
    free: i32,
    longest_s: i32,
    wall: Timestamp,
) -> db::Result<i32> {
    Ok(sqlx::query_scalar("select people.throttle_try($1, $2, $3, $4)")
        .bind(&key[..])
        .bind(free)
        .bind(longest_s)
        .bind(Instant(wall))
        .fetch_one(&mut **tx)
        .await?)
}

/// Forgets the tries before a success.
pub async fn throttle_clear(tx: &mut Tx, key: &Hash) -> db::Result<()> {
    sqlx::query("select people.throttle_clear($1)").bind(&key[..]).execute(&mut **tx).await?;
    Ok(())
}

/// Somebody asks for a client's link. Whether they are known is looked up later.
pub async fn ask_link(
    tx: &mut Tx,
    ask: Uuid,
    address: &Address,
    wall: Timestamp,
) -> db::Result<()> {
    sqlx::query("select people.ask_link($1, $2, $3)")
        .bind(ask)
        .bind(address.as_str())
        .bind(Instant(wall))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Which practice answers somebody who asked for a link, and where they are reached.
#[derive(Debug)]
pub struct Answering {
    pub address: String,
    pub practice: PracticeId,
    pub practice_name: String,
    pub invitation: Option<InvitationId>,
}

/// Who answers an ask; nobody where nobody knows the address.
pub async fn link_ask_of(tx: &mut Tx, ask: Uuid, now: Timestamp) -> db::Result<Option<Answering>> {
    let row: Option<(String, Uuid, String, Option<Uuid>)> = sqlx::query_as(
        "select a.address, a.practice_id, a.practice_name, a.invitation_id
           from people.link_ask_of($1, $2) a",
    )
    .bind(ask)
    .bind(Instant(now))
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|(address, practice, practice_name, invitation)| Answering {
        address,
        practice: PracticeId(practice),
        practice_name,
        invitation: invitation.map(InvitationId),
    }))
}

/// Settles an ask with a new link, or with nothing: `false` where it was settled before.
pub async fn answer_ask(
    tx: &mut Tx,
    ask: Uuid,
    link: Option<(&Hash, &Answering)>,
    wall: Timestamp,
) -> db::Result<bool> {
    let answering = link.map(|(_, answering)| answering);
    Ok(sqlx::query_scalar("select people.answer_ask($1, $2, $3, $4, $5)")
        .bind(ask)
        .bind(link.map(|(hash, _)| &hash[..]))
        .bind(answering.map(|it| it.practice.0))
        .bind(answering.and_then(|it| it.invitation).map(|id| id.0))
        .bind(Instant(wall))
        .fetch_one(&mut **tx)
        .await?)
}

/// A client's link that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLink {
    pub practice: PracticeId,
    pub practice_name: String,
    pub address: String,
}

/// A client's link, while it is open.
pub async fn client_link_of(
    tx: &mut Tx,
    hash: &Hash,
    now: Timestamp,
    wall: Timestamp,
) -> db::Result<Option<OpenLink>> {
    let row: Option<(Uuid, String, String)> = sqlx::query_as(
        "select l.practice_id, l.practice_name, l.address
           from people.client_link_of($1, $2, $3) l",
    )
    .bind(&hash[..])
    .bind(Instant(now))
    .bind(Instant(wall))
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|(practice, practice_name, address)| OpenLink {
        practice: PracticeId(practice),
        practice_name,
        address,
    }))
}

/// A code about to be waited for, all of it as hashes.
#[derive(Debug)]
pub struct Waiting {
    pub cookie: Hash,
    pub link: Hash,
    pub proof: Hash,
}

/// Begins to wait for a code, where the link is open.
pub async fn open_code(
    tx: &mut Tx,
    waiting: &Waiting,
    now: Timestamp,
    wall: Timestamp,
) -> db::Result<()> {
    sqlx::query("select people.open_code($1, $2, $3, $4, $5)")
        .bind(&waiting.cookie[..])
        .bind(&waiting.link[..])
        .bind(&waiting.proof[..])
        .bind(Instant(now))
        .bind(Instant(wall))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Where the code went that this cookie waits for, while it can be given.
pub async fn waiting_code(
    tx: &mut Tx,
    cookie: &Hash,
    wall: Timestamp,
) -> db::Result<Option<String>> {
    Ok(sqlx::query_scalar("select people.waiting_code($1, $2)")
        .bind(&cookie[..])
        .bind(Instant(wall))
        .fetch_one(&mut **tx)
        .await?)
}

/// A code that was given, and what becomes of it where it is right.
#[derive(Debug)]
pub struct Given<'a> {
    pub cookie: Hash,
    pub proof: Hash,
    pub new_cookie: Hash,
    pub machine: &'a str,
}

/// What a code came to: `goes`, `wrong`, or `over`, after which the transaction is to be undone.
pub async fn pass_code(
    tx: &mut Tx,
    given: &Given<'_>,
    now: Timestamp,
    wall: Timestamp,
) -> db::Result<String> {
    let visit: SignInId = tx.house().new_id();
    let fresh: PersonId = tx.house().new_id();
    Ok(sqlx::query_scalar("select people.pass_code($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(&given.cookie[..])
        .bind(&given.proof[..])
        .bind(&given.new_cookie[..])
        .bind(visit.0)
        .bind(fresh.0)
        .bind(given.machine)
        .bind(Instant(now))
        .bind(Instant(wall))
        .fetch_one(&mut **tx)
        .await?)
}

/// Ends the visits in which a member of a practice works. The database looks again whether the one
/// who acts owns it.
pub async fn end_member_sign_ins(
    tx: &mut Tx,
    practice: PracticeId,
    member: PersonId,
    wall: Timestamp,
) -> db::Result<i64> {
    Ok(sqlx::query_scalar("select people.end_member_sign_ins($1, $2, $3)")
        .bind(practice.0)
        .bind(member.0)
        .bind(Instant(wall))
        .fetch_one(&mut **tx)
        .await?)
}
