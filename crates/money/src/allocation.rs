//! Dividing an amount by the largest remainder (Hamilton's method), so that nothing is lost.

use std::cmp::Reverse;

use crate::{BasisPoints, Cents, Error};

/// Divides `whole` in proportion to `weights`; the parts add up to it to the cent.
///
/// Each part is its exact share cut to the cent below; odd cents go one each to the largest
/// remainders, of equals to the earlier. A negative whole is divided as its size is, with the
/// sign put back, so that taking back undoes giving.
///
/// # Errors
/// [`Error::Weights`] when a weight is negative or no weight is above zero.
pub fn allocate(whole: Cents, weights: &[i64]) -> Result<Vec<Cents>, Error> {
    let mut total = 0_u128;
    for &weight in weights {
        let weight = u128::try_from(weight).map_err(|_| Error::Weights)?;
        total = total.checked_add(weight).ok_or(Error::Overflow)?;
    }
    if total == 0 {
        return Err(Error::Weights);
    }
    let size = whole.0.unsigned_abs();
    let (mut parts, remainders) = cut(size, weights, total);

    // What the cuts left over is less than one cent for each part.
    let given = parts.iter().fold(0_u64, |sum, part| sum.saturating_add(*part));
    let odd_cents = usize::try_from(size.saturating_sub(given)).map_err(|_| Error::Overflow)?;
    if 0 < odd_cents {
        let mut by_remainder: Vec<usize> = (0..parts.len()).collect();
        by_remainder.sort_unstable_by_key(|&i| (Reverse(remainders[i]), i));
        for &i in by_remainder.iter().take(odd_cents) {
            parts[i] = parts[i].checked_add(1).ok_or(Error::Overflow)?;
        }
    }
    parts.into_iter().map(|part| signed(part, whole.is_negative())).collect()
}

/// The exact shares of `size`, each cut to the cent below, and what each cut left over.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "a product of two 63-bit sizes fits 128 bits, and `total` is above zero"
)]
fn cut(size: u64, weights: &[i64], total: u128) -> (Vec<u64>, Vec<u128>) {
    let cut_one = |&weight: &i64| {
        let exact = u128::from(size) * u128::from(weight.unsigned_abs());
        let part = exact / total;
        let part_in_64 = u64::try_from(part).expect("a share is no more than the whole");
        (part_in_64, exact - part * total)
    };
    weights.iter().map(cut_one).unzip()
}

fn signed(size: u64, is_negative: bool) -> Result<Cents, Error> {
    let size = i128::from(size);
    Cents::try_from(if is_negative { size.checked_neg().ok_or(Error::Overflow)? } else { size })
}

/// Divides `whole` by shares that make one whole.
///
/// # Errors
/// [`Error::Shares`] unless the shares add up to 10,000 basis points: an agreement that does not
/// add up is caught at signing.
pub fn divide(whole: Cents, shares: &[BasisPoints]) -> Result<Vec<Cents>, Error> {
    let sum = shares.iter().try_fold(0_u32, |sum, share| sum.checked_add(share.0));
    if sum != Some(BasisPoints::WHOLE.0) {
        return Err(Error::Shares);
    }
    let weights: Vec<i64> = shares.iter().map(|share| i64::from(share.0)).collect();
    allocate(whole, &weights)
}

/// One share of `whole`, as the first of two parts: the odd cent of a half is this share's.
///
/// # Errors
/// [`Error::OverWhole`] when the share is above the whole.
pub fn share_of(whole: Cents, share: BasisPoints) -> Result<Cents, Error> {
    let parts = divide(whole, &[share, share.rest()?])?;
    Ok(parts[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_cents_go_to_the_largest_remainders_and_of_equals_to_the_earlier() {
        let cases: [(i64, &[i64], &[i64]); 11] = [
            (10_000, &[1, 1, 1], &[3_334, 3_333, 3_333]),
            (-10_000, &[1, 1, 1], &[-3_334, -3_333, -3_333]),
            (1, &[5_000, 5_000], &[1, 0]),
            (100, &[1, 0, 2], &[33, 0, 67]),
            (0, &[3, 4], &[0, 0]),
            (7, &[9], &[7]),
            (i64::MIN, &[1], &[i64::MIN]),
            (i64::MAX, &[i64::MAX, i64::MAX], &[i64::MAX / 2 + 1, i64::MAX / 2]),
            (i64::MIN, &[i64::MAX, 0, i64::MAX], &[i64::MIN / 2, 0, i64::MIN / 2]),
            (i64::MIN, &[0, 0, i64::MAX], &[0, 0, i64::MIN]),
            (-5, &[1, 1, 1, 1], &[-2, -1, -1, -1]),
        ];
        for (whole, weights, parts) in cases {
            let parts: Vec<Cents> = parts.iter().copied().map(Cents).collect();
            assert_eq!(allocate(Cents(whole), weights), Ok(parts), "{whole} by {weights:?}");
        }
    }

    #[test]
    fn what_nobody_has_a_part_in_cannot_be_divided() {
        for weights in [&[][..], &[0, 0], &[3, -1], &[i64::MAX, i64::MIN]] {
            assert_eq!(allocate(Cents(100), weights), Err(Error::Weights), "{weights:?}");
        }
    }

    #[test]
    fn shares_that_do_not_make_a_whole_are_caught() {
        let shares = [BasisPoints(6_500), BasisPoints(3_499)];

        assert_eq!(divide(Cents(1), &shares), Err(Error::Shares));
        // Sums that would come round to a whole if they wrapped.
        let wraps = [BasisPoints(u32::MAX), BasisPoints(10_001)];
        assert_eq!(divide(Cents(1), &wraps), Err(Error::Shares));
        assert_eq!(divide(Cents(1), &[]), Err(Error::Shares));
        assert_eq!(share_of(Cents(1), BasisPoints(10_001)), Err(Error::OverWhole));
        assert_eq!(share_of(Cents(1), BasisPoints(5_000)), Ok(Cents(1)));
        assert_eq!(share_of(Cents(-19_213), BasisPoints(6_500)), Ok(Cents(-12_488)));
    }
}
