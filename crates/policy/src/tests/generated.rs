//! Thousands of made-up worlds for each promise that a policy keeps: it forbids exactly what its
//! sentence says, as told once more in Rust, and what it forbids is never allowed.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::cast::Given;
use crate::promise::KeptBy;
use crate::{
    Act, Charter, Decision, Facts, Kind, Practice, Role, Service, Side, Thing, Uid, Who, Why,
};

/// Worlds for each promise: the whole takes a few seconds in a debug build.
const WORLDS: u32 = 2_000;

/// The last of them is the operator.
const PRACTICES: [&str; 4] = ["elm", "oak", "fir", "trellis"];
const OPERATOR: usize = 3;

/// The first of them asks.
const PEOPLE: [&str; 3] = ["me", "ben", "cy"];
const ME: usize = 0;

#[derive(Debug, Clone)]
struct World {
    /// What the asker is at each practice.
    roles: Vec<Vec<Role>>,
    /// What each practice shares; the operator's are passed over.
    services: Vec<Vec<Service>>,
    /// Where the thing belongs.
    practice: usize,
    clinician: usize,
    to: usize,
    signed: bool,
    act: Act,
    /// Whether terms are those with a clinician.
    engagement: bool,
}

fn worlds(acts: Vec<Act>) -> impl Strategy<Value = World> {
    let roles = prop::sample::subsequence(Role::ALL, 0..=2);
    let services = prop::sample::subsequence(Service::ALL, 0..=Service::ALL.len());
    (
        prop::collection::vec(prop_oneof![Just(Vec::new()), roles], 4),
        prop::collection::vec(prop_oneof![Just(Vec::new()), services], 4),
        (0..PRACTICES.len(), 0..PEOPLE.len(), 0..PEOPLE.len()),
        (any::<bool>(), any::<bool>()),
        prop::sample::select(acts),
    )
        .prop_map(|(roles, services, (practice, clinician, to), (signed, engagement), act)| {
            World { roles, services, practice, clinician, to, signed, act, engagement }
        })
}

impl World {
    fn is(&self, role: Role) -> bool {
        self.roles[self.practice].contains(&role)
    }

    fn treats(&self) -> bool {
        self.practice != OPERATOR && self.is(Role::Clinician)
    }

    fn shared(&self) -> &[Service] {
        if self.practice == OPERATOR { &[] } else { &self.services[self.practice] }
    }

    fn is_about_engagement(&self) -> bool {
        self.thing().uid.kind == Kind::Engagement
    }

    /// Each promise once more, in Rust.
    fn breaks(&self, promise: &str) -> bool {
        let owns = self.is(Role::Owner);
        match promise {
            "OF-13" => match self.act {
                Act::SignAgreement { side } | Act::SignEngagement { side } => {
                    side == Side::Practice && !owns
                }
                _ => false,
            },
            "OF-20" => {
                matches!(self.act, Act::InvitePerson { .. } | Act::ChangeRole { .. }) && !owns
            }
            "OF-23" => {
                let own = self.clinician == ME && self.treats();
                matches!(self.act, Act::GrantAccess { .. }) && !own
            }
            "OF-25" => self.act == Act::AmendTerms && self.signed,
            "CO-12" => matches!(self.act, Act::GrantAccess { length_min } if length_min > 60),
            "AG-01" => {
                let staff = !self.roles[OPERATOR].is_empty();
                let belongs = owns || self.treats() || self.practice == OPERATOR;
                matches!(self.act, Act::SeePeople | Act::UseService { .. })
                    && staff
                    && !belongs
                    && self.shared().is_empty()
            }
            "AG-02" => match self.act {
                Act::UseService { service } => !self.shared().contains(&service),
                _ => false,
            },
            "AG-03" => self.is_about_engagement() && self.clinician != ME && !owns,
            other => panic!("say {other} in Rust here"),
        }
    }

    fn thing(&self) -> Given {
        let person = |who: usize| Uid::new(Kind::Person, PEOPLE[who]);
        let facts = Facts::new();
        let signed = || Facts::new().with("signed", self.signed);
        let engagement = || (Kind::Engagement, signed().with("clinician", person(self.clinician)));
        let (kind, facts) = match self.act {
            Act::ReadCharter
            | Act::SeePeople
            | Act::SeeDeadLetters
            | Act::InvitePerson { .. }
            | Act::UseService { .. } => return self.practices()[self.practice].given(),
            Act::ReadAudit => (Kind::AuditTrail, facts.with("about", person(self.clinician))),
            Act::GrantAccess { .. } | Act::EndGrant => {
                let facts = facts.with("clinician", person(self.clinician));
                (Kind::Grant, facts.with("to", person(self.to)))
            }
            Act::ChangeRole { .. } => (Kind::Membership, facts.with("person", person(self.to))),
            Act::RevokeSignIn => (Kind::SignIn, facts.with("person", person(self.to))),
            Act::ProposeEngagement | Act::SignEngagement { .. } => engagement(),
            Act::SeeTerms | Act::AmendTerms if self.engagement => engagement(),
            Act::SeeTerms | Act::AmendTerms => (Kind::Agreement, signed()),
            Act::ProposeAgreement | Act::SignAgreement { .. } => (Kind::Agreement, signed()),
            Act::SettleDeadLetter => (Kind::DeadLetter, facts),
        };
        let practice = Some(Uid::new(Kind::Practice, PRACTICES[self.practice]));
        Given { uid: Uid::new(kind, "it"), practice, facts }
    }

    fn practices(&self) -> Vec<Practice> {
        let practice = |(place, name): (usize, &&str)| match place {
            OPERATOR => Practice::operator(name),
            place => Practice::new(name).sharing(self.services[place].iter().copied()),
        };
        PRACTICES.iter().enumerate().map(practice).collect()
    }

    fn decided_by(&self, charter: &Charter) -> Decision {
        let practices = self.practices();
        let others: Vec<&dyn Thing> = practices.iter().map(|it| it as &dyn Thing).collect();
        let mut who = Who::new(PEOPLE[ME]);
        for (roles, practice) in self.roles.iter().zip(&practices) {
            if !roles.is_empty() {
                who = who.being(roles.iter().copied(), practice.clone());
            }
        }
        charter.decide(&who, &self.act, &self.thing(), &others)
    }
}

/// Every act, with all that it can carry; of lengths the limits and the far ends.
fn acts() -> Vec<Act> {
    let mut acts = vec![
        Act::ReadCharter,
        Act::ReadAudit,
        Act::EndGrant,
        Act::SeePeople,
        Act::RevokeSignIn,
        Act::SeeTerms,
        Act::AmendTerms,
        Act::ProposeAgreement,
        Act::ProposeEngagement,
        Act::SeeDeadLetters,
        Act::SettleDeadLetter,
    ];
    acts.extend([i64::MIN, 1, 60, 61, i64::MAX].map(|length_min| Act::GrantAccess { length_min }));
    for role in Role::ALL {
        acts.extend([Act::InvitePerson { role: *role }, Act::ChangeRole { role: *role }]);
    }
    for side in Side::ALL {
        acts.extend([Act::SignAgreement { side: *side }, Act::SignEngagement { side: *side }]);
    }
    acts.extend(Service::ALL.iter().map(|service| Act::UseService { service: *service }));
    acts
}

#[test]
fn every_act_is_among_those_made_up() {
    for name in Act::NAMES {
        assert!(acts().iter().any(|act| act.name() == *name), "{name} is never made up");
    }
}

#[test]
fn each_promise_forbids_what_its_sentence_says_and_nothing_else() {
    let charter = Charter::load().unwrap();
    for promise in charter.promises().iter().filter(|it| it.kept_by == KeptBy::Policy) {
        let id = promise.id.as_str();
        let guards = |act: &Act| {
            let named = act
                .groups()
                .iter()
                .chain([&act.name()])
                .any(|name| promise.rule.contains(&format!("Action::\"{name}\"")));
            named.then(|| act.clone())
        };
        let guarded: Vec<Act> = acts().iter().filter_map(guards).collect();
        assert!(!guarded.is_empty(), "{id} guards no act");

        in_worlds(guarded, |world| {
            let decision = world.decided_by(&charter);
            let breaks = world.breaks(id);
            prop_assert_eq!(decision.is_refused_by(&promise.id), breaks, "{}: {:?}", id, decision);
            prop_assert!(!(breaks && decision.is_permit()), "{} is passed over", id);
            Ok(())
        });
    }
}

#[test]
fn in_any_world_a_promise_that_would_break_is_not_passed_over_and_nothing_errs() {
    let charter = Charter::load().unwrap();
    in_worlds(acts(), |world| {
        let decision = world.decided_by(&charter);
        for promise in charter.promises().iter().filter(|it| it.kept_by == KeptBy::Policy) {
            let breaks = world.breaks(promise.id.as_str());
            prop_assert_eq!(decision.is_refused_by(&promise.id), breaks, "{:?}", decision);
        }
        if let Decision::Refuse(refused) = decision {
            prop_assert!(!matches!(refused.why, Why::Erred(_)), "{:?}", refused);
        }
        Ok(())
    });
}

fn in_worlds(acts: Vec<Act>, holds: impl Fn(World) -> Result<(), TestCaseError>) {
    let config = Config { cases: WORLDS, failure_persistence: None, ..Config::default() };
    let tried = TestRunner::new(config).run(&worlds(acts), holds);
    assert!(tried.is_ok(), "{}", tried.unwrap_err());
}
