//! Months that were: no second counts twice, a correction is a last word, an order is no fact.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

use economics::{
    Actuals, BacktestRow, Edits, Entered, Mode, Month, MonthSum, Records, Row, RowKind, Stretch,
    Tax, TimeKind, TimeRecords, backtest, combine, split_pay,
};
use jiff::Timestamp;
use jiff::civil::date;
use money::{BasisPoints, Cents};
use proptest::prelude::*;

/// Seconds of March 2026 in New York, which has a short day.
const MARCH_S: i64 = 31 * 86_400 - 3_600;

fn march() -> Month {
    Month::of(date(2026, 3, 1), "America/New_York").unwrap()
}

/// A second of March, and some of the days around it.
fn instant(second: i64) -> Timestamp {
    let first: Timestamp = "2026-03-01T05:00:00Z".parse().unwrap();
    Timestamp::from_second(first.as_second() + second).unwrap()
}

fn kind() -> impl Strategy<Value = TimeKind> {
    (0..TimeKind::WORDS.len()).prop_map(|place| TimeKind::WORDS[place].1)
}

fn stretches() -> impl Strategy<Value = Vec<Stretch>> {
    let one =
        (kind(), -90_000..MARCH_S + 90_000, 0..40_000_i64).prop_map(|(kind, from, length)| {
            let (start, end) = (instant(from), Some(instant(from + length)));
            Stretch { kind, start, end, slot_s: None }
        });
    prop::collection::vec(one, 0..40)
}

fn corrections() -> impl Strategy<Value = Vec<Entered>> {
    let one = (kind(), 1..=31_i8, 0..=1_380_i64).prop_map(|(kind, day, minutes)| Entered {
        kind,
        on: date(2026, 3, day),
        minutes,
    });
    prop::collection::vec(one, 0..6)
}

fn records(time: TimeRecords) -> Records {
    Records {
        month: march(),
        as_of: None,
        mode: Mode::Owner,
        is_employee: false,
        year_net_before: Cents::ZERO,
        ledger: Vec::new(),
        charges: Vec::new(),
        open_keep_bp: 10_000,
        time,
        paid_admin_s: 0,
        tax: Tax::default(),
    }
}

fn of_time(time: TimeRecords) -> economics::HoursOfMonth {
    Actuals::of(&records(time)).unwrap().hours
}

/// The union of stretches within the month, second by second.
fn union_s(stretches: &[Stretch]) -> i64 {
    let first = instant(0).as_second();
    let mut is_covered = vec![false; usize::try_from(MARCH_S).unwrap()];
    for stretch in stretches {
        let place = |at: Timestamp| usize::try_from((at.as_second() - first).clamp(0, MARCH_S));
        let (start, end) = (place(stretch.start).unwrap(), place(stretch.end.unwrap()).unwrap());
        is_covered[start..end].fill(true);
    }
    i64::try_from(is_covered.iter().filter(|covered| **covered).count()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_second_counts_twice_and_none_is_lost(stretches in stretches()) {
        let hours = of_time(TimeRecords { stretches: stretches.clone(), ..Default::default() });

        prop_assert_eq!(hours.total_s, union_s(&stretches));
        prop_assert_eq!(hours.by_kind_s.values().sum::<i64>(), hours.total_s);
    }

    #[test]
    fn the_order_of_records_does_not_matter(stretches in stretches()) {
        let mut turned = stretches.clone();
        turned.reverse();

        let given = of_time(TimeRecords { stretches, ..Default::default() });
        prop_assert_eq!(given, of_time(TimeRecords { stretches: turned, ..Default::default() }));
    }

    #[test]
    fn a_correction_is_a_last_word_and_said_twice_is_said_once(
        stretches in stretches(),
        corrections in corrections(),
    ) {
        let twice: Vec<Entered> = corrections.iter().chain(&corrections).copied().collect();
        let once = TimeRecords { stretches, corrections, ..Default::default() };
        let measured = TimeRecords { corrections: Vec::new(), ..once.clone() };
        let again = TimeRecords { corrections: twice, ..once.clone() };
        let (measured, corrected) = (of_time(measured), of_time(once));

        prop_assert_eq!(measured.total_s + corrected.corrected_by_s, corrected.total_s);
        prop_assert_eq!(corrected, of_time(again));
    }

    #[test]
    fn an_open_document_is_not_work(gaps in prop::collection::vec(1..4_000_i64, 1..40)) {
        let mut at = vec![instant(0)];
        for gap in &gaps {
            let last = at[at.len() - 1].as_second();
            at.push(Timestamp::from_second(last + gap).unwrap());
        }
        let edits = vec![Edits { kind: TimeKind::Notes, at }];
        let hours = of_time(TimeRecords { edits, ..Default::default() });

        let pauses = gaps.iter().filter(|gap| 120 < **gap).count();
        let active: i64 = gaps.iter().filter(|gap| **gap <= 120).sum();
        prop_assert_eq!(hours.total_s, active + 15 * (i64::try_from(pauses).unwrap() + 1));
    }

    #[test]
    fn a_window_is_one_fraction_and_not_a_mean_of_ratios(
        months in prop::collection::vec(
            (-900_000..900_000_i64, 0..900_000_i64, 1..700_000_i64),
            1..9,
        ),
    ) {
        let sums: Vec<MonthSum> = months
            .iter()
            .map(|&(kept, collected, seconds)| MonthSum {
                kept: Cents(kept),
                collected: Cents(collected),
                seconds,
                seconds_high: Some(seconds),
            })
            .collect();
        let window = combine(&sums).unwrap();
        let (kept, seconds): (i64, i64) =
            months.iter().fold((0, 0), |sum, month| (sum.0 + month.0, sum.1 + month.2));

        prop_assert_eq!(window.effective_hour.low, Cents(kept).scaled(3_600, seconds).ok());
        let mut unbounded = sums;
        unbounded[0].seconds_high = None;
        let window = combine(&unbounded).unwrap();
        prop_assert!(kept == 0 || window.effective_hour.low.is_none()
            || window.effective_hour.high.is_none());
    }

    #[test]
    fn a_share_is_rounded_once_and_no_line_invents_a_cent(
        lines in prop::collection::vec(-50_000..50_000_i64, 0..30),
        bp in 0..=10_000_u32,
    ) {
        let lines: Vec<Cents> = lines.into_iter().map(Cents).collect();
        let total = Cents::sum(lines.iter().copied()).unwrap();
        let pay = split_pay(&lines, BasisPoints(bp)).unwrap();

        prop_assert_eq!(pay.clinician_cents.plus(pay.other_cents), Ok(total));
        if let Some(per_line) = pay.per_line {
            prop_assert_eq!(Cents::sum(per_line), Ok(pay.clinician_cents));
        } else {
            prop_assert!(total == Cents::ZERO || lines.iter().any(|line| line.is_negative()));
        }
    }

    #[test]
    fn a_recoupment_is_of_its_month_in_cash_and_of_its_work_when_matched(cents in 1..90_000_i64) {
        let (kind, cents) = (RowKind::Recoupment, Cents(-cents));
        let in_march = date(2026, 3, 20);
        let mut records = records(TimeRecords::default());
        records.ledger =
            vec![Row { posted_on: in_march, service_on: Some(date(2025, 10, 2)), kind, cents }];
        let it = Actuals::of(&records).unwrap();

        prop_assert_eq!(it.cash.collected_cents, cents);
        prop_assert_eq!(it.matched.basis.collected_cents, Cents::ZERO);
        prop_assert_eq!(it.cash.split_net_bp, None);
    }
}

#[test]
fn a_month_begins_at_local_midnight_and_a_day_can_have_23_hours() {
    let short_day = |minutes| TimeRecords {
        corrections: vec![Entered { kind: TimeKind::Admin, on: date(2026, 3, 8), minutes }],
        ..Default::default()
    };

    assert_eq!(of_time(short_day(1_380)).total_s, 82_800);
    let refused = Actuals::of(&records(short_day(1_381))).unwrap_err();
    assert_eq!(refused.field, "corrections/0/minutes");
}

#[test]
fn an_empty_month_is_not_worth_zero_an_hour() {
    let it = Actuals::of(&records(TimeRecords::default())).unwrap();

    assert_eq!((it.cash.effective_hour.low, it.cash.effective_hour.high), (None, None));
    assert_eq!(it.cash.split_collected_bp, None);
    let nothing = backtest(&[BacktestRow { mean: 0.0, p10: 0.0, p90: 0.0, held: 0.0 }]);
    assert_eq!(nothing.weighted_abs_percent_error, None);
}
