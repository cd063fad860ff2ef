//! What tells events apart on the wire: a value in the body or in a header that only one of them has.

use std::collections::BTreeMap;

use super::RECORDS;
use crate::ir::{Api, EnumValue, Event, EventKey, Primitive, Record, Schema, Type, TypeBody};
use crate::names::words;
use serde_json::Value;

/// Properties that say which event it is, best first.
const DISCRIMINATORS: &[&str] = &[
    "event name",
    "event type",
    "event",
    "type",
    "topic",
    "name",
    "action",
    "kind",
];

/// How certain it is that a place has a value when the event comes, the most certain first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Certainty {
    /// It can have no other.
    Constant,
    /// Of its values it is the one that is called like the event.
    Fits,
    /// It is an example.
    Example,
    /// Nothing is said of the value, and the event is called like one: `company.created`.
    Key,
}

/// Where an event says which one it is, and the value there.
pub(super) type Literal = (EventKey, String);

/// For every event its best literal that no other event has at the same place. What an event knows
/// already stays.
pub(super) fn told_apart(api: &Api) -> Vec<Option<Literal>> {
    let literals: Vec<_> = api
        .events
        .iter()
        .map(|event| literals(api, event))
        .collect();
    let mut counts: BTreeMap<&Literal, usize> = BTreeMap::new();
    for all in &literals {
        let mut own: Vec<_> = all.iter().collect();
        own.sort();
        own.dedup();
        for literal in own {
            *counts.entry(literal).or_default() += 1;
        }
    }
    let first = |all: &Vec<Literal>| {
        let mut only = all.iter().filter(|literal| counts.get(literal) == Some(&1));
        only.next().cloned()
    };
    literals.iter().map(first).collect()
}

/// What could tell an event apart, best first.
pub(in crate::passes) fn literals(api: &Api, event: &Event) -> Vec<Literal> {
    if let (Some(key), Some(name)) = (&event.key, &event.wire_name) {
        return vec![(key.clone(), name.clone())];
    }
    let mut found: Vec<_> = places(api, event)
        .into_iter()
        .filter_map(|place| {
            let (certainty, value) = place.value(api, event)?;
            Some((certainty, place.rank, place.key, value))
        })
        .collect();
    found.sort_by_key(|(certainty, rank, _, _)| (*certainty, *rank));
    found
        .into_iter()
        .map(|(_, _, key, value)| (key, value))
        .collect()
}

/// A place where an event may say which one it is.
struct Place<'a> {
    /// How good its name is, the best first; those of the body's own properties before others.
    rank: usize,
    key: EventKey,
    schema: &'a Schema,
    /// Whether it is a property of the record that the event is about, or of what leads there: an
    /// example is then one of the record.
    of_record: bool,
}

fn places<'a>(api: &'a Api, event: &'a Event) -> Vec<Place<'a>> {
    let mut places = Vec::new();
    if let Some((id, body)) = event.payload.and_then(|id| api.record(&Type::Named(id))) {
        let of_record = api.resources.iter().any(|it| it.record == Some(id));
        in_record(body, &[], of_record, &mut places);
        for field in &body.fields {
            let wraps = RECORDS
                .iter()
                .any(|key| key.eq_ignore_ascii_case(&field.wire_name));
            if let Some((_, inner)) = api.record(&field.schema.ty).filter(|_| wraps) {
                in_record(inner, &[&field.wire_name], true, &mut places);
            }
        }
    }
    for header in &event.headers {
        let names = words(&header.name);
        if names.iter().any(|word| word == "event" || word == "topic") {
            places.push(Place {
                rank: 2 * DISCRIMINATORS.len(),
                key: EventKey::Header(header.name.clone()),
                schema: &header.schema,
                of_record: false,
            });
        }
    }
    places
}

fn in_record<'a>(
    record: &'a Record,
    before: &[&str],
    of_record: bool,
    places: &mut Vec<Place<'a>>,
) {
    for field in &record.fields {
        let name = words(&field.wire_name).join(" ");
        if let Some(rank) = DISCRIMINATORS.iter().position(|known| *known == name) {
            let keys = before.iter().copied().chain([field.wire_name.as_str()]);
            places.push(Place {
                rank: rank + before.len() * DISCRIMINATORS.len(),
                key: EventKey::Body(keys.map(str::to_owned).collect()),
                schema: &field.schema,
                of_record,
            });
        }
    }
}

impl Place<'_> {
    /// What stands here when the event comes.
    fn value(&self, api: &Api, event: &Event) -> Option<(Certainty, String)> {
        if let Some(value) = constant(api, self.schema) {
            return Some((Certainty::Constant, value));
        }
        let values = values(api, self.schema);
        if let Some(value) = fitting(&values, &event.name) {
            return Some((Certainty::Fits, value));
        }
        match values.as_slice() {
            [value] if !self.of_record => Some((Certainty::Example, value.clone())),
            [] if self.may_be_key(api) && is_wire_name(&event.name) => {
                Some((Certainty::Key, event.name.clone()))
            }
            _ => None,
        }
    }

    /// Whether the key of the webhook itself may stand here.
    fn may_be_key(&self, api: &Api) -> bool {
        let in_body = matches!(self.key, EventKey::Body(_));
        let text = Type::Primitive(Primitive::String { format: None });
        in_body && !self.of_record && *api.resolved(&self.schema.ty) == text
    }
}

/// The only value that a schema allows, where it is a text.
pub(in crate::passes) fn constant(api: &Api, schema: &Schema) -> Option<String> {
    match api.resolved(&schema.ty) {
        Type::Constant(value) => value.as_str().map(str::to_owned),
        Type::Named(id) => match api.type_def(*id).map(|def| &def.body) {
            Some(TypeBody::Enum(list)) => match list.values.as_slice() {
                [EnumValue { value, .. }] => value.as_str().map(str::to_owned),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// The texts that a schema names: those of its enum, its examples and its default, each once.
fn values(api: &Api, schema: &Schema) -> Vec<String> {
    let listed = match api.resolved(&schema.ty) {
        Type::Named(id) => match api.type_def(*id).map(|def| &def.body) {
            Some(TypeBody::Enum(list)) => list.values.as_slice(),
            _ => &[],
        },
        _ => &[],
    };
    let mut texts: Vec<String> = Vec::new();
    let all = listed.iter().map(|value| &value.value);
    for text in all
        .chain(&schema.examples)
        .chain(&schema.default)
        .filter_map(Value::as_str)
    {
        if !texts.iter().any(|known| known == text) {
            texts.push(text.to_owned());
        }
    }
    texts
}

/// Of some values the one that is called like an event, else the only one that ends like it.
fn fitting(values: &[String], name: &str) -> Option<String> {
    let name = words(name);
    let same = values.iter().find(|value| words(value) == name);
    let ends = || {
        let last = name.last()?;
        let mut all = values
            .iter()
            .filter(|value| words(value).last() == Some(last));
        all.next().filter(|_| all.next().is_none())
    };
    same.or_else(ends).cloned()
}

/// Whether the key of a webhook looks like what is sent: `connected_account.created`. One without
/// such a separator is as likely to be an identifier of the document's.
fn is_wire_name(name: &str) -> bool {
    let in_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    let separator = ['.', ':', '/'];
    let word = |word: &str| !word.is_empty() && word.chars().all(in_word);
    name.contains(separator) && name.split(separator).all(word)
}
