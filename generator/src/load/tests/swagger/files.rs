//! Documents of 2.0 in several files.

use super::with_files;
use crate::diag::Code;
use crate::load::MemorySources;
use serde_json::json;

#[test]
fn what_other_files_have_is_raised_where_it_stands() {
    let sources = MemorySources::new(
        "api.yaml",
        "swagger: '2.0'\nconsumes: [a/b]\npaths:\n  /a: {$ref: 'p.yaml#/item'}\n  /b:\n    post:\n      \
         parameters: [{$ref: 's.yaml#/parameters/Body'}, {$ref: 's.yaml#/parameters/Q'}, {$ref: 's.yaml#/parameters/F'}]\n      \
         responses: {'200': {$ref: 's.yaml#/responses/R'}}\n",
    )
    .with(
        "p.yaml",
        "item: {get: {parameters: [{in: query, name: q, type: string}], \
         responses: {'200': {description: d, schema: {$ref: '#/Pet'}}}}}\nPet: {type: string, x-nullable: true}\n",
    )
    .with(
        "s.yaml",
        "parameters:\n  Body: {in: body, name: b, schema: {type: file}}\n  Q: {in: query, name: q, type: string}\n  \
         F: {in: formData, name: f, type: string}\n  Untouched: {in: query, name: u, type: string}\n\
         responses: {R: {description: d, schema: {type: object}}}\n",
    );
    let (document, diagnostics) = with_files(&sources);
    let root = document.root();
    let find = |reference: &str| document.resolve(&root, reference).unwrap();
    let content = |value| json!({"a/b": {"schema": value}});

    let body = find("s.yaml#/parameters/Body");
    assert_eq!(
        body.value()["content"],
        content(json!({"type": "string", "format": "binary"}))
    );
    assert_eq!(body.origin().to_string(), "s.yaml#/parameters/Body");
    let query = find("s.yaml#/parameters/Q");
    assert_eq!(query.value()["schema"], json!({"type": "string"}));
    let response = find("s.yaml#/responses/R");
    let response = response
        .get("content")
        .unwrap()
        .get("application/json")
        .unwrap();
    assert_eq!(response.value(), &json!({"schema": {"type": "object"}}));
    let schema = response.get("schema").unwrap().origin();
    assert_eq!(schema.to_string(), "s.yaml#/responses/R/schema");

    let item = document
        .follow(&root.get("paths").unwrap().get("/a").unwrap())
        .unwrap();
    let get = item.get("get").unwrap();
    let parameter = get.get("parameters").unwrap().index(0).unwrap();
    assert_eq!(parameter.value()["schema"], json!({"type": "string"}));
    assert_eq!(
        parameter.origin().to_string(),
        "p.yaml#/item/get/parameters/0"
    );
    assert_eq!(
        find("p.yaml#/Pet").value()["type"],
        json!(["string", "null"])
    );
    // A field is in no other place than its form, an operation has a body or a form, and a file is no
    // body.
    let said: Vec<_> = diagnostics
        .iter()
        .map(|d| (d.code, &*d.origin.pointer))
        .collect();
    assert_eq!(
        said,
        [
            (Code::DuplicateParameter, "/paths/~1b/post/parameters/2"),
            (Code::BadValue, "/parameters/Body/schema/type"),
        ]
    );
}

#[test]
fn a_field_of_another_file_is_named_there() {
    let sources = MemorySources::new(
        "api.yaml",
        "swagger: '2.0'\npaths: {/a: {post: {parameters: [{$ref: 'f.yaml#/F'}]}}}\n",
    )
    .with("f.yaml", "F: {in: formData, name: f, type: string}\n");
    let (document, diagnostics) = with_files(&sources);
    assert!(diagnostics.is_empty());
    let form = super::node(
        &document,
        &["paths", "/a", "post", "requestBody", "content"],
    );
    let media = form.get("application/x-www-form-urlencoded").unwrap();
    let field = media
        .get("schema")
        .unwrap()
        .get("properties")
        .unwrap()
        .get("f")
        .unwrap();
    assert_eq!(field.origin().to_string(), "f.yaml#/F");
}

#[test]
fn references_that_lead_nowhere_or_in_circles_do_no_harm() {
    let (document, _) = super::swagger(
        "parameters: {A: {$ref: '#/parameters/B'}, B: {$ref: '#/parameters/A'}}\n\
         paths: {/a: {get: {parameters: [{$ref: '#/parameters/A'}, {$ref: '#/nope'}, {$ref: 'x.yaml'}], \
         responses: {'200': {$ref: '#/responses/None'}}}}}\n",
    );
    let get = super::node(&document, &["paths", "/a", "get"]);
    assert_eq!(get.get("parameters").unwrap().items().count(), 3);
    let errors = get
        .get("parameters")
        .unwrap()
        .items()
        .map(|it| document.follow(&it).unwrap_err().code);
    let expected = [
        Code::ReferenceCycle,
        Code::UnresolvedReference,
        Code::UnresolvedReference,
    ];
    assert_eq!(errors.collect::<Vec<_>>(), expected);
}

#[test]
fn a_schema_that_is_referred_to_as_a_parameter_stays_a_schema() {
    let (document, _) = super::swagger(
        "definitions: {Pet: {type: string, format: uuid}}\n\
         paths: {/a: {get: {parameters: [{$ref: '#/definitions/Pet'}], \
         responses: {'200': {$ref: '#/definitions/Pet'}}}}}\n",
    );
    let pet = super::at(&document, &["components", "schemas", "Pet"]);
    assert_eq!(pet, json!({"type": "string", "format": "uuid"}));
}
