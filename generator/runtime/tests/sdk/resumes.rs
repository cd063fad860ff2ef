//! Streams of events that are taken up again.

use specwright_runtime as rt;

use crate::clock::ManualClock;
use crate::people::{Client, ErrorBody, patient};
use crate::server::Server;

const EVENTS: rt::Items = rt::Items::text_events("text/event-stream");
const WATCH: rt::Operation = rt::Operation::get("watch", "/events").items(EVENTS);
const ASK: rt::Operation = rt::Operation::post("ask", "/events").items(EVENTS);
const LINES: rt::Operation =
    rt::Operation::get("lines", "/lines").items(rt::Items::lines("application/jsonl"));
const STREAM: [(&str, &str); 1] = [("content-type", "text/event-stream")];

type Events = rt::EventStream<rt::Event<String>, ErrorBody>;

async fn events(client: &Client, operation: &'static rt::Operation) -> Events {
    let call = rt::Call::<Events, ErrorBody>::new(client.core(), operation);
    call.query("room", &7).send_items().await.unwrap()
}

fn server(bodies: &[&str]) -> Server {
    let server = Server::default();
    bodies
        .iter()
        .for_each(|body| server.add(200, &STREAM, body));
    server
}

fn ids(server: &Server) -> Vec<Option<String>> {
    let sent = server.sent();
    let ids = sent.iter().map(|sent| sent.header("last-event-id"));
    ids.map(|id| id.map(str::to_owned)).collect()
}

/// As often as it was allowed, after the wait that the server asks for, with the id of the last event that
/// ended; what had not ended is gone.
#[tokio::test]
async fn a_stream_goes_on_behind_the_last_event() {
    let server = server(&[
        "id: 1\nretry: 250\ndata: a\n\nid: 2\ndata: half",
        "data: b\n\nid: 3\n\n",
        "data: c\n\n",
        "data: never\n\n",
    ]);
    let clock = ManualClock::new();
    let client = patient(&server, &clock).build().unwrap();
    let read = events(&client, &WATCH).await.resume(2).into_vec().await;
    let read: Vec<(String, String)> = read
        .unwrap()
        .into_iter()
        .map(|event| (event.id.unwrap_or_default(), event.data))
        .collect();
    let expected = [("1", "a"), ("1", "b"), ("3", "c")];
    assert_eq!(
        read,
        expected.map(|(id, data)| (id.to_owned(), data.to_owned()))
    );
    let sent = [None, Some("1".to_owned()), Some("3".to_owned())];
    assert_eq!(ids(&server), sent);
    assert!(
        server
            .sent()
            .iter()
            .all(|sent| sent.url.ends_with("/events?room=7"))
    );
    assert!(clock.slept().ends_with(&[250]), "{:?}", clock.slept());
}

#[tokio::test]
async fn no_content_and_the_last_item_end_it() {
    let over = server(&["data: a\n\n"]);
    over.add(204, &[], "");
    let clock = ManualClock::new();
    let client = patient(&over, &clock).build().unwrap();
    let read = events(&client, &WATCH).await.resume(9).into_vec().await;
    assert_eq!((read.unwrap().len(), over.sent().len()), (1, 2));
    assert!(clock.slept().contains(&3_000), "{:?}", clock.slept());
    const DONE: rt::Operation =
        rt::Operation::get("done", "/events").items(rt::Items::events("text/event-stream", &[]));
    let done = server(&["data: 1\n\ndata: [DONE]\n\n"]);
    let client = patient(&done, &clock).build().unwrap();
    let read = events(&client, &DONE).await.resume(9).into_vec().await;
    assert_eq!((read.unwrap_or_default().len(), done.sent().len()), (0, 1));
}

#[tokio::test]
async fn an_error_in_place_of_the_rest_is_an_error() {
    let clock = ManualClock::new();
    let refused = server(&["data: a\n\n"]);
    refused.add(404, &[], r#"{"message":"gone"}"#);
    let page = server(&["data: a\n\n"]);
    page.add(200, &[("content-type", "text/html")], "<html>");
    for (server, expected) in [(refused, "404"), (page, "text/html")] {
        let client = patient(&server, &clock).build().unwrap();
        let mut events = events(&client, &WATCH).await.resume(9);
        assert!(events.try_next().await.unwrap().is_some());
        let error = events.try_next().await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert!(events.try_next().await.unwrap().is_none());
    }
}

/// Nothing is asked for again that was not allowed, has no events, or may do something.
#[tokio::test]
async fn what_may_not_be_asked_for_again_ends() {
    let clock = ManualClock::new();
    for (operation, resumes, kind, body) in [
        (&WATCH, 0, "text/event-stream", "data: a\n\n"),
        (&ASK, 9, "text/event-stream", "data: a\n\n"),
        (
            &LINES,
            9,
            "application/jsonl",
            "{\"event\":\"x\",\"data\":\"a\"}\n",
        ),
    ] {
        let server = Server::default();
        server.add(200, &[("content-type", kind)], body);
        let client = patient(&server, &clock).build().unwrap();
        let read = events(&client, operation)
            .await
            .resume(resumes)
            .into_vec()
            .await;
        assert_eq!((read.unwrap().len(), server.sent().len()), (1, 1));
    }
}

/// A server that restarts is not there for a while: each time costs one of those that were allowed.
#[tokio::test]
async fn a_server_that_is_away_is_asked_again_and_later_each_time() {
    let server = server(&["retry: 10\ndata: a\n\n"]);
    server.add(503, &[], "");
    server.add(503, &[("retry-after", "7")], "");
    server.add(200, &STREAM, "data: b\n\n");
    let clock = ManualClock::new();
    let client = patient(&server, &clock).build().unwrap();
    let call = rt::Call::<Events, ErrorBody>::new(client.core(), &WATCH);
    let call = call.retry(rt::RetryPolicy::none());
    let events = call.send_items().await.unwrap().resume(3);
    let read: Vec<String> = events
        .into_vec()
        .await
        .unwrap()
        .into_iter()
        .map(|it| it.data)
        .collect();
    assert_eq!(read, ["a", "b"]);
    assert_eq!(clock.slept(), [10, 1_000, 7_000]);
}

#[tokio::test]
async fn the_time_of_a_call_ends_a_stream_that_is_taken_up_again() {
    let empty = ["retry: 0\n\n"; 40];
    let server = server(&empty);
    let clock = ManualClock::new();
    let client = patient(&server, &clock).build().unwrap();
    let call = rt::Call::<Events, ErrorBody>::new(client.core(), &WATCH);
    let call = call.timeout(std::time::Duration::from_secs(60));
    let events = call.send_items().await.unwrap().resume(usize::MAX);
    assert_eq!(events.into_vec().await.unwrap(), []);
    assert_eq!(clock.slept(), [1_000, 2_000, 4_000, 8_000, 16_000]);
}
