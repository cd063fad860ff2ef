//! The rules for SavvyCal in `specs/specwright.toml` fit two documents: ours, which has its events under
//! `webhooks`, and the published one, which has them as schemas behind an envelope, and its parameters
//! in place. From both the same is understood. The published one is in the optional corpus `../shared`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking, and its helpers do too"
)]

use std::collections::BTreeSet;
use std::path::Path;

use specwright::config::Config;
use specwright::diag::{Diagnostics, Severity};
use specwright::load::MemorySources;

fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// What a user sees of a document: each action with its resource, kind and parameters, and each event.
fn understood(text: String) -> BTreeSet<String> {
    let config = workspace().join("specs/specwright.toml");
    let config = std::fs::read_to_string(config).expect("specs/specwright.toml can be read");
    let mut diagnostics = Diagnostics::new();
    let config = Config::parse("specwright.toml", &config, &mut diagnostics);
    let config = config.api("savvycal").expect("it is configured");
    let sources = MemorySources::new("savvycal", text);
    let compiled = specwright::compile("savvycal", &sources, config, &mut |_| {});
    let errors = compiled
        .diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error);
    let errors: Vec<_> = errors.map(|it| it.message.clone()).collect();
    assert_eq!(
        errors,
        Vec::<String>::new(),
        "the configuration fits the document"
    );

    let api = compiled.api.expect("it is a document");
    let actions = api.actions.iter().map(|action| {
        let resource = action
            .resource
            .and_then(|id| api.resource(id))
            .map(|it| &it.tag);
        let parameters = action
            .parameters
            .iter()
            .map(|it| (it.place, &it.wire_name, it.required));
        let parameters: BTreeSet<_> = parameters.map(|it| format!("{it:?}")).collect();
        let body = action.body.as_ref().map(|it| it.required);
        let (id, kind) = (&action.operation_id, &action.kind);
        format!("{id:?} of {resource:?} is {kind:?}, takes {parameters:?} and {body:?}")
    });
    let events = api
        .events
        .iter()
        .map(|event| format!("{:?} by {:?}", event.wire_name, event.key));
    actions.chain(events).collect()
}

/// The rules in specs/specwright.toml must do for the document that users have from the vendor.
#[test]
fn the_configuration_does_for_the_published_document_as_well() {
    let ours = std::fs::read_to_string(workspace().join("specs/savvycal.yaml")).unwrap();
    let ours = understood(ours);
    assert_eq!(ours.len(), 58 + 12);
    let Ok(theirs) = std::fs::read_to_string(workspace().join("../shared/specs/savvycal.json"))
    else {
        println!("skipped: ../shared is not here");
        return;
    };
    let theirs = understood(theirs);
    let different: Vec<_> = ours.symmetric_difference(&theirs).collect();
    assert!(different.is_empty(), "{different:#?}");
}
