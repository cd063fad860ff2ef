//! One attempt of a call.

use bytes::Bytes;
use http::{Request, Response};

use super::deadline::Deadline;
use crate::client::Delivery;
use crate::transport::SendOptions;
use crate::{Body, Next, Operation, TransportError};

/// Sends a request through the middleware, and reads the response to its end, in time.
pub(super) async fn attempt(
    delivery: &Delivery,
    operation: &'static Operation,
    number: u32,
    request: Request<Body>,
    deadline: &Deadline<'_>,
) -> Result<Response<Bytes>, TransportError> {
    let limit = deadline.limit();
    let next = Next {
        rest: &delivery.middleware,
        transport: &*delivery.transport,
        operation,
        attempt: number,
        options: SendOptions {
            timeout: limit.time,
        },
    };
    let work = async {
        let (parts, body) = next.run(request).await?.into_parts();
        let bytes = body.into_bytes().await?;
        Ok(Response::from_parts(parts, bytes))
    };
    deadline.watch(limit, work).await
}
