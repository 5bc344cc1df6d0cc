//! Lines of a statement by unit, and a clinician's share of a month: rounded once, then laid out.

use jiff::civil::Date;
use money::{BasisPoints, Cents, allocate, share_of};
use serde::Serialize;

use crate::Error;

/// What one line of a statement is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priced {
    /// A price per month, by the days of the month on which it was in force.
    Month {
        /// For a whole month.
        cents: Cents,
        /// Days in force.
        active_days: i64,
        /// Days of the month.
        days_in_month: i64,
    },
    /// A price for each.
    Each {
        /// For one.
        cents: Cents,
        /// How many.
        count: i64,
    },
    /// An hourly price for minutes.
    Minutes {
        /// For an hour.
        cents_per_hour: Cents,
        /// Worked.
        minutes: i64,
    },
    /// A share of a signed base: a recoupment returns its fee.
    Share {
        /// In basis points.
        bp: i64,
        /// Of what.
        base: Cents,
    },
}

impl Priced {
    /// The amount, rounded once, halves away from zero.
    ///
    /// # Errors
    /// `E_RANGE` when it does not fit.
    pub fn cents(self) -> Result<Cents, Error> {
        Ok(match self {
            Self::Month { cents, active_days, days_in_month } => {
                cents.scaled(active_days, days_in_month)?
            }
            Self::Each { cents, count } => cents.times(count)?,
            Self::Minutes { cents_per_hour, minutes } => cents_per_hour.scaled(minutes, 60)?,
            Self::Share { bp, base } => base.scaled(bp, 10_000)?,
        })
    }

    /// A price per month of one that is in force from a day on, to the month's end or to a last
    /// day. 29 days in a leap February.
    pub fn month_from(cents: Cents, month: Date, from: Option<Date>, to: Option<Date>) -> Self {
        let (first, last) = (month.first_of_month(), month.last_of_month());
        let from = from.map_or(first, |from| from.max(first));
        let to = to.map_or(last, |to| to.min(last));
        let days = |from: Date, to: Date| i64::from(to.day()) - i64::from(from.day()) + 1;
        let active_days = if to < from { 0 } else { days(from, to) };
        Self::Month { cents, active_days, days_in_month: days(first, last) }
    }
}

/// A line with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillLine {
    /// Its name.
    pub id: String,
    /// What it is computed from.
    pub priced: Priced,
}

/// A statement's lines and their sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bill {
    /// Each rounded.
    pub lines: Vec<BillAmount>,
    /// The sum of the rounded lines.
    pub total_cents: Cents,
}

/// The amount of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BillAmount {
    /// Its name.
    pub id: String,
    /// Its amount.
    pub cents: Cents,
}

impl Bill {
    /// Adds lines up.
    ///
    /// # Errors
    /// `E_RANGE` when an amount does not fit.
    pub fn of(lines: &[BillLine]) -> Result<Self, Error> {
        let mut amounts = Vec::with_capacity(lines.len());
        for (i, line) in lines.iter().enumerate() {
            let cents = line.priced.cents().map_err(|error| error.within(&format!("lines/{i}")))?;
            amounts.push(BillAmount { id: line.id.clone(), cents });
        }
        let total = Cents::sum(amounts.iter().map(|line| line.cents)).map_err(Error::from);
        let total_cents = total.map_err(|error| error.within("lines"))?;
        Ok(Self { lines: amounts, total_cents })
    }
}

/// A clinician's share of what was collected in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SplitPay {
    /// The clinician's.
    pub clinician_cents: Cents,
    /// Whose the rest is.
    pub other_cents: Cents,
    /// The clinician's share by line; none where a line is negative or the total is zero, since
    /// no line then has a share of its own.
    pub per_line: Option<Vec<Cents>>,
}

/// Splits the total once, then lays the clinician's part over the lines: never rounded by line
/// and added up, which would lose or invent cents.
///
/// # Errors
/// `E_RANGE` when the sum does not fit, or a share is above the whole.
pub fn split_pay(collected: &[Cents], split: BasisPoints) -> Result<SplitPay, Error> {
    let total = Cents::sum(collected.iter().copied())?;
    let clinician_cents = share_of(total, split)?;
    let is_laid_out = total != Cents::ZERO && collected.iter().all(|cents| !cents.is_negative());
    let weights: Vec<i64> = collected.iter().map(|cents| cents.0).collect();
    Ok(SplitPay {
        clinician_cents,
        other_cents: total.minus(clinician_cents)?,
        per_line: is_laid_out.then(|| allocate(clinician_cents, &weights)).transpose()?,
    })
}
