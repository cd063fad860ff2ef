//! Responses that are not what the document promises.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use crate::{Operation, RawResponse};

/// A successful response that could not be read.
///
/// ```text
/// GET /rest/people: cannot read the response (200 OK): data.people.name: invalid type: ..
/// ```
pub struct DecodeError {
    operation: &'static Operation,
    response: RawResponse,
    message: String,
}

impl DecodeError {
    pub(crate) fn new(
        operation: &'static Operation,
        response: RawResponse,
        message: impl fmt::Display,
    ) -> Self {
        Self {
            operation,
            response,
            message: message.to_string(),
        }
    }

    /// The status of the response.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The body.
    #[must_use]
    pub const fn raw(&self) -> &Bytes {
        self.response.bytes()
    }

    /// The whole response.
    #[must_use]
    pub const fn response(&self) -> &RawResponse {
        &self.response
    }

    /// The operation that was called.
    #[must_use]
    pub const fn operation(&self) -> &'static Operation {
        self.operation
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.operation.id)
            .field("response", &self.response)
            .field("message", &self.message)
            .finish()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            response,
            message,
        } = self;
        write!(
            f,
            "{operation}: cannot read the response ({}): {message}",
            response.status()
        )
    }
}

impl std::error::Error for DecodeError {}
