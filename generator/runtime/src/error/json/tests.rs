use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::*;
use crate::{Secret, Value};

#[derive(Debug)]
struct Person {
    _id: i64,
    _name: Option<String>,
    _friends: Option<Vec<Person>>,
    _scores: Option<BTreeMap<String, i64>>,
    _pets: Option<Vec<Pet>>,
    _pin: Option<Secret<i64>>,
}
crate::object! {
    Person;
    required _id = "id";
    optional _name = "name";
    optional _friends = "friends";
    optional _scores = "scores";
    optional _pets = "pets";
    optional _pin = "pin";
}

#[derive(Debug)]
enum Pet {
    Cat(Cat),
    Unknown(Value),
}
crate::tagged_union! { Pet by "kind"; Cat = "cat"; }

#[derive(Debug)]
struct Cat {
    _lives: i64,
}
crate::object! { Cat; required _lives = "lives"; }

fn problem<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> Problem {
    explain(
        text.as_bytes(),
        &serde_json::from_str::<T>(text).unwrap_err(),
    )
}

fn found<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> Found {
    match problem::<T>(text) {
        Problem::Data(found) => found,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn check<T: DeserializeOwned + std::fmt::Debug>(text: &str, path: &str, message: &str) {
    let found = found::<T>(text);
    assert_eq!(
        (found.path.as_str(), found.message.as_str()),
        (path, message),
        "{text}"
    );
}

#[test]
fn a_value_that_does_not_fit_is_named_with_its_index() {
    check::<Person>(r#"{"id":"x"}"#, "id", "expected an integer, found \"x\"");
    check::<Vec<Person>>(
        r#"[{"id":1},{"id":2,"friends":[{"id":3},{"id":4,"name":7}]}]"#,
        "[1].friends[1].name",
        "expected a string, found 7",
    );
    check::<Person>(
        r#"{"id":1,"friends": {"id":2} }"#,
        "friends",
        "expected an array, found an object",
    );
    check::<Person>(
        r#"{"id":1,"friends": [ 7 , 8 ] }"#,
        "friends[0]",
        "expected an object, found 7",
    );
    check::<Person>(
        r#"{"id":1,"friends":[null]}"#,
        "friends[0]",
        "expected an object, found null",
    );
    check::<Person>("[]", "", "expected an object, found an array");
}

#[test]
fn a_field_that_is_missing_is_named_with_its_path() {
    check::<Person>(
        r#"{"id":1,"friends":[{"id":2},{"name":"x"} ]}"#,
        "friends[1].id",
        "missing",
    );
    check::<Person>("{}", "id", "missing");
}

#[test]
fn maps_and_unions_have_their_own_steps() {
    check::<Person>(
        r#"{"id":1,"scores":{"a":1,"b c":"x"}}"#,
        "scores[\"b c\"]",
        "expected an integer, found \"x\"",
    );
    check::<Person>(
        r#"{"id":1,"pets":[{"kind":"dog"},{"kind":"cat","lives":"nine"}, 7]}"#,
        "pets[1].lives",
        "expected an integer, found \"nine\"",
    );
    check::<Person>(
        r#"{"id":1,"pets":[{"kind":"cat"} , 7]}"#,
        "pets[0].lives",
        "missing",
    );
}

#[test]
fn the_position_and_what_stands_around_are_told() {
    let text = "{\n  \"name\": \"hunter2\",\n  \"id\": true\n}";
    let found = found::<Person>(text);
    assert_eq!((found.line, found.column), (3, 12));
    assert_eq!(found.excerpt.as_deref(), Some(r#"{"name": …, "id": true}"#));
}

#[test]
fn a_secret_is_not_shown_by_its_own_error() {
    let found = found::<Person>(r#"{"id":1,"pin":"4711"}"#);
    assert_eq!(found.path, "pin");
    assert!(!format!("{found:?}").contains("4711"), "{found:?}");
}

#[test]
fn a_body_that_ends_too_early_says_in_which_value() {
    let cut = |text: &str| match problem::<Vec<Person>>(text) {
        Problem::Cut { path } => path,
        other => panic!("{other:?}"),
    };
    assert_eq!(cut(r#"[{"id":1},{"id":2,"name":"An"#), "[1].name");
    assert_eq!(cut(r#"[{"id":1},{"id":"#), "[1].id");
    assert_eq!(cut("["), "");
    // That it is cut is worse than what came before.
    assert_eq!(cut(r#"[{"id":"x"},{"id":2,"name":"An"#), "[1].name");
}

#[test]
fn what_is_no_json_says_where_and_shows_the_byte() {
    let Problem::Syntax(found) = problem::<Person>("{\n \"id\": 1,\n \"name\" \"Ann\"}") else {
        panic!();
    };
    assert_eq!((found.line, found.column), (3, 9));
    assert_eq!(found.message, "expected `:`, found `\"`");
    let Problem::Syntax(found) = problem::<Person>(r#"{"id":1} x"#) else {
        panic!();
    };
    assert_eq!(found.message, "trailing characters, found `x`");
    assert!(found.excerpt.is_none(), "it could have a secret in it");
}

#[test]
fn what_is_nested_too_deeply_says_so() {
    for depth in [200, 100_000] {
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let Problem::Deep(found) = problem::<Value>(&text) else {
            panic!();
        };
        assert_eq!(found.message, "nested deeper than 128 levels");
        assert!(found.path.starts_with("[0][0]"), "{}", found.path);
        assert!(
            found.path.contains('…') && found.path.len() < 100,
            "{}",
            found.path
        );
    }
}

#[test]
fn a_key_cannot_break_the_line() {
    let text = r#"{"id":1,"scores":{"a\nb":"x"}}"#;
    assert!(!found::<Person>(text).path.contains('\n'));
}
