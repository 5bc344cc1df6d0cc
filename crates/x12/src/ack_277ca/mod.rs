//! The 277CA: did each claim get into the clearinghouse's or payer's own system.
//!
//! Only a payer's `A2` is proof of receipt. A rejected claim was never received: mend it and send
//! it again as an original. A rejection of the batch or of a provider may list no claims at all:
//! then every claim of that batch or provider is rejected ([`Acknowledgment277::answers`]).
//!
//! Source: X12 005010X214.

mod read;
mod write;

use jiff::civil::{Date, DateTime};

use crate::amount::{Cents, Milli};
use crate::finding::Span;
use crate::party::{Days, Id, Informs, Party, Procedure, Quantity};

pub use read::read;
pub(crate) use write::body;

/// One 277CA.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Acknowledgment277 {
    /// `BHT03`.
    pub reference: String,
    /// `BHT04`/`BHT05`.
    pub created: Option<DateTime>,
    /// Loops 2000A: who answers.
    pub sources: Vec<Source>,
}

/// Who answers: payer or clearinghouse (loop 2000A).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// `NM101`: `PR` payer, `AY` clearinghouse.
    pub role: String,
    /// `NM1`.
    pub party: Party,
    /// `TRN02`.
    pub trace: String,
    /// `DTP*050`: received.
    pub received_on: Option<Date>,
    /// `DTP*009`: processed.
    pub processed_on: Option<Date>,
    /// Loops 2000B.
    pub receivers: Vec<Receiver>,
}

/// Who sent the claims (loop 2000B).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receiver {
    /// `NM1*41`.
    pub party: Party,
    /// `TRN02`: our `BHT03`, the batch.
    pub batch: String,
    /// `STC` about the batch.
    pub statuses: Vec<Status>,
    /// `QTY`: `90` accepted, `AA` rejected.
    pub counts: Vec<Quantity>,
    /// `AMT`: `YU` accepted, `YY` rejected.
    pub amounts: Vec<Informs<Cents>>,
    /// Loops 2000C.
    pub providers: Vec<ProviderAnswer>,
}

/// Which practice's claims (loop 2000C).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProviderAnswer {
    /// `NM1*85`.
    pub party: Party,
    /// `TRN02`.
    pub trace: Option<String>,
    /// `STC` about the provider.
    pub statuses: Vec<Status>,
    /// `REF`.
    pub references: Vec<Id>,
    /// `QTY`: `QA` accepted, `QC` rejected.
    pub counts: Vec<Quantity>,
    /// `AMT`.
    pub amounts: Vec<Informs<Cents>>,
    /// Loops 2000D.
    pub claims: Vec<ClaimAnswer>,
}

/// The answer about one claim (loop 2000D).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClaimAnswer {
    /// `NM1*QC`.
    pub client: Party,
    /// `TRN02`: our `CLM01`.
    pub number: String,
    /// `STC`.
    pub statuses: Vec<Status>,
    /// `REF`: `1K` the payer's number, `D9` the clearinghouse's.
    pub references: Vec<Id>,
    /// `DTP*472`.
    pub service: Option<Days>,
    /// Loops 2220D.
    pub lines: Vec<LineAnswer>,
    /// The bytes of its `TRN`.
    pub span: Span,
}

/// The answer about one line (loop 2220D).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineAnswer {
    /// `SVC01`.
    pub procedure: Procedure,
    /// `SVC02`.
    pub charge: Cents,
    /// `SVC04`.
    pub revenue: Option<String>,
    /// `SVC07`.
    pub units: Option<Milli>,
    /// `STC`.
    pub statuses: Vec<Status>,
    /// `REF*FJ`: our line number.
    pub number: Option<String>,
    /// `DTP*472`.
    pub service: Option<Days>,
}

/// One `STC`: up to three codes that are read together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// `STC01`, `STC10`, `STC11`.
    pub codes: Vec<StatusCode>,
    /// `STC02`.
    pub effective_on: Option<Date>,
    /// `STC03`: `WQ` accept, `U` reject.
    pub action: Option<String>,
    /// `STC04`.
    pub amount: Option<Cents>,
    /// `STC12`: the sender's own words.
    pub text: Option<String>,
}

/// Category, status and whom it is about, as `A7:562:82`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatusCode {
    /// Code list 507: `A1` received, `A2` accepted, `A3` `A6` `A7` `A8` rejected.
    pub category: String,
    /// Code list 508.
    pub status: String,
    /// Whom it is about: `85` billing, `82` rendering, `IL` subscriber, `QC` client, `PR` payer.
    pub entity: Option<String>,
}

/// What an answer makes of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Received or forwarded, no more than that.
    Received,
    /// Taken into adjudication by the payer: the proof of receipt.
    AtPayer,
    /// Never received: mend it, send it again as an original.
    Rejected,
    /// Nothing certain: codes contradict each other, or mean something else. A person looks.
    Unclear,
}

/// To what an answer applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About<'a> {
    /// Every claim of the batch of this number.
    Batch(&'a str),
    /// Every claim of this provider in this batch.
    Provider {
        /// The batch.
        batch: &'a str,
        /// The provider.
        provider: &'a Party,
    },
    /// One claim of ours, by its number.
    Claim(&'a ClaimAnswer),
}

impl Status {
    /// What this status makes of a claim, by category and action together.
    pub fn outcome(&self) -> Outcome {
        let category = |it: &StatusCode| it.category.clone();
        let categories: Vec<String> = self.codes.iter().map(category).collect();
        let any = |of: &[&str]| categories.iter().any(|it| of.contains(&it.as_str()));
        let by_category = if any(&["A3", "A6", "A7", "A8"]) {
            Outcome::Rejected
        } else if any(&["A2", "A5"]) {
            Outcome::AtPayer
        } else if any(&["A0", "A1"]) {
            Outcome::Received
        } else {
            return Outcome::Unclear;
        };
        match (self.action.as_deref(), by_category) {
            (Some("U"), Outcome::Rejected) | (None, _) => by_category,
            (Some("WQ"), Outcome::Rejected) | (Some("U"), _) => Outcome::Unclear,
            _ => by_category,
        }
    }
}

/// What several statuses make of a claim together.
pub fn outcome(statuses: &[Status]) -> Outcome {
    let outcomes: Vec<Outcome> = statuses.iter().map(Status::outcome).collect();
    let has = |outcome| outcomes.contains(&outcome);
    if outcomes.is_empty() || has(Outcome::Unclear) {
        Outcome::Unclear
    } else if has(Outcome::Rejected) {
        Outcome::Rejected
    } else if has(Outcome::AtPayer) {
        Outcome::AtPayer
    } else {
        Outcome::Received
    }
}

impl ClaimAnswer {
    /// What the answer makes of the claim.
    pub fn outcome(&self) -> Outcome {
        let lines = self.lines.iter().flat_map(|it| &it.statuses);
        let all: Vec<Status> = self.statuses.iter().chain(lines).cloned().collect();
        outcome(&all)
    }

    /// The payer's own number of the claim (`REF*1K`): keep it, a replacement needs it.
    pub fn payer_number(&self) -> Option<&str> {
        self.references.iter().find(|it| it.qualifier == "1K").map(|it| it.value.as_str())
    }
}

impl Acknowledgment277 {
    /// Every answer with what it applies to. Batches and providers stand here only where they
    /// list no claims and so speak for all of them.
    pub fn answers(&self) -> Vec<(About<'_>, Outcome)> {
        let mut answers = Vec::new();
        for receiver in self.sources.iter().flat_map(|it| &it.receivers) {
            let batch = receiver.batch.as_str();
            if receiver.providers.iter().all(|it| it.claims.is_empty() && it.statuses.is_empty()) {
                answers.push((About::Batch(batch), outcome(&receiver.statuses)));
                continue;
            }
            for provider in &receiver.providers {
                if provider.claims.is_empty() {
                    let about = About::Provider { batch, provider: &provider.party };
                    answers.push((about, outcome(&provider.statuses)));
                }
                let claims = provider.claims.iter();
                answers.extend(claims.map(|it| (About::Claim(it), it.outcome())));
            }
        }
        answers
    }
}

/// What a category means, in our words.
pub fn category_words(category: &str) -> Option<&'static str> {
    Some(match category {
        "A0" => "forwarded",
        "A1" => "received, no more than that",
        "A2" => "accepted into adjudication",
        "A3" => "returned as unprocessable",
        "A4" => "not found",
        "A5" => "split into several claims",
        "A6" => "rejected: something is missing",
        "A7" => "rejected: something is not valid",
        "A8" => "rejected: two values contradict each other",
        _ => return None,
    })
}

/// What a status of list 508 means, in our words; the ones met most.
pub fn status_words(status: &str) -> Option<&'static str> {
    Some(match status {
        "16" => "forwarded to the payer",
        "19" => "received",
        "20" => "accepted",
        "21" => "missing or not valid",
        "24" => "not approved to submit",
        "26" => "not found",
        "33" => "subscriber not found",
        "54" => "duplicate",
        "88" | "91" => "not eligible on the date",
        "97" => "no eligibility found",
        "116" => "wrong payer",
        "125" => "name",
        "126" => "address",
        "128" => "tax number",
        "145" => "taxonomy",
        "153" => "id",
        "158" => "birth date",
        "164" => "member number",
        "187" => "service date",
        "249" => "place of service",
        "254" | "255" => "diagnosis",
        "400" => "amounts do not balance",
        "453" => "modifier",
        "454" => "procedure code",
        "464" => "payer's claim number",
        "476" => "units",
        "481" => "format",
        "496" => "not approved to submit for this provider",
        "500" => "ZIP code",
        "535" => "frequency of the claim",
        "562" => "NPI",
        _ => return None,
    })
}

/// Whom a status is about, in our words.
pub fn entity_words(entity: &str) -> Option<&'static str> {
    Some(match entity {
        "1P" | "85" => "billing provider",
        "82" => "rendering clinician",
        "IL" => "subscriber",
        "QC" => "client",
        "PR" => "payer",
        "77" => "place of service",
        "DQ" => "supervisor",
        "41" => "submitter",
        "40" => "receiver",
        _ => return None,
    })
}
