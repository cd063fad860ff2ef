//! What becomes of an answer.

use super::simplify;
use crate::ir::{
    self, Action, Api, Encoding, Kind, Media, Method, PathSegment, Payload, Record, Schema,
    Strategy, Type, TypeId,
};
use crate::n8n::model::{
    BackPage, Deleted, NextPage, PageSize, Pagination, Reading, ResponseReading, Slot, Source,
};

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

/// The pagination, where the items of a page are the data. The node sends the request of the first page
/// for all, and reads JSON alone.
pub(super) fn pages<'a>(api: &Api, action: &'a Action) -> Option<&'a ir::Pagination> {
    let pagination = action.pagination.as_ref()?;
    let is_data = pagination.items == envelope(action) && is_list(api, action);
    let is_read = media(action).is_some_and(|it| read_as(it) == Reading::Json);
    (is_data && is_read && !pagination.by_get).then_some(pagination)
}

/// The record that the data is, or consists of.
pub(in crate::n8n) fn record<'a>(api: &'a Api, action: &'a Action) -> Option<(TypeId, &'a Record)> {
    let ty = api.resolved(data(action)?);
    match ty {
        Type::List(items) => api.record(&items.ty),
        _ => api.record(ty),
    }
}

/// How an answer is read.
pub(in crate::n8n) fn reading(api: &Api, action: &Action) -> ResponseReading {
    let media = media(action).filter(|_| action.method != Method::Head);
    let accept = media.map_or("*/*", Media::accept);
    let reading = media.map_or(Reading::Nothing, read_as);
    let is_json = reading == Reading::Json;
    ResponseReading {
        accept: accept.to_owned(),
        reading,
        others: others(api, action)
            .map(|it| (it.accept().to_owned(), read_as(it)))
            .collect(),
        data: if is_json {
            envelope(action).to_vec()
        } else {
            Vec::new()
        },
        list: is_json && is_list(api, action),
        deleted: deleted(action),
        simplify: simplify::keys(api, action),
    }
}

const fn read_as(media: &Media) -> Reading {
    match media.encoding {
        Encoding::Json => Reading::Json,
        Encoding::Text
        | Encoding::Xml
        | Encoding::EventStream
        | Encoding::JsonLines
        | Encoding::Form(_) => Reading::Text,
        Encoding::Binary | Encoding::Multipart(_) => Reading::Binary,
    }
}

/// The media types that can be asked for beside the one that is read: files, and what is something else.
/// Another way to write the same says nothing more.
pub(super) fn others<'a>(api: &'a Api, action: &'a Action) -> impl Iterator<Item = &'a Media> {
    let chosen = media(action).filter(|_| action.method != Method::Head);
    let success = action.outcome.success.as_ref();
    let response = success.and_then(|it| action.outcome.responses.get(it.response));
    let all = response.map_or(&[][..], |it| it.media.as_slice()).iter();
    all.filter(move |it| {
        let Some(chosen) = chosen.filter(|_| !it.media_type.contains('*')) else {
            return false;
        };
        let is_file = it.encoding == Encoding::Binary;
        let is_whole = is_file || matches!(it.encoding, Encoding::Json | Encoding::Text);
        let is_other = !is_same(api, &it.schema.ty, &chosen.schema.ty, 0)
            || is_file && chosen.encoding == it.encoding;
        is_whole && is_other && it.accept() != chosen.accept()
    })
}

/// As many lists inside each other as are compared: a list may consist of itself.
const DEEPEST: usize = 16;

/// Whether two types say the same, wherever they stand.
fn is_same(api: &Api, one: &Type, other: &Type, depth: usize) -> bool {
    match (api.resolved(one), api.resolved(other)) {
        (Type::List(one), Type::List(other)) | (Type::Map(one), Type::Map(other)) => {
            depth == DEEPEST || is_same(api, &one.ty, &other.ty, depth + 1)
        }
        (one, other) => one == other,
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
pub(in crate::n8n) fn pagination(api: &Api, action: &Action) -> Option<Pagination> {
    let pagination = pages(api, action)?;
    let next = match &pagination.strategy {
        Strategy::Cursor {
            parameter,
            next,
            previous,
        } => NextPage::Cursor {
            parameter: slot(parameter),
            cursor: source(next),
            back: previous.as_ref().map(|(parameter, cursor)| BackPage {
                parameter: slot(parameter),
                cursor: source(cursor),
            }),
        },
        Strategy::Page {
            parameter,
            first,
            current,
        } => NextPage::Page {
            parameter: slot(parameter),
            first: *first,
            current: current.clone(),
        },
        Strategy::Offset { parameter, first } => NextPage::Offset {
            parameter: slot(parameter),
            first: *first,
        },
        Strategy::LinkHeader => NextPage::Link,
        Strategy::NextUrl { next } => NextPage::Url { url: next.clone() },
    };
    let is_counted = matches!(next, NextPage::Page { .. } | NextPage::Offset { .. });
    let total = pagination.total.as_ref().filter(|_| is_counted);
    Some(Pagination {
        items: pagination.items.clone(),
        size: size(api, action, pagination),
        next,
        more: pagination.more.clone(),
        pages: pagination.pages.as_ref().map(source),
        total: total.map(source),
    })
}

fn slot(slot: &ir::Slot) -> Slot {
    match slot {
        ir::Slot::Query(name) => Slot::Query(name.clone()),
        ir::Slot::Header(name) => Slot::Header {
            header: name.clone(),
        },
        ir::Slot::Body(keys) => Slot::Body { body: keys.clone() },
    }
}

fn source(source: &ir::Source) -> Source {
    match source {
        ir::Source::Body(keys) => Source::Body(keys.clone()),
        ir::Source::Header(name) => Source::Header {
            header: name.clone(),
        },
        ir::Source::LastItem(keys) => Source::LastItem { last: keys.clone() },
        ir::Source::FirstItem(keys) => Source::FirstItem {
            first: keys.clone(),
        },
    }
}

/// What is said of the value in a slot.
fn slot_schema<'a>(api: &'a Api, action: &'a Action, slot: &ir::Slot) -> Option<&'a Schema> {
    if let ir::Slot::Body(keys) = slot {
        let mut media = action.body.as_ref()?.media.iter();
        let media = media.find(|media| media.encoding == Encoding::Json)?;
        let mut schema = &media.schema;
        for key in keys {
            let (_, record) = api.record(&schema.ty)?;
            schema = &record.fields.iter().find(|it| it.wire_name == *key)?.schema;
        }
        return Some(schema);
    }
    let mut parameters = action.parameters.iter();
    let own = parameters.find(|it| slot.is(it.place, &it.wire_name))?;
    Some(&own.schema)
}

fn size(api: &Api, action: &Action, pagination: &ir::Pagination) -> Option<PageSize> {
    let taken = pagination.size.as_ref()?;
    let schema = slot_schema(api, action, taken)?;
    let maximum = schema.constraints.maximum.as_ref();
    let maximum = maximum.and_then(|bound| {
        let value = bound.value.as_u64()?;
        if bound.exclusive {
            value.checked_sub(1)
        } else {
            Some(value)
        }
    });
    Some(PageSize {
        parameter: slot(taken),
        maximum: maximum.filter(|maximum| *maximum > 0),
        default: schema.default.as_ref().and_then(serde_json::Value::as_u64),
    })
}
