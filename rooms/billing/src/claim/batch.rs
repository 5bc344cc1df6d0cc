//! From what the house knows to the 837P, by the guide: values in, values out.
//!
//! Letters are folded to what X12 may write; nothing else is changed, and what is missing is said.
//!
//! Source: X12 005010X222A1.

use intake::{Coverage, Identity, Relation as Relates};
use jiff::civil::DateTime;
use terms::Payer;
use x12::claim_837p::{
    Assignment, Benefits, BillingProvider, Claim, ClaimBatch, ClaimReferences, Clinician,
    Dependent, Line, Payer as AskedPayer, Policy, PracticeClaims, Receiver, Relation, Release,
    Submitter, Subscriber, Turn,
};
use x12::codes::Frequency;
use x12::{
    Address, Cents, Contact, Days, Demographics, Envelope, Id, Milli, Name, Procedure, Span, Usage,
    fold,
};

use crate::charge::Charge;
use crate::charge::queries::Named;
use crate::words;

/// How the operator is known to the clearinghouse: who submits never bills.
const SUBMITTER: (&str, &str) = ("TRELLIS SHARED SERVICES", "TRELLIS");
/// Whom to call about a file.
const DESK: (&str, &str) = ("CLAIMS DESK", "5125550100");
/// The clearinghouse.
const RECEIVER: (&str, &str) = ("CLEARHOUSE", "CLEARHOUSE");

/// Who bills: the practice, with its own numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Biller {
    /// NPI of the practice, ten digits.
    pub npi: String,
    /// Nine digits.
    pub ein: String,
    /// Street and number; no post office box.
    pub street: String,
    /// City.
    pub city: String,
    /// Two letters.
    pub state: String,
    /// Nine digits.
    pub zip: String,
    /// NUCC taxonomy code.
    pub taxonomy: Option<String>,
    /// Ten digits.
    pub phone: String,
}

/// Who sends, when, under which number.
pub struct Sender {
    pub control: u32,
    pub now: DateTime,
    pub usage: Usage,
}

impl Sender {
    /// The envelope of a file.
    pub fn envelope(&self) -> Envelope {
        Envelope {
            sender: Id::new("ZZ", SUBMITTER.1),
            receiver: Id::new("ZZ", RECEIVER.1),
            group_sender: SUBMITTER.1.to_owned(),
            group_receiver: RECEIVER.1.to_owned(),
            control: self.control,
            group_control: self.control,
            at: self.now,
            usage: self.usage.clone(),
            wants_acknowledgment: false,
            line_ends: true,
        }
    }
}

/// The practice as a batch names it.
pub struct Practice<'a> {
    pub legal_name: &'a str,
    pub biller: &'a Biller,
}

/// All that one claim says.
pub struct Facts {
    pub number: String,
    pub charge: Charge,
    pub diagnoses: Vec<String>,
    pub clinician: Named,
    pub payer: Payer,
    pub identity: Identity,
    pub coverage: Coverage,
}

fn folded(text: &str) -> String {
    fold(text).0
}

/// A file's one set.
pub fn batch(sender: &Sender, practice: &Practice<'_>, claims: Vec<Claim>) -> ClaimBatch {
    let Biller { npi, ein, street, city, state, zip, taxonomy, phone } = practice.biller;
    let address = Address {
        line: folded(street),
        second_line: None,
        city: folded(city),
        state: state.clone(),
        zip: zip.clone(),
    };
    ClaimBatch {
        reference: format!("TB{}", sender.control),
        is_reissue: false,
        created: Some(sender.now),
        is_encounter: false,
        submitter: Submitter {
            name: Name::organization(SUBMITTER.0),
            is_person: false,
            id: SUBMITTER.1.to_owned(),
            contacts: vec![Contact {
                function: "IC".to_owned(),
                name: Some(DESK.0.to_owned()),
                ways: vec![Id::new("TE", DESK.1)],
            }],
        },
        receiver: Receiver { name: RECEIVER.0.to_owned(), id: RECEIVER.1.to_owned() },
        practices: vec![PracticeClaims {
            billing: BillingProvider {
                name: Name::organization(&folded(practice.legal_name)),
                is_person: false,
                npi: npi.clone(),
                taxonomy: taxonomy.clone(),
                address,
                tax_id: Id::new("EI", ein),
                contact: Some(Contact {
                    function: "IC".to_owned(),
                    name: Some("BILLING".to_owned()),
                    ways: vec![Id::new("TE", phone)],
                }),
                pay_to: None,
            },
            claims,
        }],
    }
}

/// One claim, or the sentence about what is missing.
pub fn claim(facts: &Facts, biller: &Biller) -> Result<Claim, String> {
    let Facts { charge, identity, coverage, .. } = facts;
    let npi = facts.clinician.npi.clone();
    let npi = npi.ok_or_else(|| words::no_npi(&facts.clinician.name))?;
    if facts.diagnoses.is_empty() {
        return Err(words::NO_DIAGNOSIS.into());
    }
    let rendering = Clinician {
        name: name_of(&facts.clinician.name),
        npi,
        taxonomy: facts.clinician.taxonomy.clone(),
    };
    // Who bills is not named again: a sole practitioner under one NPI (X12 RFI 345).
    let rendering = Some(rendering).filter(|it| it.npi != biller.npi);
    let (subscriber, dependent) = people(identity, coverage);
    let cents = Cents(charge.cents.0);
    let pointers = (1..=facts.diagnoses.len().min(4)).collect();
    let modifiers: Vec<&str> = charge.modifiers.iter().map(String::as_str).collect();
    let line = Line {
        procedure: Procedure::new(&charge.cpt, &modifiers),
        charge: cents,
        units: Milli::whole(charge.units),
        place_of_service: None,
        pointers,
        is_emergency: false,
        service: Some(Days::one(charge.service_on)),
        prior_approval: None,
        number: Some(format!("{}-1", facts.number)),
        rendering: None,
        supervising: None,
        decisions: Vec::new(),
        span: Span::default(),
    };
    Ok(Claim {
        policy: Policy {
            turn: Turn::Primary,
            group_number: coverage.group_number.as_deref().map(folded),
            group_name: None,
            medicare_second: None,
            filing: Some("CI".to_owned()),
        },
        subscriber,
        dependent,
        payer: AskedPayer {
            name: folded(&facts.payer.name),
            id: Id::new("PI", &facts.payer.x12_id),
            address: None,
        },
        number: facts.number.clone(),
        charge: cents,
        place_of_service: charge.pos.clone(),
        frequency: Frequency::Original,
        is_signed_by_provider: true,
        assignment: Assignment::Assigned,
        benefits: Benefits::ToPractice,
        release: Release::Signed,
        is_signed_for_client: false,
        accident: None,
        delay_reason: None,
        onset_on: None,
        admitted_on: None,
        discharged_on: None,
        client_paid: None,
        references: ClaimReferences::default(),
        note: None,
        diagnoses: facts.diagnoses.clone(),
        referring: None,
        rendering,
        facility: None,
        supervising: None,
        other_payers: Vec::new(),
        lines: vec![line],
        span: Span::default(),
    })
}

/// A client who holds the policy is its subscriber; else the holder is, and the client depends.
fn people(identity: &Identity, coverage: &Coverage) -> (Subscriber, Option<Dependent>) {
    let name = Name::person(&folded(&identity.first_name), &folded(&identity.last_name));
    let address = Address {
        line: folded(&identity.street),
        second_line: None,
        city: folded(&identity.city),
        state: identity.state.clone(),
        zip: identity.zip.clone(),
    };
    let sex = identity.sex.clone().unwrap_or_else(|| "U".to_owned());
    let demographics = Demographics { born_on: Some(identity.born_on), sex };
    let member_id = Some(Id::new("MI", &folded(&coverage.member_id)));
    let relation = match coverage.relation {
        Relates::Own => None,
        Relates::Spouse => Some(Relation::Spouse),
        Relates::Child => Some(Relation::Child),
        Relates::Other => Some(Relation::Other),
    };
    match (relation, &coverage.holder) {
        (Some(relation), Some(holder)) => {
            let holder_name = Name::person(&folded(&holder.first_name), &folded(&holder.last_name));
            let subscriber =
                Subscriber { name: holder_name, member_id, address: None, demographics: None };
            (subscriber, Some(Dependent { relation, name, address, demographics }))
        }
        _ => {
            let subscriber = Subscriber {
                name,
                member_id,
                address: Some(address),
                demographics: Some(demographics),
            };
            (subscriber, None)
        }
    }
}

/// "Ada Reyes" as first and last name; one name alone is the last.
fn name_of(name: &str) -> Name {
    match name.rsplit_once(' ') {
        Some((first, last)) => Name::person(&folded(first), &folded(last)),
        None => Name { last: folded(name), ..Name::default() },
    }
}
