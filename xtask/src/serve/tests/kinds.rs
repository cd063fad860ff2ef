//! What each kind of action does to the records.

use super::super::core::Options;
use super::{NOW_TEXT, Server, api, twenty};
use serde_json::{Value, json};
use specwright::config::StandInProfile;

const PEOPLE: &str = "/rest/people";

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

fn create(server: &mut Server, path: &str, key: &str, body: &Value) -> Value {
    let (status, answer) = server.post(path, body);
    assert_eq!(status, 201, "{answer}");
    answer["data"][key].clone()
}

#[test]
fn a_record_is_made_found_changed_and_removed() {
    let mut server = Server::twenty();
    let body = json!({"name": {"firstName": "Ada", "lastName": "L"}, "city": "Paris"});
    let made = create(&mut server, PEOPLE, "createPerson", &body);
    let path = format!("{PEOPLE}/{}", id(&made));
    assert_eq!(
        (&made["name"], &made["city"]),
        (&body["name"], &json!("Paris"))
    );
    assert_eq!(
        (&made["createdAt"], &made["updatedAt"]),
        (&json!(NOW_TEXT), &json!(NOW_TEXT))
    );
    assert_eq!(
        made.get("jobTitle"),
        Some(&Value::Null),
        "unset is null, as the profile says"
    );
    assert_eq!(made["noteTargets"], json!([]));

    let (status, found) = server.get(&path);
    assert_eq!((status, &found["data"]["person"]), (200, &made));

    server.now += 1000;
    let change = json!({"name": {"lastName": "King"}, "city": null});
    let (status, changed) = server.ask("PATCH", &path, Some(&change));
    let changed = &changed["data"]["updatePerson"];
    assert_eq!(
        (status, &changed["name"]),
        (200, &json!({"firstName": "Ada", "lastName": "King"}))
    );
    assert_eq!(
        (&changed["city"], &changed["createdAt"]),
        (&Value::Null, &json!(NOW_TEXT))
    );
    assert_eq!(changed["updatedAt"], json!("2026-01-02T03:04:06.678Z"));

    let (status, removed) = server.ask("DELETE", &path, None);
    assert_eq!(
        (status, removed),
        (200, json!({"data": {"deletePerson": {"id": made["id"]}}}))
    );
    for method in ["GET", "DELETE"] {
        let (status, body) = server.ask(method, &path, None);
        assert_eq!(
            (status, &body["statusCode"]),
            (404, &json!(404)),
            "{method}"
        );
    }
    assert_eq!(server.ask("PATCH", &path, Some(&json!({}))).0, 404);
    assert_eq!(server.get(PEOPLE).1["totalCount"], json!(0));
}

#[test]
fn the_same_requests_give_the_same_ids() {
    let make = || {
        let mut server = Server::twenty();
        let all = json!([{"city": "A"}, {"city": "B"}]);
        create(&mut server, "/rest/batch/people", "createPeople", &all)
    };
    let (one, other) = (make(), make());
    assert_eq!(one, other);
    assert_ne!(one[0]["id"], one[1]["id"]);
}

#[test]
fn several_are_made_up_to_the_limit_or_none() {
    let mut server = Server::twenty();
    let many = |count: usize| {
        Value::Array(
            (0..count)
                .map(|it| json!({"city": it.to_string()}))
                .collect(),
        )
    };
    let made = create(&mut server, "/rest/batch/people", "createPeople", &many(60));
    assert_eq!(made.as_array().unwrap().len(), 60);
    let messages = server.messages("POST", "/rest/batch/people", Some(&many(61)));
    assert_eq!(
        messages,
        ["body: Maximum number of records to mutate in one request is 60, not 61"]
    );
    let wrong = json!([{"city": "x"}, {"city": 1}]);
    let messages = server.messages("POST", "/rest/batch/people", Some(&wrong));
    assert_eq!(messages, ["body.1.city: must be a string, not a number"]);
    assert_eq!(server.get(PEOPLE).1["totalCount"], json!(60));
}

#[test]
fn relations_are_embedded_as_deep_as_is_asked() {
    let mut server = Server::twenty();
    let company = create(
        &mut server,
        "/rest/companies",
        "createCompany",
        &json!({"name": "Acme"}),
    );
    let person = json!({"city": "Paris", "companyId": company["id"]});
    let person = create(&mut server, PEOPLE, "createPerson", &person);
    assert_eq!(
        person["company"]["name"],
        json!("Acme"),
        "the default depth is 1"
    );
    assert_eq!(person["company"].get("people"), None, "and no more than 1");
    let target = json!({"personId": person["id"]});
    let target = create(
        &mut server,
        "/rest/noteTargets",
        "createNoteTarget",
        &target,
    );

    let mut at = |depth: u8| {
        let (status, body) = server.get(&format!("/rest/companies/{}?depth={depth}", id(&company)));
        assert_eq!(status, 200, "{body}");
        body["data"]["company"].clone()
    };
    assert_eq!(at(0).get("people"), None);
    assert_eq!(at(1)["people"][0]["id"], person["id"]);
    assert_eq!(at(1)["people"][0].get("noteTargets"), None);
    assert_eq!(at(2)["people"][0]["noteTargets"][0]["id"], target["id"]);
    assert_eq!(
        server
            .messages("GET", "/rest/companies?depth=3", None)
            .len(),
        1
    );

    // A list of several pointing fields is told by its name.
    let opportunity =
        json!({"name": "Deal", "pointOfContactId": person["id"], "companyId": company["id"]});
    let opportunity = create(
        &mut server,
        "/rest/opportunities",
        "createOpportunity",
        &opportunity,
    );
    assert_eq!(opportunity["pointOfContact"]["city"], json!("Paris"));
    let (_, found) = server.get(&format!("{PEOPLE}/{}", id(&person)));
    let deals = &found["data"]["person"]["pointOfContactForOpportunities"];
    assert_eq!(deals[0]["id"], opportunity["id"]);

    // What is gone is not embedded.
    server.ask("DELETE", &format!("/rest/companies/{}", id(&company)), None);
    let (_, found) = server.get(&format!("{PEOPLE}/{}", id(&person)));
    assert_eq!(found["data"]["person"]["company"], Value::Null);
    assert_eq!(found["data"]["person"]["companyId"], company["id"]);
}

#[test]
fn duplicates_are_found_by_id_and_by_data() {
    let mut server = Server::twenty();
    let mail = |text: &str| json!({"emails": {"primaryEmail": text}});
    let all = json!([
        mail("a@x.example"),
        mail("a@x.example"),
        mail("b@x.example")
    ]);
    let made = create(&mut server, "/rest/batch/people", "createPeople", &all);
    let path = "/rest/people/duplicates";
    let (status, found) = server.post(path, &json!({"ids": [made[0]["id"], made[2]["id"]]}));
    assert_eq!(status, 200, "{found}");
    let groups = found["data"].as_array().unwrap();
    assert_eq!(groups.len(), 2);
    assert_eq!(groups[0]["totalCount"], json!(1));
    assert_eq!(groups[0]["personDuplicates"][0]["id"], made[1]["id"]);
    assert_eq!(groups[0]["pageInfo"]["hasNextPage"], json!(false));
    assert_eq!(groups[1]["personDuplicates"], json!([]));
    let data =
        json!({"data": [{"emails": {"primaryEmail": "a@x.example", "additionalEmails": []}}]});
    let (_, found) = server.post(path, &data);
    assert_eq!(found["data"][0]["totalCount"], json!(2));
    let none = json!({"ids": ["00000000-0000-4000-8000-000000000000"]});
    assert_eq!(server.post(path, &none).0, 404);
    assert_eq!(server.messages("POST", path, Some(&json!({}))).len(), 1);
}

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
    assert_eq!(server.ask("POST", "/tasks/9/close", None).0, 404);
}

#[test]
fn records_to_begin_with_are_related_and_valid() {
    let (api, profile) = twenty();
    let options = Options {
        records: 3,
        ..Options::default()
    };
    let mut server = Server::new(&api, &profile, &options);
    let (_, people) = server.get("/rest/people");
    assert_eq!(people["totalCount"], json!(3));
    let person = &people["data"]["people"][0];
    assert_eq!(person["company"]["id"], person["companyId"]);
    assert!(person["companyId"].is_string());
    assert_ne!(person["emails"], people["data"]["people"][1]["emails"]);
}

#[test]
fn what_is_made_below_a_path_is_found_below_it_alone() {
    let mut server = Server::of(
        r##"
openapi: 3.1.0
info: {title: Owners, version: "1"}
paths:
  /owners/{owner_id}/pets:
    parameters: [{name: owner_id, in: path, required: true, schema: {type: string}}]
    get: {operationId: listPets, tags: [pets], responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}}}}
    post: {operationId: createPet, tags: [pets], requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}, responses: {"201": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}}
  /owners/{owner_id}/pets/{id}:
    parameters: [{name: owner_id, in: path, required: true, schema: {type: string}}, {name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: getPet, tags: [pets], responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}}
components: {schemas: {Pet: {type: object, required: [id, colour], properties: {id: {type: string}, name: {type: string}, owner_id: {type: string}, colour: {type: string, maxLength: 5}}}}}
"##,
    );
    let (status, pet) = server.post("/owners/a/pets", &json!({"name": "Rex"}));
    assert_eq!((status, &pet["owner_id"]), (201, &json!("a")));
    assert!(
        pet["colour"].as_str().unwrap().len() <= 5,
        "what is required is there: {pet}"
    );
    let pet_id = id(&pet);
    assert_eq!(server.get("/owners/a/pets").1, json!([pet]));
    assert_eq!(server.get("/owners/b/pets").1, json!([]));
    assert_eq!(server.get(&format!("/owners/a/pets/{pet_id}")).0, 200);
    assert_eq!(server.get(&format!("/owners/b/pets/{pet_id}")).0, 404);
}
