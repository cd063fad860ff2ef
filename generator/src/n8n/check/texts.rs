//! No text of the document is an expression: n8n evaluates values that begin with `=`.

use super::{Faults, all};
use crate::n8n::model::{Property, PropertyOptions, ResourceDescriptor};
use serde_json::Value;

pub(super) fn check(resource: &ResourceDescriptor, faults: &mut Faults) {
    let own = &resource.resource;
    let described = own.description.as_deref();
    let mut texts: Vec<&str> = vec![&own.value, &own.name, described.unwrap_or_default()];
    for operation in &resource.operations {
        let described = operation.description.as_deref();
        texts.extend([operation.value.as_str(), &operation.name, &operation.action]);
        texts.extend(described);
    }
    for property in all(resource) {
        of(property, &mut texts);
    }
    for text in texts.into_iter().filter(|text| text.starts_with('=')) {
        faults.add(format!("`{text}` is an expression"));
    }
}

pub(super) fn of<'p>(property: &'p Property, texts: &mut Vec<&'p str>) {
    texts.extend([property.display_name.as_str(), &property.name]);
    texts.extend(property.placeholder.as_deref());
    texts.extend(property.description.as_deref());
    texts.extend(property.hint.as_deref());
    strings(&property.default, texts);
    if let PropertyOptions::Items(items) = &property.options {
        for item in items {
            texts.push(&item.name);
            texts.extend(item.description.as_deref());
            strings(&item.value, texts);
        }
    }
    for mode in &property.modes {
        texts.extend(mode.placeholder.as_deref());
        texts.push(&mode.display_name);
    }
}

/// The texts of a default or an option's value, which are not deep.
fn strings<'v>(value: &'v Value, texts: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(items) => texts.extend(items.iter().filter_map(Value::as_str)),
        Value::Object(members) => texts.extend(members.values().filter_map(Value::as_str)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
