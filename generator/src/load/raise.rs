//! Older schema vocabularies raised to JSON Schema 2020-12, in place, so that pointers stay valid.
//!
//! What the reader of schemas may rely on afterwards:
//!
//! - `nullable: true` beside a `type` has become `type: [.., "null"]`. It stays only where there is no
//!   `type` (beside `$ref`, `allOf`, `oneOf`, `anyOf`, or `enum` alone), because wrapping it in an
//!   `anyOf` would move everything below. There it means "or null".
//! - An `enum` beside `nullable: true` has a `null`.
//! - `exclusiveMinimum` and `exclusiveMaximum` are numbers.
//! - `example` has become one of `examples`, the last.

use serde_json::{Map, Value, json};

/// What a schema said in the words of 3.0 that 3.1 does not have.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outdated {
    pub(super) nullable: bool,
    pub(super) exclusive: bool,
}

/// Raises one schema object, without those below it. Doing it twice changes nothing.
pub(super) fn raise(schema: &mut Map<String, Value>) -> Outdated {
    let nullable = raise_nullable(schema);
    let minimum = raise_exclusive(schema, "minimum", "exclusiveMinimum");
    let maximum = raise_exclusive(schema, "maximum", "exclusiveMaximum");
    raise_example(schema);
    Outdated {
        nullable,
        exclusive: minimum || maximum,
    }
}

fn raise_nullable(schema: &mut Map<String, Value>) -> bool {
    let Some(Value::Bool(nullable)) = schema.get("nullable") else {
        return false;
    };
    if !nullable {
        schema.shift_remove("nullable");
        return true;
    }
    let raised = match schema.get_mut("type") {
        Some(Value::Array(types)) => {
            add_once(types, json!("null"));
            true
        }
        Some(one @ Value::String(_)) => {
            let mut types = vec![one.take()];
            add_once(&mut types, json!("null"));
            *one = Value::Array(types);
            true
        }
        _ => false,
    };
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        add_once(values, Value::Null);
    }
    if raised {
        schema.shift_remove("nullable");
    }
    true
}

fn add_once(list: &mut Vec<Value>, value: Value) {
    if !list.contains(&value) {
        list.push(value);
    }
}

/// `minimum: 5, exclusiveMinimum: true` says `exclusiveMinimum: 5`; without a limit the boolean says
/// nothing.
fn raise_exclusive(schema: &mut Map<String, Value>, limit: &str, exclusive: &str) -> bool {
    let Some(Value::Bool(is_exclusive)) = schema.get(exclusive) else {
        return false;
    };
    if *is_exclusive && let Some(limit) = schema.shift_remove(limit) {
        schema.insert(exclusive.to_owned(), limit);
    } else {
        schema.shift_remove(exclusive);
    }
    true
}

fn raise_example(schema: &mut Map<String, Value>) {
    // An `examples` that is no list is wrong; its reader says so.
    if !matches!(schema.get("examples"), None | Some(Value::Array(_))) {
        return;
    }
    let Some(example) = schema.shift_remove("example") else {
        return;
    };
    let examples = schema
        .entry("examples")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(examples) = examples {
        // At the end, so that the pointers of the others stay valid.
        add_once(examples, example);
    }
}
