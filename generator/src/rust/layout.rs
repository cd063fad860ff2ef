//! Which file a type is written to.
//!
//! A record that a resource is about has a file of its own in `models`, with the types that only it
//! leads to. What only one resource's actions take stands in that resource's module and is compiled
//! with it. What only events tell stands in `webhooks`. Everything else is shared.

use super::Context;
use super::reach::{self, TypeSet};
use crate::ir::{Api, ResourceId, Role, TypeId};
use crate::names::{Case, words};
use std::collections::BTreeMap;

/// The file of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    /// `models/<record>.rs`, the file of this record.
    Record(TypeId),
    /// `resources/<resource>.rs`: compiled with the resource's feature only.
    Resource(ResourceId),
    /// `models/shared.rs`.
    Shared,
    /// `webhooks.rs`: what only events tell.
    Webhooks,
}

/// The home of every type that is shown.
#[derive(Debug)]
pub(super) struct Layout {
    homes: BTreeMap<TypeId, Home>,
}

impl Layout {
    pub(super) fn new(api: &Api, shown: &TypeSet) -> Self {
        let records: Vec<TypeId> = api
            .resources
            .iter()
            .filter_map(|resource| resource.record)
            .collect();
        let always = always_compiled(api, &records);
        let mut homes: BTreeMap<TypeId, Home> = BTreeMap::new();
        for record in records.iter().filter(|id| shown.contains(**id)) {
            homes.insert(*record, Home::Record(*record));
        }
        for (index, resource) in api.resources.iter().enumerate() {
            let mut taken = Vec::new();
            for action in resource.actions.iter().filter_map(|id| api.action(*id)) {
                reach::referenced_by_input(api, action, &mut |id| taken.push(id));
            }
            claim(
                api,
                &mut homes,
                taken,
                &records,
                Home::Resource(ResourceId(index)),
            );
        }
        // What is compiled whatever the features must not depend on what is not.
        for (id, home) in &mut homes {
            if matches!(home, Home::Resource(_)) && always.contains(*id) {
                *home = Home::Shared;
            }
        }
        for record in &records {
            let mut taken = Vec::new();
            reach::referenced_by_def(api, *record, &mut |id| taken.push(id));
            claim(api, &mut homes, taken, &records, Home::Record(*record));
        }
        let rest = |id: TypeId| match api.type_def(id).map(|def| def.role) {
            Some(Role::Event) => Home::Webhooks,
            _ => Home::Shared,
        };
        let homes = shown
            .iter()
            .map(|id| (id, homes.get(&id).copied().unwrap_or_else(|| rest(id))))
            .collect();
        Self { homes }
    }

    /// Where a type is written; `None` when it is not.
    pub(super) fn home(&self, id: TypeId) -> Option<Home> {
        self.homes.get(&id).copied()
    }

    /// The types of a file, in the order of the document.
    pub(super) fn types(&self, home: Home) -> impl Iterator<Item = TypeId> + '_ {
        self.homes
            .iter()
            .filter(move |(_, other)| **other == home)
            .map(|(id, _)| *id)
    }

    /// Every file that has types.
    pub(super) fn files(&self) -> Vec<Home> {
        let mut files: Vec<Home> = self.homes.values().copied().collect();
        files.sort_unstable();
        files.dedup();
        files
    }
}

impl Context<'_> {
    /// The files in `models`, each with its module.
    pub(super) fn model_modules(&self) -> Vec<(Home, String)> {
        let (mut found, mut taken) = (Vec::new(), Vec::new());
        for home in self.layout.files() {
            let module = match home {
                Home::Record(id) => {
                    let name = self.names.types.get(id.0);
                    model_module(name.map_or("", String::as_str), &taken)
                }
                Home::Shared => "shared".to_owned(),
                Home::Resource(_) | Home::Webhooks => continue,
            };
            taken.push(module.clone());
            found.push((home, module));
        }
        found
    }
}

/// A name for the file of a record in `models` that no other has yet: ASCII, and no keyword.
fn model_module(record: &str, taken: &[String]) -> String {
    let name = Case::Module.identifier(&words(record));
    let name = name.unwrap_or_else(|| "record".to_owned());
    let is_free =
        |name: &String| !["models", "shared"].contains(&name.as_str()) && !taken.contains(name);
    let numbered = (2..).map(|number| format!("{name}_record{number}"));
    [name.clone(), format!("{name}_record")]
        .into_iter()
        .chain(numbered)
        .find(is_free)
        .unwrap_or_default()
}

/// Gives everything that `roots` lead to a home; what had another one becomes shared. Records of
/// resources keep theirs, and nothing is claimed through them.
fn claim(
    api: &Api,
    homes: &mut BTreeMap<TypeId, Home>,
    roots: Vec<TypeId>,
    records: &[TypeId],
    home: Home,
) {
    let mut seen = TypeSet::empty(api);
    let mut pending = roots;
    while let Some(id) = pending.pop() {
        if records.contains(&id) || !seen.insert(id) {
            continue;
        }
        homes
            .entry(id)
            .and_modify(|before| {
                if *before != home {
                    *before = Home::Shared;
                }
            })
            .or_insert(home);
        reach::referenced_by_def(api, id, &mut |next| pending.push(next));
    }
}

/// Types that no feature takes away: what comes back from anywhere, and named schemas that no action
/// takes. Setters of shared builders need their types as well.
fn always_compiled(api: &Api, records: &[TypeId]) -> TypeSet {
    let mut roots = records.to_vec();
    for action in &api.actions {
        reach::referenced_by_output(api, action, &mut |id| roots.push(id));
        for parameter in &action.parameters {
            reach::referenced_by(&parameter.schema, &mut |id| roots.push(id));
        }
        // A body that may be left out has a setter.
        let optional = action.body.as_ref().filter(|body| !body.required);
        if let Some(media) = optional.and_then(|body| reach::typed_media(api, body)) {
            reach::referenced_by(&media.schema, &mut |id| roots.push(id));
        }
    }
    for event in &api.events {
        if let Some(media) = super::events::json_media(event) {
            reach::referenced_by(&media.schema, &mut |id| roots.push(id));
        }
    }
    for (index, def) in api.types.iter().enumerate() {
        if def.component.is_some() && !matches!(def.role, Role::Input | Role::Update | Role::Event)
        {
            roots.push(TypeId(index));
        }
    }
    let mut set = TypeSet::empty(api);
    set.close_over(api, roots);
    set
}

#[cfg(test)]
mod tests {
    use super::model_module;

    /// A module in a file of its own is ASCII, and no keyword (E0754).
    #[test]
    fn files_of_records_can_be_modules() {
        let mut taken = Vec::new();
        for (record, module) in [
            ("ConnectedAccount", "connected_account"),
            ("Type", "type_"),
            ("Größe", "grosse"),
            ("Grosse", "grosse_record"),
            ("GROSSE", "grosse_record2"),
            ("名", "u540d"),
            ("Self_", "self_"),
            ("Shared", "shared_record"),
            ("Models", "models_record"),
            ("Mod", "mod_"),
        ] {
            let name = model_module(record, &taken);
            assert_eq!(name, module, "{record}");
            taken.push(name);
        }
    }
}
