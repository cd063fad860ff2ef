//! What operations share.

use super::{at, node, said, swagger, written};
use crate::diag::Code;
use serde_json::json;

const SHARED: &str = "\
parameters:
  Limit: {in: query, name: limit, type: integer}
  Pet: {in: body, name: pet, schema: {type: object}}
  Other: {$ref: '#/parameters/Pet'}
  File: {in: formData, name: file, type: file}
  Lone: {in: formData, name: lone, type: string}
responses:
  Gone: {description: d, schema: {type: string}}
  Empty: {description: d}
paths:
  /a:
    post:
      parameters: [{$ref: '#/parameters/Pet'}, {$ref: '#/parameters/Limit'}]
      responses: {'410': {$ref: '#/responses/Gone'}}
    put:
      consumes: [text/csv]
      produces: [text/csv]
      parameters: [{$ref: '#/parameters/Other'}]
      responses: {'410': {$ref: '#/responses/Gone'}, '204': {$ref: '#/responses/Empty'}}
    patch:
      parameters: [{$ref: '#/parameters/File'}]
";

#[test]
fn references_to_body_parameters_are_request_bodies() {
    let (document, _) = swagger(SHARED);
    let post = node(&document, &["paths", "/a", "post"]);
    assert_eq!(
        post.get("parameters").unwrap().value(),
        &json!([{"$ref": "#/parameters/Limit"}])
    );
    let body = post.get("requestBody").unwrap();
    assert_eq!(body.value(), &json!({"$ref": "#/parameters/Pet"}));
    let found = document.follow(&body).unwrap();
    assert_eq!(
        found.value()["content"],
        json!({"application/json": {"schema": {"type": "object"}}})
    );
    assert_eq!(found.pointer(), "/parameters/Pet");
    let bodies = at(&document, &["components", "requestBodies"]);
    assert_eq!(
        bodies.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["Pet"]
    );
    let plain = at(&document, &["components", "parameters"]);
    assert_eq!(
        plain.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["Limit"]
    );
}

/// A shared body or response does not know the media types of those who share it.
#[test]
fn an_operation_with_other_media_types_has_a_copy() {
    let (document, _) = swagger(SHARED);
    let body = at(&document, &["paths", "/a", "put", "requestBody"]);
    let content = json!({"text/csv": {"schema": {"type": "object"}}});
    assert_eq!(body["content"], content);
    let gone = ["paths", "/a", "put", "responses", "410"];
    let content = json!({"text/csv": {"schema": {"type": "string"}}});
    assert_eq!(at(&document, &gone)["content"], content);
    assert_eq!(written(&document, &gone), "/paths/~1a/put/responses/410");
    let schema = [&gone[..], &["content", "text/csv", "schema"]].concat();
    assert_eq!(written(&document, &schema), "/responses/Gone/schema");
    let empty = at(&document, &["paths", "/a", "put", "responses", "204"]);
    assert_eq!(empty, json!({"$ref": "#/responses/Empty"}));
}

/// One JSON is not another: a patch of RFC 7396 is not any object.
#[test]
fn an_operation_with_another_json_has_a_copy() {
    let (document, _) = swagger(
        "consumes: [application/json]\nproduces: [application/json]\n\
         parameters: {Pet: {in: body, name: pet, schema: {type: object}}}\n\
         responses: {Ok: {description: d, schema: {type: string}}}\n\
         paths:\n  /a:\n    patch:\n      consumes: [application/merge-patch+json, application/json]\n      \
         produces: [application/hal+json]\n      parameters: [{$ref: '#/parameters/Pet'}]\n      \
         responses: {'200': {$ref: '#/responses/Ok'}}\n    \
         put:\n      consumes: [application/json; charset=utf-8, text/json]\n      \
         parameters: [{$ref: '#/parameters/Pet'}]\n",
    );
    let types = |keys: &[&str]| -> Vec<String> {
        let content = at(&document, keys)["content"].clone();
        let keys = content.as_object().into_iter().flat_map(|it| it.keys());
        keys.cloned().collect()
    };
    let patch = ["application/json", "application/merge-patch+json"];
    assert_eq!(types(&["paths", "/a", "patch", "requestBody"]), patch);
    let ok = types(&["paths", "/a", "patch", "responses", "200"]);
    assert_eq!(ok, ["application/hal+json"]);
    let put = at(&document, &["paths", "/a", "put", "requestBody"]);
    assert_eq!(put, json!({"$ref": "#/parameters/Pet"}));
}

#[test]
fn a_shared_field_is_in_each_form_and_lost_without_one() {
    let (document, diagnostics) = swagger(SHARED);
    let form = [
        "paths",
        "/a",
        "patch",
        "requestBody",
        "content",
        "multipart/form-data",
    ];
    let field = [&form[..], &["schema", "properties", "file"]].concat();
    assert_eq!(
        at(&document, &field),
        json!({"type": "string", "format": "binary"})
    );
    assert_eq!(written(&document, &field), "/parameters/File");
    assert_eq!(
        said(&diagnostics),
        [(Code::NotGenerated, "/parameters/Lone")]
    );
    let lost: Vec<_> = document
        .losses()
        .iter()
        .map(|loss| &*loss.origin.pointer)
        .collect();
    assert_eq!(lost, ["/parameters/Lone"]);
}
