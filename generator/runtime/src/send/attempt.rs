//! One attempt of a call.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use http::{Request, Response};

use super::deadline::Deadline;
use super::redirect::Route;
use super::timed::Timed;
use crate::request::Draft;
use crate::response::{RawResponse, receive};
use crate::transport::SendOptions;
use crate::{Body, Next, TransportError};

/// How long the body of an error is waited for. Its status says most of it, and the next attempt
/// has to wait.
const REFUSAL: Duration = Duration::from_secs(5);

/// What an attempt has once the headers are there.
enum Taken {
    /// A success, read, and what the caller reads of it.
    Whole((RawResponse, Body)),
    /// Anything else, unread.
    Refusal(Response<Body>),
}

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
    let work = async {
        let answer = next.run(request).await?;
        if answer.status().is_success() {
            receive(draft, answer).await.map(Taken::Whole)
        } else {
            Ok(Taken::Refusal(answer))
        }
    };
    match limit.watch(&**deadline.clock, work).await? {
        // The attempt has ended well: what is left of the body has the time of the call.
        Taken::Whole((response, body)) => {
            let rest = deadline.rest();
            Ok((response, Timed::body(body, deadline.clock, rest)))
        }
        // Beyond the watch, so that the status is not lost when the words do not come.
        Taken::Refusal(answer) => {
            let limit = limit.at_most(REFUSAL, &**deadline.clock);
            let answer = answer.map(|body| Timed::body(body, deadline.clock, limit));
            receive(draft, answer).await
        }
    }
}
