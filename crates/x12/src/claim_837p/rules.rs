//! What keeps a batch from being written. Each rule names its field and says what is expected.
//!
//! These are rules of the guide and of arithmetic. Rules of payers (modifiers by place, windows,
//! who may render) are data of the practice and are asked before a claim gets here.

use std::collections::BTreeSet;

use jiff::civil::date;

use crate::adjustment::total;
use crate::amount::{Cents, Milli};
use crate::claim_837p::{
    BillingProvider, CLAIM_NUMBER_MAX, CLAIMS_MAX, Claim, ClaimBatch, Clinician, DIAGNOSES_MAX,
    LINES_MAX, Line, OTHER_PAYERS_MAX, OtherPayer,
};
use crate::codes::Frequency;
use crate::out::Out;
use crate::party::{Address, is_npi};

/// First day on which ICD-10-CM is the code set (45 CFR 162.1002(c)).
const ICD_10: jiff::civil::Date = date(2015, 10, 1);

/// The batch as a whole, and who bills.
pub(super) fn batch(batch: &ClaimBatch, out: &mut Out) {
    let claims = batch.claims().count();
    out.require(batch.practices.len() == 1, "2000A", "A set holds the claims of one practice.");
    out.require(claims > 0, "2300", "A set holds at least one claim.");
    out.require(claims <= CLAIMS_MAX, "2300", "A set holds at most 100 claims.");
    let contacts = batch.submitter.contacts.len();
    out.require((1..=2).contains(&contacts), "1000A PER", "A submitter has one or two contacts.");
    let mut numbers = BTreeSet::new();
    for claim in batch.claims() {
        let first = numbers.insert(claim.number.as_str());
        out.require(first, "CLM01", "A claim number stands twice in the batch.");
    }
    for practice in &batch.practices {
        billing(&practice.billing, out);
        let operator = practice.billing.name == batch.submitter.name
            && practice.billing.npi == batch.submitter.id;
        out.require(!operator, "2010AA", "The practice bills, not who submits for it.");
    }
}

fn billing(billing: &BillingProvider, out: &mut Out) {
    out.require(is_npi(&billing.npi), "2010AA NM109", "The NPI of the practice is not one.");
    let tax = &billing.tax_id;
    let kind = matches!(tax.qualifier.as_str(), "EI" | "SY");
    out.require(kind, "2010AA REF01", "The tax number is an EIN (EI) or SSN (SY).");
    let digits = tax.value.len() == 9 && all_digits(&tax.value);
    out.require(digits, "2010AA REF02", "The tax number has nine digits.");
    let Address { line, zip, .. } = &billing.address;
    let is_box = ["PO BOX", "P.O. BOX", "P O BOX", "POST OFFICE BOX", "LOCK BOX", "LOCKBOX"]
        .iter()
        .any(|it| line.contains(it));
    out.require(!is_box, "2010AA N301", "A practice bills from a street address, not a box.");
    let nine = zip.len() == 9 && all_digits(zip);
    out.require(nine, "2010AA N403", "The ZIP code of the practice has nine digits.");
    taxonomy("2010AA PRV03", billing.taxonomy.as_deref(), out);
}

fn taxonomy(field: &str, taxonomy: Option<&str>, out: &mut Out) {
    let right = taxonomy.is_none_or(|it| {
        it.len() == 10 && it.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
    });
    out.require(right, field, "A taxonomy code has ten letters and digits.");
}

/// One claim.
pub(super) fn claim(claim: &Claim, billing: &BillingProvider, out: &mut Out) {
    number(claim, out);
    people(claim, out);
    diagnoses(claim, out);
    let lines: Cents = claim.lines.iter().map(|it| it.charge).sum();
    let says = format!("The claim charges {}, its lines {lines}.", claim.charge);
    out.require(claim.charge == lines, "CLM02", &says);
    out.require(claim.charge > Cents::ZERO, "CLM02", "A claim charges more than nothing.");
    let count = claim.lines.len();
    out.require((1..=LINES_MAX).contains(&count), "2400", "A claim has 1 to 50 lines.");
    let place = claim.place_of_service.len() == 2 && all_digits(&claim.place_of_service);
    out.require(place, "CLM05-1", "A place of service has two digits.");
    let inpatient = matches!(claim.place_of_service.as_str(), "21" | "51" | "61");
    let admitted = claim.facility.is_some() && claim.admitted_on.is_some();
    let says = "In-patient work names the facility and the day of admission.";
    out.require(!inpatient || admitted, "DTP*435", says);
    if let Some(accident) = &claim.accident {
        out.require(accident.on.is_some(), "DTP*439", "An accident has a date.");
        let state = accident.cause != "AA" || accident.state.is_some();
        out.require(state, "CLM11-4", "An auto accident names its state.");
    }
    for clinician in [&claim.referring, &claim.rendering, &claim.supervising].into_iter().flatten()
    {
        self::clinician(clinician, out);
    }
    let same = claim.rendering.as_ref().is_some_and(|it| it.npi == billing.npi);
    out.require(!same, "2310B", "Who bills is not named again as rendering.");
    let says = "A practice names the clinician who rendered.";
    let by_line = claim.lines.iter().all(|it| it.rendering.is_some());
    let rendered = billing.is_person || claim.rendering.is_some() || by_line;
    out.require(rendered, "2310B", says);
    others(claim, out);
}

fn number(claim: &Claim, out: &mut Out) {
    let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
    let fits = (1..=CLAIM_NUMBER_MAX).contains(&claim.number.len());
    let says = "A claim number has at most 20 letters, digits and dashes.";
    out.require(fits && claim.number.bytes().all(plain), "CLM01", says);
    let refers = claim.references.payer_claim.is_some();
    match claim.frequency {
        Frequency::Original => {
            let says = "An original claim names no earlier one of the payer (REF*F8).";
            out.require(!refers, "CLM05-3", says);
        }
        Frequency::Replacement | Frequency::Void => {
            let says = "A replacement or void names the payer's number of the claim (REF*F8).";
            out.require(refers, "REF*F8", says);
        }
        Frequency::Unlisted(_) => {
            out.fault("CLM05-3", "A claim is original (1), replacement (7) or void (8).");
        }
    }
}

fn people(claim: &Claim, out: &mut Out) {
    let subscriber = &claim.subscriber;
    let own = claim.dependent.is_none();
    let has = |it: bool| !own || it;
    let address = subscriber.address.is_some();
    out.require(has(address), "2010BA N3", "A subscriber who is the client has an address.");
    let born = subscriber.demographics.as_ref().and_then(|it| it.born_on);
    out.require(has(born.is_some()), "2010BA DMG02", "A client has a birth date.");
    out.require(subscriber.member_id.is_some(), "2010BA NM109", "The member number is missing.");
    let born = match &claim.dependent {
        Some(dependent) => {
            let self_ = dependent.relation == crate::claim_837p::Relation::Oneself;
            let says = "A client who is the subscriber stands in the subscriber's loop alone.";
            out.require(!self_, "PAT01", says);
            let born = dependent.demographics.born_on;
            out.require(born.is_some(), "2010CA DMG02", "A client has a birth date.");
            born
        }
        None => born,
    };
    for line in &claim.lines {
        let after = line.service.zip(born).is_none_or(|(days, born)| born <= days.first);
        out.require(after, "DTP*472", "A service is not before the client's birth.");
    }
    let both = claim.policy.group_number.is_some() && claim.policy.group_name.is_some();
    out.require(!both, "SBR04", "A group has a number or a name, not both.");
    medicare(claim, out);
}

/// `SBR05` says why Medicare is not first, and says it only of Medicare.
fn medicare(claim: &Claim, out: &mut Out) {
    let policies =
        std::iter::once(&claim.policy).chain(claim.other_payers.iter().map(|it| &it.policy));
    for policy in policies {
        let is_medicare = matches!(policy.filing.as_deref(), Some("MB" | "MA" | "16"));
        let is_first = policy.turn == crate::claim_837p::Turn::Primary;
        let fits = policy.medicare_second.is_none() || is_medicare && !is_first;
        out.require(fits, "SBR05", "Only a policy of Medicare that is not first has this code.");
    }
}

fn diagnoses(claim: &Claim, out: &mut Out) {
    let codes = &claim.diagnoses;
    let fits = (1..=DIAGNOSES_MAX).contains(&codes.len());
    out.require(fits, "HI", "A claim has 1 to 12 diagnoses.");
    let distinct: BTreeSet<_> = codes.iter().collect();
    out.require(distinct.len() == codes.len(), "HI", "A diagnosis stands once.");
    for code in codes {
        let bytes = code.as_bytes();
        let shape = (3..=7).contains(&bytes.len())
            && bytes[0].is_ascii_uppercase()
            && bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let says = format!("{code:?} is no ICD-10-CM code: a letter, then digits, no dot.");
        out.require(shape, "HI", &says);
    }
    let days = claim.lines.iter().filter_map(|it| it.service);
    let modern = days.min().is_none_or(|it| it.first >= ICD_10);
    out.require(modern, "HI", "ICD-10-CM is for services since October 1, 2015.");
}

fn clinician(clinician: &Clinician, out: &mut Out) {
    let says = format!("{:?} is no NPI: its check digit does not fit.", clinician.npi);
    out.require(is_npi(&clinician.npi), "NM109", &says);
    taxonomy("PRV03", clinician.taxonomy.as_deref(), out);
}

/// One line.
pub(super) fn line(line: &Line, claim: &Claim, out: &mut Out) {
    out.require(line.charge >= Cents::ZERO, "SV102", "A line charges nothing or more.");
    let units = line.units > Milli(0) && line.units <= Milli(99_999_999_999);
    out.require(units, "SV104", "A line has more than no units, with at most eight digits.");
    out.require(line.service.is_some(), "DTP*472", "A line has its date.");
    let modifiers = &line.procedure.modifiers;
    let distinct: BTreeSet<_> = modifiers.iter().collect();
    out.require(distinct.len() == modifiers.len(), "SV101", "A modifier stands once.");
    let has = |it: &str| modifiers.iter().any(|modifier| modifier == it);
    let contradict = has("93") && (has("95") || has("GT"));
    out.require(!contradict, "SV101", "A visit is by video (95, GT) or by sound alone (93).");
    let pointers = &line.pointers;
    out.require((1..=4).contains(&pointers.len()), "SV107", "A line points at 1 to 4 diagnoses.");
    let distinct: BTreeSet<_> = pointers.iter().collect();
    out.require(distinct.len() == pointers.len(), "SV107", "A pointer stands once.");
    let exist = pointers.iter().all(|it| (1..=claim.diagnoses.len()).contains(it));
    out.require(exist, "SV107", "A pointer points at a diagnosis of the claim.");
    let same =
        line.prior_approval.is_some() && line.prior_approval == claim.references.prior_approval;
    out.require(!same, "REF*G1", "A prior approval stands at the claim or at the line, not both.");
    let differs = line.place_of_service.as_ref() != Some(&claim.place_of_service);
    out.require(differs, "SV105", "A line repeats no place of service of its claim.");
    for clinician in [&line.rendering, &line.supervising].into_iter().flatten() {
        self::clinician(clinician, out);
    }
    for decision in &line.decisions {
        let worked_out = decision.paid + total(&decision.adjustments);
        let says = format!(
            "The line charges {}, but payer {} paid and took off {worked_out}.",
            line.charge, decision.payer_id
        );
        out.require(line.charge == worked_out, "SVD02", &says);
        out.require(decision.decided_on.is_some(), "DTP*573", "A decision has its date.");
        let known = claim.other_payers.iter().any(|it| it.payer.id.value == decision.payer_id);
        out.require(known, "SVD01", "A decision is by one of the claim's other payers.");
    }
}

/// Other payers: each once, none of them the one addressed, each balanced.
fn others(claim: &Claim, out: &mut Out) {
    let others = &claim.other_payers;
    out.require(others.len() <= OTHER_PAYERS_MAX, "2320", "A claim has at most 10 other payers.");
    let mut turns = BTreeSet::from([claim.policy.turn.code()]);
    let mut payers = BTreeSet::from([claim.payer.id.value.as_str()]);
    for other in others {
        let says = "Each payer has a turn of its own.";
        out.require(turns.insert(other.policy.turn.code()), "SBR01", says);
        let says = "A payer stands once on a claim.";
        out.require(payers.insert(&other.payer.id.value), "2330B NM109", says);
        balanced(claim, other, out);
    }
}

/// Source: X12 005010X222A1 §1.4.4.2 (balancing of coordination of benefits).
fn balanced(claim: &Claim, other: &OtherPayer, out: &mut Out) {
    let Some(paid) = other.paid else { return };
    let id = &other.payer.id.value;
    let decisions = claim.lines.iter().flat_map(|it| &it.decisions);
    let decisions: Vec<_> = decisions.filter(|it| it.payer_id == *id).collect();
    let at_lines: Cents = decisions.iter().map(|it| total(&it.adjustments)).sum();
    let at_claim = total(&other.adjustments);
    let worked_out = paid + at_claim + at_lines;
    let says = format!(
        "The claim charges {}, but payer {id} paid and took off {worked_out}.",
        claim.charge
    );
    out.require(worked_out == claim.charge, "AMT*D", &says);
    let by_lines = decisions.iter().map(|it| it.paid).sum::<Cents>() - at_claim;
    let says = format!("Payer {id} paid {paid}, but by its lines {by_lines}.");
    out.require(decisions.is_empty() || by_lines == paid, "AMT*D", &says);
    let twice = other.decided_on.is_some() && !decisions.is_empty();
    out.require(!twice, "DTP*573", "The date of a decision stands at the claim or at the lines.");
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}
