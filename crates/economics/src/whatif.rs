//! The same real month under another model: its sessions and money, other terms, other chores.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::actuals::{TimeKind, reading::time_kind};
use crate::fields::{Fields, MOST_CENTS};
use crate::scenario::reading::{benefit, line, model, tax};
use crate::scenario::{Benefit, BenefitUnit, Line, Model, SplitOf, Tax, Unit};
use crate::{Code, Error, ratio};

/// More sessions, calls or claims than a month of one clinician can have.
const COUNT_MOST: f64 = 1e6;
/// The seconds of a month.
const MONTH_S: f64 = 2_678_400.0;
/// Weeks of a model month: 52 ÷ 12.
const WEEKS_OF_MONTH: f64 = 52.0 / 12.0;

/// A month that was, and the terms to try on it.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherTerms {
    payers: Vec<PayerMonth>,
    late_fee_cents: f64,
    missed: f64,
    booked: f64,
    inquiries: f64,
    model: Model,
    fees: Vec<Line>,
    overhead: Vec<Line>,
    benefits: Vec<Benefit>,
    weeks_off: f64,
    seconds: BTreeMap<TimeKind, f64>,
    year_net_before_cents: f64,
    tax: Tax,
}

/// What one payer's clients came to in the month.
#[derive(Debug, Clone, Copy, PartialEq)]
struct PayerMonth {
    sessions: f64,
    allowed_cents: Option<f64>,
    plan_cents: f64,
    client_cents: f64,
    claims: f64,
    client_payments: f64,
    pay_cents: f64,
}

/// What the month would have been, in real cents.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OtherMonth {
    /// Facts only.
    pub net_cents: f64,
    /// Net + benefits − employment tax.
    pub kept_cents: f64,
    /// What the month would add to half of the year's self-employment tax.
    pub employment_tax_cents: f64,
    /// Hours, with the replaced kinds.
    pub seconds: i64,
    /// Kept ÷ collected; none when nothing was collected.
    pub effective_split_collected: Option<f64>,
    /// Kept ÷ hours.
    pub effective_hour_cents: Option<f64>,
}

impl OtherTerms {
    /// Reads a month and other terms.
    ///
    /// # Errors
    /// `E_RANGE`, `E_KIND`, `E_ALLOWED` with the field.
    pub fn read(input: &Value) -> Result<Self, Error> {
        let terms = Fields::read(input, read)?;
        let is_hidden = terms.payers.iter().any(|payer| payer.allowed_cents.is_none());
        if is_hidden && terms.model.split_of == SplitOf::Allowed {
            let message = "a split of an amount that nobody shows is unknown";
            return Err(Error::new(Code::Allowed, "model/split_of", message));
        }
        Ok(terms)
    }

    /// What the month would have been.
    #[expect(clippy::cast_possible_truncation, reason = "whole seconds of one month")]
    pub fn month(&self) -> OtherMonth {
        let model = &self.model;
        let sum = |of: fn(&PayerMonth) -> f64| self.payers.iter().map(of).sum::<f64>();
        let sessions = sum(|payer| payer.plan_cents + payer.client_cents);
        let split = match model.split_of {
            SplitOf::Nothing => 0.0,
            SplitOf::Collected => model.split * sessions,
            SplitOf::Allowed => model.split * sum(|payer| payer.allowed_cents.unwrap_or(0.0)),
        };
        let pay = split + sum(|payer| payer.sessions * payer.pay_cents);
        let late = model.late_fee_share * self.late_fee_cents;
        let missed = self.missed * model.missed_pay_cents;
        let admin = WEEKS_OF_MONTH * model.admin_paid_h_wk * model.admin_cents_per_hour;
        let costs = self.cost(&self.fees) + self.cost(&self.overhead);
        let net = pay + late + missed + admin + model.stipend_cents_month - costs;

        let tax = self.tax.added(model.is_employee, net, self.year_net_before_cents);
        let kept = net + self.benefits(pay) - tax;
        let seconds: f64 = self.seconds.values().sum();
        OtherMonth {
            net_cents: net,
            kept_cents: kept,
            employment_tax_cents: tax,
            seconds: seconds as i64,
            effective_split_collected: ratio(kept, sessions + self.late_fee_cents),
            effective_hour_cents: ratio(kept * 3_600.0, seconds),
        }
    }

    /// One month of cost lines; what is paid once is not of any month.
    fn cost(&self, lines: &[Line]) -> f64 {
        let sum = |of: fn(&PayerMonth) -> f64| self.payers.iter().map(of).sum::<f64>();
        let count = |unit: Unit| match unit {
            Unit::Month => 1.0,
            Unit::Year => 1.0 / 12.0,
            Unit::Once => 0.0,
            Unit::Session => sum(|payer| payer.sessions),
            Unit::Booked => self.booked,
            Unit::Claim => sum(|payer| payer.claims),
            Unit::Inquiry => self.inquiries,
            Unit::ClientPayment => sum(|payer| payer.client_payments),
            Unit::ShareOfCollected => sum(|payer| payer.plan_cents + payer.client_cents),
            Unit::ShareOfPlan => sum(|payer| payer.plan_cents),
            Unit::ShareOfClient => sum(|payer| payer.client_cents),
        };
        lines.iter().map(|line| line.price * count(line.unit)).sum()
    }

    fn benefits(&self, pay: f64) -> f64 {
        let value = |benefit: &Benefit| {
            benefit.price
                * match benefit.unit {
                    BenefitUnit::Month => 1.0,
                    BenefitUnit::Year => 1.0 / 12.0,
                    BenefitUnit::WeekOff => self.weeks_off,
                    BenefitUnit::ShareOfPay => pay,
                }
        };
        self.benefits.iter().map(value).sum()
    }
}

fn read(fields: &mut Fields<'_>) -> Result<OtherTerms, Error> {
    let mut terms = OtherTerms {
        payers: fields.list("payers", |value| Fields::read(value, payer))?,
        late_fee_cents: signed(fields, "late_fee_cents")?,
        missed: fields.real("missed", 0.0, COUNT_MOST)?,
        booked: fields.real("booked", 0.0, COUNT_MOST)?,
        inquiries: fields.real("inquiries", 0.0, COUNT_MOST)?,
        model: fields.part("model", model)?,
        fees: fields.list("fees", |value| Fields::read(value, line))?,
        overhead: fields.list("overhead", |value| Fields::read(value, line))?,
        benefits: fields.list("benefits", |value| Fields::read(value, benefit))?,
        weeks_off: fields.real("weeks_off", 0.0, 5.0)?,
        seconds: seconds(fields, "hours_s")?,
        year_net_before_cents: signed(fields, "ytd_net_before_cents")?,
        tax: fields.part("tax", |fields| tax(fields, Tax::default()))?,
    };
    terms.seconds.extend(seconds(fields, "hours_replace_s")?);
    Ok(terms)
}

fn payer(fields: &mut Fields<'_>) -> Result<PayerMonth, Error> {
    fields.text_or("name", "")?;
    let allowed_cents = match fields.value("allowed_cents") {
        None => Some(0.0),
        Some(Value::Null) => None,
        Some(value) => {
            let message = format!(
                "allowed_cents is a number from -{MOST_CENTS} to {MOST_CENTS}, or null where \
                 nobody shows it"
            );
            let cents = value.as_f64().filter(|cents| cents.abs() <= MOST_CENTS);
            Some(cents.ok_or_else(|| Error::range("allowed_cents", message))?)
        }
    };
    Ok(PayerMonth {
        sessions: fields.real("n", 0.0, COUNT_MOST)?,
        allowed_cents,
        plan_cents: signed(fields, "plan_cents")?,
        client_cents: signed(fields, "client_cents")?,
        claims: fields.real("claims", 0.0, COUNT_MOST)?,
        client_payments: fields.real("client_payments", 0.0, COUNT_MOST)?,
        pay_cents: fields.amount("pay_cents")?,
    })
}

/// Collected money can be negative in a month of recoupments.
fn signed(fields: &mut Fields<'_>, name: &'static str) -> Result<f64, Error> {
    fields.real(name, -MOST_CENTS, MOST_CENTS)
}

fn seconds(fields: &mut Fields<'_>, name: &'static str) -> Result<BTreeMap<TimeKind, f64>, Error> {
    let Some(value) = fields.value(name) else { return Ok(BTreeMap::new()) };
    let map = value
        .as_object()
        .ok_or_else(|| Error::range(name, format!("{name} has seconds by kind of time")))?;
    let mut seconds = BTreeMap::new();
    for (kind, value) in map {
        let place = format!("{name}/{kind}");
        let known = time_kind(&Value::from(kind.as_str()));
        let known = known.map_err(|error| error.within(&place))?;
        let within = value.as_f64().filter(|it| (0.0..=MONTH_S).contains(it) && it.fract() == 0.0);
        let message = format!("seconds are a whole number from 0 to {MONTH_S}");
        seconds.insert(known, within.ok_or_else(|| Error::range(place, message))?);
    }
    Ok(seconds)
}
