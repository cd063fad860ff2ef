//! The test that calls every action of a generated client against the mock.

use super::faults::refused;
use super::{Cut, MockError, Options, Prism};
use crate::npm::NpmError;
use crate::output;
use crate::workspace::{Failure, Workspace};
use specwright::cases::table;
use specwright::config::{ApiConfig, Output};
use specwright::diag::Diagnostics;
use specwright::load::{Document, load};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// How long Prism may take to start on a slow machine with a large document.
const PATIENCE: Duration = Duration::from_secs(120);

/// What calling every action came to.
#[derive(Debug)]
enum Outcome {
    /// Each was accepted and each fault refused; the lines say how many, `twenty: 506 of 506 calls
    /// accepted, ..`.
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
        match every_action(workspace.root(), name, &document) {
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

/// Starts the mock of one API, runs `tests/every_action` of the generated crate against it, and sends it
/// what it must refuse.
///
/// The test reads `<API>_BASE_URL`, the name in capitals; it is run with this one variable, so that
/// it calls this API only.
fn every_action(root: &Path, api: &str, document: &Document) -> Outcome {
    let options = Options {
        folder: &root.join("target/prism"),
        name: api,
        // A property under a wrong name is one that the document does not have.
        cut: Cut { close: true },
        patience: PATIENCE,
    };
    let (table, document) = (table(document), document.root().value());
    let prism = match Prism::start(document, &table, &options) {
        Ok(prism) => prism,
        Err(
            error @ (MockError::Start { .. }
            | MockError::Disk { .. }
            | MockError::Npm(NpmError::Disk { .. })),
        ) => {
            return Outcome::Failed(format!("{error}\n"));
        }
        Err(error) => return Outcome::Skipped(error),
    };
    // As many as there are cases, and not as many as the test has found.
    let cases = table.cases.len();
    let all = format!(": {cases} of {cases} calls accepted");
    let ran = run_against(root, api, "BASE_URL", prism.base_url(), &all);
    let ran = ran.and_then(|ran| {
        let summary = ran.summary;
        let refused = refused(prism.base_url(), document, &table);
        let tally = refused.map_err(|error| format!("the mock does not answer: {error}\n"))?;
        let summary = format!("{summary}\n{api}: {tally}");
        if tally.failures.is_empty() {
            return Ok(summary);
        }
        Err(format!("{summary}\n{}\n", tally.failures.join("\n")))
    });
    let unchecked = prism.unchecked();
    let said = match ran {
        Ok(summary) if unchecked.is_empty() => return Outcome::Accepted(summary),
        Ok(said) | Err(said) => said,
    };
    let unchecked: String = unchecked
        .iter()
        .map(|reason| format!("the mock could not check a schema: {reason}\n"))
        .collect();
    let log = prism.log().display();
    Outcome::Failed(format!("{said}{unchecked}the mock's log is {log}\n"))
}

/// What a run of `tests/every_action` printed.
pub(super) struct Ran {
    /// The line that counts.
    pub(super) summary: String,
    /// All of it.
    pub(super) printed: String,
}

/// Runs `tests/every_action` with `<API>_<variable>` set; the line that counts has `word` in it.
///
/// # Errors
///
/// The test failed, or said nothing: what was printed.
pub(super) fn run_against(
    root: &Path,
    api: &str,
    variable: &str,
    url: &str,
    word: &str,
) -> Result<Ran, String> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["test", "--quiet", "-p", "specwright-generated"])
        .args(["--test", "every_action", "--", "--nocapture"])
        .current_dir(root)
        .env(format!("{}_{variable}", api.to_uppercase()), url)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cargo could not be run: {error}"))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    match summary(&printed, api, word) {
        Some(summary) if output.status.success() => Ok(Ran {
            summary: summary.to_owned(),
            printed: printed.to_string(),
        }),
        _ => Err(format!(
            "{printed}{}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

/// The line in which the test counts. A test that was skipped or renamed prints none, and has not passed.
fn summary<'o>(printed: &'o str, api: &str, word: &str) -> Option<&'o str> {
    // The test's harness prints a dot in front of it.
    let name = format!("{api}: ");
    let mut lines = printed.lines().map(|line| line.trim_start_matches('.'));
    lines.find(|line| line.starts_with(&name) && line.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_called_nothing_has_not_passed() {
        let skipped = "twenty: skipped, TWENTY_BASE_URL is not set\ntest result: ok.";
        assert_eq!(summary(skipped, "twenty", "accepted"), None);
        let counted = "\nrunning 2 tests\n.twenty: 506 of 506 calls accepted, 0 left out\n";
        let line = Some("twenty: 506 of 506 calls accepted, 0 left out");
        assert_eq!(summary(counted, "twenty", "accepted"), line);
        assert_eq!(summary(counted, "twen", "accepted"), None);
    }
}
