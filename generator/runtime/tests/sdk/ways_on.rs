//! Lists that go on in other ways than by a query parameter and a cursor in the body.

use specwright_runtime as rt;

use rt::serde_json::json;
use rt::{Paging, Slot, Source};

use crate::people::{ErrorBody, call};
use crate::server::Server;

type List = rt::Call<rt::Page<rt::Value>, ErrorBody>;

async fn ids(call: List) -> Result<Vec<i64>, String> {
    let items = call.stream().into_vec().await;
    let items = items.map_err(|error| format!("{error:?}"))?;
    Ok(items
        .iter()
        .filter_map(|item| item["id"].as_i64())
        .collect())
}

/// The bodies as JSON, since the order of keys depends on the features of `serde_json`.
fn bodies(server: &Server) -> Vec<rt::Value> {
    let sent = server.sent();
    let body = |text: &str| rt::serde_json::from_str(text).unwrap_or_default();
    sent.iter().map(|sent| body(sent.text())).collect()
}

#[tokio::test]
async fn the_last_item_leads_to_the_next_page_and_the_first_one_back() {
    const LIST: rt::Operation = rt::Operation::get("l", "/l").opens(&["data"]).pages(
        Paging::cursor_in(Slot::Query("starting_after"), Source::LastItem(&["id"]))
            .back_in(Slot::Query("ending_before"), Source::FirstItem(&["id"]))
            .more(&["has_more"]),
    );
    let server = Server::new([
        (200, r#"{"data":[{"id":1},{"id":2}],"has_more":true}"#),
        (200, r#"{"data":[{"id":3}],"has_more":false}"#),
    ]);
    let list: List = call(&server, &LIST);
    assert_eq!(ids(list).await.unwrap(), [1, 2, 3]);
    assert!(server.sent()[1].url.ends_with("/l?starting_after=2"));
    let server = Server::new([
        (200, r#"{"data":[{"id":2},{"id":3}],"has_more":false}"#),
        (200, r#"{"data":[],"has_more":false}"#),
    ]);
    let list: List = call(&server, &LIST);
    assert_eq!(ids(list.query("ending_before", "4")).await.unwrap(), [2, 3]);
    assert!(server.sent()[1].url.ends_with("/l?ending_before=2"));
    let server = Server::new([(200, r#"{"data":[{"x":1}],"has_more":true}"#)]);
    let list: List = call(&server, &LIST);
    let error = ids(list).await.unwrap_err();
    assert!(error.contains("id of the last item"), "{error}");
}

#[tokio::test]
async fn a_cursor_goes_back_into_the_body_as_the_value_that_it_was() {
    const LIST: rt::Operation = rt::Operation::post("s", "/search")
        .opens(&["points"])
        .pages(Paging::cursor_in(
            Slot::Body(&["page", "from"]),
            Source::Body(&["next"]),
        ));
    let server = Server::new([
        (200, r#"{"points":[{"id":1}],"next":7}"#),
        (200, r#"{"points":[{"id":2}],"next":{"k":[1]}}"#),
        (200, r#"{"points":[{"id":3}],"next":null}"#),
    ]);
    let list: List = call(&server, &LIST);
    let list = list.json(&json!({"filter": "x", "page": {"size": 1}}));
    assert_eq!(ids(list).await.unwrap(), [1, 2, 3]);
    let expected = [
        json!({"filter": "x", "page": {"size": 1}}),
        json!({"filter": "x", "page": {"from": 7, "size": 1}}),
        json!({"filter": "x", "page": {"from": {"k": [1]}, "size": 1}}),
    ];
    assert_eq!(bodies(&server), expected);
    // A call without a body gets one.
    let server = Server::new([
        (200, r#"{"points":[{"id":1}],"next":"b"}"#),
        (200, r#"{"points":[]}"#),
    ]);
    let list: List = call(&server, &LIST);
    assert_eq!(ids(list).await.unwrap(), [1]);
    assert_eq!(
        bodies(&server),
        [json!(null), json!({"page": {"from": "b"}})]
    );
}

#[tokio::test]
async fn pages_are_counted_in_the_body() {
    const LIST: rt::Operation = rt::Operation::post("s", "/search")
        .pages(Paging::page_in(Slot::Body(&["page"]), 1).total_in(Source::Header("x-total")));
    let server = Server::default();
    server.add(200, &[("x-total", "3")], r#"[{"id":1},{"id":2}]"#);
    server.add(200, &[("x-total", "3")], r#"[{"id":3}]"#);
    let list: List = call(&server, &LIST);
    let list = list.json(&json!({"page": 1}));
    assert_eq!(ids(list).await.unwrap(), [1, 2, 3]);
    assert_eq!(bodies(&server), [json!({"page": 1}), json!({"page": 2})]);
}

#[tokio::test]
async fn a_body_that_no_cursor_can_be_put_into_is_an_error() {
    const LIST: rt::Operation =
        rt::Operation::post("s", "/search")
            .opens(&["items"])
            .pages(Paging::cursor_in(
                Slot::Body(&["after"]),
                Source::Body(&["next"]),
            ));
    let server = Server::new([(200, r#"{"items":[{"id":1}],"next":"b"}"#)]);
    let list: List = call(&server, &LIST);
    let error = ids(list.json(&[1])).await.unwrap_err();
    assert!(error.contains("the body is no JSON object"), "{error}");
}

#[tokio::test]
async fn headers_take_and_give_cursors() {
    const LIST: rt::Operation = rt::Operation::get("l", "/l").pages(Paging::cursor_in(
        Slot::Header("x-continuation"),
        Source::Header("x-continuation"),
    ));
    let server = Server::default();
    server.add(200, &[("x-continuation", "c 2")], r#"[{"id":1}]"#);
    server.add(200, &[], r#"[{"id":2}]"#);
    let list: List = call(&server, &LIST);
    assert_eq!(ids(list).await.unwrap(), [1, 2]);
    let sent = server.sent();
    assert_eq!(sent[0].header("x-continuation"), None);
    assert_eq!(sent[1].header("x-continuation"), Some("c 2"));
}

#[tokio::test]
async fn whether_the_first_page_is_0_or_1_is_found_out() {
    const LIST: rt::Operation =
        rt::Operation::get("l", "/l").pages(Paging::page_from_0_or_1(Slot::Query("page")));
    let (one, two) = (r#"[{"id":1}]"#, r#"[{"id":2}]"#);
    for (pages, asked) in [
        ([one, two, "[]", "[]"], 3), // from 0
        ([one, one, two, "[]"], 4),  // from 1
    ] {
        let server = Server::new(pages.map(|page| (200, page)));
        let list: List = call(&server, &LIST);
        assert_eq!(ids(list).await.unwrap(), [1, 2]);
        assert_eq!(server.sent().len(), asked);
    }
}

#[tokio::test]
async fn a_server_that_knows_nothing_of_pages_does_not_keep_a_list_going() {
    const LIST: rt::Operation = rt::Operation::get("l", "/l").pages(Paging::page("page", 1));
    let server = Server::new([(200, r#"[{"id":1}]"#), (200, r#"[{"id":1}]"#)]);
    let list: List = call(&server, &LIST);
    assert_eq!(ids(list).await.unwrap(), [1]);
}

/// What began with a body that only the first request has goes on with the URL alone.
#[tokio::test]
async fn the_url_of_the_next_page_is_asked_for_with_get() {
    const LIST: rt::Operation = rt::Operation::post("l", "/l")
        .opens(&["data"])
        .pages(Paging::url(&["next"]).by_get());
    let server = Server::new([
        (200, r#"{"data":[{"id":1}],"next":"/l/2?token=a"}"#),
        (200, r#"{"data":[{"id":2}],"next":"/l/2?token=b"}"#),
        (200, r#"{"data":[{"id":3}]}"#),
    ]);
    let list: List = call(&server, &LIST);
    let list = list.json(&json!({"filter": "x"}));
    assert_eq!(ids(list).await.unwrap(), [1, 2, 3]);
    let sent = server.sent();
    let methods: Vec<&str> = sent.iter().map(|sent| sent.method.as_str()).collect();
    assert_eq!(methods, ["POST", "GET", "GET"]);
    assert!(sent[1].url.ends_with("/l/2?token=a"), "{}", sent[1].url);
    assert_eq!((sent[1].text(), sent[1].header("content-type")), ("", None));
    // The same path, which may be another list without the body.
    let server = Server::new([(200, r#"{"data":[{"id":1}],"next":"?page=2"}"#)]);
    let list: List = call(&server, &LIST);
    let error = ids(list).await.unwrap_err();
    assert!(error.contains("a URL that takes POST"), "{error}");
}
