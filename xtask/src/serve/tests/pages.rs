//! Pages, by every strategy.

use super::super::core::Options;
use super::super::message::Request;
use super::{Server, api, encoded};
use serde_json::{Value, json};
use specwright::config::StandInProfile;

/// A list of numbers `1..=5` that continues by `parameters`, in an envelope.
fn numbers(parameters: &str, envelope: &str, headers: &str) -> Server {
    let text = format!(
        r##"
openapi: 3.1.0
info: {{title: Numbers, version: "1"}}
paths:
  /numbers:
    get:
      operationId: listNumbers
      tags: [numbers]
      parameters: [{parameters}]
      responses: {{"200": {{description: ok, {headers} content: {{application/json: {{schema: {envelope}}}}}}}}}
    post:
      operationId: createNumber
      tags: [numbers]
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: "#/components/schemas/Number"}}}}}}}}
      responses: {{"201": {{description: ok, content: {{application/json: {{schema: {{$ref: "#/components/schemas/Number"}}}}}}}}}}
components: {{schemas: {{Number: {{type: object, properties: {{id: {{type: integer}}, parity: {{type: string}}}}}}}}}}
"##
    );
    let profile = StandInProfile {
        page_size: 2,
        ..StandInProfile::default()
    };
    let mut server = Server::new(&api(&text), &profile, &Options::default());
    for number in 1..=5 {
        let parity = if number % 2 == 0 { "even" } else { "odd" };
        assert_eq!(
            server
                .post("/numbers", &json!({"id": number, "parity": parity}))
                .0,
            201
        );
    }
    server
}

const ITEMS: &str = r##"data: {type: array, items: {$ref: "#/components/schemas/Number"}}"##;

fn ids(items: &Value) -> Vec<i64> {
    items
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_i64().unwrap())
        .collect()
}

#[test]
fn pages_are_numbered() {
    let meta = "meta: {type: object, required: [total_count, page], properties: {total_count: {type: integer}, total_pages: {type: integer}, page: {type: integer}, page_size: {type: integer}, strange: {type: integer}}}";
    let mut server = numbers(
        "{name: page, in: query, schema: {type: integer, minimum: 1}}, {name: page_size, in: query, schema: {type: integer, maximum: 4}}",
        &format!("{{type: object, properties: {{{ITEMS}, {meta}}}}}"),
        "",
    );
    let (_, body) = server.get("/numbers?page=2&page_size=3");
    assert_eq!(ids(&body["data"]), [4, 5]);
    assert_eq!(
        body["meta"],
        json!({"page": 2, "page_size": 3, "total_count": 5, "total_pages": 2})
    );
    assert_eq!(
        ids(&server.get("/numbers").1["data"]),
        [1, 2],
        "the profile has the size of a page"
    );
    assert_eq!(
        ids(&server.get("/numbers?page=9223372036854775807").1["data"]),
        [0_i64; 0]
    );
    assert_eq!(server.get("/numbers?page=0").0, 400);
    assert_eq!(server.get("/numbers?page_size=5").0, 400);
}

#[test]
fn items_are_skipped() {
    let mut server = numbers(
        "{name: offset, in: query, schema: {type: integer}}, {name: limit, in: query, schema: {type: integer, default: 3}}",
        &format!(
            "{{type: object, properties: {{{ITEMS}, total: {{type: integer}}, has_more: {{type: boolean}}}}}}"
        ),
        "",
    );
    let (_, body) = server.get("/numbers?offset=3");
    assert_eq!(
        (ids(&body["data"]), &body["total"]),
        (vec![4, 5], &json!(5))
    );
    assert_eq!(body["has_more"], json!(false));
    assert_eq!(server.get("/numbers?offset=1").1["has_more"], json!(true));
}

#[test]
fn a_cursor_ends_a_list_without_a_flag() {
    let mut server = numbers(
        "{name: cursor, in: query, schema: {type: string}}",
        &format!(
            "{{type: object, properties: {{{ITEMS}, nextCursor: {{type: [string, 'null']}}}}}}"
        ),
        "",
    );
    let mut all = Vec::new();
    let mut query = String::new();
    let mut pages = 0;
    for _ in 0..9 {
        pages += 1;
        let (status, body) = server.get(&format!("/numbers?{query}"));
        assert_eq!(status, 200, "{body}");
        all.extend(ids(&body["data"]));
        match body["nextCursor"].as_str() {
            Some(cursor) => query = format!("cursor={}", encoded(cursor)),
            None => break,
        }
    }
    assert_eq!((all, pages), (vec![1, 2, 3, 4, 5], 3));
}

#[test]
fn links_lead_to_the_next_page() {
    let mut server = numbers(
        "{name: page, in: query, schema: {type: integer}}, {name: per_page, in: query, schema: {type: integer}}",
        r##"{type: array, items: {$ref: "#/components/schemas/Number"}}"##,
        "headers: {Link: {schema: {type: string}}},",
    );
    let mut all = Vec::new();
    let mut target = "/numbers?per_page=2".to_owned();
    for _ in 0..9 {
        let mut request = Request::new("GET", &target);
        request
            .headers
            .push(("host".to_owned(), "localhost:1".to_owned()));
        let response = server.send(&request);
        assert_eq!(response.status, 200);
        all.extend(ids(&serde_json::from_slice(&response.body).unwrap()));
        let link = response.headers.iter().find(|(name, _)| name == "link");
        let Some((_, link)) = link else { break };
        let url = link.strip_prefix("<http://localhost:1").unwrap();
        target = url.strip_suffix(">; rel=\"next\"").unwrap().to_owned();
    }
    assert_eq!(all, [1, 2, 3, 4, 5]);
}

#[test]
fn urls_lead_to_the_next_page() {
    let mut server = numbers(
        "{name: page, in: query, schema: {type: integer}}",
        "{type: object, properties: {results: {type: array, items: {$ref: \"#/components/schemas/Number\"}}, next: {type: [string, 'null'], format: uri}, count: {type: integer}}}",
        "",
    );
    let mut all = Vec::new();
    let mut target = "/numbers".to_owned();
    for _ in 0..9 {
        let (status, body) = server.get(&target);
        assert_eq!(status, 200, "{body}");
        all.extend(ids(&body["results"]));
        let Some(url) = body["next"].as_str() else {
            break;
        };
        target = url.strip_prefix("http://127.0.0.1").unwrap().to_owned();
    }
    assert_eq!(all, [1, 2, 3, 4, 5]);
}

#[test]
fn without_a_grammar_parameters_named_as_fields_select() {
    let mut server = numbers(
        "{name: parity, in: query, schema: {type: array, items: {type: string}}}",
        r##"{type: array, items: {$ref: "#/components/schemas/Number"}}"##,
        "",
    );
    assert_eq!(ids(&server.get("/numbers?parity=even").1), [2, 4]);
    assert_eq!(
        ids(&server.get("/numbers?parity=even&parity=odd").1),
        [1, 2, 3, 4, 5]
    );
    assert_eq!(ids(&server.get("/numbers?parity=none").1), [0_i64; 0]);
}
