//! All SQL of the forms.

use ground::db::{self, Day, Instant, Tx};
use ids::{ClientId, PacketId, PersonId, PracticeId, Uuid};
use jiff::Timestamp;

use crate::document::Text;
use crate::model::{Coverage, Holder, Identity, Packet, Relation, Signed, Signing};
use crate::question::{Answers, Document, Question};

/// Most packets of one list.
const ROWS_MAX: i64 = 50;
const ANSWER: &str = "intake.answer.sealed";
const MEMBER: &str = "intake.coverage.member_sealed";

fn broken(table: &'static str, id: impl ToString, why: impl ToString) -> db::Error {
    db::Error::Broken { table, id: id.to_string(), why: why.to_string() }
}

/// A practice's name, as its clients know it.
pub async fn practice_name(tx: &mut Tx, practice: PracticeId) -> db::Result<String> {
    let name = sqlx::query_scalar("select p.name from people.practice p where p.practice_id = $1");
    Ok(name.bind(practice.0).fetch_one(&mut **tx).await?)
}

/// A practice's zone, to know which day it is there.
pub async fn zone(tx: &mut Tx, practice: PracticeId) -> db::Result<String> {
    let zone = sqlx::query_scalar("select p.zone from people.practice p where p.practice_id = $1");
    Ok(zone.bind(practice.0).fetch_one(&mut **tx).await?)
}

/// A client's name and person, if the one who asks sees them.
pub async fn client(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Option<(String, Option<PersonId>)>> {
    let found: Option<(String, Option<Uuid>)> = sqlx::query_as(
        "select c.name, c.person_id
           from people.client c
          where c.practice_id = $1
            and c.client_id = $2",
    )
    .bind(practice.0)
    .bind(client.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|(name, person)| (name, person.map(PersonId))))
}

/// Writes that forms were sent. One packet is open at a time: `packet_is_open_once`.
pub async fn insert_packet(
    tx: &mut Tx,
    packet: &Packet,
    sent_by: Option<PersonId>,
) -> db::Result<()> {
    sqlx::query(
        "insert into intake.packet (practice_id, packet_id, client_id, sent_at, sent_by)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(packet.practice.0)
    .bind(packet.id.0)
    .bind(packet.client.0)
    .bind(Instant(packet.sent_at))
    .bind(sent_by.map(|it| it.0))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

type PacketRow = (Uuid, Uuid, Uuid, Option<Uuid>, Instant, Option<Instant>);

fn packet_of((practice, id, client, of, sent_at, completed_at): PacketRow) -> Packet {
    Packet {
        id: PacketId(id),
        practice: PracticeId(practice),
        client: ClientId(client),
        of: of.map(PersonId),
        sent_at: sent_at.0,
        completed_at: completed_at.map(|it| it.0),
    }
}

/// One packet, wherever the one who asks sees it.
pub async fn packet(tx: &mut Tx, id: PacketId) -> db::Result<Option<Packet>> {
    let found: Option<PacketRow> = sqlx::query_as(
        "select k.practice_id, k.packet_id, k.client_id, c.person_id, k.sent_at, k.completed_at
           from intake.packet k
           join people.client c using (practice_id, client_id)
          where k.packet_id = $1",
    )
    .bind(id.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(packet_of))
}

/// The packets that the one who asks sees, newest first; of one client, where one is named.
pub async fn packets(tx: &mut Tx, of: Option<(PracticeId, ClientId)>) -> db::Result<Vec<Packet>> {
    let found: Vec<PacketRow> = sqlx::query_as(
        "select k.practice_id, k.packet_id, k.client_id, c.person_id, k.sent_at, k.completed_at
           from intake.packet k
           join people.client c using (practice_id, client_id)
          where ($1::uuid is null or (k.practice_id = $1 and k.client_id = $2))
          order by k.sent_at desc, k.packet_id
          limit $3",
    )
    .bind(of.map(|(practice, _)| practice.0))
    .bind(of.map(|(_, client)| client.0))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    Ok(found.into_iter().map(packet_of).collect())
}

/// Waits for whoever writes in this packet, so that two windows do not write past each other.
pub async fn lock(tx: &mut Tx, packet: &Packet) -> db::Result<()> {
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('intake.packet ' || $1::text, 0))")
        .bind(packet.id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// How many pages were begun.
pub async fn begun(tx: &mut Tx, packet: &Packet) -> db::Result<i64> {
    let count = sqlx::query_scalar(
        "select count(*) from intake.answer a where a.practice_id = $1 and a.packet_id = $2",
    );
    Ok(count.bind(packet.practice.0).bind(packet.id.0).fetch_one(&mut **tx).await?)
}

/// What was answered, opened.
pub async fn answers(tx: &mut Tx, packet: &Packet) -> db::Result<Answers> {
    let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(
        "select a.question, a.sealed
           from intake.answer a
          where a.practice_id = $1
            and a.packet_id = $2
          order by a.question",
    )
    .bind(packet.practice.0)
    .bind(packet.id.0)
    .fetch_all(&mut **tx)
    .await?;
    let mut all = Answers::new();
    for (question, sealed) in rows {
        let clear = tx.open(packet.practice, ANSWER, packet.id.0, &sealed).await?;
        let (named, fields): (String, Answers) =
            serde_json::from_slice(&clear).map_err(|e| broken("intake.answer", packet.id, e))?;
        if named != question {
            return Err(broken("intake.answer", packet.id, "it stands at another question"));
        }
        all.extend(fields);
    }
    Ok(all)
}

/// Saves what was answered on one page; what was answered before and is not answered now stays.
pub async fn save(
    tx: &mut Tx,
    packet: &Packet,
    question: Question,
    fields: &Answers,
    at: Timestamp,
) -> db::Result<()> {
    let clear = serde_json::to_vec(&(question.word(), fields))
        .map_err(|e| broken("intake.answer", packet.id, e))?;
    let sealed = tx.seal(packet.practice, ANSWER, packet.id.0, &clear).await?;
    sqlx::query(
        "insert into intake.answer (practice_id, packet_id, client_id, question, sealed, saved_at)
         values ($1, $2, $3, $4, $5, $6)
             on conflict (practice_id, packet_id, question)
             do update set sealed = excluded.sealed, saved_at = excluded.saved_at",
    )
    .bind(packet.practice.0)
    .bind(packet.id.0)
    .bind(packet.client.0)
    .bind(question.word())
    .bind(sealed)
    .bind(Instant(at))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The signatures of a packet, in the order of the documents.
pub async fn signed(tx: &mut Tx, packet: &Packet) -> db::Result<Vec<Signed>> {
    let rows: Vec<(String, i32, String, Instant, Vec<u8>)> = sqlx::query_as(
        "select s.document, s.version, s.typed_name, s.signed_at, s.text_hash
           from intake.signature s
          where s.practice_id = $1
            and s.packet_id = $2
          order by s.signed_at, s.document",
    )
    .bind(packet.practice.0)
    .bind(packet.id.0)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(word, version, typed_name, at, hash): (String, _, _, Instant, _)| {
        let document = document_of(&word)?;
        Ok(Signed { document, version, typed_name, at: at.0, hash })
    };
    rows.into_iter().map(read).collect()
}

fn document_of(word: &str) -> db::Result<Document> {
    let found = Document::ALL.iter().copied().find(|it| it.word() == word);
    found.ok_or_else(|| broken("intake.document", word, "no document of this name is known"))
}

/// Writes a signature. A document is signed once in a packet; again changes nothing.
pub async fn sign(tx: &mut Tx, packet: &Packet, signing: &Signing<'_>) -> db::Result<()> {
    sqlx::query(
        "insert into intake.signature (practice_id, packet_id, client_id, document, version,
                                       text_hash, typed_name, signed_at, person_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (practice_id, packet_id, document) do nothing",
    )
    .bind(packet.practice.0)
    .bind(packet.id.0)
    .bind(packet.client.0)
    .bind(signing.text.document.word())
    .bind(signing.text.version)
    .bind(signing.text.hash().as_slice())
    .bind(signing.typed_name)
    .bind(Instant(signing.at))
    .bind(signing.person.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A version of a text; the newest where none is named.
pub async fn text(
    tx: &mut Tx,
    practice: PracticeId,
    document: Document,
    version: Option<i32>,
) -> db::Result<Option<Text>> {
    let found: Option<(i32, String, String)> = sqlx::query_as(
        "select d.version, d.title, d.body
           from intake.document d
          where d.practice_id = $1
            and d.name = $2
            and ($3::int is null or d.version = $3)
          order by d.version desc
          limit 1",
    )
    .bind(practice.0)
    .bind(document.word())
    .bind(version)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|(version, title, body)| Text { document, version, title, body }))
}

/// Puts a version of a text into force; one that is there already stays.
pub async fn insert_text(
    tx: &mut Tx,
    practice: PracticeId,
    text: &Text,
    at: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "insert into intake.document (practice_id, name, version, title, body, text_hash, since)
         values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (practice_id, name, version) do nothing",
    )
    .bind(practice.0)
    .bind(text.document.word())
    .bind(text.version)
    .bind(&text.title)
    .bind(&text.body)
    .bind(text.hash().as_slice())
    .bind(Instant(at))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes that a packet came back whole, once: whether this was the time.
pub async fn complete(tx: &mut Tx, packet: &Packet, at: Timestamp) -> db::Result<bool> {
    let done = sqlx::query(
        "update intake.packet
            set completed_at = $3
          where practice_id = $1
            and packet_id = $2
            and completed_at is null",
    );
    let done = done.bind(packet.practice.0).bind(packet.id.0).bind(Instant(at));
    Ok(done.execute(&mut **tx).await?.rows_affected() == 1)
}

/// Writes who a client is, as they say now.
pub async fn insert_identity(
    tx: &mut Tx,
    packet: &Packet,
    it: &Identity,
    at: Timestamp,
) -> db::Result<()> {
    sqlx::query(
        "insert into intake.identity (practice_id, client_id, since, first_name, last_name,
                                      born_on, street, city, state, zip, sex)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(packet.practice.0)
    .bind(packet.client.0)
    .bind(Instant(at))
    .bind(&it.first_name)
    .bind(&it.last_name)
    .bind(Day(it.born_on))
    .bind(&it.street)
    .bind(&it.city)
    .bind(&it.state)
    .bind(&it.zip)
    .bind(&it.sex)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes which plan pays, as they say now.
pub async fn insert_coverage(
    tx: &mut Tx,
    packet: &Packet,
    it: &Coverage,
    at: Timestamp,
) -> db::Result<()> {
    let member = it.member_id.as_bytes();
    let member = tx.seal(packet.practice, MEMBER, packet.client.0, member).await?;
    sqlx::query(
        "insert into intake.coverage (practice_id, client_id, since, payer_code, member_sealed,
                                      group_number, relation, holder_first, holder_last,
                                      holder_born_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(packet.practice.0)
    .bind(packet.client.0)
    .bind(Instant(at))
    .bind(&it.payer_code)
    .bind(member)
    .bind(&it.group_number)
    .bind(it.relation.word())
    .bind(it.holder.as_ref().map(|holder| &holder.first_name))
    .bind(it.holder.as_ref().map(|holder| &holder.last_name))
    .bind(it.holder.as_ref().map(|holder| Day(holder.born_on)))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

type IdentityRow = (String, String, Day, String, String, String, String, Option<String>);

/// Who a client is, as they said last.
pub async fn identity(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Option<Identity>> {
    let found: Option<IdentityRow> = sqlx::query_as(
        "select i.first_name, i.last_name, i.born_on, i.street, i.city, i.state, i.zip, i.sex
           from intake.identity i
          where i.practice_id = $1
            and i.client_id = $2
          order by i.since desc
          limit 1",
    )
    .bind(practice.0)
    .bind(client.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|(first_name, last_name, born_on, street, city, state, zip, sex)| Identity {
        first_name,
        last_name,
        born_on: born_on.0,
        street,
        city,
        state,
        zip,
        sex,
    }))
}

type CoverageRow =
    (String, Vec<u8>, Option<String>, String, Option<String>, Option<String>, Option<Day>);

/// The plan that pays for a client, as they said last; nothing where they pay themselves.
pub async fn coverage(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Option<Coverage>> {
    let found: Option<CoverageRow> = sqlx::query_as(
        "select v.payer_code, v.member_sealed, v.group_number, v.relation, v.holder_first,
                v.holder_last, v.holder_born_on
           from intake.coverage v
          where v.practice_id = $1
            and v.client_id = $2
            and v.since >= (select max(i.since)
                              from intake.identity i
                             where i.practice_id = $1
                               and i.client_id = $2)
          order by v.since desc
          limit 1",
    )
    .bind(practice.0)
    .bind(client.0)
    .fetch_optional(&mut **tx)
    .await?;
    let Some((payer_code, member, group_number, relation, first, last, born_on)) = found else {
        return Ok(None);
    };
    let member = tx.open(practice, MEMBER, client.0, &member).await?;
    let relation = Relation::of_word(&relation);
    let relation = relation.ok_or_else(|| broken("intake.coverage", client, "no such relation"))?;
    let holder = match (first, last, born_on) {
        (Some(first_name), Some(last_name), Some(born_on)) => {
            Some(Holder { first_name, last_name, born_on: born_on.0 })
        }
        _ => None,
    };
    Ok(Some(Coverage {
        payer_code,
        member_id: String::from_utf8_lossy(&member).into_owned(),
        group_number,
        relation,
        holder,
    }))
}

/// The payers that one can name: code and name.
pub async fn payers(tx: &mut Tx) -> db::Result<Vec<(String, String)>> {
    let all = terms::payers(tx).await?;
    Ok(all.into_iter().map(|it| (it.code.to_string(), it.name)).collect())
}
