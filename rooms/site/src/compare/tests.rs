//! The comparison: any model may win, bad figures come back with what was typed, and what stands
//! beside a figure is what the engine says.

use axum::http::StatusCode;
use economics::{Projection, Uncertain};
use expect_test::expect_file;
use ground::Acting;
use ground::html::{Faults, Typed};
use ground::testing::{Browser, TestHouse, run};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::answer::{Answer, moves, rounded, unsure};
use super::asked::{self, Asked};
use super::figures::{FIGURES, Key};
use super::gains::Gains;
use super::models::Model;
use super::says;

fn anybody(house: &TestHouse) -> Browser {
    Browser::of(house, [(crate::ROOM.routes)()], &Acting::Door)
}

fn faults(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let typed = pairs.iter().fold(Typed::none(), |form, (name, value)| form.with(*name, *value));
    let faults = asked::read(&asked::whole(typed)).err().unwrap_or_default();
    faults.iter().map(|(field, says)| (field.to_owned(), says.to_owned())).collect()
}

#[test]
fn any_model_may_win_ours_or_not() {
    let usual = Asked::default;
    let claims = |it: Asked| it.with(Key::ClaimMin, 2_000).with(Key::Denial, 1_500);
    let cases = [
        (
            Model::Solo,
            usual()
                .with(Key::Direct, 10_000)
                .with(Key::Marketing, 50)
                .with(Key::Ads, 0)
                .with_two(0, 5),
        ),
        (Model::Biller, claims(usual()).with(Key::Marketing, 50).with(Key::Ads, 0).with_two(0, 5)),
        (Model::Job, usual().with_two(2, 4)),
        (Model::Group, usual().with(Key::GroupSplit, 8_000).with_two(2, 5)),
        (Model::Network, usual().with_two(1, 3)),
        (Model::HighSplit, usual().with(Key::Bring, 2_600).with(Key::Rent, 250_000).with_two(0, 1)),
        (Model::Ours, usual().with(Key::Rent, 0).with(Key::Calls, 400).with_two(0, 5)),
    ];
    for (wins, asked) in cases {
        let answer = Answer::to(asked).unwrap();

        let hours: Vec<_> = answer.rows.iter().map(|row| (row.model, row.hour())).collect();
        assert_eq!(answer.named, wins, "{hours:?}");
        assert!(says::points(&answer).contains(wins.within()));
        assert!(hours.is_sorted_by_key(|it| std::cmp::Reverse(it.1)), "{hours:?}");
    }
}

#[test]
fn who_takes_no_insurance_sees_none() {
    let answer = Answer::to(Asked::default().with(Key::Direct, 10_000)).unwrap();

    assert!(answer.row(Model::Biller).is_none() && answer.row(Model::Network).is_none());
    let typed = asked::whole(Typed::none().with("direct", "100"));
    let page = super::views::page(Some(&answer), &typed, &Faults::none()).0;
    for hidden in ["What a plan allows", "denied claim", "A billing service"] {
        assert!(!page.contains(hidden), "{hidden}");
    }
    assert!(page.contains("<input type=\"hidden\" name=\"allowed\" value=\"111\">"), "it stays");
}

/// What the other half of an engine's year says one session more is worth, without tax and without
/// late fees, which do not come from sessions held.
fn by_the_engine(model: Model, asked: &Asked) -> f64 {
    let year = |sessions: f64| {
        let mut scenario = model.scenario(asked);
        scenario["caseload"] = json!({
            "mode": "curve", "sessions_per_week": sessions, "ramp": { "shape": "none" },
        });
        scenario["tax"] = json!({ "ss_bp": 0, "medicare_bp": 0 });
        for payer in scenario["payers"].as_array_mut().into_iter().flatten() {
            payer["late_fee_cents"] = Value::from(0);
        }
        let course = Projection::read(&scenario).unwrap().steady;
        (course.kept_year_cents, course.attended_sessions_week * course.working_weeks as f64)
    };
    let ((kept, held), (more_kept, more_held)) = (year(10.0), year(11.0));
    (more_kept - kept) / (more_held - held)
}

#[test]
fn what_one_session_more_brings_is_what_the_engine_says() {
    let askeds = [
        Asked::default(),
        Asked::default().with(Key::Direct, 10_000),
        Asked::default().with(Key::Direct, 0).with(Key::JobBenefits, 800),
    ];
    for asked in askeds {
        for model in Model::for_asked(&asked) {
            let gains = Gains::of(model, &asked).you as f64;
            let engine = by_the_engine(model, &asked);
            assert!((gains - engine).abs() <= 0.5 + 1e-6, "{model:?}: {gains}, {engine}");
        }
    }
}

#[test]
fn bad_figures_are_named_at_their_field() {
    type Case = (&'static [(&'static str, &'static str)], &'static str, &'static str);
    let cases: &[Case] = &[
        (&[("fee", "143.505")], "fee", "dollars and cents"),
        (&[("fee", "-5")], "fee", "$0 or more"),
        (&[("fee", "\u{2212}5")], "fee", "$0 or more"),
        (&[("fee", "10000000000.00")], "fee", "$9,999.99 or less"),
        (&[("fee", "99999999999999999999999999")], "fee", "$9,999.99 or less"),
        (&[("fee", "much")], "fee", "enter a number"),
        (&[("fee", "")], "fee", "enter a number"),
        (&[("fee", ".")], "fee", "enter a number"),
        (&[("fee", "1e3")], "fee", "enter a number"),
        (&[("direct", "120")], "direct", "100% or less"),
        (&[("direct", "-1")], "direct", "0% or more"),
        (&[("group-split", "100.001")], "group-split", "two decimal places"),
        (&[("weeks", "46.5")], "weeks", "whole number"),
        (&[("weeks", "53")], "weeks", "52 or less"),
        (&[("open", "0")], "open", "1 or more"),
        (&[("once", "30")], "once", "let them make 100%"),
        (&[("kept", "90"), ("no-show", "20")], "kept", "100% or less"),
        (&[("copay", "120")], "copay", "no more than the plan allows"),
        (&[("calls-trellis", "2.855")], "calls-trellis", "two decimal places"),
        (&[("two", "1")], "two", "Choose two, or none"),
        (&[("two", "1"), ("two", "2"), ("two", "3")], "two", "Choose two, or none"),
    ];
    for (typed, field, says) in cases {
        let found = faults(typed);
        assert_eq!(found.len(), 1, "{typed:?}: {found:?}");
        assert!(found[0].0 == *field && found[0].1.contains(says), "{typed:?}: {found:?}");
    }
}

#[test]
fn figures_are_taken_as_people_type_them() {
    for (name, value) in [
        ("fee", "$1,143.50"),
        ("fee", " 143 "),
        ("direct", "33%"),
        ("fee", "143.500"),
        ("calls", ".5"),
    ] {
        assert_eq!(faults(&[(name, value)]), [], "{value}");
    }
}

#[test]
fn everybody_gets_the_whole_answer_and_nothing_is_asked_of_them() {
    run(async |house| {
        let page = anybody(&house).get("/compare").await;

        assert_eq!(page.status, StatusCode::OK);
        for model in Model::ALL {
            assert!(page.page.contains(model.name()), "{model:?}");
        }
        for says in ["Zhu et al.", "not published", "What would have to be true", "80/20", "60/40"]
        {
            assert!(page.page.contains(says), "{says}");
        }
        for asked in ["type=\"email\"", "autocomplete=\"name\"", "method=\"get\""] {
            assert!(!page.page.contains(asked), "{asked}");
        }
    });
}

#[test]
fn the_front_page_leads_here() {
    run(async |house| {
        let front = anybody(&house).get("/").await.page;
        assert!(front.contains("href=\"/compare\">What would you keep?</a>"), "{front}");
    });
}

#[test]
fn the_button_answers_without_script_and_nothing_stands_in_the_address() {
    run(async |house| {
        let form = [("fee", "177"), ("direct", "35"), ("two", "1"), ("two", "6"), ("rate-1", "2")];
        let page = anybody(&house).post("/compare", &form).await;

        assert_eq!((page.status, page.to), (StatusCode::OK, None));
        for says in ["value=\"177\"", "fee <b>$177</b>", "2 of 5 today", "are protected"] {
            assert!(page.page.contains(says), "{says}: {}", page.page);
        }
    });
}

#[test]
fn bad_figures_come_back_with_all_that_was_typed() {
    run(async |house| {
        let form =
            [("fee", "143.505"), ("calls", "7"), ("rent", "-3"), ("two", "2"), ("rate-4", "5")];
        let page = anybody(&house).post("/compare", &form).await;

        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        for kept in ["value=\"143.505\"", "value=\"7\"", "value=\"-3\"", "<title>Error: "] {
            assert!(page.page.contains(kept), "{kept}");
        }
        assert!(page.page.contains("name=\"rate-4\" value=\"5\" checked"));
        assert!(page.page.contains("name=\"two\" value=\"2\" checked"));
        assert!(page.page.contains("<details class=\"disclosure\" open>"), "the fault is in sight");
        assert!(!page.page.contains("What moves the hour"), "no answer to half a question");
    });
}

#[test]
fn figures_outside_of_what_is_usual_are_counted_and_said() {
    run(async |house| {
        let page = anybody(&house).post("/compare", &[("fee", "900")]).await;

        assert_eq!(page.status, StatusCode::OK);
        assert!(page.page.contains(super::words::STAYS_AS_TYPED), "{}", page.page);
    });
}

#[test]
fn the_higher_split_is_shown_where_it_wins_as_plainly_as_where_it_loses() {
    let own = Asked::default().with(Key::Bring, 2_600).with(Key::Marketing, 50);
    let wins = Answer::to(own).unwrap();
    let few = Asked::default().with(Key::Calls, 60).with(Key::HighSplit, 7_000);
    let loses = Answer::to(few).unwrap();

    assert!(0 < wins.believed.keeps_more, "{:?}", wins.believed);
    assert!(loses.believed.keeps_more < 0, "{:?}", loses.believed);
    assert!(says::from_high(&wins.believed, &wins)[0].contains("80/20 keeps"));
    assert!(says::from_high(&loses.believed, &loses)[0].contains("less than 60/40"));
}

fn page_of(answer: &Answer) -> String {
    super::views::page(Some(answer), &asked::usual(), &Faults::none()).0
}

#[test]
fn only_a_network_hides_what_is_collected_and_elsewhere_it_is_not_known_yet() {
    let answer = Answer::to(Asked::default().with(Key::Calls, 0)).unwrap();
    for row in &answer.rows {
        let hides = row.model == Model::Network;
        let why = if hides { super::words::NOT_SHOWN } else { super::words::NOT_YET };
        assert_eq!(says::of_collected(row), Err(why), "{:?}", row.model);
    }
    assert_eq!(page_of(&answer).matches(">not shown<").count(), 1);
}

#[test]
fn less_than_nothing_bears_a_minus_sign() {
    let free = Asked::default().with(Key::Fee, 0).with(Key::Allowed, 0).with(Key::Copay, 0);
    let answer = Answer::to(free).unwrap();
    let shares: Vec<String> =
        answer.rows.iter().filter_map(|row| says::of_collected(row).ok()).collect();

    assert!(shares.iter().any(|it| it.starts_with('\u{2212}')), "{shares:?}");
    assert!(shares.iter().all(|it| !it.contains('-')), "{shares:?}");
}

#[test]
fn two_ways_are_set_beside_each_other_once() {
    let usual = Asked::default;
    let askeds = [
        usual(),
        usual().with(Key::Direct, 10_000),
        usual().with(Key::Direct, 10_000).with(Key::Rent, 0),
        usual().with(Key::Rent, 0).with(Key::Calls, 400),
    ];
    for asked in askeds {
        let answer = Answer::to(asked).unwrap();
        let says = says::reading(&answer);
        let most = says.iter().find(|it| it.starts_with("You keep most"));
        let Some((_, beside)) = most.and_then(|it| it.split_once(", ")) else { continue };
        let beside = beside.trim_end_matches('.');
        let compared = says.iter().filter(|it| it.contains(beside)).count();
        assert_eq!(compared, 1, "{says:?}");
    }
}

#[test]
fn what_would_have_to_be_says_that_it_is_of_the_expected_course() {
    let answer = Answer::to(Asked::default()).unwrap();
    let hour = answer.first().course.effective_hour_cents.map(rounded).unwrap();

    let says = says::needed_for(&answer);
    assert!(says.starts_with("In the expected course, without the luck of the runs"), "{says}");
    assert!(says.contains(&ground::html::dollars(hour)), "{says}");
    let page = page_of(&answer);
    assert!(page.contains(&says), "{page}");
    let nobody = Answer::to(Asked::default().with(Key::Calls, 0)).unwrap();
    assert!(says::needs(&nobody.needed[0], &nobody).ends_with('.'));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_within_the_limits_has_an_answer(
        picks in prop::collection::vec((0..FIGURES.len(), 0.0..=1.0_f64), 0..12),
    ) {
        let mut form = Typed::none();
        for (at, part) in &picks {
            let (least, most) = FIGURES[*at].limits;
            let value = least + ((most - least) as f64 * part) as i64;
            let value = if FIGURES[*at].typed(value).contains('.') { value / 100 * 100 } else { value };
            if form.all(FIGURES[*at].name).next().is_none() {
                form = form.with(FIGURES[*at].name, FIGURES[*at].typed(value));
            }
        }
        let typed = asked::whole(form);
        if let Ok(asked) = asked::read(&typed) {
            let answer = Answer::to(asked);
            prop_assert!(answer.is_ok(), "{answer:?}");
            let answer = answer.unwrap();
            super::views::page(Some(&answer), &typed, &Faults::none());
        }
    }

    #[test]
    fn whatever_is_typed_is_read_or_named(text in "\\PC{0,12}") {
        for figure in FIGURES.iter().take(9) {
            let found = faults(&[(figure.name, &text)]);
            prop_assert!(found.iter().all(|(_, says)| !says.is_empty()));
        }
    }
}

/// What the bench of the engine and its peers in Python read, which cannot see this room.
#[test]
fn the_bench_of_the_engine_asks_what_the_page_asks() {
    let asked = Asked::default();
    let triangle = |it: &Uncertain| {
        let Uncertain { path, low, mode, high } = it;
        json!({ "path": path, "low": low, "mode": mode, "high": high })
    };
    let models: Vec<Value> = Model::ALL
        .into_iter()
        .map(|model| {
            let uncertain: Vec<Value> = unsure(model, &asked).iter().map(triangle).collect();
            let scenario = model.scenario(&asked);
            json!({ "model": model.name(), "scenario": scenario, "uncertain": uncertain })
        })
        .collect();
    let written = serde_json::to_string_pretty(&models).unwrap() + "\n";

    expect_file!["../../../../crates/economics/benches/seven.json"].assert_eq(&written);
}

#[test]
fn what_moves_the_hour_is_what_the_page_says_when_it_is_typed() {
    let asked = Asked::default();
    let answer = Answer::to(asked.clone()).unwrap();
    for model in [Model::Ours, Model::Solo] {
        let found = moves(answer.row(model).unwrap(), &asked).unwrap();
        let calls = found.iter().find(|it| it.key == Key::Calls).unwrap();
        for (typed, hour) in [calls.low, calls.high] {
            let again = Answer::to(asked.clone().with_calls(model, typed)).unwrap();
            let course = &again.row(model).unwrap().course;
            assert_eq!(hour, course.effective_hour_cents.map(rounded), "{model:?} at {typed}");
        }
    }
}
