//! Request objects that take no other properties than those they name.

use super::walk::{COMPOSING, Place, walk};
use crate::mock::reference::pointer;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Closes every request object that has `properties` and says nothing about others.
///
/// Objects that are composed (`allOf`, `oneOf`, a schema beside `$ref`) stay open, and so do their
/// parts, wherever these are: a part must not refuse what another part names.
pub(super) fn close(document: &mut Value) {
    let open = parts(document);
    walk(document, &mut |path, place, object| {
        let composed = COMPOSING
            .iter()
            .any(|keyword| object.contains_key(*keyword));
        if place == Place::Whole && !composed && !open.contains(path) && says_nothing(object) {
            object.insert("additionalProperties".to_owned(), Value::Bool(false));
        }
    });
}

/// Whether an object schema names properties and says nothing about others.
fn says_nothing(object: &Map<String, Value>) -> bool {
    let others = [
        "additionalProperties",
        "patternProperties",
        "unevaluatedProperties",
    ];
    object.get("properties").is_some_and(Value::is_object)
        && !others.iter().any(|keyword| object.contains_key(*keyword))
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
        let schema = document.pointer(&part);
        let reference = schema.and_then(|schema| schema.get("$ref"));
        let next = reference.and_then(Value::as_str).and_then(pointer);
        if let Some(next) = next.map(std::borrow::Cow::into_owned)
            && parts.insert(next.clone())
        {
            left.push(next);
        }
    }
    parts
}
