use super::*;
use crate::mock::fixture::cases;
use serde_json::json;
use specwright::cases::Inputs;

/// A document of one operation on people, who know each other.
pub(super) fn people() -> Value {
    json!({
        "openapi": "3.1.1",
        "servers": [{"url": "https://example.com"}],
        "security": [{"token": []}],
        "paths": {"/people/{id}": {"post": {
            "parameters": [{"$ref": "#/components/parameters/Id"}],
            "requestBody": {"required": true, "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/PersonInput"}}}},
            "callbacks": {"done": {"{$request.query.url}": {"post": {}}}},
            "responses": {
                "200": {"description": "One.", "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Person"}}}},
                "404": {"$ref": "#/components/responses/Gone"}}}}},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "parameters": {"Id": {"name": "id", "in": "path", "required": true,
                "schema": {"type": "string", "format": "uuid"}}, "Unused": {"name": "u", "in": "query"}},
            "responses": {"Gone": {"description": "Gone.", "content": {"text/plain": {}}}},
            "schemas": {
                "PersonInput": {"type": "object", "properties": {
                    "name": {"type": "string", "example": "Ann"},
                    "address": {"$ref": "#/components/schemas/Address"}}},
                "Address": {"type": "object", "properties": {"city": {"type": "string"}}},
                "Person": {"type": "object", "properties": {
                    "id": {"type": "string", "format": "uuid"},
                    "friend": {"$ref": "#/components/schemas/Person"}}}}},
        "webhooks": {"person": {"post": {}}}
    })
}

pub(super) fn at<'v>(document: &'v Value, pointer: &str) -> &'v Value {
    document.pointer(pointer).unwrap_or(&Value::Null)
}

#[test]
fn requests_stay_as_they_are() {
    let (whole, cut) = (people(), cut(&people(), &Table::default(), Cut::default()));
    for same in [
        "/servers",
        "/security",
        "/paths/~1people~1{id}/post/parameters",
        "/paths/~1people~1{id}/post/requestBody",
        "/components/parameters/Id",
        "/components/securitySchemes",
        "/components/schemas/PersonInput",
        "/components/schemas/Address",
    ] {
        assert_eq!(at(&cut, same), at(&whole, same), "{same}");
    }
}

#[test]
fn an_operation_has_the_answer_of_its_case_and_no_other() {
    let people = people();
    let table = cases(&people);
    let cut = cut(&people, &table, Cut::default());
    let responses = at(&cut, "/paths/~1people~1{id}/post/responses");
    let statuses = responses.as_object().unwrap().keys();
    assert_eq!(statuses.collect::<Vec<_>>(), ["200"]);
    let media_type = at(responses, "/200/content/application~1json");
    let [_, all] = table.cases.as_slice() else {
        panic!("{} cases", table.cases.len())
    };
    assert_eq!(all.inputs, Inputs::All);
    assert_eq!(media_type, &json!({"example": all.response.body}));
    assert!(at(media_type, "/example/friend/id").is_string());
}

#[test]
fn an_operation_without_a_case_succeeds_with_nothing() {
    let mut people = people();
    let body = people.pointer_mut("/paths/~1people~1{id}/post/requestBody/content");
    *body.unwrap() = json!({"multipart/form-data": {"schema": {"type": "object"}}});
    let cut = cut(&people, &cases(&people), Cut::default());
    let responses = at(&cut, "/paths/~1people~1{id}/post/responses");
    assert_eq!(responses, &json!({"204": {"description": ""}}));
}

#[test]
fn what_nothing_refers_to_goes() {
    let cut = cut(&people(), &Table::default(), Cut::default());
    for gone in [
        "/webhooks",
        "/components/schemas/Person",
        "/components/parameters/Unused",
        "/components/responses",
        "/paths/~1people~1{id}/post/callbacks",
    ] {
        assert_eq!(at(&cut, gone), &Value::Null, "{gone}");
    }
}

#[test]
fn a_component_with_a_slash_in_its_name_is_kept_where_it_is_used() {
    let document = json!({"paths": {"/a": {"get": {"parameters": [
        {"name": "q", "in": "query", "schema": {"$ref": "#/components/schemas/a~1b%20c/properties/d"}}]}}},
        "components": {"schemas": {"a/b c": {"properties": {"d": {"type": "string"}}}, "a": {}}}});
    let cut = cut(&document, &Table::default(), Cut::default());
    assert!(at(&cut, "/components/schemas/a~1b c").is_object());
    assert_eq!(at(&cut, "/components/schemas/a"), &Value::Null);
}

#[test]
fn a_document_says_that_it_is_of_the_newest_vocabulary() {
    let current = cut(
        &json!({"openapi": "3.1.0"}),
        &Table::default(),
        Cut::default(),
    );
    let dialect = "https://json-schema.org/draft/2020-12/schema";
    assert_eq!(at(&current, "/jsonSchemaDialect"), dialect);
    let older = json!({"openapi": "3.0.3"});
    assert_eq!(cut(&older, &Table::default(), Cut::default()), current);
}

#[test]
fn an_unknown_type_does_not_turn_the_check_of_a_body_off() {
    let mut document = json!({"components": {
        "securitySchemes": {"token": {"type": "http"}},
        "examples": {"a": {"value": {"type": "date"}}},
        "schemas": {"A": {"type": "object", "default": {"type": "date"}, "properties": {
            "type": {"type": "date", "format": "date"}, "b": {"type": ["null", "date"]}}}}}});
    let before = document.clone();
    repair::repair(&mut document);
    let schema = at(&document, "/components/schemas/A");
    assert_eq!(at(schema, "/properties/type"), &json!({"format": "date"}));
    assert_eq!(at(schema, "/properties/b/type"), &json!(["null"]));
    for same in [
        "/components/securitySchemes",
        "/components/schemas/A/default",
        "/components/examples",
    ] {
        assert_eq!(at(&document, same), at(&before, same), "{same}");
    }
}

#[test]
fn a_response_that_can_have_no_body_gets_none() {
    let text = json!({"description": "Gone.", "content": {"text/plain": {}}});
    let paths = json!({"/a": {"delete": {"responses": {"204": text}}}});
    let document = json!({"openapi": "3.1.0", "paths": paths});
    let cut = cut(&document, &cases(&document), Cut::default());
    let response = at(&cut, "/paths/~1a/delete/responses/204");
    assert_eq!(response, &json!({"description": ""}));
}

/// References that lead nowhere, as a set.
fn dangling(document: &Value) -> std::collections::BTreeSet<&str> {
    let references = crate::mock::reference::references(document).into_iter();
    let nowhere = |name: &&str| crate::mock::reference::target(document, name).is_none();
    references.filter(nowhere).collect()
}

#[test]
fn real_documents_keep_their_operations_and_lose_no_reference() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/specs");
    let files = [folder.to_owned(), format!("{folder}/open")]
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flat_map(|entries| entries.map(|entry| entry.unwrap().path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .filter(|path| path.metadata().unwrap().len() < 1_000_000)
        .collect::<Vec<_>>();
    if files.is_empty() {
        println!("skipped: there are no documents in {folder}");
    }
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let Ok(document) = serde_json::from_str(text.trim_start_matches('\u{feff}')) else {
            println!("skipped: {} is not JSON", path.display());
            continue;
        };
        let cut = cut(&document, &Table::default(), Cut { close: true });
        let keys = |document: &Value| {
            let paths = document.get("paths").and_then(Value::as_object);
            paths.map(|paths| paths.keys().cloned().collect::<Vec<_>>())
        };
        assert_eq!(keys(&cut), keys(&document), "{}", path.display());
        let added = &dangling(&cut) - &dangling(&document);
        assert!(added.is_empty(), "{}: {added:?}", path.display());
    }
}

#[test]
fn nullable_without_a_type_or_a_value_twice_does_not_turn_the_check_of_a_body_off() {
    let parts = json!([{"$ref": "#/components/schemas/B"}]);
    let mut document = json!({"components": {"schemas": {
        "A": {"allOf": parts, "nullable": true}, "B": {"nullable": true, "enum": [1, 1]},
        "C": {"nullable": true, "type": "string"}, "D": {"properties": {"nullable": {"type": "boolean"}}}}}});
    let before = document.clone();
    repair::repair(&mut document);
    let schemas = at(&document, "/components/schemas");
    assert_eq!(
        at(schemas, "/A"),
        &json!({"anyOf": [{"allOf": parts}, {"type": "null"}]})
    );
    assert_eq!(at(schemas, "/B"), &json!({"enum": [1]}));
    for same in ["/components/schemas/C", "/components/schemas/D"] {
        assert_eq!(at(&document, same), at(&before, same), "{same}");
    }
}

#[test]
fn a_reference_with_keywords_beside_it_is_a_part() {
    let reference = json!({"$ref": "#/components/schemas/B"});
    let mut document = json!({"components": {"schemas": {
        "A": {"$ref": "#/components/schemas/B", "description": "A.", "required": ["b"]},
        "B": {"properties": {"b": {}}}, "C": {"$ref": "#/components/schemas/B", "description": "C."}}}});
    let before = document.clone();
    repair::repair(&mut document);
    let schemas = at(&document, "/components/schemas");
    let whole = json!({"allOf": [reference], "description": "A.", "required": ["b"]});
    assert_eq!(at(schemas, "/A"), &whole);
    for same in ["/components/schemas/B", "/components/schemas/C"] {
        assert_eq!(at(&document, same), at(&before, same), "{same}");
    }
}
