//! Which events could come with the value that is to tell another one.

use std::collections::BTreeMap;

use super::keys::{Certainty, Literal};
use super::places::places;
use crate::ir::{Api, EventKey};
use crate::names::words;

/// What all events may have at the places that tell them.
pub(super) struct Rivals {
    /// By the place, whose header is in lower case.
    tables: BTreeMap<EventKey, Table>,
}

/// What events may have at one place.
#[derive(Default)]
struct Table {
    /// The place as the first of them writes it.
    spelled: Option<EventKey>,
    holdings: Vec<Holding>,
    /// The lists of texts that the document names, sorted, and their numbers.
    lists: BTreeMap<Vec<String>, usize>,
    /// Whether some event may have any text there.
    free: bool,
    /// The holdings that have a text among theirs.
    holders: BTreeMap<String, Vec<usize>>,
}

/// What one event may have at one place.
struct Holding {
    event: usize,
    /// The number of its list in [`Table::lists`].
    list: usize,
    /// Whether there may be others.
    open: bool,
    /// The one that is taken to stand there.
    claim: Option<String>,
    /// Whether only the event's own name says so.
    by_name: bool,
    /// Whether it is called like the event.
    named_so: bool,
}

impl Rivals {
    pub(super) fn of(api: &Api) -> Self {
        let mut tables: BTreeMap<EventKey, Table> = BTreeMap::new();
        for (index, event) in api.events.iter().enumerate() {
            let decided = event.key.as_ref().zip(event.wire_name.as_ref());
            if let Some((key, value)) = decided {
                table(&mut tables, key).decided(index, value);
            }
            for place in places(api, event) {
                // What is decided is more than what the schema lists.
                if decided.is_some_and(|(key, _)| folded(key) == folded(&place.key)) {
                    continue;
                }
                let table = table(&mut tables, &place.key);
                let texts = place.texts(api);
                let claim = place.value(api, event);
                let by_name = matches!(claim, Some((Certainty::Key, _)));
                let claim = claim.map(|(_, value)| value);
                let list = table.list(texts.known);
                table.holdings.push(Holding {
                    event: index,
                    list,
                    open: texts.open,
                    named_so: claim
                        .as_ref()
                        .is_some_and(|it| words(it) == words(&event.name)),
                    claim,
                    by_name,
                });
            }
        }
        tables.values_mut().for_each(Table::settle);
        Self { tables }
    }

    /// Whether no other event can have the literal of an event.
    pub(super) fn leave(&self, event: usize, (key, value): &Literal) -> bool {
        let Some(table) = self.tables.get(&folded(key)) else {
            return false;
        };
        let holdings = || {
            let all = table.holders.get(value).into_iter().flatten();
            all.filter_map(|index| table.holdings.get(*index))
        };
        let own = holdings().find(|it| it.event == event && it.claim.as_ref() == Some(value));
        let Some(own) = own else { return false };
        // One list that all events share names them all, and each event is one of it.
        let rival = |it: &Holding| {
            it.claim.as_ref() == Some(value) || it.claim.is_none() || it.list != own.list
        };
        !table.free && !holdings().any(|it| it.event != event && rival(it))
    }

    /// A place as the first event writes it, so that all of a place write it equally.
    pub(super) fn spelled(&self, key: EventKey) -> EventKey {
        let first = self.tables.get(&folded(&key));
        first.and_then(|table| table.spelled.clone()).unwrap_or(key)
    }
}

impl Table {
    /// The number of a list of texts.
    fn list(&mut self, mut texts: Vec<String>) -> usize {
        texts.sort();
        let next = self.lists.len();
        *self.lists.entry(texts).or_insert(next)
    }

    /// Adds an event of which the value is known from elsewhere.
    fn decided(&mut self, event: usize, value: &str) {
        let list = self.list(vec![value.to_owned()]);
        self.holdings.push(Holding {
            event,
            list,
            open: false,
            claim: Some(value.to_owned()),
            by_name: false,
            named_so: true,
        });
    }

    /// Takes back what only the names of events say, where values are not their names; then looks
    /// who holds what.
    fn settle(&mut self) {
        if !self.holdings.iter().all(|it| it.named_so) {
            for holding in self.holdings.iter_mut().filter(|it| it.by_name) {
                holding.claim = None;
            }
        }
        self.free = self.holdings.iter().any(|it| it.open && it.claim.is_none());
        let mut lists: Vec<&[String]> = vec![&[]; self.lists.len()];
        for (texts, number) in &self.lists {
            if let Some(list) = lists.get_mut(*number) {
                *list = texts;
            }
        }
        for (index, holding) in self.holdings.iter().enumerate() {
            let known = lists.get(holding.list).copied().unwrap_or_default();
            let claim = holding.claim.iter();
            let unlisted = claim.filter(|it| known.binary_search(it).is_err());
            for text in known.iter().chain(unlisted) {
                self.holders.entry(text.clone()).or_default().push(index);
            }
        }
    }
}

fn table<'t>(tables: &'t mut BTreeMap<EventKey, Table>, key: &EventKey) -> &'t mut Table {
    let table = tables.entry(folded(key)).or_default();
    table.spelled.get_or_insert_with(|| key.clone());
    table
}

/// Headers are equal whatever their case (RFC 9110, section 5.1).
fn folded(key: &EventKey) -> EventKey {
    match key {
        EventKey::Header(name) => EventKey::Header(name.to_ascii_lowercase()),
        EventKey::HeaderAndBody(name, keys) => {
            EventKey::HeaderAndBody(name.to_ascii_lowercase(), keys.clone())
        }
        EventKey::Body(_) => key.clone(),
    }
}
