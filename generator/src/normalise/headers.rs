//! Header Objects: of responses, of the parts of a form, and of webhooks.

use super::reader::{Reader, address, key_of};
use super::schemas::Place;
use super::shell::Shape;
use crate::ir::{Header, Schema};
use crate::load::Node;

const HEADER: Shape<'_> = Shape {
    aside: &["schema", "content", "example", "examples", "name", "in"],
    required: &[],
    expected: &[],
    tag: None,
    stand_in: Some("schema"),
};

impl<'d> Reader<'d, '_> {
    /// `headers` of a node.
    pub(super) fn headers(&mut self, node: &Node<'d>, place: &Place<'_>) -> Vec<Header> {
        let Some(map) = self.object(node, "headers") else {
            return Vec::new();
        };
        let mut headers = Vec::new();
        for (name, node) in map.entries() {
            let Some(target) = self.follow(&node) else {
                continue;
            };
            if let Some(header) = self.header(&target, place) {
                headers.push(Header {
                    name: name.to_owned(),
                    origin: node.origin(),
                    ..header
                });
            }
        }
        headers
    }

    /// One Header Object; shared ones are read once.
    fn header(&mut self, node: &Node<'d>, place: &Place<'_>) -> Option<Header> {
        if let Some(known) = self.headers.get(&address(node)) {
            return known.clone();
        }
        let header = self.shell::<openapiv3::Header>(node, &HEADER).map(|read| {
            let name = key_of(&node.origin());
            Header {
                description: read.description,
                required: read.required,
                schema: self.value_schema(node, &place.property(&name)).0,
                origin: node.origin(),
                name,
            }
        });
        self.headers.insert(address(node), header.clone());
        header
    }

    /// The schema of a parameter or header, from `schema` or from the one media type of `content`;
    /// with that media type.
    pub(super) fn value_schema(
        &mut self,
        node: &Node<'d>,
        place: &Place<'_>,
    ) -> (Schema, Option<Node<'d>>) {
        if let Some(schema) = node.get("schema") {
            return (self.schema(&schema, place), None);
        }
        let content = self
            .object(node, "content")
            .and_then(|content| content.entries().next());
        let origin = node.origin();
        match content {
            Some((_, media)) => match media.get("schema") {
                Some(schema) => (self.schema(&schema, place), Some(media)),
                None => (
                    Schema {
                        origin: media.origin(),
                        ..Schema::default()
                    },
                    Some(media),
                ),
            },
            None => (
                Schema {
                    origin,
                    ..Schema::default()
                },
                None,
            ),
        }
    }
}
