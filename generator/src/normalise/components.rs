//! Components: schemas are read whether used or not, the others where they are used.

use super::reader::Reader;
use crate::diag::{Code, Diagnostic};
use crate::load::Node;

/// Components that reach an output only through a reference.
const REFERRED: [(&str, &str); 6] = [
    ("parameters", "parameter"),
    ("requestBodies", "request body"),
    ("responses", "response"),
    ("headers", "header"),
    ("pathItems", "path item"),
    ("callbacks", "callback"),
];

impl<'d> Reader<'d, '_> {
    /// Gives every component schema its id, before anything refers to one.
    pub(super) fn declare_components(&mut self, root: &Node<'d>) {
        if let Some(components) = self.object(root, "components")
            && let Some(schemas) = self.object(&components, "schemas")
        {
            self.declare_schemas(&schemas);
        }
        if let Some(definitions) = root.get("$defs").filter(|node| node.value().is_object()) {
            self.declare_schemas(&definitions);
        }
    }

    /// Notes the components that nothing refers to.
    pub(super) fn unused_components(&mut self, root: &Node<'d>) {
        // References in schemas count, too.
        self.read_pending();
        let Some(components) = root.get("components") else {
            return;
        };
        for (folder, word) in REFERRED {
            for (name, node) in components.get(folder).iter().flat_map(Node::entries) {
                if self.is_used(&node) {
                    continue;
                }
                let message = format!("nothing refers to the {word} {name:?}");
                self.diagnostics.push(
                    Diagnostic::note(Code::NotGenerated, node.origin(), message)
                        .action("it was left out"),
                );
                self.lose(node.origin(), "nothing refers to it");
            }
        }
    }
}
