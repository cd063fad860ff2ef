//! `specs/savvycal.yaml` is written by hand; what it states about the API must be what the document
//! published for SavvyCal Appointments states. Where a copy of that document lies in the optional
//! corpus folder `../shared`, the two are compared fact by fact, in both directions, once the published
//! one is mended (each fault is named below) and written in the vocabulary of OpenAPI 3.1.
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

/// Differences that are printed when there are any.
const SHOWN: usize = 40;

/// The faults of the published document that ours does not repeat: what, where, what stands there and
/// what has to. Nothing stands where there is null.
fn repairs() -> Vec<(&'static str, &'static str, Value, Value)> {
    let path = |name: &str| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
    let reason = json!({"$ref": "#/components/schemas/CancellationReason"});
    vec![
        (
            "the path has a parameter that is not declared",
            "/paths/~1v1~1blocks~1{block_id}/patch/parameters/1",
            Value::Null,
            path("block_id"),
        ),
        (
            "the path has a parameter that is not declared",
            "/paths/~1v1~1provider_schedules~1{provider_schedule_id}/patch/parameters/1",
            Value::Null,
            path("provider_schedule_id"),
        ),
        (
            "the path has a parameter that is not declared",
            "/paths/~1v1~1providers~1{provider_id}~1schedules/post/parameters/1",
            Value::Null,
            path("provider_id"),
        ),
        (
            "`date` is a format and no type",
            "/components/schemas/RecurrenceRule/properties/until",
            json!({"type": "date", "nullable": true}),
            json!({"type": "string", "format": "date", "nullable": true}),
        ),
        (
            "a single reason is described as the items of an object",
            "/components/schemas/CancellationReasonResponse/properties/data",
            json!({"type": "object", "items": reason}),
            reason.clone(),
        ),
        (
            "reasons are null nowhere but in a cancellation",
            "/components/schemas/CancellationReason/nullable",
            json!(true),
            Value::Null,
        ),
        (
            "the reason of a cancellation may be null",
            "/components/schemas/CancellationEvent/properties/cancellation_reason",
            reason.clone(),
            json!({"type": "object", "nullable": true, "allOf": [reason]}),
        ),
        (
            "the server has no variables",
            "/servers/0/variables",
            json!({}),
            Value::Null,
        ),
    ]
}

fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn our_document() -> Value {
    let path = workspace().join("specs/savvycal.yaml");
    let text = std::fs::read_to_string(path).expect("specs/savvycal.yaml can be read");
    serde_yaml::from_str(&text).expect("specs/savvycal.yaml is YAML")
}

/// The published document, or nothing where the corpus is not at hand.
fn published_document() -> Option<Value> {
    let text = std::fs::read_to_string(workspace().join("../shared/specs/savvycal.json")).ok()?;
    Some(serde_json::from_str(&text).expect("savvycal.json is JSON"))
}

/// Mends the faults, and insists that each is still there to be mended.
fn repair(published: &mut Value) {
    for (what, pointer, flawed, right) in repairs() {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let found = published.pointer(pointer).cloned().unwrap_or_default();
        assert_eq!(
            without_prose(found),
            flawed,
            "{what}: the repair at {pointer} no longer applies: remove it"
        );
        match published.pointer_mut(parent).expect(pointer) {
            Value::Object(members) if right.is_null() => drop(members.remove(key)),
            Value::Object(members) => drop(members.insert(key.to_owned(), right)),
            Value::Array(items) => items.push(right),
            other => panic!("{pointer} is below {other}"),
        }
    }
}

fn without_prose(mut value: Value) -> Value {
    if let Some(members) = value.as_object_mut() {
        members.retain(|key, _| !matches!(key.as_str(), "description" | "example"));
    }
    value
}

/// Writes what OpenAPI 3.0 says in 3.1's words, and leaves out what is about pages of documentation
/// (`x-..`).
fn raise(value: &mut Value) {
    if let Value::Array(items) = value {
        return items.iter_mut().for_each(raise);
    }
    let Some(members) = value.as_object_mut() else {
        return;
    };
    members.retain(|key, _| !key.starts_with("x-"));
    members.values_mut().for_each(raise);
    if members.get("nullable") == Some(&json!(true)) {
        members.remove("nullable");
        let ty = members.remove("type");
        match members.remove("allOf") {
            None => drop(members.insert("type".to_owned(), json!([ty.unwrap(), "null"]))),
            Some(Value::Array(mut one)) => {
                one.push(json!({"type": "null"}));
                members.insert("anyOf".to_owned(), one.into());
            }
            Some(other) => panic!("allOf is a list, and not {other}"),
        }
    }
}

/// What every operation demands for its security, which ours says once, at the top.
fn lift_security(document: &mut Value) {
    let mut demands = BTreeSet::new();
    for item in document["paths"].as_object_mut().unwrap().values_mut() {
        for operation in item.as_object_mut().unwrap().values_mut() {
            let demand = operation.as_object_mut().unwrap().remove("security");
            demands.insert(
                demand
                    .expect("each operation names its security")
                    .to_string(),
            );
        }
    }
    assert_eq!(demands.len(), 1, "all operations demand the same");
    document["security"] = serde_json::from_str(demands.first().unwrap()).unwrap();
}

#[test]
fn states_what_the_published_document_states() {
    let Some(mut published) = published_document() else {
        println!("skipped: ../shared is not here");
        return;
    };
    repair(&mut published);
    raise(&mut published);
    lift_security(&mut published);
    let mut ours = our_document();
    published["openapi"] = ours["openapi"].clone();
    // The published document has its events as schemas alone; ours are compared with these below.
    ours.as_object_mut().unwrap().remove("webhooks");

    let named = schema_names(&published);
    let found = differences(&facts(&published, &named), &facts(&ours, &named));
    let shown: Vec<_> = found.iter().take(SHOWN).map(String::as_str).collect();
    assert!(
        found.is_empty(),
        "{} facts differ, among them:\n{}",
        found.len(),
        shown.join("\n")
    );
}

/// A comparison with repairs and rewritten vocabulary must still notice a difference of each kind.
#[test]
fn notices_what_differs_behind_the_vocabulary() {
    let schema = |schema: Value| {
        let mut document = json!({"components": {"schemas": {"A": schema, "B": {}}}});
        raise(&mut document);
        facts(&document, &schema_names(&document))
    };
    let reference = json!({"$ref": "#/components/schemas/B"});
    let same = [
        (
            json!({"type": "string", "nullable": true}),
            json!({"type": ["string", "null"]}),
        ),
        (
            json!({"type": "object", "nullable": true, "allOf": [reference]}),
            json!({"anyOf": [reference, {"type": "null"}]}),
        ),
        (
            json!({"type": "string", "x-tags": ["a"]}),
            json!({"type": "string"}),
        ),
    ];
    for (theirs, ours) in same {
        assert_eq!(schema(theirs), schema(ours));
    }
    let other = [
        (
            json!({"type": "string", "nullable": true}),
            json!({"type": "string"}),
        ),
        (
            json!({"anyOf": [reference, {"type": "null"}]}),
            reference.clone(),
        ),
        (
            json!({"type": "string", "format": "date"}),
            json!({"type": "string"}),
        ),
    ];
    for (theirs, ours) in other {
        assert_ne!(schema(theirs), schema(ours));
    }
}

#[test]
fn has_every_operation_and_schema() {
    let document = our_document();
    let operations = operations(&document, "paths");
    let ids: BTreeSet<_> = operations
        .iter()
        .map(|(_, it)| it["operationId"].as_str().unwrap())
        .collect();
    let mut used = BTreeMap::<&str, usize>::new();
    for (_, operation) in &operations {
        *used
            .entry(operation["tags"][0].as_str().unwrap())
            .or_default() += 1;
    }
    let tags = document["tags"].as_array().unwrap().iter();
    let tags: BTreeSet<_> = tags.map(|tag| tag["name"].as_str().unwrap()).collect();

    assert_eq!((operations.len(), ids.len()), (58, 58));
    assert_eq!(schema_names(&document).len(), 104);
    assert_eq!(tags, used.into_keys().collect());
}

/// The header that says which account a platform acts on, and the lists that come in pages.
#[test]
fn shares_the_parameters_that_are_shared() {
    let document = our_document();
    let with = |reference: &str| {
        let reference = json!({"$ref": format!("#/components/parameters/{reference}")});
        let operations = operations(&document, "paths");
        let has = |operation: &Value| {
            let parameters = operation["parameters"].as_array();
            parameters.is_some_and(|all| all.contains(&reference))
        };
        operations.iter().filter(|(_, it)| has(it)).count()
    };
    assert_eq!(
        (with("Account"), with("Page"), with("PageSize")),
        (46, 7, 7)
    );
}

/// The events are the variants of the envelope `AccountEvent`, each with its own `data`.
#[test]
fn has_a_webhook_for_every_event() {
    let document = our_document();
    let envelope = &document["components"]["schemas"]["AccountEvent"];
    let mapping = &envelope["properties"]["data"]["discriminator"]["mapping"];
    let mapping = mapping.as_object().unwrap();
    let webhooks = document["webhooks"].as_object().unwrap();
    assert_eq!(webhooks.len(), 12);
    assert!(webhooks.keys().all(|event| mapping.contains_key(event)));

    for (event, reference) in mapping {
        let item = &webhooks[event];
        let post = &item["post"];
        assert_eq!(item.as_object().unwrap().len(), 1, "{event} is a POST");
        let body = &post["requestBody"]["content"]["application/json"]["schema"];
        assert_eq!(body["required"], envelope["required"], "{event}");
        let mut expected = envelope["properties"].clone();
        expected["data"] = body["properties"]["data"].clone();
        assert_eq!(body["properties"], expected, "{event}");
        assert_eq!(body["properties"]["data"]["$ref"], *reference, "{event}");

        let pointer = reference.as_str().unwrap().trim_start_matches('#');
        let data = document.pointer(pointer).unwrap();
        assert_eq!(
            data["properties"]["type"]["enum"],
            json!([event]),
            "{event}"
        );
        let names: Vec<_> = post["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| {
                let pointer = it["$ref"].as_str().unwrap().trim_start_matches('#');
                document.pointer(pointer).unwrap()["name"].as_str().unwrap()
            })
            .collect();
        assert_eq!(
            names,
            [
                "x-savvycal-signature",
                "x-savvycal-webhook-id",
                "user-agent"
            ]
        );
    }
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
    let ours = our_document();
    let shared = shared_sentences(&ours, &published);
    assert_eq!(shared, Vec::<String>::new(), "the published document's");

    let published = published.to_string();
    let ids = ids(&ours.to_string());
    assert!(ids.len() > 10, "{ids:?}");
    let shared: Vec<_> = ids.iter().filter(|id| published.contains(*id)).collect();
    assert_eq!(
        shared,
        Vec::<&String>::new(),
        "the published document's examples"
    );
}

/// Ids in examples: a prefix, `_` and twelve hexadecimal digits.
fn ids(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let is_id = |word: &&str| {
        word.rsplit_once('_').is_some_and(|(_, id)| {
            id.len() == 12
                && id.chars().all(|c| c.is_ascii_hexdigit())
                && id.contains(char::is_numeric)
        })
    };
    words.filter(is_id).map(str::to_owned).collect()
}

/// What has no use in the published document either: the envelope of events, and the answers of
/// operations that are not in it.
#[test]
fn uses_every_component() {
    let unused: BTreeSet<_> = unused_components(&our_document()).into_iter().collect();
    let expected = [
        "AccountEvent",
        "ConnectedAccountResponse",
        "ConnectedAccountsResponse",
    ];
    let expected = expected.map(|name| format!("\"#/components/schemas/{name}\""));
    assert_eq!(unused, expected.into());
}
