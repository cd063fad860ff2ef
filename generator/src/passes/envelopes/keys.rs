//! The usual words of envelopes.

use super::super::shapes::{Shape, shape};
use crate::ir::{Api, Field};
use crate::names::words;

/// Keys that carry data in any API.
const DATA: &[&str] = &[
    "content", "data", "elements", "entries", "items", "list", "objects", "payload", "records",
    "response", "result", "results", "rows", "value", "values",
];

/// Keys that stand beside data, whatever their value is.
const BESIDE: &[&str] = &[
    "cursor",
    "cursors",
    "debug",
    "error",
    "errors",
    "included",
    "link",
    "links",
    "meta",
    "metadata",
    "next page",
    "page",
    "page info",
    "paging",
    "pagination",
    "prev page",
    "previous page",
    "response metadata",
    "result info",
    "warning",
    "warnings",
];

/// Keys that stand beside data when their value is a scalar.
const SCALAR_BESIDE: &[&str] = &[
    "api version",
    "code",
    "count",
    "cursor",
    "elapsed",
    "end",
    "first",
    "first id",
    "from",
    "href",
    "kind",
    "last",
    "last id",
    "limit",
    "message",
    "messages",
    "msg",
    "next",
    "offset",
    "ok",
    "page",
    "pages",
    "prev",
    "previous",
    "request id",
    "self",
    "size",
    "skip",
    "skipped",
    "start",
    "status",
    "status code",
    "success",
    "timestamp",
    "to",
    "took",
    "total",
    "trace id",
    "url",
    "version",
];

/// First and last words of scalars that tell how much there is and where it goes on.
const FIRST_WORDS: &[&str] = &[
    "has", "is", "next", "page", "per", "prev", "previous", "total",
];
const LAST_WORDS: &[&str] = &[
    "count", "cursor", "limit", "offset", "page", "pages", "size", "token", "total",
];

/// Whether a key is one that carries data in any API.
pub(super) fn is_data(key: &str) -> bool {
    DATA.iter().any(|word| word.eq_ignore_ascii_case(key))
}

/// Whether a property tells something about the data rather than being data.
pub(super) fn is_beside(api: &Api, field: &Field) -> bool {
    let words = words(&field.wire_name);
    let name = words.join(" ");
    if BESIDE.contains(&name.as_str()) {
        return true;
    }
    match shape(api, &field.schema.ty) {
        // `object: "list"`, `kind: "PodList"`: it names the envelope.
        Shape::Constant | Shape::Enum => true,
        Shape::Scalar(_) | Shape::Unknown => {
            SCALAR_BESIDE.contains(&name.as_str())
                || words
                    .first()
                    .is_some_and(|word| FIRST_WORDS.contains(&word.as_str()))
                || words
                    .last()
                    .is_some_and(|word| LAST_WORDS.contains(&word.as_str()))
        }
        // `messages: [..]` of an envelope that also has `data`.
        Shape::List(item) => name == "messages" && matches!(shape(api, &item.ty), Shape::Scalar(_)),
        Shape::Record(..) | Shape::Map | Shape::Union => false,
    }
}

/// Last words of components that are named for being an envelope.
const WRAPPERS: &[&str] = &[
    "collection",
    "envelope",
    "list",
    "output",
    "page",
    "reply",
    "response",
    "result",
    "results",
    "wrapper",
];

/// Whether a component is named for being an envelope: `PersonResponse`, `PodList`.
pub(super) fn is_wrapper(component: &str) -> bool {
    let words = words(component);
    let last = words.last().map_or("", String::as_str);
    words.len() > 1 && WRAPPERS.contains(&last)
}
