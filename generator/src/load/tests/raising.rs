use super::{document, summary};
use crate::diag::{Code, Diagnostics, Severity};
use serde_json::{Value, json};

/// A schema of a document of this version, once loaded.
fn raised(version: &str, schema: &str) -> (Value, Diagnostics) {
    let text = format!("openapi: {version}\ncomponents: {{schemas: {{A: {schema}}}}}\n");
    let (document, diagnostics) = document(&text);
    let root = document.root().value();
    (root["components"]["schemas"]["A"].clone(), diagnostics)
}

#[test]
fn schemas_of_3_0_speak_3_1() {
    for (schema, expected) in [
        (
            "{type: string, nullable: true}",
            json!({"type": ["string", "null"]}),
        ),
        ("{type: string, nullable: false}", json!({"type": "string"})),
        (
            "{type: string, nullable: true, enum: [a]}",
            json!({"type": ["string", "null"], "enum": ["a", null]}),
        ),
        (
            "{type: string, nullable: true, enum: [null, a]}",
            json!({"type": ["string", "null"], "enum": [null, "a"]}),
        ),
        (
            "{type: [string, 'null'], nullable: true}",
            json!({"type": ["string", "null"]}),
        ),
        (
            "{minimum: 1, exclusiveMinimum: true}",
            json!({"exclusiveMinimum": 1}),
        ),
        (
            "{maximum: 9, exclusiveMaximum: false}",
            json!({"maximum": 9}),
        ),
        ("{exclusiveMaximum: true}", json!({})),
        ("{example: 0}", json!({"examples": [0]})),
        ("{example: 0, examples: [1]}", json!({"examples": [1, 0]})),
    ] {
        let (value, diagnostics) = raised("3.0.3", schema);
        assert_eq!(value, expected, "{schema}");
        // A list is of 3.1, whatever stands beside it.
        let is_newer = schema.contains("type: [");
        assert_eq!(diagnostics.iter().count(), usize::from(is_newer));
    }
}

#[test]
fn nullable_without_a_type_stays_for_the_reader() {
    for schema in [
        "{allOf: [{}], nullable: true}",
        "{$ref: '#/x', nullable: true}",
    ] {
        let (value, _) = raised("3.0.3", schema);
        assert_eq!(value["nullable"], json!(true));
    }
}

#[test]
fn words_of_3_0_in_3_1_are_honoured_and_noted_once() {
    let schema = "{type: object, properties: {a: {type: string, nullable: true}, \
                  b: {type: string, nullable: true}, c: {maximum: 1, exclusiveMaximum: true}}}";
    let (value, diagnostics) = raised("3.1.0", schema);
    assert_eq!(value["properties"]["a"]["type"], json!(["string", "null"]));
    assert_eq!(value["properties"]["c"], json!({"exclusiveMaximum": 1}));
    let below = "/components/schemas/A/properties";
    assert_eq!(
        summary(&diagnostics),
        [
            (
                Code::UnknownKeyword,
                format!("{below}/a/nullable").as_str(),
                None
            ),
            (Code::UnknownKeyword, format!("{below}/c").as_str(), None)
        ]
    );
    assert_eq!(diagnostics.count(Severity::Note), 2);
}

/// Only what is a schema is raised, wherever schemas stand; data that looks like one is left alone.
#[test]
fn schemas_are_told_from_data() {
    for (pointer, is_schema) in [
        ("/components/schemas/x-a", true),
        ("/components/schemas/A/properties/example", true),
        ("/components/schemas/A/items/anyOf/0/not", true),
        (
            "/components/schemas/A/items/anyOf/0/additionalProperties",
            true,
        ),
        ("/components/parameters/A/content/a~1b/schema", true),
        ("/paths/~1a/get/responses/200/headers/x-b/schema", true),
        (
            "/paths/~1a/get/callbacks/a/{$url}/post/requestBody/content/a~1b/schema",
            true,
        ),
        ("/paths/~1a/parameters/0/schema", true),
        ("/webhooks/a/post/requestBody/content/a~1b/schema", true),
        ("/components/schemas/A/example", false),
        ("/components/schemas/A/examples/0", false),
        ("/components/schemas/A/default", false),
        ("/components/schemas/A/enum/0", false),
        ("/components/schemas/A/const", false),
        ("/components/schemas/A/x-a", false),
        ("/components/examples/A/value", false),
        ("/components/parameters/A/example/schema", false),
        ("/paths/x-a/get/responses/200/content/a~1b/schema", false),
        ("/x-a/schema", false),
    ] {
        let mut root = json!({"type": "string", "nullable": true});
        for segment in pointer.split('/').skip(1).collect::<Vec<_>>().iter().rev() {
            root = match *segment {
                "0" => json!([root]),
                key => json!({ key.replace("~1", "/"): root }),
            };
        }
        root["openapi"] = json!("3.0.0");
        let (document, _) = document(&root.to_string());
        let left = document.root().value().to_string().contains("nullable");
        assert_eq!(left, !is_schema, "{pointer}");
    }
}

#[test]
fn the_deepest_schema_that_a_text_may_hold_is_raised() {
    // The root, `components`, `schemas` and the innermost schema are the other four levels.
    let levels = 508;
    let text = format!(
        "{{\"openapi\": \"3.0.0\", \"components\": {{\"schemas\": {{\"A\": {}{}{}}}}}}}",
        "{\"not\": ".repeat(levels),
        "{\"type\": \"string\", \"nullable\": true}",
        "}".repeat(levels)
    );
    let (document, _) = document(&text);
    let pointer = format!("/components/schemas/A{}", "/not".repeat(levels));
    let innermost = document.node(&super::origin(&pointer)).unwrap();
    assert_eq!(*innermost.value(), json!({"type": ["string", "null"]}));
    assert_eq!(innermost.pointer(), pointer);
}

#[test]
fn words_of_3_1_in_an_older_document_are_noted_once() {
    let schemas = "A: {type: [string, 'null']}, B: {type: [string, integer], const: a}, \
                   C: {$ref: '#/x', maxLength: 3, x-a: 1}, D: {type: string, nullable: true}";
    for (head, folder) in [
        (
            "openapi: 3.0.3\ncomponents: {schemas: ",
            "/components/schemas",
        ),
        ("swagger: '2.0'\ndefinitions: ", "/definitions"),
        ("openapi: 3.1.0\ncomponents: {schemas: ", ""),
    ] {
        let end = if head.contains('{') { "}" } else { "" };
        let (_, diagnostics) = document(&format!("{head}{{{schemas}}}{end}\n"));
        let found: Vec<_> = diagnostics
            .iter()
            .map(|d| (d.code, d.origin.pointer.clone()))
            .collect();
        let places = match folder {
            "" => vec!["/components/schemas/D/nullable".to_owned()],
            folder => ["/B/const", "/C/maxLength", "/A/type"]
                .map(|place| format!("{folder}{place}"))
                .to_vec(),
        };
        let expected: Vec<_> = places
            .into_iter()
            .map(|place| (Code::UnknownKeyword, place))
            .collect();
        assert_eq!(found, expected, "{head}");
    }
}
