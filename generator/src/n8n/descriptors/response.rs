//! What becomes of an answer.

use crate::ir::{
    Action, Api, Encoding, Field, Kind, Media, Method, PathSegment, Payload, Place, Primitive,
    Record, Strategy, Type, TypeBody, TypeId,
};
use crate::n8n::model::{Deleted, NextPage, PageSize, Pagination, Reading, ResponseReading};
use crate::names::words;
use std::collections::BTreeSet;

/// From more fields on a record is large enough to be simplified, and so many are left at most.
const MOST_FIELDS: usize = 10;

/// Fields of an object that is small enough to be left by Simplify.
const SMALL: usize = 4;

/// Names of what a record is called.
const CALLED: &[&str] = &[
    "name",
    "title",
    "label",
    "subject",
    "displayName",
    "display_name",
    "fullName",
    "full_name",
    "firstName",
    "first_name",
    "lastName",
    "last_name",
    "handle",
    "email",
];

/// The media type that is read.
pub(super) fn media(action: &Action) -> Option<&Media> {
    let success = action.outcome.success.as_ref()?;
    let response = action.outcome.responses.get(success.response)?;
    response.media.get(success.media?)
}

/// The data inside the body; `None` where there is none, or it is no JSON.
pub(super) fn data(action: &Action) -> Option<&Type> {
    let media = media(action)?;
    if media.encoding != Encoding::Json {
        return None;
    }
    match &action.outcome.success.as_ref()?.payload {
        Payload::Empty => None,
        Payload::Whole(ty) => Some(ty),
        Payload::Opened(envelope) => Some(&envelope.data.ty),
    }
}

fn envelope(action: &Action) -> &[String] {
    match action.outcome.success.as_ref().map(|it| &it.payload) {
        Some(Payload::Opened(envelope)) => &envelope.path,
        Some(Payload::Whole(_) | Payload::Empty) | None => &[],
    }
}

/// Whether the data is a list.
pub(super) fn is_list(api: &Api, action: &Action) -> bool {
    data(action).is_some_and(|ty| matches!(api.resolved(ty), Type::List(_)))
}

/// Whether the action is there to list records.
pub(super) fn lists(api: &Api, action: &Action) -> bool {
    action.kind == Kind::FindMany || pages(api, action).is_some()
}

/// The pagination, where the items of a page are the data.
pub(super) fn pages<'a>(api: &Api, action: &'a Action) -> Option<&'a crate::ir::Pagination> {
    let pagination = action.pagination.as_ref()?;
    (pagination.items == envelope(action) && is_list(api, action)).then_some(pagination)
}

/// The record that the data is, or consists of.
pub(super) fn record<'a>(api: &'a Api, action: &'a Action) -> Option<(TypeId, &'a Record)> {
    let ty = api.resolved(data(action)?);
    match ty {
        Type::List(items) => api.record(&items.ty),
        _ => api.record(ty),
    }
}

/// How an answer is read.
pub(super) fn reading(api: &Api, action: &Action) -> ResponseReading {
    let media = media(action).filter(|_| action.method != Method::Head);
    let accept = match media {
        Some(media) if media.encoding == Encoding::Json => "application/json",
        Some(media) => &media.media_type,
        None => "*/*",
    };
    let reading = match media.map(|media| &media.encoding) {
        None => Reading::Nothing,
        Some(Encoding::Json) => Reading::Json,
        Some(
            Encoding::Text
            | Encoding::Xml
            | Encoding::EventStream
            | Encoding::JsonLines
            | Encoding::Form(_),
        ) => Reading::Text,
        Some(Encoding::Binary | Encoding::Multipart(_)) => Reading::Binary,
    };
    let is_json = reading == Reading::Json;
    ResponseReading {
        accept: accept.to_owned(),
        reading,
        data: if is_json {
            envelope(action).to_vec()
        } else {
            Vec::new()
        },
        list: is_json && is_list(api, action),
        deleted: deleted(action),
        simplify: simplified(api, action),
    }
}

/// What the output of an action that removes says.
fn deleted(action: &Action) -> Option<Deleted> {
    if !matches!(action.kind, Kind::DeleteOne | Kind::DeleteMany) {
        return None;
    }
    let last = action
        .segments
        .iter()
        .rev()
        .find_map(|segment| match segment {
            PathSegment::Parameter(name) => Some(name.clone()),
            PathSegment::Text(_) => None,
        });
    let id = last.filter(|_| action.kind == Kind::DeleteOne);
    Some(Deleted { id })
}

/// How a list continues.
pub(super) fn pagination(api: &Api, action: &Action) -> Option<Pagination> {
    let pagination = pages(api, action)?;
    let next = match &pagination.strategy {
        Strategy::Cursor {
            parameter, next, ..
        } => NextPage::Cursor {
            parameter: parameter.clone(),
            cursor: next.clone(),
        },
        Strategy::Page { parameter, first } => NextPage::Page {
            parameter: parameter.clone(),
            first: *first,
        },
        Strategy::Offset { parameter } => NextPage::Offset {
            parameter: parameter.clone(),
        },
        Strategy::LinkHeader => NextPage::Link,
        Strategy::NextUrl { next } => NextPage::Url { url: next.clone() },
    };
    Some(Pagination {
        items: pagination.items.clone(),
        size: size(action, pagination),
        next,
        more: pagination.more.clone(),
    })
}

fn size(action: &Action, pagination: &crate::ir::Pagination) -> Option<PageSize> {
    let name = pagination.size_parameter.as_deref()?;
    let parameter = action
        .parameters
        .iter()
        .find(|it| it.place == Place::Query && it.wire_name == name)?;
    let maximum = parameter.schema.constraints.maximum.as_ref();
    let maximum = maximum.and_then(|bound| {
        let value = bound.value.as_u64()?;
        if bound.exclusive {
            value.checked_sub(1)
        } else {
            Some(value)
        }
    });
    Some(PageSize {
        parameter: name.to_owned(),
        maximum: maximum.filter(|maximum| *maximum > 0),
        default: parameter
            .schema
            .default
            .as_ref()
            .and_then(serde_json::Value::as_u64),
    })
}

/// The keys that Simplify leaves of a large record: its id, what it is called, what can be set, dates.
fn simplified(api: &Api, action: &Action) -> Vec<String> {
    let reads = matches!(action.kind, Kind::FindMany | Kind::FindOne)
        || action.method == Method::Get && matches!(action.kind, Kind::Custom { .. });
    let found = if reads { record(api, action) } else { None };
    let Some((_, record)) = found.filter(|(_, it)| it.fields.len() > MOST_FIELDS) else {
        return Vec::new();
    };
    let settable = settable(api, action);
    let mut ranked: Vec<(usize, usize, &Field)> = record
        .fields
        .iter()
        .enumerate()
        .filter_map(|(index, field)| Some((rank(api, field, &settable)?, index, field)))
        .collect();
    ranked.sort_by_key(|(rank, index, _)| (*rank, *index));
    let keys = ranked.into_iter().take(MOST_FIELDS);
    keys.map(|(_, _, field)| field.wire_name.clone()).collect()
}

/// The names of what inputs of the same resource can set.
fn settable<'a>(api: &'a Api, action: &Action) -> BTreeSet<&'a str> {
    let resource = action.resource.and_then(|id| api.resource(id));
    let actions = resource.iter().flat_map(|resource| &resource.actions);
    let bodies = actions
        .filter_map(|id| api.action(*id))
        .filter_map(|action| action.body.as_ref()?.preferred());
    let inputs = bodies.filter_map(|media| api.record(&media.schema.ty));
    let fields = inputs.flat_map(|(_, record)| &record.fields);
    fields
        .filter(|field| !field.read_only)
        .map(|field| field.wire_name.as_str())
        .collect()
}

/// How early a field comes in what Simplify leaves; `None` for what it never leaves.
fn rank(api: &Api, field: &Field, settable: &BTreeSet<&str>) -> Option<usize> {
    if field.secret || field.write_only || field.relation.as_ref().is_some_and(|it| !it.by_id) {
        return None;
    }
    let name = field.wire_name.as_str();
    let is_date = match api.resolved(&field.schema.ty) {
        Type::Primitive(Primitive::DateTime | Primitive::Date) => true,
        Type::Primitive(_) => false,
        Type::Named(id) => match &api.type_def(*id)?.body {
            TypeBody::Enum(_) => false,
            TypeBody::Record(record) if is_small(api, record) => false,
            TypeBody::Record(_) | TypeBody::Union(_) | TypeBody::Alias(_) => return None,
        },
        _ => return None,
    };
    Some(match name {
        "id" => 0,
        _ if CALLED.contains(&name) => 1,
        _ if is_date && settable.contains(name) => 4,
        _ if is_date => 5,
        _ if words(name).last().is_some_and(|word| word == "id") => 3,
        _ if settable.contains(name) => 2,
        _ => 6,
    })
}

/// A few scalars, such as the two parts of a name.
fn is_small(api: &Api, record: &Record) -> bool {
    let scalar = |field: &Field| matches!(api.resolved(&field.schema.ty), Type::Primitive(_));
    record.fields.len() <= SMALL && !record.fields.is_empty() && record.fields.iter().all(scalar)
}
