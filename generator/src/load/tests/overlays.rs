//! Overlays: what they change, where what they add stands, and what is wrong with them.

use crate::diag::{Code, Diagnostics, Severity};
use crate::ir::Origin;
use crate::load::{Document, MemorySources, load_with};
use serde_json::{Value, json};

const HEAD: &str = "overlay: 1.1.0\ninfo: {title: t, version: '1'}\nactions:\n";

/// A document with overlays that have these actions.
fn overlaid(document: &str, overlays: &[&str]) -> (Document, Diagnostics) {
    let mut sources = MemorySources::new("api.yaml", document);
    let mut paths = Vec::new();
    for (index, actions) in overlays.iter().enumerate() {
        let path = format!("o{index}.yaml");
        sources = sources.with(path.as_str(), format!("{HEAD}{actions}"));
        paths.push(path);
    }
    let mut diagnostics = Diagnostics::new();
    let document = load_with("api.yaml", &paths, &sources, &mut diagnostics);
    (document.unwrap(), diagnostics)
}

/// What an overlay makes of the member `x` of a document.
#[track_caller]
fn changed(before: &str, actions: &str) -> Value {
    let (document, diagnostics) = overlaid(&format!("openapi: 3.1.0\nx: {before}\n"), &[actions]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let value = document.root().value().get("x").cloned();
    value.unwrap_or_default()
}

/// Code, pointer and line of each error of an overlay.
fn errors(actions: &str) -> Vec<(Code, String, usize)> {
    let text = "openapi: 3.1.0\nx: {list: [1], object: {}, text: a}\n";
    let (_, diagnostics) = overlaid(text, &[actions]);
    let place = |d: &crate::diag::Diagnostic| {
        assert_eq!(&*d.origin.file, "o0.yaml");
        let line = d.position.unwrap().line;
        (d.code, d.origin.pointer.clone(), line)
    };
    assert!(diagnostics.is_empty() || diagnostics.has_errors());
    diagnostics.iter().map(place).collect()
}

#[test]
fn objects_merge_lists_grow_and_plain_values_replace_each_other() {
    for (before, target, update, after) in [
        (
            "{a: 1, b: {c: 1}}",
            "$.x",
            "{a: 2, b: {d: 3}, e: 4}",
            json!({"a": 2, "b": {"c": 1, "d": 3}, "e": 4}),
        ),
        ("{a: [1]}", "$.x", "{a: [2, 3]}", json!({"a": [1, 2, 3]})),
        ("[1]", "$.x", "{a: 1}", json!([1, {"a": 1}])),
        ("[1]", "$.x", "[2, 3]", json!([1, 2, 3])),
        (
            "{a: {k: 1}, b: {k: 2}}",
            "$.x.*",
            "{n: 0}",
            json!({"a": {"k": 1, "n": 0}, "b": {"k": 2, "n": 0}}),
        ),
        (
            "[{n: a}, {n: b}]",
            "$.x[?@.n == 'b']",
            "{v: 1}",
            json!([{"n": "a"}, {"n": "b", "v": 1}]),
        ),
        (
            "{a: 1, b: null}",
            "$.x.*",
            "text",
            json!({"a": "text", "b": "text"}),
        ),
    ] {
        let actions = format!("  - {{target: \"{target}\", update: {update}}}\n");
        assert_eq!(changed(before, &actions), after, "{update}");
    }
}

#[test]
fn what_is_removed_is_gone_whatever_else_is() {
    for (before, target, after) in [
        ("{a: 1, b: 2}", "$.x.a", json!({"b": 2})),
        ("[0, 1, 2, 3]", "$.x[0, 2, 0]", json!([1, 3])),
        ("[{a: 1}, {b: [1]}]", "$.x..*", json!([])),
        (
            "[0,1,2,3,4,5,6,7,8,9,10,11]",
            "$.x[1,10]",
            json!([0, 2, 3, 4, 5, 6, 7, 8, 9, 11]),
        ),
        ("{'a/b~': 1, c: 2}", "$.x['a/b~']", json!({"c": 2})),
    ] {
        let actions = format!("  - {{target: \"{target}\", remove: true, update: 1}}\n");
        assert_eq!(changed(before, &actions), after, "{target}");
    }
}

#[test]
fn actions_and_overlays_build_on_each_other() {
    let moved = changed(
        "{old: {a: 1}}",
        "  - {target: $.x, update: {new: {}}}\n  - {target: $.x.new, copy: $.x.old}\n  \
         - {target: $.x.old, remove: true}\n",
    );
    assert_eq!(moved, json!({"new": {"a": 1}}));
    let (document, diagnostics) = overlaid(
        "openapi: 3.1.0\nx: {}\n",
        &[
            "  - {target: $.x, update: {a: {}}}\n",
            "  - {target: $.x.a, update: {b: 1}}\n",
        ],
    );
    assert!(diagnostics.is_empty());
    assert_eq!(document.root().value()["x"], json!({"a": {"b": 1}}));
}

/// It is applied to the text as it is written, and raised with it.
#[test]
fn an_overlay_speaks_the_words_of_its_document() {
    let (document, diagnostics) = overlaid(
        "swagger: '2.0'\ndefinitions: {A: {type: string}}\n",
        &["  - {target: $.definitions.A, update: {x-nullable: true}}\n"],
    );
    assert!(diagnostics.is_empty());
    let schema = &document.root().value()["components"]["schemas"]["A"];
    assert_eq!(*schema, json!({"type": ["string", "null"]}));
}

#[test]
fn what_is_added_stands_in_the_overlay_and_the_rest_in_the_document() {
    let (document, _) = overlaid(
        "openapi: 3.1.0\nx:\n  list:\n    - {n: 0}\n    - {n: 1}\n    - {n: 2}\n  object: {a: 1}\n",
        &[
            "  - {target: '$.x.list[0]', remove: true}\n  - target: $.x\n    update:\n      \
           list:\n        - {n: 3}\n      object:\n        b: 2\n",
        ],
    );
    for (pointer, place) in [
        ("/x/list/0/n", ("api.yaml", "/x/list/1/n", 5)),
        ("/x/list/1", ("api.yaml", "/x/list/2", 6)),
        ("/x/list/2/n", ("o0.yaml", "/actions/1/update/list/0/n", 8)),
        ("/x/object", ("api.yaml", "/x/object", 7)),
        ("/x/object/b", ("o0.yaml", "/actions/1/update/object/b", 10)),
    ] {
        let (text, position) = document.place(&Origin::new("api.yaml", pointer)).unwrap();
        let found = (&*text.file, &*text.pointer, position.line);
        assert_eq!(found, place, "{pointer}");
        assert!(document.line(&text.file, position.line).is_some());
    }
}

#[test]
fn a_target_that_selects_nothing_is_an_error() {
    let expected = [(Code::StaleOverride, "/actions/0/target".to_owned(), 5)];
    assert_eq!(errors("  - update: {}\n    target: $.gone\n"), expected);
    let expected = [(Code::StaleOverride, "/actions/0/copy".to_owned(), 4)];
    assert_eq!(errors("  - {target: $.x, copy: $.gone}\n"), expected);
}

#[test]
fn what_is_wrong_with_an_action_is_said_where_it_is() {
    for (action, code, pointer) in [
        ("{target: '$.x['}", Code::Config, "/actions/0/target"),
        ("{target: 1}", Code::Config, "/actions/0/target"),
        ("{update: {}}", Code::Config, "/actions/0"),
        ("{target: $.x}", Code::Config, "/actions/0"),
        (
            "{target: '$', remove: true}",
            Code::Config,
            "/actions/0/target",
        ),
        (
            "{target: $.x.*, update: {}}",
            Code::Config,
            "/actions/0/target",
        ),
        (
            "{target: $.x.list, copy: $.x.*}",
            Code::Config,
            "/actions/0/copy",
        ),
        (
            "{target: $.x.text, update: {}}",
            Code::WrongType,
            "/actions/0/update",
        ),
        (
            "{target: $.x, update: {object: 1}}",
            Code::WrongType,
            "/actions/0/update/object",
        ),
        (
            "{target: $.x, update: {list: 1}}",
            Code::WrongType,
            "/actions/0/update/list",
        ),
    ] {
        let expected = [(code, pointer.to_owned(), 4)];
        assert_eq!(errors(&format!("  - {action}\n")), expected, "{action}");
    }
}

/// What it selects would be counted for longer than anybody waits.
#[test]
fn a_target_that_asks_too_much_is_an_error() {
    let text = format!("openapi: 3.1.0\nx: [{}]\n", "{n: 1}, ".repeat(2000));
    let target = "  - {target: '$..[?count(@..n) == count($..n)]', remove: true}\n";
    let (document, diagnostics) = overlaid(&text, &[target]);
    let found: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.severity, it.code, &*it.origin.pointer))
        .collect();
    assert_eq!(
        found,
        [(Severity::Error, Code::Config, "/actions/0/target")]
    );
    assert_eq!(
        document.root().get("x").unwrap().items().count(),
        2000,
        "nothing is removed"
    );
}

#[test]
fn files_that_are_no_overlays_are_errors() {
    for (text, code, pointer) in [
        ("openapi: 3.1.0\n", Code::Version, ""),
        ("overlay: 2.0.0\n", Code::Version, "/overlay"),
        (
            "overlay: 1.0.0\ninfo: {title: t, version: v}\nactions: []\n",
            Code::Config,
            "/actions",
        ),
        ("a: [\n", Code::Syntax, ""),
    ] {
        let sources = MemorySources::new("api.yaml", "openapi: 3.1.0\n").with("o.yaml", text);
        let mut diagnostics = Diagnostics::new();
        let _ = load_with(
            "api.yaml",
            &["o.yaml".to_owned()],
            &sources,
            &mut diagnostics,
        );
        assert!(diagnostics.has_errors(), "{text}");
        let found: Vec<_> = diagnostics
            .iter()
            .map(|d| (d.code, &*d.origin.pointer))
            .collect();
        assert_eq!(found, [(code, pointer)]);
    }
    let mut diagnostics = Diagnostics::new();
    let sources = MemorySources::new("api.yaml", "openapi: 3.1.0\n");
    let _ = load_with(
        "api.yaml",
        &["none.yaml".to_owned()],
        &sources,
        &mut diagnostics,
    );
    assert!(diagnostics.has_errors());
}

#[test]
fn an_overlay_for_another_document_is_noticed() {
    let overlay =
        format!("extends: ./other.yaml\nunknown: 1\n{HEAD}  - {{target: $, update: {{}}}}\n");
    let sources = MemorySources::new("api.yaml", "openapi: 3.1.0\n").with("o.yaml", overlay);
    let mut diagnostics = Diagnostics::new();
    let _ = load_with(
        "api.yaml",
        &["o.yaml".to_owned()],
        &sources,
        &mut diagnostics,
    );
    let found: Vec<_> = diagnostics
        .iter()
        .map(|d| (d.code, &*d.origin.pointer))
        .collect();
    let expected = [
        (Code::UnknownKeyword, "/unknown"),
        (Code::Config, "/extends"),
    ];
    assert_eq!(found, expected);
    assert!(!diagnostics.has_errors());
}
