//! Places where events may say which they are, and the texts that may stand there.

use std::collections::BTreeSet;

use super::record::RECORDS;
use crate::ir::{Api, Event, EventKey, Primitive, Record, Schema, Type, TypeBody, TypeId};
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

/// How many of them tell the event itself. What follows may only say what happened: `action`.
const OF_EVENTS: usize = 5;

/// A list of more values is not one of events.
const MOST_VALUES: usize = 1000;

/// How many variants of a union are looked at, and how deep they stand in others.
const VARIANTS: usize = 64;
const DEPTH: usize = 3;

/// A place where an event may say which one it is.
pub(super) struct Place<'a> {
    /// How good its name is, the best first; those of the body's own properties before others.
    pub(super) rank: usize,
    pub(super) key: EventKey,
    pub(super) schema: &'a Schema,
    /// Whether it is a property of the record that the event is about, or of what leads there: an
    /// example is then one of the record.
    pub(super) of_record: bool,
    /// Whether its name says that it tells the event, and not only what happened.
    pub(super) names_event: bool,
}

/// The places of an event. Where its body is a union, those of all variants.
pub(super) fn places<'a>(api: &'a Api, event: &'a Event) -> Vec<Place<'a>> {
    let mut places = Vec::new();
    let bodies = event.body.iter().flat_map(|body| &body.media);
    let mut records = Vec::new();
    match event.payload {
        Some(id) => records.extend(api.record(&Type::Named(id))),
        None => bodies.for_each(|media| variants(api, &media.schema.ty, DEPTH, &mut records)),
    }
    for (id, body) in records {
        let of_record = api.resources.iter().any(|it| it.record == Some(id));
        in_record(body, &[], of_record, &mut places);
        for field in &body.fields {
            let wraps = RECORDS
                .iter()
                .any(|key| key.eq_ignore_ascii_case(&field.wire_name));
            let mut inner = Vec::new();
            if wraps {
                variants(api, &field.schema.ty, DEPTH, &mut inner);
            }
            for (_, inner) in inner {
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
                names_event: true,
            });
        }
    }
    places
}

/// The records that a type may be.
fn variants<'a>(api: &'a Api, ty: &'a Type, depth: usize, found: &mut Vec<(TypeId, &'a Record)>) {
    if let Some(record) = api.record(ty) {
        found.push(record);
    } else if let Type::Named(id) = api.resolved(ty)
        && let Some(TypeBody::Union(union)) = api.type_def(*id).map(|def| &def.body)
        && depth > 0
    {
        for variant in union.variants.iter().take(VARIANTS) {
            if found.len() < VARIANTS {
                variants(api, &variant.schema.ty, depth - 1, found);
            }
        }
    }
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
                names_event: rank < OF_EVENTS,
            });
        }
    }
}

/// The texts that may stand in a place.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Texts {
    /// Those that the document names: in an enum, as examples or as the default, each once.
    pub(super) known: Vec<String>,
    /// Whether others may stand there.
    pub(super) open: bool,
}

impl Place<'_> {
    /// The texts that may stand here.
    pub(super) fn texts(&self, api: &Api) -> Texts {
        let mut values = Vec::new();
        let open = values_of(api, &self.schema.ty, DEPTH, &mut values);
        values.extend(&self.schema.examples);
        values.extend(&self.schema.default);
        if values.len() > MOST_VALUES {
            return Texts {
                known: Vec::new(),
                open: true,
            };
        }
        let mut seen = BTreeSet::new();
        let texts = values.into_iter().filter_map(Value::as_str);
        let known = texts.filter(|text| seen.insert(*text)).map(str::to_owned);
        Texts {
            known: known.collect(),
            open,
        }
    }
}

/// Adds the values that a type lists, and says whether it takes texts beside them.
fn values_of<'a>(api: &'a Api, ty: &'a Type, depth: usize, values: &mut Vec<&'a Value>) -> bool {
    match api.resolved(ty) {
        Type::Constant(value) => {
            values.push(value);
            false
        }
        Type::Named(id) => match api.type_def(*id).map(|def| &def.body) {
            Some(TypeBody::Enum(list)) => {
                let all = list.values.iter().map(|value| &value.value);
                values.extend(all.take(MOST_VALUES + 1));
                false
            }
            Some(TypeBody::Union(union)) if depth > 0 && values.len() <= MOST_VALUES => {
                let mut open = union.variants.len() > VARIANTS;
                for variant in union.variants.iter().take(VARIANTS) {
                    open |= values_of(api, &variant.schema.ty, depth - 1, values);
                }
                open
            }
            Some(TypeBody::Record(_)) => false,
            Some(TypeBody::Union(_) | TypeBody::Alias(_)) | None => true,
        },
        Type::Primitive(primitive) => matches!(
            primitive,
            Primitive::String { .. } | Primitive::Uri | Primitive::Base64
        ),
        Type::Any => true,
        Type::List(_) | Type::Map(_) | Type::Tuple(..) | Type::Never | Type::Null => false,
    }
}
