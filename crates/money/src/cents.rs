//! An amount in whole cents, with sums that say when they do not fit.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Error, div_round};

/// Amounts at a door stay below this size, in cents: ten billion dollars. What is larger is a
/// slip of the finger, and sums of such amounts could not overflow in a human life.
pub const CENTS_LIMIT: i64 = 1_000_000_000_000;

/// An amount of US dollars in whole cents; negative is toward the other side.
///
/// There is no `+`: [`Cents::plus`] says when a sum does not fit.
#[derive(
    Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Cents(pub i64);

impl Cents {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The sum of two amounts.
    ///
    /// # Errors
    /// [`Error::Overflow`] when it does not fit.
    pub fn plus(self, other: Self) -> Result<Self, Error> {
        self.0.checked_add(other.0).map(Self).ok_or(Error::Overflow)
    }

    /// What is left when `other` is taken off.
    ///
    /// # Errors
    /// [`Error::Overflow`] when it does not fit.
    pub fn minus(self, other: Self) -> Result<Self, Error> {
        self.0.checked_sub(other.0).map(Self).ok_or(Error::Overflow)
    }

    /// The amount `count` times.
    ///
    /// # Errors
    /// [`Error::Overflow`] when it does not fit.
    pub fn times(self, count: i64) -> Result<Self, Error> {
        self.0.checked_mul(count).map(Self).ok_or(Error::Overflow)
    }

    /// The same amount toward the other side.
    ///
    /// # Errors
    /// [`Error::Overflow`] for the one amount that has no counterpart.
    pub fn negated(self) -> Result<Self, Error> {
        self.0.checked_neg().map(Self).ok_or(Error::Overflow)
    }

    /// The amount times `numerator` ÷ `denominator`, rounded once, halves away from zero:
    /// minutes of an hourly price, days of a monthly one.
    ///
    /// # Errors
    /// [`Error::Divisor`] unless `denominator` is above zero; [`Error::Overflow`] when the result
    /// does not fit.
    pub fn scaled(self, numerator: i64, denominator: i64) -> Result<Self, Error> {
        let exact = i128::from(self.0).checked_mul(i128::from(numerator)).ok_or(Error::Overflow)?;
        Self::try_from(div_round(exact, i128::from(denominator))?)
    }

    /// The sum of many amounts.
    ///
    /// # Errors
    /// [`Error::Overflow`] when the sum does not fit; it does not matter in which order.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, Error> {
        let mut sum = 0_i128;
        for amount in amounts {
            sum = sum.checked_add(i128::from(amount.0)).ok_or(Error::Overflow)?;
        }
        Self::try_from(sum)
    }

    /// True below zero.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }
}

impl TryFrom<i128> for Cents {
    type Error = Error;

    fn try_from(cents: i128) -> Result<Self, Error> {
        i64::try_from(cents).map(Self).map_err(|_| Error::Overflow)
    }
}

impl fmt::Display for Cents {
    /// For machines: dollars with two decimals and no separators, as `-12.05`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", size / 100, size % 100)
    }
}

impl FromStr for Cents {
    type Err = Error;

    /// Reads what [`Display`](fmt::Display) writes, and whole dollars or one decimal too. Three
    /// decimals, separators, signs other than `-`, and blanks are refused, never rounded away.
    fn from_str(text: &str) -> Result<Self, Error> {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (dollars, decimals) = digits.split_once('.').unwrap_or((digits, "00"));
        let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_legible = !dollars.is_empty()
            && matches!(decimals.len(), 1 | 2)
            && are_digits(dollars)
            && are_digits(decimals);
        if !is_legible {
            return Err(Error::NotAnAmount);
        }
        let tail = if decimals.len() == 1 { "0" } else { "" };
        read_digits([dollars, decimals, tail], is_negative)
    }
}

/// The number that these digits make, one part after another.
fn read_digits(parts: [&str; 3], is_negative: bool) -> Result<Cents, Error> {
    let mut size = 0_i128;
    for digit in parts.into_iter().flat_map(str::bytes) {
        let digit = i128::from(digit.saturating_sub(b'0'));
        size = size.checked_mul(10).and_then(|it| it.checked_add(digit)).ok_or(Error::Overflow)?;
    }
    Cents::try_from(if is_negative { size.checked_neg().ok_or(Error::Overflow)? } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sum_that_does_not_fit_is_said() {
        let (most, least) = (Cents(i64::MAX), Cents(i64::MIN));

        assert_eq!(most.plus(Cents(1)), Err(Error::Overflow));
        assert_eq!(least.minus(Cents(1)), Err(Error::Overflow));
        assert_eq!(least.negated(), Err(Error::Overflow));
        assert_eq!(most.times(2), Err(Error::Overflow));
        assert_eq!(most.scaled(3, 2), Err(Error::Overflow));
        assert_eq!(Cents::sum([most, Cents(1), least]), Ok(Cents(0)));
        assert_eq!(Cents::sum([most, most]), Err(Error::Overflow));
    }

    #[test]
    fn an_amount_is_written_for_machines() {
        let cases = [
            (0, "0.00"),
            (-5, "-0.05"),
            (123_456, "1234.56"),
            (i64::MIN, "-92233720368547758.08"),
            (i64::MAX, "92233720368547758.07"),
        ];
        for (cents, text) in cases {
            assert_eq!(Cents(cents).to_string(), text);
            assert_eq!(text.parse(), Ok(Cents(cents)));
        }
    }

    #[test]
    fn three_decimals_are_refused_and_not_rounded_away() {
        for text in ["1.005", "", "-", ".50", "1.", "1,000.00", "+1", " 1", "1e3", "--1", "1.-5"] {
            assert_eq!(text.parse::<Cents>(), Err(Error::NotAnAmount), "{text:?}");
        }
        assert_eq!("12.5".parse(), Ok(Cents(1_250)));
        assert_eq!("0012".parse(), Ok(Cents(1_200)));
        assert_eq!("92233720368547758.08".parse::<Cents>(), Err(Error::Overflow));
        assert_eq!("99999999999999999999999".parse::<Cents>(), Err(Error::Overflow));
    }

    #[test]
    fn no_float_comes_in() {
        assert_eq!(serde_json::from_str::<Cents>("-1205").unwrap(), Cents(-1_205));
        for text in ["12.05", "12.0", "1e3", "\"12\"", "null", "9223372036854775808"] {
            assert!(serde_json::from_str::<Cents>(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(cents in any::<i64>()) {
            prop_assert_eq!(Cents(cents).to_string().parse(), Ok(Cents(cents)));
        }

        #[test]
        fn checked_sums_are_true_or_say_that_they_do_not_fit(a in any::<i64>(), b in any::<i64>()) {
            let exact = i128::from(a) + i128::from(b);

            prop_assert_eq!(Cents(a).plus(Cents(b)), Cents::try_from(exact));
            prop_assert_eq!(Cents::sum([Cents(a), Cents(b)]), Cents::try_from(exact));
        }
    }
}
