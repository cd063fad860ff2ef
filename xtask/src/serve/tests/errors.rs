//! Refusals: which status, in which shape.

use super::super::core::Options;
use super::super::message::Request;
use super::{Server, api, path, twenty};
use serde_json::{Value, json};
use specwright::config::StandInProfile;

#[test]
fn paths_and_methods_are_told_apart() {
    let mut server = Server::pets();
    assert_eq!(server.get("/pets").0, 200);
    assert_eq!(
        server.get("/v1/pets").0,
        200,
        "the server's path may stand in front"
    );
    assert_eq!(server.get("/pets/").0, 200);
    assert_eq!(server.get("/v2/pets").0, 404);
    assert_eq!(server.get("/pets/a/b").0, 404);
    let response = server.send(&Request::new("PATCH", "/pets"));
    assert_eq!(response.status, 405);
    let allow = ("allow".to_owned(), "GET, HEAD, POST".to_owned());
    assert!(response.headers.contains(&allow), "{:?}", response.headers);
}

#[test]
fn text_in_a_path_beats_a_parameter() {
    let mut server = Server::of(
        r#"
openapi: 3.1.0
info: {title: Files, version: "1"}
paths:
  /files/{name}: {get: {operationId: any, responses: {"200": {description: ok, content: {text/plain: {schema: {type: string}}}}}}}
  /files/mine: {get: {operationId: mine, responses: {"204": {description: ok}}}, delete: {operationId: drop, responses: {"204": {description: ok}}}}
  /files/{name}.{ext}: {get: {operationId: typed, responses: {"202": {description: ok}}}}
"#,
    );
    assert_eq!(server.get("/files/mine").0, 204);
    assert_eq!(server.get("/files/m%69ne").0, 204);
    assert_eq!(server.get("/files/a").0, 200);
    assert_eq!(server.get("/files/a.txt").0, 202);
    assert_eq!(server.get("/files/").0, 404);
    // HEAD is GET without a body.
    let response = server.send(&Request::new("HEAD", "/files/a"));
    assert_eq!((response.status, response.body.len()), (200, 0));
}

#[test]
fn errors_have_the_type_that_is_declared_for_them() {
    let mut server = Server::pets();
    let mut request = Request::new("POST", "/pets");
    request
        .headers
        .push(("authorization".to_owned(), "Bearer x".to_owned()));
    request
        .headers
        .push(("content-type".to_owned(), "application/json".to_owned()));
    request.body = b"{}".to_vec();
    let response = server.send(&request);
    // 422 is declared, as a problem.
    assert_eq!(response.status, 422);
    let kind = (
        "content-type".to_owned(),
        "application/problem+json".to_owned(),
    );
    assert!(response.headers.contains(&kind));
    let body: Value = serde_json::from_slice(&response.body).unwrap();
    assert_eq!(
        body,
        json!({"title": "Unprocessable Content", "detail": "body.name: is required"})
    );
    // So is 4XX of the list.
    let (status, body) = server.get("/pets?limit=0");
    assert_eq!((status, &body["title"]), (400, &json!("Bad Request")));
}

#[test]
fn lists_of_errors_have_one_for_each_fault() {
    let mut server = Server::of(
        r#"
openapi: 3.1.0
info: {title: Errors, version: "1"}
paths:
  /x:
    post:
      operationId: x
      requestBody: {content: {application/json: {schema: {type: object, required: [a], properties: {a: {type: string}, b: {type: object, properties: {c: {type: integer}}}}}}}}
      responses:
        "204": {description: ok}
        default: {description: no, content: {application/json: {schema: {type: object, required: [errors, trace], properties: {errors: {type: array, items: {type: object, properties: {detail: {type: string}, code: {type: string}, status: {type: integer}, source: {type: object, properties: {pointer: {type: string}}}}}}, trace: {type: string}}}}}}
"#,
    );
    let (status, body) = server.post("/x", &json!({"b": {"c": "d"}}));
    assert_eq!(status, 400);
    let errors = body["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 2, "{body}");
    assert_eq!(
        errors[1],
        json!({
            "detail": "body.b.c: must be an integer, not a string",
            "code": "bad_request",
            "status": 400,
            "source": {"pointer": "/b/c"},
        })
    );
    assert!(
        body["trace"].is_string(),
        "what is required is there: {body}"
    );
}

#[test]
fn the_profile_can_give_every_error_its_keys() {
    let mut server = Server::twenty();
    let (status, body) = server.get("/rest/people?limit=61&x=1");
    assert_eq!(status, 400);
    let messages = json!(["query.limit: must be at most 60", "query.x: is not known"]);
    assert_eq!(
        body,
        json!({"statusCode": 400, "error": "Bad Request", "messages": messages})
    );
    let (status, body) = server.get("/rest/nothing");
    assert_eq!((status, &body["error"]), (404, &json!("Not Found")));
}

#[test]
fn a_credential_is_asked_for() {
    let (api, profile) = twenty();
    let mut server = Server::new(&api, &profile, &Options::default());
    let ask = |server: &mut Server, value: Option<&str>| {
        let mut request = Request::new("GET", "/rest/people");
        let header = value.map(|it| ("authorization".to_owned(), it.to_owned()));
        request.headers.extend(header);
        server.send(&request).status
    };
    for (value, status) in [
        (None, 401),
        (Some("Bearer "), 401),
        (Some("Basic eA=="), 401),
        (Some("bearer x"), 200),
    ] {
        assert_eq!(ask(&mut server, value), status, "{value:?}");
    }
    let options = Options {
        token: Some("right".to_owned()),
        ..Options::default()
    };
    let mut server = Server::new(&api, &profile, &options);
    assert_eq!(ask(&mut server, Some("Bearer wrong")), 401);
    assert_eq!(ask(&mut server, Some("Bearer right")), 200);
}

#[test]
fn keys_are_found_where_the_document_puts_them_and_not_shown() {
    let text = r#"
openapi: 3.1.0
info: {title: Keys, version: "1"}
security: [{key: []}, {user: []}]
paths: {/x: {get: {operationId: x, responses: {"204": {description: ok}}}, put: {operationId: y, security: [], responses: {"204": {description: ok}}}}}
components: {securitySchemes: {key: {type: apiKey, in: query, name: api_key}, user: {type: http, scheme: basic}}}
"#;
    let options = Options {
        token: Some("s3cret".to_owned()),
        ..Options::default()
    };
    let mut server = Server::new(&api(text), &StandInProfile::default(), &options);
    let request = Request::new("GET", "/x?api_key=s3cret");
    assert_eq!(server.send(&request).status, 204);
    assert_eq!(server.core.shown(&request), "/x?api_key=***");
    assert_eq!(
        server.send(&Request::new("GET", "/x?api_key=other")).status,
        401
    );
    assert_eq!(server.send(&Request::new("PUT", "/x")).status, 204);
    let mut request = Request::new("GET", "/x");
    // "anyone:s3cret"
    request.headers.push((
        "authorization".to_owned(),
        "Basic YW55b25lOnMzY3JldA==".to_owned(),
    ));
    assert_eq!(server.send(&request).status, 204);
}

#[test]
fn too_many_requests_are_refused_as_the_profile_says() {
    let (api, profile) = twenty();
    let limit = "2/60s".parse().ok();
    let options = Options {
        rate_limit: limit,
        ..Options::default()
    };
    let mut server = Server::new(&api, &profile, &options);
    let mut request = Request::new("GET", "/rest/people");
    request
        .headers
        .push(("authorization".to_owned(), "Bearer x".to_owned()));
    assert_eq!(server.send(&request).status, 200);
    assert_eq!(server.send(&request).status, 200);
    let response = server.send(&request);
    assert_eq!(response.status, 429);
    assert!(
        !response
            .headers
            .iter()
            .any(|(name, _)| name == "retry-after")
    );
    let body: Value = serde_json::from_slice(&response.body).unwrap();
    assert_eq!(
        body["messages"],
        json!(["Limit reached (2 tokens per 60000 ms)"])
    );
    server.now += 30_000;
    assert_eq!(server.send(&request).status, 200);

    let text = std::fs::read_to_string(path("generator/tests/fixtures/pets.yaml")).unwrap();
    let pets = super::api(&text);
    let options = Options {
        rate_limit: "1/60s".parse().ok(),
        ..Options::default()
    };
    let mut server = Server::new(&pets, &StandInProfile::default(), &options);
    let mut request = Request::new("GET", "/pets");
    request
        .headers
        .push(("authorization".to_owned(), "Bearer x".to_owned()));
    assert_eq!(server.send(&request).status, 200);
    let after = ("retry-after".to_owned(), "60".to_owned());
    assert!(server.send(&request).headers.contains(&after));
}

/// A client that is told `Bearer` sends a token where the API wants a key.
#[test]
fn a_challenge_names_the_schemes_of_http_that_would_do() {
    for (schemes, expected) in [
        ("k: {type: apiKey, in: header, name: X-Key}", vec![]),
        ("b: {type: http, scheme: basic}", vec!["Basic"]),
        ("d: {type: http, scheme: digest}", vec!["digest"]),
        ("x: {type: http, scheme: \"a, b\"}", vec![]),
        (
            "k: {type: apiKey, in: query, name: key}, t: {type: http, scheme: bearer}, b: {type: http, scheme: basic}",
            vec!["Bearer", "Basic"],
        ),
    ] {
        let keys = schemes
            .split("}")
            .filter_map(|it| it.trim_start_matches(", ").split_once(':'));
        let security: Vec<String> = keys.map(|(key, _)| format!("{{{key}: []}}")).collect();
        let mut server = Server::of(&format!(
            "openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\nsecurity: [{}]\npaths:\n  /a: {{get: {{operationId: a, \
             responses: {{'204': {{description: ok}}}}}}}}\ncomponents: {{securitySchemes: {{{schemes}}}}}\n",
            security.join(", ")
        ));
        let response = server.send(&Request::new("GET", "/a"));
        assert_eq!(response.status, 401, "{schemes}");
        let told: Vec<&str> = response
            .headers
            .iter()
            .filter(|(name, _)| name == "www-authenticate")
            .map(|(_, value)| value.as_str())
            .collect();
        assert_eq!(told, expected, "{schemes}");
    }
}
