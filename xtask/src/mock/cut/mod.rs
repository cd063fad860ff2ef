//! A document made small enough that a validating mock starts in seconds.
//!
//! Requests decide what the mock accepts, so they stay as they are: paths, parameters, request bodies,
//! security, and every schema these refer to. Responses only have to be decoded by the client. Records
//! often refer to each other in one cycle, which Prism expands for minutes; so each response carries
//! one example made from its schema, and the schema goes.

mod close;
mod prune;
mod repair;
mod walk;

use super::reference::resolve;
use super::sample::sample;
use serde_json::{Map, Value, json};

/// What is cut, beside the responses.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Whether request objects are closed: one that has `properties` and says nothing about others
    /// takes no others. It finds the client that sends a property under a wrong name.
    pub(crate) close: bool,
}

/// The methods of a path item (OpenAPI 3.1, section 4.8.9); everything else in it is shared by them.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Statuses without a body (RFC 9110, section 15). A document that declares one all the same makes
/// Prism refuse its own answer.
const BODILESS: [&str; 3] = ["204", "205", "304"];

/// Cuts a document of OpenAPI 2.0, 3.0 or 3.1 down to what a validating mock needs.
///
/// - `webhooks` go, since nobody calls them on the mock; `callbacks` go, since Prism would send them.
/// - Each response keeps its statuses and media types, with one example each (see
///   [`sample`](super::sample)); the document's own examples go, because many contradict their schema.
/// - Components that nothing refers to any more go.
/// - Types that JSON Schema does not know go, because Prism would check nothing of the body they are in.
/// - A 3.1 document that names no JSON Schema dialect gets the one that is its default; Prism would
///   take it for draft 7 and ignore keywords that came later.
///
/// What is not a document comes back as it is.
pub(crate) fn cut(document: &Value, options: Cut) -> Value {
    let mut rest = document.clone();
    let Some(root) = rest.as_object_mut() else {
        return rest;
    };
    root.shift_remove("webhooks");
    root.shift_remove("x-webhooks");
    name_dialect(root);
    if let Some(Value::Object(paths)) = root.get_mut("paths") {
        for item in paths.values_mut() {
            cut_path_item(document, item);
        }
    }
    prune::prune(root, document);
    repair::repair(&mut rest);
    if options.close {
        close::close(&mut rest);
    }
    rest
}

fn name_dialect(root: &mut Map<String, Value>) {
    let version = root.get("openapi").and_then(Value::as_str);
    let is_current = version.is_some_and(|version| version.starts_with("3.1"));
    if is_current && !root.contains_key("jsonSchemaDialect") {
        let dialect = "https://json-schema.org/draft/2020-12/schema";
        root.insert("jsonSchemaDialect".to_owned(), dialect.into());
    }
}

fn cut_path_item(document: &Value, item: &mut Value) {
    if item.get("$ref").is_some()
        && let Some(target) = resolve(document, item)
    {
        *item = Value::Object(target.clone());
    }
    let Some(item) = item.as_object_mut() else {
        return;
    };
    for method in METHODS {
        if let Some(Value::Object(operation)) = item.get_mut(method) {
            cut_operation(document, operation);
        }
    }
}

fn cut_operation(document: &Value, operation: &mut Map<String, Value>) {
    operation.shift_remove("callbacks");
    let media_types = operation.get("produces").or(document.get("produces"));
    let media_types = media_types.cloned();
    let Some(Value::Object(responses)) = operation.get_mut("responses") else {
        return;
    };
    for (status, response) in responses.iter_mut() {
        let mut whole = resolve(document, response).cloned().unwrap_or_default();
        if BODILESS.contains(&status.as_str()) {
            whole.shift_remove("content");
            whole.shift_remove("schema");
        }
        *response = if document.get("swagger").is_some() {
            old_response(document, &whole, media_types.as_ref())
        } else {
            response_of(document, &whole)
        };
    }
}

/// A response with an example for each media type.
fn response_of(document: &Value, response: &Map<String, Value>) -> Value {
    let description = response.get("description").and_then(Value::as_str);
    let mut cut = json!({"description": description.unwrap_or_default()});
    let Some(content) = response.get("content").and_then(Value::as_object) else {
        return cut;
    };
    let content: Map<String, Value> = content
        .iter()
        .map(|(media_type, content)| {
            let body = body(document, media_type, content.get("schema"));
            (media_type.clone(), json!({"example": body}))
        })
        .collect();
    if let Some(cut) = cut.as_object_mut() {
        cut.insert("content".to_owned(), Value::Object(content));
    }
    cut
}

/// The same for OpenAPI 2.0, where a response has one schema for all media types.
fn old_response(
    document: &Value,
    response: &Map<String, Value>,
    media_types: Option<&Value>,
) -> Value {
    let description = response.get("description").and_then(Value::as_str);
    let mut cut = json!({"description": description.unwrap_or_default()});
    let Some(schema) = response.get("schema") else {
        return cut;
    };
    let media_types = media_types.and_then(Value::as_array).into_iter().flatten();
    let mut examples: Map<String, Value> = media_types
        .filter_map(Value::as_str)
        .map(|media_type| {
            (
                media_type.to_owned(),
                body(document, media_type, Some(schema)),
            )
        })
        .collect();
    if examples.is_empty() {
        let json = "application/json";
        examples.insert(json.to_owned(), body(document, json, Some(schema)));
    }
    if let Some(cut) = cut.as_object_mut() {
        cut.insert("examples".to_owned(), Value::Object(examples));
    }
    cut
}

/// A sample as a body of a media type: Prism writes JSON and XML itself, the rest is text.
fn body(document: &Value, media_type: &str, schema: Option<&Value>) -> Value {
    let sample = schema.map_or(Value::Null, |schema| sample(document, schema));
    let bare = media_type.split(';').next().unwrap_or_default();
    let bare = bare.trim().to_ascii_lowercase();
    if bare == "application/json" || bare.ends_with("+json") || bare.ends_with("xml") {
        return sample;
    }
    match sample {
        Value::String(text) => Value::String(text),
        Value::Null => "text".into(),
        _ if bare.contains('*') => sample,
        sample if bare == "text/event-stream" => format!("data: {sample}\n\n").into(),
        sample => format!("{sample}\n").into(),
    }
}

#[cfg(test)]
mod tests;
