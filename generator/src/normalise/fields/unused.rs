//! What is written well and reaches no output.

use super::findings::Fault;
use super::form::Kind;
use super::texts;
use super::walk::{Path, Walk};
use crate::diag::Code;
use crate::load::Node;
use serde_json::{Map, Value};
use std::collections::HashSet;

type Object = Map<String, Value>;

impl<'d> Walk<'d> {
    pub(super) fn unused(&mut self, map: &'d Object, kind: Kind, path: &Path<'_, 'd>) {
        match kind {
            Kind::Document => self.unused_tags(map, path),
            Kind::Example if map.contains_key("externalValue") => {
                let message = "the value of an example elsewhere is not fetched".to_owned();
                let at = Path::Key(path, "externalValue");
                self.reaches_nothing(kind, "externalValue", message, &at);
            }
            Kind::MediaType => self.unused_encodings(map, path),
            _ => {}
        }
    }

    fn reaches_nothing(&mut self, kind: Kind, thing: &str, message: String, at: &Path<'_, 'd>) {
        let fault = Fault::note(Code::NotGenerated, message, "it reaches no output");
        self.findings.add(kind, thing, at.origin(), fault);
    }

    fn unused_tags(&mut self, map: &'d Object, path: &Path<'_, 'd>) {
        let Some(declared) = map.get("tags").and_then(Value::as_array) else {
            return;
        };
        let mut used: HashSet<&str> = HashSet::new();
        let mut has_operations = false;
        for folder in ["paths", "webhooks"] {
            for (_, item) in map
                .get(folder)
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                let Some(item) = self.target(item, path) else {
                    return;
                };
                has_operations = true;
                let operations = item.as_object().into_iter().flat_map(Map::values);
                let tags = operations.filter_map(|operation| operation.get("tags")?.as_array());
                used.extend(tags.flatten().filter_map(Value::as_str));
            }
        }
        if !has_operations {
            return; // there is worse to say
        }
        for (index, tag) in declared.iter().enumerate() {
            let Some(name) = tag.get("name").and_then(Value::as_str) else {
                continue;
            };
            if !used.contains(name) {
                let message = format!("no operation has the tag {:?}", texts::shorten(name));
                let tags = Path::Key(path, "tags");
                let at = Path::Index(&tags, index);
                self.reaches_nothing(Kind::Tag, "unused", message, &at);
            }
        }
    }

    /// An object, or what its `$ref` leads to; `None` where that is not known.
    fn target(&self, value: &'d Value, path: &Path<'_, 'd>) -> Option<&'d Value> {
        match value.get("$ref") {
            Some(Value::String(reference)) => {
                let from: Node<'d> = path.node()?;
                let found = self.document.resolve(&from, reference).ok()?;
                Some(found.value())
            }
            _ => Some(value),
        }
    }

    /// The encodings of properties that a body does not have, where all it has is known.
    fn unused_encodings(&mut self, map: &'d Object, path: &Path<'_, 'd>) {
        let Some(encodings) = map.get("encoding").and_then(Value::as_object) else {
            return;
        };
        let schema = map.get("schema").and_then(|it| self.target(it, path));
        let Some(schema) = schema.and_then(Value::as_object) else {
            return;
        };
        let has_more = ["$ref", "allOf", "anyOf", "oneOf", "additionalProperties"];
        let Some(properties) = schema
            .get("properties")
            .and_then(Value::as_object)
            .filter(|_| has_more.iter().all(|key| !schema.contains_key(*key)))
        else {
            return;
        };
        for name in encodings
            .keys()
            .filter(|name| !properties.contains_key(*name))
        {
            let message = format!("the body has no property {:?}", texts::shorten(name));
            let encoding = Path::Key(path, "encoding");
            let at = Path::Key(&encoding, name);
            self.reaches_nothing(Kind::Encoding, "unused", message, &at);
        }
    }
}
