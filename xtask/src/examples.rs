//! The examples of the generated crate, run against the stand-in.

use crate::output;
use crate::serve::{Options, StandIn};
use crate::workspace::{Failure, Workspace, configured, read, unreadable};
use specwright::compile;
use specwright::diag::Diagnostics;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The package whose examples they are.
const PACKAGE: &str = "specwright-generated";

/// An example that APIs have, and what it must print.
struct Example {
    /// Its file without the API and the extension.
    name: &'static str,
    /// The rate limit of the stand-in, as `serve` takes it.
    rate_limit: Option<&'static str>,
    /// What the program is given.
    arguments: &'static [&'static str],
    /// Parts of lines, in this order, with other lines in between.
    prints: &'static [&'static str],
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "quickstart",
        rate_limit: None,
        arguments: &[],
        prints: &[
            "created ",
            "its id is ",
            "found ",
            "listed 1 ",
            "updated ",
            "Changed",
            "deleted ",
        ],
    },
    Example {
        name: "pagination",
        rate_limit: None,
        arguments: &[],
        prints: &[
            "page 1: 2 ",
            "page 2: 1 ",
            "item: ",
            "item: ",
            "item: ",
            "went on with 1 ",
        ],
    },
    Example {
        name: "errors_and_retries",
        rate_limit: Some("3/1s"),
        arguments: &[],
        prints: &[
            "#1: 200",
            "call 1: 200",
            "#1: 429",
            "call 5: 200",
            ": 404",
            "not found: ",
        ],
    },
    Example {
        name: "webhook_receiver",
        rate_limit: None,
        arguments: &["--self-test"],
        prints: &["changed: 401", "signed: 204", "again: 200"],
    },
];

/// A program that was found: an API's own copy of an example.
struct Program {
    /// `twenty_quickstart`.
    file: String,
    api: String,
    example: &'static Example,
}

/// Runs each example of each API, and says what became of it. Returns whether all did what they should.
///
/// # Errors
/// The configuration, the folder of the documents or that of the examples cannot be read, or there is no
/// port.
pub(crate) fn run_against_stand_in(workspace: &Workspace) -> Result<bool, Failure> {
    let (config, _) = workspace.config(&mut Diagnostics::new())?;
    let apis: Vec<String> = config.apis.iter().map(|api| api.name.clone()).collect();
    let (programs, unknown) = programs(&folder(workspace), &apis)?;
    for file in &unknown {
        output::note(format_args!("{file}: nobody says what it must print"));
    }
    let mut passed = unknown.is_empty();
    for program in &programs {
        match program.run(workspace)? {
            Ok(()) => output::line(format_args!("{}: ran as it should", program.file)),
            Err(printed) => {
                let printed = output::printable(&printed);
                output::note(format_args!("{}: {printed}", program.file));
                passed = false;
            }
        }
    }
    Ok(passed)
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.generated().join("examples")
}

/// The examples that are there, and those that this module does not know.
fn programs(folder: &Path, apis: &[String]) -> Result<(Vec<Program>, Vec<String>), Failure> {
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut files: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .collect();
    files.sort();
    let (mut programs, mut unknown) = (Vec::new(), Vec::new());
    for file in files {
        let name = file.trim_end_matches(".rs").to_owned();
        let program = apis.iter().find_map(|api| {
            let rest = name.strip_prefix(api)?.strip_prefix('_')?;
            let example = EXAMPLES.iter().find(|example| example.name == rest)?;
            let (file, api) = (name.clone(), api.clone());
            Some(Program { file, api, example })
        });
        match program {
            Some(program) => programs.push(program),
            None => unknown.push(file),
        }
    }
    Ok((programs, unknown))
}

impl Program {
    /// Starts a stand-in and runs the example; an inner error is what went wrong with it.
    fn run(&self, workspace: &Workspace) -> Result<Result<(), String>, Failure> {
        let (config, _) = workspace.config(&mut Diagnostics::new())?;
        let config = configured(&config, &self.api, "specs/specwright.toml")?;
        let compiled = compile(&config.spec, &workspace.sources()?, config, &mut |_| {});
        let Some(api) = compiled.api else {
            return Ok(Err(format!("{} could not be read", config.spec)));
        };
        let limit = self.example.rate_limit;
        let options = Options {
            rate_limit: limit.and_then(|limit| limit.parse().ok()),
            ..Options::default()
        };
        let started = StandIn::start(&api, &config.stand_in, &options);
        let running = started.map_err(|error| Failure::Run {
            program: "the stand-in".to_owned(),
            message: error.to_string(),
        })?;
        let source = read(&folder(workspace).join(format!("{}.rs", self.file)))?;
        let base_url = running.base_url();
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args([
                "run",
                "--quiet",
                "-p",
                PACKAGE,
                "--example",
                &self.file,
                "--",
            ])
            .args(self.example.arguments)
            .current_dir(workspace.root())
            .envs(settings(&source).map(|name| {
                let address = name.ends_with("_BASE_URL");
                (name, if address { base_url.as_str() } else { "any" })
            }))
            .stdin(Stdio::null())
            .output();
        let output = output.map_err(|error| Failure::Run {
            program: "cargo".to_owned(),
            message: error.to_string(),
        })?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        Ok(match missing(&printed, self.example.prints) {
            _ if !output.status.success() => Err(format!("it failed:\n{printed}{errors}")),
            None => Ok(()),
            Some(part) => Err(format!("it did not print `{part}`:\n{printed}{errors}")),
        })
    }
}

/// The variables of the environment that a program reads.
fn settings(source: &str) -> impl Iterator<Item = &str> {
    let reads = source.split("std::env::var(\"").skip(1);
    reads.filter_map(|rest| rest.split('"').next())
}

/// The first of the wanted parts that is in no line after that of the part before.
fn missing<'w>(printed: &str, wanted: &'w [&'w str]) -> Option<&'w str> {
    let mut lines = printed.lines();
    let mut line = "";
    wanted
        .iter()
        .find(|wanted| {
            // Two parts can be wanted of one line.
            if let Some((_, rest)) = line.split_once(**wanted) {
                line = rest;
                return false;
            }
            let next = lines.find_map(|line| Some(line.split_once(**wanted)?.1));
            line = next.unwrap_or_default();
            next.is_none()
        })
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_lines_are_wanted_in_their_order() {
        let printed = "created 1\nfound 1: a\nlog\nfound 2: b\n";
        assert_eq!(missing(printed, &["created", "found", "found"]), None);
        assert_eq!(missing(printed, &["found 1", "a", "found 2", "b"]), None);
        assert_eq!(missing(printed, &["b", "found 1"]), Some("found 1"));
        assert_eq!(missing(printed, &["found", "created"]), Some("created"));
        let thrice = ["found", "found", "found"];
        assert_eq!(missing(printed, &thrice), Some("found"));
    }

    #[test]
    fn variables_are_found_where_they_are_read() {
        let source =
            "let a = std::env::var(\"X_BASE_URL\")?;\nlet b = std::env::var(\"X_TOKEN\")\n";
        let found: Vec<&str> = settings(source).collect();
        assert_eq!(found, ["X_BASE_URL", "X_TOKEN"]);
    }

    #[test]
    fn every_api_has_every_example_and_no_other_is_there() {
        let workspace = Workspace::here();
        let (config, _) = workspace.config(&mut Diagnostics::new()).unwrap();
        let apis: Vec<String> = config.apis.iter().map(|api| api.name.clone()).collect();
        let (programs, unknown) = programs(&folder(&workspace), &apis).unwrap();
        assert_eq!(unknown, [""; 0], "an example is not run");
        // Whoever sends no events has nobody to receive them.
        let receivers = programs
            .iter()
            .filter(|it| it.example.name == "webhook_receiver");
        let always = EXAMPLES.len() - 1;
        assert_eq!(programs.len(), apis.len() * always + receivers.count());
        for example in EXAMPLES {
            assert!(!example.prints.is_empty(), "{}", example.name);
            let limit = example.rate_limit.map(str::parse::<crate::serve::Limit>);
            assert!(limit.is_none_or(|limit| limit.is_ok()), "{}", example.name);
        }
    }
}
