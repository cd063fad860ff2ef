//! The JSON types that a schema takes, and a value of another.

use super::spoil::{PARTS, list, referred};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The types of JSON Schema (core, section 4.2.1), integers apart, each with a value; null is none of
/// them, since a document may forget to say that it is allowed.
const TYPES: [(&str, &str); 5] = [
    ("string", r#""text""#),
    ("number", "7.5"),
    ("boolean", "true"),
    ("object", "{}"),
    ("array", "[]"),
];

/// A value of a type that none of the schemas takes; `None` where they take any.
pub(super) fn of_a_wrong_type(document: &Value, schemas: &[&Value]) -> Option<Value> {
    let mut left = PARTS;
    let each = schemas
        .iter()
        .map(|schema| types(document, schema, &mut left));
    let taken = union(each)?;
    let mut others = TYPES.iter().filter(|(name, _)| !taken.contains(name));
    let (_, text) = others.next()?;
    serde_json::from_str(text).ok()
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

fn union<'d>(mut each: impl Iterator<Item = Types<'d>>) -> Types<'d> {
    each.try_fold(BTreeSet::new(), |all, types| Some(&all | &types?))
}
