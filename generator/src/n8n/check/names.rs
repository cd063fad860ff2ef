//! Names are unique where they stand, and harmless.

use super::{Faults, all, groups, of_operation};
use crate::n8n::model::{Property, ResourceDescriptor};
use std::collections::BTreeSet;

/// Names that a parameter of an operation cannot have.
const TAKEN: &[&str] = &["resource", "operation", "authentication"];

/// Names that every JavaScript object knows.
const OF_OBJECTS: &[&str] = &["__proto__", "constructor", "prototype"];

pub(super) fn check(resource: &ResourceDescriptor, faults: &mut Faults) {
    let mut values = BTreeSet::new();
    let mut names = BTreeSet::new();
    for operation in &resource.operations {
        if !values.insert(&operation.value) || !names.insert(&operation.name) {
            faults.add(format!("two operations are called `{}`", operation.value));
        }
        let shown = of_operation(resource, &operation.value);
        unique(shown, &format!("`{}`", operation.value), faults);
    }
    for property in &resource.properties {
        if TAKEN.contains(&property.name.as_str()) {
            faults.add(format!("a parameter is called `{}`", property.name));
        }
    }
    for property in all(resource) {
        let name = property.name.as_str();
        let harmless = name.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !harmless || name.is_empty() || OF_OBJECTS.contains(&name) {
            faults.add(format!("a parameter is called `{name}`"));
        }
        for members in groups(property) {
            unique(members.iter(), &format!("`{name}`"), faults);
        }
    }
}

fn unique<'p>(members: impl Iterator<Item = &'p Property>, place: &str, faults: &mut Faults) {
    let mut taken = BTreeSet::new();
    for member in members {
        if !taken.insert(&member.name) {
            faults.add(format!(
                "two parameters of {place} are called `{}`",
                member.name
            ));
        }
    }
}
