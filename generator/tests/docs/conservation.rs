//! Nothing is left out: every action, event, parameter, property and response of the IR is on a page.

use super::book::{Book, SAVVYCAL, TWENTY, fixture, rows, section};
use specwright::ir::{Status, TypeBody};
use std::collections::BTreeMap;

/// What is not on the page where it belongs.
fn missing(book: &Book) -> (usize, Vec<String>) {
    let api = &book.api;
    let mut missing = Vec::new();
    let mut count = 0;
    let mut want = |is: bool, what: String| {
        count += 1;
        if !is {
            missing.push(what);
        }
    };
    let sections = sections(book);
    for action in &api.actions {
        let request = format!("{} {}", action.method.as_str(), action.path);
        let found = sections.get(&request);
        want(found.is_some(), request.clone());
        let Some(text) = found else { continue };
        let table = |heading: &str| {
            let line = text
                .lines()
                .find(|line| line.ends_with(heading) && line.starts_with("### "));
            rows(
                line.and_then(|line| section(text, line))
                    .unwrap_or_default(),
            )
        };
        let properties = table(": Properties");
        let place = |place: specwright::ir::Place| format!("{place:?}").to_lowercase();
        for parameter in &action.parameters {
            let name = shown(&parameter.wire_name);
            let wire = format!("{name} ({})", place(parameter.place));
            let is = properties.iter().any(|row| row.get(1) == Some(&wire));
            want(is, format!("{request}: {wire}"));
        }
        for media in action.body.iter().flat_map(|body| &body.media) {
            // What is sent has rows; the other ways to write a body are named.
            let is_sent = action.body.as_ref().and_then(|body| body.preferred()) == Some(media);
            if let Some((_, record)) = api.record(&media.schema.ty).filter(|_| is_sent) {
                for field in record.fields.iter().filter(|field| !field.read_only) {
                    let wire = format!("{} (body)", shown(&field.wire_name));
                    let is = properties.iter().any(|row| row.get(1) == Some(&wire));
                    want(is, format!("{request}: {wire}"));
                }
            }
            want(
                text.contains(&media.media_type),
                format!("{request}: {}", media.media_type),
            );
        }
        for response in &action.outcome.responses {
            let status = match response.status {
                Status::Code(code) => code.to_string(),
                Status::Range(digit) => format!("{digit}00 to {digit}99"),
                Status::Default => "any other".to_owned(),
            };
            let is = text.contains(&format!("Status {status}"))
                || text.contains(&format!("status from {status}"))
                || text.contains("Any status of success")
                || table(": Errors").iter().any(|row| row[0] == status);
            want(is, format!("{request}: status {status}"));
        }
    }
    let events = book.by_title("events");
    for event in &api.events {
        want(
            events.contains_key(&shown(&event.name)),
            format!("the event {}", event.name),
        );
    }
    let schemas = book.by_title("schemas");
    for def in &api.types {
        let Some(component) = &def.component else {
            continue;
        };
        let page = schemas.get(&shown(component));
        want(page.is_some(), format!("the schema {component}"));
        let Some(text) = page else { continue };
        let rows = rows(text);
        match &def.body {
            TypeBody::Record(record) => {
                for field in &record.fields {
                    let name = shown(&field.wire_name);
                    let is = rows.iter().any(|row| row[0] == name);
                    want(is, format!("{component}.{name}"));
                }
            }
            TypeBody::Enum(of) => want(
                rows.len() == of.values.len() + 1,
                format!("the values of {component}"),
            ),
            TypeBody::Union(union) => want(
                rows.len() > union.variants.len(),
                format!("the variants of {component}"),
            ),
            TypeBody::Alias(_) => {}
        }
    }
    (count, missing)
}

/// The section of each action, by method and path.
fn sections(book: &Book) -> BTreeMap<String, &str> {
    let mut found = BTreeMap::new();
    for (_, text) in book
        .pages()
        .filter(|(path, _)| path.starts_with("src/resources/"))
    {
        let starts: Vec<usize> = text.match_indices("\n## ").map(|(at, _)| at).collect();
        let ends = starts.iter().copied().skip(1).chain([text.len()]);
        for (start, end) in starts.iter().zip(ends) {
            let section = &text[*start..end];
            found.insert(code_of(section.lines().nth(3)), section);
        }
    }
    found
}

/// The text of a line that is one code span.
fn code_of(line: Option<&str>) -> String {
    let mut texts = super::book::parser(line.unwrap_or_default()).filter_map(|event| match event {
        pulldown_cmark::Event::Code(text) | pulldown_cmark::Event::Text(text) => {
            Some(text.to_string())
        }
        _ => None,
    });
    texts.next().unwrap_or_default()
}

/// A name as a reader sees it: white space is one space, what is empty is said to be.
fn shown(name: &str) -> String {
    let text: Vec<&str> = name.split_whitespace().collect();
    match text.join(" ") {
        empty if empty.is_empty() => "(empty)".to_owned(),
        text => text,
    }
}

#[track_caller]
fn check(book: &Book, least: usize) {
    let (count, missing) = missing(book);
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(count >= least, "only {count} facts");
}

#[test]
fn twenty_is_on_its_pages() {
    check(&TWENTY, 4_000);
}

#[test]
fn savvycal_is_on_its_pages() {
    check(&SAVVYCAL, 1_000);
}

#[test]
fn hard_documents_are_on_their_pages() {
    for name in [
        "pets",
        "corners",
        "parameters",
        "forms",
        "credentials",
        "obstacles",
        "hostile",
    ] {
        check(&fixture(name), 5);
    }
}

/// A check that cannot fail proves nothing.
#[test]
fn what_is_left_out_is_noticed() {
    let mut book = fixture("pets");
    let page = book.files.get_mut("src/resources/pets.md").unwrap();
    *page = page.replace("`cursor` (query)", "`cursors` (query)");
    assert_eq!(missing(&book).1, ["GET /pets: cursor (query)"]);
    book.files.remove("src/schemas/pet.md");
    assert_eq!(missing(&book).1.len(), 2);
}
