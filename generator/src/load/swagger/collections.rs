//! Types of parameters and headers: a `schema`, and how lists are written.

use super::Raiser;
use super::at::At;
use crate::diag::{Code, Diagnostic};
use serde_json::{Map, Value, json};

/// Where a value stands that is no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carrier {
    Query,
    Path,
    Header,
    Form,
    /// A header of an answer.
    Answer,
}

impl Carrier {
    /// By `in`.
    pub(super) fn of(parameter: &Value) -> Self {
        match parameter.get("in").and_then(Value::as_str) {
            Some("query") => Self::Query,
            Some("formData") => Self::Form,
            Some("header") => Self::Header,
            _ => Self::Path,
        }
    }
}

/// The extension of a raised parameter that has its `collectionFormat` where no `style` of OpenAPI 3
/// says it in that place: `ssv`, `tsv` or `pipes`.
pub(crate) const COLLECTION_FORMAT: &str = "x-collectionFormat";

/// How the items of a list are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// `style` of OpenAPI 3.
    pub(super) style: &'static str,
    /// `explode` of OpenAPI 3.
    pub(super) explode: bool,
    /// A `collectionFormat` that no style of this place says: it is kept as an extension.
    pub(super) beyond: Option<&'static str>,
}

impl Style {
    const fn new(style: &'static str, explode: bool) -> Self {
        Self {
            style,
            explode,
            beyond: None,
        }
    }
}

/// The members of parameters, items and headers that say a type (Swagger 2.0, section "Parameter
/// Object"). Extensions may say something of it, too.
const TYPE_WORDS: [&str; 17] = [
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "additionalProperties",
];

/// Whether a member says something of the type.
pub(super) fn is_type_word(key: &str) -> bool {
    TYPE_WORDS.contains(&key) || key == "collectionFormat"
}

impl Raiser<'_> {
    /// The schema that a parameter's or header's own members say, and how it is written if it is a list.
    /// `at` is the parameter.
    pub(super) fn value_schema(
        &mut self,
        members: &Map<String, Value>,
        carrier: Carrier,
        at: &At,
    ) -> (Value, Option<Style>) {
        let mut schema: Map<String, Value> = members
            .iter()
            .filter(|(key, _)| TYPE_WORDS.contains(&key.as_str()) || key.starts_with("x-"))
            .filter(|(key, _)| *key != "x-example")
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        self.no_file(members, carrier, at);
        if !is_list(members) {
            return (Value::Object(schema), None);
        }
        let format = members.get("collectionFormat").and_then(Value::as_str);
        let Some(style) = self.style(format.unwrap_or("csv"), carrier, at) else {
            return (text(&schema), None);
        };
        if let Some(items) = schema.get_mut("items") {
            self.items(items, &at.child("items"));
        }
        (Value::Object(schema), Some(style))
    }

    /// Says where a value that is not sent in a form claims to be a file.
    fn no_file(&mut self, members: &Map<String, Value>, carrier: Carrier, at: &At) {
        let is_file = |it: Option<&Value>| it == Some(&Value::from("file"));
        if carrier == Carrier::Form {
            return;
        }
        if is_file(members.get("type")) {
            self.misplaced_file(at);
        }
        if is_file(members.get("items").and_then(|it| it.get("type"))) {
            self.misplaced_file(&at.child("items"));
        }
    }

    /// How a list is written, if there is a way to say it.
    fn style(&mut self, format: &str, carrier: Carrier, at: &At) -> Option<Style> {
        let joined = match carrier {
            Carrier::Query | Carrier::Form => Style::new("form", false),
            Carrier::Path | Carrier::Header | Carrier::Answer => Style::new("simple", false),
        };
        let repeats = joined.style == "form";
        let beyond = |format| {
            let beyond = Some(format);
            Some(Style { beyond, ..joined })
        };
        match (format, carrier) {
            ("csv", _) => Some(joined),
            ("multi", _) if repeats => Some(Style::new("form", true)),
            ("ssv", _) if repeats => Some(Style::new("spaceDelimited", false)),
            ("pipes", _) if repeats => Some(Style::new("pipeDelimited", false)),
            ("tsv", Carrier::Query | Carrier::Path | Carrier::Header) => beyond("tsv"),
            ("ssv", Carrier::Path | Carrier::Header) => beyond("ssv"),
            ("pipes", Carrier::Path | Carrier::Header) => beyond("pipes"),
            ("ssv" | "pipes" | "tsv", _) => {
                let message =
                    format!("OpenAPI 3 has no word for `collectionFormat: {format}` here");
                let action = "the list was read as one text";
                self.say_of_format(at, message, action, Some("join the items yourself"));
                None
            }
            _ => {
                let message = format!("`collectionFormat` cannot be {format:?} here");
                let action = "the items are joined with commas, as without it";
                self.say_of_format(at, message, action, None);
                Some(joined)
            }
        }
    }

    /// A list within a list: its items are joined, and nothing in OpenAPI 3 says so.
    fn items(&mut self, items: &mut Value, at: &At) {
        let Value::Object(members) = items else {
            return;
        };
        members.shift_remove("collectionFormat");
        if is_list(members) {
            let message = "OpenAPI 3 has no word for a list within a list of a parameter";
            let action = "the inner list was read as one text";
            let hint = Some("join the items yourself");
            self.say_of_format(at, message.to_owned(), action, hint);
            *items = text(members);
        }
    }

    /// A warning at `collectionFormat`, or where it would stand.
    fn say_of_format(&mut self, at: &At, message: String, action: &str, hint: Option<&str>) {
        let origin = Self::origin(&at.child("collectionFormat"));
        let said = Diagnostic::warning(Code::UnsupportedSchema, origin, message).action(action);
        self.diagnostics.push(match hint {
            Some(hint) => said.hint(hint),
            None => said,
        });
    }
}

fn is_list(members: &Map<String, Value>) -> bool {
    members.get("type").is_some_and(|it| it == "array")
}

/// A list as the text that it is written as.
fn text(list: &Map<String, Value>) -> Value {
    match list.get("x-nullable") {
        Some(nullable) => json!({ "type": "string", "x-nullable": nullable }),
        None => json!({ "type": "string" }),
    }
}
