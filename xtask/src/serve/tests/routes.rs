//! Which operation a request means.

use super::Server;
use serde_json::json;

/// A query in a template is sent as parameters; what is constant in them tells two operations apart.
#[test]
fn operations_on_one_path_are_told_apart_by_what_is_constant() {
    let text = r##"
openapi: 3.1.0
info: {title: Calls, version: "1"}
paths:
  /rest?method=a.b:
    get: {operationId: first, responses: {"200": {description: ok, content: {application/json: {schema: {const: one}}}}}}
  /rest?method=c.d:
    get: {operationId: second, responses: {"200": {description: ok, content: {application/json: {schema: {const: two}}}}}}
"##;
    let mut server = Server::of(text);
    assert_eq!(server.get("/rest?method=a.b"), (200, json!("one")));
    assert_eq!(server.get("/rest?method=c.d"), (200, json!("two")));
    assert_eq!(server.get("/rest?method=e.f").0, 400);
}
