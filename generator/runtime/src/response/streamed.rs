//! A response whose body is read as it comes.

use http::{HeaderMap, StatusCode};

use super::RawResponse;
use super::content_type::ContentType;
use crate::Body;

/// A successful response whose body is read as it comes. No limit of size holds for it.
///
/// ```no_run
/// # use specwright_runtime as rt;
/// # use std::io::Write;
/// # async fn example(
/// #     mut download: rt::StreamedResponse,
/// #     mut file: std::fs::File,
/// # ) -> Result<(), Box<dyn std::error::Error>> {
/// while let Some(bytes) = download.body.try_next().await? {
///     file.write_all(&bytes)?;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct StreamedResponse {
    /// The status, which is one of 2xx.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, also as a `Stream` of its bytes.
    pub body: Body,
}

impl StreamedResponse {
    pub(crate) fn new(response: &RawResponse, body: Body) -> Self {
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            body,
        }
    }

    /// The media type with its parameters.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        ContentType::header(&self.headers)
    }

    /// What the server calls this request in its own logs, where a header says so: `X-Request-Id`
    /// and the like.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        super::request_id(&self.headers)
    }
}
