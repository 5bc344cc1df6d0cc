//! From the hour that is advertised to the hour that is kept, each step with its cause.

use serde::Serialize;

use crate::ratio;
use crate::steady::SteadyYear;

/// Cents per hour, telescoping: the steps add up to the effective hour exactly.
///
/// The first six are of the steady year per session hour; unpaid hours spread them over all
/// hours of it; the ramp is the way from there to the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Waterfall {
    /// Split × allowed, or the rate, per session hour: what the advert says.
    pub headline: f64,
    /// What is not collected, or not paid on.
    pub collection: f64,
    /// Late fees and pay for missed sessions.
    pub missed_sessions: f64,
    /// Paid admin, stipend, benefits.
    pub extras: f64,
    /// Fees and overhead.
    pub costs: f64,
    /// The half of self-employment tax.
    pub employment_tax: f64,
    /// The same money over all hours.
    pub unpaid_hours: f64,
    /// The months before the caseload was full.
    pub ramp: f64,
}

impl Waterfall {
    /// None without session hours in the steady year, or without any hour in the horizon. A
    /// horizon that ends before the first session still has its steps: the ramp takes it all.
    pub(crate) fn of(steady: &SteadyYear, effective_hour: Option<f64>) -> Option<Self> {
        let hours = steady.hours.session;
        let money = &steady.money;
        let headline = ratio(steady.headline, hours)?;
        let kept_of_session_hour = ratio(money.kept(), hours)?;
        let steady_hour = ratio(money.kept(), steady.hours.total())?;
        Some(Self {
            headline,
            collection: money.pay / hours - headline,
            missed_sessions: (money.late + money.missed) / hours,
            extras: (money.admin + money.stipend + money.benefits) / hours,
            costs: 0.0 - (money.fees + money.overhead) / hours,
            employment_tax: 0.0 - money.tax / hours,
            unpaid_hours: steady_hour - kept_of_session_hour,
            ramp: effective_hour? - steady_hour,
        })
    }

    /// All steps together: the effective hour.
    pub fn sum(&self) -> f64 {
        self.headline
            + self.collection
            + self.missed_sessions
            + self.extras
            + self.costs
            + self.employment_tax
            + self.unpaid_hours
            + self.ramp
    }
}
