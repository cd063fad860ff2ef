//! What would make Prism check nothing.

use super::walk::{Place, walk};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The types of JSON Schema 2020-12 (core, section 4.2.1).
const TYPES: [&str; 7] = [
    "null", "boolean", "object", "array", "number", "string", "integer",
];

/// Keywords that are no mere notes where they stand beside a reference.
const BESIDE: [&str; 15] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "dependentSchemas",
    "enum",
    "if",
    "items",
    "not",
    "oneOf",
    "patternProperties",
    "properties",
    "required",
    "type",
    "unevaluatedProperties",
];

/// Changes what Prism's validator does not compile; it would then accept any body.
///
/// - Types that JSON Schema does not know, such as `date`, go: only the one value goes unchecked.
/// - A value that an `enum` has twice goes once.
/// - `nullable` without `type` becomes `anyOf` with null where other schemas apply, and goes elsewhere,
///   where it says nothing (OpenAPI 3.0.3, section 4.7.24.1).
/// - A reference with other keywords beside it becomes a part of `allOf`; Prism drops one or the other.
pub(super) fn repair(document: &mut Value) {
    walk(document, &mut |_, place, object| {
        if matches!(place, Place::Whole | Place::Part) {
            repair_type(object);
            repair_enum(object);
            repair_nullable(object);
            repair_reference(object);
        }
    });
}

fn repair_enum(object: &mut Map<String, Value>) {
    if let Some(Value::Array(values)) = object.get_mut("enum") {
        let mut seen = BTreeSet::new();
        values.retain(|value| seen.insert(value.to_string()));
    }
}

fn repair_nullable(object: &mut Map<String, Value>) {
    if object.contains_key("type") || !object.get("nullable").is_some_and(Value::is_boolean) {
        return;
    }
    let is_nullable = object.shift_remove("nullable") == Some(Value::Bool(true));
    let others = ["$ref", "allOf", "oneOf", "anyOf"];
    if is_nullable && others.iter().any(|keyword| object.contains_key(*keyword)) {
        let schema = std::mem::take(object);
        object.insert("anyOf".to_owned(), json!([schema, {"type": "null"}]));
    }
}

fn repair_reference(object: &mut Map<String, Value>) {
    let is_beside = |keyword: &&str| object.contains_key(*keyword);
    if !object.get("$ref").is_some_and(Value::is_string) || !BESIDE.iter().any(is_beside) {
        return;
    }
    let reference = object.shift_remove("$ref");
    let parts = object.entry("allOf").or_insert_with(|| json!([]));
    if let Some(parts) = parts.as_array_mut() {
        parts.push(json!({"$ref": reference}));
    }
}

fn repair_type(object: &mut Map<String, Value>) {
    let is_known = |kind: &Value| kind.as_str().is_some_and(|kind| TYPES.contains(&kind));
    let keep = match object.get_mut("type") {
        Some(Value::Array(kinds)) => {
            kinds.retain(is_known);
            !kinds.is_empty()
        }
        Some(kind @ Value::String(_)) => is_known(kind),
        _ => true,
    };
    if !keep {
        object.shift_remove("type");
    }
}
