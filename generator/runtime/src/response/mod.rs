//! What comes back, and how it is read.

pub(crate) mod content_type;
mod envelope;
mod next;
mod page;
mod raw;
mod receive;
mod streamed;
mod typed;

pub(crate) use envelope::{open, open_page};
use http::HeaderMap;
pub(crate) use next::{Next, Position, Seen, digest, next_of};
pub use page::{NoMeta, Page};
pub(crate) use raw::Extent;
pub use raw::RawResponse;
pub(crate) use receive::{Reading, Wanted, receive};
pub use streamed::StreamedResponse;
pub use typed::{Response, WithResponse};

/// The headers in which APIs say what they call a request, the most usual first.
const REQUEST_IDS: [&str; 12] = [
    "x-request-id",
    "request-id",
    "x-requestid",
    "x-github-request-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-goog-request-id",
    "x-correlation-id",
    "correlation-id",
    "x-trace-id",
    "cf-ray",
];

pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let named = |name: &&str| {
        let id = headers.get(*name)?.to_str().ok()?.trim();
        (!id.is_empty()).then_some(id)
    };
    REQUEST_IDS.iter().find_map(named)
}
