//! One attempt of a call.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use http::{Request, StatusCode};

use super::deadline::{Deadline, Limit};
use super::redirect::Route;
use super::timed::Timed;
use crate::request::Draft;
use crate::response::{RawResponse, Reading, receive};
use crate::transport::SendOptions;
use crate::{Body, Next, TransportError};

/// How long is waited for a body that says little: the status has said what matters.
const LITTLE: Duration = Duration::from_secs(5);

/// Sends a request through the middleware, and reads the response, in time. The body is what the
/// caller reads itself. `acted` is set when the server has done what it was asked.
pub(super) async fn attempt(
    draft: &Draft,
    number: u32,
    request: Request<Body>,
    deadline: &Deadline<'_>,
    acted: &AtomicBool,
) -> Result<(RawResponse, Body), TransportError> {
    let delivery = draft.client.delivery();
    let limit = deadline.limit();
    let next = Next {
        rest: &delivery.middleware,
        route: Route {
            transport: &*delivery.transport,
            api: draft.client.api(),
            operation: draft.operation,
            options: SendOptions {
                timeout: limit.time,
            },
            acted,
        },
        attempt: number,
    };
    let answer = limit.watch(&**deadline.clock, next.run(request)).await?;
    let limit = body_limit(draft, answer.status(), deadline, limit);
    let idle = delivery.read_timeout;
    let answer = answer.map(|body| Timed::body(body, deadline.clock, limit, idle));
    receive(draft, answer).await
}

/// The time for the body of a response with some status.
fn body_limit(draft: &Draft, status: StatusCode, deadline: &Deadline<'_>, limit: Limit) -> Limit {
    match Reading::of(draft, status) {
        Reading::Whole => limit,
        // Events have no end that could be late.
        Reading::Later if draft.has_no_end() => deadline.never(),
        // What reads it is no part of the attempt.
        Reading::Later => deadline.rest(),
        Reading::Little => limit.at_most(&**deadline.clock, LITTLE),
    }
}
