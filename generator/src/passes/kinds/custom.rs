//! The actions of a resource that no canonical path gives a kind.

use super::canonical::{Key, key};
use super::spoken::Around;
use super::words::{candidates, own_words};
use crate::ir::{Action, ActionId, Api, Evidence, Method, Resource};
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
    lists: &'a [Option<bool>],
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(api: &Api, lists: &'a [Option<bool>]) -> Self {
        let mut methods: BTreeMap<Key, BTreeSet<&'static str>> = BTreeMap::new();
        for action in &api.actions {
            let own = methods.entry(key(action)).or_default();
            own.insert(action.method.as_str());
        }
        Self { methods, lists }
    }

    fn of(&self, id: ActionId, action: &Action) -> Around {
        let mut path = key(action);
        let says_thing = |method: &str| match action.method {
            Method::Delete => matches!(method, "GET" | "PUT" | "POST" | "PATCH"),
            _ => method != action.method.as_str() && matches!(method, "GET" | "DELETE"),
        };
        let own = self.methods.get(&path);
        let is_thing = own.is_some_and(|own| own.iter().any(|method| says_thing(method)));
        path.push("{}".to_owned());
        let has_items = self.methods.get(&path).is_some_and(|it| it.contains("GET"));
        Around {
            is_list: has_items || self.lists.get(id.0) == Some(&Some(true)),
            is_thing,
        }
    }
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
