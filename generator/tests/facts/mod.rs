//! An OpenAPI document as a set of lines, one per fact.
//!
//! A line is a place and what holds there, for example
//! `paths./rest/people.get.parameters.query.limit.maximum = 60`. Two documents say the same when
//! their sets are equal, however they are written:
//!
//! - order is no fact, and neither is prose: descriptions, summaries, titles and examples are
//!   left out (`info.title` is a name and stays);
//! - whether a shape, parameter or response is written in place or referred to makes no
//!   difference, except for the schemas that the caller names: a reference to one of those is a
//!   fact by itself, which is also what keeps mutually recursive records finite;
//! - `{type: object, oneOf: [{$ref: X}]}`, the way of OpenAPI 3.0 to describe a reference, is
//!   equal to that `$ref`;
//! - `required: false` is the default.
//!
//! A keyword that this module does not know is flattened as it stands, so nothing is ignored
//! by accident.

pub(crate) mod prose;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// Keywords that carry prose wherever an OpenAPI object may have them.
const PROSE: [&str; 5] = ["description", "summary", "title", "example", "examples"];

/// References from one helper shape to the next that are followed before it counts as a cycle.
const DEEPEST: usize = 64;

/// The names under `components/schemas`.
pub(crate) fn schema_names(document: &Value) -> BTreeSet<String> {
    let schemas = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    schemas.into_iter().flat_map(Map::keys).cloned().collect()
}

/// All facts of a document. References to the schemas in `named` stay references, all others
/// are followed.
pub(crate) fn facts(document: &Value, named: &BTreeSet<String>) -> BTreeSet<String> {
    let mut reader = Reader {
        document,
        named,
        depth: 0,
        facts: BTreeSet::new(),
    };
    reader.document();
    reader.facts
}

/// What one set of facts has that the other has not, as readable lines.
pub(crate) fn differences(theirs: &BTreeSet<String>, ours: &BTreeSet<String>) -> Vec<String> {
    let missing = theirs
        .difference(ours)
        .map(|fact| format!("missing: {fact}"));
    let extra = ours
        .difference(theirs)
        .map(|fact| format!("extra:   {fact}"));
    missing.chain(extra).collect()
}

/// Follows a local reference, as often as needed; anything else is returned as it is.
fn resolve<'a>(document: &'a Value, mut value: &'a Value) -> &'a Value {
    while let Some(reference) = value.get("$ref").and_then(Value::as_str) {
        value = target(document, reference);
    }
    value
}

/// What a local reference leads to, which may be another reference.
fn target<'a>(document: &'a Value, reference: &str) -> &'a Value {
    let pointer = reference.strip_prefix('#').expect("references are local");
    document
        .pointer(pointer)
        .unwrap_or_else(|| panic!("{reference} leads nowhere"))
}

struct Reader<'a> {
    document: &'a Value,
    named: &'a BTreeSet<String>,
    depth: usize,
    facts: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    fn document(&mut self) {
        for (key, value) in members(self.document) {
            match key {
                "info" => self.info(value),
                "tags" => self.tags(value),
                "paths" | "webhooks" => self.path_items(key, value),
                "components" => self.components(value),
                _ => self.without_prose(key, value),
            }
        }
    }

    fn info(&mut self, info: &Value) {
        for (key, value) in
            members(info).filter(|(key, _)| !matches!(*key, "description" | "summary"))
        {
            self.any(&format!("info.{key}"), value);
        }
    }

    fn tags(&mut self, tags: &'a Value) {
        for tag in tags.as_array().into_iter().flatten() {
            let at = format!("tags.{}", text(tag, "name"));
            self.fact(&at, "tag");
            self.without_prose(&at, tag);
        }
    }

    /// Only what is a fact without being referred to: security schemes, and the named schemas.
    fn components(&mut self, components: &'a Value) {
        for (name, scheme) in members(&components["securitySchemes"]) {
            self.without_prose(&format!("components.securitySchemes.{name}"), scheme);
        }
        for (name, schema) in members(&components["schemas"]) {
            if self.named.contains(name) {
                self.schema(&format!("components.schemas.{name}"), schema);
            }
        }
    }

    fn path_items(&mut self, section: &str, items: &'a Value) {
        for (path, item) in members(items) {
            for (key, value) in members(item) {
                let at = format!("{section}.{path}.{key}");
                match key {
                    "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" => {
                        self.operation(&at, value);
                    }
                    _ => self.any(&at, value),
                }
            }
        }
    }

    fn operation(&mut self, at: &str, operation: &'a Value) {
        self.fact(at, "operation");
        for (key, value) in facts_of(operation) {
            match key {
                "parameters" => {
                    value
                        .as_array()
                        .into_iter()
                        .flatten()
                        .for_each(|it| self.parameter(at, it));
                }
                "requestBody" => self.body(&format!("{at}.{key}"), value),
                "responses" => {
                    for (status, response) in members(value) {
                        self.response(&format!("{at}.responses.{status}"), response);
                    }
                }
                _ => self.any(&format!("{at}.{key}"), value),
            }
        }
    }

    fn parameter(&mut self, at: &str, parameter: &'a Value) {
        let parameter = resolve(self.document, parameter);
        let at = format!(
            "{at}.parameters.{}.{}",
            text(parameter, "in"),
            text(parameter, "name")
        );
        self.is_required(&at, parameter);
        for (key, value) in facts_of(parameter) {
            match key {
                "name" | "in" | "required" => {}
                "schema" => self.schema(&at, value),
                _ => self.any(&format!("{at}.{key}"), value),
            }
        }
    }

    fn body(&mut self, at: &str, body: &'a Value) {
        let body = resolve(self.document, body);
        self.is_required(at, body);
        for (key, value) in facts_of(body).filter(|(key, _)| *key != "required") {
            self.content(at, key, value);
        }
    }

    fn response(&mut self, at: &str, response: &'a Value) {
        self.fact(at, "response");
        for (key, value) in facts_of(resolve(self.document, response)) {
            self.content(at, key, value);
        }
    }

    /// A member of a body or a response: its `content`, or something else, taken as it stands.
    fn content(&mut self, at: &str, key: &str, value: &'a Value) {
        if key != "content" {
            return self.any(&format!("{at}.{key}"), value);
        }
        for (media_type, media) in members(value) {
            let at = format!("{at}.{media_type}");
            self.fact(&at, "content");
            for (key, value) in facts_of(media) {
                match key {
                    "schema" => self.schema(&at, value),
                    _ => self.any(&format!("{at}.{key}"), value),
                }
            }
        }
    }

    fn schema(&mut self, at: &str, schema: &'a Value) {
        let Some(keywords) = schema.as_object() else {
            return self.any(at, schema);
        };
        if let Some(reference) = described_reference(keywords) {
            return self.schema(at, reference);
        }
        let mut written = facts_of(schema).peekable();
        if written.peek().is_none() {
            self.fact(at, "anything");
        }
        for (key, value) in written {
            let place = format!("{at}.{key}");
            match key {
                "$ref" => self.reference(at, value.as_str().expect("a $ref is a string")),
                "properties" => {
                    for (name, property) in members(value) {
                        self.schema(&format!("{place}.{name}"), property);
                    }
                }
                "items" => self.schema(&place, value),
                _ => self.any(&place, value),
            }
        }
    }

    fn reference(&mut self, at: &str, reference: &str) {
        let name = reference.rsplit('/').next().unwrap_or_default();
        if self.named.contains(name) {
            return self.fact(at, &format!("the schema {name}"));
        }
        assert!(self.depth < DEEPEST, "{at}: {reference} contains itself");
        self.depth += 1;
        self.schema(at, target(self.document, reference));
        self.depth -= 1;
    }

    fn is_required(&mut self, at: &str, value: &Value) {
        let required = value
            .get("required")
            .and_then(Value::as_bool)
            .unwrap_or(false);
        self.fact(&format!("{at}.required"), &required.to_string());
    }

    fn without_prose(&mut self, at: &str, value: &Value) {
        if !value.is_object() {
            return self.any(at, value);
        }
        for (key, value) in facts_of(value) {
            self.any(&format!("{at}.{key}"), value);
        }
    }

    /// A value without any meaning known here. The order of a list is no fact either.
    fn any(&mut self, at: &str, value: &Value) {
        match value {
            Value::Object(map) if !map.is_empty() => {
                map.iter()
                    .for_each(|(key, value)| self.any(&format!("{at}.{key}"), value));
            }
            Value::Array(list) if !list.is_empty() => {
                list.iter()
                    .for_each(|value| self.any(&format!("{at}[]"), value));
            }
            _ => self.fact(at, &value.to_string()),
        }
    }

    fn fact(&mut self, at: &str, what: &str) {
        self.facts.insert(format!("{at} = {what}"));
    }
}

/// The `$ref` in `{type: object, oneOf: [{$ref: X}]}`, whatever prose stands beside it.
fn described_reference(schema: &Map<String, Value>) -> Option<&Value> {
    let facts = schema
        .keys()
        .filter(|key| !PROSE.contains(&key.as_str()))
        .count();
    let [only] = schema.get("oneOf")?.as_array()?.as_slice() else {
        return None;
    };
    let wraps = facts == 2 && schema.get("type")? == "object" && only.get("$ref").is_some();
    wraps.then_some(only)
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.as_str(), value))
}

fn facts_of(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    members(value).filter(|(key, _)| !PROSE.contains(key))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("no `{key}` in {value}"))
}
