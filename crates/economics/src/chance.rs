//! The one source of chance: SplitMix64 from a seed, so that draws are part of the result.

/// SplitMix64 (Steele, Lea, Flood, *Fast Splittable Pseudorandom Number Generators*, 2014).
#[derive(Debug, Clone)]
pub struct SplitMix64(u64);

/// What the state moves by from draw to draw: the golden ratio of 2^64, odd.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
/// The bits of a uniform draw: what a double holds exactly.
const BITS: u32 = 53;

impl SplitMix64 {
    /// A generator that draws what this seed makes it draw, everywhere and always.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// The 53 bits of the next uniform draw, as a whole number.
    pub(crate) fn bits(&mut self) -> u64 {
        self.draw() >> (u64::BITS - BITS)
    }

    /// A real from 0 to 1, 1 excluded, of 53 bits.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
    pub fn uniform(&mut self) -> f64 {
        self.bits() as f64 / (1_u64 << BITS) as f64
    }

    /// How many of `trials` succeed. Every trial uses its draw, even where nothing is in doubt:
    /// what one input does must not shift the chance of another.
    pub(crate) fn successes(&mut self, trials: u32, chance: Chance) -> u32 {
        if chance.is_certain() {
            // The state moves by the same step with each draw: so many draws are one step.
            self.0 = self.0.wrapping_add(STEP.wrapping_mul(u64::from(trials)));
            return if chance == Chance::NONE { 0 } else { trials };
        }
        let mut successes = 0;
        for _ in 0..trials {
            successes += u32::from(chance.is_met_by(self.bits()));
        }
        successes
    }

    /// How many of a Poisson kind, by sequential inversion of one draw.
    pub(crate) fn poisson(&mut self, mean: f64) -> u32 {
        let u = self.uniform();
        let mut count = 0;
        let mut term = (-mean).exp();
        let mut below = term;
        // Terms too small to move the sum end the search: rounding can leave it short of `u`.
        while below <= u && (f64::from(count) < mean || f64::EPSILON * below < term) {
            count += 1;
            term *= mean / f64::from(count);
            below += term;
        }
        count
    }

    /// A triangular draw by inversion.
    pub(crate) fn triangular(&mut self, low: f64, mode: f64, high: f64) -> f64 {
        let u = self.uniform();
        if low == high {
            return mode;
        }
        let cut = (mode - low) / (high - low);
        if u < cut {
            low + (u * (high - low) * (mode - low)).sqrt()
        } else {
            high - ((1.0 - u) * (high - low) * (high - mode)).sqrt()
        }
    }
}

/// A probability as the number of uniform draws, of the 2^53 that there are, which lie below it.
///
/// `u < p` asks whether `bits · 2^-53 < p`. Times 2^53, which is exact for a double, that is
/// `bits < p · 2^53`, and of whole numbers the ones below a real are those below its ceiling: so a
/// trial is one comparison of integers, with the same outcome to the last bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) const NONE: Self = Self(0);
    const SURE: Self = Self(1 << BITS);

    /// The chance of a probability; below 0 it is 0, above 1 it is 1.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "whole, and clamped to what 53 bits count"
    )]
    pub(crate) fn of(p: f64) -> Self {
        let whole = Self::SURE.0 as f64;
        Self((p * whole).ceil().clamp(0.0, whole) as u64)
    }

    /// Whether a draw of 53 bits lies below.
    pub(crate) fn is_met_by(self, bits: u64) -> bool {
        bits < self.0
    }

    fn is_certain(self) -> bool {
        self == Self::NONE || self == Self::SURE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn poisson_draws_have_the_mean_and_the_spread_of_their_kind() {
        let mut random = SplitMix64::new(1);
        let draws: Vec<f64> = (0..20_000).map(|_| f64::from(random.poisson(3.4))).collect();
        let mean = draws.iter().sum::<f64>() / 20_000.0;
        let spread = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / 20_000.0;

        assert!((mean - 3.4).abs() < 0.05, "{mean}");
        assert!((spread - 3.4).abs() < 0.15, "{spread}");
    }

    #[test]
    fn a_trial_uses_its_draw_even_where_nothing_is_in_doubt() {
        let mut certain = SplitMix64::new(7);
        let mut doubtful = SplitMix64::new(7);

        assert_eq!(certain.successes(10, Chance::of(1.0)), 10);
        doubtful.successes(10, Chance::of(0.5));
        assert_eq!(certain.draw(), doubtful.draw());
        assert_eq!(certain.successes(10, Chance::of(0.0)), 0);
        doubtful.successes(10, Chance::of(0.5));
        assert_eq!(certain.draw(), doubtful.draw());
    }

    #[test]
    fn a_triangle_without_width_is_its_mode_and_still_draws() {
        let mut flat = SplitMix64::new(9);
        let mut other = SplitMix64::new(9);

        assert_eq!(flat.triangular(3.0, 3.0, 3.0), 3.0);
        other.triangular(1.0, 2.0, 3.0);
        assert_eq!(flat.draw(), other.draw());
    }

    proptest! {
        #[test]
        fn a_chance_is_met_by_exactly_the_draws_below_its_probability(
            p in prop_oneof![0.0..1.0_f64, Just(0.0), Just(1.0), 0.0..1e-15_f64, 0.9999..1.0_f64],
            seed in any::<u64>(),
            near in -2..=2_i64,
        ) {
            #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
            let is_below = |bits: u64| (bits as f64 / (1_u64 << BITS) as f64) < p;
            let chance = Chance::of(p);
            let last = (1 << BITS) - 1;

            let drawn = SplitMix64::new(seed).bits();
            let beside = chance.0.saturating_add_signed(near).min(last);
            for bits in [drawn, beside, 0, last] {
                prop_assert_eq!(chance.is_met_by(bits), is_below(bits), "{} of {}", bits, p);
            }
        }

        #[test]
        fn trials_count_as_one_by_one(p in 0.0..=1.0_f64, trials in 0..100_u32, seed in any::<u64>()) {
            let (mut random, mut one_by_one) = (SplitMix64::new(seed), SplitMix64::new(seed));
            let counted = (0..trials).filter(|_| one_by_one.uniform() < p).count();

            prop_assert_eq!(random.successes(trials, Chance::of(p)) as usize, counted);
            prop_assert_eq!(random.draw(), one_by_one.draw());
        }
    }
}
