//! What the attempts came to, and what a role may do in a practice: asked of the charter, about
//! things that stand for any of their kind. No I/O.

use std::collections::BTreeMap;

use ground::policy::{
    Act, Charter, Decision, Facts, Kind, Must, Practice, Role, Service, Side, Thing, Uid, Who,
};
use jiff::Timestamp;

/// One attempt, and whether it went as promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Try {
    pub says: String,
    pub must_be_allowed: bool,
    pub was_allowed: bool,
    pub held: bool,
}

/// Every attempt by promise, tried once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Proofs(BTreeMap<String, Vec<Try>>);

impl Proofs {
    /// Tries everything.
    pub(crate) fn of(charter: &Charter) -> Self {
        let mut proofs = BTreeMap::<String, Vec<Try>>::new();
        for tried in charter.try_all().tried {
            let it = Try {
                says: tried.attempt.says.clone(),
                must_be_allowed: tried.attempt.must == Must::BeAllowed,
                was_allowed: tried.decision.is_permit(),
                held: tried.held,
            };
            proofs.entry(tried.attempt.promise.as_str().to_owned()).or_default().push(it);
        }
        Self(proofs)
    }

    /// What was tried against a promise.
    pub(crate) fn against(&self, promise: &str) -> &[Try] {
        self.0.get(promise).map_or(&[], Vec::as_slice)
    }
}

/// How often the operator's people met a promise in earnest, and when last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Met {
    pub count: i64,
    pub last_at: Timestamp,
}

/// What one role of the operator may do in a practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reach {
    pub role: Role,
    /// The charter's own sentences.
    pub may: Vec<String>,
}

/// Something that stands for any of its kind in a practice.
struct Any {
    kind: Kind,
    practice: String,
}

impl Thing for Any {
    fn uid(&self) -> Uid {
        let id = if self.kind == Kind::Practice { &self.practice } else { "any" };
        Uid::new(self.kind, id)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, &self.practice))
    }

    /// Facts of a kind, with a clinician and a client who are nobody in particular.
    fn facts(&self) -> Facts {
        let clinician = || Uid::new(Kind::Person, "any clinician");
        let client = || Uid::new(Kind::Client, "any client");
        let of = |facts: Facts| facts.with("clinician", clinician());
        let nobody = || Vec::<Uid>::new().into_iter().collect::<ground::policy::Fact>();
        let treated = || [clinician()].into_iter().collect::<ground::policy::Fact>();
        let facts = Facts::new();
        match self.kind {
            Kind::Hours | Kind::Offer | Kind::Session | Kind::Statement | Kind::MyHour => of(facts),
            Kind::Appointment => of(facts),
            Kind::Packet | Kind::Account => facts.with("client", client()),
            Kind::Chart | Kind::Episode => {
                facts.with("client", client()).with("treated_by", treated())
            }
            Kind::Note => of(facts).with("client", client()),
            Kind::Charge => of(facts).with("signed", true),
            Kind::Agreement => facts.with("signed", false).with("signers", nobody()),
            Kind::Engagement => of(facts).with("signed", false).with("signers", nobody()),
            Kind::Membership => facts.with("person", clinician()),
            Kind::Grant => of(facts).with("to", Uid::new(Kind::Person, "any staff")),
            _ => facts,
        }
    }
}

/// What is asked for each role: an act and the kind of thing it is about. In the order in which
/// the work goes.
const ASKED: &[(Act, Kind)] = &[
    (Act::SeePeople, Kind::Practice),
    (Act::SeeHours, Kind::Hours),
    (Act::SeeWeek, Kind::Hours),
    (Act::MakeOffer, Kind::Offer),
    (Act::WithdrawOffer, Kind::Offer),
    (Act::SendPacket, Kind::Packet),
    (Act::SeePacket, Kind::Packet),
    (Act::SeeAppointment, Kind::Appointment),
    (Act::BookAppointment, Kind::Appointment),
    (Act::CancelAppointment, Kind::Appointment),
    (Act::SeeBilling, Kind::Practice),
    (Act::SendClaim, Kind::Charge),
    (Act::ImportRemittance, Kind::Practice),
    (Act::SettleException, Kind::Practice),
    (Act::SeeBooks, Kind::Practice),
    (Act::RecordPayment, Kind::Practice),
    (Act::SeeAccount, Kind::Account),
    (Act::SeeStatement, Kind::Statement),
    (Act::CloseMonth, Kind::Practice),
    (Act::SeeTerms, Kind::Agreement),
    (Act::ProposeAgreement, Kind::Agreement),
    (Act::SignAgreement { side: Side::Operator }, Kind::Agreement),
    // What follows is a clinician's or the practice's alone: that it is so is the charter's answer.
    (Act::OpenChart, Kind::Chart),
    (Act::Diagnose, Kind::Chart),
    (Act::WriteNote, Kind::Note),
    (Act::SignNote, Kind::Note),
    (Act::Discharge, Kind::Episode),
    (Act::AnswerOffer, Kind::Offer),
    (Act::SetHours, Kind::Hours),
    (Act::ProtectTime, Kind::Hours),
    (Act::PauseIntake, Kind::Hours),
    (Act::RecordOutcome, Kind::Appointment),
    (Act::TimeSession, Kind::Session),
    (Act::SetFees, Kind::Practice),
    (Act::SeeWorth, Kind::MyHour),
    (Act::SeeTerms, Kind::Engagement),
    (Act::SignAgreement { side: Side::Practice }, Kind::Agreement),
    (Act::InvitePerson { role: Role::Clinician }, Kind::Practice),
    (Act::GrantAccess { length_min: 60 }, Kind::Grant),
];

/// The roles of the operator, as the page lists them.
pub(crate) const STAFF: &[Role] = &[
    Role::Intake,
    Role::Scheduling,
    Role::Billing,
    Role::Credentialing,
    Role::Support,
    Role::Owner,
];

/// What the operator's people can and cannot do in a practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Today {
    pub reaches: Vec<Reach>,
    /// What none of them can do, whoever they are.
    pub none_may: Vec<(Act, Kind)>,
    /// Services that the agreement in force leaves out, or all of them without one.
    pub not_shared: Vec<Service>,
}

/// Asks the charter for each role, about a practice that shares these services.
pub(crate) fn today(charter: &Charter, practice: &str, shared: &[Service]) -> Today {
    let thing = Practice::new(practice).sharing(shared.iter().copied());
    let mut reaches = Vec::new();
    let mut allowed = vec![false; ASKED.len()];
    for &role in STAFF {
        let who = Who::new("any staff").being([role], Practice::operator("operator"));
        let mut by = Vec::new();
        for (at, (act, kind)) in ASKED.iter().enumerate() {
            let about = Any { kind: *kind, practice: practice.to_owned() };
            let about: &dyn Thing = if *kind == Kind::Practice { &thing } else { &about };
            if let Decision::Permit { by: names } = charter.decide(&who, act, about, &[&thing]) {
                allowed[at] = true;
                by.extend(names);
            }
        }
        let mut may = Vec::new();
        for name in by {
            let work = charter.work().iter().find(|work| work.name == name);
            let sentence = work.map(|work| work.sentence.clone()).unwrap_or_default();
            if !sentence.is_empty() && !may.contains(&sentence) {
                may.push(sentence);
            }
        }
        reaches.push(Reach { role, may });
    }
    let none_may = ASKED.iter().zip(allowed).filter(|(_, allowed)| !allowed);
    let not_shared = Service::ALL.iter().filter(|service| !shared.contains(service)).copied();
    Today {
        reaches,
        none_may: none_may.map(|((act, kind), _)| (act.clone(), *kind)).collect(),
        not_shared: not_shared.collect(),
    }
}

#[cfg(test)]
mod unit {
    use ground::policy::Why;

    use super::*;

    /// A question that the charter could not judge would look like a no.
    #[test]
    fn every_question_of_the_page_is_one_that_the_charter_can_answer() {
        let charter = Charter::load().unwrap();
        let thing = Practice::new("elm").sharing(Service::ALL.iter().copied());
        for &role in STAFF {
            let who = Who::new("any staff").being([role], Practice::operator("operator"));
            for (act, kind) in ASKED {
                let about = Any { kind: *kind, practice: "elm".into() };
                let about: &dyn Thing = if *kind == Kind::Practice { &thing } else { &about };
                let decision = charter.decide(&who, act, about, &[&thing]);
                let erred = matches!(
                    &decision,
                    Decision::Refuse(refused) if matches!(refused.why, Why::Erred(_))
                );
                assert!(!erred, "{} {kind:?}: {decision:?}", act.name());
            }
        }
    }

    #[test]
    fn what_each_role_may_do_follows_from_what_is_shared() {
        let charter = Charter::load().unwrap();
        let may = |shared: &[Service], role: Role| {
            let found = today(&charter, "elm", shared);
            found.reaches.into_iter().find(|it| it.role == role).unwrap().may
        };

        assert!(may(&[Service::Scheduling], Role::Scheduling).len() > 1);
        assert_eq!(may(&[Service::Billing], Role::Scheduling), Vec::<String>::new());
        assert!(may(&[Service::Billing], Role::Billing).len() > 1);
        for role in STAFF.iter().filter(|role| **role != Role::Owner) {
            assert_eq!(may(&[], *role), Vec::<String>::new(), "{role:?} without an agreement");
        }
    }

    #[test]
    fn whatever_is_shared_nobody_of_the_operator_opens_a_chart_or_sets_a_fee() {
        let charter = Charter::load().unwrap();

        let found = today(&charter, "elm", Service::ALL);

        for act in [Act::OpenChart, Act::SignNote, Act::AnswerOffer, Act::SetFees, Act::SeeWorth] {
            assert!(found.none_may.iter().any(|(it, _)| *it == act), "{}", act.name());
        }
        assert_eq!(found.not_shared, []);
    }

    #[test]
    fn every_attempt_went_as_promised() {
        let charter = Charter::load().unwrap();
        let proofs = Proofs::of(&charter);

        let tried: usize = proofs.0.values().map(Vec::len).sum();
        assert_eq!(tried, charter.attempts().len());
        assert!(proofs.0.values().flatten().all(|it| it.held));
    }
}
