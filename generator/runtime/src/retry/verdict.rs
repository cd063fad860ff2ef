//! What a failure means for trying again.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::{Budget, Retry};
use crate::operation::Repeat;
use crate::random::Random;
use crate::{Operation, TransportErrorKind};

/// What a retry costs, and what one after a timeout does, which has already held a connection for
/// long.
const COST: u32 = 5;
const TIMEOUT_COST: u32 = 10;

/// How an attempt ended, as far as trying again is concerned. Shown, it is the `error.type` of
/// OpenTelemetry's conventions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    Status(StatusCode),
    Transport(TransportErrorKind),
}

/// What the server has done with the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// It has answered for good, or asking again would not help.
    Settled,
    /// Nothing.
    Nothing,
    /// Perhaps something.
    Unknown,
}

impl Reason {
    const fn effect(self) -> Effect {
        match self {
            Self::Status(StatusCode::TOO_MANY_REQUESTS)
            | Self::Transport(TransportErrorKind::Connect) => Effect::Nothing,
            Self::Status(
                StatusCode::REQUEST_TIMEOUT
                | StatusCode::INTERNAL_SERVER_ERROR
                | StatusCode::BAD_GATEWAY
                | StatusCode::SERVICE_UNAVAILABLE
                | StatusCode::GATEWAY_TIMEOUT,
            )
            | Self::Transport(TransportErrorKind::Timeout | TransportErrorKind::Broken) => {
                Effect::Unknown
            }
            Self::Status(_) | Self::Transport(_) => Effect::Settled,
        }
    }

    const fn cost(self) -> u32 {
        match self {
            Self::Transport(TransportErrorKind::Timeout) => TIMEOUT_COST,
            _ => COST,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => f.write_str(status.as_str()),
            Self::Transport(kind) => f.write_str(match kind {
                TransportErrorKind::Connect => "connect",
                TransportErrorKind::Timeout => "timeout",
                TransportErrorKind::Broken => "broken",
                TransportErrorKind::Body => "body",
                TransportErrorKind::Middleware => "middleware",
            }),
        }
    }
}

/// Decides over the attempts of one call.
pub(crate) struct Retrier<'c> {
    policy: Retry,
    /// Whether sending the request twice does what sending it once does.
    repeatable: bool,
    budget: &'c Budget,
    random: &'c dyn Random,
    /// What the last retry cost.
    cost: u32,
}

impl<'c> Retrier<'c> {
    pub(crate) const fn new(
        policy: Retry,
        operation: &Operation,
        budget: &'c Budget,
        random: &'c dyn Random,
    ) -> Self {
        let repeatable = match operation.repeat {
            Repeat::Safe | Repeat::Idempotent => true,
            Repeat::Once => operation.idempotency_key.is_some(),
        };
        Self {
            policy,
            repeatable,
            budget,
            random,
            cost: 0,
        }
    }

    /// How long to wait before the next attempt, after so many; `None`: this was the last.
    ///
    /// `asked` is how long the server asks to wait, `left` what is left of the call's time.
    pub(crate) fn wait(
        &mut self,
        reason: Reason,
        attempts: u32,
        asked: Option<Duration>,
        left: Option<Duration>,
        replayable: bool,
    ) -> Option<Duration> {
        let harmless = match reason.effect() {
            Effect::Settled => {
                self.settle(reason);
                return None;
            }
            Effect::Nothing => true,
            Effect::Unknown => self.repeatable,
        };
        let asked = asked.unwrap_or_default();
        if !harmless
            || !replayable
            || attempts >= self.policy.attempts
            || asked > self.policy.max_retry_after
        {
            return None;
        }
        let wait = self.policy.wait(attempts, self.random.next()).max(asked);
        let cost = reason.cost();
        if left.is_some_and(|left| left <= wait) || !self.budget.take(cost) {
            return None;
        }
        self.cost = cost;
        Some(wait)
    }

    /// A server that answers is a server that works.
    fn settle(&self, reason: Reason) {
        if let Reason::Status(status) = reason
            && !status.is_server_error()
        {
            self.budget.refill(self.cost);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_is_gone_is_not_sent_again() {
        const OPERATION: Operation = Operation::get("x", "/x");
        let (budget, random) = (Budget::default(), || 0);
        let mut retrier = Retrier::new(Retry::default(), &OPERATION, &budget, &random);
        let busy = Reason::Status(StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(retrier.wait(busy, 1, None, None, false), None);
        assert!(retrier.wait(busy, 1, None, None, true).is_some());
    }

    #[test]
    fn a_timeout_costs_twice_as_much() {
        const OPERATION: Operation = Operation::get("x", "/x");
        for (kind, retries) in [
            (TransportErrorKind::Timeout, 50),
            (TransportErrorKind::Broken, 100),
        ] {
            let (budget, random) = (Budget::default(), || 0);
            let mut retrier = Retrier::new(Retry::default(), &OPERATION, &budget, &random);
            let retry = |_: &i32| {
                let reason = Reason::Transport(kind);
                retrier.wait(reason, 1, None, None, true).is_some()
            };
            assert_eq!((0..200).filter(retry).count(), retries);
        }
    }
}
