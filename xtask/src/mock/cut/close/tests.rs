use super::super::tests::{at, people};
use super::super::{Cut, cut};
use super::*;
use specwright::cases::Table;

#[test]
fn closing_reaches_every_request_object() {
    let cut = cut(&people(), &Table::default(), Cut { close: true });
    for closed in ["PersonInput", "Address"] {
        let pointer = format!("/components/schemas/{closed}/additionalProperties");
        assert_eq!(at(&cut, &pointer), &json!(false), "{closed}");
    }
}

/// What closes a schema of a document's components, if it is closed.
fn closing(schemas: Value) -> impl Fn(&str) -> Option<&'static str> {
    let mut document = json!({"components": {"schemas": schemas}});
    close(&mut document);
    move |pointer| {
        let schema = at(&document, &format!("/components/schemas/{pointer}"));
        assert!(schema.is_object(), "{pointer} is not there");
        let closes = |keyword: &&str| schema.get(*keyword) == Some(&json!(false));
        [UNEVALUATED, "additionalProperties"]
            .into_iter()
            .find(closes)
    }
}

#[test]
fn a_composition_is_closed_around_its_parts() {
    let object = json!({"type": "object", "properties": {"a": {"properties": {"b": {}}}}});
    let base = json!({"$ref": "#/components/schemas/Base"});
    let closed = closing(json!({
        "Base": object, "Alias": {"$ref": "#/components/schemas/Target"}, "Target": object,
        "All": {"properties": {"c": {}}, "allOf": [base, {"$ref": "#/components/schemas/Alias"}, object]},
        "One": {"oneOf": [base, {"type": "null"}]},
        "Restricted": {"properties": {"c": {}}, "anyOf": [{"required": ["c"]}, {"minProperties": 1}]},
        "User": {"properties": {"base": base, "list": {"items": base}}}
    }));
    for part in [
        "Base",
        "Alias",
        "Target",
        "All/allOf/0",
        "All/allOf/1",
        "All/allOf/2",
    ] {
        assert_eq!(
            closed(part),
            None,
            "{part} must take what the other parts name"
        );
    }
    for whole in [
        "All",
        "One",
        "Restricted",
        "User/properties/base",
        "User/properties/list/items",
    ] {
        assert_eq!(closed(whole), Some(UNEVALUATED), "{whole}");
    }
    for plain in ["Base/properties/a", "All/allOf/2/properties/a", "User"] {
        assert_eq!(closed(plain), Some("additionalProperties"), "{plain}");
    }
}

#[test]
fn what_the_document_leaves_open_stays_open() {
    let object = json!({"properties": {"a": {}}});
    let round = json!({"allOf": [{"$ref": "#/components/schemas/Round"}, object]});
    let closed = closing(json!({
        "Open": {"properties": {"a": {}}, "additionalProperties": true},
        "Map": {"properties": {"a": {}}, "additionalProperties": {"type": "string"}},
        "Patterns": {"properties": {"a": {}}, "patternProperties": {"^x-": {}}},
        "Empty": {"type": "object", "properties": {}},
        "OpenPart": {"allOf": [object, {"additionalProperties": true}]},
        "OpenTarget": {"allOf": [object, {"$ref": "#/components/schemas/Map"}]},
        "OpenBranch": {"anyOf": [object, {"type": "object"}]},
        "Anything": {"oneOf": [object, {}]},
        "Bare": {"allOf": [{"type": "object"}, {"required": ["a"]}]},
        "Round": round, "Turn": {"allOf": [{"$ref": "#/components/schemas/Round"}]}, "Data": {"enum": [object]}
    }));
    for open in [
        "Open",
        "Map",
        "Patterns",
        "Empty",
        "OpenPart",
        "OpenTarget",
        "OpenBranch",
        "Anything",
        "Bare",
        "Turn",
        "Data/enum/0",
    ] {
        assert_eq!(closed(open), None, "{open} must take other properties");
    }
}

#[test]
fn a_property_named_as_a_keyword_is_a_schema() {
    let closed = closing(json!({"A": {"properties": {
        "properties": {"type": "object", "properties": {"a": {}}}, "allOf": {"properties": {"a": {}}}}}}));
    for schema in ["A", "A/properties/properties", "A/properties/allOf"] {
        assert_eq!(closed(schema), Some("additionalProperties"), "{schema}");
    }
}
