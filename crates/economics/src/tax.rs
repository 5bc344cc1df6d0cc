//! The employment-tax difference: the half of self-employment tax that an employer would pay.
//!
//! Who works for themselves pays both halves of payroll tax (26 U.S.C. §1401). Taking *half* of
//! it off puts them beside an employee, who pays the other half of their own; taking off all of
//! it would be 7.65 points too much. Income tax and the deduction of that half are not in it.

use money::{Cents, div_round};

use crate::Error;
use crate::scenario::Tax;

impl Tax {
    /// The rates of a year; a year whose base is not known is like the nearest that is.
    pub fn of_year(year: i16) -> Self {
        // SSA, October 2024: $176,100 in 2025.
        let of_2025 = Self { ss_base_cents: 17_610_000.0, ..Self::default() };
        if year <= 2025 { of_2025 } else { Self::default() }
    }

    /// Half of self-employment tax on a year's net so far, in real cents, for projections.
    pub(crate) fn half(&self, net_cents: f64) -> f64 {
        let base = net_cents.max(0.0) * self.net_bp / 10_000.0;
        if base < self.floor_cents {
            return 0.0;
        }
        let social_security = base.min(self.ss_base_cents) * self.ss_bp;
        0.5 * (social_security + base * self.medicare_bp) / 10_000.0
    }

    /// Half of self-employment tax on a year's net so far, in whole cents, for actuals. Each
    /// part is rounded, then the half of their sum, as the return does it.
    pub(crate) fn half_cents(&self, net: Cents) -> Result<Cents, Error> {
        let of = |cents: i128, points: f64| div_round(cents * i128::from(whole(points)), 10_000);
        let base = of(i128::from(net.0.max(0)), self.net_bp)?;
        if base < i128::from(whole(self.floor_cents)) {
            return Ok(Cents::ZERO);
        }
        let capped = base.min(i128::from(whole(self.ss_base_cents)));
        let both = of(capped, self.ss_bp)? + of(base, self.medicare_bp)?;
        Ok(Cents::try_from(div_round(both, 2)?)?)
    }

    /// What the net of a month adds to the half of a year; an employee's employer pays it.
    pub(crate) fn added_cents(
        &self,
        is_employee: bool,
        net: Cents,
        year_before: Cents,
    ) -> Result<Cents, Error> {
        if is_employee {
            return Ok(Cents::ZERO);
        }
        let after = self.half_cents(year_before.plus(net)?)?;
        Ok(after.minus(self.half_cents(year_before)?)?)
    }

    /// The same in real cents.
    pub(crate) fn added(&self, is_employee: bool, net_cents: f64, year_before_cents: f64) -> f64 {
        if is_employee {
            return 0.0;
        }
        self.half(year_before_cents + net_cents) - self.half(year_before_cents)
    }
}

/// The rates are whole numbers at the door of actuals.
#[expect(clippy::cast_possible_truncation, reason = "rates and bases within 10^12")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}
