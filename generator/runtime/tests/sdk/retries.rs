//! Which failures are tried again, when, and how often.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use specwright_runtime as rt;
use specwright_runtime::TransportErrorKind as Kind;
use specwright_runtime::http;

use crate::clock::ManualClock;
use crate::people::{Error, Person, patient};
use crate::server::Server;
use crate::streams::pieces;

const SAFE: rt::Operation = rt::Operation::get("safe", "/x");
const IDEMPOTENT: rt::Operation = rt::Operation::put("idempotent", "/x");
const ONCE: rt::Operation = rt::Operation::post("once", "/x");
const KEYED: rt::Operation = rt::Operation::post("keyed", "/x").idempotency_key("Idempotency-Key");
const SEARCH: rt::Operation = rt::Operation::post("search", "/x").repeat(rt::Repeat::Safe);

#[derive(Clone, Copy)]
enum Failure {
    Status(u16),
    Transport(Kind),
}

/// How often an operation is sent that fails in one way for ever.
async fn sent(operation: &'static rt::Operation, failure: Failure) -> usize {
    let (server, clock) = (Server::default(), ManualClock::new());
    for _ in 0..9 {
        match failure {
            Failure::Status(status) => server.add(status, &[], ""),
            Failure::Transport(kind) => server.fail(kind),
        }
    }
    let client = patient(&server, &clock).build().unwrap();
    let call = rt::Call::<(), rt::NoErrorBody>::new(client.core(), operation);
    let error = call.json("body").send_empty().await.unwrap_err();
    let sent = server.sent().len();
    assert_eq!(error.attempts(), Some(u32::try_from(sent).unwrap()));
    assert_eq!(clock.slept().len(), sent - 1);
    sent
}

#[tokio::test]
async fn what_the_server_did_not_do_is_always_tried_again() {
    for failure in [Failure::Status(429), Failure::Transport(Kind::Connect)] {
        for operation in [&SAFE, &IDEMPOTENT, &ONCE, &KEYED, &SEARCH] {
            assert_eq!(sent(operation, failure).await, 3, "{operation}");
        }
    }
}

#[tokio::test]
async fn what_the_server_may_have_done_is_tried_again_only_where_that_is_safe() {
    let statuses = [408, 500, 502, 503, 504].map(Failure::Status);
    let kinds = [Kind::Broken, Kind::Timeout].map(Failure::Transport);
    for failure in statuses.into_iter().chain(kinds) {
        for operation in [&SAFE, &IDEMPOTENT, &KEYED, &SEARCH] {
            assert_eq!(sent(operation, failure).await, 3, "{operation}");
        }
        assert_eq!(sent(&ONCE, failure).await, 1);
    }
}

#[tokio::test]
async fn an_answer_that_would_be_the_same_again_is_final() {
    let statuses = [304, 400, 401, 404, 409, 501, 505].map(Failure::Status);
    let kinds = [Failure::Transport(Kind::Middleware)];
    for failure in statuses.into_iter().chain(kinds) {
        assert_eq!(sent(&SAFE, failure).await, 1);
    }
}

#[tokio::test]
async fn each_attempt_sends_the_same_and_the_last_answer_counts() {
    let (server, clock) = (Server::default(), ManualClock::new());
    server.add(429, &[], "");
    server.fail(Kind::Connect);
    server.add(201, &[], r#"{"data":{"createPerson":{"id":7}}}"#);
    let client = patient(&server, &clock).build().unwrap();
    let person = Person {
        name: Some("Ann".to_owned()),
        ..Person::default()
    };
    let made = client.people().create_one(&person).await.unwrap();
    assert_eq!(made.id, Some(7));
    let sent = server.sent();
    assert_eq!(sent.len(), 3);
    for sent in &sent {
        assert_eq!(sent.text(), r#"{"name":"Ann"}"#);
        assert_eq!(sent.header("authorization"), Some("Bearer t0ken-t0ken"));
        assert_eq!(sent.url, "https://crm.example/rest/people");
    }
}

#[tokio::test]
async fn waits_grow_and_are_random() {
    let fail = |server: &Server| (0..4).for_each(|_| server.add(503, &[], ""));
    for (random, expected) in [
        (u64::MAX, [500, 1_000, 1_500]),
        (1 << 63, [250, 500, 750]),
        (0, [0, 0, 0]),
    ] {
        let (server, clock) = (Server::default(), ManualClock::new());
        fail(&server);
        let policy = rt::RetryPolicy::default()
            .max_attempts(4)
            .backoff(Duration::from_millis(500), Duration::from_millis(1_500));
        let builder = patient(&server, &clock).random(move || random);
        let client = builder.retry(policy).build().unwrap();
        client.people().delete_one("7").await.unwrap_err();
        assert_eq!(clock.slept(), expected);
    }
}

/// The waits of a call that is told how long to wait, and how it ends.
async fn told(header: (&str, &str), timeout: u64) -> (Vec<u128>, Result<(), Error>) {
    let (server, clock) = (Server::default(), ManualClock::new());
    server.add(429, &[header], r#"{"message":"slow down"}"#);
    let client = patient(&server, &clock).build().unwrap();
    let call = client.people().delete_one("7");
    let result = call.timeout(Duration::from_secs(timeout)).await;
    (clock.slept(), result)
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() {
    for (header, value, expected) in [
        ("retry-after", "7", 7_000),
        ("retry-after-ms", "1250", 1_250),
        ("retry-after", "Thu, 01 Jan 2026 00:00:09 GMT", 9_000),
        // Less than would be waited anyway is no reason to hurry.
        ("retry-after", "0", 500),
        ("retry-after", "soon", 500),
    ] {
        let (slept, result) = told((header, value), 60).await;
        assert_eq!(slept, [expected], "{header}: {value}");
        assert!(result.is_ok());
    }
}

#[tokio::test]
async fn a_wait_that_is_too_long_ends_the_call_with_the_servers_answer() {
    for (seconds, timeout) in [("61", 600), ("11", 10), ("10", 10)] {
        let (slept, result) = told(("retry-after", seconds), timeout).await;
        assert!(slept.is_empty());
        let Err(Error::Api(error)) = result else {
            panic!("{result:?}");
        };
        assert_eq!(error.status(), 429);
        assert_eq!(error.message(), Some("slow down"));
        let asked = Duration::from_secs(seconds.parse().unwrap());
        assert_eq!((error.retry_after(), error.attempts()), (Some(asked), 1));
    }
}

#[tokio::test]
async fn a_call_has_a_policy_of_its_own() {
    let busy = http::StatusCode::SERVICE_UNAVAILABLE;
    for (policy, expected) in [
        (rt::RetryPolicy::none(), 1),
        (rt::RetryPolicy::default().max_attempts(0), 1),
        (rt::RetryPolicy::default().max_attempts(5), 5),
    ] {
        let (server, clock) = (Server::default(), ManualClock::new());
        (0..10).for_each(|_| server.add(503, &[], ""));
        let client = patient(&server, &clock).build().unwrap();
        let call = client.people().delete_one("7").retry(policy);
        assert_eq!(call.await.unwrap_err().status(), Some(busy));
        assert_eq!(server.sent().len(), expected);
        let client = patient(&server, &clock).retry(policy).build().unwrap();
        let error = client.people().find_one("7").await.unwrap_err();
        assert_eq!(error.status(), Some(busy));
        assert_eq!(server.sent().len(), 2 * expected);
    }
}

#[tokio::test]
async fn an_error_says_how_often_it_was_tried() {
    let (server, clock) = (Server::default(), ManualClock::new());
    (0..3).for_each(|_| server.add(503, &[], r#"{"message":"busy"}"#));
    (0..3).for_each(|_| server.fail(Kind::Broken));
    let client = patient(&server, &clock).build().unwrap();
    for expected in [
        "DELETE /people/{id}: 503 Service Unavailable: busy (after 3 attempts)",
        "DELETE /people/{id}: the connection broke: on purpose (after 3 attempts)",
    ] {
        let error = client.people().delete_one("7").await.unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.attempts(), Some(3));
    }
}

#[tokio::test]
async fn an_outage_is_not_multiplied() {
    let (server, clock) = (Server::default(), ManualClock::new());
    let client = patient(&server, &clock).build().unwrap();
    let calls = async |n: usize, client: &crate::people::Client| {
        let before = server.sent().len();
        for _ in 0..n {
            let _ = client.people().delete_one("7").await;
        }
        server.sent().len() - before
    };
    (0..160).for_each(|_| server.add(503, &[], ""));
    assert_eq!(calls(50, &client).await, 150, "while there is budget");
    assert_eq!(calls(10, &client.clone()).await, 10, "clones share it");
    // Five calls that succeed pay for one retry.
    assert_eq!(calls(5, &client).await, 5);
    (0..3).for_each(|_| server.add(503, &[], ""));
    assert_eq!(calls(2, &client).await, 3);
    let other = patient(&server, &clock).build().unwrap();
    (0..3).for_each(|_| server.add(503, &[], ""));
    assert_eq!(calls(1, &other).await, 3, "another client has its own");
}

#[tokio::test]
async fn the_pages_of_a_list_are_retried_one_by_one() {
    let (server, clock) = (Server::default(), ManualClock::new());
    server.add(503, &[], "");
    let first = r#"{"data":{"people":[{"id":1}]},"page":{"end":"c","more":true}}"#;
    server.add(200, &[], first);
    server.fail(Kind::Broken);
    let last = r#"{"data":{"people":[{"id":2}]},"page":{"more":false}}"#;
    server.add(200, &[], last);
    let client = patient(&server, &clock).build().unwrap();
    let mut people = client.people().find_many().stream();
    let mut ids = Vec::new();
    while let Some(person) = people.try_next().await.unwrap() {
        ids.extend(person.id);
    }
    assert_eq!(ids, [1, 2]);
    let queries: Vec<String> = server.sent().iter().map(|s| s.query().to_owned()).collect();
    assert_eq!(queries, ["", "", "after=c", "after=c"]);
    assert_eq!(clock.slept(), [500, 500], "each page waits from the start");
}

#[tokio::test]
async fn the_default_clock_waits() {
    let server = Server::default();
    server.add(503, &[], "");
    server.hang();
    let tick = Duration::from_millis(5);
    let client = crate::people::Client::builder()
        .base_url("https://h")
        .bearer_token("t")
        .transport(server.transport())
        .random(|| u64::MAX)
        .retry(rt::RetryPolicy::default().backoff(tick, tick))
        .attempt_timeout(tick)
        .build()
        .unwrap();
    let start = std::time::Instant::now();
    client.people().delete_one("7").await.unwrap();
    assert_eq!(server.sent().len(), 3);
    assert!(start.elapsed() >= 3 * (tick - Duration::from_millis(1)));
}

/// Reads the whole of each request, and answers that it is busy.
#[derive(Clone, Default)]
struct Busy(Arc<Mutex<Vec<rt::Bytes>>>);

impl rt::Transport for Busy {
    fn send(
        &self,
        request: http::Request<rt::Body>,
        _: rt::SendOptions,
    ) -> rt::BoxFuture<'_, Result<http::Response<rt::Body>, rt::TransportError>> {
        Box::pin(async {
            let bytes = request.into_body().into_bytes().await?;
            self.0.lock().unwrap().push(bytes);
            let busy = http::Response::builder().status(503);
            Ok(busy.body(rt::Body::empty()).unwrap())
        })
    }
}

#[tokio::test]
async fn a_stream_is_sent_again_only_where_it_can_be() {
    for (body, expected) in [
        (rt::Body::from_stream(pieces(["a", "b"])), 1),
        (rt::Body::from_stream_fn(|| pieces(["a", "b"])), 3),
        (rt::Body::from("ab"), 3),
    ] {
        let (busy, clock) = (Busy::default(), ManualClock::new());
        let builder = patient(&Server::default(), &clock).transport(busy.clone());
        let client = builder.build().unwrap();
        let call = rt::Call::<(), rt::NoErrorBody>::new(client.core(), &IDEMPOTENT);
        let error = call.body("text/plain", body).send_empty().await;
        assert_eq!(error.unwrap_err().attempts(), Some(expected));
        let sent = busy.0.lock().unwrap();
        assert_eq!(sent.len(), usize::try_from(expected).unwrap());
        assert!(sent.iter().all(|bytes| bytes == "ab"), "{sent:?}");
    }
}
