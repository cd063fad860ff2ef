//! The test that calls every action of a generated client against the mock.

use super::{Cut, MockError, Options, Prism};
use crate::output;
use crate::workspace::{Failure, Workspace};
use serde_json::Value;
use specwright::config::{ApiConfig, Output};
use specwright::diag::Diagnostics;
use specwright::load::load;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// How long Prism may take to start on a slow machine with a large document.
const PATIENCE: Duration = Duration::from_secs(120);

/// What calling every action came to.
#[derive(Debug)]
enum Outcome {
    /// Each was accepted; the line says how many, `twenty: 506 of 506 calls accepted, ..`.
    Accepted(String),
    /// Some were refused, the test did not run, or Prism did not take the document: what was printed.
    Failed(String),
    /// There can be no mock here, and why.
    Skipped(MockError),
}

/// Calls every action of every configured API's generated client, and says what became of it.
///
/// Returns whether it passed: all was accepted, or it had to be skipped and does not have to run.
///
/// # Errors
///
/// The configuration or the folder of the documents cannot be read.
pub(crate) fn accepts_every_client(workspace: &Workspace, must: bool) -> Result<bool, Failure> {
    let mut diagnostics = Diagnostics::new();
    let (config, _) = workspace.config(&mut diagnostics)?;
    let sources = workspace.sources()?;
    let mut passed = true;
    let has_client = |api: &&ApiConfig| api.outputs.contains(&Output::Rust);
    for api in config.apis.iter().filter(has_client) {
        let name = &api.name;
        // What is wrong with a document is for `generate` to say; here it only has to be one.
        let document = load(&api.spec, &sources, &mut diagnostics);
        let Some(document) = document else {
            output::note(format_args!("{name}: {} could not be read", api.spec));
            passed = false;
            continue;
        };
        match every_action(workspace.root(), name, document.root().value()) {
            Outcome::Accepted(summary) => output::line(output::printable(&summary)),
            Outcome::Failed(printed) => {
                output::note(output::printable(&printed));
                passed = false;
            }
            Outcome::Skipped(reason) => {
                let reason = output::printable(&reason.to_string());
                output::note(format_args!("{name}: skipped, {reason}"));
                passed &= !must;
            }
        }
    }
    Ok(passed)
}

/// Starts the mock of one API and runs `tests/every_action` of the generated crate against it.
///
/// The test reads `<API>_BASE_URL`, the name in capitals; it is run with this one variable, so that
/// it calls this API only.
fn every_action(root: &Path, api: &str, document: &Value) -> Outcome {
    let options = Options {
        folder: &root.join("target/prism"),
        name: api,
        // A property under a wrong name is one that the document does not have.
        cut: Cut { close: true },
        patience: PATIENCE,
    };
    let prism = match Prism::start(document, &options) {
        Ok(prism) => prism,
        Err(error @ (MockError::Start { .. } | MockError::Disk { .. })) => {
            return Outcome::Failed(format!("{error}\n"));
        }
        Err(error) => return Outcome::Skipped(error),
    };
    let run = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["test", "--quiet", "-p", "specwright-generated"])
        .args(["--test", "every_action", "--", "--nocapture"])
        .current_dir(root)
        .env(variable(api), prism.base_url())
        .stdin(Stdio::null())
        .output();
    let output = match run {
        Ok(output) => output,
        Err(error) => return Outcome::Failed(format!("cargo could not be run: {error}")),
    };
    let printed = String::from_utf8_lossy(&output.stdout);
    let unchecked = prism.unchecked();
    if output.status.success()
        && unchecked.is_empty()
        && let Some(summary) = summary(&printed, api)
    {
        return Outcome::Accepted(summary.to_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    let unchecked: String = unchecked
        .iter()
        .map(|reason| format!("the mock could not check a schema: {reason}\n"))
        .collect();
    let log = prism.log().display();
    Outcome::Failed(format!(
        "{printed}{errors}{unchecked}the mock's log is {log}\n"
    ))
}

/// The variable that tells the test where an API is.
fn variable(api: &str) -> String {
    format!("{}_BASE_URL", api.to_uppercase())
}

/// The line in which the test counts. A test that was skipped or renamed prints none, and has not passed.
fn summary<'o>(printed: &'o str, api: &str) -> Option<&'o str> {
    let is_summary =
        |line: &&str| line.starts_with(&format!("{api}: ")) && line.contains("accepted");
    printed.lines().find(is_summary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_called_nothing_has_not_passed() {
        let skipped = "twenty: skipped, TWENTY_BASE_URL is not set\ntest result: ok.";
        assert_eq!(summary(skipped, "twenty"), None);
        let counted = "\nrunning 2 tests\ntwenty: 506 of 506 calls accepted, 0 left out\n";
        let line = Some("twenty: 506 of 506 calls accepted, 0 left out");
        assert_eq!(summary(counted, "twenty"), line);
        assert_eq!(summary(counted, "twen"), None);
    }
}
