//! The money of a remittance, once its deposit is here: what had waited as the payer's becomes
//! payments of charges. Both directions meet here: a deposit that finds its remittance, and a
//! remittance that finds its deposit.

use bookkeeping::{Debtor, Event, RuleName, TransferFrom};
use ground::db::Tx;
use ground::events;
use ids::{PracticeId, RemittanceId, Uuid};
use jiff::civil::Date;
use ledger::{Cause, CauseKind, Deposit, DepositArrived, Fact};
use money::Cents;

use super::decide::Doing;
use super::queries::{self, Answer, Kept};
use super::{AnswerState, State, deposit_alone, same_number};
use crate::charge::payer_ref;
use crate::claim::{Claim, queries as claims};
use crate::events::ClaimPaid;
use crate::exception::{self, About, Kind, New};
use crate::words;

/// Whether a rule moves money, which is posted with the deposit.
pub fn is_money(rule: RuleName) -> bool {
    matches!(
        rule,
        RuleName::PayerPayment | RuleName::PayerPaymentUnapplied | RuleName::TransferUnapplied
    )
}

/// A remittance looks for its deposit; one of no money needs none.
pub async fn look_for_deposit(
    tx: &mut Tx,
    practice: PracticeId,
    id: RemittanceId,
) -> Result<(), ledger::Error> {
    let Some(kept) = queries::remittance(tx, practice, id).await? else { return Ok(()) };
    let Some(payer) = &kept.payer else { return Ok(()) };
    if kept.cents == Cents::ZERO {
        let on = match kept.paid_on {
            Some(on) => on,
            None => ledger::today(tx, practice).await?,
        };
        return pay(tx, practice, &kept, None, on).await;
    }
    let is_its = |it: &Deposit| {
        it.is_waiting && it.payer_code == payer.as_str() && same_number(&it.reference, &kept.trace)
    };
    let deposits = ledger::deposits_of(tx, practice).await?;
    match deposits.into_iter().find(is_its) {
        Some(deposit) => join(tx, practice, &kept, &deposit).await,
        None => Ok(()),
    }
}

/// A deposit looks for its remittance.
///
/// # Errors
/// As the books or the database say.
pub async fn deposit_arrived(
    tx: &mut Tx,
    practice: PracticeId,
    arrived: &DepositArrived,
) -> Result<(), ledger::Error> {
    crate::charge::queries::one_at_a_time(tx, practice).await?;
    let deposits = ledger::deposits_of(tx, practice).await?;
    let deposit = deposits.into_iter().find(|it| it.payment == arrived.payment);
    let Some(deposit) = deposit.filter(|it| it.is_waiting) else { return Ok(()) };
    let all = queries::remittances(tx, practice).await?;
    let waiting = all.into_iter().find(|it| {
        it.state == State::Waits
            && it.payer.as_ref().is_some_and(|code| code.as_str() == deposit.payer_code)
            && same_number(&it.trace, &deposit.reference)
    });
    match waiting {
        Some(kept) => join(tx, practice, &kept, &deposit).await,
        None => Ok(deposit_alone(tx, practice, arrived).await?),
    }
}

async fn join(
    tx: &mut Tx,
    practice: PracticeId,
    kept: &Kept,
    deposit: &Deposit,
) -> Result<(), ledger::Error> {
    if kept.cents != deposit.cents {
        let why = words::deposit_differs(&kept.trace, kept.cents.0, deposit.cents.0);
        let about = About { payment: Some(deposit.payment), ..About::remittance(kept.id) };
        let cents = Cents(deposit.cents.0 - kept.cents.0);
        let new = New { kind: Kind::DepositDiffers, why, cents, about };
        exception::raise(tx, practice, &new).await?;
        return Ok(());
    }
    exception::settle_by_itself(tx, practice, About::payment(deposit.payment)).await?;
    pay(tx, practice, kept, Some(deposit), deposit.arrived_on).await
}

/// Posts the money of a remittance. What its deposit had waited as is undone first, so that the
/// bank holds what arrived, once.
async fn pay(
    tx: &mut Tx,
    practice: PracticeId,
    kept: &Kept,
    deposit: Option<&Deposit>,
    on: Date,
) -> Result<(), ledger::Error> {
    if let Some(deposit) = deposit {
        let cause = Cause::new(CauseKind::Deposit, deposit.payment);
        for (entry, ..) in ledger::entry_of(tx, practice, cause).await? {
            ledger::reverse(tx, practice, entry, cause, on).await?;
        }
    }
    let mut paying = Paying { practice, kept, on, facts: Vec::new(), told: Vec::new() };
    for answer in queries::answers(tx, practice, kept.id).await? {
        pay_answer(tx, &mut paying, &answer).await?;
    }
    interest(tx, &mut paying).await?;
    paying.post(tx).await?;
    for told in &paying.told {
        events::tell(tx, practice, told).await?;
    }
    queries::set_posted(tx, practice, kept.id, deposit.map(|it| it.payment)).await?;
    Ok(())
}

/// The money of one remittance on its way into the books: all its payments are posted at once.
struct Paying<'k> {
    practice: PracticeId,
    kept: &'k Kept,
    on: Date,
    facts: Vec<Fact>,
    told: Vec<ClaimPaid>,
}

impl Paying<'_> {
    fn fact(&mut self, kind: CauseKind, id: Uuid, event: Event) {
        self.facts.push(Fact::new(Cause::new(kind, id), self.on, event));
    }

    async fn post(&mut self, tx: &mut Tx) -> Result<(), ledger::Error> {
        let facts = std::mem::take(&mut self.facts);
        ledger::post_all(tx, self.practice, &facts).await?;
        Ok(())
    }
}

async fn pay_answer(
    tx: &mut Tx,
    paying: &mut Paying<'_>,
    answer: &Answer,
) -> Result<(), ledger::Error> {
    let practice = paying.practice;
    let claim = match answer.claim {
        Some(id) if answer.state == AnswerState::Decided => claims::claim(tx, practice, id).await?,
        _ => None,
    };
    let Some(claim) = claim else {
        if let (Some(code), true) = (&paying.kept.payer, 0 < answer.paid.0) {
            let event =
                Event::PayerPayment { payer: payer_ref(code), charge: None, cents: answer.paid };
            paying.fact(CauseKind::Remittance, answer.id, event);
        }
        return Ok(());
    };
    if let Some(earlier) = answer.undoes {
        // What stands before it in the remittance is in the books before it is undone.
        paying.post(tx).await?;
        let cause = Cause::new(CauseKind::Remittance, answer.id);
        let was = Cause::new(CauseKind::Remittance, earlier);
        for (entry, rule, _) in ledger::entry_of(tx, practice, was).await? {
            if is_money(rule) {
                ledger::reverse(tx, practice, entry, cause, paying.on).await?;
            }
        }
    } else if 0 < answer.paid.0 {
        let event = Event::PayerPayment {
            payer: payer_ref(&claim.payer),
            charge: Some(ledger::charge_ref(claim.charge)),
            cents: answer.paid,
        };
        paying.fact(CauseKind::Remittance, answer.id, event);
        let told = ClaimPaid { claim: claim.id, charge: claim.charge, cents: answer.paid.0 };
        paying.told.push(told);
    }
    queries::set_answer(tx, practice, answer.id, AnswerState::Paid).await?;
    Ok(())
}

/// What the payer pays for having been late.
async fn interest(tx: &mut Tx, paying: &mut Paying<'_>) -> Result<(), ledger::Error> {
    let remittance = super::reread(tx, paying.practice, paying.kept).await?;
    let all = remittance.provider_adjustments.iter();
    let cents: i64 = all.filter(|it| it.reason == "L6").map(|it| -it.amount.0).sum();
    if let (Some(code), true) = (&paying.kept.payer, 0 < cents) {
        let event = Event::Interest { payer: payer_ref(code), cents: Cents(cents) };
        paying.fact(CauseKind::ProviderAdjustment, paying.kept.id.0, event);
    }
    Ok(())
}

/// Lays the money of an answer, which had waited unapplied, on the claim that it found.
pub async fn apply_waiting(
    tx: &mut Tx,
    doing: &Doing,
    answer: &Answer,
    claim: &Claim,
) -> Result<(), ledger::Error> {
    let practice = doing.practice;
    if 0 < answer.paid.0 {
        let debtor = Debtor::Payer(payer_ref(&claim.payer));
        let event = Event::Transfer {
            charge: ledger::charge_ref(claim.charge),
            from: TransferFrom::Unapplied(debtor),
            owed_by: debtor,
            cents: answer.paid,
        };
        let cause = Cause::new(CauseKind::Remittance, answer.id);
        let today = ledger::today(tx, practice).await?;
        ledger::post(tx, practice, &Fact::new(cause, today, event)).await?;
        let told = ClaimPaid { claim: claim.id, charge: claim.charge, cents: answer.paid.0 };
        events::tell(tx, practice, &told).await?;
    }
    queries::set_answer(tx, practice, answer.id, AnswerState::Paid).await?;
    Ok(())
}
