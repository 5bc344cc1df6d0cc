//! The payment (835): what a payer says about money, claim by claim and line by line.
//!
//! Invariants:
//! 1. Amounts are exact cents, as sent; information amounts (`AMT`) never enter a balance.
//! 2. What does not balance is told level by level ([`Remittance::balance`]), never evened out.
//! 3. [`standing`] says whether anything keeps a payment from posting by itself.
//!
//! Source: X12 005010X221A1.

mod balance;
mod read;
mod write;

use jiff::civil::Date;

use crate::adjustment::Adjustment;
use crate::amount::{Cents, Milli};
use crate::codes::{Frequency, codes};
use crate::finding::Span;
use crate::party::{Address, Contact, Dated, Days, Id, Informs, Party, Procedure, Quantity};

pub use balance::{Balance, Imbalance, Scale, Standing, standing};
pub use read::read;
pub(crate) use write::body;

codes! {
    /// How a claim was handled (`CLP02`).
    ///
    /// Not a test for denial, which many payers send as `1` with nothing paid: see
    /// [`ClaimPayment::is_denied`].
    ClaimStatus {
        /// As primary.
        Primary = "1",
        /// As secondary.
        Secondary = "2",
        /// As tertiary.
        Tertiary = "3",
        /// Denied.
        Denied = "4",
        /// As primary, then forwarded.
        PrimaryForwarded = "19",
        /// As secondary, then forwarded.
        SecondaryForwarded = "20",
        /// As tertiary, then forwarded.
        TertiaryForwarded = "21",
        /// An earlier payment taken back: every amount is negated.
        Reversal = "22",
        /// Not this payer's claim, forwarded.
        NotOurs = "23",
        /// A forecast: never posts.
        Predetermination = "25",
    }
}

/// One 835: one check or transfer, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remittance {
    /// `BPR`.
    pub payment: Payment,
    /// `TRN`: joins the bank's record of the deposit.
    pub trace: Trace,
    /// `REF*EV`: whom the payer sent it to.
    pub receiver: Option<String>,
    /// `REF*F2`: version of the payer's system.
    pub version: Option<String>,
    /// `DTM*405`: up to when claims were adjudicated.
    pub produced_on: Option<Date>,
    /// Loop 1000A.
    pub payer: PayParty,
    /// Loop 1000B.
    pub payee: PayParty,
    /// Loop 2000; a remittance may hold provider adjustments alone.
    pub groups: Vec<ClaimGroup>,
    /// `PLB`, one per reason: not about one claim.
    pub provider_adjustments: Vec<ProviderAdjustment>,
}

/// How much is paid, how and from where to where (`BPR`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Payment {
    /// `BPR01`: `I` payment with advice, `H` advice only.
    pub handling: String,
    /// `BPR02`: the total; honest files have none below zero, real ones do.
    pub amount: Cents,
    /// `BPR03`: `C` credit, `D` debit.
    pub direction: String,
    /// `BPR04`: `ACH`, `CHK`, `NON`, `FWT`, `BOP`.
    pub method: String,
    /// `BPR05`: `CCP` or `CTX` with a transfer.
    pub format: Option<String>,
    /// `BPR06`–`BPR09`.
    pub from: Option<BankAccount>,
    /// `BPR10`: the payer's id at its bank, `1` and the tax number.
    pub originator: Option<String>,
    /// `BPR11`.
    pub originator_supplement: Option<String>,
    /// `BPR12`–`BPR15`.
    pub to: Option<BankAccount>,
    /// `BPR16`: the day on which the money moves.
    pub paid_on: Option<Date>,
}

/// A bank account; keep it sealed.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct BankAccount {
    /// `01` for a US routing number.
    pub bank_qualifier: String,
    /// The routing number.
    pub bank: String,
    /// `DA` checking, `SG` savings.
    pub account_qualifier: String,
    /// The account number.
    pub account: String,
}

impl std::fmt::Debug for BankAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BankAccount(…)")
    }
}

/// `TRN`: the number of the check or transfer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// `TRN02`: check or transfer number.
    pub number: String,
    /// `TRN03`: the payer's id, as in `BPR10`.
    pub originator: String,
    /// `TRN04`.
    pub supplement: Option<String>,
}

/// Payer or payee (`N1`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PayParty {
    /// `N102`.
    pub name: Option<String>,
    /// `N103`/`N104`: `XX` NPI, `FI` tax number, `XV` plan id.
    pub id: Option<Id>,
    /// `N3`, `N4`.
    pub address: Option<Address>,
    /// `REF`: `TJ` tax number, `2U` payer id, `PQ` payee id.
    pub references: Vec<Id>,
    /// `PER`.
    pub contacts: Vec<Contact>,
}

/// Claims that the payer sent together (loop 2000).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClaimGroup {
    /// `LX01`.
    pub number: String,
    /// `TS3`.
    pub totals: Option<GroupTotals>,
    /// Loop 2100.
    pub claims: Vec<ClaimPayment>,
}

/// The payer's own totals of a group (`TS3`), compared with the claims as a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupTotals {
    /// `TS301`: NPI of the provider.
    pub provider: String,
    /// `TS302`: place of service or type of facility.
    pub facility: String,
    /// `TS303`: last day of the provider's fiscal year.
    pub fiscal_year_ends: Option<Date>,
    /// `TS304`.
    pub claims: Option<Milli>,
    /// `TS305`.
    pub charge: Option<Cents>,
}

/// What was decided about one claim (loop 2100).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimPayment {
    /// `CLP01`: our claim number; may come back cut or in other case.
    pub number: String,
    /// `CLP02`.
    pub status: ClaimStatus,
    /// `CLP03`.
    pub charge: Cents,
    /// `CLP04`.
    pub paid: Cents,
    /// `CLP05`: what the client owes, says the payer.
    pub client_share: Option<Cents>,
    /// `CLP06`: kind of plan.
    pub filing: String,
    /// `CLP07`: the payer's number; needed to replace or void the claim.
    pub payer_number: String,
    /// `CLP08`: place of service.
    pub facility: Option<String>,
    /// `CLP09`.
    pub frequency: Option<Frequency>,
    /// `CAS` at the claim.
    pub adjustments: Vec<Adjustment>,
    /// `NM1`: whom the claim is about.
    pub people: ClaimPeople,
    /// `MOA`.
    pub outpatient: Option<Outpatient>,
    /// `REF`: `1K`, `F8`, `EA`, `CE` (class of contract) and others.
    pub references: Vec<Id>,
    /// `DTM`: `232`/`233` from and to, `050` received, `036` cover ended.
    pub dates: Vec<Dated>,
    /// `PER`: whom to call about it.
    pub contacts: Vec<Contact>,
    /// `AMT`: informs, never balances.
    pub amounts: Vec<Informs<Cents>>,
    /// `QTY`.
    pub quantities: Vec<Quantity>,
    /// Loop 2110; a claim may be paid without lines.
    pub lines: Vec<LinePayment>,
    /// The bytes of its `CLP`.
    pub span: Span,
}

/// Who is named with a claim (`NM1` of loop 2100).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClaimPeople {
    /// `QC`.
    pub client: Option<Party>,
    /// `IL`: the policy holder, where another.
    pub subscriber: Option<Box<Party>>,
    /// `74`: name or number as the payer has it: update the policy, never silently.
    pub corrected: Option<Box<Party>>,
    /// `82`.
    pub rendering: Option<Party>,
    /// `TT`: the payer to whom the claim was forwarded.
    pub forwarded_to: Option<Box<Party>>,
    /// `PR`: the payer who should have been billed first.
    pub right_payer: Option<Box<Party>>,
    /// `GB`: another policy holder.
    pub other_subscriber: Option<Box<Party>>,
}

/// `MOA`: amounts and remarks about a claim as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outpatient {
    /// `MOA01`, a share of one, in thousandths.
    pub reimbursement_rate: Option<Milli>,
    /// `MOA02`.
    pub payable: Option<Cents>,
    /// `MOA03`–`MOA07`: remark codes.
    pub remarks: Vec<String>,
}

/// What was decided about one line (loop 2110).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePayment {
    /// `SVC01`: as adjudicated.
    pub procedure: Procedure,
    /// `SVC02`.
    pub charge: Cents,
    /// `SVC03`.
    pub paid: Cents,
    /// `SVC04`: revenue code.
    pub revenue: Option<String>,
    /// `SVC05`; absent means one.
    pub units_paid: Option<Milli>,
    /// `SVC06`: as billed, where the payer changed the code.
    pub billed: Option<Procedure>,
    /// `SVC07`: units as billed, where the payer changed them.
    pub units_billed: Option<Milli>,
    /// `DTM*472`, or `150` and `151`.
    pub service: Option<Days>,
    /// `CAS` at the line.
    pub adjustments: Vec<Adjustment>,
    /// `REF`: `6R` is our line number.
    pub references: Vec<Id>,
    /// `AMT`: `B6` allowed. Informs, never balances.
    pub amounts: Vec<Informs<Cents>>,
    /// `QTY`.
    pub quantities: Vec<Quantity>,
    /// `LQ*HE`: remark codes.
    pub remarks: Vec<String>,
    /// The bytes of its `SVC`.
    pub span: Span,
}

/// Money that is not about one claim (`PLB`). Positive lowers the payment, negative raises it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderAdjustment {
    /// `PLB01`: NPI, as a rule.
    pub provider: String,
    /// `PLB02`.
    pub fiscal_year_ends: Option<Date>,
    /// The reason: `WO` recovery, `FB` carried forward, `L6` interest, `72` our refund.
    pub reason: String,
    /// What it refers to.
    pub reference: Option<String>,
    /// How much less is paid.
    pub amount: Cents,
    /// The bytes of its `PLB`.
    pub span: Span,
}

/// What makes a payment the same payment, however often and in whatever envelope it arrives.
///
/// A second arrival with other content is for a person, never a second posting.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PaymentKey {
    /// `TRN03`.
    pub originator: String,
    /// `TRN02`.
    pub number: String,
    /// `BPR16`.
    pub paid_on: Option<Date>,
    /// `BPR02`.
    pub amount: Cents,
    /// `N104` of the payee.
    pub payee: String,
}

impl Remittance {
    /// All claims, in the order of the file.
    pub fn claims(&self) -> impl Iterator<Item = &ClaimPayment> {
        self.groups.iter().flat_map(|group| &group.claims)
    }

    /// What makes this payment itself.
    pub fn key(&self) -> PaymentKey {
        PaymentKey {
            originator: self.trace.originator.clone(),
            number: self.trace.number.clone(),
            paid_on: self.payment.paid_on,
            amount: self.payment.amount,
            payee: self.payee.id.as_ref().map(|it| it.value.clone()).unwrap_or_default(),
        }
    }
}

impl ClaimPayment {
    /// The client's share by the adjustments of group `PR`, of claim and lines.
    pub fn client_share_by_adjustments(&self) -> Cents {
        let lines = self.lines.iter().map(|it| crate::adjustment::client_share(&it.adjustments));
        crate::adjustment::client_share(&self.adjustments) + lines.sum()
    }

    /// Whether nothing was paid though something was charged, and some of it stays open.
    ///
    /// Derived from the adjustments: `CLP02` alone does not tell.
    pub fn is_denied(&self) -> bool {
        let lines = self.lines.iter().flat_map(|it| &it.adjustments);
        let mut adjustments = self.adjustments.iter().chain(lines);
        let open =
            |it: &Adjustment| crate::codes::fate(&it.group, &it.reason) == crate::codes::Fate::Open;
        self.charge > Cents::ZERO && self.paid == Cents::ZERO && adjustments.any(open)
    }

    /// Remark codes of the claim as a whole.
    pub fn remarks(&self) -> &[String] {
        self.outpatient.as_ref().map(|it| it.remarks.as_slice()).unwrap_or_default()
    }
}

impl LinePayment {
    /// Our line number (`REF*6R`).
    pub fn number(&self) -> Option<&str> {
        self.references.iter().find(|it| it.qualifier == "6R").map(|it| it.value.as_str())
    }

    /// The code to match our line with: as billed where the payer changed it.
    pub fn matches_procedure(&self) -> &Procedure {
        self.billed.as_ref().unwrap_or(&self.procedure)
    }
}
