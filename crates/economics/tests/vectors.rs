//! Every judged case, within its tolerance. The expected values come from an independent
//! reference in another language, cross-checked by a simulation of events.

use economics::{check, run};
use serde_json::Value;

const VECTORS: &str = include_str!("vectors.json");

#[test]
fn every_judged_case_gives_what_is_expected_of_it() {
    let differences = check(VECTORS).expect("the vectors are a document of cases");

    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_door_answers_every_case_in_order() {
    let asked: Value = serde_json::from_str(VECTORS).expect("the vectors are JSON");
    let answered = run(VECTORS).expect("the vectors are a document of cases");
    let answered: Value = serde_json::from_str(&answered).expect("answers are JSON");
    let ids = |document: &Value| -> Vec<Value> {
        let cases = document["cases"].as_array().expect("a list of cases");
        cases.iter().map(|case| case["id"].clone()).collect()
    };

    assert_eq!(ids(&asked).len(), 48);
    assert_eq!(ids(&answered), ids(&asked));
}
