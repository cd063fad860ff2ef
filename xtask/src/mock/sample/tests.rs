use super::*;
use serde_json::json;

fn check(schema: Value, expected: Value) {
    assert_eq!(sample(&Value::Null, &schema), expected, "{schema}");
}

/// What the schema `name` of a document with these schemas gives.
fn named(name: &str, schemas: Value) -> Value {
    let document = json!({"components": {"schemas": schemas}});
    let reference = json!({"$ref": format!("#/components/schemas/{name}")});
    sample(&document, &reference)
}

#[test]
fn scalars_are_of_their_type_and_format_and_within_their_limits() {
    check(
        json!({"type": "string", "format": "date-time"}),
        json!("2024-05-17T09:30:00Z"),
    );
    check(
        json!({"type": "string", "format": "byte"}),
        json!("dGV4dA=="),
    );
    check(
        json!({"type": "string", "minLength": 6, "maxLength": 7}),
        json!("textte"),
    );
    check(json!({"type": "string", "maxLength": 2}), json!("te"));
    check(json!({"type": "string", "maxLength": 0}), json!(""));
    check(json!({"type": "integer"}), json!(1));
    check(json!({"type": "integer", "minimum": 7}), json!(7));
    check(json!({"type": "integer", "maximum": -3}), json!(-3));
    check(
        json!({"type": "integer", "exclusiveMinimum": 4, "multipleOf": 5}),
        json!(5),
    );
    check(
        json!({"type": "integer", "minimum": 4, "exclusiveMinimum": true}),
        json!(5),
    );
    check(
        json!({"type": "integer", "minimum": 18_446_744_073_709_551_615_u64}),
        json!(u64::MAX),
    );
    check(json!({"type": "number"}), json!(1.5));
    check(json!({"type": "boolean"}), json!(true));
}

#[test]
fn null_is_given_only_where_nothing_else_is_allowed() {
    check(json!({"type": ["null", "integer"]}), json!(1));
    check(json!({"enum": [null, "a"]}), json!("a"));
    check(
        json!({"oneOf": [{"type": "null"}, {"type": "boolean"}]}),
        json!(true),
    );
    check(json!({"type": "null"}), json!(null));
}

#[test]
fn a_pattern_takes_the_example_and_nothing_else_does() {
    check(
        json!({"type": "string", "pattern": "^a", "examples": ["ab"]}),
        json!("ab"),
    );
    check(json!({"type": "integer", "example": "seven"}), json!(1));
}

#[test]
fn objects_have_optional_properties_and_those_without_a_schema() {
    check(
        json!({"properties": {"a": {"type": "string"}, "secret": {"writeOnly": true, "type": "string"},
            "any": {}}, "required": ["b"]}),
        json!({"a": "text", "b": null}),
    );
    check(
        json!({"additionalProperties": {"type": "integer"}}),
        json!({"key": 1}),
    );
}

#[test]
fn lists_have_one_item_or_as_many_as_they_need() {
    check(
        json!({"type": "array", "items": {"type": "integer"}}),
        json!([1]),
    );
    check(
        json!({"type": "array", "items": {"type": "integer"}, "minItems": 3}),
        json!([1, 1, 1]),
    );
    check(
        json!({"type": "array", "items": {"type": "integer"}, "maxItems": 0}),
        json!([]),
    );
    check(json!({"type": "array", "items": {}}), json!([]));
    check(
        json!({"prefixItems": [{"type": "integer"}, {"type": "boolean"}]}),
        json!([1, true]),
    );
}

#[test]
fn records_that_refer_to_each_other_end_at_the_second() {
    let related = json!({"type": "object", "properties": {
        "id": {"type": "string", "format": "uuid"},
        "company": {"type": "object", "oneOf": [{"$ref": "#/components/schemas/Company"}]},
        "friends": {"type": "array", "items": {"$ref": "#/components/schemas/Person"}}}});
    let company = json!({"type": "object", "properties": {
        "name": {"type": "string"},
        "people": {"type": "array", "items": {"$ref": "#/components/schemas/Person"}}}});
    let id = "0191d9c0-5f3a-4b6e-9c1d-2f8a7b6c5d4e";
    assert_eq!(
        named("Person", json!({"Person": related, "Company": company})),
        json!({"id": id, "company": {"name": "text", "people": []},
            "friends": [{"id": id, "friends": []}]})
    );
}

#[test]
fn what_is_required_is_given_at_any_depth() {
    let link = |next: &str| {
        json!({"required": ["next"], "properties": {
            "next": {"$ref": format!("#/components/schemas/{next}")}, "note": {"type": "string"}}})
    };
    let end = json!({"required": ["id"], "properties": {"id": {"type": "integer"}}});
    let schemas = json!({"A": link("B"), "B": link("C"), "C": link("D"), "D": end});
    assert_eq!(
        named("A", schemas),
        json!({"next": {"next": {"next": {"id": 1}}, "note": "text"}, "note": "text"})
    );
}

#[test]
fn what_requires_itself_ends() {
    let schemas = json!({"A": {"required": ["a", "list"], "properties": {
        "a": {"$ref": "#/components/schemas/A"},
        "list": {"type": "array", "minItems": 9, "items": {"$ref": "#/components/schemas/A"}}}},
        "Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}, {"type": "integer"}]}});
    let sample = named("A", schemas.clone());
    assert_eq!(sample.pointer("/a/a"), Some(&json!({})), "{sample}");
    assert_eq!(named("Loop", schemas), json!(1));
}

#[test]
fn lists_of_lists_do_not_multiply() {
    let schemas = json!({"A": {"type": "array", "minItems": 1_000_000,
        "items": {"$ref": "#/components/schemas/A"}}});
    assert!(named("A", schemas).to_string().len() < 200_000);
}

#[test]
fn many_optional_properties_stop_before_the_required_ones_do() {
    let wide: Map<String, Value> = (0..MANY + 10)
        .map(|n| (format!("p{n}"), json!({"type": "integer"})))
        .collect();
    let mut schema = json!({"required": ["last"], "properties": wide});
    schema["properties"]["last"] = json!({"type": "boolean"});
    let sample = sample(&Value::Null, &schema);
    assert_eq!(sample.get("last"), Some(&json!(true)));
    assert_eq!(sample.get(format!("p{}", MANY + 9)), None);
}

#[test]
fn parts_of_all_of_are_one_object() {
    check(
        json!({"allOf": [{"properties": {"a": {"type": "string"}, "kind": {"type": "string"}}},
            {"properties": {"b": {"type": "integer"}, "kind": {"enum": ["x"]}}, "required": ["b"]}]}),
        json!({"a": "text", "kind": "x", "b": 1}),
    );
}

#[test]
fn a_discriminator_names_the_branch_that_was_taken() {
    let kind = json!({"properties": {"kind": {"type": "string"}}});
    let union = |mapping: Value| {
        json!({"oneOf": [{"$ref": "#/components/schemas/Cat"}],
            "discriminator": {"propertyName": "kind", "mapping": mapping}})
    };
    let mapped = json!({"cat": "#/components/schemas/Cat"});
    let taken = named("Pet", json!({"Cat": kind, "Pet": union(mapped)}));
    assert_eq!(taken, json!({"kind": "cat"}));
    let taken = named("Pet", json!({"Cat": kind, "Pet": union(json!({}))}));
    assert_eq!(taken, json!({"kind": "Cat"}));
}
