//! Divisions hold for any whole and any weights: nothing is lost, nobody is a cent off.
//!
//! A debug build tries 50,000 random divisions; ten million are tried by
//! `cargo test --release -p money`, which takes seconds.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

use money::{BasisPoints, Cents, allocate, divide};
use proptest::prelude::*;

const DIVISIONS: u32 = if cfg!(debug_assertions) { 50_000 } else { 10_000_000 };
const SEED: u64 = 20_260_301;

/// SplitMix64 (Steele, Lea, Flood 2014): a fixed seed repeats the same divisions everywhere.
struct Random(u64);

impl Random {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A whole of any size: most bit lengths come up equally often.
    fn whole(&mut self) -> i64 {
        let shift = self.draw() % 64;
        (self.draw() >> shift).cast_signed()
    }

    fn weights(&mut self) -> Vec<i64> {
        let count = 1 + self.draw() % 6;
        let mut weight = || {
            let shift = 1 + self.draw() % 63;
            (self.draw() >> shift).cast_signed()
        };
        (0..count).map(|_| weight()).collect()
    }
}

fn assert_fair(whole: i64, weights: &[i64]) {
    let total: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    if total == 0 {
        assert!(allocate(Cents(whole), weights).is_err(), "{whole} by {weights:?}");
        return;
    }
    let parts = allocate(Cents(whole), weights).unwrap();
    let sum: i128 = parts.iter().map(|part| i128::from(part.0)).sum();
    assert_eq!(sum, i128::from(whole), "{whole} by {weights:?}");

    for (part, &weight) in parts.iter().zip(weights) {
        // The products may pass 128 bits, their difference does not: wrapping is exact.
        let given = i128::from(part.0).wrapping_mul(total);
        let due = i128::from(whole).wrapping_mul(i128::from(weight));
        let off = given.wrapping_sub(due).abs();
        assert!(off < total, "{whole} by {weights:?}: {part} is a cent off or more");
        let is_toward_whole = part.0 == 0 || (part.0 < 0) == (whole < 0);
        assert!(is_toward_whole, "{whole} by {weights:?}: {part} has the wrong sign");
        assert!(weight != 0 || part.0 == 0, "{whole} by {weights:?}: no weight, no part");
    }
}

#[test]
fn millions_of_divisions_lose_nothing_and_nobody_is_a_cent_off() {
    let mut random = Random(SEED);
    for _ in 0..DIVISIONS {
        let whole = random.whole();
        let weights = random.weights();

        assert_fair(whole, &weights);
    }
}

proptest! {
    #[test]
    fn taking_back_undoes_giving(
        whole in -i64::MAX..=i64::MAX,
        weights in prop::collection::vec(0..=i64::MAX, 1..8),
    ) {
        prop_assume!(weights.iter().any(|&weight| 0 < weight));
        let given = allocate(Cents(whole), &weights).unwrap();
        let taken = allocate(Cents(-whole), &weights).unwrap();

        for (given, taken) in given.iter().zip(&taken) {
            prop_assert_eq!(given.plus(*taken), Ok(Cents::ZERO));
        }
    }

    #[test]
    fn a_larger_weight_never_gets_less(
        whole in 0..=i64::MAX,
        weights in prop::collection::vec(0..1_000_i64, 2..8),
    ) {
        prop_assume!(weights.iter().any(|&weight| 0 < weight));
        let parts = allocate(Cents(whole), &weights).unwrap();

        for (i, j) in (0..weights.len()).flat_map(|i| (0..weights.len()).map(move |j| (i, j))) {
            if weights[i] < weights[j] {
                prop_assert!(parts[i] <= parts[j]);
            }
        }
    }

    #[test]
    fn two_shares_are_within_a_cent(whole in any::<i64>(), cut in 0..=10_000_u32) {
        let shares = [BasisPoints(cut), BasisPoints(10_000 - cut)];
        let parts = divide(Cents(whole), &shares).unwrap();

        prop_assert_eq!(parts[0].plus(parts[1]), Ok(Cents(whole)));
        let off = i128::from(parts[0].0) * 10_000 - i128::from(whole) * i128::from(cut);
        prop_assert!(off.abs() < 10_000);
    }
}
