//! Parameters on their way into a request. The table of styles is tested beside the styles.

use std::collections::BTreeMap;

use specwright_runtime as rt;

use crate::people::{call, client};
use crate::server::{Sent, Server};

const OPERATION: rt::Operation = rt::Operation::get("op", "/a/{id}/b").security(&[]);

type Call = rt::Call<(), crate::people::ErrorBody>;

async fn send(build: impl FnOnce(Call) -> Call) -> Sent {
    let server = Server::default();
    build(call(&server, &OPERATION).path("id", "1"))
        .send_empty()
        .await
        .unwrap();
    server.only()
}

async fn refused(build: impl FnOnce(Call) -> Call) -> String {
    let server = Server::default();
    let error = build(call(&server, &OPERATION))
        .send_empty()
        .await
        .unwrap_err();
    assert!(matches!(error, rt::Error::Request(_)), "{error}");
    assert!(server.sent().is_empty());
    error.to_string()
}

#[tokio::test]
async fn a_path_parameter_stays_in_its_segment() {
    let sent = send(|call| call.path("id", "a/b?c#d%2F é")).await;
    assert_eq!(
        sent.url,
        "https://crm.example/rest/a/a%2Fb%3Fc%23d%252F%20%C3%A9/b"
    );
    let sent = send(|call| call.path("id", &rt::Uuid::nil())).await;
    assert!(
        sent.url
            .ends_with("/a/00000000-0000-0000-0000-000000000000/b")
    );
    let sent = send(|call| call.path_with("id", rt::Style::Matrix, true, &[1, 2])).await;
    assert!(sent.url.ends_with("/a/;id=1;id=2/b"), "{}", sent.url);
    let sent = send(|call| call.path_json("id", &[1])).await;
    assert!(sent.url.ends_with("/a/%5B1%5D/b"), "{}", sent.url);
}

#[tokio::test]
async fn a_path_parameter_cannot_reach_another_resource() {
    for value in ["", ".", ".."] {
        let error = refused(|call| call.path("id", value)).await;
        assert!(error.starts_with("GET /a/{id}/b: "), "{error}");
        assert!(error.contains("another resource"), "{error}");
    }
    assert!(
        refused(|call| call.path("id", &None::<i64>))
            .await
            .contains("`id`")
    );
    assert!(
        refused(|call| call)
            .await
            .contains("parameter `id`: not given")
    );
}

#[tokio::test]
async fn queries_are_sent_in_the_order_in_which_they_were_set() {
    let sent = send(|call| {
        call.query("z", "a b&c")
            .query("limit", &60)
            .query("none", &None::<i64>)
            .query("tag", &["x", "y"])
            .query("limit", &20)
            .query_with("tags[]", rt::Style::PipeDelimited, false, &["x", "y"])
            .query_reserved("at", rt::Style::Form, true, "a/b:c")
            .query_json("where", &BTreeMap::from([("a", 1)]))
    })
    .await;
    assert_eq!(
        sent.query(),
        "z=a%20b%26c&limit=20&tag=x&tag=y&tags%5B%5D=x%7Cy&at=a/b:c&where=%7B%22a%22%3A1%7D"
    );
}

#[tokio::test]
async fn a_query_without_values_has_no_question_mark() {
    let none: [i64; 0] = [];
    assert!(
        !send(|call| call.query("tag", &none))
            .await
            .url
            .contains('?')
    );
    assert_eq!(send(|call| call.query("tag", "")).await.query(), "tag=");
}

#[tokio::test]
async fn headers_and_cookies() {
    let sent = send(|call| {
        call.header("X-List", &[1, 2])
            .header_with(
                "X-Object",
                specwright_runtime::Style::Simple,
                true,
                &BTreeMap::from([("a", 1), ("b", 2)]),
            )
            .header_json("X-Json", &[1])
            .header("X-None", &None::<i64>)
            .cookie("sid", "a b;c")
            .cookie_with("list", false, &[1, 2])
            .cookie_json("json", &[1])
    })
    .await;
    assert_eq!(sent.header("x-list"), Some("1,2"));
    assert_eq!(sent.header("x-object"), Some("a=1,b=2"));
    assert_eq!(sent.header("x-json"), Some("[1]"));
    assert_eq!(sent.header("x-none"), None);
    assert_eq!(
        sent.header("cookie"),
        Some("sid=a%20b%3Bc; list=1,2; json=[1]")
    );
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_by_name_and_without_its_value() {
    let error = refused(|call| call.path("id", "1").header("X-A", "hunter2\r\nX-B: c")).await;
    assert!(
        error.contains("`X-A`") && !error.contains("hunter2"),
        "{error}"
    );
    let error = refused(|call| call.path("id", "1").query("q", &[[1]])).await;
    assert!(error.contains("`q`"), "{error}");
    let map = BTreeMap::from([((1, 2), 3)]);
    assert!(
        refused(|call| call.path("id", "1").query("q", &map))
            .await
            .contains("`q`")
    );
    assert!(
        refused(|call| call.path("id", "1").json(&map))
            .await
            .contains("body")
    );
}

#[tokio::test]
async fn a_null_takes_a_header_of_the_call_away_again() {
    let server = Server::default();
    let people = client(&server);
    let call = rt::Call::<(), crate::people::ErrorBody>::new(people.core(), &OPERATION);
    let call = call
        .path("id", "1")
        .header("X-A", "1")
        .header("X-A", &None::<String>);
    call.send_empty().await.unwrap();
    assert_eq!(server.only().header("x-a"), None);
}
