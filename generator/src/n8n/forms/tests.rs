//! Inputs of schemas that a golden would hide: unions, depth, width, recursion, limits.

use super::*;
use crate::config::ApiConfig;
use crate::load::MemorySources;
use crate::names::Lock;
use serde_json::json;

/// The form of a schema, as JSON: its property and its shape.
fn form(schema: &Value, components: &Value) -> (Value, Value) {
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "components": {"schemas": components},
        "paths": {"/things": {"post": {
            "requestBody": {"required": true, "content": {"application/json": {"schema": {
                "type": "object", "properties": {"it": schema}
            }}}},
            "responses": {"204": {"description": "none"}},
        }}},
    });
    let sources = MemorySources::new("a.json", document.to_string());
    let config = ApiConfig::for_name("t");
    let api = crate::compile("a.json", &sources, &config, &mut |_| {})
        .api
        .unwrap();
    let mut diagnostics = Diagnostics::new();
    let found = crate::n8n::descriptors(&api, &config.n8n, &mut Lock::new(), &mut diagnostics);
    let found = serde_json::to_value(&found[0]).unwrap();
    let member = found.pointer("/properties/0/options/0").unwrap();
    let body = found.pointer("/operations/0/request/body/shape").unwrap();
    // Members in JSON stand beside most of them.
    let body = body.pointer("/merge/0").unwrap_or(body);
    (
        member.clone(),
        body.pointer("/shape/object/it").unwrap().clone(),
    )
}

#[track_caller]
fn check(schema: Value, kind: &str, shape: Value) {
    let (property, found) = form(&schema, &json!({}));
    assert_eq!(
        (&property["type"], found),
        (&json!(kind), shape),
        "{schema}"
    );
}

#[test]
fn unions_take_the_widest_input() {
    check(
        json!({"oneOf": [{"type": "integer"}, {"type": "number"}]}),
        "number",
        json!("number"),
    );
    check(
        json!({"oneOf": [{"type": "integer"}, {"type": "string"}]}),
        "string",
        json!("textOrNumber"),
    );
    check(
        json!({"type": ["boolean", "string", "null"]}),
        "string",
        json!("textOrBoolean"),
    );
    check(
        json!({"type": "array", "items": {"type": ["boolean", "string", "number"]}}),
        "string",
        json!({"list": "textOrScalar"}),
    );
    check(
        json!({"oneOf": [{"type": "boolean"}, {"type": "number"}]}),
        "json",
        json!("json"),
    );
    check(
        json!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
        "string",
        json!({"oneOrMany": "text"}),
    );
    check(
        json!({"anyOf": [{"type": "integer"}, {"type": "array", "items": {"type": "integer"}}]}),
        "string",
        json!({"oneOrMany": "integer"}),
    );
    let choice = json!({"type": "string", "enum": ["a", "b"]});
    check(
        json!({"anyOf": [choice, {"type": "array", "items": choice}]}),
        "multiOptions",
        json!({"oneOrMany": "option"}),
    );
    check(
        json!({"anyOf": [{"type": "string"}, {"type": "array", "items": choice}]}),
        "string",
        json!({"oneOrMany": "text"}),
    );
    check(
        json!({"oneOf": [{"type": "string"}, {"type": "object", "properties": {"a": {"type": "string"}}}]}),
        "json",
        json!("json"),
    );
}

#[test]
fn a_parameter_takes_numbers_and_texts_alike() {
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "paths": {"/things": {"get": {
            "parameters": [{"name": "at", "in": "query", "schema": {"oneOf": [{"type": "integer"}, {"type": "string"}]}}],
            "responses": {"204": {"description": "none"}},
        }}},
    });
    let sources = MemorySources::new("a.json", document.to_string());
    let config = ApiConfig::for_name("t");
    let api = crate::compile("a.json", &sources, &config, &mut |_| {})
        .api
        .unwrap();
    let found =
        crate::n8n::descriptors(&api, &config.n8n, &mut Lock::new(), &mut Diagnostics::new());
    let sent = &found[0].operations[0].request.parameters[0].shape;
    let Shape::At { shape, .. } = sent else {
        panic!("{sent:?}")
    };
    assert_eq!(**shape, Shape::Text);
}

/// Else nobody could send it.
#[test]
fn an_empty_text_can_be_chosen_and_is_not_chosen_at_first() {
    let (property, shape) = form(&json!({"type": "string", "enum": ["", "a"]}), &json!({}));
    let empty = json!({"name": "Empty", "value": ""});
    assert_eq!(
        (
            &property["options"][0],
            &property["default"],
            shape.as_str()
        ),
        (&empty, &json!("a"), Some("text"))
    );
    let (property, shape) = form(&json!({"const": ""}), &json!({}));
    assert_eq!(
        (&property["options"], shape.as_str()),
        (&json!([empty]), Some("text"))
    );
}

/// A number would be another one once JavaScript has read it.
#[test]
fn a_long_number_is_chosen_by_its_digits() {
    for schema in [
        json!({"const": 18_446_744_073_709_551_615_u64}),
        json!({"type": "integer", "enum": [18_446_744_073_709_551_615_u64, 1]}),
    ] {
        let (property, shape) = form(&schema, &json!({}));
        assert_eq!(
            (&property["options"][0]["value"], shape.as_str()),
            (&json!("18446744073709551615"), Some("integer")),
            "{schema}"
        );
    }
}

#[test]
fn what_has_no_form_has_an_editor() {
    check(json!({}), "json", json!("json"));
    check(json!({"type": "object"}), "json", json!("json"));
    check(json!({"type": "array"}), "json", json!("json"));
    check(
        json!({"type": "array", "prefixItems": [{"type": "string"}]}),
        "json",
        json!("json"),
    );
    check(
        json!({"type": "array", "items": {"type": "array", "items": {"type": "string"}}}),
        "json",
        json!("json"),
    );
}

#[test]
fn numbers_begin_within_their_limits() {
    for (schema, start, least, most) in [
        (
            json!({"type": "integer"}),
            json!(0),
            json!(null),
            json!(null),
        ),
        (
            json!({"type": "integer", "exclusiveMinimum": 0, "maximum": 9}),
            json!(1),
            json!(1),
            json!(9),
        ),
        (
            json!({"type": "number", "maximum": -1.5}),
            json!(-1.5),
            json!(null),
            json!(-1.5),
        ),
        (
            json!({"type": "integer", "maximum": 1e300}),
            json!(0),
            json!(null),
            json!(null),
        ),
        (
            json!({"type": "integer", "maximum": i64::MAX}),
            json!(0),
            json!(null),
            json!(null),
        ),
    ] {
        let (property, _) = form(&schema, &json!({}));
        let options = &property["typeOptions"];
        assert_eq!(
            (
                &property["default"],
                &options["minValue"],
                &options["maxValue"]
            ),
            (&start, &least, &most),
            "{schema}"
        );
    }
}

/// How many collections lie within each other.
fn depth(property: &Value) -> usize {
    let inside = property["options"].as_array().into_iter().flatten();
    match property["type"].as_str() {
        Some("collection") => 1 + inside.map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

#[test]
fn forms_end_at_the_third_level() {
    let mut schema = json!({"type": "string"});
    for _ in 0..9 {
        schema = json!({"type": "object", "properties": {"a": schema}});
    }
    let (property, _) = form(&schema, &json!({}));
    assert_eq!(depth(&property), 3);
}

#[test]
fn forms_that_grow_too_large_are_flatter() {
    let wide = |items: Value| {
        let members: serde_json::Map<String, Value> =
            (0..30).map(|n| (format!("m{n}"), items.clone())).collect();
        json!({"type": "object", "properties": members})
    };
    let flat = wide(json!({"type": "string"}));
    let (property, _) = form(&wide(flat.clone()), &json!({}));
    assert_eq!(depth(&property), 1, "900 inputs are too many");
    let (property, _) = form(&flat, &json!({}));
    assert_eq!(depth(&property), 1);
    let (property, _) = form(
        &json!({"type": "object", "properties": {"a": flat}}),
        &json!({}),
    );
    assert_eq!(depth(&property), 2, "30 inputs are not");
}

#[test]
fn a_record_in_itself_has_an_editor() {
    let components = json!({"Tree": {"type": "object", "properties": {
        "name": {"type": "string"},
        "parent": {"$ref": "#/components/schemas/Tree"},
        "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
    }}});
    let (_, shape) = form(&json!({"$ref": "#/components/schemas/Tree"}), &components);
    assert_eq!(
        shape,
        json!({"object": {"children": "json", "name": "text", "parent": "json"}})
    );
}

#[test]
fn rows_show_a_few_texts_and_collect_the_rest() {
    let rows = |properties: Value| json!({"type": "array", "items": {"type": "object", "required": ["a"], "properties": properties}});
    let text = || json!({"type": "string"});
    check(
        rows(json!({"a": text(), "b": text()})),
        "fixedCollection",
        json!({"rows": {"object": {"a": "text", "b": "option"}}}),
    );
    check(
        rows(json!({"a": text(), "b": {"type": "integer"}})),
        "fixedCollection",
        json!({"rows": {"merge": [
            {"object": {"a": "text"}},
            {"at": ["additionalFields"], "shape": {"object": {"b": "integer"}}},
        ]}}),
    );
}

#[test]
fn a_text_called_after_a_color_needs_a_hash_to_get_a_picker() {
    let components = json!({});
    let kind = |schema: Value| {
        let named = json!({"type": "object", "properties": {"labelColor": schema}});
        let (property, _) = form(&named, &components);
        let inner = &property["options"][0];
        (inner["type"].clone(), inner["name"].clone())
    };
    assert_eq!(
        kind(json!({"type": "string", "examples": ["#ff0000"]})),
        (json!("color"), json!("labelColor"))
    );
    assert_eq!(
        kind(json!({"type": "string"})),
        (json!("string"), json!("labelHue"))
    );
}

#[test]
fn rows_ask_for_their_required_members() {
    let (property, _) = form(
        &json!({"type": "array", "items": {"type": "object", "required": ["a"],
            "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}}),
        &json!({}),
    );
    let values = property["options"][0]["values"].as_array().unwrap();
    let required: Vec<&Value> = values.iter().map(|it| &it["required"]).collect();
    assert_eq!(required, [&json!(true), &json!(null)]);
}

#[test]
fn no_two_inputs_of_a_panel_have_one_label() {
    let text = || json!({"type": "string"});
    let (property, _) = form(
        &json!({"type": "object", "properties": {"a_b": text(), "a.b": text(), "a b": text()}}),
        &json!({}),
    );
    let labels: std::collections::BTreeSet<String> = property["options"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["displayName"].to_string())
        .collect();
    assert_eq!(labels.len(), 3, "{labels:?}");
}

#[test]
fn a_required_constant_that_n8n_would_evaluate_is_sent_without_an_input() {
    let (property, shape) = form(
        &json!({"type": "object", "required": ["op", "kind"], "properties": {
            "op": {"const": "=="}, "kind": {"enum": ["=a"]}, "value": {"type": "string"},
        }}),
        &json!({}),
    );
    assert_eq!(property["options"].as_array().unwrap().len(), 1);
    assert_eq!(
        shape,
        json!({"object": {
            "kind": {"constant": "=a"}, "op": {"constant": "=="}, "value": "text",
        }})
    );
}

#[test]
fn a_text_and_an_object_may_be_called_otherwise_and_never_alike() {
    let text = || json!({"type": "string"});
    let (property, shape) = form(
        &json!({"type": "object", "properties": {
            "color": text(), "hue": text(), "updateInfo": {"type": "object", "properties": {"a": text()}},
        }}),
        &json!({}),
    );
    let names: Vec<&str> = property["options"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["hueValue", "hue", "theUpdateInfo"]);
    assert_eq!(shape["object"]["color"]["name"], "hueValue");
}

#[test]
fn a_switch_that_is_added_stands_as_the_server_has_it() {
    for (schema, expected) in [
        (json!({"type": "boolean", "default": true}), true),
        (json!({"type": "boolean", "default": false}), false),
        (json!({"type": "boolean", "default": "yes"}), false),
        (json!({"type": "boolean"}), false),
    ] {
        let (property, _) = form(&schema, &json!({}));
        assert_eq!(property["default"], expected, "{schema}");
    }
}

#[test]
fn members_that_have_to_be_added_say_so() {
    let inner = json!({"type": "object", "required": ["zone", "name"], "properties": {
        "zone": {"type": "string", "description": "Where it is"},
        "name": {"type": "string"},
        "note": {"type": "string", "description": "What else"},
    }});
    let (property, _) = form(&inner, &json!({}));
    let members = property["options"].as_array().unwrap().iter();
    let said: Vec<_> = members
        .map(|it| (&it["name"], &it["description"]))
        .collect();
    let expected = [
        (&json!("name"), &json!("Required")),
        (&json!("note"), &json!("What else")),
        (&json!("zone"), &json!("Where it is. Required.")),
    ];
    assert_eq!(said, expected);
}
