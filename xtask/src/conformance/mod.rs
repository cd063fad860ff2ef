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
//! project    the crate with a client per document, and the program that calls them
//! server     the suite's server
//! calls      the calls, and whether their answers are what was sent
//! compare    two JSON values
//! list       what passes, and why the rest does not: committed
//! ```

mod arguments;
mod calls;
mod compare;
mod documents;
mod list;
mod project;
mod scenarios;
mod schema;
mod server;

use crate::output::{self, counted};
use crate::workspace::{Failure, Workspace};
use calls::Caller;
use list::List;
use scenarios::Scenario;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// The suite, beside the repository.
const KIT: &str = "../shared/conformance/spector";
/// What the suite does not say of a scenario.
const MORE: &str = include_str!("../../conformance/arguments.json");

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
    let installed = work.join("spector");
    server::install(&kit, &installed)?;
    let scenarios = scenarios::read(&kit)?;
    let mut well = true;
    for version in documents::VERSIONS {
        let run = Run {
            workspace,
            kit: &kit,
            work: &work,
            version,
        };
        let results = run.results(&scenarios)?;
        let list = List::of(&scenarios, results);
        output::line(list.summary(version));
        let path = workspace
            .root()
            .join(format!("docs/conformance/{version}.txt"));
        well &= list.keep(&path, bless)?;
    }
    Ok(well)
}

/// The suite in a version of OpenAPI.
struct Run<'a> {
    workspace: &'a Workspace,
    kit: &'a Path,
    work: &'a Path,
    version: &'static str,
}

impl Run<'_> {
    /// Why each scenario does not pass.
    fn results(&self, scenarios: &[Scenario]) -> Result<BTreeMap<String, Option<String>>, Failure> {
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
        let more: Map<String, Value> = serde_json::from_str(MORE).unwrap_or_default();
        let caller = Caller {
            documents: &documents,
            project: &project,
            version,
            origin: server.origin(),
            more: &more,
        };
        let calls: Vec<_> = scenarios.iter().map(|it| caller.calls(it)).collect();
        let counts: Vec<usize> = calls.iter().map(Vec::len).collect();
        let calls: Vec<_> = calls.into_iter().flatten().collect();
        let mut faults = caller.make(&program, &calls)?.into_iter();
        let seen = list::seen(&server.stop()?);
        let mut results = BTreeMap::new();
        for (scenario, count) in scenarios.iter().zip(counts) {
            let own: Vec<_> = faults.by_ref().take(count).flatten().collect();
            let refused = seen.get(&scenario.scenario).map(String::as_str) != Some("pass");
            let refused = refused.then(|| "the server was not sent what it expects".to_owned());
            results.insert(
                scenario.scenario.clone(),
                own.into_iter().next().or(refused),
            );
        }
        Ok(results)
    }
}
