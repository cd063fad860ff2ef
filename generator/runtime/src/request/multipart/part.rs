//! One part of a multipart body.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::super::payload::Payload;
use super::super::{header, json, style};
use super::aside;
use crate::Body;

/// One part of a multipart body: a file, or whatever else the caller makes of it.
///
/// A part that is a stream is read while it is sent, so that a large file is never in memory. It
/// can be sent once, as its [`Body`] can: a clone of the part does not have it, and a call with it
/// is not tried again, unless it is made with [`Body::from_stream_fn`].
///
/// ```
/// use specwright_runtime::Part;
///
/// let photo = Part::bytes(vec![0xff, 0xd8]).file_name("a.jpg").content_type("image/jpeg");
/// let plain: Part = b"bytes".to_vec().into();
/// # let _ = (photo, plain);
/// ```
///
/// As JSON, for calls by name, it is an object with its bytes in `base64`, and with `fileName`,
/// `contentType` and `headers` where it has them. What has no `base64` is read as a
/// [value](Self::value); a stream cannot be written.
#[derive(Clone)]
pub struct Part {
    content: Payload,
    pub(super) kind: Kind,
    pub(super) content_type: Option<String>,
    pub(super) file_name: Option<String>,
    headers: Vec<(String, String)>,
    pub(super) problem: Option<String>,
}

/// What a part is, where it does not say its content type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `text/plain` is what a part without a content type is (RFC 7578, section 4.4).
    Text,
    Json,
    Bytes,
}

impl Kind {
    const fn content_type(self) -> Option<&'static str> {
        match self {
            Self::Text => None,
            Self::Json => Some("application/json"),
            Self::Bytes => Some("application/octet-stream"),
        }
    }
}

impl Part {
    fn new(content: Body, kind: Kind) -> Self {
        Self {
            content: Payload::new(content),
            kind,
            content_type: None,
            file_name: None,
            headers: Vec::new(),
            problem: None,
        }
    }

    /// Text, without a content type.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Body::from(text.into()), Kind::Text)
    }

    /// A scalar as text; an array or object as JSON.
    #[must_use]
    pub fn value<T: Serialize + ?Sized>(value: &T) -> Self {
        match style::value_of(value) {
            Ok(value) => match style::scalar(&value) {
                Some(text) => Self::text(text),
                None => Self::json(&value),
            },
            Err(reason) => Self {
                problem: Some(reason),
                ..Self::text("")
            },
        }
    }

    /// JSON, as `application/json`.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Self {
        match json::to_vec(value) {
            Ok(json) => Self::new(json.into(), Kind::Json),
            Err(error) => Self {
                problem: Some(error.to_string()),
                ..Self::text("")
            },
        }
    }

    /// Bytes, as `application/octet-stream` or what the document says.
    #[must_use]
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::new(Body::from(bytes.into()), Kind::Bytes)
    }

    /// A file or the like that is read while it is sent, as `application/octet-stream` or what the
    /// document says.
    ///
    /// Give its length with [`Body::with_length`] where it is known: when all lengths are, the
    /// request has a `Content-Length`, which some servers insist on.
    #[must_use]
    pub fn stream(body: impl Into<Body>) -> Self {
        Self::new(body.into(), Kind::Bytes)
    }

    /// Another content type, with its parameters as they stand: `text/plain; charset="utf-8"`.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        let content_type = content_type.into();
        match header("Content-Type", &content_type) {
            Ok(_) => self.content_type = Some(content_type),
            Err(reason) => self.problem = Some(format!("its content type {reason}")),
        }
        self
    }

    /// The name of the file it is.
    #[must_use]
    pub fn file_name(self, name: impl Into<String>) -> Self {
        Self {
            file_name: Some(name.into()),
            ..self
        }
    }

    /// One more header. `Content-Type` is the [content type](Self::content_type); `Content-Disposition` is
    /// made of the part's name and [that of its file](Self::file_name), and is refused.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), value.into());
        let reason = match header(&name, &value) {
            Ok((known, _)) if known == CONTENT_TYPE => return self.content_type(value),
            Ok((known, _)) if known == CONTENT_DISPOSITION => {
                "it is made of the name and the file name"
            }
            Ok(_) => {
                self.headers.push((name, value));
                return self;
            }
            Err(reason) => reason,
        };
        self.problem = Some(format!("header `{name}`: {reason}"));
        self
    }

    /// The same part, which has the content from now on where that can be sent once.
    ///
    /// # Errors
    /// When it was taken before.
    pub(super) fn moved(&self) -> Result<Self, String> {
        let content = Payload::new(self.take()?);
        Ok(Self {
            content,
            ..self.clone()
        })
    }

    /// The content.
    ///
    /// # Errors
    /// When it is a stream that was taken before.
    pub(super) fn take(&self) -> Result<Body, String> {
        self.content.take().map_err(|error| error.to_string())
    }

    /// What stands above the content.
    pub(super) fn head(&self, disposition: &str, name: &str) -> String {
        let mut head = format!(
            "Content-Disposition: {disposition}; name=\"{}\"",
            quoted(name)
        );
        if let Some(file) = &self.file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file)));
        }
        head.push_str("\r\n");
        let content_type = self.content_type.as_deref();
        if let Some(kind) = content_type.or(self.kind.content_type()) {
            head.push_str(&format!("Content-Type: {kind}\r\n"));
        }
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head
    }

    /// What [`Serialize`] writes, read again.
    fn from_value(value: &Value) -> Result<Self, String> {
        let Some(file) = value.as_object().filter(|it| it.contains_key("base64")) else {
            return Ok(Self::value(value));
        };
        let mut part = Self::bytes(Bytes::new());
        for (key, value) in file {
            let text = || value.as_str().ok_or_else(|| format!("`{key}` is not text"));
            part = match key.as_str() {
                "base64" => {
                    let bytes = BASE64_STANDARD.decode(text()?);
                    let bytes = bytes.map_err(|_| "`base64` is not base64")?;
                    Self {
                        content: Payload::new(bytes.into()),
                        ..part
                    }
                }
                "fileName" => part.file_name(text()?),
                "contentType" => part.content_type(text()?),
                "headers" => {
                    let headers = value.as_object().ok_or("`headers` is no object")?;
                    headers.iter().try_fold(part, |part, (name, value)| {
                        let value = value.as_str().ok_or("a header is not text")?;
                        Ok::<_, String>(part.header(name.as_str(), value))
                    })?
                }
                _ => return Err(format!("a file has no `{}`", key.escape_debug())),
            };
        }
        Ok(part)
    }
}

/// In memory or a stream, as [`Body`] is.
impl<T: Into<Body>> From<T> for Part {
    fn from(content: T) -> Self {
        Self::new(content.into(), Kind::Bytes)
    }
}

/// Streams are equal to nothing, themselves included.
impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        let bytes = self.content.bytes();
        bytes.is_some()
            && bytes == other.content.bytes()
            && (self.kind, &self.content_type) == (other.kind, &other.content_type)
            && (&self.file_name, &self.headers) == (&other.file_name, &other.headers)
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(mark) = aside::put(self) {
            return mark.map_err(S::Error::custom)?.serialize(serializer);
        }
        let bytes = self.content.bytes();
        let bytes = bytes.ok_or_else(|| S::Error::custom("a stream cannot be written as JSON"))?;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("base64", &BASE64_STANDARD.encode(bytes))?;
        if let Some(name) = &self.file_name {
            object.serialize_entry("fileName", name)?;
        }
        if let Some(kind) = self.content_type.as_deref().or(self.kind.content_type()) {
            object.serialize_entry("contentType", kind)?;
        }
        if !self.headers.is_empty() {
            let headers = self.headers.iter().cloned();
            let headers: serde_json::Map<_, _> = headers.map(|(k, v)| (k, v.into())).collect();
            object.serialize_entry("headers", &headers)?;
        }
        object.end()
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::from_value(&value).map_err(D::Error::custom)
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("content", &self.content)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

/// What cannot stand in a quoted name, escaped as browsers do (WHATWG HTML, multipart form data).
fn quoted(text: &str) -> String {
    text.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
