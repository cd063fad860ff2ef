//! The body: its media type, its syntax, and its value.

use super::super::message::Request;
use super::super::refusal::{Fault, Refusal};
use super::form::form;
use super::multipart::multipart;
use super::one_way;
use super::style::{self, Shape};
use super::value::{Checker, Direction};
use serde_json::{Map, Value};
use specwright::ir::{Action, Api, Encoding, Media, Record, Schema};

/// Reads the body and says what is wrong with its values. `None`: there is none, or its encoding is
/// one that is not looked into (XML, bytes).
///
/// # Errors
/// A media type that the action does not take (415), text that is not JSON (400).
pub(crate) fn body(
    api: &Api,
    action: &Action,
    request: &Request,
) -> Result<(Option<Value>, Vec<Fault>), Refusal> {
    let Some(declared) = &action.body else {
        let fault = Fault::at(&["body"], "this action takes no body");
        let faults = if request.body.is_empty() {
            Vec::new()
        } else {
            vec![fault]
        };
        return Ok((None, faults));
    };
    if request.body.is_empty() {
        let fault = Fault::at(&["body"], "is required");
        return Ok((
            None,
            if declared.required {
                vec![fault]
            } else {
                Vec::new()
            },
        ));
    }
    let Some(media) = media(&declared.media, request.header("content-type")) else {
        return Err(unsupported(&declared.media, request));
    };
    let mut value = match &media.encoding {
        Encoding::Json => json(&request.body)?,
        Encoding::Form(_) => {
            let text = utf8(&request.body)?;
            form(api, media, text)
                .ok_or_else(|| Refusal::new(400, Fault::at(&["body"], "is not UTF-8")))?
        }
        Encoding::Text => Value::from(utf8(&request.body)?),
        Encoding::Multipart(_) => {
            let content_type = request.header("content-type").unwrap_or_default();
            multipart(api, &media.schema, content_type, &request.body)?
        }
        Encoding::JsonLines | Encoding::EventStream | Encoding::Xml | Encoding::Binary => {
            return Ok((None, Vec::new()));
        }
    };
    let checker = Checker::new(api, Direction::Request, &["body"]);
    let faults = checker.faults(&media.schema, &value);
    one_way::ignore(api, &media.schema, &mut value);
    Ok((Some(value), faults))
}

/// The media type without its parameters, in lower case.
fn essence(text: &str) -> String {
    let essence = text.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

fn media<'a>(all: &'a [Media], content_type: Option<&str>) -> Option<&'a Media> {
    if all.is_empty() {
        return None;
    }
    let given = essence(content_type?);
    let exact = all.iter().find(|media| essence(&media.media_type) == given);
    exact.or_else(|| {
        all.iter().find(|media| {
            let range = essence(&media.media_type);
            range
                .strip_suffix('*')
                .is_some_and(|range| range == "*/" || given.starts_with(range))
        })
    })
}

fn unsupported(all: &[Media], request: &Request) -> Refusal {
    let known: Vec<&str> = all.iter().map(|media| media.media_type.as_str()).collect();
    let given = request.header("content-type").unwrap_or("none");
    let message = format!(
        "the content type must be {}, not {given}",
        known.join(" or ")
    );
    Refusal::new(415, Fault::whole(message))
}

fn utf8(bytes: &[u8]) -> Result<&str, Refusal> {
    std::str::from_utf8(bytes).map_err(|error| {
        let message = format!("is not UTF-8 from byte {} on", error.valid_up_to());
        Refusal::new(400, Fault::at(&["body"], message))
    })
}

fn json(bytes: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(bytes).map_err(|error| {
        let message = format!("is not JSON: {error}");
        Refusal::new(400, Fault::at(&["body"], message))
    })
}

/// Adds a field that came as a text, to the others of its name where it is a list.
pub(super) fn put(
    api: &Api,
    record: Option<&Record>,
    object: &mut Map<String, Value>,
    name: String,
    value: String,
) {
    let any = Schema::default();
    let field = record.and_then(|it| it.fields.iter().find(|field| field.wire_name == name));
    let schema = field.map_or(&any, |field| &field.schema);
    match style::shape(api, schema) {
        Shape::Scalar => {
            object.insert(name, style::scalar(api, schema, &value));
        }
        Shape::List(item) => {
            let value = match style::shape(api, item) {
                Shape::Object(_) => serde_json::from_str(&value).unwrap_or(Value::String(value)),
                Shape::Scalar | Shape::List(_) => style::scalar(api, item, &value),
            };
            let list = object
                .entry(name)
                .or_insert_with(|| Value::Array(Vec::new()));
            match (list, value) {
                // An array that is one part of JSON.
                (Value::Array(items), Value::Array(all)) => items.extend(all),
                (Value::Array(items), one) => items.push(one),
                _ => {}
            }
        }
        Shape::Object(_) => {
            let value = serde_json::from_str(&value).unwrap_or(Value::String(value));
            object.insert(name, value);
        }
    }
}
