//! The test that runs every action of a generated n8n package in n8n's own code.
//!
//! ```text
//! job       what the proof is told of an API
//! events    what it is told of its events
//! counts    how much has to pass, from the compiler and the table of cases
//! run       xtask/n8n/prove/main.cjs, which does it
//! document  the same for any document
//! ```
//!
//! Three servers answer: one that records what it is sent, which must be what the table of cases says,
//! byte for byte; Prism, which checks it against the document; and the stand-in, on which a record of
//! each resource is made, found, changed, listed and removed, and to whose events the trigger subscribes.

mod counts;
mod document;
mod events;
mod job;
mod run;

use super::{Built, build};
use crate::mock::{Cut, MockError, Options as MockOptions, Prism};
use crate::output;
use crate::serve::{Options, StandIn};
use crate::workspace::{Failure, Workspace, configured, unreadable};
use counts::Mode;
pub(crate) use document::proves_every_fixture;
use run::Run;
use specwright::cases::{Case, table, table_with};
use specwright::compile;
use specwright::config::{ApiConfig, Output};
use specwright::diag::Diagnostics;
use specwright::ir::Api;
use specwright::load::Document;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long Prism may take to start on a slow machine with a large document.
const PATIENCE: Duration = Duration::from_secs(120);

/// How many records each resource of the stand-in has: more than two pages of sixty.
const RECORDS: u32 = 130;

/// Runs every action of every configured API's n8n package, and says what became of it.
///
/// Returns whether it passed: all did what it must, or it had to be skipped and does not have to run.
///
/// # Errors
///
/// The configuration or the folder of the documents cannot be read, a package does not build, or a file
/// cannot be written.
pub(crate) fn proves_every_package(workspace: &Workspace, must: bool) -> Result<bool, Failure> {
    let (config, _) = workspace.config(&mut Diagnostics::new())?;
    let mut passed = true;
    let has_package = |api: &&ApiConfig| api.outputs.contains(&Output::N8n);
    for api in config.apis.iter().filter(has_package) {
        let built = build(workspace, &api.name)?;
        let compiled = compile(&api.spec, &workspace.sources()?, api, &mut |_| {});
        let (Some(ir), Some(document)) = (compiled.api, compiled.document) else {
            output::note(format_args!("{}: {} could not be read", api.name, api.spec));
            passed = false;
            continue;
        };
        let given = Given {
            config: api,
            api: &ir,
            document: &document,
            left_out: Vec::new(),
        };
        passed &= proves(workspace, given, &built, Some(must))?;
    }
    Ok(passed)
}

/// An API that is proved.
struct Given<'a> {
    config: &'a ApiConfig,
    api: &'a Api,
    document: &'a Document,
    /// Actions that are not.
    left_out: Vec<&'a str>,
}

/// Writes what the scripts of `xtask/n8n` are told of an API and its package, and returns the file.
///
/// # Errors
///
/// There is no such API, its document cannot be read, or the file cannot be written.
pub(crate) fn job(workspace: &Workspace, api: &str, built: &Built) -> Result<PathBuf, Failure> {
    let (config, _) = workspace.config(&mut Diagnostics::new())?;
    let config = configured(&config, api, "specs/specwright.toml")?;
    let compiled = compile(&config.spec, &workspace.sources()?, config, &mut |_| {});
    let (Some(api), Some(document)) = (compiled.api, compiled.document) else {
        let message = "could not be read".to_owned();
        let path = config.spec.clone();
        return Err(Failure::Read { path, message });
    };
    let table = table_with(&document, &config.overrides);
    let folder = folder(workspace)?;
    let run = Run {
        script: Path::new(""),
        folder: &folder,
        built,
        api: &api,
        table: &table,
    };
    run.write(&[], &run::Servers::default())
}

/// Where the scripts' input is written.
fn folder(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let folder = workspace.root().join("target/n8n/prove");
    fs::create_dir_all(&folder).map_err(|error| unreadable(&folder, &error))?;
    Ok(folder)
}

/// Proves a package; with `mock` on the mock as well, which has to be there where that says so.
fn proves(
    workspace: &Workspace,
    given: Given<'_>,
    built: &Built,
    mock: Option<bool>,
) -> Result<bool, Failure> {
    let name = &given.config.name;
    let mut table = table_with(given.document, &given.config.overrides);
    let is_kept = |case: &Case| !given.left_out.contains(&case.action.as_str());
    table.cases.retain(is_kept);
    table.nulls.retain(is_kept);
    let run = Run {
        script: &workspace.root().join("xtask/n8n/prove/main.cjs"),
        folder: &folder(workspace)?,
        built,
        api: given.api,
        table: &table,
    };
    let mut passed = told(run.modes(&Mode::RECORDED, &run::Servers::default())?);
    passed &= given.on_stand_in(&run)?;
    if let Some(must) = mock {
        passed &= given.on_mock(workspace, &run, must)?;
    }
    for action in &given.left_out {
        output::note(format_args!("{name}: not proved: {action}: on purpose"));
    }
    for left_out in &table.left_out {
        let (action, what, reason) = (&left_out.action, &left_out.what, &left_out.reason);
        let left_out = format!("{name}: not proved: {action}: {what}: {reason}");
        output::note(output::printable(&left_out));
    }
    Ok(passed)
}

impl Given<'_> {
    fn on_stand_in(&self, run: &Run<'_>) -> Result<bool, Failure> {
        let options = Options {
            records: RECORDS,
            ..Options::default()
        };
        let running = StandIn::start(self.api, &self.config.stand_in, &options);
        let running = running.map_err(|error| Failure::Read {
            path: "127.0.0.1".to_owned(),
            message: error.to_string(),
        })?;
        let servers = run::Servers {
            stand_in: Some((running.base_url(), RECORDS)),
            ..run::Servers::default()
        };
        let modes = [
            Mode::Lives,
            Mode::Events,
            Mode::Subscription,
            Mode::EventFaults,
        ];
        Ok(told(run.modes(&modes, &servers)?))
    }

    fn on_mock(&self, workspace: &Workspace, run: &Run<'_>, must: bool) -> Result<bool, Failure> {
        let name = &self.config.name;
        let options = MockOptions {
            folder: &workspace.root().join("target/prism"),
            name: &format!("{name}-n8n"),
            // A property under a wrong name is one that the document does not have.
            cut: Cut { close: true },
            patience: PATIENCE,
        };
        let cases = table(self.document);
        let prism = match Prism::start(self.document.root().value(), &cases, &options) {
            Ok(prism) => prism,
            Err(error @ (MockError::Start { .. } | MockError::Disk { .. })) => {
                output::note(output::printable(&error.to_string()));
                return Ok(false);
            }
            Err(reason) => {
                let reason = output::printable(&reason.to_string());
                output::note(format_args!("{name}: skipped, {reason}"));
                return Ok(!must);
            }
        };
        let servers = run::Servers {
            mock: Some(prism.base_url().to_owned()),
            ..run::Servers::default()
        };
        let passed = told(run.modes(&[Mode::Mock], &servers)?);
        let unchecked = prism.unchecked();
        for reason in &unchecked {
            output::note(format_args!(
                "{name}: the mock could not check a schema: {reason}"
            ));
        }
        Ok(passed && unchecked.is_empty())
    }
}

/// Tells what a run came to.
fn told(ran: Result<Vec<String>, String>) -> bool {
    match ran {
        Ok(lines) => {
            for line in lines {
                output::line(output::printable(&line));
            }
            true
        }
        Err(printed) => {
            output::note(output::printable(&printed));
            false
        }
    }
}
