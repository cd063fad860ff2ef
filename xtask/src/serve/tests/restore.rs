//! Bringing several records back.

use super::super::core::Options;
use super::{NOW_TEXT, Server, api, encoded};
use serde_json::{Value, json};
use specwright::config::StandInProfile;

const NOTES: &str = r##"
openapi: 3.1.0
info: {title: Notes, version: "1"}
paths:
  /notes:
    get: {operationId: findManyNotes, tags: [notes], parameters: [{$ref: "#/components/parameters/filter"}], responses: {"200": {$ref: "#/components/responses/Many"}}}
    post: {operationId: createOneNote, tags: [notes], requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}}, responses: {"201": {$ref: "#/components/responses/One"}}}
  /notes/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: {operationId: findOneNote, tags: [notes], responses: {"200": {$ref: "#/components/responses/One"}}}
    delete: {operationId: deleteOneNote, tags: [notes], responses: {"204": {description: Gone.}}}
  /restore/notes/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    patch: {operationId: restoreOneNote, tags: [notes], responses: {"200": {$ref: "#/components/responses/One"}}}
  /restore/notes:
    patch: {operationId: restoreManyNotes, tags: [notes], parameters: [{$ref: "#/components/parameters/filter"}], responses: {"200": {$ref: "#/components/responses/Many"}}}
components:
  parameters: {filter: {name: filter, in: query, schema: {type: string}}}
  responses:
    One: {description: A note., content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}}
    Many: {description: Notes., content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Note"}}}}}
  schemas:
    Note: {type: object, properties: {id: {type: integer}, title: {type: string}, deletedAt: {type: string, format: date-time}}}
"##;

/// Notes 1 to 3, of which 1 and 2 were removed; one request may change two.
fn notes() -> Server {
    let profile = StandInProfile {
        filter: Some("filter".to_owned()),
        batch_limit: Some(2),
        ..StandInProfile::default()
    };
    let mut server = Server::new(&api(NOTES), &profile, &Options::default());
    for id in 1..=3 {
        let (status, body) = server.post("/notes", &json!({"id": id, "title": format!("n{id}")}));
        assert_eq!(status, 201, "{body}");
    }
    for id in 1..=2 {
        assert_eq!(server.ask("DELETE", &format!("/notes/{id}"), None).0, 204);
    }
    server.now += 1000;
    server
}

fn restore(server: &mut Server, filter: &str) -> (u16, Value) {
    let target = format!("/restore/notes?filter={}", encoded(filter));
    server.ask("PATCH", &target, None)
}

fn ids(value: &Value) -> Vec<u64> {
    let all = value.as_array().unwrap().iter();
    all.map(|it| it["id"].as_u64().unwrap()).collect()
}

#[test]
fn only_removed_records_that_the_filter_selects_come_back() {
    let mut server = notes();
    let (status, back) = restore(&mut server, "id[in]:[2,3]");
    assert_eq!((status, ids(&back)), (200, vec![2]));
    assert_eq!(ids(&server.get("/notes").1), [2, 3]);
    assert_eq!(back[0].get("deletedAt"), None);
    let removed = format!("/notes?filter={}", encoded("deletedAt[is]:NOT_NULL"));
    let (_, removed) = server.get(&removed);
    assert_eq!(ids(&removed), [1]);
    assert_eq!(
        removed[0]["deletedAt"],
        json!(NOW_TEXT),
        "what stays removed keeps the moment when it was"
    );
}

#[test]
fn a_filter_on_the_moment_of_removal_brings_back_what_it_names() {
    let mut server = notes();
    let (status, back) = restore(&mut server, "deletedAt[is]:NOT_NULL");
    assert_eq!((status, ids(&back)), (200, vec![1, 2]));
    assert_eq!(ids(&server.get("/notes").1), [1, 2, 3]);
}

#[test]
fn a_restore_that_is_refused_changes_nothing() {
    let mut server = notes();
    assert_eq!(restore(&mut server, "nothing[eq]:1").0, 400);
    assert_eq!(ids(&server.get("/notes").1), [3]);
    assert_eq!(server.ask("DELETE", "/notes/3", None).0, 204);
    let (status, body) = restore(&mut server, "id[gt]:0");
    assert_eq!(
        status, 400,
        "three are more than one request may change: {body}"
    );
    assert_eq!(server.get("/notes").1, json!([]));
}
