//! Enums and constants.

use super::scalars::SAFE;
use super::schema::Settled;
use super::{Form, Forms, Input, label, property};
use crate::ir::{Enum, EnumValue, Schema, Type, TypeBody};
use crate::n8n::model::{OptionItem, Property, PropertyKind, PropertyOptions, Shape};
use crate::n8n::text;
use crate::names::{spelled, title, words};
use serde_json::Value;
use std::collections::BTreeSet;

/// What the empty text is called.
const EMPTY: &str = "Empty";

/// From this number on n8n's linter wants options sorted.
const SORTED_FROM: usize = 5;

impl<'a> Forms<'a> {
    /// A choice of one; `None` where no value can be offered.
    pub(super) fn choice(
        &mut self,
        input: &Input<'a>,
        settled: &Settled<'a>,
        it: &'a Enum,
    ) -> Option<Form> {
        let options = self.options(input, it);
        // A choice of nothing is made, and not there to begin with.
        let first = options
            .iter()
            .find(|it| it.value != *"")
            .or(options.first());
        let first = first?.value.clone();
        let chosen = settled
            .default
            .filter(|default| options.iter().any(|option| option.value == **default));
        let chosen = chosen.cloned().unwrap_or(first);
        let mut property = property(input, settled, PropertyKind::Options, chosen);
        property.placeholder = None;
        let shape = read_as(&options, it);
        property.options = PropertyOptions::Items(options);
        Some(Form { property, shape })
    }

    /// A choice of several; `None` where no value can be offered.
    pub(super) fn choices(
        &mut self,
        input: &Input<'a>,
        settled: &Settled<'a>,
        it: &'a Enum,
    ) -> Option<Form> {
        let options = self.options(input, it);
        if options.is_empty() {
            return None;
        }
        let nothing = Value::Array(Vec::new());
        let mut property = property(input, settled, PropertyKind::MultiOptions, nothing);
        property.placeholder = None;
        let shape = read_as(&options, it);
        property.options = PropertyOptions::Items(options);
        Some(Form {
            property,
            shape: Shape::List(Box::new(shape)),
        })
    }

    /// The one value there is; a structure is left to the JSON editor.
    pub(super) fn constant(
        &mut self,
        input: &Input<'a>,
        settled: &Settled<'a>,
        value: &'a Value,
    ) -> Option<Form> {
        if !matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_)) {
            return Some(self.json(input, settled));
        }
        if is_expression(value) {
            self.leave_out(input, said_as_expression(value));
            return None;
        }
        let name = match value {
            Value::String(text) if text.is_empty() => EMPTY.to_owned(),
            Value::String(text) => label(text),
            Value::Bool(_) => label(&value.to_string()),
            other => other.to_string(),
        };
        let option = OptionItem {
            name,
            value: offered(value),
            action: None,
            description: None,
        };
        let mut property = property(input, settled, PropertyKind::Options, offered(value));
        property.placeholder = None;
        property.options = PropertyOptions::Items(vec![option]);
        let shape = match value {
            Value::String(text) if text.is_empty() => Shape::Text,
            value if is_long(value) => Shape::Integer,
            _ => Shape::Option,
        };
        Some(Form { property, shape })
    }

    /// The shape of the only value that there is, where n8n would take it for something else.
    pub(in crate::n8n) fn untypable(&self, schema: &'a Schema) -> Option<Shape> {
        let value = match Settled::new(self.api, schema).ty {
            Type::Constant(value) => value,
            Type::Named(id) => match &self.api.type_def(*id)?.body {
                TypeBody::Enum(it) => match it.values.as_slice() {
                    [only] => &only.value,
                    _ => return None,
                },
                TypeBody::Record(_) | TypeBody::Union(_) | TypeBody::Alias(_) => return None,
            },
            _ => return None,
        };
        (!schema.nullable && !is_data(value)).then(|| Shape::Constant(value.clone()))
    }

    fn options(&mut self, input: &Input<'a>, it: &'a Enum) -> Vec<OptionItem> {
        let mut options = Vec::with_capacity(it.values.len());
        let are_texts = it.values.iter().all(|it| it.value.is_string());
        for value in &it.values {
            let is_offered = if are_texts {
                !is_expression(&value.value)
            } else {
                is_data(&value.value)
            };
            if is_offered {
                options.push(option(value));
            } else {
                self.leave_out(input, said_as_expression(&value.value));
            }
        }
        unique_names(&mut options);
        if options.len() >= SORTED_FROM && !starts_with_number(&options) {
            options.sort_by_cached_key(|option| text::sort_key(&option.name));
        }
        options
    }
}

/// Whether n8n takes a value for what it is, and an option can be it: an empty one is no choice.
fn is_data(value: &Value) -> bool {
    !is_expression(value) && value != ""
}

/// Whether n8n would evaluate a value.
fn is_expression(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with('='))
}

/// Whether a whole number is one that JavaScript would round.
fn is_long(value: &Value) -> bool {
    let is_kept = value.as_i64().is_none_or(|it| (-SAFE..=SAFE).contains(&it));
    !(is_kept && value.as_u64().is_none_or(|it| it <= SAFE.unsigned_abs()))
}

/// A value as an option has it: a long number as text, which keeps its digits.
fn offered(value: &Value) -> Value {
    if is_long(value) {
        Value::from(value.to_string())
    } else {
        value.clone()
    }
}

/// Whether the empty text can be chosen, which n8n takes for no value where one is required.
pub(in crate::n8n) fn takes_empty(property: &Property) -> bool {
    let PropertyOptions::Items(options) = &property.options else {
        return false;
    };
    property.kind == PropertyKind::Options && options.iter().any(|it| it.value == "")
}

/// Takes the empty text out of a choice of several, since a path cannot carry it; whether it was there.
pub(in crate::n8n) fn without_empty(form: &mut Form) -> bool {
    if !takes_empty(&form.property) {
        return false;
    }
    let PropertyOptions::Items(options) = &mut form.property.options else {
        return false;
    };
    if options.len() > 1 {
        options.retain(|it| it.value != "");
        form.shape = Shape::Option;
    }
    true
}

/// How a chosen value is read: what is chosen of texts is sent also when it is empty, and of numbers as
/// one also where an option has its digits.
fn read_as(options: &[OptionItem], it: &Enum) -> Shape {
    if options.iter().any(|option| option.value == "") {
        Shape::Text
    } else if it.integer && it.values.iter().any(|it| is_long(&it.value)) {
        Shape::Integer
    } else {
        Shape::Option
    }
}

fn said_as_expression(value: &Value) -> String {
    format!("{value} cannot be chosen in n8n, which would take it for something else")
}

fn option(value: &EnumValue) -> OptionItem {
    let text = match (&value.name, &value.value) {
        (Some(name), _) => name.clone(),
        (None, Value::String(text)) => text.clone(),
        (None, other) => other.to_string(),
    };
    let name = match &value.value {
        Value::Number(_) if value.name.is_none() => text,
        _ if text.is_empty() => EMPTY.to_owned(),
        _ => label(&text),
    };
    let description = value
        .description
        .as_deref()
        .and_then(|said| text::description(said, &name, text::Kind::Other));
    OptionItem {
        name,
        value: offered(&value.value),
        action: None,
        description,
    }
}

/// Gives options of one name others: with their signs spelled out, else with a number.
pub(in crate::n8n) fn unique_names(options: &mut [OptionItem]) {
    let mut taken = BTreeSet::new();
    for option in options {
        if taken.insert(option.name.clone()) {
            continue;
        }
        let text = match &option.value {
            Value::String(text) => title(&spelled(text)),
            other => title(&words(&other.to_string())),
        };
        let mut name = text.clone();
        let mut number: usize = 2;
        while !taken.insert(name.clone()) {
            name = format!("{text} {number}");
            number += 1;
        }
        option.name = name;
    }
}

/// The linter leaves lists alone whose first value is a number.
fn starts_with_number(options: &[OptionItem]) -> bool {
    let first = options.first().map(|option| &option.value);
    match first {
        Some(Value::Number(number)) => number.as_u64().is_some(),
        Some(Value::String(text)) => text.chars().all(|c| c.is_ascii_digit()),
        _ => false,
    }
}
