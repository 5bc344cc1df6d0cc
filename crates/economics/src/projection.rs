//! A projection: what would be kept, for how many hours, and when it would arrive.

use serde::Serialize;
use serde_json::Value;

use crate::scenario::Scenario;
use crate::steady::{Steady, SteadyYear};
use crate::tally::HoursByKind;
use crate::waterfall::Waterfall;
use crate::weeks::expected;
use crate::{Error, ratio};

mod walk;

pub(crate) use walk::{Course, Walk, Water};

/// Money is in real cents; a person is shown [`Display`]. A ratio without a denominator is none:
/// *not known yet*, never zero.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Projection {
    /// How much of what.
    pub counts: Counts,
    /// Allowed for sessions held, and late fees assessed; none where a payer shows none.
    pub gross_cents: Option<f64>,
    /// What comes in of it; none where a payer shows none.
    pub collected_cents: Option<f64>,
    /// The clinician's part of sessions.
    pub pay_cents: f64,
    /// Their part of late fees.
    pub late_pay_cents: f64,
    /// What the agreement pays for missed sessions.
    pub missed_pay_cents: f64,
    /// Paid admin and stipend.
    pub admin_pay_cents: f64,
    /// The value of benefits.
    pub benefits_cents: f64,
    /// The operator's prices.
    pub fees_cents: f64,
    /// The clinician's own costs.
    pub overhead_cents: f64,
    /// Facts only: no benefit, no tax.
    pub net_cents: f64,
    /// The half of self-employment tax that an employer would pay.
    pub employment_tax_cents: f64,
    /// The comparable basis: net + benefits − employment tax.
    pub kept_cents: f64,
    /// Hours by kind.
    pub hours: HoursByKind,
    /// All hours worked.
    pub hours_total: f64,
    /// Those that neither a session nor the agreement pays.
    pub hours_unpaid: f64,
    /// Net ÷ hours.
    pub effective_hour_net_cents: Option<f64>,
    /// Kept ÷ hours.
    pub effective_hour_cents: Option<f64>,
    /// Kept ÷ collected.
    pub effective_split_collected: Option<f64>,
    /// Kept ÷ gross.
    pub effective_split_gross: Option<f64>,
    /// The first month, from 1, from which money stays above water; none if it never does.
    pub break_even_month: Option<usize>,
    /// The runway that a clinician must bring.
    pub peak_cash_need_cents: f64,
    /// Earned, and not yet arrived at the end.
    pub open_at_horizon_cents: f64,
    /// Cash of all months, discounted.
    pub npv_cash_cents: f64,
    /// Month by month.
    pub monthly: Monthly,
    /// A year once full.
    pub steady: Steady,
    /// Calendar weeks until nine tenths of the steady caseload; none within the horizon.
    pub weeks_to_90: Option<usize>,
    /// From the advertised hour to the effective one; none without session hours once full.
    pub waterfall: Option<Waterfall>,
    /// Whole numbers for people.
    pub display: Display,
}

/// Flows of the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Counts {
    /// People who asked.
    pub inquiries: f64,
    /// Whom the clinician took.
    pub accepted: f64,
    /// Who began.
    pub admitted: f64,
    /// Sessions booked.
    pub booked: f64,
    /// Sessions held.
    pub attended: f64,
    /// Canceled too late.
    pub late_cancel: f64,
    /// Missed without a word.
    pub no_show: f64,
    /// Claims filed.
    pub claims: f64,
}

/// Month by month.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Monthly {
    /// Kept, when it is earned.
    pub kept_cents: Vec<f64>,
    /// Money, when it arrives and leaves.
    pub cash_cents: Vec<f64>,
    /// Hours worked.
    pub hours: Vec<f64>,
}

/// Rounded, halves away from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Display {
    /// Whole cents kept.
    pub kept_cents: i64,
    /// Whole cents an hour.
    pub effective_hour_cents: Option<i64>,
    /// Whole basis points of collected.
    pub effective_split_bp: Option<i64>,
}

impl Projection {
    /// The projection of a scenario in its JSON form.
    ///
    /// # Errors
    /// As [`Scenario::read`].
    pub fn read(value: &Value) -> Result<Self, Error> {
        Ok(Self::of(&Scenario::read(value)?))
    }

    /// The expected course of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let mut walk = Walk::default();
        walk.begin(scenario);
        let steady = SteadyYear::of(scenario, &walk.rates);
        let nine_tenths = 0.9 * steady.demand - 1e-9;
        let mut full_in = None;
        expected(scenario, |week, flows| {
            walk.pass(scenario, week, flows);
            if full_in.is_none() && 0.0 < steady.demand && nine_tenths <= flows.booked {
                full_in = Some(week + 1);
            }
        });
        Self { weeks_to_90: full_in, ..Self::after(&walk, scenario, &steady) }
    }

    fn after(walk: &Walk, scenario: &Scenario, steady: &SteadyYear) -> Self {
        let list = || Vec::with_capacity(scenario.horizon_months);
        let mut monthly = Monthly { kept_cents: list(), cash_cents: list(), hours: list() };
        let course = walk.course(scenario, |month| {
            monthly.kept_cents.push(month.kept);
            monthly.cash_cents.push(month.cash);
            monthly.hours.push(month.hours);
        });
        let rates = &walk.rates;
        let (money, sum) = (&course.money, &course.flows.sum);
        let shown = |cents: f64| rates.allowed.map(|_| cents);
        let (gross, collected) = (shown(money.gross), shown(money.collected));
        let hours_total = course.hours.total();
        let paid_admin_h = course.flows.working_weeks * scenario.model.admin_paid_h_wk;
        let kept = monthly.kept_cents.iter().sum();
        let effective_hour = ratio(kept, hours_total);
        let split = collected.and_then(|collected| ratio(kept, collected));
        let water = Water::of(&monthly.cash_cents);
        Self {
            counts: Counts {
                inquiries: sum.inquiries,
                accepted: sum.accepted,
                admitted: sum.admitted,
                booked: sum.booked,
                attended: sum.attended,
                late_cancel: sum.late_cancel,
                no_show: sum.no_show,
                claims: sum.attended * rates.claims,
            },
            gross_cents: gross,
            collected_cents: collected,
            pay_cents: money.pay,
            late_pay_cents: money.late,
            missed_pay_cents: money.missed,
            admin_pay_cents: money.admin + money.stipend,
            benefits_cents: money.benefits,
            fees_cents: money.fees,
            overhead_cents: money.overhead,
            net_cents: money.net(),
            employment_tax_cents: money.tax,
            kept_cents: kept,
            hours: course.hours,
            hours_total,
            hours_unpaid: hours_total - course.hours.session - paid_admin_h,
            effective_hour_net_cents: ratio(money.net(), hours_total),
            effective_hour_cents: effective_hour,
            effective_split_collected: split,
            effective_split_gross: gross.and_then(|gross| ratio(kept, gross)),
            break_even_month: water.break_even_month(),
            peak_cash_need_cents: water.peak_need(),
            open_at_horizon_cents: walk.open,
            npv_cash_cents: present_value(&monthly.cash_cents, scenario.discount_annual),
            steady: steady.shown(),
            weeks_to_90: None,
            waterfall: Waterfall::of(steady, effective_hour),
            display: Display {
                kept_cents: shown_whole(kept),
                effective_hour_cents: effective_hour.filter(is_shown).map(shown_whole),
                effective_split_bp: split
                    .map(|split| split * 10_000.0)
                    .filter(is_shown)
                    .map(shown_whole),
            },
            monthly,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "months of a horizon are small numbers")]
fn present_value(cash: &[f64], discount_annual: f64) -> f64 {
    let growth = 1.0 + discount_annual;
    let discounted =
        |(month, cents): (usize, &f64)| cents * growth.powf(-(month as f64 + 0.5) / 12.0);
    cash.iter().enumerate().map(discounted).sum()
}

/// False for what no person reads as a number: a ratio over next to nothing.
fn is_shown(real: &f64) -> bool {
    real.abs() < 9e15
}

/// The nearest whole number, halves away from zero; a half missed by the last bits of sums is one.
#[expect(clippy::cast_possible_truncation, reason = "cents of a projection are within 10^15")]
fn shown_whole(real: f64) -> i64 {
    (real.abs() + 0.5 + 1e-6).floor().copysign(real) as i64
}
