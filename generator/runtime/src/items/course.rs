//! The way through a response of items, and through those that take it up again.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use futures_core::Stream;
use http::StatusCode;

use super::parser::TooLarge;
use super::source::{Found, Source};
use super::{Framing, Items};
use crate::call::{Exchange, Received, exchange};
use crate::error::{Failure, no_items, too_large_item, unreadable_item};
use crate::request::Draft;
use crate::response::content_type::ContentType;
use crate::retry::retry_after;
use crate::{
    Body, BoxFuture, DecodeError, RawResponse, Repeat, Style, TransportError, TransportErrorKind,
};

/// The wait before connecting again where the server says nothing of it.
const PAUSE: Duration = Duration::from_secs(3);

/// The longest wait, whatever the server asks for.
const LONGEST_PAUSE: Duration = Duration::from_secs(5 * 60);

/// The wait after a connection that brought nothing; it doubles with each in a row.
const BARREN_PAUSE: Duration = Duration::from_secs(1);

/// The way through a response: the same for all items, so that it is compiled once.
pub(super) struct Course {
    /// What errors are about: the response without its body.
    pub(super) response: RawResponse,
    state: State,
    source: Source,
    /// What asks for the stream, where asking again does nothing but that.
    draft: Option<Box<Draft>>,
    /// How often it may be asked for again.
    pub(super) resumes: usize,
    /// When the time is over that was said for this call.
    deadline: Option<Instant>,
    /// How many connections in a row brought no item.
    barren: u32,
    /// How many items were found before this connection.
    before: u64,
    items: Items,
    /// How many items were found.
    pub(super) found: u64,
    limit: u64,
}

/// What is waited for.
enum State {
    Reading(Body),
    Pausing(BoxFuture<'static, ()>),
    Asking(Exchange),
    Ended,
}

/// Why there is no next item.
pub(super) enum Fault {
    Transport(TransportError),
    Decode(Box<DecodeError>),
    /// The request that takes the stream up again cannot be sent.
    Failed(Failure),
    /// It was answered with a status other than 2xx.
    Refused(Box<Received>),
}

/// A step: the text of an item, the end, or a fault.
type Step = Option<Result<Vec<u8>, Fault>>;

/// Whether a response can be read as items.
///
/// # Errors
/// It says that it is something else: read as events, any text would be none at all.
fn check(response: &RawResponse, items: Items) -> Result<(), Box<DecodeError>> {
    let declared = ContentType::of(response.headers());
    let is_events = !matches!(items.framing, Framing::Records(_));
    if declared.is_markup() || is_events && declared.is_json() {
        return Err(no_items(response.clone(), items.media_type).into());
    }
    Ok(())
}

/// Whether a server that was not reached may be reached later.
const fn may_pass(failure: &Failure) -> bool {
    match failure {
        Failure::Transport(error) => matches!(
            error.kind(),
            TransportErrorKind::Connect | TransportErrorKind::Broken | TransportErrorKind::Timeout
        ),
        _ => false,
    }
}

impl Course {
    /// Begins to read a response.
    ///
    /// # Errors
    /// As [`check`].
    pub(super) fn new(
        draft: Box<Draft>,
        response: RawResponse,
        body: Body,
        items: Items,
    ) -> Result<Self, Box<DecodeError>> {
        check(&response, items)?;
        let limit = draft.client.max_response_size().unwrap_or(u64::MAX);
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let only_reads = draft.operation.repeat == Repeat::Safe;
        let time = draft.timeout().filter(|_| !draft.has_no_end());
        let now = draft.client.delivery().clock.now();
        Ok(Self {
            response,
            state: State::Reading(body),
            source: Source::new(items.framing, most),
            draft: only_reads.then_some(draft),
            resumes: 0,
            deadline: time.and_then(|time| now.checked_add(time)),
            barren: 0,
            before: 0,
            items,
            found: 0,
            limit,
        })
    }

    pub(super) fn last_id(&self) -> Option<&str> {
        let id = self.source.last_id();
        (!id.is_empty()).then_some(id)
    }

    pub(super) fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Step> {
        loop {
            match self.source.next() {
                Ok(Some(found)) => return Poll::Ready(self.take(found)),
                Ok(None) => {}
                Err(TooLarge) => {
                    let response = self.end();
                    let error = too_large_item(response, self.found.saturating_add(1), self.limit);
                    return Poll::Ready(Some(Err(Fault::Decode(Box::new(error)))));
                }
            }
            match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Reading(body) => match ready!(Pin::new(body).poll_next(context)) {
                    Some(Ok(chunk)) => self.source.push(chunk),
                    // What broke is taken up again as what ended is.
                    _ if self.pauses(None) => {}
                    Some(Err(error)) => {
                        let operation = self.end().operation();
                        return Poll::Ready(Some(Err(Fault::Transport(error.of(operation, 1)))));
                    }
                    None => {
                        self.state = State::Ended;
                        let last = self.source.last();
                        return Poll::Ready(last.and_then(|found| self.take(found)));
                    }
                },
                State::Pausing(pause) => {
                    ready!(pause.as_mut().poll(context));
                    self.ask();
                }
                State::Asking(exchange) => {
                    let received = ready!(exchange.as_mut().poll(context));
                    if let Some(step) = self.take_up(received) {
                        return Poll::Ready(step);
                    }
                }
            }
        }
    }

    /// Waits before it connects again, where it may do so and there is time: as long as the server asks
    /// for, and longer after connections that brought nothing.
    fn pauses(&mut self, retry_after: Option<Duration>) -> bool {
        let (Some(draft), Some(events)) = (&self.draft, self.source.events()) else {
            return false;
        };
        let Some(left) = self.resumes.checked_sub(1) else {
            return false;
        };
        self.barren = match self.found == self.before {
            true => self.barren.saturating_add(1),
            false => 0,
        };
        self.before = self.found;
        let clock = &draft.client.delivery().clock;
        let asked = events.reconnect().map_or(PAUSE, Duration::from_millis);
        let doubled = match self.barren.checked_sub(1) {
            Some(times) => BARREN_PAUSE.saturating_mul(2_u32.saturating_pow(times)),
            None => Duration::ZERO,
        };
        let pause = asked.max(doubled).max(retry_after.unwrap_or_default());
        let pause = pause.min(LONGEST_PAUSE);
        if self
            .deadline
            .is_some_and(|end| end.saturating_duration_since(clock.now()) <= pause)
        {
            return false;
        }
        self.resumes = left;
        self.state = State::Pausing(clock.sleep(pause));
        true
    }

    /// Asks for what comes after the last event (HTML Living Standard, section 9.2.3).
    fn ask(&mut self) {
        let id = self.last_id().map(str::to_owned);
        let Some(draft) = &mut self.draft else {
            self.state = State::Ended;
            return;
        };
        if let Some(id) = id {
            draft.set_header("Last-Event-ID", Style::Simple, false, &id);
        }
        if let Some(end) = self.deadline {
            let now = draft.client.delivery().clock.now();
            draft.set_timeout(Some(end.saturating_duration_since(now)));
        }
        self.state = State::Asking(exchange(draft.clone()));
    }

    /// Goes on with another response, or with asking once more where what went wrong may pass; a step where
    /// that is the end.
    fn take_up(&mut self, received: Result<Received, Failure>) -> Option<Step> {
        self.state = State::Ended;
        let received = match received {
            Ok(received) => received,
            Err(failure) if may_pass(&failure) && self.pauses(None) => return None,
            Err(failure) => return Some(Some(Err(Fault::Failed(failure)))),
        };
        let status = received.response.status();
        let is_busy = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
        let clock = &received.draft.client.delivery().clock;
        let asked = retry_after(received.response.headers(), clock.timestamp());
        if is_busy && self.pauses(asked) {
            return None;
        }
        if status == StatusCode::NO_CONTENT {
            return Some(None);
        }
        if !status.is_success() {
            return Some(Some(Err(Fault::Refused(Box::new(received)))));
        }
        if let Err(error) = check(&received.response, self.items) {
            return Some(Some(Err(Fault::Decode(error))));
        }
        if let Some(events) = self.source.events() {
            events.restart();
        }
        self.response = received.response;
        self.state = State::Reading(received.body);
        None
    }

    fn take(&mut self, found: Found) -> Step {
        self.found = self.found.saturating_add(1);
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

    pub(super) fn unreadable(
        &self,
        is_data: bool,
        text: Vec<u8>,
        error: &serde_json::Error,
    ) -> DecodeError {
        unreadable_item(
            self.response.clone(),
            self.found,
            is_data,
            text.into(),
            error,
        )
    }

    /// Lets go of the connection, and of what was read ahead.
    fn end(&mut self) -> RawResponse {
        self.state = State::Ended;
        self.source = Source::new(Framing::Texts, 0);
        self.response.clone()
    }
}
