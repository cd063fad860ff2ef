use super::*;

/// The pointers of the faults of one kind, ordered.
fn pointers(found: &Faults, kind: Kind) -> Vec<&str> {
    let faults = found.faults.iter().filter(|fault| fault.kind == kind);
    let mut pointers: Vec<&str> = faults.map(|fault| fault.pointer.as_str()).collect();
    pointers.sort_unstable();
    pointers
}

#[test]
fn each_object_gets_an_unknown_property_wherever_it_is() {
    let document = json!({"components": {"schemas": {
        "Name": {"properties": {"first": {"type": "string"}}},
        "Base": {"properties": {"a/b": {"$ref": "#/components/schemas/Name"}}}}}});
    let schema = json!({"type": "array", "items": {
        "allOf": [{"$ref": "#/components/schemas/Base"}],
        "properties": {"list": {"items": {"$ref": "#/components/schemas/Name"}}}}});
    let body = json!([{"a/b": {"first": "A"}, "list": [{"first": "B"}, {"first": "C"}]}]);
    let found = faults(&document, &schema, &body);
    let objects = pointers(&found, Kind::Unknown);
    assert_eq!(objects, ["/0", "/0/a~1b", "/0/list/0", "/0/list/1"]);
    for fault in found.faults.iter().filter(|it| it.kind == Kind::Unknown) {
        let object = fault.body.pointer(&fault.pointer).unwrap();
        assert_eq!(object.get(UNKNOWN), Some(&json!(true)), "{fault:?}");
        let unknown = fault.body.to_string().matches(UNKNOWN).count();
        assert_eq!(unknown, 1, "one fault in one body");
    }
}

#[test]
fn open_objects_are_counted_and_what_is_in_them_is_not_left_out() {
    let inner = json!({"properties": {"a": {"type": "string"}}});
    let schema = json!({"properties": {
        "open": {"type": "object"}, "map": {"type": "object", "additionalProperties": inner}}});
    let body = json!({"open": {"x": {"y": 1}}, "map": {"k": {"a": "A"}}});
    let found = faults(&Value::Null, &schema, &body);
    assert_eq!(pointers(&found, Kind::Unknown), ["", "/map/k"]);
    assert_eq!(found.open, 3, "open, what is in it, and map");
}

#[test]
fn each_field_gets_a_value_of_a_type_that_it_does_not_take() {
    let document = json!({"components": {"schemas": {"Number": {"type": ["integer", "null"]}}}});
    let number = json!({"$ref": "#/components/schemas/Number"});
    let schema = json!({"properties": {
        "text": {"type": "string"}, "number": number, "either": {"oneOf": [{"type": "string"}, number]},
        "all": {"allOf": [{"type": ["string", "number"]}, number]}, "listed": {"enum": ["a", 1]},
        "any": {}, "unlimited": {"anyOf": [{"type": "string"}, {}]}, "date": {"type": "date"}}});
    let body = json!({"text": "", "number": 1, "either": 1, "all": 1, "listed": 1, "any": 1,
        "unlimited": 1, "date": 1, "unnamed": 1});
    let found = faults(&document, &schema, &body);
    let wrong: Vec<_> = found
        .faults
        .iter()
        .filter(|it| it.kind == Kind::Type)
        .collect();
    let wrong: std::collections::BTreeMap<&str, &Value> = wrong
        .iter()
        .map(|it| (it.pointer.as_str(), it.body.pointer(&it.pointer).unwrap()))
        .collect();
    let expected = [
        ("/all", json!("text")),
        ("/either", json!(7.5)),
        ("/listed", json!(true)),
        ("/number", json!("text")),
        ("/text", json!(7.5)),
    ];
    assert_eq!(
        wrong,
        expected.iter().map(|(at, value)| (*at, value)).collect()
    );
    assert_eq!(found.any, 3, "any, unlimited and date");
}

#[test]
fn schemas_that_lead_in_a_circle_end() {
    let round = json!({"$ref": "#/components/schemas/Round"});
    let document = json!({"components": {"schemas": {"Round": {
        "allOf": [round, {"anyOf": [round, round]}], "properties": {"again": round}}}}});
    let found = faults(&document, &round, &json!({"again": {"again": {}}}));
    assert_eq!((found.faults.len(), found.open, found.any), (0, 3, 2));
}
