//! When the time of a call and of its attempts runs out.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use crate::{Clock, TransportError, TransportErrorKind};

/// The time of one call.
pub(super) struct Deadline<'c> {
    pub(super) clock: &'c Arc<dyn Clock>,
    start: Instant,
    call: Option<Duration>,
    attempt: Option<Duration>,
}

/// The time of one attempt: its own, or what is left of the call's.
#[derive(Clone, Copy)]
pub(super) struct Limit {
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
    pub(super) fn new(
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

    /// Whether there is no time for anything more.
    pub(super) fn is_over(&self) -> bool {
        self.left().is_some_and(|left| left.is_zero())
    }

    /// The time of an attempt that begins now.
    pub(super) fn limit(&self) -> Limit {
        let (time, of) = match (self.attempt, self.left()) {
            (Some(attempt), left) if left.is_none_or(|left| attempt < left) => {
                (Some(attempt), Of::Attempt)
            }
            (_, left) => (left, Of::Call(self.call.unwrap_or_default())),
        };
        Limit {
            start: self.clock.now(),
            time,
            of,
        }
    }

    /// The time of what outlives its attempt: what is left of the call's.
    pub(super) fn rest(&self) -> Limit {
        Limit {
            start: self.clock.now(),
            time: self.left(),
            of: Of::Call(self.call.unwrap_or_default()),
        }
    }
}

impl Limit {
    /// What is left of it, from now, but no more than so much.
    pub(super) fn at_most(self, longest: Duration, clock: &dyn Clock) -> Self {
        let left = self.left(clock);
        Self {
            start: clock.now(),
            time: Some(left.map_or(longest, |left| left.min(longest))),
            ..self
        }
    }

    /// Waits for work, and drops it when its time is over.
    ///
    /// The timer is made when the work is not done at once, so that one which never waits needs
    /// no timers.
    pub(super) async fn watch<T>(
        self,
        clock: &dyn Clock,
        work: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        let mut work = pin!(work);
        let mut timer = None;
        poll_fn(|context| {
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(done.map_err(|error| self.explain(clock, error)));
            }
            let Some(time) = self.time else {
                return Poll::Pending;
            };
            timer
                .get_or_insert_with(|| clock.sleep(time))
                .as_mut()
                .poll(context)
                .map(|()| Err(self.error()))
        })
        .await
    }

    /// What is left of it; `None`: it never ends.
    pub(super) fn left(self, clock: &dyn Clock) -> Option<Duration> {
        let passed = clock.now().saturating_duration_since(self.start);
        Some(self.time?.saturating_sub(passed))
    }

    /// A transport that keeps the time itself may be first to say that it is over.
    pub(super) fn explain(self, clock: &dyn Clock, error: TransportError) -> TransportError {
        let over = self.left(clock).is_some_and(|left| left.is_zero());
        if over && error.kind() == TransportErrorKind::Timeout {
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
