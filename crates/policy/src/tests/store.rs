//! What goes wrong is a refusal: an error in a policy, a thing that was not loaded, facts that do
//! not fit, an answer from a policy that the charter does not have.

use std::collections::BTreeMap;

use cedar_policy::{Policy, PolicyId, Schema};

use crate::cast::Given;
use crate::decide::gather;
use crate::reading::FILES;
use crate::tests::files_but;
use crate::{
    Act, Charter, Decision, Fact, Facts, Kind, Practice, Role, Service, Side, Thing, Uid, Who, Why,
};

fn erred(decision: &Decision) -> Option<&str> {
    match decision {
        Decision::Refuse(refused) => match &refused.why {
            Why::Erred(what) => Some(what),
            Why::ForbiddenBy | Why::NoPermit => None,
        },
        Decision::Permit { .. } => None,
    }
}

fn agreement(facts: Facts) -> Given {
    let practice = Some(Uid::new(Kind::Practice, "elm"));
    Given { uid: Uid::new(Kind::Agreement, "one"), practice, facts }
}

/// The facts of a version that somebody has signed, or nobody.
fn signed(signed: bool) -> Facts {
    let by = signed.then(|| Uid::new(Kind::Person, "olga"));
    Facts::new().with("signed", signed).with("signers", Fact::from_iter(by))
}

fn elm() -> Practice {
    Practice::new("elm").sharing([Service::Billing])
}

fn ada() -> Who {
    Who::new("ada").being([Role::Owner], elm())
}

#[test]
fn one_charter_serves_all_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Charter>();
}

#[test]
fn a_policy_that_errs_refuses() {
    let overflow = "@id(\"CO-12\") @promise(\"P.\") @source(\"S\") @kept_by(\"policy\")
        forbid (principal, action == Action::\"grant_access\", resource)
        when { context.length_min * 9007199254740991 > 60000000 };";
    let attempt = "[[attempt]]\nsays = \"Ben grants.\"\ntry = { who = \"ben\", \
        does = \"grant_access\", to = \"grant one\", length_min = 9007199254740991 }\n\
        must = \"be allowed\"\ngiven = { \"grant one\" = { practice = \"practice elm\", \
        clinician = \"person ben\", to = \"person bo\" } }";
    let files = files_but(&[
        ("promises/CO-12.cedar", Some(overflow)),
        ("attempts/CO-12.toml", Some(attempt)),
    ]);

    let charter = Charter::read(&files).unwrap();
    let attempt = charter.attempts().iter().find(|it| it.says == "Ben grants.").unwrap();
    let tried = attempt.tried_against(&charter);

    assert!(erred(&tried.decision).is_some_and(|what| what.contains("overflow")), "{tried:?}");
}

#[test]
fn facts_that_do_not_fit_the_schema_refuse() {
    let charter = Charter::load().unwrap();
    let decide = |facts: Facts| charter.decide(&ada(), &Act::SeeTerms, &agreement(facts), &[]);
    assert!(decide(signed(false)).is_permit());

    let said = |fact: Fact| Facts::new().with("signed", fact).with("signers", Fact::Set(vec![]));
    for (facts, why) in [
        (Facts::new(), "none"),
        (Facts::new().with("signed", false), "one too few"),
        (signed(false).with("sealed", true), "one too many"),
        (said(1.into()), "another type"),
        (said("false".into()), "text for yes or no"),
        (signed(false).with("practice", Uid::new(Kind::Practice, "elm")), "its practice twice"),
    ] {
        assert!(erred(&decide(facts)).is_some(), "{why}");
    }
    let service = Fact::from_iter([Uid::new(Kind::Service, "biling")]);
    let odd = Given {
        uid: Uid::new(Kind::Practice, "elm"),
        practice: Some(Uid::new(Kind::Practice, "elm")),
        facts: Facts::new().with("operator", false).with("services", service),
    };
    let asked = charter.decide(&Who::new("sam"), &Act::ReadCharter, &odd, &[]);
    assert!(erred(&asked).is_some(), "a word that the schema does not have");
}

#[test]
fn an_act_on_the_wrong_kind_of_thing_refuses() {
    let charter = Charter::load().unwrap();
    let asked = charter.decide(&ada(), &Act::SeeTerms, &elm(), &[]);
    assert!(erred(&asked).is_some());
}

#[test]
fn a_practice_that_is_mentioned_must_be_loaded() {
    let charter = Charter::load().unwrap();
    let thing = agreement(signed(true));
    let sam = Who::new("sam");

    let unloaded = charter.decide(&sam, &Act::AmendTerms, &thing, &[]);
    let loaded = charter.decide(&sam, &Act::AmendTerms, &thing, &[&elm()]);

    assert_eq!(erred(&unloaded), Some("Practice elm is mentioned and was not loaded"));
    assert_eq!(erred(&loaded), None);
    assert!(!loaded.is_permit());
}

#[test]
fn one_thing_told_in_two_ways_refuses() {
    let charter = Charter::load().unwrap();
    let thing = agreement(signed(false));
    let generous = elm().sharing([Service::Intake]);

    let asked = charter.decide(&ada(), &Act::SeeTerms, &thing, &[&generous]);

    assert_eq!(erred(&asked), Some("Practice elm is given in two ways"));
    assert!(charter.decide(&ada(), &Act::SeeTerms, &thing, &[&elm()]).is_permit());
}

#[test]
fn nobody_passes_for_another_by_bringing_their_own_principal() {
    let charter = Charter::load().unwrap();
    let thing = agreement(signed(false));
    let sam = Who::new("sam");
    let forged = Given { uid: sam.uid(), practice: None, facts: ada().facts() };

    let asked = charter.decide(&sam, &Act::SeeTerms, &thing, &[&elm(), &forged]);

    assert_eq!(erred(&asked), Some("Who sam is given in two ways"));
}

#[test]
fn an_answer_from_a_policy_that_the_charter_does_not_have_refuses() {
    let thing = agreement(signed(false));
    for effect in ["permit", "forbid"] {
        let mut charter = Charter::load().unwrap();
        let stranger = format!("{effect} (principal, action, resource);");
        let stranger = Policy::parse(Some(PolicyId::new("stranger")), stranger).unwrap();
        charter.policies.add(stranger).unwrap();

        let asked = charter.decide(&ada(), &Act::SeeTerms, &thing, &[]);

        assert!(erred(&asked).is_some_and(|what| what.contains("stranger")), "{asked:?}");
    }
}

#[test]
fn dropping_anything_that_was_loaded_never_allows_what_was_refused() {
    let charter = Charter::load().unwrap();
    let mut dropped = 0;
    for attempt in charter.attempts() {
        let (who, thing) = (attempt.who.uid(), attempt.thing.uid());
        let others: Vec<&dyn Thing> = attempt.others.iter().map(|it| it as &dyn Thing).collect();
        let whole = gather(&attempt.who, &attempt.thing, &others).unwrap();
        let decide = |loaded: &BTreeMap<Uid, Facts>| {
            let (request, entities) = charter.question(&who, &attempt.act, &thing, loaded)?;
            charter.judge(&request, &entities)
        };
        let refused = !decide(&whole).unwrap().is_permit();
        for uid in whole.keys() {
            let mut fewer = whole.clone();
            fewer.remove(uid);
            dropped += 1;
            let decision = decide(&fewer);
            let allowed = decision.as_ref().is_ok_and(|decision| decision.is_permit());
            assert!(!(refused && allowed), "{} Without {uid}, it is allowed.", attempt.says);

            let facts = [&who, &thing].into_iter().flat_map(|it| whole[it].iter());
            let mut mentioned = facts.flat_map(|(_, fact)| fact.uids()).chain([&who, &thing]);
            if mentioned.any(|it| it == uid) {
                let fault = decision.err().unwrap_or_default();
                assert_eq!(fault, format!("{uid} is mentioned and was not loaded"));
            }
        }
    }
    assert!(dropped > 300, "only {dropped} were dropped");
}

#[test]
fn a_group_of_acts_is_never_an_act() {
    let text = FILES.iter().find(|(file, _)| *file == "schema.cedarschema").unwrap().1;
    let (schema, _) = Schema::from_cedarschema_str(text).unwrap();

    for group in schema.action_groups() {
        assert!(!Act::NAMES.contains(&group.id().unescaped()), "{group}");
    }
    let all = schema.actions().count();
    assert_eq!(Act::NAMES.len() + schema.action_groups().count(), all);
    let signing = Act::SignAgreement { side: Side::Practice };
    assert_eq!((signing.name(), signing.groups()), ("sign_agreement", &["terms", "change"][..]));
}

#[test]
fn a_promise_about_a_group_reaches_its_acts() {
    let charter = Charter::load().unwrap();
    let sue = Who::new("sue").being([Role::Scheduling], Practice::operator("trellis"));
    let asked = charter.decide(&sue, &Act::SeePeople, &Practice::new("fir"), &[]);
    let Decision::Refuse(refused) = asked else { panic!("{asked:?}") };
    assert_eq!(refused.promise.map(|it| it.to_string()).as_deref(), Some("AG-01"));
    assert_eq!(refused.why, Why::ForbiddenBy);
    assert!(refused.source.is_some_and(|source| source.contains("164.504")));
}
