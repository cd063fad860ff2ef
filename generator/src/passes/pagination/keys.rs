//! The usual words of pagination, best first: parameters, then keys of responses. They are compared word by
//! word, so `startingAfter`, `starting_after` and `starting-after` are one.

/// Parameters that take the cursor of the next page.
pub(super) const CURSOR: &[&str] = &[
    "starting after",
    "start after",
    "after",
    "after cursor",
    "page after",
    "cursor",
    "next cursor",
    "page cursor",
    "start cursor",
    "page token",
    "next page token",
    "next token",
    "pagination token",
    "continuation token",
    "continuation",
    "exclusive start key",
    "marker",
    "next",
];

/// Parameters that take the cursor of the previous page.
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

/// Parameters that take the number of a page.
pub(super) const PAGE: &[&str] = &[
    "current page",
    "page",
    "page index",
    "page no",
    "page num",
    "page number",
];

/// Parameters that take the number of items to skip.
pub(super) const OFFSET: &[&str] = &[
    "offset",
    "page offset",
    "skip",
    "start",
    "start at",
    "start index",
];

/// Parameters that take the number of items in a page.
pub(super) const SIZE: &[&str] = &[
    "limit",
    "per page",
    "page size",
    "page limit",
    "max results",
    "max page size",
    "max items",
    "items per page",
    "results per page",
    "size",
    "take",
    "top",
    "count",
    "first",
];

/// Keys of the cursor of the next page.
pub(super) const NEXT: &[&str] = &[
    "end cursor",
    "next cursor",
    "cursor next",
    "next page token",
    "next token",
    "next marker",
    "next page",
    "next",
    "continuation token",
    "continuation",
    "pagination token",
    "page token",
    "last evaluated key",
    "after",
    "cursor",
    "marker",
    "offset",
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
    "next page uri",
    "next page url",
    "next uri",
    "next url",
    "odata next link",
    "at odata next link",
];

/// Keys of a flag that says that there is more.
pub(super) const MORE: &[&str] = &[
    "has next page",
    "has more",
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
    "total results",
    "total records",
    "total elements",
    "total entries",
    "total size",
    "total",
];
