//! Bodies and framing between this crate and `reqwest`.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, HeaderValue};
use http::{Method, request};
use http_body::{Body as _, Frame, SizeHint};

use super::Body;
use super::reqwest::failure;
use crate::{TransportError, TransportErrorKind};

/// Adds the headers whose absence would mean something else.
pub(super) fn say_what_is_meant(parts: &mut request::Parts, body: &Body) {
    // Without it any coding is acceptable (RFC 9110, section 12.5.3).
    let identity = HeaderValue::from_static("identity");
    parts.headers.entry(ACCEPT_ENCODING).or_insert(identity);
    // Where a method has a meaning for content, none must be said (RFC 9110, section 8.6).
    let expected = matches!(parts.method, Method::POST | Method::PUT | Method::PATCH);
    if expected && body.as_bytes().is_some_and(Bytes::is_empty) {
        let none = HeaderValue::from_static("0");
        parts.headers.entry(CONTENT_LENGTH).or_insert(none);
    }
}

/// A body to send.
///
/// # Errors
/// When a stream that was said to be empty is not. One of another length fails while it is sent.
pub(super) async fn outgoing(mut body: Body) -> Result<::reqwest::Body, TransportError> {
    if let Some(bytes) = body.as_bytes() {
        return Ok(bytes.clone().into());
    }
    if body.length() != Some(0) {
        return Ok(::reqwest::Body::wrap(Outgoing {
            left: body.length(),
            last: None,
            body,
        }));
    }
    // Nobody would ever poll it.
    while let Some(chunk) = body.try_next().await? {
        if !chunk.is_empty() {
            return Err(more());
        }
    }
    Ok(Bytes::new().into())
}

/// A body on its way to the server.
struct Outgoing {
    body: Body,
    /// How much is left of its length.
    left: Option<u64>,
    /// The chunk that its length ends with. HTTP/1.1 asks for nothing more once it has that, so it
    /// is kept back until the stream has said that there is nothing more.
    last: Option<Bytes>,
}

impl Outgoing {
    /// Counts a chunk; gives it unless it is the last.
    fn count(&mut self, chunk: Bytes) -> Result<Option<Bytes>, TransportError> {
        let Some(left) = self.left else {
            return Ok(Some(chunk));
        };
        let left = left.checked_sub(chunk.len() as u64).ok_or_else(more)?;
        self.left = Some(left);
        if left > 0 {
            return Ok(Some(chunk));
        }
        if !chunk.is_empty() {
            self.last = Some(chunk);
        }
        Ok(None)
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        loop {
            match ready!(Pin::new(&mut self.body).poll_next(context)).transpose()? {
                Some(chunk) => {
                    if let Some(chunk) = self.count(chunk)? {
                        return Poll::Ready(Some(Ok(Frame::data(chunk))));
                    }
                }
                None if self.left.is_some_and(|left| left > 0) => {
                    return Poll::Ready(Some(Err(length("it has fewer bytes than was said"))));
                }
                None => return Poll::Ready(self.last.take().map(|last| Ok(Frame::data(last)))),
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        let last = self.last.as_ref().map_or(0, |last| last.len() as u64);
        self.left.map_or_else(SizeHint::default, |left| {
            SizeHint::with_exact(left.saturating_add(last))
        })
    }
}

fn more() -> TransportError {
    length("it has more bytes than was said")
}

fn length(problem: &str) -> TransportError {
    TransportError::new(TransportErrorKind::Body, problem)
}

/// A body on its way from the server.
pub(super) struct Incoming(pub(super) ::reqwest::Body);

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(Pin::new(&mut self.0).poll_frame(context)) {
                // Trailers are no part of the body.
                Some(Ok(frame)) => {
                    if let Ok(chunk) = frame.into_data() {
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(failure(error)))),
                None => return Poll::Ready(None),
            }
        }
    }
}
