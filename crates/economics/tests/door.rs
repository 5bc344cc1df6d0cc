//! The door: bad input gets a code, its field and a sentence, and spoils no other case.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

use economics::{check, run};
use proptest::prelude::*;
use serde_json::{Value, json};

fn solo() -> Value {
    json!({
        "horizon_months": 12, "capacity_per_week": 10, "session_minutes": 60,
        "leads": {"per_week": 4, "p_offer_bp": 5000, "p_accept_bp": 10_000, "p_start_bp": 5000},
        "episodes": [{"share_bp": 10_000, "mean_weeks": 4, "visits_per_week": 1}],
        "attendance": {"attended_bp": 9000, "no_show_bp": 1000},
        "payers": [{"share_bp": 10_000, "allowed_cents": 10_000, "client_share_cents": 10_000}],
        "model": {"worker": "self", "split_bp": 10_000, "split_of": "collected"},
        "overhead": [{"unit": "month", "cents": 20_000}]
    })
}

fn month() -> Value {
    json!({
        "zone": "America/New_York", "month": "2026-02", "mode": "owner", "ledger": [
            {"posted_on": "2026-02-03", "kind": "client_payment", "cents": 30_000}],
        "time": [{"kind": "session", "start": "2026-02-03T15:00:00Z",
            "end": "2026-02-03T15:53:00Z"}],
        "corrections": [{"kind": "notes", "on": "2026-02-03", "minutes": 10}]
    })
}

fn answer(kind: &str, input: &Value) -> Value {
    let case = json!({"cases": [{"id": "x", "kind": kind, "input": input}]});
    let answers: Value = serde_json::from_str(&run(&case.to_string()).unwrap()).unwrap();
    answers["cases"][0].clone()
}

fn refused(kind: &str, base: &Value, parent: &str, name: &str, value: Value) -> (String, String) {
    let mut input = base.clone();
    input.pointer_mut(parent).unwrap()[name] = value;
    let answer = answer(kind, &input);
    let text = |name: &str| answer["error"][name].as_str().unwrap_or("-").to_owned();
    assert!(text("message").len() > 10, "{answer}");
    (text("code"), text("field"))
}

#[test]
fn what_cannot_be_projected_is_named_by_code_and_field() {
    let cases = [
        ("", "horizon_months", json!(0), "E_RANGE", "horizon_months"),
        ("", "horizon_months", json!(1.5), "E_RANGE", "horizon_months"),
        ("", "weeks_off", json!([52]), "E_RANGE", "weeks_off/0"),
        ("", "capacity", json!(9), "E_RANGE", "capacity"),
        ("/payers/0", "share_bp", json!(9_999), "E_SHARES", "payers"),
        ("/payers/0", "share_bp", json!(10_001), "E_RANGE", "payers/0/share_bp"),
        ("/payers/0", "share_bp", json!(-1), "E_RANGE", "payers/0/share_bp"),
        (
            "/payers/0",
            "client_share_cents",
            json!(10_001),
            "E_RANGE",
            "payers/0/client_share_cents",
        ),
        (
            "/payers/0",
            "allowed_cents",
            json!(1_000_000_000_000_i64),
            "E_RANGE",
            "payers/0/allowed_cents",
        ),
        ("/payers/0", "allowed_cents", Value::Null, "E_ALLOWED", "model/split_of"),
        ("/payers/0", "alowed_cents", json!(1), "E_RANGE", "payers/0/alowed_cents"),
        ("/attendance", "late_cancel_bp", json!(1), "E_SHARES", "attendance"),
        ("/episodes/0", "mean_weeks", json!(0.5), "E_RANGE", "episodes/0/mean_weeks"),
        ("/model", "worker", json!("1099"), "E_KIND", "model/worker"),
        ("/overhead/0", "unit", json!("new_client"), "E_KIND", "overhead/0/unit"),
        ("/overhead/0", "cents", json!("20000"), "E_RANGE", "overhead/0/cents"),
        ("/overhead/0", "cents", json!(200.125), "E_RANGE", "overhead/0/cents"),
        ("/payers/0", "late_fee_cents", json!(0.5), "E_RANGE", "payers/0/late_fee_cents"),
        ("/leads", "per_week", Value::Null, "E_RANGE", "leads/per_week"),
        ("/leads", "ramp", json!({"shape": "sudden"}), "E_KIND", "leads/ramp/shape"),
    ];
    for (parent, name, value, code, field) in cases {
        let given = refused("project", &solo(), parent, name, value.clone());

        assert_eq!(given, (code.to_owned(), field.to_owned()), "{name} {value}");
    }
}

#[test]
fn what_cannot_have_been_is_named_by_code_and_field() {
    let cases = [
        ("", "zone", json!("Mars/Olympus"), "E_RANGE", "zone"),
        ("", "month", json!("2026-13"), "E_RANGE", "month"),
        ("/ledger/0", "kind", json!("bonus"), "E_KIND", "ledger/0/kind"),
        ("/ledger/0", "kind", json!("session_pay"), "E_KIND", "ledger/0/kind"),
        ("/ledger/0", "cents", json!(1_000_000_000_000_i64), "E_RANGE", "ledger/0/cents"),
        ("/ledger/0", "cents", json!(12.345), "E_RANGE", "ledger/0/cents"),
        ("/ledger/0", "cents", json!(12.0), "E_RANGE", "ledger/0/cents"),
        ("/ledger/0", "posted_on", json!("2026-02-30"), "E_RANGE", "ledger/0/posted_on"),
        ("/time/0", "end", json!("2026-02-03T14:59:59Z"), "E_INTERVAL", "time/0/end"),
        ("/time/0", "end", json!("2026-02-03T10:00:00-05:00"), "E_RANGE", "time/0/end"),
        ("/time/0", "end", Value::Null, "E_RANGE", "time/0/slot_s"),
        ("/time/0", "slot_s", json!(1.5), "E_RANGE", "time/0/slot_s"),
        ("/corrections/0", "on", json!("2026-2-3"), "E_RANGE", "corrections/0/on"),
        ("/time/0", "kind", json!("lunch"), "E_KIND", "time/0/kind"),
        ("/corrections/0", "minutes", json!(1_441), "E_RANGE", "corrections/0/minutes"),
        ("", "not_recorded", json!(["lunch"]), "E_KIND", "not_recorded/0"),
    ];
    for (parent, name, value, code, field) in cases {
        let given = refused("actuals", &month(), parent, name, value.clone());

        assert_eq!(given, (code.to_owned(), field.to_owned()), "{name} {value}");
    }
}

#[test]
fn other_questions_are_refused_in_the_same_way() {
    let solve = json!({"a": solo(), "path": "/nowhere/at/all", "lo": 0, "hi": 1, "target": 1,
        "metric": "kept_cents"});
    let solve_what = |metric: &str| {
        json!({"a": solo(), "path": "/hours/note_min", "lo": 0, "hi": 1,
        "target": 1, "metric": metric})
    };
    let cases = [
        ("alloc", json!({"total_cents": 1, "weights": [1, -1]}), "E_WEIGHTS", "weights"),
        ("alloc", json!({"total_cents": 1, "weights": [0]}), "E_WEIGHTS", "weights"),
        ("div_round", json!({"n": 1, "d": 0}), "E_RANGE", "d"),
        ("solve", solve, "E_RANGE", "path"),
        ("solve", solve_what("happiness"), "E_KIND", "metric"),
        ("compare", json!({"a": solo()}), "E_RANGE", "b"),
        ("fortune", json!({}), "E_KIND", "kind"),
        ("project", json!([]), "E_RANGE", "input"),
    ];
    for (kind, input, code, field) in cases {
        let answer = answer(kind, &input);

        let given = (answer["error"]["code"].as_str(), answer["error"]["field"].as_str());
        assert_eq!(given, (Some(code), Some(field)), "{kind} {answer}");
    }
}

#[test]
fn one_bad_case_spoils_no_other() {
    let cases = json!({"version": 1, "note": "n", "cases": [
        {"id": 1, "kind": "alloc", "says": "s", "input": {"total_cents": 3, "weights": []}},
        {"id": 2, "kind": "alloc", "input": {"total_cents": 3, "weights": [1, 1]}},
        7, {"id": 2, "kind": "alloc", "input": {"total_cents": 1, "weights": [1]}}]});
    let answers: Value = serde_json::from_str(&run(&cases.to_string()).unwrap()).unwrap();

    assert_eq!(answers["cases"][0]["error"]["code"], "E_WEIGHTS");
    assert_eq!(answers["cases"][1], json!({"id": 2, "result": {"parts": [2, 1]}}));
    assert_eq!(answers["cases"][2]["id"], Value::Null);
    assert_eq!(answers["cases"][3], json!({"id": 2, "result": {"parts": [1]}}));
}

#[test]
fn a_case_that_is_no_json_spoils_no_other() {
    let good = r#"{"id": 2, "kind": "alloc", "input": {"total_cents": 3, "weights": [1, 1]}}"#;
    for bad in ["1e999", "NaN", "-Infinity", "01", "\"\\x\"", &"[".repeat(200)] {
        let closed = "]".repeat(bad.matches('[').count());
        let bad = format!(r#"{{"id": "bad", "kind": "alloc", "input": {{"n": {bad}{closed}}}}}"#);
        let text = format!(r#"{{"note": "[,", "cases": [{bad}, {good}]}}"#);
        let answers: Value = serde_json::from_str(&run(&text).unwrap()).unwrap();

        assert_eq!(answers["cases"][0]["id"], "bad", "{text}");
        assert_eq!(answers["cases"][0]["error"]["code"], "E_RANGE", "{text}");
        assert_eq!(answers["cases"][1], json!({"id": 2, "result": {"parts": [2, 1]}}));
    }
}

#[test]
fn what_was_not_said_is_not_zero() {
    let week = json!({"lead": 1, "capacity": 9, "bookings": [{"held": 3, "due": 4}]});
    let forecast = json!({"prior": {"held_bp": 9000}, "session_minutes": 50, "weeks": [week],
        "line": {"sessions": 5, "of": 9}, "shock": [{"weight_bp": 10_000, "odds": 1}]});
    let rows = json!({"rows": [{"age": 0, "expected": 1, "held": 1}]});
    let bill = json!({"month": "2026-02", "lines": [
        {"id": "a", "unit": "each", "cents": 5, "count": 1}]});
    let cases = [
        (
            "forecast",
            &forecast,
            vec![
                "/prior/held_bp",
                "/weeks/0/capacity",
                "/line/of",
                "/weeks/0/bookings/0/due",
                "/shock/0/weight_bp",
                "/session_minutes",
            ],
        ),
        ("pickup", &rows, vec!["/rows", "/rows/0/age", "/rows/0/expected", "/rows/0/held"]),
        ("statement", &bill, vec!["/lines", "/lines/0/count", "/lines/0/cents", "/lines/0/unit"]),
    ];
    for (kind, input, paths) in cases {
        assert!(answer(kind, input)["error"].is_null(), "{kind}");
        for path in paths {
            let (parent, name) = path.rsplit_once('/').unwrap();
            let mut less = input.clone();
            less.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
            let answer = answer(kind, &less);

            assert_eq!(answer["error"]["field"], path[1..], "{kind} {answer}");
        }
    }
}

#[test]
fn a_number_that_cannot_be_varied_is_named_where_it_was_asked() {
    let uncertain = |path: &str, low: f64, high: f64| json!([{"path": path, "low": low, "mode": high, "high": high}]);
    let bands =
        |inputs: Value| json!({"scenario": solo(), "seed": 1, "reps": 2, "uncertain": inputs});
    let solve = |path: &str, low: f64, high: f64| {
        json!({"a": solo(), "path": path, "lo": low, "hi": high, "target": 1,
            "metric": "kept_cents"})
    };
    let tornado = |path: &str, low: f64| {
        json!({"scenario": solo(), "metric": "kept_cents",
            "params": [{"path": path, "low": low, "high": 1}]})
    };
    let mut broken = solve("/leads/per_week", 0.0, 1.0);
    broken["a"]["payers"][0]["share_bp"] = json!(1);
    let cases = [
        ("montecarlo", bands(uncertain("/leads/per_week", -1.0, 2.0)), "uncertain/0/low"),
        ("montecarlo", bands(uncertain("/leads/per_week", 3.0, 2.0)), "uncertain/0/mode"),
        ("montecarlo", bands(uncertain("/leads/ramp/x/y", 1.0, 2.0)), "uncertain/0/path"),
        ("montecarlo", bands(uncertain("/payers/9/pay_cents", 1.0, 2.0)), "uncertain/0/path"),
        ("montecarlo", bands(uncertain("/model/worker", 1.0, 2.0)), "uncertain/0/path"),
        ("solve", solve("/attendance/attended_bp", 0.0, 1e308), "hi"),
        ("solve", solve("/payers/0/share_bp", 0.0, 9_000.0), "lo"),
        ("solve", solve("/leads/naps", 0.0, 1.0), "path"),
        ("solve", solve("leads", 0.0, 1.0), "path"),
        ("solve", solve("/leads/per_week", 2.0, 1.0), "hi"),
        ("solve", broken, "a/payers"),
        ("tornado", tornado("/capacity_per_week", -1.0), "params/0/low"),
        ("tornado", tornado("/nowhere/at/all", 0.0), "params/0/path"),
    ];
    for (kind, input, field) in cases {
        let answer = answer(kind, &input);

        assert_eq!(answer["error"]["field"], field, "{answer}");
    }
}

#[test]
fn what_would_take_minutes_is_refused_at_once() {
    let mut busy = solo();
    busy["horizon_months"] = json!(600);
    busy["capacity_per_week"] = json!(500);
    busy["leads"] = json!({"per_week": 500, "p_offer_bp": 10_000, "p_accept_bp": 10_000,
        "p_start_bp": 10_000, "wait_keep_bp": 10_000});
    let lives =
        |scenario: &Value, reps: u64| json!({"scenario": scenario, "seed": 1, "reps": reps});
    let mut classes = solo();
    classes["episodes"] = json!(vec![json!({"share_bp": 10, "mean_weeks": 4}); 1_000]);
    let week = json!({"lead": 1, "capacity": 5,
        "bookings": vec![json!({"held": 1, "due": 1}); 501]});
    let long_week = json!({"prior": {"held_bp": 9000}, "session_minutes": 50, "weeks": [week]});
    let cases = [
        ("montecarlo", lives(&busy, 100_000), "reps"),
        ("montecarlo", lives(&solo(), 100_001), "reps"),
        ("montecarlo", lives(&solo(), u64::MAX), "reps"),
        ("project", classes, "episodes"),
        ("forecast", long_week, "weeks/0/bookings"),
        ("splitmix64", json!({"seed": 1, "n": 10_001}), "n"),
    ];
    for (kind, input, field) in cases {
        let answer = answer(kind, &input);

        assert_eq!(answer["error"]["code"], "E_RANGE", "{answer}");
        assert_eq!(answer["error"]["field"], field, "{answer}");
    }
}

#[test]
fn what_is_no_document_of_cases_is_refused_whole() {
    for text in ["", "[]", "{}", r#"{"cases": 1}"#, r#"{"cases": [], "extra": 1}"#] {
        assert!(run(text).is_err(), "{text}");
        assert!(check(text).is_err(), "{text}");
    }
}

#[test]
fn a_difference_is_told_with_its_place() {
    let cases = json!({"cases": [{"id": "third", "kind": "alloc",
        "input": {"total_cents": 100, "weights": [1, 2]}, "expect": {"parts": [34, 66]}}]});
    let lines = check(&cases.to_string()).unwrap();

    assert_eq!(lines[0], "\"third\"/parts/0: expected 34, got 33");
    assert_eq!(lines.len(), 2);
}

#[test]
fn what_is_refused_or_answered_unexpectedly_is_one_difference() {
    let case = |weights: Value, expect: Value| {
        let input = json!({"total_cents": 3, "weights": weights});
        let case = json!({"id": 1, "kind": "alloc", "input": input, "expect": expect});
        check(&json!({"cases": [case]}).to_string()).unwrap()
    };
    let of_shares = "1: expected \"E_SHARES\", got E_WEIGHTS at weights: ";

    assert_eq!(case(json!([0]), json!({"error": "E_WEIGHTS"})), Vec::<String>::new());
    assert!(case(json!([0]), json!({"error": "E_SHARES"}))[0].starts_with(of_shares));
    assert_eq!(case(json!([1]), json!({"error": "E_SHARES"})).len(), 1);
    assert_eq!(case(json!([0]), json!({"parts": [3]})).len(), 1);
    assert_eq!(case(json!([1]), json!({"parts": [3.0]})), Vec::<String>::new());
}

proptest! {
    #[test]
    fn a_forecast_lies_between_nothing_and_all_openings(
        bookings in prop::collection::vec((0..40_u32, 0..10_u32), 0..20),
        capacity in 0..30_usize,
        pickup in 0.0..9.0_f64,
        prior in 0..=10_000_i64,
    ) {
        let due = |(held, missed): &(u32, u32)| json!({"held": held, "due": held + missed});
        let week = json!({"lead": 1, "capacity": capacity, "pickup_mean": pickup,
            "bookings": bookings.iter().map(due).collect::<Vec<_>>()});
        let input = json!({"prior": {"held_bp": prior}, "session_minutes": 50, "weeks": [week]});
        let answer = answer("forecast", &input);
        let week = &answer["result"]["weeks"][0];

        let mean = week["mean"].as_f64().unwrap();
        let most = bookings.len() + capacity.saturating_sub(bookings.len());
        prop_assert!(-1e-9 <= mean && mean <= most as f64 + 1e-9, "{week}");
        let at = |p: &str| week[p].as_u64().unwrap();
        prop_assert!(at("p10") <= at("p50") && at("p50") <= at("p90"));
        prop_assert_eq!(&week["slow"], &json!(false));
    }

    #[test]
    fn no_text_brings_the_door_down(text in ".{0,80}", number in any::<f64>()) {
        let _ = run(&text);
        let mut input = solo();
        input["hours"] = json!({"note_min": number, "setup_h": text});
        prop_assert!(answer("project", &input)["result"].is_null());
    }
}
