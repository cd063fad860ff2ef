//! Sending a call, from the outside in: a span, attempts, middleware, the transport.

mod attempt;
mod deadline;
mod message;
mod redirect;
mod timed;
mod trace;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tracing::{Instrument, Span};

use self::attempt::attempt;
pub(crate) use self::deadline::Deadline;
use self::message::Message;
pub(crate) use self::redirect::Route;
use crate::Error;
use crate::error::Failure;
use crate::request::Draft;
use crate::response::RawResponse;
use crate::retry::{Ended, Reason, Retrier, retry_after};
use crate::transport::{Body, BoxFuture};

/// A response, and what was sent for it.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) draft: Box<Draft>,
    pub(crate) response: RawResponse,
    /// What the caller reads itself.
    pub(crate) body: Body,
    pub(crate) trail: Trail,
    /// The call's, which ends when the response has been read.
    span: Span,
}

impl Received {
    /// Reads the response, and tells the call's span when that cannot be done.
    pub(crate) fn read<T, E>(
        self,
        read: impl FnOnce(Self) -> Result<T, Error<E>>,
    ) -> Result<T, Error<E>> {
        let span = self.span.clone();
        let result = read(self);
        if matches!(result, Err(Error::Decode(_))) {
            trace::unreadable(&span);
        }
        result
    }
}

/// What a call went through before its response.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trail {
    pub(crate) attempts: u32,
    /// How long the server asks to wait.
    pub(crate) retry_after: Option<Duration>,
}

/// A request on its way. One type for all operations, so that nothing asynchronous is compiled
/// for each of them.
pub(crate) type Exchange = BoxFuture<'static, Result<Received, Failure>>;

/// Sends a call and gives its response, whatever the status.
///
/// The span begins when it is first polled, so that a call which is never awaited leaves none.
pub(crate) fn exchange(draft: Box<Draft>) -> Exchange {
    Box::pin(async {
        let span = trace::span(&draft);
        let call = attempts(draft, span.clone());
        let outcome = call.instrument(span.clone()).await;
        trace::outcome(&span, &outcome);
        outcome
    })
}

/// An attempt, with a token where it needs one.
async fn authorized(
    draft: &Draft,
    number: u32,
    message: &mut Message,
    deadline: &Deadline<'_>,
    acted: &AtomicBool,
) -> Result<(RawResponse, Body), Failure> {
    #[cfg(feature = "oauth2")]
    message.authorize(deadline).await?;
    let answer = attempt(draft, number, message.take(), deadline, acted);
    answer.await.map_err(Failure::Transport)
}

/// Tries until an attempt settles it, or until it is not to be tried again.
async fn attempts(draft: Box<Draft>, span: Span) -> Result<Received, Failure> {
    let client = draft.client.clone();
    let delivery = client.delivery();
    let operation = draft.operation;
    let mut message = Message::new(&draft, &*delivery.random).map_err(Failure::Request)?;
    let deadline = Deadline::new(&delivery.clock, draft.timeout(), draft.attempt_timeout());
    let mut retrier = Retrier::new(
        draft.retry(),
        operation,
        &delivery.budget,
        &*delivery.random,
    );
    let acted = AtomicBool::new(false);
    let (mut number, mut renewals, mut asked) = (0_u32, 0_u32, None);
    let mut answered = None;
    // What a call ends with that has no time for an attempt.
    let mut outcome = Err(Failure::Transport(deadline.limit().error()));
    while !deadline.is_over() {
        number = number.saturating_add(1);
        outcome = authorized(&draft, number, &mut message, &deadline, &acted).await;
        let reason = match &outcome {
            Ok((response, _)) => {
                answered = Some(response.status());
                asked = retry_after(response.headers(), delivery.clock.timestamp());
                Reason::Status(response.status())
            }
            Err(failure) => {
                asked = failure.retry_after();
                failure.reason()
            }
        };
        if message.has_another_token(reason, &acted) {
            renewals = renewals.saturating_add(1);
            continue;
        }
        let Some(wait) = retrier.wait(Ended {
            reason,
            attempts: number.saturating_sub(renewals),
            asked,
            left: deadline.left(),
            replayable: message.is_replayable(),
            acted: acted.load(Ordering::Relaxed),
        }) else {
            break;
        };
        trace::retry(number, reason, wait);
        delivery.clock.sleep(wait).await;
    }
    let (response, body) = outcome.map_err(|failure| failure.of(operation, number, answered))?;
    Ok(Received {
        draft,
        response,
        body,
        trail: Trail {
            attempts: number,
            retry_after: asked,
        },
        span,
    })
}
