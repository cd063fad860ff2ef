//! Fixtures and crates made from them.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "only tests use this"
)]

use serde_json::Value;
use specwright::cases::{Table, table};
use specwright::config::{ApiConfig, Output};
use specwright::diag::Diagnostics;
use specwright::ir::Api;
use specwright::load::MemorySources;
use specwright::names::Lock;
use specwright::plan::WritePlan;
use specwright::{Rendering, Shape, compile, render};
use std::path::{Path, PathBuf};

/// The folder of the fixtures.
pub(crate) fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(format!("{name}.yaml"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file of the optional corpus; `None`, said aloud, where it is not there.
pub(crate) fn corpus(path: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared")
        .join(path);
    if file.exists() {
        return Some(file);
    }
    println!("skipped: ../shared/{path} is not here");
    None
}

/// An API from a document's text.
pub(crate) fn api(name: &str, text: &str) -> (Api, ApiConfig, Diagnostics) {
    let (api, _, config, diagnostics) = read(name, text);
    (api, config, diagnostics)
}

fn read(name: &str, text: &str) -> (Api, Table, ApiConfig, Diagnostics) {
    let config = ApiConfig::for_name(name);
    let compiled = compile(
        "api.yaml",
        &MemorySources::new("api.yaml", text),
        &config,
        &mut |_| {},
    );
    let api = compiled
        .api
        .unwrap_or_else(|| panic!("{name}: {:#?}", compiled.diagnostics));
    let cases = compiled.document.as_ref().map(table).unwrap_or_default();
    (api, cases, config, compiled.diagnostics)
}

/// The files of one API, and the lock they were named with.
pub(crate) fn files(name: &str, text: &str, shape: Shape) -> (WritePlan, Lock, Diagnostics) {
    let (api, cases, config, mut diagnostics) = read(name, text);
    let mut lock = Lock::new();
    let rendering = Rendering {
        api: &api,
        config: &config,
        outputs: &[Output::Rust],
        shape,
        cases: Some(&cases),
    };
    let rendered = render(rendering, &mut lock, &mut |_| {});
    for diagnostic in &rendered.diagnostics {
        diagnostics.push(diagnostic.clone());
    }
    (rendered.plan, lock, diagnostics)
}

/// The document with the keys of every mapping reversed.
pub(crate) fn reversed(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.into_iter()
                .rev()
                .map(|(key, value)| (key, reversed(value)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(reversed).collect()),
        scalar => scalar,
    }
}
