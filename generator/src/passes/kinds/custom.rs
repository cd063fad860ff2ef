//! The actions of a resource that no canonical path gives a kind.

use super::canonical::{Key, key};
use super::spoken::{Around, Beside, stem};
use super::words::{candidates, own_words};
use crate::ir::{Action, ActionId, Api, Evidence, Method, Resource};
use crate::names::words;
use std::collections::{BTreeMap, BTreeSet};

/// The one action of several that is named for listing the resource and no more, wherever its path is:
/// `GET /users.list`.
pub(super) fn only_list(
    api: &Api,
    resource: &Resource,
    custom: &[(ActionId, Evidence)],
    lists: &[Option<bool>],
) -> Option<usize> {
    let is_list = |(id, evidence): &(ActionId, Evidence)| {
        let action = api.action(*id)?;
        let lists = lists.get(id.0) == Some(&Some(true)) && own_words(action, resource) == ["list"];
        (lists && action.method == Method::Get && !evidence.overridden).then_some(())
    };
    let mut found = (0..custom.len()).filter(|at| custom.get(*at).and_then(is_list).is_some());
    found.next().filter(|_| found.next().is_none())
}

/// What stands around the actions of an API: the methods of their paths, and which give lists.
pub(super) struct Surroundings<'a> {
    methods: BTreeMap<Key, BTreeSet<&'static str>>,
    /// The paths that give a list.
    listed: BTreeSet<Key>,
    /// The paths below which POST names what it does.
    procedures: BTreeSet<Key>,
    lists: &'a [Option<bool>],
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(api: &Api, lists: &'a [Option<bool>]) -> Self {
        let mut new = Self {
            methods: BTreeMap::new(),
            listed: BTreeSet::new(),
            procedures: BTreeSet::new(),
            lists,
        };
        for (action, list) in api.actions.iter().zip(lists) {
            let path = key(action);
            if action.method == Method::Get && *list == Some(true) {
                new.listed.insert(path.clone());
            }
            if action.method == Method::Post
                && let Some((last, before)) = path.split_last()
                && is_procedure(last)
            {
                new.procedures.insert(before.to_vec());
            }
            let own = new.methods.entry(path).or_default();
            own.insert(action.method.as_str());
        }
        new
    }

    fn of(&self, id: ActionId, action: &Action) -> Around {
        let mut path = key(action);
        let says_thing = |method: &str| match action.method {
            Method::Delete => matches!(method, "GET" | "PUT" | "POST" | "PATCH"),
            _ => method != action.method.as_str() && matches!(method, "GET" | "DELETE"),
        };
        let own = self.methods.get(&path);
        let has = |method: &str| own.is_some_and(|own| own.contains(method));
        let is_thing = own.is_some_and(|own| own.iter().any(|method| says_thing(method)));
        let is_listed = self.listed.contains(&path);
        let before = path.split_last().map(|(_, before)| before);
        let is_procedure = action.method == Method::Post
            && before.is_some_and(|before| self.procedures.contains(before));
        path.push("{}".to_owned());
        let has_items = self.methods.get(&path).is_some_and(|it| it.contains("GET"));
        let list = self.lists.get(id.0).copied().flatten();
        Around {
            list: if has_items { Some(true) } else { list },
            is_listed: is_listed || has_items,
            is_thing,
            beside: Beside {
                get: has("GET"),
                put: has("PUT"),
                patch: has("PATCH"),
            },
            is_procedure,
        }
    }
}

/// Whether POST on a component that is called so can only be a call: `list`, `delete-pool.json`.
fn is_procedure(component: &str) -> bool {
    let name = words(stem(component));
    let is_other_method = |verb: &String| ["delete", "get", "list"].contains(&verb.as_str());
    name.first().is_some_and(is_other_method)
}

/// Gives every custom action of a resource its words: the shortest that no other has.
pub(super) fn custom_words(
    api: &Api,
    resource: &Resource,
    custom: &[(ActionId, Evidence)],
    around: &Surroundings<'_>,
) -> Vec<Vec<String>> {
    let candidates: Vec<_> = custom
        .iter()
        .map(|(id, _)| {
            api.action(*id)
                .map_or(Vec::new(), |a| candidates(a, resource, around.of(*id, a)))
        })
        .collect();
    let mut levels = vec![0; candidates.len()];
    let at = |index: usize, levels: &[usize]| -> Vec<String> {
        let level = levels.get(index).copied().unwrap_or(0);
        let all = candidates.get(index);
        all.and_then(|all| all.get(level).or_else(|| all.last()))
            .cloned()
            .unwrap_or_default()
    };
    // Those that are equal take more of their origin, until none are or there is no more.
    loop {
        let mut seen: BTreeMap<Vec<String>, Vec<usize>> = Default::default();
        for index in 0..candidates.len() {
            seen.entry(at(index, &levels)).or_default().push(index);
        }
        let mut moved = false;
        for index in seen.into_values().filter(|same| same.len() > 1).flatten() {
            if let Some(level) = levels.get_mut(index)
                && candidates
                    .get(index)
                    .is_some_and(|all| *level + 1 < all.len())
            {
                *level += 1;
                moved = true;
            }
        }
        if !moved {
            return (0..candidates.len())
                .map(|index| at(index, &levels))
                .collect();
        }
    }
}
