//! What becomes of an answer.

use super::simplify;
use crate::ir::{
    Action, Api, Encoding, Kind, Media, Method, PathSegment, Payload, Place, Record, Strategy,
    Type, TypeId,
};
use crate::n8n::model::{
    BackPage, Deleted, NextPage, PageSize, Pagination, Reading, ResponseReading,
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

/// The pagination, where the items of a page are the data.
pub(super) fn pages<'a>(api: &Api, action: &'a Action) -> Option<&'a crate::ir::Pagination> {
    let pagination = action.pagination.as_ref()?;
    (pagination.items == envelope(action) && is_list(api, action)).then_some(pagination)
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
        simplify: simplify::keys(api, action),
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
            parameter: parameter.clone(),
            cursor: next.clone(),
            back: previous.as_ref().map(|(parameter, cursor)| BackPage {
                parameter: parameter.clone(),
                cursor: cursor.clone(),
            }),
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
