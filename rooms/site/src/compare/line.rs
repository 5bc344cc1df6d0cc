//! A line for work that anybody may ask for: so many are served at a time, so many may wait, and
//! whoever comes beyond them is told when to come again.

use ground::web;
use tokio::sync::{Semaphore, SemaphorePermit};

/// A line, and its end.
pub(super) struct Line {
    places: Semaphore,
    served: Semaphore,
}

/// A turn, and the place that it holds.
pub(super) struct Turn<'a> {
    _place: SemaphorePermit<'a>,
    _served: SemaphorePermit<'a>,
}

impl Turn<'_> {
    /// Does the work and ends the turn: not before, also when nobody waits for the answer any more.
    pub(super) fn with<T>(self, work: impl FnOnce() -> T) -> T {
        work()
    }
}

impl Line {
    /// A line in which `at_once` are served, and `waiting` more may wait.
    pub(super) const fn of(at_once: usize, waiting: usize) -> Self {
        Self {
            places: Semaphore::const_new(at_once + waiting),
            served: Semaphore::const_new(at_once),
        }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`web::Error::TooMuch`] at once, when the line is full.
    pub(super) async fn turn(&self) -> web::Result<Turn<'_>> {
        let full = web::Error::TooMuch { minutes: 1 };
        let Ok(place) = self.places.try_acquire() else { return Err(full) };
        let served = self.served.acquire().await;
        let served = served.map_err(|error| web::Error::Inside(error.to_string()))?;
        Ok(Turn { _place: place, _served: served })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_finds_the_line_full_is_told_at_once_and_nobody_is_served_beside_another() {
        let line = Line::of(1, 1);
        let first = line.turn().await.ok();
        let mut second = Box::pin(line.turn());
        assert!(by_now(second.as_mut()).is_none(), "two are served at one time");

        let third = line.turn().await;
        assert!(matches!(third, Err(web::Error::TooMuch { minutes: 1 })));

        drop((first, third));
        assert!(by_now(second.as_mut()).is_some_and(|it| it.is_ok()), "the next is served");
    }

    /// What a future has by now.
    fn by_now<F: Future>(future: std::pin::Pin<&mut F>) -> Option<F::Output> {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match future.poll(&mut context) {
            std::task::Poll::Ready(it) => Some(it),
            std::task::Poll::Pending => None,
        }
    }
}
