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
//! xml        the same of XML
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
mod autorest;
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
mod xml;

use crate::output::{self, counted};
use crate::workspace::{Failure, Workspace};
use calls::{Caller, Outcome};
use list::{List, Verdict};
use notes::Notes;
use scenarios::Scenario;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

/// The suite, beside the repository.
const KIT: &str = "../shared/conformance/spector";

/// What becomes of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// They are written, unless something no longer passes.
    Grow,
    /// They are written, also where something no longer passes.
    Bless,
    /// They are left as they are, and must be right.
    Check,
}

/// Runs the suite; returns whether all is well. Without it, it is skipped, and said so.
///
/// # Errors
/// A program cannot be run, or a file cannot be read or written.
pub(crate) fn passes(workspace: &Workspace, keeping: Keeping) -> Result<bool, Failure> {
    let Some(suite) = Suite::of(workspace)? else {
        return Ok(true);
    };
    let docs = workspace.root().join("docs");
    let (mut lists, mut faults) = (Vec::new(), Vec::new());
    for version in documents::VERSIONS {
        let list = suite.list(version)?;
        faults.extend(list.faults(&docs, keeping));
        lists.push(list);
    }
    faults.extend(stale(&lists, &suite.notes));
    let (swagger, more) = autorest::run(workspace, keeping, None)?;
    faults.extend(more);
    say(&faults);
    if keeping == Keeping::Bless || (keeping == Keeping::Grow && faults.is_empty()) {
        for list in &lists {
            list.write(&docs)?;
        }
        swagger.write(&docs)?;
        let page = table::page(&lists) + &autorest::section(&swagger);
        list::write(&docs.join("conformance.md"), &page)?;
    }
    Ok(faults.is_empty())
}

/// Runs the scenarios whose name or folder has a text in it, says why those that do not pass do not, and
/// returns whether any passes no more.
///
/// # Errors
/// Those of [`passes`].
pub(crate) fn passes_in_part(workspace: &Workspace, only: &str) -> Result<bool, Failure> {
    if let Some(only) = only.strip_prefix("swagger/") {
        return autorest::passes_in_part(workspace, only);
    }
    let Some(mut suite) = Suite::of(workspace)? else {
        return Ok(true);
    };
    let has = |it: &Scenario| it.spec.contains(only) || it.scenario.contains(only);
    suite.scenarios.retain(has);
    let docs = workspace.root().join("docs");
    let mut faults = Vec::new();
    for version in documents::VERSIONS {
        let list = suite.list(version)?;
        list.misses().for_each(output::line);
        faults.extend(list.faults(&docs, Keeping::Grow));
    }
    say(&faults);
    Ok(faults.is_empty())
}

fn say(faults: &[String]) {
    for fault in faults {
        output::line(format_args!("conformance: {}", output::printable(fault)));
    }
}

/// The suite, ready to be run.
struct Suite<'w> {
    workspace: &'w Workspace,
    kit: PathBuf,
    work: PathBuf,
    scenarios: Vec<Scenario>,
    notes: Notes,
}

impl<'w> Suite<'w> {
    /// Installs the suite; `None`, said aloud, where it is not there.
    fn of(workspace: &'w Workspace) -> Result<Option<Self>, Failure> {
        let kit = workspace.root().join(KIT);
        if !kit.is_dir() {
            output::note("skipped: ../shared/conformance/spector is not here");
            return Ok(None);
        }
        let work = workspace.root().join("target/conformance");
        server::install(&kit, &work.join("spector"), server::SCRIPT)?;
        Ok(Some(Self {
            workspace,
            scenarios: scenarios::read(&kit)?,
            notes: notes::read()?,
            kit,
            work,
        }))
    }

    /// What becomes of the scenarios in a version of OpenAPI.
    fn list(&self, version: &'static str) -> Result<List<'_>, Failure> {
        let list = List {
            version,
            scenarios: &self.scenarios,
            notes: &self.notes,
            verdicts: self.verdicts(version)?,
        };
        output::line(format_args!(
            "OpenAPI {version}: {} pass",
            list.count(|_| true)
        ));
        Ok(list)
    }

    fn verdicts(&self, version: &'static str) -> Result<BTreeMap<String, Verdict>, Failure> {
        let mut documents = documents::read(&self.kit, version)?;
        let specs = self
            .scenarios
            .iter()
            .map(|it| format!("{}/{version}/", it.spec));
        let specs: BTreeSet<String> = specs.collect();
        documents.retain(|file, _| specs.iter().any(|spec| file.starts_with(spec)));
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
            notes: &self.notes,
        };
        let calls: Vec<_> = self.scenarios.iter().map(|it| caller.calls(it)).collect();
        let counts: Vec<usize> = calls.iter().map(Vec::len).collect();
        let calls: Vec<_> = calls.into_iter().flatten().collect();
        let mut outcomes = caller.make(&program, &calls)?.into_iter();
        let seen = list::seen(&server.stop()?);
        let verdicts = self.scenarios.iter().zip(counts).map(|(scenario, count)| {
            let own: Vec<Outcome> = outcomes.by_ref().take(count).collect();
            let accepted = seen.get(&scenario.scenario).is_some_and(|it| it == "pass");
            (scenario.scenario.clone(), verdict(own, accepted))
        });
        Ok(verdicts.collect())
    }
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
