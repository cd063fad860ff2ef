//! Which schemas can contain themselves.

use crate::load::{Document, Node};
use std::collections::{HashMap, HashSet};

/// Keywords that hold values, where `$ref` is no reference.
const DATA: [&str; 5] = ["example", "examples", "default", "enum", "const"];

/// Finds out, once for each schema, whether its references lead back to it.
#[derive(Debug, Default)]
pub(super) struct Cycles<'d> {
    /// What the references in a schema lead to, by its address.
    targets: HashMap<usize, Vec<Node<'d>>>,
    known: HashMap<usize, bool>,
}

/// What tells a schema from every other of the document.
pub(super) fn address(node: &Node<'_>) -> usize {
    std::ptr::from_ref(node.value()).addr()
}

impl<'d> Cycles<'d> {
    /// Whether a value of the schema can have one of the same schema inside it.
    pub(super) fn contains_itself(&mut self, document: &'d Document, schema: &Node<'d>) -> bool {
        let start = address(schema);
        if let Some(known) = self.known.get(&start) {
            return *known;
        }
        let mut seen = HashSet::new();
        let mut left = vec![schema.clone()];
        let mut back = false;
        while let Some(at) = left.pop() {
            for target in self.targets(document, &at) {
                let key = address(target);
                back |= key == start;
                if seen.insert(key) {
                    left.push(target.clone());
                }
            }
        }
        self.known.insert(start, back);
        back
    }

    fn targets(&mut self, document: &'d Document, schema: &Node<'d>) -> &[Node<'d>] {
        let targets = self.targets.entry(address(schema));
        targets.or_insert_with(|| referred(document, schema))
    }
}

/// What the references in a schema lead to.
fn referred<'d>(document: &'d Document, schema: &Node<'d>) -> Vec<Node<'d>> {
    let mut found = Vec::new();
    let mut left = vec![schema.clone()];
    while let Some(node) = left.pop() {
        if let Some(reference) = node.get("$ref").and_then(|node| node.as_str()) {
            found.extend(document.resolve(&node, reference).ok());
        }
        let below = node.entries().filter(|(key, _)| !DATA.contains(key));
        left.extend(below.map(|(_, node)| node));
        left.extend(node.items());
    }
    found
}
