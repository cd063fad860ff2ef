use super::{lost, read, read_clean, said};
use crate::diag::Code;
use crate::ir::{ApiKeyPlace, AuthSchemeKind, EventVerb, Method, OAuthFlowKind};

#[test]
fn the_document_says_what_it_is() {
    let api = read_clean(
        "info: {title: Shop, version: v0.1, summary: short, x-logo: {url: 1}}
externalDocs: {url: 'https://example.com', description: more}
tags: [{name: orders, description: What was bought}]
servers:
  - url: 'https://{region}.example.com'
    variables: {region: {default: eu, enum: [eu, us], description: where}}
paths: {}",
    );
    assert_eq!((api.title.as_str(), api.version.as_str()), ("Shop", "v0.1"));
    assert_eq!(api.description.as_deref(), Some("short"));
    assert_eq!(api.tags[0].description.as_deref(), Some("What was bought"));
    assert_eq!(api.tags[0].origin.pointer, "/tags/0");
    let region = &api.servers[0].variables[0];
    assert_eq!(
        (region.name.as_str(), region.default.as_str()),
        ("region", "eu")
    );
    assert_eq!(region.values, ["eu", "us"]);
    assert_eq!(
        api.external_docs.map(|docs| docs.url).as_deref(),
        Some("https://example.com")
    );
}

#[test]
fn a_member_of_the_wrong_type_costs_that_member() {
    let (api, diagnostics) = read(
        "info: {title: Shop, version: 2.0, description: [a]}
servers: [{url: 'https://a', description: {a: 1}}, 7]
paths:
  /a:
    get: {operationId: a, tags: one, deprecated: 'yes', summary: kept, responses: {}}",
    );
    assert_eq!((api.title.as_str(), api.version.as_str()), ("Shop", "2.0"));
    assert_eq!(api.servers.len(), 1);
    assert_eq!(api.actions[0].summary.as_deref(), Some("kept"));
    assert_eq!(api.actions[0].operation_id.as_deref(), Some("a"));
    assert_eq!(
        said(&diagnostics),
        [
            (Code::WrongType, "/info/description"),
            (Code::WrongType, "/info/version"),
            (Code::WrongType, "/servers/0/description"),
            (Code::WrongType, "/servers/1"),
            (Code::BadValue, "/paths/~1a/get/deprecated"),
            (Code::BadValue, "/paths/~1a/get/tags"),
        ]
    );
}

#[test]
fn what_is_required_and_missing_is_stood_in_for() {
    let (api, diagnostics) = read("info: {}\nservers: [{}]\npaths: {}");
    assert_eq!((api.title.as_str(), api.servers[0].url.as_str()), ("", "/"));
    assert_eq!(
        said(&diagnostics),
        [
            (Code::Missing, "/info"),
            (Code::Missing, "/info"),
            (Code::Missing, "/servers/0")
        ]
    );
}

#[test]
fn security_schemes_of_every_kind() {
    let api = read_clean(
        "security: [{a: []}, {b: [read]}, {}]
components:
  securitySchemes:
    a: {type: http, scheme: Bearer, bearerFormat: JWT}
    b: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://t', scopes: {read: r}}}}
    c: {type: apiKey, in: query, name: key}
    d: {type: mutualTLS, description: certificate}
    e: {type: openIdConnect, openIdConnectUrl: 'https://o'}
    f: {type: http, scheme: digest}",
    );
    let kinds: Vec<_> = api
        .auth_schemes
        .iter()
        .map(|scheme| scheme.kind.clone())
        .collect();
    let [a, b, c, d, e, f] = kinds.as_slice() else {
        panic!("{kinds:?}")
    };
    assert_eq!(
        *a,
        AuthSchemeKind::Bearer {
            format: Some("JWT".into())
        }
    );
    let AuthSchemeKind::OAuth2 { flows } = b else {
        panic!("{b:?}")
    };
    assert_eq!(flows[0].kind, OAuthFlowKind::ClientCredentials);
    assert_eq!(flows[0].scopes, [("read".to_owned(), "r".to_owned())]);
    assert_eq!(
        *c,
        AuthSchemeKind::ApiKey {
            place: ApiKeyPlace::Query,
            name: "key".into()
        }
    );
    assert_eq!(*d, AuthSchemeKind::MutualTls);
    assert_eq!(
        *e,
        AuthSchemeKind::OpenIdConnect {
            url: "https://o".into()
        }
    );
    assert_eq!(
        *f,
        AuthSchemeKind::Http {
            scheme: "digest".into()
        }
    );
    assert_eq!(api.security.len(), 3);
    assert_eq!(
        api.security[1].schemes,
        [("b".to_owned(), vec!["read".to_owned()])]
    );
}

#[test]
fn security_that_cannot_be_met_is_told() {
    let (api, diagnostics) = read(
        "security: [{gone: []}]
components: {securitySchemes: {odd: {type: magic}, half: {type: apiKey, name: k}}}",
    );
    assert_eq!(api.security[0].schemes[0].0, "gone");
    assert_eq!(
        said(&diagnostics),
        [
            (Code::Missing, "/components/securitySchemes/half"),
            (Code::BadValue, "/components/securitySchemes/odd"),
            (Code::UnknownSecurityScheme, "/security/0/gone"),
        ]
    );
    assert_eq!(
        lost(&api),
        [
            "/components/securitySchemes/half",
            "/components/securitySchemes/odd"
        ]
    );
}

#[test]
fn webhooks_of_both_keys_and_callbacks_are_events() {
    let api = read_clean(
        "webhooks:
  Thing Made:
    post:
      tags: [thing]
      summary: made
      parameters: [{in: header, name: X-Sign, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {properties: {id: {type: string}}}}}}
      responses: {'200': {description: ok}}
x-webhooks: {old: {put: {responses: {}}}}
paths:
  /a:
    get:
      responses: {}
      callbacks: {done: {'{$request.query.url}': {post: {description: finished, responses: {}}}}}",
    );
    let [made, old] = api.events.as_slice() else {
        panic!("{:?}", api.events)
    };
    assert_eq!(
        (made.name.as_str(), made.method),
        ("Thing Made", Method::Post)
    );
    assert_eq!(made.tags, ["thing"]);
    assert_eq!(made.headers[0].name, "X-Sign");
    assert_eq!(made.description.as_deref(), Some("made"));
    assert_eq!(made.verb, EventVerb::Other("Thing Made".into()));
    assert_eq!(made.responses.len(), 1);
    assert!(made.payload.is_some());
    assert_eq!(made.origin.pointer, "/webhooks/Thing Made/post");
    assert_eq!((old.name.as_str(), old.method), ("old", Method::Put));
    let callback = &api.actions[0].callbacks[0];
    assert_eq!(callback.name, "done");
    assert_eq!(callback.description.as_deref(), Some("finished"));
}

#[test]
fn components_that_nothing_uses_are_noted() {
    let (api, diagnostics) = read(
        "paths:
  /a: {get: {parameters: [{$ref: '#/components/parameters/used'}], responses: {}}}
components:
  parameters: {used: {in: query, name: u}, unused: {in: query, name: n}}
  responses: {unused: {description: d}}
  schemas: {Unused: {type: object}}",
    );
    assert_eq!(api.actions[0].parameters[0].wire_name, "u");
    assert_eq!(
        said(&diagnostics),
        [
            (Code::NotGenerated, "/components/parameters/unused"),
            (Code::NotGenerated, "/components/responses/unused"),
        ]
    );
    assert_eq!(api.types[0].component.as_deref(), Some("Unused"));
}
