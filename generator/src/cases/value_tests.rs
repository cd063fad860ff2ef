//! Corrections, nulls and limits: what cases are made of beside the document's plain values.

use super::{Case, Inputs, Table, table, table_with};
use crate::config::{ApiConfig, Config};
use crate::diag::Diagnostics;
use crate::load::{Document, MemorySources, load};
use serde_json::{Value, json};

fn loaded(schema: &Value) -> Document {
    let content = json!({"application/json": {"schema": schema}});
    let document = json!({
        "openapi": "3.1.0",
        "paths": {"/things": {"post": {
            "parameters": [{"name": "sort", "in": "query", "schema": {"type": "string"}}],
            "requestBody": {"required": true, "content": content},
            "responses": {"200": {"content": content}},
        }}},
    });
    let sources = MemorySources::new("api.json", document.to_string());
    load("api.json", &sources, &mut Diagnostics::new()).unwrap()
}

fn object(properties: &Value) -> Document {
    loaded(&json!({"type": "object", "properties": properties}))
}

fn config(overrides: &str) -> ApiConfig {
    let text = format!("[api.things]\nspec = \"api.json\"\noverride = [{overrides}]\n");
    let mut diagnostics = Diagnostics::new();
    let config = Config::parse("specwright.toml", &text, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    config.api("things").unwrap().clone()
}

const BODY: &str = "/paths/~1things/post/requestBody/content/application~1json/schema/properties";

fn all(table: &Table) -> &Case {
    let found = table.cases.iter().find(|case| case.inputs == Inputs::All);
    found.unwrap_or_else(|| panic!("{table:#?}"))
}

/// Else what the configuration knows better is in no test, or in a test that fails.
#[test]
fn the_configuration_corrects_values() {
    let document = object(&json!({"a": {"type": "string"}, "b": {"type": "string"}}));
    let overrides = format!(
        r#"{{ at = "{BODY}/a", nullable = true, reason = "r" }},
        {{ at = "{BODY}/b", wire_name = "c", reason = "r" }},
        {{ at = "{BODY}/b", format = "date", reason = "r" }},
        {{ at = "/paths/~1things/post/parameters/0", wire_name = "order_by[]", reason = "r" }}"#
    )
    .replace('\n', "");
    assert_eq!(table(&document).nulls, []);
    let table = table_with(&document, &config(&overrides).overrides);
    let null = table.nulls.first().unwrap();
    let body = null.body.as_ref().unwrap();
    assert_eq!(body["a"], Value::Null);
    assert!(body["c"].as_str().unwrap().starts_with("20"), "{body}");
    assert_eq!(body.get("b"), None);
    assert!(
        all(&table)
            .request
            .target
            .starts_with("/things?order_by%5B%5D=")
    );
    assert!(table.to_text("things").contains(r#""inputs":"null""#));
}

/// Servers answer so; it must read as if it were absent.
#[test]
fn what_is_not_set_is_null_in_an_answer() {
    let record = json!({"type": "object", "required": ["id"], "properties": {
        "id": {"type": "integer"}, "name": {"type": "string"}, "kind": {"const": "k"},
    }});
    let document = object(&json!({"data": record, "total": {"type": "integer"}}));
    let table = table(&document);
    let required = table.cases.first().unwrap();
    let unset = required.response.unset.as_ref().unwrap();
    assert_eq!(unset["total"], Value::Null);
    assert!(unset["data"]["id"].is_i64(), "{unset}");
    assert_eq!(unset["data"].get("name"), Some(&Value::Null));
    assert_eq!(unset["data"]["kind"], "k");
    assert_eq!(all(&table).response.unset, None);
}

#[test]
fn numbers_keep_to_their_limits_and_have_one_spelling() {
    let document = object(&json!({
        "tiny": {"type": "number", "exclusiveMinimum": 0, "maximum": 1e-7},
        "narrow": {"type": "number", "minimum": 1, "maximum": 2},
        "cents": {"type": "number", "multipleOf": 0.07},
        "whole": {"type": "number", "multipleOf": 1},
    }));
    let table = table(&document);
    assert_eq!(table.left_out, []);
    let body = all(&table).body.as_ref().unwrap();
    let number = |key: &str| body[key].as_f64().unwrap();
    assert!(number("tiny") > 0.0 && number("tiny") <= 1e-7, "{body}");
    assert!(number("narrow") > 1.0 && number("narrow") < 2.0, "{body}");
    assert!(body["cents"].to_string().len() <= 7, "{body}");
    assert!(body["whole"].is_i64(), "{body}");
}

/// A value that breaks its schema would make a right client look wrong.
#[test]
fn what_no_value_fits_is_left_out_with_the_reason() {
    let limits = [
        (
            json!({"type": "integer", "minimum": 5, "maximum": 3}),
            "maximum",
        ),
        (
            json!({"type": "number", "minimum": 5, "exclusiveMaximum": 5}),
            "exclusiveMaximum",
        ),
        (json!({"type": "string", "minLength": 99_999}), "minLength"),
        (
            json!({"type": "array", "minItems": 99, "items": {"type": "null"}}),
            "minItems",
        ),
        (
            json!({"type": "string", "pattern": "^(?!x)[A-Z]+$"}),
            "pattern",
        ),
    ];
    for (schema, keyword) in limits {
        let table = table(&loaded(
            &json!({"type": "object", "required": ["a"], "properties": {"a": schema}}),
        ));
        assert_eq!(table.cases, [], "{keyword}");
        let left_out = table.left_out.first().unwrap();
        assert_eq!(left_out.what, "operation");
        assert!(left_out.reason.contains(keyword), "{}", left_out.reason);
    }
}

/// JavaScript writes indices first, in their order as numbers.
#[test]
fn no_sample_has_keys_that_javascript_orders_otherwise() {
    let text = json!({"type": "string"});
    let body = |properties: Value| all(&table(&object(&properties))).body.clone().unwrap();
    let moved = body(json!({"10": text, "9": text, "a": text}));
    assert_eq!(moved.as_object().unwrap().keys().collect::<Vec<_>>(), ["a"]);
    let kept = body(json!({"9": text, "a": text}));
    assert_eq!(kept.as_object().unwrap().len(), 2);
}

#[test]
fn no_body_is_null_and_an_empty_one_is_not() {
    let document = json!({"openapi": "3.1.0", "paths": {"/things": {"get": {}}}});
    let sources = MemorySources::new("api.json", document.to_string());
    let document = load("api.json", &sources, &mut Diagnostics::new()).unwrap();
    let text = table(&document).to_text("things");
    let read: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read["cases"][0]["request"].get("body"), Some(&Value::Null));
}

/// A server refuses it, and no client has a place for it.
#[test]
fn what_the_schema_false_is_said_of_is_never_given() {
    let table = table(&object(
        &json!({"never": false, "list": {"type": "array", "items": false}, "a": {}}),
    ));
    let case = all(&table);
    let body = case.body.as_ref().unwrap();
    let answered = case.response.body.as_ref().unwrap();
    assert_eq!(body.get("never").or(answered.get("never")), None);
    assert_eq!(body["list"], json!([]));
    let needed = json!({"type": "object", "required": ["never"], "properties": {"never": false}});
    let left_out = super::table(&loaded(&needed)).left_out;
    assert!(left_out.first().unwrap().reason.contains("allows no value"));
}

/// An escape that stays as it is arrives as what it stands for, and a URL with a space is none.
#[test]
fn a_url_whose_reserved_characters_stay_has_no_escapes() {
    let url = json!({"type": "string", "format": "uri"});
    let form = json!({
        "schema": {"type": "object", "properties": {"kept": url, "other": url}},
        "encoding": {"kept": {"allowReserved": true}},
    });
    let document = json!({
        "openapi": "3.1.0",
        "paths": {"/things": {"post": {"requestBody": {"content": {"application/x-www-form-urlencoded": form}}}}},
    });
    let sources = MemorySources::new("api.json", document.to_string());
    let document = load("api.json", &sources, &mut Diagnostics::new()).unwrap();
    let table = table(&document);
    let body = all(&table).body.as_ref().unwrap();
    assert!(!body["kept"].as_str().unwrap().contains('%'), "{body}");
    assert!(body["other"].as_str().unwrap().contains('%'), "{body}");
}
