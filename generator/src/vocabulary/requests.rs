//! What requests for lists take, best first.

/// What takes the cursor of the next page.
pub const CURSOR: &[&str] = &[
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
pub const CURSOR_ENDS: &[&str] = &[
    "cursor",
    "continuation",
    "continuation token",
    "page token",
    "next token",
    "next marker",
];

/// What takes the id of the last record that came.
pub const LAST_ITEM: &[&str] = &[
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
pub const FIRST_ITEM: &[&str] = &["ending before", "end before", "before", "before id"];

/// What takes the cursor of the previous page.
pub const CURSOR_BACK: &[&str] = &[
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
pub const PAGE: &[&str] = &[
    "current page",
    "page",
    "page index",
    "page no",
    "page nr",
    "page num",
    "page number",
];

/// What takes the number of pages to skip.
pub const SKIP_PAGES: &[&str] = &["skip pages", "pages to skip"];

/// What takes the number of items to skip.
pub const OFFSET: &[&str] = &[
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
pub const PAGE_OFFSET: &[&str] = &["page offset"];

/// Those of [`OFFSET`] that may as well be the beginning of something else: a time, an id.
pub const DOUBTFUL_OFFSET: &[&str] = &["start", "from"];

/// What takes the end of a range, beside which a beginning is no offset.
pub const RANGE_END: &[&str] = &["end", "stop", "to", "until"];

/// What takes the number of items in a page.
pub const SIZE: &[&str] = &[
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

/// Words of tokens that lead to later changes and not to the next page.
pub const OF_CHANGES: &[&str] = &["sync", "delta"];

/// Keys of requests' bodies that have what pages a list inside them.
pub const PAGERS: &[&str] = &[
    "page",
    "paging",
    "pagination",
    "pager",
    "cursor",
    "page info",
];
