//! A month settled: every cent is somebody's, and every line says why.

use economics::{
    Actuals, Agreement, Bearing, Clause, Collected, CollectedKind, Engaged, Engagement, FairMarket,
    FairMarketMethod, Missed, Mode, Month, MonthOfPractice, Pay, Price, Records, Row, RowKind,
    Rule, Tax, TimeRecords, TimeWorked, Unit, WorkDone, settle,
};
use jiff::civil::date;
use money::{BasisPoints, Cents};
use proptest::prelude::*;

const ADA: u128 = 1;
const BEN: u128 = 2;

fn terms(pay: Pay, bearing: Bearing) -> Engagement {
    Engagement {
        pay,
        pay_minimum: None,
        pay_cap: None,
        no_show: Missed { fee_share: BasisPoints(10_000), cents: Cents(0) },
        late_cancel: Missed { fee_share: BasisPoints(5_000), cents: Cents(2_500) },
        refunds: bearing,
        recoupments: bearing,
        card_fees: bearing,
        operator_prices: bearing,
        admin_hour: Some(Cents(2_200)),
        supervision_hour: Some(Cents(4_000)),
        works_as: None,
    }
}

fn split(clinician: u32) -> Pay {
    let practice = BasisPoints(10_000 - clinician);
    Pay::ShareOfCollected { clinician: BasisPoints(clinician), practice }
}

fn agreement() -> Agreement {
    let price = |service: &str, rule: Rule| Price {
        service: service.to_owned(),
        is_marketing: false,
        clause: Clause::new(format!("For {service} the practice pays"), rule),
        fair_market: FairMarket {
            method: FairMarketMethod::Cost,
            evidence: "cost study of 2025".to_owned(),
            valid_from: date(2026, 1, 1),
            review_by: date(2026, 12, 31),
        },
        state_rule: None,
    };
    Agreement {
        starts_on: date(2026, 2, 10),
        prices: vec![
            price("systems", Rule::Flat { cents: Cents(79_000) }),
            price("claims", Rule::PerUnit { unit: Unit::Claim, cents: Cents(900) }),
            price("intake", Rule::PerHour { cents: Cents(4_800) }),
        ],
    }
}

fn work(id: u128, service: &str, clinician: Option<u128>, count: i64, minutes: i64) -> WorkDone {
    let service = service.to_owned();
    WorkDone { id, service, clinician, count, minutes, cents: Cents::ZERO }
}

fn april() -> MonthOfPractice {
    let row = |id, clinician, kind, cents| Collected { id, clinician, kind, cents: Cents(cents) };
    MonthOfPractice {
        month: date(2026, 4, 1),
        engaged: vec![
            Engaged { clinician: ADA, terms: terms(split(6_500), Bearing::AsSplit), from: None },
            Engaged {
                clinician: BEN,
                terms: terms(Pay::Rate { cents: Cents(7_500) }, Bearing::Practice),
                from: None,
            },
        ],
        collected: vec![
            row(10, ADA, CollectedKind::Payment, 11_500),
            row(11, ADA, CollectedKind::Payment, 11_500),
            row(12, ADA, CollectedKind::Recoupment, -8_213),
            row(13, ADA, CollectedKind::NoShowFee, 7_500),
            row(14, ADA, CollectedKind::CardFee, -533),
            row(15, BEN, CollectedKind::Payment, 15_000),
            row(16, BEN, CollectedKind::Refund, -2_000),
        ],
        time: vec![
            TimeWorked::Session { id: 20, clinician: BEN, allowed: Cents(15_000) },
            TimeWorked::Missed { id: 21, clinician: BEN, unit: Unit::LateCancel },
            TimeWorked::Admin { id: 22, clinician: ADA, minutes: 90 },
        ],
        work: vec![work(30, "claims", Some(ADA), 2, 0), work(31, "intake", None, 0, 25)],
    }
}

#[test]
fn a_month_is_settled_as_the_terms_say() {
    let it = settle(&agreement(), &april()).unwrap();

    let lines = |statement: &economics::Statement| -> Vec<(RowKind, i64, Vec<u128>)> {
        let of = |line: &economics::StatementLine| (line.kind, line.cents.0, line.causes.clone());
        statement.lines.iter().map(of).collect()
    };
    let systems = -25_675; // 65% of one half of $790.00
    assert_eq!(
        lines(&it.clinicians[&ADA]),
        [
            (RowKind::SessionPay, 9_612, vec![10, 11, 12]), // 65% of 23,000 − 8,213
            (RowKind::LateFeePay, 7_500, vec![13]),
            (RowKind::CardFee, -346, vec![14]),
            (RowKind::AdminPay, 3_300, vec![22]),
            (RowKind::PlatformFee, systems, vec![]),
            (RowKind::PlatformFee, -1_170, vec![30]),
        ]
    );
    assert_eq!(
        lines(&it.clinicians[&BEN]),
        [(RowKind::SessionPay, 7_500, vec![20]), (RowKind::MissedPay, 2_500, vec![21])]
    );
    let operator: Vec<i64> = it.operator.lines.iter().map(|line| line.cents.0).collect();
    assert_eq!(operator, [79_000, 1_800, 2_000]);
    assert_eq!(it.money_in_cents, Cents(34_754));
    let ada = &it.clinicians[&ADA].lines[0];
    assert_eq!(ada.clause, "The clinician is paid 65% of what was collected.");
    assert_eq!(ada.says, "65% of $147.87 (what was collected): $96.12");
}

#[test]
fn a_flat_price_is_for_the_days_in_force() {
    let mut february = april();
    february.month = date(2026, 2, 1);
    let it = settle(&agreement(), &february).unwrap();

    assert_eq!(it.operator.lines[0].says, "19 of 28 days at $790.00: $536.07");
    february.month = date(2026, 1, 1);
    assert_eq!(settle(&agreement(), &february).unwrap_err().field, "month");
}

#[test]
fn a_price_whose_record_has_run_out_cannot_be_closed() {
    let mut next_year = april();
    next_year.month = date(2027, 1, 1);

    let error = settle(&agreement(), &next_year).unwrap_err();
    assert_eq!(error.field, "prices/0/fair_market");
}

#[test]
fn rows_of_nobody_are_named() {
    let mut month = april();
    month.collected[0].clinician = 9;
    assert_eq!(settle(&agreement(), &month).unwrap_err().field, "collected/0/clinician");

    let mut month = april();
    month.work[0].service = "juggling".to_owned();
    assert_eq!(settle(&agreement(), &month).unwrap_err().field, "work/0/service");
}

#[test]
fn a_statement_becomes_the_effective_hour_of_one_whom_a_practice_pays() {
    let it = settle(&agreement(), &april()).unwrap();
    let statement = &it.clinicians[&ADA];
    let on = date(2026, 4, 30);
    let mut ledger = statement.rows(on);
    ledger.push(Row {
        posted_on: on,
        service_on: None,
        kind: RowKind::ClientPayment,
        cents: Cents(22_287),
    });
    let actuals = Actuals::of(&Records {
        month: Month::of(on, "America/New_York").unwrap(),
        as_of: None,
        mode: Mode::Paid,
        is_employee: true,
        year_net_before: Cents::ZERO,
        ledger,
        charges: Vec::new(),
        open_keep_bp: 10_000,
        time: TimeRecords::default(),
        paid_admin_s: 0,
        tax: Tax::default(),
    });

    let cash = actuals.unwrap().cash;
    assert_eq!(cash.net_cents, statement.total_cents);
    assert_eq!(cash.effective_hour.low, None);
}

fn pay() -> impl Strategy<Value = Pay> {
    prop_oneof![
        (0..=10_000_u32).prop_map(split),
        (0..=10_000_u32).prop_map(|points| Pay::ShareOfAllowed {
            clinician: BasisPoints(points),
            practice: BasisPoints(10_000 - points),
        }),
        (0..20_000_i64).prop_map(|cents| Pay::Rate { cents: Cents(cents) }),
        (0..900_000_i64).prop_map(|cents| Pay::Salary { cents: Cents(cents) }),
    ]
}

fn engaged(clinician: u128) -> impl Strategy<Value = Engaged> {
    (pay(), 0..3_u8).prop_map(move |(pay, bearing)| {
        let is_share = !matches!(pay, Pay::Rate { .. } | Pay::Salary { .. });
        let bearing = match bearing {
            0 => Bearing::Practice,
            1 if is_share => Bearing::AsSplit,
            _ => Bearing::Clinician,
        };
        Engaged { clinician, terms: terms(pay, bearing), from: None }
    })
}

proptest! {
    #[test]
    fn every_cent_that_came_in_is_somebodys(
        ada in engaged(ADA),
        ben in engaged(BEN),
        money in prop::collection::vec((1..=2_u128, 0..6_u8, 1..40_000_i64), 0..30),
        done in prop::collection::vec((0..=2_u128, 0..3_usize, 0..90_i64), 0..20),
    ) {
        let mut month = april();
        month.engaged = vec![ada, ben];
        let kinds = [
            CollectedKind::Payment, CollectedKind::NoShowFee, CollectedKind::LateCancelFee,
            CollectedKind::Refund, CollectedKind::Recoupment, CollectedKind::CardFee,
        ];
        month.collected = money.iter().enumerate().map(|(id, &(clinician, kind, cents))| {
            let cents = Cents(if kind < 3 { cents } else { -cents });
            Collected { id: id as u128, clinician, kind: kinds[usize::from(kind)], cents }
        }).collect();
        month.work = done.iter().map(|&(clinician, service, many)| {
            let clinician = Some(clinician).filter(|clinician| 0 < *clinician);
            work(0, ["systems", "claims", "intake"][service], clinician, many, many)
        }).collect();
        let it = settle(&agreement(), &month).unwrap();

        let sum = |statement: &economics::Statement| -> i64 {
            statement.lines.iter().map(|line| line.cents.0).sum()
        };
        let theirs: i64 = it.clinicians.values().map(sum).sum();
        let whole = theirs + sum(&it.operator) + it.practice_cents.0;
        prop_assert_eq!(whole, month.collected.iter().map(|row| row.cents.0).sum::<i64>());
        for statement in it.clinicians.values() {
            prop_assert_eq!(sum(statement), statement.total_cents.0);
            for line in &statement.lines {
                prop_assert!(line.says.contains(&economics::dollars(line.cents)), "{}", line.says);
            }
        }
    }
}
