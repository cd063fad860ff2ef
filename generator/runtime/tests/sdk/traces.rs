//! What `tracing` sees of a call, and what it must not see.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use specwright_runtime as rt;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::clock::ManualClock;
use crate::loopback::{Loopback, answer};
use crate::people::{Person, patient};
use crate::server::Server;

/// Keeps every field of every span and event, of every level and crate, as text.
#[derive(Clone, Default)]
pub(crate) struct Collector {
    lines: Arc<Mutex<Vec<String>>>,
    targets: Arc<Mutex<BTreeSet<String>>>,
    spans: Arc<AtomicU64>,
}

impl Collector {
    fn note(&self, what: &str, record: impl FnOnce(&mut Line)) {
        let mut line = Line(what.to_owned());
        record(&mut line);
        self.lines.lock().unwrap().push(line.0);
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    /// The crates and modules that said something.
    fn targets(&self) -> BTreeSet<String> {
        self.targets.lock().unwrap().clone()
    }

    fn hear(&self, metadata: &Metadata<'_>) {
        let target = metadata.target().to_owned();
        self.targets.lock().unwrap().insert(target);
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Subscriber for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.hear(span.metadata());
        self.note(span.metadata().name(), |line| span.record(line));
        Id::from_u64(self.spans.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.note("", |line| values.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.hear(event.metadata());
        self.note("event", |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_call_is_a_span_and_a_retry_an_event() {
    let (server, clock) = (Server::new([(503, ""), (404, "")]), ManualClock::new());
    let collector = Collector::default();
    let _guard = tracing::subscriber::set_default(collector.clone());
    let client = patient(&server, &clock).build().unwrap();
    client.people().find_one("7").await.unwrap_err();
    let lines = collector.lines().join("\n");
    for expected in [
        "specwright.call otel.kind=\"client\" specwright.operation=\"findOnePerson\" \
         http.request.method=\"GET\" url.template=\"/people/{id}\"",
        "otel.name=GET /people/{id}",
        "server.address=\"crm.example\"",
        "server.port=443",
        "event message=trying again attempt=1 reason=503 delay_ms=500",
        "http.response.status_code=404",
        "http.request.resend_count=1",
        "error.type=\"404\"",
    ] {
        assert!(lines.contains(expected), "{expected}\n{lines}");
    }
}

#[tokio::test]
async fn a_call_that_succeeds_has_no_error() {
    let (server, clock) = (Server::new([(200, "")]), ManualClock::new());
    let collector = Collector::default();
    let _guard = tracing::subscriber::set_default(collector.clone());
    let client = patient(&server, &clock).build().unwrap();
    client.people().delete_one("7").await.unwrap();
    let lines = collector.lines().join("\n");
    assert!(lines.contains("http.response.status_code=200"), "{lines}");
    assert!(
        !lines.contains("error.type") && !lines.contains("resend"),
        "{lines}"
    );
}

#[tokio::test]
async fn a_response_that_cannot_be_read_is_a_failed_call() {
    let (server, clock) = (Server::new([(200, "7"); 4]), ManualClock::new());
    let client = patient(&server, &clock).build().unwrap();
    let people = client.people();
    for way in 0..4 {
        let collector = Collector::default();
        let _guard = tracing::subscriber::set_default(collector.clone());
        match way {
            0 => drop(people.find_one("7").await.unwrap_err()),
            1 => drop(people.find_one("7").with_response().await.unwrap_err()),
            2 => drop(people.find_many().pages().try_next().await.unwrap_err()),
            _ => drop(people.find_many().stream().try_next().await.unwrap_err()),
        }
        let lines = collector.lines().join("\n");
        assert!(lines.contains("error.type=\"decode\""), "{way}: {lines}");
    }
}

#[tokio::test]
async fn a_call_that_is_not_awaited_leaves_no_span() {
    let (server, clock) = (Server::default(), ManualClock::new());
    let collector = Collector::default();
    let _guard = tracing::subscriber::set_default(collector.clone());
    let client = patient(&server, &clock).build().unwrap();
    let call = client.people().find_one("7");
    drop(call.send_raw());
    assert!(collector.lines().is_empty(), "{:?}", collector.lines());
}

/// Over connections, so that the crates below take part.
#[tokio::test]
async fn nothing_secret_is_traced_by_the_crates_below() {
    let collector = Collector::default();
    let _guard = tracing::subscriber::set_default(collector.clone());
    let server = Loopback::new([
        answer(307, &[("location", "/next/hunter2?key=hunter2")], ""),
        answer(503, &[("x-echo", "hunter2")], r#"{"message":"hunter2"}"#),
        answer(307, &[("location", "/next/hunter2?key=hunter2")], ""),
        answer(
            404,
            &[("set-cookie", "hunter2")],
            r#"{"message":"hunter2"}"#,
        ),
    ]);
    let builder = crate::people::Client::builder().base_url(server.url());
    let builder = builder.bearer_token("hunter2").header("x-who", "hunter2");
    let wait = rt::RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO);
    let client = builder.retry(wait).build().unwrap();
    let people = client.people();
    let call = people.find_many().filter("hunter2");
    call.await.unwrap_err();
    assert_eq!(server.requests().len(), 4);
    // A connection that is refused.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let builder = crate::people::Client::builder().base_url(url);
    let client = builder
        .bearer_token("hunter2")
        .retry(rt::RetryPolicy::none());
    let person = Person {
        name: Some("hunter2".to_owned()),
        ..Person::default()
    };
    let client = client.build().unwrap();
    client.people().create_one(&person).await.unwrap_err();
    let lines = collector.lines();
    let targets = collector.targets();
    assert!(
        targets.iter().any(|target| target.starts_with("hyper")),
        "they are listened to: {targets:?}"
    );
    assert!(
        !lines.iter().any(|line| line.contains("hunter2")),
        "{lines:?}"
    );
}

/// Every way that something secret or personal gets into a call: credential, path, query, header,
/// cookie, bodies both ways, and the errors made of them.
#[tokio::test]
async fn nothing_secret_or_personal_is_traced() {
    let (server, clock) = (Server::default(), ManualClock::new());
    let echo = r#"{"message":"no hunter2","messages":["hunter2"]}"#;
    for status in [503, 500, 400, 200, 429, 401] {
        server.add(
            status,
            &[("set-cookie", "hunter2"), ("x-hunter2", "hunter2")],
            echo,
        );
    }
    server.fail(rt::TransportErrorKind::Broken);
    let collector = Collector::default();
    let _guard = tracing::subscriber::set_default(collector.clone());
    let builder = patient(&server, &clock).bearer_token("hunter2");
    let builder = builder.secret_header("X-Key", "hunter2");
    let client = builder.header("X-Who", "hunter2").build().unwrap();
    let people = client.people();
    let person = Person {
        name: Some("hunter2".to_owned()),
        ..Person::default()
    };
    people.find_one("hunter2").await.unwrap_err();
    people.find_one("hunter2").await.unwrap_err();
    let many = people
        .find_many()
        .filter("hunter2")
        .header("X-A", "hunter2");
    many.await.unwrap_err();
    people.create_one(&person).await.unwrap_err();
    people.find_one("").await.unwrap_err();
    let lines = collector.lines();
    assert!(lines.len() > 20, "{lines:?}");
    assert!(
        !lines.iter().any(|line| line.contains("hunter2")),
        "{lines:?}"
    );
    assert!(
        lines
            .iter()
            .any(|line| line.contains("error.type=\"request\""))
    );
}
