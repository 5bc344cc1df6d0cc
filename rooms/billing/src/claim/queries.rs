//! All SQL of claims and of who bills.

use ground::db::{self, Instant, Tx};
use ids::{ChargeId, ClaimId, ClinicianId, PracticeId, Uuid};

use super::{Biller, Claim, State};

/// Most rows of one list.
const ROWS_MAX: i64 = 2_000;

/// Keeps a claim.
pub async fn insert(tx: &mut Tx, practice: PracticeId, claim: &Claim) -> db::Result<()> {
    let now = tx.house().now();
    sqlx::query(
        "insert into billing.claim (practice_id, claim_id, charge_id, number, payer_code,
                                    bills_as_clinician_id, state, state_since)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(practice.0)
    .bind(claim.id.0)
    .bind(claim.charge.0)
    .bind(&claim.number)
    .bind(claim.payer.as_str())
    .bind(claim.bills_as.0)
    .bind(claim.state.word())
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How many claims are ready to go out, of each practice that has some. Served by `claim_state`.
pub async fn ready(tx: &mut Tx, practices: &[PracticeId]) -> db::Result<Vec<(PracticeId, i64)>> {
    let rows: Vec<(Uuid, i64)> = sqlx::query_as(
        "select c.practice_id, count(*)
           from billing.claim c
          where c.practice_id = any ($1)
            and c.state = 'ready'
          group by c.practice_id
          order by c.practice_id",
    )
    .bind(practices.iter().map(|it| it.0).collect::<Vec<_>>())
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|(practice, count)| (PracticeId(practice), count)).collect())
}

type Row = (Uuid, Uuid, String, String, Uuid, String, Option<String>);

/// Which claims.
#[derive(Debug, Clone, Copy, Default)]
pub struct Which<'a> {
    /// This one.
    pub id: Option<ClaimId>,
    /// That of this charge.
    pub charge: Option<ChargeId>,
    /// Those of these charges.
    pub of: Option<&'a [ChargeId]>,
    /// Of this number, whatever its case.
    pub number: Option<&'a str>,
}

/// Claims, the newest number first: all of a practice, or those that are meant.
pub async fn claims(tx: &mut Tx, practice: PracticeId, which: Which<'_>) -> db::Result<Vec<Claim>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select c.claim_id, c.charge_id, c.number, c.payer_code, c.bills_as_clinician_id, c.state,
                c.payer_number
           from billing.claim c
          where c.practice_id = $1
            and ($2::uuid is null or c.claim_id = $2)
            and ($3::uuid is null or c.charge_id = $3)
            and ($4::text is null or c.number = upper($4))
            and ($5::uuid[] is null or c.charge_id = any ($5))
          order by c.number desc
          limit $6",
    )
    .bind(practice.0)
    .bind(which.id.map(|id| id.0))
    .bind(which.charge.map(|id| id.0))
    .bind(which.number)
    .bind(which.of.map(|of| of.iter().map(|it| it.0).collect::<Vec<_>>()))
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(read).collect()
}

fn read(row: Row) -> db::Result<Claim> {
    let (id, charge, number, payer, bills_as, state, payer_number) = row;
    let broken = |why: &str| db::Error::Broken {
        table: "billing.claim",
        id: id.to_string(),
        why: why.into(),
    };
    Ok(Claim {
        id: ClaimId(id),
        charge: ChargeId(charge),
        number,
        payer: payer.parse().map_err(|_| broken("its payer has no code"))?,
        bills_as: ClinicianId(bills_as),
        state: State::of_word(&state).ok_or_else(|| broken("a state of no kind"))?,
        payer_number,
    })
}

/// One claim.
pub async fn claim(tx: &mut Tx, practice: PracticeId, id: ClaimId) -> db::Result<Option<Claim>> {
    Ok(claims(tx, practice, Which { id: Some(id), ..Which::default() }).await?.pop())
}

/// Writes how far a claim is.
pub async fn set_state(
    tx: &mut Tx,
    practice: PracticeId,
    id: ClaimId,
    state: State,
) -> db::Result<()> {
    let now = tx.house().now();
    let done = sqlx::query(
        "update billing.claim c
            set state = $3, state_since = $4
          where c.practice_id = $1
            and c.claim_id = $2",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(state.word())
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

/// Keeps the payer's own number of a claim.
pub async fn set_payer_number(
    tx: &mut Tx,
    practice: PracticeId,
    id: ClaimId,
    number: &str,
) -> db::Result<()> {
    let done = sqlx::query(
        "update billing.claim c
            set payer_number = $3
          where c.practice_id = $1
            and c.claim_id = $2",
    )
    .bind(practice.0)
    .bind(id.0)
    .bind(number)
    .execute(&mut **tx)
    .await?;
    db::Error::unless_touched(1, &done)
}

/// The next number of what we send: none is used twice.
pub async fn next_control(tx: &mut Tx) -> db::Result<u32> {
    let next: i64 =
        sqlx::query_scalar("select nextval('billing.control')").fetch_one(&mut **tx).await?;
    Ok(u32::try_from(next).unwrap_or(x12::CONTROL_MAX))
}

/// Keeps who bills.
pub async fn insert_biller(tx: &mut Tx, practice: PracticeId, biller: &Biller) -> db::Result<()> {
    let (now, by) = (tx.house().now(), tx.acting().person());
    sqlx::query(
        "insert into billing.biller (practice_id, since, npi, ein, street, city, state, zip,
                                     taxonomy, phone, set_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict (practice_id, since) do nothing",
    )
    .bind(practice.0)
    .bind(Instant(now))
    .bind(&biller.npi)
    .bind(&biller.ein)
    .bind(&biller.street)
    .bind(&biller.city)
    .bind(&biller.state)
    .bind(&biller.zip)
    .bind(&biller.taxonomy)
    .bind(&biller.phone)
    .bind(by.map(|person| person.0))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

type BillerRow = (String, String, String, String, String, String, Option<String>, String);

/// Who bills now.
pub async fn biller(tx: &mut Tx, practice: PracticeId) -> db::Result<Option<Biller>> {
    let found: Option<BillerRow> = sqlx::query_as(
        "select b.npi, b.ein, b.street, b.city, b.state, b.zip, b.taxonomy, b.phone
           from billing.biller b
          where b.practice_id = $1
          order by b.since desc
          limit 1",
    )
    .bind(practice.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|(npi, ein, street, city, state, zip, taxonomy, phone)| Biller {
        npi,
        ein,
        street,
        city,
        state,
        zip,
        taxonomy,
        phone,
    }))
}
