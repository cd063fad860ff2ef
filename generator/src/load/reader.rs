//! The entry and all its files into a document.

use super::document::Document;
use super::file::File;
use super::files::{Files, syntax};
use super::overlay;
use super::pointer;
use super::reference::{self, Parts};
use super::sources::Sources;
use super::structure::{Children, Kind};
use super::swagger;
use super::version::{self, Version};
use super::walk::{Path, Target, Uses, Walk};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::Origin;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// How many references in the middle of pointers are passed on the way to one target.
const MAX_HOPS: u8 = 32;

/// Reads a document: the entry, and every file below the folder of `sources` that its references
/// lead to.
///
/// `entry` is the entry's path in `sources`. References that cannot be followed are not reported
/// here but by who resolves them, since nothing is lost as long as nobody asks.
///
/// None when there is nothing to work on: the entry cannot be read, is not JSON or YAML, or is not of
/// a version that is read. Then `diagnostics` has an error, with its position where there is one.
pub fn load(entry: &str, sources: &dyn Sources, diagnostics: &mut Diagnostics) -> Option<Document> {
    load_with(entry, &[], sources, diagnostics)
}

/// The same, with overlays (OpenAPI Overlay Specification 1.0 and 1.1) applied to the entry, in their
/// order. They are paths in `sources`.
///
/// What is wrong with an overlay is an error in it, and so is a target that selects nothing; the
/// document is there all the same, without that action.
pub fn load_with(
    entry: &str,
    overlays: &[String],
    sources: &dyn Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
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
    let mut file = match File::parse(Arc::clone(&path), text, diagnostics) {
        Ok(file) => file,
        Err(error) => {
            let origin = Origin::new(path, "");
            diagnostics.push(syntax(Diagnostic::error, origin, error));
            return None;
        }
    };
    let overlays = overlay::apply(&mut file, overlays, sources, diagnostics);
    let version = version::check(&file, diagnostics)?;
    let mut files = Files {
        sources,
        entry: file,
        others: IndexMap::new(),
        unread: HashMap::new(),
        diagnostics,
    };
    let losses = match version {
        Version::V2_0 => swagger::raise(&mut files),
        _ => Vec::new(),
    };
    let mut walk = Walk::new(version);
    walk.go_on(Target {
        from: Arc::clone(&path),
        reference: "#".to_owned(),
        children: Children::Direct(Kind::Document),
        hops: 0,
    });
    while let Some(target) = walk.targets.pop_front() {
        files.go_to(&target, &mut walk);
    }
    if version >= Version::V3_1 {
        note_outdated(&walk, files.diagnostics);
    }
    note_dynamic(&walk, files.diagnostics);
    note_files(&walk, &mut files);
    note_newer(&walk, &mut files);
    let mut document = Document {
        version,
        entry: files.entry,
        files: files.others,
        unread: files.unread,
        names: walk.names,
        losses,
        overlays: Arc::new(overlays),
    };
    document.name_resources(diagnostics);
    Some(document)
}

/// Which schema a `$dynamicRef` means is decided by the way that led to it (JSON Schema 2020-12, core,
/// section 8.2.3.2). Where several schemas could be meant, the nearest is read, as by `$ref`.
fn note_dynamic(walk: &Walk, diagnostics: &mut Diagnostics) {
    for (name, origin) in &walk.dynamic_references {
        let count = walk.dynamic.get(name).copied().unwrap_or_default();
        if count > 1 {
            let message = format!("{count} schemas could be what `$dynamicRef` to {name:?} means");
            diagnostics.push(
                Diagnostic::note(Code::UnsupportedSchema, origin.clone(), message)
                    .action("it was read as `$ref`: the schema that is nearest"),
            );
        }
    }
}

/// The place as it is written.
fn written(files: &Files<'_>, raised: Origin) -> Origin {
    let moves = files.get(&raised.file).map(|file| &file.moves);
    match moves.and_then(|moves| moves.written(&raised.pointer)) {
        Some(to) => Origin::new(to.file.unwrap_or(raised.file), to.pointer),
        None => raised,
    }
}

/// Before 3.1 its words mean nothing, but they are meant.
fn note_newer(walk: &Walk, files: &mut Files<'_>) {
    for (what, uses) in &walk.newer {
        let Some(first) = uses.first.clone() else {
            continue;
        };
        let message = match uses.count {
            1 => format!("{what} is of OpenAPI 3.1"),
            count => format!("{what} is of OpenAPI 3.1; it is there {count} times"),
        };
        let note = Diagnostic::note(Code::UnknownKeyword, written(files, first), message);
        files
            .diagnostics
            .push(note.action("it was read as 3.1 means it"));
    }
}

/// In 2.0 a file is a response or a field of a form.
fn note_files(walk: &Walk, files: &mut Files<'_>) {
    let Some(first) = walk.files.first.clone() else {
        return;
    };
    let origin = written(files, first);
    let message = match walk.files.count {
        1 => "`type: file` is for form parameters and responses alone".to_owned(),
        count => format!(
            "`type: file` is for form parameters and responses alone; {count} schemas have it"
        ),
    };
    files.diagnostics.push(
        Diagnostic::warning(Code::BadValue, origin.child("type"), message)
            .action("it was read as the bytes of a file"),
    );
}

/// In a document of 3.1 the words of 3.0 mean nothing, but they are meant.
fn note_outdated(walk: &Walk, diagnostics: &mut Diagnostics) {
    let mut note = |uses: &Uses, what: &str| {
        if let Some(origin) = uses.first.clone() {
            let message = match uses.count {
                1 => format!("{what} is of OpenAPI 3.0"),
                count => format!("{what} is of OpenAPI 3.0; {count} schemas have it"),
            };
            let note = Diagnostic::note(Code::UnknownKeyword, origin, message);
            diagnostics.push(note.action("it was read as 3.0 means it"));
        }
    };
    note(&walk.nullable, "`nullable`");
    note(&walk.exclusive, "an exclusive limit that is a boolean");
}

impl Files<'_> {
    /// Walks what a reference leads to, reading its file if that is new.
    fn go_to(&mut self, target: &Target, walk: &mut Walk) {
        let Ok(Parts { path, fragment }) = reference::parse(&target.from, &target.reference) else {
            return;
        };
        let is_anchor = !fragment.is_empty() && !fragment.starts_with('/');
        match path {
            None if is_anchor => {}
            None => self.visit(&target.from, &fragment, target, walk),
            Some(path) => {
                if let Some(path) = self.read(&path) {
                    // Where an anchor is, the walk over the whole file finds out.
                    let pointer = if is_anchor { "" } else { fragment.as_ref() };
                    self.visit(&path, pointer, target, walk);
                }
            }
        }
    }

    fn visit(&mut self, path: &Arc<str>, pointer: &str, target: &Target, walk: &mut Walk) {
        let Some(file) = self.get_mut(path) else {
            return;
        };
        let pointer = &*file.moves.raised(pointer).into_owned();
        match at_pointer(&mut file.root, pointer) {
            Ok(value) => {
                let start = Path::Start {
                    file: path,
                    pointer,
                };
                walk.children(value, target.children, &start);
            }
            // The pointer goes on below another reference.
            Err(Some(reference)) if target.hops < MAX_HOPS => walk.go_on(Target {
                from: Arc::clone(path),
                reference,
                children: target.children,
                hops: target.hops + 1,
            }),
            Err(_) => {}
        }
    }
}

/// The value at a pointer; or, when the way ends at a reference, the reference with the rest of the
/// pointer.
fn at_pointer<'v>(root: &'v mut Value, pointer: &str) -> Result<&'v mut Value, Option<String>> {
    let mut at = root;
    let mut rest = pointer;
    for segment in pointer::segments(pointer) {
        if let Some(reference) = at.get("$ref").and_then(Value::as_str)
            && at.get(segment.as_ref()).is_none()
        {
            let hash = if reference.contains('#') { "" } else { "#" };
            return Err(Some(format!(
                "{reference}{hash}{}",
                rest.replace('%', "%25")
            )));
        }
        at = match at {
            Value::Object(map) => map.get_mut(segment.as_ref()),
            Value::Array(items) => pointer::index(&segment).and_then(|index| items.get_mut(index)),
            _ => None,
        }
        .ok_or(None)?;
        rest = rest
            .get(1..)
            .and_then(|rest| rest.get(rest.find('/')?..))
            .unwrap_or_default();
    }
    Ok(at)
}
