//! When the time of a call and of its attempts runs out.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use crate::{Clock, TransportError, TransportErrorKind};

/// The time of one call.
pub(crate) struct Deadline<'c> {
    pub(super) clock: &'c Arc<dyn Clock>,
    start: Instant,
    call: Option<Duration>,
    attempt: Option<Duration>,
}

/// The time of one attempt: its own, or what is left of the call's.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    start: Instant,
    pub(super) time: Option<Duration>,
    of: Of,
}

/// Whose time it is, and how long that was in all.
#[derive(Clone, Copy)]
enum Of {
    Call(Duration),
    Attempt,
}

impl<'c> Deadline<'c> {
    /// A call that begins now.
    pub(crate) fn new(
        clock: &'c Arc<dyn Clock>,
        call: Option<Duration>,
        attempt: Option<Duration>,
    ) -> Self {
        Self {
            clock,
            start: clock.now(),
            call,
            attempt,
        }
    }

    /// What is left of the call's time; `None`: it never ends.
    pub(super) fn left(&self) -> Option<Duration> {
        let passed = self.clock.now().saturating_duration_since(self.start);
        Some(self.call?.saturating_sub(passed))
    }

    /// What is left of the call's time, as the time of something that begins now.
    pub(super) fn rest(&self) -> Limit {
        Limit {
            start: self.clock.now(),
            time: self.left(),
            of: Of::Call(self.call.unwrap_or_default()),
        }
    }

    /// A time that does not run out.
    pub(super) fn never(&self) -> Limit {
        Limit {
            time: None,
            ..self.rest()
        }
    }

    /// Whether there is no time for anything more.
    pub(super) fn is_over(&self) -> bool {
        self.left().is_some_and(|left| left.is_zero())
    }

    /// The time of an attempt that begins now.
    pub(crate) fn limit(&self) -> Limit {
        let rest = self.rest();
        match self.attempt {
            Some(attempt) if rest.time.is_none_or(|left| attempt < left) => Limit {
                time: Some(attempt),
                of: Of::Attempt,
                ..rest
            },
            _ => rest,
        }
    }
}

impl Limit {
    /// Waits for work, and drops it when its time is over.
    ///
    /// The timer is made when the work is not done at once, so that one which never waits needs
    /// no timers.
    pub(crate) async fn watch<T>(
        self,
        clock: &dyn Clock,
        work: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        let mut work = pin!(work);
        let mut timer = None;
        poll_fn(|context| {
            // Before the work, which might be done at every poll and never let the timer in.
            if self.is_over(clock) {
                return Poll::Ready(Err(self.error()));
            }
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(done.map_err(|error| self.explain(clock, error)));
            }
            let Some(time) = self.time else {
                return Poll::Pending;
            };
            timer
                .get_or_insert_with(|| clock.timer(time))
                .as_mut()
                .poll(context)
                .map(|()| Err(self.error()))
        })
        .await
    }

    /// The same, but no more than so long from now.
    pub(super) fn at_most(self, clock: &dyn Clock, most: Duration) -> Self {
        let left = self.left(clock);
        Self {
            start: clock.now(),
            time: Some(left.map_or(most, |left| left.min(most))),
            ..self
        }
    }

    pub(super) fn is_over(self, clock: &dyn Clock) -> bool {
        self.left(clock).is_some_and(|left| left.is_zero())
    }

    /// What is left of it; `None`: it never ends.
    pub(super) fn left(self, clock: &dyn Clock) -> Option<Duration> {
        let time = self.time?;
        let passed = clock.now().saturating_duration_since(self.start);
        Some(time.saturating_sub(passed))
    }

    /// A transport that keeps the time itself may be first to say that it is over.
    pub(super) fn explain(self, clock: &dyn Clock, error: TransportError) -> TransportError {
        if self.is_over(clock) && error.kind() == TransportErrorKind::Timeout {
            return self.error();
        }
        error
    }

    /// That it is over.
    pub(super) fn error(self) -> TransportError {
        let (whose, time) = match self.of {
            Of::Call(time) => ("call", time),
            Of::Attempt => ("attempt", self.time.unwrap_or_default()),
        };
        let message = format!("the {whose} took longer than {time:?}");
        TransportError::new(TransportErrorKind::Timeout, message)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use jiff::Timestamp;

    use super::*;
    use crate::transport::BoxFuture;

    /// Stands still but for those who tell it to move.
    struct Manual(Instant, AtomicU64);

    impl Clock for Manual {
        fn now(&self) -> Instant {
            self.0 + Duration::from_secs(self.1.load(Ordering::Relaxed))
        }

        fn timestamp(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH
        }

        fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
            self.timer(duration)
        }

        fn timer(&self, _: Duration) -> BoxFuture<'static, ()> {
            Box::pin(std::future::pending())
        }
    }

    #[tokio::test]
    async fn work_that_is_done_too_late_is_too_late() {
        let manual = Arc::new(Manual(Instant::now(), AtomicU64::new(0)));
        let clock: Arc<dyn Clock> = Arc::clone(&manual) as Arc<dyn Clock>;
        let limit = Deadline::new(&clock, Some(Duration::from_secs(2)), None).limit();
        let mut polls = 0;
        let work = poll_fn(|context| {
            polls += 1;
            manual.1.fetch_add(1, Ordering::Relaxed);
            context.waker().wake_by_ref();
            if polls < 3 {
                Poll::Pending
            } else {
                Poll::Ready(Ok(()))
            }
        });
        let error = limit.watch(&*clock, work).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Timeout);
        assert_eq!(polls, 2);
    }
}
