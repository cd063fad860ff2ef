//! The descriptor of the events against itself.

use super::{Faults, texts};
use crate::n8n::model::{PropertyOptions, TriggerDescriptor};
use std::collections::BTreeSet;

pub(super) fn check(trigger: &TriggerDescriptor, faults: &mut Faults) {
    let options: Vec<_> = trigger
        .properties
        .iter()
        .filter(|property| property.name == "events")
        .flat_map(|property| match &property.options {
            PropertyOptions::Items(items) => items.as_slice(),
            _ => &[],
        })
        .collect();
    let (mut names, mut values) = (BTreeSet::new(), BTreeSet::new());
    for option in &options {
        let value = option.value.as_str().unwrap_or_default();
        if !names.insert(option.name.as_str()) || !values.insert(value) {
            faults.add(format!(
                "two events are called `{value}`, `{}`",
                option.name
            ));
        }
    }
    let kinds = trigger.kinds.iter();
    let known: BTreeSet<&str> = kinds
        .flat_map(|kind| kind.events.values().map(String::as_str))
        .collect();
    let members = trigger.groups.values().flatten().map(String::as_str);
    let groups = trigger.groups.keys().map(String::as_str);
    for value in known.iter().copied().chain(groups) {
        if !values.contains(value) {
            faults.add(format!("`{value}` cannot be chosen"));
        }
    }
    for value in members {
        if !known.contains(value) {
            faults.add(format!("a group has `{value}`, which is no event"));
        }
    }
    let wildcards = trigger
        .subscription
        .iter()
        .flat_map(|it| it.wildcards.keys());
    for value in wildcards.filter(|value| !values.contains(value.as_str())) {
        faults.add(format!("`{value}` has a name, and cannot be chosen"));
    }
    let mut found = Vec::new();
    for property in &trigger.properties {
        texts::of(property, &mut found);
    }
    for text in found.into_iter().filter(|text| text.starts_with('=')) {
        faults.add(format!("`{text}` is an expression"));
    }
}
