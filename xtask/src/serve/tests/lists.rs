//! Filter, order and cursors.

use super::{Server, encoded};
use serde_json::json;

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

#[test]
fn a_page_without_room_is_the_last() {
    let mut server = companies(&[("a", None), ("b", None)]);
    let (_, body) = server.get("/rest/companies?limit=0");
    assert_eq!(body["pageInfo"]["hasNextPage"], json!(false));
    assert_eq!(body["totalCount"], json!(2));
}

#[test]
fn texts_that_look_like_moments_are_ordered_as_texts() {
    // As moments the first is the last, and neither compares so with the third.
    let all = [
        "2026-01-01T00:00:00-09:00",
        "2026-01-01T05:00:00Z",
        "2026-01-01T03",
    ];
    let all: Vec<_> = all.iter().map(|name| (*name, None)).collect();
    let mut server = companies(&all);
    assert_eq!(
        names(&mut server, "order_by=name"),
        [
            "2026-01-01T00:00:00-09:00",
            "2026-01-01T03",
            "2026-01-01T05:00:00Z"
        ]
    );
}
