//! A charter with a fault is not loaded, and the fault says which file and what is wrong.

use crate::Charter;
use crate::tests::files_but;

const GOOD: &str = "@id(\"OF-25\")
@promise(\"What was signed is never changed in place.\")
@source(\"42 CFR 1001.952(d)\")
@kept_by(\"policy\")
forbid (principal, action == Action::\"amend_terms\", resource) when { resource.signed };";

fn fault_of(file: &'static str, text: &str) -> String {
    let text: &'static str = text.to_owned().leak();
    match Charter::read(&files_but(&[(file, Some(text))])) {
        Ok(_) => "none".to_owned(),
        Err(fault) => fault.to_string(),
    }
}

#[test]
fn a_promise_must_say_what_it_is_and_where_it_comes_from() {
    let file = "promises/OF-25.cedar";
    assert_eq!(fault_of(file, GOOD), "none");

    for (key, line) in [("id", 0), ("promise", 1), ("source", 2), ("kept_by", 3)] {
        let mut lines: Vec<&str> = GOOD.lines().collect();
        lines.remove(line);
        let fault = fault_of(file, &lines.join("\n"));
        assert_eq!(fault, format!("charter/{file}: a policy here must say its @{key}"));
    }
}

#[test]
fn what_is_wrong_is_said_with_its_file() {
    let but = |from: &str, to: &str| {
        assert!(GOOD.contains(from), "{from}");
        GOOD.replace(from, to)
    };
    let file = "promises/OF-25.cedar";
    for (text, says) in [
        (but("OF-25", "OF-26"), "the file's name says OF-25"),
        (but("@source", "@soruce"), "@soruce means nothing here"),
        (but("in place.", "in place"), "@promise is a sentence"),
        (but("\"policy\"", "\"absence\""), "@kept_by must be"),
        (but("forbid", "permit"), "a promise forbids"),
        (format!("{GOOD}\n{GOOD}"), "one policy in a file of its own"),
        (but("resource.signed", "resource.sealed"), "sealed"),
        (but("resource.signed", "resource.clinician == resource.practice"), "clinician"),
        (but("amend_terms", "amend_trems"), "amend_trems"),
        (but("resource)", "resource == ?resource)"), "template"),
        (but("{ resource.signed }", "{"), "unexpected"),
    ] {
        let fault = fault_of(file, &text);
        assert!(fault.starts_with("charter/promises/OF-25.cedar: "), "{fault}");
        assert!(fault.contains(says), "{says:?} is not in {fault}");
    }
}

#[test]
fn a_promise_that_can_never_match_is_a_fault() {
    let never = GOOD.replace("resource)", "resource is Grant)");
    let fault = fault_of("promises/OF-25.cedar", &never);
    assert!(fault.starts_with("charter/promises/OF-25.cedar: "), "{fault}");
}

#[test]
fn a_misspelled_service_is_a_fault() {
    let text = "@id(\"billing/service\") @work(\"A biller bills.\")
        permit (principal, action == Action::\"use_service\", resource)
        when { context.service == Service::\"biling\" };";
    let fault = fault_of("work/billing.cedar", text);
    assert!(fault.starts_with("charter/work/billing.cedar: "), "{fault}");
}

#[test]
fn permits_are_named_after_their_file_and_forbid_nothing() {
    let permit = "permit (principal, action == Action::\"read_charter\", resource);";
    for (head, body, says) in [
        ("@id(\"bo/a\") @work(\"A.\")", permit, "must begin with extra/"),
        ("@id(\"extra/a\")", permit, "must say its @work"),
        ("@work(\"A.\")", permit, "must say its @id"),
        ("@id(\"extra/a\") @work(\"A.\")", &permit.replace("permit", "forbid"), "in promises/"),
    ] {
        let fault = fault_of("work/extra.cedar", &format!("{head} {body}"));
        assert!(fault.contains(says), "{says:?} is not in {fault}");
    }
}

#[test]
fn an_attempt_that_cannot_be_tried_is_a_fault() {
    let attempt = |from: &str, to: &str| {
        let good = "[[attempt]]\nsays = \"Ben reads.\"\n\
            try = { who = \"ben\", does = \"use_service\", to = \"practice elm\", \
            service = \"billing\" }\nmust = \"be refused\"";
        assert!(good.contains(from), "{from}");
        good.replace(from, to)
    };
    for (text, says) in [
        (attempt("\"ben\"", "\"bne\""), "nobody is called bne"),
        (attempt("use_service", "terms"), "there is no act \"terms\""),
        (attempt("practice elm", "practice lem"), "nothing says what Practice lem is"),
        (attempt("practice elm", "practise elm"), "no kind of thing called \"practise\""),
        (attempt("\"billing\"", "\"biling\""), "service cannot be \"biling\""),
        (attempt("service =", "services ="), "nothing is told of service"),
        (attempt("\"billing\"", "\"billing\", why = \"so\""), "the act knows nothing of why"),
        (attempt("be refused", "be shown"), "must is \"be shown\""),
        (attempt("says", "sasy"), "unknown field `sasy`"),
    ] {
        let fault = fault_of("attempts/AG-02.toml", &text);
        assert!(fault.starts_with("charter/attempts/AG-02.toml: "), "{fault}");
        assert!(fault.contains(says), "{says:?} is not in {fault}");
    }
}

#[test]
fn a_promise_that_nobody_tries_is_a_fault() {
    let without = Charter::read(&files_but(&[("attempts/OF-25.toml", None)]));
    let fault = without.err().map(|fault| fault.file);
    assert_eq!(fault.as_deref(), Some("attempts/OF-25.toml"));

    let without = Charter::read(&files_but(&[("promises/OF-25.cedar", None)]));
    let fault = without.err().map(|fault| fault.to_string());
    assert_eq!(fault.as_deref(), Some("charter/attempts/OF-25.toml: there is no such promise"));
}

#[test]
fn a_promise_kept_elsewhere_names_its_proof() {
    let file = "promises/OF-18.toml";
    let good = "id = \"OF-18\"\npromise = \"P.\"\nsource = \"S\"\nkept_by = \"absence\"\n\
        rule = \"R.\"\nproof = \"t\"";
    assert_eq!(fault_of(file, good), "none");
    for (from, to, says) in [
        ("\nproof = \"t\"", "", "missing field `proof`"),
        ("\"t\"", "\"\"", "must each say something"),
        ("absence", "hope", "must be constraint or absence"),
        ("OF-18", "OF-19", "the file's name says OF-18"),
    ] {
        let fault = fault_of(file, &good.replace(from, to));
        assert!(fault.contains(says), "{says:?} is not in {fault}");
    }
}

#[test]
fn a_file_that_nobody_expects_is_a_fault() {
    let fault = fault_of("promises/OF-26.txt", "");
    assert_eq!(fault, "charter/promises/OF-26.txt: no such file is expected here");
    let missing = Charter::read(&files_but(&[("schema.cedarschema", None)]));
    assert!(missing.is_err_and(|fault| fault.reason == "the schema is missing"));
}
