//! `specs/twenty.yaml` is written by hand; what it states about the API must be what the document
//! published for Twenty states, no more and no less. Where a copy of that document lies in the
//! optional corpus folder `../shared`, the two are compared fact by fact, in both directions.
//! What can be checked without it, is checked always.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and its helpers do too"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};

mod facts;

use facts::prose::{operations, shared_sentences, undescribed, unused_components};
use facts::{differences, facts, schema_names};

/// The only place where the published document is not copied but mended: the schema of a server
/// lists its properties without the keyword `properties`, so that its `description` is an object
/// where a string must be.
const REPAIRED: &str = "/paths/~1open-api~1core/get/responses/200/content/application~1json/schema\
                        /properties/servers/items";

/// Differences that are printed when there are any.
const SHOWN: usize = 40;

fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn our_document() -> Value {
    let path = workspace().join("specs/twenty.yaml");
    let text = std::fs::read_to_string(path).expect("specs/twenty.yaml can be read");
    serde_yaml::from_str(&text).expect("specs/twenty.yaml is YAML")
}

/// The published document, or nothing where the corpus is not at hand.
fn published_document() -> Option<Value> {
    let text = std::fs::read_to_string(workspace().join("../shared/specs/twenty.json")).ok()?;
    Some(serde_json::from_str(&text).expect("twenty.json is JSON"))
}

/// Mends the one flaw, and insists that it is still there to be mended.
fn repair(published: &mut Value) {
    let items = published
        .pointer_mut(REPAIRED)
        .expect("the schema of a server is where it was");
    let flawed = json!({"url": {"type": "string"}, "description": {"type": "string"}});
    assert_eq!(
        *items, flawed,
        "the repair at {REPAIRED} no longer applies: remove it"
    );
    *items = json!({"type": "object", "properties": flawed});
}

/// What `theirs` states and `ours` does not, and the reverse. Record schemas are those that
/// `theirs` names; all other components are only a way of writing.
fn compare(theirs: &Value, ours: &Value) -> Vec<String> {
    let named = schema_names(theirs);
    differences(&facts(theirs, &named), &facts(ours, &named))
}

#[test]
fn states_what_the_published_document_states() {
    let Some(mut published) = published_document() else {
        println!("skipped: ../shared is not here");
        return;
    };
    repair(&mut published);
    let found = compare(&published, &our_document());
    let shown = found
        .iter()
        .take(SHOWN)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("\n");
    assert!(
        found.is_empty(),
        "{} facts differ, among them:\n{shown}",
        found.len()
    );
}

/// One operation, one record and one webhook, with one of each kind of fact that is compared.
fn small_document() -> Value {
    json!({
        "openapi": "3.1.1",
        "info": {"title": "Pets", "version": "1"},
        "paths": {"/pets": {"get": {
            "operationId": "findPets",
            "parameters": [
                {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 60}},
            ],
            "responses": {"200": {"description": "Pets.", "content": {"application/json": {
                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
            }}}},
        }}},
        "webhooks": {"Pet Created": {"post": {
            "security": [],
            "responses": {"200": {"description": "Received."}},
        }}},
        "components": {"schemas": {"Pet": {
            "type": "object",
            "required": ["name", "kind"],
            "properties": {
                "name": {"type": "string", "description": "What the pet answers to."},
                "kind": {"type": "string", "enum": ["CAT", "DOG"]},
                "mother": {"type": "object", "oneOf": [{"$ref": "#/components/schemas/Pet"}]},
            },
        }}},
    })
}

/// The small document with one change, made at a pointer.
fn changed(pointer: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut document = small_document();
    change(
        document
            .pointer_mut(pointer)
            .expect("the pointer leads somewhere"),
    );
    document
}

/// A comparison that cannot fail proves nothing: each of these changes must be noticed.
#[test]
fn notices_every_kind_of_difference() {
    const PET: &str = "/components/schemas/Pet/properties";
    const GET: &str = "/paths/~1pets/get";
    let remove = |key: &'static str| {
        move |map: &mut Value| drop(map.as_object_mut().unwrap().remove(key).unwrap())
    };
    let limit = format!("{GET}/parameters/0");
    let cases = [
        (
            changed(&format!("{PET}/kind/enum"), |it| {
                it.as_array_mut().unwrap().push("FOX".into())
            }),
            vec![r#"extra:   components.schemas.Pet.properties.kind.enum[] = "FOX""#],
        ),
        (
            changed(&format!("{limit}/schema/maximum"), |it| *it = 61.into()),
            vec![
                "missing: paths./pets.get.parameters.query.limit.maximum = 60",
                "extra:   paths./pets.get.parameters.query.limit.maximum = 61",
            ],
        ),
        (
            changed(PET, remove("name")),
            vec![r#"missing: components.schemas.Pet.properties.name.type = "string""#],
        ),
        (
            changed(PET, remove("mother")),
            vec!["missing: components.schemas.Pet.properties.mother = the schema Pet"],
        ),
        (
            changed("/webhooks", remove("Pet Created")),
            vec![
                "missing: webhooks.Pet Created.post = operation",
                "missing: webhooks.Pet Created.post.responses.200 = response",
                "missing: webhooks.Pet Created.post.security = []",
            ],
        ),
        (
            changed(&limit, |it| it["required"] = true.into()),
            vec![
                "missing: paths./pets.get.parameters.query.limit.required = false",
                "extra:   paths./pets.get.parameters.query.limit.required = true",
            ],
        ),
        (
            changed("/components/schemas/Pet/required", |it| {
                *it = json!(["name"])
            }),
            vec![r#"missing: components.schemas.Pet.required[] = "kind""#],
        ),
        (
            changed(GET, |it| it["operationId"] = "listPets".into()),
            vec![
                r#"missing: paths./pets.get.operationId = "findPets""#,
                r#"extra:   paths./pets.get.operationId = "listPets""#,
            ],
        ),
    ];
    for (ours, expected) in cases {
        assert_eq!(compare(&small_document(), &ours), expected);
    }
}

/// The other way round: what is only a way of writing must not be reported.
#[test]
fn overlooks_ways_of_writing() {
    let mut ours = small_document();
    let components = &mut ours["components"];
    let kind = components["schemas"]["Pet"]["properties"]["kind"].take();
    components["schemas"]["PetKind"] = kind;
    components["schemas"]["Pet"]["properties"] = json!({
        "mother": {"$ref": "#/components/schemas/Pet", "description": "Unknown for strays."},
        "kind": {"$ref": "#/components/schemas/PetKind"},
        "name": {"type": "string", "examples": ["Tom"]},
    });
    components["schemas"]["Pet"]["required"] = json!(["kind", "name"]);
    components["parameters"]["Limit"] = json!({
        "in": "query", "name": "limit", "required": false, "description": "Pets on a page.",
        "schema": {"maximum": 60, "type": "integer"},
    });
    ours["paths"]["/pets"]["get"]["summary"] = "List pets".into();
    ours["paths"]["/pets"]["get"]["parameters"][0] =
        json!({"$ref": "#/components/parameters/Limit"});
    assert_eq!(compare(&small_document(), &ours), Vec::<String>::new());
}

#[test]
fn has_every_resource_whole() {
    let document = our_document();
    let mut actions = BTreeMap::<&str, usize>::new();
    for (_, operation) in operations(&document, "paths") {
        *actions
            .entry(operation["tags"][0].as_str().unwrap())
            .or_default() += 1;
    }
    let tags = document["tags"].as_array().unwrap().iter();
    let tags = tags
        .map(|tag| tag["name"].as_str().unwrap())
        .collect::<BTreeSet<_>>();

    assert_eq!(actions.values().sum::<usize>(), 253);
    assert_eq!(actions.remove("General"), Some(1));
    assert_eq!(actions.len(), 36);
    assert!(
        actions.values().all(|count| *count == 7),
        "7 actions each: {actions:?}"
    );
    assert_eq!(tags, actions.into_keys().chain(["General"]).collect());
    assert_eq!(operations(&document, "webhooks").len(), 108);
}

#[test]
fn describes_everything() {
    let bare = undescribed(&our_document());
    assert_eq!(bare, Vec::<String>::new(), "without a description");
}

/// Names and limits are facts and carry over; what is said of them is ours.
#[test]
fn has_words_of_its_own() {
    let Some(published) = published_document() else {
        println!("skipped: ../shared is not here");
        return;
    };
    let shared = shared_sentences(&our_document(), &published);
    assert_eq!(shared, Vec::<String>::new(), "the published document's");
}

/// A component that nothing refers to would be a fact that the published document does not have.
#[test]
fn uses_every_component() {
    let unused = unused_components(&our_document());
    assert_eq!(unused, Vec::<String>::new(), "nothing refers to these");
}
