//! Lists of which the document says little.

use super::Server;
use serde_json::{Value, json};

const ISSUES: &str = r##"
openapi: 3.1.0
info: {title: Issues, version: "1"}
paths:
  /issues:
    get:
      operationId: listIssues
      tags: [issues]
      parameters:
        - {name: state, in: query, schema: {type: string, enum: [open, closed, all], default: open}}
        - {name: priority, in: query, schema: {type: string, enum: [high, low, any]}}
        - {name: weight, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Issue"}}}}}}
    post: {operationId: createIssue, tags: [issues], requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Issue"}}}}, responses: {"201": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Issue"}}}}}}
  /issues/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: {operationId: getIssue, tags: [issues], responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Issue"}}}}}}
components: {schemas: {Issue: {type: object, properties: {id: {type: integer}, state: {type: string}, priority: {type: string, enum: [high, low]}, weight: {type: integer}}}}}
"##;

fn issues() -> Server {
    let mut server = Server::of(ISSUES);
    for (id, state, priority) in [
        (1, "open", "high"),
        (2, "closed", "low"),
        (3, "open", "low"),
    ] {
        let issue = json!({"id": id, "state": state, "priority": priority, "weight": id});
        assert_eq!(server.post("/issues", &issue).0, 201);
    }
    server
}

fn ids(server: &mut Server, query: &str) -> Vec<u64> {
    let (status, body) = server.get(&format!("/issues?{query}"));
    assert_eq!(status, 200, "{body}");
    let all: &Vec<Value> = body.as_array().unwrap();
    all.iter().map(|it| it["id"].as_u64().unwrap()).collect()
}

#[test]
fn parameters_named_as_fields_select_only_by_values_that_the_field_can_have() {
    let mut server = issues();
    assert_eq!(ids(&mut server, ""), [1, 2, 3], "a default selects nothing");
    assert_eq!(ids(&mut server, "state=all"), [1, 2, 3]);
    assert_eq!(ids(&mut server, "priority=any"), [1, 2, 3]);
    assert_eq!(ids(&mut server, "priority=low"), [2, 3]);
    assert_eq!(ids(&mut server, "weight=2"), [2]);
    assert_eq!(ids(&mut server, "weight=heavy"), [1, 2, 3]);
}

#[test]
fn a_limit_is_kept_where_nothing_says_how_a_list_goes_on() {
    let mut server = issues();
    assert_eq!(ids(&mut server, "limit=2"), [1, 2]);
    assert_eq!(ids(&mut server, "limit=5"), [1, 2, 3]);
}
