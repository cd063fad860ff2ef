//! Request bodies, media types, and how each is written.

use super::parameters::query_style;
use super::reader::Reader;
use super::schemas::Place;
use super::shell::Shape;
use crate::ir::{Body, Encoding, Media, Part, Primitive, Schema, Type};
use crate::load::Node;

const BODY: Shape<'_> = Shape {
    aside: &["content"],
    required: &[],
    expected: &[],
    tag: None,
    stand_in: None,
};

const ENCODING: Shape<'_> = Shape {
    // 3.2 nests encodings.
    aside: &["headers", "encoding", "prefixEncoding", "itemEncoding"],
    required: &[],
    expected: &[],
    tag: None,
    stand_in: None,
};

impl<'d> Reader<'d, '_> {
    /// `requestBody` of an operation.
    pub(super) fn body(&mut self, operation: &Node<'d>, place: &Place<'_>) -> Option<Body> {
        let node = operation.get("requestBody")?;
        let target = self.follow(&node)?;
        let read = self.shell::<openapiv3::RequestBody>(&target, &BODY)?;
        Some(Body {
            description: read.description,
            required: read.required,
            media: self.media(&target, &place.part("request")),
            origin: node.origin(),
        })
    }

    /// Every media type under `content`, [the best](preference) first.
    pub(super) fn media(&mut self, node: &Node<'d>, place: &Place<'_>) -> Vec<Media> {
        let Some(content) = self.object(node, "content") else {
            return Vec::new();
        };
        let mut entries: Vec<_> = content.entries().collect();
        entries.sort_by_key(|(media_type, _)| preference(media_type));
        let mut media = Vec::new();
        let is_alone = entries.len() == 1;
        for (media_type, node) in entries {
            if !node.value().is_object() {
                self.wrong_type(&node, "an object");
                continue;
            }
            let parts = self.parts(&node, place);
            let encoding = encoding(media_type, parts);
            let is_stream = matches!(encoding, Encoding::JsonLines | Encoding::EventStream);
            let item = node.get("itemSchema").filter(|_| is_stream);
            let per_item = item.is_some();
            // What streams beside another form of the answer is a part of it, not the same again.
            let part = match encoding {
                Encoding::EventStream if !is_alone => Some("event"),
                Encoding::JsonLines if !is_alone => Some("line"),
                _ => None,
            };
            let inner = part.map(|part| place.part(part));
            let place = inner.as_ref().unwrap_or(place);
            let schema = match item.or_else(|| node.get("schema")) {
                Some(schema) => self.schema(&schema, place),
                None => Schema {
                    origin: node.origin(),
                    ..Schema::default()
                },
            };
            let encoding = match encoding {
                Encoding::Json if is_file(&node, &schema) => Encoding::Binary,
                encoding => encoding,
            };
            media.push(Media {
                media_type: media_type.to_owned(),
                encoding,
                typed_xml: false,
                schema,
                per_item,
                examples: self.examples(&node),
                origin: node.origin(),
            });
        }
        media
    }

    /// `encoding` of a media type.
    fn parts(&mut self, media: &Node<'d>, place: &Place<'_>) -> Vec<Part> {
        let Some(map) = self.object(media, "encoding") else {
            return Vec::new();
        };
        let mut parts = Vec::new();
        for (name, node) in map.entries() {
            let read = self.shell::<openapiv3::Encoding>(&node, &ENCODING);
            let Some(encoding) = read else { continue };
            parts.push(Part {
                name: name.to_owned(),
                content_type: encoding.content_type,
                style: encoding.style.as_ref().map(query_style),
                explode: node.get("explode").map(|_| encoding.explode),
                allow_reserved: encoding.allow_reserved,
                headers: self.headers(&node, &place.property(name)),
            });
        }
        parts
    }
}

/// Where a media type stands among its alternatives, the lowest first. Their keys have no order that
/// could tell: plain JSON is what everybody speaks, and a range (`*/*`) is nothing that can be sent.
fn preference(media_type: &str) -> u8 {
    let essence = essence(media_type);
    match essence.as_str() {
        "application/json" => 0,
        range if range.contains('*') => 3,
        json if encoding(json, Vec::new()) == Encoding::Json => 1,
        _ => 2,
    }
}

/// Whether a body is a file whatever its media type says: its schema is that of bytes, or has the media
/// type and no type (OpenAPI 3.1, 4.8.14.1).
fn is_file(media: &Node<'_>, schema: &Schema) -> bool {
    let keywords = media.get("schema");
    let keywords = keywords.as_ref().and_then(Node::as_object);
    let is_untyped = keywords.is_some_and(|keywords| {
        let has = |keyword: &str| keywords.contains_key(keyword);
        has("contentMediaType")
            && !["type", "contentEncoding", "contentSchema"]
                .into_iter()
                .any(has)
    });
    is_untyped || schema.ty == Type::Primitive(Primitive::Binary)
}

/// A media type without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// How a body with this media type is written.
pub(super) fn encoding(media_type: &str, parts: Vec<Part>) -> Encoding {
    let essence = essence(media_type);
    let (kind, subtype) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
    match (kind, subtype) {
        (_, "x-ndjson" | "ndjson" | "jsonl" | "x-jsonl" | "json-seq" | "x-json-stream") => {
            Encoding::JsonLines
        }
        ("text", "event-stream") => Encoding::EventStream,
        ("application", "x-www-form-urlencoded") => Encoding::Form(parts),
        ("multipart", _) => Encoding::Multipart(parts),
        (_, "json") => Encoding::Json,
        (_, subtype) if subtype.ends_with("+json") => Encoding::Json,
        (_, "xml") => Encoding::Xml,
        (_, subtype) if subtype.ends_with("+xml") && kind != "image" => Encoding::Xml,
        ("text", _) => Encoding::Text,
        // `*/*` says nothing; what documents mean by it is JSON.
        ("*", _) => Encoding::Json,
        _ => Encoding::Binary,
    }
}
