//! A response before it is read.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// Status, headers and body of a response.
#[derive(Clone)]
pub struct RawResponse {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Bytes,
}

impl RawResponse {
    pub(crate) const fn new(status: StatusCode, headers: HeaderMap, bytes: Bytes) -> Self {
        Self {
            status,
            headers,
            bytes,
        }
    }

    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub const fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The body, owned.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }
}

/// Shows how long the body is, and not what is in it, which may be secret.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}
