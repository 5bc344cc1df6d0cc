//! What a month is settled from: money, work, time and terms, as values; no I/O.

use std::collections::BTreeMap;

use bookkeeping::Period;
use economics::Unit;
use ids::{AgreementId, ClinicianId, EngagementId, EntryId, Uuid};
use jiff::civil::Date;
use money::Cents;

use crate::handed_in::HandedIn;
use crate::model::{Adjusts, RowKind};

/// Where money came from, or went back to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A payer paid.
    Payer(String),
    /// Clients paid.
    Clients,
    /// Clients paid a fee for a visit to which they did not come.
    NoShowFee,
    /// Clients paid a fee for a visit that they canceled too late.
    LateCancelFee,
    /// Money went back to who paid it.
    Refund,
    /// A payer took it back.
    TakenBack(String),
    /// A card processor kept it.
    CardFee,
}

impl Source {
    /// What its money is in a clinician's own figures.
    pub fn kind(&self) -> economics::RowKind {
        use economics::RowKind as K;
        match self {
            Self::Payer(_) => K::PayerPayment,
            Self::Clients => K::ClientPayment,
            Self::NoShowFee | Self::LateCancelFee => K::LateFee,
            Self::Refund => K::Refund,
            Self::TakenBack(_) => K::Recoupment,
            Self::CardFee => K::CardFee,
        }
    }
}

/// Money of the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// The entry in the books.
    pub entry: EntryId,
    /// Whose work it paid.
    pub clinician: ClinicianId,
    /// From where.
    pub source: Source,
    /// How much.
    pub cents: Cents,
    /// The closed month that it is about.
    pub late: Option<Period>,
    /// The line of the clinician's statement that it adjusts, and of the practice's.
    pub adjusts: [Option<Adjusts>; 2],
}

/// By which terms somebody works here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Terms {
    /// An engagement.
    Engaged {
        /// Which one.
        id: EngagementId,
        /// Its version.
        version: i32,
        /// Its clauses.
        clauses: economics::Engagement,
        /// Its first day, where that is in the month.
        from: Option<Date>,
    },
    /// None is needed: they own the practice.
    Owner,
}

/// Somebody who treats here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Treats {
    /// Who.
    pub id: ClinicianId,
    /// The name.
    pub name: String,
    /// By which terms.
    pub terms: Terms,
}

/// An agreement in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// Which one.
    pub id: AgreementId,
    /// Its version.
    pub version: i32,
    /// Its prices.
    pub prices: economics::Agreement,
}

/// A session that was charged, or what is allowed for one and came to light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// The charge.
    pub charge: Uuid,
    /// Whose work.
    pub clinician: ClinicianId,
    /// What this month adds to what is allowed for it.
    pub cents: Cents,
    /// Whether it was charged in this month.
    pub is_new: bool,
}

/// A visit that did not take place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotKept {
    /// The appointment.
    pub visit: Uuid,
    /// Whose time.
    pub clinician: ClinicianId,
    /// How.
    pub unit: Unit,
}

/// A unit of the operator's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// What it is.
    pub kind: RowKind,
    /// Which one.
    pub id: Uuid,
    /// For whose clients; none when it is the practice's.
    pub clinician: Option<ClinicianId>,
    /// What it counts as.
    pub unit: Unit,
}

/// All that a month is settled from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The month.
    pub month: Period,
    /// Whether one person owns the practice and does all its work.
    pub is_sole: bool,
    /// Who treats here.
    pub treats: Vec<Treats>,
    /// The terms with the operator.
    pub agreement: Option<InForce>,
    /// Money for somebody's work.
    pub money: Vec<Money>,
    /// Interest that payers owed, which is nobody's work.
    pub interest: Vec<(EntryId, Cents)>,
    /// What card processors kept of money that has no charge yet, below zero.
    pub early_fees: Vec<(EntryId, Cents)>,
    /// Hours that clinicians handed in to be paid.
    pub hours: Vec<HandedIn>,
    /// Sessions.
    pub allowed: Vec<Allowed>,
    /// Visits that did not take place.
    pub not_kept: Vec<NotKept>,
    /// The operator's work.
    pub work: Vec<Work>,
    /// Names of payers.
    pub payers: BTreeMap<String, String>,
}
