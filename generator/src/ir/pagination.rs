//! How a list continues.

/// How to get the page after this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// How it moves on.
    pub strategy: Strategy,
    /// The keys from the body to the array of items; empty: the body is the array.
    pub items: Vec<String>,
    /// The query parameter for the number of items in a page (`limit`, `per_page`).
    pub size_parameter: Option<String>,
    /// The keys to a boolean that says whether there is more (`pageInfo.hasNextPage`).
    pub more: Option<Vec<String>>,
    /// The keys to the number of items in all pages.
    pub total: Option<Vec<String>>,
    /// Why, for `inspect`.
    pub evidence: String,
}

/// How a list moves on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Strategy {
    /// The response has an opaque cursor which the next request sends back.
    Cursor {
        /// The query parameter that takes it.
        parameter: String,
        /// The keys from the body to it.
        next: Vec<String>,
        /// The parameter that goes backwards (`ending_before`), with the keys to its cursor.
        previous: Option<(String, Vec<String>)>,
    },
    /// Pages are numbered.
    Page {
        /// The query parameter that takes the number.
        parameter: String,
        /// The first page's number.
        first: i64,
    },
    /// Items are skipped.
    Offset {
        /// The query parameter that takes the number of items to skip.
        parameter: String,
    },
    /// A `Link` header with `rel="next"` (RFC 8288).
    LinkHeader,
    /// The body has the next page's URL.
    NextUrl {
        /// The keys from the body to it.
        next: Vec<String>,
    },
}
