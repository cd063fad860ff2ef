//! What the document forbids is refused, all of it at once, and what it allows is not.

use super::super::message::Request;
use super::Server;
use serde_json::{Value, json};

const THINGS: &str = r##"
openapi: 3.1.0
info: {title: Things, version: "1"}
paths:
  /things:
    post:
      operationId: createThing
      tags: [things]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}, application/x-www-form-urlencoded: {schema: {$ref: "#/components/schemas/Thing"}}}}
      responses: {"201": {description: Made., content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}}
  /things/{id}:
    get:
      operationId: getThing
      tags: [things]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: It., content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}}
components:
  schemas:
    Thing:
      type: object
      required: [name]
      properties:
        id: {type: string, readOnly: true}
        name: {type: string, minLength: 2, maxLength: 4}
        size: {type: integer, minimum: 1, exclusiveMaximum: 10, multipleOf: 3}
        tags: {type: array, uniqueItems: true, maxItems: 2, items: {type: string}}
        mail: {type: string, format: email}
        day: {type: string, format: date}
        key: {type: string, format: uuid}
        code: {type: string, pattern: "^[A-Z]{2}-\\d+$"}
        names: {type: object, patternProperties: {"^[a-z]{2}$": {type: string}}, additionalProperties: false}
        site: {type: string, format: uri}
        note: {type: [string, "null"]}
        kind: {type: string, enum: [a, b]}
        labels: {type: object, additionalProperties: {type: integer}}
        shape: {oneOf: [{$ref: "#/components/schemas/Round"}, {$ref: "#/components/schemas/Flat"}], discriminator: {propertyName: is, mapping: {round: "#/components/schemas/Round", flat: "#/components/schemas/Flat"}}}
    Round: {type: object, required: [is, radius], properties: {is: {const: round}, radius: {type: number}}}
    Flat: {type: object, required: [is], properties: {is: {const: flat}}}
"##;

/// What is wrong with a body, as the message of the answer.
fn wrong(body: &Value) -> String {
    let (status, answer) = Server::of(THINGS).post("/things", body);
    assert_eq!(status, 400, "{body}: {answer}");
    answer["message"].as_str().unwrap().to_owned()
}

/// Clients that send back what they read would else be refused, and no server does that.
#[test]
fn what_only_the_server_sets_is_ignored() {
    let (status, made) = Server::of(THINGS).post("/things", &json!({"name": "abc", "id": "mine"}));
    assert_eq!(status, 201, "{made}");
    assert_eq!(made["name"], "abc");
    assert!(made["id"].is_string() && made["id"] != "mine", "{made}");
}

#[test]
fn every_keyword_refuses_what_it_forbids() {
    for (field, value, message) in [
        (
            "code",
            json!("fr-1"),
            r"body.code: must match ^[A-Z]{2}-\d+$",
        ),
        (
            "names",
            json!({ "fr": 1 }),
            "body.names.fr: must be a string, not a number",
        ),
        (
            "names",
            json!({ "fra": "x" }),
            "body.names.fra: is not known",
        ),
        (
            "size",
            json!("3"),
            "body.size: must be an integer, not a string",
        ),
        (
            "size",
            json!(4.5),
            "body.size: must be an integer, without a fraction; body.size: must be a multiple of 3",
        ),
        ("size", json!(0), "body.size: must be at least 1"),
        ("size", json!(12), "body.size: must be less than 10"),
        ("size", json!(4), "body.size: must be a multiple of 3"),
        (
            "tags",
            json!("x"),
            "body.tags: must be a list, not a string",
        ),
        (
            "tags",
            json!(["x", "x"]),
            "body.tags: must not have an item twice",
        ),
        (
            "tags",
            json!(["x", "y", "z"]),
            "body.tags: must have at most 2 items",
        ),
        (
            "tags",
            json!(["x", 1]),
            "body.tags.1: must be a string, not a number",
        ),
        ("mail", json!("nobody"), "body.mail: must be of its format"),
        (
            "day",
            json!("2026-02-30"),
            "body.day: must be a date such as 2026-01-31",
        ),
        ("key", json!("7"), "body.key: must be a UUID"),
        ("site", json!("a b"), "body.site: must be a URI"),
        ("kind", json!("c"), "body.kind: must be one of \"a\", \"b\""),
        ("kind", json!(null), "body.kind: must not be null"),
        (
            "labels",
            json!({"x": "y"}),
            "body.labels.x: must be an integer, not a string",
        ),
        ("nme", json!("x"), "body.nme: is not known"),
        (
            "shape",
            json!({"is": "round"}),
            "body.shape.radius: is required",
        ),
        (
            "shape",
            json!({"is": "square"}),
            "body.shape.is: must be one of round, flat",
        ),
        (
            "shape",
            json!({"is": "flat", "radius": 1}),
            "body.shape.radius: is not known",
        ),
    ] {
        let mut body = json!({"name": "Ada"});
        body[field] = value;
        assert_eq!(wrong(&body), message, "{body}");
    }
    assert_eq!(wrong(&json!({})), "body.name: is required");
    assert_eq!(
        wrong(&json!({"name": "A"})),
        "body.name: must have at least 2 characters"
    );
    assert_eq!(
        wrong(&json!({"name": "Adele"})),
        "body.name: must have at most 4 characters"
    );
    assert_eq!(wrong(&json!([])), "body: must be an object, not a list");
}

#[test]
fn all_faults_are_said_at_once() {
    let message = wrong(&json!({"size": "x", "nme": 1}));
    assert_eq!(
        message,
        "body.name: is required; body.size: must be an integer, not a string; body.nme: is not known"
    );
}

#[test]
fn what_is_allowed_comes_back() {
    let body = json!({
        "name": "Ada", "size": 9.0, "tags": ["x", "y"], "mail": "a@b.example", "day": "2024-02-29",
        "key": "00000000-0000-7000-8000-00000000000F", "site": "https://a.example/?q=%20",
        "note": null, "kind": "b", "labels": {"x": 1}, "shape": {"is": "round", "radius": 1.5},
    });
    let (status, answer) = Server::of(THINGS).post("/things", &body);
    assert_eq!(status, 201, "{answer}");
    let mut expected = body;
    expected["id"] = answer["id"].clone();
    // Null on a field that may be left out reads as absent.
    expected.as_object_mut().unwrap().shift_remove("note");
    assert_eq!(answer, expected);
    assert!(
        answer["id"].as_str().unwrap().starts_with("thing_"),
        "{answer}"
    );
}

#[test]
fn media_types_and_syntax_are_checked() {
    let send = |content_type: Option<&str>, body: &str| {
        let mut request = Request::new("POST", "/things");
        let header = content_type.map(|it| ("content-type".to_owned(), it.to_owned()));
        request.headers.extend(header);
        request.body = body.as_bytes().to_vec();
        let response = Server::of(THINGS).send(&request);
        (response.status, String::from_utf8(response.body).unwrap())
    };
    assert_eq!(send(Some("text/plain"), "{}").0, 415);
    assert_eq!(send(None, "{}").0, 415);
    assert_eq!(
        send(Some("Application/JSON; charset=utf-8"), r#"{"name":"Ada"}"#).0,
        201
    );
    let (status, message) = send(Some("application/json"), "{\"name\":\n 1,}");
    assert_eq!(status, 400);
    assert!(message.contains("line 2 column 4"), "{message}");
    let (status, message) = send(Some("application/json"), "");
    assert_eq!(
        (status, message.contains("body: is required")),
        (400, true),
        "{message}"
    );
    let form = "application/x-www-form-urlencoded";
    let (status, answer) = send(Some(form), "name=A+%2B&tags=x&tags=1&size=3");
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!((status, &answer["name"]), (201, &json!("A +")));
    assert_eq!(
        (&answer["tags"], &answer["size"]),
        (&json!(["x", "1"]), &json!(3))
    );
    assert_eq!(send(Some(form), "name=Ada&other=1").0, 400);
    // Deeper than the parser goes.
    assert_eq!(send(Some("application/json"), &"[".repeat(100_000)).0, 400);
}

const QUERIES: &str = r##"
openapi: 3.1.0
info: {title: Queries, version: "1"}
paths:
  /q:
    get:
      operationId: query
      tags: [q]
      parameters:
        - {name: day, in: query, required: true, schema: {type: string, format: date}}
        - {name: many, in: query, schema: {type: array, items: {type: integer}}}
        - {name: joined, in: query, explode: false, schema: {type: array, items: {type: string, enum: [a, b]}}}
        - {name: spaces, in: query, style: spaceDelimited, explode: false, schema: {type: array, items: {type: integer}}}
        - {name: pipes, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: integer}}}
        - {name: deep, in: query, style: deepObject, schema: {$ref: "#/components/schemas/Colour"}}
        - {name: json, in: query, content: {application/json: {schema: {$ref: "#/components/schemas/Colour"}}}}
        - {name: flag, in: query, schema: {type: boolean}}
        - {name: text, in: query, schema: {type: string}}
        - {name: X-Count, in: header, schema: {type: integer}}
        - {name: session, in: cookie, schema: {type: string, format: uuid}}
      responses: {"204": {description: ok}}
components:
  schemas:
    Colour: {type: object, properties: {R: {type: integer}}}
"##;

#[test]
fn parameters_are_read_in_their_styles_and_checked() {
    let ask = |query: &str, headers: &[(&str, &str)]| {
        let mut request = Request::new("GET", &format!("/q?{query}"));
        let owned = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        request.headers.extend(owned);
        let response = Server::of(QUERIES).send(&request);
        let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        (
            response.status,
            body["message"].as_str().unwrap_or_default().to_owned(),
        )
    };
    for query in [
        "day=2026-01-01",
        "day=2026-01-01&many=1&many=2&joined=a,b&spaces=1%202&pipes=1%7C2&deep%5BR%5D=1",
        "day=2026-01-01&json=%7B%22R%22%3A1%7D&flag=true&text=123&spaces=1+2&pipes=1|2",
    ] {
        assert_eq!(
            ask(query, &[("x-count", "3"), ("cookie", "a=b")]),
            (204, String::new()),
            "{query}"
        );
    }
    for (query, message) in [
        ("", "query.day: is required"),
        ("day=x", "query.day: must be a date such as 2026-01-31"),
        (
            "day=2026-01-01&many=1,2",
            "query.many.0: must be an integer, not a string",
        ),
        (
            "day=2026-01-01&joined=a,c",
            "query.joined.1: must be one of \"a\", \"b\"",
        ),
        (
            "day=2026-01-01&spaces=1%20x",
            "query.spaces.1: must be an integer, not a string",
        ),
        (
            "day=2026-01-01&pipes=1|x",
            "query.pipes.1: must be an integer, not a string",
        ),
        (
            "day=2026-01-01&deep[R]=x",
            "query.deep.R: must be an integer, not a string",
        ),
        ("day=2026-01-01&deep[X]=1", "query.deep.X: is not known"),
        ("day=2026-01-01&json=R", "query.json: must be JSON"),
        (
            "day=2026-01-01&flag=yes",
            "query.flag: must be a boolean, not a string",
        ),
        (
            "day=2026-01-01&text=a&text=b",
            "query.text: is given more than once",
        ),
        ("day=2026-01-01&other=1", "query.other: is not known"),
    ] {
        assert_eq!(ask(query, &[]), (400, message.to_owned()), "{query}");
    }
    let (_, message) = ask(
        "day=2026-01-01",
        &[("x-count", "x"), ("cookie", "b=c; session=1")],
    );
    assert_eq!(
        message,
        "header.X-Count: must be an integer, not a string; cookie.session: must be a UUID"
    );
}

/// Variants that cannot be told apart are tried one after the other, at every level.
#[test]
fn a_hostile_body_does_not_hang_the_check() {
    let text = r##"
openapi: 3.1.0
info: {title: Trees, version: "1"}
paths:
  /trees:
    post:
      operationId: plant
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Tree"}}}}
      responses: {"204": {description: ok}}
components:
  schemas:
    Tree: {anyOf: [{$ref: "#/components/schemas/A"}, {$ref: "#/components/schemas/B"}]}
    A: {type: object, required: [x], properties: {x: {type: integer}, next: {$ref: "#/components/schemas/Tree"}}}
    B: {type: object, required: [y], properties: {y: {type: integer}, next: {$ref: "#/components/schemas/Tree"}}}
"##;
    let mut body = json!({});
    for _ in 0..100 {
        body = json!({"next": body});
    }
    let (status, answer) = Server::of(text).post("/trees", &body);
    assert_eq!(status, 400);
    assert!(answer["message"].as_str().unwrap().len() < 10_000);
}
