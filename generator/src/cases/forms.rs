//! `application/x-www-form-urlencoded` bodies (OpenAPI 3.1, sections 4.8.14.4 and 4.8.15).

use super::wire::{self, Encoding, Style};
use crate::load::Node;
use serde_json::Value;

/// A form, each property as `encoding` of its media type says; `None` where no style writes a value.
pub(super) fn form(media: &Node<'_>, value: &Value) -> Option<String> {
    let encoding = media.get("encoding");
    let mut pairs = Vec::new();
    for (name, value) in value.as_object()? {
        if value.is_null() {
            continue;
        }
        let said = encoding.as_ref().and_then(|encoding| encoding.get(name));
        pairs.push(pair(said.as_ref(), name, value)?);
    }
    pairs.retain(|pair| !pair.is_empty());
    Some(pairs.join("&"))
}

/// One property. What `style`, `explode` or `allowReserved` are said of is written as a query
/// parameter is; of anything else, scalars and lists of them repeat the name and the rest is JSON text.
fn pair(said: Option<&Node<'_>>, name: &str, value: &Value) -> Option<String> {
    let word = |key: &str| said.and_then(|said| said.get(key));
    let is = |key: &str| word(key).and_then(|node| node.value().as_bool());
    let style = word("style");
    let style = style.as_ref().and_then(Node::as_str);
    let reserved = is("allowReserved") == Some(true);
    let styled = style.is_some() || is("explode").is_some() || reserved;
    if styled && matches!(value, Value::Array(items) if items.is_empty()) {
        return Some(String::new());
    }
    let written = if styled {
        value.clone()
    } else {
        unstyled(word("contentType").as_ref(), value)
    };
    let name_of_style = style.unwrap_or("form");
    let style = Style {
        name: name_of_style,
        explode: is("explode").unwrap_or(name_of_style == "form"),
        encoding: match reserved {
            true => Encoding::Reserved,
            false => Encoding::Component,
        },
    };
    wire::form(name, style, "&", &written)
}

fn unstyled(content_type: Option<&Node<'_>>, value: &Value) -> Value {
    let text = |value: &Value| match value {
        Value::Array(_) | Value::Object(_) => Value::String(value.to_string()),
        scalar => scalar.clone(),
    };
    let content_type = content_type.and_then(Node::as_str).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let is_json = essence.ends_with("/json") || essence.ends_with("+json");
    match value {
        Value::Array(items) if !is_json => items.iter().map(text).collect(),
        value => text(value),
    }
}

/// The properties of a form that keep their reserved characters.
pub(super) fn reserved<'d>(media: &Node<'d>) -> Vec<&'d str> {
    let encoding = media.get("encoding");
    let said = encoding.iter().flat_map(Node::entries);
    let is_reserved = |node: &Node<'_>| {
        let said = node.get("allowReserved");
        said.is_some_and(|said| said.value() == &Value::Bool(true))
    };
    said.filter(|(_, node)| is_reserved(node))
        .map(|(name, _)| name)
        .collect()
}
