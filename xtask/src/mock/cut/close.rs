//! Request objects that take no other properties than those they name.

use crate::mock::reference::pointer;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Keywords whose schemas apply to the same object as the schema they are in. None of them may refuse
/// what another one names, so the parts of a composed object stay open.
const COMPOSING: [&str; 10] = [
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependencies",
    "$ref",
];

/// Keywords that hold values, where `properties` is no keyword.
const DATA: [&str; 5] = ["example", "examples", "default", "enum", "const"];

/// What a value in a document is, as far as closing goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A schema of its own, or anything of a document that is no schema.
    Whole,
    /// A schema that applies to an object together with others.
    Part,
    /// An object of schemas by name.
    Named(Role),
}

/// What the members of an object of schemas are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Whole,
    Part,
}

/// Closes every request object that has `properties` and says nothing about others.
///
/// Objects that are composed (`allOf`, `oneOf`, a schema beside `$ref`) stay open, and so do their
/// parts, wherever these are.
pub(super) fn close(document: &mut Value) {
    let open = parts(document);
    let Some(root) = document.as_object_mut() else {
        return;
    };
    let mut left = vec![(String::new(), Place::Whole, root)];
    while let Some((path, place, object)) = left.pop() {
        let composed = COMPOSING
            .iter()
            .any(|keyword| object.contains_key(*keyword));
        let part = place == Place::Part || open.contains(&path);
        if !matches!(place, Place::Named(_)) && !composed && !part && is_open_object(object) {
            object.insert("additionalProperties".to_owned(), Value::Bool(false));
        }
        for (key, value) in object.iter_mut() {
            let below = format!("{path}/{}", escaped(key));
            below_key(key, place, value, below, &mut left);
        }
    }
}

fn is_open_object(object: &Map<String, Value>) -> bool {
    let says_more = [
        "additionalProperties",
        "patternProperties",
        "unevaluatedProperties",
    ];
    object.get("properties").is_some_and(Value::is_object)
        && !says_more
            .iter()
            .any(|keyword| object.contains_key(*keyword))
}

fn below_key<'v>(
    key: &str,
    place: Place,
    value: &'v mut Value,
    path: String,
    left: &mut Vec<(String, Place, &'v mut Map<String, Value>)>,
) {
    let place = match place {
        Place::Named(Role::Whole) => Place::Whole,
        Place::Named(Role::Part) => Place::Part,
        Place::Whole | Place::Part => {
            if DATA.contains(&key) {
                return;
            }
            match key {
                "properties" | "patternProperties" | "$defs" | "definitions" | "schemas" => {
                    Place::Named(Role::Whole)
                }
                "dependentSchemas" | "dependencies" => Place::Named(Role::Part),
                _ if COMPOSING.contains(&key) => Place::Part,
                _ => Place::Whole,
            }
        }
    };
    match value {
        Value::Object(object) => left.push((path, place, object)),
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                if let Value::Object(object) = item {
                    left.push((format!("{path}/{index}"), place, object));
                }
            }
        }
        _ => {}
    }
}

/// The schemas that a composition refers to, and what these refer to in turn, by pointer.
fn parts(document: &Value) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    let mut left = vec![(false, document)];
    while let Some((part, value)) = left.pop() {
        match value {
            Value::Object(object) => {
                let beside = object
                    .keys()
                    .any(|key| key != "$ref" && key != "description");
                let reference = object.get("$ref").and_then(Value::as_str).and_then(pointer);
                if let Some(reference) = reference.filter(|_| part || beside) {
                    parts.insert(reference.into_owned());
                }
                let composing = |key: &str| COMPOSING.contains(&key);
                left.extend(object.iter().map(|(key, value)| (composing(key), value)));
            }
            Value::Array(items) => left.extend(items.iter().map(|item| (part, item))),
            _ => {}
        }
    }
    chained(document, parts)
}

/// Adds what the referred schemas are themselves: a part that is only a `$ref` makes its target one.
fn chained(document: &Value, mut parts: BTreeSet<String>) -> BTreeSet<String> {
    let mut left: Vec<String> = parts.iter().cloned().collect();
    while let Some(part) = left.pop() {
        let reference = document
            .pointer(&part)
            .and_then(|schema| schema.get("$ref"));
        let next = reference.and_then(Value::as_str).and_then(pointer);
        if let Some(next) = next.map(std::borrow::Cow::into_owned)
            && parts.insert(next.clone())
        {
            left.push(next);
        }
    }
    parts
}

fn escaped(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}
