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
    "next",
    "next page",
    "page",
    "page info",
    "paging",
    "pagination",
    "prev page",
    "previous page",
    "response metadata",
    "result info",
    "usage",
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
    "items per page",
    "kind",
    "last",
    "last id",
    "limit",
    "marker",
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
    "start index",
    "status",
    "status code",
    "success",
    "time",
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
    // `@odata.context`: an annotation.
    if BESIDE.contains(&name.as_str()) || field.wire_name.starts_with('@') {
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
        // A cursor that is a number or a text.
        Shape::Union => words.first().is_some_and(|word| word == "next"),
        Shape::Record(..) | Shape::Map => false,
    }
}

/// Whether a property says where a list goes on.
pub(super) fn leads_on(field: &Field) -> bool {
    let words = words(&field.wire_name);
    let name = words.join(" ");
    let is_next = words.first().is_some_and(|word| word == "next");
    let is_last = words.last().is_some_and(|word| word == "cursor");
    is_next || is_last || matches!(name.as_str(), "has more" | "has next page" | "page info")
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
