//! What a practice and the operator signed: a price for each service, and what it rests on.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Clause, Rule};
use crate::{Code, Error};

/// The prices of the operator's services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The first month of it.
    pub starts_on: Date,
    /// One price for each service.
    pub prices: Vec<Price>,
}

/// The price of one service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Its name, as *claims*.
    pub service: String,
    /// True for what makes the practice known: never priced by a share.
    #[serde(default)]
    pub is_marketing: bool,
    /// What it costs.
    pub clause: Clause,
    /// Why that is fair market value.
    pub fair_market: FairMarket,
    /// Why a share is lawful here; only where the price is one.
    #[serde(default)]
    pub state_rule: Option<StateRule>,
}

/// The record that a price is fair market value (42 CFR 1001.952(d)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FairMarket {
    /// How it was found.
    pub method: FairMarketMethod,
    /// Where the evidence is.
    pub evidence: String,
    /// From when it holds.
    pub valid_from: Date,
    /// Until when, without another look.
    pub review_by: Date,
}

/// How fair market value was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FairMarketMethod {
    /// From what the service costs.
    Cost,
    /// From what others ask.
    Market,
    /// From a published benchmark.
    Benchmark,
}

/// Why a state allows a manager a share of what is collected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateRule {
    /// The state, as *CA*.
    pub state: String,
    /// The memo of counsel that says so.
    pub memo: String,
}

/// Where a manager's share of fees is fee-splitting whatever it pays for (N.Y. Education Law
/// §6530(19); 8 NYCRR 29.1(b)(4)).
const NO_SHARES_IN: &[&str] = &["NY"];

impl Agreement {
    /// What cannot be agreed: two prices of one service, a share without its record, a unit that
    /// is no work of the operator.
    ///
    /// # Errors
    /// `E_RANGE` and `E_KIND` with the field.
    pub fn check(&self) -> Result<(), Error> {
        for (i, price) in self.prices.iter().enumerate() {
            price.check().map_err(|error| error.within(&format!("prices/{i}")))?;
            if self.prices[..i].iter().any(|earlier| earlier.service == price.service) {
                let message = format!("{} has a price already", price.service);
                return Err(Error::new(Code::Kind, format!("prices/{i}/service"), message));
            }
        }
        Ok(())
    }
}

impl Price {
    fn check(&self) -> Result<(), Error> {
        self.clause.check().map_err(|error| error.within("clause"))?;
        if self.fair_market.evidence.trim().is_empty() {
            let message = "a price names the evidence that it is fair market value";
            return Err(Error::range("fair_market/evidence", message));
        }
        if self.fair_market.review_by < self.fair_market.valid_from {
            let message = "review_by is no earlier than valid_from";
            return Err(Error::range("fair_market/review_by", message));
        }
        match &self.clause.rule {
            Rule::PerUnit { unit, .. } | Rule::Tiers { unit, .. } if !unit.is_operators_work() => {
                let message = "an operator's price counts work that it does, not sessions";
                Err(Error::new(Code::Kind, "clause/rule/unit", message))
            }
            Rule::Share { .. } => self.check_share(),
            _ if self.state_rule.is_some() => {
                Err(Error::new(Code::Kind, "state_rule", "only a share needs a state rule"))
            }
            _ => Ok(()),
        }
    }

    fn check_share(&self) -> Result<(), Error> {
        let refuse = |field: &str, message: &str| Err(Error::new(Code::Kind, field, message));
        let Some(rule) = &self.state_rule else {
            return refuse("state_rule", "a share names the state that allows it and the memo");
        };
        if self.is_marketing {
            return refuse("is_marketing", "marketing is never priced by a share");
        }
        if NO_SHARES_IN.contains(&rule.state.as_str()) {
            return refuse("state_rule/state", "this state calls a manager's share fee-splitting");
        }
        if rule.memo.trim().is_empty() || rule.state.len() != 2 {
            return refuse("state_rule/memo", "a share names its state and the memo of counsel");
        }
        Ok(())
    }

    /// True when the record of fair market value holds through a month.
    pub(super) fn is_vouched_for(&self, month: Date) -> bool {
        let record = &self.fair_market;
        record.valid_from <= month.last_of_month() && month.last_of_month() <= record.review_by
    }
}
