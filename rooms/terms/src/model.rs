//! Versions of agreements and engagements, who signed them, and where each stands: no I/O.
//!
//! ```text
//! proposed ──one side──▶ half signed ──the other──▶ signed ──its first day──▶ in force ──▶ ended
//!     │                      │                                        ▲            │
//!     ╰── a newer version ───┴──▶ replaced, never to be signed         ╰─ the newest of them counts
//! ```

use std::fmt;
use std::str::FromStr;

use economics::{Clause, FairMarket, Price};
use ground::policy::{Fact, Facts, Kind, Service, Side, Thing, Uid};
use ids::{AgreementId, ClinicianId, EngagementId, PersonId, PracticeId};
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::words;

/// What stands for a text.
pub type TextHash = [u8; 32];

/// The hash of a text that is signed.
pub fn hash_of(text: &str) -> TextHash {
    Sha256::digest(text.as_bytes()).into()
}

/// What a practice and the operator are about to agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAgreement {
    /// The first day.
    pub begins_on: Date,
    /// The first day on which it is over: a year later at least (42 CFR 1001.952(d)(1)(iii)).
    pub ends_on: Date,
    /// How many days before the operator ends it, it says so.
    pub notice_days: i32,
    /// What is shared, in the order in which it is read.
    pub services: Vec<NewService>,
}

/// A service that is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewService {
    /// Which one.
    pub service: Service,
    /// What is included, a sentence each.
    pub included: Vec<String>,
    /// What is not.
    pub excluded: Vec<String>,
    /// What it costs.
    pub clause: Clause,
    /// Why that is fair market value.
    pub fair_market: FairMarket,
}

impl NewService {
    /// A service as it is offered to every practice, at this price.
    pub fn standard(service: Service, clause: Clause, fair_market: FairMarket) -> Self {
        let offered = words::offered(service);
        let owned = |list: &[&str]| list.iter().map(|&says| says.to_owned()).collect();
        Self {
            service,
            included: owned(offered.included),
            excluded: owned(offered.excluded),
            clause,
            fair_market,
        }
    }

    /// Its price as the statement takes it. Leads make a practice known, so their price is never a
    /// share.
    pub fn price(&self) -> Price {
        Price {
            service: self.service.word().to_owned(),
            is_marketing: self.service == Service::Leads,
            clause: self.clause.clone(),
            fair_market: self.fair_market.clone(),
            state_rule: None,
        }
    }
}

impl NewAgreement {
    /// Its prices as the statement takes them.
    pub fn prices(&self) -> economics::Agreement {
        let prices = self.services.iter().map(NewService::price).collect();
        economics::Agreement { starts_on: self.begins_on, prices }
    }
}

/// What a practice and one of its clinicians are about to agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEngagement {
    /// Whose work it is about.
    pub clinician: ClinicianId,
    /// The first day.
    pub begins_on: Date,
    /// The first day on which it is over; without one it lasts until another is signed.
    pub ends_on: Option<Date>,
    /// How many days before its end either side says so.
    pub notice_days: i32,
    /// How work is paid, and who bears what.
    pub clauses: economics::Engagement,
}

/// One side's name under a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// For whom.
    pub side: Side,
    /// Who.
    pub by: PersonId,
    /// The name as they typed it.
    pub typed_name: String,
    /// When.
    pub at: Timestamp,
}

/// An end before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgreementEnding {
    /// Who ends it.
    pub side: Side,
    /// The first day on which it opens nothing.
    pub ends_on: Date,
}

/// One version of an agreement, as it was put before both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Which one.
    pub id: AgreementId,
    /// The practice.
    pub practice: PracticeId,
    /// Counts within the practice.
    pub version: i32,
    /// What was agreed.
    pub terms: NewAgreement,
    /// The text that is signed.
    pub wording: String,
    /// Who signed it.
    pub signatures: Vec<Signature>,
    /// Its end before its time, once that is said.
    pub ending: Option<AgreementEnding>,
}

impl Agreement {
    /// Whether it shares this service.
    pub fn shares(&self, service: Service) -> bool {
        self.terms.services.iter().any(|shared| shared.service == service)
    }

    /// Its prices as the statement takes them.
    pub fn prices(&self) -> economics::Agreement {
        self.terms.prices()
    }

    /// The first day on which it opens nothing.
    pub fn over_on(&self) -> Date {
        let early = self.ending.map_or(self.terms.ends_on, |ending| ending.ends_on);
        self.terms.ends_on.min(early)
    }

    /// The first day for which one side may end it from `today`: the practice on any day, the
    /// operator after its notice.
    pub fn may_end_on(&self, side: Side, today: Date) -> Date {
        let days = if side == Side::Operator { self.terms.notice_days } else { 0 };
        today.saturating_add(jiff::Span::new().days(days))
    }
}

/// One version of an engagement, as it was put before both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engagement {
    /// Which one.
    pub id: EngagementId,
    /// The practice.
    pub practice: PracticeId,
    /// The clinician as a person: the charter compares people.
    pub person: PersonId,
    /// Counts for this clinician.
    pub version: i32,
    /// What was agreed.
    pub terms: NewEngagement,
    /// The text that is signed.
    pub wording: String,
    /// Who signed it.
    pub signatures: Vec<Signature>,
}

/// Where a version stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It waits for a signature.
    Proposed,
    /// A newer version came before both had signed.
    Replaced,
    /// Both signed, and its first day is still to come.
    Coming,
    /// It counts.
    InForce,
    /// It counted once.
    Past,
}

/// What a version says of itself, for [`Standing::of`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facing {
    pub is_in_force: bool,
    pub is_newest: bool,
    pub signatures: usize,
    pub begins_on: Date,
}

impl Standing {
    pub(crate) fn of(version: Facing, today: Date) -> Self {
        match version {
            Facing { is_in_force: true, .. } => Self::InForce,
            Facing { signatures: 0 | 1, is_newest: true, .. } => Self::Proposed,
            Facing { signatures: 0 | 1, .. } => Self::Replaced,
            Facing { begins_on, .. } if today < begins_on => Self::Coming,
            _ => Self::Past,
        }
    }
}

fn signing(facts: Facts, signatures: &[Signature]) -> Facts {
    let signers = signatures.iter().map(|it| Uid::new(Kind::Person, it.by)).collect::<Fact>();
    facts.with("signed", !signatures.is_empty()).with("signers", signers)
}

impl Thing for Agreement {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Agreement, self.id)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        signing(Facts::new(), &self.signatures)
    }
}

impl Thing for Engagement {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Engagement, self.id)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        let clinician = Uid::new(Kind::Person, self.person);
        signing(Facts::new().with("clinician", clinician), &self.signatures)
    }
}

/// An agreement that nobody has written or signed yet: what proposing, and ending, are about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unwritten {
    pub practice: PracticeId,
    pub id: AgreementId,
}

impl Thing for Unwritten {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Agreement, self.id)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        signing(Facts::new(), &[])
    }
}

/// An engagement that nobody has written yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UnwrittenEngagement {
    pub practice: PracticeId,
    pub id: EngagementId,
    pub person: PersonId,
}

impl Thing for UnwrittenEngagement {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Engagement, self.id)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        signing(Facts::new().with("clinician", Uid::new(Kind::Person, self.person)), &[])
    }
}

/// Who has terms, as the texts call them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The tenant.
    pub id: PracticeId,
    /// The name that people use.
    pub name: String,
    /// The name of the legal entity.
    pub legal_name: String,
    /// The wall clock of its day.
    pub zone: jiff::tz::TimeZone,
    /// Whether it is the operator.
    pub is_operator: bool,
}

impl Party {
    /// The day there, at an instant.
    pub fn day_at(&self, at: Timestamp) -> Date {
        at.to_zoned_datetime(self.zone.clone()).date()
    }
}

/// How a payer is called in claims and fees: `LONESTAR`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PayerCode(String);

impl PayerCode {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PayerCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text is no payer's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPayerCode;

impl FromStr for PayerCode {
    type Err = NotAPayerCode;

    fn from_str(text: &str) -> Result<Self, NotAPayerCode> {
        let is_code = (2..=20).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if is_code { Ok(Self(text.to_owned())) } else { Err(NotAPayerCode) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn where_a_version_stands_follows_from_its_signatures_and_its_days() {
        let today = date(2026, 2, 9);
        for (is_in_force, is_newest, signatures, begins_on, stands) in [
            (true, false, 2, date(2026, 1, 1), Standing::InForce),
            (false, true, 0, date(2026, 1, 1), Standing::Proposed),
            (false, true, 1, date(2026, 3, 1), Standing::Proposed),
            (false, false, 1, date(2026, 1, 1), Standing::Replaced),
            (false, true, 2, date(2026, 2, 10), Standing::Coming),
            (false, true, 2, date(2026, 2, 9), Standing::Past),
        ] {
            let version = Facing { is_in_force, is_newest, signatures, begins_on };
            assert_eq!(Standing::of(version, today), stands, "{version:?}");
        }
    }

    #[test]
    fn a_payer_code_is_a_short_word_of_capitals() {
        for (text, is_one) in [("LONESTAR", true), ("A1", true), ("Lone", false), ("A", false)] {
            assert_eq!(text.parse::<PayerCode>().is_ok(), is_one, "{text}");
        }
    }
}
