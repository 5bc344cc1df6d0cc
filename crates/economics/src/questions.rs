//! Questions to a projection: which is more, what would have to be true, what moves it most.

use serde::Serialize;
use serde_json::Value;

use crate::projection::Projection;
use crate::scenario::{Scenario, Varied};
use crate::waterfall::Waterfall;
use crate::{Code, Error};

/// How often a bracket is halved: a double has no more bits to give.
const BISECTIONS: usize = 100;
/// What sums of one size may differ by when they are added up in another order.
const LAST_BITS: f64 = 1e-13;
/// More inputs than one chart can show.
pub(crate) const PARAMS_LIMIT: usize = 100;

/// Two models on one basis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The first.
    pub a: Side,
    /// The second.
    pub b: Side,
    /// What the first keeps more over the horizon.
    pub kept_a_minus_b_cents: f64,
    /// What its hour is worth more once full; none where one has no hours.
    pub steady_hour_a_minus_b_cents: Option<f64>,
    /// The first month from which its cumulative cash stays at least that of the second.
    pub a_cash_ahead_from_month: Option<usize>,
}

/// What a comparison shows of one model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// Kept over the horizon.
    pub kept_cents: f64,
    /// Kept ÷ hours.
    pub effective_hour_cents: Option<f64>,
    /// Kept ÷ collected.
    pub effective_split_collected: Option<f64>,
    /// All hours.
    pub hours_total: f64,
    /// Those that nothing pays.
    pub hours_unpaid: f64,
    /// What came in.
    pub collected_cents: Option<f64>,
    /// The month from which money stays above water.
    pub break_even_month: Option<usize>,
    /// The runway.
    pub peak_cash_need_cents: f64,
    /// Weeks until nine tenths full.
    pub weeks_to_90: Option<usize>,
    /// The steps from advert to hour.
    pub waterfall: Option<Waterfall>,
}

impl Side {
    fn of(projection: &Projection) -> Self {
        Self {
            kept_cents: projection.kept_cents,
            effective_hour_cents: projection.effective_hour_cents,
            effective_split_collected: projection.effective_split_collected,
            hours_total: projection.hours_total,
            hours_unpaid: projection.hours_unpaid,
            collected_cents: projection.collected_cents,
            break_even_month: projection.break_even_month,
            peak_cash_need_cents: projection.peak_cash_need_cents,
            weeks_to_90: projection.weeks_to_90,
            waterfall: projection.waterfall,
        }
    }
}

/// Compares two scenarios of one horizon.
///
/// # Errors
/// As [`Scenario::read`], within `a` or `b`; `E_RANGE` where the horizons differ: sums over
/// different spans say nothing about each other.
pub fn compare(a: &Value, b: &Value) -> Result<Comparison, Error> {
    let a = Projection::read(a).map_err(|error| error.within("a"))?;
    let b = Projection::read(b).map_err(|error| error.within("b"))?;
    let (cash_a, cash_b) = (&a.monthly.cash_cents, &b.monthly.cash_cents);
    if cash_a.len() != cash_b.len() {
        let message = "horizon_months is the same for both, or their sums cannot be compared";
        return Err(Error::range("b/horizon_months", message));
    }
    let ahead: Vec<f64> = cash_a.iter().zip(cash_b).map(|(a, b)| a - b).collect();
    let steady_hours = (a.steady.effective_hour_cents, b.steady.effective_hour_cents);
    Ok(Comparison {
        a: Side::of(&a),
        b: Side::of(&b),
        kept_a_minus_b_cents: a.kept_cents - b.kept_cents,
        steady_hour_a_minus_b_cents: steady_hours.0.zip(steady_hours.1).map(|(a, b)| a - b),
        a_cash_ahead_from_month: crate::projection::Water::of(&ahead).break_even_month(),
    })
}

/// A figure of a projection that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Kept over the horizon.
    Kept,
    /// Kept ÷ hours.
    EffectiveHour,
    /// Kept ÷ collected.
    EffectiveSplit,
    /// Once full: sessions a week that clients would come to.
    SteadyWished,
    /// Once full: sessions a week that are booked.
    SteadyBooked,
    /// Once full: sessions a week that are held.
    SteadyAttended,
    /// Once full: clients in care.
    SteadyCaseload,
    /// Once full: clients who begin each week.
    SteadyStarts,
    /// Weeks of the year that are worked.
    SteadyWeeks,
    /// Once full: kept in a year.
    SteadyKept,
    /// Once full: hours of a year.
    SteadyHours,
    /// Once full: hours of a working week.
    SteadyHoursWeek,
    /// Once full: kept ÷ hours.
    SteadyHour,
    /// Once full: kept ÷ collected.
    SteadySplit,
}

impl Metric {
    pub(crate) const WORDS: [(&str, Self); 14] = [
        ("kept_cents", Self::Kept),
        ("effective_hour_cents", Self::EffectiveHour),
        ("effective_split_collected", Self::EffectiveSplit),
        ("steady.wished_sessions_week", Self::SteadyWished),
        ("steady.booked_sessions_week", Self::SteadyBooked),
        ("steady.attended_sessions_week", Self::SteadyAttended),
        ("steady.caseload", Self::SteadyCaseload),
        ("steady.starts_week", Self::SteadyStarts),
        ("steady.working_weeks", Self::SteadyWeeks),
        ("steady.kept_year_cents", Self::SteadyKept),
        ("steady.hours_year", Self::SteadyHours),
        ("steady.hours_week", Self::SteadyHoursWeek),
        ("steady.effective_hour_cents", Self::SteadyHour),
        ("steady.effective_split_collected", Self::SteadySplit),
    ];

    #[expect(clippy::cast_precision_loss, reason = "at most 52 weeks")]
    /// The figure of a projection; none where it has none.
    pub fn of(self, projection: &Projection) -> Option<f64> {
        let steady = &projection.steady;
        match self {
            Self::Kept => Some(projection.kept_cents),
            Self::EffectiveHour => projection.effective_hour_cents,
            Self::EffectiveSplit => projection.effective_split_collected,
            Self::SteadyWished => Some(steady.wished_sessions_week),
            Self::SteadyBooked => Some(steady.booked_sessions_week),
            Self::SteadyAttended => Some(steady.attended_sessions_week),
            Self::SteadyCaseload => Some(steady.caseload),
            Self::SteadyStarts => Some(steady.starts_week),
            Self::SteadyWeeks => Some(steady.working_weeks as f64),
            Self::SteadyKept => Some(steady.kept_year_cents),
            Self::SteadyHours => Some(steady.hours_year),
            Self::SteadyHoursWeek => steady.hours_week,
            Self::SteadyHour => steady.effective_hour_cents,
            Self::SteadySplit => steady.effective_split_collected,
        }
    }

    fn known_of(self, scenario: &Scenario) -> Result<f64, Error> {
        self.of(&Projection::of(scenario)).ok_or_else(|| {
            let is_split = matches!(self, Self::EffectiveSplit | Self::SteadySplit);
            if is_split && !scenario.shows_allowed() {
                let message = "a split of an amount that the model does not show is unknown";
                return Error::new(Code::Allowed, "metric", message);
            }
            Error::range("metric", "this figure is not known for every value of the question")
        })
    }
}

/// What would have to be true.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Solution {
    /// True when some value makes both equal.
    pub found: bool,
    /// That value.
    pub x: Option<f64>,
    /// What was to be reached.
    pub target: f64,
    /// Where none does: on which side of the target every value stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub always: Option<&'static str>,
}

/// Where a question looks: a number of the scenario between two values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span<'a> {
    /// A JSON pointer into the scenario, as `/model/split_bp`.
    pub path: &'a str,
    /// The least that is tried.
    pub low: f64,
    /// The most that is tried.
    pub high: f64,
}

/// The value of one number of `a` at which a figure reaches `target`.
///
/// # Errors
/// As [`Scenario::read`]; `E_RANGE` where the figure is not known for every value tried.
pub fn solve(a: &Value, span: &Span<'_>, target: f64, metric: Metric) -> Result<Solution, Error> {
    let gap = |scenario: &Scenario| Ok::<f64, Error>(metric.known_of(scenario)? - target);
    let read = |x: f64| Scenario::read_with(a, &[(span.path, x)]);
    let found = |x| Solution { found: true, x: Some(x), target, always: None };
    let (mut low, mut high) = (span.low, span.high);
    let mut varied = Varied::new(a, read(low)?, [span.path]);
    let (at_low, at_high) = (gap(varied.as_it_is())?, gap(&read(high)?)?);
    // No gap is none but for the last bits of sums: a target may come from another program.
    let nearly_none = LAST_BITS * target.abs().max(1.0);
    if at_low.abs() <= nearly_none {
        return Ok(found(low));
    }
    if at_high.abs() <= nearly_none {
        return Ok(found(high));
    }
    let is_above = 0.0 < at_low;
    if is_above == (0.0 < at_high) {
        let always = Some(if is_above { "above" } else { "below" });
        return Ok(Solution { found: false, x: None, target, always });
    }
    for _ in 0..BISECTIONS {
        let middle = low + (high - low) / 2.0;
        // Neighbors among doubles: every further halving would say the same.
        if middle == low || middle == high {
            break;
        }
        if is_above == (0.0 < gap(varied.with([middle])?)?) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(found(low + (high - low) / 2.0))
}

/// The figure of a scenario that is to be reached.
pub(crate) fn target_of(b: &Value, metric: Metric) -> Result<f64, Error> {
    metric.known_of(&Scenario::read(b)?)
}

/// What moves a figure most.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tornado {
    /// The figure as it is.
    pub base: Option<f64>,
    /// The widest swing first.
    pub rows: Vec<Swing>,
}

/// How far one input moves a figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Swing {
    /// The input.
    pub path: String,
    /// The figure at the input's low.
    pub low: Option<f64>,
    /// The figure at its high.
    pub high: Option<f64>,
    /// How far apart they are.
    pub swing: Option<f64>,
}

/// Each input at its low and at its high, all others as they are.
///
/// # Errors
/// As [`Scenario::read`].
pub fn tornado(scenario: &Value, metric: Metric, params: &[Span<'_>]) -> Result<Tornado, Error> {
    let at = |changes: &[(&str, f64)]| -> Result<Option<f64>, Error> {
        Ok(metric.of(&Projection::of(&Scenario::read_with(scenario, changes)?)))
    };
    let base = at(&[])?;
    let mut rows = Vec::with_capacity(params.len());
    for span in params {
        let low = at(&[(span.path, span.low)])?;
        let high = at(&[(span.path, span.high)])?;
        let swing = low.zip(high).map(|(low, high)| (high - low).abs());
        rows.push(Swing { path: span.path.to_owned(), low, high, swing });
    }
    // A swing within the last bits of sums is none, and stands in the order of paths.
    let least = LAST_BITS * base.unwrap_or(0.0).abs().max(1.0);
    let width =
        |row: &Swing| row.swing.map_or(-1.0, |swing| if swing <= least { 0.0 } else { swing });
    rows.sort_by(|a, b| width(b).total_cmp(&width(a)).then_with(|| a.path.cmp(&b.path)));
    Ok(Tornado { base, rows })
}
