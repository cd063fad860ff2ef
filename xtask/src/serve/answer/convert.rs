//! A value that was sent in another form than records have it.

use super::super::check::{Checker, Direction};
use super::Sampler;
use serde_json::{Map, Value};
use specwright::ir::{Api, Field, Schema, Type};

/// A scalar as the object that records have in its place: `{local, time_zone, utc}` for the local time
/// that was sent. It goes into the one member that has limits which it keeps; members that are named as
/// something else that was sent, as `time_zone` is, have that; the rest is made up. `None`: there is no
/// such object, or no or several such members.
pub(super) fn converted(
    api: &Api,
    schema: &Schema,
    value: &Value,
    beside: &Map<String, Value>,
) -> Option<Value> {
    if value.is_object() || value.is_array() || value.is_null() {
        return None;
    }
    let (_, record) = api.record(&schema.ty)?;
    let takes = |field: &Field, value: &Value| {
        let checker = Checker::new(api, Direction::Response, &[]);
        checker.faults(&field.schema, value).is_empty()
    };
    let mut all = record.fields.iter();
    let mut limited = all
        .by_ref()
        .filter(|it| is_limited(api, &it.schema) && takes(it, value));
    let own = limited.next()?;
    if limited.next().is_some() {
        return None;
    }
    let Value::Object(mut object) = Sampler::new(api, Direction::Response, 0)
        .bare()
        .value(schema)
    else {
        return None;
    };
    for field in &record.fields {
        if let Some(sent) = beside
            .get(&field.wire_name)
            .filter(|sent| takes(field, sent))
        {
            object.insert(field.wire_name.clone(), sent.clone());
        }
    }
    object.insert(own.wire_name.clone(), value.clone());
    Some(Value::Object(object))
}

/// Whether a text says by its form what it is: it has a pattern, or a format with a syntax.
fn is_limited(api: &Api, schema: &Schema) -> bool {
    use specwright::ir::Primitive;
    let has_syntax = match api.resolved(&schema.ty) {
        Type::Primitive(Primitive::String { .. } | Primitive::Boolean) => false,
        Type::Primitive(_) => true,
        _ => false,
    };
    schema.constraints.pattern.is_some() || has_syntax
}
