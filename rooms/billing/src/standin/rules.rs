//! What the stand-in allows, leaves to the client, denies and rejects: rules that can be told in a
//! sentence each, so that a demo's figures can be worked out by hand.

use x12::claim_837p::Claim;
use x12::codes::{Frequency, Group};
use x12::remittance_835::{ClaimPayment, ClaimPeople, ClaimStatus, LinePayment};
use x12::{Adjustment, Cents, Id, Informs, Party, Span};

/// What the contract allows for a code, in cents; for all others, 70 % of the charge.
const ALLOWED: [(&str, i64); 4] =
    [("90791", 16_530), ("90832", 7_742), ("90834", 10_280), ("90837", 15_105)];
/// What a client pays of a visit whose plan has a copay.
const COPAY: i64 = 2_500;
/// What a client pays of a visit, at most, whose plan's deductible is open.
const DEDUCTIBLE: i64 = 10_000;

/// Why a claim is not even received: status and whom it is about. A member number that ends in `X`
/// is nobody's.
pub fn rejects(claim: &Claim) -> Option<(&'static str, &'static str)> {
    let member = claim.subscriber.member_id.as_ref().map(|it| it.value.as_str());
    member.is_none_or(|it| it.ends_with('X')).then_some(("164", "IL"))
}

/// Whether a claim is denied: a principal diagnosis of chapter Z is a reason for a visit and no
/// illness, which the plan does not cover.
fn denies(claim: &Claim) -> bool {
    claim.diagnoses.first().is_some_and(|code| code.starts_with('Z'))
}

/// Decides a claim, line by line.
pub fn decide(claim: &Claim, client: Party, payer_number: &str) -> ClaimPayment {
    let lines: Vec<LinePayment> = claim
        .lines
        .iter()
        .map(|line| {
            let adjustments = match denies(claim) {
                true => vec![Adjustment::new(Group::Contract, "167", line.charge)],
                false => allowed(claim, &line.procedure.code, line.charge),
            };
            let paid = line.charge - x12::total(&adjustments);
            let share = x12::client_share(&adjustments);
            LinePayment {
                procedure: line.procedure.clone(),
                charge: line.charge,
                paid,
                revenue: None,
                units_paid: Some(line.units),
                billed: None,
                units_billed: None,
                service: line.service,
                adjustments,
                references: line.number.iter().map(|it| Id::new("6R", it)).collect(),
                amounts: vec![Informs { qualifier: "B6".to_owned(), value: paid + share }],
                quantities: Vec::new(),
                remarks: Vec::new(),
                span: Span::default(),
            }
        })
        .collect();
    let share = lines.iter().map(|it| x12::client_share(&it.adjustments)).sum();
    ClaimPayment {
        number: claim.number.clone(),
        status: if denies(claim) { ClaimStatus::Denied } else { ClaimStatus::Primary },
        charge: claim.charge,
        paid: lines.iter().map(|it| it.paid).sum(),
        client_share: Some(share),
        filing: "12".to_owned(),
        payer_number: payer_number.to_owned(),
        facility: Some(claim.place_of_service.clone()),
        frequency: Some(Frequency::Original),
        adjustments: Vec::new(),
        people: ClaimPeople { client: Some(client), ..ClaimPeople::default() },
        outpatient: None,
        references: Vec::new(),
        dates: Vec::new(),
        contacts: Vec::new(),
        amounts: Vec::new(),
        quantities: Vec::new(),
        lines,
        span: Span::default(),
    }
}

/// The contract takes off what is above its rate; of the rest, a member number that ends in an odd
/// digit has a deductible open, all others a copay.
fn allowed(claim: &Claim, code: &str, charge: Cents) -> Vec<Adjustment> {
    let listed = ALLOWED.iter().find(|(known, _)| *known == code).map(|(_, cents)| *cents);
    let rate = listed.unwrap_or(charge.0 * 7 / 10).min(charge.0);
    let member = claim.subscriber.member_id.as_ref().map(|it| it.value.as_str());
    let last = member.and_then(|it| it.bytes().last()).unwrap_or(b'0');
    let (reason, most) =
        if last.is_ascii_digit() && last % 2 == 1 { ("1", DEDUCTIBLE) } else { ("3", COPAY) };
    let share = most.min(rate);
    let mut adjustments = Vec::new();
    if rate < charge.0 {
        adjustments.push(Adjustment::new(Group::Contract, "45", Cents(charge.0 - rate)));
    }
    if 0 < share {
        adjustments.push(Adjustment::new(Group::Client, reason, Cents(share)));
    }
    adjustments
}
