//! Building clients, and what all requests have in common.

use std::time::Duration;

use specwright_runtime as rt;
use specwright_runtime::http;

use crate::clock::ManualClock;
use crate::people::{Client, Person, client};
use crate::server::Server;

fn person(name: &str) -> Person {
    Person {
        name: Some(name.to_owned()),
        ..Person::default()
    }
}

#[tokio::test]
async fn a_call_sends_what_the_operation_says() {
    let server = Server::new([(201, r#"{"data":{"createPerson":{"id":7,"name":"Ann"}}}"#)]);
    let made = client(&server)
        .people()
        .create_one(&person("Ann"))
        .await
        .unwrap();
    assert_eq!(
        made,
        Person {
            id: Some(7),
            name: Some("Ann".to_owned())
        }
    );
    let sent = server.only();
    assert_eq!(
        (sent.method.as_str(), sent.url.as_str()),
        ("POST", "https://crm.example/rest/people")
    );
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.header("accept"), Some("application/json"));
    assert_eq!(sent.header("user-agent"), Some("people-rust/0.1.0"));
    assert_eq!(sent.header("authorization"), Some("Bearer t0ken-t0ken"));
    assert_eq!(sent.text(), r#"{"name":"Ann"}"#);
}

#[tokio::test]
async fn a_call_can_be_sent_from_another_task() {
    fn assert_task<T: Send + 'static>(task: T) -> T {
        task
    }
    let server = Server::new([(200, r#"{"data":{"person":{"id":7}}}"#)]);
    let client = client(&server);
    let call = assert_task(client.people().find_one("7"));
    let stream = assert_task(client.people().find_many().stream());
    let future = assert_task(call.into_future());
    drop((client, stream));
    assert_eq!(tokio::spawn(future).await.unwrap().unwrap().id, Some(7));
}

#[tokio::test]
async fn a_clone_of_a_call_can_be_sent_again() {
    let server = Server::new([(200, ""), (200, "")]);
    let call = client(&server)
        .people()
        .delete_one("7")
        .header("X-Reason", "test");
    call.clone().await.unwrap();
    call.await.unwrap();
    let sent = server.sent();
    assert_eq!(sent.len(), 2);
    assert!(
        sent.iter()
            .all(|sent| sent.header("x-reason") == Some("test"))
    );
}

#[tokio::test]
async fn a_call_replaces_the_headers_of_the_client() {
    let server = Server::new([]);
    let client = Client::builder()
        .base_url("https://crm.example")
        .bearer_token("t")
        .user_agent("mine/1")
        .header("X-Account", "a")
        .header("X-Other", "é")
        .transport(server.transport())
        .build()
        .unwrap();
    client
        .people()
        .delete_one("7")
        .header("x-account", "b")
        .await
        .unwrap();
    let sent = server.only();
    assert_eq!(sent.header("x-account"), Some("b"));
    assert_eq!(sent.header("user-agent"), Some("mine/1"));
    assert_eq!(sent.headers["x-other"].as_bytes(), "é".as_bytes());
}

#[test]
fn a_client_that_cannot_work_is_not_built() {
    for (builder, expected) in [
        (Client::builder(), "no base URL"),
        (Client::builder().base_url("crm.example"), "is not one"),
        (
            Client::builder().base_url("ftp://crm.example"),
            "neither http nor https",
        ),
        (
            Client::builder().base_url("https://u:hunter2@crm.example"),
            "user or password",
        ),
        (
            Client::builder().base_url("https://crm.example?key=hunter2"),
            "query or fragment",
        ),
        (
            Client::builder().base_url("https://h").header("a b", "c"),
            "header `a b`",
        ),
        (
            Client::builder()
                .base_url("https://h")
                .header("a", "hunter2\n"),
            "header `a`",
        ),
        (
            Client::builder().base_url("https://h").user_agent("\n"),
            "user agent",
        ),
    ] {
        let error = builder.build().unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}

#[test]
fn the_default_transport_needs_no_runtime_to_be_built() {
    let client = Client::builder()
        .base_url("http://127.0.0.1:9")
        .connect_timeout(None)
        .build();
    assert!(client.is_ok());
}

#[tokio::test]
async fn an_operation_can_have_a_server_of_its_own() {
    const UPLOAD: rt::Operation = rt::Operation::get("x", "/x").server("https://up.example/v2/");
    static API: rt::Api = rt::Api::new("x", "x").base_url("https://api.example/v1");
    let server = Server::new([]);
    let builder = rt::ClientBuilder::default().transport(server.transport());
    for builder in [builder.clone(), builder.base_url("http://localhost/test")] {
        let core = builder.build(&API).unwrap();
        rt::Call::<(), rt::NoErrorBody>::new(&core, &UPLOAD)
            .send_empty()
            .await
            .unwrap();
    }
    let urls: Vec<String> = server.sent().into_iter().map(|sent| sent.url).collect();
    assert_eq!(urls, ["https://up.example/v2/x", "http://localhost/test/x"]);
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
async fn the_timeout_of_a_call_is_before_that_of_the_client() {
    let builder = || {
        let builder = Client::builder().base_url("https://h").bearer_token("t");
        builder.transport(Stopwatch).clock(ManualClock::new())
    };
    let seen = async |builder: crate::people::ClientBuilder, timeout: Option<u64>| {
        let call = builder.build().unwrap().people().delete_one("7");
        let call = match timeout {
            Some(seconds) => call.timeout(Duration::from_secs(seconds)),
            None => call,
        };
        String::from_utf8(call.send_raw().await.unwrap().into_bytes().to_vec()).unwrap()
    };
    assert_eq!(seen(builder(), None).await, "Some(60s)");
    assert_eq!(
        seen(builder().timeout(Duration::from_secs(5)), None).await,
        "Some(5s)"
    );
    assert_eq!(seen(builder().timeout(None), None).await, "None");
    assert_eq!(seen(builder(), Some(3)).await, "Some(3s)");
}

#[test]
fn debug_shows_no_secret() {
    let builder = Client::builder()
        .base_url("https://h")
        .bearer_token("hunter2")
        .secret_header("X-Key", "hunter2")
        .transport(Server::default().transport());
    let client = builder.clone().build().unwrap();
    let call = client
        .people()
        .find_one("hunter2")
        .header("X-Other", "hunter2");
    let many = client.people().find_many().filter("hunter2");
    let body = client.people().create_one(&person("hunter2"));
    let shown = format!(
        "{builder:#?} {client:?} {:?} {call:?} {many:?} {body:?}",
        client.people()
    );
    assert!(!shown.contains("hunter2"), "{shown}");
    for expected in [
        "bearerAuth",
        "findOnePerson",
        "filter",
        "x-other",
        "application/json",
    ] {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
}
