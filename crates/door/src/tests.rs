//! What holds at every door.

use super::*;

fn answer(kind: &str, input: &Value) -> Result<Value, Fault> {
    if kind != "echo" {
        return Err(unknown_kind(&["echo"]));
    }
    let mut fields = Fields::of(input)?;
    let rows = fields.list("rows", |row| read::whole(row, 0..=9))?;
    let on = fields.null("on", read::date)?;
    fields.end()?;
    Ok(json!({ "rows": rows, "dated": on.is_some() }))
}

/// The field at fault, or the result, of one case.
fn told(case: Value) -> Value {
    let text = run(&json!({ "cases": [case] }).to_string(), answer).unwrap();
    let told: Value = serde_json::from_str(&text).unwrap();
    let case = &told["cases"][0];
    case.get("result").unwrap_or(&case["error"]["field"]).clone()
}

fn of_input(input: Value) -> Value {
    told(json!({ "id": "a", "kind": "echo", "input": input }))
}

#[test]
fn what_is_not_an_envelope_of_cases_is_refused_whole() {
    for text in
        ["", "[]", "7", "{}", r#"{"cases":{}}"#, r#"{"cases":[],"extra":1}"#, "{\"cases\":["]
    {
        let sentence = run(text, answer).unwrap_err();
        assert!(sentence.ends_with('.'), "{sentence}");
    }
    assert_eq!(run(r#"{"version":1,"note":"n","cases":[]}"#, answer).unwrap(), r#"{"cases":[]}"#);
}

#[test]
fn one_bad_case_spoils_no_other_and_order_is_kept() {
    let text = run(
        r#"{"cases":[7,{"id":"b","kind":"echo","input":{"rows":[1]}},{"id":"c","kind":"no"}]}"#,
        answer,
    );
    let told: Value = serde_json::from_str(&text.unwrap()).unwrap();
    assert_eq!(told["cases"][0]["error"]["field"], "cases/0");
    assert_eq!(told["cases"][1]["result"]["rows"], json!([1]));
    assert_eq!(told["cases"][2]["id"], "c");
    assert_eq!(told["cases"][2]["error"]["field"], "input");
}

#[test]
fn a_fault_names_the_path_to_its_field() {
    let cases = [
        (json!({ "kind": "echo", "input": {} }), "id"),
        (json!({ "id": 7, "kind": "echo", "input": {} }), "id"),
        (json!({ "id": "a", "input": {} }), "kind"),
        (json!({ "id": "a", "kind": "other", "input": {} }), "kind"),
        (json!({ "id": "a", "kind": null, "input": {} }), "kind"),
        (json!({ "id": "a", "kind": "echo" }), "input"),
        (json!({ "id": "a", "kind": "echo", "input": [] }), "input"),
        (json!({ "id": "a", "kind": "echo", "input": {}, "extra": 1 }), "extra"),
    ];
    for (case, field) in cases {
        assert_eq!(told(case.clone()), field, "{case}");
    }
    let inputs = [
        (json!({ "rows": null }), "rows"),
        (json!({ "rows": [1, 10] }), "rows/1"),
        (json!({ "rows": [1.0] }), "rows/0"),
        (json!({ "rows": ["1"] }), "rows/0"),
        (json!({ "rows": [-1] }), "rows/0"),
        (json!({ "on": "2026-02-30" }), "on"),
        (json!({ "extra": null }), "extra"),
    ];
    for (input, field) in inputs {
        assert_eq!(of_input(input.clone()), field, "{input}");
    }
    assert_eq!(of_input(json!({ "on": null })), json!({ "rows": [], "dated": false }));
}

#[test]
fn only_dates_that_exist_and_are_written_in_full_are_dates() {
    let is_date = |text: &str| read::date(&json!(text)).is_ok();
    for text in ["2026-06-01", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"] {
        assert!(is_date(text), "{text}");
    }
    for text in [
        "2026-02-29",
        "1900-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-06-31",
        "2026-06-00",
        "0000-01-01",
        "2026-6-1",
        "20260601",
        "2026-06-01T00:00:00",
        " 2026-06-01",
        "2026-06-0é",
        "+026-06-01",
        "",
    ] {
        assert!(!is_date(text), "{text}");
    }
}

#[test]
fn times_are_written_in_full_and_exist() {
    let clock = |text: &str| read::clock(&json!(text)).ok();
    assert_eq!(clock("00:00"), Some(0));
    assert_eq!(clock("09:05"), Some(545));
    assert_eq!(clock("24:00"), Some(1_440));
    for text in ["24:01", "25:00", "9:00", "09:60", "09:00:00", "0900", ""] {
        assert_eq!(clock(text), None, "{text}");
    }

    let instant = |text: &str| read::instant(&json!(text)).is_ok();
    assert!(instant("2026-03-08T14:00:59Z"));
    for text in [
        "2026-03-08T14:00:00",
        "2026-03-08T14:00:00z",
        "2026-03-08T14:00:00.0Z",
        "2026-03-08T24:00:00Z",
        "2026-03-08T14:60:00Z",
        "2026-03-08T14:00:60Z",
        "2026-03-08 14:00:00Z",
        "2026-03-08T14:00:00+00:00",
        "2026-03-08T14:00Z",
        "2026-03-08",
        "2026-02-29T14:00:00Z",
    ] {
        assert!(!instant(text), "{text}");
    }
    assert!(read::local(&json!("2026-03-08T14:00:00")).is_ok());
    assert!(read::local(&json!("2026-03-08T14:00:00Z")).is_err());
}

#[test]
fn a_check_lists_each_difference_with_its_place() {
    let text = json!({ "cases": [
        { "id": "same", "kind": "echo", "input": {}, "expect": { "rows": [], "dated": false } },
        { "id": "row", "kind": "echo", "input": { "rows": [1, 2] },
          "expect": { "rows": [1, 3, 4], "dated": false } },
        { "id": "fault", "kind": "echo", "input": { "rows": 1 }, "expect": { "rows": [] } },
        { "id": "field", "kind": "echo", "input": { "no": 1 },
          "expect": { "error": { "field": "rows", "message": "not compared" } } },
        { "id": "right", "kind": "echo", "input": { "no": 1 },
          "expect": { "error": { "field": "no" } } },
        { "id": "none", "kind": "echo", "input": {} },
    ] });
    let found = check(&text.to_string(), answer, differences).unwrap();
    let places: Vec<&str> = found.iter().map(|it| it.split(':').next().unwrap()).collect();
    assert_eq!(places, ["row", "row", "fault", "field", "none"]);
    assert_eq!(found[0], "row: rows/1: expected 3, got 2");
    assert_eq!(found[1], "row: rows/2: expected 4, got nothing");
}

#[test]
fn keys_of_maps_are_texts_of_one_to_a_hundred_characters() {
    let map = |value: &Value| read::map::<i64, Vec<_>>(value, |it| read::whole(it, 0..=9));
    let long = "é".repeat(101);
    assert_eq!(map(&json!({ "a": 1 })), Ok(vec![("a".to_owned(), 1)]));
    assert_eq!(map(&json!({ &long[..200]: 1 })).map(|it| it.len()), Ok(1));
    assert_eq!(map(&json!({ &long: 1 })).unwrap_err().field(), long);
    assert_eq!(map(&json!({ "a/b": 10 })).unwrap_err().field(), "a/b");
    assert_eq!(map(&json!({ "": 1 })).unwrap_err().under("km").field(), "km/");
    assert!(map(&json!([])).is_err());
}
