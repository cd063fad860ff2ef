//! How a list continues.

use super::Place;
use std::fmt;

/// How to get the page after this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// How it moves on.
    pub strategy: Strategy,
    /// The keys from the body to the array of items; empty: the body is the array.
    pub items: Vec<String>,
    /// What takes the number of items in a page (`limit`, `per_page`).
    pub size: Option<Slot>,
    /// The keys to a boolean that says whether there is more (`pageInfo.hasNextPage`).
    pub more: Option<Vec<String>>,
    /// The number of items in all pages.
    pub total: Option<Source>,
    /// The number of pages.
    pub pages: Option<Source>,
    /// Whether the page behind a URL is asked for with GET and without a body, where the request for the
    /// first page is another that may do something each time.
    pub by_get: bool,
    /// Why, for `inspect`.
    pub evidence: String,
}

/// How a list moves on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Strategy {
    /// The response has an opaque cursor which the next request sends back; the number of the next
    /// page is one as well, where the response says it.
    Cursor {
        /// What takes it.
        parameter: Slot,
        /// Where it is.
        next: Source,
        /// What goes backwards (`ending_before`), with the place of its cursor.
        previous: Option<(Slot, Source)>,
    },
    /// Pages are numbered.
    Page {
        /// What takes the number.
        parameter: Slot,
        /// The first page's number. `None`: nothing says whether it is 0 or 1, and a reader finds out: it
        /// asks for page 1 after the page that comes by itself, and when that is the same one goes on
        /// with 2.
        first: Option<i64>,
        /// The keys to the number of the page that came; only where nothing says which is the first.
        current: Option<Vec<String>>,
    },
    /// Items are skipped.
    Offset {
        /// What takes the number of items to skip.
        parameter: Slot,
        /// The first item's number: 1 where items are numbered rather than skipped.
        first: i64,
    },
    /// A `Link` header with `rel="next"` (RFC 8288).
    LinkHeader,
    /// The body has the next page's URL.
    NextUrl {
        /// The keys from the body to it.
        next: Vec<String>,
    },
}

/// Where a request takes a value that a list is paged by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Slot {
    /// In a query parameter.
    Query(String),
    /// In a header.
    Header(String),
    /// In the JSON body, at these keys.
    Body(Vec<String>),
}

/// Where a response has a value that a list is paged by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// In the body, at these keys.
    Body(Vec<String>),
    /// In a header.
    Header(String),
    /// In the page's last item, at these keys.
    LastItem(Vec<String>),
    /// In the page's first item, at these keys.
    FirstItem(Vec<String>),
}

impl Slot {
    /// Whether it is this parameter.
    pub fn is(&self, place: Place, name: &str) -> bool {
        match self {
            Self::Query(own) => place == Place::Query && own == name,
            Self::Header(own) => place == Place::Header && own.eq_ignore_ascii_case(name),
            Self::Body(_) => false,
        }
    }

    /// The query parameter that it is.
    pub fn query(&self) -> Option<&str> {
        match self {
            Self::Query(name) => Some(name),
            Self::Header(_) | Self::Body(_) => None,
        }
    }
}

impl Source {
    /// The keys, where it is in the body.
    pub fn body(&self) -> Option<&[String]> {
        match self {
            Self::Body(keys) => Some(keys),
            Self::Header(_) | Self::LastItem(_) | Self::FirstItem(_) => None,
        }
    }
}

/// As messages and `inspect` name it: `after`, ``body `paging.after` ``.
impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Query(name) => write!(f, "{name}"),
            Self::Header(name) => write!(f, "header {name}"),
            Self::Body(keys) => write!(f, "body {}", keys.join(".")),
        }
    }
}

/// As messages and `inspect` name it: `pageInfo.endCursor`, `id of the last item`.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(keys) => write!(f, "{}", keys.join(".")),
            Self::Header(name) => write!(f, "header {name}"),
            Self::LastItem(keys) => write!(f, "{} of the last item", keys.join(".")),
            Self::FirstItem(keys) => write!(f, "{} of the first item", keys.join(".")),
        }
    }
}

impl Strategy {
    /// What moves the list on; links and URLs need nothing.
    pub const fn parameter(&self) -> Option<&Slot> {
        match self {
            Self::Cursor { parameter, .. }
            | Self::Page { parameter, .. }
            | Self::Offset { parameter, .. } => Some(parameter),
            Self::LinkHeader | Self::NextUrl { .. } => None,
        }
    }

    /// What goes backwards.
    pub const fn back(&self) -> Option<&Slot> {
        match self {
            Self::Cursor {
                previous: Some((parameter, _)),
                ..
            } => Some(parameter),
            Self::Cursor { .. }
            | Self::Page { .. }
            | Self::Offset { .. }
            | Self::LinkHeader
            | Self::NextUrl { .. } => None,
        }
    }
}

impl Pagination {
    /// Whether a parameter is one that the list is paged by: it moves on, goes back or has the size.
    pub fn drives(&self, place: Place, name: &str) -> bool {
        let slots = [
            self.strategy.parameter(),
            self.strategy.back(),
            self.size.as_ref(),
        ];
        slots.into_iter().flatten().any(|slot| slot.is(place, name))
    }

    /// The query parameter for the number of items in a page.
    pub fn size_parameter(&self) -> Option<&str> {
        self.size.as_ref()?.query()
    }
}
