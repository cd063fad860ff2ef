//! What a document of ours must have beside its facts: words of its own, for everything, and nothing
//! that is left over.

use std::collections::BTreeSet;

use serde_json::Value;

use super::resolve;

/// Every operation under a section of the document, with the name of its path and method.
pub(crate) fn operations<'a>(document: &'a Value, section: &str) -> Vec<(String, &'a Value)> {
    let items = document[section].as_object().unwrap().iter();
    items
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().iter();
            methods.map(move |(method, operation)| (format!("{path} {method}"), operation))
        })
        .collect()
}

/// Operations, parameters, responses, schemas, properties and tags without a description.
pub(crate) fn undescribed(document: &Value) -> Vec<String> {
    let mut bare = Vec::new();
    for section in ["paths", "webhooks"] {
        for (at, operation) in operations(document, section) {
            undescribed_operation(document, &at, operation, &mut bare);
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        needs_text(name, schema, "description", &mut bare);
        undescribed_properties(name, schema, &mut bare);
    }
    for tag in document["tags"].as_array().unwrap() {
        needs_text(&tag["name"].to_string(), tag, "description", &mut bare);
    }
    bare
}

fn undescribed_operation(document: &Value, at: &str, operation: &Value, bare: &mut Vec<String>) {
    needs_text(at, operation, "summary", bare);
    needs_text(at, operation, "description", bare);
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        needs_text(at, resolve(document, parameter), "description", bare);
    }
    undescribed_content(at, &operation["requestBody"], bare);
    for (status, response) in operation["responses"].as_object().unwrap() {
        let at = format!("{at} {status}");
        let response = resolve(document, response);
        needs_text(&at, response, "description", bare);
        undescribed_content(&at, response, bare);
    }
}

fn undescribed_content(at: &str, holder: &Value, bare: &mut Vec<String>) {
    for media in holder["content"]
        .as_object()
        .into_iter()
        .flat_map(|content| content.values())
    {
        undescribed_properties(at, &media["schema"], bare);
    }
}

/// Properties at any depth that neither have a description nor refer to a component, which has.
fn undescribed_properties(at: &str, schema: &Value, bare: &mut Vec<String>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let at = format!("{at}.{name}");
        if property.get("$ref").is_none() {
            needs_text(&at, property, "description", bare);
        }
        undescribed_properties(&at, property, bare);
    }
    if let Some(items) = schema.get("items") {
        undescribed_properties(at, items, bare);
    }
}

fn needs_text(at: &str, value: &Value, key: &str, bare: &mut Vec<String>) {
    if value[key]
        .as_str()
        .is_none_or(|text| text.trim().is_empty())
    {
        bare.push(format!("{at}: {key}"));
    }
}

/// Components that nothing refers to.
pub(crate) fn unused_components(document: &Value) -> Vec<String> {
    let text = document.to_string();
    let mut unused = Vec::new();
    for kind in ["schemas", "parameters", "responses"] {
        for name in document["components"][kind].as_object().unwrap().keys() {
            let reference = format!("\"#/components/{kind}/{name}\"");
            if !text.contains(&reference) {
                unused.push(reference);
            }
        }
    }
    unused
}

/// Sentences that two documents have both. A name of one or two words is no sentence.
pub(crate) fn shared_sentences(one: &Value, other: &Value) -> Vec<String> {
    let theirs = sentences(other);
    sentences(one).intersection(&theirs).cloned().collect()
}

fn sentences(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut left = vec![document];
    while let Some(value) = left.pop() {
        match value {
            Value::Object(members) => {
                for key in ["summary", "description"] {
                    let text = members.get(key).and_then(Value::as_str).unwrap_or_default();
                    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    let of_text = text.split_inclusive(['.', ':', ';', '!', '?']);
                    let of_text = of_text.map(|it| it.trim().trim_end_matches('.'));
                    found.extend(of_text.map(str::to_lowercase));
                }
                left.extend(members.values());
            }
            Value::Array(items) => left.extend(items),
            _ => {}
        }
    }
    found.retain(|sentence| sentence.split(' ').count() > 2);
    found
}
