//! Exact numbers: money in cents, quantities in thousandths. No float ever holds either.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

/// The largest amount that is read or written, either way from zero: $999,999,999.99.
///
/// HIPAA allows ten characters in element 782 (X12 005010X221A1, §1.3 "decimal data"); payers'
/// totals run longer. At this limit no sum over a file within [`crate::limits`] can overflow.
pub const AMOUNT_MAX: Cents = Cents(99_999_999_999);

/// The largest quantity that is read or written, either way from zero: 999,999,999.999.
pub const QUANTITY_MAX: Milli = Milli(999_999_999_999);

/// An amount of US dollars in whole cents; negative takes money back.
///
/// Adding and subtracting stop at the ends of `i64` instead of wrapping; amounts that were read
/// are within [`AMOUNT_MAX`], so their sums never get there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cents(pub i64);

impl Cents {
    /// No money.
    pub const ZERO: Cents = Cents(0);

    /// The distance from zero.
    pub fn abs(self) -> Cents {
        Cents(self.0.saturating_abs())
    }

    /// As X12 writes it: no needless zeros, no plus sign, `0` for nothing (`98.4`, `-2.5`, `175`).
    pub fn to_x12(self) -> String {
        decimal(self.0, 2)
    }
}

impl fmt::Display for Cents {
    /// As people read it: always two decimals (`98.40`, `-2.50`).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", cents / 100, cents % 100)
    }
}

impl fmt::Debug for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Add for Cents {
    type Output = Cents;
    fn add(self, other: Cents) -> Cents {
        Cents(self.0.saturating_add(other.0))
    }
}

impl Sub for Cents {
    type Output = Cents;
    fn sub(self, other: Cents) -> Cents {
        Cents(self.0.saturating_sub(other.0))
    }
}

impl Neg for Cents {
    type Output = Cents;
    fn neg(self) -> Cents {
        Cents(self.0.saturating_neg())
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Cents>>(amounts: I) -> Cents {
        amounts.fold(Cents::ZERO, Add::add)
    }
}

/// A quantity in thousandths: `Milli(1_500)` is one and a half units.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Milli(pub i64);

impl Milli {
    /// One whole unit.
    pub const ONE: Milli = Milli(1_000);

    /// `units` whole ones.
    pub fn whole(units: u32) -> Milli {
        Milli(i64::from(units) * 1_000)
    }

    /// As X12 writes it: no needless zeros (`1`, `1.5`).
    pub fn to_x12(self) -> String {
        decimal(self.0, 3)
    }
}

impl fmt::Display for Milli {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_x12())
    }
}

impl fmt::Debug for Milli {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Reads a decimal (data type R) as a whole number of `10^-places`.
///
/// Forgives a plus sign, leading and trailing zeros, `.5`, `5.` and `-0`. `None` for anything
/// else, for a digit beyond `places` that is not zero, and for more than 18 digits.
pub(crate) fn parse_decimal(text: &str, places: usize) -> Option<i64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let dot = digits.iter().position(|&b| b == b'.').unwrap_or(digits.len());
    let (whole, fraction) = (&digits[..dot], digits.get(dot + 1..).unwrap_or_default());
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    if !whole.iter().chain(fraction).all(u8::is_ascii_digit) {
        return None;
    }
    if fraction.iter().skip(places).any(|&b| b != b'0') {
        return None;
    }
    let padded = fraction.iter().copied().chain(std::iter::repeat(b'0')).take(places);
    let mut value: i64 = 0;
    for digit in whole.iter().copied().chain(padded) {
        value = value.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?;
    }
    Some(if negative { -value } else { value })
}

/// Writes a whole number of `10^-places` without needless zeros.
fn decimal(value: i64, places: u32) -> String {
    let one = 10_u64.pow(places);
    let (whole, fraction) = (value.unsigned_abs() / one, value.unsigned_abs() % one);
    let sign = if value < 0 { "-" } else { "" };
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let fraction = format!("{fraction:0width$}", width = places as usize);
    let fraction = fraction.trim_end_matches('0');
    if whole == 0 { format!("{sign}0.{fraction}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn money_is_read_forgivingly_and_never_rounded() {
        let cases = [
            ("98.4", Some(9840)),
            ("0098.40", Some(9840)),
            ("541.00", Some(54_100)),
            (".5", Some(50)),
            ("5.", Some(500)),
            ("-0", Some(0)),
            ("-.01", Some(-1)),
            ("+3", Some(300)),
            ("1.230", Some(123)),
            ("1.239", None),
            ("", None),
            (".", None),
            ("-", None),
            ("18S", None),
            ("1,000", None),
            ("1e3", None),
            ("--1", None),
            ("99999999999999999999", None),
        ];
        for (text, cents) in cases {
            assert_eq!(parse_decimal(text, 2), cents, "{text}");
        }
    }

    #[test]
    fn money_is_written_in_the_shortest_form() {
        let cases = [
            (0, "0", "0.00"),
            (5, "0.05", "0.05"),
            (9840, "98.4", "98.40"),
            (-250, "-2.5", "-2.50"),
            (17_500, "175", "175.00"),
        ];
        for (cents, x12, people) in cases {
            assert_eq!(
                (Cents(cents).to_x12().as_str(), Cents(cents).to_string().as_str()),
                (x12, people)
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(cents in any::<i32>(), milli in any::<i32>()) {
            let (cents, milli) = (i64::from(cents), i64::from(milli));
            prop_assert_eq!(parse_decimal(&Cents(cents).to_x12(), 2), Some(cents));
            prop_assert_eq!(parse_decimal(&Milli(milli).to_x12(), 3), Some(milli));
        }
    }
}
