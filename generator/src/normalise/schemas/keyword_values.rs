//! Values of keywords, checked for their type.

use super::formats::{Formats, implied_type};
use super::keyword_limits::SEVERAL;
use crate::ir::{JsonType, Xml};
use crate::load::Node;
use serde_json::Value;

/// What became of a keyword.
pub(super) enum Taken<'d> {
    Yes,
    No,
    /// It names a format where a type must be.
    Format(&'d str),
    /// It must be this.
    Wrong(&'static str),
    /// It has the right type and not a possible value.
    NoValue(String),
}

pub(super) fn text<'d>(slot: &mut Option<&'d str>, value: &'d Value) -> Taken<'d> {
    match value {
        Value::String(text) => {
            *slot = Some(text);
            Taken::Yes
        }
        _ => Taken::Wrong("a string"),
    }
}

pub(super) fn flag<'d>(slot: &mut bool, value: &Value) -> Taken<'d> {
    match value {
        Value::Bool(flag) => {
            *slot |= *flag;
            Taken::Yes
        }
        _ => Taken::Wrong("a boolean"),
    }
}

pub(super) fn array<'d>(slot: &mut Option<Node<'d>>, child: &Node<'d>) -> Taken<'d> {
    if child.value().is_array() {
        *slot = Some(child.clone());
        return Taken::Yes;
    }
    Taken::Wrong(SEVERAL)
}

pub(super) fn object<'d>(slot: &mut Option<Node<'d>>, child: &Node<'d>) -> Taken<'d> {
    if child.value().is_object() {
        *slot = Some(child.clone());
        return Taken::Yes;
    }
    Taken::Wrong("an object")
}

pub(super) fn schema<'d>(slot: &mut Option<Node<'d>>, child: &Node<'d>) -> Taken<'d> {
    if child.value().is_object() || child.value().is_boolean() {
        *slot = Some(child.clone());
        return Taken::Yes;
    }
    Taken::Wrong("a schema")
}

/// An XML Object, whose own keys are checked with those of all objects.
pub(super) fn xml<'d>(slot: &mut Option<Box<Xml>>, value: &'d Value) -> Taken<'d> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let named = |key: &str| text(key).filter(|it| !it.is_empty()).map(str::to_owned);
    let flag = |key: &str| value.get(key) == Some(&Value::Bool(true));
    let node = text("nodeType").unwrap_or_default();
    if value.is_object() {
        *slot = Some(Box::new(Xml {
            name: named("name"),
            namespace: named("namespace"),
            prefix: named("prefix"),
            attribute: flag("attribute") || node == "attribute",
            wrapped: flag("wrapped") || node == "element",
            text: matches!(node, "text" | "cdata"),
        }));
    }
    Taken::Yes
}

/// A format written as a type (`type: date`), with the type it is a format of.
pub(super) fn format_as_type(text: &str) -> Option<(&str, JsonType)> {
    let formats = Formats {
        format: Some(text),
        ..Formats::default()
    };
    Some((text, implied_type(formats)?))
}

/// The type with this name in `type`; null apart.
pub(super) fn json_type(name: &str) -> Option<JsonType> {
    Some(match name {
        "boolean" => JsonType::Boolean,
        "integer" => JsonType::Integer,
        "number" => JsonType::Number,
        "string" => JsonType::String,
        "array" => JsonType::Array,
        "object" => JsonType::Object,
        _ => return None,
    })
}
