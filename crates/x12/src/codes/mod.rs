//! Codes, their meaning in our own short words, and what to do next.
//!
//! Lists change three times a year: an unknown code is kept as it came, never an error.
//! Numbers are those of X12 external code lists 139 (reasons) and 411 (remarks); words are ours.

mod reasons;
mod remarks;

pub use reasons::{REASONS, reason};
pub use remarks::{REMARKS, remark};

/// Makes an enum of the codes that matter here; others are kept as `Unlisted`.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$of:meta])* $variant:ident = $code:literal),+ $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$of])* $variant,)+
            /// A code outside this list, as it came.
            Unlisted(String),
        }

        impl $name {
            /// The value that `code` stands for.
            pub fn of(code: &str) -> Self {
                match code {
                    $($code => Self::$variant,)+
                    other => Self::Unlisted(other.to_owned()),
                }
            }

            /// The code as X12 writes it.
            pub fn code(&self) -> &str {
                match self {
                    $(Self::$variant => $code,)+
                    Self::Unlisted(other) => other,
                }
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// Who bears an adjustment (`CAS01`).
    Group {
        /// The contract with the payer: never the client's.
        Contract = "CO",
        /// The client, or their next payer.
        Client = "PR",
        /// Neither: other insurance, duplicates, forwarding.
        Other = "OA",
        /// The payer's own initiative: never the client's.
        Payer = "PI",
        /// A correction of an earlier answer (read; not written since 5010).
        Correction = "CR",
    }
}

codes! {
    /// What a claim asks to be taken as (`CLM05-3`, `CLP09`).
    Frequency {
        /// A claim that the payer has not adjudicated before.
        Original = "1",
        /// Takes the place of an adjudicated claim as a whole.
        Replacement = "7",
        /// Takes an adjudicated claim back.
        Void = "8",
    }
}

/// What kind of next step a code asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Correct and send again.
    Fix,
    /// Find the order of payers, then bill in that order.
    OtherPayer,
    /// Get or find the prior approval.
    Approval,
    /// Mend enrollment or credentialing.
    Enrollment,
    /// Send records: named notes only, never psychotherapy notes.
    Records,
    /// Appeal.
    Appeal,
    /// To the next payer, or the client.
    Client,
    /// Write off as the contract says.
    WriteOff,
    /// Compare with the contract.
    Contract,
    /// Look it up first.
    LookUp,
}

/// One code of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The code.
    pub code: &'static str,
    /// What it means, in our words.
    pub words: &'static str,
    /// What to do.
    pub step: Step,
}

/// What becomes of the money of one adjustment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// The contract takes it off: a write-off by rule.
    Contractual,
    /// Sequestration: its own account, never the client's.
    Sequestration,
    /// The client's share, or the next payer's.
    ClientShare,
    /// What an earlier payer paid or took off: no money moves here.
    EarlierPayer,
    /// Stays open with the payer until a person decides: a denial, or a reason not in the list.
    Open,
}

/// Reasons that a contract takes off without anybody's decision (group `CO`).
const CONTRACTUAL: [&str; 4] = ["45", "59", "97", "131"];

/// What becomes of an adjustment, from its group and reason.
///
/// Only reasons known to be contractual are written off by rule: an unknown one stays open.
pub fn fate(group: &Group, reason: &str) -> Fate {
    match (group, reason) {
        (Group::Contract, "253") => Fate::Sequestration,
        (Group::Contract, it) if CONTRACTUAL.contains(&it) => Fate::Contractual,
        (Group::Client, _) => Fate::ClientShare,
        (Group::Other, "23") => Fate::EarlierPayer,
        _ => Fate::Open,
    }
}

fn find(list: &'static [Entry], code: &str) -> Option<&'static Entry> {
    list.iter().find(|entry| entry.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_stands_once_in_its_list() {
        for list in [REASONS, REMARKS] {
            let mut codes: Vec<_> = list.iter().map(|entry| entry.code).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), list.len());
        }
    }

    #[test]
    fn only_known_contract_reasons_are_written_off_by_rule() {
        let cases = [
            ("CO", "45", Fate::Contractual),
            ("CO", "97", Fate::Contractual),
            ("CO", "253", Fate::Sequestration),
            ("CO", "197", Fate::Open),
            ("CO", "399", Fate::Open),
            ("PR", "1", Fate::ClientShare),
            ("PR", "204", Fate::ClientShare),
            ("OA", "23", Fate::EarlierPayer),
            ("OA", "18", Fate::Open),
            ("PI", "45", Fate::Open),
            ("ZZ", "45", Fate::Open),
        ];
        for (group, reason, fate_of_it) in cases {
            assert_eq!(fate(&Group::of(group), reason), fate_of_it, "{group} {reason}");
        }
    }

    #[test]
    fn an_unknown_code_is_kept_as_it_came() {
        assert_eq!(Group::of("XX").code(), "XX");
        assert_eq!(reason("399"), None);
        assert_eq!(reason("1").map(|entry| entry.step), Some(Step::Client));
    }
}
