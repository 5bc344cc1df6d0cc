//! Cases of our own for each rule and each fault, at their edges.

use serde_json::{Value, json};

fn told(input: &Value) -> Value {
    let asked = json!({ "cases": [{ "id": "a", "kind": "fit", "input": input }] });
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

fn ana() -> Value {
    json!({
        "on": "2026-06-01", "seed": 7,
        "request": {
            "state": "PA", "age": 34, "service": "individual", "mode": ["video"],
            "payer": "aetna", "level": "routine", "part2": false, "knows": [],
        },
        "clinicians": [{
            "id": "ana", "serves_states": ["PA"], "ages": [18, 64], "services": ["individual"],
            "modes": ["video", "office"], "payers": ["aetna"], "languages": ["en"],
            "concerns": {}, "levels": ["routine", "soon"], "capacity": 2, "paused": [],
        }],
    })
}

/// Changes, written as one JSON object.
fn parsed(changes: &str) -> Vec<(String, Value)> {
    let changes: Value = serde_json::from_str(changes).unwrap();
    changes.as_object().unwrap().clone().into_iter().collect()
}

/// What comes of a plain request with these changes, at paths under the request (`@`) or the
/// clinician (`~`): `120 +concern -language`, or the rules that are missed.
fn case<P: AsRef<str>>(changes: &[(P, Value)]) -> String {
    let path = |path: &str| match path.split_at(1) {
        ("~", field) => format!("/clinicians/0/{field}"),
        ("@", field) => format!("/request/{field}"),
        _ => path.to_owned(),
    };
    let mut input = ana();
    for (short, value) in changes {
        input = with(&input, &[(&path(short.as_ref()), value.clone())]);
    }

    let told = told(&input);
    if let Some(miss) = told["misses"].get(0) {
        let rules = miss["rules"].as_array().unwrap();
        return rules.iter().map(|it| it.as_str().unwrap()).collect::<Vec<_>>().join(" ");
    }
    let Some(fit) = told["fits"].get(0) else {
        return format!("a fault of {told}");
    };
    let reasons = |key: &str, sign: &str| {
        let rules = fit[key].as_array().unwrap().iter().map(|reason| &reason["rule"]);
        rules.map(|it| format!(" {sign}{}", it.as_str().unwrap())).collect::<String>()
    };
    format!("{}{}{}", fit["score"], reasons("for", "+"), reasons("against", "-"))
}

/// Changes to a plain request, and what comes of them: a score, or the rules that are missed.
const HARD: &[(&str, &str)] = &[
    (r#"{"@age": 18}"#, "0"),
    (r#"{"@age": 64}"#, "0"),
    (r#"{"@age": 65}"#, "age"),
    (r#"{"@service": "group"}"#, "service"),
    (r#"{"~services": []}"#, "service"),
    (r#"{"~modes": ["office"]}"#, "mode"),
    (r#"{"~modes": [], "@mode": ["office", "video"]}"#, "mode"),
    (r#"{"@payer": "Aetna"}"#, "payer"),
    (r#"{"@payer": null}"#, "payer"),
    (r#"{"@payer": null, "~self_pay_cents": 0, "@budget_cents": 0}"#, "0"),
    (r#"{"@payer": null, "~self_pay_cents": 1, "@budget_cents": 0}"#, "price"),
    (r#"{"~self_pay_cents": 9000000, "@budget_cents": 1}"#, "0"),
    (r#"{"@languages": ["es-MX"], "@language_must": true, "~languages": ["es"]}"#, "language"),
    (r#"{"@level": "soon", "~levels": ["routine"]}"#, "level"),
    (r#"{"~levels": []}"#, "level"),
    (r#"{"@level": "higher_level", "~capacity": 0}"#, "capacity level"),
    (r#"{"@knows": ["Ana", "bo"]}"#, "0"),
    (r#"{"@knows": ["bo", "ana"]}"#, "conflict"),
    (r#"{"@part2": true}"#, "part2"),
    (r#"{"@part2": true, "~part2": true}"#, "0"),
    (r#"{"~part2": true}"#, "0"),
    (r#"{"~paused": [{"scope": "all", "until": "2026-06-01"}]}"#, "0"),
    (r#"{"~paused": [{"scope": "all", "until": "2026-06-02"}]}"#, "paused"),
    (r#"{"~paused": [{"scope": "all", "until": null}]}"#, "paused"),
    (r#"{"~paused": [{"scope": "payer:aetna", "until": null}]}"#, "paused"),
    (r#"{"~paused": [{"scope": "payer:aetna:hmo", "until": null}]}"#, "0"),
    (
        r#"{"~paused": [{"scope": "payer:aetna:hmo", "until": null}], "@payer": "aetna:hmo"}"#,
        "paused payer",
    ),
    (
        r#"{"~paused": [{"scope": "payer:aetna", "until": null}], "@payer": null,
           "~self_pay_cents": 1}"#,
        "0",
    ),
    (r#"{"~paused": [{"scope": "age:034-120", "until": null}]}"#, "paused"),
    (r#"{"~paused": [{"scope": "age:0-34", "until": null}]}"#, "paused"),
    (r#"{"~paused": [{"scope": "age:35-35", "until": null}]}"#, "0"),
    (r#"{"~paused": [{"scope": "service:individual", "until": null}]}"#, "paused"),
    (r#"{"~paused": [{"scope": "service:couple", "until": null}]}"#, "0"),
    (r#"{"~paused": [{"scope": "concern:ocd", "until": null}]}"#, "0"),
    (
        r#"{"~paused": [{"scope": "concern:ocd", "until": null}], "@concerns": ["OCD"]}"#,
        "0 -concern",
    ),
    (r#"{"~concerns": {"ocd": "never"}}"#, "0"),
    (r#"{"~concerns": {"ocd": "never"}, "@concerns": ["ocd"]}"#, "exclusion"),
];

#[test]
fn hard_rules_hold_at_their_edges() {
    let office = |km: Value, request: Value, clinician: Value| {
        case(&[
            ("@mode", json!(["office"])),
            ("@zip_km", km),
            ("@max_km", request),
            ("~max_km", clinician),
        ])
    };
    for (changes, expected) in HARD {
        assert_eq!(case(&parsed(changes)), *expected, "{changes}");
    }
    assert_eq!(case::<&str>(&[]), "0");
    assert_eq!(office(json!({}), json!(null), json!(null)), "0");
    assert_eq!(office(json!({}), json!(10), json!(null)), "distance");
    assert_eq!(office(json!({}), json!(null), json!(10)), "distance");
    assert_eq!(office(json!({ "ana": 10 }), json!(10), json!(12.5)), "30 +near");
    assert_eq!(office(json!({ "ana": 12.5 }), json!(20), json!(12.5)), "28 +near");
    assert_eq!(office(json!({ "ana": 12.51 }), json!(20), json!(12.5)), "distance");
    assert_eq!(office(json!({ "ana": 39.9 }), json!(null), json!(null)), "1 +near");
    assert_eq!(office(json!({ "ana": 40 }), json!(null), json!(null)), "0");
    assert_eq!(office(json!({ "ana": 0 }), json!(0), json!(null)), "40 +near");
}

/// Changes to a plain request, and what comes of them: a score, with what speaks for and against.
const SOFT: &[(&str, &str)] = &[
    // The mean is cut for itself: (60 + 0 + 0 + 0 + 0 + 0 + 0) ÷ 7.
    (
        r#"{"@concerns": ["a", "b", "c", "d", "e", "f", "g"], "~concerns": {"a": "will_see"}}"#,
        "8 +concern -concern",
    ),
    (r#"{"@concerns": ["a", "a", "b"], "~concerns": {"a": "specialty"}}"#, "150 +concern -concern"),
    // Less than a point before the cut is a reason all the same.
    (
        r#"{"@concerns": ["a", "b"], "~concerns": {"a": "treats"},
           "/weights": {"concern": {"treats": 1}}}"#,
        "0 +concern -concern",
    ),
    (
        r#"{"@concerns": ["a"], "/weights": {"concern": {"specialty": 0, "treats": 0,
           "will_see": 0}}}"#,
        "0",
    ),
    (
        r#"{"@modalities": ["erp", "act"], "~modalities": {"act": "informed",
           "erp": "supervised-learning"}}"#,
        "60 +modality",
    ),
    (r#"{"@modalities": ["erp"], "~modalities": {"act": "certified"}}"#, "0 -modality"),
    // Listed, but worth nothing: neither for nor against.
    (
        r#"{"@modalities": ["erp"], "~modalities": {"erp": "informed"},
           "/weights": {"modality": {"informed": 0}}}"#,
        "0",
    ),
    (r#"{"@languages": ["es", "en"]}"#, "150 +language"),
    (r#"{"@languages": ["es"]}"#, "0 -language"),
    (r#"{"@languages": ["es"], "/weights": {"language": 0}}"#, "0"),
    (r#"{"@wishes": {"gender": "woman"}}"#, "0"),
    (r#"{"@wishes": {"gender": "woman"}, "~offers": {"gender": "Woman"}}"#, "0 -gender"),
    (r#"{"@wishes": {"lgbtq": false}, "~offers": {"lgbtq": true}}"#, "0"),
    (r#"{"@wishes": {"lgbtq": true}, "~offers": {"lgbtq": null}}"#, "0"),
    (r#"{"@wishes": {"lgbtq": true}, "~offers": {"lgbtq": false}}"#, "0 -lgbtq"),
    (
        r#"{"@wishes": {"identities": ["a", "b", "c"]}, "~offers": {"identities": ["c", "d"]}}"#,
        "33 +identity",
    ),
    (r#"{"@wishes": {"access": ["a", "b"]}, "~offers": {"access": []}}"#, "0"),
    // Both ways suit: the preferred one counts.
    (r#"{"@mode": ["video", "office"]}"#, "60 +place"),
    (r#"{"@mode": ["office", "video", "office"], "~modes": ["video"]}"#, "0 -place"),
    (r#"{"@mode": ["office", "video"], "@max_km": 5}"#, "0 -place"),
    (r#"{"@mode": ["office", "video"], "@max_km": 5, "@zip_km": {"ana": 5}}"#, "95 +place +near"),
    (r#"{"@mode": ["office", "video"], "@max_km": 5, "@zip_km": {"ana": 5.5}}"#, "0 -place"),
    (r#"{"@mode": ["video", "video"], "~modes": ["video"]}"#, "0"),
    (r#"{"@mode": ["video", "office"], "@zip_km": {"ana": 5}}"#, "60 +place"),
    // Self-pay: nothing for the whole budget, all from half of it on.
    (r#"{"@payer": null, "@budget_cents": 15000, "~self_pay_cents": 15000}"#, "0"),
    (r#"{"@payer": null, "@budget_cents": 15000, "~self_pay_cents": 14999}"#, "0 +price"),
    (r#"{"@payer": null, "@budget_cents": 15000, "~self_pay_cents": 14000}"#, "5 +price"),
    (r#"{"@payer": null, "@budget_cents": 15000, "~self_pay_cents": 7500}"#, "40 +price"),
    (
        r#"{"@payer": null, "@budget_cents": 10000000, "~self_pay_cents": 0,
           "/weights": {"price": 1000}}"#,
        "1000 +price",
    ),
    (r#"{"@payer": null, "~self_pay_cents": 7500}"#, "0"),
];

#[test]
fn soft_rules_give_their_points_and_reasons() {
    for (changes, expected) in SOFT {
        assert_eq!(case(&parsed(changes)), *expected, "{changes}");
    }
}

#[test]
fn time_counts_in_runs_of_a_visit() {
    let time = |wished: Value, open: Value| case(&[("@times", wished), ("~availability", open)]);
    let on = |day: &str, opens: &str, closes: &str| {
        let days = [day];
        json!({ "days": days, "opens": opens, "closes": closes })
    };
    let hour = || json!([on("tue", "17:00", "18:00")]);
    assert_eq!(time(hour(), hour()), "90 +time");
    assert_eq!(time(hour(), json!([on("tue", "17:10", "18:00")])), "75 +time");
    assert_eq!(time(hour(), json!([on("tue", "17:11", "18:00")])), "time");
    assert_eq!(time(hour(), json!([])), "time");
    assert_eq!(time(json!([]), json!([])), "0");
    // Less than a visit is wished: no run can be long enough.
    assert_eq!(time(json!([on("tue", "17:00", "17:49")]), hour()), "time");
    // A second piece of 40 minutes does not count.
    let pieces = json!([on("mon", "09:00", "10:00"), on("tue", "09:00", "09:40")]);
    let days = json!([{ "days": ["mon", "tue"], "opens": "09:00", "closes": "12:00" }]);
    assert_eq!(time(days, pieces), "36 +time");
    let sunday = json!([on("sun", "23:30", "24:00"), on("mon", "00:00", "00:20")]);
    assert_eq!(time(sunday.clone(), sunday), "90 +time");
    let all = json!([{ "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                       "opens": "00:00", "closes": "24:00" }]);
    assert_eq!(time(all.clone(), all), "90 +time");
}

#[test]
fn equals_come_by_last_offer_then_by_turn_and_misses_by_id() {
    let clinician = |id: &str, last: Value, capacity: i64| {
        let ana = ana()["clinicians"][0].clone();
        let changes = [("/id", json!(id)), ("/last_offer", last), ("/capacity", json!(capacity))];
        with(&ana, &changes)
    };
    let ids = |list: &Value| {
        let ids = list.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned());
        ids.collect::<Vec<_>>().join(" ")
    };
    let clinicians = json!([
        clinician("late", json!("2026-05-20"), 1),
        clinician("early", json!("2026-01-20"), 9),
        clinician("never", json!(null), 1),
        clinician("é", json!(null), 0),
        clinician("z", json!(null), 0),
        clinician("B", json!(null), 0),
        clinician("a", json!(null), 0),
    ]);
    let told = told(&with(&ana(), &[("/clinicians", clinicians)]));
    assert_eq!(ids(&told["fits"]), "never early late");
    assert_eq!(ids(&told["misses"]), "B a z é");
    assert!(told.get("first").is_none());
}

#[test]
fn a_crisis_names_help_first_with_anybody_or_nobody() {
    let crisis = |clinicians: Value| {
        told(&with(&ana(), &[("/request/level", json!("crisis")), ("/clinicians", clinicians)]))
    };
    let nobody = crisis(json!([]));
    assert_eq!(nobody, json!({ "first": "crisis_help", "fits": [], "misses": [] }));
    let says = crisis(ana()["clinicians"].clone())["misses"][0]["says"][0].clone();
    assert!(says.as_str().unwrap().contains("988"), "{says}");
}

#[test]
fn reasons_are_plain_sentences_with_their_datum() {
    let input = with(
        &ana(),
        &[
            ("/request/concerns", json!(["ocd", "insomnia"])),
            ("/request/mode", json!(["office", "video"])),
            ("/request/zip_km", json!({ "ana": 12.7 })),
            ("/clinicians/0/concerns", json!({ "ocd": "specialty" })),
        ],
    );
    let fit = told(&input)["fits"][0].clone();
    assert_eq!(fit["for"][0]["says"], "Specialty in ocd; lists nothing on insomnia.");
    assert_eq!(fit["for"][1]["says"], "Meets people in the office, as preferred.");
    assert_eq!(fit["for"][2]["says"], "The office is 12 km away.");
    assert_eq!(fit["against"][0]["says"], "Specialty in ocd; lists nothing on insomnia.");

    let pauses = json!([
        { "scope": "all", "until": "2026-06-15" },
        { "scope": "age:18-40", "until": "2027-07-01" },
    ]);
    let miss = told(&with(&ana(), &[("/clinicians/0/paused", pauses)]))["misses"][0].clone();
    assert_eq!(
        miss["says"],
        json!(["Closed for new requests and ages 18 to 40; open again on July 1, 2027."])
    );
    let known = told(&with(&ana(), &[("/request/knows", json!(["ana"]))]));
    assert_eq!(known["misses"][0]["says"], json!(["Has a conflict of interest."]));
}

/// What stands where, and the field at fault.
const FAULTS: &[(&str, &str, &str)] = &[
    ("/on", r#""2026-02-30""#, "on"),
    ("/seed", r#"-1"#, "seed"),
    ("/seed", r#"9007199254740992"#, "seed"),
    ("/seed", r#""gone""#, "seed"),
    ("/declines", r#"3"#, "declines"),
    ("/weights", r#"[]"#, "weights"),
    ("/weights", r#"{"revenue": 1}"#, "weights/revenue"),
    ("/weights", r#"{"language": 1001}"#, "weights/language"),
    ("/weights", r#"{"language": null}"#, "weights/language"),
    ("/weights", r#"{"concern": 5}"#, "weights/concern"),
    ("/weights", r#"{"concern": {"never": 5}}"#, "weights/concern/never"),
    ("/weights", r#"{"modality": {"trained": 1.5}}"#, "weights/modality/trained"),
    ("/clinicians", r#""gone""#, "clinicians"),
    ("/clinicians", r#"[1]"#, "clinicians/0"),
    ("/request", r#""gone""#, "request"),
    ("/request/state", r#""pa""#, "request/state"),
    ("/request/age", r#"121"#, "request/age"),
    ("/request/age", r#"34.0"#, "request/age"),
    ("/request/service", r#""coaching""#, "request/service"),
    ("/request/mode", r#"[]"#, "request/mode"),
    ("/request/mode", r#"["phone"]"#, "request/mode/0"),
    ("/request/mode", r#""gone""#, "request/mode"),
    ("/request/payer", r#""gone""#, "request/payer"),
    ("/request/payer", r#""""#, "request/payer"),
    ("/request/payer", r#""LONG""#, "request/payer"),
    ("/request/level", r#""urgent""#, "request/level"),
    ("/request/part2", r#""gone""#, "request/part2"),
    ("/request/part2", r#"null"#, "request/part2"),
    ("/request/knows", r#""gone""#, "request/knows"),
    ("/request/knows", r#"[""]"#, "request/knows/0"),
    ("/request/max_km", r#"-0.5"#, "request/max_km"),
    ("/request/max_km", r#"21000.1"#, "request/max_km"),
    ("/request/zip_km", r#"null"#, "request/zip_km"),
    ("/request/zip_km", r#"{"ana": "5"}"#, "request/zip_km/ana"),
    ("/request/zip_km", r#"{"": 5}"#, "request/zip_km/"),
    ("/request/budget_cents", r#"10000001"#, "request/budget_cents"),
    ("/request/budget_cents", r#"10.5"#, "request/budget_cents"),
    ("/request/languages", r#"null"#, "request/languages"),
    ("/request/language_must", r#"true"#, "request/language_must"),
    ("/request/language_must", r#"null"#, "request/language_must"),
    ("/request/concerns", r#""ocd""#, "request/concerns"),
    ("/request/wishes", r#"null"#, "request/wishes"),
    ("/request/wishes", r#"{"gender": ""}"#, "request/wishes/gender"),
    ("/request/wishes", r#"{"lgbtq": "yes"}"#, "request/wishes/lgbtq"),
    ("/request/wishes", r#"{"race": "x"}"#, "request/wishes/race"),
    ("/request/wishes", r#"{"access": null}"#, "request/wishes/access"),
    (
        "/request/times",
        r#"[{"days": [], "opens": "17:00", "closes": "18:00"}]"#,
        "request/times/0/days",
    ),
    (
        "/request/times",
        r#"[{"days": ["tue"], "opens": "17:00", "closes": "17:00"}]"#,
        "request/times/0/closes",
    ),
    ("/request/times", r#"[{"days": ["tue"], "opens": "17:00"}]"#, "request/times/0/closes"),
    (
        "/request/times",
        r#"[{"days": ["tue"], "opens": "5pm", "closes": "18:00"}]"#,
        "request/times/0/opens",
    ),
    ("/request/conversion", r#"1"#, "request/conversion"),
    ("/clinicians/0/id", r#""""#, "clinicians/0/id"),
    ("/clinicians/0/serves_states", r#"["PA", "XX"]"#, "clinicians/0/serves_states/1"),
    ("/clinicians/0/serves_states", r#""gone""#, "clinicians/0/serves_states"),
    ("/clinicians/0/ages", r#"[18]"#, "clinicians/0/ages"),
    ("/clinicians/0/ages", r#"[18, 40, 64]"#, "clinicians/0/ages"),
    ("/clinicians/0/ages", r#"[18, 17]"#, "clinicians/0/ages/1"),
    ("/clinicians/0/ages", r#"[-1, 17]"#, "clinicians/0/ages/0"),
    ("/clinicians/0/ages", r#"[18, 121]"#, "clinicians/0/ages/1"),
    ("/clinicians/0/services", r#"null"#, "clinicians/0/services"),
    ("/clinicians/0/modes", r#"["audio"]"#, "clinicians/0/modes/0"),
    ("/clinicians/0/payers", r#"[7]"#, "clinicians/0/payers/0"),
    ("/clinicians/0/languages", r#""gone""#, "clinicians/0/languages"),
    ("/clinicians/0/concerns", r#""gone""#, "clinicians/0/concerns"),
    ("/clinicians/0/concerns", r#"{"ocd": "expert"}"#, "clinicians/0/concerns/ocd"),
    ("/clinicians/0/levels", r#"["crisis"]"#, "clinicians/0/levels/0"),
    ("/clinicians/0/capacity", r#"10001"#, "clinicians/0/capacity"),
    ("/clinicians/0/capacity", r#""gone""#, "clinicians/0/capacity"),
    ("/clinicians/0/paused", r#""gone""#, "clinicians/0/paused"),
    ("/clinicians/0/paused", r#"[{}]"#, "clinicians/0/paused/0/scope"),
    (
        "/clinicians/0/paused",
        r#"[{"scope": "all", "until": "soon"}]"#,
        "clinicians/0/paused/0/until",
    ),
    ("/clinicians/0/paused", r#"[{"scope": "all", "from": null}]"#, "clinicians/0/paused/0/from"),
    ("/clinicians/0/modalities", r#"{"erp": "expert"}"#, "clinicians/0/modalities/erp"),
    ("/clinicians/0/offers", r#"{"lgbtq": 1}"#, "clinicians/0/offers/lgbtq"),
    ("/clinicians/0/self_pay_cents", r#"-1"#, "clinicians/0/self_pay_cents"),
    ("/clinicians/0/last_offer", r#""2026-6-1""#, "clinicians/0/last_offer"),
    ("/clinicians/0/part2", r#"null"#, "clinicians/0/part2"),
    ("/clinicians/0/revenue_cents", r#"1"#, "clinicians/0/revenue_cents"),
    ("/clinicians/0/rating", r#"5"#, "clinicians/0/rating"),
];

#[test]
fn every_fault_is_named() {
    for (path, value, field) in FAULTS {
        let value = serde_json::from_str(&value.replace("LONG", &"x".repeat(101))).unwrap();
        let input = with(&ana(), &[(path, value)]);
        assert_eq!(told(&input), *field, "{path}");
    }
    for scope in [
        "",
        "ALL",
        "all:",
        "payer",
        "payer:",
        "concern:",
        "modality:",
        "age:",
        "age:5",
        "age:5-",
        "age:-5",
        "age:12-5",
        "age:5-121",
        "age:0005-12",
        "age:5 -12",
        "age:+5-12",
        "age:5-12-13",
        "service:",
        "service:coaching",
        "state:PA",
        "tuesday",
        ":all",
    ] {
        let input = with(&ana(), &[("/clinicians/0/paused", json!([{ "scope": scope }]))]);
        assert_eq!(told(&input), "clinicians/0/paused/0/scope", "{scope}");
    }
    let twice = json!([ana()["clinicians"][0], ana()["clinicians"][0]]);
    assert_eq!(told(&with(&ana(), &[("/clinicians", twice)])), "clinicians/1/id");
    assert_eq!(told(&json!([])), "input");
}

#[test]
fn a_check_wants_every_sentence_and_compares_none() {
    let case = json!({ "cases": [{
        "id": "a", "kind": "fit", "input": with(&ana(), &[("/request/age", json!(70))]),
        "expect": { "fits": [], "misses": [{ "id": "ana", "rules": ["age"] }] },
    }] });
    assert_eq!(crate::door::check(&case.to_string()), Ok(Vec::new()));
    let other = case.to_string().replace("[\"age\"]", "[\"state\"]");
    assert_eq!(crate::door::check(&other).unwrap().len(), 1);
}
