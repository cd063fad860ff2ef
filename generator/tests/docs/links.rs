//! Every link of ours leads somewhere: to a page that there is, and to a heading on it.

use super::book::{Book, SAVVYCAL, TWENTY, fixture, headings, parser};
use pulldown_cmark::{Event, Tag};
use std::collections::{BTreeMap, BTreeSet};

/// The identifiers of a page's headings, as mdBook makes them (mdbook-html 0.5, `id_from_content` and
/// `unique_id`).
fn anchors(text: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (_, heading) in headings(text) {
        let id: String = heading
            .trim()
            .to_lowercase()
            .chars()
            .filter_map(|c| match c {
                c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
                c if c.is_whitespace() => Some('-'),
                _ => None,
            })
            .collect();
        let mut candidate = id.clone();
        let mut number = 1;
        while !used.insert(candidate.clone()) {
            candidate = format!("{id}-{number}");
            number += 1;
        }
    }
    used
}

/// The page that a relative target leads to from another.
fn resolve(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The links of a book that lead nowhere, and how many there are.
fn broken(book: &Book) -> (usize, Vec<String>) {
    let mut count = 0;
    let mut broken = Vec::new();
    let known: BTreeMap<&str, BTreeSet<String>> = book
        .pages()
        .map(|(path, text)| (path, anchors(text)))
        .collect();
    for (path, text) in book.pages() {
        for event in parser(text) {
            let Event::Start(Tag::Link { dest_url, .. }) = event else {
                continue;
            };
            count += 1;
            let scheme = ["https://", "http://", "mailto:"];
            if scheme.iter().any(|scheme| dest_url.starts_with(scheme)) {
                continue;
            }
            let (page, anchor) = dest_url.split_once('#').unwrap_or((&dest_url, ""));
            let page = match page {
                "" => path.to_owned(),
                page => resolve(path, page),
            };
            let found = known.get(page.as_str());
            let leads = found.is_some_and(|known| anchor.is_empty() || known.contains(anchor));
            if !leads {
                broken.push(format!("{path}: {dest_url}"));
            }
        }
    }
    (count, broken)
}

#[track_caller]
fn check(book: &Book, least: usize) {
    let (count, broken) = broken(book);
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(count >= least, "only {count} links");
}

#[test]
fn links_of_twenty_lead_somewhere() {
    check(&TWENTY, 5_000);
}

#[test]
fn links_of_savvycal_lead_somewhere() {
    check(&SAVVYCAL, 800);
}

#[test]
fn links_of_hard_documents_lead_somewhere() {
    for name in [
        "pets",
        "obstacles",
        "corners",
        "parameters",
        "forms",
        "credentials",
        "hostile",
    ] {
        check(&fixture(name), 10);
    }
}

/// A check that cannot fail proves nothing.
#[test]
fn a_broken_link_is_noticed() {
    for (text, replaced) in [
        ("(#find-many-pets)", "(#find-many-pet)"),
        ("(../schemas/pet.md)", "(../schemas/cow.md)"),
        ("(../README.md)", "(README.md)"),
    ] {
        let mut book = fixture("pets");
        let page = book.files.get_mut("src/resources/pets.md").unwrap();
        assert!(page.contains(text), "{text}");
        *page = page.replacen(text, replaced, 1);
        assert_eq!(broken(&book).1.len(), 1, "{replaced}");
    }
}

/// Every page is in the table of contents, once.
#[test]
fn every_page_is_in_the_book() {
    for book in [&*TWENTY, &*SAVVYCAL, &fixture("obstacles")] {
        let summary = book.page("SUMMARY.md");
        let mut listed: Vec<String> = Vec::new();
        for event in parser(summary) {
            if let Event::Start(Tag::Link { dest_url, .. }) = event {
                listed.push(format!("src/{dest_url}"));
            }
        }
        listed.sort();
        let pages = book.pages().map(|(path, _)| path.to_owned());
        let pages: Vec<String> = pages.filter(|path| path != "src/SUMMARY.md").collect();
        assert_eq!(listed, pages);
    }
}
