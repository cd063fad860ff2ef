//! What is known of an operation before it is called: plain constant data.

use std::fmt;

/// One operation of an API.
///
/// Built in a `const` by generated code, one short call for each thing that is special about it:
///
/// ```
/// use specwright_runtime::{Operation, Paging};
///
/// const OPERATION: Operation = Operation::get("findManyPeople", "/rest/people")
///     .opens(&["data", "people"])
///     .pages(Paging::cursor("starting_after", &["pageInfo", "endCursor"]));
/// assert_eq!(OPERATION.to_string(), "GET /rest/people");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// `operationId`, or the name generated for it.
    pub id: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path template, appended to the base URL.
    pub path: &'static str,
    /// The keys from the body to the data; empty: the body is the data.
    pub envelope: &'static [&'static str],
    /// How a list continues.
    pub paging: Option<Paging>,
    /// Alternatives of sets of security schemes, by their keys. `None`: the API's default.
    pub security: Option<&'static [&'static [&'static str]]>,
    /// Which set of error bodies it answers with; meaningful to [`ErrorBody`](crate::ErrorBody).
    pub errors: u16,
    /// The `Accept` header; `None`: what the way the body is read asks for.
    pub accept: Option<&'static str>,
    /// What calling it twice does.
    pub repeat: Repeat,
    /// The header that takes an idempotency key, which makes a call that has an effect each time
    /// one that can be repeated.
    pub idempotency_key: Option<&'static str>,
    /// Its own base URL. One that the user gave the client replaces it.
    pub server: Option<&'static str>,
    /// Those of the API's [shared parameters](crate::SharedParameter) that it has, by their names.
    pub shared: &'static [&'static str],
}

/// What sending the same request twice does (RFC 9110, section 9.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Repeat {
    /// It changes nothing, however often it is sent.
    Safe,
    /// Twice has the effect of once.
    Idempotent,
    /// Each time has an effect of its own.
    Once,
}

impl Operation {
    /// An operation with any method; `method` in capitals.
    #[must_use]
    pub const fn new(
        method: &'static str,
        id: &'static str,
        path: &'static str,
        repeat: Repeat,
    ) -> Self {
        Self {
            id,
            method,
            path,
            envelope: &[],
            paging: None,
            security: None,
            errors: 0,
            accept: None,
            repeat,
            idempotency_key: None,
            server: None,
            shared: &[],
        }
    }

    /// A `GET`, which is safe.
    #[must_use]
    pub const fn get(id: &'static str, path: &'static str) -> Self {
        Self::new("GET", id, path, Repeat::Safe)
    }

    /// A `HEAD`, which is safe.
    #[must_use]
    pub const fn head(id: &'static str, path: &'static str) -> Self {
        Self::new("HEAD", id, path, Repeat::Safe)
    }

    /// A `POST`, which has an effect each time.
    #[must_use]
    pub const fn post(id: &'static str, path: &'static str) -> Self {
        Self::new("POST", id, path, Repeat::Once)
    }

    /// A `PUT`, which is idempotent.
    #[must_use]
    pub const fn put(id: &'static str, path: &'static str) -> Self {
        Self::new("PUT", id, path, Repeat::Idempotent)
    }

    /// A `PATCH`, which may have an effect each time.
    #[must_use]
    pub const fn patch(id: &'static str, path: &'static str) -> Self {
        Self::new("PATCH", id, path, Repeat::Once)
    }

    /// A `DELETE`, which is idempotent.
    #[must_use]
    pub const fn delete(id: &'static str, path: &'static str) -> Self {
        Self::new("DELETE", id, path, Repeat::Idempotent)
    }

    /// The data is inside an envelope, at these keys.
    #[must_use]
    pub const fn opens(self, envelope: &'static [&'static str]) -> Self {
        Self { envelope, ..self }
    }

    /// The data is a list that continues.
    #[must_use]
    pub const fn pages(self, paging: Paging) -> Self {
        Self {
            paging: Some(paging),
            ..self
        }
    }

    /// Alternatives of sets of security schemes; none at all: nothing is sent.
    #[must_use]
    pub const fn security(self, security: &'static [&'static [&'static str]]) -> Self {
        Self {
            security: Some(security),
            ..self
        }
    }

    /// Which set of error bodies it answers with.
    #[must_use]
    pub const fn errors(self, set: u16) -> Self {
        Self {
            errors: set,
            ..self
        }
    }

    /// The `Accept` header.
    #[must_use]
    pub const fn accept(self, media_types: &'static str) -> Self {
        Self {
            accept: Some(media_types),
            ..self
        }
    }

    /// What calling it twice does, where the method does not tell.
    #[must_use]
    pub const fn repeat(self, repeat: Repeat) -> Self {
        Self { repeat, ..self }
    }

    /// The header that takes an idempotency key. Each call sends one, the same in all its
    /// attempts: the caller's, or else a random UUID.
    #[must_use]
    pub const fn idempotency_key(self, header: &'static str) -> Self {
        Self {
            idempotency_key: Some(header),
            ..self
        }
    }

    /// It has these parameters, of which the client may have been told; see
    /// [`SharedParameter`](crate::SharedParameter).
    #[must_use]
    pub const fn shares(self, names: &'static [&'static str]) -> Self {
        Self {
            shared: names,
            ..self
        }
    }

    /// Its own base URL.
    #[must_use]
    pub const fn server(self, base_url: &'static str) -> Self {
        Self {
            server: Some(base_url),
            ..self
        }
    }
}

/// Method and path template: `GET /rest/people/{id}`. The template and not the path, so that no
/// message shows what was in a parameter.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// How a list continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paging {
    /// How it moves on.
    pub strategy: Strategy,
    /// The keys from the body to a boolean that says whether there is more.
    pub more: Option<&'static [&'static str]>,
    /// The keys from the body to the number of items in all pages.
    pub total: Option<&'static [&'static str]>,
    /// The query parameter that goes the other way, and the keys to the cursor that it takes.
    pub back: Option<(&'static str, &'static [&'static str])>,
}

/// How a list moves on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Strategy {
    /// A query parameter takes a cursor found at these keys of the body.
    Cursor(&'static str, &'static [&'static str]),
    /// A query parameter takes the page's number; the first page's number.
    Page(&'static str, i64),
    /// A query parameter takes the number of items to skip.
    Offset(&'static str),
    /// The `Link` header has the next page's URL under `rel="next"` (RFC 8288).
    Link,
    /// The body has the next page's URL at these keys.
    Url(&'static [&'static str]),
}

impl Paging {
    const fn new(strategy: Strategy) -> Self {
        Self {
            strategy,
            more: None,
            total: None,
            back: None,
        }
    }

    /// The query parameter `parameter` takes the cursor found at the keys `next` of the body.
    #[must_use]
    pub const fn cursor(parameter: &'static str, next: &'static [&'static str]) -> Self {
        Self::new(Strategy::Cursor(parameter, next))
    }

    /// The query parameter `parameter` takes the page's number, `first` for the first page.
    #[must_use]
    pub const fn page(parameter: &'static str, first: i64) -> Self {
        Self::new(Strategy::Page(parameter, first))
    }

    /// The query parameter `parameter` takes the number of items to skip.
    #[must_use]
    pub const fn offset(parameter: &'static str) -> Self {
        Self::new(Strategy::Offset(parameter))
    }

    /// The `Link` header has the next page's URL.
    #[must_use]
    pub const fn link() -> Self {
        Self::new(Strategy::Link)
    }

    /// The body has the next page's URL at these keys.
    #[must_use]
    pub const fn url(next: &'static [&'static str]) -> Self {
        Self::new(Strategy::Url(next))
    }

    /// The keys to a boolean that says whether there is more.
    #[must_use]
    pub const fn more(self, keys: &'static [&'static str]) -> Self {
        Self {
            more: Some(keys),
            ..self
        }
    }

    /// The keys to the number of items in all pages.
    #[must_use]
    pub const fn total(self, keys: &'static [&'static str]) -> Self {
        Self {
            total: Some(keys),
            ..self
        }
    }

    /// The query parameter `parameter` goes the other way: it takes the cursor found at `previous`. A
    /// list that is begun with it goes on so, to the page that has no items or no such cursor.
    #[must_use]
    pub const fn back(self, parameter: &'static str, previous: &'static [&'static str]) -> Self {
        Self {
            back: Some((parameter, previous)),
            ..self
        }
    }

    /// The query parameter that moves it on.
    pub(crate) const fn parameter(&self) -> Option<&'static str> {
        match self.strategy {
            Strategy::Cursor(name, _) | Strategy::Page(name, _) | Strategy::Offset(name) => {
                Some(name)
            }
            Strategy::Link | Strategy::Url(_) => None,
        }
    }
}
