//! What one client owes, charge by charge: sums over postings, in the order of the work.

use ground::db::{self, Day, Tx};
use ids::{ChargeId, ClientId, ClinicianId, PracticeId, Uuid};
use jiff::civil::Date;
use money::Cents;

/// Most charges on one bill: ten years of two visits a week.
const CHARGES_MAX: i64 = 1_000;

/// What happened to one charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charged {
    /// Which one.
    pub charge: ChargeId,
    /// Who did the work.
    pub clinician: Option<ClinicianId>,
    /// The day of the work.
    pub service_on: Date,
    /// Whether it is a fee for a visit that was missed.
    pub is_for_missed: bool,
    /// The amount charged.
    pub charged: Cents,
    /// What the payer's contract does not allow.
    pub contract: Cents,
    /// What was given up.
    pub given_up: Cents,
    /// What the payer paid.
    pub payer_paid: Cents,
    /// What the client paid.
    pub client_paid: Cents,
    /// What the payer owes still.
    pub payer_owes: Cents,
    /// What the client owes still; below zero was paid too much.
    pub client_owes: Cents,
}

/// What one client owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// Every charge, the newest first.
    pub lines: Vec<Charged>,
    /// Money of theirs that has no charge yet.
    pub waiting: Cents,
    /// All that they owe, before what waits.
    pub owes: Cents,
}

type Row = (Uuid, Option<Uuid>, Day, bool, i64, i64, i64, i64, i64, i64, i64);

/// What a client owes and has paid, charge by charge. A client may ask for their own. Served by
/// `posting_client`.
///
/// # Errors
/// As the database says.
pub async fn bill_of(tx: &mut Tx, practice: PracticeId, client: ClientId) -> db::Result<Bill> {
    let rows: Vec<Row> = sqlx::query_as(
        "select p.charge_id, min(p.clinician_id::text)::uuid, min(born.happened_on),
                bool_or(born.cause_kind = 'visit'),
                coalesce(-sum(p.cents) filter (where p.account = 'income'), 0)::bigint,
                coalesce(sum(p.cents) filter (where p.account = 'contractual'), 0)::bigint,
                coalesce(sum(p.cents) filter (where p.account = 'written_off'), 0)::bigint,
                coalesce(-sum(p.cents) filter (where p.account = 'payer_receivable'
                    and e.rule in ('payer_payment', 'transfer_unapplied', 'refund', 'recoupment',
                                   'forward_balance')), 0)::bigint,
                coalesce(-sum(p.cents) filter (where p.account = 'client_receivable'
                    and e.rule in ('client_payment', 'transfer_unapplied', 'refund')), 0)::bigint,
                coalesce(sum(p.cents) filter (where p.account = 'payer_receivable'), 0)::bigint,
                coalesce(sum(p.cents) filter (where p.account = 'client_receivable'), 0)::bigint
           from ledger.posting p
           join ledger.entry e on e.practice_id = p.practice_id and e.entry_id = p.entry_id
           join ledger.entry born on born.practice_id = p.practice_id
                                 and born.charge_id = p.charge_id
                                 and born.rule = 'charge'
                                 and born.reverses is null
          where p.practice_id = $1
            and p.client_id = $2
          group by p.charge_id
          order by 3 desc, min(born.place) desc
          limit $3",
    )
    .bind(practice.0)
    .bind(client.0)
    .bind(CHARGES_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let waiting: i64 = sqlx::query_scalar(
        "select coalesce(-sum(p.cents), 0)::bigint
           from ledger.posting p
          where p.practice_id = $1
            and p.client_id = $2
            and p.account = 'client_unapplied'",
    )
    .bind(practice.0)
    .bind(client.0)
    .fetch_one(&mut **tx)
    .await?;
    let lines: Vec<Charged> = rows.into_iter().map(charged).collect();
    let owes = Cents(lines.iter().map(|line| line.client_owes.0).sum());
    Ok(Bill { lines, waiting: Cents(waiting), owes })
}

fn charged(row: Row) -> Charged {
    let (charge, clinician, on, is_for_missed, charged, contract, ..) = row;
    let (.., given_up, payer, client, payer_owes, owes) = row;
    Charged {
        charge: ChargeId(charge),
        clinician: clinician.map(ClinicianId),
        service_on: on.0,
        is_for_missed,
        charged: Cents(charged),
        contract: Cents(contract),
        given_up: Cents(given_up),
        payer_paid: Cents(payer),
        client_paid: Cents(client),
        payer_owes: Cents(payer_owes),
        client_owes: Cents(owes),
    }
}

/// What a client owes still, charge by charge, the oldest work first.
pub(crate) async fn open_charges(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Vec<(ChargeId, Cents)>> {
    let bill = bill_of(tx, practice, client).await?;
    let open = bill.lines.iter().rev().filter(|line| Cents::ZERO < line.client_owes);
    Ok(open.map(|line| (line.charge, line.client_owes)).collect())
}
