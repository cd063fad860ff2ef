//! Several leaves as one: types, nullability, contradictions.

use super::conjunction::Leaf;
use crate::diag::{Code, Diagnostic};
use crate::ir::JsonType;
use crate::normalise::reader::Reader;

impl<'d> Reader<'d, '_> {
    /// The types that all leaves allow. Of leaves that contradict each other the later ones stay.
    pub(super) fn agreed_types(&mut self, leaves: &mut Vec<Leaf<'d>>) -> Option<Vec<JsonType>> {
        let mut agreed: Option<Vec<JsonType>> = None;
        let mut first = 0;
        for (index, leaf) in leaves.iter().enumerate() {
            let Some(types) = leaf
                .keywords
                .types
                .as_ref()
                .filter(|types| !types.is_empty())
            else {
                continue;
            };
            let both = match &agreed {
                None => types.clone(),
                Some(before) => intersection(before, types),
            };
            if both.is_empty() {
                first = index;
                agreed = Some(types.clone());
            } else {
                agreed = Some(both);
            }
        }
        if first > 0 {
            self.contradiction(leaves, first);
        }
        agreed
    }

    /// Leaves out the leaves before `first` that narrow anything.
    fn contradiction(&mut self, leaves: &mut Vec<Leaf<'d>>, first: usize) {
        let later = leaves.split_off(first);
        for leaf in leaves.iter().filter(|leaf| leaf.keywords.is_narrowing()) {
            let origin = leaf.keywords.origin();
            self.lose(origin, "contradicted by a later part");
        }
        if let Some(leaf) = later.first() {
            let message = "this contradicts the type that an earlier part asks for";
            self.diagnostics.push(
                Diagnostic::warning(Code::ConflictingAllOf, leaf.keywords.origin(), message)
                    .action("the later part counts"),
            );
        }
        *leaves = later;
    }
}

/// The types both sides allow, in the order of the second; an integer is a number.
fn intersection(one: &[JsonType], other: &[JsonType]) -> Vec<JsonType> {
    let mut both = Vec::new();
    let (integer, number) = (JsonType::Integer, JsonType::Number);
    for ty in other {
        if one.contains(ty) {
            both.push(*ty);
        } else if (*ty == number && one.contains(&integer))
            || (*ty == integer && one.contains(&number))
        {
            both.push(integer);
        }
    }
    both.dedup();
    both
}

/// Whether null is a value: where the place itself says so, or where all that speak of types agree.
pub(super) fn nullable(leaves: &[Leaf<'_>]) -> bool {
    if leaves
        .iter()
        .any(|leaf| !leaf.foreign && leaf.keywords.null)
    {
        return true;
    }
    let mut speaking = leaves
        .iter()
        .filter(|leaf| leaf.keywords.types.is_some() || leaf.keywords.null)
        .peekable();
    speaking.peek().is_some() && speaking.all(|leaf| leaf.keywords.null)
}
