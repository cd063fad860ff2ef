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
use crate::{DecodeError, DecodeErrorKind, Error, ErrorBody, NoMeta, Page, RawResponse, read};

/// As many empty pages in a row as are asked past, where nothing else is said.
const MAX_EMPTY_PAGES: usize = 100;

/// The pages of a list, one after the other, each requested when it is asked for. It ends after
/// the last page and after an error: also when the list goes in a circle, when a page says that
/// there is more and not where, and after 100 empty pages in a row.
///
/// A future of [`PageStream::try_next`] can be dropped, as a timeout does; nothing is lost, and
/// the request goes on when the next one is asked for.
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
    course: Course,
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

/// The way through a list: the same for all lists, so that it is compiled once.
struct Course {
    state: State,
    cycle: Cycle,
    /// How many empty pages came since the last that was not.
    empty: usize,
    max_empty: usize,
    /// How many pages may still be requested.
    pages_left: usize,
}

impl Course {
    /// Sends the next request if none is on its way, and waits for the response.
    fn poll_received<E>(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Received, Error<E>>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Ready(_) if self.pages_left == 0 => {}
                State::Ready(draft) => {
                    self.pages_left -= 1;
                    self.state = State::Waiting(exchange(draft));
                }
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

    /// Goes on from a page with so many items.
    fn advance(
        &mut self,
        items: usize,
        next: Option<&str>,
        following: Result<Option<Box<Draft>>, String>,
        response: RawResponse,
    ) {
        self.empty = if items == 0 {
            self.empty.saturating_add(1)
        } else {
            0
        };
        let reason = match following {
            Ok(None) => return,
            Err(reason) => reason,
            Ok(Some(_)) if next.is_some_and(|next| self.cycle.closes(next)) => {
                "the list goes in a circle".to_owned()
            }
            Ok(Some(_)) if self.empty > self.max_empty => {
                format!("more than {} empty pages in a row", self.max_empty)
            }
            Ok(Some(draft)) => {
                self.state = State::Ready(draft);
                return;
            }
        };
        let error = DecodeError::new(response, DecodeErrorKind::Paging, reason);
        self.state = State::Failed(Box::new(error));
    }
}

impl<T, M, E> PageStream<T, M, E> {
    pub(crate) fn new(draft: Box<Draft>) -> Self {
        Self {
            course: Course {
                state: State::Ready(draft),
                cycle: Cycle::default(),
                empty: 0,
                max_empty: MAX_EMPTY_PAGES,
                pages_left: usize::MAX,
            },
            page: PhantomData,
        }
    }

    /// Ends after so many pages more, whether or not the list goes on.
    pub const fn max_pages(mut self, pages: usize) -> Self {
        self.course.pages_left = pages;
        self
    }

    /// How many empty pages in a row are asked past before that is an error: 100 unless said here.
    /// An API that filters after it has cut the pages may send many.
    pub const fn max_empty_pages(mut self, pages: usize) -> Self {
        self.course.max_empty = pages;
        self
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
        let Some(received) = ready!(this.course.poll_received(context)) else {
            return Poll::Ready(None);
        };
        let step = received.and_then(|received| received.read(read::step));
        Poll::Ready(Some(step.map(|step| {
            let read::Step {
                page,
                response,
                following,
            } = step;
            let next = page.next.as_deref();
            this.course
                .advance(page.items.len(), next, following, response);
            page
        })))
    }
}

impl<T, M, E> fmt::Debug for PageStream<T, M, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream").finish_non_exhaustive()
    }
}

/// The items of a list, over all its pages. It ends after the last item and after an error, as
/// [`PageStream`] does, and its futures can be dropped as well.
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
    /// How many items may still be given.
    left: usize,
}

/// Nothing of it is pinned: the items are only ever moved out.
impl<T, E> Unpin for ItemStream<T, E> {}

impl<T, E> ItemStream<T, E> {
    pub(crate) fn new(draft: Box<Draft>) -> Self {
        Self {
            pages: PageStream::new(draft),
            items: Vec::new().into_iter(),
            left: usize::MAX,
        }
    }

    /// Ends after so many items more, whether or not the list goes on. No page is requested that
    /// they do not need.
    pub const fn max_items(mut self, items: usize) -> Self {
        self.left = items;
        self
    }

    /// As [`PageStream::max_pages`].
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.pages = self.pages.max_pages(pages);
        self
    }

    /// As [`PageStream::max_empty_pages`].
    pub fn max_empty_pages(mut self, pages: usize) -> Self {
        self.pages = self.pages.max_empty_pages(pages);
        self
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

    /// All the items that are left, in memory. Say with [`ItemStream::max_items`] how many that may
    /// be, where the list can be long.
    ///
    /// ```no_run
    /// # use specwright_runtime as rt;
    /// # async fn example(people: rt::ItemStream<rt::Value>) -> Result<(), rt::Error> {
    /// let newest = people.max_items(500).into_vec().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`PageStream::try_next`]; the items before the error are lost.
    pub async fn into_vec(mut self) -> Result<Vec<T>, Error<E>> {
        let mut all = Vec::new();
        while let Some(item) = self.try_next().await? {
            all.push(item);
        }
        Ok(all)
    }
}

impl<T: DeserializeOwned, E: ErrorBody> Stream for ItemStream<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.left == 0 {
            return Poll::Ready(None);
        }
        loop {
            if let Some(item) = this.items.next() {
                this.left -= 1;
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
