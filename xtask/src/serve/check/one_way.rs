//! What is sent though only the server sets it: it is ignored, as servers do.

use serde_json::{Map, Value};
use specwright::ir::{Api, OtherWay, Record, Schema, Type, TypeBody, TypeDef, TypeId};

/// Whether a key is no field of what is sent, and one of what is received in its place.
pub(super) fn is_read_only(api: &Api, id: TypeId, key: &str) -> bool {
    let has = |def: &TypeDef| match &def.body {
        TypeBody::Record(record) => record.fields.iter().any(|it| it.wire_name == key),
        TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) => false,
    };
    match api.type_def(id) {
        Some(def) if has(def) => false,
        Some(TypeDef {
            other_way: Some(OtherWay::ReceivedAs(received)),
            ..
        }) => api.type_def(*received).is_some_and(has),
        _ => false,
    }
}

/// Takes what only the server sets out of a value that has been checked.
pub(super) fn ignore(api: &Api, schema: &Schema, value: &mut Value) {
    match (api.resolved(&schema.ty), value) {
        (Type::List(item), Value::Array(items)) => {
            items.iter_mut().for_each(|value| ignore(api, item, value));
        }
        (Type::Map(item), Value::Object(object)) => {
            object
                .values_mut()
                .for_each(|value| ignore(api, item, value));
        }
        (Type::Named(id), Value::Object(object)) => {
            if let Some(TypeBody::Record(record)) = api.type_def(*id).map(|def| &def.body) {
                object.retain(|key, _| !is_read_only(api, *id, key));
                fields(api, record, object);
            }
        }
        _ => {}
    }
}

fn fields(api: &Api, record: &Record, object: &mut Map<String, Value>) {
    for field in &record.fields {
        if let Some(value) = object.get_mut(&field.wire_name) {
            ignore(api, &field.schema, value);
        }
    }
}
