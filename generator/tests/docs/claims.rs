//! What the pages claim is true of the API, of the document and of what is generated.

use super::book::{Book, SAVVYCAL, TWENTY, fixture, of, rows};
use specwright::config::{ApiConfig, Config};
use specwright::diag::Diagnostics;
use specwright::load::MemorySources;
use specwright::names::Lock;
use specwright::{Rendering, Shape, compile, render};

/// The book of a document with a configuration of its own.
fn book(paths: &str, components: &str, config: &str) -> Book {
    let info = "openapi: 3.1.0\ninfo: {title: t, version: '1'}";
    let text = format!("{info}\npaths:\n{paths}\ncomponents:\n{components}\n");
    of(&text, &api(config))
}

fn api(config: &str) -> ApiConfig {
    let mut diagnostics = Diagnostics::new();
    let text = format!("[api.t]\nspec = \"t.yaml\"\n{config}");
    let config = Config::parse("specwright.toml", &text, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    config.api("t").unwrap().clone()
}

const SHAPES: &str = "
  schemas:
    Sq: {type: object, required: [kind], properties: {kind: {type: string}, side: {type: number}}}
    Ci: {type: object, required: [kind], properties: {kind: {type: string}, r: {type: number}}}
    Shape: {oneOf: [{$ref: '#/components/schemas/Sq'}, {$ref: '#/components/schemas/Ci'}],
      discriminator: {propertyName: kind, mapping: {sq: '#/components/schemas/Sq', ci: '#/components/schemas/Ci'}}}
    Drawing: {type: object, properties: {shape: {$ref: '#/components/schemas/Shape'}}}";

const DRAW: &str = "
  /shapes:
    post:
      operationId: createShape
      tags: [shapes]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Shape'}}}}
      responses: {'204': {description: ok}}";

/// Who compares a header with a value that nobody published has to know that it is a guess.
#[test]
fn the_page_of_an_event_says_where_its_header_is_from() {
    let components = "  schemas: {}
webhooks:
  pull-request-opened:
    post:
      parameters: [{name: X-Event, in: header, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {type: object, required: [action], properties: {action: {const: opened}}}}}}
      responses: {'200': {description: ok}}";
    let paths = "  /pets: {get: {operationId: listPets, responses: {'204': {description: ok}}}}";
    let config = "webhooks = { event_header = \"X-Event\", event_action = [\"action\"] }";
    let book = book(paths, components, config);
    let (_, page) = book
        .pages()
        .find(|(path, _)| path.contains("events/"))
        .unwrap();
    assert!(
        page.contains(
            "The header `X-Event` holds `pull_request`, and `opened` is in `action` of the body."
        ),
        "{page}"
    );
    assert!(page.contains("taken from the event's name"), "{page}");
}

/// Only the place that refers to a schema can say what it is there for.
#[test]
fn what_stands_beside_a_reference_to_a_body_is_said_with_it() {
    let body = |said: &str| {
        format!(
            "{{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet', description: {said}}}}}}}}}"
        )
    };
    let paths = format!(
        "  /pets:\n    post:\n      operationId: createPet\n      tags: [pets]\n      requestBody: {}\n      \
         responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet', description: The pet as it was stored}}}}}}}}}}\n",
        body("The pet without its id")
    );
    let components =
        "  schemas: {Pet: {type: object, description: A pet, properties: {name: {type: string}}}}";
    let book = book(&paths, components, "");
    let page = book.page("resources/pets.md");
    for said in ["The pet without its id.", "The pet as it was stored."] {
        assert_eq!(page.matches(said).count(), 1, "{said}\n{page}");
    }
}

#[test]
fn variants_with_pages_are_linked_and_not_repeated() {
    let book = book(DRAW, SHAPES, "");
    let page = book.page("schemas/shape.md");
    assert!(
        page.contains("(sq.md)") && !page.contains("## Fields"),
        "{page}"
    );
    let drawing = rows(book.page("schemas/drawing.md"));
    assert!(
        drawing.iter().all(|row| !row[0].contains("kind")),
        "{drawing:#?}"
    );
}

#[test]
fn a_property_of_a_variant_is_required_where_the_variant_requires_it() {
    let book = book(DRAW, SHAPES, "");
    let table = rows(book.section("resources/shapes.md", "### Create One: Properties"));
    let of = |name: &str| -> Vec<&str> {
        let of = table.iter().filter(|row| row[1].starts_with(name));
        of.map(|row| row[3].as_str()).collect()
    };
    assert_eq!(of("kind"), ["where a body is sent"; 2]);
    assert_eq!(of("side"), ["no"]);
}

#[test]
fn only_what_is_sent_is_a_property() {
    let paths = "
  /pets:
    post:
      operationId: createPet
      tags: [pets]
      requestBody:
        content:
          application/xml: {schema: {type: object, required: [old], properties: {old: {type: string}}}}
          application/json: {schema: {type: object, required: [id], properties: {id: {type: string}}}}
      responses: {'204': {description: ok}}";
    let book = book(paths, "  {}", "");
    let text = book.section("resources/pets.md", "### Create One: Properties");
    let table = rows(text);
    assert_eq!(table.len(), 2, "{table:#?}");
    assert_eq!(table[1][1], "id (body)");
    assert!(
        text.contains("The API also takes `application/xml`"),
        "{text}"
    );
    assert!(text.contains("It may be left out"), "{text}");
    let advice = book.section("resources/pets.md", "### Create One: Troubleshooting");
    assert!(
        advice.contains("Where a body is sent, **ID** must be in it"),
        "{advice}"
    );
}

#[test]
fn properties_say_what_they_are_called_in_rust() {
    let table = rows(SAVVYCAL.section("resources/appointments.md", "### Find Many: Properties"));
    let of = |wire: &str| {
        let row = table.iter().find(|row| row[1].starts_with(wire));
        row.unwrap_or_else(|| panic!("{wire} is not in {table:#?}"))[5].clone()
    };
    assert_eq!(of("page_size "), ".page_size(..)");
    assert_eq!(of("include_sensitive "), ".include_sensitive(..)");
}

/// Each of the three ways to a secret, and how repeated deliveries are noticed.
#[test]
fn signatures_are_explained_as_they_are() {
    let twenty = TWENTY.page("events/company_created.md");
    for words in [
        "a secret of its own",
        "Remember the signature, for as long as",
        "whoever repeats a delivery can change",
        "[api.twenty.webhooks",
    ] {
        assert!(
            twenty.replace('\\', "").contains(words),
            "{words}: {twenty}"
        );
    }
    let savvycal = SAVVYCAL.page("events/appointment_created.md");
    for words in ["entered in its credential", "Remember `id` to notice"] {
        assert!(savvycal.contains(words), "{words}: {savvycal}");
    }
}

#[test]
fn when_an_event_is_sent_is_not_guessed() {
    for book in [&*TWENTY, &*SAVVYCAL] {
        for (event, text) in book.by_title("events") {
            assert!(!text.contains("Sent when: "), "{event}");
        }
    }
    let book = of(EVENTS, &api(""));
    let page = book.page("events/pet_created.md");
    assert!(!page.contains("Sent when"), "{page}");
    let kennel = include_str!("../fixtures/events.yaml").replace("summary: A pet came, ", "");
    let book = of(&kennel, &ApiConfig::for_name("t"));
    let page = book.page("events/pet_created.md");
    assert!(page.contains("- Sent when: one pet was made."), "{page}");
}

/// What is written by all outputs, as path and text.
fn all_outputs(text: &str, config: &ApiConfig) -> Vec<(String, String)> {
    let sources = MemorySources::new("api.yaml", text);
    let api = compile("api.yaml", &sources, config, &mut |_| {})
        .api
        .unwrap();
    let rendering = Rendering {
        api: &api,
        config,
        outputs: &config.outputs,
        shape: Shape::Module,
        cases: None,
    };
    let rendered = render(rendering, &mut Lock::new(), &mut |_| {});
    let files = rendered.plan.files();
    files
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect()
}

const EVENTS: &str = "openapi: 3.1.0
info: {title: t, version: '1'}
webhooks:
  Pet Created:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {event: {const: pet.created}}}}}}
      responses: {'200': {description: ok}}
  Pet Fed:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {event: {const: pet.fed}}}}}}
      responses: {'200': {description: ok}}
";

/// The pages name a package where one is written, and there alone.
#[test]
fn what_is_not_generated_is_not_spoken_of() {
    let files = all_outputs(EVENTS, &api("outputs = [\"docs\", \"n8n\"]"));
    let is_written = files.iter().any(|(path, _)| path.starts_with("n8n/"));
    let pages = files
        .iter()
        .filter(|(path, _)| path.ends_with(".md") && path.starts_with("docs/"));
    let is_named = pages.map(|(_, text)| text).any(|text| text.contains("n8n"));
    assert_eq!(is_named, is_written);
    let index = files
        .iter()
        .find(|(path, _)| path.ends_with("src/README.md"))
        .map(|(_, text)| text);
    let has_node = files.iter().any(|(path, _)| path.ends_with("/T.node.ts"));
    assert_eq!(
        index.is_some_and(|text| text.contains("It has the node ")),
        has_node
    );
    let files = all_outputs(EVENTS, &api("outputs = [\"docs\"]"));
    assert!(files.len() > 3);
    for (path, text) in files {
        for word in [
            "n8n",
            "SDK",
            "builder",
            "credential and",
            "to the credential",
        ] {
            assert!(!text.contains(word), "{path} says {word}:\n{text}");
        }
    }
}

#[test]
fn events_show_the_envelope_of_the_documents_example() {
    let page = SAVVYCAL.page("events/appointment_created.md");
    for made in ["\"Id\"", "\"Version\""] {
        assert!(!page.contains(made), "{made}: {page}");
    }
    assert!(page.contains("\"id\": \"evt_"), "{page}");
}

#[test]
fn each_reason_names_what_it_is_about() {
    let paths = DRAW.replace("Shape'", "Sq'");
    let note = |name: &str, text: &str| {
        let at = format!("/components/schemas/Sq/properties/{name}");
        format!("[[api.t.note]]\nat = \"{at}\"\nkind = \"essential\"\ntext = \"{text}\"\n")
    };
    let notes = note("side", "It is long") + &note("kind", "It is so");
    let book = book(&paths, SHAPES, &notes);
    let text = book.section("resources/shapes.md", "### Create One: Troubleshooting");
    assert!(
        text.contains("**Kind**: It is so. **Side**: It is long."),
        "{text}"
    );
}

/// Contact, licence, terms, scopes, the place of a key, and callbacks.
#[test]
fn what_stands_beside_the_operations_is_told() {
    let text = "openapi: 3.1.0
info: {title: t, version: '1', termsOfService: 'https://t.example', contact: {email: a@b.c, url: 'https://c.example'},
  license: {name: MIT, url: 'https://l.example'}}
security: [{oauth: [read]}, {key: []}]
paths:
  /things:
    post:
      operationId: createThing
      tags: [things]
      callbacks:
        done:
          '{$request.body#/cb}':
            post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/P'}}}}, responses: {'200': {description: ok}}}
      responses: {'204': {description: ok}}
components:
  securitySchemes:
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://t.example/token', scopes: {read: Read things}}}}
    key: {type: apiKey, in: query, name: api_key}
  schemas: {P: {type: object, properties: {title: {type: string}}}}
";
    let book = of(text, &api(""));
    let index = book.page("README.md");
    for words in [
        "Contact: [https://c.example](https://c.example), `a@b.c`.",
        "Licence of the API: [MIT](https://l.example).",
        "Terms of service: [https://t.example](https://t.example).",
        "`read` (Read things)",
        "Client ID, Client Secret",
    ] {
        assert!(index.contains(words), "{words}: {index}");
    }
    let needs = book.section("resources/things.md", "### Create One: Dependencies");
    let choice =
        "By the credential that is used: `Authorization: Bearer <token>`, or none for an API key";
    assert!(
        needs.contains(choice) && !needs.contains("without you: `Auth"),
        "{needs}"
    );
    let links = book.section(
        "resources/things.md",
        "### Create One: Links and References",
    );
    let callback = "Callback done: `POST {$request.body#/cb}` with [P](../schemas/p.md)";
    assert!(links.contains(callback), "{links}");
}

/// The numbers on the pages are those of the runtimes.
#[test]
fn waits_and_tries_are_those_of_the_runtimes() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let (sdk, node) = (
        read("runtime/src/retry/mod.rs"),
        read("n8n/runtime/retry.ts"),
    );
    let (hooks, trigger) = (
        read("runtime/src/webhook/verifier.rs"),
        read("n8n/runtime/signature.ts"),
    );
    for (source, text) in [
        (&sdk, "max_attempts: 3,"),
        (&sdk, "initial: Duration::from_millis(500)"),
        (&sdk, "max_retry_after: Duration::from_secs(60)"),
        (&node, "MOST_TRIES = 4;"),
        (&node, "LONGEST_WAIT = 60_000;"),
        (&node, "FIRST_WAIT = 500;"),
        (&hooks, "TOLERANCE: Duration = Duration::from_secs(5 * 60);"),
        (&trigger, "TOLERANCE = 5 * 60_000;"),
    ] {
        assert!(source.contains(text), "{text}: the pages say otherwise");
    }
    let book = fixture("pets");
    let text = book.section("resources/pets.md", "### Delete One: Troubleshooting");
    for words in [
        "up to 3 times in all, the node up to 4 times",
        "up to half a second",
        "up to a minute",
        "Then the error is returned",
        "nothing to remove",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}
