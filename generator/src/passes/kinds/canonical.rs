//! The canonical collection and item paths of a resource.

use std::collections::BTreeMap;

use super::super::paths::{Component, components, noun};
use super::super::procedures::verb_of;
use crate::ir::{Action, ActionId, Api, Method, Resource};
use crate::names::{plural, singular, words};

/// A path with its parameters' names left out: two paths that differ in them alone are one.
pub(super) type Key = Vec<String>;

/// Where a resource lives.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Canonical {
    /// The collection's path: `/people`.
    pub(super) collection: Key,
    /// The item's path: `/people/{}`.
    pub(super) item: Option<Key>,
    /// Whether the collection's path is one of several things: its last word is a plural, there is
    /// an item below it, or a list comes back from it.
    pub(super) is_collection: bool,
}

/// A place where a resource may live.
#[derive(Default)]
struct Base {
    /// Methods on the collection, with the action.
    collection: Vec<(Method, ActionId)>,
    /// Methods on the items, by the number of parameters that name one.
    items: BTreeMap<usize, Vec<Method>>,
    /// Where it was first seen.
    order: usize,
}

/// The path of an action with parameters' names left out.
pub(super) fn key(action: &Action) -> Key {
    components(action).iter().map(part).collect()
}

fn part(component: &Component) -> String {
    match component {
        Component::Literal(text) => text.clone(),
        Component::Parameter(_) => "{}".to_owned(),
        Component::Mixed => "{}..".to_owned(),
    }
}

/// The verb of the procedure of a resource that an action's path names: of `/createSite` it is `create`.
pub(super) fn procedure(action: &Action, resource: &Resource) -> Option<String> {
    let path = components(action);
    let last = path.iter().rev().find_map(Component::literal)?;
    verb_of(last, &resource.singular)
}

/// The canonical paths of a resource: those whose last word is the resource's, on which most of the
/// usual methods are found. `lists` says of every action of the API whether a list comes back.
pub(super) fn canonical(
    api: &Api,
    resource: &Resource,
    lists: &[Option<bool>],
) -> Option<Canonical> {
    let bases = bases(api, resource);
    let keys: Vec<Key> = resource
        .actions
        .iter()
        .filter_map(|id| api.action(*id))
        .map(key)
        .collect();
    let all_start_with = |base: &Key| keys.iter().all(|key| key.starts_with(base));
    let is_list = |id: &ActionId| lists.get(id.0).copied().flatten();
    let (path, base) = bases
        .iter()
        .filter(|(path, base)| {
            // `/words/random` is no place of words' own, unless something is done with its items.
            let rank = rank(path, resource);
            rank > 1 || (rank == 1 && base.is_used()) || all_start_with(path)
        })
        .max_by_key(|(path, base)| {
            let methods = base.methods(&is_list);
            (
                rank(path, resource),
                methods,
                usize::MAX - path.len(),
                usize::MAX - base.order,
            )
        })?;
    let item = base
        .items
        .iter()
        .max_by_key(|(count, methods)| (methods.len(), usize::MAX - **count));
    let listed = base
        .collection
        .iter()
        .any(|(_, id)| is_list(id) == Some(true));
    Some(Canonical {
        collection: path.clone(),
        item: item.map(|(count, _)| with_parameters(path, *count)),
        is_collection: item.is_some() || listed || path.last().is_some_and(|last| is_plural(last)),
    })
}

fn with_parameters(path: &Key, count: usize) -> Key {
    path.iter()
        .cloned()
        .chain(vec!["{}".to_owned(); count])
        .collect()
}

fn bases(api: &Api, resource: &Resource) -> BTreeMap<Key, Base> {
    let mut bases: BTreeMap<Key, Base> = BTreeMap::new();
    for (order, id) in resource.actions.iter().enumerate() {
        let Some(action) = api
            .action(*id)
            .filter(|it| procedure(it, resource).is_none())
        else {
            continue;
        };
        let mut path = key(action);
        let parameters = path.iter().rev().take_while(|part| *part == "{}").count();
        path.truncate(path.len() - parameters);
        if path.is_empty() {
            continue;
        }
        let base = bases.entry(path).or_insert_with(|| Base {
            order,
            ..Base::default()
        });
        if parameters == 0 {
            base.collection.push((action.method, *id));
        } else {
            base.items
                .entry(parameters)
                .or_default()
                .push(action.method);
        }
    }
    bases
}

impl Base {
    /// Whether more than reading is done there.
    fn is_used(&self) -> bool {
        let mut collection = self.collection.iter();
        !self.items.is_empty() || collection.any(|(method, _)| *method != Method::Get)
    }

    /// How many of the usual methods there are.
    fn methods(&self, is_list: &impl Fn(&ActionId) -> Option<bool>) -> usize {
        let collection = self.collection.iter().filter(|(method, id)| match method {
            Method::Get => is_list(id) != Some(false),
            Method::Post => true,
            _ => false,
        });
        let items = self.items.values().map(Vec::len).max().unwrap_or(0);
        collection.count() + items
    }
}

/// How well the last word of a path names a resource: 3 the same, 2 a part of the resource's name,
/// 1 the other way round, 0 not at all.
fn rank(path: &Key, resource: &Resource) -> usize {
    let own = path.last().map_or(Vec::new(), |last| noun(last));
    if own.is_empty() || resource.singular.is_empty() {
        0
    } else if own == resource.singular {
        3
    } else if resource.singular.ends_with(&own) {
        2
    } else if own.ends_with(&resource.singular) {
        1
    } else {
        0
    }
}

fn is_plural(text: &str) -> bool {
    let words = words(text);
    plural(&words) == words && singular(&words) != words
}
