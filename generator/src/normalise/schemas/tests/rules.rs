//! What no type expresses is kept as text, with a note at its place.

use super::{read, type_t};
use crate::diag::{Code, Severity};
use crate::ir::{Rule, TypeBody};

fn words(rules: &[Rule]) -> Vec<String> {
    let word = |rule: &Rule| format!("{} {}", rule.keyword, rule.text);
    rules.iter().map(word).collect()
}

#[test]
fn what_a_component_asks_for_is_said_at_its_definition() {
    let (api, diagnostics) = read(
        "{properties: {a: {}, b: {}}, not: {required: [b]}, if: {required: [a]}, then: {required: [b]}}",
    );
    assert_eq!(
        words(&type_t(&api).rules),
        [
            r#"if {"required":["a"]}"#,
            r#"not {"required":["b"]}"#,
            r#"then {"required":["b"]}"#
        ]
    );
    let said: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.code, it.severity, it.origin.pointer.as_str()))
        .collect();
    let note = |pointer| (Code::UnsupportedSchema, Severity::Note, pointer);
    assert_eq!(
        said,
        [
            note("/components/schemas/T/if"),
            note("/components/schemas/T/not")
        ]
    );
}

#[test]
fn what_a_place_asks_for_is_said_at_the_place() {
    for (schema, rule) in [
        (
            "{type: array, contains: {const: 1}}",
            r#"contains {"const":1}"#,
        ),
        ("{type: number, enum: [0.5, 1.5]}", "enum [0.5,1.5]"),
        (
            "{type: object, properties: {x: {}}, anyOf: [{required: [x]}, {required: [y]}]}",
            r#"anyOf [{"required":["x"]},{"required":["y"]}]"#,
        ),
        (
            "{allOf: [{type: string, pattern: a}, {pattern: b}]}",
            r#"pattern "a""#,
        ),
        (
            "{allOf: [{type: integer, multipleOf: 2}, {multipleOf: 3}]}",
            "multipleOf 2",
        ),
    ] {
        let (api, _) = read(&format!("{{properties: {{p: {schema}}}}}"));
        let TypeBody::Record(record) = &type_t(&api).body else {
            panic!("a record")
        };
        let limits = &record.fields[0].schema.constraints;
        assert_eq!(words(&limits.rules), [rule], "{schema}");
    }
}

#[test]
fn long_rules_are_cut() {
    let names = "a".repeat(500);
    let (api, _) = read(&format!("{{type: object, not: {{required: [{names}]}}}}"));
    let rules = &type_t(&api).rules;
    assert_eq!(rules.len(), 1);
    assert!(rules[0].text.ends_with('…') && rules[0].text.chars().count() == 201);
}
