//! The one source of chance: SplitMix64 from a seed, so that draws are part of the result.

/// SplitMix64 (Steele, Lea, Flood, *Fast Splittable Pseudorandom Number Generators*, 2014).
#[derive(Debug, Clone)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// A generator that draws what this seed makes it draw, everywhere and always.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A real from 0 to 1, 1 excluded, of 53 bits.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
    pub fn uniform(&mut self) -> f64 {
        (self.draw() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// How many of `trials` succeed, each with probability `p`. Every trial uses its draw, even
    /// where `p` is 0 or 1: what one input does must not shift the chance of another.
    pub(crate) fn successes(&mut self, trials: u32, p: f64) -> u32 {
        let mut successes = 0;
        for _ in 0..trials {
            successes += u32::from(self.uniform() < p);
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

#[cfg(test)]
mod tests {
    use super::*;

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

        assert_eq!(certain.successes(10, 1.0), 10);
        doubtful.successes(10, 0.5);
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
}
