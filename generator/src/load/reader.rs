//! The entry and all its files into a document.

use super::document::Document;
use super::event::SyntaxError;
use super::file::File;
use super::pointer;
use super::reference::{self, Parts};
use super::sources::Sources;
use super::structure::Kind;
use super::version::{self, Version};
use super::walk::{Path, Target, Uses, Walk};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::Origin;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// Reads a document: the entry, and every file below the folder of `sources` that its references
/// lead to.
///
/// `entry` is the entry's path in `sources`. References that cannot be followed are not reported
/// here but by who resolves them, since nothing is lost as long as nobody asks.
///
/// None when there is nothing to work on: the entry cannot be read, is not JSON or YAML, or is not of
/// a version that is read. Then `diagnostics` has an error, with its position where there is one.
pub fn load(entry: &str, sources: &dyn Sources, diagnostics: &mut Diagnostics) -> Option<Document> {
    let path: Arc<str> = Arc::from(entry);
    let text = match sources.read(entry) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("the file cannot be read: {error}");
            let origin = Origin::new(path, "");
            diagnostics.push(Diagnostic::error(Code::Syntax, origin, message));
            return None;
        }
    };
    let file = match File::parse(Arc::clone(&path), text, diagnostics) {
        Ok(file) => file,
        Err(error) => {
            let origin = Origin::new(path, "");
            diagnostics.push(syntax(Diagnostic::error, origin, error));
            return None;
        }
    };
    let version = check_version(&file, diagnostics)?;
    let mut files = Files {
        sources,
        entry: file,
        others: IndexMap::new(),
        unread: HashMap::new(),
        diagnostics,
    };
    let mut walk = Walk::default();
    files.visit(&path, "", Kind::Document, &mut walk);
    while let Some(target) = walk.targets.pop_front() {
        files.go_to(&target, &mut walk);
    }
    if version >= Version::V3_1 {
        note_outdated(&walk, files.diagnostics);
    }
    Some(Document {
        version,
        entry: files.entry,
        files: files.others,
        unread: files.unread,
        names: walk.names,
    })
}

fn syntax(
    severity: impl FnOnce(Code, Origin, String) -> Diagnostic,
    origin: Origin,
    error: SyntaxError,
) -> Diagnostic {
    severity(Code::Syntax, origin, error.message).position(error.position)
}

/// The version, if the document is of one that is read.
fn check_version(file: &File, diagnostics: &mut Diagnostics) -> Option<Version> {
    let origin = Origin::new(Arc::clone(&file.path), "");
    let refuse = |origin: Origin, message: String| {
        let position = file.position(&origin.pointer);
        let diagnostic = Diagnostic::error(Code::Version, origin, message);
        match position {
            Some(position) => diagnostic.position(position),
            None => diagnostic,
        }
    };
    if !file.root.is_object() {
        let message = "the document must be a mapping".to_owned();
        diagnostics.push(refuse(origin, message));
        return None;
    }
    let Some(stated) = version::stated(&file.root) else {
        let message = "this is not an OpenAPI document: it has no `openapi`".to_owned();
        let hint = "an OpenAPI document says which version it follows: `openapi: 3.1.0`";
        diagnostics.push(refuse(origin, message).hint(hint));
        return None;
    };
    let origin = origin.child(stated.keyword);
    if !stated.is_string && stated.version.is_some() {
        let message = format!("`{}` must be a string, but is a number", stated.keyword);
        let diagnostic = Diagnostic::warning(Code::WrongType, origin.clone(), message)
            .action(format!("it was read as \"{}\"", stated.text));
        diagnostics.push(diagnostic);
    }
    match stated.version {
        Some(version @ (Version::V3_0 | Version::V3_1)) => Some(version),
        Some(Version::V3_2) => {
            let message = "OpenAPI 3.2 is read as 3.1";
            let note = Diagnostic::note(Code::Version, origin, message);
            diagnostics.push(note.action("what 3.2 adds is not generated"));
            Some(Version::V3_2)
        }
        Some(Version::V2_0) => {
            let message = "Swagger 2.0 is not read yet".to_owned();
            let hint = "convert the document to OpenAPI 3.0 or later";
            diagnostics.push(refuse(origin, message).hint(hint));
            None
        }
        None => {
            let shown: String = stated.text.chars().take(40).collect();
            let message = format!("the version `{shown}` is not one that is read");
            let hint = "OpenAPI 3.0, 3.1 and 3.2 are read";
            diagnostics.push(refuse(origin, message).hint(hint));
            None
        }
    }
}

/// In a document of 3.1 the words of 3.0 mean nothing, but they are meant.
fn note_outdated(walk: &Walk, diagnostics: &mut Diagnostics) {
    let mut note = |uses: &Uses, what: &str| {
        if let Some(origin) = uses.first.clone() {
            let message = format!("{what} is of OpenAPI 3.0, and is used {} times", uses.count);
            let note = Diagnostic::note(Code::UnknownKeyword, origin, message);
            diagnostics.push(note.action("it was read as 3.0 means it"));
        }
    };
    note(&walk.nullable, "`nullable`");
    note(&walk.exclusive, "an exclusive limit that is a boolean");
}

/// The files while they are being read.
struct Files<'a> {
    sources: &'a dyn Sources,
    entry: File,
    others: IndexMap<Arc<str>, Box<File>>,
    unread: HashMap<Arc<str>, String>,
    diagnostics: &'a mut Diagnostics,
}

impl Files<'_> {
    /// Walks what a reference leads to, reading its file if that is new.
    fn go_to(&mut self, target: &Target, walk: &mut Walk) {
        let Ok(Parts { path, fragment }) = reference::parse(&target.from, &target.reference) else {
            return;
        };
        let path = match path {
            Some(path) => self.read(&path),
            None => Some(Arc::clone(&target.from)),
        };
        let Some(path) = path else {
            return;
        };
        if fragment.is_empty() || fragment.starts_with('/') {
            self.visit(&path, &fragment, target.kind, walk);
        } else {
            // An anchor: the walk over the file finds where it is.
            self.visit(&path, "", target.kind, walk);
        }
    }

    /// Makes sure that a file is read; gives its path if it could be.
    fn read(&mut self, path: &str) -> Option<Arc<str>> {
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

    fn visit(&mut self, path: &Arc<str>, pointer: &str, kind: Kind, walk: &mut Walk) {
        let file = if self.entry.path == *path {
            Some(&mut self.entry)
        } else {
            self.others.get_mut(path).map(Box::as_mut)
        };
        let value = file.and_then(|file| at_pointer(&mut file.root, pointer));
        if let Some(value) = value {
            walk.object(
                value,
                kind,
                &Path::Start {
                    file: path,
                    pointer,
                },
            );
        }
    }
}

fn at_pointer<'v>(root: &'v mut Value, pointer: &str) -> Option<&'v mut Value> {
    pointer::segments(pointer).try_fold(root, |value, segment| match value {
        Value::Object(map) => map.get_mut(segment.as_ref()),
        Value::Array(items) => items.get_mut(pointer::index(&segment)?),
        _ => None,
    })
}
