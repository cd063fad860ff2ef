//! What the configuration says beside the document.

use super::book::of;
use specwright::config::{ApiConfig, Config};
use specwright::diag::{Code, Diagnostics, Severity};

const DOCUMENT: &str = "openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /pets:
    post:
      operationId: createPet
      tags: [pets]
      parameters: [{name: dry, in: query, schema: {type: boolean}}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'204': {description: ok}}
components: {schemas: {Pet: {type: object, properties: {name: {type: string}, age: {type: integer}}}}}
";

fn config(notes: &str) -> (ApiConfig, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let text = format!("[api.t]\nspec = \"t.yaml\"\n{notes}");
    let config = Config::parse("specwright.toml", &text, &mut diagnostics);
    let api = config
        .api("t")
        .cloned()
        .unwrap_or_else(|| ApiConfig::for_name("t"));
    (api, diagnostics)
}

fn note(target: &str, kind: &str) -> String {
    format!("[[api.t.note]]\n{target}\nkind = \"{kind}\"\ntext = \"It is *so* | here\"\n")
}

#[test]
fn each_kind_of_note_has_its_place() {
    let name = "at = \"/components/schemas/Pet/properties/name\"";
    let cases = [
        ("operation = \"createPet\"", "use_case", "Overview"),
        ("resource = \"pets\"", "use_case", "Overview"),
        ("operation = \"/paths/~1pets/post\"", "tip", "Overview"),
        (
            "operation = \"createPet\"",
            "troubleshooting",
            "Troubleshooting",
        ),
        (name, "essential", "Properties"),
        (name, "essential", "Troubleshooting"),
        (name, "tip", "Properties"),
        (name, "troubleshooting", "Troubleshooting"),
        (
            "at = \"/paths/~1pets/post/parameters/0\"",
            "tip",
            "Properties",
        ),
    ];
    for (target, kind, section) in cases {
        let (config, diagnostics) = config(&note(target, kind));
        assert!(diagnostics.is_empty(), "{diagnostics:#?}");
        let book = of(DOCUMENT, &config);
        assert!(!book.diagnostics.has_errors(), "{:#?}", book.diagnostics);
        let text = book.section("resources/pets.md", &format!("### Create One: {section}"));
        assert!(
            text.contains(r"It is so \| here."),
            "{target} {kind} in {section}:\n{text}"
        );
    }
}

#[test]
fn an_essential_value_is_needed_in_practice() {
    let (config, _) = config(&note(
        "at = \"/components/schemas/Pet/properties/name\"",
        "essential",
    ));
    let book = of(DOCUMENT, &config);
    let text = book.section("resources/pets.md", "### Create One: Properties");
    let row = text.lines().find(|line| line.contains("`name`")).unwrap();
    assert!(row.contains("| in practice |"), "{row}");
    let row = text.lines().find(|line| line.contains("`age`")).unwrap();
    assert!(row.contains("| no |"), "{row}");
}

#[test]
fn a_note_about_nothing_is_an_error() {
    for target in [
        "operation = \"removePet\"",
        "resource = \"cows\"",
        "at = \"/components/schemas/Cow/properties/name\"",
    ] {
        let (config, _) = config(&note(target, "tip"));
        let book = of(DOCUMENT, &config);
        let stale: Vec<_> = book
            .diagnostics
            .iter()
            .filter(|it| it.code == Code::StaleOverride && it.severity == Severity::Error)
            .collect();
        assert_eq!(stale.len(), 1, "{target}");
        assert_eq!(stale[0].origin.pointer, "/api/t/note/0");
        assert_eq!(stale[0].position.unwrap().line, 3);
    }
}

#[test]
fn a_note_that_cannot_be_read_is_an_error() {
    let cases = [
        (note("operation = \"a\"", "joke"), "not a kind of note"),
        (
            note("operation = \"a\"\nresource = \"b\"", "tip"),
            "needs one of",
        ),
        (note("", "tip"), "needs one of"),
        (note("at = \"x\"", "tip"), "JSON pointer"),
        (
            note("resource = \"b\"", "tip").replace("It is *so* | here", " "),
            "needs a `text`",
        ),
    ];
    for (text, message) in cases {
        let (_, diagnostics) = config(&text);
        let said = diagnostics.iter().next().unwrap();
        assert_eq!(said.code, Code::Config);
        assert_eq!(said.origin.pointer, "/api/t/note/0");
        assert!(said.message.contains(message), "{}", said.message);
    }
}
