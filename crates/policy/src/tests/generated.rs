//! Hundreds of made-up worlds for each promise that a policy keeps: it forbids exactly what its
//! sentence says, as told once more in Rust, and what it forbids is never allowed.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::cast::Given;
use crate::promise::KeptBy;
use crate::{
    Act, Charter, Decision, Fact, Facts, Kind, Practice, Role, Service, Side, Thing, Uid, Who, Why,
};

/// Worlds for each promise: the whole takes some ten seconds in a debug build.
const WORLDS: u32 = 400;
/// Worlds for what is true of all promises together.
const WORLDS_OF_ALL: u32 = 2_000;

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
    /// Who has signed, or who treats: whichever the thing is about.
    some: Vec<usize>,
    /// The client, where one signs in.
    of: Option<usize>,
    act: Act,
    /// Whether terms are those with a clinician.
    engagement: bool,
}

fn worlds(acts: Vec<Act>) -> impl Strategy<Value = World> {
    let roles = prop::sample::subsequence(Role::ALL, 0..=2);
    let services = prop::sample::subsequence(Service::ALL, 0..=Service::ALL.len());
    let some = prop::sample::subsequence(vec![0, 1, 2], 0..=PEOPLE.len());
    (
        prop::collection::vec(prop_oneof![Just(Vec::new()), roles], 4),
        prop::collection::vec(prop_oneof![Just(Vec::new()), services], 4),
        (0..PRACTICES.len(), 0..PEOPLE.len(), 0..PEOPLE.len()),
        (any::<bool>(), any::<bool>(), some, prop::option::of(0..PEOPLE.len())),
        prop::sample::select(acts),
    )
        .prop_map(|(roles, services, (practice, clinician, to), facts, act)| {
            let (signed, engagement, some, of) = facts;
            World { roles, services, practice, clinician, to, signed, some, of, act, engagement }
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

    /// Whether the asker is of the practice itself.
    fn belongs(&self) -> bool {
        self.is(Role::Owner) || self.treats() || self.practice == OPERATOR
    }

    /// The same, where the asker works at the operator and is nothing to the practice and in the
    /// thing.
    fn where_i_am_staff_only(mut self) -> Self {
        self.practice %= OPERATOR;
        self.roles[self.practice].clear();
        if !self.is_staff() {
            self.roles[OPERATOR] = vec![Role::Scheduling];
        }
        self.clinician = self.clinician.max(ME + 1);
        self.of = self.of.filter(|of| *of != ME);
        self
    }

    fn is_staff(&self) -> bool {
        !self.roles[OPERATOR].is_empty()
    }

    /// Each promise once more, in Rust.
    fn breaks(&self, promise: &str) -> bool {
        let owns = self.is(Role::Owner);
        let own = self.clinician == ME;
        let treats_them = self.some.contains(&ME);
        match promise {
            "OF-02" => self.act == Act::OpenChart && !treats_them,
            "OF-04" => matches!(self.act, Act::RecordOutcome | Act::TimeSession) && !own,
            "OF-12" => self.act == Act::SetFees && !owns,
            "OF-13" => match self.act {
                Act::SignAgreement { side } | Act::SignEngagement { side } => {
                    side == Side::Practice && !owns
                }
                _ => false,
            },
            "OF-20" => {
                matches!(self.act, Act::InvitePerson { .. } | Act::ChangeRole { .. }) && !owns
            }
            "OF-23" => matches!(self.act, Act::GrantAccess { .. }) && !(own && self.treats()),
            "OF-24" => self.act == Act::SendClaim && !self.signed,
            "OF-25" => self.act == Act::AmendTerms && self.signed,
            "CO-01" => self.act == Act::AnswerOffer && !own,
            "CO-02" => {
                matches!(self.act, Act::SetHours | Act::ProtectTime | Act::PauseIntake) && !own
            }
            "CO-03" => self.act == Act::Diagnose && !treats_them,
            "CO-05" => matches!(self.act, Act::WriteNote | Act::SignNote | Act::AmendNote) && !own,
            "CO-06" => self.act == Act::Discharge && !treats_them,
            "CO-12" => matches!(self.act, Act::GrantAccess { length_min } if length_min > 60),
            "CO-17" => self.act == Act::SeeWorth && !own,
            "AG-01" => {
                let under_agreement = self.act.groups().contains(&"under_agreement");
                let shares = !self.shared().is_empty();
                under_agreement && self.is_staff() && !self.belongs() && !shares
            }
            "AG-02" => match self.act {
                Act::UseService { service } => !self.shared().contains(&service),
                _ => false,
            },
            "AG-03" => self.is_about_engagement() && !own && !owns,
            "AG-04" => {
                let signs =
                    matches!(self.act, Act::SignAgreement { .. } | Act::SignEngagement { .. });
                signs && self.some.contains(&ME)
            }
            other => panic!("say {other} in Rust here"),
        }
    }

    fn thing(&self) -> Given {
        let Some((kind, facts)) = self.kind() else {
            return self.practices()[self.practice].given();
        };
        let practice = Some(Uid::new(Kind::Practice, PRACTICES[self.practice]));
        Given { uid: Uid::new(kind, "it"), practice, facts }
    }

    /// What the act is about and its facts; nothing for a practice itself.
    fn kind(&self) -> Option<(Kind, Facts)> {
        let person = |who: usize| Uid::new(Kind::Person, PEOPLE[who]);
        let some = || self.some.iter().copied().map(person).collect::<Fact>();
        let client = || Facts::new().with("client", Uid::new(Kind::Client, "kim"));
        let own = || Facts::new().with("clinician", person(self.clinician));
        let terms = |facts: Facts| facts.with("signed", self.signed).with("signers", some());
        let agreement = || (Kind::Agreement, terms(Facts::new()));
        let engagement = || (Kind::Engagement, terms(own()));
        let of = |facts: Facts| facts.with_some("of", self.of.map(person));
        let treated = |kind: Kind| (kind, client().with("treated_by", some()));
        Some(match self.act {
            Act::ReadCharter
            | Act::SeePeople
            | Act::SeeDeadLetters
            | Act::InvitePerson { .. }
            | Act::UseService { .. }
            | Act::SeeLeads
            | Act::SetFees
            | Act::SeeBilling
            | Act::ImportRemittance
            | Act::SettleException
            | Act::SeeBooks
            | Act::RecordPayment
            | Act::CloseMonth => return None,
            Act::ReadAudit => {
                (Kind::AuditTrail, Facts::new().with("about", person(self.clinician)))
            }
            Act::GrantAccess { .. } | Act::EndGrant => {
                (Kind::Grant, own().with("to", person(self.to)))
            }
            Act::ChangeRole { .. } => {
                (Kind::Membership, Facts::new().with("person", person(self.to)))
            }
            Act::RevokeSignIn => (Kind::SignIn, Facts::new().with("person", person(self.to))),
            Act::ProposeEngagement | Act::SignEngagement { .. } => engagement(),
            Act::SeeTerms | Act::AmendTerms if self.engagement => engagement(),
            Act::SeeTerms | Act::AmendTerms => agreement(),
            Act::ProposeAgreement | Act::SignAgreement { .. } => agreement(),
            Act::SettleDeadLetter => (Kind::DeadLetter, Facts::new()),
            Act::SeeHours | Act::SeeWeek | Act::SetHours | Act::ProtectTime | Act::PauseIntake => {
                (Kind::Hours, own())
            }
            Act::WorkLead => (Kind::Lead, Facts::new()),
            Act::MakeOffer | Act::SeeOffer | Act::AnswerOffer | Act::WithdrawOffer => {
                (Kind::Offer, own())
            }
            Act::Discharge => treated(Kind::Episode),
            Act::OpenChart | Act::Diagnose => treated(Kind::Chart),
            Act::SendPacket | Act::SeePacket | Act::FillPacket | Act::SignPacket => {
                (Kind::Packet, of(client()))
            }
            Act::SeeAppointment
            | Act::BookAppointment
            | Act::CancelAppointment
            | Act::RecordOutcome => (Kind::Appointment, of(own())),
            Act::TimeSession => (Kind::Session, own()),
            Act::WriteNote | Act::SignNote | Act::AmendNote => {
                (Kind::Note, own().with("client", Uid::new(Kind::Client, "kim")))
            }
            Act::SendClaim => (Kind::Charge, own().with("signed", self.signed)),
            Act::SeeAccount => (Kind::Account, of(client())),
            Act::SeeStatement => (Kind::Statement, own()),
            Act::SeeWorth => (Kind::MyHour, own()),
        })
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

/// Acts that carry nothing.
#[rustfmt::skip]
const PLAIN: &[Act] = &[
    Act::ReadCharter, Act::ReadAudit, Act::EndGrant,
    Act::SeePeople, Act::RevokeSignIn,
    Act::SeeTerms, Act::AmendTerms, Act::ProposeAgreement, Act::ProposeEngagement,
    Act::SeeDeadLetters, Act::SettleDeadLetter,
    Act::SeeHours, Act::SeeWeek, Act::SetHours, Act::ProtectTime, Act::PauseIntake,
    Act::SeeLeads, Act::WorkLead,
    Act::MakeOffer, Act::SeeOffer, Act::AnswerOffer, Act::WithdrawOffer, Act::Discharge,
    Act::SendPacket, Act::SeePacket, Act::FillPacket, Act::SignPacket,
    Act::SeeAppointment, Act::BookAppointment, Act::CancelAppointment, Act::RecordOutcome,
    Act::TimeSession,
    Act::OpenChart, Act::Diagnose, Act::WriteNote, Act::SignNote, Act::AmendNote,
    Act::SetFees, Act::SeeBilling, Act::SendClaim, Act::ImportRemittance, Act::SettleException,
    Act::SeeBooks, Act::RecordPayment, Act::SeeAccount, Act::CloseMonth,
    Act::SeeStatement, Act::SeeWorth,
];

/// Every act, with all that it can carry; of lengths the limits and the far ends.
fn acts() -> Vec<Act> {
    let mut acts = PLAIN.to_vec();
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

        in_worlds(WORLDS, guarded, |world| {
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
    in_worlds(WORLDS_OF_ALL, acts(), |world| {
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

/// The services that each role of the operator's people does the work of.
fn work_of(role: Role) -> &'static [Service] {
    match role {
        Role::Intake => &[Service::Leads, Service::Intake],
        Role::Scheduling => &[Service::Scheduling],
        Role::Billing => &[Service::Billing],
        Role::Credentialing => &[Service::Credentialing],
        Role::Support => &[Service::Telehealth],
        Role::Owner | Role::Clinician => &[],
    }
}

#[test]
fn staff_do_nothing_in_a_practice_that_does_not_share_their_work() {
    let charter = Charter::load().unwrap();
    let under_agreement =
        acts().into_iter().filter(|act| act.groups().contains(&"under_agreement")).collect();
    in_worlds(WORLDS_OF_ALL, under_agreement, |world| {
        let world = world.where_i_am_staff_only();
        let shared = world.shared();
        let works = |role: &Role| work_of(*role).iter().any(|service| shared.contains(service));
        let may = world.roles[OPERATOR].iter().any(works);
        let decision = world.decided_by(&charter);
        prop_assert!(may || !decision.is_permit(), "{:?}", decision);
        Ok(())
    });
}

fn in_worlds(cases: u32, acts: Vec<Act>, holds: impl Fn(World) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let tried = TestRunner::new(config).run(&worlds(acts), holds);
    assert!(tried.is_ok(), "{}", tried.unwrap_err());
}
