//! The words of clauses: amounts and shares as people read them, and what can be counted.

use money::{BasisPoints, Cents};
use serde::{Deserialize, Serialize};

use super::Tier;

/// What a price can count: work that was done. There is no new client, no accepted lead and no
/// session among the operator's units: a fee that varies with them is not offered (42 U.S.C.
/// 1320a-7b(b); OIG Advisory Opinions 08-19 and 23-04). Sessions are a clinician's unit of pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A claim filed.
    Claim,
    /// An eligibility check.
    EligibilityCheck,
    /// An intake call handled, whatever came of it.
    IntakeCall,
    /// A remittance posted.
    Remittance,
    /// A bill sent to a client.
    Bill,
    /// A payment by a client.
    ClientPayment,
    /// A clinician's seat.
    Seat,
    /// A session held.
    Session,
    /// A session missed without a word.
    NoShow,
    /// A session canceled too late.
    LateCancel,
}

impl Unit {
    /// One of it.
    pub(super) fn one(self) -> &'static str {
        match self {
            Self::Claim => "claim filed",
            Self::EligibilityCheck => "eligibility check",
            Self::IntakeCall => "intake call",
            Self::Remittance => "remittance posted",
            Self::Bill => "bill sent",
            Self::ClientPayment => "client payment",
            Self::Seat => "seat",
            Self::Session => "session held",
            Self::NoShow => "no-show",
            Self::LateCancel => "late cancel",
        }
    }

    fn many(self) -> &'static str {
        match self {
            Self::Claim => "claims filed",
            Self::EligibilityCheck => "eligibility checks",
            Self::IntakeCall => "intake calls",
            Self::Remittance => "remittances posted",
            Self::Bill => "bills sent",
            Self::ClientPayment => "client payments",
            Self::Seat => "seats",
            Self::Session => "sessions held",
            Self::NoShow => "no-shows",
            Self::LateCancel => "late cancels",
        }
    }

    /// So many of it.
    pub(super) fn so_many(self, count: i64) -> String {
        format!("{count} {}", if count == 1 { self.one() } else { self.many() })
    }

    /// True for what an operator may price.
    pub(super) fn is_operators_work(self) -> bool {
        !matches!(self, Self::Session | Self::NoShow | Self::LateCancel)
    }
}

/// Tiers in words: *$10.00 for each of the first 20 claims filed, $9.00 for each after that*.
pub(super) fn tiers(unit: Unit, tiers: &[Tier]) -> String {
    let mut said = Vec::with_capacity(tiers.len());
    let mut before = 0;
    for tier in tiers {
        let price = dollars(tier.cents);
        said.push(match tier.up_to {
            None if before == 0 => format!("{price} for each {}", unit.one()),
            None => format!("{price} for each after that"),
            Some(up_to) => {
                let place = if before == 0 { "first" } else { "next" };
                let of = if before == 0 { format!(" {}", unit.many()) } else { String::new() };
                let text = format!("{price} for each of the {place} {}{of}", up_to - before);
                before = up_to;
                text
            }
        });
    }
    said.join(", ")
}

/// An amount as people read it: `$1,234.50`, below zero `−$0.05`.
pub fn dollars(cents: Cents) -> String {
    let size = cents.0.unsigned_abs();
    let digits = (size / 100).to_string();
    let mut whole = String::with_capacity(digits.len() + 4);
    for (i, digit) in digits.chars().enumerate() {
        if 0 < i && (digits.len() - i).is_multiple_of(3) {
            whole.push(',');
        }
        whole.push(digit);
    }
    let sign = if cents.is_negative() { "−" } else { "" };
    format!("{sign}${whole}.{:02}", size % 100)
}

/// A share as people read it: `65%`, `7.25%`.
pub fn per_cent(share: BasisPoints) -> String {
    let (whole, part) = (share.0 / 100, share.0 % 100);
    match (part, part % 10) {
        (0, _) => format!("{whole}%"),
        (part, 0) => format!("{whole}.{}%", part / 10),
        (part, _) => format!("{whole}.{part:02}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_shares_are_written_as_people_read_them() {
        let amounts = [(0, "$0.00"), (-5, "−$0.05"), (123_456_789, "$1,234,567.89")];
        for (cents, text) in amounts {
            assert_eq!(dollars(Cents(cents)), text);
        }
        let shares = [(6_500, "65%"), (725, "7.25%"), (750, "7.5%"), (5, "0.05%"), (0, "0%")];
        for (points, text) in shares {
            assert_eq!(per_cent(BasisPoints(points)), text);
        }
    }
}
