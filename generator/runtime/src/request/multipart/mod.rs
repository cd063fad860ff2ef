//! Multipart bodies: `multipart/form-data` (RFC 7578) and others (RFC 2046, section 5.1).

mod aside;
mod encoding;
mod part;
mod typed;

use std::hash::{BuildHasher, Hasher, RandomState};

use crate::Body;

pub use encoding::PartEncoding;
pub use part::Part;
pub(crate) use typed::multipart;

/// What a form with files is sent as.
const FORM_DATA: &str = "multipart/form-data";

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
    media_type: Option<&'static str>,
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

    /// Another media type than `multipart/form-data`: `multipart/mixed`. It keeps its parameters, as the
    /// `type` of `multipart/related`, but for a boundary. A range is none that a body can have, and changes
    /// nothing.
    #[must_use]
    pub fn media_type(self, media_type: &'static str) -> Self {
        Self {
            media_type: Some(media_type).filter(|it| !essence(it).contains('*')),
            ..self
        }
    }

    /// The content type with the boundary, and the body.
    ///
    /// # Errors
    /// When a part cannot be written, or was sent already.
    pub(crate) fn encode(self) -> Result<(String, Body), String> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let media_type = self.media_type.unwrap_or(FORM_DATA);
        let disposition = if essence(media_type).eq_ignore_ascii_case(FORM_DATA) {
            "form-data"
        } else {
            "attachment"
        };
        let mut contents = Vec::new();
        for (name, part) in &self.parts {
            let body = part.take().map_err(|why| format!("part `{name}`: {why}"))?;
            contents.push((part.head(disposition, name), body));
        }
        let boundary = boundary(&contents);
        let mut pieces = Vec::new();
        let mut text = Vec::new();
        for (head, content) in contents {
            text.extend_from_slice(format!("--{boundary}\r\n{head}\r\n").as_bytes());
            match content.as_bytes() {
                Some(bytes) => text.extend_from_slice(bytes),
                None => {
                    pieces.push(std::mem::take(&mut text).into());
                    pieces.push(content);
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
        let media_type = without_boundary(media_type);
        Ok((format!("{media_type}; boundary={boundary}"), body))
    }
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// A media type with its parameters, without the boundary that a document has by example.
fn without_boundary(media_type: &str) -> String {
    let mut is_quoted = false;
    let mut is_escaped = false;
    let pieces = media_type.split(|c: char| {
        let was_escaped = std::mem::take(&mut is_escaped);
        match c {
            '\\' if is_quoted && !was_escaped => is_escaped = true,
            '"' if !was_escaped => is_quoted = !is_quoted,
            _ => {}
        }
        c == ';' && !is_quoted
    });
    let is_boundary = |piece: &&str| {
        let name = piece.split('=').next().unwrap_or_default().trim();
        name.eq_ignore_ascii_case("boundary")
    };
    let kept = pieces.map(str::trim);
    let kept = kept.filter(|piece| !piece.is_empty() && !is_boundary(piece));
    kept.collect::<Vec<_>>().join("; ")
}

/// A boundary that no part contains. Where all parts can be looked at it is counted up, so that
/// the same parts give the same bytes. A stream cannot be looked at: there it is drawn at
/// random, so that what is streamed cannot have been made to contain it.
fn boundary(contents: &[(String, Body)]) -> String {
    let contents = || contents.iter().map(|(_, content)| content.as_bytes());
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
