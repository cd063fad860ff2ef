//! What the generated examples show, and of which resource. That they compile is for `compiles.rs`, that
//! they run for `cargo xtask test`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "only tests use this"
)]

mod support;

use specwright::Shape;
use specwright::plan::WritePlan;
use support::{files, fixture};

/// The files of a document whose paths and components are given.
#[track_caller]
fn plan(shape: Shape, paths: &str, components: &str) -> WritePlan {
    let text =
        format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{components}\npaths:\n{paths}");
    let (plan, _, diagnostics) = files("api", &text, shape);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    plan
}

#[track_caller]
fn example(paths: &str, components: &str, name: &str) -> String {
    let plan = plan(Shape::Standalone, paths, components);
    plan.get(&format!("examples/{name}.rs")).unwrap().to_owned()
}

fn names(plan: &WritePlan) -> Vec<&str> {
    let paths = plan.files().map(|(path, _)| path);
    paths
        .filter_map(|path| path.strip_prefix("examples/"))
        .collect()
}

/// A collection with all five canonical actions, whose records have these properties.
fn resource(name: &str, properties: &str) -> String {
    let body = format!("{{type: object, properties: {{id: {{type: string}}, {properties}}}}}");
    let json = format!("content: {{application/json: {{schema: {body}}}}}");
    let list = format!("content: {{application/json: {{schema: {{type: array, items: {body}}}}}}}");
    let sent = format!(
        "requestBody: {{required: true, content: {{application/json: {{schema: {{type: object, properties: {{{properties}}}}}}}}}}}"
    );
    format!(
        "  /{name}:\n    \
         get: {{tags: [{name}], responses: {{'200': {{description: x, {list}}}}}}}\n    \
         post: {{tags: [{name}], {sent}, responses: {{'201': {{description: x, {json}}}}}}}\n  \
         /{name}/{{id}}:\n    \
         parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n    \
         get: {{tags: [{name}], responses: {{'200': {{description: x, {json}}}}}}}\n    \
         patch: {{tags: [{name}], {sent}, responses: {{'200': {{description: x, {json}}}}}}}\n    \
         delete: {{tags: [{name}], responses: {{'204': {{description: x}}}}}}\n"
    )
}

const NAME: &str = "name: {type: string}";

#[test]
fn a_quickstart_goes_through_the_life_of_a_record() {
    let text = example(&resource("pets", NAME), "", "quickstart");
    let steps = [
        ".create_one(",
        ".find_one(&id)",
        ".find_many()",
        "&id,",
        "Changed example",
        ".delete_one(&id)",
    ];
    let mut rest = text.as_str();
    for step in steps {
        rest = rest
            .split_once(step)
            .unwrap_or_else(|| panic!("{step} is not in order:\n{text}"))
            .1;
    }
}

#[test]
fn the_resource_that_shows_most_is_chosen_and_stays_chosen() {
    let of = |paths: &str| {
        let text = example(paths, "", "quickstart");
        let about = text.split_once("The first calls with ").unwrap().1;
        about.split_once(':').unwrap().0.to_owned()
    };
    let list = "  /a: {get: {tags: [a], responses: {'200': {description: x}}}}\n";
    let (pets, cats) = (resource("pets", NAME), resource("cats", NAME));
    let coded = resource("codes", "code: {type: integer}");
    let tied = resource(
        "ties",
        "name: {type: string}, petId: {type: string}, catId: {type: string}",
    );
    assert_eq!(of(&pets), "pets");
    for others in [list, &coded, &tied] {
        assert_eq!(of(&format!("{others}{pets}")), "pets", "{others}");
        assert_eq!(of(&format!("{pets}{others}")), "pets", "{others}");
    }
    let pages = "parameters: [{name: page, in: query, schema: {type: integer}}], responses";
    let paged = cats.replacen("responses", pages, 1);
    assert_eq!(
        of(&format!("{pets}{paged}")),
        "cats",
        "pages are shown, too"
    );
    let tags = "tags: [{name: pets}, {name: cats}]";
    let text = example(&format!("{cats}{pets}"), tags, "quickstart");
    assert!(
        text.contains("The first calls with pets"),
        "of equals the first:\n{text}"
    );
}

#[test]
fn nothing_is_changed_or_removed_that_the_example_has_not_made() {
    let all = resource("pets", NAME);
    let paths: String = all
        .lines()
        .filter(|line| !line.contains("post:"))
        .map(|line| format!("{line}\n"))
        .collect();
    let text = example(&paths, "", "quickstart");
    assert!(
        text.contains("find_one(id)") && text.contains("listed.into_iter().next()"),
        "{text}"
    );
    assert!(
        !text.contains("delete_one") && !text.contains("update_one"),
        "{text}"
    );
}

#[test]
fn an_api_without_canonical_actions_gets_what_can_be_shown() {
    let call = "  /run: {post: {tags: [jobs], operationId: runJob, responses: {'204': {description: x}}}}\n";
    let plan_of = |paths: &str| plan(Shape::Standalone, paths, "");
    let shown = plan_of(call);
    assert_eq!(names(&shown), ["errors_and_retries.rs", "quickstart.rs"]);
    assert!(
        shown
            .get("examples/quickstart.rs")
            .unwrap()
            .contains(".run()")
    );
    let old = call.replace("operationId", "deprecated: true, operationId");
    let nothing = plan_of(&old);
    assert_eq!(
        names(&nothing),
        [""; 0],
        "a deprecated action is no example"
    );
    assert!(!nothing.get("Cargo.toml").unwrap().contains("[[example]]"));
    let readme = nothing.get("README.md").unwrap();
    assert!(
        !readme.contains("cargo run") && !readme.contains("`examples`"),
        "{readme}"
    );
}

#[test]
fn each_kind_of_credential_comes_from_the_environment() {
    for (scheme, reads, gives) in [
        (
            "{type: http, scheme: bearer}",
            vec!["API_TOKEN"],
            ".bearer_token(token)",
        ),
        (
            "{type: http, scheme: basic}",
            vec!["API_USER", "API_PASSWORD"],
            ".basic_auth(&user, password)",
        ),
        (
            "{type: http, scheme: digest}",
            vec!["API_AUTHORIZATION"],
            ".authorization(authorization)",
        ),
        (
            "{type: apiKey, in: cookie, name: s}",
            vec!["API_API_KEY"],
            ".api_key(api_key)",
        ),
        (
            "{type: openIdConnect, openIdConnectUrl: 'https://x.example'}",
            vec!["API_ACCESS_TOKEN"],
            ".access_token(access_token)",
        ),
        ("{type: mutualTLS}", vec![], ".base_url(base_url)"),
    ] {
        let components =
            format!("security: [{{k: []}}]\ncomponents: {{securitySchemes: {{k: {scheme}}}}}");
        let plan = plan(Shape::Standalone, &resource("pets", NAME), &components);
        let text = plan.get("examples/quickstart.rs").unwrap().to_owned();
        let found: Vec<&str> = text
            .split("env::var(\"")
            .skip(1)
            .map(|it| it.split('"').next().unwrap())
            .collect();
        assert_eq!(found, [vec!["API_BASE_URL"], reads].concat(), "{scheme}");
        // What the README begins with works as well.
        let readme = plan.get("README.md").unwrap();
        let credentials = found.iter().filter(|name| **name != "API_BASE_URL");
        for name in credentials {
            let variable = format!("std::env::var(\"{name}\")?");
            assert!(readme.contains(&variable), "{scheme}: {readme}");
        }
        let method = gives.split('(').next().unwrap();
        assert!(readme.contains(&format!("{method}(")), "{scheme}: {readme}");
        let code: String = text.split_whitespace().collect();
        assert!(code.contains(&gives.replace(' ', "")), "{scheme}: {text}");
        for name in found {
            assert!(
                text.contains(&format!("//! - `{name}`: ")),
                "{name} is not said"
            );
        }
    }
}

#[test]
fn two_schemes_of_one_kind_have_a_variable_each() {
    let components = "security: [{one: [], two: []}]\ncomponents: {securitySchemes: {one: {type: apiKey, in: \
                      header, name: A}, two: {type: apiKey, in: query, name: b}, three: {type: http, scheme: bearer}}}";
    let text = example(&resource("pets", NAME), components, "quickstart");
    assert!(
        text.contains("API_API_KEY_ONE") && text.contains("API_API_KEY_TWO"),
        "{text}"
    );
    assert!(!text.contains("API_TOKEN"), "no call needs it:\n{text}");
}

#[test]
fn an_idempotency_key_is_given_where_there_is_one() {
    let text = fixture("corners");
    let (plan, _, _) = files("corners", &text, Shape::Standalone);
    let example = plan.get("examples/errors_and_retries.rs").unwrap();
    assert!(
        example.contains(".idempotency_key(\"order-4711\")"),
        "{example}"
    );
    let manifest = plan.get("Cargo.toml").unwrap();
    assert!(
        manifest.contains("required-features = [\"payments\", \"users\"]")
            || manifest.contains("required-features = [\"users\", \"payments\"]"),
        "{manifest}"
    );
}

#[test]
fn a_word_of_the_document_is_no_format_and_no_second_line() {
    let hostile = resource("pets", NAME).replace("[pets]", "[\"a{b}\\n//! zz\\\\\"]");
    for name in ["quickstart", "errors_and_retries"] {
        let text = example(&hostile, "", name);
        assert!(
            !text.contains("{b}") && !text.contains("\n//! zz"),
            "{text}"
        );
    }
}

#[test]
fn the_manifest_lists_the_files_and_the_readme_what_is_there() {
    let (pets, _, _) = files("pets", &fixture("pets"), Shape::Standalone);
    let manifest: toml::Table = pets.get("Cargo.toml").unwrap().parse().unwrap();
    let listed = manifest["example"].as_array().unwrap().iter();
    let mut listed: Vec<String> = listed
        .map(|it| format!("{}.rs", it["name"].as_str().unwrap()))
        .collect();
    listed.sort();
    assert_eq!(listed, names(&pets));
    let readme = pets.get("README.md").unwrap();
    assert!(
        readme.contains("cargo run --example quickstart\n"),
        "{readme}"
    );
    assert!(
        readme.contains("`src`, `examples`, `tests` and `runtime` are written again"),
        "{readme}"
    );
    assert!(
        !readme.contains("n8n"),
        "only the SDK was asked for:\n{readme}"
    );

    let (shared, _, _) = files("pets", &fixture("pets"), Shape::Module);
    assert_eq!(
        names(&shared),
        [
            "pets_errors_and_retries.rs",
            "pets_pagination.rs",
            "pets_quickstart.rs"
        ]
    );
}

/// An update that changes nothing shows nothing, also where the document lets its body out.
#[test]
fn the_example_of_an_update_has_a_change() {
    for (properties, change) in [
        (NAME, "name: Some(\"Example\".into())"),
        (
            "on: {type: boolean}, at: {type: string, readOnly: true}",
            "on: Some(true)",
        ),
        ("size: {type: [integer, 'null']}", "size: Some(Some(1))"),
    ] {
        for required in ["required: true, ", ""] {
            let paths = resource("pets", properties)
                .replace("required: true, content", &format!("{required}content"));
            let plan = plan(Shape::Standalone, &paths, "");
            let text = plan.get("src/api/resources/pets.rs").unwrap();
            let (_, example) = text.split_once("/// let updated = ").unwrap();
            let (example, _) = example.split_once("# Ok(())").unwrap();
            assert!(example.contains(change), "{example}");
            assert_eq!(example.contains(".body("), required.is_empty(), "{example}");
        }
    }
}
