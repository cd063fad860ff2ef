//! Bodies and answers by their media types: what is sent, what is read, and what can be asked for.

use super::*;

#[test]
fn bodies_without_a_form_are_sent_as_they_are() {
    for (media_type, encoding, shape, notes) in [
        (
            "application/xml",
            "text",
            json!({"at": ["body"], "shape": "text"}),
            1,
        ),
        (
            "text/plain",
            "text",
            json!({"at": ["body"], "shape": "text"}),
            0,
        ),
        (
            "image/*",
            "binary",
            json!({"at": ["inputDataFieldName"], "shape": "binary"}),
            0,
        ),
    ] {
        let paths = json!({"/things": {"post": {
            "requestBody": {"required": true, "content": {media_type: {"schema": {"type": "string"}}}},
            "responses": {"204": {"description": "none"}},
        }}});
        let (found, diagnostics) = descriptor(&paths, &json!({}));
        let body = found.pointer("/operations/0/request/body").unwrap();
        assert_eq!(
            (&body["encoding"], &body["shape"]),
            (&json!(encoding), &shape)
        );
        let sent = if media_type.contains('*') {
            "application/octet-stream"
        } else {
            media_type
        };
        assert_eq!(body["mediaType"], sent);
        let found = diagnostics
            .iter()
            .filter(|it| it.code == Code::NotGenerated);
        assert_eq!(found.count(), notes, "{media_type}");
    }
}

#[test]
fn another_media_type_is_named_in_a_note() {
    let schema = json!({"schema": {"type": "object", "properties": {"a": {"type": "string"}}}});
    let paths = json!({"/things": {"post": {
        "requestBody": {"content": {"application/json": schema, "application/xml": schema}},
        "responses": {"204": {"description": "none"}},
    }}});
    let (_, diagnostics) = descriptor(&paths, &json!({}));
    let found: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.code, it.origin.pointer.as_str()))
        .collect();
    assert_eq!(
        found,
        [(
            Code::NotGenerated,
            "/paths/~1things/post/requestBody/content/application~1xml"
        )]
    );
}

#[test]
fn a_file_is_sent_as_what_it_is_where_the_document_allows_it() {
    let file = json!({"schema": {"type": "string", "format": "binary"}});
    for (content, media_type, others) in [
        (json!({"image/png": file}), "image/png", json!(null)),
        (
            json!({"image/gif": file, "image/png": file}),
            "image/gif",
            json!(["image/png"]),
        ),
        (
            json!({"*/*": file}),
            "application/octet-stream",
            json!(["*/*"]),
        ),
    ] {
        let paths = json!({"/things": {"post": {
            "requestBody": {"required": true, "content": content},
            "responses": {"204": {"description": "none"}},
        }}});
        let (found, diagnostics) = descriptor(&paths, &json!({}));
        let body = found.pointer("/operations/0/request/body").unwrap();
        assert_eq!(
            (&body["mediaType"], &body["others"]),
            (&json!(media_type), &others)
        );
        assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    }
}

#[test]
fn another_kind_of_answer_can_be_asked_for() {
    let content = json!({
        "application/json": {"schema": {"type": "array", "items": {"type": "string"}}},
        "text/json": {"schema": {"type": "array", "items": {"type": "string"}}},
        "image/*": {"schema": {"type": "string", "format": "binary"}},
        "image/png": {"schema": {"type": "string", "format": "binary"}},
    });
    let paths = json!({"/things": {"get": {
        "responses": {"200": {"description": "x", "content": content}},
    }}});
    let (found, diagnostics) = descriptor(&paths, &json!({}));
    let response = found.pointer("/operations/0/request/response").unwrap();
    assert_eq!(response["others"], json!({"image/png": "binary"}));
    let options = found.pointer("/properties/0/options/0").unwrap();
    assert_eq!(options["name"], "responseMediaType");
    assert_eq!(options["default"], "application/json");
    let offered = [
        &options["options"][0]["value"],
        &options["options"][1]["value"],
    ];
    assert_eq!(offered, ["application/json", "image/png"]);
    // Another way to write the same, and a range.
    let left = diagnostics.iter().map(|it| it.origin.pointer.as_str());
    let left: Vec<&str> = left.collect();
    let content = "/paths/~1things/get/responses/200/content";
    assert_eq!(
        left,
        [
            format!("{content}/text~1json"),
            format!("{content}/image~1*")
        ]
    );
}

/// A list may consist of itself: to compare it with another has an end.
#[test]
fn answers_that_are_lists_of_themselves_are_compared() {
    let list = |name: &str| json!({"type": "array", "items": {"$ref": format!("#/components/schemas/{name}")}});
    let content = json!({
        "application/json": {"schema": {"$ref": "#/components/schemas/One"}},
        "text/plain": {"schema": {"$ref": "#/components/schemas/Other"}},
    });
    let get = json!({"responses": {"200": {"description": "ok", "content": content}}});
    let (descriptor, _) = descriptor(
        &json!({"/lists": {"get": get}}),
        &json!({"One": list("One"), "Other": list("Other")}),
    );
    assert!(descriptor.is_object());
}
