//! A year once full: what remains when the ramp is over and nothing is paid only once.

use serde::Serialize;

use crate::rates::{Prices, Rates};
use crate::ratio;
use crate::scenario::{Caseload, Scenario};
use crate::tally::{Flows, HoursByKind, Money};
use crate::weeks::Week;

/// The steady year as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Steady {
    /// Sessions a week that clients would come to.
    pub wished_sessions_week: f64,
    /// Sessions a week that are booked.
    pub booked_sessions_week: f64,
    /// Sessions a week that are held.
    pub attended_sessions_week: f64,
    /// Clients in care.
    pub caseload: f64,
    /// Clients who begin each week.
    pub starts_week: f64,
    /// Weeks of the year that are worked.
    pub working_weeks: usize,
    /// Kept in the year.
    pub kept_year_cents: f64,
    /// Hours of the year.
    pub hours_year: f64,
    /// Hours of a working week; none when no week is worked.
    pub hours_week: Option<f64>,
    /// Kept ÷ hours.
    pub effective_hour_cents: Option<f64>,
    /// Kept ÷ collected; none where a payer shows none.
    pub effective_split_collected: Option<f64>,
}

/// The steady year with the parts that the waterfall needs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SteadyYear {
    pub(crate) demand: f64,
    wished: f64,
    week: Week,
    working_weeks: usize,
    pub(crate) money: Money,
    pub(crate) headline: f64,
    pub(crate) hours: HoursByKind,
    shows_allowed: bool,
}

impl SteadyYear {
    #[expect(clippy::cast_precision_loss, reason = "at most 52 weeks")]
    pub(crate) fn of(scenario: &Scenario, rates: &Rates) -> Self {
        let (wished, week) = week(scenario);
        let working_weeks = scenario.working_weeks_of_year();
        let weeks = working_weeks as f64;
        let mut flows = Flows {
            working_weeks: weeks,
            weeks_off: scenario.is_off.len() as f64 - weeks,
            marketing_h: weeks * scenario.hours.marketing(week.demand, scenario.capacity),
            months: 12.0,
            ..Flows::default()
        };
        flows.add_times(week, weeks);

        let fees = Prices::steady(&scenario.fees, rates);
        let overhead = Prices::steady(&scenario.overhead, rates);
        let mut money = Money::of(&flows, scenario, rates, &fees, &overhead);
        money.add_benefits(&flows, scenario, None);
        money.tax = scenario.tax.added(scenario.model.is_employee, money.net(), 0.0);
        Self {
            demand: week.demand,
            wished,
            week,
            working_weeks,
            headline: flows.sum.attended * rates.headline,
            hours: HoursByKind::of(&flows, scenario, rates),
            money,
            shows_allowed: rates.allowed.is_some(),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "at most 52 weeks")]
    pub(crate) fn shown(&self) -> Steady {
        let (kept, hours) = (self.money.kept(), self.hours.total());
        let split = ratio(kept, self.money.collected).filter(|_| self.shows_allowed);
        Steady {
            wished_sessions_week: self.wished,
            booked_sessions_week: self.week.booked,
            attended_sessions_week: self.week.attended,
            caseload: self.week.active,
            starts_week: self.week.admitted,
            working_weeks: self.working_weeks,
            kept_year_cents: kept,
            hours_year: hours,
            hours_week: ratio(hours, self.working_weeks as f64),
            effective_hour_cents: ratio(kept, hours),
            effective_split_collected: split,
        }
    }
}

/// One working week in the long run, and what clients would wish for in it.
fn week(scenario: &Scenario) -> (f64, Week) {
    let Scenario { leads, capacity, .. } = scenario;
    if let Caseload::Curve { sessions_per_week, turnover, .. } = scenario.caseload {
        let demand = sessions_per_week.min(*capacity);
        let admitted = demand * turnover;
        let (inquiries, accepted) = leads.behind(admitted);
        let (booked, active) = (demand, demand);
        let week =
            Week { inquiries, accepted, admitted, demand, active, booked, ..Week::default() };
        return (sessions_per_week, scenario.attendance.of(week));
    }
    let stays = |visits: fn(f64) -> f64| -> f64 {
        let stay =
            |it: &crate::scenario::Episode| it.share * it.mean_weeks * visits(it.visits_per_week);
        scenario.episodes.iter().map(stay).sum()
    };
    let (load, stay) = (stays(|visits| visits), stays(|_| 1.0));
    let inquiries = leads.per_week;
    let accepted = inquiries * leads.offered * leads.accepted;
    let wished = accepted * leads.started * load;
    let demand = wished.min(*capacity);
    let admitted = if load == 0.0 { 0.0 } else { demand / load };
    let active = admitted * stay;
    let week =
        Week { inquiries, accepted, admitted, demand, active, booked: demand, ..Week::default() };
    (wished, scenario.attendance.of(week))
}
