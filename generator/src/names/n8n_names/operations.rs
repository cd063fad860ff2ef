//! Names of operations.

use super::super::{Case, Item, Scope, Table, words};
use super::labels::{sentence, title};
use super::{Lock, OPERATIONS, OperationNames, ResourceLabels};
use crate::diag::Diagnostics;
use crate::ir::{Action, ActionId, Api, Kind};
use std::collections::BTreeSet;

/// Values that mean something else to n8n: its linter wants `getAll` to be called "Get Many".
const RESERVED: &[&str] = &["getAll"];

/// The longest summary, in words, that is taken for the sentence of an action.
const LONGEST_SENTENCE: usize = 10;

/// The names of each action, by id. Values and names are unique in a resource.
pub(super) fn allocate(
    api: &Api,
    resources: &[ResourceLabels],
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Vec<OperationNames> {
    let mut names = vec![OperationNames::default(); api.actions.len()];
    for (labels, resource) in resources.iter().zip(&api.resources) {
        let actions: Vec<(ActionId, &Action)> = resource
            .actions
            .iter()
            .filter_map(|id| Some((*id, api.action(*id)?)))
            .collect();
        let items = actions.iter().map(|(_, action)| item(action)).collect();
        let mut scope = Scope::new(Case::Parameter, RESERVED);
        let table = Table::of(OPERATIONS, &resource.tag);
        let values = scope.allocate(&table, items, lock, diagnostics);
        let mut taken = BTreeSet::new();
        for ((id, action), value) in actions.into_iter().zip(values) {
            let mut name = label(action, &value);
            if !taken.insert(name.clone()) {
                name = title(&words(&value));
                taken.insert(name.clone());
            }
            let action = action_sentence(action, labels);
            if let Some(slot) = names.get_mut(id.0) {
                *slot = OperationNames {
                    value,
                    name,
                    action,
                };
            }
        }
    }
    names
}

fn item(action: &Action) -> Item<'_> {
    let key = format!("{} {}", action.method.as_str(), action.path);
    Item {
        keys: vec![key],
        origin: &action.origin,
        text: "",
        first: Case::Parameter.identifier(&kind_words(&action.kind)),
        more: Box::new(move || {
            let operation = action.operation_id.as_deref().unwrap_or_default();
            let verb = words(action.method.key());
            let path: Vec<String> = verb.into_iter().chain(words(&action.path)).collect();
            [words(operation), path]
                .iter()
                .filter_map(|words| Case::Parameter.identifier(words))
                .collect()
        }),
    }
}

/// The words of a kind; none for a custom one that says nothing.
fn kind_words(kind: &Kind) -> Vec<String> {
    match canonical(kind) {
        Some(text) => words(text),
        None => match kind {
            Kind::Custom { words: own } => own.iter().flat_map(|text| words(text)).collect(),
            _ => Vec::new(),
        },
    }
}

fn canonical(kind: &Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::FindMany => "find many",
        Kind::FindOne => "find one",
        Kind::CreateOne => "create one",
        Kind::CreateMany => "create many",
        Kind::UpdateOne => "update one",
        Kind::UpdateMany => "update many",
        Kind::DeleteOne => "delete one",
        Kind::DeleteMany => "delete many",
        Kind::FindDuplicates => "find duplicates",
        Kind::Upsert => "upsert",
        Kind::Restore => "restore",
        Kind::Merge => "merge",
        Kind::Custom { .. } => return None,
    })
}

/// As the selector shows it. What is not called as its kind says it by its value.
fn label(action: &Action, value: &str) -> String {
    let own = kind_words(&action.kind);
    let is_first = Case::Parameter.identifier(&own).as_deref() == Some(value);
    match action.kind {
        // n8n's linter wants these words.
        Kind::Upsert if is_first => "Create or Update".to_owned(),
        _ if is_first => title(&own),
        _ => title(&words(value)),
    }
}

/// What it does, with the resource's words.
fn action_sentence(action: &Action, resource: &ResourceLabels) -> String {
    let with = |verb: &str, noun: &[String]| -> String {
        let all: Vec<String> = words(verb).into_iter().chain(noun.to_vec()).collect();
        sentence(&all)
    };
    let (one, many) = (resource.one.as_slice(), resource.many.as_slice());
    match &action.kind {
        Kind::FindMany => with("find many", many),
        Kind::FindOne => with("find one", one),
        Kind::CreateOne => with("create one", one),
        Kind::CreateMany => with("create many", many),
        Kind::UpdateOne => with("update one", one),
        Kind::UpdateMany => with("update many", many),
        Kind::DeleteOne => with("delete one", one),
        Kind::DeleteMany => with("delete many", many),
        Kind::FindDuplicates => {
            let noun: Vec<String> = one.iter().cloned().chain(words("duplicates")).collect();
            with("find", &noun)
        }
        Kind::Upsert => with("create or update", one),
        Kind::Restore => with("restore", number(action, resource)),
        Kind::Merge => with("merge", many),
        Kind::Custom { .. } => custom_sentence(action, resource),
    }
}

/// One of them where the path says which, else several.
fn number<'r>(action: &Action, resource: &'r ResourceLabels) -> &'r [String] {
    if action.path.contains('{') {
        &resource.one
    } else {
        &resource.many
    }
}

/// The document's own sentence, when it is a short one; else its words, of what they are about.
fn custom_sentence(action: &Action, resource: &ResourceLabels) -> String {
    if let Some(said) = action.summary.as_deref().and_then(short_sentence) {
        return sentence(&said);
    }
    let own = kind_words(&action.kind);
    let own = if own.is_empty() {
        words(action.operation_id.as_deref().unwrap_or(&action.path))
    } else {
        own
    };
    let noun = number(action, resource);
    let between = match own.len() {
        0 | 1 => None,
        _ if noun.is_empty() => None,
        _ => Some("of".to_owned()),
    };
    let all: Vec<String> = own
        .into_iter()
        .chain(between)
        .chain(noun.iter().cloned())
        .collect();
    match sentence(&all) {
        empty if empty.is_empty() => action.method.as_str().to_lowercase(),
        sentence => sentence,
    }
}

/// The words of a summary that is plain and short enough.
fn short_sentence(summary: &str) -> Option<Vec<String>> {
    let plain = |c: char| c.is_ascii_alphanumeric() || " -/'_.".contains(c);
    let summary = summary.trim().trim_end_matches('.');
    let found = words(summary);
    let is_sentence = summary.chars().all(plain)
        && !summary.contains(". ")
        && (2..=LONGEST_SENTENCE).contains(&found.len());
    is_sentence.then_some(found)
}
