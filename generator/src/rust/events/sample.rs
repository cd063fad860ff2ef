//! A body that is read as an event: what is required of it, and no more.

use crate::ir::{Api, EventKey, Field, Primitive, Schema, Type, TypeBody};
use serde_json::{Map, Value, json};

/// How deep what is required may be.
const DEPTH: usize = 12;

/// A value of a type with what is required in it; `None` where there is none that is small.
pub(in crate::rust) fn sample(api: &Api, schema: &Schema) -> Option<Value> {
    value(api, schema, DEPTH)
}

/// A body with the name of an event at its place, where that is in the body.
pub(in crate::rust) fn named_body(body: Value, key: Option<&EventKey>, name: &str) -> Value {
    match key {
        Some(EventKey::Body(keys)) => put(body, keys, name),
        Some(EventKey::HeaderAndBody(_, keys)) => match name.split_once('.') {
            Some((_, action)) => put(body, keys, action),
            None => body,
        },
        Some(EventKey::Header(_)) | None => body,
    }
}

fn put(value: Value, keys: &[String], name: &str) -> Value {
    let [first, rest @ ..] = keys else {
        return Value::from(name);
    };
    let mut object = match value {
        Value::Object(object) => object,
        _ => Map::new(),
    };
    let inner = object.entry(first.as_str()).or_insert(Value::Null);
    *inner = put(inner.take(), rest, name);
    Value::Object(object)
}

fn value(api: &Api, schema: &Schema, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    if schema.nullable {
        return Some(Value::Null);
    }
    Some(match &schema.ty {
        Type::Any | Type::Never | Type::Map(_) => json!({}),
        Type::Null => Value::Null,
        Type::Constant(value) => value.clone(),
        Type::List(_) => json!([]),
        Type::Tuple(items, _) => {
            let items: Option<Vec<Value>> =
                items.iter().map(|item| value(api, item, depth)).collect();
            Value::Array(items?)
        }
        Type::Primitive(primitive) => scalar(primitive),
        Type::Named(id) => match &api.type_def(*id)?.body {
            TypeBody::Record(record) => {
                let required = record.fields.iter().filter(|field| field.required);
                let pairs = required
                    .map(|field| Some((field.wire_name.clone(), field_value(api, field, depth)?)));
                Value::Object(pairs.collect::<Option<Map<String, Value>>>()?)
            }
            TypeBody::Enum(list) => list.values.first()?.value.clone(),
            // A variant that nobody knows is kept as it is.
            TypeBody::Union(_) => json!({}),
            TypeBody::Alias(schema) => value(api, schema, depth)?,
        },
    })
}

/// Of texts the document's own example, else one that says whose it is: an id is none that is empty.
fn field_value(api: &Api, field: &Field, depth: usize) -> Option<Value> {
    let schema = &field.schema;
    let text = matches!(schema.ty, Type::Primitive(Primitive::String { .. }));
    if text && !schema.nullable {
        let mut examples = schema.examples.iter().chain(schema.default.as_ref());
        let said = examples.find(|example| example.as_str().is_some_and(|text| !text.is_empty()));
        return Some(
            said.cloned()
                .unwrap_or_else(|| field.wire_name.as_str().into()),
        );
    }
    value(api, schema, depth)
}

fn scalar(primitive: &Primitive) -> Value {
    match primitive {
        Primitive::Boolean => json!(false),
        Primitive::Integer { .. } | Primitive::Number | Primitive::Decimal { quoted: false } => {
            json!(0)
        }
        Primitive::Decimal { quoted: true } => json!("0"),
        Primitive::String { .. } | Primitive::Binary | Primitive::File | Primitive::Base64 => {
            json!("")
        }
        Primitive::DateTime => json!("2026-01-01T00:00:00Z"),
        Primitive::Date => json!("2026-01-01"),
        Primitive::Time => json!("00:00:00"),
        Primitive::Duration => json!("PT0S"),
        Primitive::Uuid => json!("00000000-0000-4000-8000-000000000000"),
        Primitive::Uri => json!("https://example.com"),
    }
}
