//! What one of everything is worth: money and hours are linear in sessions, bookings and calls,
//! so a scenario is reduced to a few rates before its weeks are walked through.

use crate::scenario::{Hours, Line, Scenario, SplitOf, Unit};

/// Cents for one session held (or one booked, one missed, one inquiry), over all payers.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Rates {
    /// Allowed for a session held; none where nobody shows it.
    pub(crate) allowed: Option<f64>,
    pub(crate) plan: f64,
    pub(crate) client: f64,
    /// The clinician's part of a session held.
    pub(crate) pay: f64,
    /// What the advert says a session pays.
    pub(crate) headline: f64,
    pub(crate) claims: f64,
    pub(crate) client_payments: f64,
    pub(crate) denials: f64,
    /// Late fees assessed, and collected, for a missed session.
    pub(crate) late_assessed: f64,
    pub(crate) late_collected: f64,
    pub(crate) late_pay: f64,
    pub(crate) missed_pay: f64,
    /// When pay arrives: weeks after the session, cents for one held, for one missed.
    pub(crate) arrivals: Vec<Arrival>,
}

/// Money that arrives so many weeks after the session that it is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Arrival {
    pub(crate) after_weeks: usize,
    pub(crate) held: f64,
    pub(crate) missed: f64,
}

impl Rates {
    /// What a scenario's sessions are worth; `arrivals` is a list whose memory is used again.
    pub(crate) fn of(scenario: &Scenario, mut arrivals: Vec<Arrival>) -> Self {
        arrivals.clear();
        let model = &scenario.model;
        let mut rates = Self {
            allowed: scenario.shows_allowed().then_some(0.0),
            missed_pay: model.missed_pay_cents,
            arrivals,
            ..Self::default()
        };
        for payer in &scenario.payers {
            let allowed = payer.allowed_cents.unwrap_or(0.0);
            let client = payer.client_share_cents;
            let plan = (allowed - client).max(0.0) * (1.0 - payer.plan_loss) * payer.share;
            let client = client * (1.0 - payer.client_loss) * payer.share;
            let allowed = allowed * payer.share;
            rates.allowed = rates.allowed.map(|sum| sum + allowed);
            rates.plan += plan;
            rates.client += client;
            if payer.has_claim {
                rates.claims += payer.share;
                rates.denials += payer.share * payer.first_denial;
            }
            if 0.0 < payer.client_share_cents {
                rates.client_payments += payer.share;
            }
            rates.late_assessed += payer.share * payer.late_fee_cents;
            rates.late_collected += payer.share * payer.late_fee_cents * payer.late_fee_collected;
            let rate = payer.pay_cents * payer.share;
            rates.headline += rate;
            rates.arrive(model.pay_lag_weeks, rate);
            match model.split_of {
                SplitOf::Nothing => {}
                SplitOf::Allowed => {
                    rates.headline += model.split * allowed;
                    rates.arrive(model.pay_lag_weeks, model.split * allowed);
                }
                SplitOf::Collected => {
                    rates.headline += model.split * allowed;
                    rates.arrive(model.pay_lag_weeks, model.split * client);
                    rates.arrive(payer.lag_weeks + model.pay_lag_weeks, model.split * plan);
                }
            }
        }
        rates.late_pay = rates.late_collected * model.late_fee_share;
        rates.pay = rates.arrivals.iter().map(|arrival| arrival.held).sum();
        rates.arrive(model.pay_lag_weeks, 0.0);
        let missed = rates.late_pay + rates.missed_pay;
        let with_pay = |arrival: &&mut Arrival| arrival.after_weeks == model.pay_lag_weeks;
        if let Some(arrival) = rates.arrivals.iter_mut().find(with_pay) {
            arrival.missed = missed;
        }
        rates
    }

    fn arrive(&mut self, after_weeks: usize, cents: f64) {
        match self.arrivals.iter_mut().find(|arrival| arrival.after_weeks == after_weeks) {
            Some(arrival) => arrival.held += cents,
            None => self.arrivals.push(Arrival { after_weeks, held: cents, missed: 0.0 }),
        }
    }
}

/// What cost lines ask for one of each unit.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Prices {
    pub(crate) held: f64,
    pub(crate) booked: f64,
    pub(crate) inquiry: f64,
    pub(crate) month: f64,
}

impl Prices {
    /// Makes `prices` the ones of every month of a horizon.
    pub(crate) fn by_month(prices: &mut Vec<Self>, lines: &[Line], rates: &Rates, months: usize) {
        prices.clear();
        prices.resize(months, Self::default());
        for line in lines {
            let from = line.from_month.min(months);
            match line.unit {
                Unit::Once => {
                    if let Some(prices) = prices.get_mut(line.from_month) {
                        prices.month += line.price;
                    }
                }
                _ => prices[from..].iter_mut().for_each(|prices| prices.add(line, rates)),
            }
        }
    }

    /// The prices of a month in the long run: every line counts but what is paid once.
    pub(crate) fn steady(lines: &[Line], rates: &Rates) -> Self {
        let mut prices = Self::default();
        for line in lines.iter().filter(|line| line.unit != Unit::Once) {
            prices.add(line, rates);
        }
        prices
    }

    fn add(&mut self, line: &Line, rates: &Rates) {
        match line.unit {
            Unit::Month => self.month += line.price,
            Unit::Year => self.month += line.price / 12.0,
            Unit::Once => {}
            Unit::Session => self.held += line.price,
            Unit::Booked => self.booked += line.price,
            Unit::Claim => self.held += line.price * rates.claims,
            Unit::Inquiry => self.inquiry += line.price,
            Unit::ClientPayment => self.held += line.price * rates.client_payments,
            Unit::ShareOfCollected => self.held += line.price * (rates.plan + rates.client),
            Unit::ShareOfPlan => self.held += line.price * rates.plan,
            Unit::ShareOfClient => self.held += line.price * rates.client,
        }
    }
}

impl Hours {
    /// Hours of marketing in a week: less once nine tenths of the openings are asked for.
    pub(crate) fn marketing(&self, demand: f64, capacity: f64) -> f64 {
        let is_full = 0.0 < capacity && 0.9 * capacity - 1e-9 <= demand;
        if is_full { self.marketing_full_h_wk } else { self.marketing_h_wk }
    }
}
