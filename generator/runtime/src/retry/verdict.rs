//! What a failure means for trying again.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::{Budget, RetryPolicy};
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
    /// There was no token to send it with, and there may be one later.
    #[cfg(feature = "oauth2")]
    Token {
        is_passing: bool,
    },
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
            #[cfg(feature = "oauth2")]
            Self::Token { is_passing: true } => Effect::Nothing,
            #[cfg(feature = "oauth2")]
            Self::Token { is_passing: false } => Effect::Settled,
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
            #[cfg(feature = "oauth2")]
            Self::Token { .. } => f.write_str("token"),
            Self::Transport(kind) => f.write_str(match kind {
                TransportErrorKind::Connect => "connect",
                TransportErrorKind::Timeout => "timeout",
                TransportErrorKind::Broken => "broken",
                TransportErrorKind::Body => "body",
                TransportErrorKind::Middleware => "middleware",
                TransportErrorKind::Redirect => "redirect",
                TransportErrorKind::Request => "request",
            }),
        }
    }
}

/// An attempt that is over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ended {
    pub(crate) reason: Reason,
    /// How many there were so far, with this one.
    pub(crate) attempts: u32,
    /// How long the server asks to wait.
    pub(crate) asked: Option<Duration>,
    /// What is left of the call's time; `None`: it never ends.
    pub(crate) left: Option<Duration>,
    /// Whether the request can be sent again.
    pub(crate) replayable: bool,
    /// Whether the server has done what it was asked, before this end: it redirected to the result.
    pub(crate) acted: bool,
}

/// Decides over the attempts of one call.
pub(crate) struct Retrier<'c> {
    policy: RetryPolicy,
    /// Whether sending the request twice does what sending it once does.
    repeatable: bool,
    /// Whether the server knows each attempt by its key.
    keyed: bool,
    budget: &'c Budget,
    random: &'c dyn Random,
    /// What the last retry cost.
    cost: u32,
}

impl<'c> Retrier<'c> {
    pub(crate) const fn new(
        policy: RetryPolicy,
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
            keyed: operation.idempotency_key.is_some(),
            budget,
            random,
            cost: 0,
        }
    }

    /// How long to wait before the next attempt; `None`: this was the last.
    pub(crate) fn wait(&mut self, ended: Ended) -> Option<Duration> {
        let harmless = match ended.reason.effect() {
            // The key is in use, by an attempt before this one.
            _ if self.meets_itself(ended) => true,
            Effect::Settled => {
                self.settle(ended.reason);
                return None;
            }
            Effect::Nothing => self.repeatable || !ended.acted,
            Effect::Unknown => self.repeatable,
        };
        let asked = ended.asked.unwrap_or_default();
        if !harmless
            || !ended.replayable
            || ended.attempts >= self.policy.max_attempts
            || asked > self.policy.max_retry_after
        {
            return None;
        }
        let wait = self.policy.wait(ended.attempts, self.random.next());
        let (wait, cost) = (wait.max(asked), ended.reason.cost());
        if ended.left.is_some_and(|left| left <= wait) || !self.budget.take(cost) {
            return None;
        }
        self.cost = cost;
        Some(wait)
    }

    fn meets_itself(&self, ended: Ended) -> bool {
        let conflict = ended.reason == Reason::Status(StatusCode::CONFLICT);
        self.keyed && conflict && ended.attempts > 1
    }

    /// A server that does what it is asked is a server that works. One that refuses may be a
    /// gateway with nothing behind it.
    fn settle(&self, reason: Reason) {
        if matches!(reason, Reason::Status(status) if status.is_success()) {
            self.budget.refill(self.cost);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ended(reason: Reason) -> Ended {
        Ended {
            reason,
            attempts: 1,
            asked: None,
            left: None,
            replayable: true,
            acted: false,
        }
    }

    #[test]
    fn a_body_that_is_gone_is_not_sent_again() {
        const OPERATION: Operation = Operation::get("x", "/x");
        let (budget, random) = (Budget::default(), || 0);
        let mut retrier = Retrier::new(RetryPolicy::default(), &OPERATION, &budget, &random);
        let busy = ended(Reason::Status(StatusCode::TOO_MANY_REQUESTS));
        let gone = Ended {
            replayable: false,
            ..busy
        };
        assert_eq!(retrier.wait(gone), None);
        assert!(retrier.wait(busy).is_some());
    }

    /// What the last retry took is given back, whether that was five tokens or ten.
    #[test]
    fn a_success_pays_for_the_retry_before_it() {
        const OPERATION: Operation = Operation::get("x", "/x");
        let ok = ended(Reason::Status(StatusCode::OK));
        for (kind, cost) in [
            (TransportErrorKind::Timeout, 10),
            (TransportErrorKind::Broken, 5),
        ] {
            let (budget, random) = (Budget::default(), || 0);
            let mut retrier = Retrier::new(RetryPolicy::default(), &OPERATION, &budget, &random);
            assert!(budget.take(500 - cost));
            assert!(retrier.wait(ended(Reason::Transport(kind))).is_some());
            assert!(!budget.take(1), "it took all that was left");
            assert_eq!(retrier.wait(ok), None);
            assert!(budget.take(cost) && !budget.take(1));
        }
    }

    #[test]
    fn nothing_but_a_success_gives_back() {
        const OPERATION: Operation = Operation::get("x", "/x");
        for (status, expected) in [
            (StatusCode::OK, true),
            (StatusCode::NO_CONTENT, true),
            (StatusCode::NOT_MODIFIED, false),
            (StatusCode::NOT_FOUND, false),
            (StatusCode::NOT_IMPLEMENTED, false),
        ] {
            let (budget, random) = (Budget::default(), || 0);
            let mut retrier = Retrier::new(RetryPolicy::default(), &OPERATION, &budget, &random);
            assert!(budget.take(500));
            assert_eq!(retrier.wait(ended(Reason::Status(status))), None);
            assert_eq!(budget.take(1), expected, "{status}");
        }
    }

    #[test]
    fn a_timeout_costs_twice_as_much() {
        const OPERATION: Operation = Operation::get("x", "/x");
        for (kind, retries) in [
            (TransportErrorKind::Timeout, 50),
            (TransportErrorKind::Broken, 100),
        ] {
            let (budget, random) = (Budget::default(), || 0);
            let mut retrier = Retrier::new(RetryPolicy::default(), &OPERATION, &budget, &random);
            let retry = |_: &i32| retrier.wait(ended(Reason::Transport(kind))).is_some();
            assert_eq!((0..200).filter(retry).count(), retries);
        }
    }
}
