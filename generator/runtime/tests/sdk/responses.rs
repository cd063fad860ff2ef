//! Reading successful responses.

use specwright_runtime as rt;

use crate::people::{ErrorBody, Person, call, client};
use crate::server::Server;

const PLAIN: rt::Operation = rt::Operation::get("op", "/op");
const CSV: rt::Operation = rt::Operation::get("op", "/op").accept("text/csv");

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

/// A call to a server that answers with these headers.
fn answered<R>(headers: &[(&str, &str)], body: &str) -> rt::Call<R, ErrorBody> {
    let server = Server::default();
    server.add(200, headers, body);
    call(&server, &PLAIN)
}

#[tokio::test]
async fn a_raw_response_can_be_read_later() {
    let body = r#"{"data":{"person":{"id":7}}}"#;
    let server = Server::default();
    server.add(
        200,
        &[("content-type", "application/json; charset=utf-8")],
        body,
    );
    let raw = client(&server)
        .people()
        .find_one("7")
        .send_raw()
        .await
        .unwrap();
    assert_eq!(raw.content_type(), Some("application/json; charset=utf-8"));
    assert_eq!(raw.operation().id, "findOnePerson");
    assert_eq!(raw.data::<Person>().unwrap().id, Some(7));
    assert_eq!(raw.json::<rt::Value>().unwrap()["data"]["person"]["id"], 7);
    assert_eq!(raw.text().unwrap(), body);
    assert!(raw.is_complete());
    let error = raw.json::<Vec<Person>>().unwrap_err().to_string();
    assert!(
        error.contains("expected an array, found an object (line 1, column 0)"),
        "{error}"
    );
}

#[tokio::test]
async fn a_value_can_come_with_its_status_and_headers() {
    let server = Server::default();
    let body = r#"{"data":{"createPerson":{"id":7}}}"#;
    server.add(
        201,
        &[("x-ratelimit-remaining", "9"), ("request-id", "r1")],
        body,
    );
    server.add(400, &[], r#"{"message":"no"}"#);
    let create = client(&server).people().create_one(&Person::default());
    let made = create.clone().with_response().await.unwrap();
    assert_eq!((made.status.as_u16(), made.value.id), (201, Some(7)));
    assert_eq!(made.headers["x-ratelimit-remaining"], "9");
    assert_eq!(made.request_id(), Some("r1"));
    assert!(create.with_response().await.unwrap_err().is_api());
    let list = client(&Server::new([(200, r#"{"data":{"people":[]}}"#)]))
        .people()
        .find_many();
    assert!(list.with_response().await.unwrap().value.items.is_empty());
}

#[tokio::test]
async fn text_is_read_in_its_charset() {
    let server = Server::default();
    server.add(
        200,
        &[("content-type", "text/plain; charset=iso-8859-1")],
        "caf\u{e9}",
    );
    // In UTF-8 it is two bytes, and so two characters of that charset.
    assert_eq!(
        call::<String>(&server, &PLAIN).send_text().await.unwrap(),
        "cafÃ©"
    );
    let unknown = answered::<String>(&[("content-type", "text/plain; charset=klingon")], "a");
    let error = unknown.send_text().await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("nobody knows the charset `klingon`"),
        "{error}"
    );
}

#[tokio::test]
async fn a_header_that_quotes_a_credential_is_not_shown() {
    let link = ("link", "<https://h/?key=t0ken-t0ken>; rel=next");
    let raw = answered::<()>(&[link, ("x-other", "seen")], "")
        .send_raw()
        .await
        .unwrap();
    let shown = format!("{raw:?}");
    assert!(
        !shown.contains("t0ken") && shown.contains("seen"),
        "{shown}"
    );
    assert!(
        raw.headers()["link"].to_str().unwrap().contains("t0ken"),
        "it is there all the same"
    );
}

/// Whatever the operation reads, and whatever was said of the header before.
#[tokio::test]
async fn another_media_type_is_asked_for_and_given_as_it_is() {
    const REPORT: rt::Operation =
        rt::Operation::get("report", "/report").accept("application/json");
    let server = Server::new([(200, "a;b"), (200, "a;b")]);
    let report = || call::<rt::Value>(&server, &REPORT).header("Accept", "application/json");
    assert_eq!(report().send_bytes_as("image/png").await.unwrap(), "a;b");
    assert_eq!(report().send_text_as("text/csv").await.unwrap(), "a;b");
    let sent = server.sent();
    let asked: Vec<_> = sent.iter().map(|sent| sent.header("accept")).collect();
    assert_eq!(asked, [Some("image/png"), Some("text/csv")]);
}

/// A server that knows no `Accept` answers as it always does.
#[tokio::test]
async fn json_in_place_of_what_was_asked_for_is_an_error() {
    let json = ("content-type", "application/json; charset=utf-8");
    let error = answered::<()>(&[json], "{}")
        .send_bytes_as("application/pdf")
        .await
        .unwrap_err();
    let said = "the body is application/json and not application/pdf";
    assert!(error.to_string().contains(said), "{error}");
    let patch = ("content-type", "application/problem+json");
    let read = answered::<()>(&[patch], "{}").send_text_as("application/json");
    assert_eq!(read.await.unwrap(), "{}");
}
