//! A loaded document.

use super::file::File;
use super::moves::Places;
use super::node::Node;
use super::overlay::Overlays;
use super::pointer;
use super::version::Version;
use crate::diag::Position;
use crate::ir::{Loss, Origin};
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// The entry and every file that its references lead to, in the vocabulary of OpenAPI 3.1.
#[derive(Debug)]
pub struct Document {
    pub(super) version: Version,
    pub(super) entry: File,
    /// The other files, by path, in the order in which they were first referred to.
    pub(super) files: IndexMap<Arc<str>, Box<File>>,
    /// Files that could not be read, and why.
    pub(super) unread: HashMap<Arc<str>, String>,
    pub(super) names: SchemaNames,
    /// What an older version says that 3.1 cannot.
    pub(super) losses: Vec<Loss>,
    pub(super) overlays: Arc<Overlays>,
}

/// What schemas call themselves, with the place that each was raised to.
#[derive(Debug, Clone, Default)]
pub(super) struct SchemaNames {
    /// `$id`, as written but without an empty fragment.
    pub(super) ids: HashMap<String, Origin>,
    /// Schemas whose `$id` another one has as written, before them.
    pub(super) more_ids: Vec<Origin>,
    /// The same, seen from the schemas around them and from their file: what they name.
    pub(super) absolute: HashMap<String, Origin>,
    /// `$anchor` and `$dynamicAnchor`, by file. Schemas with an `$id` have anchors of their own.
    pub(super) anchors: HashMap<(Arc<str>, String), Vec<Origin>>,
}

impl Document {
    /// The version that the document was written in.
    pub fn version(&self) -> Version {
        self.version
    }

    /// What was left out when the document was raised, each with a diagnostic.
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// The root of the entry.
    pub fn root(&self) -> Node<'_> {
        Node::root(&self.entry)
    }

    /// The node that is written at an origin, if there is one.
    pub fn node(&self, origin: &Origin) -> Option<Node<'_>> {
        let file = self.file(&origin.file)?;
        Self::at(file, &file.moves.raised(&origin.pointer))
    }

    /// The node at the place that it was raised to.
    pub(super) fn raised_node(&self, place: &Origin) -> Option<Node<'_>> {
        Self::at(self.file(&place.file)?, &place.pointer)
    }

    fn at<'d>(file: &'d File, pointer: &str) -> Option<Node<'d>> {
        pointer::segments(pointer).try_fold(Node::root(file), |node, segment| node.step(&segment))
    }

    /// Line and column of a node: of its key in a mapping, of the value itself in a list. Where the
    /// pointer leads nowhere it is the nearest ancestor's.
    ///
    /// The first call for a file reads its text again; after that a call costs a walk down the
    /// pointer. None when there is no such file.
    pub fn locate(&self, origin: &Origin) -> Option<Position> {
        self.place(origin).map(|(_, position)| position)
    }

    /// The same, with the text that it is in: file and pointer. Only overlays make it another one than
    /// the origin: what they add has the pointer that it has in the document, and stands in their text.
    pub fn place(&self, origin: &Origin) -> Option<(Origin, Position)> {
        let (file, pointer) = match *origin.file == *self.entry.path {
            true => self.overlays.trace.place(&self.entry.path, &origin.pointer),
            false => (Arc::clone(&origin.file), origin.pointer.clone()),
        };
        let position = self.written_file(&file)?.position(&pointer);
        Some((Origin::new(file, pointer), position))
    }

    /// The same document with its raised values changed, file by file. Texts and positions stay as they were
    /// read, and so do the places of `$id` and `$anchor`.
    #[must_use]
    pub(crate) fn edited(&self, mut edit: impl FnMut(&mut Value, Places<'_>)) -> Self {
        let mut edited = |file: &File| {
            let mut root = file.root.clone();
            edit(&mut root, Places::of(&file.moves));
            file.with_root(root)
        };
        let files = self.files.iter();
        Self {
            version: self.version,
            entry: edited(&self.entry),
            files: files
                .map(|(path, file)| (Arc::clone(path), Box::new(edited(file))))
                .collect(),
            unread: self.unread.clone(),
            names: self.names.clone(),
            losses: self.losses.clone(),
            overlays: Arc::clone(&self.overlays),
        }
    }

    /// The paths of all files that were read, the entry first.
    pub fn files(&self) -> impl Iterator<Item = &Arc<str>> {
        std::iter::once(&self.entry.path).chain(self.files.keys())
    }

    /// The text of a file, without a byte-order mark.
    pub fn text(&self, file: &str) -> Option<&str> {
        self.written_file(file).map(File::text)
    }

    /// A line of a file, counted from 1, without its end.
    pub fn line(&self, file: &str, number: usize) -> Option<&str> {
        self.text(file)?.lines().nth(number.checked_sub(1)?)
    }

    /// A file of the document, or an overlay.
    fn written_file(&self, path: &str) -> Option<&File> {
        let overlay = || self.overlays.files.iter().find(|file| *file.path == *path);
        self.file(path).or_else(overlay)
    }

    pub(super) fn file(&self, path: &str) -> Option<&File> {
        if *self.entry.path == *path {
            return Some(&self.entry);
        }
        self.files.get(path).map(Box::as_ref)
    }
}
