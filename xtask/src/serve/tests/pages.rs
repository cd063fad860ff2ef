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

/// Follows the links of a list from its first page: the targets, and the ids on each.
fn followed(server: &mut Server, first: &str) -> (Vec<String>, Vec<i64>) {
    let (mut targets, mut all) = (Vec::new(), Vec::new());
    let mut target = first.to_owned();
    for _ in 0..9 {
        let response = server.send(&Request::new("GET", &target));
        let body: Value = serde_json::from_slice(&response.body).unwrap();
        assert_eq!(response.status, 200, "{target}: {body}");
        targets.push(target.clone());
        let items = if body.is_array() {
            &body
        } else {
            &body["data"]
        };
        all.extend(ids(items));
        let link = response.headers.iter().find(|(name, _)| name == "link");
        let link = link.map(|(_, link)| link.trim_start_matches('<'));
        let link = link.map(|link| link.trim_end_matches(">; rel=\"next\"").to_owned());
        let url = link.or_else(|| Some(body["links"]["next"].as_str()?.to_owned()));
        let Some(url) = url else { break };
        target = url.strip_prefix("http://127.0.0.1").unwrap().to_owned();
    }
    (targets, all)
}

const NUMBERS: &str = r##"{type: array, items: {$ref: "#/components/schemas/Number"}}"##;
const LINK: &str = "headers: {Link: {schema: {type: string}}},";

/// What a URL of the stand-in leads to, it must not refuse.
#[test]
fn links_go_on_by_the_documents_own_parameter() {
    let integer = "in: query, schema: {type: integer}";
    for (parameters, second) in [
        (
            format!("{{name: 'page[number]', {integer}}}, {{name: 'page[size]', {integer}}}"),
            "page%5Bnumber%5D=2",
        ),
        (
            format!("{{name: pageNo, {integer}}}, {{name: per_page, {integer}}}"),
            "pageNo=2",
        ),
        (
            "{name: page, in: query, schema: {type: integer, default: 0}}".to_owned(),
            "page=1",
        ),
        (format!("{{name: skip, {integer}}}"), "skip=2"),
        (
            "{name: page, in: query, style: deepObject, schema: {type: object, properties: \
             {number: {type: integer}, size: {type: integer}}}}"
                .to_owned(),
            "page%5Bnumber%5D=2",
        ),
        // Nothing that moves on is declared.
        (format!("{{name: per_page, {integer}}}"), "page=2"),
        (
            format!("{{name: since, {integer}}}, {{name: per_page, {integer}}}"),
            "page=2",
        ),
        (
            "{name: page, in: query, schema: {type: boolean}}".to_owned(),
            "page_number=2",
        ),
    ] {
        let mut server = numbers(&parameters, NUMBERS, LINK);
        let (targets, all) = followed(&mut server, "/numbers");
        assert_eq!(all, [1, 2, 3, 4, 5], "{targets:?}");
        assert_eq!(targets[1], format!("/numbers?{second}"), "{parameters}");
    }
}

#[test]
fn a_texts_cursor_in_a_link_leads_on() {
    let mut server = numbers(
        "{name: page_token, in: query, schema: {type: string}}",
        &format!(
            "{{type: object, properties: {{{ITEMS}, links: {{type: object, properties: \
             {{next: {{type: string}}}}}}}}}}"
        ),
        "",
    );
    let (targets, all) = followed(&mut server, "/numbers");
    assert_eq!(all, [1, 2, 3, 4, 5], "{targets:?}");
    assert!(targets[1].contains("?page_token="), "{targets:?}");
}

#[test]
fn only_lists_with_links_know_the_stand_ins_own_parameter() {
    let mut server = numbers(
        "{name: per_page, in: query, schema: {type: integer}}",
        NUMBERS,
        LINK,
    );
    for query in ["page=x", "page=0", "page=1&page=2", "pages=2"] {
        assert_eq!(server.get(&format!("/numbers?{query}")).0, 400, "{query}");
    }
    assert_eq!(ids(&server.get("/numbers?per_page=3&page=2").1), [4, 5]);
    let mut server = numbers(
        "{name: limit, in: query, schema: {type: integer}}",
        NUMBERS,
        "",
    );
    assert_eq!(server.get("/numbers?page=2").0, 400);
}

#[test]
fn brackets_number_pages() {
    let integer = "in: query, schema: {type: integer}";
    let mut server = numbers(
        &format!("{{name: 'page[number]', {integer}}}, {{name: 'page[size]', {integer}}}"),
        NUMBERS,
        LINK,
    );
    let found = server.get("/numbers?page[size]=2&page[number]=2").1;
    assert_eq!(ids(&found), [3, 4]);
}

#[test]
fn where_a_list_ends_nothing_is_null_that_must_not_be() {
    for (field, expected) in [
        ("next: {type: string, format: uri}", json!({})),
        (
            "next: {type: [string, 'null'], format: uri}",
            json!({"next": null}),
        ),
    ] {
        let envelope = format!("{{type: object, properties: {{{ITEMS}, {field}}}}}");
        let mut server = numbers(
            "{name: page, in: query, schema: {type: integer}}",
            &envelope,
            "",
        );
        let (_, mut body) = server.get("/numbers?page=3");
        body.as_object_mut().unwrap().remove("data");
        assert_eq!(body, expected);
    }
    for (field, expected) in [
        ("nextPageToken: {type: string}", json!({})),
        (
            "nextPageToken: {type: [string, 'null']}",
            json!({"nextPageToken": null}),
        ),
    ] {
        let envelope = format!("{{type: object, properties: {{{ITEMS}, {field}}}}}");
        let mut server = numbers(
            "{name: pageToken, in: query, schema: {type: string}}, \
             {name: pageSize, in: query, schema: {type: integer}}",
            &envelope,
            "",
        );
        let (_, mut body) = server.get("/numbers?pageSize=5");
        body.as_object_mut().unwrap().remove("data");
        assert_eq!(body, expected);
    }
    let required = format!(
        "{{type: object, required: [nextPageToken], properties: {{{ITEMS}, nextPageToken: \
         {{type: string}}}}}}"
    );
    let mut server = numbers(
        "{name: pageToken, in: query, schema: {type: string}}, \
         {name: pageSize, in: query, schema: {type: integer}}",
        &required,
        "",
    );
    let (_, body) = server.get("/numbers?pageSize=5");
    assert_eq!(body["nextPageToken"], json!(""));
}

#[test]
fn pages_that_count_from_zero_say_so() {
    let meta = "number: {type: integer}, size: {type: integer}, first: {type: boolean}, \
                last: {type: boolean}, numberOfElements: {type: integer}";
    let mut server = numbers(
        "{name: page, in: query, schema: {type: integer, default: 0}}, \
         {name: size, in: query, schema: {type: integer}}",
        &format!("{{type: object, properties: {{{ITEMS}, {meta}}}}}"),
        "",
    );
    for (query, expected) in [
        (
            "size=3",
            json!({"number": 0, "size": 3, "first": true, "last": false, "numberOfElements": 3}),
        ),
        (
            "size=3&page=1",
            json!({"number": 1, "size": 3, "first": false, "last": true, "numberOfElements": 2}),
        ),
    ] {
        let (_, mut body) = server.get(&format!("/numbers?{query}"));
        body.as_object_mut().unwrap().remove("data");
        assert_eq!(body, expected, "{query}");
    }
}
