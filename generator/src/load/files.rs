//! The files of a document while they are being read.

use super::event::SyntaxError;
use super::file::File;
use super::sources::Sources;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::Origin;
use indexmap::IndexMap;
use std::collections::HashMap;
use std::sync::Arc;

/// The files while they are being read.
pub(super) struct Files<'a> {
    pub(super) sources: &'a dyn Sources,
    pub(super) entry: File,
    pub(super) others: IndexMap<Arc<str>, Box<File>>,
    pub(super) unread: HashMap<Arc<str>, String>,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Files<'_> {
    /// Makes sure that a file is read; gives its path if it could be.
    pub(super) fn read(&mut self, path: &str) -> Option<Arc<str>> {
        if *self.entry.path == *path {
            return Some(Arc::clone(&self.entry.path));
        }
        if let Some((path, _)) = self.others.get_key_value(path) {
            return Some(Arc::clone(path));
        }
        if self.unread.contains_key(path) {
            return None;
        }
        let path: Arc<str> = Arc::from(path);
        let text = match self.sources.read(&path) {
            Ok(text) => text,
            Err(error) => {
                self.unread.insert(path, error.message);
                return None;
            }
        };
        match File::parse(Arc::clone(&path), text, self.diagnostics) {
            Ok(file) => {
                self.others.insert(Arc::clone(&path), Box::new(file));
                Some(path)
            }
            Err(error) => {
                let origin = Origin::new(Arc::clone(&path), "");
                let diagnostic = syntax(Diagnostic::warning, origin, error);
                self.diagnostics
                    .push(diagnostic.action("the file was left out"));
                self.unread
                    .insert(path, "it is not JSON or YAML".to_owned());
                None
            }
        }
    }

    /// A file that was read.
    pub(super) fn get(&self, path: &str) -> Option<&File> {
        if *self.entry.path == *path {
            return Some(&self.entry);
        }
        self.others.get(path).map(Box::as_ref)
    }

    /// A file that was read, to be changed.
    pub(super) fn get_mut(&mut self, path: &str) -> Option<&mut File> {
        if *self.entry.path == *path {
            return Some(&mut self.entry);
        }
        self.others.get_mut(path).map(Box::as_mut)
    }
}

/// Says that a text cannot be read.
pub(super) fn syntax(
    severity: impl FnOnce(Code, Origin, String) -> Diagnostic,
    origin: Origin,
    error: SyntaxError,
) -> Diagnostic {
    let diagnostic = severity(Code::Syntax, origin, error.message).position(error.position);
    match error.hint {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    }
}
