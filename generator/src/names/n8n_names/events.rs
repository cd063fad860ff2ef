//! Names of events: the options that a trigger offers.

use super::super::{Case, Table, words};
use super::labels::title;
use super::{EVENTS, Lock};
use crate::ir::{Api, Event, EventKey};
use std::collections::{BTreeMap, BTreeSet};

/// What stands between the parts of an event's name: `company.created`.
const SEPARATORS: &[char] = &['.', ':', '/'];

/// What the label of an option for several events ends with, as n8n's linter wants it instead of a star.
const ALL: &str = "[All]";

/// The names of an API's events in n8n.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct N8nEvents {
    /// By the event's index; `None` for an event that nothing tells apart.
    pub events: Vec<Option<EventOption>>,
    /// Options that stand for several events, ordered by value.
    pub groups: Vec<EventGroup>,
}

/// An option.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventOption {
    /// What a saved workflow keeps: the name on the wire, `company.created`.
    pub value: String,
    /// As the selector shows it: `Company Created`.
    pub name: String,
}

/// An option that stands for several events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventGroup {
    /// `company.*` and `Company [All]`.
    pub option: EventOption,
    /// The indices of its events.
    pub members: Vec<usize>,
}

impl N8nEvents {
    /// Gives every event that is told apart its names, and tells the lock.
    ///
    /// An event is called as on the wire. Where that is no value of n8n's, or two events share it in
    /// different places, it has another one, which is in the lock.
    pub fn allocate(api: &Api, lock: &mut Lock) -> Self {
        let values = values(api, lock);
        lock.retire_unused(EVENTS);
        let mut labels = BTreeSet::new();
        let mut names = Self::default();
        for (event, value) in api.events.iter().zip(values) {
            names.events.push(value.map(|value| {
                let own = label(&event.name);
                let name = if event.wire_name.as_ref() == Some(&value) {
                    first_free(&mut labels, [label(&value), own])
                } else {
                    first_free(&mut labels, [own])
                };
                EventOption { value, name }
            }));
        }
        names.groups = groups(api, &names, &mut labels);
        names
    }

    /// The names of an event, by its index.
    pub fn event(&self, index: usize) -> Option<&EventOption> {
        self.events.get(index)?.as_ref()
    }
}

fn values(api: &Api, lock: &mut Lock) -> Vec<Option<String>> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut values: Vec<Option<String>> = Vec::new();
    for event in &api.events {
        let plain = key(event).and_then(|(_, name)| is_plain(name).then(|| name.to_owned()));
        values.push(plain.filter(|name| taken.insert(name.clone())));
    }
    let table = Table::new(EVENTS);
    for (event, value) in api.events.iter().zip(&mut values) {
        let (None, Some((place, name))) = (&value, key(event)) else {
            continue;
        };
        let key = format!("{place} {name}");
        let known = lock.name(&table, &key).map(str::to_owned);
        let own = Case::Parameter.identifier(&words(&event.name));
        let own = own.unwrap_or_else(|| "event".to_owned());
        let given = known
            .filter(|name| taken.insert(name.clone()))
            .unwrap_or_else(|| first_free(&mut taken, [own]));
        lock.give(&table, &key, &given);
        *value = Some(given);
    }
    values
}

/// Where an event's name stands, and the name.
fn key(event: &Event) -> Option<(String, &str)> {
    let place = match event.key.as_ref()? {
        EventKey::Body(keys) => keys.join("."),
        EventKey::Header(name) => format!("header {name}"),
        EventKey::HeaderAndBody(name, keys) => format!("header {name}, {}", keys.join(".")),
    };
    Some((place, event.wire_name.as_deref()?))
}

/// Whether a name is none that n8n takes for an expression, and none that stands for several.
fn is_plain(name: &str) -> bool {
    let odd = |c: char| c.is_control() || c == '*';
    !name.trim().is_empty() && !name.starts_with('=') && !name.contains(odd)
}

fn label(text: &str) -> String {
    title(&words(text))
}

/// The first of some texts that is not taken, else the last one with a number.
fn first_free<const N: usize>(taken: &mut BTreeSet<String>, texts: [String; N]) -> String {
    let last = texts.last().cloned().unwrap_or_default();
    let numbered = (2..).map(|number: usize| format!("{last} {number}"));
    let mut all = texts
        .into_iter()
        .chain(numbered)
        .filter(|text| !text.is_empty());
    let free = all.find(|text| taken.insert(text.clone()));
    free.unwrap_or(last)
}

/// The first part of the names of several events, and what else belongs to one resource. A group of all
/// events says nothing.
fn groups(api: &Api, names: &N8nEvents, labels: &mut BTreeSet<String>) -> Vec<EventGroup> {
    let mut members: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (index, event) in api.events.iter().enumerate() {
        if names.event(index).is_some()
            && let Some(group) = group_of(api, event)
        {
            members.entry(group).or_default().push(index);
        }
    }
    let all = names.events.iter().flatten().count();
    members.retain(|_, members| members.len() > 1 && members.len() < all);
    let group = |((value, label), members)| {
        let name = first_free(labels, [format!("{label} {ALL}")]);
        let option = EventOption { value, name };
        EventGroup { option, members }
    };
    members.into_iter().map(group).collect()
}

/// The value and the label of what an event belongs to.
fn group_of(api: &Api, event: &Event) -> Option<(String, String)> {
    let name = event.wire_name.as_deref()?;
    if let Some(at) = name.find(SEPARATORS)
        && let (Some(first), Some(separated)) = (name.get(..at), name.get(..=at))
        && is_plain(first)
    {
        return Some((format!("{separated}*"), label(first)));
    }
    let resource = api.resource(event.resource?)?;
    let value = format!("{}.*", resource.tag);
    is_plain(&resource.tag).then(|| (value, title(&resource.singular)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{EventVerb, Method, Origin};

    fn event(name: &str, key: EventKey, wire_name: &str) -> Event {
        Event {
            name: name.to_owned(),
            wire_name: Some(wire_name.to_owned()),
            key: Some(key),
            header_value: None,
            tags: Vec::new(),
            resource: None,
            verb: EventVerb::Created,
            summary: None,
            description: None,
            method: Method::Post,
            headers: Vec::new(),
            body: None,
            responses: Vec::new(),
            payload: None,
            record_path: Vec::new(),
            origin: Origin::default(),
        }
    }

    fn api(events: &[(&str, &str)]) -> Api {
        let body = |keys: &str| EventKey::Body(vec![keys.to_owned()]);
        let events = events.iter();
        let events = events.map(|(name, wire)| event(name, body("type"), wire));
        Api {
            events: events.collect(),
            ..Api::default()
        }
    }

    fn shown(names: &N8nEvents) -> Vec<(&str, &str)> {
        let groups = names.groups.iter().map(|group| &group.option);
        let all = names.events.iter().flatten().chain(groups);
        all.map(|it| (it.value.as_str(), it.name.as_str()))
            .collect()
    }

    #[test]
    fn options_are_called_as_on_the_wire_and_grouped_by_their_first_part() {
        let api = api(&[
            ("a", "apiKey.created"),
            ("b", "apiKey.updated"),
            ("c", "connected_account.refresh_failed"),
            ("d", "ping"),
        ]);
        let mut lock = Lock::new();
        let names = N8nEvents::allocate(&api, &mut lock);
        let expected = [
            ("apiKey.created", "API Key Created"),
            ("apiKey.updated", "API Key Updated"),
            (
                "connected_account.refresh_failed",
                "Connected Account Refresh Failed",
            ),
            ("ping", "Ping"),
            ("apiKey.*", "API Key [All]"),
        ];
        assert_eq!(shown(&names), expected);
        assert_eq!(names.groups[0].members, [0, 1]);
        assert_eq!(lock, Lock::new(), "nothing is otherwise than on the wire");
    }

    #[test]
    fn one_group_of_everything_is_none() {
        let api = api(&[("a", "pet.created"), ("b", "pet.updated")]);
        assert_eq!(N8nEvents::allocate(&api, &mut Lock::new()).groups, []);
    }

    #[test]
    fn odd_names_get_values_that_the_lock_keeps() {
        let mut first = api(&[
            ("Pet Created", "=pet"),
            ("Pet Groomed", "*"),
            ("Other", "ping"),
        ]);
        let header = EventKey::Header("X-Event".to_owned());
        first.events.push(event("Second Ping", header, "ping"));
        let mut lock = Lock::new();
        let names = N8nEvents::allocate(&first, &mut lock);
        let expected = [
            ("petCreated", "Pet Created"),
            ("petGroomed", "Pet Groomed"),
            ("ping", "Ping"),
            ("secondPing", "Second Ping"),
        ];
        assert_eq!(shown(&names), expected);
        first.events[0].name = "Pet Made".to_owned();
        first.events.remove(1);
        let mut again = Lock::parse(&lock.to_text()).unwrap();
        let names = N8nEvents::allocate(&first, &mut again);
        assert_eq!(names.event(0).unwrap().value, "petCreated");
        let text = again.to_text();
        assert!(text.contains("[retired.n8n.events]\n\"type *\""), "{text}");
    }

    #[test]
    fn what_nothing_tells_apart_has_no_option() {
        let mut api = api(&[("a", "x"), ("b", "y")]);
        api.events[0].key = None;
        let names = N8nEvents::allocate(&api, &mut Lock::new());
        assert_eq!(names.event(0), None);
        assert_eq!(shown(&names), [("y", "Y")]);
    }
}
