//! Money that arrived, written down by somebody who saw it: a client's cash, check or card, a
//! payer's deposit. Each becomes entries in the same transaction, so that collected means money.

use bookkeeping::{Bearer, Event, Payee};
use ground::db::{self, Day, Instant, Tx};
use ground::events;
use ids::{ChargeId, ClientId, PracticeId, Uuid};
use jiff::civil::Date;
use money::Cents;

use crate::events::DepositArrived;
use crate::model::{Cause, CauseKind, Error, Fact, charge_ref, client_ref, lay_on, payer_ref};
use crate::{bill, queries};

/// Most deposits of one list.
const ROWS_MAX: i64 = 1_000;

/// How money came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Notes and coins.
    Cash,
    /// A check.
    Check,
    /// A transfer between banks.
    Transfer,
    /// A card, of which its processor kept something before the rest arrived.
    Card {
        /// How much it kept.
        fee: Cents,
    },
}

impl Way {
    /// The word in the database and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Check => "check",
            Self::Transfer => "transfer",
            Self::Card { .. } => "card",
        }
    }

    /// The way of a word; of a card, before anybody said what its processor kept.
    pub fn of_word(word: &str) -> Option<Self> {
        let all = [Self::Cash, Self::Check, Self::Transfer, Self::Card { fee: Cents::ZERO }];
        all.into_iter().find(|way| way.word() == word)
    }

    /// What a card processor kept; nothing of any other way.
    pub fn fee(self) -> Cents {
        match self {
            Self::Card { fee } => fee,
            Self::Cash | Self::Check | Self::Transfer => Cents::ZERO,
        }
    }
}

/// Money that arrived.
#[derive(Debug, Clone)]
pub struct Arrived<From> {
    /// Its id, which is the once-key of the form: a double press is one payment.
    pub id: Uuid,
    /// Whose money it was.
    pub from: From,
    /// How it came.
    pub way: Way,
    /// The number of the check or transfer.
    pub reference: Option<String>,
    /// How much.
    pub cents: Cents,
    /// On which day.
    pub on: Date,
}

/// Writes down a client's payment: it pays their open charges, the oldest first, and what is left
/// waits for the next one. `false` where this payment was written down before.
///
/// # Errors
/// As the books or the database say.
pub async fn record_payment(
    tx: &mut Tx,
    practice: PracticeId,
    arrived: &Arrived<ClientId>,
) -> Result<bool, Error> {
    let client = arrived.from;
    queries::lock(tx, practice).await?;
    let row = NewPayment::of(arrived, Some(client), None);
    if !insert_payment(tx, practice, &row).await? {
        return Ok(false);
    }
    let cause = Cause::new(CauseKind::ClientPayment, arrived.id);
    let open = bill::open_charges(tx, practice, client).await?;
    let (laid, left) = lay_on(arrived.cents, &open);
    let parts = laid.into_iter().map(|(charge, cents)| (Some(charge_ref(charge)), cents));
    let waits = (Cents::ZERO < left).then_some((None, left));
    let client = client_ref(client);
    // A card's fee is the practice's until the month is settled: then its clinicians bear of it
    // what they agreed to.
    let (to, borne_by, fee) = (Payee::CardProcessor, Bearer::Practice, arrived.way.fee());
    let fee = (Cents::ZERO < fee).then_some(Event::Fee { to, borne_by, cents: fee });
    let facts: Vec<Fact> = (parts.chain(waits))
        .map(|(charge, cents)| Event::ClientPayment { client, charge, cents })
        .chain(fee)
        .map(|event| Fact::new(cause, arrived.on, event))
        .collect();
    crate::post_all(tx, practice, &facts).await?;
    Ok(true)
}

/// Writes down a payer's deposit. It waits as the payer's money until what it pays for is known.
/// `false` where this deposit was written down before.
///
/// # Errors
/// As the books or the database say; the payer's code must be one.
pub async fn record_deposit(
    tx: &mut Tx,
    practice: PracticeId,
    arrived: &Arrived<String>,
) -> Result<bool, Error> {
    let code = &arrived.from;
    let Some(payer) = payer_ref(code) else {
        let cents = arrived.cents;
        return Err(bookkeeping::Error::Amount { cents }.into());
    };
    queries::lock(tx, practice).await?;
    let row = NewPayment::of(arrived, None, Some(code));
    if !insert_payment(tx, practice, &row).await? {
        return Ok(false);
    }
    let cause = Cause::new(CauseKind::Deposit, arrived.id);
    let event = Event::PayerPayment { payer, charge: None, cents: arrived.cents };
    crate::post(tx, practice, &Fact::new(cause, arrived.on, event)).await?;
    let told = DepositArrived {
        payment: arrived.id,
        payer_code: code.clone(),
        reference: arrived.reference.clone().unwrap_or_default(),
        cents: arrived.cents.0,
    };
    events::tell(tx, practice, &told).await?;
    Ok(true)
}

/// Lays a client's waiting money on a charge that has become theirs.
///
/// # Errors
/// As the books or the database say.
pub async fn apply_waiting(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    charge: ChargeId,
    on: Date,
) -> Result<(), Error> {
    apply(tx, practice, client, (charge, Cause::new(CauseKind::Charge, charge.0)), on).await
}

/// The same, with what the charge comes from.
pub(crate) async fn apply(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    (charge, cause): (ChargeId, Cause),
    on: Date,
) -> Result<(), Error> {
    use bookkeeping::{Account, Debtor, TransferFrom};
    let debtor = Debtor::Client(client_ref(client));
    let waiting = crate::balance(tx, practice, Account::Unapplied(debtor)).await?.negated()?;
    let open = bill::open_charges(tx, practice, client).await?;
    let owed = open.iter().find(|(id, _)| *id == charge).map_or(Cents::ZERO, |(_, cents)| *cents);
    let cents = Cents(waiting.0.min(owed.0));
    if Cents::ZERO < cents {
        let from = TransferFrom::Unapplied(debtor);
        let event = Event::Transfer { charge: charge_ref(charge), from, owed_by: debtor, cents };
        crate::post(tx, practice, &Fact::new(cause, on, event)).await?;
    }
    Ok(())
}

/// A payment about to be kept.
#[derive(Debug)]
struct NewPayment<'a> {
    id: Uuid,
    client: Option<ClientId>,
    payer: Option<&'a str>,
    way: Way,
    reference: Option<&'a str>,
    cents: Cents,
    on: Date,
}

impl<'a> NewPayment<'a> {
    fn of<From>(
        arrived: &'a Arrived<From>,
        client: Option<ClientId>,
        payer: Option<&'a str>,
    ) -> Self {
        Self {
            id: arrived.id,
            client,
            payer,
            way: arrived.way,
            reference: arrived.reference.as_deref(),
            cents: arrived.cents,
            on: arrived.on,
        }
    }
}

/// Keeps money that arrived; `false` where it was kept before.
async fn insert_payment(
    tx: &mut Tx,
    practice: PracticeId,
    new: &NewPayment<'_>,
) -> db::Result<bool> {
    let (now, by) = (tx.house().now(), tx.acting().person());
    let done = sqlx::query(
        "insert into ledger.payment (practice_id, payment_id, client_id, payer_code, way, reference,
                                     cents, fee_cents, arrived_on, written_by, written_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict (practice_id, payment_id) do nothing",
    )
    .bind(practice.0)
    .bind(new.id)
    .bind(new.client.map(|id| id.0))
    .bind(new.payer)
    .bind(new.way.word())
    .bind(new.reference)
    .bind(new.cents.0)
    .bind(new.way.fee().0)
    .bind(Day(new.on))
    .bind(by.map(|person| person.0))
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A payment as a page shows it.
#[derive(Debug, Clone)]
pub(crate) struct Payment {
    pub client: Option<String>,
    pub payer: Option<String>,
    pub way: String,
    pub reference: Option<String>,
    pub cents: Cents,
    pub on: Date,
}

type PaymentRow = (Option<String>, Option<String>, String, Option<String>, i64, Day);

/// One payment.
pub(crate) async fn payment(
    tx: &mut Tx,
    practice: PracticeId,
    id: Uuid,
) -> db::Result<Option<Payment>> {
    let found: Option<PaymentRow> = sqlx::query_as(
        "select c.name, p.payer_code, p.way, p.reference, p.cents, p.arrived_on
           from ledger.payment p
           left join people.client c on c.practice_id = p.practice_id and c.client_id = p.client_id
          where p.practice_id = $1
            and p.payment_id = $2",
    )
    .bind(practice.0)
    .bind(id)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|(client, payer, way, reference, cents, on)| Payment {
        client,
        payer,
        way,
        reference,
        cents: Cents(cents),
        on: on.0,
    }))
}

/// Whether a payer's deposit of this number is in the books under another once-key. Served by
/// `payment_payer`.
pub(crate) async fn is_written_down(
    tx: &mut Tx,
    practice: PracticeId,
    once: Uuid,
    (payer, reference): (&str, Option<&str>),
) -> db::Result<bool> {
    sqlx::query_scalar(
        "select exists (
                select from ledger.payment p
                 where p.practice_id = $1
                   and p.payer_code = $2
                   and p.reference = $3
                   and p.payment_id <> $4)",
    )
    .bind(practice.0)
    .bind(payer)
    .bind(reference)
    .bind(once)
    .fetch_one(&mut **tx)
    .await
    .map_err(db::Error::from)
}

/// A payer's deposit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposit {
    /// The payment in the books.
    pub payment: Uuid,
    /// Whose money it was.
    pub payer_code: String,
    /// The number of the check or transfer.
    pub reference: String,
    /// How much.
    pub cents: Cents,
    /// On which day it arrived.
    pub arrived_on: Date,
    /// Whether it still waits for what it pays for.
    pub is_waiting: bool,
}

/// The deposits of a practice, the newest first, a thousand at most.
///
/// # Errors
/// As the database says.
pub async fn deposits_of(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<Deposit>> {
    let rows: Vec<(Uuid, String, String, i64, Day, bool)> = sqlx::query_as(
        "select p.payment_id, p.payer_code, p.reference, p.cents, p.arrived_on,
                not exists (
                    select from ledger.entry e
                      join ledger.entry r on r.practice_id = e.practice_id
                                         and r.reverses = e.entry_id
                     where e.practice_id = p.practice_id
                       and e.cause_kind = 'deposit'
                       and e.cause_id = p.payment_id)
           from ledger.payment p
          where p.practice_id = $1
            and p.payer_code is not null
          order by p.arrived_on desc, p.payment_id desc
          limit $2",
    )
    .bind(practice.0)
    .bind(ROWS_MAX)
    .fetch_all(&mut **tx)
    .await?;
    let deposit =
        |(payment, payer_code, reference, cents, on, is_waiting): (_, _, _, i64, Day, _)| {
            let cents = Cents(cents);
            Deposit { payment, payer_code, reference, cents, arrived_on: on.0, is_waiting }
        };
    Ok(rows.into_iter().map(deposit).collect())
}
