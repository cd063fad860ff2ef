//! Lists that continue over pages.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use crate::call::{Exchange, Received, exchange};
use crate::error::Failure;
use crate::request::Draft;
use crate::{DecodeError, Error, ErrorBody, NoMeta, Page, read};

/// The pages of a list, one after the other, each requested when it is asked for. It ends after
/// the last page and after an error.
///
/// ```no_run
/// # use specwright_runtime as rt;
/// # async fn example(mut pages: rt::PageStream<rt::Value>) -> Result<(), rt::Error> {
/// while let Some(page) = pages.try_next().await? {
///     println!("{} items", page.items.len());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent until a page is asked for"]
pub struct PageStream<T, M = NoMeta, E = crate::NoErrorBody> {
    state: State,
    cycle: Cycle,
    page: PhantomData<Step<T, M, E>>,
}

/// What each step gives; a function's, as the stream holds none of it.
type Step<T, M, E> = fn() -> Result<Page<T, M>, Error<E>>;

enum State {
    Ready(Box<Draft>),
    Waiting(Exchange),
    /// The page before had no good way to go on.
    Failed(Box<DecodeError>),
    Done,
}

impl<T, M, E> PageStream<T, M, E> {
    pub(crate) fn new(draft: Box<Draft>) -> Self {
        Self {
            state: State::Ready(draft),
            cycle: Cycle::default(),
            page: PhantomData,
        }
    }

    /// Sends the next request if none is on its way, and waits for the response.
    fn poll_received(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Received, Error<E>>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Ready(draft) => self.state = State::Waiting(exchange(draft)),
                State::Waiting(mut exchange) => {
                    let Poll::Ready(received) = exchange.as_mut().poll(context) else {
                        self.state = State::Waiting(exchange);
                        return Poll::Pending;
                    };
                    return Poll::Ready(Some(received.map_err(Failure::into)));
                }
                State::Failed(error) => return Poll::Ready(Some(Err(Error::Decode(error)))),
                State::Done => return Poll::Ready(None),
            }
        }
    }
}

impl<T: DeserializeOwned, M: DeserializeOwned, E: ErrorBody> PageStream<T, M, E> {
    /// The next page; `None` after the last.
    ///
    /// # Errors
    /// As the call itself; and when a page sends to one that came before.
    pub async fn try_next(&mut self) -> Result<Option<Page<T, M>>, Error<E>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

impl<T: DeserializeOwned, M: DeserializeOwned, E: ErrorBody> Stream for PageStream<T, M, E> {
    type Item = Result<Page<T, M>, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let Some(received) = ready!(this.poll_received(context)) else {
            return Poll::Ready(None);
        };
        Poll::Ready(Some(received.and_then(read::step).map(|step| {
            this.state = match (step.page.next.as_deref(), step.following) {
                (None, _) => State::Done,
                (Some(next), Ok(_)) if this.cycle.closes(next) => State::Failed(Box::new(
                    DecodeError::new(step.operation, step.response, "the list goes in a circle"),
                )),
                (Some(_), Ok(draft)) => State::Ready(draft),
                (Some(_), Err(reason)) => State::Failed(Box::new(DecodeError::new(
                    step.operation,
                    step.response,
                    reason,
                ))),
            };
            step.page
        })))
    }
}

impl<T, M, E> fmt::Debug for PageStream<T, M, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream").finish_non_exhaustive()
    }
}

/// The items of a list, over all its pages. It ends after the last item and after an error.
///
/// ```no_run
/// # use specwright_runtime as rt;
/// # async fn example(mut people: rt::ItemStream<rt::Value>) -> Result<(), rt::Error> {
/// while let Some(person) = people.try_next().await? {
///     println!("{person}");
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent until an item is asked for"]
pub struct ItemStream<T, E = crate::NoErrorBody> {
    pages: PageStream<T, NoMeta, E>,
    items: std::vec::IntoIter<T>,
}

/// Nothing of it is pinned: the items are only ever moved out.
impl<T, E> Unpin for ItemStream<T, E> {}

impl<T, E> ItemStream<T, E> {
    pub(crate) fn new(draft: Box<Draft>) -> Self {
        Self {
            pages: PageStream::new(draft),
            items: Vec::new().into_iter(),
        }
    }
}

impl<T: DeserializeOwned, E: ErrorBody> ItemStream<T, E> {
    /// The next item; `None` after the last.
    ///
    /// # Errors
    /// As [`PageStream::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<T>, Error<E>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

impl<T: DeserializeOwned, E: ErrorBody> Stream for ItemStream<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(page)) => this.items = page.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T, E> fmt::Debug for ItemStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").finish_non_exhaustive()
    }
}

/// Notices that a list goes in a circle, however long the circle, and remembers one cursor only:
/// the one at the last power of two (Brent's algorithm).
#[derive(Debug, Default)]
struct Cycle {
    checkpoint: Option<String>,
    steps: u64,
    until: u64,
}

impl Cycle {
    fn closes(&mut self, cursor: &str) -> bool {
        if self.checkpoint.as_deref() == Some(cursor) {
            return true;
        }
        if self.steps >= self.until {
            self.checkpoint = Some(cursor.to_owned());
            self.until = self.until.saturating_mul(2).max(1);
            self.steps = 0;
        }
        self.steps = self.steps.saturating_add(1);
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After how many cursors a list with a tail and a circle is stopped.
    fn noticed(tail: usize, circle: usize) -> usize {
        let mut cycle = Cycle::default();
        let cursor = |step: usize| {
            if step < tail {
                step
            } else {
                tail + (step - tail) % circle
            }
        };
        (0..)
            .find(|step| cycle.closes(&cursor(*step).to_string()))
            .unwrap()
    }

    #[test]
    fn a_circle_is_noticed_soon() {
        assert_eq!(noticed(0, 1), 1);
        for (tail, circle) in [(0, 2), (1, 1), (3, 5), (10, 100), (100, 3)] {
            let steps = noticed(tail, circle);
            assert!(steps <= 4 * (tail + circle), "{tail} {circle}: {steps}");
        }
    }

    #[test]
    fn a_list_that_ends_is_no_circle() {
        let mut cycle = Cycle::default();
        assert!((0..10_000).all(|cursor| !cycle.closes(&cursor.to_string())));
    }
}
