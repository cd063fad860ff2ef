use super::{lost, read, read_clean, said};
use crate::diag::Code;
use crate::ir::{Api, Payload, Status};

const JSON: &str = "{description: d, content: {application/json: {schema: {type: string}}}}";
const EMPTY: &str = "{description: d}";

fn with_responses(responses: &str) -> Api {
    read_clean(&format!(
        "paths: {{/a: {{get: {{responses: {responses}}}}}}}"
    ))
}

/// The status that means success, and whether it has a payload.
fn success(responses: &str) -> Option<(Status, bool)> {
    let api = with_responses(responses);
    let outcome = &api.actions[0].outcome;
    let success = outcome.success.as_ref()?;
    let status = outcome.responses[success.response].status;
    Some((status, success.payload != Payload::Empty))
}

#[test]
fn the_success_is_the_lowest_that_has_a_body() {
    assert_eq!(
        success(&format!("{{202: {JSON}, 201: {JSON}, 200: {EMPTY}}}")),
        Some((Status::Code(201), true))
    );
    assert_eq!(
        success(&format!(
            "{{'204': {EMPTY}, '200': {EMPTY}, default: {JSON}}}"
        )),
        Some((Status::Code(200), false))
    );
    assert_eq!(
        success(&format!("{{4XX: {JSON}, 2xx: {JSON}}}")),
        Some((Status::Range(2), true))
    );
    assert_eq!(
        success(&format!("{{default: {JSON}}}")),
        Some((Status::Default, true))
    );
    assert_eq!(success(&format!("{{404: {JSON}}}")), None);
    assert_eq!(success("{}"), None);
}

/// A client that waits for the text of a 204, or gives it to its caller, has believed too much.
#[test]
fn a_204_has_no_content_whatever_the_document_says() {
    let text = "{description: d, content: {text/plain: {schema: {type: string}}}}";
    let (api, diagnostics) = read(&format!(
        "paths: {{/a: {{get: {{responses: {{204: {text}, 404: {text}}}}}}}}}"
    ));
    let outcome = &api.actions[0].outcome;
    assert_eq!(outcome.success.as_ref().unwrap().payload, Payload::Empty);
    let media: Vec<_> = outcome.responses.iter().map(|it| it.media.len()).collect();
    assert_eq!(media, [0, 1]);
    let at = "/paths/~1a/get/responses/204/content";
    assert_eq!(said(&diagnostics), [(Code::BadValue, at)]);
    assert!(api.losses.is_empty(), "what is never sent is not lost");
}

/// A client that waits for the body that the document describes would fail on every answer.
#[test]
fn an_answer_to_head_has_no_content_whatever_the_document_says() {
    let api = read_clean(&format!(
        "paths: {{/a: {{head: {{responses: {{200: {JSON}, default: {JSON}}}}}}}}}"
    ));
    let outcome = &api.actions[0].outcome;
    assert_eq!(outcome.success.as_ref().unwrap().payload, Payload::Empty);
    assert!(outcome.responses.iter().all(|it| it.media.is_empty()));
}

#[test]
fn json_is_preferred_among_media_types() {
    for (content, expected) in [
        ("application/bson: {}, text/json: {}", "text/json"),
        (
            "application/bson: {}, application/hal+json: {}",
            "application/hal+json",
        ),
        (
            "application/hal+json: {}, application/json: {}",
            "application/json",
        ),
        ("'*/*': {}, application/json: {}", "application/json"),
        ("text/html: {}, application/xml: {}", "application/xml"),
    ] {
        let api = with_responses(&format!(
            "{{200: {{description: d, content: {{{content}}}}}}}"
        ));
        let outcome = &api.actions[0].outcome;
        let media = outcome.success.as_ref().unwrap().media.unwrap();
        assert_eq!(outcome.responses[0].media[media].media_type, expected);
    }
}

#[test]
fn a_shared_response_keeps_the_place_of_each_use() {
    let api = read_clean(
        "paths:
  /a: {get: {responses: {404: {$ref: '#/components/responses/Gone'}}}}
  /b: {get: {responses: {404: {$ref: '#/components/responses/Gone', description: mine}}}}
components:
  responses:
    Gone:
      description: gone
      headers: {X-Id: {required: true, schema: {type: string}}}
      content: {application/json: {schema: {properties: {m: {type: string}}}}}",
    );
    let [a, b] = [
        &api.actions[0].outcome.responses[0],
        &api.actions[1].outcome.responses[0],
    ];
    assert_eq!(a.origin.pointer, "/paths/~1a/get/responses/404");
    assert_eq!(b.description.as_deref(), Some("mine"));
    assert_eq!(a.media[0].schema.ty, b.media[0].schema.ty);
    assert!(a.headers[0].required);
    assert_eq!(
        a.headers[0].origin.pointer,
        "/components/responses/Gone/headers/X-Id"
    );
    assert_eq!(
        api.types[0].hints,
        [vec!["Gone".to_owned(), "response".to_owned()]]
    );
}

#[test]
fn what_is_no_status_and_what_is_a_link() {
    let (api, diagnostics) = read(
        "paths:
  /a:
    get:
      responses:
        ok: {description: d}
        '999': {description: d}
        '200': {description: d, links: {next: {operationId: a}}}
        '404': {}",
    );
    assert_eq!(api.actions[0].outcome.responses.len(), 2);
    let responses = "/paths/~1a/get/responses";
    assert_eq!(
        said(&diagnostics),
        [
            (
                Code::NotGenerated,
                format!("{responses}/200/links").as_str()
            ),
            (Code::BadValue, &format!("{responses}/999")),
            (Code::BadValue, &format!("{responses}/ok")),
        ]
    );
    assert_eq!(lost(&api).len(), 3);
}
