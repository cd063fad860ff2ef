//! Bodies that are not one JSON record.

use super::super::message::{Request, Response};
use super::Server;
use serde_json::json;

const PHOTOS: &str = r##"
openapi: 3.1.0
info: {title: Photos, version: "1"}
paths:
  /photos:
    get: {operationId: listPhotos, tags: [photos], responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Photo"}}}}}}}
    post: {operationId: createPhoto, tags: [photos], requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, required: [file], properties: {file: {type: string, format: binary}, title: {type: string}, width: {type: integer}, places: {type: array, items: {type: object, properties: {at: {type: integer}}}}}}}}}, responses: {"201": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Photo"}}}}}}
  /photos/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: {operationId: getPhoto, tags: [photos], responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Photo"}}}}}}
  /photos/batch:
    post: {operationId: createPhotos, tags: [photos], requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {labels: {type: array, items: {type: string}}, photos: {type: array, items: {$ref: "#/components/schemas/Photo"}}}}}}}, responses: {"201": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Photo"}}}}}}}
components: {schemas: {Photo: {type: object, properties: {id: {type: integer}, title: {type: string}, width: {type: integer}}}}}
"##;

fn send(server: &mut Server, content_type: &str, body: &str) -> Response {
    let mut request = Request::new("POST", "/photos");
    let content_type = ("content-type".to_owned(), content_type.to_owned());
    request.headers.push(content_type);
    request.body = body.as_bytes().to_vec();
    server.send(&request)
}

fn part(name: &str, rest: &str, value: &str) -> String {
    format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"{rest}\r\n\r\n{value}\r\n")
}

#[test]
fn the_parts_of_a_multipart_body_are_read_and_checked() {
    let mut server = Server::of(PHOTOS);
    let file = part("file", "; filename=\"a.png\"", "\u{1}bytes\r\n--X");
    let title = part("title", "", "Sea");
    let form = "multipart/form-data; boundary=XX";
    // A list is a part for each item, or one part with all of them.
    let place = |json: &str| part("places", "", json);
    let places = format!(
        "{}{}",
        place(r#"[{"at":1},{"at":2}]"#),
        place(r#"{"at":3}"#)
    );
    for (content_type, body, expected) in [
        (form, format!("{file}{title}--XX--\r\n"), ""),
        (
            "multipart/form-data",
            format!("{file}--XX--\r\n"),
            "boundary",
        ),
        (form, format!("{file}{places}--XX--\r\n"), ""),
        (
            form,
            format!("{file}{places}{}--XX--\r\n", place(r#"[{"at":"x"}]"#)),
            "body.places.3.at: must be",
        ),
        (form, format!("{title}--XX--\r\n"), "body.file: is required"),
        (
            form,
            format!("{file}{}--XX--\r\n", part("colour", "", "red")),
            "body.colour: is not known",
        ),
        (
            form,
            format!("{file}{}--XX--\r\n", part("width", "", "wide")),
            "body.width: must be",
        ),
        (form, format!("{file}{title}"), "is not multipart"),
    ] {
        let response = send(&mut server, content_type, &body);
        let text = String::from_utf8_lossy(&response.body);
        let status = if expected.is_empty() { 201 } else { 400 };
        assert_eq!(response.status, status, "{expected}: {text}");
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let (_, photos) = server.get("/photos");
    assert_eq!(photos, json!([{"id": 1, "title": "Sea"}, {"id": 2}]));
}

#[test]
fn there_is_an_end_to_what_is_kept() {
    let mut server = Server::of(PHOTOS);
    server.core.store.most_bytes = 20_000;
    let body = json!({"photos": [{"title": "x".repeat(9_000)}]});
    assert_eq!(server.post("/photos/batch", &body).0, 201);
    assert_eq!(server.post("/photos/batch", &body).0, 201);
    let (status, body) = server.post("/photos/batch", &body);
    assert_eq!(status, 507, "{body}");
    assert_eq!(server.get("/photos").0, 200);
}

#[test]
fn of_several_lists_the_one_with_records_is_made() {
    let mut server = Server::of(PHOTOS);
    let body = json!({"labels": ["a", "b"], "photos": [{"title": "Sea"}]});
    let (status, made) = server.post("/photos/batch", &body);
    assert_eq!((status, &made), (201, &json!([{"id": 1, "title": "Sea"}])));
}

/// What is sent of the parts of a list comes back, with what only the server knows of them.
#[test]
fn parts_in_a_list_that_lack_what_the_server_adds_are_completed() {
    let text = r##"
openapi: 3.1.0
info: {title: Networks, version: "1"}
paths:
  /networks:
    post: {operationId: createNetwork, tags: [networks], requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {subnets: {type: array, items: {type: object, properties: {range: {type: string}}}}}}}}}, responses: {"201": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Network"}}}}}}
components:
  schemas:
    Network: {type: object, properties: {id: {type: integer}, subnets: {type: array, items: {$ref: "#/components/schemas/Subnet"}}}}
    Subnet: {type: object, required: [gateway], properties: {range: {type: string}, gateway: {type: string}}}
"##;
    let mut server = Server::of(text);
    let sent = json!({"subnets": [{"range": "10.0.0.0/24"}]});
    let (status, answer) = server.post("/networks", &sent);
    assert_eq!(status, 201);
    assert_eq!(answer["subnets"][0]["range"], "10.0.0.0/24");
    assert!(answer["subnets"][0]["gateway"].is_string(), "{answer}");
}
