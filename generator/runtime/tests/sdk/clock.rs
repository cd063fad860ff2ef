//! A clock that never waits.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use specwright_runtime as rt;

/// Its time moves when somebody sleeps, at once, and when it is told to.
#[derive(Clone)]
pub(crate) struct ManualClock {
    start: Instant,
    slept: Arc<Mutex<Vec<Duration>>>,
    passed: Arc<Mutex<Duration>>,
}

impl ManualClock {
    pub(crate) fn new() -> Self {
        Self {
            start: Instant::now(),
            slept: Arc::default(),
            passed: Arc::default(),
        }
    }

    pub(crate) fn advance(&self, duration: Duration) {
        *self.passed.lock().unwrap() += duration;
    }

    pub(crate) fn rewind(&self, duration: Duration) {
        *self.passed.lock().unwrap() -= duration;
    }

    /// The sleeps so far, in milliseconds, the latest last.
    pub(crate) fn slept(&self) -> Vec<u128> {
        let slept = self.slept.lock().unwrap();
        // A wait without jitter is a hair below its ceiling.
        slept
            .iter()
            .map(|d| (d.as_micros() + 500) / 1_000)
            .collect()
    }
}

impl rt::Clock for ManualClock {
    fn now(&self) -> Instant {
        self.start + *self.passed.lock().unwrap()
    }

    fn timestamp(&self) -> rt::Timestamp {
        "2026-01-01T00:00:00Z".parse().unwrap()
    }

    fn sleep(&self, duration: Duration) -> rt::BoxFuture<'static, ()> {
        self.slept.lock().unwrap().push(duration);
        self.advance(duration);
        Box::pin(async {})
    }

    fn timer(&self, duration: Duration) -> rt::BoxFuture<'static, ()> {
        self.sleep(duration)
    }
}
