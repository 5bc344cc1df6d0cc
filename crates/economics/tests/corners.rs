//! Corners that two models of one description once answered differently, each judged by it; and
//! bad input of every shape, made by changing the judged cases.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

use std::sync::LazyLock;

use economics::run;
use proptest::prelude::*;
use serde_json::{Value, json};

static VECTORS: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("vectors.json")).unwrap());

fn answer(kind: &str, input: &Value) -> Value {
    let case = json!({"cases": [{"id": "x", "kind": kind, "input": input}]});
    let answers: Value = serde_json::from_str(&run(&case.to_string()).unwrap()).unwrap();
    answers["cases"][0].clone()
}

fn result(kind: &str, input: &Value) -> Value {
    let answer = answer(kind, input);
    assert!(answer["error"].is_null(), "{answer}");
    answer["result"].clone()
}

fn judged(id: &str) -> Value {
    let mut cases = VECTORS["cases"].as_array().unwrap().iter();
    cases.find(|case| case["id"] == id).unwrap()["input"].clone()
}

fn month(more: &Value) -> Value {
    let mut month = json!({"zone": "America/New_York", "month": "2026-02", "mode": "owner"});
    for (name, value) in more.as_object().unwrap() {
        month[name] = value.clone();
    }
    month
}

#[test]
fn a_horizon_that_ends_before_the_first_session_has_its_waterfall() {
    let mut slow = judged("project-solo-insurance");
    slow["horizon_months"] = json!(1);
    let it = result("project", &slow);

    assert_eq!(it["counts"]["attended"], json!(0.0));
    let steps = it["waterfall"].as_object().unwrap().values();
    let sum: f64 = steps.map(|step| step.as_f64().unwrap()).sum();
    let hour = it["effective_hour_cents"].as_f64().unwrap();
    assert!((sum - hour).abs() <= 1e-9 * hour.abs(), "{sum} {hour}");
}

#[test]
fn the_last_bits_of_shares_that_add_up_to_all_hold_no_session() {
    let mut missed = judged("project-by-hand");
    missed["attendance"] = json!({"attended_bp": 0, "late_cancel_bp": 8531, "no_show_bp": 1469,
        "refill_bp": 5360});
    let it = result("project", &missed);

    assert_eq!(it["counts"]["attended"], json!(0.0));
    assert_eq!(it["waterfall"], Value::Null);
}

#[test]
fn a_ratio_over_next_to_nothing_is_not_shown_as_a_number() {
    let mut odd = judged("project-by-hand");
    odd["leads"]["ramp"] = json!({"shape": "logistic", "mid_week": 60, "scale_weeks": 0.5});
    odd["hours"] = json!({"note_min": 15});
    odd["horizon_months"] = json!(6);
    let shown = &result("project", &odd)["display"];

    assert_eq!(shown["effective_hour_cents"], Value::Null, "{shown}");
    assert_eq!(shown["kept_cents"], json!(-120_000));
}

#[test]
fn half_of_the_weeks_are_half_though_their_sum_misses_it_by_its_last_bit() {
    // Held or not with one half each, and as often worse as better: half of the weeks hold none.
    let week = json!({"lead": 1, "capacity": 1, "first_visits": [{"held_bp": 5000}]});
    let input = json!({"prior": {"held_bp": 9000}, "session_minutes": 60, "weeks": [week],
        "shock": [{"weight_bp": 1500, "odds": 2}, {"weight_bp": 7000, "odds": 1},
            {"weight_bp": 1500, "odds": 0.5}]});
    let week = &result("forecast", &input)["weeks"][0];

    assert_eq!((&week["p10"], &week["p50"], &week["p90"]), (&json!(0), &json!(0), &json!(1)));
}

#[test]
fn more_hours_paid_than_known_are_below_zero_unpaid() {
    let entered = json!([{"kind": "admin", "on": "2026-02-03", "minutes": 30}]);
    let hours = &result("actuals", &month(&json!({"entered": entered, "paid_admin_s": 3600})));

    assert_eq!(hours["hours"]["unpaid_s"], json!(-1800));
}

#[test]
fn hours_are_never_at_most_less_than_what_is_known() {
    // The slot hides the note beside it, and the corrected session keeps its length.
    let it = result(
        "actuals",
        &month(&json!({
            "ledger": [{"posted_on": "2026-02-03", "kind": "client_payment", "cents": 20_000}],
            "worker": "w2",
            "time": [
                {"kind": "session", "start": "2026-02-03T15:00:00Z", "slot_s": 3000},
                {"kind": "notes", "start": "2026-02-03T15:10:00Z", "end": "2026-02-03T15:20:00Z"}],
            "corrections": [{"kind": "session", "on": "2026-02-03", "minutes": 50}]
        })),
    );

    assert_eq!(it["hours"]["total_s"], json!(3600));
    assert_eq!(it["hours"]["total_high_s"], json!(3600));
    assert_eq!(it["hours"]["sessions_without_stop"], json!(1));
    let hour = json!({"low": 20_000, "high": 20_000, "bound": "exact"});
    assert_eq!(it["cash"]["effective_hour"], hour);
}

#[test]
fn social_security_is_due_up_to_the_base_of_the_year() {
    // Both halves below the base, 2.9 % above it: $1,000 more from $190,000 on in each year.
    let tax_of = |month: &str, before: i64| {
        let input = json!({"zone": "UTC", "month": month, "mode": "owner",
            "ytd_net_before_cents": before, "ledger": [
                {"posted_on": format!("{month}-01"), "kind": "client_payment", "cents": 100_000}]});
        result("actuals", &input)["cash"]["employment_tax_cents"].as_i64().unwrap()
    };
    // $176,100 and $184,500 of base are $190,687.60 and $199,783.43 of net.
    assert_eq!([tax_of("2024-12", 19_500_000), tax_of("2025-12", 19_500_000)], [1_339; 2]);
    assert_eq!([tax_of("2026-12", 19_500_000), tax_of("2027-12", 19_500_000)], [7_065; 2]);
    assert_eq!(tax_of("2026-12", 20_000_000), 1_339);
}

#[test]
fn a_target_from_another_program_is_met_by_all_but_its_last_bits() {
    let scenario = judged("project-by-hand");
    let kept = result("project", &scenario)["kept_cents"].as_f64().unwrap();
    let ask = |target: f64| {
        json!({"a": scenario, "path": "/hours/missed_min", "lo": 3, "hi": 60, "target": target,
            "metric": "kept_cents"})
    };
    for target in [kept, kept.next_up(), kept.next_down()] {
        assert_eq!(result("solve", &ask(target))["x"], json!(3.0));
    }
    assert_eq!(result("solve", &ask(kept + 0.001))["always"], json!("below"));
}

#[test]
fn a_number_of_a_part_that_is_missing_can_be_varied() {
    let mut scenario = judged("project-by-hand");
    let whole = scenario.clone();
    scenario.as_object_mut().unwrap().remove("hours");
    let ask = |a: &Value| {
        json!({"a": a, "path": "/hours/note_min", "lo": 0, "hi": 60, "target": 7_000,
            "metric": "effective_hour_cents"})
    };
    let mut without = whole;
    without["hours"] = json!({});

    assert_eq!(result("solve", &ask(&scenario)), result("solve", &ask(&without)));
    assert_eq!(result("solve", &ask(&scenario))["found"], json!(true));
}

#[test]
fn what_moves_nothing_stands_last_in_the_order_of_paths() {
    let of = |path: &str, high: f64| json!({"path": path, "low": 1, "high": high});
    let input = json!({"scenario": judged("project-solo-cash"), "metric": "kept_cents",
        "params": [of("/hours/setup_h", 9.0), of("/hours/claim_min", 60.0),
            of("/leads/per_week", 3.0), of("/discount_annual_bp", 900.0)]});
    let rows = result("tornado", &input)["rows"].clone();
    let paths: Vec<&str> =
        rows.as_array().unwrap().iter().map(|row| row["path"].as_str().unwrap()).collect();

    let last = ["/discount_annual_bp", "/hours/claim_min", "/hours/setup_h"];
    assert_eq!((paths[0], &paths[1..]), ("/leads/per_week", &last[..]));
}

#[test]
fn values_may_lie_as_far_apart_as_numbers_can() {
    let ask = |p: f64| json!({"values": [1e308, -1e308], "p": p});

    assert_eq!(result("percentile", &ask(0.5))["value"], json!(0.0));
    assert_eq!(result("percentile", &ask(0.0))["value"], json!(-1e308));
}

#[test]
fn a_quotient_is_a_number_and_no_amount() {
    let most = json!({"n": i64::MIN, "d": 1});

    assert_eq!(result("div_round", &most)["value"], json!(i64::MIN));
}

/// The error of a judged case with one value changed: its field and its message.
fn refused(kind: &str, mut input: Value, place: &str, value: &Value) -> (String, String) {
    let (parent, name) = place.rsplit_once('/').unwrap();
    input.pointer_mut(parent).unwrap()[name] = value.clone();
    let error = &answer(kind, &input)["error"];
    let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    (text("field"), text("message"))
}

#[test]
fn whoever_is_above_a_limit_is_told_the_limit() {
    let most = json!(1_000_000_000_000_i64);
    let owner = month(&json!({"time": [{"kind": "session", "start": "2026-02-03T15:00:00Z"}]}));
    let ahead = json!({"prior": {"held_bp": 9000}, "session_minutes": 60, "steps": [{"id": "s"}],
        "line": {"sessions": 1, "of": 20}, "weeks": []});
    let sums = json!({"months": [{"kept_cents": 1, "collected_cents": 1, "seconds": 60}]});
    let other = json!({"payers": [{}], "hours_s": {}});
    let quotient = json!({"n": 1, "d": 1});
    let draws = json!({"seed": 1, "n": 1});
    let solo = || judged("project-by-hand");
    let huge = json!(1.7e38);
    let cases = [
        ("project", solo(), "/payers/0/allowed_cents", &most, "0 to 999999999999, or null"),
        ("project", solo(), "/payers/0/client_share_cents", &json!(999_999_999), "0 to allowed"),
        ("project", solo(), "/horizon_months", &most, "from 1 to 600"),
        ("whatif", other.clone(), "/payers/0/allowed_cents", &most, "-999999999999 to 9999999999"),
        ("whatif", other, "/hours_s/session", &most, "from 0 to 2678400"),
        ("combine", sums, "/months/0/seconds_high", &most, "from 60, as seconds, to 3214080000"),
        ("actuals", owner.clone(), "/time/0/slot_s", &most, "from 0 to 86400"),
        ("actuals", owner, "/time/0/slot_s", &huge, "from 0 to 86400"),
        ("forecast", ahead.clone(), "/days_since_fire", &huge, "0 to 9223372036854775807"),
        ("forecast", ahead.clone(), "/steps/0/yield_sessions", &most, "0 to 500, or null"),
        ("forecast", ahead, "/line/sessions", &json!(21), "from 0 to of, here 20"),
        ("div_round", quotient.clone(), "/n", &huge, "-9223372036854775808 to 922337203685477580"),
        ("div_round", quotient, "/d", &huge, "-9223372036854775808 to 9223372036854775807"),
        ("splitmix64", draws, "/seed", &huge, "from 0 to 18446744073709551615"),
    ];
    for (kind, input, place, value, range) in cases {
        let (field, message) = refused(kind, input, place, value);

        assert_eq!(field, place[1..], "{message}");
        assert!(message.contains(range), "{place}: {message}");
    }
    let weights = json!({"total_cents": 1, "weights": [1, 1.7e38]});
    let error = &answer("alloc", &weights)["error"];
    assert!(error["message"].as_str().unwrap().contains("0 to 9223372036854775807"), "{error}");
    let line = json!({"id": "l", "unit": "each", "cents": 999_999_999_999_i64, "count": 1e9});
    let error = &answer("statement", &json!({"month": "2026-02", "lines": [line]}))["error"];
    assert!(error["message"].as_str().unwrap().contains("to 9223372036854775807"), "{error}");
}

#[test]
fn a_path_that_leads_to_no_number_is_itself_at_fault() {
    let scenario = judged("project-by-hand");
    let wrong = [
        "/hours/xx",
        "/hours/",
        "",
        " ",
        "/",
        "hours/note_min",
        "/payers/9/pay_cents",
        "/payers/0/name",
        "/payers/0/claim",
        "/model/worker",
        "/weeks_off",
        "/fees",
        "/leads",
    ];
    for path in wrong {
        let asks = [
            (
                "solve",
                "path",
                json!({"a": scenario, "path": path, "lo": 1, "hi": 2,
                "target": 1, "metric": "kept_cents"}),
            ),
            (
                "tornado",
                "params/0/path",
                json!({"scenario": scenario, "metric": "kept_cents",
                "params": [{"path": path, "low": 1, "high": 2}]}),
            ),
            (
                "montecarlo",
                "uncertain/0/path",
                json!({"scenario": scenario, "seed": 1, "reps": 1,
                "uncertain": [{"path": path, "low": 1, "mode": 1, "high": 2}]}),
            ),
        ];
        for (kind, field, input) in asks {
            let error = answer(kind, &input)["error"].clone();

            assert_eq!((&error["code"], &error["field"]), (&json!("E_RANGE"), &json!(field)));
            let message = error["message"].as_str().unwrap();
            assert!(message.starts_with("path points to a number of the scenario"), "{message}");
        }
    }
}

#[test]
fn a_number_that_cannot_stand_at_a_good_path_is_itself_at_fault() {
    let scenario = judged("project-by-hand");
    let (low, high) = (json!(-1e9), json!(-1e9));
    let mut ends = vec!["/horizon_months", "/hours/note_min", "/episodes/0/mean_weeks"];
    ends.extend(["/session_minutes", "/payers/0/allowed_cents", "/tax/net_bp"]);
    for path in ends {
        let input = json!({"a": scenario, "path": path, "lo": low, "hi": high, "target": 1,
            "metric": "kept_cents"});

        assert_eq!(answer("solve", &input)["error"]["field"], "lo", "{path}");
    }
}

#[test]
fn zero_has_no_sign_in_any_result() {
    let week = json!({"lead": 1, "capacity": 2});
    let ahead = json!({"prior": {"held_bp": 9000}, "session_minutes": 60, "weeks": [week],
        "line": {"sessions": 0, "of": 0}});
    let solve = json!({"a": judged("project-by-hand"), "path": "/hours/note_min", "lo": -0.0,
        "hi": 60, "target": -0.0, "metric": "kept_cents"});
    let asks = [
        ("forecast", ahead, "/weeks/0/p_below_line"),
        ("percentile", json!({"values": [-0.0], "p": 0.5}), "/value"),
        ("solve", solve, "/target"),
    ];
    for (kind, input, place) in asks {
        let it = result(kind, &input);

        let shown = it.pointer(place).unwrap().to_string();
        assert_eq!(shown, "0.0", "{kind}");
        assert!(!it.to_string().contains("-0.0,"), "{it}");
    }
}

#[test]
fn an_id_that_would_come_back_changed_is_refused_and_others_come_back() {
    let answered = |id: &str| -> Value {
        let ask = r#"{"kind": "div_round", "input": {"n": 4, "d": 2}, "id": "#;
        let answers = run(&format!(r#"{{"cases": [{ask}{id}}}]}}"#)).unwrap();
        serde_json::from_str::<Value>(&answers).unwrap()["cases"][0].clone()
    };
    for id in [
        "18446744073709551616",
        "12345678901234567890123",
        "-9223372036854775809",
        "0.1000000000000000055511151231257827",
        "[1e23]",
    ] {
        let answer = answered(id);

        assert_eq!(answer["id"], Value::Null, "{answer}");
        assert_eq!(answer["error"]["code"], "E_RANGE", "{answer}");
        assert_eq!(answer["error"]["field"], "id", "{answer}");
        let message = answer["error"]["message"].as_str().unwrap();
        let range = "-9223372036854775808 to 18446744073709551615";
        assert!(message.contains(range), "{message}");
    }
    for id in ["18446744073709551615", "-9223372036854775808", "0", "\"1e999\"", "null", "[1]"] {
        let answer = answered(id);

        assert_eq!(answer["id"].to_string(), id);
        assert_eq!(answer["result"]["value"], 2, "{answer}");
    }
    let unreadable = r#"{"cases": [{"id": 18446744073709551616, "kind": NaN}]}"#;
    assert!(run(unreadable).unwrap().contains(r#""id":null"#));
}

/// Every place within a value, as a pointer.
fn places(value: &Value, at: &str, places: &mut Vec<String>) {
    let mut within = |name: &str, value: &Value| {
        let at = format!("{at}/{name}");
        places.push(at.clone());
        self::places(value, &at, places);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| within(name, value)),
        Value::Array(list) => {
            list.iter().enumerate().take(4).for_each(|(i, value)| within(&i.to_string(), value));
        }
        _ => {}
    }
}

fn has_codes(error: &Value) -> bool {
    let codes = ["E_RANGE", "E_SHARES", "E_KIND", "E_ALLOWED", "E_WEIGHTS", "E_INTERVAL"];
    let is_text = |name: &str| error[name].as_str().is_some_and(|text| !text.is_empty());
    codes.iter().any(|code| error["code"] == *code) && is_text("field") && is_text("message")
}

fn bad() -> impl Strategy<Value = Value> {
    prop_oneof![
        prop::sample::select(vec![
            json!(null),
            json!(true),
            json!(""),
            json!("x"),
            json!([]),
            json!({}),
            json!([[]]),
            json!(-1),
            json!(0),
            json!(0.5),
            json!(10_001),
            json!(1e308),
            json!(-1e308),
            json!(1e-320),
            json!(1_000_000_000_000_i64),
            json!(u64::MAX),
            json!(i64::MIN),
            json!("2026-02-30"),
            json!("2026-13"),
            json!("2026-03-08T07:00:00Z"),
            json!("E_X"),
        ]),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_judged_case_with_changes_is_answered_or_refused_with_its_place(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), bad()), 1..4),
    ) {
        let case = which.get(VECTORS["cases"].as_array().unwrap());
        let mut input = case["input"].clone();
        if input["reps"].is_number() {
            input["reps"] = json!(3);
        }
        for (where_to, value) in changes {
            let mut found = Vec::new();
            places(&input, "", &mut found);
            if let Some(place) = (!found.is_empty()).then(|| where_to.get(&found)) {
                // As many lives as it takes to be refused, or few.
                let is_lives = place == "/reps" && value.as_i64().is_some_and(|it| it <= 100_000);
                *input.pointer_mut(place).unwrap() = if is_lives { json!(2) } else { value };
            }
        }
        let answer = answer(case["kind"].as_str().unwrap(), &input);

        prop_assert!(answer["result"].is_object() || has_codes(&answer["error"]), "{}", answer);
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_solves_a_question_meets_its_target(target in 1_000.0..9_000.0_f64) {
        let scenario = judged("project-by-hand");
        let ask = json!({"a": scenario, "path": "/hours/note_min", "lo": 0, "hi": 60,
            "target": target, "metric": "effective_hour_cents"});
        let found = result("solve", &ask);

        if let Some(x) = found["x"].as_f64() {
            let mut changed = scenario.clone();
            changed["hours"]["note_min"] = json!(x);
            let hour = result("project", &changed)["effective_hour_cents"].as_f64().unwrap();
            prop_assert!((hour - target).abs() < 1e-6, "{hour} {target}");
        } else {
            prop_assert!(found["always"].is_string());
        }
    }

    #[test]
    fn ends_of_an_hour_are_in_order(
        kept in -90_000..90_000_i64,
        slots in prop::collection::vec((0..600_i64, 0..9_000_i64), 0..6),
        minutes in 0..300_i64,
    ) {
        let instant = |minute: i64| format!("2026-02-03T{:02}:{:02}:00Z", 14 + minute / 60, minute % 60);
        let time: Vec<Value> = slots
            .iter()
            .map(|&(at, slot)| json!({"kind": "session", "start": instant(at), "slot_s": slot}))
            .chain([json!({"kind": "notes", "start": instant(30), "end": instant(200)})])
            .collect();
        let input = month(&json!({
            "worker": "w2", "time": time,
            "ledger": [{"posted_on": "2026-02-03", "kind": "client_payment", "cents": kept}],
            "corrections": [{"kind": "session", "on": "2026-02-03", "minutes": minutes}]}));
        let it = result("actuals", &input);

        let hour = &it["cash"]["effective_hour"];
        prop_assert!(hour["low"].as_i64() <= hour["high"].as_i64(), "{}", it);
        prop_assert!(it["hours"]["total_s"].as_i64() <= it["hours"]["total_high_s"].as_i64());
    }

    #[test]
    fn a_model_beside_itself_is_no_more_and_no_less(months in 1..40_i64) {
        let mut a = judged("project-solo-insurance");
        a["horizon_months"] = json!(months);
        let it = result("compare", &json!({"a": a, "b": a}));

        prop_assert_eq!(&it["kept_a_minus_b_cents"], &json!(0.0));
        prop_assert_eq!(&it["a_cash_ahead_from_month"], &json!(1));
    }

    #[test]
    fn parts_are_the_whole_and_nobody_is_a_cent_off(
        total in -999_999_999_999..=999_999_999_999_i64,
        weights in prop::collection::vec(0..1_000_000_i64, 1..9),
    ) {
        prop_assume!(weights.iter().any(|weight| 0 < *weight));
        let parts = result("alloc", &json!({"total_cents": total, "weights": weights}));
        let parts: Vec<i64> = serde_json::from_value(parts["parts"].clone()).unwrap();

        prop_assert_eq!(parts.iter().sum::<i64>(), total);
        let all: i128 = weights.iter().copied().map(i128::from).sum();
        for (part, weight) in parts.iter().zip(&weights) {
            let off = i128::from(*part) * all - i128::from(total) * i128::from(*weight);
            prop_assert!(off.abs() < all, "{part}");
        }
    }
}
