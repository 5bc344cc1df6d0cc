//! Why a payer paid other than was charged (`CAS`): group, reason, amount.
//!
//! Source: X12 005010X221A1, loops 2100 and 2110; 005010X222A1, loops 2320 and 2430.

use crate::amount::{Cents, Milli};
use crate::codes::{self, Group};
use crate::finding::{Kind, Level, Span};
use crate::out::Out;
use crate::parsed::Walk;

/// One reasoned difference between charge and payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// Who bears it.
    pub group: Group,
    /// The claim adjustment reason code, as it was sent; unknown ones are kept.
    pub reason: String,
    /// How much less was paid for it; negative when more.
    pub amount: Cents,
    /// Units, where the payer changed them.
    pub quantity: Option<Milli>,
    /// Where it stood.
    pub span: Span,
}

impl Adjustment {
    /// An adjustment without units.
    pub fn new(group: Group, reason: &str, amount: Cents) -> Adjustment {
        let span = Span::default();
        Adjustment { group, reason: reason.to_owned(), amount, quantity: None, span }
    }
}

/// Σ of the amounts.
pub fn total(adjustments: &[Adjustment]) -> Cents {
    adjustments.iter().map(|it| it.amount).sum()
}

/// Σ of the client's share among them (group `PR`).
pub fn client_share(adjustments: &[Adjustment]) -> Cents {
    adjustments.iter().filter(|it| it.group == Group::Client).map(|it| it.amount).sum()
}

/// Reads the up to six triplets of the current `CAS`.
pub(crate) fn read(walk: &mut Walk<'_, '_>, into: &mut Vec<Adjustment>) {
    let group = Group::of(&walk.need(1, "The group of the adjustment"));
    for at in [2, 5, 8, 11, 14, 17] {
        let (reason, amount) = (walk.text(at), walk.money(at + 1, "The adjustment"));
        let quantity = walk.quantity(at + 2, "The quantity of the adjustment");
        if reason.is_empty() && amount.is_none() && quantity.is_none() {
            continue;
        }
        if reason.is_empty() {
            let says = format!("An adjustment without a reason (CAS{at:02}).");
            walk.find(Kind::MissingElement, Level::Error, at, says);
        }
        if !reason.is_empty() && codes::reason(&reason).is_none() {
            let says = format!("Reason {reason} (CAS{at:02}) is not in our list; it was kept.");
            walk.find(Kind::BadCode, Level::Note, at, says);
        }
        let Some(amount) = amount else {
            if walk.seg.el(at + 1).is_empty() {
                let says = format!("Reason {reason} has no amount (CAS{:02}).", at + 1);
                walk.find(Kind::MissingElement, Level::Error, at + 1, says);
            }
            continue;
        };
        into.push(Adjustment {
            group: group.clone(),
            reason,
            amount,
            quantity,
            span: walk.seg.span(),
        });
    }
}

/// Writes one `CAS` per group, in the order in which groups appear, six reasons to a segment.
pub(crate) fn write(out: &mut Out, adjustments: &[Adjustment]) {
    let mut groups: Vec<&Group> = Vec::new();
    for adjustment in adjustments {
        if !groups.contains(&&adjustment.group) {
            groups.push(&adjustment.group);
        }
    }
    for group in groups {
        let of_group: Vec<_> = adjustments.iter().filter(|it| it.group == *group).collect();
        for six in of_group.chunks(6) {
            let mut row = out.row("CAS").text("CAS01 group", group.code(), 1..=2);
            for it in six {
                row = row
                    .text("CAS reason", &it.reason, 1..=5)
                    .money("CAS amount", it.amount)
                    .quantity("CAS quantity", it.quantity);
            }
            row.end();
        }
    }
}
