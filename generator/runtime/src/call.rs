//! One call of an operation.

mod sending;

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use serde::Serialize;

pub use self::sending::Sending;

use crate::request::{Draft, FormField, Multipart, PartEncoding, Place, Style, json};
pub(crate) use crate::send::{Exchange, Received, exchange};
use crate::transport::Body;
use crate::{Client, Lines, Operation, RetryPolicy};

const JSON: &str = "application/json";
const PATH: Place = Place::Path {
    style: Style::Simple,
    explode: false,
};
const QUERY: Place = Place::Query {
    style: Style::Form,
    explode: true,
    reserved: false,
};
const HEADER: Place = Place::Header { explode: false };
const COOKIE: Place = Place::Cookie { explode: true };

/// What is sent on one call, and what comes back: an `R`, or an error whose body is an `E`.
///
/// It owns all it needs, so that it can be sent from any task. A value that cannot be written is
/// reported when the call is sent. Setting a parameter twice replaces it; a null or an empty
/// array is as if it had not been set.
pub struct Call<R, E> {
    draft: Box<Draft>,
    answer: PhantomData<fn() -> (R, E)>,
}

impl<R, E> Call<R, E> {
    /// A call without parameters and body.
    #[must_use]
    pub fn new(client: &Client, operation: &'static Operation) -> Self {
        Self {
            draft: Box::new(Draft::new(client, operation)),
            answer: PhantomData,
        }
    }

    /// A path parameter, in the style `simple`.
    #[must_use]
    pub fn path<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.set(PATH, name, value)
    }

    /// A path parameter in another style.
    #[must_use]
    pub fn path_with<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &T,
    ) -> Self {
        self.set(Place::Path { style, explode }, name, value)
    }

    /// A path parameter that is a JSON document.
    #[must_use]
    pub fn path_json<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.set_json(PATH, name, value)
    }

    /// A query parameter, in the style `form`, exploded.
    #[must_use]
    pub fn query<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.set(QUERY, name, value)
    }

    /// A query parameter in another style.
    #[must_use]
    pub fn query_with<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &T,
    ) -> Self {
        self.set(
            Place::Query {
                style,
                explode,
                reserved: false,
            },
            name,
            value,
        )
    }

    /// A query parameter in any style whose reserved characters stay (`allowReserved`), but for
    /// those that would end the parameter: `#`, `&`, `+`, `[` and `]`, and `'`.
    #[must_use]
    pub fn query_reserved<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &T,
    ) -> Self {
        self.set(
            Place::Query {
                style,
                explode,
                reserved: true,
            },
            name,
            value,
        )
    }

    /// A query parameter that is a JSON document.
    #[must_use]
    pub fn query_json<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.set_json(QUERY, name, value)
    }

    /// A header, in the style `simple`. It replaces the client's default.
    #[must_use]
    pub fn header<T: Serialize + ?Sized>(mut self, name: &str, value: &T) -> Self {
        self.draft.set_header(name, Style::Simple, false, value);
        self
    }

    /// A header in another style, or one that is exploded.
    #[must_use]
    pub fn header_with<T: Serialize + ?Sized>(
        mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &T,
    ) -> Self {
        self.draft.set_header(name, style, explode, value);
        self
    }

    /// A header that is a JSON document.
    #[must_use]
    pub fn header_json<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.set_json(HEADER, name, value)
    }

    /// A cookie, in the style `form`, exploded.
    #[must_use]
    pub fn cookie<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.set(COOKIE, name, value)
    }

    /// A cookie in the style `form`, exploded or not.
    #[must_use]
    pub fn cookie_with<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        explode: bool,
        value: &T,
    ) -> Self {
        self.set(Place::Cookie { explode }, name, value)
    }

    /// A cookie that is a JSON document.
    #[must_use]
    pub fn cookie_json<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.set_json(COOKIE, name, value)
    }

    /// A JSON body.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.json_as(JSON, body)
    }

    /// A JSON body under another media type: `application/merge-patch+json`.
    #[must_use]
    pub fn json_as<T: Serialize + ?Sized>(mut self, content_type: &str, body: &T) -> Self {
        self.draft.set_body(content_type, json::to_vec(body));
        self
    }

    /// A body of XML: `application/xml` and the like.
    #[cfg(feature = "xml")]
    #[must_use]
    pub fn xml<T: Serialize + ?Sized>(
        mut self,
        content_type: &str,
        root: &crate::xml::Element,
        body: &T,
    ) -> Self {
        self.draft
            .set_body(content_type, crate::xml::to_string(root, body));
        self
    }

    /// An `application/x-www-form-urlencoded` body from an object.
    #[must_use]
    pub fn form<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.form_with(body, &[])
    }

    /// A form some of whose properties have a style of their own.
    #[must_use]
    pub fn form_with<T: Serialize + ?Sized>(mut self, body: &T, fields: &[FormField]) -> Self {
        self.draft.set_form(body, fields);
        self
    }

    /// A `multipart/form-data` body.
    #[must_use]
    pub fn multipart(mut self, body: Multipart) -> Self {
        self.draft.set_multipart(body);
        self
    }

    /// A body of JSON that is one text after the other: `application/jsonl`.
    #[must_use]
    pub fn lines<T: Serialize + 'static>(
        mut self,
        content_type: &str,
        body: impl Into<Lines<T>>,
    ) -> Self {
        self.draft
            .set_body(content_type, body.into().body(content_type));
        self
    }

    /// A `multipart/form-data` body from an object: a part for each property, and for each item of
    /// an array. A [`Part`](crate::Part) in it is sent as it is, the rest as text or JSON.
    #[must_use]
    pub fn parts<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.parts_with(body, &[])
    }

    /// The same where the document says of some properties how they are sent.
    #[must_use]
    pub fn parts_with<T: Serialize + ?Sized>(self, body: &T, encodings: &[PartEncoding]) -> Self {
        self.parts_as("multipart/form-data", body, encodings)
    }

    /// The same under another media type: `multipart/mixed`.
    #[must_use]
    pub fn parts_as<T: Serialize + ?Sized>(
        mut self,
        media_type: &'static str,
        body: &T,
        encodings: &[PartEncoding],
    ) -> Self {
        self.draft.set_parts(media_type, body, encodings);
        self
    }

    /// A body of text, in UTF-8, of a media type such as `text/plain`.
    #[must_use]
    pub fn text(self, content_type: &str, body: impl Into<String>) -> Self {
        self.body(content_type, body.into())
    }

    /// A body of any media type: bytes, or a [`Body`] that is a stream. A call whose body is a
    /// stream that can be read once can be sent once, and not by a clone of it.
    #[must_use]
    pub fn body(mut self, content_type: &str, body: impl Into<Body>) -> Self {
        self.draft.set_body(content_type, Ok::<_, &str>(body));
        self
    }

    /// How long this call may take in all, with attempts and waits, to the response's last byte;
    /// `None`: for ever.
    #[must_use]
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.draft.set_timeout(timeout.into());
        self
    }

    /// How long each attempt of this call may take; `None`: as long as the call. For a call that
    /// streams it ends with the headers of the response.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.draft.set_attempt_timeout(timeout.into());
        self
    }

    /// How often this call is tried, in place of the client's [`RetryPolicy`].
    #[must_use]
    pub fn retry(mut self, retry: RetryPolicy) -> Self {
        self.draft.set_retry(retry);
        self
    }

    /// The idempotency key of this call, in place of a random one. With the key of an earlier
    /// call, the server does nothing that it has done already. An operation without keys fails.
    #[must_use]
    pub fn idempotency_key(mut self, key: &str) -> Self {
        self.draft.set_idempotency_key(key);
        self
    }

    fn set<T: Serialize + ?Sized>(mut self, place: Place, name: &'static str, value: &T) -> Self {
        self.draft.set(place, name, value);
        self
    }

    fn set_json<T: Serialize + ?Sized>(
        mut self,
        place: Place,
        name: &'static str,
        value: &T,
    ) -> Self {
        self.draft.set_json(place, name, value);
        self
    }
}

impl<R, E> Clone for Call<R, E> {
    fn clone(&self) -> Self {
        Self {
            draft: self.draft.clone(),
            answer: PhantomData,
        }
    }
}

impl<R, E> fmt::Debug for Call<R, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draft.fmt(f)
    }
}
