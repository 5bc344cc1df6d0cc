//! The professional claim (837P): what a practice asks of a payer.
//!
//! Reading and writing share one type. Reading forgives; writing does not: a batch that breaks
//! the guide is not written, and every fault is named at once.
//!
//! Invariants of what is written:
//! 1. One practice per set, which is an organization with its own NPI; the operator submits,
//!    it never bills.
//! 2. A claim charges what its lines charge, and a secondary claim accounts for every cent that
//!    an earlier payer paid or took off.
//! 3. Claims of one subscriber that stand beside each other share their level.
//!
//! Source: X12 005010X222A1.

mod read;
mod read_claim;
mod rules;
mod write;
mod write_claim;

use std::fmt;

use jiff::civil::{Date, DateTime};

use crate::adjustment::Adjustment;
use crate::amount::{Cents, Milli};
use crate::codes::{Frequency, codes};
use crate::finding::Span;
use crate::party::{Address, Contact, Days, Demographics, Id, Name, Procedure};

pub use read::read;
pub(crate) use write::body;

/// Claims in one set: a rejected set takes all of them with it.
pub const CLAIMS_MAX: usize = 100;

/// Lines of one claim (`LX`, loop 2400).
pub const LINES_MAX: usize = 50;

/// Diagnoses of one claim (`HI`).
pub const DIAGNOSES_MAX: usize = 12;

/// Other payers of one claim (loop 2320).
pub const OTHER_PAYERS_MAX: usize = 10;

/// Characters of our claim number: receivers need keep no more (`CLM01`, note of the guide).
pub const CLAIM_NUMBER_MAX: usize = 20;

/// One set of claims.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClaimBatch {
    /// `BHT03`: our number of the batch, ≤ 30 characters; comes back in the 277CA.
    pub reference: String,
    /// `BHT02`: sent again after it never arrived (`18`), or for the first time (`00`).
    pub is_reissue: bool,
    /// `BHT04`/`BHT05`.
    pub created: Option<DateTime>,
    /// `BHT06`: an encounter report (`RP`) rather than a charge (`CH`).
    pub is_encounter: bool,
    /// Loop 1000A.
    pub submitter: Submitter,
    /// Loop 1000B: name and id of the receiver.
    pub receiver: Receiver,
    /// Loop 2000A; exactly one where it is to be written.
    pub practices: Vec<PracticeClaims>,
}

/// Who sends the file: the operator (loop 1000A).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Submitter {
    /// `NM103`.
    pub name: Name,
    /// Whether it is a person (`NM102` = 1).
    pub is_person: bool,
    /// `NM109`, by which the receiver knows the submitter (qualifier `46`).
    pub id: String,
    /// `PER`, one or two.
    pub contacts: Vec<Contact>,
}

/// Who receives the file (loop 1000B).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receiver {
    /// `NM103`.
    pub name: String,
    /// `NM109` (qualifier `46`).
    pub id: String,
}

/// One practice and its claims (loop 2000A).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PracticeClaims {
    /// Loop 2010AA.
    pub billing: BillingProvider,
    /// In the order of the file.
    pub claims: Vec<Claim>,
}

/// Who bills: the practice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BillingProvider {
    /// `NM103`–`NM107`.
    pub name: Name,
    /// A sole practitioner who is not incorporated (`NM102` = 1).
    pub is_person: bool,
    /// `NM109`, ten digits with their check digit.
    pub npi: String,
    /// `PRV*BI`, ten characters, as `261QM0801X`.
    pub taxonomy: Option<String>,
    /// Street address with nine-digit ZIP; no post office box.
    pub address: Address,
    /// `REF*EI` or `REF*SY`: nine digits.
    pub tax_id: Id,
    /// `PER*IC`.
    pub contact: Option<Contact>,
    /// Loop 2010AB: where payments go, a post office box perhaps.
    pub pay_to: Option<Address>,
}

codes! {
    /// Whose turn a payer is (`SBR01`).
    Turn {
        /// First.
        Primary = "P",
        /// Second.
        Secondary = "S",
        /// Third.
        Tertiary = "T",
        /// Not known.
        Unknown = "U",
    }
}

codes! {
    /// What the client is to the subscriber (`PAT01`, `SBR02`).
    Relation {
        /// The same person (`SBR02` only).
        Oneself = "18",
        /// Spouse.
        Spouse = "01",
        /// Child.
        Child = "19",
        /// Employee.
        Employee = "20",
        /// Not known.
        Unknown = "21",
        /// Life partner.
        LifePartner = "53",
        /// Other.
        Other = "G8",
    }
}

/// The policy by which a payer is billed (`SBR`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// `SBR01`.
    pub turn: Turn,
    /// `SBR03`, ≤ 50.
    pub group_number: Option<String>,
    /// `SBR04`, only without a group number.
    pub group_name: Option<String>,
    /// `SBR05`: why Medicare comes second; only then.
    pub medicare_second: Option<String>,
    /// `SBR09`: kind of plan, as `CI` commercial, `MB` Medicare B, `MC` Medicaid.
    pub filing: Option<String>,
}

/// Whose policy it is (loop 2010BA).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subscriber {
    /// As on the card.
    pub name: Name,
    /// `NM109`, as on the card; qualifier `MI`.
    pub member_id: Option<Id>,
    /// Required where the subscriber is the client.
    pub address: Option<Address>,
    /// Required where the subscriber is the client.
    pub demographics: Option<Demographics>,
}

/// The client, where another than the subscriber (loops 2000C and 2010CA).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    /// `PAT01`.
    pub relation: Relation,
    /// Name.
    pub name: Name,
    /// Address.
    pub address: Address,
    /// Birth date and sex.
    pub demographics: Demographics,
}

/// Who is asked to pay (loop 2010BB), or another payer (loop 2330B).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Payer {
    /// `NM103`.
    pub name: String,
    /// `NM108`/`NM109`: `PI` and the payer id.
    pub id: Id,
    /// Seldom wanted.
    pub address: Option<Address>,
}

/// A clinician named on a claim or line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clinician {
    /// Name.
    pub name: Name,
    /// `NM109`.
    pub npi: String,
    /// `PRV*PE`, of the rendering clinician.
    pub taxonomy: Option<String>,
}

/// Where the service took place (loop 2310C), if not at the practice's address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facility {
    /// `NM103`.
    pub name: String,
    /// `NM109`.
    pub npi: Option<String>,
    /// `N3`, `N4`.
    pub address: Address,
}

codes! {
    /// Whether the practice takes the payer's amount as payment (`CLM07`).
    Assignment {
        /// It does.
        Assigned = "A",
        /// For laboratory work only.
        LaboratoryOnly = "B",
        /// It does not.
        NotAssigned = "C",
    }
}

codes! {
    /// Whether the payer pays the practice (`CLM08`).
    Benefits {
        /// The practice.
        ToPractice = "Y",
        /// The client.
        ToClient = "N",
        /// The client declined to say.
        NotApplicable = "W",
    }
}

codes! {
    /// Leave to release what the claim needs (`CLM09`).
    Release {
        /// Signed.
        Signed = "Y",
        /// Informed consent as the law allows.
        Informed = "I",
    }
}

/// One claim (loop 2300, with the levels above it).
///
/// Its `Debug` says which claim it is and what it charges: diagnoses and notes are nobody's log.
#[derive(Clone, PartialEq, Eq)]
pub struct Claim {
    /// `SBR`.
    pub policy: Policy,
    /// Loop 2010BA.
    pub subscriber: Subscriber,
    /// Loop 2000C; `None` where the client is the subscriber.
    pub dependent: Option<Dependent>,
    /// Loop 2010BB.
    pub payer: Payer,
    /// `CLM01`: our number, ≤ [`CLAIM_NUMBER_MAX`], never used again.
    pub number: String,
    /// `CLM02`: Σ of the lines.
    pub charge: Cents,
    /// `CLM05-1`: `11` office, `10` by video at home.
    pub place_of_service: String,
    /// `CLM05-3`.
    pub frequency: Frequency,
    /// `CLM06`.
    pub is_signed_by_provider: bool,
    /// `CLM07`.
    pub assignment: Assignment,
    /// `CLM08`.
    pub benefits: Benefits,
    /// `CLM09`.
    pub release: Release,
    /// `CLM10` = `P`: the practice signed for an absent client.
    pub is_signed_for_client: bool,
    /// `CLM11` and `DTP*439`.
    pub accident: Option<Accident>,
    /// `CLM20`: why it is late.
    pub delay_reason: Option<String>,
    /// `DTP*431`: onset of the illness.
    pub onset_on: Option<Date>,
    /// `DTP*435`.
    pub admitted_on: Option<Date>,
    /// `DTP*096`.
    pub discharged_on: Option<Date>,
    /// `AMT*F5`: what the client paid on this claim; by payer rule only.
    pub client_paid: Option<Cents>,
    /// `REF`: numbers by which others know the claim.
    pub references: ClaimReferences,
    /// `NTE*ADD`, ≤ 80 characters.
    pub note: Option<String>,
    /// `HI`: ICD-10-CM without dots, the reason for the visit first.
    pub diagnoses: Vec<String>,
    /// Loop 2310A.
    pub referring: Option<Clinician>,
    /// Loop 2310B; `None` where the billing person renders.
    pub rendering: Option<Clinician>,
    /// Loop 2310C.
    pub facility: Option<Facility>,
    /// Loop 2310D.
    pub supervising: Option<Clinician>,
    /// Loop 2320.
    pub other_payers: Vec<OtherPayer>,
    /// Loop 2400.
    pub lines: Vec<Line>,
    /// The bytes of its `CLM`.
    pub span: Span,
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Claim({}, {}, {} lines)", self.number, self.charge, self.lines.len())
    }
}

/// Numbers by which others know a claim (`REF` of loop 2300).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClaimReferences {
    /// `REF*9F`.
    pub referral: Option<String>,
    /// `REF*G1`, where one covers all lines.
    pub prior_approval: Option<String>,
    /// `REF*F8`: the payer's number of the claim that is replaced or voided.
    pub payer_claim: Option<String>,
    /// `REF*D9`: for clearinghouses, which may overwrite it.
    pub trace: Option<String>,
    /// `REF*EA`.
    pub chart: Option<String>,
}

/// The accident that a claim is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accident {
    /// `CLM11-1`: `AA` auto, `EM` at work, `OA` other.
    pub cause: String,
    /// `CLM11-4`, of an auto accident.
    pub state: Option<String>,
    /// `DTP*439`.
    pub on: Option<Date>,
}

/// A payer besides the one addressed, and what it decided (loop 2320).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPayer {
    /// `SBR`.
    pub policy: Policy,
    /// `SBR02`: what the client is to that policy's holder.
    pub relation: Relation,
    /// `CAS` that were at the claim, not at its lines.
    pub adjustments: Vec<Adjustment>,
    /// `AMT*D`: what it paid; zero is sent once it has decided.
    pub paid: Option<Cents>,
    /// `AMT*A8`: not covered, and therefore not billed.
    pub not_covered: Option<Cents>,
    /// `AMT*EAF`: what the client still owes.
    pub remaining: Option<Cents>,
    /// `OI03`.
    pub benefits: Benefits,
    /// `OI06`.
    pub release: Release,
    /// `MOA03`–`MOA07`.
    pub remarks: Vec<String>,
    /// Loop 2330A.
    pub subscriber: Subscriber,
    /// Loop 2330B.
    pub payer: Payer,
    /// `DTP*573` of loop 2330B, where it decided at the claim.
    pub decided_on: Option<Date>,
    /// `REF*F8`: its number of the claim.
    pub payer_claim: Option<String>,
}

/// One service line (loop 2400).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `SV101`.
    pub procedure: Procedure,
    /// `SV102`.
    pub charge: Cents,
    /// `SV104`, in units (`UN`).
    pub units: Milli,
    /// `SV105`, only where it differs from the claim's.
    pub place_of_service: Option<String>,
    /// `SV107`: positions in the claim's diagnoses, from 1, at most four.
    pub pointers: Vec<usize>,
    /// `SV109`.
    pub is_emergency: bool,
    /// `DTP*472`.
    pub service: Option<Days>,
    /// `REF*G1` of this line.
    pub prior_approval: Option<String>,
    /// `REF*6R`: our line number, ≤ 30; comes back in the 835.
    pub number: Option<String>,
    /// Loop 2420A, where another than the claim's.
    pub rendering: Option<Clinician>,
    /// Loop 2420D, where another than the claim's.
    pub supervising: Option<Clinician>,
    /// Loop 2430.
    pub decisions: Vec<LineDecision>,
    /// The bytes of its `SV1`.
    pub span: Span,
}

/// What another payer decided about a line (loop 2430).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineDecision {
    /// `SVD01`: the payer id of its loop 2330B.
    pub payer_id: String,
    /// `SVD02`.
    pub paid: Cents,
    /// `SVD03`.
    pub procedure: Procedure,
    /// `SVD05`.
    pub units: Milli,
    /// `SVD06`: the line into which it was bundled.
    pub bundled_into: Option<String>,
    /// `CAS`.
    pub adjustments: Vec<Adjustment>,
    /// `DTP*573`.
    pub decided_on: Option<Date>,
    /// `AMT*EAF`.
    pub remaining: Option<Cents>,
}

impl LineDecision {
    /// What a line of an 835 says, in the shape in which the next payer wants it.
    pub fn of(
        payer_id: &str,
        line: &crate::remittance_835::LinePayment,
        decided_on: Option<Date>,
    ) -> LineDecision {
        LineDecision {
            payer_id: payer_id.to_owned(),
            paid: line.paid,
            procedure: line.procedure.clone(),
            units: line.units_paid.unwrap_or(Milli::ONE),
            bundled_into: None,
            adjustments: line.adjustments.clone(),
            decided_on,
            remaining: None,
        }
    }
}

impl ClaimBatch {
    /// All claims, in the order of the file.
    pub fn claims(&self) -> impl Iterator<Item = &Claim> {
        self.practices.iter().flat_map(|it| &it.claims)
    }
}
