//! Enums: `enum`, and unions of constants, which are the same thing with descriptions.

use super::conjunction::Leaf;
use super::shapes::{constant_type, type_of_value};
use super::table::Target;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Enum, EnumValue, JsonType, Origin, Type, TypeBody};
use crate::load::Node;
use crate::normalise::reader::Reader;
use serde_json::Value;
use std::collections::HashSet;

/// The values of `enum`, null apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Values {
    pub(super) list: Vec<EnumValue>,
    /// Whether null was among them.
    pub(super) null: bool,
    /// Where they are listed.
    origin: Origin,
}

/// Vendors' keys for the names of values, and for their descriptions.
pub(super) const NAMES: [&str; 4] = [
    "x-enum-varnames",
    "x-enumNames",
    "x-enum-names",
    "enumNames",
];
pub(super) const DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

impl Values {
    /// The JSON types of the values, in order.
    pub(super) fn types(&self) -> Vec<JsonType> {
        let mut types = Vec::new();
        for ty in self
            .list
            .iter()
            .filter_map(|entry| type_of_value(&entry.value))
        {
            if !types.contains(&ty) {
                types.push(ty);
            }
        }
        types
    }

    /// Those of `allowed` that have values.
    pub(super) fn among(&self, allowed: &[JsonType]) -> Vec<JsonType> {
        let has = |ty: &JsonType| self.list.iter().any(|entry| is_of(&entry.value, *ty));
        allowed.iter().copied().filter(has).collect()
    }
}

impl<'d> Reader<'d, '_> {
    /// The values that every leaf's `enum` lists; `None` when no leaf has one.
    pub(super) fn enum_values(
        &mut self,
        leaves: &[Leaf<'d>],
        types: Option<&[JsonType]>,
    ) -> Option<Values> {
        let mut common: Option<Values> = None;
        for leaf in leaves {
            let Some(list) = &leaf.keywords.values else {
                continue;
            };
            let values = self.listed_values(&leaf.keywords.node, list, types);
            common = Some(match common {
                None => values,
                Some(before) => self.intersection(before, values),
            });
        }
        common
    }

    /// One node's `enum`, with the names that extensions beside it give.
    fn listed_values(
        &mut self,
        node: &Node<'d>,
        list: &Node<'d>,
        types: Option<&[JsonType]>,
    ) -> Values {
        let mut values = Values {
            origin: list.origin(),
            ..Values::default()
        };
        let types = types.filter(|types| self.fits_any(list, types));
        let mut twice = Vec::new();
        let mut seen = HashSet::new();
        for (index, item) in list.items().enumerate() {
            if item.value().is_null() {
                values.null = true;
                continue;
            }
            let Some(value) = self.value_of_type(&item, types) else {
                continue;
            };
            let text = value.to_string();
            if !seen.insert(text.clone()) {
                twice.push(text);
                continue;
            }
            values.list.push(EnumValue {
                name: extension(node, &NAMES, index, &value),
                description: extension(node, &DESCRIPTIONS, index, &value),
                value,
                origin: item.origin(),
            });
        }
        if !twice.is_empty() {
            let message = format!("{} is listed more than once", twice.join(", "));
            self.diagnostics
                .push(Diagnostic::note(Code::BadValue, list.origin(), message));
        }
        values
    }

    /// Whether the type fits any of the values. Where it fits none, the values are believed.
    fn fits_any(&mut self, list: &Node<'d>, types: &[JsonType]) -> bool {
        let fits = |value: &Value| {
            let text =
                types.contains(&JsonType::String) && (value.is_number() || value.is_boolean());
            value.is_null() || text || types.iter().any(|ty| is_of(value, *ty))
        };
        let mut items = list.items().peekable();
        if items.peek().is_none() || items.any(|item| fits(item.value())) {
            return true;
        }
        let message = "none of these values is of the type that the schema asks for";
        self.diagnostics.push(
            Diagnostic::warning(Code::BadValue, list.origin(), message)
                .action("the type was taken from the values")
                .hint("correct `type`"),
        );
        false
    }

    /// The value, if the schema's type allows it. YAML makes numbers and booleans of words that were
    /// meant as text: where the type says text they are text.
    fn value_of_type(&mut self, item: &Node<'d>, types: Option<&[JsonType]>) -> Option<Value> {
        let value = item.value();
        let Some(types) = types else {
            return Some(value.clone());
        };
        if types.iter().any(|ty| is_of(value, *ty)) {
            return Some(value.clone());
        }
        let text = match value {
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        };
        let text = text
            .filter(|_| types.contains(&JsonType::String))
            .map(Value::from);
        let message = format!("the value {value} is not of the type that the schema asks for");
        let action = match &text {
            Some(text) => format!("it was taken as {text}"),
            None => "it was left out".to_owned(),
        };
        if text.is_none() {
            self.lose(item.origin(), "not of the schema's type");
        }
        self.diagnostics
            .push(Diagnostic::warning(Code::BadValue, item.origin(), message).action(action));
        text
    }

    fn intersection(&mut self, before: Values, after: Values) -> Values {
        let known: HashSet<String> = before
            .list
            .iter()
            .map(|old| old.value.to_string())
            .collect();
        let listed = |entry: &EnumValue| known.contains(&entry.value.to_string());
        let list: Vec<EnumValue> = after
            .list
            .iter()
            .filter(|entry| listed(entry))
            .cloned()
            .collect();
        if list.is_empty() && !before.list.is_empty() && !after.list.is_empty() {
            let message = "no value is allowed by all parts";
            self.diagnostics.push(
                Diagnostic::warning(Code::ConflictingAllOf, after.origin.clone(), message)
                    .action("the later part counts"),
            );
            self.lose(before.origin, "contradicted by a later part");
            return after;
        }
        Values {
            list,
            null: before.null && after.null,
            origin: after.origin,
        }
    }

    /// The type of the enumerated values of one JSON type; `None` where they are not worth one.
    pub(super) fn enumerated(
        &mut self,
        ty: JsonType,
        values: &Values,
        target: &Target<'_, 'd>,
    ) -> Option<Type> {
        let list: Vec<EnumValue> = values
            .list
            .iter()
            .filter(|entry| is_of(&entry.value, ty))
            .cloned()
            .collect();
        let one = match list.as_slice() {
            [] => return None,
            [one] => Some(one.value.clone()),
            _ => None,
        };
        let integers = || {
            list.iter()
                .all(|entry| is_of(&entry.value, JsonType::Integer))
        };
        match (ty, one) {
            (JsonType::String, _) => Some(self.define_enum(list, false, target)),
            (_, Some(value)) => Some(constant_type(&value)),
            (JsonType::Integer | JsonType::Number, None) if integers() => {
                Some(self.define_enum(list, true, target))
            }
            (JsonType::Boolean, None) => None,
            _ => {
                let message = "these values cannot be expressed as an enum";
                self.diagnostics.push(
                    Diagnostic::note(Code::UnsupportedSchema, values.origin.clone(), message)
                        .action("any value of their type is accepted"),
                );
                self.lose(values.origin.clone(), "neither texts nor whole numbers");
                None
            }
        }
    }

    pub(super) fn define_enum(
        &mut self,
        values: Vec<EnumValue>,
        integer: bool,
        target: &Target<'_, 'd>,
    ) -> Type {
        Type::Named(self.define(target, TypeBody::Enum(Enum { values, integer })))
    }
}

/// Whether a value has a type; an integer is a number, and 1.0 an integer.
fn is_of(value: &Value, ty: JsonType) -> bool {
    match ty {
        JsonType::Number => value.is_number(),
        JsonType::Integer => {
            value.is_i64()
                || value.is_u64()
                || value.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        _ => type_of_value(value) == Some(ty),
    }
}

/// What an extension beside `enum` says of a value: a list in the same order, or a map by value.
pub(super) fn extension(
    node: &Node<'_>,
    keys: &[&str],
    index: usize,
    value: &Value,
) -> Option<String> {
    let found = keys.iter().find_map(|key| node.value().get(key))?;
    let entry = match found {
        Value::Array(list) => list.get(index)?,
        Value::Object(map) => match value {
            Value::String(text) => map.get(text)?,
            other => map.get(&other.to_string())?,
        },
        _ => return None,
    };
    entry.as_str().map(str::to_owned)
}
