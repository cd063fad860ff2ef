//! Equal inline shapes become one type; what nothing leads to goes away.
//!
//! Components never merge, even where they have equal fields today. Inline types do when they have
//! the same fields, values or variants and these have, from the leaves up, the same types.
//! Descriptions, examples and defaults do not count. Types are renumbered: those of the document in
//! the order of their first origin, then those that envelopes left behind.

mod name;
mod structure;

use std::collections::{BTreeMap, HashMap};

use super::overrides::Decided;
use super::recursion::components as strongly_connected;
use super::visit::{every_id, ids_of_body, reachable};
use crate::ir::{Api, OtherWay, Role, TypeDef, TypeId};
use crate::names::words;

/// Merges, removes and renumbers types, and gives merged ones their names.
pub(super) fn run(api: &mut Api, decided: &Decided) {
    let classes = classes(api);
    let keep = kept(api, &classes);
    let mut members: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for (index, class) in classes.iter().enumerate() {
        if keep.get(index) == Some(&true) {
            members.entry(*class).or_default().push(TypeId(index));
        }
    }
    let mut numbers = vec![TypeId(0); api.types.len()];
    let types = std::mem::take(&mut api.types);
    let mut types: Vec<Option<TypeDef>> = types.into_iter().map(Some).collect();
    for ids in members.values() {
        let number = TypeId(api.types.len());
        let mut all = Vec::new();
        for id in ids {
            if let Some(slot) = numbers.get_mut(id.0) {
                *slot = number;
            }
            all.extend(types.get_mut(id.0).and_then(Option::take));
        }
        let said = ids.iter().find_map(|id| decided.type_names.get(id));
        api.types.extend(merge(all, said));
    }
    every_id(api, &mut |id| {
        if let Some(number) = numbers.get(id.0) {
            *id = *number;
        }
    });
    name::separate_roles(&mut api.types);
}

/// For every type the first one that it is equal to.
fn classes(api: &Api) -> Vec<TypeId> {
    let edges: Vec<Vec<usize>> = api
        .types
        .iter()
        .map(|def| ids_of_body(&def.body).into_iter().map(|id| id.0).collect())
        .collect();
    // A class is numbered by the member that was met first, and keeps its number: keys hold it.
    let mut classes: Vec<TypeId> = (0..api.types.len()).map(TypeId).collect();
    let mut known: HashMap<Vec<u8>, TypeId> = HashMap::new();
    // Tarjan's algorithm gives what is referred to before what refers to it.
    for component in strongly_connected(&edges) {
        let [index] = component.as_slice() else {
            continue; // types that contain each other stay as they are
        };
        let Some(def) = api.types.get(*index).filter(|def| is_inline(api, def)) else {
            continue;
        };
        if edges.get(*index).is_some_and(|to| to.contains(index)) {
            continue;
        }
        let class = *known
            .entry(structure::key(&def.body, &classes))
            .or_insert(TypeId(*index));
        if let Some(slot) = classes.get_mut(*index) {
            *slot = class;
        }
    }
    first_members(&classes)
}

/// Whether a type was written in place. What a component is sent as stays its own, as it does.
fn is_inline(api: &Api, def: &TypeDef) -> bool {
    let named = |def: &TypeDef| def.component.is_some();
    match def.other_way {
        Some(OtherWay::ReceivedAs(id)) => !api.type_def(id).is_some_and(named),
        Some(OtherWay::SentAs(_)) | None => !named(def),
    }
}

/// The same classes, each represented by the member that was read first.
fn first_members(classes: &[TypeId]) -> Vec<TypeId> {
    let mut first: HashMap<TypeId, TypeId> = HashMap::new();
    for (index, class) in classes.iter().enumerate() {
        first.entry(*class).or_insert(TypeId(index));
    }
    classes
        .iter()
        .map(|class| first.get(class).copied().unwrap_or(*class))
        .collect()
}

/// Which types are kept: components and what they, actions and events lead to, and whatever is equal
/// to one of these.
fn kept(api: &mut Api, classes: &[TypeId]) -> Vec<bool> {
    let mut roots = Vec::new();
    let types = std::mem::take(&mut api.types);
    every_id(api, &mut |id| roots.push(*id));
    api.types = types;
    for (index, def) in api.types.iter().enumerate() {
        if def.component.is_some() {
            roots.push(TypeId(index));
        }
    }
    let mut keep = reachable(api, roots);
    let mut classes_kept = vec![false; keep.len()];
    for (class, kept) in classes.iter().zip(&keep) {
        if *kept && let Some(flag) = classes_kept.get_mut(class.0) {
            *flag = true;
        }
    }
    for (index, flag) in keep.iter_mut().enumerate() {
        let class = classes
            .get(index)
            .and_then(|class| classes_kept.get(class.0));
        *flag |= class == Some(&true);
    }
    keep
}

/// Makes one type of equal ones; `said` is the name that the configuration gives to one of them.
fn merge(all: Vec<TypeDef>, said: Option<&String>) -> Option<TypeDef> {
    let hints = (all.len() > 1).then(|| name::of_merged(&all));
    let mut all = all.into_iter();
    let mut merged = all.next()?;
    for other in all {
        merged.origins.extend(other.origins);
        merged.role = joined(merged.role, other.role);
        merged.description = merged.description.or(other.description);
    }
    merged.hints = hints.unwrap_or(merged.hints);
    if let Some(name) = said {
        merged.hints.insert(0, words(name));
    }
    Some(merged)
}

/// The role of a type that has both: what is only ever sent stays an input, what is only ever received
/// stays an output.
fn joined(a: Role, b: Role) -> Role {
    match (a, b) {
        (a, b) if a == b => a,
        (Role::Input | Role::Update, Role::Input | Role::Update) => Role::Input,
        (Role::Output | Role::Error | Role::Event, Role::Output | Role::Error | Role::Event) => {
            Role::Output
        }
        _ => Role::Shared,
    }
}

#[cfg(test)]
mod tests;
