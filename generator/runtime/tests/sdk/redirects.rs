//! Redirects, over real connections: what a server answers cannot send a credential elsewhere.

use std::net::TcpListener;

use specwright_runtime as rt;
use specwright_runtime::serde_json::json;

use crate::loopback::{Loopback, Wire, answer};

static API: rt::Api = rt::Api::new("All", "all/0.1.0")
    .schemes(&[
        rt::Scheme::bearer("bearer"),
        rt::Scheme::api_key_header("header", "X-Key"),
        rt::Scheme::api_key_query("query", "key"),
        rt::Scheme::api_key_cookie("cookie", "sid"),
    ])
    .security(&[&["bearer", "header", "query", "cookie"]]);
const POST: rt::Operation = rt::Operation::post("post", "/start");

/// A client whose credential goes everywhere at once.
fn client(base_url: &str) -> rt::Client {
    let schemes = ["bearer", "header", "query", "cookie"];
    let builder = rt::ClientBuilder::default().base_url(base_url);
    let builder = schemes
        .into_iter()
        .fold(builder, |builder, key| builder.credential(key, "hunter2"));
    builder.build(&API).unwrap()
}

async fn post(base_url: &str) -> Result<rt::RawResponse, rt::Error> {
    let call = rt::Call::<(), rt::NoErrorBody>::new(&client(base_url), &POST);
    call.json(&json!({"secret": "hunter2"})).send_raw().await
}

fn redirect(status: u16, to: &str) -> String {
    answer(status, &[("location", to)], "")
}

fn lines(requests: &[Wire]) -> Vec<&str> {
    requests.iter().map(Wire::line).collect()
}

/// What a call says whose server sends it to another place.
async fn sent_away(status: u16, to: &str) -> String {
    let server = Loopback::new([redirect(status, to)]);
    let error = post(&server.url()).await.unwrap_err();
    assert!(
        error.is_api() && error.status().is_some_and(|s| s == status),
        "{error}"
    );
    assert_eq!(server.requests().len(), 1);
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(!shown.contains("/steal"), "{shown}");
    error.to_string()
}

#[tokio::test]
async fn no_credential_goes_to_another_port_host_or_scheme() {
    for status in [301, 302, 303, 307, 308] {
        let thief = TcpListener::bind("127.0.0.1:0").unwrap();
        thief.set_nonblocking(true).unwrap();
        let port = thief.local_addr().unwrap().port();
        for origin in [
            format!("http://127.0.0.1:{port}"),
            format!("http://localhost:{port}"),
            format!("https://127.0.0.1:{port}"),
        ] {
            let error = sent_away(status, &format!("{origin}/steal?key=hunter2")).await;
            assert!(
                error.contains(&format!("redirects to {origin}, and")),
                "{error}"
            );
            assert!(error.contains("`base_url`"), "{error}");
        }
        let error = sent_away(status, &format!("//localhost:{port}/steal")).await;
        assert!(error.contains("redirects to localhost, and"), "{error}");
        assert!(thief.accept().is_err(), "nobody may connect");
    }
}

#[tokio::test]
async fn another_name_of_the_same_server_is_another_origin() {
    let server = Loopback::new([String::new(), String::new()]);
    let port = server.address.port();
    let first = Loopback::new([redirect(307, &format!("http://localhost:{port}/steal"))]);
    post(&first.url()).await.unwrap_err();
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_hop_within_the_origin_does_not_open_the_way_out() {
    let thief = Loopback::new([answer(200, &[], "stolen")]);
    let out = format!("{}/steal", thief.url());
    let server = Loopback::new([redirect(307, "/next"), redirect(307, &out)]);
    let error = post(&server.url()).await.unwrap_err();
    assert!(error.to_string().contains(&thief.url()), "{error}");
    assert_eq!(server.requests().len(), 2);
    assert!(thief.requests().is_empty());
}

#[tokio::test]
async fn within_the_origin_a_307_and_a_308_keep_method_and_body() {
    for status in [307, 308] {
        let server = Loopback::new([redirect(status, "/next"), answer(200, &[], "{}")]);
        post(&server.url()).await.unwrap();
        let requests = server.requests();
        assert_eq!(
            lines(&requests),
            [
                "POST /start?key=hunter2 HTTP/1.1",
                "POST /next?key=hunter2 HTTP/1.1"
            ]
        );
        assert_eq!(requests[1].body, r#"{"secret":"hunter2"}"#);
        assert_eq!(requests[1].header("content-type"), Some("application/json"));
        assert_eq!(requests[1].header("authorization"), Some("Bearer hunter2"));
        assert_eq!(requests[1].header("x-key"), Some("hunter2"));
        assert_eq!(requests[1].header("cookie"), Some("sid=hunter2"));
        assert_eq!(
            requests[1].header("referer"),
            None,
            "it would have the key in it"
        );
    }
}

#[tokio::test]
async fn a_303_after_a_post_is_a_get_without_a_body() {
    let server = Loopback::new([redirect(303, "/made"), answer(200, &[], "7")]);
    let made = post(&server.url()).await.unwrap();
    assert_eq!(made.json::<i64>().unwrap(), 7);
    let requests = server.requests();
    assert_eq!(requests[1].line(), "GET /made?key=hunter2 HTTP/1.1");
    assert_eq!(
        (
            requests[1].body.as_str(),
            requests[1].header("content-type")
        ),
        ("", None)
    );
}

#[tokio::test]
async fn a_loop_ends_and_is_not_tried_again() {
    const GET: rt::Operation = rt::Operation::get("get", "/start");
    let server = Loopback::new((0..100).map(|_| redirect(307, "/start")));
    let call = rt::Call::<(), rt::NoErrorBody>::new(&client(&server.url()), &GET);
    let error = call.send_empty().await.unwrap_err().to_string();
    assert!(error.contains("too many redirects"), "{error}");
    assert_eq!(server.requests().len(), 11);
}

#[tokio::test]
async fn a_body_that_cannot_be_sent_again_is_not() {
    let server = Loopback::new([redirect(307, "/next"), answer(200, &[], "")]);
    let once = crate::streams::pieces(["hunter2"]);
    let call = rt::Call::<(), rt::NoErrorBody>::new(&client(&server.url()), &POST);
    let error = call
        .body("text/plain", rt::Body::from_stream(once))
        .send_empty()
        .await
        .unwrap_err();
    let shown = error.to_string();
    assert!(shown.contains("it redirects within the server"), "{shown}");
    assert_eq!(server.requests().len(), 1);
}
