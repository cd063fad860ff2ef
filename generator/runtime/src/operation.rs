//! What is known of an operation before it is called: plain constant data.

use std::fmt;

use crate::{Items, Paging};

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
    /// How a successful body is a stream of items, where it is one or can be.
    pub items: Option<Items>,
    /// What calling it twice does.
    pub repeat: Repeat,
    /// The header that takes an idempotency key, which makes a call that has an effect each time
    /// one that can be repeated.
    pub idempotency_key: Option<&'static str>,
    /// Its own base URL. One that the user gave the client replaces it.
    pub server: Option<&'static str>,
    /// Those of the API's [shared parameters](crate::SharedParameter) that it has, by their names.
    pub shared: &'static [&'static str],
    /// The body of a response, where it is XML.
    #[cfg(feature = "xml")]
    pub xml: Option<&'static crate::xml::Element>,
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
            items: None,
            repeat,
            idempotency_key: None,
            server: None,
            shared: &[],
            #[cfg(feature = "xml")]
            xml: None,
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

    /// A successful body is a stream of items, or can be.
    #[must_use]
    pub const fn items(self, items: Items) -> Self {
        Self {
            items: Some(items),
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

    /// A response is XML with this root, read as the JSON that it stands for.
    #[cfg(feature = "xml")]
    #[must_use]
    pub const fn reads_xml(self, root: &'static crate::xml::Element) -> Self {
        Self {
            xml: Some(root),
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
