//! What a remittance makes of our claims: contract and client's share, posted at once; what cannot
//! be posted by a rule is put aside with its reason, and its money waits.

use std::collections::BTreeSet;

use bookkeeping::Event;
use ground::db::Tx;
use ids::{ClaimId, PracticeId, RemittanceId, Uuid};
use jiff::civil::Date;
use ledger::{Cause, CauseKind, Fact};
use money::Cents;
use terms::PayerCode;
use x12::Parsed;
use x12::codes::{Fate, fate};
use x12::remittance_835::{ClaimPayment, ClaimStatus, Remittance, Standing, standing};

use super::queries::{self, Answer};
use super::{AnswerState, State, money_step};
use crate::charge::payer_ref;
use crate::charge::queries as charges;
use crate::claim::queries::{self as claims, Which};
use crate::claim::{self, Claim};
use crate::exception::{self, About, Kind, New};
use crate::{exchange, words};

/// A remittance that came.
pub struct Came<'a> {
    pub file: Uuid,
    pub parsed: &'a Parsed<Remittance>,
    pub is_test: bool,
}

/// What is done about one answer.
enum Plan {
    /// It is posted to this claim.
    Post(Claim),
    /// It takes back this earlier answer about this claim.
    Undo(Claim, Uuid),
    /// It is put aside; its money waits.
    Aside { kind: Kind, why: String, claim: Option<ClaimId> },
}

/// What an answer moves, besides money.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// What the contract does not allow.
    pub contract: i64,
    /// What is the client's, by reason.
    pub shares: Vec<(String, i64)>,
    /// What stays open with the payer.
    pub open: i64,
    /// What an earlier payer did.
    pub earlier: i64,
}

/// Sums the adjustments of an answer, of claim and lines, by what becomes of them.
pub fn moves(answer: &ClaimPayment) -> Moves {
    let mut moves = Moves::default();
    let lines = answer.lines.iter().flat_map(|line| &line.adjustments);
    for it in answer.adjustments.iter().chain(lines) {
        match fate(&it.group, &it.reason) {
            // What the law takes off is the client's no more than what the contract does.
            Fate::Contractual | Fate::Sequestration => moves.contract += it.amount.0,
            Fate::Open => moves.open += it.amount.0,
            Fate::EarlierPayer => moves.earlier += it.amount.0,
            Fate::ClientShare => {
                let known = moves.shares.iter_mut().find(|(reason, _)| *reason == it.reason);
                match known {
                    Some((_, cents)) => *cents += it.amount.0,
                    None => moves.shares.push((it.reason.clone(), it.amount.0)),
                }
            }
        }
    }
    moves
}

/// Takes a remittance: its answers are kept, and what can be posted is. Nothing where the same
/// payment came before in another file.
pub async fn take(
    tx: &mut Tx,
    practice: PracticeId,
    came: &Came<'_>,
) -> Result<Option<RemittanceId>, ledger::Error> {
    let remittance = &came.parsed.value;
    let mut reasons = match standing(came.parsed) {
        Standing::Posts => Vec::new(),
        Standing::Held(reasons) => reasons,
    };
    reasons.extend(not_ours(tx, practice, came).await?);
    let mut plans = Vec::new();
    let mut answered = BTreeSet::new();
    for answer in remittance.claims() {
        let planned = plan(tx, practice, answer, &mut answered).await?;
        if let Plan::Aside { why, .. } = &planned
            && answer.paid.0 < 0
        {
            reasons.push(why.clone());
        }
        plans.push(planned);
    }
    let payer = payer_of(tx, remittance, &plans).await?;
    if payer.is_none() && reasons.is_empty() {
        reasons.push(words::unknown_payer(&name_of(remittance)));
    }
    let state = if reasons.is_empty() { State::Waits } else { State::Held };
    let id: RemittanceId = tx.house().new_id();
    let new = queries::NewRemittance {
        id,
        file: came.file,
        payer: payer.as_ref(),
        payer_name: &name_of(remittance),
        key: &remittance.key(),
        state,
    };
    if let Some(before) = queries::insert(tx, practice, &new).await? {
        let new = New {
            kind: Kind::Twice,
            why: words::twice(&remittance.trace.number),
            cents: Cents(remittance.payment.amount.0),
            about: About { file: Some(came.file), ..About::remittance(before) },
        };
        exception::raise(tx, practice, &new).await?;
        return Ok(None);
    }
    if state == State::Held {
        keep_held(tx, practice, id, remittance, reasons).await?;
        return Ok(Some(id));
    }
    let on = day(tx, practice, remittance).await?;
    for (place, (answer, plan)) in (1_i32..).zip(remittance.claims().zip(plans)) {
        let doing = Doing { practice, remittance: id, file: came.file, on };
        act(tx, &doing, place, answer, plan).await?;
    }
    money_step::look_for_deposit(tx, practice, id).await?;
    Ok(Some(id))
}

/// The day of a remittance; today where it says none.
async fn day(
    tx: &mut Tx,
    practice: PracticeId,
    remittance: &Remittance,
) -> Result<Date, ledger::Error> {
    match remittance.payment.paid_on {
        Some(day) => Ok(day),
        None => Ok(ledger::today(tx, practice).await?),
    }
}

fn name_of(remittance: &Remittance) -> String {
    let name = remittance.payer.name.clone().unwrap_or_default();
    if name.is_empty() { words::A_PAYER.into() } else { name.chars().take(60).collect() }
}

/// What speaks against taking a remittance as this practice's money.
async fn not_ours(
    tx: &mut Tx,
    practice: PracticeId,
    came: &Came<'_>,
) -> Result<Vec<String>, ledger::Error> {
    let remittance = &came.parsed.value;
    let mut reasons = Vec::new();
    if came.is_test && tx.house().demo().is_none() {
        reasons.push(words::A_TEST.into());
    }
    let payee = remittance.payee.id.as_ref().map(|it| it.value.as_str()).unwrap_or_default();
    let named = remittance.payee.references.iter().map(|it| it.value.as_str()).chain([payee]);
    if let Some(biller) = claims::biller(tx, practice).await? {
        let ours = [biller.npi.as_str(), biller.ein.as_str()];
        if !named.into_iter().any(|it| ours.contains(&it)) {
            reasons.push(words::other_payee(payee, &biller.npi));
        }
    }
    for it in &remittance.provider_adjustments {
        // Interest that a payer pays for being late is income. All else asks for a person.
        if it.reason != "L6" || 0 <= it.amount.0 {
            reasons.push(words::provider_adjustment(&it.reason, it.amount.0));
        }
    }
    Ok(reasons)
}

/// The payer: of the claims that it answers, else by the number that claims name it by.
async fn payer_of(
    tx: &mut Tx,
    remittance: &Remittance,
    plans: &[Plan],
) -> Result<Option<PayerCode>, ledger::Error> {
    let of_claim = plans.iter().find_map(|plan| match plan {
        Plan::Post(claim) | Plan::Undo(claim, _) => Some(claim.payer.clone()),
        Plan::Aside { .. } => None,
    });
    if of_claim.is_some() {
        return Ok(of_claim);
    }
    let party = &remittance.payer;
    let ids: Vec<&str> =
        party.id.iter().chain(&party.references).map(|it| it.value.as_str()).collect();
    let all = terms::payers(tx).await?;
    Ok(all.into_iter().find(|it| ids.contains(&it.x12_id.as_str())).map(|it| it.code))
}

/// Finds what is done about one answer. `answered` are claims that this file has answered so far.
async fn plan(
    tx: &mut Tx,
    practice: PracticeId,
    answer: &ClaimPayment,
    answered: &mut BTreeSet<ClaimId>,
) -> Result<Plan, ledger::Error> {
    let which = Which { number: Some(&answer.number), ..Which::default() };
    let Some(claim) = claims::claims(tx, practice, which).await?.pop() else {
        let why = words::no_claim(&answer.number);
        return Ok(Plan::Aside { kind: Kind::NoClaim, why, claim: None });
    };
    if answer.status == ClaimStatus::Reversal {
        return undoing(tx, practice, claim, answer, answered).await;
    }
    let standing = queries::standing_answer(tx, practice, claim.id).await?;
    let is_open = standing.is_none() || answered.contains(&claim.id);
    let aside = |kind, why| Ok(Plan::Aside { kind, why, claim: Some(claim.id) });
    if !is_open {
        return aside(Kind::Odd, words::answered_before(&claim.number));
    }
    let charge = charges::charges(tx, practice, Some(claim.charge)).await?.pop();
    let charged = charge.map_or(Cents::ZERO, |it| it.cents);
    if answer.charge.0 != charged.0 {
        return aside(Kind::Differs, words::charge_differs(answer.charge.0, charged.0));
    }
    let moves = moves(answer);
    let is_odd = moves.contract < 0
        || moves.open < 0
        || moves.earlier != 0
        || answer.paid.0 < 0
        || moves.shares.iter().any(|(_, cents)| *cents < 0);
    if is_odd {
        return aside(Kind::Odd, words::odd(&claim.number));
    }
    answered.remove(&claim.id);
    Ok(Plan::Post(claim))
}

/// A reversal takes back an earlier answer to the cent, or a person looks.
async fn undoing(
    tx: &mut Tx,
    practice: PracticeId,
    claim: Claim,
    answer: &ClaimPayment,
    answered: &mut BTreeSet<ClaimId>,
) -> Result<Plan, ledger::Error> {
    let aside = |why| Ok(Plan::Aside { kind: Kind::Odd, why, claim: Some(claim.id) });
    match queries::standing_answer(tx, practice, claim.id).await? {
        Some(earlier) if earlier.state != AnswerState::Paid => {
            aside(words::undoes_what_has_not_arrived(&claim.number))
        }
        Some(earlier)
            if earlier.paid.0 == -answer.paid.0 && earlier.charge.0 == -answer.charge.0 =>
        {
            answered.insert(claim.id);
            Ok(Plan::Undo(claim, earlier.id))
        }
        _ => aside(words::undoes_nothing(&claim.number)),
    }
}

async fn keep_held(
    tx: &mut Tx,
    practice: PracticeId,
    id: RemittanceId,
    remittance: &Remittance,
    reasons: Vec<String>,
) -> Result<(), ledger::Error> {
    for (place, answer) in (1_i32..).zip(remittance.claims()) {
        let new = queries::NewAnswer::of(tx, id, place, answer, AnswerState::Held);
        queries::insert_answer(tx, practice, &new).await?;
    }
    let new = New {
        kind: Kind::Held,
        why: reasons.join(" "),
        cents: Cents(remittance.payment.amount.0),
        about: About::remittance(id),
    };
    exception::raise(tx, practice, &new).await?;
    Ok(())
}

/// Where something is done.
pub struct Doing {
    pub practice: PracticeId,
    pub remittance: RemittanceId,
    pub file: Uuid,
    pub on: Date,
}

async fn act(
    tx: &mut Tx,
    doing: &Doing,
    place: i32,
    answer: &ClaimPayment,
    plan: Plan,
) -> Result<(), ledger::Error> {
    let practice = doing.practice;
    let state = match &plan {
        Plan::Aside { .. } => AnswerState::Unmatched,
        _ => AnswerState::Decided,
    };
    let mut new = queries::NewAnswer::of(tx, doing.remittance, place, answer, state);
    match plan {
        Plan::Post(claim) => {
            new.claim = Some(claim.id);
            queries::insert_answer(tx, practice, &new).await?;
            post(tx, doing, new.id, &claim, answer).await
        }
        Plan::Undo(claim, earlier) => {
            new.claim = Some(claim.id);
            new.undoes = Some(earlier);
            queries::insert_answer(tx, practice, &new).await?;
            undo(tx, doing, new.id, &claim, earlier).await
        }
        Plan::Aside { kind, why, claim } => {
            queries::insert_answer(tx, practice, &new).await?;
            let about = About { claim, answer: Some(new.id), ..About::default() };
            let raised = New { kind, why, cents: Cents(answer.paid.0), about };
            exception::raise(tx, practice, &raised).await?;
            Ok(())
        }
    }
}

/// Posts contract and client's share of an answer, and says what stays open.
pub async fn post(
    tx: &mut Tx,
    doing: &Doing,
    id: Uuid,
    claim: &Claim,
    answer: &ClaimPayment,
) -> Result<(), ledger::Error> {
    let practice = doing.practice;
    let moves = moves(answer);
    let charge = charges::charges(tx, practice, Some(claim.charge)).await?.pop();
    let client = charge.ok_or_else(|| queries::no_charge(claim))?.client;
    let payer = payer_ref(&claim.payer);
    let cause = Cause::new(CauseKind::Remittance, id);
    let known = ledger::charge_ref(claim.charge);
    if 0 < moves.contract {
        let cents = Cents(moves.contract);
        let event = Event::ContractualAdjustment { charge: known, payer, cents };
        ledger::post(tx, practice, &Fact::new(cause, doing.on, event)).await?;
    }
    let share: i64 = moves.shares.iter().map(|(_, cents)| cents).sum();
    if 0 < share {
        let cents = Cents(share);
        let client_ref = ledger::client_ref(client);
        let event =
            Event::PatientResponsibility { charge: known, payer, client: client_ref, cents };
        ledger::post(tx, practice, &Fact::new(cause, doing.on, event)).await?;
        for (reason, cents) in moves.shares.iter().filter(|(_, cents)| 0 < *cents) {
            let row = queries::Share { answer: id, reason, client, charge: claim.charge, cents };
            queries::insert_share(tx, practice, &row).await?;
        }
        ledger::apply_waiting(tx, practice, client, claim.charge, doing.on).await?;
    }
    if !answer.payer_number.is_empty() {
        claims::set_payer_number(tx, practice, claim.id, &answer.payer_number).await?;
    }
    let is_denied = answer.is_denied();
    let state = if is_denied { claim::State::Denied } else { claim::State::Paid };
    claims::set_state(tx, practice, claim.id, state).await?;
    exception::settle_by_itself(tx, practice, About::claim(claim.id)).await?;
    if 0 < moves.open {
        let kind = if is_denied { Kind::Denied } else { Kind::Open };
        let why = words::open(answer);
        let about = About { answer: Some(id), ..About::claim(claim.id) };
        let new = New { kind, why, cents: Cents(moves.open), about };
        exception::raise(tx, practice, &new).await?;
    }
    let says = words::decided(answer);
    exchange::queries::tell(tx, practice, claim.id, doing.file, &says).await?;
    Ok(())
}

/// Undoes contract and client's share of an earlier answer; its money goes back with the deposit.
async fn undo(
    tx: &mut Tx,
    doing: &Doing,
    id: Uuid,
    claim: &Claim,
    earlier: Uuid,
) -> Result<(), ledger::Error> {
    let practice = doing.practice;
    let cause = Cause::new(CauseKind::Remittance, id);
    let was = Cause::new(CauseKind::Remittance, earlier);
    for (entry, rule, _) in ledger::entry_of(tx, practice, was).await? {
        if !money_step::is_money(rule) {
            ledger::reverse(tx, practice, entry, cause, doing.on).await?;
        }
    }
    queries::undo_shares(tx, practice, earlier).await?;
    claims::set_state(tx, practice, claim.id, claim::State::Accepted).await?;
    let says = words::TAKEN_BACK;
    exchange::queries::tell(tx, practice, claim.id, doing.file, says).await?;
    Ok(())
}

/// Claims of ours that an answer without a claim could be about: the same day, code and charge, and
/// not answered yet.
pub(crate) async fn proposals(
    tx: &mut Tx,
    practice: PracticeId,
    answer: &Answer,
) -> Result<Vec<Claim>, ledger::Error> {
    let mut found = Vec::new();
    for id in queries::alike(tx, practice, answer).await? {
        found.extend(claims::claim(tx, practice, id).await?);
    }
    Ok(found)
}

/// Joins an answer that was put aside with a claim, as a person said.
pub(crate) async fn adopt(
    tx: &mut Tx,
    practice: PracticeId,
    answer: &Answer,
    claim: &Claim,
) -> Result<(), ledger::Error> {
    let Some(kept) = queries::remittance(tx, practice, answer.remittance).await? else {
        return Ok(());
    };
    let remittance = super::reread(tx, practice, &kept).await?;
    let at = usize::try_from(answer.place - 1).unwrap_or(0);
    let Some(said) = remittance.claims().nth(at) else { return Ok(()) };
    let on = day(tx, practice, &remittance).await?;
    let doing = Doing { practice, remittance: kept.id, file: kept.file, on };
    queries::join(tx, practice, answer.id, claim.id).await?;
    post(tx, &doing, answer.id, claim, said).await?;
    if kept.state == State::Posted {
        money_step::apply_waiting(tx, &doing, answer, claim).await?;
    }
    Ok(())
}
