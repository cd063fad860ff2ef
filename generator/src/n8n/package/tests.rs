//! Packages of small documents.

use super::*;
use crate::config::ApiConfig;
use crate::diag::Code;
use crate::load::MemorySources;
use crate::n8n::model::{
    Lookup, OperationDescriptor, PathPart, Reading, Request, ResourceDescriptor, ResourceOption,
    ResponseReading, SCHEMA_VERSION,
};
use crate::names::Lock;
use indexmap::IndexMap;

mod client_fields;
mod trigger;

/// An API from the rest of a document, below its version.
fn api(name: &str, rest: &str) -> Api {
    let text = format!("openapi: 3.1.0\n{rest}");
    let text = if rest.starts_with("openapi:") {
        rest
    } else {
        &text
    };
    let sources = MemorySources::new("api.yaml", text);
    let compiled = crate::compile(
        "api.yaml",
        &sources,
        &ApiConfig::for_name(name),
        &mut |_| {},
    );
    compiled.api.unwrap()
}

/// A resource with one operation, which gets what is at the path.
fn resource(value: &str, path: &str) -> ResourceDescriptor {
    let request = Request {
        method: "GET".to_owned(),
        path: vec![PathPart::Text(path.to_owned())],
        server: None,
        parameters: Vec::new(),
        body: None,
        response: ResponseReading {
            accept: "application/json".to_owned(),
            reading: Reading::Json,
            others: IndexMap::new(),
            data: Vec::new(),
            list: true,
            deleted: None,
            simplify: Vec::new(),
        },
        pagination: None,
        repeatable: true,
        idempotency_key: None,
        anonymous: false,
    };
    ResourceDescriptor {
        schema_version: SCHEMA_VERSION,
        resource: ResourceOption {
            value: value.to_owned(),
            name: "Pet".to_owned(),
            description: None,
        },
        operations: vec![OperationDescriptor {
            value: "findMany".to_owned(),
            name: "Find Many".to_owned(),
            action: "Find many pets".to_owned(),
            description: None,
            request,
        }],
        shapes: IndexMap::new(),
        lookup: Some(Lookup {
            method: "searchPets".to_owned(),
            operation: "findMany".to_owned(),
            value: vec!["id".to_owned()],
            label: Vec::new(),
            search: None,
        }),
        properties: Vec::new(),
    }
}

/// The files of a package, and what was said of it.
fn written(api: &Api, resources: &[ResourceDescriptor]) -> (WritePlan, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let profile = N8nProfile::default();
    let trigger = crate::n8n::trigger(api, &profile, &mut Lock::new(), &mut diagnostics);
    let package = Package {
        api,
        resources,
        trigger: trigger.as_ref(),
        version: "0.1.0",
        profile: &profile,
    };
    let plan = super::package(package, &mut diagnostics).unwrap();
    (plan, diagnostics)
}

/// A file of a package.
#[track_caller]
fn file<'p>(plan: &'p WritePlan, path: &str) -> &'p str {
    let all: Vec<_> = plan.files().map(|(path, _)| path).collect();
    plan.get(path)
        .unwrap_or_else(|| panic!("{path} is not among {all:#?}"))
}

const PETS: &str = r##"
info: {title: Pets API, version: "1", description: "Looks after *pets*.\n\nAnd more."}
servers: [{url: "https://{region}.example.com/v1/", variables: {region: {default: eu}}}]
security: [{token: []}]
tags: [{name: pets}]
paths:
  /me: {get: {security: [], responses: {"200": {description: x}}}}
  /pets:
    get:
      tags: [pets]
      operationId: listPets
      parameters: [{name: limit, in: query, schema: {type: integer}}, {name: after, in: query, schema: {type: string}}]
      responses: {"200": {description: x, content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {$ref: "#/components/schemas/Pet"}}, nextCursor: {type: string}}}}}}}
components:
  securitySchemes: {token: {type: http, scheme: bearer, description: "The key of *Settings*. More."}}
  schemas:
    Pet: {type: object, required: [id], properties: {id: {type: string}, age: {type: [integer, "null"]}, parent: {$ref: "#/components/schemas/Pet"}, secret: {type: string, writeOnly: true}, tags: {type: array, items: {type: string}}}}
"##;

#[test]
fn a_package_has_all_its_files() {
    let (plan, diagnostics) = written(&api("pets", PETS), &[resource("pets", "/pets")]);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    let shown = [
        "package.json",
        "credentials/PetsApi.credentials.ts",
        "nodes/Pets/Pets.node.ts",
        "nodes/Pets/Pets.node.json",
        "nodes/Pets/pets.svg",
        "nodes/Pets/__schema__/v1.0.0/pets/findMany.json",
        "README.md",
    ];
    let mut text = String::new();
    for path in shown {
        let path = format!("n8n/n8n-nodes-pets/{path}");
        text.push_str(&format!("======== {path}\n{}\n", file(&plan, &path)));
    }
    insta::assert_snapshot!("pets_package", text);
    for path in [
        "tsconfig.json",
        "eslint.config.mjs",
        ".gitignore",
        ".prettierrc.js",
        "LICENSE.md",
        "nodes/Pets/pets.dark.svg",
        "nodes/Pets/resources/pets.json",
        "runtime/descriptor.ts",
    ] {
        file(&plan, &format!("n8n/n8n-nodes-pets/{path}"));
    }
    assert_eq!(plan.owned().collect::<Vec<_>>(), ["n8n/n8n-nodes-pets"]);
}

/// Credentials of each kind, with hostile words.
const SCHEMES: &str = include_str!("../../../tests/fixtures/credentials.yaml");

#[test]
fn each_way_to_authenticate_has_a_class_and_the_node_chooses() {
    let (plan, diagnostics) = written(&api("acme", SCHEMES), &[resource("General", "/a")]);
    let credentials = plan
        .files()
        .filter(|(path, _)| path.contains("/credentials/"));
    let mut text: String = credentials.map(|(_, text)| text.to_owned()).collect();
    text.push_str(file(&plan, "n8n/n8n-nodes-acme/nodes/Acme/Acme.node.ts"));
    insta::assert_snapshot!("every_credential", text);
    let left_out: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.code.as_str(), it.origin.pointer.as_str()))
        .collect();
    assert_eq!(
        left_out,
        [
            ("not-generated", "/components/securitySchemes/oidc"),
            ("not-generated", "/components/securitySchemes/evil"),
            ("not-generated", "/components/securitySchemes/tls"),
        ]
    );
}

#[test]
fn without_security_the_base_url_is_all_there_is() {
    let api = api(
        "open",
        "info: {title: x, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: x}}}}}",
    );
    let (plan, _) = written(&api, &[resource("General", "/a")]);
    let text = file(
        &plan,
        "n8n/n8n-nodes-open/credentials/OpenApi.credentials.ts",
    );
    assert!(
        text.contains("name: 'baseUrl'") && text.contains("url: '/a'"),
        "{text}"
    );
    assert!(!text.contains("authenticate"), "{text}");
}

#[test]
fn no_text_of_a_document_becomes_a_path_or_a_name() {
    let api = api("pets", PETS);
    let values = [
        "../../x",
        "class",
        "",
        "名前",
        "Pets",
        "pets",
        "constructor",
    ];
    let resources: Vec<_> = values
        .iter()
        .map(|value| resource(value, "/pets"))
        .collect();
    let (plan, _) = written(&api, &resources);
    let names: Vec<_> = plan
        .files()
        .filter_map(|(path, _)| path.strip_prefix("n8n/n8n-nodes-pets/nodes/Pets/resources/"))
        .collect();
    let safe = [
        "Resource.json",
        "Resource2.json",
        "classResource.json",
        "constructor.json",
        "pets.json",
        "pets2.json",
        "x.json",
    ];
    assert_eq!(names, safe);
    let schemas: Vec<_> = plan
        .files()
        .filter_map(|(path, _)| path.split_once("__schema__/v1.0.0/").map(|it| it.1))
        .collect();
    assert_eq!(
        schemas,
        [
            "Pets/findMany.json",
            "class/findMany.json",
            "constructor/findMany.json"
        ]
    );
}

#[test]
fn a_configured_test_of_credentials_must_be_one() {
    let api = api("pets", PETS);
    let probe = |wanted: &str| {
        let profile = N8nProfile {
            credential_test: Some(wanted.to_owned()),
            ..N8nProfile::default()
        };
        let mut diagnostics = Diagnostics::new();
        let probe = probe::find(&api, &profile, &mut diagnostics);
        let request = probe.request(probe.action(&["token"]));
        let codes: Vec<_> = diagnostics.iter().map(|it| it.code.as_str()).collect();
        (request["request"]["url"].clone(), codes)
    };
    assert_eq!(probe("listPets"), (serde_json::json!("/pets"), vec![]));
    assert_eq!(
        probe("nothing"),
        (serde_json::json!("/"), vec!["stale-override"])
    );
}

#[test]
fn the_same_package_is_written_again() {
    let api = api("acme", SCHEMES);
    let resources = [resource("General", "/a")];
    assert_eq!(written(&api, &resources).0, written(&api, &resources).0);
}

#[test]
fn output_schemas_end_where_records_refer_to_each_other() {
    let api = api("pets", PETS);
    let (plan, _) = written(&api, &[resource("pets", "/pets")]);
    let path = "n8n/n8n-nodes-pets/nodes/Pets/__schema__/v1.0.0/pets/findMany.json";
    let schema: serde_json::Value = serde_json::from_str(file(&plan, path)).unwrap();
    let properties = &schema["properties"];
    assert_eq!(
        properties["age"]["type"],
        serde_json::json!(["integer", "null"])
    );
    assert_eq!(
        properties["parent"],
        serde_json::json!({ "type": "object" })
    );
    assert_eq!(properties["tags"]["items"]["type"], "string");
    assert!(
        properties.get("secret").is_none(),
        "what is only sent is not received"
    );
}

#[test]
fn an_api_without_operations_and_events_has_no_package_and_a_note() {
    let api = api(
        "types",
        "info: {title: x, version: '1'}\ncomponents: {schemas: {A: {type: string}}}",
    );
    let (plan, diagnostics) = written(&api, &[]);
    assert_eq!(plan.files().count(), 0);
    let said: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.code, it.action.as_deref()))
        .collect();
    let action = "no n8n package is written";
    assert_eq!(said, [(Code::NotGenerated, Some(action))]);
}

/// Whoever asks for a list may have a credential, or none.
const OPTIONAL: &str = r#"
info: {title: Open API, version: "1"}
security: [{token: []}, {}]
paths:
  /health: {get: {security: [{token: []}], responses: {"200": {description: x}}}}
  /50%/a b:
    get: {security: [{token: []}], parameters: [{name: x, in: query, schema: {type: string}}], responses: {"200": {description: x}}}
  /pets: {get: {responses: {"200": {description: x}}}}
components: {securitySchemes: {token: {type: http, scheme: bearer}, other: {type: http, scheme: Digest}}}
"#;

#[test]
fn who_may_ask_without_a_credential_can() {
    let api = api("open", OPTIONAL);
    let (plan, _) = written(&api, &[resource("pets", "/pets")]);
    let node = file(&plan, "n8n/n8n-nodes-open/nodes/Open/Open.node.ts");
    assert!(node.contains("openAnonymousApi: [],"), "{node}");
    let path = "n8n/n8n-nodes-open/credentials/OpenAnonymousApi.credentials.ts";
    let none = file(&plan, path);
    assert!(
        none.contains("url: '/pets'") && !none.contains("authenticate"),
        "{none}"
    );
    let token = file(
        &plan,
        "n8n/n8n-nodes-open/credentials/OpenApi.credentials.ts",
    );
    assert!(token.contains("url: '/50%25/a%20b'"), "{token}");
}

#[test]
fn what_answers_a_challenge_is_no_text_to_be_filled_in() {
    let text = OPTIONAL.replace("security: [{token: []}, {}]", "security: [{other: []}]");
    let (_, diagnostics) = written(&api("open", &text), &[resource("pets", "/pets")]);
    let found: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.code.as_str(), it.origin.pointer.as_str()))
        .collect();
    assert_eq!(
        found,
        [("not-generated", "/components/securitySchemes/other")]
    );
}

#[test]
fn a_credential_that_nothing_can_test_is_noted() {
    let text = "info: {title: x, version: '1'}\nsecurity: [{key: []}]\npaths: {/a: {post: {responses: {'204': {description: x}}}}}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}";
    let (plan, diagnostics) = written(&api("open", text), &[resource("General", "/a")]);
    let found: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.code.as_str(), it.origin.pointer.as_str()))
        .collect();
    assert_eq!(
        found,
        [("not-generated", "/components/securitySchemes/key")]
    );
    let readme = file(&plan, "n8n/n8n-nodes-open/README.md");
    assert!(
        readme.contains("may not tell whether it is valid"),
        "{readme}"
    );
}

#[test]
fn the_smallest_page_is_one_that_the_api_accepts() {
    let text = PETS.replace(
        "in: query, schema: {type: integer}",
        "in: query, schema: {type: integer, minimum: 10}",
    );
    let api = api("pets", &text);
    let probe = probe::find(&api, &N8nProfile::default(), &mut Diagnostics::new());
    let request = probe.request(probe.action(&["token"]));
    assert_eq!(request["request"]["qs"], serde_json::json!({ "limit": 10 }));
}

#[test]
fn resources_of_several_words_have_output_schemas() {
    let resources = [resource("big pets", "/pets"), resource("a/b", "/pets")];
    let (plan, diagnostics) = written(&api("pets", PETS), &resources);
    file(
        &plan,
        "n8n/n8n-nodes-pets/nodes/Pets/__schema__/v1.0.0/big pets/findMany.json",
    );
    let found: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.code.as_str(), it.origin.pointer.as_str()))
        .collect();
    assert_eq!(found, [("not-generated", "/paths/~1pets/get")]);
}
