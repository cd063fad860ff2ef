//! The ways to send a call, and a call on its way.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::{Call, Exchange, JSON, Received, exchange};
use crate::request::Style;
use crate::response::{RawResponse, StreamedResponse, Wanted, WithResponse};
use crate::{Error, ErrorBody, EventStream, ItemStream, Page, PageStream, read};

impl<R, E> Call<R, E> {
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

    /// Sends it, and gives a response with a status of 2xx whose body is read as it comes, without
    /// a limit of size. The body of an error is read at once. The time for the call, though not that
    /// for an attempt, is also that for the download: give a long one a [`Call::timeout`] of its own,
    /// or `None`. It ends all the same when nothing comes for the client's `read_timeout`.
    pub fn send_stream(mut self) -> Sending<StreamedResponse, E> {
        self.draft.wanted = Wanted::Stream;
        self.send("*/*", read::streamed)
    }
}

impl<R, E: ErrorBody> Call<R, E> {
    /// Sends it, asks for this media type whatever the operation reads, and gives the body as it is. JSON,
    /// HTML or XML where something else was asked for is an error.
    pub fn send_bytes_as(mut self, media_type: &'static str) -> Sending<Bytes, E> {
        self.draft
            .set_header("accept", Style::Simple, false, media_type);
        self.send(media_type, read::other_bytes)
    }

    /// The same, and reads the body as text.
    pub fn send_text_as(mut self, media_type: &'static str) -> Sending<String, E> {
        self.draft
            .set_header("accept", Style::Simple, false, media_type);
        self.send(media_type, read::other_text)
    }
}

impl<R: DeserializeOwned, E: ErrorBody> Call<R, E> {
    /// Sends it, and reads a JSON body inside the operation's envelope.
    pub fn send_json(self) -> Sending<R, E> {
        self.send(JSON, read::json)
    }
}

impl<E: ErrorBody> Call<(), E> {
    /// Sends it; a body is left alone, also one that does not come.
    pub fn send_empty(mut self) -> Sending<(), E> {
        self.draft.wanted = Wanted::Nothing;
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

impl<T, E: ErrorBody> Call<EventStream<T, E>, E> {
    /// Sends it, and gives the items of the body, each read when it is asked for.
    pub fn send_items(self) -> Sending<EventStream<T, E>, E> {
        self.send_items_of()
    }
}

impl<R, E: ErrorBody> Call<R, E> {
    /// Sends it, asks for the items that the operation can give, and gives each as a `T` when it is
    /// asked for. The time for the call ends with the headers of the response, unless the call was
    /// given its own.
    pub fn send_items_of<T>(mut self) -> Sending<EventStream<T, E>, E> {
        self.draft.wanted = Wanted::Items;
        self.send("*/*", read::items)
    }
}

impl<T: DeserializeOwned, M: DeserializeOwned, E: ErrorBody> Call<Page<T, M>, E> {
    /// Sends it, and reads one page.
    pub fn send_page(self) -> Sending<Page<T, M>, E> {
        self.send(JSON, read::page)
    }

    /// This page and those after it, each requested when it is asked for. Where pages are numbered and
    /// none is set, the number of the first is sent.
    pub fn pages(mut self) -> PageStream<T, M, E> {
        self.draft.set_accept(JSON);
        self.draft.begin();
        PageStream::new(self.draft)
    }

    /// The items of this page and those after it. The metadata of the pages is not read.
    pub fn stream(mut self) -> ItemStream<T, E> {
        self.draft.set_accept(JSON);
        self.draft.begin();
        ItemStream::new(self.draft)
    }
}

/// How a response is read.
pub(crate) type Read<R, E> = fn(Received) -> Result<R, Error<E>>;

/// A call on its way. Dropping it cancels the request.
#[must_use = "nothing is sent until it is awaited"]
pub struct Sending<R, E> {
    pub(crate) exchange: Exchange,
    pub(crate) read: Read<R, E>,
}

impl<R, E> Sending<R, E> {
    /// Gives the status and the headers as well.
    pub fn with_response(self) -> WithResponse<R, E> {
        WithResponse::new(self)
    }
}

impl<R, E> Future for Sending<R, E> {
    type Output = Result<R, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let received = ready!(self.exchange.as_mut().poll(context))?;
        Poll::Ready(received.read(self.read))
    }
}

impl<R, E> fmt::Debug for Sending<R, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}
