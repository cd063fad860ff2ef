//! The same input gives the same bytes, whatever the order of what has no order.

#![allow(clippy::unwrap_used, reason = "only tests use this")]

mod support;

use serde_json::Value;
use specwright::Shape;
use support::{corpus, files, fixture, reversed};

#[track_caller]
fn check_twice(name: &str, text: &str) {
    let (first, first_lock, _) = files(name, text, Shape::Standalone);
    let (second, second_lock, _) = files(name, text, Shape::Standalone);
    assert!(first == second, "{name}: two runs differ");
    assert_eq!(first_lock.to_text(), second_lock.to_text());
}

#[test]
fn two_runs_are_equal() {
    for name in ["pets", "parameters", "obstacles", "corners", "swagger"] {
        check_twice(name, &fixture(name));
    }
    if let Some(path) = corpus("specs/twenty.json") {
        check_twice("twenty", &std::fs::read_to_string(path).unwrap());
    }
}

/// A server may write its document anew for each request, in whatever order its maps have.
#[test]
fn the_order_of_keys_decides_nothing() {
    let mut documents: Vec<(&str, Value)> =
        ["pets", "parameters", "obstacles", "corners", "swagger"]
            .into_iter()
            .map(|name| (name, serde_yaml::from_str(&fixture(name)).unwrap()))
            .collect();
    if let Some(path) = corpus("specs/twenty.json") {
        documents.push((
            "twenty",
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap(),
        ));
    }
    for (name, document) in documents {
        let straight = serde_json::to_string(&document).unwrap();
        let turned = serde_json::to_string(&reversed(document)).unwrap();
        assert_ne!(straight, turned, "{name}: nothing was shuffled");
        let (plan, lock, _) = files(name, &straight, Shape::Module);
        let (other, other_lock, _) = files(name, &turned, Shape::Module);
        for (path, text) in plan.files() {
            assert_eq!(Some(text), other.get(path), "{name}: {path}");
        }
        assert!(plan == other, "{name}: other files");
        assert_eq!(lock.to_text(), other_lock.to_text(), "{name}");
    }
}
