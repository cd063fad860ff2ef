//! The parts of an object: one for each property, and for each item of an array.

use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde_json::Value;

use super::super::style::{self, Reason, Style};
use super::aside::{Written, has_file, is_file};
use super::encoding::Allowed;
use super::part::Kind;
use super::{FORM_DATA, Multipart, Part, PartEncoding, essence};

/// Writes an object as a multipart body (OpenAPI 3.1.1, section 4.8.15.1.1). By default a scalar is text,
/// an object is JSON, a file is `application/octet-stream`, and an array has a part for each item. An
/// array that the document gives a content type of JSON is one part, unless its items are files. Null is no
/// part.
///
/// # Errors
/// When the value is no object, a file does not say which of several content types it has, or a file is
/// where none can be sent: inside a part of JSON.
pub(crate) fn multipart<T: Serialize + ?Sized>(
    media_type: &'static str,
    body: &T,
    encodings: &[PartEncoding],
) -> Result<Multipart, Reason> {
    let mut written = Written::new(body)?;
    let Value::Object(properties) = std::mem::take(&mut written.value) else {
        return Err("a multipart body is made from an object".to_owned());
    };
    let is_form = essence(media_type).eq_ignore_ascii_case(FORM_DATA);
    let mut form = Multipart::new().media_type(media_type);
    for (name, value) in properties {
        let encoding = encodings.iter().find(|encoding| encoding.name == name);
        let allowed = Allowed(encoding.map_or("", |encoding| encoding.content_type));
        if let Some((style, explode)) = encoding.and_then(|encoding| encoding.style)
            && let Some(pairs) = styled(&name, style, explode, &value)
        {
            for (name, text) in pairs {
                form = form.part(name, Part::text(text));
            }
            continue;
        }
        let items = match value {
            Value::Array(items) if !allowed.is_json() || items.iter().any(is_file) => items,
            value => vec![value],
        };
        for item in items.iter().filter(|item| !item.is_null()) {
            let part = match written.file(item) {
                Some(file) => file_part(file, allowed, is_form.then_some(&name)),
                None if has_file(item) => Err("a file cannot be sent inside JSON".to_owned()),
                None => Ok(value_part(item, allowed)),
            };
            let part = part.map_err(|why| format!("part `{name}`: {why}"))?;
            form = form.part(name.as_str(), part);
        }
    }
    Ok(form)
}

/// The names and texts of a property in a style, as a query has them and not percent-encoded (OpenAPI
/// 3.1.1, section 4.8.15.1.1). `None` for files, and for what the style cannot write, which is sent as
/// if there were none.
fn styled(name: &str, style: Style, explode: bool, value: &Value) -> Option<Vec<(String, String)>> {
    if has_file(value) {
        return None;
    }
    let pairs = style::query(name, style, explode, false, value).ok()?;
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pairs = pairs.split('&').filter_map(|pair| pair.split_once('='));
    Some(
        pairs
            .map(|(name, text)| (decoded(name), decoded(text)))
            .collect(),
    )
}

/// A file without a name of its own has the property's in a form: servers take what has none for text.
fn file_part(mut file: Part, allowed: Allowed<'_>, name: Option<&String>) -> Result<Part, Reason> {
    if file.kind == Kind::Bytes {
        if file.content_type.is_none() {
            file = match allowed.of_bytes()? {
                Some(content_type) => file.content_type(content_type),
                None => file,
            };
        }
        file.file_name = file.file_name.or_else(|| name.cloned());
    }
    Ok(file)
}

fn value_part(value: &Value, allowed: Allowed<'_>) -> Part {
    if allowed.is_json() {
        return said(Part::json(value), allowed);
    }
    match style::scalar(value) {
        Some(text) => said(Part::text(text), allowed),
        None => Part::json(value),
    }
}

fn said(part: Part, allowed: Allowed<'_>) -> Part {
    match allowed.first() {
        Some(content_type) => part.content_type(content_type),
        None => part,
    }
}
