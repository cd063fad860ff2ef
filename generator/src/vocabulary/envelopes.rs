//! Keys of the objects around data.

/// Keys that carry data in any API.
pub const DATA: &[&str] = &[
    "content", "data", "elements", "entries", "items", "list", "objects", "payload", "records",
    "response", "result", "results", "rows", "value", "values",
];

/// Keys that stand beside data, whatever their value is.
pub const BESIDE: &[&str] = &[
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

/// Keys of scalars that tell about a list beside those that lead on and count.
pub const OF_LISTS: &[&str] = &[
    "count",
    "end",
    "first",
    "first id",
    "from",
    "items per page",
    "last",
    "last id",
    "limit",
    "offset",
    "page",
    "pages",
    "size",
    "skip",
    "skipped",
    "start",
    "start index",
    "to",
    "pagelen",
];

/// Keys of scalars that tell about the answer itself.
pub const OF_ANSWERS: &[&str] = &[
    "api version",
    "code",
    "elapsed",
    "href",
    "kind",
    "message",
    "messages",
    "msg",
    "ok",
    "request id",
    "self",
    "status",
    "status code",
    "success",
    "time",
    "timestamp",
    "took",
    "trace id",
    "url",
    "version",
];

/// First words of scalars that tell how much there is and where it goes on.
pub const TELLING_FIRST: &[&str] = &[
    "has", "is", "next", "page", "per", "prev", "previous", "total",
];

/// Last words of such scalars.
pub const TELLING_LAST: &[&str] = &[
    "count", "cursor", "limit", "offset", "page", "pages", "size", "token", "total",
];

/// Last words of components that are named for being an envelope.
pub const WRAPPERS: &[&str] = &[
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

/// Lists that tell about an answer rather than being what was asked for.
pub const LISTS_BESIDE: &[&str] = &[
    "aggregations",
    "deprecations",
    "errors",
    "facets",
    "failures",
    "filters",
    "included",
    "includes",
    "links",
    "messages",
    "notices",
    "sort",
    "sorts",
    "suggestions",
    "unreachable",
    "unreachables",
    "warnings",
];

/// Keys on the way to a list, within which nothing else is looked for.
pub const WAYS: &[&str] = &[
    "body", "embedded", "data", "page", "response", "result", "results",
];

/// Keys beside the list of a request that takes pages which tell of the answer, whatever their value is.
pub const BESIDE_PAGES: &[&str] = &[
    "additional fields",
    "custom fields",
    "duration",
    "elements",
    "empty",
    "etag",
    "event id",
    "extensions",
    "number of elements",
    "object",
    "operation",
    "pageable",
    "resource",
    "return code",
    "return message",
    "service",
    "sum",
    "token pagination",
    "ts",
    "visitor id",
];
