//! A typed value with the status and headers it came with.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::{HeaderMap, StatusCode};

use super::RawResponse;
use crate::{Error, Sending};

/// What a call gives, with the status and the headers it came with.
///
/// ```
/// # use specwright_runtime as rt;
/// fn remaining<T>(response: &rt::Response<T>) -> Option<&str> {
///     response.headers.get("x-ratelimit-remaining")?.to_str().ok()
/// }
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// The status, which is one of 2xx.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// What the call gives.
    pub value: T,
}

impl<T> Response<T> {
    /// A response, as a test of code that takes one may want to make.
    pub const fn new(status: StatusCode, headers: HeaderMap, value: T) -> Self {
        Self {
            status,
            headers,
            value,
        }
    }

    /// What comes before the value is known.
    pub(crate) fn head(response: &RawResponse) -> (StatusCode, HeaderMap) {
        (response.status(), response.headers().clone())
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The same response with another value, made from this one.
    ///
    /// ```
    /// # use specwright_runtime as rt;
    /// let response = rt::Response::new(rt::StatusCode::OK, rt::HeaderMap::new(), "7");
    /// let response = response.map(|text| text.len());
    /// assert_eq!((response.status.as_u16(), response.into_inner()), (200, 1));
    /// ```
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response::new(self.status, self.headers, change(self.value))
    }

    /// What the server calls this request in its own logs, where a header says so: `X-Request-Id`
    /// and the like.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        super::request_id(&self.headers)
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("value", &self.value)
            .finish()
    }
}

/// A call on its way that gives status and headers beside its value. Dropping it cancels the
/// request.
#[must_use = "nothing is sent until it is awaited"]
pub struct WithResponse<R, E>(Sending<R, E>);

impl<R, E> WithResponse<R, E> {
    pub(crate) const fn new(sending: Sending<R, E>) -> Self {
        Self(sending)
    }
}

impl<R, E> Future for WithResponse<R, E> {
    type Output = Result<Response<R>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let received = ready!(self.0.exchange.as_mut().poll(context))?;
        let (status, headers) = Response::<R>::head(&received.response);
        let read = received.read(self.0.read);
        Poll::Ready(read.map(|value| Response::new(status, headers, value)))
    }
}

impl<R, E> fmt::Debug for WithResponse<R, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
