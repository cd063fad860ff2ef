use super::*;
use crate::mock::Cut;
use crate::mock::fixture::{cases, started};
use serde_json::json;

/// An operation whose body has plain and composed objects, inside of each other and in a list.
fn people(address: Value) -> Value {
    let named = json!({"$ref": "#/components/schemas/Named"});
    let body = json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Person"}}}});
    json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"},
        "paths": {"/people": {"post": {"requestBody": body, "responses": {"204": {"description": ""}}}}},
        "components": {"schemas": {
            "Named": {"type": "object", "properties": {"name": {"type": "string", "nullable": true}}},
            "Tag": {"$ref": "#/components/schemas/Named"},
            "Address": address,
            "Person": {"allOf": [named, {"type": "object", "properties": {
                "address": {"$ref": "#/components/schemas/Address"},
                "friend": {"$ref": "#/components/schemas/Named", "properties": {"since": {"type": "integer"}}},
                "pet": {"oneOf": [named, {"type": "string"}]},
                "tags": {"type": "array", "items": {"$ref": "#/components/schemas/Tag"}},
                "notes": {"type": "object"}}}]}}}})
}

fn address() -> Value {
    json!({"type": "object", "properties": {"city": {"type": "string"}}})
}

/// What a mock of one document makes of the faults of another; the document is read as it is loaded.
fn tally(name: &str, served: &Value, close: bool) -> Option<Tally> {
    let loaded = |document: &Value| {
        let text = document.to_string();
        let sources = specwright::load::MemorySources::new("api.json", text);
        let mut diagnostics = specwright::diag::Diagnostics::new();
        specwright::load::load("api.json", &sources, &mut diagnostics).unwrap()
    };
    let (served, document) = (loaded(served), people(address()));
    let table = cases(&document);
    let prism = started(name, served.root().value(), &table, Cut { close })?.unwrap();
    let document = loaded(&document);
    let tally = refused(prism.base_url(), document.root().value(), &table).unwrap();
    assert_eq!(prism.unchecked(), Vec::<String>::new());
    Some(tally)
}

#[test]
fn a_closed_mock_refuses_every_fault() {
    let Some(tally) = tally("closed", &people(address()), true) else {
        return;
    };
    assert_eq!(tally.failures, Vec::<String>::new());
    let said = "6 of 6 objects with an unknown property refused (1 take any), 12 of 12 fields of a wrong \
        type (0 take any)";
    assert_eq!(tally.to_string(), said);
}

#[test]
fn a_mock_that_is_not_closed_is_found_out() {
    let Some(tally) = tally("open", &people(address()), false) else {
        return;
    };
    assert_eq!((tally.objects.refused, tally.objects.sent), (0, 6));
    assert_eq!(tally.failures.len(), 6, "{:?}", tally.failures);
}

#[test]
fn a_mock_that_refuses_everything_is_found_out() {
    let mut strict = address();
    let object = strict.as_object_mut().unwrap();
    object.insert("required".to_owned(), json!(["zip"]));
    let Some(tally) = tally("strict", &people(strict), false) else {
        return;
    };
    assert_eq!((tally.objects.refused, tally.objects.sent), (0, 6));
    let start =
        "POST /people (all): an unknown property in `` was refused for something else, with 422";
    let first = tally
        .failures
        .iter()
        .find(|failure| failure.contains("in ``"));
    assert!(first.unwrap().starts_with(start), "{:?}", tally.failures);
}

#[test]
fn one_object_that_is_left_open_is_found_out() {
    let mut open = address();
    let object = open.as_object_mut().unwrap();
    object.insert("additionalProperties".to_owned(), true.into());
    let Some(tally) = tally("nested", &people(open), true) else {
        return;
    };
    let place = "POST /people (all): an unknown property in `/address` was taken with 204";
    assert_eq!(tally.failures, [place]);
}

#[test]
fn a_refusal_for_something_else_does_not_count() {
    let fault = |kind| Fault {
        kind,
        pointer: "/a/0".to_owned(),
        body: Value::Null,
    };
    let answer = |location: Value, code: &str| {
        json!({"validation": [{"location": location, "code": code}]}).to_string()
    };
    let here = || json!(["body", "a", "0"]);
    let unknown = |answer: String| names(answer.as_bytes(), &fault(Kind::Unknown));
    assert!(unknown(answer(here(), "additionalProperties")));
    assert!(unknown(answer(here(), "unevaluatedProperties")));
    assert!(!unknown(answer(here(), "required")));
    assert!(!unknown(answer(
        json!(["body", "a"]),
        "additionalProperties"
    )));
    let wrong = |answer: String| names(answer.as_bytes(), &fault(Kind::Type));
    assert!(wrong(answer(here(), "type")));
    assert!(wrong(answer(json!(["body", "a", "0", "b"]), "required")));
    assert!(!wrong(answer(json!(["body", "a"]), "required")));
    assert!(!wrong("not JSON".to_owned()));
}

#[test]
fn a_body_that_is_not_json_has_no_faults() {
    let mut document = people(address());
    let content = document
        .pointer_mut("/paths/~1people/post/requestBody/content")
        .unwrap();
    let media_type = content.get("application/json").unwrap().clone();
    let table = |content: Value| {
        let mut document = document.clone();
        *document
            .pointer_mut("/paths/~1people/post/requestBody/content")
            .unwrap() = content;
        (cases(&document), document)
    };
    for (name, is_json) in [
        ("application/x-www-form-urlencoded", false),
        ("application/json; charset=utf-8", true),
        ("application/merge-patch+json", true),
    ] {
        let (table, document) = table(json!({name: media_type}));
        let bodies = table
            .cases
            .iter()
            .filter(|case| schema(&document, case).is_some());
        assert_eq!(bodies.count(), usize::from(is_json), "{name}");
    }
}
