//! A walk through the weeks of a scenario, and what it leaves behind: the same sums for expected
//! weeks and for drawn ones. It can begin again, so that a thousand lives need the memory of one.

use crate::rates::{Prices, Rates};
use crate::scenario::{Scenario, WEEKS_OF_YEAR};
use crate::tally::{Flows, HoursByKind, Money};
use crate::weeks::Week;

/// What was met on the way so far, by month.
#[derive(Default)]
pub(crate) struct Walk {
    pub(crate) rates: Rates,
    /// What arrived after the last week.
    pub(crate) open: f64,
    weeks: usize,
    months: Vec<Flows>,
    arrived: Vec<f64>,
    fees: Vec<Prices>,
    overhead: Vec<Prices>,
}

/// The sums of a horizon.
#[derive(Default)]
pub(crate) struct Course {
    pub(crate) money: Money,
    pub(crate) flows: Flows,
    pub(crate) hours: HoursByKind,
}

/// One month of it.
pub(crate) struct OfMonth {
    pub(crate) kept: f64,
    pub(crate) cash: f64,
    pub(crate) hours: f64,
}

impl Walk {
    /// Forgets what was met, and stands before the first week.
    pub(crate) fn begin(&mut self, scenario: &Scenario) {
        let months = scenario.horizon_months;
        self.rates = Rates::of(scenario, std::mem::take(&mut self.rates.arrivals));
        Prices::by_month(&mut self.fees, &scenario.fees, &self.rates, months);
        Prices::by_month(&mut self.overhead, &scenario.overhead, &self.rates, months);
        self.weeks = scenario.weeks();
        self.open = 0.0;
        self.arrived.clear();
        self.arrived.resize(months, 0.0);
        self.months.clear();
        self.months.resize(months, Flows { months: 1.0, ..Flows::default() });
        self.months[0].setup_h = scenario.hours.setup_h;
        for week in (0..self.weeks).filter(|week| scenario.is_off[week % WEEKS_OF_YEAR]) {
            self.months[month_of(week)].weeks_off += 1.0;
        }
    }

    /// Goes through one working week.
    pub(crate) fn pass(&mut self, scenario: &Scenario, week: usize, flows: Week) {
        self.months[month_of(week)].add(flows, scenario);
        let missed = flows.late_cancel + flows.no_show;
        for arrival in &self.rates.arrivals {
            let cents = flows.attended * arrival.held + missed * arrival.missed;
            let in_week = week + arrival.after_weeks;
            if in_week < self.weeks {
                self.arrived[month_of(in_week)] += cents;
            } else {
                self.open += cents;
            }
        }
    }

    /// What it comes to; `each` is told of every month.
    pub(crate) fn course(&self, scenario: &Scenario, mut each: impl FnMut(OfMonth)) -> Course {
        let mut course = Course::default();
        let mut year_net = 0.0;
        for (month, flows) in self.months.iter().enumerate() {
            if month % 12 == 0 {
                year_net = 0.0;
            }
            let (fees, overhead) = (&self.fees[month], &self.overhead[month]);
            let mut money = Money::of(flows, scenario, &self.rates, fees, overhead);
            money.add_benefits(flows, scenario, Some(month));
            let net = money.net();
            money.tax = scenario.tax.added(scenario.model.is_employee, net, year_net);
            year_net += net;

            let hours = HoursByKind::of(flows, scenario, &self.rates);
            let cash = self.arrived[month] + money.admin + money.stipend + money.benefits_cash
                - money.fees
                - money.overhead
                - money.tax;
            each(OfMonth { kept: money.kept(), cash, hours: hours.total() });
            course.money.add(&money);
            course.hours.add(&hours);
            course.flows.add_times(flows.sum, 1.0);
            course.flows.working_weeks += flows.working_weeks;
        }
        course
    }
}

/// Whether, and from when, money stays above water.
#[derive(Default)]
pub(crate) struct Water {
    months: usize,
    sum: f64,
    lowest: f64,
    last_under: usize,
}

impl Water {
    pub(crate) fn of(cash: &[f64]) -> Self {
        let mut water = Self::default();
        cash.iter().for_each(|&cents| water.flow(cents));
        water
    }

    /// What flows in in one month more, or out.
    pub(crate) fn flow(&mut self, cents: f64) {
        self.months += 1;
        self.sum += cents;
        self.lowest = self.lowest.min(self.sum);
        if self.sum < -1e-6 {
            self.last_under = self.months;
        }
    }

    /// The first month, from 1, from which it stays above water.
    pub(crate) fn break_even_month(&self) -> Option<usize> {
        (self.last_under < self.months).then_some(self.last_under + 1)
    }

    /// How deep it goes.
    pub(crate) fn peak_need(&self) -> f64 {
        // `0.0 - x` rather than `-x`: nothing needed is zero, not minus zero.
        0.0 - self.lowest
    }
}

/// The month, from 0, that a week lies in: a pattern of 5, 4 and 4 weeks.
fn month_of(week: usize) -> usize {
    12 * week / WEEKS_OF_YEAR
}
