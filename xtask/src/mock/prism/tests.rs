use super::*;
use crate::mock::fixture::{cases, started};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;

#[test]
fn the_address_is_taken_from_a_whole_line() {
    let log = "[CLI] ℹ info GET http://127.0.0.1:40/a\n[CLI] start Prism is listening on http://127.0.0.1:4";
    assert_eq!(address(log), None, "the rest of the line is still to come");
    assert_eq!(address(&format!("{log}0\n")), Some("http://127.0.0.1:40"));
}

#[test]
fn only_the_end_of_a_log_is_shown() {
    let log: String = (0..100).map(|n| format!("{n}\n")).collect();
    assert!(tail(&log).starts_with("88\n") && tail(&log).ends_with("\n99"));
    assert_eq!(tail("one"), "one");
}

/// The whole answer to a POST.
fn post(prism: &Prism, path: &str, token: &str, body: &str) -> String {
    let address = prism.base_url().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{token}\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// An operation that takes a schema and declares a refusal of its own.
fn operation(schema: &Value) -> Value {
    let made = json!({"type": "object", "properties": {"made": {"type": "integer", "enum": [7]}}});
    json!({"post": {
        "requestBody": {"required": true, "content": {"application/json": {"schema": schema}}},
        "responses": {
            "201": {"description": "", "content": {"application/json": {"schema": made}}},
            "422": {"description": "", "content": {"application/json": {"schema": {"enum": ["no"]}}}}}}})
}

/// One mock for all of it: starting one takes seconds.
#[test]
fn a_violation_is_refused_and_told() {
    let object =
        json!({"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}});
    let document = json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"},
        "security": [{"token": []}],
        "paths": {"/plain": operation(&object),
            "/unchecked": operation(&json!({"properties": {"s": {"pattern": "("}}}))},
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}});
    let Some(prism) = started("violation", &document, &cases(&document), Cut::default()) else {
        return;
    };
    let prism = prism.unwrap();
    let token = "authorization: Bearer t\r\n";
    let accepted = post(&prism, "/plain", token, r#"{"n": 1}"#);
    assert!(accepted.starts_with("HTTP/1.1 201 "), "{accepted}");
    assert!(accepted.ends_with(r#"{"made":7}"#), "{accepted}");
    assert!(post(&prism, "/plain", "", r#"{"n": 1}"#).starts_with("HTTP/1.1 401 "));

    let refused = post(&prism, "/plain", token, r#"{"n": "one"}"#);
    assert!(refused.starts_with("HTTP/1.1 422 "), "{refused}");
    assert!(
        refused.contains("content-type: application/problem+json"),
        "{refused}"
    );
    assert!(
        refused.contains(r#""validation":[{"location":["body","n"]"#),
        "{refused}"
    );

    assert_eq!(prism.unchecked(), Vec::<String>::new());
    for _ in 0..2 {
        let accepted = post(&prism, "/unchecked", token, r#"{"s": 1}"#);
        assert!(accepted.starts_with("HTTP/1.1 201 "), "{accepted}");
    }
    let reasons = prism.unchecked();
    assert!(
        matches!(reasons.as_slice(), [one] if one.contains("regular expression")),
        "{reasons:?}"
    );
}

#[test]
fn a_document_that_prism_refuses_is_an_error_with_its_log() {
    let document = json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}});
    match started("refused", &document, &Table::default(), Cut::default()) {
        None => {}
        Some(Err(MockError::Start { what, log })) => {
            assert!(what.starts_with("ended with"), "{what}");
            assert!(log.contains("No operations found"), "{log}");
        }
        Some(other) => panic!("{other:?}"),
    }
}

#[test]
fn other_files_and_the_network_are_not_read() {
    let document = json!({"openapi": "3.1.0", "paths": {"/a": {"get": {
        "parameters": [{"$ref": "https://example.com/p.json"}]}}}});
    match started("outside", &document, &Table::default(), Cut::default()) {
        None => {}
        Some(Err(MockError::Outside { reference })) => {
            assert_eq!(reference, "https://example.com/p.json")
        }
        Some(other) => panic!("{other:?}"),
    }
}
