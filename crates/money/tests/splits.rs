//! Divisions hold for any whole and any weights: nothing is lost, nobody is a cent off.
//!
//! Ten million random divisions run in every test run: this crate is compiled with optimization in
//! the dev profile too (root `Cargo.toml`), and keeps its overflow checks there.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

use money::{BasisPoints, CENTS_LIMIT, Cents, Error, allocate, divide};
use proptest::prelude::*;

const DIVISIONS: u32 = 10_000_000;
const SEED: u64 = 20_260_301;
/// Most weights of one random division.
const WEIGHTS_MAX: usize = 6;

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

    fn below(&mut self, end: u64) -> u64 {
        self.draw() % end
    }

    /// A number of any size: each bit length up to `bits` comes up about equally often.
    fn of_any_size(&mut self, bits: u64) -> u64 {
        let shift = 64 - bits + self.below(bits);
        self.draw() >> shift
    }

    /// Half of the wholes are amounts of a practice, up to the limit of what can be posted; the
    /// others are anything that 64 bits hold.
    fn whole(&mut self) -> i64 {
        let limit = CENTS_LIMIT.unsigned_abs();
        let size = match self.below(8) {
            0 => self.below(100),
            1..=3 => self.below(limit + 1),
            _ => self.of_any_size(63),
        };
        let size = size.cast_signed();
        match self.below(64) {
            0 => i64::MIN,
            at if at.is_multiple_of(2) => -size,
            _ => size,
        }
    }

    /// Weights as agreements have them, alike, tiny with zeros, huge, and of any size.
    fn weights(&mut self, weights: &mut [i64; WEIGHTS_MAX]) -> usize {
        let count = 1 + usize::try_from(self.below(6)).unwrap();
        let kind = self.below(5);
        let alike = self.of_any_size(63).cast_signed();
        for weight in &mut weights[..count] {
            *weight = match kind {
                0 => alike,
                1 => self.below(4).cast_signed(),
                2 => self.below(10_001).cast_signed(),
                3 => i64::MAX - self.below(3).cast_signed(),
                _ => self.of_any_size(63).cast_signed(),
            };
        }
        count
    }
}

/// What came up, so that a run which tried too little of something fails.
#[derive(Debug, Default)]
struct Tried {
    nothing_to_divide_by: u32,
    with_a_zero: u32,
    tied: u32,
    beyond_64_bits: u32,
    negative: u32,
}

/// The promises of a division, each by sums that know nothing of how it was made.
fn assert_fair(whole: i64, weights: &[i64], tried: &mut Tried) {
    let total: u128 = weights.iter().map(|&weight| u128::from(weight.unsigned_abs())).sum();
    if total == 0 {
        tried.nothing_to_divide_by += 1;
        assert_eq!(allocate(Cents(whole), weights), Err(Error::Weights));
        return;
    }
    let parts = allocate(Cents(whole), weights).unwrap();
    assert_eq!(parts.len(), weights.len());
    let sum: i128 = parts.iter().map(|part| i128::from(part.0)).sum();
    assert_eq!(sum, i128::from(whole), "{whole} by {weights:?}: something is lost");

    // What is left of each exact share after its whole cents, and who got a cent for it.
    let (mut least_paid, mut most_unpaid): (Option<Claim>, Option<Claim>) = (None, None);
    for (at, (part, &weight)) in parts.iter().zip(weights).enumerate() {
        let is_toward_whole = part.0 == 0 || (part.0 < 0) == (whole < 0);
        assert!(is_toward_whole, "{whole} by {weights:?}: {part} has the wrong sign");
        let exact = u128::from(whole.unsigned_abs()) * u128::from(weight.unsigned_abs());
        let given = u128::from(part.0.unsigned_abs()) * total;
        // A cent is `total` of these units: a part is its share cut, or that and one cent more.
        let (remainder, has_a_cent) = match exact.checked_sub(given) {
            Some(left) => (left, false),
            None => (total - (given - exact), true),
        };
        assert!(remainder < total, "{whole} by {weights:?}: {part} is a cent off or more");
        assert!(weight != 0 || part.0 == 0, "{whole} by {weights:?}: no weight, no part");
        let claim = (remainder, std::cmp::Reverse(at));
        if has_a_cent {
            least_paid = Some(least_paid.map_or(claim, |least| least.min(claim)));
        } else {
            most_unpaid = Some(most_unpaid.map_or(claim, |most| most.max(claim)));
        }
    }
    if let (Some(paid), Some(unpaid)) = (least_paid, most_unpaid) {
        assert!(unpaid < paid, "{whole} by {weights:?}: an odd cent went to the wrong one");
        tried.tied += u32::from(paid.0 == unpaid.0);
    }

    if let Some(back) = whole.checked_neg() {
        let back = allocate(Cents(back), weights).unwrap();
        let undoes = parts.iter().zip(&back).all(|(part, back)| part.0 == -back.0);
        assert!(undoes, "{whole} by {weights:?}: taking back does not undo giving");
    }
    tried.with_a_zero += u32::from(weights.contains(&0));
    tried.beyond_64_bits += u32::from(u128::from(u64::MAX) < total);
    tried.negative += u32::from(whole < 0);
}

/// A claim to an odd cent: the larger remainder first and, of equals, the earlier.
type Claim = (u128, std::cmp::Reverse<usize>);

#[test]
fn ten_million_divisions_lose_nothing_and_nobody_is_a_cent_off() {
    let mut random = Random(SEED);
    let (mut weights, mut tried) = ([0; WEIGHTS_MAX], Tried::default());
    for _ in 0..DIVISIONS {
        let whole = random.whole();
        let count = random.weights(&mut weights);

        assert_fair(whole, &weights[..count], &mut tried);
    }

    let counts = [tried.with_a_zero, tried.tied, tried.beyond_64_bits, tried.negative];
    assert!(counts.into_iter().all(|count| DIVISIONS / 20 < count), "{tried:?}");
    assert!(1_000 < tried.nothing_to_divide_by, "{tried:?}");
}

#[test]
fn weights_at_the_edge_of_64_bits_and_very_many_of_them_divide_without_wrapping() {
    let mut tried = Tried::default();
    for whole in [i64::MIN, -CENTS_LIMIT, -1, 0, 1, CENTS_LIMIT, i64::MAX] {
        for many in [1, 2, 3, 1_000, 10_007] {
            assert_fair(whole, &vec![i64::MAX; many], &mut tried);
            assert_fair(whole, &vec![1; many], &mut tried);
        }
        assert_fair(whole, &[i64::MAX, 1], &mut tried);
        assert_fair(whole, &[1, i64::MAX, 0, i64::MAX - 1], &mut tried);
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
