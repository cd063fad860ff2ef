//! What the pages for people say of an API that streams, takes files, and has several credentials; and that
//! what they say can be called by name.

#![allow(clippy::unwrap_used, reason = "only tests use this")]

mod support;

use specwright::config::Output;
use specwright::names::Lock;
use specwright::{Rendering, Shape, render};
use support::api;

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: {title: Parley, version: "1"}
servers: [{url: "https://parley.example"}]
security: [{oauth: []}]
paths:
  /chat:
    post:
      operationId: chat
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {q: {type: string}}}}}}
      responses:
        "200":
          description: x
          content:
            application/json: {schema: {type: object, properties: {text: {type: string}}}}
            text/event-stream: {schema: {type: object, properties: {delta: {type: string}}}}
  /files:
    post:
      operationId: upload
      security: [{basic: []}]
      requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, required: [file], properties: {file: {type: string, format: binary}}}}}}
      responses: {"200": {description: x, content: {text/plain: {schema: {type: string}}}}}
    delete: {operationId: clear, responses: {"204": {description: x}}}
components:
  securitySchemes:
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://parley.example/token", scopes: {}}}}
    basic: {type: http, scheme: basic}
"##;

fn planned(path: impl Fn(&str) -> bool) -> String {
    let (api, config, diagnostics) = api("parley", DOCUMENT);
    let rendering = Rendering {
        api: &api,
        config: &config,
        outputs: &[Output::Rust, Output::N8n, Output::Docs],
        cases: None,
        shape: Shape::Standalone,
    };
    let plan = render(rendering, &mut Lock::new(), &mut |_| {}).plan;
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    let mut files = plan.files();
    let (_, text) = files.find(|(name, _)| path(name)).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_crate_s_page_says_what_its_actions_need() {
    let page = planned(|path| path == "README.md");
    for said in [
        "list its folder under `exclude`",
        "`.basic_auth(user, password)`.",
        "`.stream().await?` instead of `.await?`",
        "`parley::runtime::Part`",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("XML"), "{page}");
}

/// A grant of the client alone has no login, and so no redirect URL.
#[test]
fn the_package_s_page_asks_for_no_login_where_there_is_none() {
    let page = planned(|path| path.starts_with("n8n/") && path.ends_with("README.md"));
    assert!(page.contains("nobody has to log in"), "{page}");
    assert!(!page.contains("redirect URL"), "{page}");
}

#[test]
fn an_action_that_can_stream_says_so_in_the_book() {
    let named = |path: &str| path.starts_with("docs/") && path.ends_with("chat.md");
    let page = planned(named);
    let said = "`.stream()` instead of `.await` asks for `text/event-stream`";
    assert!(page.contains(said), "{page}");
}

#[test]
fn an_action_that_can_stream_does_so_by_name() {
    let table = planned(|path| path.ends_with("dynamic.rs") && path.starts_with("src/parley"));
    let line = r#"-> same | "text/event-stream" stream(items);"#;
    assert!(table.contains(line), "{line}: {table}");
}
