//! Parameters, headers, schemas, servers and security.

use super::{at, said, swagger};
use crate::diag::Code;
use serde_json::{Value, json};

/// The one parameter of an operation, written with these members.
fn parameter(members: &str) -> (Value, Vec<(Code, String)>) {
    let (document, diagnostics) = swagger(&format!(
        "paths: {{/a: {{get: {{parameters: [{{name: p, {members}}}]}}}}}}\n"
    ));
    let said = said(&diagnostics);
    let said = said.iter().map(|(code, at)| (*code, (*at).to_owned()));
    let value = at(&document, &["paths", "/a", "get", "parameters", "0"]);
    (value, said.collect())
}

#[test]
fn what_says_the_type_of_a_parameter_moves_into_its_schema() {
    let (raised, said) = parameter(
        "in: query, description: d, required: true, allowEmptyValue: true, type: integer, \
         format: int64, default: 3, minimum: 1, exclusiveMinimum: true, maximum: 9, enum: [3, 4], \
         multipleOf: 1, x-example: 4, x-enum-varnames: [A, B]",
    );
    let expected = json!({
        "name": "p", "in": "query", "description": "d", "required": true, "allowEmptyValue": true,
        "example": 4, "x-enum-varnames": ["A", "B"],
        "schema": {
            "type": "integer", "format": "int64", "default": 3, "exclusiveMinimum": 1, "maximum": 9,
            "enum": [3, 4], "multipleOf": 1, "x-enum-varnames": ["A", "B"],
        },
    });
    assert_eq!(raised, expected);
    assert!(said.is_empty());
    let (raised, _) =
        parameter("in: header, type: string, x-nullable: true, pattern: a, maxLength: 3");
    let expected = json!({"type": ["string", "null"], "pattern": "a", "maxLength": 3});
    assert_eq!(raised["schema"], expected);
}

#[test]
fn lists_are_joined_as_their_format_says() {
    for (place, format, style, explode) in [
        ("query", "", "form", false),
        ("query", "csv", "form", false),
        ("query", "multi", "form", true),
        ("query", "ssv", "spaceDelimited", false),
        ("query", "pipes", "pipeDelimited", false),
        ("path", "", "simple", false),
        ("header", "csv", "simple", false),
    ] {
        let format = match format {
            "" => String::new(),
            format => format!(", collectionFormat: {format}"),
        };
        let (raised, said) = parameter(&format!(
            "in: {place}, type: array, items: {{type: string}}{format}"
        ));
        let shown = (&raised["style"], &raised["explode"], &raised["schema"]);
        let schema = json!({"type": "array", "items": {"type": "string"}});
        assert_eq!(
            shown,
            (&json!(style), &json!(explode), &schema),
            "{place} {format}"
        );
        assert!(said.is_empty(), "{said:?}");
    }
}

#[test]
fn what_3_1_cannot_say_of_lists_is_kept_and_what_is_wrong_is_named() {
    let pointer = "/paths/~1a/get/parameters/0/collectionFormat".to_owned();
    for (place, format, style) in [
        ("query", "tsv", "form"),
        ("path", "pipes", "simple"),
        ("header", "ssv", "simple"),
    ] {
        let (raised, said) = parameter(&format!(
            "in: {place}, type: array, items: {{type: string}}, collectionFormat: {format}"
        ));
        let shown = (
            &raised["style"],
            &raised["explode"],
            &raised["x-collectionFormat"],
        );
        assert_eq!(shown, (&json!(style), &json!(false), &json!(format)));
        assert_eq!(raised["schema"]["type"], json!("array"));
        assert!(said.is_empty(), "{said:?}");
    }
    for (place, format, style) in [("path", "multi", "simple"), ("query", "odd", "form")] {
        let (raised, said) = parameter(&format!(
            "in: {place}, type: array, items: {{type: string}}, collectionFormat: {format}"
        ));
        assert_eq!(raised["style"], json!(style));
        assert_eq!(said, [(Code::UnsupportedSchema, pointer.clone())]);
    }
}

#[test]
fn a_list_within_a_list_is_a_text_and_named() {
    let (raised, said) = parameter(
        "in: query, type: array, collectionFormat: pipes, \
         items: {type: array, collectionFormat: csv, items: {type: integer}}",
    );
    let expected = json!({"type": "array", "items": {"type": "string"}});
    assert_eq!(raised["schema"], expected);
    let pointer = "/paths/~1a/get/parameters/0/items/collectionFormat".to_owned();
    assert_eq!(said, [(Code::UnsupportedSchema, pointer)]);
}

#[test]
fn words_of_schemas_are_raised() {
    let (document, diagnostics) = swagger(
        "definitions:\n  Pet: {discriminator: kind, required: [kind], properties: {kind: {type: string}}}\n  \
         Name: {type: string, x-nullable: true, example: Rex}\n  \
         Link: {$ref: '#/definitions/Pet', x-nullable: true}\n",
    );
    let schema = |name: &str| at(&document, &["components", "schemas", name]);
    assert_eq!(
        schema("Pet")["discriminator"],
        json!({"propertyName": "kind"})
    );
    let name = json!({"type": ["string", "null"], "examples": ["Rex"]});
    assert_eq!(schema("Name"), name);
    assert_eq!(schema("Link")["nullable"], json!(true));
    assert!(diagnostics.is_empty());
}

#[test]
fn headers_have_schemas() {
    let (document, diagnostics) = swagger(
        "paths: {/a: {get: {responses: {'200': {description: d, headers: {X-Ids: {type: array, \
         description: i, items: {type: integer}}, X-Tabs: {type: array, collectionFormat: tsv, \
         items: {type: integer}}}}}}}}\n",
    );
    let headers = ["paths", "/a", "get", "responses", "200", "headers"];
    let expected = json!({
        "X-Ids": {"description": "i", "schema": {"type": "array", "items": {"type": "integer"}}},
        "X-Tabs": {"schema": {"type": "string"}},
    });
    assert_eq!(at(&document, &headers), expected);
    let pointer = "/paths/~1a/get/responses/200/headers/X-Tabs/collectionFormat";
    assert_eq!(said(&diagnostics), [(Code::UnsupportedSchema, pointer)]);
}

#[test]
fn host_path_and_schemes_are_servers() {
    for (text, urls) in [
        ("host: a.com\n", json!([{"url": "https://a.com"}])),
        (
            "host: a.com:8080\nbasePath: /v1/\nschemes: [http, https]\n",
            json!([{"url": "https://a.com:8080/v1"}, {"url": "http://a.com:8080/v1"}]),
        ),
        ("basePath: v1\n", json!([{"url": "/v1"}])),
        ("basePath: /\n", json!([{"url": "/"}])),
        ("schemes: [https]\n", Value::Null),
        ("info: {}\n", Value::Null),
    ] {
        let (document, diagnostics) = swagger(text);
        let servers = document.root().get("servers");
        let servers = servers.map_or(Value::Null, |it| it.value().clone());
        assert_eq!(servers, urls, "{text}");
        assert!(diagnostics.is_empty());
    }
}

#[test]
fn hosts_and_schemes_that_are_not_are_named() {
    let (document, diagnostics) = swagger("host: http://a.com/\nschemes: [ws]\n");
    assert_eq!(
        at(&document, &["servers"]),
        json!([{"url": "http://a.com"}])
    );
    let expected = [
        (Code::NotGenerated, "/schemes/0"),
        (Code::BadValue, "/host"),
    ];
    assert_eq!(said(&diagnostics), expected);
}

#[test]
fn an_operation_with_other_schemes_has_servers_of_its_own() {
    let (document, _) = swagger(
        "host: a.com\nschemes: [https]\npaths: {/a: {get: {schemes: [http]}, put: {schemes: [https]}}}\n",
    );
    let own = at(&document, &["paths", "/a", "get", "servers"]);
    assert_eq!(own, json!([{"url": "http://a.com"}]));
    assert_eq!(at(&document, &["paths", "/a", "put"]).get("servers"), None);
}

#[test]
fn security_definitions_are_schemes_with_flows() {
    let (document, diagnostics) = swagger(
        "securityDefinitions:\n  basic: {type: basic, description: d}\n  \
         key: {type: apiKey, in: header, name: X}\n  \
         one: {type: oauth2, flow: implicit, authorizationUrl: 'https://a', scopes: {r: read}}\n  \
         two: {type: oauth2, flow: password, tokenUrl: 'https://t'}\n  \
         three: {type: oauth2, flow: application, tokenUrl: 'https://t', scopes: {}}\n  \
         four: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a', tokenUrl: 'https://t'}\n  \
         five: {type: oauth2, flow: other}\n  six: {type: oauth2, flow: password}\n",
    );
    let expected = json!({
        "basic": {"type": "http", "scheme": "basic", "description": "d"},
        "key": {"type": "apiKey", "in": "header", "name": "X"},
        "one": {"type": "oauth2", "flows": {
            "implicit": {"authorizationUrl": "https://a", "scopes": {"r": "read"}}}},
        "two": {"type": "oauth2", "flows": {"password": {"tokenUrl": "https://t", "scopes": {}}}},
        "three": {"type": "oauth2", "flows": {
            "clientCredentials": {"tokenUrl": "https://t", "scopes": {}}}},
        "four": {"type": "oauth2", "flows": {"authorizationCode": {
            "authorizationUrl": "https://a", "tokenUrl": "https://t", "scopes": {}}}},
        "five": {"type": "oauth2", "flows": {}},
        "six": {"type": "oauth2", "flows": {}},
    });
    assert_eq!(at(&document, &["components", "securitySchemes"]), expected);
    let expected = [
        (Code::BadValue, "/securityDefinitions/five/flow"),
        (Code::Missing, "/securityDefinitions/four"),
        (Code::Missing, "/securityDefinitions/six"),
        (Code::Missing, "/securityDefinitions/two"),
    ];
    assert_eq!(said(&diagnostics), expected);
}
