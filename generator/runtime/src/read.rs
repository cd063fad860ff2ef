//! Reading a response as what the operation promises.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::call::Received;
use crate::error::{find_message, incomplete, not_asked_for, redirect_hint, unreadable};
use crate::items::begin;
use crate::request::Draft;
use crate::response::content_type::ContentType;
use crate::response::{Extent, Seen, next_of, open, open_page};
use crate::{ApiError, Error, ErrorBody, EventStream, Items, Page, RawResponse, StreamedResponse};

/// A response with a status of 2xx; any other is an error.
fn success<E: ErrorBody>(received: Received) -> Result<Received, Error<E>> {
    if received.response.status().is_success() {
        return Ok(received);
    }
    Err(refused(received))
}

/// The error that a response with another status is.
pub(crate) fn refused<E: ErrorBody>(received: Received) -> Error<E> {
    let response = &received.response;
    let marked = response.marked();
    let bytes = marked.as_deref().unwrap_or(response.bytes());
    let status = response.status().as_u16();
    let message = redirect_hint(response)
        .or_else(|| find_message(response.headers(), bytes))
        .map(|text| response.redact(text));
    let body = E::decode(response.operation().errors, status, bytes);
    let error = ApiError::new(received.response, message, body, received.trail);
    Error::Api(Box::new(error))
}

/// As [`success`], with all of its body.
fn whole<E: ErrorBody>(received: Received) -> Result<(Box<Draft>, RawResponse), Error<E>> {
    let Received {
        draft, response, ..
    } = success(received)?;
    match response.extent() {
        Extent::Whole => Ok((draft, response)),
        Extent::Larger { .. } | Extent::Cut => Err(incomplete(response).into()),
    }
}

pub(crate) fn raw<E: ErrorBody>(received: Received) -> Result<RawResponse, Error<E>> {
    whole(received).map(|(_, response)| response)
}

pub(crate) fn streamed<E: ErrorBody>(received: Received) -> Result<StreamedResponse, Error<E>> {
    let Received { response, body, .. } = success(received)?;
    Ok(StreamedResponse::new(&response, body))
}

pub(crate) fn items<T, E: ErrorBody>(received: Received) -> Result<EventStream<T, E>, Error<E>> {
    let Received {
        draft,
        response,
        body,
        ..
    } = success(received)?;
    let items = draft.operation.items.unwrap_or(Items::lines("*/*"));
    begin(draft, response, body, items)
}

/// Nothing of the body is needed, so it may be too large.
pub(crate) fn empty<E: ErrorBody>(received: Received) -> Result<(), Error<E>> {
    success(received).map(|_| ())
}

pub(crate) fn bytes<E: ErrorBody>(received: Received) -> Result<Bytes, Error<E>> {
    raw(received).map(RawResponse::into_bytes)
}

pub(crate) fn text<E: ErrorBody>(received: Received) -> Result<String, Error<E>> {
    Ok(raw(received)?.text()?)
}

/// What was asked for in place of what the operation reads.
fn other<E: ErrorBody>(received: Received) -> Result<RawResponse, Error<E>> {
    let (draft, response) = whole(received)?;
    let (wanted, declared) = (draft.accept(), ContentType::of(response.headers()));
    let asked = ContentType::named(wanted);
    let is_else = declared.is_json() && !asked.is_json();
    if is_else || declared.is_markup() && !asked.is_markup() {
        return Err(not_asked_for(response, wanted).into());
    }
    Ok(response)
}

pub(crate) fn other_bytes<E: ErrorBody>(received: Received) -> Result<Bytes, Error<E>> {
    other(received).map(RawResponse::into_bytes)
}

pub(crate) fn other_text<E: ErrorBody>(received: Received) -> Result<String, Error<E>> {
    Ok(other(received)?.text()?)
}

pub(crate) fn json<R: DeserializeOwned, E: ErrorBody>(received: Received) -> Result<R, Error<E>> {
    let response = raw(received)?;
    let converted = response.converted()?;
    let converted = converted.as_deref();
    let body = converted.unwrap_or(response.content());
    // 204 where the type has a value for nothing.
    let absent = || serde_json::from_str("null").ok();
    let nothing = body.trim_ascii().is_empty().then(absent).flatten();
    match nothing.map_or_else(|| open(body, response.operation().envelope), Ok) {
        Ok(value) => Ok(value),
        Err(error) => Err(unreadable(response.clone(), converted, &error).into()),
    }
}

pub(crate) fn page<T, M, E>(received: Received) -> Result<Page<T, M>, Error<E>>
where
    T: DeserializeOwned,
    M: DeserializeOwned,
    E: ErrorBody,
{
    step(received).map(|step| step.page)
}

/// A page, and the way to the next one.
pub(crate) struct Step<T, M> {
    pub(crate) page: Page<T, M>,
    pub(crate) response: RawResponse,
    /// What asks for the next page, where there is one; or why that cannot be done.
    pub(crate) following: Result<Option<Box<Draft>>, String>,
}

pub(crate) fn step<T, M, E>(received: Received) -> Result<Step<T, M>, Error<E>>
where
    T: DeserializeOwned,
    M: DeserializeOwned,
    E: ErrorBody,
{
    let (mut draft, response) = whole(received)?;
    let operation = draft.operation;
    let repeats = draft.repeats(response.content());
    let converted = response.converted()?;
    let content = converted.as_deref().unwrap_or(response.content());
    let decoded = open_page(content, operation.envelope)
        .and_then(|(items, beside)| Ok((items, M::deserialize(&beside)?, beside)));
    match decoded {
        Ok((items, meta, beside)) if repeats => {
            let (next, following) = if draft.is_first() {
                follow(draft, items.len(), (&response, content), &beside)
            } else {
                (None, Ok(None))
            };
            Ok(Step {
                page: Page::new(Vec::new(), meta, next),
                response,
                following,
            })
        }
        Ok((items, meta, beside)) => {
            let (next, following) = follow(draft, items.len(), (&response, content), &beside);
            Ok(Step {
                page: Page { items, meta, next },
                response,
                following,
            })
        }
        Err(error) => Err(unreadable(response.clone(), converted.as_deref(), &error).into()),
    }
}

/// Where the next page is, and what asks for it.
fn follow(
    mut draft: Box<Draft>,
    items: usize,
    (response, content): (&RawResponse, &[u8]),
    beside: &Value,
) -> (Option<String>, Result<Option<Box<Draft>>, String>) {
    let Some(paging) = &draft.operation.paging else {
        return (None, Ok(None));
    };
    let seen = Seen {
        here: draft.here(),
        items,
        headers: response.headers(),
        beside,
        content,
        envelope: draft.operation.envelope,
    };
    match next_of(paging, draft.position(), &seen) {
        Ok(Some(next)) => {
            let next = draft.clean(next);
            let moved = draft.move_to(&next, items);
            (Some(next.text), moved.map(|()| Some(draft)))
        }
        Ok(None) => (None, Ok(None)),
        Err(reason) => (None, Err(reason)),
    }
}
