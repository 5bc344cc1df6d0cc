//! Cases of our own for each rule and each fault, at their edges.

use serde_json::{Value, json};

fn told(kind: &str, input: &Value) -> Value {
    let asked = json!({ "cases": [{ "id": "a", "kind": kind, "input": input }] });
    let told = crate::door::run(&asked.to_string()).unwrap();
    let told: Value = serde_json::from_str(&told).unwrap();
    let case = &told["cases"][0];
    case.get("result").unwrap_or(&case["error"]["field"]).clone()
}

/// `input` with each of `changes` put in; the text `gone` takes a field out.
fn with(input: &Value, changes: &[(&str, Value)]) -> Value {
    let mut changed = input.clone();
    for (path, value) in changes {
        let (parent, key) = path.rsplit_once('/').unwrap();
        let map = changed.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        if value == "gone" {
            map.remove(key);
        } else {
            map.insert(key.to_owned(), value.clone());
        }
    }
    changed
}

/// A psychologist at home in Pennsylvania sees a client in New Jersey by video under PSYPACT.
fn apit() -> Value {
    json!({
        "on": "2026-06-01", "client_state": "NJ", "clinician_state": "PA", "mode": "video",
        "service": "therapy", "client_age": 34,
        "licenses": [{
            "state": "PA", "profession": "psychologist", "level": "independent",
            "issued": "2020-01-01", "expires": "2027-11-30", "status": "active",
        }],
        "authorities": [{
            "kind": "apit", "home_state": "PA", "from": "2026-01-01", "to": "2026-12-31",
        }],
        "supervision": [{ "state": "OH", "from": "2026-01-01" }],
        "compacts": [
            { "compact": "psypact", "state": "NJ", "issuing_on": "2020-09-23" },
            { "compact": "psypact", "state": "PA", "issuing_on": "2020-07-08" },
        ],
    })
}

/// The same with the authority of another kind, its home license to match, for New Jersey.
fn of_kind(kind: &str, compact: &str, profession: &str) -> Value {
    with(
        &apit(),
        &[
            ("/authorities/0/kind", json!(kind)),
            ("/authorities/0/state", json!("NJ")),
            ("/licenses/0/profession", json!(profession)),
            ("/compacts/0/compact", json!(compact)),
            ("/compacts/1/compact", json!(compact)),
        ],
    )
}

/// The verdict with the basis, or with the rules.
fn verdict(input: &Value, changes: &[(&str, Value)]) -> String {
    let told = told("may_serve", &with(input, changes));
    let Some(answer) = told["answer"].as_str() else {
        return format!("a fault of {told}");
    };
    let rules = told["rules"].as_array().unwrap().iter().map(|rule| rule.as_str().unwrap());
    let basis = told["basis"].as_str();
    [answer].into_iter().chain(basis).chain(rules).collect::<Vec<_>>().join(" ")
}

#[test]
fn an_authority_is_denied_by_everything_that_holds() {
    let psypact = apit();
    let cases: &[(&[(&str, Value)], &str)] = &[
        (&[], "allow apit"),
        (&[("/mode", json!("audio"))], "allow apit"),
        (&[("/service", json!("testing"))], "allow apit"),
        (&[("/on", json!("2026-12-31"))], "allow apit"),
        (&[("/on", json!("2027-01-01"))], "deny authority_expired"),
        (&[("/on", json!("2025-12-31"))], "deny authority_not_yet"),
        (&[("/authorities/0/to", json!(null)), ("/on", json!("2027-11-30"))], "allow apit"),
        (&[("/clinician_state", json!(null))], "deny not_at_home_state"),
        (&[("/authorities/0/state", json!("NY"))], "deny no_authority"),
        (&[("/authorities/0/day_limit", json!(0))], "deny day_limit_reached"),
        (&[("/authorities/0/days_used", json!(366))], "allow apit"),
        (&[("/authorities/0/home_state", json!("NJ"))], "deny no_authority"),
        (
            &[("/authorities/0/home_state", json!("OH"))],
            "deny compact_not_issuing home_license_missing not_at_home_state",
        ),
        (&[("/licenses/0/profession", json!("mft"))], "deny home_license_missing"),
        (&[("/licenses/0/issued", json!("2026-06-02"))], "deny license_not_yet"),
        (&[("/licenses/0/status", json!("retired"))], "deny license_not_active"),
        (&[("/licenses/0/status", json!("encumbered"))], "deny license_encumbered"),
        (
            &[
                ("/licenses/0/expires", json!("2026-05-31")),
                ("/licenses/0/grace_to", json!("2026-07-01")),
            ],
            "deny license_expired",
        ),
        (
            &[
                ("/compacts/0/issuing_on", json!(null)),
                ("/compacts/1/withdrawn_on", json!("2026-06-01")),
            ],
            "deny compact_not_issuing compact_withdrawn",
        ),
        (
            &[
                ("/compacts/0/issuing_on", json!(null)),
                ("/compacts/0/withdrawn_on", json!("2026-06-01")),
            ],
            "deny compact_withdrawn",
        ),
        (&[("/compacts/0/withdrawn_on", json!("2026-06-02"))], "allow apit"),
        (&[("/compacts", json!([]))], "deny compact_not_issuing"),
        (&[("/min_age", json!(34))], "allow apit"),
        (&[("/min_age", json!(35))], "deny below_min_age"),
        (
            &[("/min_age", json!(35)), ("/on", json!("2027-01-01"))],
            "deny authority_expired below_min_age",
        ),
        (
            &[("/min_age", json!(35)), ("/client_state", json!(null))],
            "deny below_min_age no_authority",
        ),
    ];
    for (changes, expected) in cases {
        assert_eq!(verdict(&psypact, changes), *expected, "{changes:?}");
    }
}

#[test]
fn each_kind_has_its_modes_its_compact_and_its_limit() {
    let here = |mode: &str| [("/mode", json!(mode)), ("/clinician_state", json!("NJ"))];
    let tap = of_kind("tap", "psypact", "psychologist");
    assert_eq!(verdict(&tap, &here("in_person")), "allow tap");
    assert_eq!(verdict(&tap, &here("audio")), "deny mode_not_covered");
    let used = |days: i64, year: Value| {
        let [mode, place] = here("in_person");
        let days = ("/authorities/0/days_used", json!(days));
        verdict(&tap, &[mode, place, days, ("/authorities/0/year", year)])
    };
    assert_eq!(used(29, json!(null)), "allow tap");
    assert_eq!(used(30, json!(null)), "deny day_limit_reached");
    assert_eq!(used(30, json!(2026)), "deny day_limit_reached");
    assert_eq!(used(30, json!(2025)), "allow tap");
    assert_eq!(used(30, json!(2027)), "allow tap");

    for (kind, compact, profession) in [
        ("cc_privilege", "counseling", "counselor"),
        ("swlc_multistate", "social_work", "social_worker"),
    ] {
        let compacts = of_kind(kind, compact, profession);
        for mode in ["in_person", "video", "audio"] {
            assert_eq!(verdict(&compacts, &here(mode)), format!("allow {kind}"));
        }
        let associate = [("/licenses/0/level", json!("associate"))];
        assert_eq!(verdict(&compacts, &associate), "deny associate_in_compact");
        let other = [("/licenses/0/profession", json!("psychologist"))];
        assert_eq!(verdict(&compacts, &other), "deny home_license_missing");
    }

    for kind in ["telehealth_reg", "temp"] {
        let single = of_kind(kind, "psypact", "pmhnp");
        let allowed = format!("allow {kind}");
        assert_eq!(verdict(&single, &[("/compacts", json!([]))]), allowed);
        assert_eq!(verdict(&single, &[("/clinician_state", json!("OH"))]), allowed);
        let homeless =
            [("/authorities/0/home_state", json!(null)), ("/licenses/0/status", json!("lapsed"))];
        assert_eq!(verdict(&single, &homeless), allowed);
        let associate = [("/licenses/0/level", json!("associate"))];
        assert_eq!(verdict(&single, &associate), "deny associate_without_supervisor");
        let supervised =
            [("/licenses/0/level", json!("associate")), ("/supervision/0/state", json!("PA"))];
        assert_eq!(verdict(&single, &supervised), allowed);
    }
    let registered = of_kind("telehealth_reg", "psypact", "mft");
    assert_eq!(verdict(&registered, &here("in_person")), "deny mode_not_covered");
    assert_eq!(verdict(&of_kind("temp", "psypact", "mft"), &here("in_person")), "allow temp");
}

#[test]
fn discipline_in_the_client_s_state_stops_every_authority_and_elsewhere_none() {
    let own = |state: &str, status: &str| {
        json!([
            { "state": "PA", "profession": "psychologist", "level": "independent",
              "issued": "2020-01-01", "expires": "2027-11-30", "status": "active" },
            { "state": state, "profession": "mft", "level": "independent",
              "issued": "2000-01-01", "expires": "2001-01-01", "status": status },
        ])
    };
    let licenses = |state: &str, status: &str| [("/licenses", own(state, status))];
    assert_eq!(
        verdict(&apit(), &licenses("NJ", "probation")),
        "deny license_encumbered license_expired"
    );
    assert_eq!(verdict(&apit(), &licenses("NJ", "active")), "allow apit");
    assert_eq!(verdict(&apit(), &licenses("OH", "encumbered")), "allow apit");
    // One good license at home is enough.
    assert_eq!(verdict(&apit(), &licenses("PA", "encumbered")), "allow apit");
}

#[test]
fn of_what_serves_the_best_is_told() {
    let license = |changes: &[(&str, Value)]| {
        let license = json!({
            "state": "NJ", "profession": "mft", "level": "independent", "issued": "2020-01-01",
            "expires": "2027-01-01", "status": "active",
        });
        with(&license, changes)
    };
    let in_grace = [("/expires", json!("2026-05-31")), ("/grace_to", json!("2026-06-01"))];
    let disclosed = [("/status", json!("probation")), ("/must_disclose", json!(true))];
    let both = [in_grace.clone(), disclosed.clone()].concat();
    let with_licenses = |licenses: Vec<Value>| {
        verdict(&apit(), &[("/licenses", json!(licenses)), ("/authorities", json!([]))])
    };
    assert_eq!(with_licenses(vec![license(&in_grace), license(&[])]), "allow license");
    assert_eq!(with_licenses(vec![license(&in_grace)]), "warn license license_in_grace");
    assert_eq!(
        with_licenses(vec![license(&both)]),
        "warn license license_in_grace probation_disclosure"
    );
    assert_eq!(
        with_licenses(vec![license(&both), license(&disclosed)]),
        "warn license probation_disclosure"
    );
    assert_eq!(
        with_licenses(vec![license(&disclosed), license(&in_grace)]),
        "warn license license_in_grace"
    );
    let undisclosed = [("/status", json!("active")), ("/must_disclose", json!(true))];
    assert_eq!(with_licenses(vec![license(&undisclosed)]), "allow license");
    let lapsed = [("/status", json!("lapsed")), in_grace[0].clone(), in_grace[1].clone()];
    assert_eq!(with_licenses(vec![license(&lapsed)]), "deny license_not_active");
}

#[test]
fn every_fault_is_named() {
    let faults = [
        ("/on", json!("gone"), "on"),
        ("/on", json!("2026-6-1"), "on"),
        ("/on", json!("2026-02-29"), "on"),
        ("/on", json!("0000-01-01"), "on"),
        ("/on", json!(null), "on"),
        ("/from", json!("2026-06-01"), "from"),
        ("/client_state", json!("gone"), "client_state"),
        ("/client_state", json!("nj"), "client_state"),
        ("/client_state", json!("XX"), "client_state"),
        ("/clinician_state", json!("gone"), "clinician_state"),
        ("/mode", json!("in_person"), "clinician_state"),
        ("/mode", json!("phone"), "mode"),
        ("/mode", json!(null), "mode"),
        ("/service", json!("coaching"), "service"),
        ("/service", json!("gone"), "service"),
        ("/client_age", json!("gone"), "client_age"),
        ("/client_age", json!(34.0), "client_age"),
        ("/client_age", json!(-1), "client_age"),
        ("/client_age", json!(131), "client_age"),
        ("/min_age", json!(131), "min_age"),
        ("/revenue", json!(1), "revenue"),
        ("/licenses", json!(null), "licenses"),
        ("/licenses", json!([7]), "licenses/0"),
        ("/licenses/0/state", json!(null), "licenses/0/state"),
        ("/licenses/0/profession", json!("coach"), "licenses/0/profession"),
        ("/licenses/0/level", json!("gone"), "licenses/0/level"),
        ("/licenses/0/status", json!("Active"), "licenses/0/status"),
        ("/licenses/0/issued", json!("2027-12-01"), "licenses/0/expires"),
        ("/licenses/0/expires", json!(null), "licenses/0/expires"),
        ("/licenses/0/grace_to", json!("2027-11-29"), "licenses/0/grace_to"),
        ("/licenses/0/must_disclose", json!(null), "licenses/0/must_disclose"),
        ("/licenses/0/must_disclose", json!(1), "licenses/0/must_disclose"),
        ("/licenses/0/number", json!("7"), "licenses/0/number"),
        ("/authorities/0/kind", json!("license"), "authorities/0/kind"),
        ("/authorities/0/kind", json!("temp"), "authorities/0/state"),
        ("/authorities/0/kind", json!("telehealth_reg"), "authorities/0/state"),
        ("/authorities/0/kind", json!("cc_privilege"), "authorities/0/state"),
        ("/authorities/0/home_state", json!(null), "authorities/0/home_state"),
        ("/authorities/0/home_state", json!("gone"), "authorities/0/home_state"),
        ("/authorities/0/to", json!("2025-12-31"), "authorities/0/to"),
        ("/authorities/0/day_limit", json!(367), "authorities/0/day_limit"),
        ("/authorities/0/days_used", json!(367), "authorities/0/days_used"),
        ("/authorities/0/days_used", json!(null), "authorities/0/days_used"),
        ("/authorities/0/year", json!(0), "authorities/0/year"),
        ("/authorities/0/year", json!(10_000), "authorities/0/year"),
        ("/supervision/0/to", json!("2025-12-31"), "supervision/0/to"),
        ("/supervision/0/state", json!("gone"), "supervision/0/state"),
        ("/compacts/0/compact", json!("apit"), "compacts/0/compact"),
        ("/compacts/0/withdrawn_on", json!("2020-09-22"), "compacts/0/withdrawn_on"),
        ("/compacts/0/state", json!("PA"), "compacts/1/state"),
    ];
    for (path, value, field) in faults {
        let input = with(&apit(), &[(path, value.clone())]);
        assert_eq!(told("may_serve", &input), field, "{path} {value}");
    }
    assert_eq!(told("may_serve", &json!(null)), "input");
    assert_eq!(told("may_not", &apit()), "kind");

    let span = |from: &str, to: &str| {
        let dates = [("/on", json!("gone")), ("/from", json!(from)), ("/to", json!(to))];
        told("calendar", &with(&apit(), &dates))
    };
    assert_eq!(told("calendar", &apit()), "from");
    assert_eq!(span("2026-06-01", "2026-05-31"), "to");
    assert_eq!(span("2026-06-01", "2036-06-09"), "to");
    assert!(span("2026-06-01", "2036-06-08").is_object());
    assert!(span("9999-12-31", "9999-12-31").is_object());
}

#[test]
fn edges_that_are_no_fault() {
    let equal = [
        ("/licenses/0/issued", json!("2027-11-30")),
        ("/licenses/0/grace_to", json!("2027-11-30")),
        ("/authorities/0/to", json!("2026-01-01")),
        ("/compacts/0/withdrawn_on", json!("2020-09-23")),
        ("/compacts/1/issuing_on", json!(null)),
        ("/compacts/1/withdrawn_on", json!("2019-01-01")),
    ];
    assert!(told("may_serve", &with(&apit(), &equal)).is_object());
    let nowhere = [
        ("/mode", json!("in_person")),
        ("/client_state", json!(null)),
        ("/clinician_state", json!(null)),
    ];
    assert_eq!(verdict(&apit(), &nowhere), "deny no_authority");
    let bare = json!({
        "on": "9999-12-31", "client_state": "VI", "clinician_state": null, "mode": "video",
        "service": "testing", "client_age": 0,
    });
    assert_eq!(verdict(&bare, &[]), "deny no_authority");
    assert_eq!(verdict(&bare, &[("/min_age", json!(0))]), "deny no_authority");
}
