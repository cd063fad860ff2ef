//! `$ref`: what it says, and where it leads.

use super::document::Document;
use super::node::Node;
use super::pointer;
use super::uri;
use crate::diag::{Code, Diagnostic};
use crate::ir::Origin;
use std::borrow::Cow;
use std::sync::Arc;

/// How many references one resolution may pass, counting those in the middle of a pointer.
const MAX_HOPS: usize = 128;

/// A reference that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceError {
    /// [`Code::UnresolvedReference`], [`Code::ForbiddenReference`] or [`Code::ReferenceCycle`].
    pub code: Code,
    /// What is wrong, with the reference in it.
    pub message: String,
    /// What the user can do.
    pub hint: Option<&'static str>,
}

impl ReferenceError {
    fn unresolved(message: impl Into<String>) -> Self {
        Self {
            code: Code::UnresolvedReference,
            message: message.into(),
            hint: None,
        }
    }

    fn cycle(reference: &str) -> Self {
        Self {
            code: Code::ReferenceCycle,
            message: format!("`{reference}` leads back to itself, or through too many references"),
            hint: None,
        }
    }

    /// The warning to give at the node that has the reference. Its action is for the caller to say.
    pub fn diagnostic(&self, origin: Origin) -> Diagnostic {
        let diagnostic = Diagnostic::warning(self.code, origin, self.message.as_str());
        match self.hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        }
    }
}

impl std::fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReferenceError {}

/// A reference in its two parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'r> {
    /// The path of the file, resolved against the referring file; none for that file itself.
    pub(super) path: Option<String>,
    /// The fragment, decoded: a JSON pointer, or an anchor's name.
    pub(super) fragment: Cow<'r, str>,
}

/// Takes a reference apart.
///
/// # Errors
/// When it leads out of the folder: a URL, an absolute path, too many `..`.
pub(super) fn parse<'r>(file: &str, reference: &'r str) -> Result<Parts<'r>, ReferenceError> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let path = (!path.is_empty())
        .then(|| join(file, path).ok_or_else(|| forbidden(reference)))
        .transpose()?;
    Ok(Parts {
        path,
        fragment: pointer::percent_decode(fragment),
    })
}

fn forbidden(reference: &str) -> ReferenceError {
    ReferenceError {
        code: Code::ForbiddenReference,
        message: format!("`{reference}` is not a file below the document's folder"),
        hint: Some(match reference.starts_with("..") {
            true => "say which folder around the document may be read, with --root or `root`",
            false => "save what it refers to beside the document, and refer to that file",
        }),
    }
}

/// A relative path, seen from a file; none when it is not a path below the folder.
fn join(file: &str, path: &str) -> Option<String> {
    let path = pointer::percent_decode(path);
    // A colon makes it a URL or a drive, a backslash a path on Windows.
    if path.starts_with('/') || path.contains([':', '\\', '\0', '?']) {
        return None;
    }
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

impl Document {
    /// The node that a reference in `from` leads to: `#/components/schemas/Pet`, `#anchor`,
    /// `file.yaml`, `file.yaml#/Pet`, or the `$id` of a schema with a pointer below it. Paths are
    /// relative to the file of `from`.
    ///
    /// A pointer may pass through a node that is itself a reference. The target may be one too: see
    /// [`Document::follow`].
    ///
    /// # Errors
    /// When there is nothing there, or it is outside the document's folder.
    pub fn resolve<'d>(
        &'d self,
        from: &Node<'d>,
        reference: &str,
    ) -> Result<Node<'d>, ReferenceError> {
        let mut hops = MAX_HOPS;
        self.resolve_within(from, reference, &mut hops)
    }

    /// The node itself, or what its `$ref` leads to in the end. Keywords beside `$ref` are the
    /// caller's business.
    ///
    /// # Errors
    /// As for [`Document::resolve`], and when the references form a cycle.
    pub fn follow<'d>(&'d self, node: &Node<'d>) -> Result<Node<'d>, ReferenceError> {
        let mut hops = MAX_HOPS;
        self.follow_within(node, &mut hops)
    }

    fn follow_within<'d>(
        &'d self,
        node: &Node<'d>,
        hops: &mut usize,
    ) -> Result<Node<'d>, ReferenceError> {
        let mut at = node.clone();
        let mut passed: Vec<Node<'d>> = Vec::new();
        while let Some(reference) = reference_of(&at)? {
            let next = self.resolve_within(&at, reference, hops)?;
            passed.push(at);
            if passed.iter().any(|node| node.is_same(&next)) {
                return Err(ReferenceError::cycle(reference));
            }
            at = next;
        }
        Ok(at)
    }

    fn resolve_within<'d>(
        &'d self,
        from: &Node<'d>,
        reference: &str,
        hops: &mut usize,
    ) -> Result<Node<'d>, ReferenceError> {
        *hops = hops
            .checked_sub(1)
            .ok_or_else(|| ReferenceError::cycle(reference))?;
        if let Some(found) = self.by_id(from, reference, hops) {
            return found;
        }
        let parts = parse(from.file(), reference)?;
        let root = match &parts.path {
            None => from.root_of_file(),
            Some(path) => self.file_root(path, reference)?,
        };
        let fragment = parts.fragment.as_ref();
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let around = parts
                .path
                .is_none()
                .then(|| enclosing_resource(from))
                .flatten();
            return self.by_anchor(&around.unwrap_or(root), fragment, reference);
        }
        let raised = root.raised(fragment);
        match self.descend(root, &raised, reference, hops) {
            // Inside a schema with an `$id`, a pointer starts at that schema (JSON Schema 2020-12,
            // core, section 9.2.1).
            Err(error) if parts.path.is_none() => match enclosing_resource(from) {
                Some(resource) => self.descend(resource, fragment, reference, hops),
                None => Err(error),
            },
            result => result,
        }
    }

    /// Walks down a pointer, through references where the pointer goes on below one.
    fn descend<'d>(
        &'d self,
        root: Node<'d>,
        pointer: &str,
        reference: &str,
        hops: &mut usize,
    ) -> Result<Node<'d>, ReferenceError> {
        let mut at = root;
        for segment in pointer::segments(pointer) {
            at = match at.step(&segment) {
                Some(below) => below,
                None if at.get("$ref").is_some() => {
                    self.follow_within(&at, hops)?
                        .step(&segment)
                        .ok_or_else(|| nothing_there(reference, &segment))?
                }
                None => return Err(nothing_there(reference, &segment)),
            };
        }
        Ok(at)
    }

    fn file_root<'d>(&'d self, path: &str, reference: &str) -> Result<Node<'d>, ReferenceError> {
        if let Some(file) = self.file(path) {
            return Ok(Node::root(file));
        }
        let reason = self
            .unread
            .get(path)
            .map_or("it was not read", String::as_str);
        Err(ReferenceError::unresolved(format!(
            "the file of `{reference}` cannot be used: {reason}"
        )))
    }

    /// An anchor: of the schema with an `$id` where there is one, else any of its file.
    fn by_anchor<'d>(
        &'d self,
        resource: &Node<'d>,
        name: &str,
        reference: &str,
    ) -> Result<Node<'d>, ReferenceError> {
        let key = (Arc::clone(resource.file()), name.to_owned());
        let places = self.names.anchors.get(&key).map(Vec::as_slice);
        let places = places.unwrap_or_default();
        let pointer = resource.raised_pointer();
        let is_own = |place: &&Origin| {
            let below = place.pointer.strip_prefix(&pointer);
            below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let place = places.iter().find(is_own).or_else(|| places.first());
        place
            .and_then(|place| self.raised_node(place))
            .ok_or_else(|| {
                let message = format!("`{reference}` names an anchor that no schema has");
                ReferenceError::unresolved(message)
            })
    }

    /// The target of a reference to a schema's `$id`, as it is written or seen from the schemas around;
    /// none when it is not one.
    fn by_id<'d>(
        &'d self,
        from: &Node<'d>,
        reference: &str,
        hops: &mut usize,
    ) -> Option<Result<Node<'d>, ReferenceError>> {
        if self.names.ids.is_empty() {
            return None;
        }
        let (id, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if id.is_empty() {
            return None;
        }
        let absolute = self.names.absolute.get(&uri::join(&base(from), id));
        let place = absolute.or_else(|| self.names.ids.get(id))?;
        let schema = self.raised_node(place)?;
        let fragment = pointer::percent_decode(fragment);
        Some(if fragment.is_empty() || fragment.starts_with('/') {
            self.descend(schema, &fragment, reference, hops)
        } else {
            self.by_anchor(&schema, &fragment, reference)
        })
    }
}

/// The base URI at a node: that of its file, changed by the `$id` of every schema around it and its own
/// (JSON Schema 2020-12, core, section 8.2.1).
pub(super) fn base(node: &Node<'_>) -> String {
    let pointer = node.raised_pointer();
    let mut at = node.root_of_file();
    let mut base = uri::join(at.file(), "");
    let mut segments = pointer::segments(&pointer);
    loop {
        let id = at.get("$id");
        if let Some(id) = id.as_ref().and_then(Node::as_str) {
            let id = id.split('#').next().unwrap_or_default();
            base = uri::join(&base, id);
        }
        let Some(below) = segments.next().and_then(|segment| at.step(&segment)) else {
            return base;
        };
        at = below;
    }
}

fn nothing_there(reference: &str, segment: &str) -> ReferenceError {
    ReferenceError::unresolved(format!(
        "`{reference}` leads nowhere: there is no `{segment}`"
    ))
}

fn reference_of<'d>(node: &Node<'d>) -> Result<Option<&'d str>, ReferenceError> {
    let Some(reference) = node.get("$ref") else {
        return Ok(None);
    };
    reference
        .as_str()
        .map(Some)
        .ok_or_else(|| ReferenceError::unresolved("`$ref` must be a string"))
}

/// The innermost schema around a node that has an `$id`, below the file's root.
pub(super) fn enclosing_resource<'d>(node: &Node<'d>) -> Option<Node<'d>> {
    let pointer = node.raised_pointer();
    let mut at = node.root_of_file();
    let mut found = None;
    for segment in pointer::segments(&pointer) {
        at = at.step(&segment)?;
        if at.get("$id").is_some_and(|id| id.as_str().is_some()) {
            found = Some(at.clone());
        }
    }
    found
}
