//! Corrections of what is found below its operation: parameters by their name, and request bodies.

use super::corrections::{Said, escaped, parameter};
use crate::config::Change;
use crate::load::Places;
use serde_json::{Map, Value};

/// Keys of a Path Item Object that are operations.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// References from one to the next that are followed.
const STEPS: usize = 16;

/// What operations share, and where its references lead.
struct Shared<'a> {
    components: Value,
    places: Places<'a>,
}

/// Writes those parameters and bodies into their operation that the configuration names there, each
/// with its corrections; other operations that share them keep theirs.
pub(super) fn correct_operations(root: &mut Value, places: Places<'_>, said: Said<'_>) {
    let shared = Shared {
        components: root.get("components").cloned().unwrap_or_default(),
        places,
    };
    let Some(paths) = root.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    for (path, item) in paths {
        let Some(item) = item.as_object_mut() else {
            continue;
        };
        let path = format!("/paths/{}", escaped(path));
        spread(item, &shared, &path, said);
        for method in METHODS {
            let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) else {
                continue;
            };
            let below = format!("{path}/{method}");
            let own = operation.get_mut("parameters");
            for one in own.and_then(Value::as_array_mut).into_iter().flatten() {
                name(one, &shared, &below, said);
            }
            body(operation, &shared, &below, said);
        }
    }
}

/// Writes the parameters of a path item into its operations, where a correction is about one of them
/// in one operation alone.
fn spread(item: &mut Map<String, Value>, shared: &Shared<'_>, path: &str, said: Said<'_>) {
    let Some(listed) = item.get("parameters").and_then(Value::as_array).cloned() else {
        return;
    };
    let concerned = METHODS.iter().any(|method| {
        let below = format!("{path}/{method}");
        let mut listed = listed.iter().cloned();
        item.contains_key(*method) && listed.any(|mut it| name(&mut it, shared, &below, said))
    });
    if !concerned {
        return;
    }
    item.remove("parameters");
    for method in METHODS {
        let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) else {
            continue;
        };
        let own = operation.get("parameters").and_then(Value::as_array);
        let own = own.cloned().unwrap_or_default();
        let known: Vec<_> = own.iter().map(|it| identity(it, shared)).collect();
        let missing = listed.iter().cloned();
        let missing = missing.filter(|it| !known.contains(&identity(it, shared)));
        let all: Vec<Value> = missing.chain(own.iter().cloned()).collect();
        operation.insert("parameters".to_owned(), all.into());
    }
}

/// What makes two parameters of an operation the same one.
fn identity<'a>(parameter: &'a Value, shared: &'a Shared<'_>) -> [Option<&'a Value>; 2] {
    let found = resolved(parameter, shared);
    ["in", "name"].map(|key| found.and_then(|it| it.get(key)))
}

/// Corrects a parameter, in place of a reference to it, and tells whether there was anything to do.
fn name(one: &mut Value, shared: &Shared<'_>, below: &str, said: Said<'_>) -> bool {
    let Some(found) = resolved(one, shared) else {
        return false;
    };
    let Some(name) = found.get("name").and_then(Value::as_str) else {
        return false;
    };
    let at = format!("{below}/parameters/{}", escaped(name));
    let mut members = found.clone();
    parameter(&mut members, &at, said);
    let changed = &members != found;
    if changed {
        *one = members.into();
    }
    changed
}

fn body(operation: &mut Map<String, Value>, shared: &Shared<'_>, below: &str, said: Said<'_>) {
    let at = format!("{below}/requestBody");
    for (_, change) in said.iter().filter(|(pattern, _)| pattern.matches(&at)) {
        let Change::Required(required) = change else {
            continue;
        };
        let body = operation.get("requestBody");
        if let Some(mut body) = body.and_then(|it| resolved(it, shared)).cloned() {
            body.insert("required".to_owned(), (*required).into());
            operation.insert("requestBody".to_owned(), body.into());
        }
    }
}

/// What stands at a value, or where its reference leads within the components.
fn resolved<'a>(mut value: &'a Value, shared: &'a Shared<'_>) -> Option<&'a Map<String, Value>> {
    for _ in 0..STEPS {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return value.as_object();
        };
        let pointer = shared.places.raised(reference.strip_prefix('#')?);
        value = shared
            .components
            .pointer(pointer.strip_prefix("/components")?)?;
    }
    None
}
