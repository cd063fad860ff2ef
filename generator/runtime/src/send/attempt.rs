//! One attempt of a call.

use std::sync::atomic::AtomicBool;

use http::Request;

use super::deadline::Deadline;
use super::redirect::Route;
use super::timed::Timed;
use crate::request::Draft;
use crate::response::{RawResponse, receive};
use crate::transport::SendOptions;
use crate::{Body, Next, TransportError};

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
    let work = async { receive(draft, next.run(request).await?).await };
    let (response, body) = limit.watch(&**deadline.clock, work).await?;
    Ok((response, Timed::body(body, deadline.clock, limit)))
}
