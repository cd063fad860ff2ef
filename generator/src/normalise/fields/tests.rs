//! Each rule on a few lines, with code and place of what it says.

use crate::diag::{Code, Diagnostics, Severity};
use crate::ir::Api;
use crate::load::{MemorySources, load};
use crate::normalise::{check_fields, normalise};

/// What is said of a document whose first line is `openapi`.
pub(super) fn read(text: &str) -> (Api, Diagnostics) {
    let sources = MemorySources::new("t.yaml", text);
    let mut diagnostics = Diagnostics::new();
    let document = load("t.yaml", &sources, &mut diagnostics)
        .unwrap_or_else(|| panic!("{text}: {:?}", diagnostics.iter().collect::<Vec<_>>()));
    let mut api = normalise(&document, "t", &mut diagnostics);
    check_fields(&document, &mut api, &mut diagnostics);
    (api, diagnostics)
}

/// The codes and places of what is said of a document of 3.0 with this after its `info`.
#[track_caller]
pub(super) fn check(yaml: &str, expected: &[(Code, &str)]) {
    let head = "openapi: 3.0.4\ninfo: {title: t, version: '1'}\npaths: {}\n";
    let head = match yaml.contains("paths:") {
        true => head.replace("paths: {}\n", ""),
        false => head.to_owned(),
    };
    let (_, diagnostics) = read(&format!("{head}{yaml}"));
    let about_fate = [Code::NotGenerated, Code::UnsupportedSchema];
    let mut said: Vec<_> = diagnostics
        .iter()
        .filter(|it| !about_fate.contains(&it.code))
        .map(|it| (it.origin.pointer.as_str(), it.code))
        .collect();
    said.sort_unstable();
    let mut expected: Vec<_> = expected.iter().map(|(code, at)| (*at, *code)).collect();
    expected.sort_unstable();
    assert_eq!(said, expected, "{yaml}");
}

#[test]
fn a_document_as_it_must_be_is_met_with_silence() {
    check(
        "servers: [{url: 'https://{a}.b', variables: {a: {default: x, enum: [x]}}}]
tags: [{name: t, externalDocs: {url: https://d}}]
paths:
  /a/{b}:
    parameters: [{name: b, in: path, required: true, schema: {type: string}}]
    get: {responses: {'200': {$ref: '#/components/responses/R'}}}
components:
  responses: {R: {description: d, content: {a/json: {example: 1}}, x-own: {}}}
  schemas: {S: {type: array, items: {pattern: '^a+$', xml: {name: x}}}}",
        &[],
    );
}

#[test]
fn missing_fields_are_named_at_their_object() {
    check(
        "externalDocs: {description: d}
paths:
  /a: {get: {}, put: {responses: {'200': {}}}, post: {responses: {}, parameters: [{name: q, in: query}]}}
components:
  schemas: {S: {discriminator: {mapping: {}}}}",
        &[
            (Code::Missing, "/externalDocs"),
            (Code::Missing, "/paths/~1a/get"),
            (Code::Missing, "/paths/~1a/put/responses/200"),
            (Code::Missing, "/paths/~1a/post/parameters/0"),
            (Code::Missing, "/paths/~1a/post/responses"),
            (Code::Missing, "/components/schemas/S/discriminator"),
        ],
    );
}

/// References lead into what the specification does not know, too.
#[test]
fn what_references_lead_to_is_not_said_to_be_left_out() {
    let (_, diagnostics) = read(
        "openapi: 3.1.0
info: {title: t, version: '1'}
components: {schemas: {A: {$ref: '#/definitions/B'}}}
definitions: {B: {maxLength: 1.5}}",
    );
    let said: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.code, it.origin.pointer.as_str(), it.action.as_deref()))
        .collect();
    let action = "what references lead to was read, the rest was left out";
    let unknown = (Code::UnknownKeyword, "/definitions", Some(action));
    assert!(said.contains(&unknown), "{said:?}");
    let limit = diagnostics
        .iter()
        .find(|it| it.origin.pointer == "/definitions/B/maxLength");
    let message = "`maxLength` must be a whole number, not negative, but is 1.5";
    assert_eq!(limit.map(|it| it.message.as_str()), Some(message));
}

#[test]
fn unknown_fields_are_told_and_lost_where_they_hold_something() {
    let (api, diagnostics) = read(
        "openapi: 3.1.0
info: {title: t, version: '1', colour: red}
paths: {/a: {get: {responces: {'200': {}}, responses: {'200': {description: d}}}}}",
    );
    let said: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.severity, it.code, it.origin.pointer.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (Severity::Note, Code::UnknownKeyword, "/info/colour"),
            (
                Severity::Warning,
                Code::UnknownKeyword,
                "/paths/~1a/get/responces"
            ),
        ]
    );
    let lost: Vec<_> = api.losses.iter().map(|it| &it.origin.pointer).collect();
    assert_eq!(lost, ["/paths/~1a/get/responces"]);
}

#[test]
fn values_of_a_wrong_type_are_told_where_nobody_reads_them() {
    check(
        "components:
  responses: {R: {description: 1, content: {a/json: {examples: []}}}}
  securitySchemes: {s: {type: http, scheme: basic, bearerFormat: [1]}}",
        &[
            (
                Code::WrongType,
                "/components/securitySchemes/s/bearerFormat",
            ),
            (Code::WrongType, "/components/responses/R/description"),
            (
                Code::WrongType,
                "/components/responses/R/content/a~1json/examples",
            ),
        ],
    );
}

#[test]
fn fields_of_a_later_version_are_told() {
    check(
        "webhooks: {}\ncomponents: {pathItems: {}}",
        &[
            (Code::UnknownKeyword, "/webhooks"),
            (Code::UnknownKeyword, "/components/pathItems"),
        ],
    );
}

#[test]
fn addresses_and_expressions_that_are_none() {
    check(
        "externalDocs: {url: 'a b'}
components: {schemas: {S: {pattern: '[', properties: {a: {type: array}}, required: []}}}",
        &[
            (Code::BadValue, "/externalDocs/url"),
            (Code::BadValue, "/components/schemas/S/pattern"),
            (Code::Missing, "/components/schemas/S/properties/a"),
            (Code::BadValue, "/components/schemas/S/required"),
        ],
    );
}

#[test]
fn names_and_fields_that_exclude_each_other() {
    check(
        "tags: [{name: a}, {name: a}]
servers: [{url: 'https://{x}', variables: {y: {default: 1a, enum: [b]}}}]
paths:
  a/{b}/{b}:
    get: {requestBody: {content: {json: {}}}, responses: {'200': {description: d}}}
components:
  parameters: {'a b': {name: q, in: query, schema: {}, content: {a/b: {}, c/d: {}}}}",
        &[
            (Code::UndeclaredPathParameter, "/paths/a~1{b}~1{b}/get"),
            (Code::Missing, "/servers/0/url"),
            (Code::BadValue, "/servers/0/variables/y/default"),
            (Code::BadValue, "/tags/1"),
            (Code::BadValue, "/paths/a~1{b}~1{b}"),
            (Code::BadValue, "/paths/a~1{b}~1{b}/get/requestBody"),
            (
                Code::BadValue,
                "/paths/a~1{b}~1{b}/get/requestBody/content/json",
            ),
            (Code::BadValue, "/paths/a~1{b}~1{b}"),
            (Code::BadValue, "/components/parameters/a b"),
            (Code::BadValue, "/components/parameters/a b/content"),
            (Code::BadValue, "/components/parameters/a b/content"),
        ],
    );
}

#[test]
fn references_to_the_wrong_folder_and_to_nowhere() {
    check(
        "components:
  responses: {A: {$ref: '#/components/schemas/S'}, B: {$ref: 'gone.yaml', content: {}}}
  schemas: {S: {type: string}}",
        &[
            (Code::BadValue, "/components/responses/A/$ref"),
            (Code::UnresolvedReference, "/components/responses/B/$ref"),
            (Code::UnknownKeyword, "/components/responses/B/content"),
        ],
    );
}

#[test]
fn flows_need_their_addresses() {
    check(
        "components: {securitySchemes: {o: {type: oauth2, flows: {implicit: {scopes: {}}}}}}",
        &[(
            Code::Missing,
            "/components/securitySchemes/o/flows/implicit",
        )],
    );
}

#[test]
fn many_of_one_kind_are_one_with_their_number() {
    let parameters: String = (0..9)
        .map(|index| format!("  P{index}: {{name: a, in: query, schema: {{}}, odd: 1}}\n"))
        .collect();
    let (_, diagnostics) = read(&format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\ncomponents:\n parameters:\n{parameters}"
    ));
    let odd: Vec<_> = diagnostics
        .iter()
        .filter(|it| it.code == Code::UnknownKeyword)
        .collect();
    assert_eq!(odd.len(), 1);
    assert!(odd[0].message.contains("8 other places"), "{:?}", odd[0]);
}

#[test]
fn other_files_are_compared_as_what_refers_to_them_says() {
    let sources = MemorySources::new(
        "t.yaml",
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}
paths: {/a: {get: {responses: {'200': {$ref: 'r.yaml#/R'}}}}}",
    )
    .with("r.yaml", "R: {description: d, schema: {type: string}}");
    let mut diagnostics = Diagnostics::new();
    let document = load("t.yaml", &sources, &mut diagnostics).unwrap();
    let mut api = normalise(&document, "t", &mut diagnostics);
    check_fields(&document, &mut api, &mut diagnostics);
    let said: Vec<_> = diagnostics.iter().map(|it| it.origin.to_string()).collect();
    assert_eq!(said, ["r.yaml#/R/schema"]);
}
