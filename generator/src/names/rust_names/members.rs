//! Names of what types consist of: fields and variants.

use super::super::{bare, spelled, words};
use super::{Case, FIELDS, Item, Lock, Scope, Table, VARIANTS, reserved};
use crate::diag::Diagnostics;
use crate::ir::{
    Additional, Api, Enum, EnumValue, Field, Type, TypeBody, Union, Variant, VariantTest,
};
use serde_json::Value;

/// What a value "unknown" is called, since `Unknown` is what is not known.
const UNKNOWN_VALUE: &str = "UnknownValue";

/// What small numbers are called, as a level is `Depth::One`; larger ones are `N24`.
const SMALL_NUMBERS: [&str; 11] = [
    "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
];

/// The names of each record's fields, by type and index.
pub(super) fn fields(
    api: &Api,
    types: &[String],
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Vec<Vec<String>> {
    let mut names = Vec::with_capacity(api.types.len());
    for (def, name) in api.types.iter().zip(types) {
        names.push(match &def.body {
            TypeBody::Record(record) if !name.is_empty() => {
                let items: Vec<_> = record.fields.iter().map(field).collect();
                let mut scope = Scope::new(Case::Value, &[]);
                scope.allocate(&Table::of(FIELDS, name), items, lock, diagnostics)
            }
            TypeBody::Record(_) | TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) => {
                Vec::new()
            }
        });
    }
    names
}

fn field(field: &Field) -> Item<'_> {
    let text = field.wire_name.as_str();
    Item {
        keys: vec![text.to_owned()],
        origin: &field.origin,
        text,
        first: Case::Value.identifier(&words(text)),
        more: Box::new(move || told_apart(Case::Value, text)),
    }
}

/// The name of the field for additional properties, by type; empty for what has none.
pub(super) fn additional(api: &Api, fields: &[Vec<String>]) -> Vec<String> {
    let names = api.types.iter().zip(fields);
    names
        .map(|(def, taken)| match &def.body {
            TypeBody::Record(record)
                if matches!(record.additional, Additional::Allowed(_))
                    || !record.patterns.is_empty() =>
            {
                let free = [
                    "additional_properties",
                    "other_properties",
                    "unknown_properties",
                ]
                .into_iter()
                .find(|name| !taken.iter().any(|field| bare(field) == *name));
                free.unwrap_or("additional_properties_of_the_record")
                    .to_owned()
            }
            _ => String::new(),
        })
        .collect()
}

/// The names of the variants of enums and unions, by type and index.
pub(super) fn variants(
    api: &Api,
    types: &[String],
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Vec<Vec<String>> {
    let mut names = Vec::with_capacity(api.types.len());
    for (def, name) in api.types.iter().zip(types) {
        let items: Vec<Item<'_>> = match &def.body {
            _ if name.is_empty() => Vec::new(),
            TypeBody::Enum(Enum { values, integer: _ }) => values.iter().map(value).collect(),
            TypeBody::Union(Union { variants, tag: _ }) => {
                let variant = |(index, variant)| union_variant(types, index, variant);
                variants.iter().enumerate().map(variant).collect()
            }
            TypeBody::Record(_) | TypeBody::Alias(_) => Vec::new(),
        };
        let mut scope = Scope::new(Case::Type, reserved::VARIANTS);
        names.push(scope.allocate(&Table::of(VARIANTS, name), items, lock, diagnostics));
    }
    names
}

/// An enum's value: named by the document where it does that, else after the value.
fn value(value: &EnumValue) -> Item<'_> {
    let key = match &value.value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text = value.name.as_deref().or_else(|| value.value.as_str());
    let named = value
        .name
        .as_deref()
        .and_then(|name| Case::Type.identifier(&words(name)));
    let wire = key.clone();
    Item {
        keys: vec![key.clone()],
        origin: &value.origin,
        text: text.unwrap_or_default(),
        first: named.or_else(|| variant_name(&key)),
        more: Box::new(move || {
            let plain = variant_name(&wire);
            let value = plain
                .as_ref()
                .filter(|name| *name == "Unknown")
                .map(|_| UNKNOWN_VALUE);
            let value = value.map(str::to_owned);
            plain
                .into_iter()
                .chain(value)
                .chain(told_apart(Case::Type, &wire))
                .collect()
        }),
    }
}

fn variant_name(text: &str) -> Option<String> {
    match text {
        "" => Some("Empty".to_owned()),
        text => match small_number(text) {
            Some(word) => Some(word.to_owned()),
            None => Case::Type.identifier(&words(text)),
        },
    }
}

/// The word for a small number that is written plainly: `1`, but neither `+1` nor `01`.
fn small_number(text: &str) -> Option<&'static str> {
    let index: usize = text.parse().ok()?;
    SMALL_NUMBERS
        .get(index)
        .copied()
        .filter(|_| index.to_string() == text)
}

fn union_variant<'a>(types: &'a [String], index: usize, variant: &'a Variant) -> Item<'a> {
    let text = variant.name.as_str();
    Item {
        keys: vec![variant_key(index, variant)],
        origin: &variant.origin,
        text,
        first: Case::Type.identifier(&words(text)),
        more: Box::new(move || {
            let mut names: Vec<String> = Vec::new();
            if let VariantTest::Tag(tags) = &variant.test {
                names.extend(Case::Type.identifier(&words(&tags.join(" "))));
            }
            if let Type::Named(id) = &variant.schema.ty {
                names.extend(types.get(id.0).cloned());
            }
            names.extend(told_apart(Case::Type, text));
            names.extend(Case::Type.identifier(&["variant".to_owned(), (index + 1).to_string()]));
            names
        }),
    }
}

/// A variant is remembered by its name, or by its place when it has none.
fn variant_key(index: usize, variant: &Variant) -> String {
    match variant.name.as_str() {
        "" => index.to_string(),
        name => name.to_owned(),
    }
}

/// Longer names for texts that have the same words: with their signs spelled out, with what they are,
/// and with their case.
pub(in crate::names) fn told_apart(case: Case, text: &str) -> Vec<String> {
    let spelled = spelled(text);
    let kind = match case {
        Case::Type => "value",
        Case::Value | Case::Module | Case::Constant | Case::Parameter => "field",
    };
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let cased = if !letters().any(char::is_uppercase) {
        "lower"
    } else if !letters().any(char::is_lowercase) {
        "upper"
    } else if text.chars().next().is_some_and(char::is_uppercase) {
        "capital"
    } else {
        "mixed"
    };
    let with = |word: &str| {
        let words: Vec<String> = spelled.iter().cloned().chain([word.to_owned()]).collect();
        case.identifier(&words)
    };
    // `jobID` and `jobId` are both of mixed case.
    let capitals = || text.chars().zip(text.chars().skip(1));
    let has_run = capitals().any(|(one, next)| one.is_uppercase() && next.is_uppercase());
    let finer = has_run.then(|| with("capitals")).flatten();
    let names = [case.identifier(&spelled), with(cased), finer, with(kind)];
    names.into_iter().flatten().collect()
}
