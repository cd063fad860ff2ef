//! Each fault is found: a good descriptor is broken in one place.

use super::*;
use crate::config::ApiConfig;
use crate::load::MemorySources;
use crate::n8n::model::{Member, MemberShape, PropertyKind, Shape};
use crate::names::Lock;
use serde_json::Value;

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /things:
    get:
      tags: [things]
      parameters: [{name: q, in: query, schema: {type: string}}, {name: after, in: query, schema: {type: string}}, {name: limit, in: query, schema: {type: integer}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {nextCursor: {type: [string, "null"]}, data: {type: array, items: {$ref: "#/components/schemas/Thing"}}}}}}}}
    post:
      tags: [things]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/ThingInput"}}}}
      responses: {"201": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}}
  /things/{id}:
    patch:
      tags: [things]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/ThingInput"}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}}
  /batch/things:
    post:
      tags: [things]
      operationId: createManyThings
      requestBody: {required: true, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/ThingInput"}}}}}
      responses: {"201": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Thing"}}}}}}
components:
  schemas:
    Thing: {type: object, properties: {id: {type: string}, name: {type: string}}}
    ThingInput: {type: object, required: [state], properties: {state: {type: string, enum: [a, b]}, days: {type: array, items: {type: string, enum: [x]}}, note: {type: [string, "null"]}, map: {type: object, additionalProperties: {type: integer}}}}
"##;

fn good() -> ResourceDescriptor {
    let sources = MemorySources::new("a.yaml", DOCUMENT);
    let config = ApiConfig::for_name("t");
    let api = crate::compile("a.yaml", &sources, &config, &mut |_| {})
        .api
        .unwrap();
    let mut diagnostics = Diagnostics::new();
    let found = crate::n8n::descriptors(&api, &config.n8n, &mut Lock::new(), &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    found.into_iter().next().unwrap()
}

/// What is found in a descriptor after it was changed.
fn faults(change: impl FnOnce(&mut ResourceDescriptor)) -> Vec<String> {
    let mut resource = good();
    change(&mut resource);
    let mut diagnostics = Diagnostics::new();
    check(&[resource], &mut diagnostics);
    assert!(diagnostics.iter().all(|it| it.code == Code::Internal));
    let messages = diagnostics.iter().map(|it| it.message.clone());
    messages.collect()
}

fn property<'r>(
    resource: &'r mut ResourceDescriptor,
    name: &str,
    operation: &str,
) -> &'r mut Property {
    let found = resource.properties.iter_mut().find(|property| {
        let shown = property.display_options.as_ref().unwrap();
        property.name == name && shown.show["operation"].contains(&Value::from(operation))
    });
    found.unwrap_or_else(|| panic!("no {name} of {operation}"))
}

#[track_caller]
fn found(expected: &str, change: impl FnOnce(&mut ResourceDescriptor)) {
    let faults = faults(change);
    assert!(
        faults.iter().any(|fault| fault.contains(expected)),
        "{expected}: {faults:#?}"
    );
}

#[test]
fn a_good_descriptor_has_no_faults() {
    assert_eq!(faults(|_| ()), Vec::<String>::new());
}

#[test]
fn names_that_are_not_unique_are_found() {
    found("two parameters of `findMany` are called `limit`", |it| {
        property(it, "returnAll", "findMany").name = "limit".to_owned();
    });
    found(
        "two parameters of `additionalFields` are called `note`",
        |it| {
            let PropertyOptions::Members(members) =
                &mut property(it, "additionalFields", "createOne").options
            else {
                panic!()
            };
            members
                .iter_mut()
                .for_each(|it| it.name = "note".to_owned());
        },
    );
    found("two operations are called `findMany`", |it| {
        it.operations
            .iter_mut()
            .for_each(|it| it.value = "findMany".to_owned());
    });
}

#[test]
fn names_that_hurt_are_found() {
    for name in [
        "resource",
        "operation",
        "__proto__",
        "constructor",
        "a.b",
        "a[0]",
        "",
    ] {
        found(&format!("a parameter is called `{name}`"), |it| {
            property(it, "state", "createOne").name = name.to_owned();
        });
    }
}

#[test]
fn conditions_that_cannot_come_true_are_found() {
    fn show<'r>(it: &'r mut ResourceDescriptor, name: &str, key: &str) -> &'r mut Vec<Value> {
        let shown = property(it, name, "findMany").display_options.as_mut();
        shown.unwrap().show.get_mut(key).unwrap()
    }
    found("`limit` belongs to `gone`, which is none", |it| {
        show(it, "limit", "operation").push("gone".into());
    });
    found("`limit` of `findMany` depends on `returnAll`", |it| {
        *show(it, "limit", "returnAll") = vec!["no".into()];
    });
    found("`limit` is of another resource", |it| {
        *show(it, "limit", "resource") = vec!["other".into()];
    });
    found(
        "`records` of `createMany` depends on `specifyRecords`",
        |it| {
            property(it, "specifyRecords", "createMany").name = "other".to_owned();
        },
    );
    found("`returnAll` belongs to no operation", |it| {
        property(it, "returnAll", "findMany").display_options = None;
    });
}

#[test]
fn choices_that_do_not_exist_are_found() {
    found("`state` is \"c\" at first, which it cannot be", |it| {
        property(it, "state", "createOne").default = "c".into();
    });
    found("`fieldsToClear` is [\"state\"] at first", |it| {
        let PropertyOptions::Members(members) = &mut property(it, "options", "updateOne").options
        else {
            panic!()
        };
        members[0].default = serde_json::json!(["state"]);
    });
    found("`id` searches with `searchNothing`", |it| {
        let modes = &mut property(it, "id", "updateOne").modes;
        modes[0].type_options.search_list_method = Some("searchNothing".to_owned());
    });
    found("its lookup uses `gone`", |it| {
        it.lookup.as_mut().unwrap().operation = "gone".to_owned();
    });
}

#[test]
fn shapes_that_lead_nowhere_are_found() {
    fn request<'r>(
        it: &'r mut ResourceDescriptor,
        value: &str,
    ) -> &'r mut crate::n8n::model::Request {
        let mut operations = it.operations.iter_mut();
        &mut operations.find(|it| it.value == value).unwrap().request
    }
    found("`findMany`: there is no `gone` to read", |it| {
        request(it, "findMany").parameters[0].shape = Shape::At {
            at: vec!["filters".to_owned(), "gone".to_owned()],
            shape: Box::new(Shape::Text),
        };
    });
    found("`createOne`: there is no shape `Gone`", |it| {
        request(it, "createOne").body.as_mut().unwrap().shape = Shape::Use("Gone".to_owned());
    });
    found("`createOne`: shapes without an end", |it| {
        it.shapes.insert("A".to_owned(), Shape::Use("A".to_owned()));
        request(it, "createOne").body.as_mut().unwrap().shape = Shape::Use("A".to_owned());
    });
    found("`state` is read as Number, and is Options", |it| {
        let members = [(
            "state".to_owned(),
            MemberShape::Renamed(Member {
                name: "state".to_owned(),
                shape: Shape::Number,
            }),
        )];
        request(it, "createOne").body.as_mut().unwrap().shape =
            Shape::Object(members.into_iter().collect());
    });
    found("`updateOne`: there is no `options.gone`", |it| {
        let body = request(it, "updateOne").body.as_mut().unwrap();
        body.clear = Some(vec!["options".to_owned(), "gone".to_owned()]);
    });
    found(
        "`updateOne`: `{id}` of the path has no required input",
        |it| {
            property(it, "id", "updateOne").required = false;
        },
    );
    found("`createMany`: rows are read where there are none", |it| {
        property(it, "records", "createMany").kind = PropertyKind::Json;
    });
}

#[test]
fn inputs_that_nothing_reads_are_found() {
    found("`createOne`: nothing reads `extra`", |it| {
        let mut extra = property(it, "state", "createOne").clone();
        extra.name = "extra".to_owned();
        it.properties.push(extra);
    });
    found("`createOne`: nothing reads `extra`", |it| {
        let PropertyOptions::Members(members) =
            &mut property(it, "additionalFields", "createOne").options
        else {
            panic!()
        };
        members.push(Property::new("Extra", "extra", PropertyKind::String, ""));
    });
}

#[test]
fn texts_that_n8n_would_evaluate_are_found() {
    found("`=1+1` is an expression", |it| {
        property(it, "state", "createOne").placeholder = Some("=1+1".to_owned());
    });
    found("`=x` is an expression", |it| {
        let PropertyOptions::Items(items) = &mut property(it, "state", "createOne").options else {
            panic!()
        };
        items[0].value = "=x".into();
    });
    found("`=y` is an expression", |it| {
        it.resource.description = Some("=y".to_owned());
    });
}
