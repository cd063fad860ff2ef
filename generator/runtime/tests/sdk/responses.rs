//! Reading successful responses.

use specwright_runtime as rt;

use crate::people::{Error, Person, call, client};
use crate::server::Server;

const PLAIN: rt::Operation = rt::Operation::get("op", "/op");
const CSV: rt::Operation = rt::Operation::get("op", "/op").accept("text/csv");

async fn decode_error(status: u16, body: &str) -> String {
    let server = Server::new([(status, body)]);
    let error = client(&server).people().find_one("7").await.unwrap_err();
    let Error::Decode(decode) = &error else {
        panic!("{error}")
    };
    assert_eq!(decode.raw(), body);
    assert_eq!(error.status(), Some(decode.status()));
    error.to_string()
}

#[tokio::test]
async fn an_envelope_is_opened() {
    let body = r#"{"took":1,"data":{"other":[],"person":{"id":7,"new":{"x":1}}}}"#;
    let server = Server::new([(200, body)]);
    let person = client(&server).people().find_one("7").await.unwrap();
    assert_eq!(
        person,
        Person {
            id: Some(7),
            name: None
        }
    );
}

#[tokio::test]
async fn what_cannot_be_read_says_where() {
    assert_eq!(
        decode_error(200, r#"{"data":{}}"#).await,
        "GET /people/{id}: cannot read the response (200 OK): data.person: missing at line 1 column 10"
    );
    let wrong = decode_error(200, r#"{"data":{"person":{"id":"x"}}}"#).await;
    assert!(
        wrong.contains("data.person.id: invalid type: string \"x\", expected i64"),
        "{wrong}"
    );
    let null = decode_error(200, r#"{"data":null}"#).await;
    assert!(null.contains("data: invalid type: null"), "{null}");
    assert!(
        decode_error(204, "")
            .await
            .ends_with("(204 No Content): the body is empty")
    );
    assert!(
        decode_error(200, "<html>")
            .await
            .contains("expected value at line 1")
    );
}

#[tokio::test]
async fn a_body_that_may_be_absent_can_be() {
    let server = Server::new([(204, ""), (200, " \n"), (200, "null"), (200, "7")]);
    for expected in [None, None, None, Some(7)] {
        assert_eq!(
            call::<Option<i64>>(&server, &PLAIN)
                .send_json()
                .await
                .unwrap(),
            expected
        );
    }
}

#[tokio::test]
async fn text_and_bytes_are_left_as_they_are() {
    let server = Server::new([(200, "a,b\n1,é"), (200, "{"), (200, "ignored")]);
    assert_eq!(
        call::<String>(&server, &CSV).send_text().await.unwrap(),
        "a,b\n1,é"
    );
    assert_eq!(
        call::<rt::Bytes>(&server, &PLAIN)
            .send_bytes()
            .await
            .unwrap(),
        "{"
    );
    call::<()>(&server, &PLAIN).send_empty().await.unwrap();
    let accepts: Vec<_> = server
        .sent()
        .iter()
        .map(|s| s.header("accept").unwrap().to_owned())
        .collect();
    assert_eq!(accepts, ["text/csv", "*/*", "*/*"]);
}

#[tokio::test]
async fn a_byte_order_mark_is_no_part_of_the_text() {
    let server = Server::new([(200, "\u{feff}7"), (200, "\u{feff}a")]);
    assert_eq!(call::<i64>(&server, &PLAIN).send_json().await.unwrap(), 7);
    assert_eq!(
        call::<String>(&server, &PLAIN).send_text().await.unwrap(),
        "a"
    );
}

#[tokio::test]
async fn the_raw_response_is_not_read() {
    let server = Server::default();
    server.add(
        203,
        &[("x-request-id", "r1"), ("set-cookie", "sid=hunter2")],
        "no json",
    );
    let raw = client(&server)
        .people()
        .find_one("7")
        .send_raw()
        .await
        .unwrap();
    assert_eq!(raw.status(), 203);
    assert_eq!(raw.headers()["x-request-id"], "r1");
    assert_eq!(raw.bytes(), "no json");
    let shown = format!("{raw:?}");
    assert!(
        shown.contains("r1") && !shown.contains("no json"),
        "{shown}"
    );
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[tokio::test]
async fn a_redirect_that_was_not_followed_is_an_error() {
    let server = Server::default();
    server.add(302, &[("location", "https://evil.example")], "");
    let error = client(&server).people().delete_one("7").await.unwrap_err();
    assert_eq!(error.to_string(), "DELETE /people/{id}: 302 Found");
}
