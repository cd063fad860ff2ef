//! One call of an operation.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::SET_COOKIE;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Failure;
use crate::request::{Draft, FormField, Multipart, Place, Style};
use crate::response::RawResponse;
use crate::transport::BoxFuture;
use crate::{Client, Error, ErrorBody, ItemStream, Operation, Page, PageStream, read};

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
        self.draft.set_header(name, false, value);
        self
    }

    /// A header that is exploded.
    #[must_use]
    pub fn header_with<T: Serialize + ?Sized>(
        mut self,
        name: &str,
        explode: bool,
        value: &T,
    ) -> Self {
        self.draft.set_header(name, explode, value);
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
        self.draft.set_body(content_type, serde_json::to_vec(body));
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

    /// A body of text, in UTF-8, of a media type such as `text/plain`.
    #[must_use]
    pub fn text(self, content_type: &str, body: impl Into<String>) -> Self {
        self.bytes(content_type, body.into())
    }

    /// A body of any media type.
    #[must_use]
    pub fn bytes(mut self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.draft.set_body(content_type, Ok::<_, &str>(body));
        self
    }

    /// How long this call may take, to the last byte of the response.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.draft.set_timeout(timeout);
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

    fn send<O>(mut self, accept: &'static str, read: Read<O, E>) -> Sending<O, E> {
        self.draft.set_accept(accept);
        Sending {
            exchange: exchange(self.draft),
            read,
        }
    }
}

impl<R, E: ErrorBody> Call<R, E> {
    /// Sends it, and gives a response with a status of 2xx without reading it.
    pub fn send_raw(self) -> Sending<RawResponse, E> {
        self.send("*/*", read::raw)
    }
}

impl<R: DeserializeOwned, E: ErrorBody> Call<R, E> {
    /// Sends it, and reads a JSON body inside the operation's envelope.
    pub fn send_json(self) -> Sending<R, E> {
        self.send(JSON, read::json)
    }
}

impl<E: ErrorBody> Call<(), E> {
    /// Sends it; a body is left alone.
    pub fn send_empty(self) -> Sending<(), E> {
        self.send("*/*", read::empty)
    }
}

impl<E: ErrorBody> Call<String, E> {
    /// Sends it, and reads a body of text.
    pub fn send_text(self) -> Sending<String, E> {
        self.send("text/*", read::text)
    }
}

impl<E: ErrorBody> Call<Bytes, E> {
    /// Sends it, and gives the body as it is.
    pub fn send_bytes(self) -> Sending<Bytes, E> {
        self.send("*/*", read::bytes)
    }
}

impl<T: DeserializeOwned, M: DeserializeOwned, E: ErrorBody> Call<Page<T, M>, E> {
    /// Sends it, and reads one page.
    pub fn send_page(self) -> Sending<Page<T, M>, E> {
        self.send(JSON, read::page)
    }

    /// This page and those after it, each requested when it is asked for.
    pub fn pages(mut self) -> PageStream<T, M, E> {
        self.draft.set_accept(JSON);
        PageStream::new(self.draft)
    }

    /// The items of this page and those after it. The metadata of the pages is not read.
    pub fn stream(mut self) -> ItemStream<T, E> {
        self.draft.set_accept(JSON);
        ItemStream::new(self.draft)
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

/// How a response is read.
type Read<R, E> = fn(Received) -> Result<R, Error<E>>;

/// A response, and what was sent for it.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) draft: Box<Draft>,
    pub(crate) response: RawResponse,
}

/// A call on its way. Dropping it cancels the request.
#[must_use = "nothing is sent until it is awaited"]
pub struct Sending<R, E> {
    exchange: Exchange,
    read: Read<R, E>,
}

impl<R, E> Future for Sending<R, E> {
    type Output = Result<R, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let received = ready!(self.exchange.as_mut().poll(context))?;
        Poll::Ready((self.read)(received))
    }
}

impl<R, E> fmt::Debug for Sending<R, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}

/// A request on its way. One type for all operations, so that nothing asynchronous is compiled
/// for each of them.
pub(crate) type Exchange = BoxFuture<'static, Result<Received, Failure>>;

pub(crate) fn exchange(draft: Box<Draft>) -> Exchange {
    Box::pin(async move {
        let operation = draft.operation;
        let (request, options) = draft.request().map_err(Failure::Request)?;
        let broken = |error: crate::TransportError| Failure::Transport(error.of(operation));
        let answer = draft
            .client
            .transport()
            .send(request, options)
            .await
            .map_err(broken)?;
        let (mut parts, body) = answer.into_parts();
        // A session is as good as a credential: `Debug` does not show it.
        if let http::header::Entry::Occupied(mut cookies) = parts.headers.entry(SET_COOKIE) {
            cookies
                .iter_mut()
                .for_each(|cookie| cookie.set_sensitive(true));
        }
        let bytes = body.into_bytes().await.map_err(broken)?;
        let response = RawResponse::new(parts.status, parts.headers, bytes);
        Ok(Received { draft, response })
    })
}
