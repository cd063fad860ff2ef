//! What a custom action is called.

use super::super::paths::{Component, components, says_nothing};
use super::spoken::{is_mechanical, spoken, without_path};
use crate::ir::{Action, Resource};
use crate::names::{spelled, words};

/// A summary of more words than this is a sentence rather than a name.
const SUMMARY_WORDS: usize = 6;

/// What an action may be called, best first: the words of its `operationId` without the resource's,
/// all of them, then those of method and path. The last is unique, except where paths collide.
pub(in crate::passes) fn candidates(action: &Action, resource: &Resource) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    let summary = action
        .summary
        .as_deref()
        .map(words)
        .filter(|w| w.len() <= SUMMARY_WORDS);
    let id = action.operation_id.as_deref().map(words);
    if id.as_ref().is_some_and(|own| is_mechanical(own, action)) {
        all.extend(spoken(action, resource));
    }
    if let Some(own) = id.map(|own| without_path(own, action)).or(summary) {
        all.push(without(&own, resource));
        all.push(own);
    }
    all.extend(spoken(action, resource));
    let method = action.method.key().to_owned();
    let path = components(action);
    let literals = path.iter().filter_map(Component::literal);
    let literals = literals.filter(|text| !says_nothing(text)).flat_map(words);
    let short: Vec<String> = [method.clone()].into_iter().chain(literals).collect();
    all.push(without(&short, resource));
    all.push(short);
    let mut full = vec![method];
    for part in &path {
        match part {
            Component::Literal(text) => full.extend(words(text)),
            Component::Parameter(name) => {
                full.push("by".to_owned());
                full.extend(words(name));
            }
            Component::Mixed => {}
        }
    }
    all.push(full);
    all.push(spelled(&format!(
        "{} {}",
        action.method.as_str(),
        action.path
    )));
    all.retain(|words| !words.is_empty());
    all
}

/// The words that name what an action does: those of its `operationId`, else of its summary,
/// without the resource's.
pub(in crate::passes) fn own_words(action: &Action, resource: &Resource) -> Vec<String> {
    let own = match (&action.operation_id, &action.summary) {
        (Some(id), _) => without_path(words(id), action),
        (None, Some(summary)) => words(summary),
        (None, None) => Vec::new(),
    };
    without(&own, resource)
}

/// Words without the resource's own, in singular or plural, where they first stand:
/// `GetCustomersCustomerSources` is "get sources", `PostAccountBankAccounts` "post bank accounts".
fn without(words: &[String], resource: &Resource) -> Vec<String> {
    let own = |rest: &[String]| {
        let names = [&resource.plural, &resource.singular].into_iter();
        let mut fitting = names.filter(|name| !name.is_empty() && rest.starts_with(name));
        fitting.next().map(Vec::len)
    };
    let Some(start) = (0..words.len()).find(|at| own(words.get(*at..).unwrap_or(&[])).is_some())
    else {
        return words.to_vec();
    };
    let (before, mut rest) = words.split_at_checked(start).unwrap_or((words, &[]));
    while let Some(length) = own(rest) {
        rest = rest.get(length..).unwrap_or(&[]);
    }
    [before, rest].concat()
}
