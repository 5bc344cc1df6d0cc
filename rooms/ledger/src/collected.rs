//! What was collected for a clinician's work: money against charges, month by month.

use bookkeeping::{Period, RuleName};
use ground::db::{self, Day, Tx};
use ids::{ChargeId, ClinicianId, EntryId, PracticeId, Uuid};
use jiff::civil::Date;
use money::Cents;

use crate::model::Cause;
use crate::queries::{read_cause, read_rule};

/// Most postings of one clinician in one month, far above any honest one.
const POSTINGS_MAX: i64 = 10_000;

/// Money that paid for a charge, or was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Collected {
    /// The entry.
    pub entry: EntryId,
    /// The day of posting.
    pub on: Date,
    /// By which rule.
    pub rule: RuleName,
    /// For which charge.
    pub charge: ChargeId,
    /// Why it is in the books.
    pub cause: Cause,
    /// How much; below zero was taken back.
    pub cents: Cents,
}

type CollectedRow = (Uuid, Day, String, Uuid, String, Uuid, i64);

/// What was collected for a clinician's work in a month, as posted. Served by `posting_clinician`.
///
/// # Errors
/// As the database says.
pub async fn collected(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    month: Period,
) -> db::Result<Vec<Collected>> {
    let rows: Vec<CollectedRow> = sqlx::query_as(
        "select e.entry_id, e.posted_on, e.rule, p.charge_id, e.cause_kind, e.cause_id, -p.cents
           from ledger.posting p
           join ledger.entry e on e.practice_id = p.practice_id and e.entry_id = p.entry_id
          where p.practice_id = $1
            and p.clinician_id = $2
            and p.account in ('payer_receivable', 'client_receivable')
            and e.rule in ('payer_payment', 'client_payment', 'transfer_unapplied', 'refund',
                           'recoupment', 'forward_balance')
            and e.posted_on between $3 and $4
          order by e.place
          limit $5",
    )
    .bind(practice.0)
    .bind(clinician.0)
    .bind(Day(month.first_day()))
    .bind(Day(month.last_day()))
    .bind(POSTINGS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let read = |(id, on, rule, charge, kind, cause, cents): CollectedRow| {
        Ok(Collected {
            entry: EntryId(id),
            on: on.0,
            rule: read_rule(id, &rule)?,
            charge: ChargeId(charge),
            cause: read_cause(id, &kind, cause)?,
            cents: Cents(cents),
        })
    };
    rows.into_iter().map(read).collect()
}
