//! Components that nothing refers to any more.

use crate::mock::reference::{pointer, references};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The sections of `components` that only references lead to (OpenAPI 3.1, section 4.8.7). The others,
/// `securitySchemes` among them, are used by name and stay.
const SECTIONS: [&str; 8] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "links",
    "callbacks",
];

/// Removes components that nothing else refers to, directly or through other components.
///
/// `document` is the whole one: a reference may lead into a component that `root` has, and from there
/// on.
pub(super) fn prune(root: &mut Map<String, Value>, document: &Value) {
    let mut components = root.shift_remove("components");
    let used = used(root, document);
    if let Some(Value::Object(components)) = &mut components {
        components.shift_remove("pathItems");
        for section in SECTIONS {
            if let Some(members) = components.get_mut(section) {
                retain(members, &["components", section], &used);
            }
        }
        components.retain(|_, section| section.as_object().is_none_or(|object| !object.is_empty()));
    }
    root.extend(components.map(|components| ("components".to_owned(), components)));
}

fn retain(members: &mut Value, section: &[&str], used: &BTreeSet<Vec<String>>) {
    if let Some(members) = members.as_object_mut() {
        members.retain(|name, _| {
            let path = section.iter().copied().chain([name.as_str()]);
            used.contains(&path.map(str::to_owned).collect::<Vec<_>>())
        });
    }
}

/// The components that the rest of the document leads to, each as its path from the root.
fn used(root: &Map<String, Value>, document: &Value) -> BTreeSet<Vec<String>> {
    let mut used = BTreeSet::new();
    let mut left: Vec<&str> = root.values().flat_map(references).collect();
    while let Some(reference) = left.pop() {
        let Some(component) = component(reference) else {
            continue;
        };
        let path: String = component.iter().map(|step| format!("/{step}")).collect();
        if used.insert(component.iter().map(|step| unescaped(step)).collect()) {
            let whole = document.pointer(&path);
            left.extend(whole.map(references).unwrap_or_default());
        }
    }
    used
}

/// The component that a reference leads to, or into: the steps to it, still escaped.
fn component(reference: &str) -> Option<Vec<String>> {
    let pointer = pointer(reference)?;
    let mut steps = pointer.split('/').skip(1).map(str::to_owned);
    let first = steps.next()?;
    if first != "components" {
        return None;
    }
    let mut path = vec![first];
    path.extend(steps.take(2));
    (path.len() == 3).then_some(path)
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
