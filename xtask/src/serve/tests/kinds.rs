//! What each kind of action does to the records.

use super::super::core::Options;
use super::{NOW_TEXT, Server, twenty};
use serde_json::{Value, json};

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

#[test]
fn parts_of_composite_fields_that_are_not_set_are_null_too() {
    let mut server = Server::twenty();
    let body = json!({"name": {"firstName": "Ada"}, "emails": {"primaryEmail": "a@example.com"}});
    let made = create(&mut server, PEOPLE, "createPerson", &body);
    assert_eq!(made["name"], json!({"firstName": "Ada", "lastName": null}));
    assert_eq!(made["emails"].get("additionalEmails"), Some(&Value::Null));
    let body = json!({"ids": [made["id"]]});
    let (status, found) = server.post("/rest/people/duplicates", &body);
    assert_eq!(status, 200, "{found}");
    let info = &found["data"][0]["pageInfo"];
    assert_eq!(info["hasNextPage"], json!(false));
    assert_eq!(info.get("startCursor"), Some(&Value::Null));
    assert_eq!(info.get("endCursor"), Some(&Value::Null));
}
