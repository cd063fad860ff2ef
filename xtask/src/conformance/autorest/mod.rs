//! The second suite: clients of Swagger 2.0 documents, against the server of AutoRest.
//!
//! Its server counts what it was asked rightly, by scenario, and does not say what that is: the calls are
//! a table of this repository, `xtask/conformance/autorest.jsonl`. An answer is compared where the table
//! has one.
//!
//! ```text
//! calls    the table: what is called for each scenario, and what comes of it
//! server   the suite's server, and what it counted
//! list     what passes, and why the rest does not: committed, and a page of it
//! ```

mod calls;
mod list;
mod server;

use super::documents::Document;
use super::list::Verdict;
use super::project::Project;
use super::{Keeping, calls::answers, say};
use crate::output::{self, counted};
use crate::workspace::{Failure, Workspace, unreadable};
use calls::{Line, Miss};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// What became of the scenarios, and why some do not pass.
pub(super) struct Outcome {
    lines: Vec<Line>,
    misses: Vec<Miss>,
    /// By document and scenario.
    verdicts: BTreeMap<(String, String), Verdict>,
}

/// Runs the suite, writes its list and page, and returns whether all is well. Of scenarios that have `only`
/// in their names or documents alone, nothing is written, and why they do not pass is said.
///
/// # Errors
/// A program cannot be run, or a file cannot be read or written.
pub(super) fn passes(workspace: &Workspace, keeping: Keeping, only: &str) -> Result<bool, Failure> {
    let outcome = run(workspace, only)?;
    let docs = workspace.root().join("docs");
    let faults = outcome.faults(&docs, keeping, only.is_empty());
    if !only.is_empty() {
        outcome.missed().for_each(output::line);
    } else if keeping == Keeping::Bless || (keeping == Keeping::Grow && faults.is_empty()) {
        outcome.write(&docs)?;
    }
    say(&faults);
    Ok(faults.is_empty())
}

fn run(workspace: &Workspace, only: &str) -> Result<Outcome, Failure> {
    let work = workspace.root().join("target/conformance");
    let suite = work.join("autorest");
    let kit = workspace.root().join("xtask/conformance/autorest");
    super::server::install(&kit, &suite, server::SCRIPT)?;
    let mut lines = calls::read()?;
    lines.retain(|line| line.document.contains(only) || line.scenario.contains(only));
    let documents = documents(&suite.join(server::DOCUMENTS))?;
    let project = Project::write(workspace, work.join("2.0"), documents.values())?;
    let start = Instant::now();
    let program = project.build(workspace)?;
    let clients = counted(project.apis.len(), "client");
    let seconds = start.elapsed().as_secs_f32();
    output::note(format_args!("2.0: {clients} built in {seconds:.0} s"));
    let server = server::Server::start(&suite)?;
    // A document that is not there is a client that has no such operation.
    let api = |line: &Line| documents.get(&line.document).map(|it| it.api.as_str());
    let jobs: Vec<String> = lines
        .iter()
        .map(|line| {
            line.job(api(line).unwrap_or_default(), &server.origin())
                .to_string()
        })
        .collect();
    let answers = answers(&mut Command::new(program), &jobs)?;
    let counts = server.counts()?;
    let mut verdicts: BTreeMap<(String, String), Verdict> = BTreeMap::new();
    for (line, answer) in lines.iter().zip(&answers) {
        let key = (line.document.clone(), line.scenario.clone());
        let verdict = verdict(line, answer, &counts, &server.origin());
        let own = verdicts.entry(key).or_insert(Verdict::Passed);
        if *own == Verdict::Passed {
            *own = verdict;
        }
    }
    let outcome = Outcome {
        lines,
        misses: calls::misses()?,
        verdicts,
    };
    output::line(format_args!(
        "Swagger 2.0: {} pass",
        outcome.count(|_| true)
    ));
    Ok(outcome)
}

fn verdict(line: &Line, answer: &Value, counts: &BTreeMap<String, u64>, origin: &str) -> Verdict {
    let fault = line.fault(answer);
    let counted = counts.get(&line.scenario).copied().unwrap_or_default();
    match fault {
        Some(fault) => Verdict::Missed(fault.replace(origin, "http://localhost")),
        None if counted == 0 => Verdict::Missed("the server did not count it".to_owned()),
        None => Verdict::Passed,
    }
}

/// The suite's documents by their names, those that nothing is called of as well: they must compile.
fn documents(folder: &Path) -> Result<BTreeMap<String, Document>, Failure> {
    let mut documents = BTreeMap::new();
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let Some(name) = file.strip_suffix(".json").map(str::to_owned) else {
            continue;
        };
        let document = Document {
            api: name.to_lowercase().replace(['-', '.'], "_"),
            path,
            value: Value::Null,
        };
        documents.insert(name, document);
    }
    Ok(documents)
}
