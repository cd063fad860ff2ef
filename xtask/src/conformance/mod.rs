//! Conformance: what the generated clients send and read, judged by an independent suite.
//!
//! The suite has a server that knows what it must be sent, and documents in two versions of OpenAPI. A
//! client is generated from each document; its calls are made by name, so that arguments and answers are
//! JSON and what lies between is typed.
//!
//! ```text
//! scenarios  what must be sent and comes back, as the suite says
//! documents  the documents of a version
//! schema     values of the wire as JSON, by the document's schemas
//! arguments  the arguments of a call from the request that is expected
//! paths      what stands in a path for the variables of its template
//! project    the crate with a client per document, and the program that calls them
//! server     the suite's server
//! calls      the calls, and whether their answers are what was sent
//! compare    two JSON values
//! streams    the items of a stream
//! notes      what the suite does not say, and why scenarios do not pass: a file of data
//! list       what passes, and why the rest does not: committed
//! table      the same in numbers: `docs/conformance.md`
//! ```

mod arguments;
mod calls;
mod compare;
mod documents;
mod list;
mod notes;
mod paths;
mod project;
mod scenarios;
mod schema;
mod server;
mod streams;
mod table;

use crate::output::{self, counted};
use crate::workspace::{Failure, Workspace};
use calls::{Caller, Outcome};
use list::{List, Verdict};
use notes::Notes;
use scenarios::Scenario;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// The suite, beside the repository.
const KIT: &str = "../shared/conformance/spector";

/// Runs the suite; returns whether all is well. Without it, it is skipped, and said so.
///
/// `bless` writes down what passes, also where something no longer does.
///
/// # Errors
/// A program cannot be run, or a file cannot be read or written.
pub(crate) fn passes(workspace: &Workspace, bless: bool) -> Result<bool, Failure> {
    let kit = workspace.root().join(KIT);
    if !kit.is_dir() {
        output::note("skipped: ../shared/conformance/spector is not here");
        return Ok(true);
    }
    let work = workspace.root().join("target/conformance");
    server::install(&kit, &work.join("spector"))?;
    let scenarios = scenarios::read(&kit)?;
    let notes = notes::read()?;
    let docs = workspace.root().join("docs");
    let (mut lists, mut faults) = (Vec::new(), Vec::new());
    for version in documents::VERSIONS {
        let run = Run {
            workspace,
            kit: &kit,
            work: &work,
            notes: &notes,
            version,
        };
        let list = List {
            version,
            scenarios: &scenarios,
            notes: &notes,
            verdicts: run.verdicts(&scenarios)?,
        };
        output::line(format_args!(
            "OpenAPI {version}: {} pass",
            list.count(|_| true)
        ));
        faults.extend(list.keep(&docs.join(format!("conformance/{version}.txt")), bless)?);
        lists.push(list);
    }
    faults.extend(stale(&lists, &notes));
    for fault in &faults {
        output::line(format_args!("conformance: {}", output::printable(fault)));
    }
    if faults.is_empty() || bless {
        list::write(&docs.join("conformance.md"), &table::page(&lists))?;
    }
    Ok(faults.is_empty())
}

/// Reasons for what passes in all versions, or is not there at all.
fn stale(lists: &[List<'_>], notes: &Notes) -> Vec<String> {
    let misses =
        |list: &List<'_>, name: &str| matches!(list.verdicts.get(name), Some(Verdict::Missed(_)));
    let names = notes.miss.iter().flat_map(|miss| &miss.scenarios);
    let stale = names.filter(|name| !lists.iter().any(|list| misses(list, name)));
    stale
        .map(|name| format!("{name} passes: take it out of xtask/conformance/spector.toml"))
        .collect()
}

/// The suite in a version of OpenAPI.
struct Run<'a> {
    workspace: &'a Workspace,
    kit: &'a Path,
    work: &'a Path,
    notes: &'a Notes,
    version: &'static str,
}

impl Run<'_> {
    fn verdicts(&self, scenarios: &[Scenario]) -> Result<BTreeMap<String, Verdict>, Failure> {
        let version = self.version;
        let documents = documents::read(self.kit, version)?;
        let folder = self.work.join(version);
        let project = project::Project::write(self.workspace, folder, documents.values())?;
        let start = Instant::now();
        let program = project.build(self.workspace)?;
        let clients = counted(project.apis.len(), "client");
        let seconds = start.elapsed().as_secs_f32();
        output::note(format_args!("{version}: {clients} built in {seconds:.0} s"));
        let server = server::Server::start(&self.work.join("spector"), version)?;
        let caller = Caller {
            documents: &documents,
            project: &project,
            version,
            origin: server.origin(),
            notes: self.notes,
        };
        let calls: Vec<_> = scenarios.iter().map(|it| caller.calls(it)).collect();
        let counts: Vec<usize> = calls.iter().map(Vec::len).collect();
        let calls: Vec<_> = calls.into_iter().flatten().collect();
        let mut outcomes = caller.make(&program, &calls)?.into_iter();
        let seen = list::seen(&server.stop()?);
        let verdicts = scenarios.iter().zip(counts).map(|(scenario, count)| {
            let own: Vec<Outcome> = outcomes.by_ref().take(count).collect();
            let accepted = seen.get(&scenario.scenario).is_some_and(|it| it == "pass");
            (scenario.scenario.clone(), verdict(own, accepted))
        });
        Ok(verdicts.collect())
    }
}

fn verdict(calls: Vec<Outcome>, accepted: bool) -> Verdict {
    let is_typed = calls.iter().all(|it| it.is_typed);
    let fault = calls.into_iter().find_map(|it| it.fault);
    match fault {
        Some(fault) => Verdict::Missed(fault),
        None if !accepted => {
            Verdict::Missed("the server was not sent all that it expects".to_owned())
        }
        None if is_typed => Verdict::Passed,
        None => Verdict::Untyped,
    }
}
