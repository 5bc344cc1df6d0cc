//! The payer stand-in of demo and tests. It knows an 837P file and nothing else of this house, and
//! answers as clearinghouse and payer would: 999, 277CA, and one 835 for each payer.
//!
//! 1. The same file has the same answers.
//! 2. What is asked is answered, claim by claim; what it rejects is in no 835.
//! 3. Its 835 balances at every level.

mod rules;

use jiff::civil::{Date, DateTime};
use x12::ack_277ca::{
    Acknowledgment277, ClaimAnswer, ProviderAnswer, Receiver, Source, Status, StatusCode,
};
use x12::ack_999::{Acknowledgment999, SetVerdict, Verdict};
use x12::claim_837p::{BillingProvider, Claim, ClaimBatch};
use x12::remittance_835::{ClaimGroup, ClaimPayment, PayParty, Payment, Remittance, Trace};
use x12::{
    Address, Cents, Contact, Entity, Envelope, Id, Informs, Milli, Outgoing, Party, Span, Usage,
};

/// What comes back for one file of claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The syntax check.
    pub ack_999: Vec<u8>,
    /// Which claims the payer received.
    pub ack_277ca: Vec<u8>,
    /// What each payer decided and pays.
    pub remittances: Vec<Paid>,
}

/// A payer's 835, with what its deposit will say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// The 835.
    pub bytes: Vec<u8>,
    /// How claims name the payer.
    pub payer_id: String,
    /// The number of the transfer.
    pub trace: String,
    /// How much will arrive, in cents; nothing where all was denied or is the client's.
    pub cents: i64,
}

/// Answers a file of claims; `paid_on` is the day on which the money moves.
///
/// # Errors
/// A sentence where the file is no 837P.
pub fn answer(claims: &[u8], at: DateTime, paid_on: Date) -> Result<Answers, String> {
    let file = x12::read(claims).map_err(|refused| refused.says)?;
    let interchange = file.interchanges.first().ok_or("The file holds no interchange.")?;
    let group = interchange.groups.first().ok_or("The file holds no group.")?;
    let set = group.sets.first().ok_or("The file holds no claims.")?;
    let batch = x12::claim_837p::read(set).map_err(|refused| refused.says)?.value;
    let control: u32 = group.control.parse().map_err(|_| "The group has no number.")?;
    let envelope = envelope(control, at, interchange.isa.usage.clone());

    let ack = syntax(&group.control, &set.control, &group.guide);
    let write = |what: Outgoing<'_>| {
        x12::write(&envelope, &[what]).map_err(|faults| format!("{:?}", faults.0))
    };
    let mut remittances = Vec::new();
    for (at, remittance) in decided(&batch, paid_on, control).into_iter().enumerate() {
        let number = control + u32::try_from(at).unwrap_or(0);
        let envelope = Envelope { control: number, ..envelope.clone() };
        let bytes = x12::write(&envelope, &[Outgoing::Remittance(&remittance)])
            .map_err(|faults| format!("{:?}", faults.0))?;
        let payer_id = remittance.payer.id.map(|it| it.value).unwrap_or_default();
        let cents = remittance.payment.amount.0;
        remittances.push(Paid { bytes, payer_id, trace: remittance.trace.number, cents });
    }
    Ok(Answers {
        ack_999: write(Outgoing::Acknowledgment999(&ack))?,
        ack_277ca: write(Outgoing::Acknowledgment277(&received(&batch, at)))?,
        remittances,
    })
}

fn envelope(control: u32, at: DateTime, usage: Usage) -> Envelope {
    Envelope {
        sender: Id::new("ZZ", "CLEARHOUSE"),
        receiver: Id::new("ZZ", "TRELLIS"),
        group_sender: "CLEARHOUSE".to_owned(),
        group_receiver: "TRELLIS".to_owned(),
        control,
        group_control: control,
        at,
        usage,
        wants_acknowledgment: false,
        line_ends: true,
    }
}

fn syntax(group: &str, set: &str, guide: &str) -> Acknowledgment999 {
    let guide = Some(guide.to_owned());
    Acknowledgment999 {
        functional_id: "HC".to_owned(),
        group_control: group.to_owned(),
        guide: guide.clone(),
        sets: vec![SetVerdict {
            id: "837".to_owned(),
            control: set.to_owned(),
            guide,
            segments: Vec::new(),
            verdict: Verdict::Accepted,
            errors: Vec::new(),
        }],
        verdict: Verdict::Accepted,
        counts: [1, 1, 1],
        errors: Vec::new(),
    }
}

/// An amount or a count under its qualifier.
fn informs<T>(qualifier: &str, value: T) -> Informs<T> {
    Informs { qualifier: qualifier.to_owned(), value }
}

/// The person whom a claim is about.
fn client(claim: &Claim) -> Party {
    let name = match &claim.dependent {
        Some(dependent) => dependent.name.clone(),
        None => claim.subscriber.name.clone(),
    };
    Party { entity: Entity::Person, name, id: claim.subscriber.member_id.clone() }
}

/// The payer's own number of a claim: made from ours, so that it is the same each time.
fn payer_number(claim: &Claim) -> String {
    format!("{}-{}", claim.payer.id.value, claim.number)
}

fn received(batch: &ClaimBatch, at: DateTime) -> Acknowledgment277 {
    let on = at.date();
    let providers = batch.practices.iter().map(|practice| ProviderAnswer {
        party: biller(&practice.billing),
        trace: Some("0".to_owned()),
        claims: practice.claims.iter().map(|claim| of_claim(claim, on)).collect(),
        ..ProviderAnswer::default()
    });
    let rejected: Vec<&Claim> = batch.claims().filter(|it| rules::rejects(it).is_some()).collect();
    let count = |number: usize| Milli::whole(u32::try_from(number).unwrap_or(u32::MAX));
    let all = batch.claims().count();
    let sum = |claims: &mut dyn Iterator<Item = &Claim>| -> Cents {
        claims.map(|claim| claim.charge).sum()
    };
    let rejected_cents = sum(&mut rejected.iter().copied());
    let accepted_cents = sum(&mut batch.claims()) - rejected_cents;
    let mut counts = vec![informs("90", count(all - rejected.len()))];
    let mut amounts = vec![informs("YU", accepted_cents)];
    if !rejected.is_empty() {
        counts.push(informs("AA", count(rejected.len())));
        amounts.push(informs("YY", rejected_cents));
    }
    let receiver = Receiver {
        party: Party {
            entity: Entity::Organization,
            name: batch.submitter.name.clone(),
            id: Some(Id::new("46", &batch.submitter.id)),
        },
        batch: batch.reference.clone(),
        statuses: vec![status("A1", "19", "PR", on, "WQ", sum(&mut batch.claims()))],
        counts,
        amounts,
        providers: providers.collect(),
    };
    let asked = batch.claims().next().map(|claim| claim.payer.clone()).unwrap_or_default();
    Acknowledgment277 {
        reference: batch.reference.clone(),
        created: Some(at),
        sources: vec![Source {
            role: "PR".to_owned(),
            party: Party {
                entity: Entity::Organization,
                name: x12::Name::organization(&asked.name),
                id: Some(Id::new("PI", &asked.id.value)),
            },
            trace: batch.reference.clone(),
            received_on: Some(on),
            processed_on: Some(on),
            receivers: vec![receiver],
        }],
    }
}

fn biller(billing: &BillingProvider) -> Party {
    Party {
        entity: Entity::Organization,
        name: billing.name.clone(),
        id: Some(Id::new("XX", &billing.npi)),
    }
}

fn status(
    category: &str,
    status: &str,
    entity: &str,
    on: Date,
    action: &str,
    amount: Cents,
) -> Status {
    Status {
        codes: vec![StatusCode {
            category: category.to_owned(),
            status: status.to_owned(),
            entity: Some(entity.to_owned()),
        }],
        effective_on: Some(on),
        action: Some(action.to_owned()),
        amount: Some(amount),
        text: None,
    }
}

fn of_claim(claim: &Claim, on: Date) -> ClaimAnswer {
    let said = match rules::rejects(claim) {
        Some((code, entity)) => status("A7", code, entity, on, "U", claim.charge),
        None => status("A2", "20", "PR", on, "WQ", claim.charge),
    };
    let known = rules::rejects(claim).is_none();
    ClaimAnswer {
        client: client(claim),
        number: claim.number.clone(),
        statuses: vec![said],
        references: known.then(|| Id::new("1K", &payer_number(claim))).into_iter().collect(),
        service: claim.lines.first().and_then(|line| line.service),
        lines: Vec::new(),
        span: Span::default(),
    }
}

/// What each payer decided about the claims that it received, and what it pays for all of them.
fn decided(batch: &ClaimBatch, paid_on: Date, control: u32) -> Vec<Remittance> {
    let mut payers: Vec<&x12::claim_837p::Payer> = Vec::new();
    for claim in batch.claims() {
        if !payers.iter().any(|it| it.id == claim.payer.id) {
            payers.push(&claim.payer);
        }
    }
    let billing = batch.practices.first().map(|it| &it.billing);
    let mut remittances = Vec::new();
    for (payer, billing) in payers.into_iter().zip(std::iter::repeat(billing)) {
        let claims: Vec<ClaimPayment> = batch
            .claims()
            .filter(|it| it.payer.id == payer.id && rules::rejects(it).is_none())
            .map(|it| rules::decide(it, client(it), &payer_number(it)))
            .collect();
        if let (Some(billing), false) = (billing, claims.is_empty()) {
            remittances.push(remittance(payer, billing, claims, (paid_on, control)));
        }
    }
    remittances
}

fn remittance(
    payer: &x12::claim_837p::Payer,
    billing: &BillingProvider,
    claims: Vec<ClaimPayment>,
    (paid_on, control): (Date, u32),
) -> Remittance {
    let amount: Cents = claims.iter().map(|it| it.paid).sum();
    let pays = Cents::ZERO < amount;
    // One number for a payer and a file, so that it is the same each time.
    let trace = format!("{}{control:06}", payer.id.value);
    let originator = "1990000001".to_owned();
    Remittance {
        payment: Payment {
            handling: if pays { "I" } else { "H" }.to_owned(),
            amount,
            direction: "C".to_owned(),
            method: if pays { "ACH" } else { "NON" }.to_owned(),
            format: pays.then(|| "CCP".to_owned()),
            originator: Some(originator.clone()),
            paid_on: Some(paid_on),
            ..Payment::default()
        },
        trace: Trace { number: trace, originator, supplement: None },
        produced_on: Some(paid_on),
        payer: PayParty {
            name: Some(payer.name.clone()),
            id: Some(Id::new("XV", &payer.id.value)),
            address: Some(Address {
                line: "1 STAR PLAZA".to_owned(),
                second_line: None,
                city: "AUSTIN".to_owned(),
                state: "TX".to_owned(),
                zip: "787010001".to_owned(),
            }),
            references: Vec::new(),
            contacts: vec![Contact {
                function: "BL".to_owned(),
                name: Some("EDI HELP".to_owned()),
                ways: vec![Id::new("TE", "8005550133")],
            }],
        },
        payee: PayParty {
            name: Some(billing.name.last.clone()),
            id: Some(Id::new("XX", &billing.npi)),
            references: vec![Id::new("TJ", &billing.tax_id.value)],
            ..PayParty::default()
        },
        groups: vec![ClaimGroup { number: "1".to_owned(), totals: None, claims }],
        ..Remittance::default()
    }
}
