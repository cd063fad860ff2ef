//! The usual words of pagination: parameters first, then keys of responses. They are compared word by
//! word, so `startingAfter`, `starting_after` and `starting-after` are one, and so is `page[after]`.

/// Parameters that take the cursor of the next page.
pub(super) const CURSOR: &[&str] = &[
    "after",
    "after cursor",
    "continuation",
    "continuation token",
    "cursor",
    "exclusive start key",
    "marker",
    "next",
    "next cursor",
    "next page token",
    "next token",
    "page after",
    "page cursor",
    "page token",
    "pagination token",
    "start after",
    "start cursor",
    "starting after",
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
    "count",
    "first",
    "items per page",
    "limit",
    "max items",
    "max page size",
    "max results",
    "page limit",
    "page size",
    "per page",
    "results per page",
    "size",
    "take",
    "top",
];

/// Keys of the cursor of the next page.
pub(super) const NEXT: &[&str] = &[
    "after",
    "continuation",
    "continuation token",
    "cursor",
    "cursor next",
    "end cursor",
    "last evaluated key",
    "marker",
    "next",
    "next cursor",
    "next marker",
    "next page",
    "next page token",
    "next token",
    "offset",
    "page token",
    "pagination token",
];

/// Keys of the cursor of the previous page.
pub(super) const PREVIOUS: &[&str] = &[
    "before",
    "cursor prev",
    "cursor previous",
    "prev",
    "prev cursor",
    "previous",
    "previous cursor",
    "previous page token",
    "start cursor",
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
    "has more",
    "has next",
    "has next page",
    "incomplete",
    "is truncated",
    "more",
    "more available",
    "truncated",
];

/// Keys of the number of items in all pages.
pub(super) const TOTAL: &[&str] = &[
    "total",
    "total count",
    "total elements",
    "total entries",
    "total items",
    "total records",
    "total results",
    "total size",
];
