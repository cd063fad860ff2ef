//! The items of a response as they come.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::course::{Course, Fault};
use crate::read::refused;
use crate::request::Draft;
use crate::{Body, Error, ErrorBody, Items, RawResponse};

/// The items of a response, each as it comes: server-sent events, or lines of JSON.
///
/// It ends with the response, and after an event whose data is `[DONE]` where the data is no text. After
/// an item that cannot be read the next can be asked for; after any other error it ends. A stream
/// that breaks is an error, unless it is to be taken up again: see [`EventStream::resume`].
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

impl<E: ErrorBody> From<Fault> for Error<E> {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Transport(error) => Self::Transport(error),
            Fault::Decode(error) => Self::Decode(error),
            Fault::Failed(failure) => failure.into(),
            Fault::Refused(received) => refused(*received),
        }
    }
}

/// Begins to read a response as items.
///
/// # Errors
/// It says that it is something else.
pub(crate) fn begin<T, E>(
    draft: Box<Draft>,
    response: RawResponse,
    body: Body,
    items: Items,
) -> Result<EventStream<T, E>, Error<E>> {
    Ok(EventStream {
        course: Course::new(draft, response, body, items)?,
        item: PhantomData,
    })
}

impl<T, E> EventStream<T, E> {
    /// Takes the stream up again when it ends or its connection breaks, at most so many times in all: the
    /// same request is sent with the [id](EventStream::last_event_id) of the last event as `Last-Event-ID`,
    /// after as many milliseconds as the server has asked for with `retry`, or else three seconds (HTML
    /// Living Standard, section 9.2), and later where connections bring nothing. A server that cannot be
    /// reached or is busy (5xx, 429) is asked again, too. The answer 204 ends it, and so does `[DONE]`; so
    /// does the time that was set for this call, counted from its first answer.
    ///
    /// For events that have no end of their own. Lines of JSON, and an operation that does something each
    /// time, are not asked for again: their streams end as they do without this.
    ///
    /// ```no_run
    /// # use specwright_runtime as rt;
    /// # async fn example(news: rt::EventStream<rt::Event<String>>) -> Result<(), rt::Error> {
    /// let mut news = news.resume(usize::MAX);
    /// while let Some(event) = news.try_next().await? {
    ///     println!("{}", event.data);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub const fn resume(mut self, times: usize) -> Self {
        self.course.resumes = times;
        self
    }

    /// The id that the server sent last; `None` where it sent none, and of lines of JSON.
    pub fn last_event_id(&self) -> Option<&str> {
        self.course.last_id()
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
            .field("items", &self.course.found)
            .finish_non_exhaustive()
    }
}
