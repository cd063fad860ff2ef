//! Parts of a multipart body whose text is encoded.

use super::reader::Reader;
use crate::ir::{Encoding, Part};
use crate::load::Node;

/// References that lead to references end here, and so do lists of lists.
const DEEPEST: usize = 16;

/// What a text is whose media type the document does not say.
const BYTES: &str = "application/octet-stream";

impl<'d> Reader<'d, '_> {
    /// The content type of properties with a `contentEncoding`, where `encoding` does not say it: their
    /// `contentMediaType`, or else bytes (OpenAPI 3.1.1, section 4.8.15).
    pub(super) fn encoded_parts(&self, media: &Node<'d>, parts: &mut Vec<Part>) {
        let schemas = media.get("schema").map(|it| self.chain(&it));
        let schemas = schemas.unwrap_or_default();
        let all_of = schemas.iter().filter_map(|it| it.get("allOf"));
        let parts_of: Vec<Node<'d>> = all_of
            .flat_map(|it| it.items())
            .flat_map(|it| self.chain(&it))
            .collect();
        let of = |it: &Node<'d>| it.get("properties");
        let properties = schemas.iter().chain(&parts_of).filter_map(of);
        let properties: Vec<_> = properties.flat_map(|it| it.entries()).collect();
        for (name, schema) in properties {
            let Some(content_type) = self.encoded(&schema, DEEPEST) else {
                continue;
            };
            let known = parts.iter().position(|part| part.name == name);
            let known = known.and_then(|index| parts.get_mut(index));
            match known {
                Some(part) => {
                    let is_said = part.content_type.is_some()
                        || part.style.is_some()
                        || part.explode.is_some();
                    if !is_said {
                        part.content_type = Some(content_type);
                        part.is_encoded = true;
                    }
                }
                None => parts.push(Part {
                    name: name.to_owned(),
                    content_type: Some(content_type),
                    is_encoded: true,
                    style: None,
                    explode: None,
                    allow_reserved: false,
                    headers: Vec::new(),
                }),
            }
        }
    }

    /// A schema and those that it refers to, one after the other. What is wrong with a reference is said
    /// where the schema is read.
    fn chain(&self, schema: &Node<'d>) -> Vec<Node<'d>> {
        let next = |schema: &Node<'d>| {
            let reference = schema.get("$ref")?.as_str()?;
            self.document.resolve(schema, reference).ok()
        };
        let chain = std::iter::successors(Some(schema.clone()), next);
        chain.take(DEEPEST).collect()
    }

    /// The content type of a text that is encoded, or of the items of a list. What is encoded is no JSON,
    /// whatever it stands for.
    fn encoded(&self, schema: &Node<'d>, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let chain = self.chain(schema);
        let text = |key: &str| {
            let mut said = chain.iter().filter_map(|it| it.get(key)?.as_str());
            said.next()
        };
        if text("contentEncoding").is_some() {
            let media_type = text("contentMediaType");
            let media_type =
                media_type.filter(|it| super::bodies::encoding(it, Vec::new()) != Encoding::Json);
            return Some(media_type.unwrap_or(BYTES).to_owned());
        }
        let items = chain.iter().find_map(|it| it.get("items"))?;
        self.encoded(&items, depth)
    }
}
