//! What a service costs whom from which day on, and whose work may be billed under whose name.

pub(crate) mod queries;
pub(crate) mod routes;
mod views;

use ground::db::{self, Tx};
use ids::{ClinicianId, PracticeId, Uuid};
use jiff::civil::Date;
use money::Cents;

use crate::model::PayerCode;

/// Who pays for care on behalf of clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// How we call it.
    pub code: PayerCode,
    /// Its name.
    pub name: String,
    /// How claims call it: NM109 of loop 2010BB (X12 005010X222A1).
    pub x12_id: String,
}

/// A fee from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// As agreed with this payer; absent for whoever pays themselves.
    pub payer: Option<PayerCode>,
    /// CPT or HCPCS code.
    pub cpt: String,
    /// The first day.
    pub from_date: Date,
    /// The amount.
    pub cents: Cents,
}

/// Whose work is billed to a payer under whose name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillingRight {
    /// Whose work.
    pub clinician: ClinicianId,
    /// To whom.
    pub payer: PayerCode,
    /// Whom the claim names as the one who rendered it.
    pub bills_as: ClinicianId,
    /// The first day.
    pub from_date: Date,
    /// The first day on which it no longer holds.
    pub to_date: Option<Date>,
}

/// A right as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub id: Uuid,
    pub right: BillingRight,
}

/// All payers, by name.
///
/// # Errors
/// As the database says.
pub async fn payers(tx: &mut Tx) -> db::Result<Vec<Payer>> {
    queries::payers(tx).await
}

/// Sets a fee. One that was set stays; the newest that has begun counts.
///
/// # Errors
/// `fee_of_a_day_is_one` where that day has another one.
pub async fn set_fee(tx: &mut Tx, practice: PracticeId, fee: &Fee) -> db::Result<()> {
    queries::insert_fee(tx, practice, fee).await
}

/// What a service costs on a day; none where nothing was set: then there is no charge to make up.
///
/// # Errors
/// As the database says.
pub async fn fee_for(
    tx: &mut Tx,
    practice: PracticeId,
    payer: Option<&PayerCode>,
    cpt: &str,
    on: Date,
) -> db::Result<Option<Cents>> {
    queries::fee_for(tx, practice, payer, cpt, on).await
}

/// Lets a clinician's work be billed to a payer.
///
/// # Errors
/// `billing_right_of_a_day_is_one` where that day has another one.
pub async fn allow_billing(
    tx: &mut Tx,
    practice: PracticeId,
    right: &BillingRight,
) -> db::Result<()> {
    let id = tx.house().new_id();
    queries::insert_right(tx, practice, id, right).await
}

/// Under whose name a clinician's work of a day is billed to a payer; none, and there is no claim.
///
/// # Errors
/// As the database says.
pub async fn bills_as(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    payer: &PayerCode,
    on: Date,
) -> db::Result<Option<ClinicianId>> {
    queries::bills_as(tx, practice, clinician, payer, on).await
}
