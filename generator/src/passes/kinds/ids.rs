//! What an `operationId` has beside its own words: its path, its method, the service it belongs to.

use super::super::paths::{Component, components, says_nothing};
use super::verbs::{is_reading, is_verb};
use super::words::PREPOSITIONS;
use crate::ir::{Action, Resource};
use crate::names::{plural, singular, words};
use std::collections::BTreeSet;

/// Verbs that frameworks put behind the noun: `admin-api-keys-create`.
const LAST: &[&str] = &[
    "create", "delete", "get", "list", "read", "remove", "retrieve", "update",
];

/// The words of an `operationId` without the path and the method that some frameworks put after the
/// name of a function: `read_item_items__item_id__get` is "read item".
pub(super) fn without_path(own: Vec<String>, action: &Action) -> Vec<String> {
    let mut end = words(&action.path);
    end.push(action.method.key().to_owned());
    let name = own.strip_suffix(end.as_slice());
    name.filter(|name| !name.is_empty())
        .map_or_else(|| own.clone(), <[String]>::to_vec)
}

/// Whether the words of an `operationId` are those of the path, with or without the method, and no more:
/// `PostInvoicesInvoiceFinalize`, `get_files_id_comments`, `usersIdTweets`.
pub(super) fn is_mechanical(own: &[String], action: &Action) -> bool {
    let path = components(action);
    let Some((first, rest)) = own.split_first() else {
        return false;
    };
    if first == action.method.key() {
        return is_path(rest, &path);
    }
    // Without the method, ids tell that a program has spelled the path: people leave them out.
    let literals = path.iter().filter_map(Component::literal);
    let spelled: usize = literals.map(|text| words(text).len()).sum();
    spelled < own.len() && !is_verb(first) && is_path(own, &path)
}

/// Whether words are those of a path.
fn is_path(own: &[String], path: &[Component]) -> bool {
    // The places in the words up to which the path may have been spelled.
    let mut places = BTreeSet::from([0]);
    for part in path {
        let before = std::mem::take(&mut places);
        for place in before {
            places.extend(ends_of(part, own, place));
        }
    }
    places.contains(&own.len())
}

/// Where the words of a component may end that begin at a place.
fn ends_of(part: &Component, own: &[String], place: usize) -> Vec<usize> {
    let rest = own.get(place..).unwrap_or(&[]);
    let spelled = |text: &str| {
        let words = words(text);
        rest.starts_with(&words).then_some(place + words.len())
    };
    let or_nothing = |end: Option<usize>| end.into_iter().chain([place]).collect();
    match part {
        Component::Literal(text) if says_nothing(text) => or_nothing(spelled(text)),
        Component::Literal(text) => spelled(text).into_iter().collect(),
        Component::Parameter(name) => {
            let id = rest.first().filter(|word| *word == "id");
            let mut ends: Vec<usize> = or_nothing(spelled(name));
            ends.extend(id.map(|_| place + 1));
            ends
        }
        Component::Mixed => vec![place],
    }
}

/// The name behind the method that some programs put before it, in capitals: `GET_PurgeQueue`.
pub(super) fn behind_method<'a>(id: &'a str, action: &Action) -> Option<&'a str> {
    let name = id.strip_prefix(action.method.as_str())?.strip_prefix('_')?;
    name.starts_with(char::is_uppercase).then_some(name)
}

/// What an `operationId` with dots says behind the resource: of `shop.items.list` it is `list`.
pub(super) fn behind_resource<'a>(id: &'a str, resource: &Resource) -> Option<&'a str> {
    let is_own = |part: &str| singular(&words(part)) == resource.singular;
    let dots = id.match_indices('.').map(|(at, _)| at);
    let mut ends = dots.collect::<Vec<usize>>().into_iter().rev();
    let end = ends.find(|end| {
        let before = id.get(..*end).unwrap_or_default();
        is_own(before.rsplit('.').next().unwrap_or(before))
    })?;
    id.get(end + 1..).filter(|name| !words(name).is_empty())
}

/// Words without the places of the path that lead to what is done, where their ids are spelled as well:
/// `usersIdTimeline` on `/users/{id}/timelines/newest` is "timeline".
pub(super) fn without_places(own: Vec<String>, action: &Action) -> Vec<String> {
    let path = components(action);
    let mut rest = own.as_slice();
    for pair in path.windows(2) {
        let [Component::Literal(place), Component::Parameter(name)] = pair else {
            continue;
        };
        let ids = [words(name), vec!["id".to_owned()]];
        let behind = rest
            .strip_prefix(words(place).as_slice())
            .and_then(|behind| {
                let mut ends = ids.iter().map(|id| behind.strip_prefix(id.as_slice()));
                ends.find_map(|end| end)
            });
        rest = behind.filter(|rest| !rest.is_empty()).unwrap_or(rest);
    }
    rest.to_vec()
}

/// Words with the verb before its noun: "admin api keys create" is "create admin api key".
pub(super) fn verb_first(own: Vec<String>, action: &Action) -> Vec<String> {
    let [first, .., last] = own.as_slice() else {
        return own;
    };
    let starts = |word: &String| word == action.method.key() || is_verb(word) || is_reading(word);
    if starts(first) || !LAST.contains(&last.as_str()) {
        return own;
    }
    let verb = last.clone();
    let mut noun: Vec<String> = own.iter().take(own.len() - 1).cloned().collect();
    match verb.as_str() {
        // A wish list is a thing.
        "list" if plural(&noun) != noun => return own,
        "list" => {}
        _ if noun
            .iter()
            .any(|word| PREPOSITIONS.contains(&word.as_str())) =>
        {
            return own;
        }
        _ if noun
            .last()
            .is_some_and(|word| ["or", "partial"].contains(&word.as_str())) =>
        {
            return own;
        }
        _ => noun = singular(&noun),
    }
    [vec![verb], noun].concat()
}

/// Words without whom the things belong to, where the path does not speak of it: "remove albums user"
/// would remove the user.
pub(super) fn without_owner(own: Vec<String>, action: &Action, resource: &Resource) -> Vec<String> {
    let is_plural = resource.plural != resource.singular;
    let [verb, rest @ .., owner] = own.as_slice() else {
        return own;
    };
    let is_of_path = words(&action.path).contains(owner);
    let is_noun = !is_verb(owner) && !PREPOSITIONS.contains(&owner.as_str());
    if is_plural && rest == resource.plural && is_verb(verb) && is_noun && !is_of_path {
        return own
            .split_last()
            .map_or(Vec::new(), |(_, kept)| kept.to_vec());
    }
    own
}
