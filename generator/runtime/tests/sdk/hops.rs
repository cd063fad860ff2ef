//! Redirects on a transport without a network: which are followed, what is sent on, and what is
//! not sent a second time.

use specwright_runtime as rt;

use crate::clock::ManualClock;
use crate::people::patient;
use crate::server::{Sent, Server};

const START: &str = "https://crm.example/rest/start";

const GET: rt::Operation = rt::Operation::get("get", "/start");
const POST: rt::Operation = rt::Operation::post("post", "/start");
const KEYED: rt::Operation = rt::Operation::post("keyed", "/start").idempotency_key("X-Once");
const PUT: rt::Operation = rt::Operation::put("put", "/start");
const HEAD: rt::Operation = rt::Operation::head("head", "/start");

/// How a call ends, which may be tried three times.
async fn outcome(
    server: &Server,
    operation: &'static rt::Operation,
) -> Result<rt::RawResponse, rt::Error> {
    let client = patient(server, &ManualClock::new()).build().unwrap();
    let call = rt::Call::<(), rt::NoErrorBody>::new(client.core(), operation);
    match operation.method {
        "GET" | "HEAD" => call.send_raw().await,
        _ => call.json("body").send_raw().await,
    }
}

fn redirect(server: &Server, status: u16, to: &str) {
    server.add(status, &[("location", to)], "");
}

/// The requests, as `GET /rest/start`.
fn lines(server: &Server) -> Vec<String> {
    let line = |sent: &Sent| {
        let path = sent.url.trim_start_matches("https://crm.example");
        format!("{} {path}", sent.method)
    };
    server.sent().iter().map(line).collect()
}

#[tokio::test]
async fn what_a_post_has_made_is_not_made_twice() {
    for status in [301, 302, 303] {
        for failure in [Ok(429), Ok(503), Err(rt::TransportErrorKind::Connect)] {
            let server = Server::default();
            redirect(&server, status, "/made");
            match failure {
                Ok(status) => server.add(status, &[], ""),
                Err(kind) => server.fail(kind),
            }
            let error = outcome(&server, &POST).await.unwrap_err();
            assert_eq!(error.attempts(), Some(1), "{error}");
            assert_eq!(lines(&server), ["POST /rest/start", "GET /made"]);
        }
    }
}

#[tokio::test]
async fn what_is_not_made_yet_or_cannot_be_made_twice_is_tried_again() {
    for (operation, status, hop) in [
        (&KEYED, 303, "GET /next"),
        (&PUT, 303, "GET /next"),
        (&POST, 307, "POST /next"),
    ] {
        let server = Server::default();
        redirect(&server, status, "/next");
        server.add(429, &[], "");
        outcome(&server, operation).await.unwrap();
        let first = format!("{} /rest/start", operation.method);
        assert_eq!(lines(&server), [&first, hop, &first]);
    }
}

#[tokio::test]
async fn a_circle_is_left_after_ten_redirects_and_not_entered_again() {
    for operation in [&GET, &PUT] {
        let server = Server::default();
        (0..40).for_each(|_| redirect(&server, 307, START));
        let error = outcome(&server, operation).await.unwrap_err();
        let shown = error.to_string();
        assert!(
            shown.ends_with("too many redirects: more than 10"),
            "{shown}"
        );
        assert_eq!(error.attempts(), Some(1));
        assert_eq!(server.sent().len(), 11);
    }
}

#[tokio::test]
async fn ten_redirects_are_followed() {
    let server = Server::default();
    (0..10).for_each(|_| redirect(&server, 308, START));
    outcome(&server, &GET).await.unwrap();
    assert_eq!(server.sent().len(), 11);
}

#[tokio::test]
async fn the_method_is_kept_but_where_the_result_is_elsewhere() {
    for (operation, status, expected) in [
        (&GET, 301, "GET"),
        (&HEAD, 303, "HEAD"),
        (&PUT, 301, "PUT"),
        (&PUT, 302, "PUT"),
        (&PUT, 303, "GET"),
        (&POST, 301, "GET"),
        (&POST, 302, "GET"),
        (&POST, 303, "GET"),
        (&POST, 307, "POST"),
        (&POST, 308, "POST"),
    ] {
        let server = Server::default();
        redirect(&server, status, "/next");
        outcome(&server, operation).await.unwrap();
        let sent = server.sent();
        assert_eq!(sent[1].method, expected, "{operation} {status}");
        let has_body = matches!(expected, "PUT" | "POST");
        assert_eq!(sent[1].text(), if has_body { "\"body\"" } else { "" });
        assert_eq!(sent[1].header("content-type").is_some(), has_body);
        assert_eq!(sent[1].header("authorization"), Some("Bearer t0ken-t0ken"));
    }
}

#[tokio::test]
async fn a_key_is_not_used_for_another_request() {
    for (status, kept) in [(307, true), (303, false)] {
        let server = Server::default();
        redirect(&server, status, "/next");
        outcome(&server, &KEYED).await.unwrap();
        let [first, next] = server.sent().try_into().unwrap();
        assert!(first.header("x-once").is_some());
        assert_eq!(next.header("x-once").is_some(), kept);
    }
}

#[tokio::test]
async fn other_statuses_and_other_origins_are_for_the_caller() {
    for (status, location) in [
        (300, "/next"),
        (304, "/next"),
        (305, "/next"),
        (307, "https://crm.example:444/next"),
        (307, "http://crm.example/next"),
        (307, "//other.example/next"),
        (307, "https:\\\\other.example/next"),
        (307, "file:///next"),
        (307, "https://"),
    ] {
        let server = Server::default();
        redirect(&server, status, location);
        let error = outcome(&server, &GET).await.unwrap_err();
        assert_eq!(error.status().map(|s| s.as_u16()), Some(status));
        assert_eq!(server.sent().len(), 1, "{status} {location}");
    }
    let server = Server::new([(307, "")]);
    outcome(&server, &GET).await.unwrap_err();
    assert_eq!(server.sent().len(), 1, "nobody says where to");
}

#[tokio::test]
async fn a_location_is_resolved_and_stripped() {
    for (location, expected) in [
        ("next?a=b", "https://crm.example/rest/next?a=b"),
        ("?a=b", "https://crm.example/rest/start?a=b"),
        (" /next#part ", "https://crm.example/next"),
        ("//crm.example/next", "https://crm.example/next"),
        ("https://crm.example:443/next", "https://crm.example/next"),
        ("https://a:b@crm.example/next", "https://crm.example/next"),
        ("/n%C3%A4chste", "https://crm.example/n%C3%A4chste"),
    ] {
        let server = Server::default();
        redirect(&server, 308, location);
        outcome(&server, &GET).await.unwrap();
        assert_eq!(server.sent()[1].url, expected);
    }
}

static KEY_IN_QUERY: rt::Api = rt::Api::new("Query", "query/0.1.0")
    .base_url("https://h")
    .schemes(&[rt::Scheme::api_key_query("key", "api key")])
    .security(&[&["key"]]);

#[tokio::test]
async fn a_credential_in_the_query_goes_along() {
    for (location, expected) in [
        ("/next", "https://h/next?api%20key=hunter2%262"),
        ("/next?a=b", "https://h/next?a=b&api%20key=hunter2%262"),
        ("/next?", "https://h/next?api%20key=hunter2%262"),
        // One that the server says itself is the server's business.
        ("/next?api+key=other", "https://h/next?api+key=other"),
    ] {
        let server = Server::default();
        redirect(&server, 307, location);
        let builder = rt::ClientBuilder::default().transport(server.transport());
        let client = builder.credential("key", "hunter2&2").build(&KEY_IN_QUERY);
        let call = rt::Call::<(), rt::NoErrorBody>::new(&client.unwrap(), &GET);
        call.query("page", "2").send_empty().await.unwrap();
        assert_eq!(server.sent()[1].url, expected, "and nothing else of it");
    }
}
