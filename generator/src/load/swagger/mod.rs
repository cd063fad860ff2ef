//! Swagger 2.0 raised to the vocabulary of OpenAPI 3.
//!
//! Raising comes before the [walk](super::walk), so that everything behind it sees one vocabulary:
//!
//! - `definitions`, `parameters`, `responses` and `securityDefinitions` become `components`, with body
//!   parameters among the request bodies;
//! - `host`, `basePath` and `schemes` become `servers`;
//! - body and form parameters become a request body, in the media types of `consumes`; what a response
//!   has stands below those of `produces`;
//! - what says a parameter's type moves into a `schema`, and `collectionFormat` becomes `style` and
//!   `explode`.
//!
//! The raised tree is made from a read-only copy of the written one, since what a reference leads to
//! decides what becomes of it: a reference to a body parameter is a request body. A file that is
//! referred to is of 2.0, too; in it only the nodes are raised that references lead to, where they
//! stand. Schemas keep their form; the few words that differ are raised by the walk, see [`schema`].
//!
//! References keep their text. Every node that moved is in its file's table of [`Moves`], by which
//! references in the words of 2.0 find it, and by which it is named as it is written.

mod at;
mod collections;
mod components;
mod document;
mod media;
mod newer;
mod operations;
mod parameters;
mod parts;
mod request_bodies;
mod responses;
pub(super) mod schema;
mod security;
mod servers;

pub(crate) use collections::COLLECTION_FORMAT;

use super::files::Files;
use super::moves::{Moves, Written};
use crate::diag::Diagnostic;
use crate::ir::{Loss, Origin};
use at::At;
use media::MediaTypes;
use parts::{Found, Part};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Raises the entry and what its references lead to, reading the files of those. Gives what 3.1 cannot
/// say; each has a diagnostic.
pub(super) fn raise(files: &mut Files<'_>) -> Vec<Loss> {
    let found = parts::collect(files);
    let mut raiser = Raiser::new(files);
    let raised = raiser.files(found);
    let (moves, diagnostics, losses) = (raiser.moves, raiser.diagnostics, raiser.losses);
    for diagnostic in diagnostics {
        files.diagnostics.push(diagnostic);
    }
    for (path, mut root) in raised {
        // Keys have no order, see `File::parse`.
        root.sort_all_objects();
        if let Some(file) = files.get_mut(&path) {
            file.root = root;
        }
    }
    for (path, moves) in moves {
        if let Some(file) = files.get_mut(&path) {
            file.moves = Arc::new(moves);
        }
    }
    losses
}

/// A place in the files as they are written.
type Place = (Arc<str>, String);

/// The files as they are written, and what is known of the raised ones so far.
struct Raiser<'a> {
    files: &'a Files<'a>,
    /// The document's own media types.
    consumes: MediaTypes,
    produces: MediaTypes,
    moves: HashMap<Arc<str>, Moves>,
    /// Written places of the nodes that were raised.
    done: HashSet<Place>,
    /// Shared parameters and responses that references still lead to.
    kept: HashSet<Place>,
    /// Those that were copied to where they are used.
    copied: HashSet<Place>,
    diagnostics: Vec<Diagnostic>,
    losses: Vec<Loss>,
}

impl<'a> Raiser<'a> {
    fn new(files: &'a Files<'a>) -> Self {
        let mut raiser = Self {
            files,
            consumes: MediaTypes::default(),
            produces: MediaTypes::default(),
            moves: HashMap::new(),
            done: HashSet::new(),
            kept: HashSet::new(),
            copied: HashSet::new(),
            diagnostics: Vec::new(),
            losses: Vec::new(),
        };
        let (root, at) = (&files.entry.root, At::root(&files.entry.path));
        raiser.consumes = raiser.media_types(root, "consumes", &at);
        raiser.produces = raiser.media_types(root, "produces", &at);
        raiser
    }

    /// The roots of all files in which something was raised.
    fn files(&mut self, mut found: Vec<Found>) -> Vec<(Arc<str>, Value)> {
        let files = self.files;
        let entry = &files.entry;
        let root = self.document(&entry.root, &At::root(&entry.path));
        let mut roots = vec![(Arc::clone(&entry.path), root)];
        // From the outside in: what is raised with its parent is done.
        found.sort_by_cached_key(|found| found.pointer.matches('/').count());
        for Found {
            file,
            pointer,
            part,
        } in found
        {
            if self.done.contains(&(Arc::clone(&file), pointer.clone())) {
                continue;
            }
            let Some(read) = files.get(&file) else {
                continue;
            };
            let Some(written) = read.root.pointer(&pointer) else {
                continue;
            };
            if !parts::fits(part, written) {
                continue;
            }
            let moves = self.moves.entry(Arc::clone(&file)).or_default();
            let at = At {
                raised: moves.raised(&pointer).into_owned(),
                file: Arc::clone(&file),
                written: pointer,
            };
            let value = self.part(part, written, &at);
            let known = roots.iter().position(|(path, _)| *path == file);
            let index = known.unwrap_or_else(|| {
                roots.push((file, read.root.clone()));
                roots.len() - 1
            });
            let root = roots.get_mut(index).map(|(_, root)| root);
            if let Some(place) = root.and_then(|root| root.pointer_mut(&at.raised)) {
                *place = value;
            }
        }
        roots
    }

    /// Raises a node by what it is.
    fn part(&mut self, part: Part, value: &'a Value, at: &At) -> Value {
        match part {
            Part::Document => value.clone(),
            Part::Paths | Part::Parameters | Part::Responses | Part::Headers => {
                let Value::Object(map) = value else {
                    return value.clone();
                };
                let raised = map.iter().map(|(key, child)| {
                    let raised = match parts::below(part, key) {
                        Some(part) => self.part(part, child, &at.child(key)),
                        None => child.clone(),
                    };
                    (key.clone(), raised)
                });
                Value::Object(raised.collect())
            }
            Part::PathItem => self.path_item(value, at),
            Part::Operation => self.operation(value, at, &[]),
            Part::Parameter => self.referred_parameter(value, at),
            Part::Response => self.response(value, at, None),
            Part::Header => self.header(value, at),
        }
    }

    /// Says that a node is raised where it stands.
    fn raised(&mut self, at: &At) {
        self.done.insert((Arc::clone(&at.file), at.written.clone()));
        self.moves_of(&at.file).record(&at.raised, &at.written);
    }

    /// Says that what is raised at a place of a file follows from what is written at another.
    fn follows(&mut self, file: &Arc<str>, raised: &str, written: &Written) {
        self.moves_of(file).record_inside(raised, written);
    }

    fn moves_of(&mut self, file: &Arc<str>) -> &mut Moves {
        self.moves.entry(Arc::clone(file)).or_default()
    }

    /// Says what cannot be kept, and that it is lost.
    fn lose(&mut self, diagnostic: Diagnostic, reason: &str) {
        self.losses.push(Loss {
            origin: diagnostic.origin.clone(),
            reason: reason.to_owned(),
        });
        self.diagnostics.push(diagnostic);
    }

    fn origin(at: &At) -> Origin {
        Origin::new(Arc::clone(&at.file), at.written.as_str())
    }
}
