//! Actuals: what a month was, in whole cents and whole seconds, from ledger and time records.
//!
//! Two bases, never added. **Cash** is what was posted in the month. **Matched** is of the work
//! of the month: what has a service date in it, whenever it was posted. What nobody knows is
//! shown as a gap or a bound, not guessed.

use jiff::civil::Date;
use money::{Cents, div_round};
use serde::Serialize;

use crate::scenario::Tax;
use crate::{Code, Error};

mod bounds;
mod hours;
mod kinds;
mod month;
pub(crate) mod reading;
mod window;

pub use bounds::{Bound, HourBounds, hour_bounds};
pub use hours::{Correction, Edits, Entered, HoursOfMonth, Stretch, TimeRecords};
pub use kinds::{RowKind, RowRole, TimeKind};
pub use month::Month;
pub use window::{MonthSum, Window, combine};

pub(crate) use reading::{actuals as read_actuals, months as read_months};

/// Whose the practice is: the clinician's own, or one that pays them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The clinician owns the practice: what is collected is theirs, less costs.
    Owner,
    /// A practice pays the clinician: what is collected is only what the split is of.
    Paid,
}

/// A line of the ledger; above zero is toward the clinician.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The day it was posted.
    pub posted_on: Date,
    /// The day of the work, where it is of some work.
    pub service_on: Option<Date>,
    /// What it is.
    pub kind: RowKind,
    /// The amount. A refunded fee is a fee above zero.
    pub cents: Cents,
}

/// What a day's work was allowed, and what of it is still expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AllowedCharge {
    /// The day of the work.
    pub service_on: Date,
    /// What the contract or the fee agreement allows.
    pub allowed: Cents,
    /// What is expected and not paid yet.
    pub open: Cents,
}

/// Everything that a month is counted from.
#[derive(Debug, Clone, PartialEq)]
pub struct Records {
    /// The month, in the practice's zone.
    pub month: Month,
    /// Matched lines count when posted by then; all of them when there is none.
    pub as_of: Option<Date>,
    /// Whose the practice is.
    pub mode: Mode,
    /// True when an employer pays half of payroll tax.
    pub is_employee: bool,
    /// Net of the year before this month.
    pub year_net_before: Cents,
    /// The ledger's lines.
    pub ledger: Vec<Row>,
    /// Charges by day of work.
    pub charges: Vec<AllowedCharge>,
    /// How much of what is open the clinician would keep, in basis points.
    pub open_keep_bp: i64,
    /// Time, measured and entered.
    pub time: TimeRecords,
    /// Seconds that the agreement pays by the hour.
    pub paid_admin_s: i64,
    /// Rates of self-employment tax of the year.
    pub tax: Tax,
}

/// A month as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Actuals {
    /// What was posted in it.
    pub cash: Basis,
    /// What is of its work.
    pub matched: Matched,
    /// The hours worked in it.
    pub hours: HoursOfMonth,
}

/// A month on one basis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Basis {
    /// What came in from payers and clients, less what went back.
    pub collected_cents: Cents,
    /// What the practice paid the clinician.
    pub pay_cents: Cents,
    /// Prices and costs, below zero.
    pub deductions_cents: Cents,
    /// The value of benefits.
    pub benefits_cents: Cents,
    /// What is neither income nor cost, shown apart.
    pub excluded_cents: Cents,
    /// Facts only: no benefit, no tax.
    pub net_cents: Cents,
    /// What the month adds to half of the year's self-employment tax.
    pub employment_tax_cents: Cents,
    /// Net + benefits − employment tax.
    pub kept_cents: Cents,
    /// Net of collected, in basis points; none when nothing was collected.
    pub split_net_bp: Option<i64>,
    /// Kept of collected.
    pub split_collected_bp: Option<i64>,
    /// Net per hour: no estimate in it.
    pub effective_hour_net: HourBounds,
    /// Kept per hour.
    pub effective_hour: HourBounds,
}

/// The matched basis, with what is allowed and what is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matched {
    /// What every basis has.
    #[serde(flatten)]
    pub basis: Basis,
    /// Allowed for the month's work.
    pub gross_cents: Cents,
    /// Kept of gross; none when there was none.
    pub split_gross_bp: Option<i64>,
    /// Expected and unpaid.
    pub open_cents: Cents,
    /// What would be kept if that came in.
    pub kept_if_open_is_collected_cents: Cents,
}

impl Actuals {
    /// What a month was.
    ///
    /// # Errors
    /// `E_KIND` for a row that would count money twice in this mode, `E_RANGE` and `E_INTERVAL`
    /// for times that cannot be, each with its field.
    pub fn of(records: &Records) -> Result<Self, Error> {
        for (i, row) in records.ledger.iter().enumerate() {
            if records.mode == Mode::Owner && row.kind.counts_twice_for_owner() {
                let message = format!(
                    "an owner has no {}: what was collected is theirs already",
                    row.kind.as_str()
                );
                return Err(Error::new(Code::Kind, format!("ledger/{i}/kind"), message));
            }
        }
        let hours = HoursOfMonth::of(&records.month, &records.time, records.paid_admin_s)?;
        let month = &records.month;
        let of_ledger = |error: Error| error.within("ledger");
        let cash = basis(records, &hours, |row| month.holds(row.posted_on)).map_err(of_ledger)?;
        let is_known = |row: &Row| records.as_of.is_none_or(|day| row.posted_on <= day);
        let is_of_month = |row: &Row| month.holds(row.service_on.unwrap_or(row.posted_on));
        let basis = basis(records, &hours, |row| is_known(row) && is_of_month(row));
        let matched = matched(records, basis.map_err(of_ledger)?);
        Ok(Self { cash, matched: matched.map_err(|error| error.within("charges"))?, hours })
    }
}

fn basis(
    records: &Records,
    hours: &HoursOfMonth,
    counts: impl Fn(&Row) -> bool,
) -> Result<Basis, Error> {
    let sum = |role: RowRole| {
        let is_meant = |row: &&Row| row.kind.role() == role && counts(row);
        Cents::sum(records.ledger.iter().filter(is_meant).map(|row| row.cents))
    };
    let collected = sum(RowRole::Collected)?;
    let (pay, deductions) = (sum(RowRole::Pay)?, sum(RowRole::Deduction)?);
    let benefits = sum(RowRole::Benefit)?;
    let own = if records.mode == Mode::Owner { collected } else { Cents::ZERO };
    let net = own.plus(pay)?.plus(deductions)?;
    let tax = records.tax.added_cents(records.is_employee, net, records.year_net_before)?;
    let kept = net.plus(benefits)?.minus(tax)?;
    let hour = |cents| hour_bounds(cents, hours.total_s, hours.highest_s());
    Ok(Basis {
        collected_cents: collected,
        pay_cents: pay,
        deductions_cents: deductions,
        benefits_cents: benefits,
        excluded_cents: sum(RowRole::Excluded)?,
        net_cents: net,
        employment_tax_cents: tax,
        kept_cents: kept,
        split_net_bp: split_bp(net, collected)?,
        split_collected_bp: split_bp(kept, collected)?,
        effective_hour_net: hour(net)?,
        effective_hour: hour(kept)?,
    })
}

fn matched(records: &Records, basis: Basis) -> Result<Matched, Error> {
    let charges = || records.charges.iter().filter(|it| records.month.holds(it.service_on));
    let gross = Cents::sum(charges().map(|charge| charge.allowed))?;
    let open = Cents::sum(charges().map(|charge| charge.open))?;
    let kept = basis.kept_cents;
    Ok(Matched {
        gross_cents: gross,
        split_gross_bp: split_bp(kept, gross)?,
        open_cents: open,
        kept_if_open_is_collected_cents: kept.plus(open.scaled(records.open_keep_bp, 10_000)?)?,
        basis,
    })
}

/// A part of a whole in basis points; none where the whole is not above zero.
pub(crate) fn split_bp(part: Cents, whole: Cents) -> Result<Option<i64>, Error> {
    if whole <= Cents::ZERO {
        return Ok(None);
    }
    let points = div_round(i128::from(part.0) * 10_000, i128::from(whole.0))?;
    Ok(Some(Cents::try_from(points)?.0))
}
