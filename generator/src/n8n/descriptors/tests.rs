//! Requests and lookups of small documents.

use crate::config::{ApiConfig, N8nProfile, SearchProfile};
use crate::diag::{Code, Diagnostics};
use crate::load::MemorySources;
use crate::names::Lock;
use serde_json::{Value, json};

mod media_types;

/// The descriptor of the only resource of a document with these paths and schemas.
fn descriptor(paths: &Value, schemas: &Value) -> (Value, Diagnostics) {
    descriptor_with(&N8nProfile::default(), paths, schemas)
}

/// The same, with what the configuration says of the package.
fn descriptor_with(profile: &N8nProfile, paths: &Value, schemas: &Value) -> (Value, Diagnostics) {
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "components": {"schemas": schemas, "securitySchemes": {"t": {"type": "http", "scheme": "bearer"}}},
        "security": [{"t": []}],
        "paths": paths,
    });
    let sources = MemorySources::new("a.json", document.to_string());
    let config = ApiConfig::for_name("t");
    let api = crate::compile("a.json", &sources, &config, &mut |_| {})
        .api
        .unwrap();
    let mut diagnostics = Diagnostics::new();
    let found = crate::n8n::descriptors(&api, profile, &mut Lock::new(), &mut diagnostics);
    (serde_json::to_value(&found[0]).unwrap(), diagnostics)
}

fn json_of(schema: Value) -> Value {
    json!({"description": "ok", "content": {"application/json": {"schema": schema}}})
}

/// A list and an item of things whose record has these properties.
fn things(properties: Value) -> (Value, Value) {
    let thing = json!({"$ref": "#/components/schemas/Thing"});
    let paths = json!({
        "/things": {"get": {"tags": ["things"], "responses": {"200": json_of(json!({"type": "array", "items": thing}))}}},
        "/things/{id}": {"get": {"tags": ["things"],
            "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": json_of(thing)}}},
    });
    let schemas = json!({"Thing": {"type": "object", "properties": properties}});
    (paths, schemas)
}

#[test]
fn records_are_listed_by_what_they_are_called() {
    let text = || json!({"type": "string"});
    let id = || json!({"id": text()});
    let with = |more: Value| {
        let mut properties = id();
        let members = more.as_object().unwrap().clone();
        properties.as_object_mut().unwrap().extend(members);
        properties
    };
    for (properties, label) in [
        (
            with(json!({"title": text(), "name": text()})),
            json!([["name"]]),
        ),
        (
            with(json!({"display_name": text()})),
            json!([["display_name"]]),
        ),
        (
            with(
                json!({"name": {"type": "object", "properties": {"firstName": text(), "lastName": text()}}}),
            ),
            json!([["name", "firstName"], ["name", "lastName"]]),
        ),
        (
            with(json!({"lastName": text(), "firstName": text()})),
            json!([["firstName"], ["lastName"]]),
        ),
        (
            with(json!({"companyName": text()})),
            json!([["companyName"]]),
        ),
        (with(json!({"name": {"type": "integer"}})), json!([])),
    ] {
        let (paths, schemas) = things(properties);
        let (found, _) = descriptor(&paths, &schemas);
        assert_eq!(
            found["lookup"],
            json!({"method": "searchThings", "operation": "findMany", "value": ["id"], "label": label}),
            "{schemas}"
        );
    }
}

#[test]
fn a_list_that_asks_for_something_is_no_lookup() {
    let (mut paths, schemas) =
        things(json!({"id": {"type": "string"}, "name": {"type": "string"}}));
    paths["/things"]["get"]["parameters"] =
        json!([{"name": "team", "in": "query", "required": true, "schema": {"type": "string"}}]);
    let (found, _) = descriptor(&paths, &schemas);
    assert_eq!(found.get("lookup"), None);
    let id = found["properties"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["name"] == "id");
    assert_eq!(id.unwrap()["type"], "string");
}

/// What Simplify leaves of these things in a list, and of one of them.
fn simplified(properties: Value) -> (Vec<String>, Vec<String>) {
    let (paths, schemas) = things(properties);
    let (found, _) = descriptor(&paths, &schemas);
    let keys = |operation: usize| {
        let place = format!("/operations/{operation}/request/response/simplify");
        let keys = found.pointer(&place).and_then(Value::as_array);
        let keys = keys.into_iter().flatten().filter_map(Value::as_str);
        keys.map(str::to_owned).collect()
    };
    (keys(0), keys(1))
}

#[test]
fn simplify_leaves_what_a_record_is_known_by() {
    let text = || json!({"type": "string"});
    let moment = || json!({"type": "string", "format": "date-time"});
    let emails = json!({"type": "object", "properties": {
        "primary": text(), "others": {"type": "array", "items": text()}}});
    let mut properties = json!({
        "object": {"const": "thing"}, "position": {"type": "number"},
        "deletedAt": moment(), "createdAt": moment(), "dueAt": moment(),
        "apiKey": text(), "parent": {"$ref": "#/components/schemas/Thing"},
        "rows": {"type": "array", "items": {"type": "object", "properties": {"a": text()}}},
        "tags": {"type": "array", "items": text()},
        "ownerId": text(), "status": {"enum": ["on", "off"]}, "htmlUrl": text(),
        "avatarUrl": text(), "emails": emails, "name": text(), "id": text(),
    });
    let expected = [
        "id",
        "name",
        "emails",
        "htmlUrl",
        "status",
        "dueAt",
        "ownerId",
        "createdAt",
        "tags",
        "avatarUrl",
    ];
    let (list, _) = simplified(properties.clone());
    assert_eq!(list, expected);
    for n in 0..9 {
        properties[format!("f{n}")] = json!({"type": "integer"});
    }
    let (list, _) = simplified(properties);
    assert_eq!(list.len(), 10);
    assert!(!list.contains(&"avatarUrl".to_owned()), "{list:?}");
}

#[test]
fn simplify_leaves_all_of_one_record_but_other_records() {
    let mut properties = json!({"id": {"type": "string"}});
    for n in 0..10 {
        properties[format!("f{n}")] = json!({"type": "integer"});
    }
    properties["large"] = json!({"type": "object", "properties": properties.clone()});
    let (list, one) = simplified(properties.clone());
    assert_eq!((list.len(), one.len()), (10, 0));
    properties["apiKey"] = json!({"type": "string"});
    let (_, one) = simplified(properties.clone());
    assert_eq!(one.len(), 0);
    properties["parent"] = json!({"$ref": "#/components/schemas/Thing"});
    properties["rows"] =
        json!({"type": "array", "items": {"type": "object", "properties": {"a": {}}}});
    let (_, one) = simplified(properties);
    assert_eq!(one.len(), 12);
    for left_out in ["parent", "rows", "apiKey"] {
        assert!(!one.contains(&left_out.to_owned()), "{one:?}");
    }
}

#[test]
fn what_is_set_elsewhere_moves_no_parameter() {
    let (mut paths, schemas) = things(json!({"id": {"type": "string"}}));
    let query = |name: &str| json!({"name": name, "in": "query", "schema": {"type": "string"}});
    let names = [
        "status",
        "filter",
        "before",
        "name",
        "order_by",
        "expand",
        "depth",
        "include",
        "ending_before",
        "includeData",
    ];
    paths["/things"]["get"]["parameters"] = names.iter().map(|it| query(it)).collect();
    let item = paths["/things/{id}"]["get"]["parameters"]
        .as_array_mut()
        .unwrap();
    item.push(query("status"));
    let (found, _) = descriptor(&paths, &schemas);
    let sections: Vec<&str> = found["operations"][0]["request"]["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it.pointer("/shape/at/0")?.as_str())
        .collect();
    assert_eq!(sections[..4], ["filters"; 4]);
    assert_eq!(sections[4..], ["options"; 6]);
}

#[test]
fn a_hint_names_the_tags_that_no_variant_says() {
    let paths = json!({"/things": {"post": {
        "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {
            "pet": {
                "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
                "discriminator": {"propertyName": "kind"},
            }}}}}},
        "responses": {"204": {"description": "none"}},
    }}});
    let pet = json!({"type": "object", "properties": {"name": {"type": "string"}}});
    let (found, _) = descriptor(&paths, &json!({"Cat": pet, "Dog": pet}));
    let hint = "Its \"kind\" says which it is: \"Cat\", \"Dog\"";
    assert!(
        found.to_string().contains(&json!(hint).to_string()),
        "{found}"
    );
}

#[test]
fn one_name_in_two_places_is_two_parameters() {
    let paths = json!({"/things/{id}": {"post": {
        "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
            {"name": "id", "in": "query", "required": true, "schema": {"type": "string"}},
        ],
        "requestBody": {"required": true, "content": {"application/json": {"schema": {
            "type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}}}},
        "responses": {"204": {"description": "none"}},
    }}});
    let (found, diagnostics) = descriptor(&paths, &json!({}));
    let names: Vec<&str> = found["properties"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["name"].as_str())
        .collect();
    assert_eq!(names, ["id", "idInQuery", "idInBody"]);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
}

#[test]
fn only_what_asks_for_no_credential_is_anonymous() {
    let (mut paths, schemas) = things(json!({"id": {"type": "string"}}));
    paths["/things"]["get"]["security"] = json!([]);
    let (found, _) = descriptor(&paths, &schemas);
    let anonymous: Vec<&Value> = found["operations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["request"]["anonymous"])
        .collect();
    assert_eq!(anonymous, [&json!(true), &Value::Null]);
}

#[test]
fn a_list_is_searched_by_the_grammar_that_the_configuration_knows() {
    let name = json!({"type": "object", "properties": {
        "firstName": {"type": "string"}, "lastName": {"type": "string"}}});
    let (mut paths, schemas) = things(json!({"id": {"type": "string"}, "name": name}));
    let search = |parameter: &str| N8nProfile {
        search: Some(SearchProfile {
            parameter: parameter.to_owned(),
            term: "{field}~{text}".to_owned(),
            any: Some("or({terms})".to_owned()),
        }),
        ..N8nProfile::default()
    };
    let parameters = json!([
        {"name": "filter", "in": "query", "schema": {"type": "string"}},
        {"name": "q", "in": "query", "schema": {"type": "string"}},
    ]);
    paths["/things"]["get"]["parameters"] = parameters;
    let (found, _) = descriptor_with(&search("filter"), &paths, &schemas);
    let value = "or(name.firstName~{text},name.lastName~{text})";
    let wanted = json!({"parameter": "filter", "value": value});
    assert_eq!(found["lookup"]["search"], wanted);
    // A list without that parameter is searched as any other.
    let (found, _) = descriptor_with(&search("where"), &paths, &schemas);
    assert_eq!(found["lookup"]["search"], json!({"parameter": "q"}));
}

/// A POST with a body of these members, of which `name` is required, beside a path parameter `id`.
fn post(required: bool, properties: &Value) -> Value {
    json!({"/things/{id}": {"post": {
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
        "requestBody": {"required": required, "content": {"application/json": {"schema": {
            "type": "object", "required": ["name"], "properties": properties}}}},
        "responses": {"204": {"description": "none"}},
    }}})
}

#[test]
fn required_members_are_asked_for_though_the_body_may_be_left_out() {
    let (found, diagnostics) = descriptor(
        &post(false, &json!({"name": {"type": "string"}})),
        &json!({}),
    );
    let name = &found["properties"][1];
    assert_eq!(
        (&name["name"], &name["required"]),
        (&json!("name"), &json!(true))
    );
    let notes: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.code, it.origin.pointer.as_str()))
        .collect();
    let pointer = "/paths/~1things~1{id}/post/requestBody";
    assert_eq!(notes, [(Code::NotGenerated, pointer)]);
}

#[test]
fn bodies_with_rows_take_members_in_json_too() {
    let shape = |tags: Value| {
        let properties = json!({"name": {"type": "string"}, "tags": tags});
        let (found, diagnostics) = descriptor(&post(true, &properties), &json!({}));
        assert!(diagnostics.is_empty(), "{diagnostics:#?}");
        let options = found["properties"].as_array().unwrap().iter();
        let options = options.filter(|it| it["name"] == "options");
        let has_json = options.map(|it| it["options"][0]["name"] == "bodyJson");
        let parts = found["operations"][0]["request"]["body"]["shape"]["merge"].clone();
        (has_json.collect::<Vec<_>>(), parts)
    };
    let text = json!({"type": "string"});
    let (has_json, parts) = shape(json!({"type": "array", "items": text}));
    assert_eq!(has_json, [true]);
    assert_eq!(
        parts,
        json!([
            {"object": {"name": "text"}},
            {"at": ["updateFields"], "shape": {"object": {"tags": {"list": "text"}}}},
            {"at": ["options", "bodyJson"], "shape": "json"},
        ])
    );
    // Every input of this one takes expressions.
    let (has_json, parts) = shape(text);
    assert_eq!(
        (has_json.len(), parts.as_array().map(Vec::len)),
        (0, Some(2))
    );
}

#[test]
fn members_that_no_schema_names_are_merged_where_they_stand() {
    let schema = json!({"type": "object", "required": ["name"],
        "properties": {"name": {"type": "string"}, "age": {"type": "number"}},
        "additionalProperties": {"type": "string"}});
    let mut paths = post(true, &json!({}));
    paths["/things/{id}"]["post"]["requestBody"]["content"]["application/json"]["schema"] = schema;
    let (found, _) = descriptor(&paths, &json!({}));
    let parts = &found["operations"][0]["request"]["body"]["shape"]["merge"];
    let places: Vec<&Value> = parts
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["at"])
        .collect();
    assert_eq!(
        places,
        [
            &json!(null),
            &json!(["updateFields"]),
            &json!(["updateFields", "additionalProperties"]),
            &json!(["options", "bodyJson"]),
        ]
    );
}

#[test]
fn whole_numbers_are_ids_that_can_be_chosen() {
    let (mut paths, schemas) =
        things(json!({"id": {"type": "integer"}, "name": {"type": "string"}}));
    paths["/things/{id}"]["get"]["parameters"][0]["schema"]["type"] = json!("integer");
    let (found, diagnostics) = descriptor(&paths, &schemas);
    let mut properties = found["properties"].as_array().unwrap().iter();
    let id = properties.find(|it| it["name"] == "id").unwrap();
    assert_eq!(id["type"], "resourceLocator");
    let operations = found["operations"].as_array().unwrap().iter();
    let sent = operations
        .filter_map(|it| it["request"]["parameters"][0].as_object())
        .find(|it| it["in"] == "path")
        .unwrap();
    assert_eq!(sent["shape"], json!({"at": ["id"], "shape": "integer"}));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
}

#[test]
fn labels_say_which_of_two_is_in_the_body() {
    let mut paths = post(true, &json!({"name": {"type": "string"}}));
    paths["/things/{id}"]["post"]["parameters"]
        .as_array_mut()
        .unwrap()
        .push(
            json!({"name": "name", "in": "query", "required": true, "schema": {"type": "string"}}),
        );
    let (found, _) = descriptor(&paths, &json!({}));
    let labels: Vec<&str> = found["properties"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["displayName"].as_str())
        .collect();
    assert_eq!(labels, ["Thing ID", "Name", "Name (Body)"]);
}
