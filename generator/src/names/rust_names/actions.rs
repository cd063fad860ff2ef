//! Names of actions and of their parameters.

use super::super::{bare, spelled, words};
use super::keys::Keys;
use super::members::told_apart;
use super::{
    ActionNames, Case, Item, Lock, METHODS, PARAMETERS, ResourceNames, Scope, Table, reserved,
};
use crate::diag::Diagnostics;
use crate::ir::{Action, ActionId, Api, Kind, Origin, Parameter, Place};

/// The names of each action, by id. Methods are unique in a resource, parameters in an action.
pub(super) fn allocate(
    api: &Api,
    keys: &Keys<'_>,
    resources: &[ResourceNames],
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Vec<ActionNames> {
    let mut names = vec![ActionNames::default(); api.actions.len()];
    for (module, actions) in by_module(api, resources) {
        let items = actions
            .iter()
            .map(|(_, action)| method(action, keys))
            .collect();
        let mut scope = Scope::new(Case::Value, reserved::HANDLE_METHODS);
        let methods = scope.allocate(&Table::of(METHODS, module), items, lock, diagnostics);
        for ((id, action), method) in actions.into_iter().zip(methods) {
            let table = Table::of(PARAMETERS, &format!("{module}.{}", bare(&method)));
            let items = action.parameters.iter().map(parameter).collect();
            let mut scope = Scope::new(Case::Value, reserved::BUILDER_METHODS);
            let parameters = scope.allocate(&table, items, lock, diagnostics);
            if let Some(slot) = names.get_mut(id.0) {
                *slot = ActionNames { method, parameters };
            }
        }
    }
    names
}

type Group<'a> = (&'a str, Vec<(ActionId, &'a Action)>);

/// The actions of each resource, and those of none.
fn by_module<'a>(api: &'a Api, resources: &'a [ResourceNames]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = resources
        .iter()
        .map(|names| (names.module.as_str(), Vec::new()))
        .collect();
    let mut without = Vec::new();
    for (index, action) in api.actions.iter().enumerate() {
        let group = action
            .resource
            .and_then(|resource| groups.get_mut(resource.0));
        group
            .map_or(&mut without, |(_, actions)| actions)
            .push((ActionId(index), action));
    }
    groups.push(("", without));
    groups
}

/// The words of an action's method; none for a custom one that says nothing.
fn kind_words(kind: &Kind) -> Vec<String> {
    match kind {
        Kind::Custom { words: own } => own.iter().flat_map(|text| words(text)).collect(),
        kind => words(kind.canonical().unwrap_or_default()),
    }
}

fn method<'a>(action: &'a Action, keys: &Keys<'_>) -> Item<'a> {
    Item {
        keys: vec![keys.action(action)],
        origin: &action.origin,
        text: action.operation_id.as_deref().unwrap_or(&action.path),
        first: Case::Value.identifier(&kind_words(&action.kind)),
        more: Box::new(move || {
            let verb = words(action.method.key());
            let mut own = kind_words(&action.kind);
            if !own.is_empty() {
                own.extend(verb.iter().cloned());
            }
            let operation = action.operation_id.as_deref().unwrap_or_default();
            let path = verb.iter().cloned().chain(words(&action.path)).collect();
            let spelled_path = verb.iter().cloned().chain(spelled(&action.path)).collect();
            let all = [words(operation), own, path, spelled_path];
            all.iter()
                .filter_map(|words| Case::Value.identifier(words))
                .collect()
        }),
    }
}

fn parameter(parameter: &Parameter) -> Item<'_> {
    parameter_item(parameter.place, &parameter.wire_name, &parameter.origin)
}

/// What a parameter asks to be called; one of a client is called as those of its operations.
pub(super) fn parameter_item<'a>(place: Place, text: &'a str, origin: &'a Origin) -> Item<'a> {
    let place = match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    };
    Item {
        keys: vec![format!("{place} {text}")],
        origin,
        text,
        first: Case::Value.identifier(&words(text)),
        more: Box::new(move || {
            let with_place = |rest: Vec<String>| {
                let words: Vec<String> = [place.to_owned()].into_iter().chain(rest).collect();
                Case::Value.identifier(&words)
            };
            let spelled_out = spelled(text);
            let names = [
                Case::Value.identifier(&spelled_out),
                with_place(words(text)),
                with_place(spelled_out),
            ];
            let told_apart = told_apart(Case::Value, text);
            names.into_iter().flatten().chain(told_apart).collect()
        }),
    }
}
