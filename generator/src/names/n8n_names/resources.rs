//! Names of resources.

use super::super::{plural, singular, spelled, words};
use super::labels::title;
use crate::ir::{Api, Resource};
use std::collections::BTreeSet;

/// What a resource is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResourceLabels {
    /// What a saved workflow keeps: the document's tag, `connectedAccounts`.
    pub value: String,
    /// In the singular: `Connected Account`.
    pub name: String,
    /// Several of them: `Connected Accounts`.
    pub plural: String,
    /// The words of one; empty for a group that is about no kind of thing (`General`).
    pub one: Vec<String>,
    /// The words of several; empty for a group that is about no kind of thing.
    pub many: Vec<String>,
}

/// The names of each resource, by id.
pub(super) fn allocate(api: &Api) -> Vec<ResourceLabels> {
    let mut values = BTreeSet::new();
    let mut names = BTreeSet::new();
    let all = api.resources.iter().map(|resource| {
        let mut labels = labels(resource);
        if !names.insert(labels.name.clone()) {
            // n8n's linter wants no plural, as the tag may be.
            let name = format!("{} Resource", title(&spelled(&resource.tag)));
            labels.name = unique(name, &mut names);
        }
        labels.value = unique(value(&resource.tag), &mut values);
        labels
    });
    all.collect()
}

fn labels(resource: &Resource) -> ResourceLabels {
    let is_thing = resource.record.is_some() || resource.id.is_some();
    let tag = || Some(words(&resource.tag)).filter(|words| !words.is_empty());
    let spoken = Some(resource.singular.clone()).filter(|words| is_thing && !words.is_empty());
    let one = spoken
        .or_else(tag)
        .unwrap_or_else(|| spelled(&resource.tag));
    let many = match resource.plural.as_slice() {
        [] => plural(&one),
        many => many.to_vec(),
    };
    ResourceLabels {
        value: String::new(),
        name: title(&singular(&one)),
        plural: title(&many),
        one: if is_thing { one } else { Vec::new() },
        many: if is_thing { many } else { Vec::new() },
    }
}

/// The tag, unless n8n would take it for something else: nothing, or an expression.
fn value(tag: &str) -> String {
    let plain = !tag.trim().is_empty() && !tag.starts_with('=') && !tag.contains(char::is_control);
    if plain {
        return tag.to_owned();
    }
    spelled(tag).join("-")
}

fn unique(name: String, taken: &mut BTreeSet<String>) -> String {
    if taken.insert(name.clone()) {
        return name;
    }
    let mut number: usize = 2;
    loop {
        let numbered = format!("{name} {number}");
        if taken.insert(numbered.clone()) {
            return numbered;
        }
        number += 1;
    }
}
