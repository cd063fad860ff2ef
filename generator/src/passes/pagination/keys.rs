//! The usual words of pagination, best first: what requests take, then keys of responses. They are
//! compared without what separates words, so `startingAfter`, `starting_after` and `startingafter` are one.

/// What takes the cursor of the next page.
pub(super) const CURSOR: &[&str] = &[
    "starting after",
    "start after",
    "after",
    "after cursor",
    "page after",
    "cursor",
    "cursor mark",
    "next cursor",
    "page cursor",
    "start cursor",
    "page token",
    "next page token",
    "next token",
    "pagination token",
    "continuation token",
    "continuation",
    "continue",
    "exclusive start key",
    "start key",
    "skip token",
    "marker",
    "bookmark",
    "scroll id",
    "next",
];

/// Last words of what takes a cursor, whatever stands before them (`x-ms-continuation`).
pub(super) const CURSOR_ENDS: &[&str] = &[
    "cursor",
    "continuation",
    "continuation token",
    "page token",
    "next token",
    "next marker",
];

/// What takes the id of the last record that came.
pub(super) const LAST_ITEM: &[&str] = &[
    "starting after",
    "start after",
    "start after id",
    "after",
    "after id",
    "last id",
    "last seen id",
    "marker",
];

/// What takes the id of the first record that came, to go backwards.
pub(super) const FIRST_ITEM: &[&str] = &["ending before", "end before", "before", "before id"];

/// What takes the cursor of the previous page.
pub(super) const CURSOR_BACK: &[&str] = &[
    "before",
    "before cursor",
    "end before",
    "ending before",
    "page before",
    "prev cursor",
    "previous",
    "previous cursor",
];

/// What takes the number of a page.
pub(super) const PAGE: &[&str] = &[
    "current page",
    "page",
    "page index",
    "page no",
    "page nr",
    "page num",
    "page number",
];

/// What takes the number of pages to skip.
pub(super) const SKIP_PAGES: &[&str] = &["skip pages", "pages to skip"];

/// What takes the number of items to skip.
pub(super) const OFFSET: &[&str] = &[
    "offset",
    "page offset",
    "skip",
    "skip count",
    "skip records",
    "start",
    "start at",
    "start index",
    "start offset",
    "start position",
    "start record",
    "start row",
    "first result",
    "from",
];

/// Those of [`OFFSET`] that may count pages.
pub(super) const PAGE_OFFSET: &[&str] = &["page offset"];

/// Those of [`OFFSET`] that may as well be the beginning of something else: a time, an id.
pub(super) const DOUBTFUL_OFFSET: &[&str] = &["start", "from"];

/// What takes the end of a range, beside which a beginning is no offset.
pub(super) const RANGE_END: &[&str] = &["end", "stop", "to", "until"];

/// What takes the number of items in a page.
pub(super) const SIZE: &[&str] = &[
    "limit",
    "per page",
    "page size",
    "page limit",
    "page length",
    "max results",
    "max page size",
    "max items",
    "max count",
    "max result count",
    "max keys",
    "max records",
    "items per page",
    "results per page",
    "records per page",
    "num results",
    "num items",
    "size",
    "take",
    "top",
    "rows",
    "count",
    "first",
];

/// Keys of the cursor of the next page.
pub(super) const NEXT: &[&str] = &[
    "end cursor",
    "next cursor",
    "cursor next",
    "next cursor mark",
    "next page cursor",
    "next page token",
    "next token",
    "next marker",
    "next page",
    "next page offset",
    "next",
    "continuation token",
    "continuation",
    "continue",
    "pagination token",
    "page token",
    "last evaluated key",
    "scroll id",
    "bookmark",
    "after",
    "cursor",
    "marker",
    "last id",
];

/// Keys of the cursor of the previous page.
pub(super) const PREVIOUS: &[&str] = &[
    "start cursor",
    "previous cursor",
    "prev cursor",
    "cursor previous",
    "cursor prev",
    "previous page token",
    "previous",
    "prev",
    "before",
    "first id",
];

/// Keys of the URL of the next page.
pub(super) const NEXT_URL: &[&str] = &[
    "next",
    "next href",
    "next link",
    "next page",
    "next page link",
    "next page path",
    "next page uri",
    "next page url",
    "next path",
    "next uri",
    "next url",
    "odata next link",
    "at odata next link",
];

/// Keys of a flag that says that there is more.
pub(super) const MORE: &[&str] = &[
    "has next page",
    "has more",
    "has more items",
    "has more pages",
    "has more results",
    "has next",
    "more available",
    "more",
    "is truncated",
    "truncated",
];

/// Keys of the number of items in all pages.
pub(super) const TOTAL: &[&str] = &[
    "total count",
    "total items",
    "total item count",
    "total results",
    "total records",
    "total elements",
    "total entries",
    "total rows",
    "total hits",
    "total size",
    "total",
];

/// Keys of the number of pages.
pub(super) const PAGES: &[&str] = &[
    "total pages",
    "total page count",
    "page count",
    "pages count",
    "num pages",
    "number of pages",
    "last page",
    "pages",
];

/// Keys of the number of the page that came.
pub(super) const CURRENT: &[&str] = &[
    "current page",
    "current page number",
    "page",
    "page index",
    "page no",
    "page num",
    "page number",
    "number",
];

/// Last words of what a response's `nextX` is the next one of: a `date` with a `nextDate` selects.
pub(super) const NEXT_ENDS: &[&str] = &[
    "bookmark",
    "continuation",
    "cursor",
    "marker",
    "offset",
    "page",
    "position",
    "token",
];

/// Words of tokens that lead to later changes and not to the next page.
pub(super) const OF_CHANGES: &[&str] = &["sync", "delta"];

/// Words by which a text speaks of a moment.
const TIME: &[&str] = &[
    "date",
    "dates",
    "datetime",
    "epoch",
    "iso8601",
    "millisecond",
    "milliseconds",
    "rfc3339",
    "second",
    "seconds",
    "time",
    "timestamp",
    "timestamps",
    "unix",
];

/// Whether a text, in lower case, speaks of a moment.
pub(super) fn speaks_of_time(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| TIME.contains(&word)) || text.contains("iso 8601") || text.contains("rfc 3339")
}

/// Whether a text, in lower case, speaks of a cursor.
pub(super) fn speaks_of_cursors(text: &str) -> bool {
    [
        "cursor",
        "token",
        "marker",
        "bookmark",
        "continuation",
        "opaque",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// Whether a name is one of these.
pub(super) fn is_one_of(name: &str, known: &[&str]) -> bool {
    known.iter().any(|other| is(name, other))
}

/// Whether a name, without separators, has these words.
pub(super) fn is(name: &str, words: &str) -> bool {
    let mut rest = name;
    for word in words.split(' ') {
        let Some(tail) = rest.strip_prefix(word) else {
            return false;
        };
        rest = tail;
    }
    rest.is_empty()
}

/// Whether a name, without separators, ends with these words.
pub(super) fn ends(name: &str, words: &str) -> bool {
    let mut rest = name;
    for word in words.rsplit(' ') {
        let Some(head) = rest.strip_suffix(word) else {
            return false;
        };
        rest = head;
    }
    true
}
