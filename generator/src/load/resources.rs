//! What `$id` and `$anchor` name, and names that two schemas have.

use super::document::Document;
use super::node::Node;
use super::reference::{base, enclosing_resource};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::Origin;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

impl Document {
    /// Finds out what every `$id` names, seen from the schemas around it.
    pub(super) fn name_resources(&mut self, diagnostics: &mut Diagnostics) {
        let mut places: Vec<(&String, &Origin)> = self.names.ids.iter().collect();
        places.sort();
        let firsts = places.into_iter().map(|(_, place)| place);
        let places = firsts.chain(&self.names.more_ids);
        let absolute = places.filter_map(|place| {
            let node = self.raised_node(place)?;
            Some((base(&node), place.clone()))
        });
        let absolute: Vec<_> = absolute.collect();
        for (id, place) in absolute {
            match self.names.absolute.entry(id) {
                Entry::Vacant(entry) => drop(entry.insert(place)),
                Entry::Occupied(entry) => {
                    let first = entry.get().clone();
                    self.named_twice("$id", &place, &first, diagnostics);
                }
            }
        }
        self.check_anchors(diagnostics);
    }

    /// Anchors are told apart by the schema with an `$id` around them, and by their file.
    fn check_anchors(&self, diagnostics: &mut Diagnostics) {
        let mut anchors: Vec<_> = self.names.anchors.iter().collect();
        anchors.retain(|(_, places)| places.len() > 1);
        anchors.sort_by_key(|(key, _)| *key);
        for ((_, name), places) in anchors {
            let mut firsts: HashMap<String, &Origin> = HashMap::new();
            for place in places {
                let Some(node) = self.raised_node(place) else {
                    continue;
                };
                let resource = enclosing_resource(&node);
                let resource = resource.map(|it| it.raised_pointer()).unwrap_or_default();
                let first = *firsts.entry(resource).or_insert(place);
                // One schema may have the same `$anchor` and `$dynamicAnchor`.
                if first != place
                    && let Some(keyword) = anchor_keyword(&node, name)
                {
                    self.named_twice(keyword, place, first, diagnostics);
                }
            }
        }
    }

    fn named_twice(
        &self,
        keyword: &str,
        place: &Origin,
        first: &Origin,
        diagnostics: &mut Diagnostics,
    ) {
        let written = |place: &Origin| {
            let node = self.raised_node(place);
            node.map_or_else(|| place.clone(), |node| node.origin())
        };
        let message = format!("another schema has this `{keyword}`, too");
        let action = format!("references to it lead to the first: {}", written(first));
        diagnostics.push(
            Diagnostic::warning(Code::BadValue, written(place).child(keyword), message)
                .action(action),
        );
    }
}

/// The keyword by which a schema has an anchor; none where its name may be another's, too: which of
/// them a `$dynamicRef` means is found on the way.
fn anchor_keyword(node: &Node<'_>, name: &str) -> Option<&'static str> {
    let is = |keyword: &str| {
        node.get(keyword)
            .is_some_and(|it| it.as_str() == Some(name))
    };
    match (is("$anchor"), is("$dynamicAnchor")) {
        (true, _) => Some("$anchor"),
        (_, true) => None,
        _ => Some("$id"),
    }
}
