//! Cases whose answers were judged by hand or by an independent program.

#[test]
fn every_judged_case_gets_its_answer() {
    let differences = crate::door::check(include_str!("../../cases.json")).unwrap();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
