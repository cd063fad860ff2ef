//! Bodies that are streams of items, in both directions.

use std::sync::{Arc, Mutex};

use specwright_runtime as rt;
use specwright_runtime::http;
use specwright_runtime::serde_json::json;

use crate::loopback::{Loopback, answer};
use crate::people::{Client, ErrorBody, call};
use crate::server::Server;
use crate::streams::pieces;

const EVENTS: rt::Items = rt::Items::events("text/event-stream", &["log"]);
const WATCH: rt::Operation = rt::Operation::get("watch", "/people/events").items(EVENTS);
const LINES: rt::Operation =
    rt::Operation::post("lines", "/people/lines").items(rt::Items::lines("application/jsonl"));
const ASK: rt::Operation = rt::Operation::post("ask", "/people").items(EVENTS);

type Events<T> = rt::EventStream<rt::Event<T>, ErrorBody>;

#[derive(Debug, Clone, PartialEq)]
struct Note {
    id: String,
    name: Option<String>,
}
rt::object! {
    Note;
    required id = "id";
    optional name = "name";
}

/// A builder whose answer can be had as a stream.
struct Ask(rt::Call<Note, ErrorBody>);
rt::action! { Ask => json<Note> or items<rt::Event<Note>>, ErrorBody }

const STREAM: [(&str, &str); 1] = [("content-type", "text/event-stream")];

async fn watched<T: rt::Model>(body: &str) -> Events<T> {
    let server = Server::default();
    server.add(200, &STREAM, body);
    call::<Events<T>>(&server, &WATCH)
        .send_items()
        .await
        .unwrap()
}

#[tokio::test]
async fn events_come_with_their_names_and_ids_until_the_last() {
    let server = Loopback::new([answer(
        200,
        &STREAM,
        ": hello\n\nevent: made\nid: 1\ndata: {\"id\":\"a\",\ndata: \"name\":\"Ada\"}\n\n\
         retry: 250\ndata: {\"id\":\"b\"}\n\ndata: [DONE]\n\ndata: {\"id\":\"never\"}\n\n",
    )]);
    let client = Client::builder()
        .base_url(server.url())
        .bearer_token("t")
        .build()
        .unwrap();
    let call = rt::Call::<Events<Note>, ErrorBody>::new(client.core(), &WATCH);
    let mut events = call.send_items().await.unwrap();
    let first = events.try_next().await.unwrap().unwrap();
    assert_eq!(
        (first.name.as_str(), first.id.as_deref()),
        ("made", Some("1"))
    );
    assert_eq!(first.data.name.as_deref(), Some("Ada"));
    let second = events.try_next().await.unwrap().unwrap();
    let beside = (second.name.as_str(), second.id.as_deref(), second.retry);
    assert_eq!(beside, ("message", Some("1"), Some(250)));
    assert_eq!(second.data.id, "b");
    assert_eq!(events.try_next().await.unwrap(), None);
    assert_eq!(events.try_next().await.unwrap(), None);
    assert_eq!(
        server.requests()[0].header("accept"),
        Some("text/event-stream")
    );
}

#[tokio::test]
async fn an_item_that_cannot_be_read_says_where_and_the_next_can_be() {
    let body = "data: {\"id\":\"a\"}\n\ndata: {\"id\":7}\n\ndata: {\"id\":\n\ndata: oops\n\n\
        data: {\"id\":\"b\"}\n\n";
    let mut events = watched::<Note>(body).await;
    assert!(events.try_next().await.is_ok());
    let expected = [
        "item 2: data.id: expected a string, found 7 (line 1, column",
        "item 3, its data: it ends in the middle",
        "item 4: data: expected an object, found \"oops\"",
    ];
    for expected in expected {
        let error = events.try_next().await.unwrap_err();
        let rt::Error::Decode(decode) = &error else {
            panic!("{error}");
        };
        assert!(error.to_string().contains(expected), "{error}");
        assert!(
            error.to_string().starts_with("GET /people/events: "),
            "{error}"
        );
        assert!(!decode.raw().is_empty());
    }
    assert_eq!(events.try_next().await.unwrap().unwrap().data.id, "b");
    assert!(events.try_next().await.unwrap().is_none());
}

/// Read as events, JSON would be a stream of none.
#[tokio::test]
async fn an_answer_that_is_no_stream_is_an_error() {
    for kind in ["application/json", "text/html"] {
        let server = Server::default();
        server.add(200, &[("content-type", kind)], r#"{"id":"a"}"#);
        let call = call::<Events<Note>>(&server, &WATCH);
        let error = call.send_items().await.unwrap_err();
        assert!(error.is_decode());
        let expected = format!("the body is {kind} and not text/event-stream");
        assert!(error.to_string().contains(&expected), "{error}");
    }
    let server = Server::new([(404, r#"{"message":"nobody"}"#)]);
    let error = call::<Events<Note>>(&server, &WATCH)
        .send_items()
        .await
        .unwrap_err();
    assert_eq!(error.status().map(|it| it.as_u16()), Some(404));
}

#[tokio::test]
async fn text_is_text_where_the_document_says_so() {
    let all = watched::<rt::Value>("event: log\ndata: 7\n\ndata: 7\n\n").await;
    let all: Vec<rt::Value> = all
        .into_vec()
        .await
        .unwrap()
        .into_iter()
        .map(|it| it.data)
        .collect();
    assert_eq!(all, [json!("7"), json!(7)]);
}

#[tokio::test]
async fn an_answer_is_whole_unless_a_stream_is_asked_for() {
    let server = Server::default();
    server.add(
        200,
        &[("content-type", "application/json")],
        r#"{"id":"a"}"#,
    );
    server.add(200, &STREAM, "data: {\"id\":\"b\"}\n\n");
    let ask = Ask(call(&server, &ASK));
    assert_eq!(ask.clone().await.unwrap().id, "a");
    let events = ask.stream().await.unwrap().into_vec().await.unwrap();
    assert_eq!(events[0].data.id, "b");
    let sent = server.sent();
    let accept = |index: usize| sent[index].header("accept").unwrap().to_owned();
    assert_eq!(accept(0), "application/json");
    assert_eq!(accept(1), "text/event-stream");
}

#[tokio::test]
async fn lines_are_read_as_they_come_and_sent_as_they_are_made() {
    let server = Server::default();
    for _ in 0..4 {
        server.add(200, &[], "{\"id\":\"a\"}\n\n{\"id\":\"b\"}\r\n{\"id\":1}");
    }
    let send = |operation, kind: &str, lines: rt::Lines<rt::Value>| {
        let call = call::<rt::EventStream<Note, ErrorBody>>(&server, operation);
        call.lines(kind, lines).send_items()
    };
    let items = vec![json!({"n": 1.0}), json!("x")];
    let mut people = send(&LINES, "application/jsonl", items.clone().into())
        .await
        .unwrap();
    assert_eq!(people.try_next().await.unwrap().unwrap().id, "a");
    assert_eq!(people.try_next().await.unwrap().unwrap().id, "b");
    let error = people.try_next().await.unwrap_err().to_string();
    assert!(
        error.contains("item 3: id: expected a string, found 1"),
        "{error}"
    );
    assert!(people.try_next().await.unwrap().is_none());
    let _ = send(&LINES, "application/json-seq", items.into())
        .await
        .unwrap();
    let _ = send(
        &LINES,
        "application/jsonl",
        rt::Lines::written("{\"n\": 1}"),
    )
    .await
    .unwrap();
    let sent: Vec<_> = server
        .sent()
        .iter()
        .map(|it| it.text().to_owned())
        .collect();
    assert_eq!(
        sent,
        [
            "{\"n\":1}\n\"x\"\n",
            "\u{1e}{\"n\":1}\n\u{1e}\"x\"\n",
            "{\"n\": 1}"
        ]
    );
    assert_eq!(
        server.sent()[0].header("content-type"),
        Some("application/jsonl")
    );
}

/// Strings that come one after the other.
struct Strings(std::vec::IntoIter<&'static str>);

impl futures_core::Stream for Strings {
    type Item = &'static str;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.next())
    }
}

#[tokio::test]
async fn a_stream_of_lines_is_sent_piece_by_piece() {
    let server = Loopback::new([answer(200, &[], "")]);
    let client = Client::builder()
        .base_url(server.url())
        .bearer_token("t")
        .build()
        .unwrap();
    let lines = rt::Lines::from_stream(Strings(vec!["a", "b"].into_iter()));
    let call = rt::Call::<(), ErrorBody>::new(client.core(), &LINES);
    call.lines("application/jsonl", lines)
        .send_empty()
        .await
        .unwrap();
    assert_eq!(
        server.requests()[0].body,
        "4\r\n\"a\"\n\r\n4\r\n\"b\"\n\r\n0\r\n\r\n"
    );
}

#[tokio::test]
async fn an_item_has_a_limit_and_a_stream_has_none() {
    let event = format!("data: {{\"id\":\"{}\"}}\n\n", "x".repeat(60));
    let server = Server::default();
    server.add(200, &STREAM, &event.repeat(50));
    server.add(200, &STREAM, &event.replace('x', "xx"));
    let transport = server.transport();
    let builder = Client::builder()
        .base_url("https://api.example")
        .bearer_token("t");
    let client = builder
        .transport(transport)
        .max_response_size(100)
        .build()
        .unwrap();
    let call = || rt::Call::<Events<Note>, ErrorBody>::new(client.core(), &WATCH);
    let all = call().send_items().await.unwrap().into_vec().await.unwrap();
    assert_eq!(all.len(), 50);
    let mut events = call().send_items().await.unwrap();
    let error = events.try_next().await.unwrap_err().to_string();
    assert!(error.contains("item 1 is larger than 100 bytes"), "{error}");
    assert!(events.try_next().await.unwrap().is_none(), "it has ended");
}

#[tokio::test]
async fn a_stream_that_breaks_has_ended() {
    let body = Arc::new(Mutex::new(Some(rt::Body::from_stream(pieces([
        "data: {\"id\":",
        "\"a\"}\n",
        "\ndata: {\"id\"",
        "!",
    ])))));
    let transport = move |_: http::Request<rt::Body>| {
        let body = body.lock().unwrap().take().unwrap_or_default();
        Ok(http::Response::new(body))
    };
    let builder = Client::builder()
        .base_url("https://api.example")
        .bearer_token("t");
    let client = builder.transport(transport).build().unwrap();
    let call = rt::Call::<Events<Note>, ErrorBody>::new(client.core(), &WATCH);
    let mut events = call.send_items().await.unwrap();
    assert_eq!(events.try_next().await.unwrap().unwrap().data.id, "a");
    let error = events.try_next().await.unwrap_err().to_string();
    assert!(error.contains("the disk is gone"), "{error}");
    assert!(error.starts_with("GET /people/events: "), "{error}");
    assert!(events.try_next().await.unwrap().is_none());
}
