//! Clauses: the terms of an agreement or engagement as data, each said, shown and computed from
//! one value.
//!
//! A clause is a rule and its limits, taken as steps in a fixed order. Each step says itself and
//! does itself in one place, so the sentence that was signed, the example beside it and the
//! amount on a statement cannot disagree.
//!
//! ```
//! use economics::{Amount, Clause, Rule, Unit};
//! use money::Cents;
//!
//! let each = Rule::PerUnit { unit: Unit::Claim, cents: Cents(900) };
//! let claims = Clause::new("Claim work costs", each).at_most(Cents(30_000));
//! assert_eq!(
//!     claims.sentence(),
//!     "Claim work costs $9.00 for each claim filed, at most $300.00 a month."
//! );
//! let worked = claims.work(&Amount::count(37))?;
//! assert_eq!(worked.cents, Cents(30_000));
//! assert_eq!(worked.says, "37 claims filed at $9.00 each: $333.00; at most $300.00: $300.00");
//! # Ok::<(), economics::Error>(())
//! ```

use money::{BasisPoints, CENTS_LIMIT, Cents};
use serde::{Deserialize, Serialize};

use crate::{Code, Error};

mod agreement;
mod engagement;
mod settlement;
mod words;

pub use agreement::{Agreement, FairMarket, FairMarketMethod, Price, StateRule};
pub use engagement::{Bearing, Engagement, Missed, Pay, WorksAs};
pub use settlement::{
    Collected, CollectedKind, Engaged, MonthOfPractice, Settlement, Statement, StatementLine,
    TimeWorked, WorkDone, settle,
};
pub use words::{Unit, dollars, per_cent};

/// A rule with its limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// How its sentence begins, as *Claim work costs*.
    pub opening: String,
    /// How the amount comes about.
    pub rule: Rule,
    /// The least for a month.
    #[serde(default)]
    pub minimum: Option<Cents>,
    /// The most for a month.
    #[serde(default)]
    pub cap: Option<Cents>,
    /// What comes off at the beginning.
    #[serde(default)]
    pub ramp: Option<RampDiscount>,
}

/// How an amount comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// So much a month, by the days on which the clause is in force.
    Flat {
        /// For a whole month.
        cents: Cents,
    },
    /// So much for each.
    PerUnit {
        /// Of what.
        unit: Unit,
        /// For one.
        cents: Cents,
    },
    /// So much an hour, by the minute.
    PerHour {
        /// For an hour.
        cents: Cents,
    },
    /// What it costs, and a share of that.
    CostPlus {
        /// The share on top.
        plus: BasisPoints,
    },
    /// So much for each of the first ones, so much for each of the next.
    Tiers {
        /// Of what.
        unit: Unit,
        /// In order; the last has no end.
        tiers: Vec<Tier>,
    },
    /// A share of a signed amount: a recoupment returns its share.
    Share {
        /// The share.
        share: BasisPoints,
        /// Of what, as *what was collected*.
        of: String,
    },
}

/// A price for units up to a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The last unit at this price; none for all that follow.
    pub up_to: Option<i64>,
    /// For one.
    pub cents: Cents,
}

/// What comes off in the first months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RampDiscount {
    /// For how many months.
    pub months: i64,
    /// The share that comes off.
    pub off: BasisPoints,
}

/// What a month brings to a clause. A rule looks at the field that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Units.
    pub count: i64,
    /// Minutes.
    pub minutes: i64,
    /// Cost, or the amount that a share is of.
    pub cents: Cents,
    /// Days of the month on which the clause is in force.
    pub active_days: i64,
    /// Days of the month.
    pub days_in_month: i64,
    /// The month of the agreement, from 1.
    pub month: i64,
}

impl Amount {
    /// A whole month after every ramp, in which nothing took place.
    pub const NOTHING: Self = Self {
        count: 0,
        minutes: 0,
        cents: Cents::ZERO,
        active_days: 30,
        days_in_month: 30,
        month: i64::MAX,
    };

    /// So many units.
    pub fn count(count: i64) -> Self {
        Self { count, ..Self::NOTHING }
    }

    /// So many minutes.
    pub fn minutes(minutes: i64) -> Self {
        Self { minutes, ..Self::NOTHING }
    }

    /// A cost, or what a share is of.
    pub fn of(cents: Cents) -> Self {
        Self { cents, ..Self::NOTHING }
    }
}

/// An amount with how it came about, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Worked {
    /// For people.
    pub says: String,
    /// The amount.
    pub cents: Cents,
}

/// One step of a clause: it says itself and does itself.
enum Step<'a> {
    By(&'a Rule),
    AtLeast(Cents),
    AtMost(Cents),
    Less(RampDiscount),
}

impl Clause {
    /// A clause without limits.
    pub fn new(opening: impl Into<String>, rule: Rule) -> Self {
        Self { opening: opening.into(), rule, minimum: None, cap: None, ramp: None }
    }

    /// The same with a least amount for a month.
    pub fn at_least(self, cents: Cents) -> Self {
        Self { minimum: Some(cents), ..self }
    }

    /// The same with a most amount for a month.
    pub fn at_most(self, cents: Cents) -> Self {
        Self { cap: Some(cents), ..self }
    }

    /// The same with something off in its first months.
    pub fn with_ramp(self, months: i64, off: BasisPoints) -> Self {
        Self { ramp: Some(RampDiscount { months, off }), ..self }
    }

    /// The sentence that is signed.
    pub fn sentence(&self) -> String {
        let said: Vec<String> = self.steps().map(|step| step.says()).collect();
        format!("{} {}.", self.opening, said.join(", "))
    }

    /// The amount of a month, with how it came about: the line of a statement.
    ///
    /// # Errors
    /// `E_RANGE` when it does not fit.
    pub fn work(&self, amount: &Amount) -> Result<Worked, Error> {
        let mut cents = Cents::ZERO;
        let mut said = Vec::new();
        for step in self.steps() {
            if let Some(worked) = step.does(cents, amount)? {
                cents = worked.cents;
                said.push(format!("{}: {}", worked.says, dollars(cents)));
            }
        }
        Ok(Worked { says: said.join("; "), cents })
    }

    /// The example beside the sentence: the same work on a plain month, the first of the ramp
    /// where there is one.
    ///
    /// # Errors
    /// As [`Clause::work`].
    pub fn example(&self) -> Result<(Amount, Worked), Error> {
        let month = if self.ramp.is_some() { 1 } else { i64::MAX };
        let minutes = 143;
        let (count, cents) = (37, Cents(412_345));
        let amount = Amount { count, minutes, cents, month, ..Amount::NOTHING };
        Ok((amount, self.work(&amount)?))
    }

    /// What cannot be meant: amounts below zero or beyond the limit, a least above the most,
    /// tiers out of order.
    ///
    /// # Errors
    /// `E_RANGE` with the field.
    pub fn check(&self) -> Result<(), Error> {
        self.rule.check().map_err(|error| error.within("rule"))?;
        for (name, cents) in [("minimum", self.minimum), ("cap", self.cap)] {
            cents.map_or(Ok(()), |cents| check_price(name, cents))?;
        }
        if self.minimum.zip(self.cap).is_some_and(|(least, most)| most < least) {
            return Err(Error::range("minimum", "minimum is at most cap: both cannot be kept"));
        }
        if self.ramp.is_some_and(|ramp| !(1..=120).contains(&ramp.months)) {
            return Err(Error::range("ramp/months", "months of a ramp are from 1 to 120"));
        }
        if self.opening.trim().is_empty() {
            return Err(Error::range("opening", "opening is how the sentence begins"));
        }
        Ok(())
    }

    fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        let limits = [
            self.minimum.map(Step::AtLeast),
            self.cap.map(Step::AtMost),
            self.ramp.map(Step::Less),
        ];
        std::iter::once(Step::By(&self.rule)).chain(limits.into_iter().flatten())
    }
}

impl Step<'_> {
    fn says(&self) -> String {
        match self {
            Self::By(rule) => rule.says(),
            Self::AtLeast(cents) => format!("at least {} a month", dollars(*cents)),
            Self::AtMost(cents) => format!("at most {} a month", dollars(*cents)),
            Self::Less(RampDiscount { months: 1, off }) => {
                format!("less {} in the first month", per_cent(*off))
            }
            Self::Less(RampDiscount { months, off }) => {
                format!("less {} in the first {months} months", per_cent(*off))
            }
        }
    }

    /// What the amount is after the step; none where the step changes nothing.
    fn does(&self, so_far: Cents, amount: &Amount) -> Result<Option<Worked>, Error> {
        let limit = |is_passed: bool, cents: Cents, word: &str| {
            is_passed.then(|| Worked { says: format!("{word} {}", dollars(cents)), cents })
        };
        Ok(match self {
            Self::By(rule) => Some(rule.does(amount)?),
            Self::AtLeast(cents) => limit(so_far < *cents, *cents, "at least"),
            Self::AtMost(cents) => limit(*cents < so_far, *cents, "at most"),
            Self::Less(ramp) if amount.month <= ramp.months => {
                let off = so_far.scaled(i64::from(ramp.off.0), 10_000)?;
                let says = format!("less {} in month {}", per_cent(ramp.off), amount.month);
                Some(Worked { says, cents: so_far.minus(off)? })
            }
            Self::Less(_) => None,
        })
    }
}

impl Rule {
    fn says(&self) -> String {
        match self {
            Self::Flat { cents } => format!("{} a month", dollars(*cents)),
            Self::PerUnit { unit, cents } => format!("{} for each {}", dollars(*cents), unit.one()),
            Self::PerHour { cents } => format!("{} an hour, by the minute", dollars(*cents)),
            Self::CostPlus { plus } => format!("what it costs plus {}", per_cent(*plus)),
            Self::Tiers { unit, tiers } => words::tiers(*unit, tiers),
            Self::Share { share, of } => format!("{} of {of}", per_cent(*share)),
        }
    }

    fn does(&self, amount: &Amount) -> Result<Worked, Error> {
        let Amount { count, minutes, cents: base, active_days, days_in_month, .. } = *amount;
        let (says, cents) = match self {
            Self::Flat { cents } if active_days == days_in_month => {
                ("a whole month".to_owned(), *cents)
            }
            Self::Flat { cents } => (
                format!("{active_days} of {days_in_month} days at {}", dollars(*cents)),
                cents.scaled(active_days, days_in_month)?,
            ),
            Self::PerUnit { unit, cents } => (
                format!("{} at {} each", unit.so_many(count), dollars(*cents)),
                cents.times(count)?,
            ),
            Self::PerHour { cents } => (
                format!("{minutes} minutes at {} an hour", dollars(*cents)),
                cents.scaled(minutes, 60)?,
            ),
            Self::CostPlus { plus } => (
                format!("{} of cost plus {}", dollars(base), per_cent(*plus)),
                base.plus(base.scaled(i64::from(plus.0), 10_000)?)?,
            ),
            Self::Tiers { unit, tiers } => (unit.so_many(count), graduated(tiers, count)?),
            Self::Share { share, of } => (
                format!("{} of {} ({of})", per_cent(*share), dollars(base)),
                money::share_of(base, *share)?,
            ),
        };
        Ok(Worked { says, cents })
    }

    fn check(&self) -> Result<(), Error> {
        match self {
            Self::Flat { cents } | Self::PerUnit { cents, .. } | Self::PerHour { cents } => {
                check_price("cents", *cents)
            }
            Self::CostPlus { plus: share } | Self::Share { share, .. } => {
                BasisPoints::checked(share.0)
                    .map(|_| ())
                    .map_err(|error| Error::new(Code::Range, "share", error.to_string()))
            }
            Self::Tiers { tiers, .. } => check_tiers(tiers),
        }
    }
}

fn graduated(tiers: &[Tier], count: i64) -> Result<Cents, Error> {
    let mut sum = Cents::ZERO;
    let mut from = 0;
    for tier in tiers {
        let to = tier.up_to.map_or(count, |up_to| up_to.min(count)).max(from);
        sum = sum.plus(tier.cents.times(to - from)?)?;
        from = to;
    }
    Ok(sum)
}

fn check_tiers(tiers: &[Tier]) -> Result<(), Error> {
    let mut before = 0;
    for (i, tier) in tiers.iter().enumerate() {
        check_price("cents", tier.cents).map_err(|error| error.within(&format!("tiers/{i}")))?;
        let is_last = i + 1 == tiers.len();
        let message = "tiers rise, and the last one, and only that, has no end";
        let fault = || Error::range(format!("tiers/{i}/up_to"), message);
        match tier.up_to {
            None if is_last => {}
            Some(up_to) if before < up_to && !is_last => before = up_to,
            _ => return Err(fault()),
        }
    }
    if tiers.is_empty() { Err(Error::range("tiers", "there is at least one tier")) } else { Ok(()) }
}

fn check_price(name: &str, cents: Cents) -> Result<(), Error> {
    if (0..CENTS_LIMIT).contains(&cents.0) {
        return Ok(());
    }
    Err(Error::range(name, format!("{name} is from 0 to {} cents", CENTS_LIMIT - 1)))
}
