//! Names of the pages of the documentation.
//!
//! A page's file is called after what it is about, in ASCII, and keeps that name: others link to it.
//! What stands in its headings are the words that n8n shows, so that a reader finds the same words
//! in both.

use super::n8n_names::{N8nNames, title};
use super::rust_names::told_apart;
use super::{Case, Item, Lock, Scope, Table, spelled, words};
use crate::diag::Diagnostics;
use crate::ir::{Api, Origin, OtherWay, TypeId};
use std::collections::BTreeSet;

/// The names of an API's pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocsNames {
    /// By `ResourceId`.
    pub resources: Vec<ResourcePage>,
    /// By `ActionId`.
    pub actions: Vec<ActionTitle>,
    /// The file of each event, without `.md`, in the order of `Api::events`.
    pub events: Vec<String>,
    /// The file of each type that has a page, without `.md`, by `TypeId`.
    pub schemas: Vec<Option<String>>,
}

/// The page of a resource.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResourcePage {
    /// Its file, without `.md`: `connected_accounts`.
    pub file: String,
    /// Its heading: `Connected Accounts`.
    pub title: String,
    /// One of its records, or the group, in Title Case: `Connected Account`.
    pub one: String,
}

/// The headings of an action.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionTitle {
    /// The heading of its section: `Create One Connected Account`. Unique on its page.
    pub title: String,
    /// What stands before the headings in it: `Create One`. Unique on its page.
    pub label: String,
}

/// The sections of the lock.
const RESOURCES: &str = "docs.resources";
const EVENTS: &str = "docs.events";
const SCHEMAS: &str = "docs.schemas";

/// What mdBook and file systems take for something else.
const RESERVED: &[&str] = &[
    "readme", "index", "summary", "print", "toc", "con", "prn", "aux", "nul", "com1", "com2",
    "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5",
    "lpt6", "lpt7", "lpt8", "lpt9",
];

/// How many steps of its place a name can be made of.
const MAX_STEPS: usize = 8;

/// How long a name of the last words can be. Longer names are cut at their ends.
const MAX_LENGTH: usize = 110;

/// Something that has a page: its key in the lock, where it comes from, and what it is called.
struct Page<'a> {
    key: String,
    origin: &'a Origin,
    name: &'a [String],
    text: &'a str,
}

impl DocsNames {
    /// Gives each page its file, and tells the lock. Types have a page where `has_page` says so.
    pub fn allocate(
        api: &Api,
        n8n: &N8nNames,
        has_page: &dyn Fn(TypeId) -> bool,
        lock: &mut Lock,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let tags: Vec<Vec<String>> = api.resources.iter().map(|it| words(&it.tag)).collect();
        let resources = api
            .resources
            .iter()
            .zip(&tags)
            .map(|(resource, name)| Page {
                key: resource.tag.clone(),
                origin: &resource.origin,
                name,
                text: &resource.tag,
            });
        let files = allocate(RESOURCES, resources.collect(), lock, diagnostics);
        let events: Vec<Vec<String>> = api.events.iter().map(|it| words(&it.name)).collect();
        let events = api.events.iter().zip(&events).map(|(event, name)| Page {
            key: event.origin.pointer.clone(),
            origin: &event.origin,
            name,
            text: &event.name,
        });
        let events = allocate(EVENTS, events.collect(), lock, diagnostics);
        Self {
            resources: headings(n8n, files),
            actions: titles(api, n8n),
            events,
            schemas: schemas(api, has_page, lock, diagnostics),
        }
    }
}

fn schemas(
    api: &Api,
    has_page: &dyn Fn(TypeId) -> bool,
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Vec<Option<String>> {
    let nowhere = Origin::default();
    let paged: Vec<usize> = (0..api.types.len())
        .filter(|index| has_page(TypeId(*index)))
        .collect();
    let named: Vec<Vec<String>> = paged
        .iter()
        .filter_map(|index| api.types.get(*index))
        .map(|def| match &def.component {
            Some(component) => words(component),
            None => {
                let hint = def.hints.first().into_iter().flatten();
                hint.flat_map(|text| words(text)).collect()
            }
        })
        .collect();
    let defs = paged.iter().filter_map(|index| api.types.get(*index));
    let pages = defs.zip(&named).map(|(def, name)| {
        let origin = def.origins.first().unwrap_or(&nowhere);
        let component = def.component.as_deref();
        // What a schema is sent as has a page beside the one of what is received.
        let sent = matches!(def.other_way, Some(OtherWay::ReceivedAs(_)));
        let way = if sent { "~sent" } else { "" };
        Page {
            key: format!("{}{way}", component.unwrap_or(&origin.pointer)),
            origin,
            name,
            text: component.unwrap_or_default(),
        }
    });
    let files = allocate(SCHEMAS, pages.collect(), lock, diagnostics);
    let mut schemas = vec![None; api.types.len()];
    for (index, file) in paged.into_iter().zip(files) {
        if let Some(slot) = schemas.get_mut(index) {
            *slot = Some(file);
        }
    }
    schemas
}

fn allocate(
    section: &str,
    pages: Vec<Page<'_>>,
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    // A lock that was changed by hand may hold what is no name in ASCII; `Case::Module` refuses it.
    let items = pages.into_iter().map(item).collect();
    let mut scope = Scope::new(Case::Module, RESERVED);
    let files = scope.allocate(&Table::new(section), items, lock, diagnostics);
    lock.retire_unused(section);
    files
}

fn item(page: Page<'_>) -> Item<'_> {
    let key = page.key.clone();
    Item {
        keys: vec![page.key],
        origin: page.origin,
        text: page.text,
        first: Case::Module.identifier(page.name),
        more: Box::new(move || {
            let page_of = [page.name, &["page".to_owned()]].concat();
            let names = [
                Case::Module.identifier(&spelled(page.text)),
                Case::Module.identifier(&words(&key)),
                Case::Module.identifier(&spelled(&key)),
                Case::Module.identifier(&page_of),
            ];
            let told_apart = told_apart(Case::Module, page.text);
            let names = names.into_iter().flatten().chain(told_apart);
            let place = format!("{}{}", page.origin.file, page.origin.pointer);
            names.chain(ends(&key)).chain(ends(&place)).collect()
        }),
    }
}

/// Names of the last steps of a key, and of its last words: two long ones may differ at their ends only.
fn ends(key: &str) -> Vec<String> {
    let steps: Vec<Vec<String>> = key.split('/').map(words).collect();
    let counts = 2..=steps.len().min(MAX_STEPS);
    let tails = counts.filter_map(|count| steps.get(steps.len().saturating_sub(count)..));
    let all = steps.concat();
    let mut length = 0;
    let fits = all.iter().rev().take_while(|word| {
        length += word.len() + 1;
        length <= MAX_LENGTH
    });
    let kept = fits.count();
    let last = all.get(all.len().saturating_sub(kept)..);
    tails
        .map(<[Vec<String>]>::concat)
        .chain(last.map(<[String]>::to_vec))
        .filter_map(|words| Case::Module.identifier(&words))
        .collect()
}

fn headings(n8n: &N8nNames, files: Vec<String>) -> Vec<ResourcePage> {
    let pages = files.into_iter().zip(&n8n.resources);
    let pages = pages.map(|(file, labels)| ResourcePage {
        file,
        title: match labels.many.as_slice() {
            [] => labels.name.clone(),
            _ => labels.plural.clone(),
        },
        one: labels.name.clone(),
    });
    pages.collect()
}

/// The headings of each action. Two that would have the same say which they are.
fn titles(api: &Api, n8n: &N8nNames) -> Vec<ActionTitle> {
    let mut titles = vec![ActionTitle::default(); api.actions.len()];
    for resource in &api.resources {
        let mut taken = BTreeSet::new();
        for id in &resource.actions {
            let (Some(names), Some(slot)) = (n8n.operation(*id), titles.get_mut(id.0)) else {
                continue;
            };
            let mut heading = title(&words(&names.action));
            if !taken.insert(heading.to_lowercase()) {
                heading = format!("{heading} ({})", names.name);
                taken.insert(heading.to_lowercase());
            }
            *slot = ActionTitle {
                title: heading,
                label: names.name.clone(),
            };
        }
    }
    titles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pages: &[(&str, &[&str])], expected: &[&str]) {
        let nowhere = Origin::default();
        let names: Vec<Vec<String>> = pages
            .iter()
            .map(|(_, hint)| hint.iter().flat_map(|text| words(text)).collect())
            .collect();
        let pages = pages.iter().zip(&names).map(|((key, _), name)| Page {
            key: (*key).to_owned(),
            origin: &nowhere,
            name,
            text: if key.starts_with('/') { "" } else { key },
        });
        let mut diagnostics = Diagnostics::new();
        let files = allocate(SCHEMAS, pages.collect(), &mut Lock::new(), &mut diagnostics);
        assert_eq!(files, expected);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
    }

    #[test]
    fn what_mdbook_has_itself_says_that_it_is_a_page() {
        check(&[("print", &["print"])], &["print_page"]);
        check(
            &[("Index", &["Index"]), ("index", &["index"])],
            &["index_capital", "index_lower"],
        );
    }

    #[test]
    fn schemas_of_one_name_are_told_apart_by_where_they_stand() {
        let name = words("T");
        let origins = [
            Origin::new("a.yaml", "/components/schemas/Pets/$defs/T"),
            Origin::new("a.yaml", "/components/schemas/Dogs/$defs/T"),
            Origin::new("t.yml", ""),
        ];
        let page = |origin| Page {
            key: "T".to_owned(),
            origin,
            name: &name,
            text: "T",
        };
        let mut diagnostics = Diagnostics::new();
        let pages = origins.iter().map(page).collect();
        let files = allocate(SCHEMAS, pages, &mut Lock::new(), &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert_eq!(files.len(), 3);
        let is_short = |file: &String| file.len() < 20 && !file.contains("_x");
        assert!(files.iter().all(is_short), "{files:?}");
    }

    #[test]
    fn inline_types_far_down_are_told_apart_by_where_they_end() {
        let deep = format!("/paths{}", "/some~1long~1path/properties".repeat(8));
        check(
            &[
                (&format!("{deep}/a_b/values"), &["values"]),
                (&format!("{deep}/c_d/values"), &["values"]),
                ("/e", &["snake_case"]),
            ],
            &["a_b_values", "c_d_values", "snake_case"],
        );
        let [one, other] = ["One", "Other"].map(|end| format!("{}.{end}", "Long.".repeat(40)));
        let long = [[one.as_str()], [other.as_str()]];
        let last = format!("{}_one", ["long"; 21].join("_"));
        let [first, second] = &long;
        check(
            &[(first[0], first), (second[0], second)],
            &[
                &last,
                &last.replace("_one", "_other").replacen("long_", "", 1),
            ],
        );
    }
}
