use serde_json::json;

use super::*;

const CURSOR: Paging = Paging::cursor("after", &["info", "end"]);

fn seen<'a>(
    here: Option<&str>,
    items: usize,
    headers: &'a HeaderMap,
    beside: &'a Value,
) -> Seen<'a> {
    let here = here.map(str::to_owned);
    let (content, envelope): (&[u8], _) = (b"", &[]);
    Seen {
        here,
        items,
        headers,
        beside,
        content,
        envelope,
    }
}

fn next(paging: Paging, here: Option<&str>, items: usize, beside: Value) -> Option<String> {
    let headers = HeaderMap::new();
    let seen = seen(here, items, &headers, &beside);
    let next = next_of(&paging, &Position::default(), &seen).unwrap();
    next.map(|next| next.text)
}

fn no_way_on(paging: Paging, beside: Value) -> String {
    let headers = HeaderMap::new();
    let seen = seen(None, 1, &headers, &beside);
    next_of(&paging, &Position::default(), &seen).unwrap_err()
}

/// Where a page with these items and headers leads.
fn after(paging: Paging, items: &Value, headers: &[(&'static str, &str)]) -> Option<Value> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, value.parse().unwrap());
    }
    let content = items.to_string();
    let items = items.as_array().map_or(0, Vec::len);
    let beside = json!({});
    let seen = Seen {
        content: content.as_bytes(),
        ..seen(None, items, &map, &beside)
    };
    let next = next_of(&paging, &Position::default(), &seen).unwrap();
    next.map(|next| next.value)
}

#[test]
fn the_last_item_can_be_the_cursor() {
    let paging = Paging::cursor_in(Slot::Query("after"), Source::LastItem(&["id"]));
    let items = json!([{"id": "a"}, {"id": "b"}]);
    assert_eq!(after(paging, &items, &[]), Some(json!("b")));
    assert_eq!(after(paging, &json!([]), &[]), None);
    assert_eq!(
        after(paging, &json!([{"id": 0}]), &[]),
        Some(json!(0)),
        "an id may be 0"
    );
    assert!(no_way_on(paging, json!({})).ends_with("nothing is at id of the last item"));
    let paging = paging.more(&["more"]);
    assert_eq!(next(paging, None, 2, json!({"more": false})), None);
}

#[test]
fn headers_can_have_the_cursor_and_the_counts() {
    let paging = Paging::cursor_in(Slot::Query("page"), Source::Header("x-next-page"));
    let items = json!([1]);
    assert_eq!(
        after(paging, &items, &[("x-next-page", "2")]),
        Some(json!("2"))
    );
    assert_eq!(after(paging, &items, &[("x-next-page", "")]), None);
    assert_eq!(after(paging, &items, &[]), None);
    let paging = Paging::page("page", 1).total_in(Source::Header("x-total"));
    assert_eq!(after(paging, &items, &[("x-total", "2")]), Some(json!(2)));
    assert_eq!(after(paging, &items, &[("x-total", "1")]), None);
}

#[test]
fn the_number_of_pages_ends_a_list() {
    for first in [0, 1] {
        let paging = Paging::page("page", first).pages_in(Source::Body(&["pages"]));
        let at = |page: i64| next(paging, Some(&page.to_string()), 9, json!({"pages": 3}));
        assert_eq!(at(first + 1), Some((first + 2).to_string()));
        assert_eq!(at(first + 2), None);
    }
}

#[test]
fn the_page_that_came_says_its_number() {
    let paging = Paging::page("page", 1).current(&["number"]);
    assert_eq!(
        next(paging, None, 9, json!({"number": 0})).as_deref(),
        Some("1")
    );
    assert_eq!(
        next(paging, None, 9, json!({"number": "1"})).as_deref(),
        Some("2")
    );
    assert_eq!(next(paging, Some("4"), 9, json!({})).as_deref(), Some("5"));
}

#[test]
fn the_first_page_of_which_nothing_is_said_is_followed_by_page_1() {
    let paging = Paging::page_from_0_or_1(Slot::Query("page")).total(&["n"]);
    let at = |here, n| next(paging, here, 10, json!({"n": n}));
    assert_eq!(at(None, 11).as_deref(), Some("1"));
    assert_eq!(at(None, 10), None);
    assert_eq!(
        at(Some("1"), 20).as_deref(),
        Some("2"),
        "10 or 20 were seen"
    );
    assert_eq!(at(Some("2"), 20), None);
}

#[test]
fn items_can_be_counted_from_one() {
    let paging = Paging::offset_in(Slot::Query("startIndex"), 1).total(&["total"]);
    assert_eq!(
        next(paging, None, 10, json!({"total": 11})).as_deref(),
        Some("11")
    );
    assert_eq!(next(paging, Some("11"), 1, json!({"total": 11})), None);
}

#[test]
fn a_number_of_no_page_is_no_cursor() {
    for end in [0, -1] {
        assert_eq!(next(CURSOR, None, 1, json!({"info": {"end": end}})), None);
    }
}

#[test]
fn a_page_that_says_there_is_more_must_say_where() {
    for beside in [
        json!({"more": true}),
        json!({"more": true, "info": {"end": null}}),
        json!({"more": true, "info": {"end": ""}}),
    ] {
        let reason = no_way_on(CURSOR.more(&["more"]), beside);
        assert!(reason.ends_with("nothing is at info.end"), "{reason}");
    }
    let reason = no_way_on(Paging::link().more(&["more"]), json!({"more": true}));
    assert!(
        reason.ends_with("nothing is at the `Link` header"),
        "{reason}"
    );
}

#[test]
fn a_cursor_that_is_no_text_cannot_be_sent() {
    for (end, kind) in [
        (json!({}), "an object"),
        (json!([1]), "an array"),
        (json!(true), "`true`"),
    ] {
        let reason = no_way_on(CURSOR, json!({"info": {"end": end}}));
        assert!(reason.contains(kind), "{reason}");
    }
}

#[test]
fn a_short_last_page_ends_a_list_whose_total_is_known() {
    let paging = Paging::page("page", 1).total(&["total"]);
    let next = |page: &str, fullest, items| {
        let position = Position {
            fullest,
            ..Position::default()
        };
        let (headers, beside) = (HeaderMap::new(), json!({"total": 5}));
        let seen = seen(Some(page), items, &headers, &beside);
        next_of(&paging, &position, &seen)
            .unwrap()
            .map(|next| next.text)
    };
    assert_eq!(next("1", 0, 2).as_deref(), Some("2"));
    assert_eq!(next("2", 2, 2).as_deref(), Some("3"));
    assert_eq!(next("3", 2, 1), None);
}

#[test]
fn a_cursor_is_opaque_text() {
    assert_eq!(
        next(CURSOR, None, 1, json!({"info": {"end": "a/b"}})).as_deref(),
        Some("a/b")
    );
    assert_eq!(
        next(CURSOR, None, 1, json!({"info": {"end": 7}})).as_deref(),
        Some("7")
    );
}

#[test]
fn a_list_ends_without_a_cursor_and_when_more_is_false() {
    for beside in [
        json!({}),
        json!({"info": null}),
        json!({"info": {"end": null}}),
        json!({"info": {"end": ""}}),
    ] {
        assert_eq!(next(CURSOR, None, 1, beside.clone()), None, "{beside}");
    }
    let paging = CURSOR.more(&["more"]);
    assert_eq!(
        next(
            paging,
            None,
            1,
            json!({"info": {"end": "c"}, "more": false})
        ),
        None
    );
}

#[test]
fn an_empty_page_with_more_to_come_is_not_the_last() {
    let paging = CURSOR.more(&["more"]);
    let beside = json!({"info": {"end": "c"}, "more": true});
    assert_eq!(next(paging, None, 0, beside).as_deref(), Some("c"));
    let beside = json!({"info": {"end": "c"}});
    let after = |here| next(CURSOR, here, 0, beside.clone());
    assert_eq!(after(None).as_deref(), Some("c"));
    assert_eq!(after(Some("b")).as_deref(), Some("c"));
    assert_eq!(after(Some("c")), None, "it would not move");
    let url = Paging::url(&["info", "end"]);
    assert_eq!(next(url, None, 0, beside.clone()).as_deref(), Some("c"));
    let last = Paging::cursor_in(Slot::Query("after"), Source::LastItem(&["id"]));
    assert_eq!(next(last, None, 0, beside), None);
}

#[test]
fn numbered_pages_count_from_where_the_caller_began() {
    let paging = Paging::page("page", 1);
    assert_eq!(next(paging, None, 10, json!({})).as_deref(), Some("2"));
    assert_eq!(next(paging, Some("4"), 10, json!({})).as_deref(), Some("5"));
    assert_eq!(next(paging, Some("4"), 0, json!({})), None);
    assert_eq!(
        next(paging.total(&["n"]), Some("2"), 10, json!({"n": 20})),
        None
    );
    assert_eq!(
        next(paging.total(&["n"]), Some("2"), 10, json!({"n": 21})).as_deref(),
        Some("3")
    );
    assert_eq!(
        next(paging, Some("9223372036854775807"), 10, json!({})),
        None
    );
}

#[test]
fn offsets_skip_what_was_seen() {
    let paging = Paging::offset("skip").total(&["n"]);
    assert_eq!(
        next(paging, None, 10, json!({"n": 11})).as_deref(),
        Some("10")
    );
    assert_eq!(next(paging, Some("10"), 1, json!({"n": 11})), None);
    let more = paging.more(&["more"]);
    assert_eq!(
        next(more, Some("10"), 0, json!({"more": true})),
        None,
        "it would not move"
    );
}

#[test]
fn links_are_found_by_their_relation() {
    for (header, expected) in [
        (
            r#"<https://h/?a=1,2>; rel="next""#,
            Some("https://h/?a=1,2"),
        ),
        (
            r#"<https://h/1>; rel="prev", <https://h/3>; rel="next last""#,
            Some("https://h/3"),
        ),
        ("</3>; title=x; REL=Next", Some("/3")),
        (r#"<https://h/1>; rel="prev""#, None),
        (r#"<https://h/next"#, None),
        ("", None),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert(LINK, header.parse().unwrap());
        let beside = json!({});
        let seen = seen(None, 1, &headers, &beside);
        let found = next_of(&Paging::link(), &Position::default(), &seen).unwrap();
        assert_eq!(found.map(|next| next.text).as_deref(), expected, "{header}");
    }
}
