//! The facts of the two pages that ours replace, by name: each is on our pages. Where a copy of these
//! pages lies in `../shared`, the lists here are compared with them.

use super::book::{Book, SAVVYCAL, TWENTY, code_blocks, headings, rows};
use super::twenty_names::{RESOURCES, actions};
use std::collections::BTreeSet;
use std::path::Path;

const PAGE: &str = "resources/connected_accounts.md";

/// The properties of Create One Connected Account, and a word that says what each means.
const PROPERTIES: [(&str, &str); 10] = [
    ("Depth", "related"),
    ("Handle", "email address"),
    ("Provider", "google"),
    ("Access Token", "token"),
    ("Refresh Token", "new access token"),
    ("Last Sync History Id", "synced"),
    ("Auth Failed At", "refused"),
    ("Handle Aliases", "addresses"),
    ("Scopes", "permissions"),
    ("Account Owner Id", "member"),
];

const SECTIONS: [&str; 6] = [
    "Overview",
    "Properties",
    "Output",
    "Dependencies",
    "Troubleshooting",
    "Links and References",
];

fn seed(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/seeds")
        .join(name);
    let text = std::fs::read_to_string(path).ok();
    if text.is_none() {
        println!("skipped: ../shared/seeds/{name} is not here");
    }
    text
}

/// The text of all headings of the second level.
fn titles(book: &Book) -> BTreeSet<String> {
    let pages = book
        .pages()
        .filter(|(path, _)| path.starts_with("src/resources/"));
    let all = pages.flat_map(|(_, text)| headings(text));
    all.map(|(_, text)| text.to_lowercase()).collect()
}

#[test]
fn every_resource_of_twenty_has_a_page() {
    let index =
        rows(super::book::section(TWENTY.page("README.md"), "## Resources and actions").unwrap());
    for (_, many) in RESOURCES {
        let row = index.iter().find(|row| row[0].eq_ignore_ascii_case(many));
        let row = row.unwrap_or_else(|| panic!("{many} is not in the matrix"));
        assert_eq!(
            row.iter().filter(|cell| *cell == "yes").count(),
            7,
            "{many}"
        );
        let file = many.to_lowercase().replace(' ', "_");
        TWENTY.page(&format!("resources/{file}.md"));
    }
}

#[test]
fn every_action_of_twenty_has_a_section() {
    let titles = titles(&TWENTY);
    let all = actions();
    assert_eq!(all.len(), 252);
    let missing: Vec<&String> = all
        .iter()
        .filter(|name| !titles.contains(&name.to_lowercase()))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_action_has_every_section() {
    for book in [&*TWENTY, &*SAVVYCAL] {
        let mut count = 0;
        for (path, text) in book
            .pages()
            .filter(|(path, _)| path.starts_with("src/resources/"))
        {
            let found: Vec<String> = headings(text).into_iter().map(|(_, text)| text).collect();
            for section in SECTIONS {
                let have = found
                    .iter()
                    .filter(|it| it.ends_with(&format!(": {section}")))
                    .count();
                let actions = text.matches("\n## ").count();
                assert_eq!(have, actions, "{path} {section}");
                count += have;
            }
        }
        assert_eq!(count, book.api.actions.len() * SECTIONS.len());
    }
}

#[test]
fn every_property_of_creating_an_account_is_there() {
    let table = rows(TWENTY.section(PAGE, "### Create One: Properties"));
    for (label, word) in PROPERTIES {
        let row = table.iter().find(|row| row[0].eq_ignore_ascii_case(label));
        let row = row.unwrap_or_else(|| panic!("{label} is not in {table:#?}"));
        assert!(row[4].contains(word), "{label}: {}", row[4]);
    }
    let depth = &table.iter().find(|row| row[0] == "Depth").unwrap()[4];
    for level in [
        "0: the record alone",
        "1: ",
        "2: ",
        "Possible values: 0, 1, 2",
        "Default: 1",
    ] {
        assert!(depth.contains(level), "{depth}");
    }
    let scopes = table.iter().find(|row| row[0] == "Scopes").unwrap();
    assert!(
        scopes[2].contains("list") && scopes[4].contains("JSON"),
        "{scopes:?}"
    );
}

#[test]
fn what_is_said_of_creating_an_account_is_said() {
    let facts = [
        (
            "Overview",
            &[
                "Connect the account",
                "provider",
                "tokens",
                "For example",
                "Use cases:",
            ][..],
        ),
        (
            "Output",
            &[
                "connected_account_for_response.md",
                "createConnectedAccount",
                "No binary data",
            ],
        ),
        (
            "Dependencies",
            &[
                "Credential",
                "Base URL",
                "Headers",
                "Twenty API",
                "Document",
            ],
        ),
        (
            "Troubleshooting",
            &[
                "Authentication failures",
                "invalid, expired",
                "Missing essential fields",
                "**Handle** and **Provider**",
                "Incorrect JSON",
                "**Scopes**",
                "`authFailedAt`",
                "Rate limits",
                "Connectivity",
                "refresh token",
            ],
        ),
        (
            "Links and References",
            &[
                "docs.n8n.io/credentials",
                "twenty.com",
                "connected_account.md",
            ],
        ),
    ];
    for (section, words) in facts {
        let text = TWENTY.section(PAGE, &format!("### Create One: {section}"));
        for word in words {
            assert!(
                text.contains(word),
                "{section} does not say {word}:\n{text}"
            );
        }
    }
}

/// How an action is used: the labels of the node, and the call that the SDK's documentation compiles.
#[test]
fn every_action_says_how_it_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src");
    for (book, name) in [(&*TWENTY, "twenty"), (&*SAVVYCAL, "savvycal")] {
        let folder = root.join(name).join("resources");
        let mut sources = String::new();
        let written = std::fs::read_dir(&folder).ok();
        for entry in written.into_iter().flatten() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for line in text.lines() {
                let line = line.trim_start().trim_start_matches("///").trim_start();
                sources.push_str(line);
                sources.push('\n');
            }
        }
        let mut calls = 0;
        for (path, text) in book
            .pages()
            .filter(|(path, _)| path.starts_with("src/resources/"))
        {
            let actions = text.matches("\n## ").count();
            assert_eq!(
                text.matches("choose the resource **").count(),
                actions,
                "{path}"
            );
            for call in code_blocks(text, "rust,ignore") {
                let flat: Vec<&str> = call.lines().map(str::trim).collect();
                let flat = flat.join("\n");
                assert!(
                    sources.is_empty() || sources.contains(&flat),
                    "{path}: not compiled:\n{call}"
                );
                calls += 1;
            }
        }
        assert_eq!(calls, book.api.actions.len());
        if sources.is_empty() {
            println!("skipped: {} is not here", folder.display());
        }
    }
}

#[test]
fn the_list_of_twenty_is_that_of_its_page() {
    let Some(seed) = seed("twenty-n8n-node.txt") else {
        return;
    };
    let known: BTreeSet<String> = actions().into_iter().collect();
    let lines = seed.lines().filter_map(|line| line.strip_prefix("- "));
    let names: Vec<&str> = lines
        .take_while(|line| !line.starts_with("Requires"))
        .collect();
    let resources = names
        .iter()
        .filter_map(|line| line.strip_suffix(" Actions"));
    let resources: BTreeSet<&str> = resources.collect();
    let ours: BTreeSet<&str> = RESOURCES.iter().map(|(_, many)| *many).collect();
    assert_eq!(ours, resources);
    for name in names.iter().filter(|line| !line.ends_with(" Actions")) {
        assert!(known.contains(*name), "{name}");
    }
    let table = seed.lines().filter(|line| line.starts_with("| ")).skip(1);
    let labels = table
        .filter_map(|line| line.split('|').nth(1))
        .map(str::trim);
    let labels: Vec<&str> = labels.collect();
    assert_eq!(labels, PROPERTIES.map(|(label, _)| label));
    for section in SECTIONS {
        assert!(seed.lines().any(|line| line == section), "{section}");
    }
}

/// A field of the event's data, as the page of the schema has it.
struct Fact {
    name: &'static str,
    ty: &'static str,
    nullable: bool,
    values: &'static [&'static str],
    pattern: Option<&'static str>,
}

const fn fact(name: &'static str, ty: &'static str) -> Fact {
    Fact {
        name,
        ty,
        nullable: false,
        values: &[],
        pattern: None,
    }
}

const FACTS: [Fact; 13] = [
    fact("object", "ConnectedAccount"),
    Fact {
        values: &["user", "account"],
        ..fact("object.connection_scope", "string")
    },
    fact("object.created_at", "string (date-time)"),
    Fact {
        nullable: true,
        ..fact("object.display_name", "string")
    },
    fact("object.email", "string"),
    fact("object.external_subject", "string"),
    Fact {
        pattern: Some(r"^cact_\w{12}$"),
        ..fact("object.id", "string")
    },
    Fact {
        values: &["connected_account"],
        ..fact("object.object", "string")
    },
    Fact {
        values: &["google"],
        ..fact("object.provider", "string")
    },
    Fact {
        values: &["active", "reconnect_required", "insufficient_permissions"],
        ..fact("object.status", "string")
    },
    fact("object.updated_at", "string (date-time)"),
    Fact {
        nullable: true,
        ..fact("object.user_id", "string")
    },
    Fact {
        values: &["connected_account.created"],
        ..fact("type", "string")
    },
];

/// Every fact on a page whose fields stand behind `prefix`.
#[track_caller]
fn check_facts(text: &str, prefix: &str) {
    let table = rows(text);
    for fact in FACTS {
        let name = format!("{prefix}{}", fact.name);
        let row = table.iter().find(|row| row[0] == name);
        let row = row.unwrap_or_else(|| panic!("{name} is not there"));
        assert_eq!(row[1], fact.ty, "{name}");
        assert_eq!(row[2], "yes", "{name} is required");
        assert_eq!(row[3] == "yes", fact.nullable, "{name}");
        assert!(row[4].len() > 20, "{name} is not described");
        if !fact.values.is_empty() {
            let values = format!("Possible values: {}.", fact.values.join(", "));
            assert!(row[4].contains(&values), "{name}: {}", row[4]);
        }
        if let Some(pattern) = fact.pattern {
            assert!(
                row[4].contains(&format!("Value must match {pattern}.")),
                "{name}: {}",
                row[4]
            );
        }
    }
}

#[test]
fn every_fact_of_the_event_schema_is_on_its_page() {
    let page = "schemas/connected_account_created_event_data.md";
    let text = SAVVYCAL.page(page);
    assert_eq!(headings(text)[0].1, "ConnectedAccountCreatedEventData");
    check_facts(text, "");
    let examples = code_blocks(text, "json");
    let example: serde_json::Value = serde_json::from_str(&examples[0]).unwrap();
    for fact in FACTS {
        let pointer = format!("/{}", fact.name.replace('.', "/"));
        let value = example
            .pointer(&pointer)
            .unwrap_or_else(|| panic!("no {pointer}"));
        if let Some(text) = value.as_str().filter(|_| !fact.values.is_empty()) {
            assert!(fact.values.contains(&text), "{pointer}: {text}");
        }
    }
}

#[test]
fn the_event_has_its_page_with_its_payload() {
    let text = SAVVYCAL.page("events/connected_account_created.md");
    check_facts(text, "data.");
    for words in [
        "`connected_account.created`",
        "x-savvycal-signature",
        "HMAC-SHA256",
        "`POST`",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn every_event_of_both_apis_says_how_it_is_recognised() {
    for book in [&*TWENTY, &*SAVVYCAL] {
        for (path, text) in book
            .pages()
            .filter(|(path, _)| path.starts_with("src/events/"))
        {
            for words in [
                "Name on the wire: `",
                "## Headers",
                "## Signature",
                "HMAC-SHA256",
                "## Payload",
                "## Example",
            ] {
                assert!(text.contains(words), "{path}: {words}");
            }
        }
    }
}

#[test]
fn the_list_of_the_event_is_that_of_its_page() {
    let Some(seed) = seed("savvycal-connected-account-created.txt") else {
        return;
    };
    for fact in FACTS {
        let name = fact.name.trim_start_matches("object.");
        let ty = match fact.ty {
            "string (date-time)" => "string<date-time>",
            "ConnectedAccount" => " object",
            ty => ty,
        };
        let null = if fact.nullable { "nullable" } else { "" };
        let line = format!("{name}{ty}{null}required");
        assert!(seed.lines().any(|it| it == line), "{line}");
        if !fact.values.is_empty() {
            assert!(
                seed.contains(&format!("Possible values: [{}]", fact.values.join(", "))),
                "{name}"
            );
        }
        if let Some(pattern) = fact.pattern {
            assert!(
                seed.contains(&format!("Value must match regular expression {pattern}")),
                "{name}"
            );
        }
    }
    let required = seed
        .lines()
        .filter(|line| line.ends_with("required"))
        .count();
    assert_eq!(required, FACTS.len(), "no field of the page is left out");
}
