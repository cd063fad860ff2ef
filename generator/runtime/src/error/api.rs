//! Errors that the server answers with.

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::write_attempts;
use crate::send::Trail;
use crate::{Operation, RawResponse};

/// What an API's error bodies are read as: an enum, generated.
pub trait ErrorBody: fmt::Debug + Sized + Send + Sync + 'static {
    /// Reads a body. `set` is [`Operation::errors`]; `None` when the document declares no body
    /// for this status, or when the body is not as declared.
    fn decode(set: u16, status: u16, body: &[u8]) -> Option<Self>;
}

/// For [`ErrorBody::decode`]: reads a JSON body, `None` when it does not fit.
#[must_use]
pub fn decode_error<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}

/// The error bodies of an API that declares none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoErrorBody(Infallible);

impl ErrorBody for NoErrorBody {
    fn decode(_: u16, _: u16, _: &[u8]) -> Option<Self> {
        None
    }
}

/// Any JSON at all.
impl ErrorBody for serde_json::Value {
    fn decode(_: u16, _: u16, body: &[u8]) -> Option<Self> {
        decode_error(body)
    }
}

/// A response with a status other than 2xx.
///
/// ```text
/// POST /rest/people: 400 Bad Request: name must be set
/// ```
pub struct ApiError<E> {
    response: RawResponse,
    message: Option<String>,
    body: Option<E>,
    trail: Trail,
}

impl<E> ApiError<E> {
    pub(crate) const fn new(
        response: RawResponse,
        message: Option<String>,
        body: Option<E>,
        trail: Trail,
    ) -> Self {
        Self {
            response,
            message,
            body,
            trail,
        }
    }

    /// The status; it compares with numbers: `error.status() == 404`.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The server's own message, where the body has one in a usual place. For a redirect that was
    /// not followed: where it goes, and what to do.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The headers of the response.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// What the server calls this request in its own logs, where a header says so: `X-Request-Id`
    /// and the like. Name it when you ask the API's people.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.response.request_id()
    }

    /// The body as it came, up to 1 MiB of it.
    #[must_use]
    pub const fn raw(&self) -> &Bytes {
        self.response.bytes()
    }

    /// The whole response.
    #[must_use]
    pub const fn response(&self) -> &RawResponse {
        &self.response
    }

    /// The body as the document declares it for this status; `None` when it declares none, or
    /// when the body is something else.
    #[must_use]
    pub const fn body(&self) -> Option<&E> {
        self.body.as_ref()
    }

    /// As [`ApiError::body`], owned.
    #[must_use]
    pub fn into_body(self) -> Option<E> {
        self.body
    }

    /// How long the server asks to wait before the next call: `retry-after-ms`, or `Retry-After`
    /// in seconds or as a date.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        self.trail.retry_after
    }

    /// How often the call was tried.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        self.trail.attempts
    }

    /// The operation that was called.
    #[must_use]
    pub const fn operation(&self) -> &'static Operation {
        self.response.operation()
    }
}

impl<E: fmt::Debug> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.operation().id)
            .field("response", &self.response)
            .field("message", &self.message)
            .field("attempts", &self.trail.attempts)
            // A server may quote the credential that it refused in its body, so that is not shown.
            .finish_non_exhaustive()
    }
}

impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation(), self.status())?;
        if let Some(message) = &self.message {
            write!(f, ": {message}")?;
        }
        write_attempts(f, self.trail.attempts)
    }
}

impl<E: fmt::Debug> std::error::Error for ApiError<E> {}
