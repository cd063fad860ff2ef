//! Real documents load, or say where they are wrong, and positions found in them are right.
//!
//! They lie beside the repository (`../shared`), not in it; where they are absent the tests say so.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test, outside of the crate's own test modules"
)]

use specwright::diag::{Diagnostics, Severity};
use specwright::load::{Document, Node, SourceError, Sources, Version, load};
use std::path::{Path, PathBuf};

/// A folder on disk, as the command line has it.
struct Folder(PathBuf);

impl Sources for Folder {
    fn read(&self, path: &str) -> Result<String, SourceError> {
        std::fs::read_to_string(self.0.join(path)).map_err(|e| SourceError::new(e.to_string()))
    }
}

fn corpus(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs");
    let mut found = Vec::new();
    collect(&root.join(folder), &mut found);
    if found.is_empty() {
        println!("skipped: there are no documents at {}", root.display());
    }
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, found);
        } else if path
            .extension()
            .is_some_and(|e| e == "json" || e == "yaml" || e == "yml")
        {
            found.push(path);
        }
    }
}

fn load_file(path: &Path, diagnostics: &mut Diagnostics) -> Option<Document> {
    let folder = Folder(path.parent().unwrap().to_owned());
    let name = path.file_name().unwrap().to_str().unwrap();
    load(name, &folder, diagnostics)
}

#[test]
fn every_document_loads_or_says_where_it_is_wrong() {
    for folder in ["open", "micro"] {
        for path in corpus(folder) {
            let mut diagnostics = Diagnostics::new();
            let document = load_file(&path, &mut diagnostics);
            if document.is_none() {
                let located = diagnostics
                    .iter()
                    .any(|d| d.severity == Severity::Error && d.position.is_some());
                assert!(located, "{}: {diagnostics:?}", path.display());
            }
        }
    }
}

#[test]
fn every_reference_between_schemas_resolves() {
    let folder = corpus("open");
    for path in &folder {
        let mut diagnostics = Diagnostics::new();
        let Some(document) = load_file(path, &mut diagnostics) else {
            continue;
        };
        let Some(schemas) = document
            .root()
            .get("components")
            .and_then(|c| c.get("schemas"))
        else {
            continue;
        };
        for (_, schema) in schemas.entries() {
            for (_, property) in schema.get("properties").iter().flat_map(Node::entries) {
                if property.get("$ref").is_some() {
                    check_reference(&document, &property);
                }
            }
        }
    }
}

fn check_reference(document: &Document, node: &Node<'_>) {
    if let Err(error) = document.follow(node) {
        // One document refers to a file that is not in the corpus.
        let absent = error.message.contains("No such file");
        assert!(absent, "{}: {error}", node.origin());
    }
}

#[test]
fn a_position_is_on_the_line_of_its_key() {
    for path in corpus("open").iter().chain(&corpus("micro")) {
        let Some(document) = load_file(path, &mut Diagnostics::new()) else {
            continue;
        };
        let mut keys = Vec::new();
        let mut root = document.root();
        if document.version() == Version::V2_0 {
            // The rest has other keys than its text; `load`'s own tests look at those.
            let components = root.get("components");
            let Some(schemas) = components.and_then(|it| it.get("schemas")) else {
                continue;
            };
            root = schemas;
        }
        collect_keys(&root, &mut keys);
        keys.retain(|key| key.key() != Some("propertyName"));
        assert!(!keys.is_empty(), "{}", path.display());
        for node in keys.iter().step_by(keys.len() / 20 + 1) {
            check_position(&document, node);
        }
    }
}

/// All nodes that have a key which is written the same with and without escapes.
fn collect_keys<'d>(node: &Node<'d>, keys: &mut Vec<Node<'d>>) {
    let entries = node.entries().map(|(_, child)| child);
    for child in entries.chain(node.items()) {
        collect_keys(&child, keys);
        if child.key().is_some_and(is_plain) {
            keys.push(child);
        }
    }
}

fn check_position(document: &Document, node: &Node<'_>) {
    let origin = node.origin();
    let key = node.key().unwrap();
    let position = document.locate(&origin).unwrap();
    let line = document.line(&origin.file, position.line).unwrap();
    let rest: String = line.chars().skip(position.column - 1).take(200).collect();
    let rest = rest.trim_start_matches(['"', '\'']);
    // What an alias brings in has no text of its own, and a raised `examples` is written `example`.
    let elsewhere = document.text(&origin.file).unwrap().contains(": *")
        || (key == "examples" && rest.starts_with("example"));
    assert!(rest.starts_with(key) || elsewhere, "{origin}: {rest:?}");
}

/// Whether a key is written the same with and without escapes.
fn is_plain(key: &str) -> bool {
    key.bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-_. {}/".contains(&b))
}
