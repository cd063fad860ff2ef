//! One namespace, whose names are given out as a set.

use super::lock::{Lock, Table};
use super::rust::{Case, bare};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::Origin;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Something that needs a name.
pub struct Item<'a> {
    /// The keys of what it is in the lock: one, or one for each place it was merged from.
    pub keys: Vec<String>,
    /// Where it comes from, for messages.
    pub origin: &'a Origin,
    /// The document's text for it. Of several that ask for one name, the one that is written exactly
    /// so gets it: `id` is `id`, and `_id` has to move.
    pub text: &'a str,
    /// The identifier to give it, `None` when its text makes none.
    pub first: Option<String>,
    /// Longer identifiers, best first, for when the first is not free.
    pub more: Box<dyn Fn() -> Vec<String> + 'a>,
}

impl Item<'_> {
    fn key(&self) -> &str {
        self.keys.first().map_or(self.text, String::as_str)
    }
}

/// A namespace: a set of names no two of which are the same. Types and variants that differ only in
/// case count as the same, since they would not be told apart by readers and by file systems.
///
/// Names are given to a set of items at once, so that the order of the items says nothing: an item
/// keeps its first name unless another one asks for it too, and then only those move on to names with
/// more of their origin in it.
#[derive(Debug, Clone)]
pub struct Scope {
    case: Case,
    reserved: &'static [&'static str],
    taken: HashMap<String, Holder>,
    /// Where the things stand that have keys, in this run.
    origins: HashMap<String, Origin>,
}

/// Who has a name.
#[derive(Debug, Clone)]
enum Holder {
    /// The lock keeps it for something, which may be gone.
    Locked(String),
    /// It was given in this run.
    Given(String),
}

impl Holder {
    fn key(&self) -> &str {
        match self {
            Self::Locked(key) | Self::Given(key) => key,
        }
    }
}

/// An item on its way to a name.
struct Search<'i, 'a> {
    item: &'i Item<'a>,
    index: usize,
    /// Its identifiers, best first; those after the first are made when they are needed.
    names: Vec<String>,
    complete: bool,
    /// Which of them it asks for.
    level: usize,
    /// The key of what it had to give way to.
    rival: Option<String>,
}

impl<'i, 'a> Search<'i, 'a> {
    fn new(index: usize, item: &'i Item<'a>) -> Self {
        Self {
            item,
            index,
            names: item.first.iter().cloned().collect(),
            complete: false,
            level: 0,
            rival: None,
        }
    }

    /// The name it asks for now; `None` when it has no more.
    fn name(&mut self) -> Option<&str> {
        if self.level >= self.names.len() && !self.complete {
            self.names.extend((self.item.more)());
            self.complete = true;
        }
        self.names.get(self.level).map(String::as_str)
    }

    fn yield_to(&mut self, rival: &str) {
        self.level += 1;
        self.rival = Some(rival.to_owned());
    }

    /// Whether its name is the document's own text, but for what a keyword needs.
    fn is_written_so(&self) -> bool {
        self.names.get(self.level).is_some_and(|name| {
            let name = bare(name);
            name == self.item.text || name.strip_suffix('_') == Some(self.item.text)
        })
    }
}

impl Scope {
    /// A namespace for identifiers of one casing, in which some names are never given.
    pub fn new(case: Case, reserved: &'static [&'static str]) -> Self {
        Self {
            case,
            reserved,
            taken: HashMap::new(),
            origins: HashMap::new(),
        }
    }

    /// Keeps the names that the lock has in a table for what they were given to.
    pub fn hold(&mut self, table: &Table, lock: &Lock) {
        for (key, name) in lock.names(table) {
            self.taken
                .entry(self.folded(name))
                .or_insert_with(|| Holder::Locked(key.to_owned()));
        }
    }

    /// Gives a name to one more thing.
    pub fn name(
        &mut self,
        table: &Table,
        item: Item<'_>,
        lock: &mut Lock,
        diagnostics: &mut Diagnostics,
    ) -> String {
        let names = self.allocate(table, vec![item], lock, diagnostics);
        names.into_iter().next().unwrap_or_default()
    }

    /// Gives a name to each of some things: what the lock says, else the first that no other of them
    /// asks for. The lock is told.
    ///
    /// What has no name of its own left gets a mark made from its key, with a
    /// [`Code::NameCollision`] diagnostic.
    pub fn allocate(
        &mut self,
        table: &Table,
        mut items: Vec<Item<'_>>,
        lock: &mut Lock,
        diagnostics: &mut Diagnostics,
    ) -> Vec<String> {
        self.hold(table, lock);
        make_keys_distinct(&mut items);
        let places = items.iter();
        self.origins
            .extend(places.map(|item| (item.key().to_owned(), item.origin.clone())));
        let mut names: Vec<String> = vec![String::new(); items.len()];
        let mut searches = Vec::new();
        for (index, (item, slot)) in items.iter().zip(&mut names).enumerate() {
            match self.locked(table, item, lock, diagnostics) {
                Some(name) => *slot = name,
                None => searches.push(Search::new(index, item)),
            }
        }
        self.search(&mut searches);
        let (found, lost): (Vec<_>, Vec<_>) = searches
            .into_iter()
            .partition(|search| search.level < search.names.len());
        for mut search in found {
            if let (Some(name), Some(slot)) = (
                search.name().map(str::to_owned),
                names.get_mut(search.index),
            ) {
                self.take(&name, search.item.key());
                *slot = name;
            }
        }
        for search in lost {
            let name = self.last_resort(&search, diagnostics);
            if let Some(slot) = names.get_mut(search.index) {
                *slot = name;
            }
        }
        let given = items.iter().zip(&names);
        lock.give_all(
            table,
            given
                .flat_map(|(item, name)| item.keys.iter().map(|key| (key.as_str(), name.as_str()))),
        );
        names
    }

    /// The name that the lock has for an item, when it can still be given.
    fn locked(
        &mut self,
        table: &Table,
        item: &Item<'_>,
        lock: &Lock,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        for key in &item.keys {
            let Some(name) = lock.name(table, key) else {
                continue;
            };
            let holder = self.taken.get(&self.folded(name));
            if self.is_reserved(name) || !self.case.accepts(name) {
                let diagnostic = Diagnostic::warning(
                    Code::Config,
                    item.origin.clone(),
                    format!("the lock names this `{name}`, which is not a name that can be given"),
                );
                diagnostics.push(diagnostic.action("it got another name"));
            } else if !matches!(holder, Some(Holder::Given(_))) {
                let name = name.to_owned();
                self.take(&name, item.key());
                return Some(name);
            }
        }
        None
    }

    /// Moves those that ask for the same name on until no two do.
    fn search(&self, searches: &mut [Search<'_, '_>]) {
        loop {
            let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (position, search) in searches.iter_mut().enumerate() {
                if let Some(name) = self.next_free(search) {
                    groups.entry(name).or_default().push(position);
                }
            }
            let mut settled = true;
            for group in groups.values().filter(|group| group.len() > 1) {
                settled = false;
                separate(searches, group);
            }
            if settled {
                return;
            }
        }
    }

    /// The name an item asks for, folded, after those that are not free.
    fn next_free(&self, search: &mut Search<'_, '_>) -> Option<String> {
        loop {
            let name = search.name()?.to_owned();
            let folded = self.folded(&name);
            match self.taken.get(&folded) {
                Some(holder) => search.yield_to(holder.key()),
                None if self.is_reserved(&name) => search.level += 1,
                None => return Some(folded),
            }
        }
    }

    /// A name that cannot be read but does not depend on anything else in the document.
    fn last_resort(&mut self, search: &Search<'_, '_>, diagnostics: &mut Diagnostics) -> String {
        let item = search.item;
        let fallback = match self.case {
            Case::Type => "Unnamed",
            Case::Value | Case::Module | Case::Parameter => "unnamed",
            Case::Constant => "UNNAMED",
        };
        let base = search.names.first().map_or(fallback, String::as_str);
        let mut hash = fnv1a(item.key().as_bytes(), FNV_OFFSET);
        let name = loop {
            let marks = [format!("{:04x}", hash & 0xffff), format!("{hash:016x}")];
            let free = marks
                .iter()
                .map(|mark| self.case.marked(base, mark))
                .find(|name| !self.taken.contains_key(&self.folded(name)));
            match free {
                Some(name) => break name,
                // Only for things with equal keys, which then take turns.
                None => hash = fnv1a(b"again", hash),
            }
        };
        self.take(&name, item.key());
        let rival = self.whereabouts(search.rival.as_deref());
        let what = if item.text.is_empty() {
            item.key()
        } else {
            item.text
        };
        let diagnostic = Diagnostic::warning(
            Code::NameCollision,
            item.origin.clone(),
            format!("`{what}` has no name that is not taken"),
        );
        diagnostics.push(
            diagnostic
                .action(format!("it is called `{name}`"))
                .hint(format!(
                    "it clashes with {rival}: change the line with `{name}` in the lock"
                )),
        );
        name
    }

    /// What has a name that was asked for, so that it can be found in the document.
    fn whereabouts(&self, rival: Option<&str>) -> String {
        let Some(key) = rival else {
            return "the generated code itself".to_owned();
        };
        match self.origins.get(key) {
            Some(origin) => origin.to_string(),
            None => format!("`{key}`, which is in the lock"),
        }
    }

    fn take(&mut self, name: &str, key: &str) {
        self.taken
            .insert(self.folded(name), Holder::Given(key.to_owned()));
    }

    fn is_reserved(&self, name: &str) -> bool {
        let name = bare(name);
        self.reserved.iter().any(|reserved| match self.case {
            Case::Type => reserved.eq_ignore_ascii_case(name),
            Case::Value | Case::Module | Case::Constant | Case::Parameter => *reserved == name,
        })
    }

    fn folded(&self, name: &str) -> String {
        match self.case {
            Case::Type | Case::Module => bare(name).to_lowercase(),
            Case::Value | Case::Constant | Case::Parameter => bare(name).to_owned(),
        }
    }
}

/// Numbers equal keys, so that each of their items has a line of its own in the lock.
fn make_keys_distinct(items: &mut [Item<'_>]) {
    let mut seen: HashSet<String> = HashSet::new();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for key in items.iter_mut().flat_map(|item| &mut item.keys) {
        if seen.insert(key.clone()) {
            continue;
        }
        let count = counts.entry(key.clone()).or_insert(1);
        *key = loop {
            *count += 1;
            let numbered = format!("{key} ({count})");
            if seen.insert(numbered.clone()) {
                break numbered;
            }
        };
    }
}

/// Of those that ask for one name, the only one with its best name, or the only one that is written
/// so, keeps it; the others move on.
fn separate(searches: &mut [Search<'_, '_>], group: &[usize]) {
    let members = || group.iter().filter_map(|&at| Some((at, searches.get(at)?)));
    let best = members().map(|(_, search)| search.level).min();
    let only = |mut found: Vec<usize>| (found.len() == 1).then(|| found.pop()).flatten();
    let at_best = || members().filter(|(_, search)| Some(search.level) == best);
    let written_so = || at_best().filter(|(_, search)| search.is_written_so());
    let keeper = only(at_best().map(|(at, _)| at).collect())
        .or_else(|| only(written_so().map(|(at, _)| at).collect()));
    // Where nobody keeps the name, each has the first other one as its rival.
    let mut rivals = group
        .iter()
        .copied()
        .filter(|at| keeper.is_none_or(|keeper| *at == keeper));
    let key = |at: usize| {
        searches
            .get(at)
            .map(|search| (at, search.item.key().to_owned()))
    };
    let first = rivals.next().and_then(key);
    let second = rivals.next().and_then(key);
    for &at in group.iter().filter(|at| Some(**at) != keeper) {
        let rival = first
            .as_ref()
            .filter(|(other, _)| *other != at)
            .or(second.as_ref());
        if let (Some(search), Some((_, rival))) = (searches.get_mut(at), rival) {
            search.yield_to(rival);
        }
    }
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, 64 bits: the same on every machine and in every release, unlike the standard hasher.
fn fnv1a(bytes: &[u8], start: u64) -> u64 {
    bytes.iter().fold(start, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests;
