use super::{document, refused, summary, value};
use crate::diag::Code;
use serde_json::{Value, json};

#[test]
fn plain_scalars_have_the_types_of_the_core_schema() {
    for (text, expected) in [
        ("~", json!(null)),
        ("", json!(null)),
        ("Null", json!(null)),
        ("TRUE", json!(true)),
        ("false", json!(false)),
        ("no", json!("no")),
        ("on", json!("on")),
        ("yes", json!("yes")),
        ("12", json!(12)),
        ("+12", json!(12)),
        ("-7", json!(-7)),
        ("18446744073709551615", json!(u64::MAX)),
        ("0o17", json!(15)),
        ("0xFf", json!(255)),
        ("0b1", json!("0b1")),
        ("1.50", json!(1.5)),
        (".5", json!(0.5)),
        ("1e3", json!(1000.0)),
        ("1_000", json!("1_000")),
        ("2022-01-01", json!("2022-01-01")),
        ("1.2.3", json!("1.2.3")),
        ("12:30:45", json!("12:30:45")),
        ("'12'", json!("12")),
        ("\"true\"", json!("true")),
        ("!!str 12", json!("12")),
        ("! 12", json!("12")),
        ("!Ref abc", json!("abc")),
        ("!!timestamp 2022-01-01", json!("2022-01-01")),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn numbers_that_json_cannot_hold_do_not_cost_the_document() {
    let text = "openapi: 3.1.0\na: 36893488147419103232\nb: .inf\nc: -.INF\nd: .nan\ne: 1e400\n";
    let (document, diagnostics) = document(text);
    let read = |key: &str| document.root().get(key).unwrap().value().clone();
    assert_eq!(read("a"), json!(36893488147419103232.0));
    assert_eq!(read("b"), json!(".inf"));
    assert_eq!(read("e"), json!("1e400"));
    let found: Vec<_> = summary(&diagnostics);
    assert_eq!(found[0], (Code::BadValue, "/a", Some((2, 4))));
    assert_eq!(found[2], (Code::BadValue, "/c", Some((4, 4))));
    assert_eq!(found.len(), 5);
}

#[test]
fn keys_are_strings_as_written() {
    let keys = value("{200: a, 1.10: b, true: c, ~: d, null: e, 0x1: f, on: g}");
    let keys: Vec<_> = keys.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["0x1", "1.10", "200", "null", "on", "true", "~"]);
}

#[test]
fn a_key_that_is_no_scalar_costs_its_entry() {
    let (document, diagnostics) = document("openapi: 3.1.0\nx:\n  ? [a, b]\n  : c\n  d: e\n");
    assert_eq!(
        *document.root().get("x").unwrap().value(),
        json!({"d": "e"})
    );
    assert_eq!(
        summary(&diagnostics),
        [(Code::WrongType, "/x", Some((3, 10)))]
    );
    assert_eq!(document.locate(&super::origin("/x/d")).unwrap().line, 5);
}

#[test]
fn merge_keys_are_applied_below_what_the_mapping_says() {
    let text = "\n  one: &one {a: 1, b: 1}\n  two: &two {b: 2, c: 2}\n  \
                merged: {b: 0, <<: [*one, *two], d: 0}\n  quoted: {'<<': *one}";
    let value = value(text);
    assert_eq!(value["merged"], json!({"b": 0, "d": 0, "a": 1, "c": 2}));
    assert_eq!(value["quoted"], json!({"<<": {"a": 1, "b": 1}}));
}

#[test]
fn a_merge_of_something_else_is_reported() {
    let (_, diagnostics) = document("openapi: 3.1.0\nx:\n  <<: 1\n  a: 2\n");
    assert_eq!(summary(&diagnostics)[0].0, Code::WrongType);
    assert_eq!(summary(&diagnostics)[0].1, "/x/<<");
}

#[test]
fn duplicate_keys_are_reported_and_the_last_counts() {
    let (document, diagnostics) = document("openapi: 3.1.0\nx:\n  - a: 1\n    a: 2\n");
    assert_eq!(
        *document.root().get("x").unwrap().value(),
        json!([{"a": 2}])
    );
    assert_eq!(
        summary(&diagnostics),
        [(Code::DuplicateKey, "/x/0/a", Some((4, 5)))]
    );
}

#[test]
fn aliases_expand() {
    assert_eq!(
        value("{a: &x [1, {b: 2}], c: *x, d: &k e, *k : f}"),
        json!({"a": [1, {"b": 2}], "c": [1, {"b": 2}], "d": "e", "e": "f"})
    );
}

#[test]
fn aliases_cannot_ask_for_more_than_there_is() {
    let mut bomb = "openapi: 3.1.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    let diagnostic = refused("api.yaml", &bomb);
    assert_eq!(diagnostic.code, Code::Syntax);
    assert_eq!(diagnostic.position.unwrap().line, 7);
    assert!(diagnostic.message.contains("too much data"));
}

#[test]
fn aliases_cannot_nest_deeper_than_a_text_may() {
    let nested = |inner: &str| format!("{}{inner}{}", "[".repeat(200), "]".repeat(200));
    let text = format!(
        "openapi: 3.1.0\na: &a {}\nb: &b {}\nc: {}\n",
        nested("1"),
        nested("*a"),
        nested("*b")
    );
    let diagnostic = refused("api.yaml", &text);
    assert_eq!(diagnostic.message, "nested more than 512 levels deep");
    assert_eq!(diagnostic.position.unwrap().line, 4);
}

#[test]
fn an_alias_to_itself_is_an_error() {
    let diagnostic = refused("api.yaml", "openapi: 3.1.0\na: &a [*a]\n");
    assert_eq!(
        diagnostic.message,
        "the alias names a node that contains it"
    );
    assert_eq!(diagnostic.position.unwrap().column, 8);
}

#[test]
fn nesting_is_bounded() {
    let mut text = "openapi: 3.1.0\n".to_owned();
    for level in 0..600 {
        text.push_str(&format!("{}a:\n", " ".repeat(level)));
    }
    let diagnostic = refused("api.yaml", &text);
    assert_eq!(diagnostic.code, Code::Syntax);
    assert_eq!(diagnostic.position.unwrap().line, 514);
    refused("api.yaml", &"- ".repeat(100_000));
}

#[test]
fn syntax_errors_have_line_and_column() {
    for (text, line, column) in [
        ("openapi: 3.1.0\ninfo: [a\n", 3, 1),
        ("openapi: 3.1.0\r\ninfo: \"é\" x\r\n", 2, 11),
        ("openapi: *nothing\n", 1, 10),
        ("openapi: 3.1.0\n b: c\n", 2, 3),
    ] {
        let diagnostic = refused("api.yaml", text);
        let position = diagnostic.position.unwrap();
        assert_eq!(diagnostic.code, Code::Syntax);
        assert_eq!((position.line, position.column), (line, column), "{text}");
    }
}

#[test]
fn block_scalars_and_line_ends_are_read() {
    let text = "\r\n  a: |\r\n    one\r\n    two\r\n  b: >-\r\n    one\r\n    two\r\n";
    assert_eq!(value(text), json!({"a": "one\ntwo\n", "b": "one two"}));
}

#[test]
fn only_the_first_document_of_a_stream_is_read() {
    let (document, diagnostics) = document("---\nopenapi: 3.1.0\n---\nopenapi: 2\n");
    assert_eq!(document.root().value()["openapi"], json!("3.1.0"));
    assert_eq!(summary(&diagnostics), [(Code::Syntax, "", Some((3, 1)))]);
}

#[test]
fn the_text_decides_between_json_and_yaml() {
    let flow = document("\n {openapi: 3.1.0, x: [1, ]}").0;
    assert_eq!(flow.root().get("x").unwrap().value(), &json!([1]));
    // JSON inside a file that is called YAML: a tab is no indentation there.
    let json = document("{\n\t\"openapi\": \"3.1.0\"\n}").0;
    assert_eq!(
        json.root().get("openapi").unwrap().value(),
        &Value::from("3.1.0")
    );
}

#[test]
fn a_brace_that_is_not_indented_enough_is_forgiven() {
    let text = "openapi: 3.1.0\na:\n  b:\n   c: {\n    x: [\n     1\n ]\n  }\n  d: 2\n";
    let (document, diagnostics) = document(text);
    let a = document.root().get("a").unwrap();
    assert_eq!(*a.value(), json!({"b": {"c": {"x": [1]}}, "d": 2}));
    assert_eq!(
        summary(&diagnostics),
        [
            (Code::Syntax, "", Some((7, 2))),
            (Code::Syntax, "", Some((8, 3)))
        ]
    );
    let position = document.locate(&super::origin("/a/d")).unwrap();
    assert_eq!((position.line, position.column), (9, 3));
}
