//! Names of types.

use super::super::{singular, spelled, words};
use super::keys::{Keys, segments};
use super::{Case, Item, Lock, Scope, TYPES, Table};
use crate::diag::Diagnostics;
use crate::ir::{Api, Origin, TypeDef, TypeId};
use std::sync::LazyLock;

/// Longer names are cut to fewer words where what is left is free.
const COMFORTABLE: usize = 60;

/// How many steps of its place a name can be made of.
const MAX_STEPS: usize = 12;

static NOWHERE: LazyLock<Origin> = LazyLock::new(Origin::default);

/// The name of each type, by id; empty for one that is not shown.
pub(super) fn allocate(
    api: &Api,
    shown: &dyn Fn(TypeId) -> bool,
    keys: &Keys<'_>,
    scope: &mut Scope,
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let (ids, items): (Vec<usize>, Vec<Item<'_>>) = api
        .types
        .iter()
        .enumerate()
        .filter(|(index, _)| shown(TypeId(*index)))
        .map(|(index, def)| (index, item(api, def, keys)))
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
            .map(|origin| keys.place(origin))
            .collect(),
        origin: def.origins.first().unwrap_or(&NOWHERE),
        text: text.unwrap_or_default(),
        first: shortened(&hinted).or_else(|| Case::Type.identifier(&hinted)),
        more: Box::new(move || longer(api, def)),
    }
}

fn only(hint: &[String]) -> Option<&str> {
    match hint {
        [text] => Some(text),
        _ => None,
    }
}

/// The names after the first: the other hints, the API's own name in front, and more and more of the
/// place where it stands.
fn longer(api: &Api, def: &TypeDef) -> Vec<String> {
    let mut names = Vec::new();
    let mut add = |words: &[String]| {
        let found = shortened(words)
            .into_iter()
            .chain(Case::Type.identifier(words));
        for name in found {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    };
    for hint in &def.hints {
        add(&joined(hint));
    }
    for hint in &def.hints {
        add(&hint.iter().flat_map(|text| words(text)).collect::<Vec<_>>());
    }
    let own = def
        .hints
        .first()
        .map(|hint| joined(hint))
        .unwrap_or_default();
    if def.component.is_some() && !own.is_empty() {
        let mut qualified = words(&api.name);
        qualified.extend(own);
        add(&qualified);
    }
    if let Some(component) = &def.component {
        add(&spelled(component));
    }
    if let Some(origin) = def.origins.first() {
        let steps = steps(&origin.pointer);
        let last = steps.len().saturating_sub(MAX_STEPS);
        for start in (last..steps.len()).rev() {
            let path: Vec<String> = steps
                .get(start..)
                .unwrap_or_default()
                .iter()
                .flat_map(|s| words(s))
                .collect();
            add(&path);
        }
        add(&spelled(&origin.pointer));
    }
    names
}

/// The words of a hint. An item of a list is called after one of the list's things, and what is said
/// twice in a row is said once: `company`, `companyName` is "company name".
fn joined(hint: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in hint {
        let next = words(text);
        if next == ["item"] && !all.is_empty() {
            let one = singular(&all);
            if one != all {
                all = one;
                continue;
            }
        }
        let overlap = (1..=next.len().min(all.len()))
            .rev()
            .find(|&count| all.ends_with(next.get(..count).unwrap_or_default()))
            .unwrap_or(0);
        all.extend(next.into_iter().skip(overlap));
    }
    all
}

/// A name of the last words only, when all of them make one that is uncomfortably long.
fn shortened(words: &[String]) -> Option<String> {
    if Case::Type.identifier(words)?.len() <= COMFORTABLE {
        return None;
    }
    let mut length = 0;
    let fits = words.iter().rev().take_while(|word| {
        length += word.len();
        length <= COMFORTABLE
    });
    let kept = fits.count();
    let tail = words.get(words.len().saturating_sub(kept)..)?;
    Case::Type.identifier(tail)
}

/// The steps of a pointer that say something: names, paths, methods and statuses, without the
/// keywords between them.
fn steps(pointer: &str) -> Vec<String> {
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
            after_keyword = matches!(segment.as_str(), "properties" | "schemas" | "paths");
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
    fn a_place_is_said_by_its_names() {
        let pointer = "/paths/~1people/get/responses/200/content/application~1json/schema/properties\
                       /items/items/properties/data";
        assert_eq!(steps(pointer), ["/people", "get", "200", "items", "data"]);
        assert_eq!(steps("/components/schemas/items/oneOf/1"), ["items", "1"]);
    }
}
