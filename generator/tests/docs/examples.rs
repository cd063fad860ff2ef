//! Every example is valid for the schema that it is an example of, as the document says it, by a
//! validator that knows nothing of ours.

use super::book::{Book, SAVVYCAL, TWENTY, code_blocks, fixture, section};
use jsonschema::{Registry, Validator};
use serde_json::{Value, json};
use specwright::ir::Media;

/// The document under a URL, so that references into it are found.
const DOCUMENT: &str = "urn:document";

struct Schemas {
    registry: Registry<'static>,
}

impl Schemas {
    fn of(book: &Book) -> Self {
        // The loader has raised older vocabularies to JSON Schema 2020-12.
        let mut document = book.document.root().value().clone();
        require_what_travels(&mut document);
        let registry = Registry::new()
            .add(DOCUMENT, document)
            .unwrap()
            .prepare()
            .unwrap();
        Self { registry }
    }

    /// A validator for the schema at a pointer of the document.
    fn at(&self, pointer: &str) -> Validator {
        let schema = json!({"$ref": format!("{DOCUMENT}#{}", escaped(pointer))});
        jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .with_registry(&self.registry)
            .build(&schema)
            .unwrap_or_else(|error| panic!("{pointer}: {error}"))
    }
}

/// What is `readOnly` is required of answers alone, and what is `writeOnly` of requests (OpenAPI 3.0.3,
/// section 4.7.24.2), which a validator of JSON Schema cannot know.
fn require_what_travels(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(require_what_travels),
        Value::Object(object) => {
            object.values_mut().for_each(require_what_travels);
            let one_way = |property: &Value| {
                ["readOnly", "writeOnly"]
                    .iter()
                    .any(|key| property[*key] == true)
            };
            let properties = object.get("properties").cloned().unwrap_or_default();
            if let Some(Value::Array(names)) = object.get_mut("required") {
                names.retain(|name| !name.as_str().is_some_and(|name| one_way(&properties[name])));
            }
        }
        _ => {}
    }
}

/// A pointer as the fragment of a URL.
fn escaped(pointer: &str) -> String {
    let mut out = String::new();
    for byte in pointer.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'~' | b'-' | b'_' | b'.' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[track_caller]
fn valid(schemas: &Schemas, pointer: &str, page: &str, example: &str) {
    let value: Value =
        serde_json::from_str(example).unwrap_or_else(|error| panic!("{page}: {error}"));
    let validator = schemas.at(pointer);
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{page}: {errors:#?}\n{example}");
}

/// Where the schema of a media type stands: in place, or where it refers to.
fn schema_of(media: &Media) -> String {
    media.schema.origin.pointer.clone()
}

/// Checks every example of a book; how many there were on the pages of schemas, events and actions.
fn check(book: &Book) -> [usize; 3] {
    let schemas = Schemas::of(book);
    let mut counts = [0; 3];
    let pages = book.by_title("schemas");
    for def in &book.api.types {
        let Some(component) = &def.component else {
            continue;
        };
        let Some(page) = pages.get(component) else {
            continue;
        };
        for example in code_blocks(page, "json") {
            valid(&schemas, &def.origins[0].pointer, component, &example);
            counts[0] += 1;
        }
    }
    let pages = book.by_title("events");
    for event in &book.api.events {
        let Some(page) = pages.get(&event.name) else {
            continue;
        };
        let media = event.body.as_ref().and_then(|body| body.preferred());
        for example in code_blocks(page, "json") {
            valid(&schemas, &schema_of(media.unwrap()), &event.name, &example);
            counts[1] += 1;
        }
    }
    for action in &book.api.actions {
        let request = format!("`{} {}`", action.method.as_str(), action.path);
        let Some(output) = output_of(book, &request) else {
            continue;
        };
        let Some(success) = &action.outcome.success else {
            continue;
        };
        let response = &action.outcome.responses[success.response];
        let media = success.media.map(|index| &response.media[index]);
        for example in code_blocks(&output, "json") {
            valid(&schemas, &schema_of(media.unwrap()), &request, &example);
            counts[2] += 1;
        }
    }
    counts
}

/// The section with what an action gives back.
fn output_of(book: &Book, request: &str) -> Option<String> {
    let mut pages = book
        .pages()
        .filter(|(path, _)| path.starts_with("src/resources/"));
    pages.find_map(|(_, text)| {
        let start = text.find(&format!("\n\n{request}\n\n"))?;
        let rest = &text[start..];
        let heading = rest.lines().find(|line| line.ends_with(": Output"))?;
        section(rest, heading).map(str::to_owned)
    })
}

#[test]
fn examples_of_twenty_are_valid() {
    let [schemas, events, actions] = check(&TWENTY);
    assert!(schemas > 200, "{schemas} examples of schemas");
    assert_eq!(events, 108);
    assert_eq!(actions, 253);
}

#[test]
fn examples_of_savvycal_are_valid() {
    let [schemas, events, actions] = check(&SAVVYCAL);
    assert!(schemas > 90, "{schemas} examples of schemas");
    assert_eq!(events, 12);
    assert!(actions > 45, "{actions} examples of actions");
}

#[test]
fn examples_of_hard_documents_are_valid() {
    for (name, least) in [("pets", 8), ("corners", 3), ("forms", 1), ("hostile", 2)] {
        let counts = check(&fixture(name));
        assert!(counts.iter().sum::<usize>() >= least, "{name}: {counts:?}");
    }
}

/// A check that cannot fail proves nothing.
#[test]
#[should_panic(expected = "is not of type")]
fn an_example_of_another_type_is_noticed() {
    let mut book = fixture("pets");
    let page = book.files.get_mut("src/schemas/problem.md").unwrap();
    *page = page.replace("\"title\": \"Title\"", "\"title\": 1");
    check(&book);
}
