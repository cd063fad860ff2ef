//! What a server answers cannot hurt: bodies that are too large, cut, or nested too deeply.

use std::time::Duration;

use specwright_runtime as rt;

use crate::loopback::{Loopback, answer};
use crate::people::{Client, ErrorBody, Person, call};
use crate::server::Server;

const PLAIN: rt::Operation = rt::Operation::get("op", "/op").security(&[]);

fn limited<R>(server: &Server, limit: impl Into<Option<u64>>) -> rt::Call<R, ErrorBody> {
    let builder = Client::builder()
        .base_url("https://h")
        .transport(server.transport());
    let client = builder.max_response_size(limit).build().unwrap();
    rt::Call::new(client.core(), &PLAIN)
}

fn decode(error: rt::Error<ErrorBody>) -> rt::DecodeError {
    match error {
        rt::Error::Decode(error) => *error,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_an_error_that_says_what_to_do() {
    let server = Server::new([(200, "\"12345678\""), (200, "\"12345678\"")]);
    assert_eq!(
        limited::<String>(&server, 10).send_json().await.unwrap(),
        "12345678"
    );
    let error = decode(limited::<String>(&server, 9).send_json().await.unwrap_err());
    assert_eq!(error.kind(), rt::DecodeErrorKind::TooLarge);
    assert_eq!(
        error.to_string(),
        "GET /op: cannot read the response (200 OK): the body is larger than 9 bytes, namely 10: \
         give the client's builder another `max_response_size`, or read it with `send_stream`"
    );
    assert!(!error.response().is_complete());
}

#[tokio::test]
async fn every_way_to_read_holds_the_limit_but_that_which_reads_nothing() {
    let server = Server::new([(200, "0123456789"); 5]);
    assert!(limited::<()>(&server, 9).send_raw().await.is_err());
    assert!(limited::<rt::Bytes>(&server, 9).send_bytes().await.is_err());
    assert!(limited::<String>(&server, 9).send_text().await.is_err());
    assert!(
        limited::<rt::Page<i64>>(&server, 9)
            .send_page()
            .await
            .is_err()
    );
    limited::<()>(&server, 9).send_empty().await.unwrap();
    let server = Server::new([(200, "0123456789")]);
    assert_eq!(
        limited::<String>(&server, None).send_text().await.unwrap(),
        "0123456789"
    );
}

#[tokio::test]
async fn the_limit_is_64_mib_where_nothing_is_said() {
    let server = Server::default();
    for extra in [0, 1] {
        server.add(200, &[], &"x".repeat(64 * 1024 * 1024 + extra));
    }
    assert!(call::<String>(&server, &PLAIN).send_text().await.is_ok());
    assert!(call::<String>(&server, &PLAIN).send_text().await.is_err());
}

/// An answer without an end, in chunks.
fn endless() -> Vec<u8> {
    let mut answer = b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let chunk = [b"1000\r\n", "x".repeat(4096).as_bytes(), b"\r\n"].concat();
    (0..100).for_each(|_| answer.extend(&chunk));
    answer
}

#[tokio::test]
async fn a_body_without_an_end_is_read_up_to_the_limit() {
    let server = Loopback::new([endless()]);
    let builder = Client::builder()
        .base_url(server.url())
        .max_response_size(10_000);
    let client = builder.timeout(Duration::from_secs(20)).build().unwrap();
    let call = rt::Call::<(), ErrorBody>::new(client.core(), &PLAIN);
    let error = decode(call.send_raw().await.unwrap_err());
    assert_eq!(error.raw().len(), 10_000);
    assert!(
        error
            .to_string()
            .contains("larger than 10000 bytes, namely more"),
        "{error}"
    );
}

#[tokio::test]
async fn a_length_that_is_too_large_is_refused_before_it_is_read() {
    // Nothing of the body ever comes: waiting for it would end with the timeout.
    let server = Loopback::new(["HTTP/1.1 200 X\r\ncontent-length: 99999999999\r\n\r\n"]);
    let builder = Client::builder().base_url(server.url());
    let client = builder.timeout(Duration::from_secs(20)).build().unwrap();
    let call = rt::Call::<(), ErrorBody>::new(client.core(), &PLAIN);
    let error = decode(call.send_raw().await.unwrap_err());
    assert!(error.to_string().contains("namely 99999999999"), "{error}");
}

#[tokio::test]
async fn the_error_of_a_server_keeps_its_status_however_its_body_comes() {
    let server = Server::default();
    server.add(503, &[], &"busy ".repeat(1_000_000));
    let rt::Error::Api(error) = call::<()>(&server, &PLAIN).send_raw().await.unwrap_err() else {
        panic!();
    };
    assert_eq!(error.raw().len(), 1024 * 1024);
    assert!(!error.response().is_complete());
    assert!(error.message().unwrap().starts_with("busy busy"));
    let cut = answer(400, &[], "no such thing").replace("length: 13", "length: 400");
    let server = Loopback::new([cut]);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let call = rt::Call::<(), ErrorBody>::new(client.core(), &PLAIN);
    let error = call.send_raw().await.unwrap_err();
    assert_eq!(error.to_string(), "GET /op: 400 Bad Request: no such thing");
}

#[tokio::test]
async fn a_connection_that_breaks_says_how_much_came() {
    let server = Loopback::new([answer(200, &[], "half").replace("length: 4", "length: 400")]);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let call = rt::Call::<(), ErrorBody>::new(client.core(), &PLAIN).retry(rt::RetryPolicy::none());
    let error = call.send_raw().await.unwrap_err().to_string();
    let expected = "GET /op: the connection broke after 4 of the body's 400 bytes: ";
    assert!(error.starts_with(expected), "{error}");
}

#[tokio::test]
async fn what_is_compressed_though_nobody_asked_says_so() {
    let server = Loopback::new([answer(200, &[("content-encoding", "gzip")], "\u{1f}\u{7f}")]);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let call = rt::Call::<Person, ErrorBody>::new(client.core(), &PLAIN);
    let error = decode(call.send_json().await.unwrap_err());
    assert_eq!(error.kind(), rt::DecodeErrorKind::ContentType);
    assert!(
        error
            .to_string()
            .ends_with("is compressed (gzip), which was not asked for"),
        "{error}"
    );
    assert_eq!(
        server.requests()[0].header("accept-encoding"),
        Some("identity")
    );
}

/// A type that holds itself, in each of the ways that models do.
#[derive(Debug, Clone, PartialEq)]
struct Tree {
    child: Option<Box<Node>>,
    any: Option<rt::Value>,
    rest: rt::Map<String, rt::Value>,
}
rt::object! { Tree; optional child = "child"; optional any = "any"; ..rest; }

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Leaf(Leaf),
    Tree(Tree),
    Unknown(rt::Value),
}
rt::untagged_union! { Node; Leaf: object; Tree: object; }

/// Reads its child before it finds that it is none.
#[derive(Debug, Clone, PartialEq)]
struct Leaf {
    child: Option<Box<Node>>,
    leaf: bool,
}
rt::object! { Leaf; optional child = "child"; required leaf = "leaf"; }

#[tokio::test]
async fn what_is_as_deep_as_can_be_read_is_compared_written_and_dropped() {
    for (open, close) in [
        (r#"{"any":"#, "}"),
        (r#"{"new":"#, "}"),
        ("[", "]"),
        (r#"{"child":"#, "}"),
    ] {
        let inside = format!("{}7{}", open.repeat(120), close.repeat(120));
        let body = format!(r#"{{"any":{inside}}}"#);
        let server = Server::new([(200, &body)]);
        let tree = call::<Tree>(&server, &PLAIN).send_json().await.unwrap();
        assert_eq!(tree.clone(), tree);
        assert_eq!(rt::serde_json::to_string(&tree).unwrap(), body);
    }
}

#[tokio::test]
async fn what_is_deeper_is_a_located_error() {
    for (open, kind) in [
        (r#"{"any":"#, "any"),
        (r#"{"new":"#, "new"),
        (r#"{"child":"#, "child"),
    ] {
        for depth in [200, 100_000] {
            let body = format!("{}7{}", open.repeat(depth), "}".repeat(depth));
            let server = Server::new([(200, &body)]);
            let error = decode(call::<Tree>(&server, &PLAIN).send_json().await.unwrap_err());
            assert_eq!(error.kind(), rt::DecodeErrorKind::TooDeep, "{error}");
            assert!(
                error
                    .path()
                    .unwrap()
                    .starts_with(&format!("{kind}.{kind}.")),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn a_union_in_a_union_takes_no_time_that_doubles_with_each_level() {
    let body = format!("{}7{}", r#"{"child":"#.repeat(120), "}".repeat(120));
    let server = Server::new([(200, &body)]);
    let tree = call::<Tree>(&server, &PLAIN).send_json().await.unwrap();
    assert!(tree.child.is_some());
    // What could not be told in time is kept as it came.
    assert_eq!(rt::serde_json::to_string(&tree).unwrap(), body);
}

#[tokio::test]
async fn a_union_of_ordinary_depth_is_told_to_its_end() {
    let (open, close) = (r#"{"child":"#.repeat(8), "}".repeat(8));
    let body = format!(r#"{open}{{"leaf":true}}{close}"#);
    let server = Server::new([(200, &body)]);
    let tree = call::<Tree>(&server, &PLAIN).send_json().await.unwrap();
    let mut node = tree.child.unwrap();
    for _ in 0..7 {
        let Node::Tree(inner) = *node else {
            panic!("{node:?}");
        };
        node = inner.child.unwrap();
    }
    assert!(matches!(&*node, Node::Leaf(leaf) if leaf.leaf), "{node:?}");
}
