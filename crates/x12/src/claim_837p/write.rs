//! Writing an 837P: levels are numbered and counted here, so that they cannot be wrong.

use crate::claim_837p::{
    BillingProvider, Claim, ClaimBatch, Dependent, Payer, Policy, PracticeClaims, Relation,
    Subscriber, rules, write_claim,
};
use crate::out::Out;
use crate::party::{Demographics, Id, Name};

/// Writes the segments between `ST` and `SE`.
pub(crate) fn body(batch: &ClaimBatch, out: &mut Out) {
    rules::batch(batch, out);
    let row = out.row("BHT").code("0019").code(if batch.is_reissue { "18" } else { "00" }).text(
        "BHT03 batch number",
        &batch.reference,
        1..=30,
    );
    match batch.created {
        Some(at) => row.moment(at).code(if batch.is_encounter { "RP" } else { "CH" }).end(),
        None => {
            row.end();
            out.fault("BHT04", "The date of the batch is missing.");
        }
    }
    let submitter = &batch.submitter;
    entity("41", "1000A", submitter.is_person, &submitter.name, Some(("46", &submitter.id)), out);
    submitter.contacts.iter().for_each(|it| out.contact("1000A", it));
    let receiver = Name::organization(&batch.receiver.name);
    entity("40", "1000B", false, &receiver, Some(("46", &batch.receiver.id)), out);
    let mut levels = 0;
    for practice in &batch.practices {
        self::practice(practice, &mut levels, out);
    }
}

/// `NM1` of a person or organization.
pub(super) fn entity(
    code: &str,
    of: &str,
    is_person: bool,
    name: &Name,
    id: Option<(&str, &str)>,
    out: &mut Out,
) {
    let kind = if is_person { "1" } else { "2" };
    let id = id.map(|(qualifier, value)| Id::new(qualifier, value));
    out.row("NM1").code(code).code(kind).name(of, name).id(&format!("{of} NM109"), &id).end();
}

/// `HL`; the number of the level.
fn level(
    levels: &mut usize,
    above: Option<usize>,
    code: &str,
    has_below: bool,
    out: &mut Out,
) -> usize {
    *levels += 1;
    let above = above.map(|it| it.to_string()).unwrap_or_default();
    let below = if has_below { "1" } else { "0" };
    out.row("HL").code(&levels.to_string()).code(&above).code(code).code(below).end();
    *levels
}

fn practice(practice: &PracticeClaims, levels: &mut usize, out: &mut Out) {
    let here = level(levels, None, "20", !practice.claims.is_empty(), out);
    billing(&practice.billing, out);
    let mut subscriber_level = 0;
    let mut previous: Option<&Claim> = None;
    for claim in &practice.claims {
        out.place = format!("claim {}", claim.number);
        let same_subscriber = previous.is_some_and(|it| shares_subscriber(it, claim));
        if !same_subscriber {
            subscriber_level = level(levels, Some(here), "22", claim.dependent.is_some(), out);
            subscriber(claim, out);
        }
        let same_client =
            same_subscriber && previous.is_some_and(|it| it.dependent == claim.dependent);
        if let Some(it) = claim.dependent.as_ref().filter(|_| !same_client) {
            level(levels, Some(subscriber_level), "23", false, out);
            dependent(it, out);
        }
        rules::claim(claim, &practice.billing, out);
        write_claim::claim(claim, out);
        previous = Some(claim);
    }
}

/// Whether two claims stand under one subscriber level.
fn shares_subscriber(one: &Claim, other: &Claim) -> bool {
    one.policy == other.policy
        && one.subscriber == other.subscriber
        && one.payer == other.payer
        && one.dependent.is_some() == other.dependent.is_some()
}

fn billing(billing: &BillingProvider, out: &mut Out) {
    if let Some(taxonomy) = &billing.taxonomy {
        out.row("PRV").code("BI").code("PXC").text("2000A PRV03", taxonomy, 10..=10).end();
    }
    let id = Some(("XX", billing.npi.as_str()));
    entity("85", "2010AA", billing.is_person, &billing.name, id, out);
    out.address("2010AA", &billing.address);
    out.reference("2010AA REF02 tax number", &billing.tax_id.qualifier, &billing.tax_id.value);
    if let Some(contact) = &billing.contact {
        out.contact("2010AA", contact);
    }
    if let Some(address) = &billing.pay_to {
        let kind = if billing.is_person { "1" } else { "2" };
        out.row("NM1").code("87").code(kind).end();
        out.address("2010AB", address);
    }
}

fn subscriber(claim: &Claim, out: &mut Out) {
    let relation = claim.dependent.is_none().then_some(Relation::Oneself);
    policy(&claim.policy, relation.as_ref(), out);
    holder("2010BA", &claim.subscriber, out);
    payer("2010BB", &claim.payer, out);
}

/// `SBR`.
pub(super) fn policy(policy: &Policy, relation: Option<&Relation>, out: &mut Out) {
    out.row("SBR")
        .text("SBR01", policy.turn.code(), 1..=1)
        .code(relation.map(Relation::code).unwrap_or_default())
        .opt("SBR03 group number", &policy.group_number, 1..=50)
        .opt("SBR04 group name", &policy.group_name, 1..=60)
        .opt("SBR05", &policy.medicare_second, 1..=3)
        .skip(3)
        .opt("SBR09 kind of plan", &policy.filing, 1..=2)
        .end();
}

/// The holder of a policy: name, member number, and what is known of address and birth.
pub(super) fn holder(of: &str, subscriber: &Subscriber, out: &mut Out) {
    let is_person = true;
    let id = subscriber.member_id.as_ref().map(|it| (it.qualifier.as_str(), it.value.as_str()));
    entity("IL", of, is_person, &subscriber.name, id, out);
    if let Some(address) = &subscriber.address {
        out.address(of, address);
    }
    if let Some(demographics) = &subscriber.demographics {
        birth(of, demographics, out);
    }
}

fn birth(of: &str, demographics: &Demographics, out: &mut Out) {
    out.row("DMG")
        .code("D8")
        .date(&format!("{of} DMG02 birth date"), demographics.born_on)
        .text(&format!("{of} DMG03 sex"), &demographics.sex, 1..=1)
        .end();
    let known = matches!(demographics.sex.as_str(), "F" | "M" | "U");
    out.require(known, &format!("{of} DMG03 sex"), "The sex on the policy is F, M or U.");
}

/// A payer with its id.
pub(super) fn payer(of: &str, payer: &Payer, out: &mut Out) {
    let name = Name::organization(&payer.name);
    let id = Some((payer.id.qualifier.as_str(), payer.id.value.as_str()));
    entity("PR", of, false, &name, id, out);
    if let Some(address) = &payer.address {
        out.address(of, address);
    }
}

fn dependent(dependent: &Dependent, out: &mut Out) {
    out.row("PAT").text("PAT01 relation", dependent.relation.code(), 2..=2).end();
    entity("QC", "2010CA", true, &dependent.name, None, out);
    out.address("2010CA", &dependent.address);
    birth("2010CA", &dependent.demographics, out);
}
