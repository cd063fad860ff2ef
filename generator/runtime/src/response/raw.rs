//! A response before it is read.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::content_type::ContentType;
use super::open;
use crate::error::unreadable;
use crate::request::Draft;
use crate::{Client, DecodeError, DecodeErrorKind, Operation};

/// Status, headers and body of a response.
#[derive(Clone)]
pub struct RawResponse {
    operation: &'static Operation,
    /// Its credentials are taken out of what errors quote.
    client: Client,
    status: StatusCode,
    headers: HeaderMap,
    bytes: Bytes,
    extent: Extent,
}

/// How much of a body was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of it.
    Whole,
    /// Not more than the limit. Its length, if the server said so.
    Larger { limit: u64, length: Option<u64> },
    /// What came before the connection broke.
    Cut,
}

impl RawResponse {
    /// A response without its body.
    pub(crate) fn new(draft: &Draft, status: StatusCode, headers: HeaderMap) -> Self {
        Self {
            operation: draft.operation,
            client: draft.client.clone(),
            status,
            headers,
            bytes: Bytes::new(),
            extent: Extent::Whole,
        }
    }

    pub(crate) fn fill(&mut self, bytes: Bytes, extent: Extent) {
        self.bytes = bytes;
        self.extent = extent;
    }

    /// The operation that was called.
    #[must_use]
    pub const fn operation(&self) -> &'static Operation {
        self.operation
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

    /// The media type with its parameters: `application/json; charset=utf-8`.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        ContentType::header(&self.headers)
    }

    /// What the server calls this request in its own logs, where a header says so: `X-Request-Id`
    /// and the like. Name it when you ask the API's people.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        super::request_id(&self.headers)
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

    /// Whether all of the body is here. Of an error it may be the beginning alone.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.extent == Extent::Whole
    }

    /// Reads the whole body as JSON; XML, where the operation answers in XML that has a type.
    ///
    /// # Errors
    /// When it is neither, or does not fit the type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Box<DecodeError>> {
        self.opened(&[])
    }

    /// Reads what is inside the operation's envelope, as the call itself does: for one that gives
    /// a person, the `Person` in `{"data": {"person": ..}}`.
    ///
    /// # Errors
    /// As [`RawResponse::json`], and when a key of the envelope is missing.
    pub fn data<T: DeserializeOwned>(&self) -> Result<T, Box<DecodeError>> {
        self.opened(self.operation.envelope)
    }

    fn opened<T: DeserializeOwned>(&self, envelope: &[&str]) -> Result<T, Box<DecodeError>> {
        let converted = self.converted()?;
        let converted = converted.as_deref();
        open(converted.unwrap_or(self.content()), envelope)
            .map_err(|error| Box::new(unreadable(self.clone(), converted, &error)))
    }

    /// The body as JSON, where it is XML that stands for some.
    #[cfg(not(feature = "xml"))]
    #[allow(clippy::unnecessary_wraps, reason = "XML may be malformed")]
    pub(crate) fn converted(&self) -> Result<Option<Vec<u8>>, Box<DecodeError>> {
        Ok(None)
    }

    /// The body as JSON, where it is XML that stands for some.
    ///
    /// # Errors
    /// When it is malformed.
    #[cfg(feature = "xml")]
    pub(crate) fn converted(&self) -> Result<Option<Vec<u8>>, Box<DecodeError>> {
        use crate::error::malformed_xml;
        use crate::xml;

        let declared = ContentType::of(&self.headers);
        let is_other = declared.is_json() || self.content().trim_ascii().is_empty();
        let Some(root) = self.operation.xml.filter(|_| !is_other) else {
            return Ok(None);
        };
        // What the transport says of the charset is before what the document says (RFC 7303, section 3).
        let largest = self.client.max_response_size();
        let value = if declared.has_charset() {
            let text = self.text()?;
            xml::text_to_value(root, &text, largest)
        } else {
            xml::bytes_to_value(root, &self.bytes, largest)
        };
        let value = value.map_err(|error| malformed_xml(self.clone(), &error))?;
        Ok(Some(value.to_string().into_bytes()))
    }

    /// The body in UTF-8 with a byte order mark, where it is XML and the transport names its charset: that is
    /// before what the document says of itself (RFC 7303, section 3).
    pub(crate) fn marked(&self) -> Option<Vec<u8>> {
        let declared = ContentType::of(&self.headers);
        let is_told = cfg!(feature = "xml") && declared.is_markup() && declared.has_charset();
        let text = is_told.then(|| self.text().ok()).flatten()?;
        let is_xml = text.trim_start().starts_with('<');
        is_xml.then(|| [b"\xef\xbb\xbf", text.as_bytes()].concat())
    }

    /// The body as text, in the charset that the content type names, or else in UTF-8. A byte
    /// order mark is no part of it.
    ///
    /// # Errors
    /// When the body is not in that charset, and when nobody knows the charset.
    pub fn text(&self) -> Result<String, Box<DecodeError>> {
        let declared = ContentType::of(&self.headers);
        declared.decode(&self.bytes).map_err(|reason| {
            Box::new(DecodeError::new(
                self.clone(),
                DecodeErrorKind::Text,
                reason,
            ))
        })
    }

    /// The body without a byte order mark.
    pub(crate) fn content(&self) -> &[u8] {
        self.bytes
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&self.bytes)
    }

    pub(crate) const fn extent(&self) -> Extent {
        self.extent
    }

    /// Takes credentials out of text.
    pub(crate) fn redact(&self, text: String) -> String {
        self.client.redact(text)
    }
}

/// Shows how long the body is, and not what is in it, which may be secret.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("bytes", &self.bytes.len())
            .field("extent", &self.extent)
            .finish()
    }
}
