//! Which keywords there are, and what becomes of those that no type can express.

use super::keyword_limits::limited_types;
use serde_json::Value;

/// Keywords that are read elsewhere, or say nothing about a value.
const SILENT: [&str; 15] = [
    "$id",
    "$schema",
    "$anchor",
    "$comment",
    "$vocabulary",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "externalDocs",
    "minContains",
    "maxContains",
    "enumNames",
    "collectionFormat",
    "allowEmptyValue",
    "discriminator",
    "additionalItems",
];

/// Keywords that narrow values in ways that no type can express.
const UNSUPPORTED: [&str; 12] = [
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependentRequired",
    "dependencies",
    "contains",
    "unevaluatedItems",
    "propertyNames",
    "contentSchema",
    "$recursiveRef",
];

/// Keywords that the reader of schemas takes, limits apart.
const TAKEN: [&str; 30] = [
    "$ref",
    "$dynamicRef",
    "$defs",
    "definitions",
    "type",
    "enum",
    "const",
    "nullable",
    "properties",
    "required",
    "additionalProperties",
    "unevaluatedProperties",
    "patternProperties",
    "items",
    "prefixItems",
    "allOf",
    "oneOf",
    "anyOf",
    "format",
    "contentEncoding",
    "contentMediaType",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "xml",
];

/// Whether a schema may have this key, extensions apart.
pub(in crate::normalise) fn is_keyword(key: &str) -> bool {
    TAKEN.contains(&key)
        || SILENT.contains(&key)
        || UNSUPPORTED.contains(&key)
        || limited_types(key).is_some()
}

/// What becomes of a keyword that no reader took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leftover {
    /// Nothing is to be said.
    Silent,
    /// It is known and cannot be expressed.
    Unsupported,
    /// It is not known; in JSON Schema that makes it an annotation.
    Annotation,
    /// It is not known, and its value looks like a schema: something meant as a property.
    LooksLikeSchema,
}

pub(super) fn leftover(key: &str, value: &Value) -> Leftover {
    if key.starts_with("x-") || SILENT.contains(&key) {
        Leftover::Silent
    } else if UNSUPPORTED.contains(&key) {
        Leftover::Unsupported
    } else if looks_like_schema(value) {
        Leftover::LooksLikeSchema
    } else {
        Leftover::Annotation
    }
}

/// Whether an object has what a schema has: `$ref`, a `type` that is one, a combination.
pub(super) fn looks_like_schema(value: &Value) -> bool {
    let Value::Object(object) = value else {
        return false;
    };
    let is_type = |value: &Value| value.as_str().is_some_and(|text| TYPES.contains(&text));
    object.get("$ref").is_some_and(Value::is_string)
        || object.get("type").is_some_and(|ty| {
            is_type(ty)
                || ty
                    .as_array()
                    .is_some_and(|list| !list.is_empty() && list.iter().all(is_type))
        })
        || object.get("properties").is_some_and(Value::is_object)
        || ["allOf", "oneOf", "anyOf", "enum"]
            .iter()
            .any(|key| object.get(*key).is_some_and(Value::is_array))
}

const TYPES: [&str; 7] = [
    "string", "number", "integer", "boolean", "array", "object", "null",
];
