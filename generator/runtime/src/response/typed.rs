//! A typed value with the status and headers it came with.

use std::fmt;

use http::{HeaderMap, StatusCode};

use super::RawResponse;

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
    /// What comes before the value is known.
    pub(crate) fn head(response: &RawResponse) -> (StatusCode, HeaderMap) {
        (response.status(), response.headers().clone())
    }

    pub(crate) fn new((status, headers): (StatusCode, HeaderMap), value: T) -> Self {
        Self {
            status,
            headers,
            value,
        }
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
