//! How long is waited for the body of a response, and whose time that is.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_core::Stream;
use specwright_runtime as rt;
use specwright_runtime::http;

use crate::clock::ManualClock;
use crate::people::{ClientBuilder, patient};
use crate::server::Server;

const SECOND: Duration = Duration::from_secs(1);
const FILE: rt::Operation = rt::Operation::get("file", "/file");
const ONCE: rt::Operation = rt::Operation::post("once", "/once");

type Call<R> = rt::Call<R, rt::NoErrorBody>;

/// What happens when a body is polled.
#[derive(Clone, Copy)]
enum Step {
    /// This comes, after so many seconds.
    Chunk(&'static str, u32),
    Stall,
    /// Nothing yet.
    Wait,
    /// It fails, after so many seconds.
    Break(rt::TransportErrorKind, u32),
}

/// A body that goes through some steps, and then ends.
#[derive(Clone)]
struct Script {
    clock: ManualClock,
    steps: Vec<Step>,
    polled: Arc<AtomicU64>,
}

impl Script {
    fn new<const N: usize>(clock: &ManualClock, steps: [Step; N]) -> Self {
        Self {
            clock: clock.clone(),
            steps: steps.into(),
            polled: Arc::default(),
        }
    }
}

impl Stream for Script {
    type Item = Result<&'static str, rt::TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.polled.fetch_add(1, Ordering::Relaxed);
        let Some(step) = self.steps.first().copied() else {
            return Poll::Ready(None);
        };
        Poll::Ready(Some(match step {
            Step::Stall => return Poll::Pending,
            Step::Wait => {
                self.steps.remove(0);
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            Step::Chunk(chunk, seconds) => {
                self.steps.remove(0);
                self.clock.advance(SECOND * seconds);
                Ok(chunk)
            }
            Step::Break(kind, seconds) => {
                self.clock.advance(SECOND * seconds);
                Err(rt::TransportError::new(kind, "on purpose"))
            }
        }))
    }
}

/// A client of a server that answers with a status and a body in pieces, again and again.
fn serving(status: u16, clock: &ManualClock, body: &Script) -> ClientBuilder {
    let body = body.clone();
    patient(&Server::default(), clock).transport(move |_: http::Request<rt::Body>| {
        let answer = http::Response::builder().status(status);
        Ok(answer.body(rt::Body::from_stream(body.clone())).unwrap())
    })
}

fn call<R>(builder: ClientBuilder, operation: &'static rt::Operation) -> Call<R> {
    rt::Call::new(builder.build().unwrap().core(), operation)
}

#[tokio::test]
async fn a_download_is_no_part_of_its_attempt() {
    let clock = ManualClock::new();
    let body = Script::new(&clock, [Step::Chunk("ab", 20), Step::Chunk("c", 20)]);
    let builder = || serving(200, &clock, &body).attempt_timeout(2 * SECOND);
    let download = call::<rt::Bytes>(builder(), &FILE).send_stream().await;
    let download = download.unwrap().body.into_bytes().await;
    assert_eq!(download.unwrap(), "abc");
    // It has the call's time, and a call can say another one.
    let call = call::<rt::Bytes>(builder(), &FILE).timeout(30 * SECOND);
    let download = call.clone().send_stream().await.unwrap();
    let error = download.body.into_bytes().await.unwrap_err();
    assert!(error.to_string().ends_with("longer than 30s"), "{error}");
    let download = call.timeout(None).send_stream().await.unwrap();
    assert_eq!(download.body.into_bytes().await.unwrap(), "abc");
}

/// A stream of events may go on for hours: what must not be long is the silence.
#[tokio::test]
async fn a_stream_of_items_takes_as_long_as_it_takes() {
    let clock = ManualClock::new();
    let body = Script::new(
        &clock,
        [Step::Chunk("1\n", 50), Step::Chunk("2\n", 50), Step::Stall],
    );
    let lines = call::<rt::EventStream<i64>>(serving(200, &clock, &body), &FILE);
    let mut items = lines.clone().send_items().await.unwrap();
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    assert_eq!(items.try_next().await.unwrap(), Some(2));
    let error = items.try_next().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(
        error.to_string().ends_with("nothing came for 60s"),
        "{error}"
    );
    // What is said of the call holds for its stream.
    let mut items = lines.timeout(70 * SECOND).send_items().await.unwrap();
    // The clock stands at 100 seconds when the second is there.
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    assert_eq!(items.try_next().await.unwrap(), Some(2));
    let error = items.try_next().await.unwrap_err().to_string();
    assert!(error.ends_with("longer than 70s"), "{error}");
}

#[tokio::test]
async fn an_attempt_that_is_read_into_memory_has_its_own_time() {
    let clock = ManualClock::new();
    let body = Script::new(&clock, [Step::Chunk("ab", 3), Step::Chunk("c", 3)]);
    let slow = || call::<rt::Bytes>(serving(200, &clock, &body), &ONCE);
    assert_eq!(slow().send_bytes().await.unwrap(), "abc");
    let error = slow().attempt_timeout(5 * SECOND).send_bytes().await;
    let error = error.unwrap_err().to_string();
    assert!(error.contains("the attempt took longer than 5s"), "{error}");
}

/// A transport that gives back the timeout it was told.
struct Stopwatch;

impl rt::Transport for Stopwatch {
    fn send(
        &self,
        _: http::Request<rt::Body>,
        options: rt::SendOptions,
    ) -> rt::BoxFuture<'_, Result<http::Response<rt::Body>, rt::TransportError>> {
        let body = format!("{:?}", options.timeout);
        Box::pin(async { Ok(http::Response::new(rt::Body::from(body))) })
    }
}

#[tokio::test]
async fn a_transport_is_told_the_time_of_the_attempt_alone() {
    let clock = ManualClock::new();
    let builder = patient(&Server::default(), &clock).transport(Stopwatch);
    let call = call::<rt::Bytes>(builder.attempt_timeout(2 * SECOND), &FILE);
    assert_eq!(call.clone().send_bytes().await.unwrap(), "Some(2s)");
    let streamed = call.send_stream().await.unwrap().body;
    assert_eq!(streamed.into_bytes().await.unwrap(), "Some(2s)");
}

#[tokio::test]
async fn an_error_whose_body_stalls_keeps_its_status_and_its_retry() {
    let clock = ManualClock::new();
    let body = Script::new(&clock, [Step::Chunk("busy", 0), Step::Stall]);
    let call = call::<()>(serving(503, &clock, &body), &FILE);
    let error = call.clone().send_raw().await.unwrap_err();
    let expected = "GET /file: 503 Service Unavailable: busy (after 3 attempts)";
    assert_eq!(error.to_string(), expected);
    assert_eq!(clock.slept(), [5_000, 500, 5_000, 1_000, 5_000]);
    let soon = call.timeout(2 * SECOND).send_raw().await.unwrap_err();
    assert_eq!(soon.status(), Some(http::StatusCode::SERVICE_UNAVAILABLE));
}

#[tokio::test]
async fn a_body_that_always_has_more_ends_in_time() {
    let clock = ManualClock::new();
    let body = Script::new(&clock, [Step::Chunk("x", 1); 1_000]);
    let call = call::<rt::Bytes>(serving(200, &clock, &body), &ONCE);
    let error = call.timeout(5 * SECOND).send_bytes().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(body.polled.load(Ordering::Relaxed), 5);
}

#[tokio::test]
async fn a_body_that_always_has_more_lets_others_in() {
    let clock = ManualClock::new();
    let body = Script::new(&clock, [Step::Chunk("x", 0); 1_000]);
    let call = call::<rt::Bytes>(serving(200, &clock, &body), &ONCE);
    let mut download = call.send_stream().await.unwrap().body;
    let mut context = Context::from_waker(Waker::noop());
    let (mut chunks, mut breaths) = (0, 0);
    loop {
        match Pin::new(&mut download).poll_next(&mut context) {
            Poll::Ready(Some(chunk)) => chunks += chunk.unwrap().len(),
            Poll::Ready(None) => break,
            Poll::Pending => breaths += 1,
        }
    }
    assert_eq!((chunks, breaths), (1_000, 15));
}

#[tokio::test]
async fn a_download_of_which_nothing_comes_ends() {
    let clock = ManualClock::new();
    let slow = [Step::Chunk("a", 50), Step::Chunk("b", 50), Step::Stall];
    let body = Script::new(&clock, slow);
    for (timeout, expected) in [
        (None, "timed out: nothing came for 60s"),
        (Some(9), "timed out: nothing came for 9s"),
    ] {
        let builder = serving(200, &clock, &body).timeout(300 * SECOND);
        let builder = match timeout {
            Some(seconds) => builder.read_timeout(SECOND * seconds),
            None => builder,
        };
        let download = call::<rt::Bytes>(builder, &FILE).send_stream().await;
        let error = download.unwrap().body.into_bytes().await.unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    assert_eq!(clock.slept(), [60_000, 9_000]);
}

#[tokio::test]
async fn a_call_that_needs_nothing_of_a_body_does_not_mind_it() {
    let broken = Step::Break(rt::TransportErrorKind::Broken, 0);
    for (end, slept) in [(broken, vec![]), (Step::Stall, vec![5_000])] {
        let clock = ManualClock::new();
        let body = Script::new(&clock, [Step::Chunk("{", 0), end]);
        let call = call::<()>(serving(200, &clock, &body), &FILE);
        call.send_empty().await.unwrap();
        assert_eq!(clock.slept(), slept);
    }
    let clock = ManualClock::new();
    const LARGE: &str = match str::from_utf8(&[b'x'; 10_000]) {
        Ok(text) => text,
        Err(_) => "",
    };
    let body = Script::new(&clock, [Step::Chunk(LARGE, 0); 100]);
    let call = call::<()>(serving(200, &clock, &body), &FILE);
    call.send_empty().await.unwrap();
    assert_eq!(
        body.polled.load(Ordering::Relaxed),
        7,
        "a little more than 64 KiB"
    );
}

#[tokio::test]
async fn a_response_that_breaks_is_not_the_requests_body() {
    let clock = ManualClock::new();
    let broken = Step::Break(rt::TransportErrorKind::Body, 0);
    let body = Script::new(&clock, [Step::Chunk("{", 0), broken]);
    let call = call::<rt::Bytes>(serving(200, &clock, &body), &FILE);
    let error = call.send_bytes().await.unwrap_err().to_string();
    let expected = "the connection broke after 1 bytes of the body: on purpose (after 3 attempts)";
    assert!(error.ends_with(expected), "{error}");
}

#[tokio::test]
async fn a_response_that_has_no_body_is_not_held_to_its_length() {
    const HEAD: rt::Operation = rt::Operation::head("look", "/file");
    for (operation, status) in [(&HEAD, 200), (&FILE, 204), (&HEAD, 404), (&FILE, 304)] {
        let clock = ManualClock::new();
        let body = Script::new(&clock, [Step::Stall]);
        let polled = Arc::clone(&body.polled);
        let transport = move |_: http::Request<rt::Body>| {
            let body = rt::Body::from_stream(body.clone()).with_length(99_999_999_999);
            let answer = http::Response::builder().status(status);
            Ok(answer.body(body).unwrap())
        };
        let builder = patient(&Server::default(), &clock).transport(transport);
        match call::<()>(builder, operation).send_raw().await {
            Ok(raw) => assert!(raw.bytes().is_empty() && raw.is_complete()),
            Err(rt::Error::Api(error)) => assert!(error.response().is_complete()),
            Err(error) => panic!("{error}"),
        }
        assert_eq!(polled.load(Ordering::Relaxed), 0);
    }
}

#[tokio::test]
async fn a_transport_that_notices_first_that_time_is_over_changes_nothing() {
    for (seconds, expected) in [
        (60, "timed out: the call took longer than 60s"),
        (59, "timed out: on purpose"),
    ] {
        let clock = ManualClock::new();
        let late = Step::Break(rt::TransportErrorKind::Timeout, seconds);
        let body = Script::new(&clock, [late]);
        let download = call::<rt::Bytes>(serving(200, &clock, &body), &FILE).send_stream();
        let error = download.await.unwrap().body.try_next().await.unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn the_body_of_an_error_is_read_within_the_limits_and_says_when_it_is_not_whole() {
    let broken = Step::Break(rt::TransportErrorKind::Broken, 0);
    let short = [Step::Chunk("no such", 0), Step::Chunk(" thing", 0)];
    let cut = [Step::Chunk("no such thing", 0), broken];
    for (steps, limit, raw, complete) in [
        (short, 13, "no such thing", true),
        (short, 9, "no such t", false),
        (cut, 99, "no such thing", false),
    ] {
        let clock = ManualClock::new();
        let body = Script::new(&clock, steps);
        let builder = serving(404, &clock, &body).max_response_size(limit);
        let Err(rt::Error::Api(error)) = call::<()>(builder, &FILE).send_raw().await else {
            panic!("no error of the API");
        };
        assert_eq!(error.raw(), raw);
        assert_eq!(error.response().is_complete(), complete, "{raw}");
    }
}

/// A clock whose timers never end.
struct Patient(ManualClock);

impl rt::Clock for Patient {
    fn now(&self) -> std::time::Instant {
        self.0.now()
    }

    fn timestamp(&self) -> rt::Timestamp {
        self.0.timestamp()
    }

    fn sleep(&self, duration: Duration) -> rt::BoxFuture<'static, ()> {
        self.timer(duration)
    }

    fn timer(&self, duration: Duration) -> rt::BoxFuture<'static, ()> {
        drop(self.0.sleep(duration));
        self.0.rewind(duration);
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_caller_who_takes_time_between_chunks_is_not_what_is_waited_for() {
    let clock = ManualClock::new();
    let late = [Step::Chunk("a", 0), Step::Wait, Step::Chunk("b", 0)];
    let builder = serving(200, &clock, &Script::new(&clock, late)).clock(Patient(clock.clone()));
    let call = call::<rt::Bytes>(builder.timeout(300 * SECOND), &FILE);
    let mut download = call.send_stream().await.unwrap().body;
    assert_eq!(download.try_next().await.unwrap().unwrap(), "a");
    clock.advance(70 * SECOND);
    assert_eq!(download.try_next().await.unwrap().unwrap(), "b");
    assert_eq!(clock.slept(), [60_000], "from when it was asked for");
}

#[tokio::test]
async fn a_timer_that_was_begun_for_another_chunk_makes_no_wait_longer() {
    let clock = ManualClock::new();
    let late = [
        Step::Chunk("a", 0),
        Step::Wait,
        Step::Chunk("b", 50),
        Step::Stall,
    ];
    let begun = Begun(clock.clone());
    let builder = serving(200, &clock, &Script::new(&clock, late)).clock(begun);
    let call = call::<rt::Bytes>(builder.timeout(300 * SECOND), &FILE);
    let download = call.send_stream().await.unwrap().body;
    let error = download.into_bytes().await.unwrap_err();
    assert_eq!(error.to_string(), "timed out: nothing came for 60s");
    // The first had ten seconds left when it was not needed any more.
    assert_eq!(clock.slept(), [60_000, 50_000]);
}

/// A clock whose first timer ends at its second poll, sixty seconds after it was begun, and whose
/// others end at once.
struct Begun(ManualClock);

impl rt::Clock for Begun {
    fn now(&self) -> std::time::Instant {
        self.0.now()
    }

    fn timestamp(&self) -> rt::Timestamp {
        self.0.timestamp()
    }

    fn sleep(&self, duration: Duration) -> rt::BoxFuture<'static, ()> {
        self.timer(duration)
    }

    fn timer(&self, duration: Duration) -> rt::BoxFuture<'static, ()> {
        let clock = self.0.clone();
        let first = clock.slept().is_empty();
        drop(clock.sleep(duration));
        if !first {
            return Box::pin(async {});
        }
        clock.rewind(duration);
        let end = clock.now() + duration;
        let mut polls = 0;
        Box::pin(std::future::poll_fn(move |_| {
            polls += 1;
            if polls < 2 {
                return Poll::Pending;
            }
            clock.advance(end.saturating_duration_since(clock.now()));
            Poll::Ready(())
        }))
    }
}
