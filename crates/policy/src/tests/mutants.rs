//! A promise is whole: delete it, turn it round, weaken or widen any part of it, and an attempt
//! notices. Each permit too, taken by itself, changes the matrix.

use cedar_policy::{Effect, Entities, Policy, PolicySet, Request};
use serde_json::{Value, json};

use crate::decide::gather;
use crate::tests::matrix;
use crate::{Attempt, Charter, Must, Thing};

#[test]
fn no_part_of_a_promise_changes_unnoticed() {
    let mut charter = Charter::load().unwrap();
    let whole = charter.policies.clone();
    let asked: Vec<_> = charter.attempts().iter().map(|it| asked(&charter, it)).collect();
    let mut unnoticed = Vec::new();
    let mut made = 0;
    for promise in whole.policies().filter(|policy| policy.effect() == Effect::Forbid) {
        for (what, mutant) in mutants(promise) {
            let others = whole.policies().filter(|policy| policy.id() != promise.id()).cloned();
            charter.policies = PolicySet::from_policies(others.chain(mutant)).unwrap();
            made += 1;
            let notices = |(must, request, entities): &(Must, Request, Entities)| {
                let decision = charter.judge(request, entities);
                !decision.is_ok_and(|decision| must.is_met_by(&decision))
            };
            if !asked.iter().any(notices) {
                unnoticed.push(format!("{}: {what}", promise.id()));
            }
        }
    }
    assert!(unnoticed.is_empty(), "no attempt notices:\n{}", unnoticed.join("\n"));
    assert!(made > 60, "only {made} mutants were made");
}

/// What must happen in an attempt, and the question that it comes to.
fn asked(charter: &Charter, attempt: &Attempt) -> (Must, Request, Entities) {
    let others: Vec<&dyn Thing> = attempt.others.iter().map(|it| it as &dyn Thing).collect();
    let loaded = gather(&attempt.who, &attempt.thing, &others).unwrap();
    let thing = attempt.thing.uid();
    let question = charter.question(&attempt.who.uid(), &attempt.act, &thing, &loaded);
    let (request, entities) = question.unwrap();
    (attempt.must.clone(), request, entities)
}

#[test]
fn no_part_of_a_permit_changes_unnoticed() {
    let charter = Charter::load().unwrap();
    let questions = matrix::questions(&charter);
    // A policy and its mutants answer about the acts that it names, and about no others.
    let answers = |acts: &[String], policy: Option<Policy>| {
        let alone = PolicySet::from_policies(policy).unwrap();
        let asked = questions.iter().filter(|(act, ..)| acts.iter().any(|named| named == act));
        let answers = asked.map(|(_, request, entities)| {
            let answer = charter.authorizer.is_authorized(request, &alone, entities);
            (answer.decision(), answer.diagnostics().errors().count())
        });
        answers.collect::<Vec<_>>()
    };
    let mut unnoticed = Vec::new();
    for permit in charter.policies.policies().filter(|it| it.effect() == Effect::Permit) {
        let acts = acts(&permit.to_json().unwrap());
        assert!(!acts.is_empty(), "{} must name its acts", permit.id());
        let whole = answers(&acts, Some(permit.clone()));
        for (what, mutant) in mutants(permit) {
            if answers(&acts, mutant) == whole {
                unnoticed.push(format!("{}: {what}", permit.id()));
            }
        }
    }
    assert!(unnoticed.is_empty(), "the matrix would not show:\n{}", unnoticed.join("\n"));
}

/// Everything that could be done to a policy; nothing is a policy that is gone.
fn mutants(policy: &Policy) -> Vec<(String, Option<Policy>)> {
    let whole = policy.to_json().unwrap();
    let mut mutants = vec![("deleted".to_owned(), None)];
    for (what, json) in scopes(&whole).into_iter().chain(conditions(&whole)) {
        let mutant = Policy::from_json(Some(policy.id().clone()), json).unwrap();
        mutants.push((what, Some(mutant)));
    }
    mutants
}

/// The acts that a policy names.
fn acts(policy: &Value) -> Vec<String> {
    let action = &policy["action"];
    let many = action["entities"].as_array().into_iter().flatten();
    let named = many.chain(action.get("entity"));
    named.filter_map(|act| act["id"].as_str()).map(str::to_owned).collect()
}

/// The policy about fewer acts, about all acts, about things of any kind.
fn scopes(whole: &Value) -> Vec<(String, Value)> {
    let mut mutants = Vec::new();
    if let Some(acts) = whole["action"]["entities"].as_array() {
        for (place, act) in acts.iter().enumerate() {
            let mut mutant = whole.clone();
            mutant["action"]["entities"].as_array_mut().unwrap().remove(place);
            mutants.push((format!("without act {act}"), mutant));
        }
    }
    if whole["resource"]["op"] == "is" {
        let mut mutant = whole.clone();
        mutant["resource"] = json!({ "op": "All" });
        mutants.push(("about any kind of thing".to_owned(), mutant));
    }
    mutants
}

fn conditions(whole: &Value) -> Vec<(String, Value)> {
    let mut mutants = Vec::new();
    let conditions = whole["conditions"].as_array().unwrap();
    for (place, condition) in conditions.iter().enumerate() {
        let kind = condition["kind"].as_str().unwrap();
        let other = if kind == "when" { "unless" } else { "when" };

        let mut dropped = whole.clone();
        dropped["conditions"].as_array_mut().unwrap().remove(place);
        mutants.push((format!("{kind} dropped"), dropped));

        let mut inverted = whole.clone();
        inverted["conditions"][place]["kind"] = json!(other);
        mutants.push((format!("{kind} becomes {other}"), inverted));

        for (what, body) in bodies(&condition["body"]) {
            let mut mutant = whole.clone();
            mutant["conditions"][place]["body"] = body;
            mutants.push((format!("{kind}: {what}"), mutant));
        }
    }
    mutants
}

/// Each way to change one place of an expression.
fn bodies(body: &Value) -> Vec<(String, Value)> {
    let mut mutants = here(body);
    if let Some(node) = body.as_object() {
        for (op, inside) in node {
            for (operand, child) in inside.as_object().into_iter().flatten() {
                for (what, changed) in bodies(child) {
                    let mut mutant = body.clone();
                    mutant[op][operand] = changed;
                    mutants.push((what, mutant));
                }
            }
        }
    }
    mutants
}

fn here(body: &Value) -> Vec<(String, Value)> {
    let not = |it: &Value| json!({ "!": { "arg": it } });
    let swap = |from: &str, to: &str| json!({ to: body[from] });
    let Some((op, inside)) = body.as_object().and_then(|node| node.iter().next()) else {
        return Vec::new();
    };
    let (left, right) = (inside["left"].clone(), inside["right"].clone());
    let said = |what: &str| format!("{what} in {body}");
    match op.as_str() {
        "&&" | "||" => {
            let other = if op == "&&" { "||" } else { "&&" };
            vec![
                (said("left alone"), left.clone()),
                (said("right alone"), right.clone()),
                (said("and for or"), swap(op, other)),
                (said("not left"), json!({ op: { "left": not(&left), "right": right } })),
                (said("not right"), json!({ op: { "left": left, "right": not(&right) } })),
            ]
        }
        "!" => vec![(said("yes for no"), inside["arg"].clone())],
        "==" => vec![(said("differs"), swap("==", "!="))],
        "!=" => vec![(said("equals"), swap("!=", "=="))],
        ">" => vec![(said("from"), swap(">", ">=")), (said("under"), swap(">", "<"))],
        "." if inside["attr"] == "owns" => {
            vec![(said("treats"), json!({ ".": { "left": left, "attr": "treats_at" } }))]
        }
        "." if inside["attr"] == "treats_at" => {
            vec![(said("owns"), json!({ ".": { "left": left, "attr": "owns" } }))]
        }
        "." if inside["attr"] == "clinician" || inside["attr"] == "to" => {
            let other = if inside["attr"] == "to" { "clinician" } else { "to" };
            vec![(said("another person"), json!({ ".": { "left": left, "attr": other } }))]
        }
        "Set" => inside
            .as_array()
            .unwrap()
            .iter()
            .enumerate()
            .map(|(place, word)| {
                let mut fewer = inside.as_array().unwrap().clone();
                fewer.remove(place);
                (format!("without {word}"), json!({ "Set": fewer }))
            })
            .collect(),
        _ => Vec::new(),
    }
}
