//! What cases are made of, on documents small enough to say what must come out.

use super::{Case, Inputs, Table, table, table_with};
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::load::{MemorySources, load};
use serde_json::{Value, json};

fn cases(document: &Value) -> Table {
    let sources = MemorySources::new("api.json", document.to_string());
    table(&load("api.json", &sources, &mut Diagnostics::new()).unwrap())
}

/// A document with one operation, `POST /things/{id}`, and these components.
fn document(operation: &Value, schemas: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "paths": {"/things/{id}": {"post": operation}},
        "components": {"schemas": schemas},
    })
}

fn body(schema: &Value) -> Value {
    json!({"requestBody": {"required": true, "content": {"application/json": {"schema": schema}}}})
}

#[track_caller]
fn case(table: &Table, inputs: Inputs) -> &Case {
    let found = table.cases.iter().find(|case| case.inputs == inputs);
    found.unwrap_or_else(|| panic!("{table:#?}"))
}

#[track_caller]
fn all(document: &Value) -> Case {
    case(&cases(document), Inputs::All).clone()
}

/// What the configuration says of a parameter in one operation must not reach another, and must find
/// it wherever it is written.
#[test]
fn corrections_of_one_operation_stay_there() {
    let operation = json!({
        "parameters": [{"$ref": "#/components/parameters/Sort"}],
        "requestBody": {"content": {"application/json": {"schema": {"type": "string"}}}},
    });
    let page = json!({"name": "page", "in": "query", "schema": {"type": "integer"}});
    let document = json!({
        "openapi": "3.1.0",
        "paths": {"/things": {"parameters": [page], "post": operation, "put": operation}},
        "components": {"parameters": {"Sort": {
            "name": "sort", "in": "query",
            "schema": {"type": "array", "items": {"type": "boolean"}},
        }}},
    });
    let config = r#"
        [api.test]
        spec = "api.json"
        override = [
            { at = "/paths/~1things/post/parameters/sort", wire_name = "sort[]", reason = "r" },
            { at = "/paths/~1things/post/parameters/sort", required = true, reason = "r" },
            { at = "/paths/~1things/post/parameters/page", wire_name = "p", reason = "r" },
            { at = "/paths/~1things/post/requestBody", required = true, reason = "r" },
        ]
    "#;
    let mut diagnostics = Diagnostics::new();
    let config = Config::parse("specwright.toml", config, &mut diagnostics);
    let sources = MemorySources::new("api.json", document.to_string());
    let loaded = load("api.json", &sources, &mut diagnostics).unwrap();
    let table = table_with(&loaded, &config.api("test").unwrap().overrides);
    let required: Vec<_> = table
        .cases
        .iter()
        .filter(|it| it.inputs == Inputs::Required)
        .collect();
    let sent = |index: usize| {
        let names = required[index].parameters.iter().map(|it| it.name.as_str());
        (
            names.collect::<Vec<_>>().join(" "),
            required[index].body.is_some(),
        )
    };
    assert_eq!(required.len(), 2, "{table:#?}");
    assert_eq!(sent(0), ("sort[]".to_owned(), true));
    assert_eq!(sent(1), (String::new(), false));
    let all: Vec<_> = table
        .cases
        .iter()
        .filter(|it| it.inputs == Inputs::All)
        .collect();
    assert!(all[0].request.target.contains("p=") && !all[0].request.target.contains("page="));
    assert!(all[1].request.target.contains("page="));
}

#[test]
fn required_inputs_have_nothing_that_may_be_left_out() {
    let mut operation = body(&json!({
        "type": "object", "required": ["a"],
        "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
    }));
    operation["parameters"] = json!([
        {"name": "q", "in": "query", "schema": {"type": "boolean"}},
        {"name": "X-R", "in": "header", "required": true, "schema": {"type": "integer"}},
    ]);
    let table = cases(&document(&operation, &json!({})));
    let keys = |inputs| {
        let case = case(&table, inputs);
        let names = case.parameters.iter().map(|it| it.name.clone());
        let body = case.body.as_ref().unwrap().as_object().unwrap();
        (names.collect::<Vec<_>>().join(" "), body.len())
    };
    assert_eq!(keys(Inputs::Required), ("X-R id".to_owned(), 1));
    assert_eq!(keys(Inputs::All), ("X-R id q".to_owned(), 2));
}

/// Fields of one type that are swapped must not go unnoticed.
#[test]
fn every_field_has_a_value_of_its_own() {
    let formats = [
        "",
        "date-time",
        "date",
        "uuid",
        "email",
        "uri",
        "byte",
        "time",
    ];
    for format in formats {
        let schema = json!({"type": "string", "format": format});
        let schema =
            json!({"type": "object", "properties": {"a": schema, "b": schema, "c": schema}});
        let body = all(&document(&body(&schema), &json!({}))).body.unwrap();
        assert!(
            body["a"] != body["b"] && body["b"] != body["c"],
            "{format}: {body}"
        );
    }
    for kind in ["integer", "number"] {
        let schema = json!({"type": kind, "minimum": 5, "exclusiveMaximum": 9_999});
        let schema = json!({"type": "object", "properties": {"a": schema, "b": schema}});
        let body = all(&document(&body(&schema), &json!({}))).body.unwrap();
        assert_ne!(body["a"], body["b"], "{kind}");
    }
}

#[test]
fn values_keep_to_their_limits() {
    let schema = json!({"type": "object", "properties": {
        "tens": {"type": "integer", "minimum": 20, "maximum": 30, "multipleOf": 10},
        "small": {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 3},
        "low": {"type": "integer", "maximum": -5},
        "short": {"type": "string", "maxLength": 2},
        "long": {"type": "string", "minLength": 40},
        "three": {"type": "array", "minItems": 3, "items": {"type": "integer"}},
        "one": {"type": "array", "maxItems": 1, "items": {"type": "integer"}},
        "word": {"enum": ["a", "b", null]},
        "day": {"type": ["date", "null"]},
        "code": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "beyond": {"type": "string", "pattern": "^(?!x)[A-Z]+$", "examples": ["ABC"]},
    }});
    let body = all(&document(&body(&schema), &json!({}))).body.unwrap();
    let length = |key: &str| body[key].as_str().unwrap().chars().count();
    assert!(["20", "30"].contains(&body["tens"].to_string().as_str()));
    assert!([1, 2].contains(&body["small"].as_i64().unwrap()));
    assert!(body["low"].as_i64().unwrap() <= -5);
    assert!(length("short") <= 2 && length("long") >= 40);
    let items = |key: &str| body[key].as_array().unwrap().len();
    assert_eq!((items("three"), items("one")), (3, 1));
    assert!(["a", "b"].contains(&body["word"].as_str().unwrap()));
    let code = body["code"].as_str().unwrap();
    assert!(
        code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase()),
        "{code}"
    );
    assert_eq!(body["beyond"], "ABC");
    let day = body["day"].as_str().unwrap();
    assert!(day.len() == 10 && day.starts_with("20"), "{day}");
}

#[test]
fn read_only_is_not_sent_and_write_only_not_received() {
    let schema = json!({"type": "object", "required": ["r"], "properties": {
        "r": {"type": "integer", "readOnly": true}, "w": {"type": "integer", "writeOnly": true},
    }});
    let mut operation = body(&schema);
    operation["responses"] = json!({"200": {"content": {"application/json": {"schema": schema}}}});
    let case = all(&document(&operation, &json!({})));
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<String>()
    };
    assert_eq!(keys(&case.body.unwrap()), "w");
    assert_eq!(keys(&case.response.body.unwrap()), "r");
}

/// Nothing is the base itself, and a server refuses a tag that it does not know.
#[test]
fn a_base_that_the_mapping_leads_past_is_one_of_its_heirs() {
    let schemas = json!({
        "Pet": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}},
            "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat"}}},
        "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"},
            {"type": "object", "required": ["meows"], "properties": {"meows": {"type": "boolean"}}}]},
    });
    for schema in [
        json!({"$ref": "#/components/schemas/Pet"}),
        json!({"allOf": [{"$ref": "#/components/schemas/Pet"}]}),
    ] {
        let case = all(&document(&body(&schema), &schemas));
        let body = case.body.unwrap();
        assert_eq!(body["kind"], "cat", "{body}");
        assert!(body["meows"].is_boolean(), "{body}");
    }
}

/// Records that refer to each other would have no end.
#[test]
fn a_record_in_a_record_is_its_id() {
    let schemas = json!({
        "Person": {"type": "object", "properties": {
            "id": {"type": "integer"}, "name": {"type": "string"},
            "company": {"$ref": "#/components/schemas/Company"},
            "address": {"$ref": "#/components/schemas/Address"},
        }},
        "Company": {"type": "object", "properties": {
            "id": {"type": "integer"}, "name": {"type": "string"},
            "people": {"type": "array", "items": {"$ref": "#/components/schemas/Person"}},
        }},
        "Address": {"type": "object", "properties": {"city": {"type": "string"}}},
    });
    let answer = json!({"200": {"content": {"application/json": {"schema": {
        "type": "object", "properties": {"data": {"$ref": "#/components/schemas/Person"}},
    }}}}});
    let table = cases(&document(&json!({"responses": answer}), &schemas));
    let data = |inputs| case(&table, inputs).response.body.as_ref().unwrap()["data"].clone();
    let person = data(Inputs::All);
    assert_eq!(person["company"].as_object().unwrap().len(), 1);
    assert!(person["company"]["id"].is_i64() && person["address"]["city"].is_string());
    assert_eq!(data(Inputs::Required).get("company"), None);
}

#[test]
fn null_is_sent_where_it_is_a_value() {
    let item = json!({"type": "object", "properties": {"a": {"type": ["string", "null"]}}});
    let body = all(&document(
        &body(&json!({"type": "array", "items": item})),
        &json!({}),
    ))
    .body;
    let body = body.unwrap();
    assert!(body[0]["a"].is_string() && body[1]["a"].is_null(), "{body}");
}

/// Each line follows from OpenAPI 3.1, section 4.8.12, and RFC 6570; the runtime is not asked.
#[test]
fn parameters_are_written_as_the_specification_says() {
    let list =
        json!({"type": "array", "items": {"enum": ["a b", "c"]}, "minItems": 1, "maxItems": 1});
    let pair = json!({"type": "object", "properties": {"x": {"const": 1}, "y": {"const": "a/b"}}});
    let pieces = json!({"const": ["a/b", "c"]});
    let cases: [(Value, &str); 15] = [
        (
            json!({"in": "path", "schema": {"const": "a/b"}}),
            "/p/a%2Fb",
        ),
        (
            json!({"in": "path", "style": "label", "schema": pair}),
            "/p/.x,1,y,a%2Fb",
        ),
        (
            json!({"in": "path", "style": "label", "explode": true, "schema": pair}),
            "/p/.x=1.y=a%2Fb",
        ),
        (
            json!({"in": "path", "style": "matrix", "schema": pair}),
            "/p/;n=x,1,y,a%2Fb",
        ),
        (
            json!({"in": "path", "style": "matrix", "explode": true, "schema": pair}),
            "/p/;x=1;y=a%2Fb",
        ),
        (
            json!({"in": "path", "explode": true, "schema": pair}),
            "/p/x=1,y=a%2Fb",
        ),
        (json!({"in": "query", "schema": pair}), "?x=1&y=a%2Fb"),
        (
            json!({"in": "query", "explode": false, "schema": pair}),
            "?n=x,1,y,a%2Fb",
        ),
        (
            json!({"in": "query", "style": "deepObject", "schema": pair}),
            "?n%5Bx%5D=1&n%5By%5D=a%2Fb",
        ),
        (
            json!({"in": "query", "style": "pipeDelimited", "explode": false, "schema": pair}),
            "?n=x%7C1%7Cy%7Ca%2Fb",
        ),
        (
            json!({"in": "query", "style": "spaceDelimited", "explode": false, "schema": pair}),
            "?n=x%201%20y%20a%2Fb",
        ),
        (
            json!({"in": "query", "explode": false, "x-collectionFormat": "tsv", "schema": pieces}),
            "?n=a%2Fb%09c",
        ),
        (
            json!({"in": "path", "x-collectionFormat": "pipes", "schema": pieces}),
            "/p/a%2Fb%7Cc",
        ),
        (
            json!({"in": "query", "allowReserved": true, "schema": {"const": "a/b?c&d%20e f"}}),
            "?n=a/b?c%26d%20e%20f",
        ),
        (
            json!({"in": "query", "content": {"application/json": {"schema": pair}}}),
            "?n=%7B%22x%22%3A1%2C%22y%22%3A%22a%2Fb%22%7D",
        ),
    ];
    for (mut parameter, expected) in cases {
        parameter["name"] = "n".into();
        let path = if parameter["in"] == "path" {
            "/p/{n}"
        } else {
            "/p"
        };
        let mut document = json!({"openapi": "3.1.0", "paths": {}});
        document["paths"][path]["get"]["parameters"] = json!([parameter]);
        let target = all(&document).request.target;
        assert!(target.ends_with(expected), "{target} for {parameter}");
    }
    let mut document = json!({"openapi": "3.1.0", "paths": {"/p": {"get": {}}}});
    document["paths"]["/p"]["get"]["parameters"] =
        json!([{"name": "l", "in": "query", "schema": list}]);
    let target = all(&document).request.target;
    assert!(
        ["/p?l=a%20b", "/p?l=c"].contains(&target.as_str()),
        "{target}"
    );
}

#[test]
fn credentials_are_those_of_the_first_alternative_that_names_any() {
    let mut document = document(
        &json!({"security": [{}, {"key": [], "basic": []}]}),
        &json!({}),
    );
    document["components"]["securitySchemes"] = json!({
        "basic": {"type": "http", "scheme": "Basic"},
        "key": {"type": "apiKey", "in": "query", "name": "k y"},
    });
    let request = all(&document).request;
    let expected = (
        "authorization".to_owned(),
        "Basic dXNlcjpwYXNzd29yZA==".to_owned(),
    );
    assert!(request.headers.contains(&expected), "{request:?}");
    assert!(request.target.ends_with("?k%20y=secret"), "{request:?}");
}

#[test]
fn what_has_no_case_is_named() {
    let multipart = json!({"requestBody": {"required": true, "content": {"multipart/form-data": {"schema": {}}}}});
    let table = cases(&document(&multipart, &json!({})));
    assert_eq!(
        table.cases.iter().map(|it| it.inputs).collect::<Vec<_>>(),
        []
    );
    let named: Vec<&str> = table.left_out.iter().map(|it| it.action.as_str()).collect();
    assert_eq!(named, ["POST /things/{id}"]);
    let nested = json!({"type": "array", "items": {"type": "array", "items": {"type": "integer"}}});
    let operation = json!({"parameters": [{"name": "n", "in": "query", "schema": nested}]});
    let table = cases(&document(&operation, &json!({})));
    assert_eq!(table.cases.len(), 2);
    assert_eq!(table.left_out[0].what, "query n");
}

/// A document can be made to have no end, or so much in it that nobody waits for it.
#[test]
fn no_schema_is_endless() {
    let mut schemas = json!({
        "Loop": {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/components/schemas/Loop"}}},
        "Round": {"$ref": "#/components/schemas/Round"},
        "L0": {"type": "string"},
    });
    for level in 1..40 {
        let below = json!({"$ref": format!("#/components/schemas/L{}", level - 1)});
        let names = ["a", "b", "c"];
        let properties: serde_json::Map<_, _> = names
            .iter()
            .map(|name| ((*name).to_owned(), below.clone()))
            .collect();
        schemas[format!("L{level}")] =
            json!({"type": "object", "required": names, "properties": properties});
    }
    for name in ["Loop", "Round", "L39"] {
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        let case = all(&document(&body(&schema), &schemas));
        assert!(
            case.request.body.len() < 4_000_000,
            "{name}: {}",
            case.request.body.len()
        );
    }
}

/// What the file promises: JSON, a case to a line, the same for the same document.
#[test]
fn the_file_has_a_case_to_a_line() {
    let document = document(&body(&json!({"type": "string"})), &json!({}));
    let text = cases(&document).to_text("things");
    assert_eq!(text, cases(&document).to_text("things"));
    let read: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&read["schemaVersion"], &read["api"]),
        (&json!(1), &json!("things"))
    );
    let lines = text
        .lines()
        .filter(|line| line.starts_with(r#"{"action":"#));
    assert_eq!(lines.count(), 2);
    assert_eq!(read["cases"][1]["inputs"], "all");
    assert_eq!(
        read["cases"][1]["request"]["body"],
        read["cases"][1]["body"].to_string()
    );
}
