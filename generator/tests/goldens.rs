//! What is written for small documents, word for word. `compiles.rs` compiles the same documents.

#![allow(clippy::unwrap_used, reason = "only tests use this")]

mod support;

use specwright::Shape;
use std::fmt::Write as _;
use support::{files, fixture};

#[track_caller]
fn check(name: &str) {
    let (plan, lock, diagnostics) = files(name, &fixture(name), Shape::Module);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    let mut text = String::new();
    for diagnostic in &diagnostics {
        writeln!(
            text,
            "{}: {} at {}",
            diagnostic.code.as_str(),
            diagnostic.message,
            diagnostic.origin
        )
        .unwrap();
    }
    for (path, file) in plan.files().filter(|(path, _)| path.starts_with("src/")) {
        writeln!(text, "\n======== {path}\n{file}").unwrap();
    }
    writeln!(text, "======== {name}.lock\n{}", lock.to_text()).unwrap();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn pets() {
    check("pets");
}

#[test]
fn parameters() {
    check("parameters");
}

#[test]
fn obstacles() {
    check("obstacles");
}

#[test]
fn markup() {
    check("markup");
}

#[test]
fn corners() {
    check("corners");
}

#[test]
fn pages() {
    check("pages");
}

#[test]
fn swagger() {
    check("swagger");
}

#[test]
fn shapes() {
    check("shapes");
}

#[test]
fn streams() {
    check("streams");
}

#[test]
fn events() {
    check("events");
}

#[test]
fn security() {
    check("security");
}

#[test]
fn parts() {
    check("parts");
}
