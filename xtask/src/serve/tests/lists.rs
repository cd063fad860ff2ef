//! Filter, order and pages.

use super::super::core::Options;
use super::super::message::Request;
use super::{Server, api, encoded};
use serde_json::{Value, json};
use specwright::config::StandInProfile;

/// Companies with these names and numbers of employees.
fn companies(all: &[(&str, Option<u32>)]) -> Server {
    let mut server = Server::twenty();
    for (name, employees) in all {
        let mut body = json!({"name": name, "domainName": {"primaryLinkUrl": format!("https://{name}.example")}});
        if let Some(employees) = employees {
            body["employees"] = json!(employees);
        }
        let (status, answer) = server.post("/rest/companies", &body);
        assert_eq!(status, 201, "{answer}");
    }
    server
}

/// The names of the companies that a query gives.
fn names(server: &mut Server, query: &str) -> Vec<String> {
    let (status, body) = server.get(&format!("/rest/companies?depth=0&{query}"));
    assert_eq!(status, 200, "{query}: {body}");
    let all = body["data"]["companies"].as_array().unwrap();
    all.iter()
        .map(|it| it["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_comparator_selects() {
    let mut server = companies(&[
        ("Acme", Some(5)),
        ("Beta", Some(10)),
        ("Ärger", None),
        ("acorn", Some(7)),
    ]);
    for (filter, expected) in [
        (r#"name[eq]:"Acme""#, "Acme"),
        ("name[eq]:Acme", "Acme"),
        (r#"name[neq]:"Acme""#, "Beta Ärger acorn"),
        (r#"name[in]:["Acme","Beta"]"#, "Acme Beta"),
        ("employees[in]:[5,7]", "Acme acorn"),
        ("employees[gt]:7", "Beta"),
        ("employees[gte]:7", "Beta acorn"),
        ("employees[lt]:7", "Acme"),
        ("employees[lte]:7", "Acme acorn"),
        ("employees[is]:NULL", "Ärger"),
        ("employees[is]:NOT_NULL", "Acme Beta acorn"),
        // A missing value compares with nothing, not even by not being equal.
        ("employees[neq]:5", "Beta acorn"),
        ("not(employees[eq]:5)", "Beta acorn"),
        (r#"name[startsWith]:"Ac""#, "Acme"),
        (r#"name[like]:"%c%""#, "Acme acorn"),
        (r#"name[like]:"A___""#, "Acme"),
        (r#"name[ilike]:"ac%""#, "Acme acorn"),
        (r#"name[ilike]:"ä%""#, "Ärger"),
        (
            r#"domainName.primaryLinkUrl[eq]:"https://Beta.example""#,
            "Beta",
        ),
        (r#"employees[gt]:5,name[ilike]:"a%""#, "acorn"),
        (r#"or(name[eq]:"Acme",name[eq]:"Beta")"#, "Acme Beta"),
        (
            r#"and(employees[gt]:4,or(name[eq]:"Acme",not(employees[lt]:9)))"#,
            "Acme Beta",
        ),
        (
            r#"createdAt[gte]:"2026-01-02T04:04:05.678+01:00",employees[eq]:5"#,
            "Acme",
        ),
        (r#"createdAt[gt]:"2026-01-02T03:04:05.678Z""#, ""),
    ] {
        let query = format!("filter={}&order_by=createdAt", encoded(filter));
        assert_eq!(names(&mut server, &query).join(" "), expected, "{filter}");
    }
}

#[test]
fn filters_that_make_no_sense_are_refused() {
    let mut server = companies(&[]);
    for (filter, message) in [
        ("name", "'name' is not a condition, eg: price[gte]:10"),
        (
            "name[eq]:",
            "'name[eq]:' is not a condition, eg: price[gte]:10",
        ),
        (
            "name[eq]",
            "'name[eq]' is not a condition, eg: price[gte]:10",
        ),
        ("nme[eq]:x", "there is no field 'nme'"),
        (
            "name.first[eq]:x",
            "there is no field 'name.first': 'name' has no parts",
        ),
        ("people[eq]:x", "there is no field 'people'"),
        (
            "employees[eq]:\"5\"",
            "'employees' takes a number, not '\"5\"'",
        ),
        (
            "idealCustomerProfile[eq]:yes",
            "'idealCustomerProfile' takes true or false, not 'yes'",
        ),
        (
            "name[in]:x",
            "'name' takes a list such as [\"a\",\"b\"], not 'x'",
        ),
        (
            "name[is]:null",
            "'name[is]' takes NULL or NOT_NULL, not 'null'",
        ),
        ("name[eq]:\"x", "a quote is missing in 'name[eq]:\"x'"),
        ("or(name[eq]:x", "a bracket is missing in 'or(name[eq]:x'"),
        ("name[eq]:x)", "a bracket is missing in 'name[eq]:x)'"),
        (
            "not(name[eq]:x,name[eq]:y)",
            "'not(name[eq]:x,name[eq]:y)': 'not' takes one condition",
        ),
    ] {
        let target = format!("/rest/companies?filter={}", encoded(filter));
        let messages = server.messages("GET", &target, None);
        assert_eq!(
            messages,
            [format!("'filter' invalid for '{filter}'. {message}")]
        );
    }
    let target = format!("/rest/companies?filter={}", encoded("name[equals]:x"));
    let messages = server.messages("GET", &target, None);
    assert!(
        messages[0].contains("comparator 'equals' is not one of eq,neq,in,"),
        "{messages:?}"
    );
    let deep = format!("{}name[eq]:x{}", "or(".repeat(5000), ")".repeat(5000));
    let messages = server.messages(
        "GET",
        &format!("/rest/companies?filter={}", encoded(&deep)),
        None,
    );
    assert!(messages[0].ends_with("conditions are nested too deeply"));
}

#[test]
fn several_keys_order_with_nulls_where_they_are_wanted() {
    let mut server = companies(&[("b", Some(1)), ("a", Some(2)), ("d", None), ("c", Some(1))]);
    for (order, expected) in [
        ("name", "a b c d"),
        ("name[DescNullsLast]", "d c b a"),
        ("employees,name[DescNullsLast]", "d c b a"),
        ("employees[AscNullsLast],name", "b c a d"),
        ("employees[DescNullsFirst],name", "d a b c"),
        ("employees[DescNullsLast],name", "a b c d"),
        ("domainName.primaryLinkUrl[DescNullsLast]", "d c b a"),
        ("createdAt", "b a d c"),
    ] {
        let query = format!("order_by={}", encoded(order));
        assert_eq!(names(&mut server, &query).join(" "), expected, "{order}");
    }
    for order in ["nme", "name[Down]", "domainName", "people", "name.first"] {
        let target = format!("/rest/companies?order_by={}", encoded(order));
        let messages = server.messages("GET", &target, None);
        assert!(
            messages[0].starts_with(&format!("'order_by' invalid for '{order}': ")),
            "{messages:?}"
        );
    }
}

#[test]
fn cursors_lead_forward_and_back() {
    let mut server = companies(&[
        ("a", None),
        ("b", None),
        ("c", None),
        ("d", None),
        ("e", None),
    ]);
    let mut page = |query: String| {
        let (status, body) = server.get(&format!(
            "/rest/companies?depth=0&order_by=name&limit=2{query}"
        ));
        assert_eq!(status, 200, "{body}");
        let all = body["data"]["companies"].as_array().unwrap();
        let names: Vec<&str> = all.iter().map(|it| it["name"].as_str().unwrap()).collect();
        let cursor = |key: &str| encoded(body["pageInfo"][key].as_str().unwrap_or_default());
        let next = body["pageInfo"]["hasNextPage"].as_bool().unwrap();
        assert_eq!(body["totalCount"], json!(5));
        (
            names.join(" "),
            next,
            cursor("startCursor"),
            cursor("endCursor"),
        )
    };
    let (names, next, _, end) = page(String::new());
    assert_eq!((names.as_str(), next), ("a b", true));
    let (names, next, start, end) = page(format!("&starting_after={end}"));
    assert_eq!((names.as_str(), next), ("c d", true));
    let (names, _, first, _) = page(format!("&ending_before={start}"));
    assert_eq!(names, "a b");
    assert_eq!(page(format!("&ending_before={first}")).0, "");
    let (names, next, _, end) = page(format!("&starting_after={end}"));
    assert_eq!((names.as_str(), next), ("e", false));
    assert_eq!(page(format!("&starting_after={end}")).0, "");
}

#[test]
fn what_is_removed_between_pages_repeats_and_skips_nothing() {
    let mut server = companies(&[("a", None), ("b", None), ("c", None), ("d", None)]);
    let first = "/rest/companies?depth=0&order_by=name&limit=2";
    let (_, body) = server.get(first);
    let removed = body["data"]["companies"][1]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        server
            .ask("DELETE", &format!("/rest/companies/{removed}"), None)
            .0,
        200
    );
    let end = encoded(body["pageInfo"]["endCursor"].as_str().unwrap());
    assert_eq!(
        names(&mut server, &format!("order_by=name&starting_after={end}")),
        ["c", "d"]
    );
}

#[test]
fn cursors_of_another_make_and_limits_out_of_range_are_refused() {
    let mut server = companies(&[("a", None)]);
    let (_, body) = server.get("/rest/companies?order_by=name");
    let cursor = encoded(body["pageInfo"]["endCursor"].as_str().unwrap());
    for target in [
        "/rest/companies?starting_after=x".to_owned(),
        "/rest/companies?starting_after=e30=".to_owned(),
        // Of another order, of another list, both at once.
        format!("/rest/companies?starting_after={cursor}"),
        format!("/rest/people?order_by=name.lastName&starting_after={cursor}"),
        format!("/rest/companies?order_by=name&starting_after={cursor}&ending_before={cursor}"),
        "/rest/companies?limit=61".to_owned(),
        "/rest/companies?limit=-1".to_owned(),
        "/rest/companies?limit=2.5".to_owned(),
    ] {
        assert_eq!(server.messages("GET", &target, None).len(), 1, "{target}");
    }
    assert_eq!(names(&mut server, "limit=0"), Vec::<String>::new());
    assert_eq!(names(&mut server, "limit=60"), ["a"]);
}

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
    for _ in 0..9 {
        let (status, body) = server.get(&format!("/numbers?{query}"));
        assert_eq!(status, 200, "{body}");
        all.extend(ids(&body["data"]));
        match body["nextCursor"].as_str() {
            Some(cursor) => query = format!("cursor={}", encoded(cursor)),
            None => break,
        }
    }
    assert_eq!(all, [1, 2, 3, 4, 5]);
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
