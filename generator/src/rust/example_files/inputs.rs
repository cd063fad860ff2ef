//! What is sent to make or change a record: what is required, and a text that a reader recognises.

use super::super::examples::Answer;
use super::super::reach::{chosen_media, is_one_value};
use super::super::types::{Presence, constant_value, is_required, is_sent};
use super::super::values::{is_text, wrapped};
use super::super::{Context, ident};
use crate::ir::{Action, Constraints, Field, Primitive, Record, Schema, Type, TypeId};
use crate::names::words;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

/// The longest text that the examples write into a record.
const LONGEST: u64 = 32;

/// Last words of the properties by which people know a record, best first.
const LABELS: [&str; 8] = [
    "name",
    "title",
    "label",
    "subject",
    "handle",
    "summary",
    "description",
    "text",
];

/// As many of them are as good as it gets.
const BEST_LABELS: usize = 2;

/// What a value costs a reader who wants to run the example against data of their own.
pub(super) mod cost {
    /// A scalar that can be made up.
    pub(in super::super) const SCALAR: u32 = 1;
    /// Something with a shape of its own.
    pub(in super::super) const NESTED: u32 = 3;
    /// No property that a reader recognises the record by.
    pub(in super::super) const NO_LABEL: u32 = 4;
    /// The record ties others together, and says little alone.
    pub(in super::super) const TIE: u32 = 6;
    /// Bytes, forms of parts.
    pub(in super::super) const NOT_JSON: u32 = 10;
    /// It has to exist already.
    pub(in super::super) const EXISTING: u32 = 20;
}

/// A body.
pub(super) struct Input {
    /// The expression.
    pub(super) value: TokenStream,
    /// What it costs; see [`cost`].
    pub(super) cost: u32,
    /// The wire name of the property that has the text.
    pub(super) label: Option<String>,
}

impl Context<'_> {
    /// A body of an action with `text`, an expression, in the property that readers recognise records
    /// by: `prefer` where the body has it. `None`: the action has no body, or no value fits it.
    pub(super) fn example_input(
        &self,
        action: &Action,
        text: &TokenStream,
        prefer: Option<&str>,
    ) -> Option<Input> {
        let media = action.body.as_ref().and_then(chosen_media)?;
        let is_one_value = is_one_value(self.api, media);
        match self.api.record(&media.schema.ty) {
            Some((id, record)) if is_one_value => {
                let input = self.record_input(id, record, text, prefer)?;
                let value = &input.value;
                let nullable = media.schema.nullable;
                Some(Input {
                    value: if nullable {
                        quote!(Some(#value))
                    } else {
                        value.clone()
                    },
                    ..input
                })
            }
            _ => Some(Input {
                value: self.body_example(action, Answer::Whole)?,
                cost: if is_one_value {
                    cost::NESTED
                } else {
                    cost::NOT_JSON
                },
                label: None,
            }),
        }
    }

    fn record_input(
        &self,
        id: TypeId,
        record: &Record,
        text: &TokenStream,
        prefer: Option<&str>,
    ) -> Option<Input> {
        let (path, role) = (self.path(id)?, self.api.type_def(id)?.role);
        if !is_sent(role) {
            return None;
        }
        let names = self.names.fields.get(id.0)?;
        let sent = |field: &&Field| !field.read_only;
        let label = best_label(record.fields.iter().filter(sent), prefer);
        let is_label =
            |field: &Field| label.is_some_and(|label| label.wire_name == field.wire_name);
        let (mut cost, mut arguments, mut set) = (0, Vec::new(), None);
        for (field, name) in record.fields.iter().zip(names) {
            if is_required(field, role) {
                if constant_value(field).is_some() {
                    continue;
                }
                if is_label(field) {
                    arguments.push(wrapped(field, text.clone()));
                } else {
                    cost += field_cost(field);
                    arguments.push(self.required_value(id, field)?);
                }
            } else if is_label(field) {
                let name = ident(name);
                let value = quote!(Some(#text.into()));
                let value = match self.field(field, role).0 {
                    Presence::Nullable => quote!(Some(#value)),
                    Presence::Required | Presence::Optional => value,
                };
                set = Some(quote!(#name: #value));
            }
        }
        cost += label.map_or(cost::NO_LABEL, |label| {
            let (_, rank) = label_rank(label);
            if rank < BEST_LABELS { 0 } else { cost::SCALAR }
        });
        let ties = record.fields.iter().filter(|field| is_reference(field));
        if ties.count() * 2 >= record.fields.len().max(1) {
            cost += cost::TIE;
        }
        let blank = record.fields.iter().all(|field| !is_required(field, role));
        let base = if blank {
            quote!(#path::default())
        } else {
            quote!(#path::new(#(#arguments),*))
        };
        let alone = record.fields.len() == 1 && self.rest(id, record).is_none();
        let value = match set {
            None => base,
            Some(set) if alone => quote!(#path { #set }),
            Some(set) if blank => quote!(#path { #set, ..Default::default() }),
            Some(set) => quote!(#path { #set, ..#base }),
        };
        Some(Input {
            value,
            cost,
            label: label.map(|field| field.wire_name.clone()),
        })
    }

    /// A required value that nobody recognises a record by.
    fn required_value(&self, record: TypeId, field: &Field) -> Option<TokenStream> {
        if is_text(field) {
            let text = made_up(&field.wire_name, &field.schema, None);
            return Some(wrapped(field, quote!(#text)));
        }
        self.new_argument(record, field, 0)
    }

    /// A value for a required parameter, up to a reference, and what it costs.
    pub(super) fn parameter_value(
        &self,
        parameter: &crate::ir::Parameter,
    ) -> Option<(TokenStream, u32)> {
        let schema = &parameter.schema;
        let example = parameter.examples.first();
        let cost = match parameter.place {
            crate::ir::Place::Path => cost::EXISTING,
            _ => type_cost(&schema.ty),
        };
        if matches!(schema.ty, Type::Primitive(Primitive::String { .. })) {
            let text = made_up(&parameter.wire_name, schema, example);
            return Some((quote!(#text), cost));
        }
        Some((self.argument_example(schema, example)?, cost))
    }
}

/// The property that readers recognise records by.
pub(in crate::rust) fn best_label<'f>(
    fields: impl Iterator<Item = &'f Field>,
    prefer: Option<&str>,
) -> Option<&'f Field> {
    fields
        .filter(|field| is_free(field))
        .enumerate()
        .min_by_key(|(index, field)| {
            let preferred = prefer == Some(field.wire_name.as_str());
            let (words, rank) = label_rank(field);
            (!preferred, rank == LABELS.len(), words, rank, *index)
        })
        .map(|(_, field)| field)
}

/// How many words a property's name has, and how well the last of them says what a record is.
fn label_rank(field: &Field) -> (usize, usize) {
    let words = words(&field.wire_name);
    let last = words.last().map(String::as_str).unwrap_or_default();
    let rank = LABELS.iter().position(|label| *label == last);
    (words.len(), rank.unwrap_or(LABELS.len()))
}

/// Whether any short text can be its value.
fn is_free(field: &Field) -> bool {
    let Type::Primitive(Primitive::String { format: None }) = &field.schema.ty else {
        return false;
    };
    let limits = &field.schema.constraints;
    let words = words(&field.wire_name);
    let id = words.last().is_some_and(|word| word == "id");
    !field.secret
        && !field.indirect
        && !field.schema.deprecated
        && !is_reference(field)
        && !id
        && limits.pattern.is_none()
        && limits.min_length.is_none_or(|least| least <= 7)
        && limits.max_length.is_none_or(|most| most >= LONGEST)
}

/// Whether it holds the id of something else.
fn is_reference(field: &Field) -> bool {
    let named = || {
        let words = words(&field.wire_name);
        words.len() > 1
            && words
                .last()
                .is_some_and(|word| word == "id" || word == "ids")
    };
    field
        .relation
        .as_ref()
        .is_some_and(|relation| relation.by_id)
        || named()
}

fn field_cost(field: &Field) -> u32 {
    if is_reference(field) {
        return cost::EXISTING;
    }
    type_cost(&field.schema.ty)
}

fn type_cost(ty: &Type) -> u32 {
    match ty {
        Type::Any
        | Type::Never
        | Type::Null
        | Type::Primitive(_)
        | Type::Constant(_)
        | Type::Map(_) => cost::SCALAR,
        Type::List(_) | Type::Tuple(..) | Type::Named(_) => cost::NESTED,
    }
}

/// A text that fits: the document's example, else one of its format, else one that matches its pattern.
pub(super) fn made_up(name: &str, schema: &Schema, example: Option<&Value>) -> String {
    let said = example
        .or(schema.examples.first())
        .or(schema.default.as_ref());
    if let Some(text) = said.and_then(Value::as_str).filter(|text| !text.is_empty()) {
        return text.to_owned();
    }
    let format = match &schema.ty {
        Type::Primitive(Primitive::String { format }) => format.as_deref().unwrap_or_default(),
        _ => "",
    };
    let words = words(name);
    let ends =
        |end: &[&str]| words.ends_with(&end.iter().map(|&it| it.to_owned()).collect::<Vec<_>>());
    let limits: &Constraints = &schema.constraints;
    let fixed = match format {
        "email" | "idn-email" => "someone@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "date_time" | "datetime" => "2026-01-31T09:30:00Z",
        _ if limits.pattern.is_some() => "",
        _ if ends(&["email"]) => "someone@example.com",
        _ if ends(&["time", "zone"]) || ends(&["timezone"]) => "Europe/Paris",
        _ => "",
    };
    if !fixed.is_empty() {
        return fixed.to_owned();
    }
    limits
        .pattern
        .as_deref()
        .and_then(|pattern| crate::pattern::matching(pattern, 0))
        .unwrap_or_else(|| super::super::values::text_of(None, limits))
}
