//! What the other modules promise together: text in, document and diagnostics out.

mod json;
mod locating;
mod nodes;
mod overlays;
mod raising;
mod references;
mod swagger;
mod versions;
mod yaml;

use super::{Document, MemorySources, Sources, load};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::Origin;
use serde_json::Value;

/// A document that loads, from an entry `api.yaml`.
fn document(text: &str) -> (Document, Diagnostics) {
    with_files(&MemorySources::new("api.yaml", text))
}

/// A document that loads, from an entry `api.yaml` and other files.
fn with_files(sources: &dyn Sources) -> (Document, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let document = load("api.yaml", sources, &mut diagnostics);
    assert!(document.is_some(), "{diagnostics:?}");
    (document.unwrap(), diagnostics)
}

/// What is said of a text that does not load.
fn refused(file: &str, text: &str) -> Diagnostic {
    let mut diagnostics = Diagnostics::new();
    let document = load(file, &MemorySources::new(file, text), &mut diagnostics);
    assert!(document.is_none());
    diagnostics.iter().last().unwrap().clone()
}

/// The value below `x-a` of a document with this text behind its version.
fn value(yaml: &str) -> Value {
    let (document, _) = document(&format!("openapi: 3.1.0\nx-a: {yaml}"));
    document.root().get("x-a").unwrap().value().clone()
}

fn origin(pointer: &str) -> Origin {
    Origin::new("api.yaml", pointer)
}

/// Code, pointer, line and column.
type Place<'a> = (Code, &'a str, Option<(usize, usize)>);

/// Where each diagnostic is.
fn summary(diagnostics: &Diagnostics) -> Vec<Place<'_>> {
    let place = |d: &Diagnostic| d.position.map(|p| (p.line, p.column));
    diagnostics
        .iter()
        .map(|d| (d.code, d.origin.pointer.as_str(), place(d)))
        .collect()
}
