//! Nothing of a real document is without cases, or it has a named reason.
//!
//! The documents lie beside the repository (`../shared`), not in it; where they are absent the test says so.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test, outside of the crate's own test modules"
)]

mod support;

use specwright::cases::{Inputs, Table, table};
use specwright::compile;
use specwright::config::ApiConfig;
use specwright::load::MemorySources;
use support::corpus;

/// The operations that the compiler finds and the table has neither cases nor a reason for. The two read
/// the document each in its own way.
fn forgotten(text: &str) -> (usize, Table, Vec<String>) {
    let sources = MemorySources::new("api", text);
    let compiled = compile("api", &sources, &ApiConfig::for_name("api"), &mut |_| {});
    let cases = table(compiled.document.as_ref().unwrap());
    let actions = compiled.api.unwrap().actions;
    let names = actions
        .iter()
        .map(|it| format!("{} {}", it.method.as_str(), it.path));
    let is_there = |name: &str| {
        let has = |inputs| {
            cases
                .cases
                .iter()
                .any(|it| it.action == name && it.inputs == inputs)
        };
        let named = cases.left_out.iter().any(|it| it.action == name);
        [Inputs::Required, Inputs::All]
            .into_iter()
            .all(|inputs| has(inputs) || named)
    };
    let forgotten = names.filter(|name| !is_there(name)).collect();
    (actions.len(), cases, forgotten)
}

#[test]
fn every_operation_has_its_cases_or_a_reason() {
    let files = [
        "twenty.json",
        "savvycal.json",
        "open/directus.json",
        "open/asana.yaml",
        "open/hcloud.json",
        "open/ory-kratos.json",
        "open/oxide-nexus.json",
        "open/qdrant.json",
        "open/scalar-galaxy.yaml",
    ];
    for file in files {
        let Some(path) = corpus(&format!("specs/{file}")) else {
            continue;
        };
        let (operations, cases, forgotten) = forgotten(&std::fs::read_to_string(path).unwrap());
        let (count, size) = (cases.cases.len(), cases.to_text("api").len());
        println!(
            "{file}: {operations} operations, {count} cases, {size} bytes, {} left out",
            cases.left_out.len()
        );
        assert_eq!(forgotten, Vec::<String>::new(), "{file}");
        assert!(count > 0, "{file} has no cases");
    }
}
