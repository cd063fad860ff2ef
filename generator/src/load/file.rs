//! One file of a document.

use super::build::build;
use super::event::SyntaxError;
use super::json::JsonReader;
use super::locate::Index;
use super::yaml::YamlReader;
use crate::diag::{Diagnostics, Position};
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
        let (format, root) = read(&path, &text, diagnostics)?;
        Ok(Self {
            path,
            text,
            format,
            root,
            index: OnceLock::new(),
        })
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The position of the node at a pointer, or of its nearest ancestor.
    pub(super) fn position(&self, pointer: &str) -> Option<Position> {
        let index = self.index.get_or_init(|| match self.format {
            Format::Json => Index::new(&mut JsonReader::new(&self.text)),
            Format::Yaml => Index::new(&mut YamlReader::new(&self.text)),
        });
        index.position(pointer)
    }
}

fn read(
    path: &Arc<str>,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Result<(Format, Value), SyntaxError> {
    if text.trim_start().starts_with(['{', '[']) {
        // A YAML file may begin with a brace too: `{openapi: 3.1.0}`.
        let mut found = Diagnostics::new();
        match build(path, &mut JsonReader::new(text), &mut found) {
            Ok(value) => {
                found.iter().for_each(|one| diagnostics.push(one.clone()));
                return Ok((Format::Json, value));
            }
            Err(error) if path.ends_with(".json") => return Err(error),
            Err(_) => {}
        }
    }
    let value = build(path, &mut YamlReader::new(text), diagnostics)?;
    Ok((Format::Yaml, value))
}
