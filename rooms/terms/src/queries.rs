//! All SQL of agreements and engagements. That of fees is beside them, in `fees`.

use std::collections::BTreeMap;

use economics::FairMarket;
use ground::db::{self, Day, Instant, Tx};
use ground::policy::{Service, Side};
use ids::{AgreementId, ClinicianId, EngagementId, PersonId, PracticeId, Uuid};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::{
    Agreement, AgreementEnding, Engagement, NewAgreement, NewEngagement, NewService, Party,
    Signature, hash_of,
};

/// Most versions of one list: a new one each month for eight years.
const ROWS_MAX: i64 = 100;
/// Most practices of one list.
const PARTIES_MAX: i64 = 1_000;

/// Makes proposals and signatures of one practice wait for each other until this transaction ends;
/// the triggers take the same lock.
pub async fn one_at_a_time(tx: &mut Tx, practice: PracticeId) -> db::Result<()> {
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('terms ' || $1::text, 0))")
        .bind(practice.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The practices with which the one who acts may have terms, and the operator.
pub async fn parties(tx: &mut Tx) -> db::Result<Vec<Party>> {
    let rows: Vec<(Uuid, String, String, String, bool)> = sqlx::query_as(
        "select p.practice_id, p.name, p.legal_name, p.zone, p.is_operator
           from terms.parties() p
          order by p.name, p.practice_id
          limit $1",
    )
    .bind(PARTIES_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let party = |(id, name, legal_name, zone, is_operator): (Uuid, _, _, String, _)| Party {
        id: PracticeId(id),
        name,
        legal_name,
        zone: TimeZone::get(&zone).unwrap_or(TimeZone::UTC),
        is_operator,
    };
    Ok(rows.into_iter().map(party).collect())
}

/// A version with its number and its text.
#[derive(Debug)]
pub struct Written {
    pub version: i32,
    pub wording: String,
}

/// The number of the next agreement of a practice.
pub async fn next_agreement(tx: &mut Tx, practice: PracticeId) -> db::Result<i32> {
    Ok(sqlx::query_scalar(
        "select coalesce(max(a.version), 0) + 1 from terms.agreement a where a.practice_id = $1",
    )
    .bind(practice.0)
    .fetch_one(&mut **tx)
    .await?)
}

/// Writes a version of an agreement down with its services.
pub async fn insert_agreement(
    tx: &mut Tx,
    practice: PracticeId,
    id: AgreementId,
    terms: &NewAgreement,
    written: &Written,
) -> db::Result<()> {
    let (by, now) = (tx.acting().person(), tx.house().now());
    sqlx::query(
        "insert into terms.agreement (practice_id, agreement_id, version, begins_on, ends_on,
                                      notice_days, wording, text_hash, proposed_by, proposed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(written.version)
    .bind(Day(terms.begins_on))
    .bind(Day(terms.ends_on))
    .bind(terms.notice_days)
    .bind(&written.wording)
    .bind(&hash_of(&written.wording)[..])
    .bind(by.map(|person| person.0))
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    for shared in &terms.services {
        insert_service(tx, practice, id, shared).await?;
    }
    Ok(())
}

async fn insert_service(
    tx: &mut Tx,
    practice: PracticeId,
    id: AgreementId,
    shared: &NewService,
) -> db::Result<()> {
    let FairMarket { method, evidence, valid_from, review_by } = &shared.fair_market;
    sqlx::query(
        "insert into terms.service (practice_id, agreement_id, service, included, excluded,
                                    is_marketing, clause, method, evidence, valid_from, review_by)
         values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8, $9, $10, $11)",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(shared.service.word())
    .bind(&shared.included)
    .bind(&shared.excluded)
    .bind(shared.price().is_marketing)
    .bind(json(&shared.clause)?)
    .bind(word_of(method)?)
    .bind(evidence)
    .bind(Day(*valid_from))
    .bind(Day(*review_by))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

type AgreementRow = (Uuid, i32, Day, Day, i32, String);
type ServiceRow = (Uuid, String, Vec<String>, Vec<String>, String, String, String, Day, Day);

/// The versions of a practice's agreement, the newest first. Served by `agreement_version_is_one`.
pub async fn agreements(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<Agreement>> {
    let rows: Vec<AgreementRow> = sqlx::query_as(
        "select a.agreement_id, a.version, a.begins_on, a.ends_on, a.notice_days, a.wording
           from terms.agreement a
          where a.practice_id = $1
          order by a.version desc
          limit $2",
    )
    .bind(practice.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let mut versions = Vec::with_capacity(rows.len());
    for (id, version, begins_on, ends_on, notice_days, wording) in rows {
        let services = services_of(tx, practice, id).await?;
        let (begins_on, ends_on) = (begins_on.0, ends_on.0);
        let terms = NewAgreement { begins_on, ends_on, notice_days, services };
        versions.push(Agreement {
            id: AgreementId(id),
            practice,
            version,
            terms,
            wording,
            signatures: signatures_of(tx, practice, id).await?,
            ending: ending_of(tx, practice, id).await?,
        });
    }
    Ok(versions)
}

/// Served by the key.
async fn services_of(tx: &mut Tx, practice: PracticeId, id: Uuid) -> db::Result<Vec<NewService>> {
    let rows: Vec<ServiceRow> = sqlx::query_as(
        "select s.agreement_id, s.service, s.included, s.excluded, s.clause::text, s.method,
                s.evidence, s.valid_from, s.review_by
           from terms.service s
          where s.practice_id = $1
            and s.agreement_id = $2
          order by s.service
          limit $3",
    )
    .bind(practice.0)
    .bind(id)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let mut services = rows.into_iter().map(service).collect::<db::Result<Vec<_>>>()?;
    services.sort_by_key(|it| Service::ALL.iter().position(|known| *known == it.service));
    Ok(services)
}

fn service(row: ServiceRow) -> db::Result<NewService> {
    let (id, service, included, excluded, clause, method, evidence, valid_from, review_by) = row;
    let broken = |why: &str| broken("terms.service", id, why);
    Ok(NewService {
        service: service.parse().map_err(|_| broken("its service is not the charter's"))?,
        included,
        excluded,
        clause: read("terms.service", id, &clause)?,
        fair_market: FairMarket {
            method: read("terms.service", id, &format!("{method:?}"))?,
            evidence,
            valid_from: valid_from.0,
            review_by: review_by.0,
        },
    })
}

type SignatureRow = (String, Uuid, String, Instant);

/// Served by the key.
async fn signatures_of(tx: &mut Tx, practice: PracticeId, id: Uuid) -> db::Result<Vec<Signature>> {
    let rows: Vec<SignatureRow> = sqlx::query_as(
        "select s.side, s.person_id, s.typed_name, s.signed_at
           from terms.signature s
          where s.practice_id = $1
            and s.agreement_id = $2
          order by s.signed_at, s.side desc
          limit 2",
    )
    .bind(practice.0)
    .bind(id)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|row| signature("terms.signature", id, row)).collect()
}

fn signature(table: &'static str, id: Uuid, row: SignatureRow) -> db::Result<Signature> {
    let (side, by, typed_name, at) = row;
    let side = side.parse().map_err(|_| broken(table, id, "its side is not the charter's"))?;
    Ok(Signature { side, by: PersonId(by), typed_name, at: at.0 })
}

/// Served by the key.
async fn ending_of(
    tx: &mut Tx,
    practice: PracticeId,
    id: Uuid,
) -> db::Result<Option<AgreementEnding>> {
    let row: Option<(String, Day)> = sqlx::query_as(
        "select e.side, e.ends_on
           from terms.ending e
          where e.practice_id = $1
            and e.agreement_id = $2",
    )
    .bind(practice.0)
    .bind(id)
    .fetch_optional(&mut **tx)
    .await?;
    let Some((side, ends_on)) = row else { return Ok(None) };
    let side = side.parse().map_err(|_| broken("terms.ending", id, "its side is not known"))?;
    Ok(Some(AgreementEnding { side, ends_on: ends_on.0 }))
}

/// Which version of an agreement is in force on a day.
pub async fn agreement_in_force(
    tx: &mut Tx,
    practice: PracticeId,
    on: Date,
) -> db::Result<Option<AgreementId>> {
    let id: Option<Uuid> = sqlx::query_scalar("select terms.agreement_on($1, $2)")
        .bind(practice.0)
        .bind(Day(on))
        .fetch_one(&mut **tx)
        .await?;
    Ok(id.map(AgreementId))
}

/// A name about to be written under a text.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    pub side: Side,
    pub by: PersonId,
    pub typed_name: &'a str,
    pub at: Timestamp,
}

/// Signs the text of an agreement. Says how many have signed it now.
pub async fn sign_agreement(
    tx: &mut Tx,
    practice: PracticeId,
    id: AgreementId,
    signing: Signing<'_>,
) -> db::Result<i64> {
    let done = sqlx::query(
        "insert into terms.signature (practice_id, agreement_id, side, person_id, typed_name,
                                      text_hash, signed_at)
         select a.practice_id, a.agreement_id, $3, $4, $5, a.text_hash, $6
           from terms.agreement a
          where a.practice_id = $1
            and a.agreement_id = $2",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(signing.side.word())
    .bind(signing.by.0)
    .bind(signing.typed_name)
    .bind(Instant(signing.at))
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)?;
    Ok(sqlx::query_scalar(
        "select count(*)
           from terms.signature s
          where s.practice_id = $1
            and s.agreement_id = $2",
    )
    .bind(practice.0)
    .bind(id.0)
    .fetch_one(&mut **tx)
    .await?)
}

/// Writes down that one side ends an agreement.
pub async fn insert_ending(
    tx: &mut Tx,
    practice: PracticeId,
    id: AgreementId,
    ending: AgreementEnding,
    by: PersonId,
) -> db::Result<()> {
    let now = tx.house().now();
    sqlx::query(
        "insert into terms.ending (practice_id, agreement_id, side, ends_on, given_by, given_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(ending.side.word())
    .bind(Day(ending.ends_on))
    .bind(by.0)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What agreements open on each of these days: day, practice, its zone, and the services.
pub async fn served(
    tx: &mut Tx,
    days: &[Date],
) -> db::Result<Vec<(Date, PracticeId, TimeZone, Vec<String>)>> {
    let days: Vec<Day> = days.iter().copied().map(Day).collect();
    let rows: Vec<(Day, Uuid, String, Vec<String>)> = sqlx::query_as(
        "select s.on_day, s.practice_id, s.zone, s.services
           from terms.served($1) s
          order by s.practice_id, s.on_day",
    )
    .bind(days)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(day, practice, zone, services): (Day, Uuid, String, Vec<String>)| {
        let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
        (day.0, PracticeId(practice), zone, services)
    };
    Ok(rows.into_iter().map(read).collect())
}

/// The number of the next engagement of a clinician.
pub async fn next_engagement(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<i32> {
    Ok(sqlx::query_scalar(
        "select coalesce(max(e.version), 0) + 1
           from terms.engagement e
          where e.practice_id = $1
            and e.clinician_id = $2",
    )
    .bind(practice.0)
    .bind(clinician.0)
    .fetch_one(&mut **tx)
    .await?)
}

/// Writes a version of an engagement down.
pub async fn insert_engagement(
    tx: &mut Tx,
    practice: PracticeId,
    id: EngagementId,
    terms: &NewEngagement,
    written: &Written,
) -> db::Result<()> {
    let (by, now) = (tx.acting().person(), tx.house().now());
    sqlx::query(
        "insert into terms.engagement (practice_id, engagement_id, clinician_id, version, begins_on,
                                       ends_on, notice_days, clauses, wording, text_hash,
                                       proposed_by, proposed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb, $9, $10, $11, $12)",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(terms.clinician.0)
    .bind(written.version)
    .bind(Day(terms.begins_on))
    .bind(terms.ends_on.map(Day))
    .bind(terms.notice_days)
    .bind(json(&terms.clauses)?)
    .bind(&written.wording)
    .bind(&hash_of(&written.wording)[..])
    .bind(by.map(|person| person.0))
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

type EngagementRow = (Uuid, Uuid, Uuid, i32, Day, Option<Day>, i32, String, String);

/// The versions of all engagements of a practice, clinician by clinician, the newest first. Served
/// by `engagement_version_is_one`.
pub async fn engagements(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<Engagement>> {
    let rows: Vec<EngagementRow> = sqlx::query_as(
        "select e.engagement_id, e.clinician_id, c.person_id, e.version, e.begins_on, e.ends_on,
                e.notice_days, e.clauses::text, e.wording
           from terms.engagement e
           join people.clinician c on c.practice_id = e.practice_id
                                  and c.clinician_id = e.clinician_id
          where e.practice_id = $1
          order by e.clinician_id, e.version desc
          limit $2",
    )
    .bind(practice.0)
    .bind(PARTIES_MAX)
    .fetch_all(&mut **tx)
    .await?;
    read_engagements(tx, practice, rows).await
}

/// The versions of engagements that have these ids.
pub async fn engagements_by_id(
    tx: &mut Tx,
    practice: PracticeId,
    ids: &[EngagementId],
) -> db::Result<Vec<Engagement>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<EngagementRow> = sqlx::query_as(
        "select e.engagement_id, e.clinician_id, c.person_id, e.version, e.begins_on, e.ends_on,
                e.notice_days, e.clauses::text, e.wording
           from terms.engagement e
           join people.clinician c on c.practice_id = e.practice_id
                                  and c.clinician_id = e.clinician_id
          where e.practice_id = $1
            and e.engagement_id = any ($2)",
    )
    .bind(practice.0)
    .bind(ids)
    .fetch_all(&mut **tx)
    .await?;
    read_engagements(tx, practice, rows).await
}

/// Reads engagements, with the signatures of all of them asked for at once.
async fn read_engagements(
    tx: &mut Tx,
    practice: PracticeId,
    rows: Vec<EngagementRow>,
) -> db::Result<Vec<Engagement>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.0).collect();
    let signed: Vec<(Uuid, String, Uuid, String, Instant)> = sqlx::query_as(
        "select s.engagement_id, s.side, s.person_id, s.typed_name, s.signed_at
           from terms.engagement_signature s
          where s.practice_id = $1
            and s.engagement_id = any ($2)
          order by s.signed_at, s.side desc",
    )
    .bind(practice.0)
    .bind(ids)
    .fetch_all(&mut **tx)
    .await?;
    let mut signatures = BTreeMap::<Uuid, Vec<Signature>>::new();
    for (id, side, person, name, at) in signed {
        let it = signature("terms.engagement_signature", id, (side, person, name, at))?;
        signatures.entry(id).or_default().push(it);
    }
    let read = |row: EngagementRow| {
        let (id, clinician, person, version, begins_on, ends_on, notice_days, clauses, wording) =
            row;
        Ok(Engagement {
            id: EngagementId(id),
            practice,
            person: PersonId(person),
            version,
            terms: NewEngagement {
                clinician: ClinicianId(clinician),
                begins_on: begins_on.0,
                ends_on: ends_on.map(|day| day.0),
                notice_days,
                clauses: read("terms.engagement", id, &clauses)?,
            },
            wording,
            signatures: signatures.remove(&id).unwrap_or_default(),
        })
    };
    rows.into_iter().map(read).collect()
}

/// Which version of each clinician's engagement is in force, each on a day of its own.
pub async fn engagements_in_force(
    tx: &mut Tx,
    practice: PracticeId,
    asked: &[(ClinicianId, Date)],
) -> db::Result<Vec<Option<EngagementId>>> {
    let clinicians: Vec<Uuid> = asked.iter().map(|(clinician, _)| clinician.0).collect();
    let days: Vec<Day> = asked.iter().map(|(_, day)| Day(*day)).collect();
    let ids: Vec<Option<Uuid>> = sqlx::query_scalar(
        "select terms.engagement_on($1, a.clinician, a.day)
           from unnest($2::uuid[], $3::date[]) with ordinality a (clinician, day, at)
          order by a.at",
    )
    .bind(practice.0)
    .bind(clinicians)
    .bind(days)
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(|id| id.map(EngagementId)).collect())
}

/// Which version of a clinician's engagement is in force on a day.
pub async fn engagement_in_force(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    on: Date,
) -> db::Result<Option<EngagementId>> {
    let id: Option<Uuid> = sqlx::query_scalar("select terms.engagement_on($1, $2, $3)")
        .bind(practice.0)
        .bind(clinician.0)
        .bind(Day(on))
        .fetch_one(&mut **tx)
        .await?;
    Ok(id.map(EngagementId))
}

/// Signs the text of an engagement.
pub async fn sign_engagement(
    tx: &mut Tx,
    practice: PracticeId,
    id: EngagementId,
    signing: Signing<'_>,
) -> db::Result<()> {
    let done = sqlx::query(
        "insert into terms.engagement_signature (practice_id, engagement_id, side, person_id,
                                                 typed_name, text_hash, signed_at)
         select e.practice_id, e.engagement_id, $3, $4, $5, e.text_hash, $6
           from terms.engagement e
          where e.practice_id = $1
            and e.engagement_id = $2",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(signing.side.word())
    .bind(signing.by.0)
    .bind(signing.typed_name)
    .bind(Instant(signing.at))
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

/// Who owns a practice today. Served by `role_member`.
pub async fn owners(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<PersonId>> {
    let rows: Vec<Uuid> = sqlx::query_scalar(
        "select r.person_id
           from people.role r
          where r.practice_id = $1
            and r.role = 'owner'
            and r.ended_at is null
          order by r.person_id
          limit $2",
    )
    .bind(practice.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(PersonId).collect())
}

fn broken(table: &'static str, id: Uuid, why: &str) -> db::Error {
    db::Error::Broken { table, id: id.to_string(), why: why.to_owned() }
}

fn json(value: &impl Serialize) -> db::Result<String> {
    serde_json::to_string(value).map_err(|e| broken("terms", Uuid::nil(), &e.to_string()))
}

/// A word as serde writes it, without its quotes.
fn word_of(value: &impl Serialize) -> db::Result<String> {
    Ok(json(value)?.trim_matches('"').to_owned())
}

fn read<T: DeserializeOwned>(table: &'static str, id: Uuid, text: &str) -> db::Result<T> {
    serde_json::from_str(text).map_err(|e| broken(table, id, &e.to_string()))
}
