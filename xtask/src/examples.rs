//! The examples that the README shows, run against the stand-in.

use crate::output;
use crate::serve::{Options, StandIn};
use crate::workspace::{Failure, Workspace, configured};
use specwright::compile;
use specwright::diag::Diagnostics;
use std::process::{Command, Stdio};

/// An example of `xtask/consumer`, and what it must print.
struct Example {
    name: &'static str,
    /// The API that it calls; it reads the base URL from `<API>_BASE_URL`.
    api: &'static str,
    /// The rate limit of the stand-in, as `serve` takes it.
    rate_limit: Option<&'static str>,
    /// Beginnings of lines, in this order, with others in between.
    prints: &'static [&'static str],
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "quickstart",
        api: "twenty",
        rate_limit: None,
        prints: &[
            "created Ada Lovelace: Some(",
            "created Grace Hopper: Some(",
            "created Mary Shaw: Some(",
            "found Some(FullName",
            "found Some(FullName",
            "found Some(FullName",
            "nobody there: ",
        ],
    },
    Example {
        name: "in_production",
        api: "twenty",
        rate_limit: Some("3/2s"),
        prints: &[
            "201 Created: Some(\"Paris\")",
            "POST /rest/people #1: 429",
            "201 Created: Some(\"Metz\")",
            "refused: ",
        ],
    },
];

/// Runs each example, and says what became of it. Returns whether all did what they should.
///
/// # Errors
/// The configuration or the folder of the documents cannot be read, or there is no port.
pub(crate) fn run_against_stand_in(workspace: &Workspace) -> Result<bool, Failure> {
    let mut passed = true;
    for example in EXAMPLES {
        match example.run(workspace)? {
            Ok(()) => output::line(format_args!("{}: ran as it should", example.name)),
            Err(printed) => {
                output::note(format_args!(
                    "{}: {}",
                    example.name,
                    output::printable(&printed)
                ));
                passed = false;
            }
        }
    }
    Ok(passed)
}

impl Example {
    /// Starts a stand-in and runs the example; an inner error is what went wrong with it.
    fn run(&self, workspace: &Workspace) -> Result<Result<(), String>, Failure> {
        let (config, _) = workspace.config(&mut Diagnostics::new())?;
        let config = configured(&config, self.api, "specs/specwright.toml")?;
        let compiled = compile(&config.spec, &workspace.sources()?, config, &mut |_| {});
        let Some(api) = compiled.api else {
            return Ok(Err(format!("{} could not be read", config.spec)));
        };
        let options = Options {
            rate_limit: self.rate_limit.and_then(|limit| limit.parse().ok()),
            ..Options::default()
        };
        let started = StandIn::start(&api, &config.stand_in, &options);
        let running = started.map_err(|error| Failure::Run {
            program: "the stand-in".to_owned(),
            message: error.to_string(),
        })?;
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args([
                "run",
                "--quiet",
                "-p",
                "specwright-consumer",
                "--example",
                self.name,
            ])
            .current_dir(workspace.root())
            .env(
                format!("{}_BASE_URL", self.api.to_uppercase()),
                running.base_url(),
            )
            .stdin(Stdio::null())
            .output();
        let output = output.map_err(|error| Failure::Run {
            program: "cargo".to_owned(),
            message: error.to_string(),
        })?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        Ok(match missing(&printed, self.prints) {
            None if output.status.success() => Ok(()),
            None => Err(format!("it failed:\n{printed}{errors}")),
            Some(line) => Err(format!("it did not print `{line}..`:\n{printed}{errors}")),
        })
    }
}

/// The first of the wanted beginnings that no line after the one before has.
fn missing<'w>(printed: &str, wanted: &'w [&'w str]) -> Option<&'w str> {
    let mut lines = printed.lines();
    wanted
        .iter()
        .find(|wanted| !lines.any(|line| line.starts_with(**wanted)))
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wanted_in_their_order() {
        let printed = "created 1\nfound 1\nlog\nfound 2\n";
        assert_eq!(missing(printed, &["created", "found", "found"]), None);
        assert_eq!(missing(printed, &["found", "created"]), Some("created"));
        assert_eq!(
            missing(printed, &["found", "found", "found"]),
            Some("found")
        );
    }

    #[test]
    fn every_example_has_a_stand_in_and_something_to_say() {
        let folder = Workspace::here().root().join("xtask/consumer/examples");
        let files = std::fs::read_dir(folder).unwrap().count();
        assert_eq!(files, EXAMPLES.len(), "an example is not run");
        for example in EXAMPLES {
            assert!(!example.prints.is_empty(), "{}", example.name);
            let limit = example.rate_limit.map(str::parse::<crate::serve::Limit>);
            assert!(limit.is_none_or(|limit| limit.is_ok()), "{}", example.name);
        }
    }
}
