//! Words of OpenAPI 3 in a document of 2.0, and words of 2.0 where they do not belong.

use super::{at, said, swagger, written};
use crate::diag::Code;
use serde_json::json;

#[test]
fn shared_schemas_of_3_join_the_definitions_and_the_rest_is_left_out() {
    let (document, diagnostics) = swagger(
        "definitions: {A: {type: string}}\n\
         components: {schemas: {A: {type: integer}, B: {type: integer}}, responses: {R: {}}}\n\
         paths: {/a: {get: {responses: {'200': {description: d, schema: \
         {$ref: '#/components/schemas/B'}}}}}}\n",
    );
    let schemas = at(&document, &["components", "schemas"]);
    assert_eq!(
        schemas,
        json!({"A": {"type": "string"}, "B": {"type": "integer"}})
    );
    let place = |name| written(&document, &["components", "schemas", name]);
    assert_eq!(place("A"), "/definitions/A");
    assert_eq!(place("B"), "/components/schemas/B");
    let response = [
        "paths",
        "/a",
        "get",
        "responses",
        "200",
        "content",
        "application/json",
    ];
    let schema = super::node(&document, &[&response[..], &["schema"]].concat());
    assert_eq!(
        document.follow(&schema).unwrap().pointer(),
        "/components/schemas/B"
    );
    assert_eq!(
        said(&diagnostics),
        [
            (Code::UnknownKeyword, "/components/responses"),
            (Code::UnknownKeyword, "/components/schemas"),
            (Code::DuplicateKey, "/components/schemas/A"),
        ]
    );
}

#[test]
fn servers_of_3_are_read_where_there_is_no_host() {
    for (host, url) in [("", "https://a.b"), ("host: c.d\n", "https://c.d")] {
        let (document, diagnostics) = swagger(&format!(
            "{host}schemes: [https]\nservers: [{{url: 'https://a.b'}}]\npaths: {{}}\n"
        ));
        assert_eq!(at(&document, &["servers", "0", "url"]), url);
        assert_eq!(said(&diagnostics), [(Code::UnknownKeyword, "/servers")]);
    }
}

#[test]
fn what_belongs_elsewhere_is_said_where_it_stands() {
    let operation = "/paths/~1a/get";
    for (text, code, pointer) in [
        (
            "parameters: [{in: cookie, name: c, type: string}]",
            Code::BadValue,
            "/parameters/0/in",
        ),
        (
            "parameters: [{in: query, name: f, type: file}]",
            Code::BadValue,
            "/parameters/0/type",
        ),
        (
            "parameters: [{in: query, name: f, type: array, items: {type: file}}]",
            Code::BadValue,
            "/parameters/0/items/type",
        ),
        (
            "parameters: [{in: body, name: b, schema: {type: file}}]",
            Code::BadValue,
            "/parameters/0/schema/type",
        ),
        (
            "responses: {'200': {description: d, schema: {properties: {f: {type: file}}}}}",
            Code::BadValue,
            "/responses/200/schema/properties/f/type",
        ),
        (
            "responses: {'200': {description: d, examples: nope}}",
            Code::WrongType,
            "/responses/200/examples",
        ),
    ] {
        let (_, diagnostics) = swagger(&format!("paths: {{/a: {{get: {{{text}}}}}}}\n"));
        let pointer = format!("{operation}{pointer}");
        assert_eq!(said(&diagnostics), [(code, pointer.as_str())], "{text}");
    }
    for text in [
        "parameters: [{in: formData, name: f, type: file}]",
        "parameters: [{in: formData, name: f, type: array, items: {type: file}}]",
        "responses: {'200': {description: d, schema: {type: file}}}",
    ] {
        let (_, diagnostics) = swagger(&format!("paths: {{/a: {{get: {{{text}}}}}}}\n"));
        assert_eq!(said(&diagnostics), [], "{text}");
    }
}

#[test]
fn security_schemes_of_3_are_read_and_said() {
    let (document, diagnostics) = swagger(
        "securityDefinitions:\n  a: {type: http, scheme: bearer}\n  \
         b: {type: oauth2, flow: implicit, authorizationUrl: 'https://a.b'}\npaths: {}\n",
    );
    let schemes = at(&document, &["components", "securitySchemes"]);
    assert_eq!(schemes["a"], json!({"type": "http", "scheme": "bearer"}));
    assert_eq!(schemes["b"]["flows"]["implicit"]["scopes"], json!({}));
    assert_eq!(
        said(&diagnostics),
        [
            (Code::BadValue, "/securityDefinitions/a/type"),
            (Code::Missing, "/securityDefinitions/b"),
        ]
    );
}
