//! The traps of the field as properties: what a calculator of take-home usually gets wrong.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

use economics::{Projection, run};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A solo practice with plausible random terms.
fn scenario() -> impl Strategy<Value = Value> {
    let leads = (0.0..6.0_f64, 1_000..=10_000_i64, 1_000..=10_000_i64, 0..=10_000_i64);
    let work = (1..=30_i64, 0.0..40.0_f64, 5_000..=10_000_i64, 0..=10_000_i64);
    let money = (5_000..30_000_i64, 0..=5_000_i64, 0..=10_i64, 0..200_000_i64);
    let shape = (1..=36_i64, 1.0..60.0_f64, 0..=10_000_i64, prop::collection::vec(0..52_i64, 0..8));
    (leads, work, money, shape).prop_map(|(leads, work, money, shape)| {
        let ((per_week, offer, start, keep), (capacity, note, attended, split)) = (leads, work);
        let ((allowed, loss, lag, rent), (months, stay, once, off)) = (money, shape);
        let no_show = (10_000 - attended) / 2;
        json!({
            "horizon_months": months, "capacity_per_week": capacity, "session_minutes": 53,
            "weeks_off": off,
            "leads": {"per_week": per_week, "ramp": {"shape": "exponential", "tau_weeks": 8.0},
                "p_offer_bp": offer, "p_accept_bp": 9000, "p_start_bp": start,
                "wait_keep_bp": keep},
            "episodes": [
                {"share_bp": once, "mean_weeks": 1, "visits_per_week": 1},
                {"share_bp": 10_000 - once, "mean_weeks": stay, "visits_per_week": 0.8}],
            "attendance": {"attended_bp": attended, "no_show_bp": no_show, "refill_bp": 2500},
            "payers": [{"share_bp": 10_000, "allowed_cents": allowed,
                "client_share_cents": allowed / 4, "plan_loss_bp": loss, "lag_weeks": lag,
                "claim": true, "first_denial_bp": 900, "late_fee_cents": 7500,
                "late_fee_collect_bp": 3000}],
            "model": {"worker": "self", "split_bp": split, "split_of": "collected",
                "late_fee_share_bp": 5000, "pay_lag_weeks": 1},
            "overhead": [{"unit": "month", "cents": rent}],
            "hours": {"note_min": note, "missed_min": 15, "claim_min": 5, "marketing_h_wk": 3,
                "marketing_full_h_wk": 1, "ce_h_year": 24, "setup_h": 12}
        })
    })
}

fn projected(scenario: &Value) -> Projection {
    Projection::read(scenario).unwrap()
}

fn with(scenario: &Value, pointer: &str, value: impl Into<Value>) -> Value {
    let mut changed = scenario.clone();
    *changed.pointer_mut(pointer).unwrap() = value.into();
    changed
}

fn assert_close(a: f64, b: f64) -> Result<(), TestCaseError> {
    prop_assert!((a - b).abs() <= 1e-7 * a.abs().max(b.abs()).max(1.0), "{a} is not {b}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_waterfall_adds_up_to_the_effective_hour(scenario in scenario()) {
        let it = projected(&scenario);

        if let Some(waterfall) = it.waterfall {
            assert_close(waterfall.sum(), it.effective_hour_cents.unwrap())?;
        } else {
            prop_assert!(it.hours_total == 0.0 || it.steady.attended_sessions_week == 0.0);
        }
    }

    #[test]
    fn parts_add_up_to_the_whole(scenario in scenario()) {
        let it = projected(&scenario);
        let sum = |values: &[f64]| values.iter().sum::<f64>();

        assert_close(sum(&it.monthly.kept_cents), it.kept_cents)?;
        assert_close(sum(&it.monthly.hours), it.hours_total)?;
        assert_close(it.hours.total(), it.hours_total)?;
        assert_close(it.net_cents - it.employment_tax_cents, it.kept_cents)?;
        let arrived = sum(&it.monthly.cash_cents) + it.open_at_horizon_cents;
        assert_close(arrived, it.kept_cents)?;
        let counts = it.counts;
        prop_assert!(counts.attended + counts.late_cancel + counts.no_show <= counts.booked + 1e-6);
    }

    #[test]
    fn more_inquiries_never_lower_what_a_solo_keeps(scenario in scenario(), more in 0.0..4.0_f64) {
        let whole = with(&scenario, "/model/split_bp", 10_000);
        let leads = whole.pointer("/leads/per_week").unwrap().as_f64().unwrap();
        let busier = with(&whole, "/leads/per_week", leads + more);

        let (less, more) = (projected(&whole).kept_cents, projected(&busier).kept_cents);
        prop_assert!(less <= more + 1e-6 * more.abs().max(1.0), "{less} {more}");
    }

    #[test]
    fn an_employee_is_not_charged_the_half_that_an_employer_pays(scenario in scenario()) {
        let own = projected(&scenario);
        let employed = projected(&with(&scenario, "/model/worker", "w2"));

        prop_assert_eq!(employed.employment_tax_cents, 0.0);
        assert_close(employed.kept_cents - own.kept_cents, own.employment_tax_cents)?;
        // Half of 15.3 % of 92.35 %, not all of it: 7.065 % of net and never more.
        prop_assert!(own.employment_tax_cents <= 0.070_65 * own.net_cents.max(0.0) + 1.0
            || own.monthly.kept_cents.iter().any(|kept| *kept < 0.0));
    }

    #[test]
    fn months_of_a_year_add_up_to_the_tax_of_its_net(scenario in scenario()) {
        let year = projected(&with(&scenario, "/horizon_months", 12));
        let base = 0.9235 * year.net_cents.max(0.0);
        let half = 0.5 * (0.124 * base.min(18_450_000.0) + 0.029 * base);

        assert_close(year.employment_tax_cents, if base < 40_000.0 { 0.0 } else { half })?;
    }

    #[test]
    fn benefits_are_kept_and_are_no_cash_unless_they_are(
        scenario in scenario(),
        value in 1..90_000,
    ) {
        let benefit = |is_cash: bool| {
            let mut changed = scenario.clone();
            changed["benefits"] = json!([{"unit": "month", "cents": value, "cash": is_cash}]);
            projected(&changed)
        };
        let (none, value_only, as_cash) = (projected(&scenario), benefit(false), benefit(true));

        prop_assert!(none.kept_cents < value_only.kept_cents);
        prop_assert_eq!(&none.monthly.cash_cents, &value_only.monthly.cash_cents);
        prop_assert!(none.monthly.cash_cents[0] < as_cash.monthly.cash_cents[0]);
    }

    #[test]
    fn an_hour_of_marketing_is_an_hour(scenario in scenario()) {
        let idle = with(&scenario, "/hours/marketing_h_wk", 0);
        let idle = projected(&with(&idle, "/hours/marketing_full_h_wk", 0));
        let it = projected(&scenario);

        assert_close(it.kept_cents, idle.kept_cents)?;
        assert_close(it.hours_total - idle.hours_total, it.hours.marketing)?;
    }

    #[test]
    fn an_amount_that_nobody_shows_leaves_its_figures_unknown(scenario in scenario()) {
        let mut hidden = with(&scenario, "/payers/0/allowed_cents", Value::Null);
        hidden["payers"][0]["pay_cents"] = json!(9_000);
        hidden["model"]["split_of"] = json!("none");
        let it = projected(&hidden);

        let unknown = [it.gross_cents, it.collected_cents, it.effective_split_collected];
        prop_assert_eq!(unknown, [None; 3]);
        prop_assert_eq!(it.steady.effective_split_collected, None);
        prop_assert_eq!(it.display.effective_split_bp, None);
    }

    #[test]
    fn chance_is_repeated_by_its_seed_and_its_bands_are_in_order(
        scenario in scenario(),
        seed in any::<u64>(),
    ) {
        let input = json!({"scenario": scenario, "seed": seed, "reps": 12});
        let case = json!({"cases": [{"id": 1, "kind": "montecarlo", "input": input}]}).to_string();
        let answer = run(&case).unwrap();

        prop_assert_eq!(&answer, &run(&case).unwrap());
        let answer: Value = serde_json::from_str(&answer).unwrap();
        for figure in ["kept_cents", "attended", "hours_total"] {
            let at = |p: &str| answer["cases"][0]["result"][figure][p].as_f64().unwrap();
            prop_assert!(at("p05") <= at("p25") && at("p25") <= at("p50"));
            prop_assert!(at("p50") <= at("p75") && at("p75") <= at("p95"));
        }
    }
}

#[test]
fn nothing_is_never_shown_as_zero_an_hour() {
    let empty = json!({
        "horizon_months": 12, "capacity_per_week": 0, "session_minutes": 50,
        "episodes": [{"share_bp": 10_000, "mean_weeks": 4, "visits_per_week": 1}],
        "payers": [{"share_bp": 10_000, "allowed_cents": 10_000}],
        "model": {"split_bp": 10_000, "split_of": "collected"}
    });
    let it = projected(&empty);

    assert_eq!((it.effective_hour_cents, it.effective_hour_net_cents), (None, None));
    assert_eq!((it.effective_split_collected, it.weeks_to_90), (None, None));
    assert_eq!((it.waterfall, it.display.effective_hour_cents), (None, None));
}

#[test]
fn the_fluid_figure_is_the_mean_of_lives_while_the_cap_does_not_bind() {
    let vectors: Value = serde_json::from_str(include_str!("vectors.json")).unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    let mut scenario =
        cases.iter().find(|it| it["id"] == "project-by-hand").unwrap()["input"].clone();
    scenario["capacity_per_week"] = json!(400);
    let fluid = projected(&scenario).counts.attended;
    let input = json!({"scenario": scenario, "seed": 1, "reps": 2_000});
    let case = json!({"cases": [{"id": 1, "kind": "montecarlo", "input": input}]});
    let answer: Value = serde_json::from_str(&run(&case.to_string()).unwrap()).unwrap();
    let drawn = answer["cases"][0]["result"]["attended"]["mean"].as_f64().unwrap();

    assert!((drawn / fluid - 1.0).abs() < 0.02, "{drawn} {fluid}");
}
