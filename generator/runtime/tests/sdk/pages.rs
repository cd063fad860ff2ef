//! Lists over several pages.

use std::future::{Future, poll_fn};
use std::pin::Pin;

use specwright_runtime as rt;

use crate::people::{Error, ErrorBody, PageMeta, call, client};
use crate::server::{Sent, Server};

fn page(ids: &[i64], end: &str, more: bool) -> String {
    let people: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":{id}}}"#)).collect();
    let people = people.join(",");
    format!(
        r#"{{"data":{{"people":[{people}]}},"page":{{"end":"{end}","more":{more}}},"totalCount":3}}"#
    )
}

fn urls(server: &Server) -> Vec<String> {
    let path = |sent: Sent| sent.url.replace("https://crm.example/rest", "");
    server.sent().into_iter().map(path).collect()
}

#[tokio::test]
async fn one_page_has_items_metadata_and_the_way_on() {
    let server = Server::new([(200, &page(&[1, 2], "c2", true))]);
    let page = client(&server)
        .people()
        .find_many()
        .filter("a=b")
        .await
        .unwrap();
    assert_eq!(page.meta, PageMeta { total: Some(3) });
    assert_eq!(page.next.as_deref(), Some("c2"));
    assert_eq!(
        page.into_iter()
            .filter_map(|person| person.id)
            .collect::<Vec<_>>(),
        [1, 2]
    );
    assert_eq!(urls(&server), ["/people?filter=a%3Db"]);
}

#[tokio::test]
async fn a_stream_gives_the_items_of_all_pages() {
    let server = Server::new([
        (200, &page(&[1, 2], "c/2", true)),
        (200, &page(&[], "c3", true)),
        (200, &page(&[3], "c4", false)),
    ]);
    let mut people = client(&server).people().find_many().filter("x").stream();
    let mut ids = Vec::new();
    while let Some(person) = people.try_next().await.unwrap() {
        ids.extend(person.id);
    }
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(
        urls(&server),
        [
            "/people?filter=x",
            "/people?filter=x&after=c%2F2",
            "/people?filter=x&after=c3"
        ]
    );
    assert!(
        people.try_next().await.unwrap().is_none(),
        "it stays at its end"
    );
}

#[tokio::test]
async fn a_page_is_requested_only_when_it_is_needed() {
    let server = Server::new([
        (200, &page(&[1, 2], "c2", true)),
        (200, &page(&[3], "", false)),
    ]);
    let mut people = client(&server).people().find_many().stream();
    assert_eq!(server.sent().len(), 0);
    people.try_next().await.unwrap();
    people.try_next().await.unwrap();
    assert_eq!(server.sent().len(), 1);
    people.try_next().await.unwrap();
    assert_eq!(server.sent().len(), 2);
}

#[tokio::test]
async fn pages_come_whole_and_as_a_stream_of_futures_core() {
    let server = Server::new([
        (200, &page(&[1], "c2", true)),
        (200, &page(&[3], "c3", false)),
    ]);
    let mut pages = client(&server).people().find_many().pages();
    let mut totals = Vec::new();
    while let Some(page) =
        poll_fn(|context| futures_core::Stream::poll_next(Pin::new(&mut pages), context)).await
    {
        totals.push(page.unwrap().meta.total);
    }
    assert_eq!(totals, [Some(3), Some(3)]);
}

#[tokio::test]
async fn a_list_that_goes_in_a_circle_ends_with_an_error() {
    let server = Server::default();
    for cursor in ["a", "b"].repeat(20) {
        server.add(200, &[], &page(&[1], cursor, true));
    }
    let mut people = client(&server).people().find_many().stream();
    let mut items = 0;
    let error = loop {
        match people.try_next().await {
            Ok(Some(_)) => items += 1,
            Ok(None) => panic!("it ended after {items} items"),
            Err(error) => break error,
        }
    };
    assert!(
        error.to_string().ends_with("the list goes in a circle"),
        "{error}"
    );
    assert!(items < 8, "{items}");
    assert!(
        people.try_next().await.unwrap().is_none(),
        "it ends after an error"
    );
}

#[tokio::test]
async fn an_error_ends_the_stream() {
    let server = Server::new([
        (200, &page(&[1], "c", true)),
        (429, r#"{"message":"slow"}"#),
    ]);
    let mut people = client(&server).people().find_many().stream();
    assert!(people.try_next().await.unwrap().is_some());
    assert!(matches!(people.try_next().await, Err(Error::Api(e)) if e.status() == 429));
    assert!(people.try_next().await.unwrap().is_none());
}

async fn all(
    server: &Server,
    operation: &'static rt::Operation,
    from: Option<(&'static str, i64)>,
) -> Vec<i64> {
    let mut list: rt::Call<rt::Page<i64>, ErrorBody> = call(server, operation);
    if let Some((name, value)) = from {
        list = list.query(name, &value);
    }
    let mut items = Vec::new();
    let mut stream = list.stream();
    while let Some(item) = stream.try_next().await.unwrap() {
        items.push(item);
    }
    items
}

#[tokio::test]
async fn numbered_pages_go_on_until_one_is_empty() {
    const LIST: rt::Operation = rt::Operation::get("l", "/l").pages(rt::Paging::page("page", 1));
    let server = Server::new([(200, "[1,2]"), (200, "[3]"), (200, "[]")]);
    assert_eq!(all(&server, &LIST, None).await, [1, 2, 3]);
    assert_eq!(urls(&server), ["/l?page=1", "/l?page=2", "/l?page=3"]);
    let server = Server::new([(200, "[1,2]"), (200, "[]")]);
    assert_eq!(all(&server, &LIST, Some(("page", 5))).await, [1, 2]);
    assert_eq!(urls(&server), ["/l?page=5", "/l?page=6"]);
}

#[tokio::test]
async fn offsets_go_on_until_the_total() {
    const LIST: rt::Operation = rt::Operation::get("l", "/l")
        .opens(&["items"])
        .pages(rt::Paging::offset("skip").total(&["total"]));
    let server = Server::new([
        (200, r#"{"items":[1,2],"total":3}"#),
        (200, r#"{"total":3,"items":[3]}"#),
    ]);
    assert_eq!(all(&server, &LIST, None).await, [1, 2, 3]);
    assert_eq!(urls(&server), ["/l", "/l?skip=2"]);
}

#[tokio::test]
async fn links_are_followed_within_the_origin() {
    const LIST: rt::Operation = rt::Operation::get("l", "/l").pages(rt::Paging::link());
    let server = Server::default();
    let next = r#"<https://crm.example/rest/l?page=2&x=%2F>; rel="next""#;
    server.add(200, &[("link", next)], "[1]");
    server.add(200, &[("link", r#"</rest/l?page=3>; rel="next""#)], "[2]");
    server.add(200, &[], "[3]");
    assert_eq!(all(&server, &LIST, Some(("limit", 1))).await, [1, 2, 3]);
    assert_eq!(
        urls(&server),
        ["/l?limit=1", "/l?page=2&x=%2F", "/l?page=3"]
    );
    assert!(
        server
            .sent()
            .iter()
            .all(|sent| sent.header("authorization").is_some())
    );
}

#[tokio::test]
async fn a_next_page_at_another_origin_does_not_get_the_credentials() {
    const LIST: rt::Operation = rt::Operation::get("l", "/l")
        .opens(&["items"])
        .pages(rt::Paging::url(&["next"]));
    for next in [
        "https://evil.example/l",
        "http://crm.example/rest/l",
        "//evil.example",
        "https://[",
    ] {
        let server = Server::new([(200, &format!(r#"{{"items":[1],"next":"{next}"}}"#))]);
        let list: rt::Call<rt::Page<i64>, ErrorBody> = call(&server, &LIST);
        let mut stream = list.stream();
        assert_eq!(
            stream.try_next().await.unwrap(),
            Some(1),
            "the page itself is good"
        );
        let error = stream.try_next().await.unwrap_err();
        assert!(error.to_string().contains("the next page"), "{error}");
        assert_eq!(server.sent().len(), 1);
    }
}

/// A list whose pages all send to the next, numbered from 1.
fn endless(ids: &[i64], pages: usize) -> Server {
    let server = Server::default();
    for number in 1..=pages {
        server.add(200, &[], &page(ids, &number.to_string(), true));
    }
    server
}

#[tokio::test]
async fn a_list_of_ever_more_empty_pages_ends_with_an_error() {
    let server = endless(&[], 300);
    let mut people = client(&server).people().find_many().stream();
    let error = people.try_next().await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("more than 100 empty pages in a row"),
        "{error}"
    );
    assert_eq!(server.sent().len(), 101);
    assert!(people.try_next().await.unwrap().is_none());
    let server = endless(&[], 300);
    let people = client(&server)
        .people()
        .find_many()
        .stream()
        .max_empty_pages(2);
    assert!(people.into_vec().await.is_err());
    assert_eq!(server.sent().len(), 3);
}

#[tokio::test]
async fn empty_pages_between_others_do_not_add_up() {
    let server = Server::default();
    for number in 0..10 {
        let ids: &[i64] = if number % 3 == 0 { &[1] } else { &[] };
        server.add(200, &[], &page(ids, &format!("c{number}"), number < 9));
    }
    let people = client(&server)
        .people()
        .find_many()
        .stream()
        .max_empty_pages(2);
    assert_eq!(people.into_vec().await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_stream_ends_after_as_many_as_are_wanted() {
    let server = endless(&[1, 2], 10);
    let people = client(&server).people().find_many();
    let three = people
        .clone()
        .stream()
        .max_items(3)
        .into_vec()
        .await
        .unwrap();
    assert_eq!((three.len(), server.sent().len()), (3, 2));
    let four = people
        .clone()
        .stream()
        .max_items(2)
        .into_vec()
        .await
        .unwrap();
    assert_eq!(
        (four.len(), server.sent().len()),
        (2, 3),
        "no page is asked for that is not needed"
    );
    let mut pages = people.clone().pages().max_pages(2);
    let mut seen = 0;
    while pages.try_next().await.unwrap().is_some() {
        seen += 1;
    }
    assert_eq!((seen, server.sent().len()), (2, 5));
    let none = people.stream().max_pages(0).into_vec().await.unwrap();
    assert_eq!((none.len(), server.sent().len()), (0, 5));
}

#[tokio::test]
async fn a_list_that_says_there_is_more_and_not_where_does_not_just_end() {
    for end in ["null", r#""""#, "{}", "true"] {
        let body =
            format!(r#"{{"data":{{"people":[{{"id":1}}]}},"page":{{"end":{end},"more":true}}}}"#);
        let server = Server::new([(200, &body), (200, &body)]);
        let mut people = client(&server).people().find_many().stream();
        assert!(
            people.try_next().await.unwrap().is_some(),
            "the page itself is good"
        );
        let error = people.try_next().await.unwrap_err();
        let Error::Decode(decode) = &error else {
            panic!("{error}");
        };
        assert_eq!(decode.kind(), rt::DecodeErrorKind::Paging);
        assert!(error.to_string().contains("page.end"), "{error}");
        assert!(people.try_next().await.unwrap().is_none());
        let page = client(&server).people().find_many().await.unwrap();
        assert_eq!(page.next, None, "one page is one page");
    }
}

/// A transport whose answers are late: each takes two polls.
struct Late(Server);

impl rt::Transport for Late {
    fn send(
        &self,
        request: rt::http::Request<rt::Body>,
        options: rt::SendOptions,
    ) -> rt::BoxFuture<'_, Result<rt::http::Response<rt::Body>, rt::TransportError>> {
        let transport = self.0.transport();
        let answer = rt::Transport::send(&transport, request, options);
        let answer = poll_now(answer);
        let mut waited = false;
        Box::pin(async move {
            poll_fn(|context| {
                if std::mem::replace(&mut waited, true) {
                    return std::task::Poll::Ready(());
                }
                context.waker().wake_by_ref();
                std::task::Poll::Pending
            })
            .await;
            answer
        })
    }
}

fn poll_now<T>(mut future: rt::BoxFuture<'_, T>) -> T {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("it answers at once"),
    }
}

#[tokio::test]
async fn a_future_that_is_dropped_loses_nothing() {
    let server = endless(&[1, 2], 3);
    server.add(200, &[], &page(&[3], "", false));
    let builder = crate::people::Client::builder()
        .base_url("https://h")
        .bearer_token("t");
    let client = builder.transport(Late(server.clone())).build().unwrap();
    let mut people = client.people().find_many().stream();
    let (mut items, mut dropped) = (0, 0);
    loop {
        // Polled once and dropped, as `select!` does with the branch that lost.
        let mut next = Box::pin(people.try_next());
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match next.as_mut().poll(&mut context) {
            std::task::Poll::Ready(Ok(Some(_))) => items += 1,
            std::task::Poll::Ready(Ok(None)) => break,
            std::task::Poll::Ready(Err(error)) => panic!("{error}"),
            std::task::Poll::Pending => dropped += 1,
        }
    }
    assert_eq!((items, dropped), (7, 4));
    assert_eq!(server.sent().len(), 4, "no page is asked for twice");
}
