//! Taking a response from the transport.

use http::header::{HeaderValue, LOCATION, SET_COOKIE};
use http::{HeaderMap, response};

use super::RawResponse;
use super::raw::Extent;
use crate::request::Draft;
use crate::transport::{Body, Collected, Ending};
use crate::{Client, TransportError};

/// The most that is read of the body of an error: its words are in the beginning.
const LARGEST_ERROR: u64 = 1024 * 1024;

/// Reads the response into memory, within the client's limit. The body of a successful response to
/// a call that streams is left for the caller.
///
/// # Errors
/// When the body of a successful response does not come. That of an error says enough with its
/// status and what did come.
pub(crate) async fn receive(
    draft: &Draft,
    answer: http::Response<Body>,
) -> Result<(RawResponse, Body), TransportError> {
    let (
        response::Parts {
            status,
            mut headers,
            ..
        },
        body,
    ) = answer.into_parts();
    hide(&mut headers, &draft.client);
    let mut response = RawResponse::new(draft, status, headers);
    if draft.streamed && status.is_success() {
        return Ok((response, body));
    }
    let limit = draft.client.max_response_size();
    let limit = if status.is_success() {
        limit
    } else {
        Some(limit.map_or(LARGEST_ERROR, |limit| limit.min(LARGEST_ERROR)))
    };
    let length = body.length();
    // What says that it is too large is not even begun.
    if status.is_success()
        && length
            .zip(limit)
            .is_some_and(|(length, limit)| length > limit)
    {
        response.fill(
            bytes::Bytes::new(),
            Extent::Larger {
                limit: limit.unwrap_or(0),
                length,
            },
        );
        return Ok((response, Body::empty()));
    }
    let Collected { bytes, ending } = body.collect(limit).await;
    let extent = match ending {
        Ending::Whole => Extent::Whole,
        Ending::Larger => Extent::Larger {
            limit: limit.unwrap_or(0),
            length,
        },
        Ending::Broken(_) if !status.is_success() => Extent::Cut,
        Ending::Broken(error) => return Err(error.after(bytes.len(), length)),
    };
    response.fill(bytes, extent);
    Ok((response, Body::empty()))
}

/// Marks what `Debug` must not show: a session, which is as good as a credential, where a redirect
/// goes, and headers that quote a credential, as a `Link` with an API key in it.
fn hide(headers: &mut HeaderMap, client: &Client) {
    for (name, value) in headers.iter_mut() {
        let secret = *name == SET_COOKIE || *name == LOCATION || quotes(client, value);
        if secret {
            value.set_sensitive(true);
        }
    }
}

fn quotes(client: &Client, value: &HeaderValue) -> bool {
    let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
    client.redact(text.clone()) != text
}
