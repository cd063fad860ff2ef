//! What an event is about, and what happened to it.

use super::record;
use crate::ir::{Api, Event, EventVerb, Resource, ResourceId};
use crate::names::{singular, words};

/// The resource that an event is about: the one its tags name, else its own name, else the one
/// whose record it carries.
pub(super) fn resource(api: &Api, event: &Event, wire_name: Option<&str>) -> Option<ResourceId> {
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
                    .is_some_and(|id| record::path_to(api, id, record).is_some())
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

/// What happened: an event's name without its resource, or without what stands before the first
/// separator of its name on the wire.
pub(super) fn verb(
    event: &Event,
    wire_name: Option<&str>,
    resource: Option<&Resource>,
) -> EventVerb {
    let name = wire_name.unwrap_or(&event.name);
    let own = words(name);
    let rest = resource.and_then(|resource| {
        let rest = own.strip_prefix(resource.singular.as_slice());
        rest.or_else(|| own.strip_prefix(resource.plural.as_slice()))
    });
    let after = || {
        let (_, after) = wire_name?.split_once(['.', ':', '/'])?;
        Some(words(after))
    };
    let rest = rest
        .map(<[String]>::to_vec)
        .or_else(after)
        .filter(|rest| !rest.is_empty())
        .unwrap_or(own);
    match rest.join(" ").as_str() {
        "created" | "create" => EventVerb::Created,
        "updated" | "update" => EventVerb::Updated,
        "deleted" | "delete" => EventVerb::Deleted,
        "" => EventVerb::Other(event.name.clone()),
        other => EventVerb::Other(other.to_owned()),
    }
}
