//! What an hour is worth: projection, actuals, clauses, and the honest comparison.
//!
//! Two machines share their words and nothing else. A **projection** asks *what if*: real
//! arithmetic, assumptions, bands. **Actuals** say *what was*: whole cents and whole seconds from
//! ledger and time records. A page never mixes them in one number.
//!
//! 1. What is kept is counted alike for everybody: before income tax, before the employee's half
//!    of payroll tax, and for the self-employed less the half that an employer would have paid.
//! 2. Hours are every hour worked, paid or not.
//! 3. A ratio without a denominator is *not known yet*: none, never zero and never infinity.
//! 4. No clock, no hidden chance: an answer depends on its input, and draws on its seed.
//! 5. A clause of an agreement is one value; its sentence, its example and its amount on a
//!    statement come from that value, so that they cannot disagree.
//!
//! What it does not know: where rows come from, who may see an answer, what a page looks like.
//! [`run`] and [`check`] are the door for other programs.

mod actuals;
mod bill;
mod chance;
mod clauses;
mod error;
mod fields;
mod forecast;
mod lives;
mod own_figures;
mod percentile;
mod projection;
mod questions;
mod rates;
mod scenario;
mod steady;
mod tally;
mod tax;
mod waterfall;
mod weeks;
mod whatif;

pub use actuals::{
    Actuals, AllowedCharge, Basis, Bound, Correction, Edits, Entered, HourBounds, HoursOfMonth,
    Matched, Mode, Month, MonthSum, Records, Row, RowKind, RowRole, Stretch, TimeKind, TimeRecords,
    Window, combine, hour_bounds,
};
pub use bill::{Bill, BillAmount, BillLine, Priced, SplitPay, split_pay};
pub use chance::SplitMix64;
pub use clauses::{
    Agreement, Amount, Bearing, Clause, Collected, CollectedKind, Engaged, Engagement, FairMarket,
    FairMarketMethod, Missed, MonthOfPractice, Pay, Price, RampDiscount, Rule, Settlement,
    StateRule, Statement, StatementLine, Tier, TimeWorked, Unit, WorkDone, Worked, WorksAs,
    dollars, per_cent, settle,
};
pub use error::{Code, Error};
pub use forecast::{
    Backtest, BacktestRow, Calendar, Forecast, Pickup, PickupRow, Reason, WeekForecast, backtest,
    cost_per_first_session, pickup,
};
pub use lives::{Band, Bands, Odds, Uncertain, monte_carlo};
pub use own_figures::{
    OwnRate, RampActual, RampWeek, own_leads_per_week, own_mean_weeks, own_rate, ramp_actual,
};
pub use percentile::percentile;
pub use projection::{Counts, Display, Monthly, Projection};
pub use questions::{
    Comparison, Metric, Side, Solution, Span, Swing, Tornado, compare, solve, tornado,
};
pub use scenario::{Scenario, Tax};
pub use steady::Steady;
pub use tally::HoursByKind;
pub use waterfall::Waterfall;
pub use whatif::{OtherMonth, OtherTerms};

mod door;
pub use door::{check, run};

/// A ratio, or none when it has no denominator.
fn ratio(number: f64, of: f64) -> Option<f64> {
    (of != 0.0).then(|| number / of).filter(|ratio| ratio.is_finite())
}
