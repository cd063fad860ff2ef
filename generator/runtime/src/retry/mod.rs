//! Whether a call is tried again, and when.

mod after;
mod budget;
mod verdict;

use std::time::Duration;

pub(crate) use after::retry_after;
pub(crate) use budget::Budget;
pub(crate) use verdict::{Ended, Reason, Retrier};

/// How often a call is tried, and how long it waits in between.
///
/// A call is tried again when it failed in a way that may pass, and when trying twice does no
/// harm:
///
/// - always after 429 and after a connection that could not be opened: the server did nothing;
/// - where the operation is safe, idempotent or has an idempotency key: after 408, 500, 502, 503
///   and 504, a connection that broke, and an attempt that took too long. After those the server
///   may have acted, so a `POST` without a key is left alone;
/// - with an idempotency key, after 409 to another attempt than the first: the server is still
///   busy with an earlier one.
///
/// A redirect that turns a `POST` into a `GET` says that the `POST` is done. Whatever comes after
/// it, a `POST` without a key is not sent again.
///
/// 500 is in the list, as in the SDKs of AWS, Azure and OpenAI: behind most gateways it is what a
/// passing failure looks like, and the budget bounds what it costs when it does not pass.
///
/// It waits for a random time between zero and a ceiling that doubles with each attempt (full
/// jitter), so that clients do not come back all at once; and as long as the server asks for in
/// `Retry-After` or `retry-after-ms`, if that is longer. When the wait would outlast the call's
/// timeout, the failure is returned at once.
///
/// Clones of a client share a budget of 500 tokens. A retry takes five of them, ten after a
/// timeout; a call that ends with a 2xx gives one back, or what its last retry took. With none left
/// nothing is retried, so that an outage is not made worse by everybody trying three times.
///
/// A `DELETE` that is retried may answer 404, since the first attempt did its work.
///
/// ```
/// use std::time::Duration;
/// use specwright_runtime::RetryPolicy;
///
/// let patient = RetryPolicy::default()
///     .max_attempts(6)
///     .backoff(Duration::from_secs(1), Duration::from_secs(30));
/// # let _ = (patient, RetryPolicy::none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    initial: Duration,
    longest: Duration,
    max_retry_after: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            initial: Duration::from_millis(500),
            longest: Duration::from_secs(20),
            max_retry_after: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// Each call is tried once.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// How often a call is tried in all, the first time included: 3 unless said here. Zero is
    /// one.
    #[must_use]
    pub const fn max_attempts(self, max_attempts: u32) -> Self {
        Self {
            max_attempts,
            ..self
        }
    }

    /// The ceiling of the first wait, which doubles each time, and what it never exceeds: half a
    /// second and 20 seconds unless said here.
    #[must_use]
    pub const fn backoff(self, initial: Duration, longest: Duration) -> Self {
        Self {
            initial,
            longest,
            ..self
        }
    }

    /// The longest `Retry-After` that is waited for: 60 seconds unless said here. When the server
    /// asks for more, the error is returned, and
    /// [`ApiError::retry_after`](crate::ApiError::retry_after) tells how much.
    #[must_use]
    pub const fn max_retry_after(self, longest: Duration) -> Self {
        Self {
            max_retry_after: longest,
            ..self
        }
    }

    /// The wait after so many attempts.
    fn wait(&self, attempts: u32, random: u64) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let ceiling = self.initial.saturating_mul(doubled).min(self.longest);
        // 53 bits are as many as an `f64` holds: from 0 up to 1.
        let fraction = (random >> 11) as f64 / (1_u64 << 53) as f64;
        Duration::try_from_secs_f64(ceiling.as_secs_f64() * fraction).unwrap_or(ceiling)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ceiling_doubles_up_to_its_limit() {
        let waits =
            |random| (1..=8).map(move |n| RetryPolicy::default().wait(n, random).as_secs_f64());
        let ceilings: Vec<f64> = waits(u64::MAX).map(|wait| (wait * 10.0).round()).collect();
        assert_eq!(ceilings, [5., 10., 20., 40., 80., 160., 200., 200.]);
        assert!(waits(0).all(|wait| wait == 0.0), "full jitter reaches zero");
        let half: Vec<f64> = waits(1 << 63).collect();
        assert_eq!(half, [0.25, 0.5, 1., 2., 4., 8., 10., 10.]);
    }

    #[test]
    fn no_number_is_too_large() {
        let endless = RetryPolicy::default().backoff(Duration::MAX, Duration::MAX);
        for attempts in [0, 1, 64, u32::MAX] {
            assert!(endless.wait(attempts, u64::MAX) <= Duration::MAX);
        }
    }
}
