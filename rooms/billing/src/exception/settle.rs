//! How an exception is settled by a person: tried again, matched, written off, or set aside.

use bookkeeping::{Debtor, Event};
use ground::db::Tx;
use ids::{ClaimId, PracticeId};
use ledger::{Cause, CauseKind, Fact};

use super::queries::{self, Exception};
use super::{How, Kind};
use crate::charge::{self, Born, payer_ref};
use crate::claim::{self, queries as claims};
use crate::remittance::{self, queries as remittances};
use crate::words;

/// What a person may do about a kind of exception; the first is the next step.
pub fn ways(kind: Kind) -> &'static [How] {
    match kind {
        Kind::NoCode | Kind::NoFee | Kind::NoRight | Kind::NotReady | Kind::Rejected => {
            &[How::Again, How::SetAside]
        }
        Kind::NoClaim => &[How::Matched, How::SetAside],
        Kind::Denied | Kind::Open => &[How::SetAside, How::WrittenOff],
        Kind::RefusedFile
        | Kind::Held
        | Kind::Twice
        | Kind::Differs
        | Kind::Odd
        | Kind::DepositAlone
        | Kind::DepositDiffers => &[How::SetAside],
    }
}

/// What a person decided.
#[derive(Debug, Clone, Copy)]
pub struct Decision {
    pub how: How,
    /// The claim that an answer is matched to.
    pub claim: Option<ClaimId>,
}

/// Settles an exception; the sentence where that cannot be.
pub async fn settle(
    tx: &mut Tx,
    practice: PracticeId,
    it: &Exception,
    decision: Decision,
) -> Result<Result<(), &'static str>, ledger::Error> {
    if !ways(it.kind).contains(&decision.how) {
        return Ok(Err(words::NOT_THIS_WAY));
    }
    // Whoever is second finds it settled, and nothing happens twice.
    if !queries::settle(tx, practice, it.id, decision.how).await? {
        return Ok(Ok(()));
    }
    match decision.how {
        How::Again => again(tx, practice, it).await,
        How::Matched => matched(tx, practice, it, decision.claim).await,
        How::WrittenOff => write_off(tx, practice, it).await,
        How::SetAside | How::ByItself => Ok(Ok(())),
    }
}

async fn again(
    tx: &mut Tx,
    practice: PracticeId,
    it: &Exception,
) -> Result<Result<(), &'static str>, ledger::Error> {
    if let Some(note) = it.about.note {
        let born = charge::make(tx, practice, note).await?;
        return Ok(if born == Born::Waits { Err(words::STILL_MISSING) } else { Ok(()) });
    }
    if let Some(claim) = it.about.claim {
        let claims: Vec<_> = claims::claim(tx, practice, claim).await?.into_iter().collect();
        let sending = claim::send(tx, practice, &claims).await?;
        return Ok(if sending.sent == 0 { Err(words::STILL_MISSING) } else { Ok(()) });
    }
    Ok(Err(words::NOT_THIS_WAY))
}

async fn matched(
    tx: &mut Tx,
    practice: PracticeId,
    it: &Exception,
    claim: Option<ClaimId>,
) -> Result<Result<(), &'static str>, ledger::Error> {
    let answer = match it.about.answer {
        Some(id) => remittances::answer(tx, practice, id).await?,
        None => None,
    };
    let (Some(answer), Some(claim)) = (answer, claim) else {
        return Ok(Err(words::CHOOSE_CLAIM));
    };
    let all = remittance::proposals(tx, practice, &answer).await?;
    match all.into_iter().find(|it| it.id == claim) {
        Some(claim) => {
            remittance::adopt(tx, practice, &answer, &claim).await?;
            Ok(Ok(()))
        }
        None => Ok(Err(words::CHOOSE_CLAIM)),
    }
}

async fn write_off(
    tx: &mut Tx,
    practice: PracticeId,
    it: &Exception,
) -> Result<Result<(), &'static str>, ledger::Error> {
    let claim = match it.about.claim {
        Some(id) => claims::claim(tx, practice, id).await?,
        None => None,
    };
    let Some(claim) = claim else { return Ok(Err(words::NOT_THIS_WAY)) };
    let event = Event::WriteOff {
        charge: ledger::charge_ref(claim.charge),
        owed_by: Debtor::Payer(payer_ref(&claim.payer)),
        cents: it.cents,
    };
    let on = ledger::today(tx, practice).await?;
    let cause = Cause::new(CauseKind::Decision, it.id);
    ledger::post(tx, practice, &Fact::new(cause, on, event)).await?;
    Ok(Ok(()))
}
