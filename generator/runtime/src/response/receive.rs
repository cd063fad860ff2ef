//! Taking a response from the transport.

use bytes::Bytes;
use http::header::{LOCATION, SET_COOKIE};
use http::{HeaderMap, StatusCode, response};

use super::RawResponse;
use super::raw::Extent;
use crate::request::Draft;
use crate::transport::{Body, Collected, Ending};
use crate::{Client, TransportError};

/// The most that is read of the body of an error: its words are in the beginning.
const LARGEST_ERROR: u64 = 1024 * 1024;
/// The most that is read of a body that nobody needs, so that its connection can be used again.
const LARGEST_IGNORED: u64 = 64 * 1024;

/// What a call wants of the body of a successful response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All of it, in memory.
    Whole,
    /// The caller reads it as it comes.
    Stream,
    /// The caller reads it as it comes, item by item, for as long as there are any.
    Items,
    Nothing,
}

/// How a body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Whole,
    /// By the caller, when the call has returned.
    Later,
    /// The beginning, as long as it comes soon.
    Little,
}

impl Reading {
    pub(crate) fn of(draft: &Draft, status: StatusCode) -> Self {
        match draft.wanted {
            _ if !status.is_success() => Self::Little,
            Wanted::Whole => Self::Whole,
            Wanted::Stream | Wanted::Items => Self::Later,
            Wanted::Nothing => Self::Little,
        }
    }
}

/// Reads the response into memory, within the client's limit. The body of a successful response to
/// a call that streams is left for the caller.
///
/// # Errors
/// When the body of a successful response is needed and does not come. That of an error says enough
/// with its status and what did come.
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
    if has_no_body(draft.operation.method, status) {
        return Ok((response, Body::empty()));
    }
    let reading = Reading::of(draft, status);
    let limit = draft.client.max_response_size();
    let least = |most: u64| Some(limit.map_or(most, |limit| limit.min(most)));
    let (bytes, extent) = match reading {
        Reading::Later => return Ok((response, body)),
        Reading::Whole => whole(body, limit).await?,
        Reading::Little if status.is_success() => beginning(body, least(LARGEST_IGNORED)).await,
        Reading::Little => beginning(body, least(LARGEST_ERROR)).await,
    };
    response.fill(bytes, extent);
    Ok((response, Body::empty()))
}

/// Whether there is no body, whatever the headers say of one (RFC 9110, section 6.4.1): that of a
/// `HEAD` has the length that a `GET` would have.
fn has_no_body(method: &str, status: StatusCode) -> bool {
    let none = matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    none || method == "HEAD"
}

/// All of a body.
///
/// # Errors
/// When it does not come to its end.
async fn whole(body: Body, limit: Option<u64>) -> Result<(Bytes, Extent), TransportError> {
    let length = body.length();
    let larger = Extent::Larger {
        limit: limit.unwrap_or(u64::MAX),
        length,
    };
    // What says that it is too large is not even begun.
    if length.is_some_and(|length| limit.is_some_and(|limit| length > limit)) {
        return Ok((Bytes::new(), larger));
    }
    let Collected { bytes, ending } = body.collect(limit).await;
    match ending {
        Ending::Whole => Ok((bytes, Extent::Whole)),
        Ending::Larger => Ok((bytes, larger)),
        Ending::Broken(error) => Err(error.after(bytes.len(), length)),
    }
}

/// What comes of a body.
async fn beginning(body: Body, limit: Option<u64>) -> (Bytes, Extent) {
    let length = body.length();
    let Collected { bytes, ending } = body.collect(limit).await;
    let extent = match ending {
        Ending::Whole => Extent::Whole,
        Ending::Larger => Extent::Larger {
            limit: limit.unwrap_or(u64::MAX),
            length,
        },
        Ending::Broken(_) => Extent::Cut,
    };
    (bytes, extent)
}

/// Marks what `Debug` must not show: a session, which is as good as a credential, where a redirect
/// goes, and headers that quote a credential, as a `Link` with an API key in it.
fn hide(headers: &mut HeaderMap, client: &Client) {
    for (name, value) in headers.iter_mut() {
        let named = *name == SET_COOKIE || *name == LOCATION;
        if named || client.finds_secret(value.as_bytes()) {
            value.set_sensitive(true);
        }
    }
}
