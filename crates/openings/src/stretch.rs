//! Stretches of time, half-open: what ends at ten does not meet what starts at ten.

use crate::zone::Instant;

/// From an instant on, until just before another. Empty where it does not end later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    /// The first instant.
    pub from: Instant,
    /// The first instant that is no longer in it.
    pub to: Instant,
}

impl Stretch {
    pub(crate) fn is_empty(self) -> bool {
        self.to <= self.from
    }

    pub(crate) fn holds(self, instant: Instant) -> bool {
        self.from <= instant && instant < self.to
    }
}

/// Stretches in order, of which no two touch.
#[derive(Debug, Default)]
pub(crate) struct Stretches(Vec<Stretch>);

impl Stretches {
    /// Joins what touches or overlaps, and drops what is empty.
    pub fn joined(stretches: impl IntoIterator<Item = Stretch>) -> Self {
        let mut sorted: Vec<Stretch> =
            stretches.into_iter().filter(|stretch| !stretch.is_empty()).collect();
        sorted.sort_unstable();
        let mut joined: Vec<Stretch> = Vec::with_capacity(sorted.len());
        for stretch in sorted {
            match joined.last_mut() {
                Some(last) if stretch.from <= last.to => last.to = last.to.max(stretch.to),
                _ => joined.push(stretch),
            }
        }
        Self(joined)
    }

    /// One of them holds the instant.
    pub fn hold(&self, instant: Instant) -> bool {
        self.around(instant).is_some()
    }

    /// One of them holds the whole of `stretch`, which is not empty.
    pub fn cover(&self, stretch: Stretch) -> bool {
        self.around(stretch.from).is_some_and(|around| stretch.to <= around.to)
    }

    /// In order.
    pub fn as_slice(&self) -> &[Stretch] {
        &self.0
    }

    fn around(&self, instant: Instant) -> Option<Stretch> {
        let later = self.0.partition_point(|stretch| stretch.from <= instant);
        self.0[..later].last().copied().filter(|stretch| stretch.holds(instant))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(from: i64, to: i64) -> Stretch {
        Stretch { from: Instant(from), to: Instant(to) }
    }

    #[test]
    fn what_touches_is_joined_and_what_is_empty_is_nothing() {
        let joined = Stretches::joined([
            stretch(30, 40),
            stretch(0, 10),
            stretch(10, 20),
            stretch(5, 7),
            stretch(25, 25),
            stretch(60, 50),
        ]);
        assert_eq!(joined.as_slice(), [stretch(0, 20), stretch(30, 40)]);
        assert!(joined.cover(stretch(5, 20)));
        assert!(!joined.cover(stretch(15, 31)));
        assert!(joined.hold(Instant(19)));
        assert!(!joined.hold(Instant(20)));
    }
}
