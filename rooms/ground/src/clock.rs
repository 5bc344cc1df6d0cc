//! Two clocks: business time, which a demo or a test may move, and the wall clock.
//!
//! Business time decides what is due, late, open or expired in the life of a practice. The wall
//! clock is for TOTP, TLS, throttles, retries and the age of sign-ins: moving a demo to tomorrow
//! must not sign anybody out.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// Business time. Clones share what was set.
#[derive(Debug, Clone)]
pub struct Clock {
    /// The wall clock runs below it, or it stands until it is moved.
    runs: bool,
    /// Milliseconds: beyond the wall clock where it runs, since 1970 where it stands.
    ms: Arc<AtomicI64>,
}

impl Clock {
    /// The clock of a real house.
    pub fn running() -> Self {
        Self { runs: true, ms: Arc::default() }
    }

    /// A clock that stands at `now` until it is moved: for tests and while a demo is made.
    pub fn standing(now: Timestamp) -> Self {
        Self { runs: false, ms: Arc::new(AtomicI64::new(now.as_millisecond())) }
    }

    /// What time it is, to the millisecond.
    pub fn now(&self) -> Timestamp {
        let ms = self.ms.load(Ordering::Relaxed);
        let ms = if self.runs { wall().as_millisecond().saturating_add(ms) } else { ms };
        Timestamp::from_millisecond(ms).unwrap_or(Timestamp::MAX)
    }

    /// Moves a standing clock, or shifts a running one further from the wall clock.
    pub fn advance(&self, by: SignedDuration) {
        let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.ms.fetch_add(by, Ordering::Relaxed);
    }

    /// Sets how far a running clock is from the wall clock; a standing one is left alone.
    pub fn shift(&self, offset: SignedDuration) {
        if self.runs {
            let ms = i64::try_from(offset.as_millis()).unwrap_or(0);
            self.ms.store(ms, Ordering::Relaxed);
        }
    }
}

/// The wall clock.
#[allow(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
pub fn wall() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_clock_moves_only_when_it_is_moved() {
        let start: Timestamp = "2026-03-08T14:00:00Z".parse().unwrap();
        let clock = Clock::standing(start);
        let shared = clock.clone();

        clock.advance(SignedDuration::from_hours(24));
        shared.shift(SignedDuration::from_hours(1));

        assert_eq!(shared.now().to_string(), "2026-03-09T14:00:00Z");
    }

    #[test]
    fn a_running_clock_keeps_its_distance_from_the_wall() {
        let clock = Clock::running();
        clock.shift(SignedDuration::from_hours(-240));

        let before = wall();
        let now = clock.now();
        let after = wall();

        let day = SignedDuration::from_hours(240);
        let ms = SignedDuration::from_millis(1);
        assert!(before - day - ms <= now && now <= after - day);
    }
}
