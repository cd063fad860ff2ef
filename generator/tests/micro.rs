//! Every small document of the corpus generates, or is refused with a message at its place.
//!
//! `micro/expected.tsv` says which, document by document: what is wrong with a document in a few words, and
//! the code and the pointer that must name it. Every line with a code that says that a document is wrong
//! has a fault; of a document that is refused, what refuses it comes first, and then what else is wrong.
//! Where many messages are of one kind, the fault is said once, at the first of them. Codes that only
//! say what cannot be generated ([`LIMITS`]) need no fault. A document that is not listed fails, and so
//! does one that is listed and gone.
//!
//! `SPECWRIGHT_BLESS=1` writes the codes anew, adds what is not listed, and leaves the review alone.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "only tests use this"
)]

mod support;

use specwright::config::{ApiConfig, Output};
use specwright::diag::{Code, Diagnostic, Diagnostics, Severity};
use specwright::load::{SourceError, Sources};
use specwright::names::Lock;
use specwright::{Rendering, Shape, compile, render};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is said of documents that are right, too.
const LIMITS: [Code; 5] = [
    Code::Ambiguous,
    Code::AmbiguousUnion,
    Code::NameCollision,
    Code::NotGenerated,
    Code::UnsupportedSchema,
];

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    /// `generates`, `refused`, or `part`: no document, but a part of one.
    outcome: String,
    /// `missing 1, wrong-type 2`.
    codes: String,
    /// `missing /info; wrong-type /paths`: what must name the fault.
    named: String,
    /// What is wrong, in a few words; nothing where nothing is.
    fault: String,
}

struct Folder(PathBuf);

impl Sources for Folder {
    fn read(&self, path: &str) -> Result<String, SourceError> {
        let bytes = std::fs::read(self.0.join(path));
        let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        text.map_err(|error| SourceError::new(error.to_string()))
    }
}

fn list() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/micro/expected.tsv")
}

fn read_list() -> BTreeMap<String, Line> {
    let text = std::fs::read_to_string(list()).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut cells = line.split('\t').map(str::to_owned);
            let mut next = || cells.next().unwrap_or_default();
            let document = next();
            let line = Line {
                outcome: next(),
                codes: next(),
                named: next(),
                fault: next(),
            };
            (document, line)
        })
        .collect()
}

fn write_list(lines: &BTreeMap<String, Line>) {
    let mut text = "# document\toutcome\tcodes\twhat names the fault\tthe fault\n".to_owned();
    for (document, line) in lines {
        let Line {
            outcome,
            codes,
            named,
            fault,
        } = line;
        let row = format!("{document}\t{outcome}\t{codes}\t{named}\t{fault}");
        text.push_str(row.trim_end());
        text.push('\n');
    }
    std::fs::write(list(), text).unwrap();
}

/// The files below a folder, relative to it.
fn files(folder: &Path, inside: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder.join(inside)).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = match inside {
            "" => name,
            inside => format!("{inside}/{name}"),
        };
        if entry.file_type().unwrap().is_dir() {
            files(folder, &path, found);
        } else {
            found.push(path);
        }
    }
}

/// Compiles a document and renders all outputs; what came of it, and all that was said.
fn outcome(root: &Path, path: &str) -> (&'static str, Diagnostics) {
    let (folder, file) = path.rsplit_once('/').unwrap();
    let config = ApiConfig::for_name("api");
    let sources = Folder(root.join(folder));
    let compiled = compile(file, &sources, &config, &mut |_| {});
    let mut diagnostics = compiled.diagnostics;
    if diagnostics.has_errors() {
        let is_part = diagnostics
            .iter()
            .any(|it| it.code == Code::Version && it.message.contains("not an OpenAPI document"));
        let outcome = if is_part { "part" } else { "refused" };
        return (outcome, diagnostics);
    }
    let api = compiled.api.unwrap();
    let rendering = Rendering {
        api: &api,
        config: &config,
        outputs: &[Output::Rust, Output::N8n, Output::Docs],
        shape: Shape::Standalone,
        cases: None,
    };
    let rendered = render(rendering, &mut Lock::new(), &mut |_| {});
    for diagnostic in &rendered.diagnostics {
        diagnostics.push(diagnostic.clone());
    }
    let is_written = rendered.plan.files().next().is_some() && !diagnostics.has_errors();
    (
        if is_written { "generates" } else { "refused" },
        diagnostics,
    )
}

fn codes(diagnostics: &Diagnostics) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(diagnostic.code.as_str()).or_default() += 1;
    }
    let counts: Vec<String> = counts
        .iter()
        .map(|(code, count)| format!("{code} {count}"))
        .collect();
    counts.join(", ")
}

#[test]
fn every_small_document_is_as_it_was_reviewed() {
    let Some(root) = support::corpus("specs/micro") else {
        return;
    };
    let bless = std::env::var_os("SPECWRIGHT_BLESS").is_some();
    let mut list = read_list();
    let mut wrong = Vec::new();
    let mut paths = Vec::new();
    files(&root, "", &mut paths);
    paths.sort();
    for path in &paths {
        let (outcome, diagnostics) = outcome(&root, path);
        let codes = codes(&diagnostics);
        // A message without a place helps nobody, but for what is said of a whole output.
        let errors = diagnostics
            .iter()
            .filter(|it| it.severity == Severity::Error);
        wrong.extend(
            errors
                .filter(|it| it.origin.file.is_empty())
                .map(|it| format!("{path}: {} has no place", it.message)),
        );
        if diagnostics.iter().any(|it| it.code == Code::Internal) {
            wrong.push(format!("{path}: a fault of ours"));
        }
        let Some(line) = list
            .get_mut(path)
            .filter(|line| !bless || !line.fault.is_empty() || line.outcome == outcome)
        else {
            let line = Line {
                outcome: outcome.to_owned(),
                codes,
                named: String::new(),
                fault: String::new(),
            };
            match bless {
                true => drop(list.insert(path.clone(), line)),
                false => wrong.push(format!("{path} is not listed: {line:?}")),
            }
            continue;
        };
        if bless {
            line.codes.clone_from(&codes);
        }
        if (line.outcome.as_str(), &line.codes) != (outcome, &codes) {
            let was = format!("{}: {}", line.outcome, line.codes);
            wrong.push(format!("{path}: {was} became {outcome}: {codes}"));
        }
        for named in line.named.split("; ").filter(|named| !named.is_empty()) {
            let is_there = diagnostics.iter().any(|it| {
                let pointer = &it.origin.pointer;
                named == format!("{} {pointer}", it.code.as_str()).trim_end()
            });
            if !is_there {
                wrong.push(format!("{path}: nothing says {named}"));
            }
        }
        if !line.fault.is_empty() && line.named.is_empty() {
            wrong.push(format!("{path}: nothing is listed that names its fault"));
        }
        let is_fault = |it: &Diagnostic| !LIMITS.contains(&it.code);
        if outcome != "part" && line.fault.is_empty() && diagnostics.iter().any(is_fault) {
            wrong.push(format!("{path}: its fault is not listed"));
        }
        let first = line.named.split("; ").next().unwrap_or_default();
        let refuses = |it: &Diagnostic| {
            let named = format!("{} {}", it.code.as_str(), it.origin.pointer);
            it.severity == Severity::Error && named.trim_end() == first
        };
        if outcome == "refused" && !diagnostics.iter().any(refuses) {
            wrong.push(format!("{path}: what is listed first does not refuse it"));
        }
    }
    let gone = list.keys().filter(|path| !paths.contains(*path));
    wrong.extend(gone.map(|path| format!("{path} is listed and not there")));
    if bless {
        write_list(&list);
    }
    assert!(
        wrong.is_empty(),
        "{} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
