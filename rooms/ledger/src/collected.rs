//! What was collected for a clinician's work: money against charges, and what card processors kept
//! of it, month by month.

use bookkeeping::{Period, RuleName};
use ground::db::{self, Day, Tx};
use ids::{ChargeId, ClientId, ClinicianId, EntryId, PracticeId, Uuid};
use jiff::civil::Date;
use money::{Cents, allocate};

use crate::model::{Cause, Of};
use crate::queries::{read_cause, read_rule};

/// Most postings that are read at once: months of a large practice.
const POSTINGS_MAX: i64 = 200_000;

/// Money that paid for a charge, or was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// The entry.
    pub entry: EntryId,
    /// The day of posting.
    pub on: Date,
    /// The month that it is about: an earlier one where that was closed when it came to light.
    pub belongs_to: Period,
    /// By which rule.
    pub rule: RuleName,
    /// For which charge.
    pub charge: ChargeId,
    /// The day of the work.
    pub service_on: Date,
    /// Whose care and whose work it was.
    pub of: Of,
    /// The payer who owed it; absent where the client did.
    pub payer: Option<String>,
    /// Why it is in the books.
    pub cause: Cause,
    /// Whether it is a fee for a visit that was missed, and pays for no work.
    pub is_for_missed: bool,
    /// How much; below zero was taken back.
    pub cents: Cents,
}

/// What a card processor kept, for one clinician's part of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardFee {
    /// The entry.
    pub entry: EntryId,
    /// The day of posting.
    pub on: Date,
    /// Whose work the payment was for; nobody's where it had no charge yet.
    pub clinician: Option<ClinicianId>,
    /// How much, above zero.
    pub cents: Cents,
}

/// What card processors kept in some months: each fee in parts, as its payment was laid on the work
/// of each clinician. Served by `entry_posted` and `entry_cause_counts_once`.
///
/// # Errors
/// As the database says.
pub async fn card_fees(
    tx: &mut Tx,
    practice: PracticeId,
    (first, last): (Period, Period),
) -> db::Result<Vec<CardFee>> {
    let rows: Vec<(Uuid, Day, i64, Option<Uuid>, i64)> = sqlx::query_as(
        "select e.entry_id, e.posted_on, -f.cents, p.clinician_id, -sum(p.cents)::bigint
           from ledger.entry e
           join ledger.posting f on f.practice_id = e.practice_id
                                and f.entry_id = e.entry_id
                                and f.account = 'bank'
           join ledger.entry l on l.practice_id = e.practice_id
                              and l.cause_kind = e.cause_kind
                              and l.cause_id = e.cause_id
                              and l.reverses is null
           join ledger.posting p on p.practice_id = l.practice_id
                                and p.entry_id = l.entry_id
                                and p.account in ('client_receivable', 'client_unapplied')
          where e.practice_id = $1
            and e.rule = 'card_fee_practice'
            and e.reverses is null
            and e.posted_on between $2 and $3
          group by e.entry_id, e.place, e.posted_on, f.cents, p.clinician_id
          order by e.place, p.clinician_id
          limit $4",
    )
    .bind(practice.0)
    .bind(Day(first.first_day()))
    .bind(Day(last.last_day()))
    .bind(POSTINGS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let mut fees = Vec::with_capacity(rows.len());
    for of_one in rows.chunk_by(|one, next| one.0 == next.0) {
        let (id, on, fee, ..) = of_one[0];
        let weights: Vec<i64> = of_one.iter().map(|(.., paid)| *paid).collect();
        let parts = allocate(Cents(fee), &weights).map_err(|why| db::Error::Broken {
            table: "ledger.entry",
            id: id.to_string(),
            why: why.to_string(),
        })?;
        fees.extend(of_one.iter().zip(parts).map(|((.., clinician, _), cents)| CardFee {
            entry: EntryId(id),
            on: on.0,
            clinician: clinician.map(ClinicianId),
            cents,
        }));
    }
    Ok(fees)
}

/// What was collected for a clinician's work in a month, as posted.
///
/// # Errors
/// As the database says.
pub async fn collected(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    month: Period,
) -> db::Result<Vec<Collected>> {
    collected_between(tx, practice, Some(clinician), (month, month)).await
}

type CollectedRow =
    (Uuid, Day, Day, String, Uuid, Day, Uuid, Uuid, Option<String>, String, Uuid, bool, i64);

/// What was collected in some months, for a clinician's work or for everybody's, as posted. Served
/// by `posting_clinician` and `entry_posted`.
///
/// # Errors
/// As the database says.
pub async fn collected_between(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: Option<ClinicianId>,
    (first, last): (Period, Period),
) -> db::Result<Vec<Collected>> {
    let rows: Vec<CollectedRow> = sqlx::query_as(
        "select e.entry_id, e.posted_on, e.belongs_to, e.rule, p.charge_id,
                c.happened_on as service_on, c.client_id, c.clinician_id, p.payer_code,
                e.cause_kind, e.cause_id, c.cause_kind = 'visit', -p.cents as cents
           from ledger.posting p
           join ledger.entry e on e.practice_id = p.practice_id and e.entry_id = p.entry_id
           join ledger.entry c on c.practice_id = p.practice_id
                              and c.charge_id = p.charge_id
                              and c.rule = 'charge'
                              and c.reverses is null
          where p.practice_id = $1
            and ($2::uuid is null or p.clinician_id = $2)
            and p.account in ('payer_receivable', 'client_receivable')
            and e.rule in ('payer_payment', 'client_payment', 'transfer_unapplied', 'refund',
                           'recoupment', 'forward_balance')
            and e.posted_on between $3 and $4
          order by e.place, p.line
          limit $5",
    )
    .bind(practice.0)
    .bind(clinician.map(|it| it.0))
    .bind(Day(first.first_day()))
    .bind(Day(last.last_day()))
    .bind(POSTINGS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let read = |row: CollectedRow| {
        let (id, on, belongs, rule, charge, service, client, clinician, payer, ..) = row;
        let (.., kind, cause, is_for_missed, cents) = row;
        Ok(Collected {
            entry: EntryId(id),
            on: on.0,
            belongs_to: Period::of(belongs.0),
            rule: read_rule(id, &rule)?,
            charge: ChargeId(charge),
            service_on: service.0,
            of: Of { client: ClientId(client), clinician: ClinicianId(clinician) },
            payer,
            cause: read_cause(id, &kind, cause)?,
            is_for_missed,
            cents: Cents(cents),
        })
    };
    rows.into_iter().map(read).collect()
}
