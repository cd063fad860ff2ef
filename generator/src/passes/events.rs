//! Events: what tells each apart on the wire, what happened, to what, and where the record is.

use std::collections::BTreeMap;

use super::shapes::{Shape, shape};
use crate::ir::{
    Api, EnumValue, Event, EventKey, EventVerb, Record, Resource, ResourceId, Schema, Type,
    TypeBody, TypeId,
};
use crate::names::{singular, words};

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

/// Keys that lead to the record.
const RECORDS: &[&str] = &[
    "data", "entity", "item", "object", "payload", "record", "resource",
];

/// How deep the record may be: `data.object` is two.
const LEVELS: usize = 3;

/// Finds out about every webhook.
pub(super) fn run(api: &mut Api) {
    let literals: Vec<_> = api
        .events
        .iter()
        .map(|event| literals(api, event))
        .collect();
    let told = unique(&literals);
    let mut results = Vec::new();
    for (event, told) in api.events.iter().zip(told) {
        let (key, wire_name) = told.unzip();
        let resource = resource_of(api, event, wire_name.as_deref());
        let about = resource.and_then(|id| api.resource(id));
        let verb = verb_of(event, wire_name.as_deref(), about);
        let path = event
            .payload
            .and_then(|id| record_path(api, id, about))
            .unwrap_or_default();
        results.push((key, wire_name, resource, verb, path));
    }
    for (event, (key, wire_name, resource, verb, path)) in api.events.iter_mut().zip(results) {
        event.key = key;
        event.wire_name = wire_name;
        event.resource = resource;
        event.verb = verb;
        event.record_path = path;
    }
}

/// What could tell an event apart: where it stands and its value, best first.
fn literals(api: &Api, event: &Event) -> Vec<(EventKey, String)> {
    let record = event
        .payload
        .and_then(|id| match api.type_def(id).map(|def| &def.body) {
            Some(TypeBody::Record(record)) => Some(record),
            _ => None,
        });
    // How good a place is, its name, and what stands there.
    let mut places: Vec<(usize, EventKey, &Schema)> = Vec::new();
    for field in record.into_iter().flat_map(|record| &record.fields) {
        let name = words(&field.wire_name).join(" ");
        if let Some(rank) = DISCRIMINATORS.iter().position(|known| *known == name) {
            let key = EventKey::Body(vec![field.wire_name.clone()]);
            places.push((rank, key, &field.schema));
        }
    }
    for header in &event.headers {
        if words(&header.name)
            .iter()
            .any(|word| matches!(word.as_str(), "event" | "topic"))
        {
            let key = EventKey::Header(header.name.clone());
            places.push((DISCRIMINATORS.len(), key, &header.schema));
        }
    }
    places.sort_by_key(|(rank, _, _)| *rank);
    // A constant is certain, an example is not: constants of any place come first.
    let constants = places
        .iter()
        .map(|(_, key, schema)| (key, constant(api, schema)));
    let examples = places.iter().map(|(_, key, schema)| (key, example(schema)));
    let all = constants.chain(examples);
    all.filter_map(|(key, value)| Some((key.clone(), value?)))
        .collect()
}

/// For every event its best literal that no other event has at the same place.
fn unique(literals: &[Vec<(EventKey, String)>]) -> Vec<Option<(EventKey, String)>> {
    let mut counts: BTreeMap<&(EventKey, String), usize> = BTreeMap::new();
    for all in literals {
        let mut own: Vec<_> = all.iter().collect();
        own.sort();
        own.dedup();
        for literal in own {
            *counts.entry(literal).or_default() += 1;
        }
    }
    let first = |all: &Vec<(EventKey, String)>| {
        let mut only = all.iter().filter(|literal| counts.get(literal) == Some(&1));
        only.next().cloned()
    };
    literals.iter().map(first).collect()
}

fn constant(api: &Api, schema: &Schema) -> Option<String> {
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

fn example(schema: &Schema) -> Option<String> {
    schema
        .examples
        .first()
        .and_then(|value| value.as_str())
        .map(str::to_owned)
}

/// The resource that an event is about: the one its tags name, else its own name, else the one
/// whose record it carries.
fn resource_of(api: &Api, event: &Event, wire_name: Option<&str>) -> Option<ResourceId> {
    let named = |text: &str| {
        let own = words(text);
        let is_named = |resource: &Resource| {
            !resource.singular.is_empty()
                && (singular(&own) == resource.singular
                    || own.starts_with(&resource.singular)
                    || own.starts_with(&resource.plural))
        };
        // Of `company` and `company note`, `company note created` is about the longer one.
        let all = api
            .resources
            .iter()
            .enumerate()
            .filter(|(_, resource)| is_named(resource));
        all.max_by_key(|(index, resource)| (resource.singular.len(), usize::MAX - index))
            .map(|(index, _)| ResourceId(index))
    };
    let tags = event.tags.iter().map(String::as_str);
    let carried = || {
        let mut all = api.resources.iter().enumerate().filter(|(_, resource)| {
            resource.record.is_some_and(|record| {
                event
                    .payload
                    .is_some_and(|id| path_to(api, id, record).is_some())
            })
        });
        let first = all.next().map(|(index, _)| ResourceId(index));
        first.filter(|_| all.next().is_none())
    };
    tags.chain(wire_name)
        .chain([event.name.as_str()])
        .find_map(named)
        .or_else(carried)
}

/// What happened: the last word of the event's name, or all its words without the resource's.
fn verb_of(event: &Event, wire_name: Option<&str>, resource: Option<&Resource>) -> EventVerb {
    let own = words(wire_name.unwrap_or(&event.name));
    let rest = resource.and_then(|resource| {
        let rest = own.strip_prefix(resource.singular.as_slice());
        rest.or_else(|| own.strip_prefix(resource.plural.as_slice()))
    });
    let rest = rest.filter(|rest| !rest.is_empty()).unwrap_or(&own);
    match rest.join(" ").as_str() {
        "created" | "create" => EventVerb::Created,
        "updated" | "update" => EventVerb::Updated,
        "deleted" | "delete" => EventVerb::Deleted,
        "" => EventVerb::Other(event.name.clone()),
        other => EventVerb::Other(other.to_owned()),
    }
}

/// The keys to the record in a payload: those to the resource's record, else the usual ones.
fn record_path(api: &Api, payload: TypeId, resource: Option<&Resource>) -> Option<Vec<String>> {
    let known = resource
        .and_then(|r| r.record)
        .and_then(|record| path_to(api, payload, record));
    known.or_else(|| {
        let fits = |key: &str, schema: &Schema| {
            let usual = RECORDS.iter().any(|usual| usual.eq_ignore_ascii_case(key));
            let named = resource.is_some_and(|resource| words(key) == resource.singular);
            (usual || named) && matches!(shape(api, &schema.ty), Shape::Record(..))
        };
        let mut path = Vec::new();
        let mut current = record(api, payload);
        while path.len() < LEVELS
            && let Some(field) = current
                .and_then(|record| record.fields.iter().find(|f| fits(&f.wire_name, &f.schema)))
        {
            path.push(field.wire_name.clone());
            current = api.record(&field.schema.ty).map(|(_, record)| record);
        }
        Some(path)
    })
}

/// The shortest way from one record to another, breadth first.
fn path_to(api: &Api, from: TypeId, to: TypeId) -> Option<Vec<String>> {
    let mut level = vec![(from, Vec::new())];
    for _ in 0..=LEVELS {
        let mut next = Vec::new();
        for (id, path) in level {
            if id == to {
                return Some(path);
            }
            for field in record(api, id)
                .into_iter()
                .flat_map(|record| &record.fields)
            {
                // A resource's record leads on to others: only what is named as a wrapper is one.
                let wraps = RECORDS
                    .iter()
                    .any(|key| key.eq_ignore_ascii_case(&field.wire_name));
                if let Some((inner, _)) = api.record(&field.schema.ty)
                    && (wraps || inner == to)
                {
                    let mut path: Vec<String> = path.clone();
                    path.push(field.wire_name.clone());
                    next.push((inner, path));
                }
            }
        }
        level = next;
    }
    None
}

fn record(api: &Api, id: TypeId) -> Option<&Record> {
    api.record(&Type::Named(id)).map(|(_, record)| record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::Fixture;

    fn fixture() -> Fixture {
        Fixture::new()
            .components(&[("Pet", "{id: uuid, best: Pet}"), ("Toy", "{id: int}")])
            .actions(&[
                "GET /pets/{id} getPet #pets >Pet",
                "GET /toys/{id} getToy #toys >Toy",
            ])
    }

    #[test]
    fn an_event_says_what_happened_to_what() {
        let api = fixture()
            .event(
                "Pet Created",
                "pet",
                "{eventName=pet.created: str, type: str, record: Pet}",
            )
            .event(
                "Pet Groomed",
                "pet",
                "{eventName=pet.groomed_well: str, record: Pet}",
            )
            .event(
                "toyDeleted",
                "other",
                "{type: one(toy.deleted), data: {object: Toy}}",
            )
            .event("x", "y", "{type: \"z\", pet: Pet}")
            .run();
        let show = |event: &Event| {
            let resource = event.resource.map_or("-", |id| &api.resources[id.0].tag);
            let wire = event.wire_name.as_deref().unwrap_or("-");
            format!(
                "{wire} {resource} {:?} {}",
                event.verb,
                event.record_path.join(".")
            )
        };
        let found: Vec<_> = api.events.iter().map(show).collect();
        let expected = [
            "pet.created pets Created record",
            "pet.groomed_well pets Other(\"groomed well\") record",
            "toy.deleted toys Deleted data.object",
            "z pets Other(\"z\") pet",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_value_that_two_events_have_tells_nothing() {
        let api = fixture()
            .event("a", "pets", "{action: one(created), event=a: str}")
            .event("b", "pets", "{action: one(created), event=b: str}")
            .run();
        let names: Vec<_> = api
            .events
            .iter()
            .map(|event| event.wire_name.as_deref())
            .collect();
        assert_eq!(names, [Some("a"), Some("b")]);
    }
}
