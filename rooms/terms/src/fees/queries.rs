//! All SQL of payers, fees and the right to bill.

use ground::db::{self, Day, Instant, Tx};
use ids::{ClinicianId, PracticeId, Uuid};
use jiff::civil::Date;
use money::Cents;

use super::{BillingRight, Fee, Kept, Payer};
use crate::model::PayerCode;

/// Most rows of one list: a fee for forty codes and ten payers, set anew twice.
const ROWS_MAX: i64 = 1_000;

fn payer_code(table: &'static str, text: String) -> db::Result<PayerCode> {
    let why = || db::Error::Broken { table, id: text.clone(), why: "is no payer's code".into() };
    text.parse().map_err(|_| why())
}

/// All payers, by name.
pub async fn payers(tx: &mut Tx) -> db::Result<Vec<Payer>> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "select p.payer_code, p.name, p.x12_id
           from terms.payer p
          order by p.name, p.payer_code
          limit $1",
    )
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let payer =
        |(code, name, x12_id)| Ok(Payer { code: payer_code("terms.payer", code)?, name, x12_id });
    rows.into_iter().map(payer).collect()
}

/// Writes a fee down.
pub async fn insert_fee(tx: &mut Tx, practice: PracticeId, fee: &Fee) -> db::Result<()> {
    let (by, now) = (tx.acting().person(), tx.house().now());
    sqlx::query(
        "insert into terms.fee (practice_id, payer_code, cpt, from_date, cents, set_by, set_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(practice.0)
    .bind(fee.payer.as_ref().map(PayerCode::as_str))
    .bind(&fee.cpt)
    .bind(Day(fee.from_date))
    .bind(fee.cents.0)
    .bind(by.map(|person| person.0))
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The newest fee that has begun on a day. Served by `fee_of_a_day_is_one`.
pub async fn fee_for(
    tx: &mut Tx,
    practice: PracticeId,
    payer: Option<&PayerCode>,
    cpt: &str,
    on: Date,
) -> db::Result<Option<Cents>> {
    let cents: Option<i64> = sqlx::query_scalar(
        "select f.cents
           from terms.fee f
          where f.practice_id = $1
            and f.payer_code is not distinct from $2
            and f.cpt = $3
            and f.from_date <= $4
          order by f.from_date desc
          limit 1",
    )
    .bind(practice.0)
    .bind(payer.map(PayerCode::as_str))
    .bind(cpt)
    .bind(Day(on))
    .fetch_optional(&mut **tx)
    .await?;
    Ok(cents.map(Cents))
}

/// Every fee of a practice: self-pay first, then by payer and code, the newest first.
pub async fn fees(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<Fee>> {
    let rows: Vec<(Option<String>, String, Day, i64)> = sqlx::query_as(
        "select f.payer_code, f.cpt, f.from_date, f.cents
           from terms.fee f
          where f.practice_id = $1
          order by f.payer_code nulls first, f.cpt, f.from_date desc
          limit $2",
    )
    .bind(practice.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let fee = |(payer, cpt, from_date, cents): (Option<String>, String, Day, i64)| {
        let payer = payer.map(|code| payer_code("terms.fee", code)).transpose()?;
        Ok(Fee { payer, cpt, from_date: from_date.0, cents: Cents(cents) })
    };
    rows.into_iter().map(fee).collect()
}

/// Writes a right down.
pub async fn insert_right(
    tx: &mut Tx,
    practice: PracticeId,
    id: Uuid,
    right: &BillingRight,
) -> db::Result<()> {
    let (by, now) = (tx.acting().person(), tx.house().now());
    sqlx::query(
        "insert into terms.billing_right (practice_id, id, clinician_id, payer_code,
                                          bills_as_clinician_id, from_date, to_date, set_by, set_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(practice.0)
    .bind(id)
    .bind(right.clinician.0)
    .bind(right.payer.as_str())
    .bind(right.bills_as.0)
    .bind(Day(right.from_date))
    .bind(right.to_date.map(Day))
    .bind(by.map(|person| person.0))
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The newest right that has begun on a day, if it still holds. Served by
/// `billing_right_of_a_day_is_one`.
pub async fn bills_as(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    payer: &PayerCode,
    on: Date,
) -> db::Result<Option<ClinicianId>> {
    let row: Option<(Uuid, Option<Day>)> = sqlx::query_as(
        "select b.bills_as_clinician_id, b.to_date
           from terms.billing_right b
          where b.practice_id = $1
            and b.clinician_id = $2
            and b.payer_code = $3
            and b.from_date <= $4
          order by b.from_date desc
          limit 1",
    )
    .bind(practice.0)
    .bind(clinician.0)
    .bind(payer.as_str())
    .bind(Day(on))
    .fetch_optional(&mut **tx)
    .await?;
    let holds = |to_date: Option<Day>| to_date.is_none_or(|day| on < day.0);
    Ok(row.filter(|(_, to_date)| holds(*to_date)).map(|(id, _)| ClinicianId(id)))
}

type RightRow = (Uuid, Uuid, String, Uuid, Day, Option<Day>);

/// Every right of a practice, the newest first.
pub async fn rights(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<Kept>> {
    let rows: Vec<RightRow> = sqlx::query_as(
        "select b.id, b.clinician_id, b.payer_code, b.bills_as_clinician_id, b.from_date, b.to_date
           from terms.billing_right b
          where b.practice_id = $1
          order by b.from_date desc, b.id
          limit $2",
    )
    .bind(practice.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let kept = |(id, clinician, payer, bills_as, from_date, to_date): RightRow| {
        let right = BillingRight {
            clinician: ClinicianId(clinician),
            payer: payer_code("terms.billing_right", payer)?,
            bills_as: ClinicianId(bills_as),
            from_date: from_date.0,
            to_date: to_date.map(|day| day.0),
        };
        Ok(Kept { id, right })
    };
    rows.into_iter().map(kept).collect()
}

/// Ends a right that has no end yet. One that ended stays as it was.
pub async fn end_right(tx: &mut Tx, practice: PracticeId, id: Uuid, on: Date) -> db::Result<()> {
    sqlx::query(
        "update terms.billing_right b
            set to_date = $3
          where b.practice_id = $1
            and b.id = $2
            and b.to_date is null",
    )
    .bind(practice.0)
    .bind(id)
    .bind(Day(on))
    .execute(&mut **tx)
    .await?;
    Ok(())
}
