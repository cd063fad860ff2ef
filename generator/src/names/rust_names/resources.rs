//! Names of resources.

use super::super::{spelled, words};
use super::members::told_apart;
use super::{ACCESSORS, Case, HANDLES, Item, Lock, MODULES, ResourceNames, Scope, Table, reserved};
use crate::diag::Diagnostics;
use crate::ir::{Api, Resource};

/// The names of each resource, by id. Handles share the namespace of the types.
pub(super) fn allocate(
    api: &Api,
    type_scope: &mut Scope,
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Vec<ResourceNames> {
    let items = |case: Case, what: &'static str| -> Vec<Item<'_>> {
        api.resources
            .iter()
            .map(|resource| item(resource, case, what))
            .collect()
    };
    let mut modules = Scope::new(Case::Module, reserved::MODULES);
    let modules = modules.allocate(
        &Table::new(MODULES),
        items(Case::Module, "resource"),
        lock,
        diagnostics,
    );
    let mut accessors = Scope::new(Case::Value, reserved::CLIENT_METHODS);
    let accessors = accessors.allocate(
        &Table::new(ACCESSORS),
        items(Case::Value, "resource"),
        lock,
        diagnostics,
    );
    let handles = type_scope.allocate(
        &Table::new(HANDLES),
        items(Case::Type, "actions"),
        lock,
        diagnostics,
    );
    let names = modules.into_iter().zip(accessors).zip(handles);
    names
        .map(|((module, accessor), handle)| ResourceNames {
            feature: module.trim_end_matches('_').replace('_', "-"),
            module,
            handle,
            accessor,
        })
        .collect()
}

fn item<'a>(resource: &'a Resource, case: Case, what: &'static str) -> Item<'a> {
    let text = resource.tag.as_str();
    Item {
        keys: vec![text.to_owned()],
        origin: &resource.origin,
        text,
        first: case.identifier(&plural_words(resource)),
        more: Box::new(move || {
            let with = |mut words: Vec<String>| {
                words.push(what.to_owned());
                case.identifier(&words)
            };
            let names = [
                with(plural_words(resource)),
                case.identifier(&words(text)),
                case.identifier(&spelled(text)),
                with(spelled(text)),
            ];
            let told_apart = told_apart(case, text);
            names.into_iter().flatten().chain(told_apart).collect()
        }),
    }
}

/// What a group is called: several of its things, or, when it is about no kind of thing (`General`),
/// what the document calls it.
fn plural_words(resource: &Resource) -> Vec<String> {
    match resource.plural.as_slice() {
        [] => words(&resource.tag),
        _ if resource.record.is_none() && resource.id.is_none() => words(&resource.tag),
        plural => plural.to_vec(),
    }
}
