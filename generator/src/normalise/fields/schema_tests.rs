//! Schemas that contradict themselves, and what reaches no output.

use super::tests::{check, read};
use crate::diag::Code;

/// What is said of a component `S`, below it.
#[track_caller]
fn schema(schema: &str, expected: &[(Code, &str)]) {
    let at = |pointer: &str| format!("/components/schemas/S{pointer}");
    let expected: Vec<_> = expected
        .iter()
        .map(|(code, pointer)| (*code, at(pointer)))
        .collect();
    let expected: Vec<_> = expected.iter().map(|(code, at)| (*code, &**at)).collect();
    check(
        &format!("components: {{schemas: {{S: {schema}}}}}"),
        &expected,
    );
}

#[test]
fn limits_of_another_type_say_nothing() {
    schema(
        "{type: string, minimum: 5, maxLength: 3}",
        &[(Code::BadValue, "/minimum")],
    );
    schema(
        "{type: boolean, uniqueItems: true}",
        &[(Code::BadValue, "/uniqueItems")],
    );
    schema("{type: boolean, uniqueItems: false}", &[]);
    schema("{minimum: 5, maxLength: 3}", &[]);
    schema("{type: number, multipleOf: 2}", &[]);
}

#[test]
fn many_limits_of_another_type_are_one_note() {
    let properties: Vec<String> = (0..9)
        .map(|index| format!("p{index}: {{type: string, minimum: 1}}"))
        .collect();
    schema(
        &format!("{{properties: {{{}}}}}", properties.join(", ")),
        &[(Code::BadValue, "/properties/p0/minimum")],
    );
}

#[test]
fn contradictions_are_named() {
    schema(
        "{type: integer, minimum: 5, maximum: 3}",
        &[(Code::BadValue, "/minimum")],
    );
    schema(
        "{type: string, minLength: 5, maxLength: 3}",
        &[(Code::BadValue, "/minLength")],
    );
    schema("{oneOf: []}", &[(Code::BadValue, "/oneOf")]);
    schema("{enum: []}", &[(Code::BadValue, "/enum")]);
    schema(
        "{type: array, items: [{}], additionalItems: {}}",
        &[
            (Code::BadValue, "/items"),
            (Code::BadValue, "/additionalItems"),
        ],
    );
    schema(
        "{type: integer, default: abc}",
        &[(Code::BadValue, "/default")],
    );
    schema(
        "{type: string, enum: [a], default: b}",
        &[(Code::BadValue, "/default")],
    );
    schema("{type: number, default: 1}", &[]);
    schema("{type: integer, default: 1.0}", &[]);
}

#[test]
fn a_property_for_neither_way_is_noted() {
    schema(
        "{properties: {p: {type: string, readOnly: true, writeOnly: true}}}",
        &[(Code::BadValue, "/properties/p")],
    );
}

#[test]
fn misspelt_keywords_are_named() {
    schema(
        "{type: string, maxlenght: 3, x-own: 1}",
        &[(Code::UnknownKeyword, "/maxlenght")],
    );
    schema("{enumm: [a]}", &[(Code::UnknownKeyword, "/enumm")]);
    schema("{typ: string}", &[(Code::UnknownKeyword, "/typ")]);
}

#[test]
fn what_reaches_no_output_is_named() {
    let (_, diagnostics) = read(
        "openapi: 3.1.0
info: {title: t, version: '1'}
tags: [{name: used}, {name: idle}]
paths:
  /a:
    post:
      tags: [used]
      requestBody: {content: {multipart/form-data: {schema: {properties: {a: {type: string}}},
        encoding: {a: {contentType: a/b}, z: {contentType: a/b}}}}}
      responses: {'200': {description: d, content: {application/json: {schema: {type: string},
        examples: {far: {externalValue: 'https://a.example/b'}}}}}}",
    );
    let said: Vec<_> = diagnostics
        .iter()
        .filter(|it| it.code == Code::NotGenerated)
        .map(|it| &*it.origin.pointer)
        .collect();
    let post = "/paths/~1a/post";
    for at in [
        "/tags/1".to_owned(),
        format!("{post}/requestBody/content/multipart~1form-data/encoding/z"),
        format!("{post}/responses/200/content/application~1json/examples/far/externalValue"),
    ] {
        assert!(said.contains(&&*at), "{at}: {said:?}");
    }
    assert!(
        !said
            .iter()
            .any(|at| at.ends_with("/tags/0") || at.ends_with("encoding/a"))
    );
}
