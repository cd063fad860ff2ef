//! Keys of responses that say where a list goes on and how long it is, best first.

/// Keys of the cursor of the next page.
pub const NEXT: &[&str] = &[
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
pub const PREVIOUS: &[&str] = &[
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
pub const NEXT_URL: &[&str] = &[
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
pub const MORE: &[&str] = &[
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

/// Keys of a flag that says that there is no more.
pub const LAST: &[&str] = &[
    "is last",
    "is last page",
    "last page",
    "is final page",
    "last",
];

/// Keys of the number of items in all pages.
pub const TOTAL: &[&str] = &[
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
pub const PAGES: &[&str] = &[
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
pub const CURRENT: &[&str] = &[
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
pub const NEXT_ENDS: &[&str] = &[
    "bookmark",
    "continuation",
    "cursor",
    "marker",
    "offset",
    "page",
    "position",
    "token",
];
