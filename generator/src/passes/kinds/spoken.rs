//! What is said of an action whose `operationId` a program has made of its method and path.

use super::super::paths::{Component, components, says_nothing};
use super::verbs::{is_also_noun, is_ending, is_reading, is_verb};
use super::words::PREPOSITIONS;
use crate::ir::{Action, Method, Resource};
use crate::names::{plural, singular, words};

/// What paths end with that say how the answer is written.
const FORMATS: &[&str] = &["aspx", "html", "json", "jsonp", "php", "xml", "yaml"];

/// What is known of an action beside what it says itself.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::passes) struct Around {
    /// Whether a list comes back, where that is known. The path of items has one.
    pub(super) list: Option<bool>,
    /// Whether GET on its path gives a list.
    pub(super) is_listed: bool,
    /// Whether another method of its path says that there is a thing.
    pub(super) is_thing: bool,
    /// The other methods of its path.
    pub(super) beside: Beside,
    /// Whether the paths beside it name procedures: `POST /pools/list`, `POST /pools/delete`.
    pub(super) is_procedure: bool,
}

/// Which other methods a path has.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::passes) struct Beside {
    pub(super) get: bool,
    pub(super) put: bool,
    pub(super) patch: bool,
}

impl Around {
    /// Whether POST changes the one thing of its path: it can be read, and nothing else changes it.
    fn is_changed(&self) -> bool {
        let beside = self.beside;
        beside.get && !beside.put && !beside.patch && !self.is_listed
    }
}

/// What a person would call it, best first: "finalize", "close dispute", "list sources", "update source".
/// Nothing where nothing tells a verb from a thing.
pub(super) fn spoken(action: &Action, resource: &Resource, around: Around) -> Vec<Vec<String>> {
    match End::of(action, resource) {
        Some(end) if end.is_own => end.names_of_own(action.method, around),
        Some(end) => end.names(action.method, around),
        None => Vec::new(),
    }
}

/// The same, and nothing where the path ends with the resource itself.
pub(super) fn spoken_behind(
    action: &Action,
    resource: &Resource,
    around: Around,
) -> Vec<Vec<String>> {
    let end = End::of(action, resource).filter(|end| !end.is_own);
    end.map_or(Vec::new(), |end| end.names(action.method, around))
}

/// A component of a path without the format at its end: `info.json`.
pub(super) fn stem(text: &str) -> &str {
    let known = |(stem, format): &(&str, &str)| {
        !stem.is_empty() && FORMATS.contains(&format.to_lowercase().as_str())
    };
    let split = text.rsplit_once('.').filter(known);
    split.map_or(text, |(stem, _)| stem)
}

/// The words of a remote procedure behind what it belongs to: `users.set_photo`, `tasks:cancel`.
fn procedure(text: &str) -> Option<Vec<String>> {
    let (_, name) = stem(text).rsplit_once(['.', ':'])?;
    let name = words(name);
    let first = name.first()?;
    (is_verb(first) || is_reading(first)).then_some(name)
}

/// The end of a path behind the resource.
struct End {
    /// The nouns before the last, each in its singular.
    before: Vec<String>,
    /// The same as the path has them, where `people` and `persons` are two places.
    before_as_is: Vec<String>,
    last: Vec<String>,
    /// Whether one of the last is meant.
    is_item: bool,
    /// Whether the last belongs to one of those before.
    has_parent: bool,
    /// Whether the last is the resource itself; those before are then what it belongs to.
    is_own: bool,
}

impl End {
    fn of(action: &Action, resource: &Resource) -> Option<Self> {
        let path = components(action);
        let is_parameter = |part: Option<&Component>| matches!(part, Some(Component::Parameter(_)));
        let mut nouns: Vec<Vec<String>> = Vec::new();
        let mut has_parent = false;
        for (at, part) in path.iter().enumerate() {
            let literal = part.literal().filter(|text| !says_nothing(text));
            let noun = literal.map(|text| procedure(text).unwrap_or_else(|| words(stem(text))));
            let Some(noun) = noun.filter(|noun| !noun.is_empty()) else {
                continue;
            };
            nouns.push(noun);
            let before = at.checked_sub(1);
            has_parent = before.is_some_and(|at| is_parameter(path.get(at)));
        }
        let mut all = nouns.iter();
        let own = all.position(|noun| singular(noun) == resource.singular);
        let is_own = own.is_some_and(|own| own + 1 == nouns.len());
        if !is_own {
            nouns.drain(..own.map_or(0, |own| own + 1));
        }
        let last = nouns.pop()?;
        Some(Self {
            before: nouns.iter().flat_map(|noun| singular(noun)).collect(),
            before_as_is: nouns.concat(),
            is_item: is_parameter(path.last()),
            has_parent,
            is_own,
            last,
        })
    }

    fn names(self, method: Method, around: Around) -> Vec<Vec<String>> {
        // `/charges/{charge}/redact`: what is no thing is done.
        let is_single = !self.is_item && !is_plural(&self.last) && self.last.len() == 1;
        let is_unknown = method == Method::Post && is_single && self.has_parent;
        if self.is_done(method, around) || (is_unknown && !around.is_thing) {
            return self.done();
        }
        let Some((verb, is_one)) = self.verb(method, around) else {
            return Vec::new();
        };
        let noun = match is_one {
            true => singular(&self.last),
            false => self.last.clone(),
        };
        let with = |noun: Vec<String>| [vec![verb.to_owned()], noun].concat();
        let short = with([self.before.clone(), noun.clone()].concat());
        let as_is = with([self.before_as_is, self.last].concat());
        let of = match self.has_parent && !self.before.is_empty() {
            true => with([noun, vec!["of".to_owned()], self.before].concat()),
            false => short.clone(),
        };
        vec![short, as_is, of]
    }

    /// The last is the resource itself: the verb alone, then with what it belongs to.
    fn names_of_own(self, method: Method, around: Around) -> Vec<Vec<String>> {
        if self.is_done(method, around) {
            let last = self.last.clone();
            return [vec![last], self.done()].concat();
        }
        let Some((verb, is_one)) = self.verb(method, around) else {
            return Vec::new();
        };
        let noun = match is_one {
            true => singular(&self.last),
            false => self.last,
        };
        let verb = vec![verb.to_owned()];
        vec![verb.clone(), [verb, self.before, noun].concat()]
    }

    /// What a method does with a thing, and whether with one of several.
    fn verb(&self, method: Method, around: Around) -> Option<(&'static str, bool)> {
        let is_plural = is_plural(&self.last);
        let changes = around.beside.put || around.beside.patch;
        match method {
            Method::Get if self.is_item => Some(("get", true)),
            Method::Get if around.list.unwrap_or(is_plural) => Some(("list", false)),
            Method::Get => Some(("get", !is_plural)),
            Method::Post if self.is_item => (!changes).then_some(("update", true)),
            Method::Post if !is_plural && around.is_changed() => Some(("update", false)),
            Method::Post if is_plural && around.is_procedure && around.list == Some(true) => {
                Some(("list", false))
            }
            Method::Post => Some(("create", true)),
            Method::Put if around.beside.patch => Some(("replace", self.is_item)),
            Method::Put | Method::Patch => Some(("update", self.is_item)),
            Method::Delete => Some(("delete", self.is_item)),
            Method::Options | Method::Head | Method::Trace => None,
        }
    }

    /// The last is a verb, with what it does: `reset reader display`.
    fn done(self) -> Vec<Vec<String>> {
        let (verb, rest) = self.last.split_at(self.last.len().min(1));
        let leads = |word: &String| PREPOSITIONS.contains(&word.as_str());
        let is_between = self.has_parent || rest.first().is_some_and(leads);
        let with = |before: &[String]| match (rest.starts_with(before), is_between) {
            (true, _) => self.last.clone(),
            (false, true) => [verb, before, rest].concat(),
            (false, false) => [verb, rest, before].concat(),
        };
        vec![with(&self.before), with(&self.before_as_is)]
    }

    /// Whether the end of the path says what is done: `close`, `verify_microdeposits`, and not
    /// `test_clocks`.
    fn is_done(&self, method: Method, around: Around) -> bool {
        let Some((first, rest)) = self.last.split_first() else {
            return false;
        };
        let is_plural = is_plural(&self.last);
        let is_list = around.list == Some(true);
        match method {
            // `/fork/{id}`: done to what the id names.
            Method::Post if self.is_item => {
                let is_noun = is_plural || around.is_thing || is_also_noun(first);
                rest.is_empty() && is_verb(first) && !is_noun
            }
            _ if self.is_item => false,
            Method::Get => {
                let is_alone = self.before.is_empty() && !self.has_parent && rest.is_empty();
                let is_other = is_verb(first) && is_alone && !around.is_thing && !is_list;
                let is_one = rest.is_empty() || !is_plural || around.list == Some(false);
                is_other || (is_reading(first) && is_one)
            }
            Method::Delete => is_ending(first) && !around.is_thing,
            Method::Post if around.is_procedure && !is_plural => true,
            _ if around.is_thing && !rest.is_empty() => is_reading(first) && !is_plural,
            _ => is_verb(first) && !(is_plural && is_also_noun(first)),
        }
    }
}

fn is_plural(noun: &[String]) -> bool {
    plural(noun) == noun && singular(noun) != noun
}

#[cfg(test)]
mod tests;
