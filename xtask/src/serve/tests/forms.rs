//! Records that do not have what is sent in the form in which it was sent.

use super::Server;
use serde_json::{Value, json};

/// A text where the records have an object, `on`; a value that no record has, `quiet`; and the id of
/// what the records hold whole, `owner_id`.
const VISITS: &str = r##"
openapi: 3.1.0
info: {title: Visits, version: "1"}
paths:
  /owners:
    post: {operationId: createOwner, tags: [owners], requestBody: {required: true, content: {application/json: {schema: {properties: {name: {type: string}}}}}}, responses: {"201": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Owner"}}}}}}
  /owners/{id}:
    get: {operationId: getOwner, tags: [owners], parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Owner"}}}}}}
  /visits:
    post: {operationId: createVisit, tags: [visits], requestBody: {required: true, content: {application/json: {schema: {properties: {on: {type: string}, zone: {type: string}, owner_id: {type: string}, quiet: {type: boolean}}}}}}, responses: {"201": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Visit"}}}}}}
  /visits/{id}:
    get: {operationId: getVisit, tags: [visits], parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Visit"}}}}}}
components:
  schemas:
    Owner: {type: object, required: [id, name], properties: {id: {type: string}, name: {type: string}}}
    Moment: {type: object, required: [day, zone, seconds], properties: {day: {type: string, pattern: '^\d{4}-\d{2}-\d{2}$'}, zone: {type: string}, seconds: {type: integer}}}
    Visit: {type: object, required: [id, on, owner], properties: {id: {type: string}, on: {$ref: "#/components/schemas/Moment"}, owner: {$ref: "#/components/schemas/Owner"}}}
"##;

#[test]
fn a_text_becomes_the_object_that_records_have() {
    let mut server = Server::of(VISITS);
    let sent = json!({"on": "2026-03-11", "zone": "Europe/Lisbon", "quiet": true});
    let (status, made) = server.post("/visits", &sent);
    assert_eq!(status, 201, "{made}");
    assert_eq!(
        made["on"]["day"], "2026-03-11",
        "the member with a pattern that it keeps"
    );
    assert_eq!(
        made["on"]["zone"], "Europe/Lisbon",
        "named as what was sent beside it"
    );
    assert!(made["on"]["seconds"].is_i64(), "made up: {made}");
    assert_eq!(made.get("quiet"), None, "records do not have it");

    // What fits no member is not believed: the answer has to be a valid one.
    let (status, made) = server.post("/visits", &json!({"on": "tomorrow"}));
    assert_eq!(status, 201, "{made}");
    assert_ne!(made["on"]["day"], "tomorrow");
}

#[test]
fn an_id_becomes_the_record_that_it_names() {
    let mut server = Server::of(VISITS);
    let (_, owner) = server.post("/owners", &json!({"name": "Ada"}));
    let sent = json!({"on": "2026-03-11", "owner_id": owner["id"]});
    let (_, made) = server.post("/visits", &sent);
    assert_eq!(made["owner"], owner);
    let id = made["id"].as_str().unwrap();
    let (_, found) = server.get(&format!("/visits/{id}"));
    assert_eq!(found["owner"], owner, "and stays it");
}

/// The appointment that a client books is the one that is found.
#[test]
fn an_appointment_has_the_time_and_the_service_that_were_booked() {
    let mut server = Server::savvycal();
    let (status, service) = server.post("/v1/services", &json!({"name": "First assessment"}));
    assert_eq!(status, 201, "{service}");
    let sent = json!({
        "service_id": service["data"]["id"],
        "start_at": "2026-03-11T09:45:00",
        "end_at": "2026-03-11T10:30:00",
        "time_zone": "Europe/Lisbon",
        "client_data": {"email": "tomas@mail.example", "time_zone": "Europe/Lisbon"},
    });
    let (status, made) = server.post("/v1/appointments", &sent);
    assert_eq!(status, 201, "{made}");
    let made = &made["data"];
    let local = |key: &str| (made[key]["local"].clone(), made[key]["time_zone"].clone());
    let zone = Value::from("Europe/Lisbon");
    assert_eq!(
        local("start_at"),
        ("2026-03-11T09:45:00".into(), zone.clone())
    );
    assert_eq!(local("end_at"), ("2026-03-11T10:30:00".into(), zone));
    assert_eq!(made["service"], service["data"]);
    assert_eq!(made["client_data"]["email"], "tomas@mail.example");
}
