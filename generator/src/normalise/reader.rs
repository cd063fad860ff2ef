//! What every part of the reading shares: the document, the diagnostics, the types read so far.

use super::schemas::Types;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Header, Loss, Origin, Parameter, TypeDef};
use crate::load::{Document, Node};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Reads one document. Its methods stand in the files that are named after what they read.
pub(super) struct Reader<'d, 'a> {
    pub(super) document: &'d Document,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// The types read so far, and those that are still to be read.
    pub(super) types: Types<'d>,
    /// Parameters by the address of their node: shared ones are read once.
    pub(super) parameters: HashMap<usize, Option<Parameter>>,
    /// Headers by the address of their node.
    pub(super) headers: HashMap<usize, Option<Header>>,
    losses: Vec<Loss>,
    lost: HashSet<Origin>,
    /// Addresses of the nodes that a `$ref` led to: what is left among the components is unused.
    used: HashSet<usize>,
}

/// How many references may lead to further references.
const LONGEST_CHAIN: usize = 64;

/// The address of a node's value. It identifies the node as long as the document is borrowed, and
/// is only ever looked up, so that no output depends on it.
pub(super) fn address(node: &Node<'_>) -> usize {
    std::ptr::from_ref::<Value>(node.value()).addr()
}

/// What a JSON value is, with its article, for messages.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// The last segment of a node's pointer, unescaped: the key it stands under.
pub(super) fn key_of(origin: &Origin) -> String {
    let last = origin.pointer.rsplit('/').next().unwrap_or_default();
    last.replace("~1", "/").replace("~0", "~")
}

/// "`limit` must be a number, but is a string".
pub(super) fn wrong_type(node: &Node<'_>, expected: &str) -> Diagnostic {
    let origin = node.origin();
    let found = match node.value() {
        // That it is a number is not what is wrong with it.
        Value::Number(number) if expected.contains("number") => number.to_string(),
        value => kind_of(value).to_owned(),
    };
    let message = format!("`{}` must be {expected}, but is {found}", key_of(&origin));
    Diagnostic::warning(Code::WrongType, origin, message).action("the keyword was left out")
}

impl<'d, 'a> Reader<'d, 'a> {
    pub(super) fn new(document: &'d Document, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            document,
            diagnostics,
            types: Types::default(),
            parameters: HashMap::new(),
            headers: HashMap::new(),
            losses: Vec::new(),
            lost: HashSet::new(),
            used: HashSet::new(),
        }
    }

    /// Takes over what could not be kept when the document was raised.
    pub(super) fn lost_before(&mut self) {
        for loss in self.document.losses() {
            self.lose(loss.origin.clone(), loss.reason.as_str());
        }
    }

    /// Records that a node was left out. The diagnostic that says so is the caller's.
    pub(super) fn lose(&mut self, origin: Origin, reason: impl Into<String>) {
        if self.lost.insert(origin.clone()) {
            self.losses.push(Loss {
                origin,
                reason: reason.into(),
            });
        }
    }

    /// Says that a node has the wrong type, and records it as lost.
    pub(super) fn wrong_type(&mut self, node: &Node<'_>, expected: &str) {
        self.diagnostics.push(wrong_type(node, expected));
        self.lose(node.origin(), format!("not {expected}"));
    }

    /// A member that must be an object; anything else is diagnosed and passed over.
    pub(super) fn object(&mut self, node: &Node<'d>, key: &str) -> Option<Node<'d>> {
        let child = node.get(key)?;
        if child.value().is_object() {
            return Some(child);
        }
        self.wrong_type(&child, "an object");
        None
    }

    /// A member that must be an array; anything else is diagnosed and passed over.
    pub(super) fn array(&mut self, node: &Node<'d>, key: &str) -> Option<Node<'d>> {
        let child = node.get(key)?;
        if child.value().is_array() {
            return Some(child);
        }
        self.wrong_type(&child, "an array");
        None
    }

    /// A member that must be a string.
    pub(super) fn string(&mut self, node: &Node<'d>, key: &str) -> Option<String> {
        let child = node.get(key)?;
        if let Value::String(text) = child.value() {
            return Some(text.clone());
        }
        self.wrong_type(&child, "a string");
        None
    }

    /// One step along a `$ref`, diagnosed where it leads nowhere.
    pub(super) fn resolve(&mut self, node: &Node<'d>, reference: &str) -> Option<Node<'d>> {
        match self.document.resolve(node, reference) {
            Ok(target) => {
                self.used.insert(address(&target));
                Some(target)
            }
            Err(error) => {
                let origin = node.origin().child("$ref");
                let diagnostic = error.diagnostic(origin);
                self.diagnostics
                    .push(diagnostic.action("it was read as if nothing stood there"));
                self.lose(node.origin(), "its reference leads nowhere");
                None
            }
        }
    }

    /// The node itself, or the end of its chain of `$ref`s. Used for everything but schemas.
    pub(super) fn follow(&mut self, node: &Node<'d>) -> Option<Node<'d>> {
        let mut current = node.clone();
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = current.get("$ref") else {
                return Some(current);
            };
            let Value::String(text) = reference.value() else {
                self.wrong_type(&reference, "a string");
                return None;
            };
            current = self.resolve(&current, text)?;
        }
        let origin = node.origin();
        self.lose(origin.clone(), "its reference comes back to itself");
        self.diagnostics.push(
            Diagnostic::warning(
                Code::ReferenceCycle,
                origin,
                "this reference comes back to where it began",
            )
            .action("it was left out"),
        );
        None
    }

    /// Whether a `$ref` led to this node.
    pub(super) fn is_used(&self, node: &Node<'_>) -> bool {
        self.used.contains(&address(node))
    }

    /// Reads what is still to be read and hands over the types and the losses.
    pub(super) fn finish(mut self) -> (Vec<TypeDef>, Vec<Loss>) {
        self.read_pending();
        let types = self.settle();
        (types, self.losses)
    }
}
