//! Names of types.

use super::super::{singular, words};
use super::keys::{Keys, segments};
use super::members::told_apart;
use super::{Case, Item, Lock, Scope, SharedType, TYPES, Table};
use crate::diag::Diagnostics;
use crate::ir::{Api, Origin, OtherWay, TypeDef, TypeId};
use std::sync::LazyLock;

/// Longer names are cut to fewer words where what is left is free.
const COMFORTABLE: usize = 60;

/// Names that are longer than this are cut at their end: their last words may tell them apart.
const LONG: usize = 110;

/// How many steps of its place a name can be made of.
const MAX_STEPS: usize = 12;

static NOWHERE: LazyLock<Origin> = LazyLock::new(Origin::default);

/// The types that get a name.
pub(super) struct Wanted<'a> {
    pub(super) shown: &'a dyn Fn(TypeId) -> bool,
    pub(super) shared: &'a [SharedType],
}

/// The name of each type, by id; empty for one that is not shown.
pub(super) fn allocate(
    api: &Api,
    wanted: &Wanted<'_>,
    keys: &Keys<'_>,
    scope: &mut Scope,
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let (ids, items): (Vec<usize>, Vec<Item<'_>>) = api
        .types
        .iter()
        .enumerate()
        .filter(|(index, _)| (wanted.shown)(TypeId(*index)))
        .map(|(index, def)| {
            let shared = wanted.shared.iter().find(|shared| shared.id.0 == index);
            let item = match shared {
                Some(shared) => shared_item(api, def, shared, keys),
                None => item(api, def, keys),
            };
            (index, item)
        })
        .unzip();
    let mut names = vec![String::new(); api.types.len()];
    let given = scope.allocate(&Table::new(TYPES), items, lock, diagnostics);
    for (index, name) in ids.into_iter().zip(given) {
        if let Some(slot) = names.get_mut(index) {
            *slot = name;
        }
    }
    names
}

fn item<'a>(api: &'a Api, def: &'a TypeDef, keys: &Keys<'_>) -> Item<'a> {
    let hinted = def
        .hints
        .first()
        .map(|hint| joined(hint))
        .unwrap_or_default();
    let text = def
        .component
        .as_deref()
        .or_else(|| only(def.hints.first()?));
    Item {
        keys: def
            .origins
            .iter()
            .map(|origin| keys.place(origin) + way(def))
            .collect(),
        origin: def.origins.first().unwrap_or(&NOWHERE),
        text: text.unwrap_or_default(),
        first: shortened(&hinted).or_else(|| Case::Type.identifier(&hinted)),
        more: Box::new(move || longer(api, def)),
    }
}

/// What tells the key of the type that a schema is sent as from the key of the one that is received. No
/// other key ends so: a `~` stands before a digit everywhere else.
fn way(def: &TypeDef) -> &'static str {
    match def.other_way {
        Some(OtherWay::ReceivedAs(_)) => "~sent",
        Some(OtherWay::SentAs(_)) | None => "",
    }
}

/// A type that is written once for several is remembered for each of them.
fn shared_item<'a>(
    api: &'a Api,
    def: &'a TypeDef,
    shared: &'a SharedType,
    keys: &Keys<'_>,
) -> Item<'a> {
    let all = shared.of.iter().filter_map(|id| api.type_def(*id));
    let identifiers = || {
        let mut names = Names::default();
        shared.candidates.iter().for_each(|words| names.add(words));
        names.list
    };
    Item {
        keys: all
            .flat_map(|def| &def.origins)
            .map(|origin| keys.place(origin))
            .collect(),
        origin: def.origins.first().unwrap_or(&NOWHERE),
        text: "",
        first: identifiers().into_iter().next(),
        more: Box::new(move || {
            let mut names = identifiers();
            names.extend(longer(api, def));
            names
        }),
    }
}

fn only(hint: &[String]) -> Option<&str> {
    match hint {
        [text] => Some(text),
        _ => None,
    }
}

/// The names after the first: the other hints, the API's own name in front, the case of a component's
/// name, and more and more of the place where it stands.
fn longer(api: &Api, def: &TypeDef) -> Vec<String> {
    let mut names = Names::default();
    for hint in &def.hints {
        names.add(&joined(hint));
    }
    for hint in &def.hints {
        names.add(&hint.iter().flat_map(|text| words(text)).collect::<Vec<_>>());
    }
    let own = def
        .hints
        .first()
        .map(|hint| joined(hint))
        .unwrap_or_default();
    if let Some(component) = &def.component {
        if !own.is_empty() {
            names.add(&[words(&api.name), own.clone()].concat());
        }
        for told_apart in told_apart(Case::Type, component) {
            names.push(told_apart);
        }
    }
    if let Some(origin) = def.origins.first() {
        names.places(origin, &own);
    }
    names.list
}

/// Names made of words, each once.
#[derive(Default)]
pub(super) struct Names {
    pub(super) list: Vec<String>,
}

impl Names {
    pub(super) fn add(&mut self, words: &[String]) {
        let found = shortened(words)
            .into_iter()
            .chain(Case::Type.identifier(words))
            .chain(last_words(words, LONG));
        found.for_each(|name| self.push(name));
    }

    fn push(&mut self, name: String) {
        if !self.list.contains(&name) {
            self.list.push(name);
        }
    }

    /// What stands at a place, with more and more of the place in front.
    pub(super) fn places(&mut self, origin: &Origin, what: &[String]) {
        let file = origin
            .file
            .rsplit_once('.')
            .map_or(&*origin.file, |(path, _)| path);
        let mut steps: Vec<Vec<String>> = file.split('/').map(words).collect();
        steps.extend(steps_of(&origin.pointer).iter().map(|step| words(step)));
        let mut name = what.to_vec();
        for step in steps.iter().rev().take(MAX_STEPS) {
            name = in_front(step, &name);
            self.add(&name);
        }
        // A schema that is a whole file may be called as one that refers to it.
        let of_file = file.len() < origin.file.len() && origin.pointer.is_empty();
        if of_file && let Some(last) = origin.file.rsplit('/').next() {
            self.add(&words(last));
        }
    }
}

/// The words of a hint. An item of a list is called after one of the list's things.
fn joined(hint: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in hint {
        let next = words(text);
        let one = singular(&all);
        if next == ["item"] && one != all {
            all = one;
        } else {
            all = in_front(&all, &next);
        }
    }
    all
}

/// Words before others. What would be said twice in a row is said once: "company" before "company
/// name" is "company name".
fn in_front(first: &[String], then: &[String]) -> Vec<String> {
    let overlap = (1..=then.len().min(first.len()))
        .rev()
        .find(|&count| first.ends_with(then.get(..count).unwrap_or_default()))
        .unwrap_or(0);
    let rest = then.get(overlap..).unwrap_or_default();
    first.iter().chain(rest).cloned().collect()
}

/// A name of the last words only, when all of them make one that is uncomfortably long.
fn shortened(words: &[String]) -> Option<String> {
    last_words(words, COMFORTABLE)
}

/// A name of the last words only, when all of them make one that is longer than `most`.
fn last_words(words: &[String], most: usize) -> Option<String> {
    let whole: usize = words.iter().map(String::len).sum();
    if whole <= most && Case::Type.identifier(words)?.len() <= most {
        return None;
    }
    let mut length = 0;
    let fits = words.iter().rev().take_while(|word| {
        length += word.len();
        length <= most
    });
    let kept = fits.count();
    let tail = words.get(words.len().saturating_sub(kept)..)?;
    Case::Type.identifier(tail)
}

/// The steps of a pointer that say something: names, paths, methods and statuses, without the
/// keywords between them.
fn steps_of(pointer: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut after_keyword = false;
    for segment in segments(pointer) {
        let is_keyword = matches!(
            segment.as_str(),
            "additionalProperties"
                | "allOf"
                | "anyOf"
                | "components"
                | "content"
                | "definitions"
                | "items"
                | "oneOf"
                | "paths"
                | "properties"
                | "responses"
                | "schema"
                | "schemas"
                | "webhooks"
        );
        if is_keyword && !after_keyword {
            after_keyword = matches!(
                segment.as_str(),
                "properties" | "schemas" | "definitions" | "paths"
            );
            continue;
        }
        if after_keyword || !segment.contains('/') {
            found.push(segment);
        }
        after_keyword = false;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(texts: &[&str]) -> String {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        joined(&texts).join(" ")
    }

    #[test]
    fn hints_are_joined_without_saying_a_word_twice() {
        assert_eq!(
            hint(&["findManyPeople", "response"]),
            "find many people response"
        );
        assert_eq!(hint(&["company", "companyName"]), "company name");
        assert_eq!(hint(&["secondaryLinks", "item"]), "secondary link");
        assert_eq!(hint(&["matrix", "item"]), "matrix item");
        assert_eq!(hint(&["item"]), "item");
    }

    #[test]
    fn long_names_are_cut_to_their_last_words() {
        let short = words("findManyPeopleResponse");
        assert_eq!(shortened(&short), None);
        let long = words(&"veryLongWords ".repeat(8));
        let name = shortened(&long).unwrap();
        assert!(
            name.len() <= COMFORTABLE && name.ends_with("VeryLongWords"),
            "{name}"
        );
    }

    #[test]
    fn very_long_names_that_differ_in_the_middle_are_told_apart() {
        let named = |middle: &str| {
            let tail = "other words ".repeat(5);
            let mut names = Names::default();
            names.add(&words(&format!(
                "{} {middle} {tail}",
                "long words ".repeat(12)
            )));
            names.list
        };
        let (one, other) = (named("one"), named("other one"));
        assert!(one.iter().any(|name| !other.contains(name)), "{one:?}");
        assert!(one.iter().all(|name| name.len() <= 120), "{one:?}");
    }

    #[test]
    fn a_whole_file_can_be_called_by_its_extension() {
        let mut names = Names::default();
        names.places(&Origin::new("parts/foo.yml", ""), &words("Foo"));
        assert_eq!(names.list, ["Foo", "PartsFoo", "FooYml"]);
    }

    #[test]
    fn a_place_is_said_by_its_names() {
        let pointer = "/paths/~1people/get/responses/200/content/application~1json/schema/properties\
                       /items/items/properties/data";
        assert_eq!(
            steps_of(pointer),
            ["/people", "get", "200", "items", "data"]
        );
        assert_eq!(
            steps_of("/components/schemas/items/oneOf/1"),
            ["items", "1"]
        );
    }
}
