//! The body of a response, read within its time.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_core::Stream;

use super::deadline::Limit;
use crate::transport::BoxFuture;
use crate::{Body, Clock, TransportError, TransportErrorKind};

/// As many chunks as are given without letting other tasks in.
const IN_A_ROW: u32 = 64;

/// Ends a body when its time is over, or when nothing comes for too long.
pub(super) struct Timed {
    body: Body,
    clock: Arc<dyn Clock>,
    limit: Limit,
    /// How long nothing may come; `None`: as long as the limit.
    idle: Option<Duration>,
    /// Since when the next chunk is waited for: not while its reader does something else.
    since: Option<Instant>,
    wait: Option<Wait>,
    in_a_row: u32,
    ended: bool,
}

/// A wait for the next chunk.
struct Wait {
    timer: BoxFuture<'static, ()>,
    /// What it means when the timer is first.
    over: TransportError,
    /// A chunk came after it began, which is cheaper to notice than to make another timer.
    stale: bool,
}

impl Timed {
    /// The body, ended when the time is over. One in memory takes no time.
    pub(super) fn body(
        body: Body,
        clock: &Arc<dyn Clock>,
        limit: Limit,
        idle: Option<Duration>,
    ) -> Body {
        if body.as_bytes().is_some() {
            return body;
        }
        let length = body.length();
        let timed = Self {
            body,
            since: None,
            clock: Arc::clone(clock),
            limit,
            idle,
            wait: None,
            in_a_row: 0,
            ended: false,
        };
        Body::incoming(timed, length)
    }

    /// A wait until the time is over, or nothing has come for too long; `None`: for ever.
    fn wait(&self) -> Option<Wait> {
        let now = self.clock.now();
        let quiet = now.saturating_duration_since(self.since.unwrap_or(now));
        let left = self.limit.left(&*self.clock);
        let idle = self.idle.map(|idle| (idle, idle.saturating_sub(quiet)));
        let (time, over) = match (left, idle) {
            (left, Some((idle, time))) if left.is_none_or(|left| time < left) => {
                let message = format!("nothing came for {idle:?}");
                let over = TransportError::new(TransportErrorKind::Timeout, message);
                (time, over)
            }
            (Some(left), _) => (left, self.limit.error()),
            (None, _) => return None,
        };
        Some(Wait {
            timer: self.clock.timer(time),
            over,
            stale: false,
        })
    }

    /// Waits for the timer. What it gives is the end.
    fn poll_over(&mut self, context: &mut Context<'_>) -> Poll<TransportError> {
        loop {
            let Some(mut wait) = self.wait.take().or_else(|| self.wait()) else {
                return Poll::Pending;
            };
            if wait.timer.as_mut().poll(context).is_pending() {
                self.wait = Some(wait);
                return Poll::Pending;
            }
            if !wait.stale {
                return Poll::Ready(wait.over);
            }
        }
    }

    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        // Before the body, which may have something at any time and never let the timer in.
        if self.limit.is_over(&*self.clock) {
            return Poll::Ready(Some(Err(self.limit.error())));
        }
        if self.in_a_row >= IN_A_ROW {
            self.in_a_row = 0;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if let Poll::Ready(chunk) = Pin::new(&mut self.body).poll_next(context) {
            self.in_a_row = self.in_a_row.saturating_add(1);
            self.since = None;
            if let Some(wait) = &mut self.wait {
                wait.stale = true;
            }
            let explain =
                |error: TransportError| self.limit.explain(&*self.clock, error.of_the_response());
            return Poll::Ready(chunk.map(|chunk| chunk.map_err(explain)));
        }
        self.in_a_row = 0;
        let now = self.clock.now();
        self.since.get_or_insert(now);
        self.poll_over(context).map(|error| Some(Err(error)))
    }
}

impl Stream for Timed {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let chunk = ready!(self.poll_chunk(context));
        if !matches!(chunk, Some(Ok(_))) {
            // It does not go on after its end, and the connection is not held.
            self.ended = true;
            self.body = Body::empty();
            self.wait = None;
        }
        Poll::Ready(chunk)
    }
}
