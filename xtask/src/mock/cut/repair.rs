//! What would make Prism check nothing.

use super::walk::{Place, walk};
use serde_json::{Map, Value};

/// The types of JSON Schema 2020-12 (core, section 4.2.1).
const TYPES: [&str; 7] = [
    "null", "boolean", "object", "array", "number", "string", "integer",
];

/// Removes types that JSON Schema does not know, such as `date`.
///
/// Prism's validator does not compile a schema with such a type, and then accepts any body; without it
/// only the one value goes unchecked.
pub(super) fn repair(document: &mut Value) {
    walk(document, &mut |_, place, object| {
        // A parameter of OpenAPI 2.0 has its type beside `in`, and there `file` is one.
        if matches!(place, Place::Whole | Place::Part) && !object.contains_key("in") {
            repair_type(object);
        }
    });
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
