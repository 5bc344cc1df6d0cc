//! A tally of weeks by month, and what it comes to in money and hours.
//!
//! The same sums serve a horizon, one steady year and every life that chance draws.

use serde::Serialize;

use crate::rates::{Prices, Rates};
use crate::scenario::{BenefitUnit, Scenario};
use crate::weeks::Week;

/// Flows of some working weeks.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Flows {
    pub(crate) sum: Week,
    pub(crate) working_weeks: f64,
    pub(crate) weeks_off: f64,
    pub(crate) marketing_h: f64,
    /// Months, whole or none: what is due whether or not anything takes place.
    pub(crate) months: f64,
    /// Hours that are spent once, at the start.
    pub(crate) setup_h: f64,
}

impl Flows {
    pub(crate) fn add(&mut self, week: Week, scenario: &Scenario) {
        self.marketing_h += scenario.hours.marketing(week.demand, scenario.capacity);
        self.working_weeks += 1.0;
        self.add_times(week, 1.0);
    }

    pub(crate) fn add_times(&mut self, week: Week, times: f64) {
        self.sum.inquiries += week.inquiries * times;
        self.sum.accepted += week.accepted * times;
        self.sum.admitted += week.admitted * times;
        self.sum.demand += week.demand * times;
        self.sum.active += week.active * times;
        self.sum.booked += week.booked * times;
        self.sum.attended += week.attended * times;
        self.sum.late_cancel += week.late_cancel * times;
        self.sum.no_show += week.no_show * times;
    }

    pub(crate) fn missed(&self) -> f64 {
        self.sum.late_cancel + self.sum.no_show
    }
}

/// Hours worked by kind, paid or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct HoursByKind {
    /// Sessions held.
    pub session: f64,
    /// Waiting in missed ones.
    pub missed: f64,
    /// Notes.
    pub notes: f64,
    /// Claims and denials.
    pub billing: f64,
    /// Inquiries and first calls.
    pub intake: f64,
    /// Bookings.
    pub scheduling: f64,
    /// Messages.
    pub messages: f64,
    /// Marketing.
    pub marketing: f64,
    /// Supervision and consultation.
    pub supervision: f64,
    /// What has no other name.
    pub other: f64,
    /// Continuing education.
    pub training: f64,
    /// Setting up, once.
    pub setup: f64,
}

impl HoursByKind {
    pub(crate) fn of(flows: &Flows, scenario: &Scenario, rates: &Rates) -> Self {
        let (hours, sum) = (&scenario.hours, &flows.sum);
        let notes = sum.attended * hours.note_min + sum.admitted * hours.first_note_extra_min;
        let billing = rates.claims * hours.claim_min + rates.denials * hours.denial_min;
        let intake = sum.inquiries * hours.inquiry_min + sum.accepted * hours.consult_min;
        Self {
            session: sum.attended * scenario.session_minutes / 60.0,
            missed: flows.missed() * hours.missed_min / 60.0,
            notes: notes / 60.0,
            billing: sum.attended * billing / 60.0,
            intake: intake / 60.0,
            scheduling: sum.booked * hours.schedule_min_per_booking / 60.0,
            messages: sum.active * hours.message_min_per_client_week / 60.0,
            marketing: flows.marketing_h,
            supervision: flows.working_weeks * hours.supervision_h_wk,
            other: flows.working_weeks * hours.other_h_wk,
            training: flows.months * hours.ce_h_year / 12.0,
            setup: flows.setup_h,
        }
    }

    /// All of them.
    pub fn total(&self) -> f64 {
        self.session
            + self.missed
            + self.notes
            + self.billing
            + self.intake
            + self.scheduling
            + self.messages
            + self.marketing
            + self.supervision
            + self.other
            + self.training
            + self.setup
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.session += other.session;
        self.missed += other.missed;
        self.notes += other.notes;
        self.billing += other.billing;
        self.intake += other.intake;
        self.scheduling += other.scheduling;
        self.messages += other.messages;
        self.marketing += other.marketing;
        self.supervision += other.supervision;
        self.other += other.other;
        self.training += other.training;
        self.setup += other.setup;
    }
}

/// Money of some weeks, in real cents.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Money {
    pub(crate) gross: f64,
    pub(crate) collected: f64,
    pub(crate) pay: f64,
    pub(crate) late: f64,
    pub(crate) missed: f64,
    /// Paid admin, without the stipend.
    pub(crate) admin: f64,
    pub(crate) stipend: f64,
    pub(crate) benefits: f64,
    pub(crate) benefits_cash: f64,
    pub(crate) fees: f64,
    pub(crate) overhead: f64,
    pub(crate) tax: f64,
}

impl Money {
    /// Everything but tax, which depends on the year.
    pub(crate) fn of(
        flows: &Flows,
        scenario: &Scenario,
        rates: &Rates,
        fees: &Prices,
        overhead: &Prices,
    ) -> Self {
        let (sum, missed) = (&flows.sum, flows.missed());
        let model = &scenario.model;
        let cost = |prices: &Prices| {
            sum.attended * prices.held
                + sum.booked * prices.booked
                + sum.inquiries * prices.inquiry
                + flows.months * prices.month
        };
        Self {
            gross: sum.attended * rates.allowed.unwrap_or(0.0) + missed * rates.late_assessed,
            collected: sum.attended * (rates.plan + rates.client) + missed * rates.late_collected,
            pay: sum.attended * rates.pay,
            late: missed * rates.late_pay,
            missed: missed * rates.missed_pay,
            admin: flows.working_weeks * model.admin_paid_h_wk * model.admin_cents_per_hour,
            stipend: flows.months * model.stipend_cents_month,
            fees: cost(fees),
            overhead: cost(overhead),
            ..Self::default()
        }
    }

    /// Adds the value of benefits: of month `month`, or of the long run when there is none.
    pub(crate) fn add_benefits(
        &mut self,
        flows: &Flows,
        scenario: &Scenario,
        month: Option<usize>,
    ) {
        for benefit in &scenario.benefits {
            if month.is_some_and(|month| month < benefit.from_month) {
                continue;
            }
            let value = benefit.price
                * match benefit.unit {
                    BenefitUnit::Month => flows.months,
                    BenefitUnit::Year => flows.months / 12.0,
                    BenefitUnit::WeekOff => flows.weeks_off,
                    BenefitUnit::ShareOfPay => self.pay,
                };
            self.benefits += value;
            if benefit.is_cash {
                self.benefits_cash += value;
            }
        }
    }

    pub(crate) fn net(&self) -> f64 {
        self.pay + self.late + self.missed + self.admin + self.stipend - self.fees - self.overhead
    }

    pub(crate) fn kept(&self) -> f64 {
        self.net() + self.benefits - self.tax
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.gross += other.gross;
        self.collected += other.collected;
        self.pay += other.pay;
        self.late += other.late;
        self.missed += other.missed;
        self.admin += other.admin;
        self.stipend += other.stipend;
        self.benefits += other.benefits;
        self.benefits_cash += other.benefits_cash;
        self.fees += other.fees;
        self.overhead += other.overhead;
        self.tax += other.tax;
    }
}
