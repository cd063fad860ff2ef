//! What merged types are called.

use std::collections::BTreeMap;

use crate::ir::{Role, TypeBody, TypeDef};
use crate::names::{singular, words};

/// The names of a type that several were merged into, best first: the name they all have, else a
/// word that all its properties share, else the first one's longer name.
pub(super) fn of_merged(all: &[TypeDef]) -> Vec<Vec<String>> {
    let Some((first, others)) = all.split_first() else {
        return Vec::new();
    };
    let name = |def: &TypeDef| def.hints.first().map(|hint| words(&hint.join(" ")));
    if others.iter().all(|other| name(other) == name(first)) {
        return first.hints.clone();
    }
    let longer = first
        .hints
        .get(1..)
        .filter(|rest| !rest.is_empty())
        .unwrap_or(&first.hints);
    let mut hints = Vec::new();
    if let TypeBody::Record(record) = &first.body {
        let names: Vec<_> = record
            .fields
            .iter()
            .map(|field| words(&field.wire_name))
            .collect();
        hints.extend(shared(&names).map(|word| vec![word]));
    }
    hints.extend(longer.iter().cloned());
    hints
}

/// A noun that all of at least two names have: of `primaryLinkUrl` and `secondaryLinks` it is
/// `link`. Of several the first.
fn shared(names: &[Vec<String>]) -> Option<String> {
    let (first, others) = names.split_first()?;
    if others.is_empty() {
        return None;
    }
    let noun = |word: &String| singular(std::slice::from_ref(word)).concat();
    let has = |name: &Vec<String>, wanted: &String| name.iter().any(|word| noun(word) == *wanted);
    first
        .iter()
        .map(noun)
        .filter(|word| word.len() > 2)
        .find(|word| others.iter().all(|other| has(other, word)))
}

/// Where an inline type that is sent and another that is received want the same name, the one that
/// is sent says so: `created by input` beside `created by`.
pub(super) fn separate_roles(types: &mut [TypeDef]) {
    let mut wanting: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (index, def) in types.iter().enumerate() {
        if let Some(hint) = def.hints.first().filter(|_| def.component.is_none()) {
            wanting
                .entry(words(&hint.join(" ")))
                .or_default()
                .push(index);
        }
    }
    for (name, indices) in wanting {
        let role = |index: &usize| types.get(*index).map(|def| def.role);
        let of = |wanted: Role| -> Vec<usize> {
            indices
                .iter()
                .filter(|index| role(index) == Some(wanted))
                .copied()
                .collect()
        };
        let received = of(Role::Output).len() + of(Role::Shared).len() + of(Role::Event).len();
        let (inputs, updates) = (of(Role::Input), of(Role::Update));
        for (sent, suffix) in [(inputs, "input"), (updates, "update")] {
            if let [index] = sent.as_slice()
                && indices.len() > 1
                && received > 0
                && let Some(hint) = types.get_mut(*index).and_then(|def| def.hints.first_mut())
            {
                *hint = name.iter().cloned().chain([suffix.to_owned()]).collect();
            }
        }
    }
}
