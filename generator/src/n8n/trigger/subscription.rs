//! The requests by which one subscribes: those of the resource's own actions, with what a trigger knows
//! in place of what a user enters.

use super::EVERY;
use crate::ir::{
    Action, ActionId, Api, Body as IrBody, Idempotency, Place, Record, SubscribedEvents,
    Subscription, SubscriptionSecret, Type, TypeBody,
};
use crate::n8n::client_fields::{client_fields, field_of};
use crate::n8n::descriptors::{pagination, reading, record, sent};
use crate::n8n::forms::at;
use crate::n8n::model::{
    Body, BodyEncoding, Member, MemberShape, Parameter, Request, SecretDescriptor, Shape,
    SubscriptionDescriptor,
};
use crate::n8n::target;
use crate::names::{EventGroup, N8nEvents};
use indexmap::IndexMap;

/// What stands for the first part of events' names in the API's own name for all of them.
const RESOURCE: &str = "{resource}";

/// What a trigger subscribes with; `None` where people do it elsewhere.
pub(super) fn subscription(api: &Api, names: &N8nEvents) -> Option<SubscriptionDescriptor> {
    let known = api.webhooks.subscription.as_ref()?;
    let action = |id: ActionId| api.action(id);
    let create = action(known.create)?;
    let id = id_of(api, create)?;
    let find = known.find.and_then(action);
    let find = find.or_else(|| known.list.and_then(action));
    let told = |keys: &[String]| {
        let record = find.and_then(|action| record(api, action));
        let is_told = record.is_some_and(|(_, record)| has(api, record, keys));
        if is_told { keys.to_vec() } else { Vec::new() }
    };
    let events = known.events.as_ref();
    Some(SubscriptionDescriptor {
        create: request(api, create, Some(body(known))),
        delete: request(api, action(known.delete)?, None),
        find: find.map(|action| request(api, action, None)),
        id: vec![id],
        named: events.is_some(),
        single: events.is_some_and(|events| !events.many),
        offered: events.map_or_else(Vec::new, |events| offered(api, create, &events.path)),
        wildcards: events.map_or_else(IndexMap::new, |events| wildcards(api, names, events)),
        url: told(&known.url),
        events: events.map_or_else(Vec::new, |events| told(&events.path)),
        secret: known.secret.as_ref().map(|secret| match secret {
            SubscriptionSecret::Chosen(_) => SecretDescriptor::Chosen,
            SubscriptionSecret::Given(keys) => SecretDescriptor::Given(keys.clone()),
        }),
    })
}

/// The field of what is made with its id.
fn id_of(api: &Api, create: &Action) -> Option<String> {
    let resource = create.resource.and_then(|id| api.resource(id))?;
    let (_, record) = record(api, create)?;
    let name = resource.id.as_ref()?.field.as_deref()?;
    let mut fields = record.fields.iter();
    let field = fields.find(|field| field.wire_name == name)?;
    Some(field.wire_name.clone())
}

/// The values of what names the events, where they are listed.
fn offered(api: &Api, create: &Action, keys: &[String]) -> Vec<String> {
    let media = create.body.as_ref().and_then(IrBody::preferred);
    let mut ty = media.map(|media| &media.schema.ty);
    for key in keys {
        let record = ty.and_then(|ty| api.record(ty));
        let mut fields = record.into_iter().flat_map(|(_, record)| &record.fields);
        let field = fields.find(|field| field.wire_name == *key);
        ty = field.map(|field| &field.schema.ty);
    }
    let item = match ty.map(|ty| api.resolved(ty)) {
        Some(Type::List(item)) => api.resolved(&item.ty),
        Some(other) => other,
        None => return Vec::new(),
    };
    let Type::Named(id) = item else {
        return Vec::new();
    };
    match api.type_def(*id).map(|def| &def.body) {
        Some(TypeBody::Enum(list)) => {
            let values = list.values.iter();
            values
                .filter_map(|it| Some(it.value.as_str()?.to_owned()))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The API's own names for what options of several events stand for.
fn wildcards(api: &Api, names: &N8nEvents, known: &SubscribedEvents) -> IndexMap<String, String> {
    let every = known.every.as_ref();
    let every = every.map(|name| (EVERY.to_owned(), name.clone()));
    let several = names.groups.iter().filter_map(|group| {
        let resource = first_part(api, group)?;
        let name = known.every_of.as_ref()?.replace(RESOURCE, resource);
        Some((group.option.value.clone(), name))
    });
    every.into_iter().chain(several).collect()
}

/// What the names of a group's events begin with, before what separates it from the rest: `company`.
fn first_part<'g>(api: &Api, group: &'g EventGroup) -> Option<&'g str> {
    let start = group.option.value.strip_suffix(EVERY)?;
    let begins = |index: &usize| {
        let wire_name = api.events.get(*index)?.wire_name.as_deref()?;
        Some(wire_name.starts_with(start))
    };
    let all = group.members.iter();
    if !all.map(begins).all(|it| it == Some(true)) {
        return None;
    }
    let mut characters = start.chars();
    characters.next_back()?;
    Some(characters.as_str())
}

fn has(api: &Api, record: &Record, keys: &[String]) -> bool {
    let Some((key, rest)) = keys.split_first() else {
        return true;
    };
    let mut fields = record.fields.iter();
    let field = fields.find(|field| field.wire_name == *key && !field.write_only);
    field.is_some_and(|field| {
        let inner = api.record(&field.schema.ty);
        rest.is_empty() || inner.is_some_and(|(_, inner)| has(api, inner, rest))
    })
}

fn request(api: &Api, action: &Action, body: Option<Body>) -> Request {
    let (repeatable, idempotency_key) = match &action.idempotency {
        Idempotency::Safe | Idempotency::Idempotent => (true, None),
        Idempotency::Keyed { header } => (false, Some(header.clone())),
        Idempotency::Once => (false, None),
    };
    Request {
        method: action.method.as_str().to_owned(),
        path: target::path(&action.segments),
        server: target::own_server(api, action),
        parameters: parameters(api, action),
        body,
        response: reading(api, action),
        pagination: pagination(api, action),
        repeatable,
        idempotency_key,
        anonymous: target::is_anonymous(api, action),
    }
}

/// The id of the subscription in the path, and what all operations share, which the credential has.
fn parameters(api: &Api, action: &Action) -> Vec<Parameter> {
    let shared = client_fields(api);
    let all = action.parameters.iter().filter_map(|parameter| {
        if parameter.place == Place::Path {
            return Some(sent(parameter, at(&["id"], Shape::Text), true));
        }
        let field = field_of(&shared, parameter)?.to_owned();
        let unset = at(&["shared"], Shape::Text);
        Some(Parameter {
            credential: Some(field),
            ..sent(parameter, unset, parameter.required)
        })
    });
    all.collect()
}

/// The body that makes a subscription.
fn body(known: &Subscription) -> Body {
    let mut members = IndexMap::new();
    insert(&mut members, &known.url, "url", Shape::Text);
    if let Some(SubscribedEvents { path, many, .. }) = &known.events {
        let (name, shape) = match many {
            true => ("events", Shape::List(Box::new(Shape::Text))),
            false => ("event", Shape::Text),
        };
        insert(&mut members, path, name, shape);
    }
    if let Some(SubscriptionSecret::Chosen(path)) = &known.secret {
        insert(&mut members, path, "secret", Shape::Text);
    }
    Body {
        media_type: "application/json".to_owned(),
        encoding: BodyEncoding::Json,
        shape: object(members),
        required: true,
        clear: None,
        parts: IndexMap::new(),
        others: Vec::new(),
    }
}

/// Objects that are read all at one place.
enum Tree {
    Leaf(&'static str, Shape),
    Node(IndexMap<String, Tree>),
}

fn insert(members: &mut IndexMap<String, Tree>, path: &[String], name: &'static str, shape: Shape) {
    match path {
        [] => {}
        [key] => {
            members.insert(key.clone(), Tree::Leaf(name, shape));
        }
        [key, rest @ ..] => {
            let inner = members
                .entry(key.clone())
                .or_insert_with(|| Tree::Node(IndexMap::new()));
            if let Tree::Node(inner) = inner {
                insert(inner, rest, name, shape);
            }
        }
    }
}

/// The shape of an object; what is in it is read at the same place as the object itself.
fn object(members: IndexMap<String, Tree>) -> Shape {
    let member = |(key, tree)| {
        let (name, shape) = match tree {
            Tree::Leaf(name, shape) => (name, shape),
            Tree::Node(members) => ("all", object(members)),
        };
        let name = name.to_owned();
        (key, MemberShape::Renamed(Member { name, shape }))
    };
    let mut members: IndexMap<_, _> = members.into_iter().map(member).collect();
    members.sort_keys();
    Shape::Object(members)
}
