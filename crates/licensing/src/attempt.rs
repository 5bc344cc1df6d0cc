//! One way to serve, tried on one day: what denies it, and what it warns of.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::answer::{Basis, Rule};
use crate::facts::{Authority, AuthorityKind, Compact, Facts, Level, License, Profession, Status};
use crate::state::State;

/// Days of a temporary authorization in a calendar year and state (PSYPACT Rules, section 5).
const TAP_DAY_MAX: u16 = 30;

/// What came of one license or authority.
pub(crate) struct Attempt {
    pub basis: Basis,
    pub denials: BTreeSet<Rule>,
    pub warnings: BTreeSet<Rule>,
}

impl Facts {
    /// Everything that can be tried on `on`.
    pub(crate) fn attempts(&self, on: Date) -> Vec<Attempt> {
        let Some(client_state) = self.client_state else {
            return Vec::new();
        };
        let licenses = self.licenses.iter().filter(|license| license.state == client_state);
        let authorities = self.authorities.iter().filter(|authority| {
            let is_for_state = authority.state.is_none_or(|state| state == client_state);
            // At home only a license serves.
            is_for_state && authority.home_state != Some(client_state)
        });
        licenses
            .map(|license| self.try_license(license, on))
            .chain(authorities.map(|it| self.try_authority(it, client_state, on)))
            .collect()
    }

    fn try_license(&self, license: &License, on: Date) -> Attempt {
        let is_past = license.expires < on;
        let is_in_grace = is_past && license.grace_to.is_some_and(|last| on <= last);
        let is_on_probation = license.status == Status::Probation;
        let denials = [
            (on < license.issued, Rule::LicenseNotYet),
            (is_past && !is_in_grace, Rule::LicenseExpired),
            (license.is_not_active(), Rule::LicenseNotActive),
            (license.status == Status::Encumbered, Rule::LicenseEncumbered),
            (
                license.level == Level::Associate && !self.is_supervised(license.state, on),
                Rule::AssociateWithoutSupervisor,
            ),
        ];
        let warnings = [
            (is_in_grace, Rule::LicenseInGrace),
            (is_on_probation && license.must_disclose, Rule::ProbationDisclosure),
        ];
        Attempt { basis: Basis::License, denials: holding(denials), warnings: holding(warnings) }
    }

    fn try_authority(&self, authority: &Authority, client_state: State, on: Date) -> Attempt {
        let kind = authority.kind;
        let is_disciplined = |license: &License| {
            license.state == client_state
                && matches!(license.status, Status::Encumbered | Status::Probation)
        };
        let is_away =
            self.clinician_state.is_none() || self.clinician_state != authority.home_state;
        let mut denials = holding([
            (on < authority.from, Rule::AuthorityNotYet),
            (authority.to.is_some_and(|last| last < on), Rule::AuthorityExpired),
            (authority.is_used_up(on), Rule::DayLimitReached),
            (!kind.covers(self.mode), Rule::ModeNotCovered),
            (kind == AuthorityKind::Apit && is_away, Rule::NotAtHomeState),
            (self.licenses.iter().any(is_disciplined), Rule::LicenseEncumbered),
        ]);
        if let Some((compact, _)) = kind.compact() {
            let states = [Some(client_state), authority.home_state];
            denials.extend(
                states
                    .into_iter()
                    .flatten()
                    .filter_map(|state| self.membership_denies(compact, state, on)),
            );
        }
        if let Some(home) = authority.home_state {
            denials.extend(self.home_license_denies(kind, home, on));
        }
        Attempt { basis: kind.basis(), denials, warnings: BTreeSet::new() }
    }

    fn membership_denies(&self, compact: Compact, state: State, on: Date) -> Option<Rule> {
        let row = self.compacts.iter().find(|row| row.compact == compact && row.state == state);
        if row.and_then(|row| row.withdrawn_on).is_some_and(|out| out <= on) {
            return Some(Rule::CompactWithdrawn);
        }
        let is_issuing = row.and_then(|row| row.issuing_on).is_some_and(|first| first <= on);
        (!is_issuing).then_some(Rule::CompactNotIssuing)
    }

    /// What speaks against the license at home: nothing where one of them is good, else
    /// everything against each.
    fn home_license_denies(&self, kind: AuthorityKind, home: State, on: Date) -> BTreeSet<Rule> {
        let profession: Option<Profession> = kind.compact().map(|(_, profession)| profession);
        let against: Vec<BTreeSet<Rule>> = self
            .licenses
            .iter()
            .filter(|it| {
                it.state == home && profession.is_none_or(|wanted| wanted == it.profession)
            })
            .map(|license| self.against_home_license(license, profession.is_some(), on))
            .collect();
        if against.is_empty() {
            return BTreeSet::from([Rule::HomeLicenseMissing]);
        }
        if against.iter().any(BTreeSet::is_empty) {
            return BTreeSet::new();
        }
        against.into_iter().flatten().collect()
    }

    fn against_home_license(
        &self,
        license: &License,
        is_for_compact: bool,
        on: Date,
    ) -> BTreeSet<Rule> {
        let is_associate = license.level == Level::Associate;
        let is_alone = is_associate && !self.is_supervised(license.state, on);
        holding([
            (on < license.issued, Rule::LicenseNotYet),
            // Grace is a matter between the holder and the board at home.
            (license.expires < on, Rule::LicenseExpired),
            (license.is_not_active(), Rule::LicenseNotActive),
            (
                matches!(license.status, Status::Encumbered | Status::Probation),
                Rule::LicenseEncumbered,
            ),
            (is_for_compact && is_associate, Rule::AssociateInCompact),
            (!is_for_compact && is_alone, Rule::AssociateWithoutSupervisor),
        ])
    }

    fn is_supervised(&self, state: State, on: Date) -> bool {
        self.supervision
            .iter()
            .any(|row| row.state == state && row.from <= on && row.to.is_none_or(|last| on <= last))
    }
}

impl License {
    fn is_not_active(&self) -> bool {
        matches!(self.status, Status::Inactive | Status::Lapsed | Status::Retired)
    }
}

impl Authority {
    /// The day asked would be one more than it gives.
    fn is_used_up(&self, on: Date) -> bool {
        let own_limit = (self.kind == AuthorityKind::Tap).then_some(TAP_DAY_MAX);
        let used = match self.year {
            Some(year) if year != on.year() => 0,
            _ => self.days_used,
        };
        self.day_limit.or(own_limit).is_some_and(|limit| limit <= used)
    }
}

fn holding<const N: usize>(rules: [(bool, Rule); N]) -> BTreeSet<Rule> {
    rules.into_iter().filter(|(holds, _)| *holds).map(|(_, rule)| rule).collect()
}
