//! Cases of our own for each rule: what a rule says, at its edge.

use serde_json::{Value, json};

/// The answer of the door to one case: its result, or the field at fault.
fn told(kind: &str, input: &Value) -> Value {
    let asked = json!({ "cases": [{ "id": "a", "kind": kind, "input": input }] });
    let told = crate::door::run(&asked.to_string()).unwrap();
    let told: Value = serde_json::from_str(&told).unwrap();
    let case = &told["cases"][0];
    case.get("result").unwrap_or(&case["error"]["field"]).clone()
}

/// `input` with each of `changes` put in: a path, and what stands there instead.
fn with(input: &Value, changes: &[(&str, Value)]) -> Value {
    let mut changed = input.clone();
    for (path, value) in changes {
        let (parent, key) = path.rsplit_once('/').unwrap();
        let parent = changed.pointer_mut(parent).unwrap();
        match (parent, value) {
            (Value::Object(map), Value::String(it)) if it == "gone" => {
                map.remove(key);
            }
            (Value::Object(map), value) => {
                map.insert(key.to_owned(), value.clone());
            }
            (Value::Array(list), value) => list[key.parse::<usize>().unwrap()] = value.clone(),
            _ => panic!("{path} leads nowhere"),
        }
    }
    changed
}

fn monday() -> Value {
    json!({
        "zone": "America/New_York", "now": "2026-05-01T00:00:00Z",
        "from": "2026-05-04T04:00:00Z", "to": "2026-05-05T04:00:00Z",
        "visit_type": { "length_min": 60, "grid_min": 60, "notice_min": 0, "horizon_days": 60 },
        "weekly": [{ "days": ["mon"], "opens": "09:00", "closes": "12:00" }],
        "exceptions": [{ "date": "2026-05-06", "windows": [] }],
        "protected": [{ "days": ["sun"], "opens": "12:00", "closes": "13:00" }],
        "leave": [{ "from_date": "2026-06-01", "to_date": "2026-06-01" }],
        "appointments": [{ "from": "2026-06-02T14:00:00Z", "to": "2026-06-02T15:00:00Z" }],
        "busy": [{ "from": "2026-06-02T14:00:00Z", "to": "2026-06-02T14:00:00Z" }],
        "asker": { "is": "new", "place": "office" }, "limit": 10,
    })
}

fn series(starts: &str, rule: &str) -> Value {
    json!({
        "zone": "America/New_York", "starts": starts, "rule": rule,
        "from": "0001-01-01T00:00:00Z", "to": "9999-12-31T23:59:59Z", "limit": 10,
    })
}

#[test]
fn faults_of_a_question_are_named() {
    let faults = [
        ("/zone", json!("america/new_york"), "zone"),
        ("/zone", json!(null), "zone"),
        ("/zone", json!("gone"), "zone"),
        ("/now", json!("2026-05-01T00:00:00"), "now"),
        ("/now", json!("2026-05-01T00:00:00.5Z"), "now"),
        ("/from", json!("2026-02-29T00:00:00Z"), "from"),
        ("/from", json!("gone"), "from"),
        ("/to", json!("2026-05-04T03:59:59Z"), "to"),
        ("/to", json!("gone"), "to"),
        ("/at", json!("2026-05-04T04:00:00Z"), "at"),
        ("/limit", json!(0), "limit"),
        ("/limit", json!(10_001), "limit"),
        ("/limit", json!("gone"), "limit"),
        ("/visit_type", json!("gone"), "visit_type"),
        ("/visit_type", json!([]), "visit_type"),
        ("/visit_type/length_min", json!(0), "visit_type/length_min"),
        ("/visit_type/length_min", json!(1_441), "visit_type/length_min"),
        ("/visit_type/length_min", json!(50.5), "visit_type/length_min"),
        ("/visit_type/length_min", json!("50"), "visit_type/length_min"),
        ("/visit_type/grid_min", json!(0), "visit_type/grid_min"),
        ("/visit_type/grid_min", json!("gone"), "visit_type/grid_min"),
        ("/visit_type/before_min", json!(-1), "visit_type/before_min"),
        ("/visit_type/after_min", json!(1_441), "visit_type/after_min"),
        ("/visit_type/after_min", json!(null), "visit_type/after_min"),
        ("/visit_type/notice_min", json!(525_601), "visit_type/notice_min"),
        ("/visit_type/horizon_days", json!(3_661), "visit_type/horizon_days"),
        ("/visit_type/day_max", json!(-1), "visit_type/day_max"),
        ("/visit_type/week_max", json!(10_001), "visit_type/week_max"),
    ];
    for (path, value, field) in faults {
        assert_eq!(told("openings", &with(&monday(), &[(path, value.clone())])), field, "{value}");
    }
    assert_eq!(told("opening", &monday()), "kind");
    assert_eq!(told("why", &monday()), "at");
    assert_eq!(told("why", &json!(null)), "input");
}

#[test]
fn faults_of_its_rows_are_named() {
    let faults = [
        ("/weekly", json!(null), "weekly"),
        ("/weekly", json!({}), "weekly"),
        ("/weekly/0", json!(7), "weekly/0"),
        ("/weekly/0/days", json!([]), "weekly/0/days"),
        ("/weekly/0/days", json!("gone"), "weekly/0/days"),
        ("/weekly/0/days", json!(["mon", "Tue"]), "weekly/0/days/1"),
        ("/weekly/0/opens", json!("9:00"), "weekly/0/opens"),
        ("/weekly/0/opens", json!("24:00"), "weekly/0/closes"),
        ("/weekly/0/closes", json!("09:00"), "weekly/0/closes"),
        ("/weekly/0/closes", json!("24:01"), "weekly/0/closes"),
        ("/weekly/0/for", json!("old"), "weekly/0/for"),
        ("/weekly/0/for", json!(null), "weekly/0/for"),
        ("/weekly/0/place", json!("home"), "weekly/0/place"),
        ("/weekly/0/from_date", json!("2026-5-4"), "weekly/0/from_date"),
        ("/weekly/0/color", json!("red"), "weekly/0/color"),
        ("/exceptions/0/date", json!("2026-02-29"), "exceptions/0/date"),
        ("/exceptions/0/windows", json!([{ "opens": "10:00" }]), "exceptions/0/windows/0/closes"),
        ("/protected/0/days", json!([]), "protected/0/days"),
        ("/protected/0/closes", json!("11:00"), "protected/0/closes"),
        ("/protected/0/for", json!("any"), "protected/0/for"),
        ("/leave/0/to_date", json!("2026-05-31"), "leave/0/to_date"),
        ("/leave/0/to_date", json!(null), "leave/0/to_date"),
        ("/appointments/0/to", json!("2026-06-02T14:00:00Z"), "appointments/0/to"),
        ("/appointments/0/before_min", json!(1_441), "appointments/0/before_min"),
        ("/busy/0/to", json!("2026-06-02T13:59:59Z"), "busy/0/to"),
        ("/busy/0/before_min", json!(0), "busy/0/before_min"),
        ("/asker", json!("gone"), "asker"),
        ("/asker/is", json!("any"), "asker/is"),
        ("/asker/place", json!("any"), "asker/place"),
        ("/asker/age", json!(7), "asker/age"),
    ];
    for (path, value, field) in faults {
        assert_eq!(told("openings", &with(&monday(), &[(path, value.clone())])), field, "{value}");
    }
    let twice = json!([{ "date": "2026-05-06" }, { "date": "2026-05-06", "windows": [] }]);
    let input = with(&monday(), &[("/exceptions", twice)]);
    assert_eq!(told("openings", &input), "exceptions/1/date");
    let dates =
        [("/weekly/0/from_date", json!("2026-05-04")), ("/weekly/0/to_date", json!("2026-05-03"))];
    assert_eq!(told("openings", &with(&monday(), &dates)), "weekly/0/to_date");
}

#[test]
fn faults_of_a_series_are_named() {
    let series = series("2026-09-01T09:00:00", "FREQ=DAILY");
    let recurrence = [
        ("/zone", json!("Mars/Base"), "zone"),
        ("/starts", json!("2026-09-01T09:00:00Z"), "starts"),
        ("/starts", json!("2026-09-31T09:00:00"), "starts"),
        ("/starts", json!("gone"), "starts"),
        ("/rule", json!("FREQ=DAILY;COUNT=0"), "rule"),
        ("/rule", json!(7), "rule"),
        ("/exdates", json!(["2026-09-01"]), "exdates/0"),
        ("/exdates", json!(null), "exdates"),
        ("/rdates", json!(["2026-09-01T09:00:00", "x"]), "rdates/1"),
        ("/to", json!("0000-12-31T00:00:00Z"), "to"),
        ("/limit", json!(0), "limit"),
        ("/until", json!(null), "until"),
    ];
    for (path, value, field) in recurrence {
        assert_eq!(told("recurrence", &with(&series, &[(path, value.clone())])), field, "{value}");
    }
}

#[test]
fn what_can_be_left_out_means_nothing_or_any() {
    let input = json!({
        "zone": "America/New_York", "now": "2026-05-01T00:00:00Z",
        "from": "2026-05-04T04:00:00Z", "to": "2026-05-04T04:00:00Z",
        "visit_type": { "length_min": 60, "grid_min": 60, "notice_min": 0, "horizon_days": 60,
                        "day_max": null, "week_max": null },
        "asker": { "is": "new", "place": "office" }, "limit": 1,
    });
    assert_eq!(told("openings", &input), json!({ "openings": [] }));
    assert_eq!(
        told("openings", &monday()),
        json!({ "openings": [
            "2026-05-04T13:00:00Z", "2026-05-04T14:00:00Z", "2026-05-04T15:00:00Z",
        ] })
    );
    let at = [
        ("/at", json!("2026-05-04T13:00:00Z")),
        ("/from", json!("gone")),
        ("/to", json!("gone")),
        ("/limit", json!("gone")),
    ];
    assert_eq!(told("why", &with(&monday(), &at)), json!({ "open": true }));
}

#[test]
fn seconds_count() {
    let late = [("/now", json!("2026-05-04T13:00:01Z"))];
    assert_eq!(
        told("openings", &with(&monday(), &late)),
        json!({ "openings": ["2026-05-04T14:00:00Z", "2026-05-04T15:00:00Z"] })
    );
    let busy = json!([
        { "from": "2026-05-04T13:59:59Z", "to": "2026-05-04T14:00:00Z" },
        { "from": "2026-05-04T15:00:00Z", "to": "2026-05-04T15:00:00Z" },
        { "from": "2026-05-04T16:00:00Z", "to": "2026-05-04T16:00:01Z" },
    ]);
    assert_eq!(
        told("openings", &with(&monday(), &[("/busy", busy)])),
        json!({ "openings": ["2026-05-04T14:00:00Z", "2026-05-04T15:00:00Z"] })
    );
}

#[test]
fn where_midnight_is_skipped_the_starts_of_two_dates_come_in_order_and_once() {
    // Toronto went from 23:30 to 00:30: the last half hour of 30 March lies in the 31st.
    let every = |grid_min: u16| {
        let weekly = json!([
            { "days": ["sun"], "opens": "23:40", "closes": "24:00" },
            { "days": ["mon"], "opens": "00:30", "closes": "00:40" },
            { "days": ["mon"], "opens": "00:45", "closes": "01:05" },
        ]);
        let changes = [
            ("/zone", json!("America/Toronto")),
            ("/now", json!("1919-03-30T00:00:00Z")),
            ("/from", json!("1919-03-31T04:00:00Z")),
            ("/to", json!("1919-03-31T06:00:00Z")),
            ("/visit_type/length_min", json!(10)),
            ("/visit_type/grid_min", json!(grid_min)),
            ("/weekly", weekly),
            ("/protected", json!([])),
        ];
        told("openings", &with(&monday(), &changes))
    };
    assert_eq!(
        every(10),
        json!({ "openings": [
            "1919-03-31T04:30:00Z", "1919-03-31T04:40:00Z", "1919-03-31T04:45:00Z",
            "1919-03-31T04:50:00Z", "1919-03-31T04:55:00Z",
        ] })
    );
    assert_eq!(
        every(5),
        json!({ "openings": [
            "1919-03-31T04:30:00Z", "1919-03-31T04:35:00Z", "1919-03-31T04:40:00Z",
            "1919-03-31T04:45:00Z", "1919-03-31T04:50:00Z", "1919-03-31T04:55:00Z",
        ] })
    );
}

#[test]
fn protected_time_of_a_skipped_date_does_not_move_to_the_next() {
    let changes = [
        ("/zone", json!("Pacific/Apia")),
        ("/now", json!("2011-12-29T00:00:00Z")),
        ("/from", json!("2011-12-30T00:00:00Z")),
        ("/to", json!("2011-12-31T10:00:00Z")),
        ("/weekly", json!([{ "days": ["fri", "sat"], "opens": "09:00", "closes": "11:00" }])),
        ("/protected", json!([{ "days": ["fri"], "opens": "09:00", "closes": "10:00" }])),
    ];
    assert_eq!(
        told("openings", &with(&monday(), &changes)),
        json!({ "openings": ["2011-12-30T19:00:00Z", "2011-12-30T20:00:00Z"] })
    );
}

#[test]
fn a_visit_across_hours_of_two_kinds_is_closed_to_each() {
    let weekly = json!([
        { "days": ["mon"], "opens": "09:00", "closes": "10:00", "for": "new" },
        { "days": ["mon"], "opens": "10:00", "closes": "11:00", "for": "current" },
        { "days": ["mon"], "opens": "12:00", "closes": "13:00", "for": "current" },
        { "days": ["mon"], "opens": "12:00", "closes": "13:00", "place": "video" },
    ]);
    let at = |at: &str| with(&monday(), &[("/weekly", weekly.clone()), ("/at", json!(at))]);
    let refused = |reasons: Value| json!({ "open": false, "reasons": reasons });
    assert_eq!(told("why", &at("2026-05-04T13:30:00Z")), refused(json!(["closed_to_new"])));
    assert_eq!(
        told("why", &at("2026-05-04T16:00:00Z")),
        refused(json!(["closed_to_new", "other_place"]))
    );
    assert_eq!(told("why", &at("2026-05-04T14:30:00Z")), refused(json!(["outside_hours"])));
}

fn occurrences(starts: &str, rule: &str, changes: &[(&str, Value)]) -> Value {
    told("recurrence", &with(&series(starts, rule), changes))["occurrences"].clone()
}

#[test]
fn until_is_an_instant_a_wall_clock_or_a_whole_day() {
    let until = |until: &str| {
        let rule = format!("FREQ=DAILY;UNTIL={until}");
        occurrences("2026-09-01T09:00:00", &rule, &[]).as_array().unwrap().len()
    };
    assert_eq!(until("20260903T130000Z"), 3);
    assert_eq!(until("20260903T125959Z"), 2);
    assert_eq!(until("20260903T090000"), 3);
    assert_eq!(until("20260903T085959"), 2);
    assert_eq!(until("20260903"), 3);
    assert_eq!(until("20260901T090000"), 1);
    assert_eq!(until("20260901T085959"), 0);
    assert_eq!(until("20260831"), 0);
    let rdates = [("/rdates", json!(["2026-08-01T09:00:00"]))];
    assert_eq!(
        occurrences("2026-09-01T09:00:00", "FREQ=DAILY;UNTIL=20260831", &rdates),
        json!(["2026-08-01T13:00:00Z"])
    );
}

#[test]
fn exdates_take_out_equal_wall_clock_whatever_put_it_there() {
    let changes = [
        ("/rdates", json!(["2026-09-05T10:00:00", "2026-09-06T10:00:00", "2020-01-01T10:00:00"])),
        ("/exdates", json!(["2026-09-01T09:00:00", "2026-09-05T10:00:00", "2026-09-02T09:00:01"])),
    ];
    assert_eq!(
        occurrences("2026-09-01T09:00:00", "FREQ=DAILY;COUNT=2", &changes),
        json!(["2020-01-01T15:00:00Z", "2026-09-02T13:00:00Z", "2026-09-06T14:00:00Z"])
    );
    let alone = [("/rule", json!(null)), ("/rdates", json!(["2026-09-01T09:00:00"]))];
    assert_eq!(occurrences("2026-09-01T09:00:00", "", &alone), json!(["2026-09-01T13:00:00Z"]));
}

#[test]
fn gap_and_fold_do_not_change_the_expansion() {
    // 02:30 moves onto 03:30 and is one with it; the count goes by the wall clock.
    assert_eq!(
        occurrences("2026-03-08T01:30:00", "FREQ=HOURLY;COUNT=4", &[]),
        json!(["2026-03-08T06:30:00Z", "2026-03-08T07:30:00Z", "2026-03-08T08:30:00Z"])
    );
    // The repeated hour occurs once.
    assert_eq!(
        occurrences("2026-11-01T00:30:00", "FREQ=HOURLY;COUNT=4", &[]),
        json!([
            "2026-11-01T04:30:00Z",
            "2026-11-01T05:30:00Z",
            "2026-11-01T07:30:00Z",
            "2026-11-01T08:30:00Z",
        ])
    );
    // 02:30 (moved) comes after 03:00: instants ascend, and the limit takes the earliest.
    let limit = |limit: i64| {
        let changes = [("/limit", json!(limit))];
        occurrences("2026-03-08T02:30:00", "FREQ=MINUTELY;INTERVAL=30;COUNT=3", &changes)
    };
    assert_eq!(limit(1), json!(["2026-03-08T07:00:00Z"]));
    assert_eq!(limit(3), json!(["2026-03-08T07:00:00Z", "2026-03-08T07:30:00Z"]));
    // A skipped date moves too.
    let apia = [("/zone", json!("Pacific/Apia"))];
    assert_eq!(
        occurrences("2011-12-29T09:00:00", "FREQ=DAILY;COUNT=4", &apia),
        json!(["2011-12-29T19:00:00Z", "2011-12-30T19:00:00Z", "2011-12-31T19:00:00Z"])
    );
}

#[test]
fn a_series_ends_with_the_calendar() {
    assert_eq!(
        occurrences("9999-12-29T09:00:00", "FREQ=DAILY", &[]),
        json!(["9999-12-29T14:00:00Z", "9999-12-30T14:00:00Z", "9999-12-31T14:00:00Z"])
    );
    assert_eq!(
        occurrences("2024-02-29T09:00:00", "FREQ=YEARLY;INTERVAL=9999", &[]),
        json!(["2024-02-29T14:00:00Z"])
    );
    let rule = "FREQ=MONTHLY;INTERVAL=99999999999999999999;COUNT=99999999999999999999";
    assert_eq!(occurrences("2026-09-01T09:00:00", rule, &[]), json!(["2026-09-01T13:00:00Z"]));
}

#[test]
fn a_rule_that_yields_nothing_ends() {
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=WEEKLY;BYSECOND=60",
        "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=DAILY;INTERVAL=7;BYDAY=WE",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=10",
        "FREQ=MINUTELY;INTERVAL=60;BYMINUTE=1",
        "FREQ=SECONDLY;BYSECOND=60",
        "FREQ=SECONDLY;INTERVAL=120;BYSECOND=30",
        "FREQ=SECONDLY;INTERVAL=604800;BYDAY=WE",
        "FREQ=SECONDLY;BYSETPOS=2;BYSECOND=0",
        "FREQ=YEARLY;BYWEEKNO=1;BYMONTH=6",
    ] {
        let only_start = json!(["2026-09-01T13:00:00Z"]);
        assert_eq!(occurrences("2026-09-01T09:00:00", rule, &[]), only_start, "{rule}");
    }
}

#[test]
fn what_lies_long_before_is_counted_and_not_told() {
    let late = [("/from", json!("2026-09-01T00:00:00Z")), ("/limit", json!(2))];
    assert_eq!(
        occurrences("1990-01-01T00:00:00", "FREQ=SECONDLY;INTERVAL=30", &late),
        json!(["2026-09-01T00:00:00Z", "2026-09-01T00:00:30Z"])
    );
    let rule = "FREQ=SECONDLY;COUNT=10;BYHOUR=9;BYMINUTE=0;BYSECOND=0";
    assert_eq!(occurrences("1990-01-01T00:00:00", rule, &late), json!([]));
    // 36 years of 86,400 seconds a day, to the second.
    let seconds = 86_400u64 * 13_392;
    let told = |count: u64| {
        let rule = format!("FREQ=SECONDLY;COUNT={count}");
        occurrences("1990-01-01T00:00:00", &rule, &late)
    };
    assert_eq!(told(seconds - 4 * 3_600), json!([]));
    let first_two = json!(["2026-09-01T00:00:00Z", "2026-09-01T00:00:01Z"]);
    assert_eq!(told(seconds - 4 * 3_600 + 2), first_two);
}
