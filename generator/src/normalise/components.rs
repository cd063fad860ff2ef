//! Components: schemas are read whether used or not, the others where they are used.

use super::reader::Reader;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Api, Origin};
use crate::load::Node;
use std::collections::HashSet;

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
    pub(super) fn unused_components(&mut self, root: &Node<'d>, api: &Api) {
        // References in schemas count, too.
        self.read_pending();
        let Some(components) = root.get("components") else {
            return;
        };
        let kept = kept_parameters(api);
        for (folder, word) in REFERRED {
            for (name, node) in components.get(folder).iter().flat_map(Node::entries) {
                let origin = node.origin();
                // A parameter can be referred to and left out all the same.
                let is_used = self.is_used(&node)
                    && (folder != "parameters"
                        || node.get("$ref").is_some()
                        || kept.contains(&origin));
                if is_used {
                    continue;
                }
                let message = format!("nothing uses the {word} {name:?}");
                self.diagnostics.push(
                    Diagnostic::note(Code::NotGenerated, origin.clone(), message)
                        .action("it was left out"),
                );
                self.lose(origin, "nothing uses it");
            }
        }
    }
}

/// Where the parameters of all actions, and the headers of all events, are declared.
fn kept_parameters(api: &Api) -> HashSet<&Origin> {
    let callbacks = api.actions.iter().flat_map(|action| &action.callbacks);
    let of_actions = api.actions.iter().flat_map(|action| &action.parameters);
    let of_events = api
        .events
        .iter()
        .chain(callbacks)
        .flat_map(|event| &event.headers);
    let actions = of_actions.map(|parameter| &parameter.origin);
    actions
        .chain(of_events.map(|header| &header.origin))
        .collect()
}
