//! Request bodies, forms and the content of responses.

use super::{at, said, swagger};
use crate::diag::{Code, Diagnostics};
use serde_json::{Value, json};

/// The raised operation `post /a`, written with these members behind these of the document.
fn operation(document: &str, members: &str) -> (Value, Diagnostics) {
    let (document, diagnostics) = swagger(&format!(
        "{document}\npaths: {{/a: {{post: {{{members}}}}}}}\n"
    ));
    (at(&document, &["paths", "/a", "post"]), diagnostics)
}

#[test]
fn a_body_parameter_is_a_request_body_in_what_is_consumed() {
    let body =
        "parameters: [{in: body, name: b, required: true, description: d, schema: {type: object}}]";
    for (document, own, types) in [
        ("", "", vec!["application/json"]),
        ("consumes: [text/csv]", "", vec!["text/csv"]),
        (
            "consumes: [text/csv]",
            "consumes: [a/b, text/plain], ",
            vec!["a/b", "text/plain"],
        ),
        (
            "consumes: [text/csv]",
            "consumes: [], ",
            vec!["application/json"],
        ),
    ] {
        let (operation, diagnostics) = operation(document, &format!("{own}{body}"));
        let content: Value = types
            .iter()
            .map(|name| ((*name).to_owned(), json!({"schema": {"type": "object"}})))
            .collect();
        let expected = json!({"required": true, "description": "d", "content": content});
        assert_eq!(operation["requestBody"], expected);
        assert_eq!(operation["parameters"], json!([]));
        assert_eq!(operation.get("consumes"), None);
        assert!(diagnostics.is_empty());
    }
}

#[test]
fn form_parameters_are_properties_of_one_body() {
    let (operation, diagnostics) = operation(
        "consumes: [application/json]",
        "parameters: [{in: formData, name: a, type: string, required: true, description: d, minLength: 2}, \
         {in: formData, name: b, type: array, items: {type: integer}}, \
         {in: formData, name: c, type: array, items: {type: integer}, collectionFormat: multi}]",
    );
    let expected = json!({"required": true, "content": {"application/x-www-form-urlencoded": {
        "schema": {"type": "object", "required": ["a"], "properties": {
            "a": {"type": "string", "description": "d", "minLength": 2},
            "b": {"type": "array", "items": {"type": "integer"}},
            "c": {"type": "array", "items": {"type": "integer"}},
        }},
        "encoding": {
            "b": {"style": "form", "explode": false},
            "c": {"style": "form", "explode": true},
        },
    }}});
    assert_eq!(operation["requestBody"], expected);
    // What the whole document consumes is there for other operations.
    assert!(diagnostics.is_empty());
}

#[test]
fn the_media_type_of_a_form_is_one_of_forms() {
    let file = "{in: formData, name: f, type: file}";
    let text = "{in: formData, name: t, type: string}";
    let form = "application/x-www-form-urlencoded";
    for (consumes, field, types, noted) in [
        (
            "multipart/form-data",
            text,
            vec!["multipart/form-data"],
            false,
        ),
        (
            "multipart/form-data, application/x-www-form-urlencoded",
            text,
            vec![form, "multipart/form-data"],
            false,
        ),
        (
            "application/x-www-form-urlencoded",
            file,
            vec!["multipart/form-data"],
            true,
        ),
        ("application/json", text, vec![form], true),
    ] {
        let (operation, diagnostics) = operation(
            "",
            &format!("consumes: [{consumes}], parameters: [{field}]"),
        );
        let content = operation["requestBody"]["content"].as_object().unwrap();
        assert_eq!(content.keys().collect::<Vec<_>>(), types, "{consumes}");
        let expected = [(Code::BadValue, "/paths/~1a/post/consumes/0")];
        assert_eq!(said(&diagnostics), if noted { &expected[..] } else { &[] });
    }
}

#[test]
fn a_file_is_bytes() {
    let (operation, diagnostics) = operation(
        "produces: [application/json, application/pdf]",
        "parameters: [{in: formData, name: f, type: file}], responses: {'200': {description: d, \
         schema: {type: file}}, default: {description: e, schema: {type: object}}}",
    );
    let bytes = json!({"type": "string", "format": "binary"});
    let form = &operation["requestBody"]["content"]["multipart/form-data"];
    assert_eq!(form["schema"]["properties"]["f"], bytes);
    let responses = &operation["responses"];
    assert_eq!(
        responses["200"]["content"],
        json!({"application/pdf": {"schema": bytes}})
    );
    let others = responses["default"]["content"].as_object().unwrap();
    assert_eq!(others.len(), 2);
    assert!(diagnostics.is_empty());
}

#[test]
fn what_cannot_stand_beside_a_body_is_lost_and_named() {
    let (operation, diagnostics) = operation(
        "",
        "parameters: [{in: formData, name: f, type: string}, {in: body, name: a, schema: {type: object}}, \
         {in: body, name: b, schema: {}}]",
    );
    let content = &operation["requestBody"]["content"];
    assert_eq!(
        *content,
        json!({"application/json": {"schema": {"type": "object"}}})
    );
    let expected = [
        (Code::DuplicateParameter, "/paths/~1a/post/parameters/2"),
        (Code::DuplicateParameter, "/paths/~1a/post/parameters/0"),
    ];
    assert_eq!(said(&diagnostics), expected);
}

#[test]
fn bodies_and_fields_of_a_path_item_are_those_of_its_operations() {
    let (document, diagnostics) = swagger(
        "paths:\n  /a:\n    parameters: [{in: formData, name: f, type: string}, {in: query, name: q, type: string}]\n    \
         put: {}\n    post: {parameters: [{in: formData, name: g, type: string}]}\n    \
         patch: {parameters: [{in: body, name: b, schema: {}}]}\n",
    );
    let fields = |method: &str| {
        let body = at(
            &document,
            &["paths", "/a", method, "requestBody", "content"],
        );
        let form = body.get("application/x-www-form-urlencoded").cloned();
        let names = form.map(|form| {
            form["schema"]["properties"]
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect::<Vec<_>>()
        });
        names.unwrap_or_default().join(" ")
    };
    assert_eq!(
        [fields("put"), fields("post"), fields("patch")],
        ["f", "f g", ""]
    );
    let shared = at(&document, &["paths", "/a", "parameters"]);
    assert_eq!(shared.as_array().unwrap().len(), 1);
    assert!(diagnostics.is_empty());
}

#[test]
fn a_response_has_content_where_it_has_a_schema_or_an_example() {
    let (operation, diagnostics) = operation(
        "",
        "produces: [application/json, application/xml], responses: {'200': {description: d, schema: {type: object}, \
         examples: {application/json; charset=utf-8: {a: 1}, text/html: x}}, '201': {description: d, \
         examples: {text/csv: y}}, '204': {description: d}, x-own: {schema: 1}}",
    );
    let schema = json!({"type": "object"});
    let expected = json!({
        "200": {"description": "d", "content": {
            "application/json": {"schema": schema, "example": {"a": 1}},
            "application/xml": {"schema": schema},
        }},
        "201": {"description": "d", "content": {"text/csv": {"example": "y"}}},
        "204": {"description": "d"},
        "x-own": {"schema": 1},
    });
    assert_eq!(operation["responses"], expected);
    let pointer = "/paths/~1a/post/responses/200/examples/text~1html";
    assert_eq!(said(&diagnostics), [(Code::NotGenerated, pointer)]);
}

#[test]
fn media_types_that_are_none_are_named() {
    let (_, diagnostics) = operation("produces: [json, 1]", "consumes: text/csv");
    let expected = [
        (Code::BadValue, "/produces/0"),
        (Code::BadValue, "/produces/1"),
    ];
    assert_eq!(said(&diagnostics), expected);
}
