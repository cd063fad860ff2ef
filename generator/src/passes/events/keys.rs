//! What tells events apart on the wire: a value in the body or in a header that only one of them has.

use super::places::{Place, places};
use super::rivals::Rivals;
use crate::ir::{Api, Event, EventKey, Schema};
use crate::names::words;

/// How certain it is that a place has a value when the event comes, the most certain first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// It can have no other.
    Constant,
    /// Of its values it is the one that is called like the event.
    Fits,
    /// It is an example.
    Example,
    /// Nothing is said of the value, and the event is called like one: `company.created`.
    Key,
}

/// Where an event says which one it is, and the value there.
pub(super) type Literal = (EventKey, String);

/// For every event its best literal that no other event can have at the same place. What an event
/// knows already stays.
pub(super) fn told_apart(api: &Api) -> Vec<Option<Literal>> {
    let rivals = Rivals::of(api);
    let first = |(index, event): (usize, &Event)| {
        let mut all = literals(api, event).into_iter();
        let (key, name) = all.find(|literal| rivals.leave(index, literal))?;
        Some((rivals.spelled(key), name))
    };
    api.events.iter().enumerate().map(first).collect()
}

/// What could tell an event apart, best first.
pub(in crate::passes) fn literals(api: &Api, event: &Event) -> Vec<Literal> {
    if let (Some(key), Some(name)) = (&event.key, &event.wire_name) {
        return vec![(key.clone(), name.clone())];
    }
    let mut found: Vec<_> = places(api, event)
        .into_iter()
        .filter_map(|place| {
            let (certainty, value) = place.value(api, event)?;
            Some((certainty, place.rank, place.key, value))
        })
        .collect();
    found.sort_by_key(|(certainty, rank, _, _)| (*certainty, *rank));
    found
        .into_iter()
        .map(|(_, _, key, value)| (key, value))
        .collect()
}

impl Place<'_> {
    /// What stands here when the event comes, as far as it is known.
    pub(super) fn value(&self, api: &Api, event: &Event) -> Option<(Certainty, String)> {
        if let Some(value) = constant(api, self.schema) {
            return Some((Certainty::Constant, value));
        }
        let texts = self.texts(api);
        if let Some(value) = fitting(&texts.known, &event.name) {
            return Some((Certainty::Fits, value));
        }
        // What an event is about may have any `name`, and much may be its `action`.
        if self.of_record || !self.names_event {
            return None;
        }
        match texts.known.as_slice() {
            [value] => Some((Certainty::Example, value.clone())),
            [] if texts.open && self.in_body() && is_wire_name(&event.name) => {
                Some((Certainty::Key, event.name.clone()))
            }
            _ => None,
        }
    }

    fn in_body(&self) -> bool {
        matches!(self.key, EventKey::Body(_))
    }
}

/// The only value that a schema allows, where it is a text.
pub(in crate::passes) fn constant(api: &Api, schema: &Schema) -> Option<String> {
    api.constant_text(schema).map(str::to_owned)
}

/// Of some values the one that is called like an event, else the only one that ends like it.
fn fitting(values: &[String], name: &str) -> Option<String> {
    let name = words(name);
    let same = values.iter().find(|value| words(value) == name);
    let ends = || {
        let last = name.last()?;
        let mut all = values
            .iter()
            .filter(|value| words(value).last() == Some(last));
        all.next().filter(|_| all.next().is_none())
    };
    same.or_else(ends).cloned()
}

/// Whether the key of a webhook looks like what is sent: `connected_account.created`. One without
/// such a separator is as likely to be an identifier of the document's.
fn is_wire_name(name: &str) -> bool {
    let in_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    let separator = ['.', ':', '/'];
    let word = |word: &str| !word.is_empty() && word.chars().all(in_word);
    name.contains(separator) && name.split(separator).all(word)
}
