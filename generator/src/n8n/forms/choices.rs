//! Enums and constants.

use super::schema::Settled;
use super::{Form, Forms, Input, label, property};
use crate::ir::{Enum, EnumValue, Schema, Type, TypeBody};
use crate::n8n::model::{OptionItem, PropertyKind, PropertyOptions, Shape};
use crate::n8n::text;
use crate::names::{spelled, title, words};
use serde_json::Value;
use std::collections::BTreeSet;

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
        let first = options.first()?.value.clone();
        let chosen = settled
            .default
            .filter(|default| options.iter().any(|option| option.value == **default));
        let chosen = chosen.cloned().unwrap_or(first);
        let mut property = property(input, settled, PropertyKind::Options, chosen);
        property.placeholder = None;
        property.options = PropertyOptions::Items(options);
        Some(Form {
            property,
            shape: Shape::Option,
        })
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
        property.options = PropertyOptions::Items(options);
        Some(Form {
            property,
            shape: Shape::List(Box::new(Shape::Option)),
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
        if !is_data(value) {
            self.leave_out(input, said_as_expression(value));
            return None;
        }
        let name = match value {
            Value::String(text) => label(text),
            Value::Bool(_) => label(&value.to_string()),
            other => other.to_string(),
        };
        let option = OptionItem {
            name,
            value: value.clone(),
            action: None,
            description: None,
        };
        let mut property = property(input, settled, PropertyKind::Options, value.clone());
        property.placeholder = None;
        property.options = PropertyOptions::Items(vec![option]);
        Some(Form {
            property,
            shape: Shape::Option,
        })
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
        for value in &it.values {
            if is_data(&value.value) {
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

/// Whether n8n takes a value for what it is: one that begins with `=` it would evaluate, and an empty
/// one is no choice.
fn is_data(value: &Value) -> bool {
    !value
        .as_str()
        .is_some_and(|text| text.is_empty() || text.starts_with('='))
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
        _ => label(&text),
    };
    let description = value
        .description
        .as_deref()
        .and_then(|said| text::description(said, &name, text::Kind::Other));
    OptionItem {
        name,
        value: value.value.clone(),
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
