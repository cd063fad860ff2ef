//! The fields of a record that a request names, parts of composite ones with a dot.

use serde_json::{Map, Value};
use specwright::ir::{Api, Record, Schema, Type};

/// The schema of a field: `name`, `name.lastName`. What is wrong otherwise.
pub(super) fn schema<'a>(
    api: &'a Api,
    record: &'a Record,
    path: &str,
) -> Result<&'a Schema, String> {
    let mut record = record;
    let mut parts = path.split('.').peekable();
    while let Some(part) = parts.next() {
        let found = record.fields.iter().find(|field| field.wire_name == part);
        // Related records are beside the record, not in it.
        let own = |it: &&specwright::ir::Field| it.relation.as_ref().is_none_or(|it| it.by_id);
        let Some(field) = found.filter(own).filter(|field| !field.write_only) else {
            return Err(format!("there is no field '{path}'"));
        };
        if parts.peek().is_none() {
            return Ok(&field.schema);
        }
        let Some((_, inner)) = api.record(&field.schema.ty) else {
            return match api.resolved(&field.schema.ty) {
                Type::Any | Type::Map(_) => Ok(&field.schema),
                _ => Err(format!("there is no field '{path}': '{part}' has no parts")),
            };
        };
        record = inner;
    }
    Err("a field is missing".to_owned())
}

/// The value of a field; null where there is none.
pub(super) fn value<'v>(record: &'v Map<String, Value>, path: &str) -> &'v Value {
    let mut parts = path.split('.');
    let mut value = parts.next().and_then(|part| record.get(part));
    for part in parts {
        value = value.and_then(|value| value.get(part));
    }
    value.unwrap_or(&Value::Null)
}
