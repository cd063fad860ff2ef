//! The same input gives the same bytes, whatever the order of what has no order.

mod support;

use serde_json::Value;
use specwright::Shape;
use support::{corpus, files, fixture};

/// The document with the keys of every mapping reversed whose order says nothing.
fn shuffled(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.into_iter()
                .rev()
                .map(|(key, value)| (key, shuffled(value)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(shuffled).collect()),
        scalar => scalar,
    }
}

#[track_caller]
fn check_twice(name: &str, text: &str) {
    let (first, first_lock, _) = files(name, text, Shape::Standalone);
    let (second, second_lock, _) = files(name, text, Shape::Standalone);
    assert!(first == second, "{name}: two runs differ");
    assert_eq!(first_lock.to_text(), second_lock.to_text());
}

#[test]
fn two_runs_are_equal() {
    for name in ["pets", "parameters", "obstacles"] {
        check_twice(name, &fixture(name));
    }
    if let Some(path) = corpus("specs/twenty.json") {
        check_twice("twenty", &std::fs::read_to_string(path).unwrap());
    }
}

/// Order is the document's: it decides where things stand, never what they are called.
#[test]
fn the_order_of_keys_decides_no_name() {
    for name in ["pets", "parameters"] {
        let text = fixture(name);
        let document: Value = serde_yaml::from_str(&text).unwrap();
        let reversed = serde_json::to_string(&shuffled(document)).unwrap();
        let (_, straight, _) = files(name, &text, Shape::Module);
        let (_, turned, _) = files(name, &reversed, Shape::Module);
        assert_eq!(straight.to_text(), turned.to_text(), "{name}");
    }
}
