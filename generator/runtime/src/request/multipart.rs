//! `multipart/form-data` bodies (RFC 7578).

use std::hash::{BuildHasher, Hasher, RandomState};

use bytes::Bytes;
use serde::Serialize;

use super::{json, style};
use crate::Body;

/// A `multipart/form-data` body: parts in memory and parts that are streams. It can be sent again
/// where all of its parts can.
///
/// ```
/// use specwright_runtime::{Multipart, Part};
///
/// let form = Multipart::new()
///     .part("title", Part::text("Holiday"))
///     .part("photo", Part::bytes(vec![0xff, 0xd8]).file_name("a.jpg").content_type("image/jpeg"));
/// ```
#[derive(Debug, Default)]
pub struct Multipart {
    parts: Vec<(String, Part)>,
    problem: Option<String>,
}

/// One part of a [`Multipart`].
pub struct Part {
    content: Body,
    content_type: Option<String>,
    file_name: Option<String>,
    headers: Vec<(String, String)>,
    problem: Option<String>,
}

impl Multipart {
    /// A body without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part. Several parts may have one name.
    #[must_use]
    pub fn part(mut self, name: impl Into<String>, mut part: Part) -> Self {
        let name = name.into();
        if let Some(reason) = part.problem.take() {
            self.problem
                .get_or_insert(format!("part `{name}`: {reason}"));
        }
        self.parts.push((name, part));
        self
    }

    /// The content type with the boundary, and the body.
    ///
    /// # Errors
    /// When a part cannot be written.
    pub(crate) fn encode(self) -> Result<(String, Body), String> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let boundary = self.boundary();
        let mut pieces = Vec::new();
        let mut text = Vec::new();
        for (name, part) in self.parts {
            text.extend_from_slice(format!("--{boundary}\r\n{}\r\n", part.head(&name)).as_bytes());
            match part.content.as_bytes() {
                Some(bytes) => text.extend_from_slice(bytes),
                None => {
                    pieces.push(std::mem::take(&mut text).into());
                    pieces.push(part.content);
                }
            }
            text.extend_from_slice(b"\r\n");
        }
        text.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let last = Body::from(text);
        let body = if pieces.is_empty() {
            last
        } else {
            pieces.push(last);
            Body::chain(pieces)
        };
        Ok((format!("multipart/form-data; boundary={boundary}"), body))
    }

    /// A boundary that no part contains. Where all parts can be looked at it is counted up, so that
    /// the same parts give the same bytes. A stream cannot be looked at: there it is drawn at
    /// random, so that what is streamed cannot have been made to contain it.
    fn boundary(&self) -> String {
        let contents = || self.parts.iter().map(|(_, part)| part.content.as_bytes());
        if contents().any(|content| content.is_none()) {
            let draw = || RandomState::new().build_hasher().finish();
            return format!("specwright-boundary-{:016x}{:016x}", draw(), draw());
        }
        let taken = |boundary: &str| {
            let needle = boundary.as_bytes();
            let mut contents = contents().flatten();
            contents.any(|content| content.windows(needle.len()).any(|at| at == needle))
        };
        let mut number = 0_u64;
        loop {
            let boundary = format!("specwright-boundary-{number:016}");
            if !taken(&boundary) {
                return boundary;
            }
            number += 1;
        }
    }
}

impl Part {
    fn new(content: Body, content_type: Option<&str>) -> Self {
        Self {
            content,
            content_type: content_type.map(str::to_owned),
            file_name: None,
            headers: Vec::new(),
            problem: None,
        }
    }

    /// Text, without a content type.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Body::from(text.into()), None)
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
            Ok(json) => Self::new(json.into(), Some("application/json")),
            Err(error) => Self {
                problem: Some(error.to_string()),
                ..Self::text("")
            },
        }
    }

    /// Bytes, as `application/octet-stream`.
    #[must_use]
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::new(Body::from(bytes.into()), Some("application/octet-stream"))
    }

    /// A file or the like that is read while it is sent, as `application/octet-stream`.
    ///
    /// Give its length with [`Body::with_length`] where it is known: when all lengths are, the
    /// request has a `Content-Length`, which some servers insist on.
    #[must_use]
    pub fn stream(body: impl Into<Body>) -> Self {
        Self::new(body.into(), Some("application/octet-stream"))
    }

    /// Another content type.
    #[must_use]
    pub fn content_type(self, content_type: impl Into<String>) -> Self {
        Self {
            content_type: Some(content_type.into()),
            ..self
        }
    }

    /// The name of the file it is.
    #[must_use]
    pub fn file_name(self, name: impl Into<String>) -> Self {
        Self {
            file_name: Some(name.into()),
            ..self
        }
    }

    /// One more header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), value.into());
        match super::header(&name, &value) {
            Ok(_) => self.headers.push((name, value)),
            Err(reason) => self.problem = Some(format!("header `{name}`: {reason}")),
        }
        self
    }

    fn head(&self, name: &str) -> String {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
        if let Some(file) = &self.file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file)));
        }
        head.push_str("\r\n");
        if let Some(kind) = &self.content_type {
            head.push_str(&format!("Content-Type: {}\r\n", quoted(kind)));
        }
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head
    }
}

impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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
