use super::{refused, summary};
use crate::diag::{Code, Diagnostics, Severity};
use crate::load::{MemorySources, load};
use serde_json::{Value, json};

/// The value of `x` in a JSON document, and what was said.
fn read(x: &str) -> (Value, Diagnostics) {
    let text = format!("{{\"openapi\": \"3.1.0\",\n\"x\": {x}}}");
    let mut diagnostics = Diagnostics::new();
    let sources = MemorySources::new("api.json", text);
    let document = load("api.json", &sources, &mut diagnostics).unwrap();
    let value = document.root().get("x").unwrap().value().clone();
    (value, diagnostics)
}

#[test]
fn values_are_what_serde_json_reads() {
    for text in [
        r#"[1, -1, 0, 1.5, -0.25e-3, 1E3, 18446744073709551615, -9223372036854775808]"#,
        r#"{"": null, "a": {}, "b": [], "c": [{"d": [[]]}]}"#,
        r#"["\"\\\/\b\f\n\r\tA\u00e9\ud83d\ude00é😀", "", true, false, null]"#,
        "[ 1 ,\r\n\t2 ]",
    ] {
        let expected: Value = serde_json::from_str(text).unwrap();
        assert_eq!(read(text).0.to_string(), expected.to_string(), "{text}");
    }
}

#[test]
fn mappings_are_sorted_by_key_and_arrays_are_not() {
    let (value, _) = read(r#"{"z": {"b": [2, 1], "a": [{"d": 1, "c": 2}]}, "a": 2, "m": 3}"#);
    assert_eq!(
        value.to_string(),
        r#"{"a":2,"m":3,"z":{"a":[{"c":2,"d":1}],"b":[2,1]}}"#
    );
}

#[test]
fn one_odd_value_does_not_cost_the_document() {
    let (value, diagnostics) = read(r#"[1e999, 36893488147419103232, "\ud800-\udc00"]"#);
    assert_eq!(
        value,
        json!(["1e999", 36893488147419103232.0, "\u{fffd}-\u{fffd}"])
    );
    let place = |column| Some((2, column));
    assert_eq!(
        summary(&diagnostics),
        [
            (Code::BadValue, "/x/0", place(7)),
            (Code::BadValue, "/x/1", place(14))
        ]
    );
}

#[test]
fn of_a_key_that_stands_twice_the_last_counts() {
    let (value, diagnostics) = read(r#"{"a": 1, "b": {"c/d": 1, "c/d": 2}, "a": 3}"#);
    assert_eq!(value, json!({"a": 3, "b": {"c/d": 2}}));
    assert_eq!(
        summary(&diagnostics),
        [
            (Code::DuplicateKey, "/x/b/c~1d", Some((2, 31))),
            (Code::DuplicateKey, "/x/a", Some((2, 42)))
        ]
    );
}

#[test]
fn warnings_of_one_file_are_bounded() {
    let entries: String = (0..2000)
        .map(|i| format!("\"{i}\": 1, \"{i}\": 2, "))
        .collect();
    let (_, diagnostics) = read(&format!("{{{entries} \"a\": 1}}"));
    assert_eq!(diagnostics.count(Severity::Warning), 501);
}

#[test]
fn syntax_errors_have_line_and_column() {
    for (text, line, column, message) in [
        ("{\n  \"é\": tru\n}", 2, 8, "`tru` is not a JSON value"),
        (
            "{\"a\": 1,\r\n}",
            2,
            1,
            "expected a key in double quotes, found `}`",
        ),
        ("{\"a\": [1,]}", 1, 10, "expected a value, found `]`"),
        (
            "{\"a\": 1 \"b\": 2}",
            1,
            9,
            "expected `,` or `}`, found `\"`",
        ),
        ("{\"a\" 1}", 1, 6, "expected `:`, found `1`"),
        (
            "{\"a\": [1",
            1,
            9,
            "expected `,` or `]`, but the text ends here",
        ),
        ("{\"a\": 01}", 1, 7, "`01` is not a JSON value"),
        (
            "{\"a\": \"b}",
            1,
            7,
            "the string that begins here is not closed",
        ),
        (
            "{\"a\": \"b\n\"}",
            1,
            9,
            "a control character in a string must be escaped",
        ),
        (
            "{\"a\": \"é\\x\"}",
            1,
            9,
            "this is not an escape that JSON knows",
        ),
        ("{} {}", 1, 4, "expected the end of the text, found `{`"),
    ] {
        let diagnostic = refused("api.json", text);
        let position = diagnostic.position.unwrap();
        assert_eq!(diagnostic.code, Code::Syntax);
        assert_eq!((position.line, position.column), (line, column), "{text}");
        assert_eq!(diagnostic.message, message);
    }
}

#[test]
fn nesting_is_bounded() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    // The document's own mapping is one level.
    assert!(read(&nested(511)).0.is_array());
    let text = format!("{{\"openapi\": \"3.1.0\", \"x\": {}}}", nested(512));
    let diagnostic = refused("api.json", &text);
    assert_eq!(diagnostic.message, "nested more than 512 levels deep");
    assert_eq!(diagnostic.position.unwrap().column, 538);
    refused("api.json", &"[".repeat(1_000_000));
}

#[test]
fn a_byte_order_mark_counts_for_nothing() {
    let diagnostic = refused("api.json", "\u{feff}{x");
    assert_eq!(diagnostic.position.unwrap().column, 2);
}
