//! One rounding for all money: to the nearest, halves away from zero, alike for both signs.

use crate::Error;

/// Divides and rounds to the nearest whole, halves away from zero: 25 ÷ 10 is 3, −25 ÷ 10 is −3.
///
/// Alike for both signs, so that a charge and its reversal cancel.
///
/// # Errors
/// [`Error::Divisor`] unless `divisor` is above zero; [`Error::Overflow`] when twice the number
/// does not fit 128 bits.
pub fn div_round(number: i128, divisor: i128) -> Result<i128, Error> {
    if divisor <= 0 {
        return Err(Error::Divisor);
    }
    let doubled = number.unsigned_abs().checked_mul(2).ok_or(Error::Overflow)?;
    let raised = doubled.checked_add(divisor.unsigned_abs()).ok_or(Error::Overflow)?;
    let twice = divisor.unsigned_abs().checked_mul(2).ok_or(Error::Overflow)?;
    let size = raised.checked_div(twice).ok_or(Error::Divisor)?;
    let size = i128::try_from(size).map_err(|_| Error::Overflow)?;
    if number < 0 { size.checked_neg().ok_or(Error::Overflow) } else { Ok(size) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_go_away_from_zero() {
        let cases = [
            (25, 10, 3),
            (-25, 10, -3),
            (24, 10, 2),
            (-24, 10, -2),
            (0, 7, 0),
            (1, 3, 0),
            (2, 3, 1),
            (-1, 2, -1),
        ];
        for (number, divisor, rounded) in cases {
            assert_eq!(div_round(number, divisor), Ok(rounded), "{number} / {divisor}");
        }
    }

    #[test]
    fn what_cannot_be_divided_is_said() {
        assert_eq!(div_round(1, 0), Err(Error::Divisor));
        assert_eq!(div_round(1, -1), Err(Error::Divisor));
        assert_eq!(div_round(i128::MAX, i128::MAX), Err(Error::Overflow));
        assert_eq!(div_round(i128::MIN, 1), Err(Error::Overflow));
    }

    proptest! {
        #[test]
        fn never_more_than_a_half_off_and_alike_for_both_signs(
            number in any::<i64>(),
            divisor in 1..=i64::MAX,
        ) {
            let (number, divisor) = (i128::from(number), i128::from(divisor));
            let rounded = div_round(number, divisor).unwrap();

            prop_assert!(2 * (rounded * divisor - number).abs() <= divisor);
            prop_assert_eq!(div_round(-number, divisor), Ok(-rounded));
        }
    }
}
