//! Bodies with one fault each, made from one without.

use crate::mock::cut::is_closed;
use crate::mock::reference::target;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The property that no document has.
const UNKNOWN: &str = "a property that nobody knows";

/// Schemas of one value that are read, at most.
const PARTS: usize = 256;

/// The types of JSON Schema (core, section 4.2.1), integers apart, each with a value; null is none of
/// them, since a document may forget to say that it is allowed.
const TYPES: [(&str, &str); 5] = [
    ("string", r#""text""#),
    ("number", "7.5"),
    ("boolean", "true"),
    ("object", "{}"),
    ("array", "[]"),
];

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
        let mut left = PARTS;
        let each = schemas
            .iter()
            .map(|schema| types(document, schema, &mut left));
        let Some(taken) = union(each) else {
            self.any += 1;
            return;
        };
        let mut others = TYPES.iter().filter(|(name, _)| !taken.contains(name));
        match others.next().map(|(_, text)| serde_json::from_str(text)) {
            Some(Ok(wrong)) => self.add(Kind::Type, body, at, |value| *value = wrong),
            _ => self.any += 1,
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

fn referred<'d>(document: &'d Value, schema: &Map<String, Value>) -> Option<&'d Value> {
    target(document, schema.get("$ref")?.as_str()?)
}

fn list<'d>(schema: &'d Map<String, Value>, keyword: &str) -> &'d [Value] {
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

/// The types that a schema takes; `None` for any.
type Types<'d> = Option<BTreeSet<&'d str>>;

fn types<'d>(document: &'d Value, schema: &'d Value, left: &mut usize) -> Types<'d> {
    if *left == 0 {
        return None;
    }
    *left -= 1;
    let schema = schema.as_object()?;
    let together = list(schema, "allOf")
        .iter()
        .chain(referred(document, schema));
    let together = together
        .map(|part| types(document, part, left))
        .collect::<Vec<_>>();
    let mut all = together.into_iter().fold(own_types(schema), intersection);
    for keyword in ["oneOf", "anyOf"] {
        let branches = list(schema, keyword);
        if !branches.is_empty() {
            let each = branches.iter().map(|branch| types(document, branch, left));
            all = intersection(all, union(each));
        }
    }
    all
}

/// The types that `type` lists, else those of the values that are listed.
fn own_types(schema: &Map<String, Value>) -> Types<'_> {
    let known = |name: &&str| *name == "null" || *name == "integer" || is_type(name);
    let names: Vec<&str> = match schema.get("type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => {
            let values = list(schema, "enum").iter().chain(schema.get("const"));
            let names: BTreeSet<&str> = values.map(type_of).collect();
            return (!names.is_empty()).then_some(names);
        }
    };
    names.iter().all(known).then(|| names.into_iter().collect())
}

fn is_type(name: &str) -> bool {
    TYPES.iter().any(|(known, _)| *known == name)
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn intersection<'d>(one: Types<'d>, other: Types<'d>) -> Types<'d> {
    match (one, other) {
        (Some(one), Some(other)) => Some(&one & &other),
        (one, other) => one.or(other),
    }
}

fn union<'d>(each: impl Iterator<Item = Types<'d>>) -> Types<'d> {
    each.fold(Some(BTreeSet::new()), |all, types| Some(&all? | &types?))
}

#[cfg(test)]
mod tests;
