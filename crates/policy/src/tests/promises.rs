//! Promises: tried together, and each alone beside a policy that allows everything, since two
//! promises can cover each other and default refusal would hide a dead one.

use crate::attempt::Must;
use crate::promise::KeptBy;
use crate::reading::{FILES, parts};
use crate::{Attempt, Charter, PromiseId};

const EVERYTHING: &str = "@id(\"everything/everything\") @work(\"Everybody does everything.\")
permit (principal, action, resource);";

/// The charter with one promise or none, where everything else is allowed.
fn lawless(but_for: Option<&PromiseId>) -> Charter {
    let kept = FILES.iter().copied().filter(|(file, _)| match parts(file) {
        ("promises" | "attempts", stem, _) if stem != "cast" => {
            but_for.is_some_and(|promise| promise.as_str() == stem)
        }
        ("work", ..) => false,
        _ => true,
    });
    let files: Vec<_> = kept.chain([("work/everything.cedar", EVERYTHING)]).collect();
    Charter::read(&files).unwrap()
}

fn on<'a>(charter: &'a Charter, promise: &'a PromiseId) -> impl Iterator<Item = &'a Attempt> {
    charter.attempts().iter().filter(move |attempt| attempt.promise == *promise)
}

fn kept_by_policy(charter: &Charter) -> impl Iterator<Item = &PromiseId> {
    let kept = charter.promises().iter().filter(|promise| promise.kept_by == KeptBy::Policy);
    kept.map(|promise| &promise.id)
}

#[test]
fn every_attempt_goes_as_it_must() {
    let charter = Charter::load().unwrap();

    let report = charter.try_all();

    assert!(report.holds(), "{report}");
    assert!(report.to_string().ends_with("each as promised"), "{report}");
}

#[test]
fn each_promise_holds_alone_where_all_else_is_allowed() {
    let charter = Charter::load().unwrap();
    for promise in kept_by_policy(&charter) {
        let alone = lawless(Some(promise));
        for attempt in on(&charter, promise) {
            let decision = attempt.tried_against(&alone).decision;
            let refused = attempt.must == Must::BeRefusedBy(promise.clone());
            assert_eq!(decision.is_refused_by(promise), refused, "{promise}: {}", attempt.says);
            assert_eq!(decision.is_permit(), !refused, "{promise}: {}", attempt.says);
        }
    }
}

#[test]
fn without_promises_everything_would_be_allowed() {
    let charter = Charter::load().unwrap();
    let lawless = lawless(None);
    for attempt in charter.attempts() {
        assert!(attempt.tried_against(&lawless).decision.is_permit(), "{}", attempt.says);
    }
}

#[test]
fn each_promise_is_tried_from_both_sides_of_its_limit() {
    let charter = Charter::load().unwrap();
    for promise in kept_by_policy(&charter) {
        let refused = Must::BeRefusedBy(promise.clone());
        assert!(on(&charter, promise).any(|it| it.must == refused), "{promise} stops nobody");
        assert!(
            on(&charter, promise).any(|it| it.must == Must::BeAllowed),
            "{promise}: no neighbor"
        );
    }
}

#[test]
fn the_page_can_show_every_promise() {
    let charter = Charter::load().unwrap();
    for promise in charter.promises() {
        assert!(promise.sentence.ends_with('.'), "{}", promise.id);
        assert!(promise.rule.len() > 20 && !promise.rule.contains('@'), "{}", promise.rule);
        assert_eq!(promise.attempts, on(&charter, &promise.id).count());
    }
    let audit = charter.promise("OF-18").unwrap();
    let proof = "nobody_who_serves_can_alter_the_audit".to_owned();
    assert_eq!(audit.kept_by, KeptBy::Constraint { proof });
}

#[test]
fn every_permit_says_what_it_allows() {
    let charter = Charter::load().unwrap();
    for work in charter.work() {
        assert!(work.sentence.ends_with('.') && work.rule.starts_with("permit"), "{}", work.name);
    }
}
