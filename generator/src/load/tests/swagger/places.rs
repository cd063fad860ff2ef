//! Where what was raised is written, and what references to there mean.

use super::{node, swagger, written};
use crate::ir::Origin;
use crate::load::Document;

const TEXT: &str = "\
host: a.com
consumes: [application/json]
produces: [a/b, application/json]
securityDefinitions: {o: {type: oauth2, flow: password, tokenUrl: 'https://t'}}
definitions: {Pet: {properties: {name: {type: string}}}}
paths:
  /pets:
    post:
      produces: [application/json]
      parameters:
        - {in: body, name: b, schema: {properties: {x: {}}}}
        - {in: query, name: q, type: array, items: {type: string}}
        - {in: formData, name: f, type: string}
      responses:
        '200':
          description: d
          schema: {$ref: '#/definitions/Pet'}
          examples: {application/json: {name: Rex}}
          headers: {H: {type: string}}
    put:
      parameters: [{in: formData, name: f, type: string}, {in: query, name: q, type: string}]
      responses: {'200': {description: d, schema: {}}}
";

fn document() -> Document {
    swagger(TEXT).0
}

#[test]
fn every_node_is_named_as_it_is_written() {
    let document = document();
    let (post, put) = ("/paths/~1pets/post", "/paths/~1pets/put");
    let form = "application/x-www-form-urlencoded";
    for (keys, pointer) in [
        (vec!["servers", "0"], "/host".to_owned()),
        (
            vec!["components", "schemas", "Pet", "properties", "name"],
            "/definitions/Pet/properties/name".to_owned(),
        ),
        (
            vec!["components", "securitySchemes", "o"],
            "/securityDefinitions/o".to_owned(),
        ),
        (
            vec!["components", "securitySchemes", "o", "flows", "password"],
            "/securityDefinitions/o".to_owned(),
        ),
        (
            vec!["paths", "/pets", "post", "requestBody"],
            format!("{post}/parameters/0"),
        ),
        (
            vec!["paths", "/pets", "post", "requestBody", "content"],
            format!("{post}/parameters/0"),
        ),
        (
            vec![
                "paths",
                "/pets",
                "post",
                "requestBody",
                "content",
                "application/json",
            ],
            "/consumes/0".to_owned(),
        ),
        (
            vec![
                "paths",
                "/pets",
                "post",
                "requestBody",
                "content",
                "application/json",
                "schema",
                "properties",
                "x",
            ],
            format!("{post}/parameters/0/schema/properties/x"),
        ),
        (
            vec!["paths", "/pets", "post", "parameters", "0"],
            format!("{post}/parameters/1"),
        ),
        (
            vec!["paths", "/pets", "post", "parameters", "0", "schema"],
            format!("{post}/parameters/1"),
        ),
        (
            vec![
                "paths",
                "/pets",
                "post",
                "parameters",
                "0",
                "schema",
                "items",
            ],
            format!("{post}/parameters/1/items"),
        ),
        (
            vec!["paths", "/pets", "post", "responses", "200"],
            format!("{post}/responses/200"),
        ),
        (
            vec!["paths", "/pets", "post", "responses", "200", "content"],
            format!("{post}/responses/200/schema"),
        ),
        (
            vec![
                "paths",
                "/pets",
                "post",
                "responses",
                "200",
                "content",
                "application/json",
            ],
            format!("{post}/produces/0"),
        ),
        (
            vec![
                "paths",
                "/pets",
                "post",
                "responses",
                "200",
                "content",
                "application/json",
                "schema",
            ],
            format!("{post}/responses/200/schema"),
        ),
        (
            vec![
                "paths",
                "/pets",
                "post",
                "responses",
                "200",
                "content",
                "application/json",
                "example",
            ],
            format!("{post}/responses/200/examples/application~1json"),
        ),
        (
            vec![
                "paths",
                "/pets",
                "post",
                "responses",
                "200",
                "headers",
                "H",
                "schema",
            ],
            format!("{post}/responses/200/headers/H"),
        ),
        (
            vec!["paths", "/pets", "put", "requestBody"],
            format!("{put}/parameters"),
        ),
        (
            vec![
                "paths",
                "/pets",
                "put",
                "requestBody",
                "content",
                form,
                "schema",
            ],
            format!("{put}/parameters"),
        ),
        (
            vec![
                "paths",
                "/pets",
                "put",
                "requestBody",
                "content",
                form,
                "schema",
                "properties",
                "f",
            ],
            format!("{put}/parameters/0"),
        ),
        (
            vec!["paths", "/pets", "put", "parameters", "0"],
            format!("{put}/parameters/1"),
        ),
        (
            vec![
                "paths",
                "/pets",
                "put",
                "responses",
                "200",
                "content",
                "a/b",
            ],
            "/produces/0".to_owned(),
        ),
    ] {
        assert_eq!(written(&document, &keys), pointer, "{keys:?}");
    }
}

#[test]
fn lines_are_those_of_the_text() {
    let document = document();
    let line = |keys: &[&str]| {
        let origin = node(&document, keys).origin();
        document.locate(&origin).unwrap().line
    };
    assert_eq!(line(&["components", "schemas", "Pet"]), 6);
    assert_eq!(line(&["paths", "/pets", "post", "requestBody"]), 12);
    assert_eq!(line(&["paths", "/pets", "post", "parameters", "0"]), 13);
    assert_eq!(line(&["servers", "0"]), 2);
}

#[test]
fn references_in_the_words_of_2_0_resolve() {
    let document = document();
    let root = document.root();
    for pointer in [
        "/definitions/Pet",
        "/definitions/Pet/properties/name",
        "/paths/~1pets/post/parameters/0/schema",
        "/paths/~1pets/post/parameters/1",
        "/paths/~1pets/post/parameters/1/items",
        "/paths/~1pets/post/responses/200/schema",
        "/paths/~1pets/put/parameters/1",
    ] {
        let found = document.resolve(&root, &format!("#{pointer}")).unwrap();
        assert_eq!(found.pointer(), pointer);
        let origin = Origin::new("api.yaml", pointer);
        assert!(document.node(&origin).unwrap().is_same(&found));
    }
    let error = document.resolve(&root, "#/definitions/Dog").unwrap_err();
    let expected = "`#/definitions/Dog` leads nowhere: there is no `Dog`";
    assert_eq!(error.message, expected);
}
