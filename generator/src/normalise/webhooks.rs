//! Webhooks and callbacks: requests that the API sends.

use super::operations::OPERATION;
use super::parameters::Declared;
use super::reader::Reader;
use super::schemas::Place as At;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Event, EventVerb, Header, Method, Place, Type};
use crate::load::Node;

/// Where webhooks stand: OpenAPI 3.1's own key, and the one that was used before.
const KEYS: [&str; 2] = ["webhooks", "x-webhooks"];

impl<'d> Reader<'d, '_> {
    /// Every webhook of the document.
    pub(super) fn webhooks(&mut self, root: &Node<'d>) -> Vec<Event> {
        let mut events = Vec::new();
        for key in KEYS {
            let Some(map) = self.object(root, key) else {
                continue;
            };
            for (name, node) in map.entries().filter(|(name, _)| !name.starts_with("x-")) {
                self.events_of(name, &node, &mut events);
            }
        }
        events
    }

    /// `callbacks` of an operation, each under its own name.
    pub(super) fn callbacks(&mut self, operation: &Node<'d>) -> Vec<Event> {
        let Some(map) = self.object(operation, "callbacks") else {
            return Vec::new();
        };
        let mut events = Vec::new();
        for (name, node) in map.entries() {
            let Some(callback) = self.follow(&node) else {
                continue;
            };
            // The keys are expressions for the URL, which the subscriber knows.
            for (_, item) in callback.entries().filter(|(key, _)| !key.starts_with("x-")) {
                self.events_of(name, &item, &mut events);
            }
        }
        events
    }

    fn events_of(&mut self, name: &str, node: &Node<'d>, events: &mut Vec<Event>) {
        let Some(item) = self.path_item(node) else {
            return;
        };
        for (method, operation) in self.methods(&item) {
            // Through a `$ref` the operation stands elsewhere, and is this event all the same.
            let origin = node.origin().child(method.key());
            let event = self.event(name, method, &item, &operation);
            events.extend(event.map(|event| Event { origin, ..event }));
        }
    }

    fn event(
        &mut self,
        name: &str,
        method: Method,
        item: &Node<'d>,
        node: &Node<'d>,
    ) -> Option<Event> {
        let node = &self.follow(node)?;
        let read = self.shell::<openapiv3::Operation>(node, &OPERATION)?;
        let place = At::root(name);
        let parameters = self.merged_parameters(item, node, &place);
        let headers = self.event_headers(parameters);
        let body = self.body(node, &place);
        let payload = body
            .as_ref()
            .and_then(|body| match body.media.first()?.schema.ty {
                Type::Named(id) => Some(id),
                _ => None,
            });
        Some(Event {
            name: name.to_owned(),
            wire_name: None,
            key: None,
            header_value: None,
            tags: read.tags,
            resource: None,
            verb: EventVerb::Other(name.to_owned()),
            description: read.description.or_else(|| read.summary.clone()),
            summary: read.summary,
            method,
            headers,
            body,
            responses: self.responses(node, &place),
            payload,
            record_path: Vec::new(),
            origin: node.origin(),
        })
    }

    /// The headers among an event's parameters. The URL is the subscriber's own, so that nothing
    /// else can be told from it.
    fn event_headers(&mut self, parameters: Vec<Declared>) -> Vec<Header> {
        let mut headers = Vec::new();
        for Declared { parameter, at } in parameters {
            if parameter.place == Place::Header {
                // A Header of ours has no place for examples but its schema.
                let mut schema = parameter.schema;
                schema.examples.splice(0..0, parameter.examples);
                headers.push(Header {
                    name: parameter.wire_name,
                    description: parameter.description,
                    required: parameter.required,
                    schema,
                    origin: parameter.origin,
                });
                continue;
            }
            let message = format!(
                "the parameter {:?} of an event is no header",
                parameter.wire_name
            );
            self.diagnostics.push(
                Diagnostic::note(Code::NotGenerated, at.clone(), message).action("it was left out"),
            );
            self.lose(at, "not a header of the event");
        }
        headers
    }
}
