use super::{lost, read, read_clean, said};
use crate::diag::Code;
use crate::ir::{Encoding, Method, PathSegment, Place, Style, Type};

#[test]
fn an_operation_with_all_it_has() {
    let api = read_clean(
        "security: []
paths:
  /a/{id}:
    summary: shared
    servers: [{url: 'https://path'}]
    parameters: [{in: path, name: id, required: true, schema: {type: string}}]
    get:
      operationId: getA
      tags: [a, b]
      description: text
      deprecated: true
      x-sunset: '2030-01-01'
      x-deprecated-reason: old
      externalDocs: {url: 'https://docs'}
      security: []
      responses: {}
    delete: {servers: [{url: 'https://own'}], responses: {}}",
    );
    let [delete, get] = api.actions.as_slice() else {
        panic!("{:?}", api.actions)
    };
    assert_eq!((get.method, get.path.as_str()), (Method::Get, "/a/{id}"));
    assert_eq!(
        get.segments,
        [
            PathSegment::Text("/a/".into()),
            PathSegment::Parameter("id".into())
        ]
    );
    assert_eq!(get.tags, ["a", "b"]);
    assert_eq!(get.summary.as_deref(), Some("shared"));
    let deprecation = get.deprecation.clone().unwrap();
    assert_eq!(deprecation.message.as_deref(), Some("old"));
    assert_eq!(deprecation.sunset.as_deref(), Some("2030-01-01"));
    assert_eq!(get.security, Some(Vec::new()));
    assert_eq!(delete.security, None);
    assert_eq!(get.servers[0].url, "https://path");
    assert_eq!(delete.servers[0].url, "https://own");
    assert_eq!(delete.parameters[0].wire_name, "id");
    assert_eq!(get.origin.pointer, "/paths/~1a~1{id}/get");
}

#[test]
fn parameters_of_the_operation_replace_those_of_its_path() {
    let (api, diagnostics) = read(
        "paths:
  /a:
    parameters:
      - {in: query, name: q, description: path's}
      - {in: header, name: X-A}
    get:
      parameters:
        - {in: query, name: q, description: own}
        - {in: header, name: q}
        - {in: header, name: x-a, description: own}
      responses: {}",
    );
    let parameters = &api.actions[0].parameters;
    let found: Vec<_> = parameters
        .iter()
        .map(|it| (it.wire_name.as_str(), it.place, it.description.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            ("q", Place::Query, Some("own")),
            ("x-a", Place::Header, Some("own")),
            ("q", Place::Header, None)
        ]
    );
    assert_eq!(
        said(&diagnostics),
        [
            (Code::DuplicateParameter, "/paths/~1a/parameters/0"),
            (Code::DuplicateParameter, "/paths/~1a/parameters/1")
        ]
    );
}

#[test]
fn styles_default_by_place() {
    let api = read_clean(
        "paths:
  /a/{p}:
    get:
      parameters:
        - {in: path, name: p, required: true, style: label, schema: {type: string}}
        - {in: query, name: q, schema: {type: array}}
        - {in: query, name: d, style: deepObject, allowReserved: true, allowEmptyValue: true}
        - {in: header, name: h, explode: true}
        - {in: cookie, name: c}
        - {in: query, name: j, content: {application/json: {schema: {type: integer}}}}
      responses: {}",
    );
    let found: Vec<_> = api.actions[0]
        .parameters
        .iter()
        .map(|it| (it.style, it.explode))
        .collect();
    assert_eq!(
        found,
        [
            (Style::Label, false),
            (Style::Form, true),
            (Style::DeepObject, false),
            (Style::Simple, true),
            (Style::Form, true),
            (Style::Form, true),
        ]
    );
    let deep = &api.actions[0].parameters[2];
    assert!(deep.allow_reserved && deep.allow_empty);
    let json = &api.actions[0].parameters[5];
    assert_eq!(
        json.content,
        Some(("application/json".into(), Encoding::Json))
    );
    assert_ne!(json.schema.ty, Type::Any);
}

#[test]
fn template_and_declarations_that_disagree() {
    let (api, diagnostics) = read(
        "paths:
  /a/{x}/{y}:
    get:
      parameters:
        - {in: path, name: x, required: true}
        - {in: path, name: z, required: true}
      responses: {}",
    );
    let names: Vec<_> = api.actions[0]
        .parameters
        .iter()
        .map(|it| (it.wire_name.as_str(), it.required))
        .collect();
    assert_eq!(names, [("x", true), ("y", true)]);
    assert_eq!(
        said(&diagnostics),
        [
            (
                Code::UnusedPathParameter,
                "/paths/~1a~1{x}~1{y}/get/parameters/1"
            ),
            (Code::UndeclaredPathParameter, "/paths/~1a~1{x}~1{y}/get"),
        ]
    );
    assert_eq!(lost(&api), ["/paths/~1a~1{x}~1{y}/get/parameters/1"]);
}

#[test]
fn parameters_that_cannot_be_used() {
    let (api, diagnostics) = read(
        "paths:
  /a:
    get:
      parameters:
        - {in: query, name: q}
        - {in: query, name: q}
        - {in: body, name: b}
        - {name: nowhere}
        - {in: header, name: authorization}
        - {$ref: '#/components/parameters/gone'}
        - {in: query, name: s, style: spiral}
      responses: {}",
    );
    let names: Vec<_> = api.actions[0]
        .parameters
        .iter()
        .map(|it| it.wire_name.as_str())
        .collect();
    assert_eq!(names, ["q", "s"]);
    let at = |index: usize| format!("/paths/~1a/get/parameters/{index}");
    assert_eq!(
        said(&diagnostics),
        [
            (Code::DuplicateParameter, at(1).as_str()),
            (Code::BadValue, &at(2)),
            (Code::Missing, &at(3)),
            (Code::NotGenerated, &at(4)),
            (Code::UnresolvedReference, &format!("{}/$ref", at(5))),
            (Code::BadValue, &format!("{}/style", at(6))),
        ]
    );
}

#[test]
fn operations_that_collide_are_both_kept() {
    let (api, diagnostics) = read(
        "paths:
  /a/{x}: {get: {operationId: same, parameters: [{in: path, name: x, required: true}], responses: {}}}
  /a/{y}: {get: {operationId: same, parameters: [{in: path, name: y, required: true}], responses: {}}}",
    );
    assert_eq!(api.actions.len(), 2);
    assert_eq!(
        said(&diagnostics),
        [
            (Code::CollidingPaths, "/paths/~1a~1{y}"),
            (
                Code::DuplicateOperationId,
                "/paths/~1a~1{y}/get/operationId"
            ),
        ]
    );
}

#[test]
fn path_items_and_operations_may_stand_elsewhere() {
    let (api, diagnostics) = read(
        "paths:
  /a: {$ref: '#/components/pathItems/A'}
  /b: {get: {$ref: '#/components/pathItems/A/get'}}
components: {pathItems: {A: {get: {operationId: a, responses: {}}}}}",
    );
    let found: Vec<_> = api
        .actions
        .iter()
        .map(|it| (it.path.as_str(), it.operation_id.as_deref()))
        .collect();
    assert_eq!(found, [("/a", Some("a")), ("/b", Some("a"))]);
    let origins: Vec<_> = api
        .actions
        .iter()
        .map(|it| it.origin.pointer.as_str())
        .collect();
    assert_eq!(origins, ["/paths/~1a/get", "/paths/~1b/get"]);
    assert_eq!(
        said(&diagnostics),
        [(Code::DuplicateOperationId, "/paths/~1b/get/operationId")]
    );
}

#[test]
fn bodies_in_every_media_type() {
    let api = read_clean(
        "paths:
  /a:
    post:
      requestBody:
        required: true
        content:
          application/vnd.a+json; charset=utf-8: {schema: {type: object}, example: {a: 1}}
          multipart/form-data:
            schema: {properties: {f: {type: string, format: binary}}}
            encoding: {f: {contentType: image/png, headers: {X-H: {schema: {type: string}}}}}
          application/x-www-form-urlencoded: {}
          text/plain: {}
          text/event-stream: {}
          application/jsonl: {}
          application/xml: {}
          image/svg+xml: {}
      responses: {}",
    );
    let body = api.actions[0].body.as_ref().unwrap();
    assert!(body.required);
    let media = |name: &str| {
        let found = body.media.iter().find(|it| it.media_type == name);
        found.unwrap_or_else(|| panic!("{name}"))
    };
    let json = media("application/vnd.a+json; charset=utf-8");
    assert_eq!(json.examples, [serde_json::json!({"a": 1})]);
    let Encoding::Multipart(parts) = &media("multipart/form-data").encoding else {
        panic!("{:?}", media("multipart/form-data"))
    };
    assert_eq!(parts[0].content_type.as_deref(), Some("image/png"));
    assert_eq!(parts[0].headers[0].name, "X-H");
    assert_eq!(parts[0].explode, None);
    for (name, encoding) in [
        ("application/vnd.a+json; charset=utf-8", Encoding::Json),
        (
            "application/x-www-form-urlencoded",
            Encoding::Form(Vec::new()),
        ),
        ("text/plain", Encoding::Text),
        ("text/event-stream", Encoding::EventStream),
        ("application/jsonl", Encoding::JsonLines),
        ("application/xml", Encoding::Xml),
        ("image/svg+xml", Encoding::Binary),
    ] {
        assert_eq!(media(name).encoding, encoding, "{name}");
    }
    assert_eq!(body.media.len(), 8);
}

#[test]
fn media_types_come_by_key_but_plain_json_first_and_ranges_last() {
    let api = read_clean(
        "paths:
  /a:
    post:
      requestBody:
        content:
          '*/*': {}
          text/*: {}
          text/plain: {}
          application/hal+json: {}
          application/bson: {}
          Application/JSON;charset=utf-8: {}
          application/geo+json: {}
      responses: {}",
    );
    let body = api.actions[0].body.as_ref().unwrap();
    let names: Vec<_> = body.media.iter().map(|it| &*it.media_type).collect();
    assert_eq!(
        names,
        [
            "Application/JSON;charset=utf-8",
            "application/geo+json",
            "application/hal+json",
            "application/bson",
            "text/plain",
            "*/*",
            "text/*",
        ]
    );
}

#[test]
fn inline_schemas_know_what_they_may_be_called() {
    let api = read_clean(
        "paths:
  /a:
    post:
      operationId: makeA
      requestBody: {content: {application/json: {schema: {properties: {o: {properties: {x: {}}}}}}}}
      responses: {'201': {description: d, content: {application/json: {schema: {properties: {y: {}}}}}}}
components: {schemas: {B: {title: The B, properties: {l: {type: array, items: {properties: {z: {}}}}}}}}",
    );
    let hints: Vec<_> = api.types.iter().map(|it| it.hints.clone()).collect();
    let hint = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    assert!(hints.contains(&vec![hint(&["makeA", "request"])]));
    assert!(hints.contains(&vec![hint(&["o"]), hint(&["makeA", "request", "o"])]));
    assert!(hints.contains(&vec![hint(&["makeA", "response"])]));
    assert!(hints.contains(&vec![hint(&["B"]), hint(&["The B"])]));
    assert!(hints.contains(&vec![hint(&["l", "item"]), hint(&["B", "l", "item"])]));
}
