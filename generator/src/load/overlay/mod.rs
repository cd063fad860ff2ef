//! Overlays (OpenAPI Overlay Specification 1.0 and 1.1), applied to the entry as it is written.
//!
//! An overlay is a list of actions: each selects nodes by a JSONPath (RFC 9535) and updates, copies to or
//! removes them, in the document that the actions before it left. It is applied before an older
//! vocabulary is raised, so that it speaks the words of its document.
//!
//! An overlay is the user's own: what is wrong with it is an error, and so is a target that selects
//! nothing, where the specification would pass over it. A document that changed under its overlay is
//! something to be told of.
//!
//! Nodes keep the pointers that they have in the resulting document; a [`Trace`] knows in which text they
//! stand, for lines and columns.

mod action;
mod merge;
mod select;
mod trace;

pub(super) use trace::Trace;

use super::file::File;
use super::files::syntax;
use super::reference;
use super::sources::Sources;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::Origin;
use serde_json::Value;
use std::sync::Arc;

/// What became of the overlays of a document.
#[derive(Debug, Default)]
pub(super) struct Overlays {
    /// The overlays that could be read.
    pub(super) files: Vec<File>,
    pub(super) trace: Trace,
}

/// Applies overlays to the entry, in their order.
pub(super) fn apply(
    entry: &mut File,
    paths: &[String],
    sources: &dyn Sources,
    diagnostics: &mut Diagnostics,
) -> Overlays {
    let mut overlays = Overlays::default();
    for path in paths {
        let Some(file) = read(path, sources, diagnostics) else {
            continue;
        };
        let mut applied = Applied {
            overlay: &file,
            document: &entry.path,
            root: &mut entry.root,
            trace: &mut overlays.trace,
            diagnostics,
        };
        applied.overlay();
        overlays.files.push(file);
    }
    if !paths.is_empty() {
        // Keys have no order, see `File::parse`.
        entry.root.sort_all_objects();
    }
    overlays
}

fn read(path: &str, sources: &dyn Sources, diagnostics: &mut Diagnostics) -> Option<File> {
    let path: Arc<str> = Arc::from(path);
    let origin = Origin::new(Arc::clone(&path), "");
    let text = match sources.read(&path) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("the overlay cannot be read: {error}");
            diagnostics.push(Diagnostic::error(Code::Syntax, origin, message));
            return None;
        }
    };
    match File::parse(path, text, diagnostics) {
        Ok(file) => Some(file),
        Err(error) => {
            diagnostics.push(syntax(Diagnostic::error, origin, error));
            None
        }
    }
}

/// An overlay while it is applied.
struct Applied<'a> {
    overlay: &'a File,
    /// The path of the document that it is applied to.
    document: &'a Arc<str>,
    root: &'a mut Value,
    trace: &'a mut Trace,
    diagnostics: &'a mut Diagnostics,
}

impl Applied<'_> {
    fn overlay(&mut self) {
        let overlay = &self.overlay.root;
        match overlay.get("overlay").map(|it| (it, it.as_str())) {
            Some((_, Some(version))) if is_read(version) => {}
            Some((Value::Number(version), _)) if is_read(&version.to_string()) => {}
            Some((version, _)) => {
                let message = format!("the version {version} is not one that is read");
                let error = self.error(Code::Version, "/overlay", message);
                self.diagnostics
                    .push(error.hint("overlays 1.0 and 1.1 are read"));
                return;
            }
            None => {
                let message = "this is not an overlay: it has no `overlay`".to_owned();
                let error = self.error(Code::Version, "", message);
                let hint = "an overlay says which version it follows: `overlay: 1.0.0`";
                self.diagnostics.push(error.hint(hint));
                return;
            }
        }
        self.frame(overlay);
        match overlay.get("actions") {
            Some(Value::Array(actions)) if !actions.is_empty() => {
                for (index, action) in actions.iter().enumerate() {
                    self.action(action, &format!("/actions/{index}"));
                }
            }
            other => {
                let message = "`actions` must be a list of at least one action".to_owned();
                let at = other.map_or("", |_| "/actions");
                let error = self.error(Code::Config, at, message);
                self.diagnostics.push(error);
            }
        }
    }

    /// `info`, `extends` and members that the specification does not know.
    fn frame(&mut self, overlay: &Value) {
        for key in overlay.as_object().into_iter().flat_map(|map| map.keys()) {
            let is_known = ["overlay", "info", "extends", "actions"].contains(&key.as_str());
            if !is_known && !key.starts_with("x-") {
                self.unknown(&format!("/{key}"), key);
            }
        }
        for key in ["title", "version"] {
            if overlay.pointer(&format!("/info/{key}")).is_none() {
                let origin = self.origin("");
                let message = format!("`info.{key}` is required, and is not there");
                self.diagnostics.push(
                    Diagnostic::note(Code::Missing, origin, message).action("nothing needs it"),
                );
            }
        }
        let extends = overlay.get("extends").and_then(Value::as_str);
        // A URL names the document where it was published, which says nothing of the file here.
        let file = extends
            .and_then(|extends| reference::parse(&self.overlay.path, extends).ok())
            .and_then(|parts| parts.path);
        if let Some(file) = file
            && *file != **self.document
        {
            let origin = self.origin("/extends");
            let message = format!("this overlay is for {file}, not for {}", self.document);
            self.diagnostics.push(
                Diagnostic::warning(Code::Config, origin, message)
                    .action("it was applied all the same"),
            );
        }
    }

    fn unknown(&mut self, pointer: &str, key: &str) {
        let origin = self.origin(pointer);
        let message = format!("`{key}` is no part of an overlay");
        self.diagnostics.push(
            Diagnostic::warning(Code::UnknownKeyword, origin, message).action("it was left out"),
        );
    }

    fn origin(&self, pointer: &str) -> Origin {
        Origin::new(Arc::clone(&self.overlay.path), pointer)
    }

    /// An error in the overlay, with its place in the text.
    fn error(&self, code: Code, pointer: &str, message: String) -> Diagnostic {
        let position = self.overlay.position(pointer);
        Diagnostic::error(code, self.origin(pointer), message).position(position)
    }
}

fn is_read(version: &str) -> bool {
    ["1.0", "1.1"]
        .iter()
        .any(|known| version == *known || version.starts_with(&format!("{known}.")))
}
