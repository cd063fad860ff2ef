//! Request bodies and the media types that carry them.

use super::{Header, Origin, Schema, Style};

/// A Request Body Object.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// `description`.
    pub description: Option<String>,
    /// Whether a request without it is refused.
    pub required: bool,
    /// The alternatives: `application/json`, other JSON, the rest, and ranges such as `*/*`, each
    /// ordered by key. The first that every back end can write is used
    /// where the caller does not choose.
    pub media: Vec<Media>,
    /// Where it stands.
    pub origin: Origin,
}

impl Body {
    /// The alternative that is written where the caller does not choose: JSON before forms before the
    /// rest, of several of one kind the first.
    pub fn preferred(&self) -> Option<&Media> {
        self.media.iter().min_by_key(|media| match media.encoding {
            Encoding::Json => 0,
            Encoding::Form(_) => 1,
            Encoding::Text => 2,
            Encoding::Binary => 3,
            Encoding::Multipart(_) => 4,
            Encoding::JsonLines | Encoding::EventStream | Encoding::Xml => 5,
        })
    }
}

/// A Media Type Object: one way to write a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Media {
    /// The media type as written: `application/json; charset=utf-8`, `image/*`.
    pub media_type: String,
    /// How it is written.
    pub encoding: Encoding,
    /// What it carries.
    pub schema: Schema,
    /// Whether `schema` is of each item of a stream (3.2's `itemSchema`) rather than of the whole.
    pub per_item: bool,
    /// Whether it is XML that has a type, as JSON has. Set by `passes::xml`.
    pub typed_xml: bool,
    /// Examples of the whole body.
    pub examples: Vec<serde_json::Value>,
    /// Where it stands.
    pub origin: Origin,
}

impl Media {
    /// What a request says that it accepts where this is what it reads: JSON of no kind of its own, and
    /// JSON for a range, is `application/json`.
    ///
    /// ```
    /// use specwright::ir::{Encoding, Media, Origin, Schema};
    /// let mut media = Media {
    ///     media_type: "application/json; charset=utf-8".to_owned(),
    ///     encoding: Encoding::Json,
    ///     schema: Schema::default(),
    ///     per_item: false,
    ///     typed_xml: false,
    ///     examples: Vec::new(),
    ///     origin: Origin::default(),
    /// };
    /// assert_eq!(media.accept(), "application/json");
    /// media.media_type = "application/vnd.api+json".to_owned();
    /// assert_eq!(media.accept(), "application/vnd.api+json");
    /// ```
    pub fn accept(&self) -> &str {
        let essence = self.media_type.split(';').next().unwrap_or_default().trim();
        let is_plain = essence.contains('*') || essence.eq_ignore_ascii_case("application/json");
        match self.encoding {
            Encoding::Json if is_plain => "application/json",
            _ => &self.media_type,
        }
    }

    /// Whether what it carries is a value of its schema, and not parts, text or bytes.
    pub fn is_value(&self) -> bool {
        matches!(self.encoding, Encoding::Json | Encoding::Form(_)) || self.typed_xml
    }
}

/// How a body is written, from its media type.
#[derive(Debug, Clone, PartialEq)]
pub enum Encoding {
    /// `application/json` and every `+json`.
    Json,
    /// `application/x-ndjson`, `application/jsonl`, `application/json-seq`: a value per line.
    JsonLines,
    /// `text/event-stream`.
    EventStream,
    /// `application/x-www-form-urlencoded`, with what `encoding` says of each property.
    Form(Vec<Part>),
    /// `multipart/form-data` and other multiparts, with what `encoding` says of each property.
    Multipart(Vec<Part>),
    /// `text/*`.
    Text,
    /// `application/xml` and every `+xml`.
    Xml,
    /// Everything else: bytes.
    Binary,
}

/// An Encoding Object: how one property of a form travels.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The property's wire name.
    pub name: String,
    /// `contentType`; or what it is where the schema has a `contentEncoding`.
    pub content_type: Option<String>,
    /// Whether the content type is that of a text with a `contentEncoding`, of which the document says
    /// nothing else.
    pub is_encoded: bool,
    /// `style`.
    pub style: Option<Style>,
    /// `explode`.
    pub explode: Option<bool>,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `headers` of the part.
    pub headers: Vec<Header>,
}
