//! Text, numbers, switches and dates.

use super::schema::Settled;
use super::{Carrier, Form, Forms, Input, property};
use crate::ir::{Bound, Primitive};
use crate::n8n::model::{PropertyKind, Shape};
use crate::names::words;
use serde_json::{Number, Value};

/// What n8n's linter takes for the name of a credential (`node-param-type-options-password-missing`).
const SENSITIVE: &[&str] = &["secret", "password", "token", "apikey"];

/// What it does not.
const NOT_SENSITIVE: &[&str] = &["maxTokens", "password_needs_reset"];

/// Lines of an input for long text.
const ROWS: u32 = 4;

/// The least `maxLength` of a long text.
const LONG: u64 = 500;

/// The greatest whole number that JavaScript keeps as it is.
pub(super) const SAFE: i64 = 9_007_199_254_740_991;

impl<'a> Forms<'a> {
    pub(super) fn scalar(
        &self,
        input: &Input<'a>,
        settled: &Settled<'a>,
        primitive: &Primitive,
    ) -> Form {
        match primitive {
            Primitive::Boolean => {
                // Who adds a switch finds it as the server has it.
                let is_on = settled.default.and_then(Value::as_bool).unwrap_or(false);
                Form {
                    property: property(input, settled, PropertyKind::Boolean, is_on),
                    shape: Shape::Boolean,
                }
            }
            Primitive::Integer { .. } => self.number(input, settled, true),
            Primitive::Number | Primitive::Decimal { quoted: false } => {
                self.number(input, settled, false)
            }
            Primitive::DateTime => date(input, settled, Shape::DateTime),
            Primitive::Date => date(input, settled, Shape::Date),
            Primitive::Binary | Primitive::File if input.carrier == Carrier::Parts => {
                file(input, settled)
            }
            Primitive::String { .. }
            | Primitive::Decimal { quoted: true }
            | Primitive::Time
            | Primitive::Duration
            | Primitive::Uuid
            | Primitive::Uri
            | Primitive::Base64
            | Primitive::Binary
            | Primitive::File => text(input, settled, primitive),
        }
    }

    pub(super) fn number(&self, input: &Input<'a>, settled: &Settled<'a>, whole: bool) -> Form {
        let limits = settled.constraints;
        let least = limits.minimum.as_ref().and_then(|it| limit(it, whole, 1));
        let most = limits.maximum.as_ref().and_then(|it| limit(it, whole, -1));
        let start = within(least.as_ref(), most.as_ref());
        let mut property = property(input, settled, PropertyKind::Number, start);
        property.placeholder = None;
        property.type_options.min_value = least;
        property.type_options.max_value = most;
        property.type_options.number_precision = whole.then_some(0);
        Form {
            property,
            shape: if whole { Shape::Integer } else { Shape::Number },
        }
    }
}

/// A limit as n8n's, which is always allowed itself: whole numbers move to the next one.
fn limit(bound: &Bound, whole: bool, step: i64) -> Option<Number> {
    if !whole {
        return Some(bound.value.clone());
    }
    let value = match bound.value.as_i64() {
        Some(value) if bound.exclusive => value.checked_add(step)?,
        Some(value) => value,
        None => return None,
    };
    (-SAFE..=SAFE).contains(&value).then(|| Number::from(value))
}

/// What a number is before anything is typed: nothing, as far as the limits allow it.
fn within(least: Option<&Number>, most: Option<&Number>) -> Value {
    let above = |number: &&Number| number.as_f64().is_some_and(|it| it > 0.0);
    let below = |number: &&Number| number.as_f64().is_some_and(|it| it < 0.0);
    let nearest = least.filter(above).or(most.filter(below));
    nearest.map_or_else(|| Value::from(0), |number| Value::Number(number.clone()))
}

fn date<'a>(input: &Input<'a>, settled: &Settled<'a>, shape: Shape) -> Form {
    let mut property = property(input, settled, PropertyKind::DateTime, "");
    property.placeholder = None;
    Form { property, shape }
}

/// The name of a file of the item.
fn file<'a>(input: &Input<'a>, settled: &Settled<'a>) -> Form {
    let mut property = property(input, settled, PropertyKind::String, "");
    property.placeholder = Some("e.g. data".to_owned());
    property.hint = Some("The name of the input field containing the file".to_owned());
    Form {
        property,
        shape: Shape::Binary,
    }
}

pub(super) fn text<'a>(input: &Input<'a>, settled: &Settled<'a>, primitive: &Primitive) -> Form {
    let mut property = property(input, settled, PropertyKind::String, "");
    let shape = match primitive {
        Primitive::Uuid => Shape::Id,
        // Nothing is no duration, time or URL.
        Primitive::Time | Primitive::Duration | Primitive::Uri => Shape::Option,
        _ => Shape::Text,
    };
    if property.placeholder.is_none() {
        property.placeholder = example(primitive, &input.name).map(str::to_owned);
    }
    let format = match primitive {
        Primitive::String { format } => format.as_deref(),
        _ => None,
    };
    if input.secret || format == Some("password") || is_sensitive(&input.name) {
        property.type_options.password = true;
        property.placeholder = None;
    } else if is_color(&input.name) && has_hash(settled) {
        property.kind = PropertyKind::Color;
        property.placeholder = None;
        return Form {
            property,
            shape: Shape::Option,
        };
    } else if is_long(input, settled, format) {
        property.type_options.rows = Some(ROWS);
    }
    // The linter wants one for every parameter of this name.
    if input.name == "email" && property.placeholder.is_none() {
        property.placeholder = Some("name@email.com".to_owned());
    }
    Form { property, shape }
}

/// Whether the document shows that a color is meant that a picker can give: `#ff0000`.
fn has_hash(settled: &Settled<'_>) -> bool {
    let starts = |value: Option<&Value>| {
        value
            .and_then(Value::as_str)
            .is_some_and(|it| it.starts_with('#'))
    };
    let pattern = settled.constraints.pattern.as_deref();
    starts(settled.example)
        || starts(settled.default)
        || pattern.is_some_and(|it| it.trim_start_matches('^').starts_with('#'))
}

pub(super) fn is_sensitive(name: &str) -> bool {
    let lower = name.to_lowercase();
    !NOT_SENSITIVE.contains(&name) && SENSITIVE.iter().any(|word| lower.contains(word))
}

/// `node-param-color-type-unused`.
fn is_color(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.contains("color") || lower.contains("colour")
}

fn example(primitive: &Primitive, name: &str) -> Option<&'static str> {
    match primitive {
        Primitive::Uuid => Some("e.g. 123e4567-e89b-42d3-a456-426614174000"),
        Primitive::Time => Some("e.g. 09:30:00Z"),
        Primitive::Duration => Some("e.g. PT1H30M"),
        Primitive::Uri => Some("e.g. https://example.com"),
        Primitive::String {
            format: Some(format),
        } if format == "email" => Some("name@email.com"),
        _ if name == "email" => Some("name@email.com"),
        _ => None,
    }
}

/// Whether a text is likely to have several lines.
fn is_long(input: &Input<'_>, settled: &Settled<'_>, format: Option<&str>) -> bool {
    if matches!(
        format,
        Some("markdown" | "html" | "commonmark" | "textarea")
    ) {
        return true;
    }
    if settled.constraints.max_length.is_some_and(|it| it >= LONG) {
        return true;
    }
    let found = words(&input.name);
    let last = found.last().map(String::as_str);
    matches!(
        last,
        Some("markdown" | "html" | "body" | "description" | "notes" | "content" | "message")
    ) && settled.constraints.max_length.is_none()
        && format.is_none()
}
