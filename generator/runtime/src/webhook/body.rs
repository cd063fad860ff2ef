//! Bodies: a value at some keys, and why a body is not the event it says it is.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::DecodeErrorKind;
use crate::error::{Found, Problem, explain};
use crate::model::de::Key;

/// A body that cannot be read.
///
/// ```text
/// cannot read the event company.created: record.name: expected a string, found 7 (line 1, column 48)
/// ```
pub struct BodyError {
    event: Option<String>,
    kind: DecodeErrorKind,
    message: String,
    found: Option<Found>,
    raw: Bytes,
}

impl BodyError {
    /// Says why a body could not be read. `error` is what serde_json said.
    pub(super) fn new(event: Option<&str>, body: &[u8], error: &serde_json::Error) -> Box<Self> {
        let (kind, message, found) = match explain(body, error) {
            _ if body.trim_ascii().is_empty() => {
                (DecodeErrorKind::Empty, "the body is empty".to_owned(), None)
            }
            _ if std::str::from_utf8(body).is_err() => (
                DecodeErrorKind::Text,
                "the body is not UTF-8".to_owned(),
                None,
            ),
            Problem::Cut { .. } => {
                let message = "the body ends in the middle".to_owned();
                (DecodeErrorKind::Cut, message, None)
            }
            Problem::Syntax(found) => {
                let message = format!("malformed JSON: {}", shown(&found));
                (DecodeErrorKind::Syntax, message, Some(found))
            }
            Problem::Deep(found) => (DecodeErrorKind::TooDeep, shown(&found), Some(found)),
            Problem::Data(found) => (DecodeErrorKind::Data, shown(&found), Some(found)),
        };
        Box::new(Self {
            event: event.map(str::to_owned),
            kind,
            message,
            found,
            raw: Bytes::copy_from_slice(body),
        })
    }

    /// A header that names the event is there more than once.
    pub(super) fn duplicate(header: &str, body: &[u8]) -> Box<Self> {
        Box::new(Self {
            event: None,
            kind: DecodeErrorKind::Data,
            message: format!("the header {header} is there more than once"),
            found: None,
            raw: Bytes::copy_from_slice(body),
        })
    }

    /// The event that the delivery says it is, where it says one.
    #[must_use]
    pub fn event(&self) -> Option<&str> {
        self.event.as_deref()
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// The way to the value that does not fit: `record.name`. `None` when it is not about a value.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.found.as_ref().map(|found| found.path.as_str())
    }

    /// Line and column in the body, both from 1, columns in bytes.
    #[must_use]
    pub fn position(&self) -> Option<(usize, usize)> {
        self.found.as_ref().map(|found| (found.line, found.column))
    }

    /// The body as it came.
    #[must_use]
    pub const fn raw(&self) -> &Bytes {
        &self.raw
    }
}

fn shown(found: &Found) -> String {
    let separator = if found.path.is_empty() { "" } else { ": " };
    format!(
        "{}{separator}{} (line {}, column {})",
        found.path, found.message, found.line, found.column
    )
}

impl fmt::Debug for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Of the body only its length: it may have secrets in it.
        f.debug_struct("BodyError")
            .field("event", &self.event)
            .field("kind", &self.kind)
            .field("message", &self.message)
            .field("bytes", &self.raw.len())
            .finish()
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.event {
            Some(event) => write!(f, "cannot read the event {}", event.escape_debug())?,
            None => f.write_str("cannot read the delivery")?,
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for BodyError {}

/// The text or the whole number behind some keys of a body; `None` where there is none.
///
/// # Errors
/// When the body is no JSON.
pub(super) fn text_at<'b>(
    body: &'b [u8],
    keys: &[&str],
) -> Result<Option<Cow<'b, str>>, Box<BodyError>> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let found = At(keys).deserialize(&mut deserializer);
    let found = found.and_then(|found| deserializer.end().map(|()| found));
    found.map_err(|error| BodyError::new(None, body, &error))
}

/// What stands behind some keys. Nothing else of the body is kept.
struct At<'k>(&'k [&'k str]);

impl<'de> DeserializeSeed<'de> for At<'_> {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl At<'_> {
    fn scalar(&self, value: impl ToString) -> Option<Cow<'static, str>> {
        self.0.is_empty().then(|| Cow::Owned(value.to_string()))
    }
}

impl<'de> Visitor<'de> for At<'_> {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(Key(key)) = map.next_key::<Key<'de>>()? {
            match self.0 {
                // Of a duplicate key the last value counts, as in models.
                [first, rest @ ..] if *first == key => found = map.next_value_seed(At(rest))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(self.0.is_empty().then_some(Cow::Borrowed(text)))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(self.scalar(text))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(self.scalar(number))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(self.scalar(number))
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(body: &str, keys: &[&str]) -> Option<String> {
        text_at(body.as_bytes(), keys).unwrap().map(Cow::into_owned)
    }

    #[test]
    fn a_value_is_found_behind_its_keys() {
        let body = r#"{"x": [1], "data": {"type": "a.b", "n": 7, "o": {}}, "type": null}"#;
        assert_eq!(at(body, &["data", "type"]).as_deref(), Some("a.b"));
        assert_eq!(at(body, &["data", "n"]).as_deref(), Some("7"));
        for keys in [
            &["data"][..],
            &["data", "o"],
            &["type"],
            &["x"],
            &["gone"],
            &["data", "type", "x"],
        ] {
            assert_eq!(at(body, keys), None, "{keys:?}");
        }
        assert_eq!(at(r#"{"a": "x", "a": "y"}"#, &["a"]).as_deref(), Some("y"));
        assert_eq!(at(r#"{"a": "tab\t"}"#, &["a"]).as_deref(), Some("tab\t"));
        assert_eq!(at(r#"["a"]"#, &["a"]), None);
    }

    #[test]
    fn what_is_no_json_is_an_error_that_says_what_it_is() {
        let kind = |body: &[u8]| text_at(body, &["a"]).unwrap_err().kind();
        assert_eq!(kind(b""), DecodeErrorKind::Empty);
        assert_eq!(kind(b"{\"a\": \"\xff\"}"), DecodeErrorKind::Text);
        assert_eq!(kind(b"{\"a\": "), DecodeErrorKind::Cut);
        assert_eq!(kind(b"a=b"), DecodeErrorKind::Syntax);
        assert_eq!(kind(b"{} {}"), DecodeErrorKind::Syntax);
        let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
        // What is skipped may nest as deep as it likes, as nothing of it is kept.
        assert_eq!(text_at(&deep, &["a"]).unwrap(), None);
    }
}
