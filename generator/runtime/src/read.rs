//! Reading a response as what the operation promises.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::call::Received;
use crate::error::find_message;
use crate::request::Draft;
use crate::response::{next_of, open, open_page};
use crate::{ApiError, DecodeError, Error, ErrorBody, Operation, Page, RawResponse};

/// A response with a status of 2xx; any other is an error.
fn success<E: ErrorBody>(received: Received) -> Result<(Box<Draft>, RawResponse), Error<E>> {
    let Received {
        draft,
        response,
        trail,
    } = received;
    if response.status().is_success() {
        return Ok((draft, response));
    }
    let (status, bytes) = (response.status().as_u16(), response.bytes());
    let message = find_message(response.headers(), bytes).map(|text| draft.client.redact(text));
    let body = E::decode(draft.operation.errors, status, bytes);
    Err(Error::Api(Box::new(ApiError::new(
        draft.operation,
        response,
        message,
        body,
        trail,
    ))))
}

pub(crate) fn raw<E: ErrorBody>(received: Received) -> Result<RawResponse, Error<E>> {
    success(received).map(|(_, response)| response)
}

pub(crate) fn empty<E: ErrorBody>(received: Received) -> Result<(), Error<E>> {
    success(received).map(|_| ())
}

pub(crate) fn bytes<E: ErrorBody>(received: Received) -> Result<Bytes, Error<E>> {
    raw(received).map(RawResponse::into_bytes)
}

pub(crate) fn text<E: ErrorBody>(received: Received) -> Result<String, Error<E>> {
    let (draft, response) = success(received)?;
    match std::str::from_utf8(content(&response)) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(DecodeError::new(draft.operation, response, error).into()),
    }
}

pub(crate) fn json<R: DeserializeOwned, E: ErrorBody>(received: Received) -> Result<R, Error<E>> {
    let (draft, response) = success(received)?;
    let body = content(&response);
    let read = if body.trim_ascii().is_empty() {
        // 204 where the type has a value for nothing.
        serde_json::from_str("null").map_err(|_| "the body is empty".to_owned())
    } else {
        open(body, draft.operation.envelope).map_err(|error| error.to_string())
    };
    read.map_err(|error| {
        // What does not fit is quoted, and a server may echo a credential.
        let error = draft.client.redact(error);
        DecodeError::new(draft.operation, response, error).into()
    })
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
    pub(crate) operation: &'static Operation,
    pub(crate) response: RawResponse,
    /// What asks for the next page, where there is one; or why that cannot be done.
    pub(crate) following: Result<Box<Draft>, String>,
}

pub(crate) fn step<T, M, E>(received: Received) -> Result<Step<T, M>, Error<E>>
where
    T: DeserializeOwned,
    M: DeserializeOwned,
    E: ErrorBody,
{
    let (mut draft, response) = success(received)?;
    let operation = draft.operation;
    let decoded = open_page(content(&response), operation.envelope).and_then(|(items, beside)| {
        let next = next(&draft, items.len(), &response, &beside);
        Ok(Page {
            items,
            meta: serde_json::from_value(beside)?,
            next,
        })
    });
    match decoded {
        Ok(page) => {
            let moved = page
                .next
                .as_deref()
                .map_or(Ok(()), |next| draft.move_to(next, page.items.len()));
            Ok(Step {
                page,
                operation,
                response,
                following: moved.map(|()| draft),
            })
        }
        Err(error) => {
            let error = draft.client.redact(error.to_string());
            Err(DecodeError::new(operation, response, error).into())
        }
    }
}

fn next(draft: &Draft, items: usize, response: &RawResponse, beside: &Value) -> Option<String> {
    let paging = draft.operation.paging.as_ref()?;
    next_of(paging, draft.position(), items, response.headers(), beside)
}

/// The body without a byte order mark.
fn content(response: &RawResponse) -> &[u8] {
    let bytes = response.bytes();
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}
