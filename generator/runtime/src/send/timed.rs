//! A body that is read after its call has returned, within the call's time.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::deadline::Limit;
use crate::transport::BoxFuture;
use crate::{Body, Clock, TransportError};

/// Ends a body when its time is over.
pub(super) struct Timed {
    body: Body,
    clock: Arc<dyn Clock>,
    limit: Limit,
    timer: Option<BoxFuture<'static, ()>>,
}

impl Timed {
    /// The body, ended when the time is over.
    pub(super) fn body(body: Body, clock: &Arc<dyn Clock>, limit: Limit) -> Body {
        if limit.time.is_none() || body.as_bytes().is_some() {
            return body;
        }
        let length = body.length();
        let timed = Self {
            body,
            clock: Arc::clone(clock),
            limit,
            timer: None,
        };
        Body::incoming(timed, length)
    }
}

impl Stream for Timed {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if let Poll::Ready(chunk) = Pin::new(&mut this.body).poll_next(context) {
            let explain = |error| this.limit.explain(&*this.clock, error);
            return Poll::Ready(chunk.map(|chunk| chunk.map_err(explain)));
        }
        let Some(left) = this.limit.left(&*this.clock) else {
            return Poll::Pending;
        };
        let clock = &this.clock;
        this.timer
            .get_or_insert_with(|| clock.sleep(left))
            .as_mut()
            .poll(context)
            .map(|()| {
                // It does not go on after its end.
                this.body = Body::empty();
                Some(Err(this.limit.error()))
            })
    }
}
