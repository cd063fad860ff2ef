//! When the time of a call and of its attempts runs out.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use crate::{Clock, TransportError, TransportErrorKind};

/// The time of one call.
pub(super) struct Deadline<'c> {
    clock: &'c dyn Clock,
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

#[derive(Clone, Copy)]
enum Of {
    Call,
    Attempt,
}

impl<'c> Deadline<'c> {
    /// A call that begins now.
    pub(super) fn new(
        clock: &'c dyn Clock,
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
        let call = self.call?;
        Some(call.saturating_sub(self.since(self.start)))
    }

    /// The time of an attempt that begins now.
    pub(super) fn limit(&self) -> Limit {
        let (time, of) = match (self.attempt, self.left()) {
            (Some(attempt), left) if left.is_none_or(|left| attempt < left) => {
                (Some(attempt), Of::Attempt)
            }
            (_, left) => (left, Of::Call),
        };
        Limit {
            start: self.clock.now(),
            time,
            of,
        }
    }

    /// Waits for work, and drops it when its time is over.
    ///
    /// The timer is made when the work is not done at once, so that one which never waits needs
    /// no timers.
    pub(super) async fn watch<T>(
        &self,
        limit: Limit,
        work: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        let mut work = pin!(work);
        let mut timer = None;
        poll_fn(|context| {
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(done.map_err(|error| self.explain(limit, error)));
            }
            let Some(time) = limit.time else {
                return Poll::Pending;
            };
            timer
                .get_or_insert_with(|| self.clock.sleep(time))
                .as_mut()
                .poll(context)
                .map(|()| Err(self.error(limit.of)))
        })
        .await
    }

    /// A transport that keeps the time itself may be first to say that it is over.
    fn explain(&self, limit: Limit, error: TransportError) -> TransportError {
        let over = limit
            .time
            .is_some_and(|time| self.since(limit.start) >= time);
        if over && error.kind() == TransportErrorKind::Timeout {
            return self.error(limit.of);
        }
        error
    }

    fn error(&self, of: Of) -> TransportError {
        let message = match of {
            Of::Call => format!(
                "the call took longer than {:?}",
                self.call.unwrap_or_default()
            ),
            Of::Attempt => format!(
                "the attempt took longer than {:?}",
                self.attempt.unwrap_or_default()
            ),
        };
        TransportError::new(TransportErrorKind::Timeout, message)
    }

    fn since(&self, start: Instant) -> Duration {
        self.clock.now().saturating_duration_since(start)
    }
}
