//! The shell of a document: what each rule makes of a few lines.

mod encoded;
mod operations;
mod responses;
mod shell;

use super::normalise;
use crate::diag::{Code, Diagnostics};
use crate::ir::Api;
use crate::load::{MemorySources, load};

/// Reads a document in YAML; `openapi` and `info` are put before it where it has none.
fn read(text: &str) -> (Api, Diagnostics) {
    let head = if text.contains("info:") {
        ""
    } else {
        "info: {title: t, version: '1'}\n"
    };
    let sources = MemorySources::new("t.yaml", format!("openapi: 3.1.0\n{head}{text}"));
    let mut diagnostics = Diagnostics::new();
    let document = load("t.yaml", &sources, &mut diagnostics)
        .unwrap_or_else(|| panic!("{text}: {:?}", diagnostics.iter().collect::<Vec<_>>()));
    let api = normalise(&document, "t", &mut diagnostics);
    (api, diagnostics)
}

/// Reads a document about which nothing is to be said.
fn read_clean(text: &str) -> Api {
    let (api, diagnostics) = read(text);
    assert!(
        diagnostics.is_empty(),
        "{:?}",
        diagnostics.iter().collect::<Vec<_>>()
    );
    api
}

/// Code and pointer of everything that was said.
fn said(diagnostics: &Diagnostics) -> Vec<(Code, &str)> {
    diagnostics
        .iter()
        .map(|it| (it.code, it.origin.pointer.as_str()))
        .collect()
}

/// The pointers of what was lost.
fn lost(api: &Api) -> Vec<&str> {
    api.losses
        .iter()
        .map(|loss| loss.origin.pointer.as_str())
        .collect()
}
