//! How long a call and its attempts may take.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use specwright_runtime as rt;
use specwright_runtime::http;

use crate::clock::ManualClock;
use crate::loopback::{Loopback, answer};
use crate::people::{Client, Person, patient};
use crate::server::Server;

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn a_call_ends_when_its_time_is_over() {
    let (server, clock) = (Server::default(), ManualClock::new());
    server.hang();
    let client = patient(&server, &clock)
        .timeout(5 * SECOND)
        .build()
        .unwrap();
    let error = client.people().delete_one("7").await.unwrap_err();
    let expected = "DELETE /people/{id}: timed out: the call took longer than 5s";
    assert_eq!(error.to_string(), expected);
    assert!(error.is_timeout());
    assert_eq!(clock.slept(), [5_000]);
    assert_eq!(
        server.sent().len(),
        1,
        "there is no time for another attempt"
    );
}

#[tokio::test]
async fn a_call_may_take_a_minute_unless_said_otherwise() {
    let (server, clock) = (Server::default(), ManualClock::new());
    server.hang();
    let client = patient(&server, &clock).build().unwrap();
    let error = client.people().delete_one("7").await.unwrap_err();
    assert!(error.to_string().ends_with("longer than 60s"), "{error}");
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_tried_again_where_that_is_safe() {
    let (server, clock) = (Server::default(), ManualClock::new());
    server.hang();
    let builder = patient(&server, &clock).attempt_timeout(2 * SECOND);
    let client = builder.build().unwrap();
    client.people().delete_one("7").await.unwrap();
    assert_eq!(clock.slept(), [2_000, 500]);
    assert_eq!(server.sent().len(), 2);
    server.hang();
    let call = client.people().create_one(&Person::default());
    let error = call.await.unwrap_err();
    let expected = "POST /people: timed out: the attempt took longer than 2s";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn the_calls_time_covers_all_attempts_and_waits() {
    let (server, clock) = (Server::default(), ManualClock::new());
    (0..3).for_each(|_| server.hang());
    let builder = patient(&server, &clock).attempt_timeout(4 * SECOND);
    let client = builder.timeout(10 * SECOND).build().unwrap();
    let error = client.people().delete_one("7").await.unwrap_err();
    // The third attempt has only what the others have left.
    assert_eq!(clock.slept(), [4_000, 500, 4_000, 1_000, 500]);
    let expected = "timed out: the call took longer than 10s (after 3 attempts)";
    assert!(error.to_string().ends_with(expected), "{error}");
}

#[tokio::test]
async fn no_wait_outlasts_the_call() {
    let (server, clock) = (Server::default(), ManualClock::new());
    let slow = {
        let clock = clock.clone();
        move |_: http::Request<rt::Body>| {
            clock.advance(3 * SECOND);
            let answer = http::Response::builder().status(503);
            Ok(answer.body(rt::Body::empty()).unwrap())
        }
    };
    let builder = patient(&server, &clock).transport(slow);
    let client = builder
        .timeout(Duration::from_millis(7_400))
        .build()
        .unwrap();
    let error = client.people().delete_one("7").await.unwrap_err();
    assert_eq!(error.status(), Some(http::StatusCode::SERVICE_UNAVAILABLE));
    // 3 s, a wait of 0.5 s, 3 s; 0.9 s are left, and the next wait is 1 s.
    assert_eq!((error.attempts(), clock.slept()), (Some(2), vec![500]));
}

#[tokio::test]
async fn a_transport_that_keeps_the_time_itself_changes_nothing() {
    let clock = ManualClock::new();
    let late = {
        let clock = clock.clone();
        move |_: http::Request<rt::Body>| {
            clock.advance(60 * SECOND);
            let kind = rt::TransportErrorKind::Timeout;
            Err::<http::Response<rt::Body>, _>(rt::TransportError::new(kind, "its own words"))
        }
    };
    let client = patient(&Server::default(), &clock).transport(late);
    let error = client.build().unwrap().people().delete_one("7").await;
    let expected = "DELETE /people/{id}: timed out: the call took longer than 60s";
    assert_eq!(error.unwrap_err().to_string(), expected);
}

#[test]
fn a_call_that_never_waits_needs_no_timers() {
    let server = Server::new([(200, "")]);
    let client = Client::builder()
        .base_url("https://h")
        .bearer_token("t")
        .transport(server.transport())
        .build()
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let call = client.people().delete_one("7");
    runtime.unwrap().block_on(async { call.await.unwrap() });
}

/// A body of two letters whose rest never comes.
struct Stalled(Option<&'static str>);

impl Stream for Stalled {
    type Item = Result<&'static str, rt::TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.take() {
            Some(chunk) => Poll::Ready(Some(Ok(chunk))),
            None => Poll::Pending,
        }
    }
}

const FILE: rt::Operation = rt::Operation::get("file", "/file");

fn stalled(clock: &ManualClock) -> rt::Call<rt::Bytes, rt::NoErrorBody> {
    let transport = |_: http::Request<rt::Body>| {
        let body = rt::Body::from_stream(Stalled(Some("ab")));
        Ok(http::Response::new(body))
    };
    let builder = patient(&Server::default(), clock).transport(transport);
    let client = builder.timeout(5 * SECOND).build().unwrap();
    rt::Call::new(client.core(), &FILE)
}

#[tokio::test]
async fn a_body_that_stalls_ends_in_time() {
    let clock = ManualClock::new();
    let error = stalled(&clock).send_bytes().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(clock.slept(), [5_000]);
}

#[tokio::test]
async fn a_body_that_the_caller_reads_ends_in_time() {
    let clock = ManualClock::new();
    let mut download = stalled(&clock).send_stream().await.unwrap();
    clock.advance(2 * SECOND);
    assert_eq!(download.body.try_next().await.unwrap().unwrap(), "ab");
    assert!(clock.slept().is_empty());
    let error = download.body.try_next().await.unwrap_err();
    assert_eq!(error.to_string(), "timed out: the call took longer than 5s");
    assert_eq!(clock.slept(), [3_000], "what was left");
    assert_eq!(download.body.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn a_connection_that_does_not_open_in_time_was_not_used() {
    // It accepts, and never says a word of TLS.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let transport = reqwest::Client::builder()
        .no_proxy()
        .connect_timeout(Duration::from_millis(30));
    let request = http::Request::post(format!("https://{}", silent.local_addr().unwrap()));
    let request = request.body(rt::Body::empty()).unwrap();
    let transport = rt::ReqwestTransport::from_builder(transport).unwrap();
    let sent = rt::Transport::send(&transport, request, rt::SendOptions::default());
    let error = sent.await.unwrap_err();
    assert_eq!(error.kind(), rt::TransportErrorKind::Connect, "{error}");
}

#[tokio::test]
async fn a_call_without_time_is_not_sent() {
    let (server, clock) = (Server::default(), ManualClock::new());
    let client = patient(&server, &clock).build().unwrap();
    let call = client.people().create_one(&Person::default());
    let error = call.timeout(Duration::ZERO).await.unwrap_err();
    let expected = "POST /people: timed out: the call took longer than 0ns";
    assert_eq!(error.to_string(), expected);
    assert_eq!(error.attempts(), Some(0));
    assert!(server.sent().is_empty());
}

/// Sleeps for ten times as long as it was asked to.
struct Late(ManualClock);

impl rt::Clock for Late {
    fn now(&self) -> std::time::Instant {
        self.0.now()
    }

    fn timestamp(&self) -> rt::Timestamp {
        self.0.timestamp()
    }

    fn sleep(&self, duration: Duration) -> rt::BoxFuture<'static, ()> {
        self.0.sleep(10 * duration)
    }

    fn timer(&self, duration: Duration) -> rt::BoxFuture<'static, ()> {
        self.0.timer(duration)
    }
}

#[tokio::test]
async fn a_wait_that_lasts_too_long_leaves_the_answer_before_it() {
    let server = Server::new([(503, r#"{"message":"busy"}"#), (200, "")]);
    let builder = patient(&server, &ManualClock::new()).clock(Late(ManualClock::new()));
    let client = builder.timeout(4 * SECOND).build().unwrap();
    let error = client.people().delete_one("7").await.unwrap_err();
    let expected = "DELETE /people/{id}: 503 Service Unavailable: busy";
    assert_eq!(error.to_string(), expected);
    assert_eq!((error.attempts(), server.sent().len()), (Some(1), 1));
}

#[tokio::test]
async fn a_call_has_times_of_its_own() {
    let (server, clock) = (Server::default(), ManualClock::new());
    (0..2).for_each(|_| server.hang());
    let builder = patient(&server, &clock).attempt_timeout(2 * SECOND);
    let client = builder.timeout(4 * SECOND).build().unwrap();
    let call = client.people().create_one(&Person::default());
    let error = call.attempt_timeout(SECOND).await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("the attempt took longer than 1s")
    );
    let call = client.people().create_one(&Person::default());
    let error = call.attempt_timeout(None).timeout(9 * SECOND).await;
    let error = error.unwrap_err().to_string();
    assert!(error.ends_with("the call took longer than 9s"), "{error}");
    assert_eq!(clock.slept(), [1_000, 9_000]);
}

#[tokio::test]
async fn a_call_can_have_all_the_time_there_is() {
    let clock = ManualClock::new();
    let transport = |_: http::Request<rt::Body>| {
        let body = rt::Body::from_stream(Stalled(Some("ab")));
        Ok(http::Response::new(body))
    };
    let builder = patient(&Server::default(), &clock).transport(transport);
    let client = builder.read_timeout(None).build().unwrap();
    let call = rt::Call::<rt::Bytes, rt::NoErrorBody>::new(client.core(), &FILE);
    let mut download = call.timeout(None).send_stream().await.unwrap();
    clock.advance(1_000 * SECOND);
    assert_eq!(download.body.try_next().await.unwrap().unwrap(), "ab");
    let next = tokio::time::timeout(Duration::from_millis(20), download.body.try_next());
    next.await.unwrap_err();
    assert!(clock.slept().is_empty(), "nothing watches it");
}

/// Answers with errors whose bodies stall, and then well.
fn refusing(times: usize) -> impl rt::Transport {
    let sent = std::sync::atomic::AtomicUsize::new(0);
    move |_: http::Request<rt::Body>| {
        let number = sent.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let response = http::Response::builder();
        let response = if number < times {
            let words = rt::Body::from_stream(Stalled(Some(r#"{"message":"#)));
            response.status(503).body(words)
        } else {
            response.body(rt::Body::empty())
        };
        Ok(response.unwrap())
    }
}

#[tokio::test]
async fn words_that_do_not_come_leave_time_for_another_attempt() {
    for (attempt, expected) in [(None, 5_000), (Some(2 * SECOND), 2_000)] {
        let clock = ManualClock::new();
        let builder = patient(&Server::default(), &clock).transport(refusing(1));
        let client = builder.attempt_timeout(attempt).build().unwrap();
        client.people().delete_one("7").await.unwrap();
        assert_eq!(clock.slept(), [expected, 500]);
    }
}

/// Sends the second half of a file 400 ms after the first.
fn slow_server() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 1_000]);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nab");
        std::thread::sleep(Duration::from_millis(400));
        let _ = stream.write_all(b"cd");
    });
    url
}

fn slow_file(clock: impl rt::Clock) -> rt::Call<rt::Bytes, rt::NoErrorBody> {
    let builder = Client::builder().base_url(slow_server()).clock(clock);
    let client = builder.bearer_token("t").build().unwrap();
    rt::Call::new(client.core(), &FILE)
}

#[tokio::test]
async fn a_download_over_a_connection_outlasts_the_attempt() {
    let call = slow_file(rt::TokioClock).attempt_timeout(Duration::from_millis(200));
    let download = call.send_stream().await.unwrap();
    assert_eq!(download.body.into_bytes().await.unwrap(), "abcd");
}

/// Does not wait between attempts; its timeouts are the system's.
struct NoWaiting;

impl rt::Clock for NoWaiting {
    fn now(&self) -> std::time::Instant {
        std::time::Instant::now()
    }

    fn timestamp(&self) -> rt::Timestamp {
        rt::Timestamp::UNIX_EPOCH
    }

    fn sleep(&self, _: Duration) -> rt::BoxFuture<'static, ()> {
        Box::pin(async {})
    }

    fn timer(&self, duration: Duration) -> rt::BoxFuture<'static, ()> {
        rt::TokioClock.timer(duration)
    }
}

#[tokio::test]
async fn a_clock_that_does_not_wait_leaves_real_calls_their_time() {
    let server = Loopback::new([
        answer(503, &[("retry-after", "30")], ""),
        answer(503, &[], ""),
        answer(200, &[], ""),
    ]);
    let start = std::time::Instant::now();
    let builder = Client::builder().base_url(server.url()).clock(NoWaiting);
    let client = builder.bearer_token("t").build().unwrap();
    client.people().delete_one("7").await.unwrap();
    assert_eq!(server.requests().len(), 3);
    assert!(start.elapsed() < 10 * SECOND);
    // Its body is waited for as well.
    assert_eq!(slow_file(NoWaiting).send_bytes().await.unwrap(), "abcd");
}
