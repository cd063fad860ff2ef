//! A limit on how many requests are answered in a time.

use super::refusal::{Fault, Refusal};
use super::time::Millis;
use specwright::config::StandInProfile;

/// So many requests in so long, given as `100/60s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    requests: u32,
    seconds: u32,
}

impl std::str::FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a limit: write it as 100/60s");
        let (requests, time) = text.split_once('/').ok_or_else(wrong)?;
        let seconds = time.strip_suffix('s').ok_or_else(wrong)?;
        let positive = |text: &str| text.parse().ok().filter(|&number: &u32| number > 0);
        Ok(Self {
            requests: positive(requests).ok_or_else(wrong)?,
            seconds: positive(seconds).ok_or_else(wrong)?,
        })
    }
}

/// A bucket of tokens that fills again as time goes by; each request takes one.
#[derive(Debug)]
pub(crate) struct Bucket {
    limit: Limit,
    /// Thousandths of a token, so that a bucket that fills slowly still fills.
    tokens: u64,
    at: Millis,
}

impl Bucket {
    pub(crate) fn new(limit: Limit, now: Millis) -> Self {
        Self {
            limit,
            tokens: Self::full(limit),
            at: now,
        }
    }

    /// In units of which one request costs [`Self::cost`]: every millisecond brings `requests`.
    fn full(limit: Limit) -> u64 {
        u64::from(limit.requests) * Self::cost(limit)
    }

    fn cost(limit: Limit) -> u64 {
        u64::from(limit.seconds) * 1000
    }

    /// Takes a token, or refuses with 429.
    pub(crate) fn take(&mut self, now: Millis, profile: &StandInProfile) -> Result<(), Refusal> {
        let passed = u64::try_from(now.saturating_sub(self.at)).unwrap_or(0);
        let gained = passed.saturating_mul(u64::from(self.limit.requests));
        self.tokens = self
            .tokens
            .saturating_add(gained)
            .min(Self::full(self.limit));
        self.at = self.at.max(now);
        let cost = Self::cost(self.limit);
        if let Some(left) = self.tokens.checked_sub(cost) {
            self.tokens = left;
            return Ok(());
        }
        let Limit { requests, seconds } = self.limit;
        let message = match &profile.rate_limit_message {
            Some(text) => text
                .replace("{requests}", &requests.to_string())
                .replace("{milliseconds}", &cost.to_string()),
            None => format!("too many requests: at most {requests} are answered in {seconds} s"),
        };
        let refusal = Refusal::new(429, Fault::whole(message));
        if !profile.retry_after {
            return Err(refusal);
        }
        let wait = (cost - self.tokens).div_ceil(u64::from(self.limit.requests));
        Err(refusal.header("retry-after", wait.div_ceil(1000).max(1).to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_requests_in_seconds() {
        let limit: Limit = "100/60s".parse().unwrap();
        assert_eq!((limit.requests, limit.seconds), (100, 60));
        for text in ["100", "100/60", "0/1s", "1/0s", "-1/1s", "a/1s", ""] {
            assert!(text.parse::<Limit>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_bucket_empties_and_fills_again() {
        let with = &StandInProfile {
            rate_limit_message: Some("{requests} in {milliseconds}".to_owned()),
            ..StandInProfile::default()
        };
        let without = &StandInProfile {
            retry_after: false,
            ..with.clone()
        };
        let mut bucket = Bucket::new("2/10s".parse().unwrap(), 0);
        assert!(bucket.take(0, with).is_ok());
        assert!(bucket.take(0, with).is_ok());
        let refused = bucket.take(0, with).unwrap_err();
        assert_eq!(refused.status, 429);
        assert_eq!(
            refused.headers,
            [("retry-after".to_owned(), "5".to_owned())]
        );
        assert_eq!(refused.faults[0].message, "2 in 10000");
        assert!(bucket.take(4999, without).unwrap_err().headers.is_empty());
        assert!(bucket.take(5000, with).is_ok());
        assert!(bucket.take(5000, with).is_err());
        // A clock that goes back gives nothing, and takes nothing.
        assert!(bucket.take(0, with).is_err());
        assert!(bucket.take(10_000, with).is_ok());
    }
}
