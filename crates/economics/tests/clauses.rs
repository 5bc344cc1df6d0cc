//! One source for sentence, example and amount: a reader who knows only the sentence comes to the
//! same cents as the statement.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

use economics::{
    Agreement, Amount, Bearing, Clause, Code, Engagement, FairMarket, FairMarketMethod, Missed,
    Pay, Price, Rule, StateRule, Tier, Unit, dollars,
};
use expect_test::{expect, expect_file};
use jiff::civil::date;
use money::{BasisPoints, Cents};
use proptest::prelude::*;

/// What somebody computes who has the signed sentence, the month's figures and a pencil.
mod pencil {
    use super::Amount;

    fn cents(text: &str) -> i128 {
        let text = text.trim().strip_prefix('$').unwrap().replace([',', '.'], "");
        text.parse().unwrap()
    }

    fn points(text: &str) -> i128 {
        let text = text.trim().strip_suffix('%').unwrap();
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        format!("{whole}{part:0<2}").parse().unwrap()
    }

    /// To the nearest, halves away from zero.
    fn rounded(number: i128, divisor: i128) -> i128 {
        let size = (2 * number.abs() + divisor) / (2 * divisor);
        if number < 0 { -size } else { size }
    }

    pub fn amount(opening: &str, sentence: &str, of: &Amount) -> i128 {
        let said = sentence.strip_prefix(opening).unwrap().trim().strip_suffix('.').unwrap();
        let mut parts = said.split(", ");
        let first = parts.next().unwrap();
        let mut tiers = vec![first];
        let mut limits = Vec::new();
        for part in parts {
            if part.contains(" for each") { tiers.push(part) } else { limits.push(part) }
        }
        let mut sum = base(first, &tiers, of);
        for limit in limits {
            sum = limited(sum, limit, of);
        }
        sum
    }

    fn base(first: &str, tiers: &[&str], of: &Amount) -> i128 {
        let (minutes, base) = (i128::from(of.minutes), i128::from(of.cents.0));
        if first.contains(" for each") {
            return tiered(tiers, i128::from(of.count));
        }
        if let Some(price) = first.strip_suffix(" a month") {
            let (days, all) = (i128::from(of.active_days), i128::from(of.days_in_month));
            return rounded(cents(price) * days, all);
        }
        if let Some(price) = first.strip_suffix(" an hour") {
            return rounded(cents(price) * minutes, 60);
        }
        if let Some(share) = first.strip_prefix("what it costs plus ") {
            return base + rounded(base * points(share), 10_000);
        }
        let (share, _) = first.split_once(" of ").unwrap();
        rounded(base * points(share), 10_000)
    }

    fn tiered(tiers: &[&str], count: i128) -> i128 {
        let (mut left, mut sum) = (count, 0);
        for tier in tiers {
            let (price, rest) = tier.split_once(" for each").unwrap();
            let place = rest.strip_prefix(" of the first ").or(rest.strip_prefix(" of the next "));
            let here = match place {
                Some(place) => place.split(' ').next().unwrap().parse::<i128>().unwrap().min(left),
                None => left,
            };
            sum += here * cents(price);
            left -= here;
        }
        sum
    }

    fn limited(sum: i128, limit: &str, of: &Amount) -> i128 {
        let monthly = |text: &str| cents(text.strip_suffix(" a month").unwrap());
        if let Some(least) = limit.strip_prefix("at least ") {
            return sum.max(monthly(least));
        }
        if let Some(most) = limit.strip_prefix("at most ") {
            return sum.min(monthly(most));
        }
        if limit == "by the minute" {
            return sum;
        }
        let (off, months) =
            limit.strip_prefix("less ").unwrap().split_once(" in the first ").unwrap();
        let months = match months {
            "month" => 1,
            months => months.strip_suffix(" months").unwrap().parse().unwrap(),
        };
        if of.month <= months { sum - rounded(sum * points(off), 10_000) } else { sum }
    }
}

fn share() -> impl Strategy<Value = BasisPoints> {
    (0..=10_000_u32).prop_map(BasisPoints)
}

fn price() -> impl Strategy<Value = Cents> {
    (0..3_000_000_i64).prop_map(Cents)
}

fn tiers() -> impl Strategy<Value = Vec<Tier>> {
    (prop::collection::vec((1..50_i64, price()), 0..4), price()).prop_map(|(steps, last)| {
        let mut up_to = 0;
        let mut tiers: Vec<Tier> = Vec::new();
        for (width, cents) in steps {
            up_to += width;
            tiers.push(Tier { up_to: Some(up_to), cents });
        }
        tiers.push(Tier { up_to: None, cents: last });
        tiers
    })
}

fn rule() -> impl Strategy<Value = Rule> {
    let unit = prop::sample::select(vec![Unit::Claim, Unit::IntakeCall, Unit::Session, Unit::Bill]);
    prop_oneof![
        price().prop_map(|cents| Rule::Flat { cents }),
        (unit.clone(), price()).prop_map(|(unit, cents)| Rule::PerUnit { unit, cents }),
        price().prop_map(|cents| Rule::PerHour { cents }),
        share().prop_map(|plus| Rule::CostPlus { plus }),
        (unit, tiers()).prop_map(|(unit, tiers)| Rule::Tiers { unit, tiers }),
        share().prop_map(|share| Rule::Share { share, of: "what was collected".to_owned() }),
    ]
}

fn clause() -> impl Strategy<Value = Clause> {
    let limits = (
        prop::option::of(price()),
        prop::option::of(price()),
        prop::option::of((1..=12_i64, share())),
    );
    (rule(), limits).prop_map(|(rule, (least, most, ramp))| {
        let mut clause = Clause::new("The work costs", rule);
        clause.minimum = least.map(|least| most.map_or(least, |most| least.min(most)));
        clause.cap = most;
        match ramp {
            Some((months, off)) => clause.with_ramp(months, off),
            None => clause,
        }
    })
}

fn amount() -> impl Strategy<Value = Amount> {
    (0..200_i64, 0..9_000_i64, -5_000_000..5_000_000_i64, 0..=31_i64, 1..20_i64).prop_map(
        |(count, minutes, cents, active_days, month)| {
            let days_in_month = 31;
            Amount { count, minutes, cents: Cents(cents), active_days, days_in_month, month }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn sentence_example_and_amount_cannot_disagree(clause in clause(), amount in amount()) {
        clause.check().unwrap();
        let sentence = clause.sentence();
        let worked = clause.work(&amount).unwrap();
        let (of, example) = clause.example().unwrap();

        let read = pencil::amount(&clause.opening, &sentence, &amount);
        prop_assert_eq!(i128::from(worked.cents.0), read, "{}", sentence);
        prop_assert!(worked.says.ends_with(&dollars(worked.cents)), "{}", worked.says);
        let read = pencil::amount(&clause.opening, &sentence, &of);
        prop_assert_eq!(i128::from(example.cents.0), read, "{}", sentence);
    }
}

fn engagement() -> Engagement {
    Engagement {
        pay: Pay::ShareOfCollected { clinician: BasisPoints(6_500), practice: BasisPoints(3_500) },
        pay_minimum: None,
        pay_cap: None,
        no_show: Missed { fee_share: BasisPoints(10_000), cents: Cents(0) },
        late_cancel: Missed { fee_share: BasisPoints(5_000), cents: Cents(2_500) },
        refunds: Bearing::AsSplit,
        recoupments: Bearing::AsSplit,
        card_fees: Bearing::Practice,
        operator_prices: Bearing::Clinician,
        admin_hour: Some(Cents(2_200)),
        supervision_hour: None,
        works_as: None,
    }
}

fn agreement(clause: Clause) -> Agreement {
    let fair_market = FairMarket {
        method: FairMarketMethod::Market,
        evidence: "three quotes of 2026".to_owned(),
        valid_from: date(2026, 1, 1),
        review_by: date(2026, 12, 31),
    };
    let price = Price {
        service: "claims".to_owned(),
        is_marketing: false,
        clause,
        fair_market,
        state_rule: None,
    };
    Agreement { starts_on: date(2026, 1, 1), prices: vec![price] }
}

#[test]
fn an_engagement_reads_so() {
    let mut sentences = engagement().sentences().join("\n");
    sentences.push('\n');

    expect![[r#"
        The clinician is paid 65% of what was collected.
        The clinician is paid 100% of the fee for a no-show when it is collected.
        Whether or not a fee is collected, the clinician is paid $0.00 for each no-show.
        The clinician is paid 50% of the fee for a late cancel when it is collected.
        Whether or not a fee is collected, the clinician is paid $25.00 for each late cancel.
        The clinician bears 65% of refunds.
        The clinician bears 65% of recoupments and chargebacks.
        The clinician bears 0% of card fees.
        The clinician bears 100% of the operator's prices.
        For admin the clinician is paid $22.00 an hour, by the minute.
        The clinician is not paid for supervision.
    "#]]
    .assert_eq(&sentences);
}

#[test]
fn prices_read_so() {
    let tiers = vec![
        Tier { up_to: Some(20), cents: Cents(1_000) },
        Tier { up_to: Some(50), cents: Cents(900) },
        Tier { up_to: None, cents: Cents(800) },
    ];
    let clauses = [
        Clause::new("Systems cost", Rule::Flat { cents: Cents(79_000) })
            .with_ramp(3, BasisPoints(5_000)),
        Clause::new("Claim work costs", Rule::Tiers { unit: Unit::Claim, tiers })
            .at_least(Cents(5_000)),
        Clause::new("Intake calls cost", Rule::PerHour { cents: Cents(4_800) })
            .at_most(Cents(60_000)),
        Clause::new("Postage costs", Rule::CostPlus { plus: BasisPoints(1_000) }),
    ];
    let text: String = clauses
        .iter()
        .map(|it| format!("{}\n    {}\n", it.sentence(), it.example().unwrap().1.says))
        .collect();

    expect_file!["expected/prices.txt"].assert_eq(&text);
}

#[test]
fn clauses_that_contradict_each_other_are_named() {
    let pay = |clinician, practice| Pay::ShareOfCollected {
        clinician: BasisPoints(clinician),
        practice: BasisPoints(practice),
    };
    let cases = [
        (Engagement { pay: pay(6_500, 3_499), ..engagement() }, Code::Shares, "pay"),
        (Engagement { pay: pay(10_500, 0), ..engagement() }, Code::Shares, "pay"),
        (
            Engagement { pay: Pay::Rate { cents: Cents(9_000) }, ..engagement() },
            Code::Kind,
            "refunds",
        ),
        (Engagement { admin_hour: Some(Cents(-1)), ..engagement() }, Code::Range, "admin_hour"),
        (
            Engagement { pay_minimum: Some(Cents(2)), pay_cap: Some(Cents(1)), ..engagement() },
            Code::Range,
            "pay",
        ),
    ];
    for (terms, code, field) in cases {
        let error = terms.check().unwrap_err();

        assert_eq!((error.code, error.field.as_str()), (code, field), "{error}");
    }
    assert_eq!(engagement().check(), Ok(()));
}

#[test]
fn an_operators_share_needs_its_state_and_is_never_of_marketing() {
    let share = Rule::Share { share: BasisPoints(650), of: "what insurers paid".to_owned() };
    let of = agreement(Clause::new("Billing costs", share));
    let with = |change: fn(&mut Price)| {
        let mut changed = of.clone();
        changed.prices[0].state_rule =
            Some(StateRule { state: "CA".to_owned(), memo: "memo 12".to_owned() });
        change(&mut changed.prices[0]);
        changed.check().map_err(|error| error.field)
    };

    assert_eq!(of.check().unwrap_err().field, "prices/0/state_rule");
    assert_eq!(with(|_| {}), Ok(()));
    assert_eq!(with(|it| it.is_marketing = true), Err("prices/0/is_marketing".to_owned()));
    let new_york = |it: &mut Price| {
        it.state_rule = Some(StateRule { state: "NY".to_owned(), memo: "memo 12".to_owned() });
    };
    assert_eq!(with(new_york), Err("prices/0/state_rule/state".to_owned()));
    let no_evidence = |it: &mut Price| it.fair_market.evidence.clear();
    assert_eq!(with(no_evidence), Err("prices/0/fair_market/evidence".to_owned()));
}

#[test]
fn an_operator_prices_its_work_and_no_session() {
    let per = |unit| agreement(Clause::new("It costs", Rule::PerUnit { unit, cents: Cents(900) }));

    assert_eq!(per(Unit::Claim).check(), Ok(()));
    let error = per(Unit::Session).check().unwrap_err();
    assert_eq!((error.code, error.field.as_str()), (Code::Kind, "prices/0/clause/rule/unit"));

    let mut twice = per(Unit::Claim);
    twice.prices.push(twice.prices[0].clone());
    assert_eq!(twice.check().unwrap_err().field, "prices/1/service");
}

#[test]
fn terms_are_data_that_reads_back_and_names_what_it_does_not_know() {
    let agreement = agreement(Clause::new("It costs", Rule::Flat { cents: Cents(1) }));
    let text = serde_json::to_string(&agreement).unwrap();
    assert_eq!(serde_json::from_str::<Agreement>(&text).unwrap(), agreement);
    let text = serde_json::to_string(&engagement()).unwrap();
    assert_eq!(serde_json::from_str::<Engagement>(&text).unwrap(), engagement());

    for bad in [text.replace("6500", "10001"), text.replace("refunds", "refund")] {
        assert!(serde_json::from_str::<Engagement>(&bad).is_err(), "{bad}");
    }
}
