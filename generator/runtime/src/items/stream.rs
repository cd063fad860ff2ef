//! The items of a response as they come.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::Framing;
use super::parser::TooLarge;
use super::source::{Found, Source};
use crate::error::{no_items, too_large_item, unreadable_item};
use crate::response::content_type::ContentType;
use crate::{Body, DecodeError, Error, ErrorBody, Items, RawResponse, TransportError};

/// The items of a response, each as it comes: server-sent events, or lines of JSON.
///
/// It ends with the response, and after an event whose data is `[DONE]` where the data is no text. After
/// an item that cannot be read the next can be asked for; after any other error it ends. Nothing is
/// asked for again: a stream that breaks is an error, and to go on from the last event's
/// [`id`](crate::Event::id) is the caller's to do, as the header `Last-Event-ID` of another call.
///
/// An item is read when it is asked for, and the server waits meanwhile. One that is larger than the
/// client's `max_response_size` is an error; so is a server that sends nothing for the client's
/// `read_timeout`, not even a comment. Dropping the stream closes the connection. A future of
/// [`EventStream::try_next`] can be dropped, as a timeout does; nothing is lost.
///
/// ```no_run
/// # use specwright_runtime as rt;
/// # async fn example(mut answers: rt::EventStream<rt::Event<String>>) -> Result<(), rt::Error> {
/// while let Some(event) = answers.try_next().await? {
///     println!("{}: {}", event.name, event.data);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is read until an item is asked for"]
pub struct EventStream<T, E = crate::NoErrorBody> {
    course: Course,
    item: PhantomData<Step<T, E>>,
}

/// What each step gives; a function's, as the stream holds none of it.
type Step<T, E> = fn() -> Result<T, Error<E>>;

/// The way through a response: the same for all items, so that it is compiled once.
struct Course {
    /// What errors are about: the response without its body.
    response: RawResponse,
    body: Body,
    source: Source,
    /// How many items were found.
    items: u64,
    /// The body is at its end.
    ended: bool,
    limit: u64,
}

/// Why there is no next item.
enum Fault {
    Transport(TransportError),
    Decode(Box<DecodeError>),
}

impl<E> From<Fault> for Error<E> {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Transport(error) => Self::Transport(error),
            Fault::Decode(error) => Self::Decode(error),
        }
    }
}

/// Begins to read a response as items.
///
/// # Errors
/// It says that it is something else: read as events, any text would be none at all.
pub(crate) fn begin<T, E>(
    response: RawResponse,
    body: Body,
    items: Items,
    limit: Option<u64>,
) -> Result<EventStream<T, E>, Error<E>> {
    let declared = ContentType::of(response.headers());
    let is_events = !matches!(items.framing, Framing::Records(_));
    if declared.is_markup() || is_events && declared.is_json() {
        return Err(no_items(response, items.media_type).into());
    }
    let limit = limit.unwrap_or(u64::MAX);
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    Ok(EventStream {
        course: Course {
            response,
            body,
            source: Source::new(items.framing, most),
            items: 0,
            ended: false,
            limit,
        },
        item: PhantomData,
    })
}

impl Course {
    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Vec<u8>, Fault>>> {
        loop {
            let found = match self.source.next() {
                Ok(found) => found,
                Err(TooLarge) => {
                    let response = self.end();
                    let error = too_large_item(response, self.items.saturating_add(1), self.limit);
                    return Poll::Ready(Some(Err(Fault::Decode(Box::new(error)))));
                }
            };
            if let Some(found) = found {
                return Poll::Ready(self.take(found));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            match ready!(Pin::new(&mut self.body).poll_next(context)) {
                Some(Ok(chunk)) => self.source.push(chunk),
                Some(Err(error)) => {
                    let operation = self.end().operation();
                    return Poll::Ready(Some(Err(Fault::Transport(error.of(operation, 1)))));
                }
                None => {
                    self.ended = true;
                    let last = self.source.last();
                    return Poll::Ready(last.and_then(|found| self.take(found)));
                }
            }
        }
    }

    fn take(&mut self, found: Found) -> Option<Result<Vec<u8>, Fault>> {
        self.items = self.items.saturating_add(1);
        match found {
            Found::Item(text) => Some(Ok(text)),
            Found::Last(text) => {
                self.end();
                Some(Ok(text))
            }
            Found::Malformed(data, error) => {
                let error = self.unreadable(true, data.into_bytes(), &error);
                Some(Err(Fault::Decode(Box::new(error))))
            }
            Found::Done => {
                self.end();
                None
            }
        }
    }

    fn unreadable(&self, is_data: bool, text: Vec<u8>, error: &serde_json::Error) -> DecodeError {
        unreadable_item(
            self.response.clone(),
            self.items,
            is_data,
            text.into(),
            error,
        )
    }

    /// Lets go of the connection, and of what was read ahead.
    fn end(&mut self) -> RawResponse {
        self.ended = true;
        self.body = Body::empty();
        self.source = Source::new(Framing::Texts, 0);
        self.response.clone()
    }
}

impl<T: DeserializeOwned, E: ErrorBody> EventStream<T, E> {
    /// The next item; `None` after the last.
    ///
    /// # Errors
    /// The item is not what the document says, or is too large; the connection breaks, or nothing
    /// comes for too long.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error<E>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// All the items that are left, in memory, where the stream ends by itself.
    ///
    /// # Errors
    /// As [`EventStream::try_next`]; the items before the error are lost.
    pub async fn into_vec(mut self) -> Result<Vec<T>, Error<E>> {
        let mut all = Vec::new();
        while let Some(item) = self.try_next().await? {
            all.push(item);
        }
        Ok(all)
    }
}

impl<T: DeserializeOwned, E: ErrorBody> Stream for EventStream<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let course = &mut self.get_mut().course;
        let Some(text) = ready!(course.poll_item(context)) else {
            return Poll::Ready(None);
        };
        let item = text.map_err(Error::from).and_then(|text| {
            serde_json::from_slice(&text)
                .map_err(|error| course.unreadable(false, text, &error).into())
        });
        Poll::Ready(Some(item))
    }
}

impl<T, E> fmt::Debug for EventStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("response", &self.course.response)
            .field("items", &self.course.items)
            .finish_non_exhaustive()
    }
}
