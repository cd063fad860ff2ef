//! One file of a document.

use super::advice;
use super::build::build;
use super::event::SyntaxError;
use super::indent;
use super::json::JsonReader;
use super::locate::Index;
use super::moves::Moves;
use super::yaml::YamlReader;
use crate::diag::{Code, Diagnostic, Diagnostics, Position};
use crate::ir::Origin;
use serde_json::Value;
use std::sync::{Arc, OnceLock};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Yaml,
}

/// A file that was read: its text and its value.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: Arc<str>,
    text: String,
    format: Format,
    pub(super) root: Value,
    /// Where the nodes of `root` stand in the text, as far as raising moved them.
    pub(super) moves: Arc<Moves>,
    index: OnceLock<Index>,
}

impl File {
    /// Reads a text, whose beginning tells JSON from YAML.
    pub(super) fn parse(
        path: Arc<str>,
        mut text: String,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, SyntaxError> {
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        let (format, mut root) = match read_json(&path, &text, diagnostics)? {
            Some(root) => (Format::Json, root),
            None => (Format::Yaml, read_yaml(&path, &mut text, diagnostics)?),
        };
        // The keys of a mapping have no order (RFC 8259, section 1): a server that writes its document
        // anew for each request may shuffle them, and that must not change what is generated.
        root.sort_all_objects();
        Ok(Self {
            path,
            text,
            format,
            root,
            moves: Arc::default(),
            index: OnceLock::new(),
        })
    }

    /// The same file with another value.
    pub(super) fn with_root(&self, root: Value) -> Self {
        Self {
            path: Arc::clone(&self.path),
            text: self.text.clone(),
            format: self.format,
            root,
            moves: Arc::clone(&self.moves),
            index: OnceLock::new(),
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The position of what is written at a pointer, or of its nearest ancestor.
    pub(super) fn position(&self, pointer: &str) -> Position {
        let index = self.index.get_or_init(|| match self.format {
            Format::Json => Index::new(&mut JsonReader::new(&self.text)),
            Format::Yaml => Index::new(&mut YamlReader::new(&self.text)),
        });
        index.position(pointer)
    }
}

/// Reads what looks like JSON. None when it may be YAML: that too can begin with a brace, as in
/// `{openapi: 3.1.0}`.
fn read_json(
    path: &Arc<str>,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Value>, SyntaxError> {
    if !text.trim_start().starts_with(['{', '[']) {
        return Ok(None);
    }
    let mut found = Diagnostics::new();
    match build(path, &mut JsonReader::new(text), &mut found) {
        Ok(value) => {
            found.iter().for_each(|one| diagnostics.push(one.clone()));
            Ok(Some(value))
        }
        Err(error) if path.ends_with(".json") => Err(advice::json(text, error)),
        Err(_) => Ok(None),
    }
}

/// Reads YAML, with lines repaired in `text` where that helps.
fn read_yaml(
    path: &Arc<str>,
    text: &mut String,
    diagnostics: &mut Diagnostics,
) -> Result<Value, SyntaxError> {
    for _ in 0..indent::MAX_REPAIRS {
        let error = match build(path, &mut YamlReader::new(text), diagnostics) {
            Err(error) if indent::is_repairable(&error.message) => error,
            done => return done.map_err(|error| advice::yaml(text, error)),
        };
        let Some(repaired) = indent::repair(text, error.position) else {
            return Err(advice::yaml(text, error));
        };
        *text = repaired;
        let message = format!("line {} is not indented enough", error.position.line);
        let origin = Origin::new(Arc::clone(path), "");
        let warning = Diagnostic::warning(Code::Syntax, origin, message)
            .action("it was read as if indented like the line before it")
            .position(error.position);
        diagnostics.push(warning);
    }
    build(path, &mut YamlReader::new(text), diagnostics).map_err(|error| advice::yaml(text, error))
}
