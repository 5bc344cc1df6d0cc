//! Slow weeks: what the next weeks will hold, and whether the agreed steps begin.
//!
//! The word is the clinician's *line*, never a target: without a line nothing is ever called
//! slow. No clock, and no comparison with anybody.

use serde::Serialize;
use serde_json::Value;

use crate::{Error, ratio};

mod distribution;
mod reading;
mod record;

pub use record::{Backtest, BacktestRow, Pickup, PickupRow, backtest, pickup};

/// Weeks whose slowness can begin the steps; later ones are only shown.
const LEADS_THAT_FIRE: i64 = 4;
/// Days between two beginnings: a plan is left to work.
const COOLING_DAYS: i64 = 14;
/// A week slow by this many sessions is enough alone, when it is the next.
const VERY_SLOW: f64 = 3.0;
/// A threshold missed by less than this is met.
const NEARLY: f64 = 1e-9;

/// What a forecast is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// The clinician's own rate of held bookings, as a fraction.
    pub(crate) prior_held: f64,
    /// How many bookings the prior is worth.
    pub(crate) prior_strength: f64,
    pub(crate) shocks: Vec<Shock>,
    pub(crate) session_minutes: f64,
    pub(crate) extra_minutes: f64,
    pub(crate) line: Option<Line>,
    pub(crate) theta: f64,
    pub(crate) steps: Vec<Step>,
    pub(crate) weeks: Vec<WeekAhead>,
    pub(crate) is_paused: bool,
    pub(crate) days_since_fire: Option<i64>,
}

/// A kind of week: what storms and flu do to all bookings at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shock {
    pub(crate) weight: f64,
    /// The odds of missing, times this.
    pub(crate) odds: f64,
}

/// So many sessions of so many openings: the line that the clinician drew.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line {
    pub(crate) sessions: i64,
    pub(crate) of: i64,
}

/// Something that the clinician agreed to try.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    pub(crate) id: String,
    pub(crate) is_enabled: bool,
    pub(crate) needs_days: i64,
    /// Sessions that it brought before; none when nobody knows.
    pub(crate) yields: Option<f64>,
}

/// A week that lies ahead.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WeekAhead {
    pub(crate) lead: i64,
    pub(crate) is_off: bool,
    pub(crate) capacity: i64,
    /// For each booking of a known client: held and due so far.
    pub(crate) bookings: Vec<(f64, f64)>,
    /// For each first visit: how likely it is held.
    pub(crate) first_visits: Vec<f64>,
    pub(crate) pickup_mean: f64,
    pub(crate) season: f64,
}

/// What is ahead, and what is done about it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// Week by week.
    pub weeks: Vec<WeekForecast>,
    /// Whether the agreed steps begin.
    pub fire: bool,
    /// Why, or why not.
    pub reason: Reason,
    /// Sessions missing to the line in the slow weeks that count.
    pub gap_sessions: f64,
    /// The steps, in the clinician's order.
    pub steps: Vec<String>,
}

/// Why steps begin, or do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Two of the next four weeks are slow.
    TwoSlowWeeks,
    /// The next week is slow by three sessions.
    NextWeekVerySlow,
    /// No line is drawn.
    NoLine,
    /// Not slow enough.
    NotSlow,
    /// The clinician paused it.
    Paused,
    /// The last plan began less than two weeks ago.
    CoolingDown,
    /// No step is left that could still help.
    NoSteps,
}

/// One week ahead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeekForecast {
    /// How many weeks ahead, from 1.
    pub lead: i64,
    /// Nothing is done in it.
    pub off: bool,
    /// Bookings now.
    pub booked: usize,
    /// Sessions that will be held, in the mean.
    pub mean: f64,
    /// One week in ten has no more.
    pub p10: usize,
    /// Half have no more.
    pub p50: usize,
    /// Nine in ten have no more.
    pub p90: usize,
    /// Hours with notes, in the mean.
    pub hours_mean: f64,
    /// The line, shrunk to the openings of the week.
    pub line: Option<i64>,
    /// How likely fewer than that are held.
    pub p_below_line: Option<f64>,
    /// Likely enough below the line, and by a session or more.
    pub slow: bool,
}

impl Forecast {
    /// Reads a calendar in its JSON form and looks ahead.
    ///
    /// # Errors
    /// `E_RANGE` and `E_SHARES` with the field.
    pub fn read(input: &Value) -> Result<Self, Error> {
        Ok(Self::of(&reading::calendar(input)?))
    }

    /// What is ahead of a calendar.
    pub fn of(calendar: &Calendar) -> Self {
        let weeks: Vec<WeekForecast> =
            calendar.weeks.iter().map(|week| calendar.look_ahead(week)).collect();
        let counts = |week: &&WeekForecast| week.slow && week.lead <= LEADS_THAT_FIRE;
        let slow: Vec<&WeekForecast> = weeks.iter().filter(counts).collect();
        let gap = |week: &WeekForecast| week.line.map_or(0.0, |line| gap(line, week.mean));
        let gap_sessions = slow.iter().fold(0.0, |sum, week| sum + gap(week));
        let last_lead = slow.iter().map(|week| week.lead).max().unwrap_or(0);
        let steps = calendar.steps_for(gap_sessions, last_lead);

        let next_is_very_slow =
            slow.iter().any(|week| week.lead == 1 && VERY_SLOW - NEARLY <= gap(week));
        let cause = match slow.len() {
            2.. => Some(Reason::TwoSlowWeeks),
            _ if next_is_very_slow => Some(Reason::NextWeekVerySlow),
            _ => None,
        };
        let since = calendar.days_since_fire;
        let (fire, reason) = match cause {
            _ if calendar.line.is_none() => (false, Reason::NoLine),
            None => (false, Reason::NotSlow),
            _ if calendar.is_paused => (false, Reason::Paused),
            _ if since.is_some_and(|days| days < COOLING_DAYS) => (false, Reason::CoolingDown),
            _ if steps.is_empty() => (false, Reason::NoSteps),
            Some(cause) => (true, cause),
        };
        let steps = if fire { steps } else { Vec::new() };
        Self { weeks, fire, reason, gap_sessions, steps }
    }
}

impl Calendar {
    fn look_ahead(&self, week: &WeekAhead) -> WeekForecast {
        let booked = week.bookings.len() + week.first_visits.len();
        if week.is_off {
            return WeekForecast {
                lead: week.lead,
                off: true,
                booked: 0,
                mean: 0.0,
                p10: 0,
                p50: 0,
                p90: 0,
                hours_mean: 0.0,
                line: None,
                p_below_line: None,
                slow: false,
            };
        }
        let likely = distribution::of_week(self, week);
        let mean = distribution::mean(&likely);
        let quantile = |p| distribution::quantile(&likely, p);
        let line = self.line.map(|line| line.in_week(week.capacity));
        let p_below_line = line.map(|line| distribution::below(&likely, line));
        let is_slow =
            |(line, p): (i64, f64)| self.theta - NEARLY <= p && 1.0 - NEARLY <= gap(line, mean);
        WeekForecast {
            lead: week.lead,
            off: false,
            booked,
            mean,
            p10: quantile(0.1),
            p50: quantile(0.5),
            p90: quantile(0.9),
            hours_mean: mean * (self.session_minutes + self.extra_minutes) / 60.0,
            line,
            p_below_line,
            slow: line.zip(p_below_line).is_some_and(is_slow),
        }
    }

    /// The steps that could still help, until what they bring covers the gap. One whose yield
    /// nobody knows is the last.
    fn steps_for(&self, gap: f64, last_lead: i64) -> Vec<String> {
        let mut steps = Vec::new();
        let mut covered = 0.0;
        let can_help = |step: &&Step| step.is_enabled && step.needs_days <= 7 * last_lead;
        for step in self.steps.iter().filter(can_help) {
            if gap - NEARLY <= covered {
                break;
            }
            steps.push(step.id.clone());
            match step.yields {
                Some(sessions) => covered += sessions,
                None => break,
            }
        }
        steps
    }
}

impl Line {
    /// In a week with fewer openings the line shrinks; with more it does not grow.
    fn in_week(self, capacity: i64) -> i64 {
        if self.of <= capacity || self.of == 0 {
            return self.sessions;
        }
        // Rounded up, in whole numbers.
        (self.sessions * capacity + self.of - 1) / self.of
    }
}

/// Sessions missing to a line.
#[expect(clippy::cast_precision_loss, reason = "sessions of a week")]
fn gap(line: i64, mean: f64) -> f64 {
    line as f64 - mean
}

/// Cost of a step for each first session that came of it; none before the first.
pub fn cost_per_first_session(cost_cents: i64, first_sessions: u32) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "cents of a step are far within 53 bits")]
    ratio(cost_cents as f64, f64::from(first_sessions))
}
