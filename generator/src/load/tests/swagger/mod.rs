//! Swagger 2.0 raised: what becomes of it, and that everything is named as it is written.

mod bodies;
mod files;
mod newer;
mod places;
mod shared;
mod values;

use super::{document, summary, with_files};
use crate::diag::{Code, Diagnostics};
use crate::load::{Document, Node};
use serde_json::Value;

/// A document of 2.0 with this text behind its version.
fn swagger(yaml: &str) -> (Document, Diagnostics) {
    document(&format!("swagger: '2.0'\n{yaml}"))
}

/// The value at a place of the raised document.
#[track_caller]
fn at(document: &Document, keys: &[&str]) -> Value {
    node(document, keys).value().clone()
}

/// The node at a place of the raised document.
#[track_caller]
fn node<'d>(document: &'d Document, keys: &[&str]) -> Node<'d> {
    let step = |node: Node<'d>, key: &&str| match node.value() {
        Value::Array(_) => node.index(key.parse().unwrap()),
        _ => node.get(key),
    };
    let found = keys.iter().try_fold(document.root(), step);
    found.unwrap_or_else(|| panic!("{keys:?} in {}", document.root().value()))
}

/// The pointer by which a node of the raised document is named.
#[track_caller]
fn written(document: &Document, keys: &[&str]) -> String {
    node(document, keys).origin().pointer
}

/// Code and pointer of each diagnostic.
fn said(diagnostics: &Diagnostics) -> Vec<(Code, &str)> {
    let places = summary(diagnostics).into_iter();
    places.map(|(code, pointer, _)| (code, pointer)).collect()
}
