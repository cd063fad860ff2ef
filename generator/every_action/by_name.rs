//! The arguments of a case, for a call by name.

use super::Failure;
use super::table::Case;
use specwright_runtime as rt;

use rt::serde_json::{self, Map, Value};

/// A key for each parameter, with its place in front where it needs one, and `body`.
pub(super) fn arguments(case: &Case) -> Result<Value, Failure> {
    let places = case.at("/parameters").as_object();
    let all = || {
        let places = places.into_iter().flatten();
        places.flat_map(|(place, given)| {
            let given = given.as_object().into_iter().flatten();
            given.map(move |(name, value)| (place, name, value))
        })
    };
    let body = case.at("/body");
    let mut arguments = Map::new();
    for (place, name, value) in all() {
        let same = all().filter(|(_, other, _)| *other == name).count();
        let is_taken = ["body", "headers"].contains(&name.as_str());
        let key = if same > 1 || is_taken {
            format!("{place}.{name}")
        } else {
            name.clone()
        };
        arguments.insert(key, value.clone());
    }
    if !body.is_null() || !case.text("/request/body").is_empty() {
        arguments.insert("body".to_owned(), as_argument(case, body)?);
    }
    Ok(Value::Object(arguments))
}

/// A body; one of bytes is in base64.
fn as_argument(case: &Case, body: &Value) -> Result<Value, Failure> {
    let content_type = case.text("/request/headers/content-type");
    let is_text = ["json", "form", "text/", "xml", "ndjson"]
        .iter()
        .any(|it| content_type.contains(it));
    Ok(match body {
        Value::String(text) if !is_text => {
            serde_json::to_value(rt::Base64::from(text.clone().into_bytes()))?
        }
        body => body.clone(),
    })
}
