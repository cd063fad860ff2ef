//! Time, as something that a client is given.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::BoxFuture;

/// What tells the time and waits. Timeouts, and the waits between attempts, go by it.
///
/// Clients have a [`TokioClock`] unless [`ClientBuilder::clock`](crate::ClientBuilder::clock)
/// says otherwise. A test gives one that does not wait between attempts, and whose timeouts are
/// those of the system, as whatever it talks to takes real time:
///
/// ```
/// use std::time::{Duration, Instant};
/// use specwright_runtime::{BoxFuture, Clock, Timestamp, TokioClock};
///
/// struct NoWaiting;
///
/// impl Clock for NoWaiting {
///     fn now(&self) -> Instant {
///         Instant::now()
///     }
///
///     fn timestamp(&self) -> Timestamp {
///         Timestamp::UNIX_EPOCH
///     }
///
///     fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
///         Box::pin(async {})
///     }
///
///     fn timer(&self, duration: Duration) -> BoxFuture<'static, ()> {
///         TokioClock.timer(duration)
///     }
/// }
/// ```
pub trait Clock: Send + Sync + 'static {
    /// The time that only moves on, by which timeouts are measured.
    fn now(&self) -> Instant;

    /// The time of day, which the date in a `Retry-After` header is compared with.
    fn timestamp(&self) -> Timestamp;

    /// The wait between two attempts.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Ends when something has taken too long. What it is raced against goes on until then, so one
    /// that ends at once leaves no time for anything that is not done at once.
    fn timer(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// The system's time, and Tokio's timers.
///
/// Waiting needs a Tokio runtime with its timers enabled, as the default transport does. A
/// program on another runtime gives its clients a clock and a transport of its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct TokioClock;

impl Clock for TokioClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn timestamp(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn timer(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.sleep(duration)
    }
}
