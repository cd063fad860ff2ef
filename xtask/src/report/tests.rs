use super::*;
use specwright::diag::Code;
use specwright::ir::Origin;
use specwright::load::{MemorySources, load};

const TEXT: &str = "openapi: 3.1.0\ninfo:\n  title: 1\n  version: x\n";

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

fn check(diagnostics: &Diagnostics, text_of: &str, expected: &str) {
    let sources = MemorySources::new("api.yaml", text_of);
    let document = load("api.yaml", &sources, &mut Diagnostics::new());
    let texts = Texts {
        document: document.as_ref(),
        sources: &sources,
        folder: "specs".to_owned(),
        apart: None,
    };
    assert_eq!(plain(&text(diagnostics, &texts)), expected);
}

fn one(diagnostic: Diagnostic) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(diagnostic);
    diagnostics
}

fn title() -> Diagnostic {
    let origin = Origin::new("api.yaml", "/info/title");
    Diagnostic::warning(Code::WrongType, origin, "`title` must be a string")
}

#[test]
fn the_line_the_action_and_the_hint_are_shown() {
    check(
        &one(title().action("it was left out").hint("put it in quotes")),
        TEXT,
        "\
warning[wrong-type]: `title` must be a string
 --> specs/api.yaml:3:3
  |
3 |   title: 1
  |   ^^^^^
  |
  = at: #/info/title
  = note: it was left out
  = help: put it in quotes

",
    );
}

#[test]
fn of_a_document_in_one_line_the_place_is_shown() {
    let text = format!(
        r#"{{"openapi": "3.1.0", "x-a": "{}", "info": {{"title": 1}}, "x-b": "{}"}}"#,
        "a".repeat(200),
        "b".repeat(200)
    );
    let drawn = {
        let sources = MemorySources::new("api.yaml", text.clone());
        let document = load("api.yaml", &sources, &mut Diagnostics::new());
        let texts = Texts {
            document: document.as_ref(),
            sources: &sources,
            folder: String::new(),
            apart: None,
        };
        plain(&super::text(&one(title()), &texts))
    };
    assert!(drawn.contains("--> api.yaml:1:"), "{drawn}");
    assert!(drawn.contains("\"title\": 1"), "{drawn}");
    assert!(
        drawn.lines().all(|line| line.chars().count() < 140),
        "{drawn}"
    );
}

#[test]
fn a_place_without_a_line_is_shown_as_it_is() {
    let diagnostic = Diagnostic::error(
        Code::Config,
        Origin::new("gone.toml", "/api/a"),
        "it is gone",
    );
    check(
        &one(diagnostic),
        TEXT,
        "error[config]: it is gone\n--> specs/gone.toml#/api/a\n\n",
    );
    let nowhere = Diagnostic::note(Code::Internal, Origin::default(), "somewhere");
    check(&one(nowhere), TEXT, "note[internal]: somewhere\n\n");
}

#[test]
fn errors_come_first_and_notes_of_one_kind_are_counted() {
    let mut diagnostics = Diagnostics::new();
    for index in 0..10 {
        let origin = Origin::new("", format!("/{index}"));
        diagnostics.push(Diagnostic::warning(Code::BadValue, origin.clone(), "bad"));
        diagnostics.push(Diagnostic::note(Code::NotGenerated, origin, "unused"));
    }
    diagnostics.push(Diagnostic::error(Code::Version, Origin::default(), "old"));
    let sources = MemorySources::default();
    let texts = Texts {
        document: None,
        sources: &sources,
        folder: String::new(),
        apart: None,
    };
    let drawn = plain(&text(&diagnostics, &texts));
    assert!(drawn.starts_with("error[version]: old\n"), "{drawn}");
    assert_eq!(drawn.matches("warning[bad-value]").count(), 10);
    assert!(
        drawn.ends_with(
            "... and 9 more like this (not-generated); generate and inspect list all with \
             `--format json`\n\n"
        ),
        "{drawn}"
    );
}

#[test]
fn notes_of_one_code_that_are_nothing_alike_are_all_shown() {
    let mut diagnostics = Diagnostics::new();
    for (index, message) in [
        "`a` has 2 links",
        "`b` has 31 links",
        "the callback `c` is not used",
    ]
    .iter()
    .enumerate()
    {
        let origin = Origin::new("", format!("/{index}"));
        diagnostics.push(Diagnostic::note(Code::NotGenerated, origin, *message));
    }
    let sources = MemorySources::default();
    let texts = Texts {
        document: None,
        sources: &sources,
        folder: String::new(),
        apart: None,
    };
    let drawn = plain(&text(&diagnostics, &texts));
    assert!(drawn.contains("`a` has 2 links"), "{drawn}");
    assert!(drawn.contains("... and 1 more like this"), "{drawn}");
    assert!(drawn.contains("the callback `c` is not used"), "{drawn}");
}

#[test]
fn a_document_that_is_wrong_everywhere_does_not_fill_the_terminal() {
    let mut diagnostics = Diagnostics::new();
    for index in 0..SHOWN + 5 {
        let origin = Origin::new("", format!("/{index}"));
        diagnostics.push(Diagnostic::warning(Code::BadValue, origin, "bad"));
    }
    let sources = MemorySources::default();
    let texts = Texts {
        document: None,
        sources: &sources,
        folder: String::new(),
        apart: None,
    };
    let drawn = plain(&text(&diagnostics, &texts));
    assert_eq!(drawn.matches("warning[bad-value]").count(), SHOWN);
    assert!(drawn.contains("... and 5 more like this"), "{drawn}");
}

#[test]
fn a_document_cannot_write_to_the_terminal() {
    let mut diagnostic = title().action("\x1b[31mred").hint("\x1b]0;title\x07");
    diagnostic.message = "\x1b[2Jgone".to_owned();
    let sources = MemorySources::new("api.yaml", "a: \"\x1b[2J\"");
    let texts = Texts {
        document: None,
        sources: &sources,
        folder: String::new(),
        apart: None,
    };
    let drawn = text(&one(diagnostic), &texts);
    for evil in ["\x1b[2J", "\x1b[31m", "\x1b]0", "\x07"] {
        assert!(!drawn.contains(evil), "{drawn:?}");
    }
}

#[test]
fn programs_get_every_one_with_its_place() {
    let sources = MemorySources::new("api.yaml", TEXT);
    let document = load("api.yaml", &sources, &mut Diagnostics::new());
    let texts = Texts {
        document: document.as_ref(),
        sources: &sources,
        folder: "specs".to_owned(),
        apart: None,
    };
    let value = serde_json::to_value(json(&one(title().hint("h")), &texts)).unwrap();
    assert_eq!(
        value,
        serde_json::json!([{
            "file": "specs/api.yaml",
            "pointer": "/info/title",
            "line": 3,
            "column": 3,
            "code": "wrong-type",
            "severity": "warning",
            "message": "`title` must be a string",
            "action": null,
            "hint": "h",
        }])
    );
}
