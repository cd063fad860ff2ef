//! Responses that are not what the document promises.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use http::header::CONTENT_LENGTH;

use super::json::{Found, Problem, explain};
use super::message::page_title;
use crate::response::Extent;
use crate::response::content_type::{ContentType, compression, not_utf8};
use crate::{Operation, RawResponse};

/// A successful response that could not be read.
///
/// ```text
/// GET /people: cannot read the response (200 OK, application/json): data.people[3].name: expected a string, found 7 (line 1, column 48)
/// ```
pub struct DecodeError {
    response: RawResponse,
    kind: DecodeErrorKind,
    message: String,
    found: Option<Found>,
}

/// What is wrong with a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// There is no body.
    Empty,
    /// The body is larger than the client reads; what was read of it is in the response.
    TooLarge,
    /// The body ends in the middle.
    Cut,
    /// The body is something else than JSON or XML, as a page of a proxy, or it is compressed.
    ContentType,
    /// The body is not in its charset.
    Text,
    /// The body is malformed JSON or XML.
    Syntax,
    /// The body is nested more than 128 levels deep.
    TooDeep,
    /// A value is not of the type that the document says.
    Data,
    /// The list cannot be continued.
    Paging,
}

impl DecodeError {
    pub(crate) fn new(
        response: RawResponse,
        kind: DecodeErrorKind,
        message: impl fmt::Display,
    ) -> Self {
        Self {
            message: response.redact(message.to_string()),
            response,
            kind,
            found: None,
        }
    }

    /// A value of the body, or a place in it.
    fn at(response: RawResponse, kind: DecodeErrorKind, mut found: Found) -> Self {
        found.path = response.redact(found.path);
        found.message = response.redact(found.message);
        found.excerpt = found.excerpt.map(|excerpt| response.redact(excerpt));
        let Found {
            path,
            line,
            column,
            message,
            ..
        } = &found;
        let separator = if path.is_empty() { "" } else { ": " };
        let mut message = format!("{path}{separator}{message}");
        if *line > 0 {
            message.push_str(&format!(" (line {line}, column {column})"));
        }
        Self {
            response,
            kind,
            message,
            found: Some(found),
        }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// The way to the value that does not fit: `data.people[3].name`. Empty for the body as a
    /// whole; `None` when it is not about a value.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.found.as_ref().map(|found| found.path.as_str())
    }

    /// Line and column in a body of JSON, both from 1, columns in bytes.
    #[must_use]
    pub fn position(&self) -> Option<(usize, usize)> {
        let found = self.found.as_ref().filter(|found| found.line > 0)?;
        Some((found.line, found.column))
    }

    /// The object or array around the value. Of its values only that one is shown, as the others may
    /// be secret: `{"id": …, "name": 7}`.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        self.found.as_ref()?.excerpt.as_deref()
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

    /// What the server calls this request in its own logs, where a header says so: `X-Request-Id`
    /// and the like.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.response.request_id()
    }

    /// The operation that was called.
    #[must_use]
    pub const fn operation(&self) -> &'static Operation {
        self.response.operation()
    }
}

/// A response that was not read whole.
pub(crate) fn incomplete(response: RawResponse) -> DecodeError {
    let reason = match response.extent() {
        Extent::Larger { limit, length } => {
            let length = length.map_or_else(|| "more".to_owned(), |length| length.to_string());
            format!(
                "the body is larger than {limit} bytes, namely {length}: give the client's builder \
                 another `max_response_size`, or read it with `send_stream`"
            )
        }
        Extent::Whole | Extent::Cut => "the body is not complete".to_owned(),
    };
    DecodeError::new(response, DecodeErrorKind::TooLarge, reason)
}

/// Says why a body could not be read as JSON of some type. `error` is what serde_json said, of the JSON
/// that a body of another format was `converted` to.
pub(crate) fn unreadable(
    response: RawResponse,
    converted: Option<&[u8]>,
    error: &serde_json::Error,
) -> DecodeError {
    if let Some(converted) = converted {
        return misfit(response, converted, error);
    }
    let body = response.content();
    if let Some((kind, reason)) = no_json(&response, body) {
        return DecodeError::new(response, kind, reason);
    }
    match explain(body, error) {
        Problem::Cut { path } => {
            let reason = cut(&response, &path);
            DecodeError::new(response, DecodeErrorKind::Cut, reason)
        }
        problem => told(response, problem),
    }
}

fn told(response: RawResponse, problem: Problem) -> DecodeError {
    match problem {
        Problem::Cut { path } => {
            let place = if path.is_empty() { "" } else { " of " };
            let reason = format!("it ends in the middle{place}{path}");
            DecodeError::new(response, DecodeErrorKind::Cut, reason)
        }
        Problem::Syntax(mut found) => {
            found.message = format!("malformed JSON: {}", found.message);
            DecodeError::at(response, DecodeErrorKind::Syntax, found)
        }
        Problem::Deep(found) => DecodeError::at(response, DecodeErrorKind::TooDeep, found),
        Problem::Data(found) => DecodeError::at(response, DecodeErrorKind::Data, found),
    }
}

/// As [`unreadable`], of JSON that nobody has seen: a place in it is none in the body.
fn misfit(response: RawResponse, converted: &[u8], error: &serde_json::Error) -> DecodeError {
    match explain(converted, error) {
        Problem::Data(mut found) | Problem::Syntax(mut found) | Problem::Deep(mut found) => {
            (found.line, found.column) = (0, 0);
            DecodeError::at(response, DecodeErrorKind::Data, found)
        }
        Problem::Cut { .. } => DecodeError::new(response, DecodeErrorKind::Data, error),
    }
}

/// Says why a body could not be read as XML.
#[cfg(feature = "xml")]
pub(crate) fn malformed_xml(response: RawResponse, error: &crate::xml::XmlError) -> DecodeError {
    let body = response.content();
    let declared = ContentType::of(response.headers());
    let markup = body.trim_ascii_start().starts_with(b"<");
    let is_page = declared.essence.to_ascii_lowercase().contains("html");
    let (kind, reason) = if let Some(encoding) = compression(response.headers()) {
        let encoding = encoding.escape_debug();
        let reason = format!("the body is compressed ({encoding}), which was not asked for");
        (DecodeErrorKind::ContentType, reason)
    } else if is_page || (!markup && !declared.is_markup()) {
        let title = page_title(body).map_or_else(String::new, |title| format!(": \"{title}\""));
        let reason = format!("the body is no XML{title}");
        (DecodeErrorKind::ContentType, reason)
    } else if error.is_deep() {
        (DecodeErrorKind::TooDeep, error.to_string())
    } else if error.is_large() {
        let reason = format!("{error}: give the client's builder a larger `max_response_size`");
        (DecodeErrorKind::TooLarge, reason)
    } else {
        (DecodeErrorKind::Syntax, format!("malformed XML: {error}"))
    };
    DecodeError::new(response, kind, reason)
}

/// Says why an item of a stream could not be read, which then is the error's body. Items are counted
/// from 1; the text may be an event's data alone.
pub(crate) fn unreadable_item(
    mut response: RawResponse,
    number: u64,
    is_data: bool,
    text: Bytes,
    error: &serde_json::Error,
) -> DecodeError {
    let problem = explain(&text, error);
    response.fill(text, Extent::Whole);
    let mut error = told(response, problem);
    let place = if is_data { ", its data" } else { "" };
    error.message = format!("item {number}{place}: {}", error.message);
    error
}

/// An item of a stream is larger than is kept.
pub(crate) fn too_large_item(response: RawResponse, number: u64, limit: u64) -> DecodeError {
    let reason = format!(
        "item {number} is larger than {limit} bytes: give the client's builder another \
         `max_response_size`"
    );
    DecodeError::new(response, DecodeErrorKind::TooLarge, reason)
}

/// A response is something else than what was asked for.
pub(crate) fn not_asked_for(response: RawResponse, wanted: &str) -> DecodeError {
    let declared = ContentType::of(response.headers()).essence.escape_debug();
    let reason = format!("the body is {declared} and not {wanted}");
    DecodeError::new(response, DecodeErrorKind::ContentType, reason)
}

/// A response is no stream of items.
pub(crate) fn no_items(response: RawResponse, wanted: &str) -> DecodeError {
    let declared = ContentType::of(response.headers()).essence.escape_debug();
    let reason = format!(
        "the body is {declared} and not {wanted}: the API may want to be told in the request that a \
         stream is wanted"
    );
    DecodeError::new(response, DecodeErrorKind::ContentType, reason)
}

/// What a body is that is no JSON at all.
fn no_json(response: &RawResponse, body: &[u8]) -> Option<(DecodeErrorKind, String)> {
    if let Some(encoding) = compression(response.headers()) {
        let encoding = encoding.escape_debug();
        let reason = format!("the body is compressed ({encoding}), which was not asked for");
        return Some((DecodeErrorKind::ContentType, reason));
    }
    if body.trim_ascii().is_empty() {
        return Some((DecodeErrorKind::Empty, "the body is empty".to_owned()));
    }
    let declared = ContentType::of(response.headers());
    let markup = body.trim_ascii_start().starts_with(b"<");
    let plain = !declared.essence.is_empty() && !declared.is_json();
    let json = matches!(body.trim_ascii_start().first(), Some(b'{' | b'['));
    if markup || declared.is_markup() || (plain && !json) {
        let kind = match declared.essence {
            "" => "HTML or XML",
            essence => essence,
        };
        let title = page_title(body).map_or_else(String::new, |title| format!(": \"{title}\""));
        let reason = format!("the body is {} and not JSON{title}", kind.escape_debug());
        return Some((DecodeErrorKind::ContentType, reason));
    }
    if body.starts_with(b"\xff\xfe") || body.starts_with(b"\xfe\xff") {
        let reason = "the body is UTF-16, and JSON is UTF-8".to_owned();
        return Some((DecodeErrorKind::Text, reason));
    }
    let text = std::str::from_utf8(body);
    text.err()
        // A character that is cut is a body that is cut.
        .filter(|error| error.error_len().is_some())
        .map(|error| (DecodeErrorKind::Text, not_utf8(error)))
}

fn cut(response: &RawResponse, path: &str) -> String {
    let came = response.bytes().len();
    let place = match path {
        "" => String::new(),
        path => format!(" of {path}"),
    };
    let said = response.headers().get(CONTENT_LENGTH);
    let said = said.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let said = match said {
        Some(length) if length != came => format!("; Content-Length said {length}"),
        _ => String::new(),
    };
    format!("the body ends in the middle{place} after {came} bytes{said}")
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("kind", &self.kind)
            .field("message", &self.message)
            .field("excerpt", &self.excerpt())
            .field("response", &self.response)
            .finish()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: cannot read the response ({}",
            self.operation(),
            self.status()
        )?;
        if let Some(content_type) = self.response.content_type() {
            write!(f, ", {}", content_type.escape_debug())?;
        }
        write!(f, "): {}", self.message)
    }
}

impl std::error::Error for DecodeError {}
