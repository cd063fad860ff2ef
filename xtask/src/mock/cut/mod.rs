//! A document made small enough that a validating mock starts in seconds.
//!
//! Requests decide what the mock accepts, so they stay as they are: paths, parameters, request bodies,
//! security, and every schema these refer to. Responses only have to be decoded by the client. Records
//! often refer to each other in one cycle, which Prism expands for minutes; so each operation has the
//! one answer of its case, and no schema of it.

mod answer;
mod close;
mod prune;
mod repair;
mod walk;

use super::reference::resolve;
use answer::Answers;
pub(in crate::mock) use close::is_closed;
use serde_json::{Map, Value};
use specwright::cases::Table;

/// What is cut, beside the responses.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Whether request objects are closed: one that names properties and says nothing about others
    /// takes no others. It finds the client that sends a property under a wrong name.
    pub(crate) close: bool,
}

/// The methods of a path item (OpenAPI 3.1, section 4.8.9); everything else in it is shared by them.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Cuts a loaded document of OpenAPI 3 down to what a validating mock needs.
///
/// - `webhooks` go, since nobody calls them on the mock; `callbacks` go, since Prism would send them.
/// - Each operation answers as the table says, see [`answer`]; the other responses go, so that Prism
///   says in its own words why it refuses something.
/// - Components that nothing refers to any more go.
/// - What Prism would check nothing of, such as types that JSON Schema does not know, is repaired.
/// - The document says that it is of 3.1 and its schemas are of JSON Schema 2020-12, as they are once
///   they are loaded. Prism would take others for draft 7 and ignore keywords that came later.
///
/// What is not a document comes back as it is.
pub(crate) fn cut(document: &Value, table: &Table, options: Cut) -> Value {
    let mut rest = document.clone();
    let Some(root) = rest.as_object_mut() else {
        return rest;
    };
    root.shift_remove("webhooks");
    root.shift_remove("x-webhooks");
    name_dialect(root);
    let answers = Answers::new(table);
    if let Some(Value::Object(paths)) = root.get_mut("paths") {
        for (template, item) in paths {
            cut_path_item(document, &answers, template, item);
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
    if version.is_some_and(|version| version.starts_with("3.")) {
        let dialect = "https://json-schema.org/draft/2020-12/schema";
        root.insert("openapi".to_owned(), "3.1.0".into());
        root.insert("jsonSchemaDialect".to_owned(), dialect.into());
    }
}

fn cut_path_item(document: &Value, answers: &Answers<'_>, template: &str, item: &mut Value) {
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
            operation.shift_remove("callbacks");
            let answer = answers.of(method, template);
            operation.insert("responses".to_owned(), answer);
        }
    }
}

#[cfg(test)]
mod tests;
