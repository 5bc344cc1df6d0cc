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
    if weights.iter().any(|&weight| weight < 0) {
        return Err(Error::Weights);
    }
    let total: u128 = weights.iter().map(|&weight| u128::from(weight.unsigned_abs())).sum();
    if total == 0 {
        return Err(Error::Weights);
    }
    let size = u128::from(whole.0.unsigned_abs());
    let exact = |i: usize| size * u128::from(weights[i].unsigned_abs());

    let mut parts: Vec<u128> = (0..weights.len()).map(|i| exact(i) / total).collect();
    let odd_cents = size - parts.iter().sum::<u128>();

    if 0 < odd_cents {
        let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
        by_remainder.sort_by_key(|&i| Reverse(exact(i) % total));
        for (&i, _) in by_remainder.iter().zip(0..odd_cents) {
            parts[i] += 1;
        }
    }
    let signed = |part: u128| {
        let part = i128::try_from(part).map_err(|_| Error::Overflow)?;
        Cents::try_from(if whole.is_negative() { -part } else { part })
    };
    parts.into_iter().map(signed).collect()
}

/// Divides `whole` by shares that make one whole.
///
/// # Errors
/// [`Error::Shares`] unless the shares add up to 10,000 basis points: an agreement that does not
/// add up is caught at signing.
pub fn divide(whole: Cents, shares: &[BasisPoints]) -> Result<Vec<Cents>, Error> {
    let sum: u64 = shares.iter().map(|share| u64::from(share.0)).sum();
    if sum != u64::from(BasisPoints::WHOLE.0) {
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
        let cases: [(i64, &[i64], &[i64]); 8] = [
            (10_000, &[1, 1, 1], &[3_334, 3_333, 3_333]),
            (-10_000, &[1, 1, 1], &[-3_334, -3_333, -3_333]),
            (1, &[5_000, 5_000], &[1, 0]),
            (100, &[1, 0, 2], &[33, 0, 67]),
            (0, &[3, 4], &[0, 0]),
            (7, &[9], &[7]),
            (i64::MIN, &[1], &[i64::MIN]),
            (i64::MAX, &[i64::MAX, i64::MAX], &[i64::MAX / 2 + 1, i64::MAX / 2]),
        ];
        for (whole, weights, parts) in cases {
            let parts: Vec<Cents> = parts.iter().copied().map(Cents).collect();
            assert_eq!(allocate(Cents(whole), weights), Ok(parts), "{whole} by {weights:?}");
        }
    }

    #[test]
    fn what_nobody_has_a_part_in_cannot_be_divided() {
        for weights in [&[][..], &[0, 0], &[3, -1]] {
            assert_eq!(allocate(Cents(100), weights), Err(Error::Weights), "{weights:?}");
        }
    }

    #[test]
    fn shares_that_do_not_make_a_whole_are_caught() {
        let shares = [BasisPoints(6_500), BasisPoints(3_499)];

        assert_eq!(divide(Cents(1), &shares), Err(Error::Shares));
        assert_eq!(share_of(Cents(1), BasisPoints(10_001)), Err(Error::OverWhole));
        assert_eq!(share_of(Cents(1), BasisPoints(5_000)), Ok(Cents(1)));
        assert_eq!(share_of(Cents(-19_213), BasisPoints(6_500)), Ok(Cents(-12_488)));
    }
}
