//! From what came in for a session hour to what an hour was worth. Each step is a level of the
//! month's money over hours, so the steps meet and the last one is the hour.

use economics::TimeKind;
use money::Cents;

use crate::model::Figures;

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// Collected, for a session hour.
    Collected,
    /// What stays with the practice.
    PracticeShare,
    /// What the operator asks.
    Prices,
    /// What is the clinician's, for a session hour.
    SessionHour,
    /// Hours of a kind beside sessions.
    Hours(TimeKind, i64),
    /// What is the clinician's, for each hour.
    Hour,
}

/// One step, in cents an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What it is.
    pub is: Is,
    /// The level before it; zero for a whole.
    pub from: Cents,
    /// The level after it.
    pub to: Cents,
}

impl Step {
    /// Whether it is a level of its own rather than a change.
    pub fn is_whole(&self) -> bool {
        matches!(self.is, Is::Collected | Is::SessionHour | Is::Hour)
    }

    /// What it adds, or takes away.
    pub fn cents(&self) -> Cents {
        Cents(self.to.0 - self.from.0)
    }
}

/// The steps of a month as money came in; none without session hours, or where money is not known.
pub fn steps(figures: &Figures, is_owner: bool) -> Option<Vec<Step>> {
    let hours = &figures.actuals.hours;
    let cash = &figures.actuals.cash;
    let session_s = hours.by_kind_s.get(&TimeKind::Session).copied().filter(|s| 0 < *s)?;
    if figures.unknown.is_some() {
        return None;
    }
    let each = |cents: Cents, seconds: i64| cents.scaled(3_600, seconds).ok();
    let zero = Cents::ZERO;

    let mut level = each(cash.collected_cents, session_s)?;
    let mut steps = vec![Step { is: Is::Collected, from: zero, to: level }];
    let mut change = |is: Is, to: Cents| {
        if to != level {
            steps.push(Step { is, from: level, to });
        }
        level = to;
    };
    if !is_owner {
        let before_prices = Cents(cash.net_cents.0.checked_sub(cash.deductions_cents.0)?);
        change(Is::PracticeShare, each(before_prices, session_s)?);
    }
    let session_hour = each(cash.net_cents, session_s)?;
    change(Is::Prices, session_hour);
    steps.push(Step { is: Is::SessionHour, from: zero, to: session_hour });

    let mut seconds = session_s;
    let mut level = session_hour;
    for (kind, of_kind) in &hours.by_kind_s {
        if *kind == TimeKind::Session || *of_kind == 0 {
            continue;
        }
        seconds += of_kind;
        let to = each(cash.net_cents, seconds)?;
        steps.push(Step { is: Is::Hours(*kind, *of_kind), from: level, to });
        level = to;
    }
    steps.push(Step { is: Is::Hour, from: zero, to: level });
    Some(steps)
}
