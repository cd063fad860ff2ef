//! Responses that are not what the document promises: the error says where and what.

use specwright_runtime as rt;
use specwright_runtime::DecodeErrorKind as Kind;

use crate::people::{Error, ErrorBody, Person, call, client};
use crate::server::Server;

async fn find(status: u16, headers: &[(&str, &str)], body: &str) -> rt::DecodeError {
    let server = Server::default();
    server.add(status, headers, body);
    match client(&server).people().find_one("7").await {
        Err(Error::Decode(error)) => {
            assert_eq!(error.raw(), body, "the response stays reachable");
            assert_eq!(error.response().headers().len(), headers.len());
            *error
        }
        other => panic!("{other:?}"),
    }
}

async fn check(headers: &[(&str, &str)], body: &str, kind: Kind, expected: &str) {
    let error = find(200, headers, body).await;
    let start = "GET /people/{id}: cannot read the response (200 OK";
    let said = error.to_string();
    assert!(
        said.starts_with(start) && said.ends_with(expected),
        "{said}"
    );
    assert_eq!(error.kind(), kind, "{said}");
    assert!(!said.contains('\n'), "it is one sentence: {said}");
}

#[tokio::test]
async fn what_does_not_fit_says_where_and_what() {
    let body = r#"{"data":{"person":{"name":"Ann","id":"x"}}}"#;
    let error = find(200, &[("content-type", "application/json")], body).await;
    assert_eq!(
        error.to_string(),
        "GET /people/{id}: cannot read the response (200 OK, application/json): \
         data.person.id: expected an integer, found \"x\" (line 1, column 40)"
    );
    assert_eq!(error.path(), Some("data.person.id"));
    assert_eq!(error.position(), Some((1, 40)));
    assert_eq!(error.excerpt(), Some(r#"{"name": …, "id": "x"}"#));
    assert_eq!(error.operation().id, "findOnePerson");
    let missing = "data.person: missing (line 1, column 10)";
    check(&[], r#"{"data":{} }"#, Kind::Data, missing).await;
    let null = "data: expected an object with the key `person`, found null (line 1, column 12)";
    check(&[], r#"{"data":null}"#, Kind::Data, null).await;
}

#[tokio::test]
async fn an_item_of_a_page_is_named_with_its_index() {
    let body = r#"{"data":{"people":[{"id":1},{"id":2},{"id":2.5}]}}"#;
    let server = Server::new([(200, body)]);
    let error = client(&server).people().find_many().await.unwrap_err();
    let expected = "data.people[2].id: expected an integer, found 2.5 (line 1, column 46)";
    assert!(error.to_string().ends_with(expected), "{error}");
    let body = r#"{"data":{"people":[]},"totalCount":"many"}"#;
    let server = Server::new([(200, body)]);
    let error = client(&server).people().find_many().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("totalCount: expected an integer, found \"many\""),
        "{error}"
    );
}

#[tokio::test]
async fn a_body_that_is_cut_says_where_and_how_much_came() {
    let length = [("content-length", "400")];
    let expected =
        "the body ends in the middle of data.person.name after 30 bytes; Content-Length said 400";
    check(
        &length,
        r#"{"data":{"person":{"name":"Ann"#,
        Kind::Cut,
        expected,
    )
    .await;
    let expected = "the body ends in the middle after 1 bytes";
    check(&[], "{", Kind::Cut, expected).await;
    // A character that is cut in its middle is no wrong character.
    let server = Server::default();
    server.add_bytes(200, &[], b"{\"data\":{\"person\":{\"name\":\"\xc3");
    let error = client(&server).people().find_one("7").await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("ends in the middle of data.person.name"),
        "{error}"
    );
}

#[tokio::test]
async fn a_page_of_a_proxy_is_recognised() {
    let html = "<!doctype html>\n<html><head><TITLE> 502\n Bad \"gateway\" </title></head>";
    let expected = "the body is text/html and not JSON: \"502 Bad 'gateway'\"";
    check(
        &[("content-type", "text/html; charset=utf-8")],
        html,
        Kind::ContentType,
        expected,
    )
    .await;
    let expected = "the body is HTML or XML and not JSON: \"502 Bad 'gateway'\"";
    check(&[], html, Kind::ContentType, expected).await;
    let expected = "the body is text/plain and not JSON: \"Please log in\"";
    check(
        &[("content-type", "text/plain")],
        "Please log in\nor go",
        Kind::ContentType,
        expected,
    )
    .await;
    let expected = "id: expected an integer, found true (line 1, column 28)";
    let body = r#"{"data":{"person":{"id":true}}}"#;
    check(
        &[("content-type", "text/plain")],
        body,
        Kind::Data,
        expected,
    )
    .await;
}

#[tokio::test]
async fn a_body_that_is_no_json_says_so() {
    let empty = find(200, &[], " \n").await;
    assert_eq!(empty.kind(), Kind::Empty);
    assert!(
        empty.to_string().ends_with("(200 OK): the body is empty"),
        "{empty}"
    );
    let expected = "data: malformed JSON: expected value, found `}` (line 2, column 9)";
    check(&[], "{\n \"data\":}", Kind::Syntax, expected).await;
    let server = Server::default();
    server.add_bytes(200, &[], b"{\"data\":{\"person\":{\"name\":\"\xe9\"}}}");
    server.add_bytes(200, &[], b"\xff\xfe{\0}\0");
    let error = client(&server).people().find_one("7").await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("the body is not UTF-8 from byte 27 on"),
        "{error}"
    );
    let error = client(&server).people().find_one("7").await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("the body is UTF-16, and JSON is UTF-8"),
        "{error}"
    );
}

#[derive(Debug)]
struct Login {
    _password: Option<rt::Secret>,
    _pin: Option<rt::Secret<i64>>,
    _tries: Option<i64>,
}
rt::object! {
    Login;
    optional _password = "password";
    optional _pin = "pin";
    optional _tries = "tries";
}

#[tokio::test]
async fn no_secret_is_shown() {
    const OPERATION: rt::Operation = rt::Operation::get("op", "/op");
    for body in [
        r#"{"password":"hunter2","tries":"many"}"#,
        r#"{"tries":1,"pin":"hunter2"}"#,
        r#"{"tries":"t0ken-t0ken","password":"hunter2"}"#,
        r#"{"t0ken-t0ken":"hunter2","tries":"x"}"#,
        r#"{"password":"hunter2","tries":"#,
        r#"{"password":"hunter2" "tries":1}"#,
        "<title>t0ken-t0ken</title>",
    ] {
        let server = Server::new([(200, body)]);
        let error = call::<Login>(&server, &OPERATION)
            .send_json()
            .await
            .unwrap_err();
        assert!(error.is_decode());
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(
            !shown.contains("hunter2") && !shown.contains("t0ken"),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn a_key_that_is_a_credential_is_not_shown() {
    const OPERATION: rt::Operation = rt::Operation::get("op", "/op");
    let server = Server::new([(200, r#"{"t0ken-t0ken":"x"}"#)]);
    let map = call::<std::collections::BTreeMap<String, i64>>(&server, &OPERATION);
    let rt::Error::Decode(error) = map.send_json().await.unwrap_err() else {
        panic!();
    };
    assert_eq!(error.path(), Some("[redacted]"));
    assert!(!error.to_string().contains("t0ken"), "{error}");
}

#[tokio::test]
async fn a_value_of_any_length_gives_a_short_error() {
    let body = format!(
        r#"{{"data":{{"person":{{"id":"{}"}}}}}}"#,
        "x".repeat(1_000_000)
    );
    let error = find(200, &[], &body).await;
    let shown = format!("{error} {error:?}");
    assert!(shown.len() < 1_000, "{}", shown.len());
    assert!(shown.contains("found \"xxx"), "{shown}");
    let error = rt::serde_json::from_str::<Person>(&body[18..body.len() - 2]).unwrap_err();
    let said = error.to_string();
    assert!(
        said.len() < 3_000 && said.starts_with("id: "),
        "{}",
        said.len()
    );
    assert!(
        said.contains("expected i64") && error.column() > 1_000_000,
        "{}",
        error.column()
    );
}

/// The nearest number and not its neighbour: what is read and sent again is what it was.
#[tokio::test]
async fn numbers_are_read_to_the_last_digit() {
    const READ: rt::Operation = rt::Operation::get("read", "/numbers");
    let server = Server::new([(200, "[2.5976931e-101, -5e-57, -1.034e-20]")]);
    let numbers: rt::Call<rt::Value, ErrorBody> = call(&server, &READ);
    let numbers = numbers.send_raw().await.unwrap();
    assert_eq!(
        numbers.json::<Vec<f64>>().unwrap(),
        [2.597_693_1e-101, -5e-57, -1.034e-20]
    );
}
