//! The test that calls every action of a generated client, against the stand-in.

use super::every_action::run_against;
use super::unanswered;
use crate::output;
use crate::serve::{Options, StandIn};
use crate::workspace::{Failure, Workspace};
use specwright::compile;
use specwright::config::{ApiConfig, Output};
use specwright::diag::Diagnostics;
use specwright::ir::{ActionId, Api, Kind};

/// Takes a record of each resource of every configured API through its life, and says what became of
/// it. Returns whether everything came back as it was sent.
///
/// # Errors
///
/// The configuration or the folder of the documents cannot be read, or there is no port.
pub(crate) fn gives_back_what_it_was_sent(workspace: &Workspace) -> Result<bool, Failure> {
    let mut diagnostics = Diagnostics::new();
    let (config, _) = workspace.config(&mut diagnostics)?;
    let sources = workspace.sources()?;
    let mut passed = true;
    let has_client = |api: &&ApiConfig| api.outputs.contains(&Output::Rust);
    for config in config.apis.iter().filter(has_client) {
        let name = &config.name;
        let compiled = compile(&config.spec, &sources, config, &mut |_| {});
        let Some(api) = compiled.api else {
            output::note(format_args!("{name}: {} could not be read", config.spec));
            passed = false;
            continue;
        };
        let running = StandIn::start(&api, &config.stand_in, &Options::default());
        let running = running.map_err(|error| Failure::Read {
            path: "127.0.0.1".to_owned(),
            message: error.to_string(),
        })?;
        let (root, url) = (workspace.root(), running.base_url());
        // Every resource in which a record can be made, and not only those that the test has found.
        let lives = format!(": {} records came back", makers(&api));
        match run_against(root, name, "STAND_IN_URL", &url, &lives) {
            Ok(ran) => {
                output::line(output::printable(&ran.summary));
                let wrongs = unanswered::unexplained(&api, &ran.printed);
                for wrong in &wrongs {
                    output::note(output::printable(&format!("{name}: {wrong}")));
                }
                passed &= wrongs.is_empty();
            }
            Err(printed) => {
                output::note(output::printable(&printed));
                passed = false;
            }
        }
    }
    Ok(passed)
}

/// How many resources have an action that makes a record.
fn makers(api: &Api) -> usize {
    let makes = |id: &ActionId| {
        api.action(*id)
            .is_some_and(|action| action.kind == Kind::CreateOne)
    };
    let resources = api.resources.iter();
    resources
        .filter(|resource| resource.actions.iter().any(makes))
        .count()
}
