//! What `tracing` sees of a call, and what it must not see.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use specwright_runtime as rt;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::clock::ManualClock;
use crate::people::{Person, patient};
use crate::server::Server;

/// Keeps every field of every span and event, of every level and crate, as text.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<String>>>, Arc<AtomicU64>);

impl Collector {
    fn note(&self, what: &str, record: impl FnOnce(&mut Line)) {
        let mut line = Line(what.to_owned());
        record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
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
        self.note(span.metadata().name(), |line| span.record(line));
        Id::from_u64(self.1.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.note("", |line| values.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
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
