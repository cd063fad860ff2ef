//! Bodies with one fault each, made from one without.

use super::types::of_a_wrong_type;
use crate::mock::cut::is_closed;
use crate::mock::reference::target;
use serde_json::{Map, Value, json};

/// The property that no document has.
const UNKNOWN: &str = "a property that nobody knows";

/// Schemas of one value that are read, at most.
pub(super) const PARTS: usize = 256;

/// What is wrong with a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An object has a property that the document does not have.
    Unknown,
    /// A field has a value of a type that it does not take.
    Type,
}

/// A body with a fault.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fault {
    pub(super) kind: Kind,
    /// The object with the unknown property, or the field: a JSON pointer into the body.
    pub(super) pointer: String,
    pub(super) body: Value,
}

/// What can be done wrong with a body.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Faults {
    /// An unknown property in each object, and a wrong type in each field.
    pub(super) faults: Vec<Fault>,
    /// Objects that take any property.
    pub(super) open: usize,
    /// Fields that take a value of any type.
    pub(super) any: usize,
}

/// Every fault of a body: in the objects and fields at its root, inside of others and in lists.
pub(super) fn faults(document: &Value, schema: &Value, body: &Value) -> Faults {
    let mut found = Faults::default();
    let mut left = vec![(String::new(), vec![schema], body)];
    while let Some((pointer, schemas, value)) = left.pop() {
        let parts = parts(document, &schemas);
        match value {
            Value::Object(fields) => {
                found.add_unknown(document, body, &pointer, &schemas);
                for (name, field) in fields {
                    let below = format!("{pointer}/{}", escaped(name));
                    let named = named(&parts, name);
                    if !named.is_empty() {
                        found.add_type(document, body, &below, &named);
                    }
                    let schemas = if named.is_empty() {
                        others(&parts)
                    } else {
                        named
                    };
                    left.push((below, schemas, field));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    left.push((format!("{pointer}/{index}"), listed(&parts, index), item));
                }
            }
            _ => {}
        }
    }
    found
}

impl Faults {
    fn add_unknown(&mut self, document: &Value, body: &Value, at: &str, schemas: &[&Value]) {
        // Only what is described can be closed.
        let all = Map::from_iter([("allOf".to_owned(), json!(schemas))]);
        if !is_closed(document, &all) {
            self.open += 1;
            return;
        }
        self.add(Kind::Unknown, body, at, |value| {
            if let Some(object) = value.as_object_mut() {
                object.insert(UNKNOWN.to_owned(), true.into());
            }
        });
    }

    fn add_type(&mut self, document: &Value, body: &Value, at: &str, schemas: &[&Value]) {
        match of_a_wrong_type(document, schemas) {
            Some(wrong) => self.add(Kind::Type, body, at, |value| *value = wrong),
            None => self.any += 1,
        }
    }

    fn add(&mut self, kind: Kind, body: &Value, at: &str, spoil: impl FnOnce(&mut Value)) {
        let mut body = body.clone();
        if let Some(value) = body.pointer_mut(at) {
            spoil(value);
        }
        let pointer = at.to_owned();
        self.faults.push(Fault {
            kind,
            pointer,
            body,
        });
    }
}

/// A name as a step of a JSON pointer (RFC 6901, section 3).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

type Parts<'d> = Vec<&'d Map<String, Value>>;

/// The schemas that say something of a value: those it has, and what these refer to and are composed of.
fn parts<'d>(document: &'d Value, schemas: &[&'d Value]) -> Parts<'d> {
    let mut parts: Parts<'d> = Vec::new();
    let mut left = schemas.to_vec();
    while let Some(schema) = left.pop() {
        let Some(schema) = schema.as_object() else {
            continue;
        };
        if parts.len() >= PARTS || parts.iter().any(|known| std::ptr::eq(*known, schema)) {
            continue;
        }
        parts.push(schema);
        left.extend(referred(document, schema));
        left.extend(
            ["allOf", "oneOf", "anyOf"]
                .iter()
                .flat_map(|it| list(schema, it)),
        );
        left.extend(["then", "else"].iter().filter_map(|it| schema.get(*it)));
    }
    parts
}

/// What a schema refers to.
pub(super) fn referred<'d>(document: &'d Value, schema: &Map<String, Value>) -> Option<&'d Value> {
    target(document, schema.get("$ref")?.as_str()?)
}

/// The schemas, or values, that a keyword lists.
pub(super) fn list<'d>(schema: &'d Map<String, Value>, keyword: &str) -> &'d [Value] {
    let list = schema.get(keyword).and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

/// What the parts of an object say of a property by its name.
fn named<'d>(parts: &Parts<'d>, name: &str) -> Vec<&'d Value> {
    let named = |part: &&'d Map<String, Value>| part.get("properties")?.get(name);
    parts.iter().filter_map(named).collect()
}

/// What they say of properties without a name.
fn others<'d>(parts: &Parts<'d>) -> Vec<&'d Value> {
    let others = |part: &&'d Map<String, Value>| part.get("additionalProperties");
    parts.iter().filter_map(others).collect()
}

/// What the parts of a list say of an item.
fn listed<'d>(parts: &Parts<'d>, index: usize) -> Vec<&'d Value> {
    let listed = |part: &&'d Map<String, Value>| match part.get("prefixItems") {
        Some(listed) if listed.get(index).is_some() => listed.get(index),
        _ => part.get("items"),
    };
    parts.iter().filter_map(listed).collect()
}

#[cfg(test)]
mod tests;
