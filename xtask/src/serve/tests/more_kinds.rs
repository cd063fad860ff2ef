//! Kinds that Twenty's document does not have, and ids that clients may send.

use super::super::core::Options;
use super::{NOW_TEXT, Server, api};
use serde_json::{Value, json};
use specwright::config::StandInProfile;

/// The newer operations of Twenty, and an id that clients may send.
const TASKS: &str = r##"
openapi: 3.1.0
info: {title: Tasks, version: "1"}
paths:
  /tasks:
    parameters: [{name: filter, in: query, schema: {type: string}}]
    get: {operationId: findManyTasks, tags: [tasks], responses: {"200": {$ref: "#/components/responses/Many"}}}
    post: {operationId: createOneTask, tags: [tasks], parameters: [{name: upsert, in: query, schema: {type: boolean}}], requestBody: {$ref: "#/components/requestBodies/One"}, responses: {"201": {$ref: "#/components/responses/One"}}}
    patch: {operationId: updateManyTasks, tags: [tasks], requestBody: {$ref: "#/components/requestBodies/One"}, responses: {"200": {$ref: "#/components/responses/Many"}}}
    delete: {operationId: deleteManyTasks, tags: [tasks], parameters: [{name: soft_delete, in: query, schema: {type: boolean}}], responses: {"200": {$ref: "#/components/responses/Many"}}}
  /tasks/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: {operationId: findOneTask, tags: [tasks], responses: {"200": {$ref: "#/components/responses/One"}}}
    put: {operationId: replaceTask, tags: [tasks], requestBody: {$ref: "#/components/requestBodies/One"}, responses: {"200": {$ref: "#/components/responses/One"}}}
    delete: {operationId: deleteOneTask, tags: [tasks], responses: {"204": {description: Gone.}}}
  /restore/tasks/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    patch: {operationId: restoreOneTask, tags: [tasks], responses: {"200": {$ref: "#/components/responses/One"}}}
  /tasks/merge:
    patch: {operationId: mergeManyTasks, tags: [tasks], requestBody: {content: {application/json: {schema: {type: object, properties: {ids: {type: array, items: {type: integer}}, conflictPriorityIndex: {type: integer}, dryRun: {type: boolean}}}}}}, responses: {"200": {$ref: "#/components/responses/One"}}}
  /tasks/{id}/close:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    post: {operationId: closeTask, tags: [tasks], responses: {"200": {$ref: "#/components/responses/One"}}}
  /tasks/{id}/age:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: {operationId: getTaskAge, tags: [tasks], responses: {"200": {description: Its age., content: {application/json: {schema: {type: object, required: [days], properties: {days: {type: integer, minimum: 3}}}}}}}}
  /tasks/{taskId}/reopen:
    parameters: [{name: taskId, in: path, required: true, schema: {type: integer}}]
    post: {operationId: reopenTask, tags: [tasks], responses: {"200": {$ref: "#/components/responses/One"}}}
  /public/tasks/{task_id}/vote:
    parameters: [{name: task_id, in: path, required: true, schema: {type: integer}}]
    post: {operationId: voteForTask, tags: [polls], responses: {"200": {$ref: "#/components/responses/One"}}}
components:
  requestBodies:
    One: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Task"}}}}
  responses:
    One: {description: A task., content: {application/json: {schema: {$ref: "#/components/schemas/Task"}}}}
    Many: {description: Tasks., content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Task"}}}}}
  schemas:
    Task: {type: object, properties: {id: {type: integer}, title: {type: string}, done: {type: boolean}, created_at: {type: string, format: date-time}, deleted_at: {type: [string, "null"], format: date-time}}}
"##;

fn tasks() -> Server {
    let profile = StandInProfile {
        filter: Some("filter".to_owned()),
        soft_delete: Some("soft_delete".to_owned()),
        upsert: Some("upsert".to_owned()),
        merge_priority: Some("conflictPriorityIndex".to_owned()),
        merge_dry_run: Some("dryRun".to_owned()),
        ..StandInProfile::default()
    };
    Server::new(&api(TASKS), &profile, &Options::default())
}

#[test]
fn ids_that_clients_send_are_taken_if_they_are_free() {
    let mut server = tasks();
    let (status, made) = server.post("/tasks", &json!({"id": 1, "title": "a"}));
    assert_eq!(
        (status, made),
        (201, json!({"id": 1, "title": "a", "created_at": NOW_TEXT}))
    );
    let (status, body) = server.post("/tasks", &json!({"id": 1}));
    assert_eq!(status, 409, "{body}");
    let (status, made) = server.post("/tasks?upsert=true", &json!({"id": 1, "done": true}));
    assert_eq!(
        (status, &made["title"], &made["done"]),
        (201, &json!("a"), &json!(true))
    );
    // The server's own ids go around it.
    let made: Vec<Value> = (0..2)
        .map(|_| server.post("/tasks", &json!({})).1["id"].clone())
        .collect();
    assert!(!made.contains(&json!(1)) && made[0] != made[1], "{made:?}");
}

#[test]
fn without_a_profile_no_name_means_anything() {
    let mut server = Server::new(
        &api(TASKS),
        &StandInProfile::default(),
        &Options {
            rate_limit: Some("5/10s".parse().unwrap()),
            ..Options::default()
        },
    );
    server.post("/tasks", &json!({"id": 1, "title": "a"}));
    assert_eq!(server.post("/tasks?upsert=true", &json!({"id": 1})).0, 409);
    // There is an action that restores, whatever the request says.
    let (status, gone) = server.ask("DELETE", "/tasks?soft_delete=false", None);
    assert_eq!((status, gone.as_array().unwrap().len()), (200, 1));
    assert_eq!(server.ask("PATCH", "/restore/tasks/1", None).0, 200);
    server.get("/tasks");
    let (status, body) = server.get("/tasks");
    assert_eq!(status, 429);
    let message = "too many requests: at most 5 are answered in 10 s";
    assert!(body.to_string().contains(message), "{body}");
}

#[test]
fn put_replaces_and_cannot_change_the_id() {
    let mut server = tasks();
    server.post("/tasks", &json!({"id": 5, "title": "a", "done": true}));
    let (status, put) = server.ask("PUT", "/tasks/5", Some(&json!({"title": "b"})));
    assert_eq!(
        (status, put),
        (200, json!({"id": 5, "title": "b", "created_at": NOW_TEXT}))
    );
    assert_eq!(
        server.ask("PUT", "/tasks/5", Some(&json!({"id": 6}))).0,
        409
    );
}

#[test]
fn what_was_removed_softly_can_be_brought_back() {
    let mut server = tasks();
    server.post("/tasks", &json!({"id": 1}));
    // There is an action that restores, so removing is soft.
    assert_eq!(server.ask("DELETE", "/tasks/1", None), (204, Value::Null));
    assert_eq!(server.get("/tasks/1").0, 404);
    assert_eq!(server.get("/tasks").1, json!([]));
    let (_, removed) = server.get(&format!(
        "/tasks?filter={}",
        super::encoded("deleted_at[is]:NOT_NULL")
    ));
    assert_eq!(removed[0]["deleted_at"], json!(NOW_TEXT));
    assert_eq!(server.ask("PATCH", "/restore/tasks/1", None).0, 200);
    assert_eq!(server.get("/tasks/1").0, 200);
    assert_eq!(server.ask("PATCH", "/restore/tasks/2", None).0, 404);
    // With a parameter for it, removing is for good unless it says otherwise.
    assert_eq!(
        server
            .ask("DELETE", "/tasks?soft_delete=true", None)
            .1
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(server.ask("PATCH", "/restore/tasks/1", None).0, 200);
    assert_eq!(server.ask("DELETE", "/tasks", None).0, 200);
    assert_eq!(server.ask("PATCH", "/restore/tasks/1", None).0, 404);
}

#[test]
fn all_that_a_filter_selects_are_changed() {
    let mut server = tasks();
    for number in 1..=3 {
        server.post("/tasks", &json!({"id": number, "title": "x"}));
    }
    let target = format!("/tasks?filter={}", super::encoded("id[gt]:1"));
    let (status, changed) = server.ask("PATCH", &target, Some(&json!({"done": true})));
    assert_eq!((status, changed.as_array().unwrap().len()), (200, 2));
    assert_eq!(server.get("/tasks/1").1.get("done"), None);
    assert_eq!(server.get("/tasks/3").1["done"], json!(true));
}

#[test]
fn several_are_merged_into_one() {
    let mut server = tasks();
    server.post("/tasks", &json!({"id": 1, "title": "a"}));
    server.post("/tasks", &json!({"id": 2, "title": "b", "done": true}));
    let body = |dry: bool| json!({"ids": [2, 1], "conflictPriorityIndex": 1, "dryRun": dry});
    for dry in [true, false] {
        let (status, merged) = server.ask("PATCH", "/tasks/merge", Some(&body(dry)));
        assert_eq!(status, 200, "{merged}");
        assert_eq!(
            (&merged["id"], &merged["title"], &merged["done"]),
            (&json!(1), &json!("a"), &json!(true))
        );
        assert_eq!(server.get("/tasks/2").0, if dry { 200 } else { 404 });
    }
    assert_eq!(server.get("/tasks/1").1["done"], json!(true));
    assert_eq!(
        server
            .ask("PATCH", "/tasks/merge", Some(&json!({"ids": []})))
            .0,
        400
    );
}

#[test]
fn custom_actions_answer_stored_records_or_valid_samples() {
    let mut server = tasks();
    server.post("/tasks", &json!({"id": 1, "title": "a"}));
    let (status, closed) = server.ask("POST", "/tasks/1/close", None);
    assert_eq!((status, &closed["title"]), (200, &json!("a")));
    let (status, age) = server.get("/tasks/1/age");
    assert_eq!((status, age), (200, json!({"days": 3})));
}

/// A record that nobody asked for would hide a wrong id.
#[test]
fn custom_actions_on_what_is_not_there_are_404() {
    let mut server = tasks();
    for (id, title) in [(1, "a"), (2, "b")] {
        server.post("/tasks", &json!({"id": id, "title": title}));
    }
    for (path, ending) in [
        ("/tasks", "close"),
        ("/tasks", "reopen"),
        ("/public/tasks", "vote"),
    ] {
        let (status, task) = server.ask("POST", &format!("{path}/2/{ending}"), None);
        assert_eq!((status, &task["title"]), (200, &json!("b")), "{ending}");
        let (status, _) = server.ask("POST", &format!("{path}/9/{ending}"), None);
        assert_eq!(status, 404, "{ending}");
    }
}
