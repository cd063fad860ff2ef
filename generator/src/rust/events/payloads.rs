//! Bodies of events that are written once: `Notification<T>` for `CompanyNotification` and
//! `PersonNotification`, which differ in the type of `record` alone.

use super::shapes::{Shapes, is_label};
use crate::ir::{Api, Event, EventVerb, Field, Role, Schema, Type, TypeBody, TypeId};
use crate::names::{SharedType, words};
use crate::rust::reach;
use std::collections::{BTreeMap, BTreeSet};

/// What events whose body has no name in common are called after.
const DELIVERY: &str = "delivery";

/// The bodies of events that are written once for several.
#[derive(Debug, Default)]
pub(in crate::rust) struct Payloads {
    /// By the type that is written.
    shared: BTreeMap<TypeId, Shared>,
    /// The type that is written for each.
    written: BTreeMap<TypeId, TypeId>,
}

/// A record that is written once for several.
#[derive(Debug)]
pub(in crate::rust) struct Shared {
    /// All of them, by id; the first is the one that is written.
    pub(in crate::rust) of: Vec<TypeId>,
    /// The property whose type is a parameter, as it differs.
    pub(in crate::rust) parameter: Option<String>,
    candidates: Vec<Vec<String>>,
}

/// Bodies of equal shape.
struct Group<'a> {
    parameter: &'a str,
    of: BTreeSet<TypeId>,
    events: Vec<&'a Event>,
}

impl Payloads {
    /// Finds them.
    pub(in crate::rust) fn new(api: &Api) -> Self {
        let mut shapes = Shapes::new(api);
        let mut payloads = Self::default();
        let mut inside: BTreeMap<usize, BTreeSet<TypeId>> = BTreeMap::new();
        for group in groups(api, &mut shapes) {
            let first = group.of.iter().next().copied();
            for id in &group.of {
                let mut found = Vec::new();
                for field in fields(api, *id).filter(|field| field.wire_name != group.parameter) {
                    shapes.inside(&field.schema.ty, &mut found);
                }
                for (number, id) in found {
                    inside.entry(number).or_default().insert(id);
                }
            }
            let candidates = candidates(api, &group);
            if let Some(first) = first {
                payloads.add(first, group.of, Some(group.parameter), candidates);
            }
        }
        for of in inside.into_values().filter(|of| of.len() > 1) {
            if let Some(first) = of.iter().next().copied() {
                let hint = api
                    .type_def(first)
                    .and_then(|def| def.hints.first()?.last());
                let candidates = hint.map(|text| words(text)).into_iter().collect();
                payloads.add(first, of, None, candidates);
            }
        }
        payloads
    }

    fn add(
        &mut self,
        first: TypeId,
        of: BTreeSet<TypeId>,
        parameter: Option<&str>,
        candidates: Vec<Vec<String>>,
    ) {
        self.written.extend(of.iter().map(|id| (*id, first)));
        let shared = Shared {
            of: of.into_iter().collect(),
            parameter: parameter.map(str::to_owned),
            candidates,
        };
        self.shared.insert(first, shared);
    }

    /// What a type is written for, where it is written for several.
    pub(in crate::rust) fn shared(&self, id: TypeId) -> Option<&Shared> {
        self.shared.get(&id)
    }

    /// The type that is written in place of another, or for it and others.
    pub(in crate::rust) fn written(&self, id: TypeId) -> Option<TypeId> {
        self.written.get(&id).copied()
    }

    /// Those with names of their own.
    pub(in crate::rust) fn named(&self) -> Vec<SharedType> {
        let named = self.shared.iter().map(|(id, shared)| SharedType {
            id: *id,
            of: shared.of.clone(),
            candidates: shared.candidates.clone(),
        });
        named.collect()
    }

    /// The property of a body whose type is the parameter of what is written for it.
    pub(in crate::rust) fn argument<'a>(&self, api: &'a Api, id: TypeId) -> Option<&'a Schema> {
        let shared = self.shared.get(self.written.get(&id)?)?;
        let parameter = shared.parameter.as_deref()?;
        let mut fields = fields(api, id);
        fields
            .find(|field| field.wire_name == parameter)
            .map(|field| &field.schema)
    }

    /// Visits what a type mentions where it is written for several.
    pub(in crate::rust) fn referenced(
        &self,
        api: &Api,
        id: TypeId,
        visit: &mut impl FnMut(TypeId),
    ) {
        let Some(shared) = self.shared.get(&id) else {
            return;
        };
        for of in &shared.of {
            if let Some(schema) = self.argument(api, *of) {
                reach::referenced_by(schema, visit);
            }
        }
        for field in fields(api, id) {
            let is_parameter = shared.parameter.as_deref() == Some(field.wire_name.as_str());
            if is_parameter || is_label(api, &field.schema.ty) {
                continue;
            }
            reach::referenced_by(&field.schema, &mut |id| {
                visit(self.written(id).unwrap_or(id))
            });
        }
    }
}

/// The bodies of equal shape that are about different things.
fn groups<'a>(api: &'a Api, shapes: &mut Shapes<'a>) -> Vec<Group<'a>> {
    let mut parameters: BTreeMap<TypeId, BTreeSet<Option<&str>>> = BTreeMap::new();
    for event in &api.events {
        if let Some(id) = event.payload {
            let parameter = event.record_path.first().map(String::as_str);
            parameters.entry(id).or_default().insert(parameter);
        }
    }
    let bodies: BTreeSet<TypeId> = parameters.keys().copied().collect();
    let mut groups: BTreeMap<(String, &str), Group<'a>> = BTreeMap::new();
    for event in &api.events {
        let Some((id, parameter)) = event.payload.zip(event.record_path.first()) else {
            continue;
        };
        let agreed = parameters.get(&id).is_some_and(|said| said.len() == 1);
        if !agreed || !can_be_shared(api, id, parameter, &bodies) {
            continue;
        }
        let Some(shape) = shapes.record(id, Some(parameter)) else {
            continue;
        };
        let group = groups.entry((shape, parameter)).or_insert_with(|| Group {
            parameter,
            of: BTreeSet::new(),
            events: Vec::new(),
        });
        group.of.insert(id);
        group.events.push(event);
    }
    let mut found: Vec<Group<'a>> = groups.into_values().collect();
    found.retain(|group| {
        let mut types = group
            .of
            .iter()
            .map(|id| parameter_type(api, *id, group.parameter));
        let first = types.next();
        types.any(|ty| first.as_ref() != Some(&ty))
    });
    found.sort_by_key(|group| group.of.iter().next().copied());
    found
}

/// Whether a body is one that nothing but events has, and what it is about can be a parameter: a type
/// that does not lead back to such a body.
fn can_be_shared(api: &Api, id: TypeId, parameter: &str, bodies: &BTreeSet<TypeId>) -> bool {
    let of_events = |id| api.type_def(id).is_some_and(|def| def.role == Role::Event);
    let field = fields(api, id).find(|field| field.wire_name == parameter);
    let Some(field) = field.filter(|field| of_events(id) && !field.secret) else {
        return false;
    };
    let mut about = Vec::new();
    // What actions have, too, leads to nothing that only events have.
    reach::referenced_by(&field.schema, &mut |id| {
        about.extend(of_events(id).then_some(id))
    });
    let mut led_to = reach::TypeSet::empty(api);
    led_to.close_over(api, about);
    !bodies.iter().any(|body| led_to.contains(*body))
}

fn parameter_type<'a>(api: &'a Api, id: TypeId, parameter: &str) -> Option<&'a Type> {
    let field = fields(api, id).find(|field| field.wire_name == parameter);
    field.map(|field| &field.schema.ty)
}

fn fields(api: &Api, id: TypeId) -> impl Iterator<Item = &Field> {
    let record = match api.type_def(id).map(|def| &def.body) {
        Some(TypeBody::Record(record)) => Some(record),
        _ => None,
    };
    record.into_iter().flat_map(|record| &record.fields)
}

/// What to call a body: the words that the names of all of them end with, else a delivery, of what
/// happened where only one thing did.
fn candidates(api: &Api, group: &Group<'_>) -> Vec<Vec<String>> {
    let names = group.of.iter().map(|id| {
        let component = api.type_def(*id).and_then(|def| def.component.as_deref());
        component.map(words).unwrap_or_default()
    });
    let common = names.reduce(|common, name| common_end(&common, &name));
    let delivery = vec![DELIVERY.to_owned()];
    let verbs: BTreeSet<Vec<String>> = group.events.iter().map(|event| verb(&event.verb)).collect();
    let one = match verbs.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => Some([only.clone(), delivery.clone()].concat()),
        _ => None,
    };
    let with = |word: &str| [vec![word.to_owned()], delivery.clone()].concat();
    let common = common.filter(|words| !words.is_empty());
    let mut all: Vec<Vec<String>> = common.into_iter().chain(one).collect();
    all.extend([delivery.clone(), with("event"), with("webhook")]);
    all
}

fn verb(verb: &EventVerb) -> Vec<String> {
    match verb {
        EventVerb::Created => words("created"),
        EventVerb::Updated => words("updated"),
        EventVerb::Deleted => words("deleted"),
        EventVerb::Other(text) => words(text),
    }
}

fn common_end(a: &[String], b: &[String]) -> Vec<String> {
    let pairs = a.iter().rev().zip(b.iter().rev());
    let count = pairs.take_while(|(a, b)| a == b).count();
    a.get(a.len() - count..).unwrap_or_default().to_vec()
}
