//! Judged cases, cases of our own for each rule and fault, and what holds for all facts.

mod always;
mod told;

#[test]
fn every_judged_case_gets_its_answer() {
    let differences = crate::door::check(include_str!("../cases.json")).unwrap();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
