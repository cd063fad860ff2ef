//! Kinds: what each action does with its resource.
//!
//! An action takes a kind when its path is the resource's canonical collection or item path, or one
//! of the usual paths beside them (`/batch/people`, `/people/duplicates`, `/restore/people/{id}`),
//! its method fits, and neither what it lists nor its name says otherwise. Where a resource has no such
//! path, a path may name what is done (`/createPerson`). Two actions of a resource never have the same
//! kind: the others are custom, under their own words.

mod canonical;
mod custom;
mod ids;
mod spoken;
mod verbs;
mod words;

pub(super) use verbs::only_reads;
pub(super) use words::own_words;

use std::collections::BTreeSet;

use canonical::{Canonical, Key};
use custom::{Surroundings, custom_words, only_list};

use super::envelopes::Finder;
use super::overrides::Decided;
use super::paths::{Component, components};
use super::procedures::verb;
use super::shapes::{Shape, main_media, shape};
use crate::ir::{Action, ActionId, Api, Evidence, Kind, Method, PathSegment, Resource};

/// Decides the kind of every action, and orders the actions of resources: those with a kind first.
pub(super) fn run(api: &mut Api, decided: &Decided) {
    let finder = Finder::new(api);
    let lists: Vec<_> = api
        .actions
        .iter()
        .map(|action| {
            let resource = action.resource.and_then(|id| api.resource(id));
            finder.is_list(action, &finder.find(action, resource))
        })
        .collect();
    let around = Surroundings::new(api, &lists);
    let mut results = Vec::new();
    for resource in &api.resources {
        results.extend(of_resource(api, resource, &lists, &around, decided));
    }
    for (id, kind, evidence) in results {
        if let Some(action) = api.actions.get_mut(id.0) {
            action.kind = kind;
            action.evidence.push(evidence);
        }
    }
    let actions = &api.actions;
    for resource in &mut api.resources {
        resource
            .actions
            .sort_by_key(|id| (actions.get(id.0).map_or(u8::MAX, |a| order(&a.kind)), *id));
    }
}

type Result = (ActionId, Kind, Evidence);

fn of_resource(
    api: &Api,
    resource: &Resource,
    lists: &[Option<bool>],
    around: &Surroundings<'_>,
    decided: &Decided,
) -> Vec<Result> {
    let mut taken = BTreeSet::new();
    let mut results = Vec::new();
    let mut custom = Vec::new();
    let said = |id: &ActionId| decided.actions.get(id).and_then(|d| d.kind.as_ref());
    for id in &resource.actions {
        if let Some(said) = said(id) {
            let words_missing = said.value == Kind::Custom { words: Vec::new() };
            if words_missing || !taken.insert(said.value.clone()) {
                custom.push((*id, said.evidence("kind")));
            } else {
                results.push((*id, said.value.clone(), said.evidence("kind")));
            }
        }
    }
    let canonical = canonical::canonical(api, resource, lists);
    let context = Context {
        api,
        resource,
        canonical: canonical.as_ref(),
        lists,
    };
    for id in resource.actions.iter().filter(|id| said(id).is_none()) {
        let because = |because: String| Evidence {
            about: "kind",
            because,
            overridden: false,
        };
        match context.kind(*id) {
            Ok((kind, why)) if taken.insert(kind.clone()) => {
                results.push((*id, kind, because(why)))
            }
            Ok((kind, why)) => {
                let why = format!("{why}, but the resource has a {} already", name(&kind));
                custom.push((*id, because(why)));
            }
            Err(why) => custom.push((*id, because(why))),
        }
    }
    if !taken.contains(&Kind::FindMany)
        && let Some(at) = only_list(api, resource, &custom, lists)
    {
        let (id, _) = custom.remove(at);
        let because = "it is the resource's only list".to_owned();
        let evidence = Evidence {
            about: "kind",
            because,
            overridden: false,
        };
        results.push((id, Kind::FindMany, evidence));
    }
    custom.sort_by_key(|(id, _)| *id);
    for ((id, evidence), words) in custom
        .iter()
        .zip(custom_words(api, resource, &custom, around))
    {
        results.push((*id, Kind::Custom { words }, evidence.clone()));
    }
    results
}

/// What an action is decided from.
struct Context<'a> {
    api: &'a Api,
    resource: &'a Resource,
    canonical: Option<&'a Canonical>,
    lists: &'a [Option<bool>],
}

/// What a path is, seen from the canonical paths of its resource.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Site {
    Collection,
    Item,
    Batch,
    Duplicates,
    Restore,
    Merge,
    Upsert,
    Elsewhere,
}

impl Context<'_> {
    /// The kind of an action and why, or why it has none.
    fn kind(&self, id: ActionId) -> std::result::Result<(Kind, String), String> {
        let none = || "the resource has no collection or item path".to_owned();
        let action = self.api.action(id).ok_or_else(none)?;
        // Where the resource has paths of its own, those are what it is made and found by.
        let Some(canonical) = self.canonical else {
            let verb = canonical::procedure(action, self.resource).ok_or_else(none)?;
            return self.of_procedure(id, action, &verb);
        };
        let site = site(&canonical::key(action), canonical);
        let words = own_words(action, self.resource);
        let kind = match site {
            Site::Collection if canonical.is_collection => {
                self.on_collection(id, action, &words)?
            }
            Site::Collection => return Err(format!("{} is one thing, not several", action.path)),
            Site::Item => self.on_item(id, action, canonical, &words)?,
            Site::Batch => match action.method {
                Method::Post if verbs::may_create(&words) => Kind::CreateMany,
                Method::Patch | Method::Put => Kind::UpdateMany,
                Method::Delete => Kind::DeleteMany,
                _ => return Err(no_kind(action)),
            },
            Site::Duplicates if matches!(action.method, Method::Post | Method::Get) => {
                Kind::FindDuplicates
            }
            Site::Restore if is_change(action.method) => Kind::Restore,
            Site::Merge if is_change(action.method) => Kind::Merge,
            Site::Upsert if is_change(action.method) => Kind::Upsert,
            Site::Duplicates | Site::Restore | Site::Merge | Site::Upsert => {
                return Err(no_kind(action));
            }
            Site::Elsewhere => {
                return Err(format!(
                    "{} is not a canonical path of the resource",
                    action.path
                ));
            }
        };
        let agrees = match &action.operation_id {
            Some(name) => format!(", operationId is `{name}`"),
            None => String::new(),
        };
        let place = match site {
            Site::Collection => "the collection",
            Site::Item => "an item",
            Site::Batch => "the batch path",
            Site::Duplicates | Site::Restore | Site::Merge | Site::Upsert => "the usual path",
            Site::Elsewhere => "the path",
        };
        Ok((
            kind,
            format!(
                "{} on {place} {}{agrees}",
                action.method.as_str(),
                action.path
            ),
        ))
    }

    /// The kind of what a path names as a procedure. What is done to one record has none where its id is
    /// not at the path's end.
    fn of_procedure(
        &self,
        id: ActionId,
        action: &Action,
        verb: &str,
    ) -> std::result::Result<(Kind, String), String> {
        let is_list = self.lists.get(id.0) == Some(&Some(true));
        let is_item = matches!(action.segments.last(), Some(PathSegment::Parameter(_)));
        let writes = !action.method.is_safe();
        let kind = match verb {
            "describe" | "fetch" | "get" | "list" | "retrieve" if is_list && !is_item => {
                Kind::FindMany
            }
            "create" | "insert" if writes && !is_item && self.takes_list(action) => {
                Kind::CreateMany
            }
            "create" | "insert" if writes && !is_item => Kind::CreateOne,
            "describe" | "fetch" | "get" | "retrieve" if is_item => Kind::FindOne,
            "edit" | "modify" | "update" if writes && is_item => Kind::UpdateOne,
            "delete" | "remove" if writes && is_item => Kind::DeleteOne,
            _ => return Err(format!("{} names a procedure: {verb}", action.path)),
        };
        let why = format!("{} names what is done: {verb}", action.path);
        Ok((kind, why))
    }

    fn on_collection(
        &self,
        id: ActionId,
        action: &Action,
        words: &[String],
    ) -> std::result::Result<Kind, String> {
        match action.method {
            Method::Get if self.lists.get(id.0) == Some(&Some(false)) => {
                Err("GET on the collection, but no list comes back".to_owned())
            }
            Method::Get => Ok(Kind::FindMany),
            Method::Post | Method::Put if verbs::is_upsert(words) => Ok(Kind::Upsert),
            Method::Post if !verbs::may_create(words) || changes(action) => Err(otherwise(action)),
            Method::Post if self.takes_list(action) => Ok(Kind::CreateMany),
            Method::Post => Ok(Kind::CreateOne),
            Method::Patch => Ok(Kind::UpdateMany),
            Method::Put if self.takes_list(action) || verbs::is_many(words) => Ok(Kind::UpdateMany),
            Method::Delete => Ok(Kind::DeleteMany),
            Method::Put | Method::Options | Method::Head | Method::Trace => Err(no_kind(action)),
        }
    }

    fn on_item(
        &self,
        id: ActionId,
        action: &Action,
        canonical: &Canonical,
        words: &[String],
    ) -> std::result::Result<Kind, String> {
        let also = |method: Method| {
            let mut actions = self
                .resource
                .actions
                .iter()
                .filter_map(|id| self.api.action(*id));
            actions.any(|other| {
                other.method == method && Some(canonical::key(other)) == canonical.item
            })
        };
        match action.method {
            Method::Get if self.lists.get(id.0) == Some(&Some(true)) => {
                Err("GET on an item, but a list comes back".to_owned())
            }
            Method::Get => Ok(Kind::FindOne),
            Method::Delete => Ok(Kind::DeleteOne),
            Method::Put | Method::Patch | Method::Post if verbs::is_upsert(words) => {
                Ok(Kind::Upsert)
            }
            Method::Put if also(Method::Patch) => {
                Err("PUT on an item that PATCH changes as well".to_owned())
            }
            Method::Post if also(Method::Patch) || also(Method::Put) => {
                Err("POST on an item that is changed by another method".to_owned())
            }
            Method::Patch | Method::Put | Method::Post if !verbs::may_update(words) => {
                Err(otherwise(action))
            }
            Method::Patch | Method::Put | Method::Post => Ok(Kind::UpdateOne),
            Method::Options | Method::Head | Method::Trace => Err(no_kind(action)),
        }
    }

    /// Whether the request's body is a list.
    fn takes_list(&self, action: &Action) -> bool {
        action
            .body
            .as_ref()
            .and_then(main_media)
            .is_some_and(|media| matches!(shape(self.api, &media.schema.ty), Shape::List(_)))
    }
}

/// Whether the path itself names a procedure that makes nothing: `/sendMessages`.
fn changes(action: &Action) -> bool {
    let path = components(action);
    let last = path.iter().rev().find_map(Component::literal);
    last.and_then(verb)
        .is_some_and(|verb| verb != "create" && verb != "insert" && verb != "add")
}

/// Which of the usual paths of a resource a path is.
fn site(path: &Key, canonical: &Canonical) -> Site {
    let without = |names: &[&str]| -> Option<Key> {
        let named = |part: &String| names.contains(&part.to_lowercase().as_str());
        let position = path.iter().rposition(named)?;
        let mut rest = path.clone();
        rest.remove(position);
        Some(rest)
    };
    let is_collection = |path: Option<Key>| path.as_ref() == Some(&canonical.collection);
    let is_item = |path: Option<Key>| path.is_some() && path == canonical.item;
    if *path == canonical.collection {
        Site::Collection
    } else if is_item(Some(path.clone())) {
        Site::Item
    } else if is_collection(without(&["batch", "bulk"])) {
        Site::Batch
    } else if is_collection(without(&[
        "duplicates",
        "find-duplicates",
        "find_duplicates",
    ])) {
        Site::Duplicates
    } else if is_item(without(&["restore", "undelete"])) {
        Site::Restore
    } else if is_collection(without(&["merge"])) {
        Site::Merge
    } else if is_collection(without(&["upsert"])) || is_item(without(&["upsert"])) {
        Site::Upsert
    } else {
        Site::Elsewhere
    }
}

fn is_change(method: Method) -> bool {
    matches!(method, Method::Post | Method::Put | Method::Patch)
}

fn no_kind(action: &Action) -> String {
    format!("no kind has {} on {}", action.method.as_str(), action.path)
}

fn otherwise(action: &Action) -> String {
    let own = action
        .operation_id
        .as_deref()
        .or(action.summary.as_deref())
        .unwrap_or_default();
    format!(
        "{} on {}, but it is named `{own}`",
        action.method.as_str(),
        action.path
    )
}

/// The kind as it is shown: `find many`.
pub(crate) fn name(kind: &Kind) -> String {
    match kind {
        Kind::Custom { words } => words.join(" "),
        kind => kind.canonical().unwrap_or_default().to_owned(),
    }
}

/// The order in which users see the kinds.
fn order(kind: &Kind) -> u8 {
    match kind {
        Kind::FindMany => 0,
        Kind::FindOne => 1,
        Kind::CreateOne => 2,
        Kind::CreateMany => 3,
        Kind::UpdateOne => 4,
        Kind::UpdateMany => 5,
        Kind::Upsert => 6,
        Kind::DeleteOne => 7,
        Kind::DeleteMany => 8,
        Kind::FindDuplicates => 9,
        Kind::Merge => 10,
        Kind::Restore => 11,
        Kind::Custom { .. } => 12,
    }
}

#[cfg(test)]
mod tests;
