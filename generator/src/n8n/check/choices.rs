//! What is shown, chosen and searched exists.

use super::{Faults, all, of_operation};
use crate::n8n::model::{Property, PropertyKind, PropertyOptions, ResourceDescriptor};
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) fn check(resource: &ResourceDescriptor, lookups: &BTreeSet<&str>, faults: &mut Faults) {
    for property in &resource.properties {
        conditions(resource, property, faults);
    }
    for property in all(resource) {
        default(property, faults);
        for mode in &property.modes {
            let method = mode.type_options.search_list_method.as_deref();
            if let Some(method) = method.filter(|method| !lookups.contains(method)) {
                faults.add(format!("`{}` searches with `{method}`", property.name));
            }
        }
    }
    if let Some(lookup) = &resource.lookup
        && !has_operation(resource, &lookup.operation)
    {
        faults.add(format!("its lookup uses `{}`", lookup.operation));
    }
}

fn has_operation(resource: &ResourceDescriptor, value: &str) -> bool {
    resource.operations.iter().any(|it| it.value == value)
}

/// Each condition of a parameter can come true.
fn conditions(resource: &ResourceDescriptor, property: &Property, faults: &mut Faults) {
    let name = &property.name;
    let Some(shown) = &property.display_options else {
        faults.add(format!("`{name}` belongs to no operation"));
        return;
    };
    if shown.show.get("resource") != Some(&vec![Value::from(resource.resource.value.as_str())]) {
        faults.add(format!("`{name}` is of another resource"));
    }
    let none = Vec::new();
    let operations = shown.show.get("operation").unwrap_or(&none);
    if operations.is_empty() {
        faults.add(format!("`{name}` belongs to no operation"));
    }
    for operation in operations {
        let value = operation.as_str().unwrap_or_default();
        if !has_operation(resource, value) {
            faults.add(format!("`{name}` belongs to `{value}`, which is none"));
            continue;
        }
        for (other, values) in &shown.show {
            if other == "resource" || other == "operation" {
                continue;
            }
            let found = of_operation(resource, value).find(|it| it.name == *other);
            let can = found.is_some_and(|found| values.iter().all(|it| can_be(found, it)));
            if !can {
                faults.add(format!("`{name}` of `{value}` depends on `{other}`"));
            }
        }
    }
}

fn can_be(property: &Property, value: &Value) -> bool {
    match (&property.options, property.kind) {
        (PropertyOptions::Items(items), _) => items.iter().any(|item| item.value == *value),
        (_, PropertyKind::Boolean) => value.is_boolean(),
        _ => false,
    }
}

/// What is chosen at first can be chosen.
fn default(property: &Property, faults: &mut Faults) {
    let fits = match property.kind {
        PropertyKind::Options => can_be(property, &property.default),
        PropertyKind::MultiOptions => property
            .default
            .as_array()
            .is_some_and(|values| values.iter().all(|value| can_be(property, value))),
        _ => return,
    };
    if !fits {
        let (name, default) = (&property.name, &property.default);
        faults.add(format!(
            "`{name}` is {default} at first, which it cannot be"
        ));
    }
}
