//! The engines from outside: the judged cases by the program itself, and input that is none.

use std::path::Path;

use super::program::{Data, ask};

const JUDGED: &[(&str, &str)] = &[
    ("openings", "crates/openings/cases.json"),
    ("licensing", "crates/licensing/cases.json"),
    ("matching", "crates/matching/cases.json"),
    ("worth", "crates/economics/tests/vectors.json"),
];

#[test]
fn every_engine_passes_its_judged_cases_from_outside() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (engine, cases) in JUDGED {
        let file = root.join(cases);
        let said = ask(&Data::new(), &[engine, "check", file.to_str().unwrap()], b"");
        assert_eq!((said.code, said.out.as_str()), (0, ""), "{engine}: {}", said.err);
    }
}

#[test]
fn what_is_no_case_ends_with_two_and_a_sentence() {
    for (engine, _) in JUDGED {
        for input in [&b"{"[..], b"[]", b"\xff\xfe", b""] {
            let said = ask(&Data::new(), &[engine, "run"], input);
            assert_eq!((said.code, said.out.as_str()), (2, ""), "{engine}");
            assert!(20 < said.err.len(), "{engine}: {}", said.err);
        }
    }
}

#[test]
fn a_faulty_case_spoils_no_other() {
    let input = br#"{"cases":[{"id":"a","kind":"never","input":{}},{"id":"b","kind":"never"}]}"#;
    for (engine, _) in JUDGED {
        let said = ask(&Data::new(), &[engine, "run"], input);
        assert_eq!(said.code, 0, "{engine}: {}", said.err);
        let answer: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let cases = answer["cases"].as_array().unwrap();
        assert_eq!(cases.len(), 2);
        assert!(cases.iter().all(|case| case["error"]["field"].is_string()), "{}", said.out);
    }
}
