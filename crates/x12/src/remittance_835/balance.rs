//! Does the money add up: line, claim, transaction. Each imbalance in plain words with its figures.
//!
//! Source: X12 005010X221A1 §1.10.2.1 (balancing).

use std::fmt;

use crate::adjustment::total;
use crate::amount::Cents;
use crate::finding::{Level, Span};
use crate::limits::FINDINGS_MAX;
use crate::parsed::Parsed;
use crate::remittance_835::{ClaimPayment, ClaimStatus, LinePayment, Remittance};

/// At which level figures were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// One service line.
    Line,
    /// One claim.
    Claim,
    /// The whole payment.
    Transaction,
}

/// Two figures that should be equal and are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imbalance {
    /// At which level.
    pub scale: Scale,
    /// Our claim number; `None` for the transaction.
    pub claim: Option<String>,
    /// The line's number in its claim, from 1; `None` above the line.
    pub line: Option<usize>,
    /// What was stated.
    pub stated: Cents,
    /// What it should be by the other figures.
    pub worked_out: Cents,
    /// A sentence with the figures.
    pub says: String,
    /// The bytes of the row.
    pub span: Span,
}

impl Imbalance {
    /// Stated less worked out.
    pub fn difference(&self) -> Cents {
        self.stated - self.worked_out
    }
}

/// Everything that does not add up, lines before their claim, the transaction last.
///
/// Each list stops at [`FINDINGS_MAX`]; the rest is counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Balance {
    /// What keeps the payment from posting.
    pub imbalances: Vec<Imbalance>,
    /// What is told but does not move money: the client's share, totals of groups.
    pub notes: Vec<Imbalance>,
    /// How many more of either there were.
    pub left_off: usize,
}

impl Balance {
    /// Whether every cent is accounted for.
    pub fn holds(&self) -> bool {
        self.imbalances.is_empty()
    }

    fn find(&mut self, imbalance: Imbalance) {
        if self.imbalances.len() < FINDINGS_MAX {
            self.imbalances.push(imbalance);
        } else {
            self.left_off += 1;
        }
    }

    fn note(&mut self, imbalance: Imbalance) {
        if self.notes.len() < FINDINGS_MAX {
            self.notes.push(imbalance);
        } else {
            self.left_off += 1;
        }
    }
}

/// Whether a payment may post by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It balances, and nothing in the file speaks against it.
    Posts,
    /// A person has to look, for these reasons.
    Held(Vec<String>),
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Standing::Posts => f.write_str("posts"),
            Standing::Held(reasons) => write!(f, "held: {}", reasons.join(" ")),
        }
    }
}

/// Whether the payment may post by itself: it balances, no amount is below zero as a whole, no
/// part of the set is in doubt, and it is not a forecast.
///
/// Who is paid, whether it arrived before and whether our own claims fit is for the ledger to say.
pub fn standing(parsed: &Parsed<Remittance>) -> Standing {
    let remittance = &parsed.value;
    let in_doubt = |it: &&crate::finding::Finding| it.level >= Level::Error;
    let mut reasons: Vec<String> =
        parsed.findings.iter().filter(in_doubt).map(|it| it.says.clone()).collect();
    if parsed.findings.any_at_least(Level::Error) && reasons.is_empty() {
        reasons.push("The set has more findings than are listed.".to_owned());
    }
    reasons.extend(remittance.balance().imbalances.into_iter().map(|it| it.says));
    if remittance.payment.amount < Cents::ZERO {
        reasons.push(format!("The payment (BPR02) is below zero: {}.", remittance.payment.amount));
    }
    if remittance.claims().any(|it| it.status == ClaimStatus::Predetermination) {
        reasons.push("A claim is a forecast (CLP02 = 25), not a payment.".to_owned());
    }
    if reasons.is_empty() { Standing::Posts } else { Standing::Held(reasons) }
}

impl Remittance {
    /// Compares every figure with those it follows from, to the cent.
    pub fn balance(&self) -> Balance {
        let mut balance = Balance::default();
        for claim in self.claims() {
            for (index, line) in claim.lines.iter().enumerate() {
                line_balance(claim, index + 1, line, &mut balance);
            }
            claim_balance(claim, &mut balance);
        }
        self.group_totals(&mut balance);
        self.transaction_balance(&mut balance);
        balance
    }

    fn transaction_balance(&self, balance: &mut Balance) {
        let claims: Cents = self.claims().map(|it| it.paid).sum();
        let provider: Cents = self.provider_adjustments.iter().map(|it| it.amount).sum();
        let stated = self.payment.amount;
        let worked_out = claims - provider;
        if stated == worked_out {
            return;
        }
        let off = (stated - worked_out).abs();
        let way = if stated < worked_out { "less" } else { "more" };
        let says = format!(
            "The payment is {stated} (BPR02), but its claims pay {claims} and provider \
             adjustments (PLB) take {provider}, which makes {worked_out}: {off} {way}."
        );
        balance.find(Imbalance {
            scale: Scale::Transaction,
            claim: None,
            line: None,
            stated,
            worked_out,
            says,
            span: Span::default(),
        });
    }

    fn group_totals(&self, balance: &mut Balance) {
        for group in &self.groups {
            let charge: Cents = group.claims.iter().map(|it| it.charge).sum();
            let Some(stated) = group.totals.as_ref().and_then(|it| it.charge) else { continue };
            if stated != charge {
                let says = format!(
                    "Group {} says its charges are {stated} (TS305), but its claims have {charge}.",
                    group.number
                );
                balance.note(Imbalance {
                    scale: Scale::Transaction,
                    claim: None,
                    line: None,
                    stated,
                    worked_out: charge,
                    says,
                    span: Span::default(),
                });
            }
        }
    }
}

fn line_balance(claim: &ClaimPayment, number: usize, line: &LinePayment, balance: &mut Balance) {
    let adjusted = total(&line.adjustments);
    let worked_out = line.charge - adjusted;
    if line.paid == worked_out {
        return;
    }
    let says = format!(
        "Claim {}, line {number} ({}): charge {} less adjustments {adjusted} makes {worked_out}, \
         but {} is paid.",
        claim.number, line.procedure.code, line.charge, line.paid
    );
    balance.find(Imbalance {
        scale: Scale::Line,
        claim: Some(claim.number.clone()),
        line: Some(number),
        stated: line.paid,
        worked_out,
        says,
        span: line.span,
    });
}

fn claim_balance(claim: &ClaimPayment, balance: &mut Balance) {
    let number = &claim.number;
    let at_lines: Cents = claim.lines.iter().map(|it| total(&it.adjustments)).sum();
    let adjusted = total(&claim.adjustments) + at_lines;
    let at_claim = |stated, worked_out, says| Imbalance {
        scale: Scale::Claim,
        claim: Some(number.clone()),
        line: None,
        stated,
        worked_out,
        says,
        span: claim.span,
    };

    let worked_out = claim.charge - adjusted;
    if claim.paid != worked_out {
        let says = format!(
            "Claim {number}: charge {} less adjustments {adjusted} makes {worked_out}, but {} is \
             paid (CLP04).",
            claim.charge, claim.paid
        );
        balance.find(at_claim(claim.paid, worked_out, says));
    }
    if !claim.lines.is_empty() {
        let charged: Cents = claim.lines.iter().map(|it| it.charge).sum();
        if charged != claim.charge {
            let says = format!(
                "Claim {number}: its lines charge {charged}, but the claim charges {} (CLP03).",
                claim.charge
            );
            balance.find(at_claim(claim.charge, charged, says));
        }
        let paid: Cents = claim.lines.iter().map(|it| it.paid).sum();
        let worked_out = paid - total(&claim.adjustments);
        if worked_out != claim.paid {
            let says = format!(
                "Claim {number}: its lines pay {paid}, which with the claim's own adjustments \
                 makes {worked_out}, but {} is paid (CLP04).",
                claim.paid
            );
            balance.find(at_claim(claim.paid, worked_out, says));
        }
    }
    let by_adjustments = claim.client_share_by_adjustments();
    let stated = claim.client_share.unwrap_or_default();
    if stated != by_adjustments {
        let says = format!(
            "Claim {number}: the client's share is said to be {stated} (CLP05), but adjustments \
             of group PR make {by_adjustments}."
        );
        balance.note(at_claim(stated, by_adjustments, says));
    }
}
