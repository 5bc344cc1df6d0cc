//! The answer to one day: the best of what was tried, with the rules that speak.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::attempt::Attempt;
use crate::facts::Facts;

/// What may be done, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Serve.
    Allow,
    /// Serve, after what the rules say.
    Warn,
    /// Do not serve.
    Deny,
}

impl Verdict {
    /// The verdict as one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

/// What an answer rests on, in the order in which equals are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// A license of the client's state.
    License,
    /// PSYPACT, by telehealth.
    Apit,
    /// PSYPACT, in person.
    Tap,
    /// The Counseling Compact.
    CcPrivilege,
    /// The Social Work Licensure Compact.
    SwlcMultistate,
    /// A registration for telehealth.
    TelehealthReg,
    /// Temporary practice.
    Temp,
}

impl Basis {
    /// The basis as one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::License => "license",
            Self::Apit => "apit",
            Self::Tap => "tap",
            Self::CcPrivilege => "cc_privilege",
            Self::SwlcMultistate => "swlc_multistate",
            Self::TelehealthReg => "telehealth_reg",
            Self::Temp => "temp",
        }
    }
}

/// What speaks against serving, or must be done before. Declared in the order of their words, so
/// that sorting rules sorts their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Compacts take independent licenses only.
    AssociateInCompact,
    /// An associate's license, and no supervision in force for its state.
    AssociateWithoutSupervisor,
    /// After the last day of the authority.
    AuthorityExpired,
    /// Before its first day.
    AuthorityNotYet,
    /// The client is younger than those whom the clinician serves.
    BelowMinAge,
    /// A state does not issue and honor what the compact gives.
    CompactNotIssuing,
    /// A state has left the compact.
    CompactWithdrawn,
    /// The days that the authority gives are used.
    DayLimitReached,
    /// The authority rests on a license that is not there.
    HomeLicenseMissing,
    /// The board restricts the license.
    LicenseEncumbered,
    /// After the last day of the license, and of grace.
    LicenseExpired,
    /// After its last day, within grace.
    LicenseInGrace,
    /// Inactive, lapsed or retired.
    LicenseNotActive,
    /// Before its first day.
    LicenseNotYet,
    /// The authority is not for this way to meet.
    ModeNotCovered,
    /// Nothing that could be tried.
    NoAuthority,
    /// Telepsychology under PSYPACT works from the home state only.
    NotAtHomeState,
    /// Clients must be told of the probation.
    ProbationDisclosure,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 18] = [
        Self::AssociateInCompact,
        Self::AssociateWithoutSupervisor,
        Self::AuthorityExpired,
        Self::AuthorityNotYet,
        Self::BelowMinAge,
        Self::CompactNotIssuing,
        Self::CompactWithdrawn,
        Self::DayLimitReached,
        Self::HomeLicenseMissing,
        Self::LicenseEncumbered,
        Self::LicenseExpired,
        Self::LicenseInGrace,
        Self::LicenseNotActive,
        Self::LicenseNotYet,
        Self::ModeNotCovered,
        Self::NoAuthority,
        Self::NotAtHomeState,
        Self::ProbationDisclosure,
    ];

    /// The rule as one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::AssociateInCompact => "associate_in_compact",
            Self::AssociateWithoutSupervisor => "associate_without_supervisor",
            Self::AuthorityExpired => "authority_expired",
            Self::AuthorityNotYet => "authority_not_yet",
            Self::BelowMinAge => "below_min_age",
            Self::CompactNotIssuing => "compact_not_issuing",
            Self::CompactWithdrawn => "compact_withdrawn",
            Self::DayLimitReached => "day_limit_reached",
            Self::HomeLicenseMissing => "home_license_missing",
            Self::LicenseEncumbered => "license_encumbered",
            Self::LicenseExpired => "license_expired",
            Self::LicenseInGrace => "license_in_grace",
            Self::LicenseNotActive => "license_not_active",
            Self::LicenseNotYet => "license_not_yet",
            Self::ModeNotCovered => "mode_not_covered",
            Self::NoAuthority => "no_authority",
            Self::NotAtHomeState => "not_at_home_state",
            Self::ProbationDisclosure => "probation_disclosure",
        }
    }
}

/// Whether, on what basis, and by which rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What may be done.
    pub verdict: Verdict,
    /// What it rests on; `None` where the answer is deny.
    pub basis: Option<Basis>,
    /// Warnings, or everything that denies; each once, in the order of their words.
    pub rules: BTreeSet<Rule>,
}

impl Facts {
    /// Whether the clinician may serve the client on `on`, the date at the client's place when
    /// the service starts.
    pub fn may_serve(&self, on: Date) -> Answer {
        let attempts = self.attempts(on);
        let is_too_young = self.min_age.is_some_and(|min_age| self.client_age < min_age);

        let best = attempts.iter().filter(|attempt| attempt.verdict() != Verdict::Deny);
        let best = best.min_by_key(|attempt| attempt.rank());
        match best {
            Some(_) if is_too_young => Answer::deny(BTreeSet::from([Rule::BelowMinAge])),
            Some(best) => Answer {
                verdict: best.verdict(),
                basis: Some(best.basis),
                rules: best.warnings.clone(),
            },
            None => {
                let mut rules: BTreeSet<Rule> =
                    attempts.iter().flat_map(|attempt| attempt.denials.iter().copied()).collect();
                if attempts.is_empty() {
                    rules.insert(Rule::NoAuthority);
                }
                if is_too_young {
                    rules.insert(Rule::BelowMinAge);
                }
                Answer::deny(rules)
            }
        }
    }
}

impl Answer {
    fn deny(rules: BTreeSet<Rule>) -> Self {
        Self { verdict: Verdict::Deny, basis: None, rules }
    }
}

impl Attempt {
    fn verdict(&self) -> Verdict {
        if !self.denials.is_empty() {
            Verdict::Deny
        } else if !self.warnings.is_empty() {
            Verdict::Warn
        } else {
            Verdict::Allow
        }
    }

    /// Of what serves: allow before warn, then by basis, then fewer rules, then by their words.
    fn rank(&self) -> (Verdict, Basis, usize, &BTreeSet<Rule>) {
        (self.verdict(), self.basis, self.warnings.len(), &self.warnings)
    }
}
