//! The forms that arguments and answers have in JSON.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::{Problem, explain};
use crate::{Base64, Bytes, Lines, Multipart, Part};

/// How an argument is read: its value, or why it is not what the operation takes.
pub type Read<T> = fn(&Value) -> Result<T, String>;

/// An argument that is JSON.
///
/// # Errors
/// It is not of the type. It is read by way of text, so that messages say where, and quote no secret.
pub fn value<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    let text = value.to_string();
    serde_json::from_str(&text).map_err(|error| {
        let found = match explain(text.as_bytes(), &error) {
            Problem::Data(found) | Problem::Deep(found) | Problem::Syntax(found) => found,
            Problem::Cut { .. } => return "it is no JSON".to_owned(),
        };
        match found.path.as_str() {
            "" => found.message,
            path => format!("{path}: {}", found.message),
        }
    })
}

/// An argument that is a text.
///
/// # Errors
/// It is something else.
pub fn text(text: &Value) -> Result<String, String> {
    value(text)
}

/// An argument that is bytes, in base64.
///
/// # Errors
/// It is something else.
pub fn bytes(encoded: &Value) -> Result<Bytes, String> {
    value::<Base64>(encoded).map(Base64::into_bytes)
}

/// A body of JSON that is one text after the other: a list of items, or a text with what is sent.
///
/// # Errors
/// It is something else, or an item is not of the type.
pub fn lines<T: DeserializeOwned + Serialize + 'static>(items: &Value) -> Result<Lines<T>, String> {
    match items {
        Value::String(written) => Ok(Lines::written(written.clone())),
        items => value::<Vec<T>>(items).map(Lines::from),
    }
}

/// A multipart body: an object with a key for each part, and an array where several parts have one name. For those that
/// the document gives no properties.
///
/// Texts, numbers and booleans are parts of text, objects are parts of JSON. An object with `base64` is a
/// file: see [`Part`].
///
/// # Errors
/// It is no object, or a part cannot be read.
pub fn form(parts: &Value) -> Result<Multipart, String> {
    let parts = parts.as_object().ok_or("expected an object of parts")?;
    let mut form = Multipart::new();
    for (name, value) in parts {
        let values = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        for value in values {
            let part = Part::deserialize(value).map_err(|reason| format!("{name}: {reason}"))?;
            form = form.part(name.as_str(), part);
        }
    }
    Ok(form)
}

/// An answer that is JSON.
pub const fn same<T>(answer: T) -> T {
    answer
}

/// An answer of bytes.
pub fn base64(answer: Bytes) -> Base64 {
    Base64::from(answer)
}

/// An answer of bytes whose media type is a text: XML, events, lines of JSON.
pub fn text_of(answer: Bytes) -> String {
    String::from_utf8_lossy(&answer).into_owned()
}
