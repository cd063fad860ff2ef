//! What came of a document, in numbers.

use super::documents::Document;
use super::run::Cost;
use crate::disk::DiskSources;
use serde_json::Value;
use specwright::diag::Diagnostics;
use specwright::load::{Node, load};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A document's line in the table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) document: String,
    /// Facts, as they are written in the table: see [`FACTS`].
    pub(super) facts: Vec<String>,
    /// What generating all three outputs took.
    pub(super) generated: Cost,
    /// What `cargo check` of the Rust took, its dependencies built.
    pub(super) checked: Cost,
}

impl Row {
    /// How many actions its n8n package has.
    pub(super) fn n8n_actions(&self) -> usize {
        let at = FACTS.iter().position(|fact| *fact == "n8n actions");
        let fact = at.and_then(|at| self.facts.get(at));
        fact.and_then(|fact| fact.parse().ok()).unwrap_or_default()
    }
}

/// What the facts are.
pub(super) const FACTS: [&str; 10] = [
    "version",
    "operations, in and out",
    "paged lists",
    "schemas",
    "types",
    "events",
    "lines of Rust",
    "n8n actions",
    "pages",
    "diagnostics",
];

/// The methods of a path item.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The facts of a document that was generated into a folder, with what the generator answered.
/// None where the answer is not what it should be.
pub(super) fn of(document: &Document, answer: &str, out: &Path) -> Option<Vec<String>> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    let api = answer.get("apis")?.get(0)?;
    let number = |key: &str| api.get(key).and_then(Value::as_u64).unwrap_or_default();
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in api.get("diagnostics")?.as_array()? {
        *codes.entry(diagnostic.get("code")?.as_str()?).or_default() += 1;
    }
    let codes: Vec<String> = codes
        .iter()
        .map(|(code, count)| format!("{code} {count}"))
        .collect();
    let input = Input::of(document)?;
    let files = Files::of(out);
    Some(vec![
        input.version.to_owned(),
        format!("{} to {}", input.operations, number("actions")),
        number("paged").to_string(),
        input.schemas.to_string(),
        number("types").to_string(),
        number("events").to_string(),
        files.rust.to_string(),
        files.actions.to_string(),
        files.pages.to_string(),
        codes.join(", "),
    ])
}

/// The most memory that the generator says it had, in MiB. What the system says of a child begins with
/// what its parent had.
pub(super) fn memory(answer: &str) -> Option<u64> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    answer.get("timings")?.get("peak_memory_mib")?.as_u64()
}

/// What a document has, counted without the reader that makes the API of it.
struct Input {
    version: &'static str,
    operations: usize,
    schemas: usize,
}

impl Input {
    fn of(document: &Document) -> Option<Self> {
        let (sources, entry) = DiskSources::beside(&document.path).ok()?;
        let read = load(&entry, &sources, &mut Diagnostics::new())?;
        let root = read.root();
        let paths = root.get("paths");
        let items = paths
            .iter()
            .flat_map(Node::entries)
            .filter(|(path, _)| !path.starts_with("x-"));
        let operations = items.filter_map(|(_, item)| read.follow(&item).ok());
        let schemas = root.get("components").and_then(|it| it.get("schemas"));
        Some(Self {
            version: read.version().as_str(),
            operations: operations
                .map(|item| {
                    METHODS
                        .iter()
                        .filter(|method| item.get(method).is_some())
                        .count()
                })
                .sum(),
            schemas: schemas.map_or(0, |schemas| schemas.entries().count()),
        })
    }
}

/// What was written.
#[derive(Default)]
struct Files {
    rust: usize,
    actions: usize,
    pages: usize,
}

impl Files {
    fn of(out: &Path) -> Self {
        let mut files = Self::default();
        files.folder(&out.join("src"), "");
        files.folder(&out.join("n8n"), "");
        files.folder(&out.join("docs"), "");
        files
    }

    fn folder(&mut self, folder: &Path, inside: &str) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                self.folder(&path, &name);
                continue;
            }
            let text = || fs::read_to_string(&path).unwrap_or_default();
            match path.extension().and_then(|it| it.to_str()) {
                Some("rs") => self.rust += text().lines().count(),
                Some("md") if path.components().any(|part| part.as_os_str() == "docs") => {
                    self.pages += 1;
                }
                Some("json") if inside == "resources" => self.actions += actions(&text()),
                _ => {}
            }
        }
    }
}

/// The operations of a descriptor.
fn actions(text: &str) -> usize {
    let descriptor: Value = serde_json::from_str(text).unwrap_or_default();
    let operations = descriptor.get("operations").and_then(Value::as_array);
    operations.map_or(0, Vec::len)
}
